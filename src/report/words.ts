import type { CostLine, CustomsStatus, Form, Language, Mode, OperationKind, dutyKinds, locationKinds, weekdays } from "../model/index.ts";
import type { ChargeUnit, EvidenceBasis } from "../network/index.ts";
import type { Missing, Option, TimeItem } from "../routing/index.ts";

type Both = { zh: string; en: string };
type Words<K extends string> = Record<K, Both>;

/** The design's words in both languages; a missing one is a type error. Used by the command line and the page alike. */
export const optionWords: Words<Option> = {
  "ro-ro": { zh: "滚装", en: "Ro-ro" },
  container: { zh: "集装箱", en: "Container" },
  pulp: { zh: "纸浆船框架", en: "Pulp frame" },
  "rail-auto-rack": { zh: "铁路商品车", en: "Rail, auto-rack" },
  "rail-container": { zh: "铁路集装箱", en: "Rail, container" },
  road: { zh: "公路", en: "Road" },
};

export const modeWords: Words<Mode> = {
  sea: { zh: "海运", en: "sea" },
  river: { zh: "江运", en: "river" },
  rail: { zh: "铁路", en: "rail" },
  road: { zh: "公路", en: "road" },
};

export const formWords: Words<Form> = {
  wheels: { zh: "自行", en: "on wheels" },
  container: { zh: "箱（带框架）", en: "container, racked" },
  "container-bare": { zh: "箱（无框架）", en: "container, bare" },
  frame: { zh: "折叠框架", en: "frame" },
  kit: { zh: "散件箱", en: "kit" },
};

export const statusWords: Words<CustomsStatus> = {
  domestic: { zh: "未报关", en: "domestic" },
  exported: { zh: "已出口放行", en: "exported" },
  imported: { zh: "已进口放行", en: "imported" },
};

export const lineWords: Words<CostLine> = {
  "pre-carriage": { zh: "前段运输", en: "Pre-carriage" },
  handling: { zh: "装卸", en: "Handling" },
  stuffing: { zh: "装箱与框架", en: "Stuffing and rack" },
  "main-carriage": { zh: "干线运输", en: "Main carriage" },
  border: { zh: "口岸与换轨", en: "Border and gauge change" },
  clearance: { zh: "报关查验", en: "Clearance and inspection" },
  storage: { zh: "堆存", en: "Storage" },
  insurance: { zh: "货运保险", en: "Cargo insurance" },
  "credit-insurance": { zh: "信用保险", en: "Credit insurance" },
  capital: { zh: "资金占用", en: "Capital tied up" },
  currency: { zh: "汇率成本", en: "Currency" },
  carbon: { zh: "碳价", en: "Carbon price" },
  "import-handling": { zh: "境外装卸", en: "Import handling" },
  duty: { zh: "关税", en: "Duty" },
  fees: { zh: "规费", en: "Fees" },
  "on-carriage": { zh: "后段运输", en: "On-carriage" },
  rebate: { zh: "退税时间差", en: "Rebate timing" },
};

export const basisWords: Words<EvidenceBasis> = {
  published: { zh: "已发布", en: "published" },
  derived: { zh: "推算", en: "derived" },
  assumed: { zh: "假定", en: "assumed" },
  stated: { zh: "自填", en: "stated" },
};

export const operationWords: Words<OperationKind> = {
  load: { zh: "装载", en: "load" },
  unload: { zh: "卸载", en: "unload" },
  stuff: { zh: "装箱", en: "stuff" },
  unstuff: { zh: "拆箱", en: "unstuff" },
  "export-clearance": { zh: "出口报关", en: "export clearance" },
  "import-clearance": { zh: "进口清关", en: "import clearance" },
};

export const timeWords: Words<TimeItem["what"]> = {
  wait: { zh: "等班次", en: "wait for departure" },
  "cut-off": { zh: "截关前置", en: "cut-off" },
  run: { zh: "在途", en: "run" },
  stay: { zh: "停靠", en: "stay" },
  "passage-wait": { zh: "排队", en: "queue" },
  passage: { zh: "通过", en: "passage" },
  release: { zh: "放货", en: "release" },
  operation: { zh: "作业", en: "operation" },
  dwell: { zh: "场站停留", en: "dwell" },
};

export const missingWords: Words<Missing["code"]> = {
  cargo: { zh: "货物不适", en: "cargo" },
  rule: { zh: "规则", en: "rule" },
  "not-running": { zh: "未开行", en: "not running" },
  date: { zh: "日期", en: "date" },
  "no-link": { zh: "无线路", en: "no link" },
};

/** Corridor of chains that use no tagged service. */
export const directCorridor: Both = { zh: "公路集港", en: "road to port" };

/** Money in CNY: whole yuan with thousands separators. */
export function money(cny: number, language: Language): string {
  const number = new Intl.NumberFormat(language === "zh" ? "zh-CN" : "en-GB", { maximumFractionDigits: 0 }).format(cny);
  return language === "zh" ? `${number} 元` : `CNY ${number}`;
}

export const winnerWords: Words<"cheapest" | "fastest" | "greenest"> = {
  cheapest: { zh: "成本最低", en: "cheapest" },
  fastest: { zh: "最快", en: "fastest" },
  greenest: { zh: "碳排最低", en: "greenest" },
};

export const locationWords: Words<(typeof locationKinds)[number]> = {
  plant: { zh: "工厂", en: "plant" },
  terminal: { zh: "场站", en: "terminal" },
  port: { zh: "港口", en: "port" },
  border: { zh: "口岸", en: "border" },
  station: { zh: "车站", en: "station" },
  lock: { zh: "船闸", en: "lock" },
  warehouse: { zh: "仓库", en: "warehouse" },
  market: { zh: "市场", en: "market" },
};

export const dutyWords: Words<(typeof dutyKinds)[number]> = {
  mfn: { zh: "最惠国税率", en: "most-favoured-nation" },
  preference: { zh: "协定税率", en: "preference" },
  countervailing: { zh: "反补贴税", en: "countervailing" },
  additional: { zh: "加征", en: "additional" },
  fee: { zh: "规费", en: "fee" },
};

export const weekdayWords: Words<(typeof weekdays)[number]> = {
  mon: { zh: "周一", en: "Mon" },
  tue: { zh: "周二", en: "Tue" },
  wed: { zh: "周三", en: "Wed" },
  thu: { zh: "周四", en: "Thu" },
  fri: { zh: "周五", en: "Fri" },
  sat: { zh: "周六", en: "Sat" },
  sun: { zh: "周日", en: "Sun" },
};

/** Heads of tables and sections. */
export const heads = {
  option: { zh: "方案", en: "Option" },
  cost: { zh: "每辆(元)", en: "CNY each" },
  cny: { zh: "元", en: "CNY" },
  range: { zh: "区间", en: "range" },
  days: { zh: "天数", en: "Days" },
  arrives: { zh: "到达", en: "Arrives" },
  leaves: { zh: "出发", en: "Leaves" },
  slack: { zh: "余量(天)", en: "Slack d" },
  onTime: { zh: "准时率", en: "On time" },
  evidence: { zh: "依据", en: "Evidence" },
  evidenceOfCost: { zh: "成本的数据依据", en: "Evidence behind the cost" },
  corridor: { zh: "通道", en: "Corridor" },
  byCorridor: { zh: "通道", en: "corridor" },
  nextDepartures: { zh: "后续班期", en: "next departures" },
  via: { zh: "经", en: "via" },
  ready: { zh: "备车", en: "ready" },
  due: { zh: "交付期限", en: "due" },
  perVehicle: { zh: "金额为每辆人民币元", en: "amounts in CNY per vehicle" },
  costLine: { zh: "费用项", en: "Cost line" },
  costLines: { zh: "各方案最优链的费用构成", en: "Cost lines of the best chain of each option" },
  total: { zh: "合计", en: "Total" },
  logisticsOnly: { zh: "其中物流（不含关税规费）", en: "without duty and fees" },
  againstCheapest: { zh: "比最低多", en: "above the cheapest" },
  front: { zh: "成本—时间—碳排前沿（没有哪条在三项上都更好）", en: "Cost-time-CO2e front (none of these is beaten on all three)" },
  extraCost: { zh: "多花(元)", en: "Extra CNY" },
  daysSaved: { zh: "省(天)", en: "Days saved" },
  next: { zh: "接下来可以", en: "What to try next" },
  step: { zh: "步骤", en: "Step" },
  place: { zh: "地点", en: "Place" },
  wholeChain: { zh: "全程：保险与资金", en: "Whole journey: insurance and finance" },
} as const satisfies Record<string, Both>;

/** What an amount is per. */
export const chargeUnitWords: Words<ChargeUnit> = {
  perVehicle: { zh: "每辆", en: "per vehicle" },
  perM3: { zh: "每立方米", en: "per m3" },
  perTonne: { zh: "每吨", en: "per tonne" },
  perCeu: { zh: "每 CEU", en: "per CEU" },
  perContainer: { zh: "每箱", en: "per container" },
  perWagon: { zh: "每车皮", en: "per wagon" },
  perFrame: { zh: "每框架", en: "per frame" },
  perTruck: { zh: "每卡车", en: "per truck" },
  perShipment: { zh: "每票", en: "per shipment" },
  percentOfValue: { zh: "% 货值", en: "% of value" },
  perVehicleKm: { zh: "每辆公里", en: "per vehicle-km" },
  perTonneKm: { zh: "每吨公里", en: "per tonne-km" },
  perContainerKm: { zh: "每箱公里", en: "per container-km" },
  perTruckKm: { zh: "每卡车公里", en: "per truck-km" },
};
