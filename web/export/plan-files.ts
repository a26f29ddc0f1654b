import {
  type Sheet,
  type SheetColumn,
  jsonText,
  modeWords,
  optionWords,
  scenarioSheet,
  sheetCsv,
  sheetsXlsx,
  unitWords,
} from "../../src/report/index.ts";
import { weekStart } from "../charts/heat-layout.ts";
import type { CapacityWords } from "../i18n/capacity.ts";
import { say } from "../i18n/format.ts";
import type { PageLanguage } from "../state/address.ts";
import type { Both, PlanView } from "../worker/plan-view.ts";
import { type OutFile, fileName, save } from "./save.ts";

/** Everything that the files of a plan are made from. */
export interface PlanMaterial {
  view: PlanView;
  /** The scenario that was solved. */
  scenario: object;
  language: PageLanguage;
  words: CapacityWords;
  names: { say: (text: Both) => string; place: (id: string) => string; corridor: (id: string) => string; cargo: (id: string) => string };
}

export type PlanFileKind = "json" | "csv" | "xlsx";

const column = (title: string, width: number, format: SheetColumn["format"] = "text"): SheetColumn => ({ title, width, format });

function totalsSheet({ view, words: w }: PlanMaterial): Sheet {
  const { totals, proof } = view;
  const rows: [string, number][] = [
    [w.totals.demand, totals.demand],
    [w.totals.carried, totals.carried],
    [w.totals.left, totals.left],
    [`${w.totals.cost} (CNY)`, totals.costCny],
    [`${w.totals.perVehicle} (CNY)`, totals.perVehicleCny],
    [w.totals.days, totals.days],
    [`${w.totals.co2e} (kg)`, totals.co2eKg],
    [`${w.target.value} (CNY)`, totals.exportValueCny],
    ["primal (CNY)", proof.primalCny],
    ["bound (CNY)", proof.boundCny],
    ["gap", proof.gap],
  ];
  return { name: w.totals.heading, columns: [column("", 34), column("", 20, "number")], rows };
}

/** A row for each week, plant, market, cargo and way. */
function flowsSheet({ view, words: w, language, names }: PlanMaterial): Sheet {
  const run = (key: string) => {
    const known = view.runs[key];
    return known === undefined ? key : `${modeWords[known.mode][language]} ${names.place(known.from)} → ${names.place(known.to)}`;
  };
  return {
    name: w.map.heading,
    columns: [
      column(w.bottlenecks.weeks, 8, "number"),
      column(w.heat.demand, 12, "date"),
      column(w.sankey.columns.from, 20),
      column(w.left.cargo, 18),
      column(w.sankey.columns.market, 20),
      column(w.sankey.columns.option, 16),
      column(w.sankey.columns.by, 20),
      column(w.sankey.vehicles, 10, "number"),
      column(w.map.stretch, 80),
    ],
    rows: view.flows.map((flow) => [
      flow.week + 1,
      weekStart(view.from, flow.week),
      names.place(flow.plant),
      names.cargo(flow.cargo),
      names.place(flow.market),
      optionWords[flow.option][language],
      names.corridor(flow.corridor),
      flow.vehicles,
      flow.runs.map(run).join("; "),
    ]),
  };
}

function corridorsSheet({ view, words: w, names }: PlanMaterial): Sheet {
  return {
    name: w.heat.corridor,
    columns: [
      column(w.heat.corridor, 26),
      column(w.bottlenecks.weeks, 8, "number"),
      column(w.heat.used, 14, "number"),
      column(w.heat.capacity, 14, "number"),
    ],
    rows: view.corridors.flatMap(({ id, used, capacity }) =>
      used.map((amount, week) => [names.corridor(id), week + 1, amount, capacity[week]]),
    ),
  };
}

function bottlenecksSheet({ view, words: w, language, names }: PlanMaterial): Sheet {
  return {
    name: w.bottlenecks.heading,
    columns: [
      column(w.bottlenecks.limit, 40),
      column(w.bottlenecks.where, 30),
      column(`${w.bottlenecks.price} (CNY)`, 14, "money"),
      column("", 12),
      column(`${w.bottlenecks.worth} (CNY)`, 18, "money"),
      column(w.bottlenecks.use, 12),
      column("id", 40),
    ],
    rows: view.bottlenecks.map((one) => [
      say(one.name, language),
      one.places.map(names.place).join(" → "),
      one.meanCny,
      unitWords[one.unit]?.[language],
      one.worthCny,
      w.bottlenecks.useOf(String(one.full), String(one.of)),
      one.id,
    ]),
  };
}

function leftSheet({ view, words: w, names }: PlanMaterial): Sheet {
  return {
    name: w.totals.left,
    columns: [
      column(w.left.weeks, 10, "number"),
      column(w.left.from, 20),
      column(w.left.cargo, 18),
      column(w.left.market, 20),
      column(w.left.vehicles, 10, "number"),
      column(w.left.why, 30),
      column(w.bottlenecks.limit, 60),
    ],
    rows: view.left.map((one) => [
      one.week + 1,
      names.place(one.plant),
      names.cargo(one.cargo),
      names.place(one.market),
      one.vehicles,
      w.left.reasons[one.reason],
      one.limits.map(names.say).join(w.listComma),
    ]),
  };
}

export function planFile(kind: PlanFileKind, material: PlanMaterial): OutFile {
  const { view, scenario, language } = material;
  const stem = ["yuche", view.scenario.id];
  if (kind === "json") return { name: fileName(stem, "json"), type: "application/json", content: `${jsonText(scenario)}\n` };
  if (kind === "csv") return { name: fileName([...stem, "flows"], "csv"), type: "text/csv", content: sheetCsv(flowsSheet(material)) };
  return {
    name: fileName(stem, "xlsx"),
    type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    content: sheetsXlsx([
      totalsSheet(material),
      flowsSheet(material),
      corridorsSheet(material),
      bottlenecksSheet(material),
      leftSheet(material),
      scenarioSheet(scenario, language),
    ]),
  };
}

/** Saves one file of the plan; its name. */
export async function takePlanFile(kind: PlanFileKind, material: PlanMaterial): Promise<string> {
  const file = planFile(kind, material);
  save(file);
  return file.name;
}
