import type { Charge, Figure, FigureRecord, Text } from "../../src/model/index.ts";
import { type NetworkData, matcher, networkLists } from "../../src/network/index.ts";
import { passageName } from "./passages.ts";

/** What sort of quantity a figure is; the filter of the table. */
export const figureKinds = [
  "cost",
  "time",
  "distance",
  "capacity",
  "reliability",
  "duty",
  "finance",
  "cargo",
  "emission",
  "other",
] as const;
export type FigureKind = (typeof figureKinds)[number];

export type Both = { zh: string; en: string };

/** One figure of the network, with where it stands and who uses it. */
export interface FigureRow {
  /** As the engine and the command line name it: `figures/x`, `services/y/stops/z/hours`. */
  address: string;
  kind: FigureKind;
  /** Which quantity it is, its unit, and the member of the network where it stands with the part of that member. */
  what: Both;
  unit: Both;
  where: Both;
  part: Both;
  value: number;
  low: number;
  high: number;
  basis: FigureRecord["basis"];
  sources: string[];
  note?: Text;
  /** Members of the network that use it, as `services/x`; each once. */
  owners: string[];
  /** Places in the data that use it. */
  uses: number;
  /** Small letters to look for words in. */
  search: string;
}

type Plain = Record<string, unknown>;
const isPlain = (value: unknown): value is Plain => value !== null && typeof value === "object" && !Array.isArray(value);
const isRecord = (value: Plain): boolean => "basis" in value && typeof value["value"] === "number";
const isUse = (value: Plain): boolean => typeof value["use"] === "string" && Object.keys(value).length === 1;

const both = (zh: string, en: string): Both => ({ zh, en });
const nothing = both("", "");
const capital = (text: string) => text.slice(0, 1).toUpperCase() + text.slice(1);
const textOf = (text: Text): Both => (typeof text === "string" ? both(text, text) : text);
const hours = both("小时", "h");
const percent = both("%", "%");

/** Words of a charge's unit. */
const perWords: Record<string, Both> = {
  perVehicle: both("辆", "vehicle"),
  perM3: both("立方米", "m³"),
  perTonne: both("吨", "t"),
  perCeu: both("CEU", "CEU"),
  perContainer: both("箱", "box"),
  perWagon: both("车皮", "wagon"),
  perFrame: both("框架", "frame"),
  perTruck: both("卡车", "truck"),
  perShipment: both("票", "shipment"),
  perVehicleKm: both("辆公里", "vehicle-km"),
  perTonneKm: both("吨公里", "t-km"),
  perContainerKm: both("箱公里", "box-km"),
  perTruckKm: both("卡车公里", "truck-km"),
  perVehicleDay: both("辆·天", "vehicle-day"),
  perContainerDay: both("箱·天", "box-day"),
};

const slotWords: Record<string, Both> = {
  vehicle: both("辆", "vehicles"),
  container: both("箱", "boxes"),
  wagon: both("车皮", "wagons"),
  frame: both("框架", "frames"),
  m3: both("立方米", "m³"),
  ceu: both("CEU", "CEU"),
  truck: both("卡车", "trucks"),
};

type Sort = readonly [FigureKind, zh: string, en: string, unit: Both];

/** What the keys of the data mean; the list of the network before the key where it makes a difference. */
const keySorts: Record<string, Sort> = {
  "services hours": ["time", "运行时间", "running time", hours],
  "operations hours": ["time", "作业时间", "operation time", hours],
  "locations hours": ["time", "通过时间", "passage time", hours],
  "rules addHours": ["time", "额外提前量", "extra lead time", hours],
  "services addHours": ["time", "季节加时", "season's extra time", hours],
  distanceKm: ["distance", "里程", "distance", both("公里", "km")],
  stayHours: ["time", "停靠时间", "stay", hours],
  cutoffHours: ["time", "截关提前量", "cut-off before departure", hours],
  releaseHours: ["time", "放货时间", "release after arrival", hours],
  waitHours: ["time", "排队时间", "queue", hours],
  dwellHours: ["time", "停留时间", "dwell", hours],
  freeDays: ["time", "免费堆存期", "free storage", both("天", "d")],
  co2eKgPerVehicle: ["emission", "每辆碳排放", "CO₂e a vehicle", both("kg/辆", "kg/vehicle")],
  slots: ["capacity", "每班舱位", "slots a departure", nothing],
  weeklySlots: ["capacity", "每周舱位", "slots a week", nothing],
  slotsPercent: ["capacity", "季节舱位", "slots in the season", percent],
  perWeek: ["capacity", "每周班次", "departures a week", both("班/周", "a week")],
  dailyVehicles: ["capacity", "每日能力", "daily capacity", both("辆/天", "vehicles/d")],
  units: ["capacity", "可用数量", "number available", nothing],
  returnPercent: ["time", "回程时间", "time of the way back", both("% 去程", "% of the way out")],
  turnaroundHours: ["time", "两端作业与等待", "turnaround at both ends", hours],
  daily: ["capacity", "每日通过上限", "passes a day", nothing],
  spaces: ["capacity", "堆场车位", "room in the yard", both("辆", "vehicles")],
  sdHours: ["reliability", "运行时间标准差", "spread of the running time (sd)", hours],
  onTimePercent: ["reliability", "准点率", "on-time share", percent],
  valueCny: ["cargo", "货值（FOB）", "value (FOB)", both("元/辆", "CNY/vehicle")],
  massT: ["cargo", "质量", "mass", both("吨", "t")],
  lengthM: ["cargo", "长", "length", both("米", "m")],
  widthM: ["cargo", "宽", "width", both("米", "m")],
  heightM: ["cargo", "高", "height", both("米", "m")],
  volumeM3: ["cargo", "体积", "volume", both("立方米", "m³")],
  ceuRt43: ["cargo", "RT43 当量", "RT43 equivalent", both("CEU", "CEU")],
  ceuModern: ["cargo", "现代车当量", "modern car equivalent", both("CEU", "CEU")],
  "cargos container": ["cargo", "每箱装车（带框架）", "vehicles a racked box", both("辆/箱", "vehicles/box")],
  "cargos containerBare": ["cargo", "每箱装车（无框架）", "vehicles a bare box", both("辆/箱", "vehicles/box")],
  "cargos frame": ["cargo", "每框架装车", "vehicles a frame", both("辆/框架", "vehicles/frame")],
  "cargos wagon": ["cargo", "每车皮装车", "vehicles a wagon", both("辆/车皮", "vehicles/wagon")],
  "cargos truck": ["cargo", "每卡车装车", "vehicles a truck", both("辆/卡车", "vehicles/truck")],
  "cargos kit": ["cargo", "每箱散件", "kits a box", both("套/箱", "kits/box")],
  ratePercent: ["duty", "税率", "rate", both("% 到岸价", "% of CIF")],
  gPerTkm: ["emission", "排放因子", "emission factor", both("克/吨公里", "g/t-km")],
  gPerTeuKm: ["emission", "排放因子", "emission factor", both("克/TEU 公里", "g/TEU-km")],
  capitalPercentPerYear: ["finance", "资金成本", "cost of capital", both("%/年", "% a year")],
  cargoInsurancePercent: ["finance", "货运保险费率", "cargo insurance rate", both("% 保额", "% of the insured value")],
  insuredPercent: ["finance", "保额加成", "insured value", both("% 到岸价", "% of CIF")],
  creditInsurancePercent: ["finance", "信用保险费率", "credit insurance rate", percent],
  hedgeSharePercent: ["finance", "锁汇比例", "share that is hedged", percent],
  hedgeCostPercentPerYear: ["finance", "锁汇成本", "cost of hedging", both("%/年", "% a year")],
  rmbSharePercent: ["finance", "人民币结算比例", "share invoiced in CNY", percent],
  rebatePercent: ["finance", "出口退税率", "export rebate of VAT", percent],
  rebateDays: ["finance", "退税到账天数", "days until the rebate", both("天", "d")],
  carbonCnyPerTonne: ["finance", "碳价", "carbon price", both("元/吨", "CNY/t")],
};

const lineNames: Record<string, Both> = {
  services: both("运费", "freight"),
  operations: both("作业费", "operation charge"),
  locations: both("通过费", "passage charge"),
  rules: both("附加费", "surcharge"),
  customs: both("规费", "fee"),
};

export interface FigureWords {
  /** Names of cost lines, forms and kinds of tariff in both languages, by their ids. */
  line: Record<string, Both>;
  form: Record<string, Both>;
}

interface Found {
  kind: FigureKind;
  what: Both;
  unit: Both;
  part: Both;
}

/** Where the walk stands: the steps of the path and the objects on it. */
interface Spot {
  steps: string[];
  parents: unknown[];
}

const money = (currency: unknown): Both =>
  currency === undefined || currency === "CNY" ? both("元", "CNY") : both(String(currency), String(currency));

/** What a pool or a gate is counted in: a truck is one, and so many pass a day. */
function limitUnit(key: "units" | "daily", member: unknown): Both {
  const word = isPlain(member) ? String(member[key === "units" ? "kind" : "unit"]) : "";
  const unit = word === "departure" ? both("班次", "departures") : (slotWords[word] ?? nothing);
  return key === "units" ? unit : both(`${unit.zh}/天`, `${unit.en}/d`);
}

function sortOf(list: string, key: string, { parents }: Spot, words: FigureWords): Omit<Found, "part"> {
  const parent = parents.at(-1);
  const member = parents[1];
  const charge = isPlain(parent) ? (parent as Charge) : {};
  if (parents.length === 2 && list === "finance") {
    const currency = both(`${key} 汇率`, `${key} exchange rate`);
    if (!Object.hasOwn(keySorts, key)) return { kind: "finance", what: currency, unit: both(`元/${key}`, `CNY/${key}`) };
  }
  const per = Object.hasOwn(perWords, key) ? perWords[key] : undefined;
  if (per !== undefined) {
    const name = charge.line === undefined ? undefined : words.line[charge.line];
    const isStorage = key.endsWith("Day");
    const what = name ?? (isStorage ? both("堆存费", "storage charge") : (lineNames[list] ?? both("费用", "charge")));
    const cash = money(charge.currency);
    return { kind: list === "customs" ? "duty" : "cost", what, unit: both(`${cash.zh}/${per.zh}`, `${cash.en}/${per.en}`) };
  }
  if (key === "percentOfValue") {
    const name = charge.line === undefined ? undefined : words.line[charge.line];
    return { kind: "cost", what: name ?? lineNames[list] ?? both("费用", "charge"), unit: both("% 货值", "% of value") };
  }
  const known = keySorts[`${list} ${key}`] ?? keySorts[key];
  if (known === undefined) return { kind: "other", what: both(key, key), unit: nothing };
  const [kind, zh, en, unit] = known;
  if (key === "units" || key === "daily") return { kind, what: both(zh, en), unit: limitUnit(key, member) };
  if (key !== "slots" && key !== "weeklySlots") return { kind, what: both(zh, en), unit };
  const slot = isPlain(member) ? slotWords[String(member["slotUnit"] ?? "vehicle")] : undefined;
  const each = key === "slots" ? both("班", "departure") : both("周", "week");
  return { kind, what: both(zh, en), unit: slot === undefined ? nothing : both(`${slot.zh}/${each.zh}`, `${slot.en}/${each.en}`) };
}

/**
 * Where the figure of an engine's address stands in the data. The way back of a service names a run's figures by the stop that the run leads to, but they stand
 * with the other stop.
 */
export function homeOf(data: NetworkData, byAddress: ReadonlyMap<string, unknown>): (address: string) => string {
  const stop = (service: string, at: string) => `services/${service}/stops/${at}/`;
  const back = new Map<string, string>();
  for (const { id, bothWays, stops: calls } of data.services)
    if (bothWays === true) calls.slice(0, -1).forEach(({ at }, i) => back.set(stop(id, at), stop(id, calls[i + 1]!.at)));
  return (address) => {
    if (byAddress.has(address)) return address;
    const cut = address.split("/", 4).join("/").length + 1;
    const home = back.get(address.slice(0, cut));
    return home === undefined ? address : home + address.slice(cut);
  };
}

/** Names of everything, by `list/id`. */
export type MemberNames = ReadonlyMap<string, Both>;

/** Lists of the network whose members a page can name. */
const namedLists = networkLists.filter((list) => list !== "sources");

export function memberNames(data: NetworkData): MemberNames {
  const names = new Map<string, Both>();
  for (const list of namedLists) {
    for (const member of data[list] as readonly { id: string; name?: Text; title?: Text }[])
      names.set(`${list}/${member.id}`, textOf(member.name ?? member.title ?? member.id));
  }
  names.set("finance", both("资金与保险", "Finance and insurance"));
  return names;
}

/** The part of a member where a figure stands, in words: a run, a tariff, a season, a form. */
function partOf({ steps, parents }: Spot, names: MemberNames, words: FigureWords): Both {
  const place = (id: string) => names.get(`locations/${id}`) ?? both(id, id);
  const [list, , branch, inner] = steps;
  if (list === "services" && branch === "stops" && inner !== undefined) {
    const service = parents[1] as { stops: { at: string }[] };
    const at = service.stops.findIndex((stop) => stop === parents[3]);
    const here = place(inner);
    const before = service.stops[at - 1];
    const key = steps.at(-1);
    if (before === undefined || key === "cutoffHours" || key === "stayHours" || key === "releaseHours") return here;
    const from = place(before.at);
    return both(`${from.zh} → ${here.zh}`, `${from.en} → ${here.en}`);
  }
  if (branch === "tariffs" && inner !== undefined) return both(`运价 ${inner}`, `tariff ${inner}`);
  if (branch === "duties" && isPlain(parents[3])) return textOf((parents[3]["title"] ?? parents[3]["id"]) as Text);
  if (list === "locations" && branch === "storage" && inner !== undefined) return words.form[inner] ?? both(inner, inner);
  const season = steps.includes("seasons") ? parents[steps.indexOf("seasons") + 1] : undefined;
  const dates = isPlain(season) ? `${String(season["from"])}–${String(season["until"])}` : "";
  if (list === "locations" && branch === "passages" && inner !== undefined) {
    const passage = passageName(inner);
    return both(`${passage.zh} ${dates}`.trim(), `${passage.en} ${dates}`.trim());
  }
  return both(dates, dates);
}

/** Address of the engine: the number of an only charge is left out. */
function addressOf({ steps, parents }: Spot): string {
  return steps
    .filter((step, i) => !(steps[i - 1] === "charges" && /^\d+$/.test(step) && (parents[i - 1] as unknown[] | undefined)?.length === 1))
    .join("/");
}

/** What a member of a list is called in a path. */
const stepOf = (member: unknown, index: number): string => {
  const name = isPlain(member) ? (member["id"] ?? member["at"]) : undefined;
  return typeof name === "string" ? name : String(index);
};

/**
 * Addresses of the figures that a path of a change leads to. It may stand for several members with `*`, count the members of a list within one of them, number
 * an only charge, and end at the value of a record.
 */
export function addressesOf(data: NetworkData, path: readonly string[]): string[] {
  const found: string[] = [];
  const [list = "", ...within] = path;
  const go = (here: unknown, rest: readonly string[], { steps, parents }: Spot): void => {
    const [step, ...more] = rest;
    if (step === undefined || (step === "value" && isPlain(here) && isRecord(here))) {
      found.push(addressOf({ steps, parents }));
      return;
    }
    const isMember = steps.length === 1;
    const fits = isMember ? matcher(step) : (name: string) => name === step;
    const into = (name: string, inner: unknown) => go(inner, more, { steps: [...steps, name], parents: [...parents, here] });
    if (Array.isArray(here))
      here.forEach((inner: unknown, i) => {
        const name = stepOf(inner, i);
        if (fits(name) || (!isMember && step === String(i))) into(name, inner);
      });
    else if (isPlain(here)) for (const [name, inner] of Object.entries(here)) if (fits(name)) into(name, inner);
  };
  if (Object.hasOwn(data, list)) go(data[list as keyof NetworkData], within, { steps: [list], parents: [] });
  return found;
}

/** Every number in what a change sets, with its path; a figure is its value, wherever it has it from. */
export function numbersIn(set: unknown, path: readonly string[], data: NetworkData): [path: readonly string[], value: number][] {
  if (typeof set === "number") return [[path, set]];
  if (set === null || typeof set !== "object") return [];
  if (isPlain(set) && isRecord(set)) return [[path, set["value"] as number]];
  if (isPlain(set) && isUse(set)) return numbersIn(data.figures[String(set["use"])], path, data);
  return Object.entries(set).flatMap(([key, inner]) => numbersIn(inner, [...path, key], data));
}

/** Visits every figure, the lists of the network in their order; `parents[i]` is the object in which step i was taken. */
function walk(data: NetworkData, visit: (figure: Exclude<Figure, number>, spot: Spot) => void): void {
  const go = (value: unknown, spot: Spot): void => {
    const into = (step: string, inner: unknown) => go(inner, { steps: [...spot.steps, step], parents: [...spot.parents, value] });
    if (Array.isArray(value)) {
      value.forEach((member: unknown, i) => into(stepOf(member, i), member));
    } else if (isPlain(value)) {
      if (isRecord(value) || isUse(value)) visit(value as unknown as Exclude<Figure, number>, spot);
      else for (const [key, inner] of Object.entries(value)) into(key, inner);
    }
  };
  for (const list of [
    "services",
    "operations",
    "locations",
    "pools",
    "gates",
    "yards",
    "rules",
    "cargos",
    "customs",
    "finance",
    "factors",
  ] as const)
    go(data[list], { steps: [list], parents: [] });
}

/** The member a path belongs to: `services/x`; finance is one member. */
const ownerOf = (steps: readonly string[]): string => (steps[0] === "finance" ? "finance" : steps.slice(0, 2).join("/"));

const listOf = (source: string | string[] | undefined): string[] => (source === undefined ? [] : [source].flat());

const distinct = (texts: readonly Both[]): Both => {
  const kept = texts.filter((text, i) => texts.findIndex((other) => other.zh === text.zh && other.en === text.en) === i);
  return both(kept.map((k) => k.zh).join("、"), kept.map((k) => k.en).join(", "));
};

/**
 * Every figure of a network in one list: those that stand with a member, and shared ones once, with everybody who uses them. A plain number is a planner's
 * own and has nothing to tell.
 */
export function figureRows(data: NetworkData, words: FigureWords): FigureRow[] {
  const names = memberNames(data);
  const nameOf = (owner: string) => names.get(owner) ?? both(owner, owner);
  const rows: FigureRow[] = [];
  const shared = new Map<string, { spots: Found[]; owners: Set<string>; uses: number }>();
  const push = (row: Omit<FigureRow, "search" | "value" | "low" | "high" | "basis" | "sources">, figure: FigureRecord) => {
    const all = [
      row.address,
      row.what.zh,
      row.what.en,
      row.where.zh,
      row.where.en,
      row.part.zh,
      row.part.en,
      ...row.owners.flatMap((o) => [nameOf(o).zh, nameOf(o).en]),
    ];
    rows.push({
      ...row,
      what: both(row.what.zh, capital(row.what.en)),
      value: figure.value,
      low: figure.low ?? figure.value,
      high: figure.high ?? figure.value,
      basis: figure.basis,
      sources: listOf(figure.source),
      ...(figure.note === undefined ? {} : { note: figure.note }),
      search: all.join(" ").normalize("NFKC").toLowerCase(),
    });
  };
  walk(data, (figure, spot) => {
    const { steps } = spot;
    const list = steps[0]!;
    const key = steps.at(-1)!;
    const owner = ownerOf(steps);
    const found: Found = { ...sortOf(list, key, spot, words), part: partOf(spot, names, words) };
    if ("use" in figure) {
      const known = shared.get(figure.use) ?? { spots: [], owners: new Set<string>(), uses: 0 };
      known.spots.push(found);
      known.owners.add(owner);
      known.uses++;
      shared.set(figure.use, known);
      return;
    }
    push({ ...found, address: addressOf(spot), where: nameOf(owner), owners: [owner], uses: 1 }, figure);
  });
  for (const [id, figure] of Object.entries(data.figures)) {
    if (typeof figure === "number") continue;
    const known = shared.get(id);
    const owners = [...(known?.owners ?? [])];
    const first = owners[0] === undefined ? nothing : nameOf(owners[0]);
    const more = owners.length - 1;
    const spots = known?.spots ?? [];
    push(
      {
        address: `figures/${id}`,
        kind: spots[0]?.kind ?? "other",
        what: spots.length === 0 ? both(id, id) : distinct(spots.map((s) => s.what)),
        unit: distinct(spots.map((s) => s.unit)),
        where: more > 0 ? both(`${first.zh} 等 ${owners.length} 处`, `${first.en} and ${more} more`) : first,
        part: owners.length === 1 ? distinct(spots.map((s) => s.part)) : nothing,
        owners,
        uses: known?.uses ?? 0,
      },
      figure,
    );
  }
  return rows;
}
