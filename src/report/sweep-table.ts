import type { PlanResult } from "../planning/index.ts";
import type { SweptValue } from "../scenario/index.ts";
import { count, days } from "./numbers.ts";
import type { Sheet, SheetCell } from "./sheet.ts";
import type { Reader } from "./style.ts";
import type { SummaryRow, SweepColumn } from "./summary.ts";
import { type Column, type Row, table } from "./table.ts";
import { clean } from "./text.ts";
import { optionWords } from "./words.ts";

/** One run of a sweep with its rows of the summary. */
export interface SweptRun {
  name: string;
  values: SweptValue[];
  rows: SummaryRow[];
  plan?: SweptPlan;
}

/** What a run's plan came to. */
export interface SweptPlan {
  carried: number;
  unserved: number;
  totalCny: number;
  costPerVehicleCny: number;
  days: number;
  co2eTonnes: number;
  /** Of the nation's exports, where the plan has a target. */
  sharePercent?: number;
}

export function sweptPlan({ totals, target }: Pick<PlanResult, "totals" | "target">): SweptPlan {
  const { carried, unserved, totalCny, costPerVehicleCny, days: mean, co2eTonnes } = totals;
  const share = target === undefined ? {} : { sharePercent: target.carriedPercent };
  return { carried, unserved, totalCny, costPerVehicleCny, days: mean, co2eTonnes, ...share };
}

const planColumns = ["carried", "unserved", "totalCny", "costPerVehicleCny", "days", "co2eTonnes", "sharePercent"] as const;

/** All runs of one sweep, in its order. */
export interface SweptRuns {
  name: string;
  runs: SweptRun[];
}

/** A swept value as a cell: numbers stay numbers, what is no text is JSON. */
export function sweptCell(value: unknown): string | number {
  if (typeof value === "number") return value;
  return typeof value === "string" ? value : (JSON.stringify(value) ?? "");
}

/** The swept values of a run as columns of the summary. */
export function sweepCells(values: readonly SweptValue[]): Partial<Record<SweepColumn, string | number>> {
  return Object.fromEntries(values.map(({ path, value }) => [`sweep.${path}`, sweptCell(value)]));
}

/** What a run gives for one shipment: cost of the cheapest way with its option, days of the fastest, CO2e of the greenest. */
interface Best {
  shipment: string;
  option?: string;
  costCny?: number;
  costDays?: number;
  days?: number;
  co2eKg?: number;
  /** Why there is nothing. */
  reason?: { zh: string; en: string };
}

const cell = (value: string | number | undefined) => (value === undefined ? "" : String(value));

function bestsOf({ rows }: SweptRun): Best[] {
  // The row of a plan has no option.
  const ofShipments = rows.filter(({ option, status }) => option !== undefined || status === "failed");
  const shipments = [...new Set(ofShipments.map(({ shipment }) => cell(shipment)))];
  return shipments.map((shipment): Best => {
    const own = ofShipments.filter((row) => cell(row.shipment) === shipment);
    const least = (column: "costCny" | "days" | "co2eKg") =>
      own.filter((row) => typeof row[column] === "number").toSorted((a, b) => Number(a[column]) - Number(b[column]))[0];
    const [cheapest, fastest, greenest] = [least("costCny"), least("days"), least("co2eKg")];
    if (cheapest === undefined) {
      const failed = own.find(({ status }) => status === "failed");
      const reason = failed === undefined ? { zh: "无路可走", en: "no way" } : { zh: cell(failed.reasonZh), en: cell(failed.reason) };
      return { shipment, reason };
    }
    return {
      shipment,
      option: cell(cheapest.option),
      costCny: Number(cheapest.costCny),
      costDays: Number(cheapest.days),
      days: Number(fastest?.days),
      co2eKg: Number(greenest?.co2eKg),
    };
  });
}

/** The sweep as a table for a spreadsheet: a row for each run and shipment, and one for its plan, the swept values first. */
export function sweepSheet({ name, runs }: SweptRuns): Sheet {
  const paths = runs[0]?.values.map(({ path }) => path) ?? [];
  const isPlanned = runs.some(({ plan }) => plan !== undefined);
  const text = (title: string) => ({ title, width: 24, format: "text" as const });
  const number = (title: string) => ({ title, width: 14, format: "number" as const });
  return {
    name,
    columns: [
      text("run"),
      ...paths.map(text),
      text("shipment"),
      text("cheapestOption"),
      number("cheapestCny"),
      number("cheapestDays"),
      number("fastestDays"),
      number("leastCo2eKg"),
      text("reason"),
      text("reasonZh"),
      ...(isPlanned ? planColumns.map((column) => number(`plan.${column}`)) : []),
    ],
    rows: runs.flatMap((run) => {
      const swept: SheetCell[] = [run.name, ...run.values.map(({ value }) => sweptCell(value))];
      const { plan } = run;
      return [
        ...bestsOf(run).map((best): SheetCell[] => [
          ...swept,
          best.shipment,
          best.option,
          best.costCny,
          best.costDays,
          best.days,
          best.co2eKg,
          best.reason?.en,
          best.reason?.zh,
          ...(isPlanned ? planColumns.map(() => undefined) : []),
        ]),
        ...(plan === undefined
          ? []
          : [[...swept, "plan", ...Array.from({ length: 7 }, () => undefined), ...planColumns.map((column) => plan[column])]]),
      ];
    }),
  };
}

const mostRows = 60;

/** The sweep on a terminal, its first rows; the file has them all. */
export function sweepText(sweep: SweptRuns, reader: Reader): string {
  const { language, style } = reader;
  const zh = language === "zh";
  const names = sweep.runs[0]?.values.map(({ name }) => name) ?? [];
  const right = (title: string) => ({ title, align: "right" as const });
  const columns = [
    ...names.map((title) => ({ title, shrinkTo: 18 })),
    { title: zh ? "货物" : "shipment", shrinkTo: 8 },
    { title: zh ? "成本最低" : "cheapest" },
    right(zh ? "元/辆" : "CNY each"),
    right(zh ? "天数" : "days"),
    right(zh ? "最快天数" : "fastest days"),
    right(zh ? "最低碳排 kg" : "least CO2e kg"),
  ];
  const rows = sweep.runs.flatMap((run) =>
    bestsOf(run).flatMap((best): Row[] => {
      const swept = run.values.map(({ value }) => clean(String(sweptCell(value))));
      if (best.reason !== undefined)
        return [[...swept, best.shipment, { text: zh ? "无" : "none", paint: style.warn }], { below: best.reason[language] }];
      const words = optionWords[best.option as keyof typeof optionWords];
      return [
        [...swept, best.shipment, words[language], count(best.costCny!), days(best.costDays!), days(best.days!), count(best.co2eKg!, 1, 1)],
      ];
    }),
  );
  const plans = sweep.runs.flatMap(({ values, plan }): Row[] =>
    plan === undefined
      ? []
      : [
          [
            ...values.map(({ value }) => String(sweptCell(value))),
            count(plan.carried),
            count(plan.unserved),
            count(plan.totalCny / 1e6, 1, 1),
            count(plan.costPerVehicleCny),
            days(plan.days),
            count(plan.co2eTonnes),
            plan.sharePercent === undefined ? "" : `${count(plan.sharePercent, 2, 2)}%`,
          ],
        ],
  );
  const planHeads = zh
    ? ["运出", "留下", "总成本(百万元)", "元/辆", "平均天数", "碳排(吨)", "占全国"]
    : ["carried", "left behind", "total CNY m", "CNY each", "mean days", "CO2e t", "share"];
  const swept = names.map((title) => ({ title, shrinkTo: 18 }));
  const first = (heads: Column[], list: readonly Row[]) => {
    if (list.length === 0) return [];
    const rest = list.length - mostRows;
    const more = zh ? `另有 ${rest} 行，见 ${sweep.name}.sweep.csv` : `${rest} more rows in ${sweep.name}.sweep.csv`;
    return [...table(heads, list.slice(0, mostRows), reader), ...(rest > 0 ? [more] : [])];
  };
  const lines = [
    style.bold(clean(sweep.name)),
    ...first(columns, rows),
    ...(rows.length > 0 && plans.length > 0 ? [""] : []),
    ...first([...swept, ...planHeads.map(right)], plans),
  ];
  return `${lines.join("\n")}\n`;
}
