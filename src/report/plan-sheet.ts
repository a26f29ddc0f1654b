import { type Language, type Text, say } from "../model/index.ts";
import type { PlanResult } from "../planning/index.ts";
import type { Sheet } from "./sheet.ts";
import { directCorridor, optionWords } from "./words.ts";

type Both = { zh: string; en: string };

const heads = {
  row: { zh: "需求行", en: "Demand row" },
  cargo: { zh: "货物", en: "Cargo" },
  from: { zh: "工厂", en: "Plant" },
  to: { zh: "市场", en: "Market" },
  week: { zh: "周", en: "Week" },
  vehicles: { zh: "车辆", en: "Vehicles" },
  option: { zh: "方案", en: "Option" },
  corridor: { zh: "通道", en: "Corridor" },
  gateway: { zh: "门户", en: "Gateway" },
  services: { zh: "班线", en: "Services" },
  departures: { zh: "班期（当地时间）", en: "Departures (local time)" },
  cost: { zh: "费用（元/辆）", en: "Cost (CNY a vehicle)" },
  logistics: { zh: "其中物流（元/辆）", en: "Logistics (CNY a vehicle)" },
  late: { zh: "晚到（元/辆）", en: "Late (CNY a vehicle)" },
  days: { zh: "天数", en: "Days" },
  co2e: { zh: "碳排放（kg/辆）", en: "CO₂e (kg a vehicle)" },
  arrival: { zh: "到达日", en: "Arrives" },
} as const satisfies Record<string, Both>;

/** Every flow of a plan as a table: one line for each row, week and way. */
export function planSheet(result: PlanResult, language: Language): Sheet {
  const t = (both: Both) => both[language];
  const name = (id: string): string => {
    const text: Text | undefined = id === "direct" ? directCorridor : result.names[id];
    return text === undefined ? id : say(text, language);
  };
  const rowOf = new Map(result.rows.map((row) => [row.row, row]));
  const column = (head: Both, width: number, format: Sheet["columns"][number]["format"]) => ({ title: t(head), width, format });
  return {
    name: language === "zh" ? "流向" : "Flows",
    columns: [
      column(heads.row, 28, "text"),
      column(heads.cargo, 14, "text"),
      column(heads.from, 20, "text"),
      column(heads.to, 20, "text"),
      column(heads.week, 8, "number"),
      column(heads.vehicles, 10, "number"),
      column(heads.option, 14, "text"),
      column(heads.corridor, 18, "text"),
      column(heads.gateway, 18, "text"),
      column(heads.services, 50, "text"),
      column(heads.departures, 40, "text"),
      column(heads.cost, 16, "money"),
      column(heads.logistics, 16, "money"),
      column(heads.late, 14, "money"),
      column(heads.days, 10, "number"),
      column(heads.co2e, 14, "number"),
      column(heads.arrival, 12, "date"),
    ],
    rows: result.flows.map((flow) => {
      const row = rowOf.get(flow.row);
      return [
        flow.row,
        name(row?.cargo ?? ""),
        name(row?.from ?? ""),
        name(row?.to ?? ""),
        flow.week,
        flow.vehicles,
        t(optionWords[flow.option]),
        name(flow.corridor),
        name(flow.gateway),
        flow.services.join(" + "),
        flow.departures.join(" "),
        flow.costCny,
        flow.logisticsCny,
        flow.lateCny,
        flow.days,
        flow.co2eKg,
        flow.arrivalDate,
      ];
    }),
  };
}

/** The line of a plan in a batch's summary. */
export function planSummary(result: PlanResult): Record<string, string | number> {
  const { totals, proof } = result;
  return {
    scenario: result.scenario.id,
    shipment: "plan",
    quantity: totals.carried,
    status: proof.status === "optimal" ? "ok" : "stopped",
    reason: `${totals.unserved} left behind; gap ${proof.gap.toExponential(1)}`,
    reasonZh: `未运 ${totals.unserved} 辆；间隙 ${proof.gap.toExponential(1)}`,
    costCny: totals.costPerVehicleCny,
    logisticsCny: totals.logisticsPerVehicleCny,
    days: totals.days,
    co2eKg: totals.carried === 0 ? 0 : Number(((totals.co2eTonnes * 1000) / totals.carried).toFixed(3)),
    publishedShare: result.evidence.published,
    derivedShare: result.evidence.derived,
    assumedShare: result.evidence.assumed,
    statedShare: result.evidence.stated,
  };
}
