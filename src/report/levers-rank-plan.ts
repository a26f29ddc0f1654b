import { say } from "../model/index.ts";
import {
  type PlanEffect,
  type PlanMeasure,
  type PlanRankResult,
  type PlanRanking,
  type RankedPlanLever,
  planMeasures,
} from "../planning/index.ts";
import { leverParagraphs } from "./levers-text.ts";
import { count, signed } from "./numbers.ts";
import type { Sheet } from "./sheet.ts";
import type { Reader } from "./style.ts";
import { type Row, facts, table } from "./table.ts";
import { clean, wrap } from "./text.ts";

type Both = { zh: string; en: string };

/** How a measure is called, in which unit it is shown, with how many decimals, and which way is good (0: neither). */
const shown: Record<PlanMeasure, { name: Both; short: Both; per: number; decimals: number; good: -1 | 0 | 1 }> = {
  totalCny: {
    name: { zh: "总费用（百万元）", en: "total cost (CNY million)" },
    short: { zh: "百万元", en: "million" },
    per: 1e6,
    decimals: 2,
    good: -1,
  },
  carried: { name: { zh: "运出车辆", en: "vehicles carried" }, short: { zh: "辆", en: "carried" }, per: 1, decimals: 0, good: 1 },
  sharePercent: {
    name: { zh: "占全国出口（%）", en: "share of the nation’s exports (%)" },
    short: { zh: "百分点", en: "% points" },
    per: 1,
    decimals: 3,
    good: 1,
  },
  exportValueCny: {
    name: { zh: "出口额（百万元）", en: "export value (CNY million)" },
    short: { zh: "出口额", en: "value" },
    per: 1e6,
    decimals: 0,
    good: 1,
  },
  costCny: { name: { zh: "每辆费用（元）", en: "cost a vehicle (CNY)" }, short: { zh: "元/辆", en: "CNY" }, per: 1, decimals: 0, good: -1 },
  days: { name: { zh: "平均天数", en: "mean days" }, short: { zh: "天", en: "days" }, per: 1, decimals: 2, good: -1 },
  co2eKg: {
    name: { zh: "碳排放（kg/辆）", en: "CO2e (kg a vehicle)" },
    short: { zh: "CO2e kg", en: "CO2e kg" },
    per: 1,
    decimals: 1,
    good: -1,
  },
};

/** Export value and share follow from the vehicles: they stand in JSON and CSV, and below the table. */
const inTable: readonly PlanMeasure[] = ["totalCny", "carried", "costCny", "days", "co2eKg"];
const inBundle: readonly PlanMeasure[] = ["totalCny", "carried"];

/** The measures of the picture; what is less than `step` shows as nothing. */
export const planPanels = (["totalCny", "carried", "costCny", "co2eKg"] as const).map((measure) => {
  const { name, per, decimals, good } = shown[measure];
  return { measure, name, per, decimals, step: (per * 10 ** -decimals) / 2, good: good === 1 ? (1 as const) : (-1 as const) };
});

const number = (measure: PlanMeasure, value: number) => {
  const { per, decimals } = shown[measure];
  const text = signed(value / per, decimals);
  return /[1-9]/.test(text) ? text : "·";
};

function effectText(measure: PlanMeasure, { value, low, high }: PlanEffect): string {
  const own = number(measure, value);
  return low === high || [own, number(measure, low), number(measure, high)].every((text) => text === "·")
    ? own
    : `${own} [${number(measure, low)} … ${number(measure, high)}]`;
}

/** What nobody has published and a worth hangs on: `agreements: contract against spot -25 % (-45 … 20)`. */
function assumptions(levers: readonly RankedPlanLever[], { language, width }: Reader): string[] {
  const zh = language === "zh";
  const set = levers.flatMap(({ title, parameters }) =>
    parameters
      .filter(({ basis }) => basis === "assumed")
      .map(({ title: name, value, low, high, unit }) => {
        const range = `${count(low, 6)} … ${count(high, 6)}`;
        return zh
          ? `${title.zh}：${name.zh} ${count(value, 6)} ${unit}（${range}）`
          : `${title.en}: ${name.en} ${count(value, 6)} ${unit} (${range})`;
      }),
  );
  if (set.length === 0) return [];
  return wrap(zh ? `按假设取值，括号内为范围：${set.join("；")}` : `Assumed values, ranges in brackets: ${set.join("; ")}`, width);
}

/** The ranking as a table, the bundle, and how its levers work together. */
export function planRankLines(ranking: PlanRanking, reader: Reader): string[] {
  const { language, style } = reader;
  const zh = language === "zh";
  const { weeks, of, accuracyCny } = ranking;
  const right = (title: string) => ({ title, align: "right" as const });
  const paint = (measure: PlanMeasure, value: number) => {
    const way = Math.sign(value) * shown[measure].good;
    return way > 0 ? style.good : way < 0 ? style.bad : (text: string) => text;
  };
  const cell = (measure: PlanMeasure, value: number, text: string) => ({ text, paint: paint(measure, value) });
  const isProven = (value: number) => Math.abs(value) > accuracyCny;
  const moves = (lever: RankedPlanLever) => isProven(lever.alone.totalCny.value) || isProven(lever.marginal.totalCny);
  const idle = ranking.levers.filter((lever) => !moves(lever));
  const rows = ranking.levers
    .filter(moves)
    .map((lever, i): Row => [
      `${i + 1}`,
      lever.title[language],
      ...inTable.map((measure) => cell(measure, lever.alone[measure]!.value, effectText(measure, lever.alone[measure]!))),
      ...inBundle.map((measure) => cell(measure, lever.marginal[measure]!, number(measure, lever.marginal[measure]!))),
    ]);
  const part =
    weeks === of
      ? zh
        ? `全部 ${of} 周`
        : `all ${of} weeks`
      : zh
        ? `时段的前 ${weeks} 周（共 ${of} 周）`
        : `the first ${weeks} of ${of} weeks`;
  const note = zh
    ? `${part}，需求 ${count(ranking.demand)} 辆；每项都重新求解，总费用之差在 ${count(accuracyCny)} 元以内视为没有差别。总费用含未运出的代价，负值为节省。`
    : `${part}, ${count(ranking.demand)} vehicles wanted; every one solved anew, differences in total cost up to CNY ${count(accuracyCny)} are none. The total counts what staying behind costs; negative is saved.`;
  const cut =
    weeks === of
      ? []
      : [zh ? "之后的班次空着，所以舱位紧张被低估。" : "Departures after these weeks stand empty, so shortage is understated."];
  return [
    note,
    ...cut,
    ...table(
      [
        right("#"),
        { title: zh ? "措施" : "lever", shrinkTo: 18 },
        ...inTable.map((measure) => right(`${shown[measure].short[language]}${zh ? "（单独）" : " alone"}`)),
        ...inBundle.map((measure) => right(`${shown[measure].short[language]}${zh ? "（组合内）" : " in bundle"}`)),
      ],
      rows,
      reader,
    ),
    ...(idle.length === 0
      ? []
      : [
          zh
            ? `对这份计划没有作用：${idle.map((lever) => lever.title.zh).join("、")}`
            : `Without effect on this plan: ${idle.map((lever) => lever.title.en).join(", ")}`,
        ]),
    ...assumptions(ranking.levers.filter(moves), reader),
    ...facts(
      planMeasures.flatMap((measure): [string, string][] => {
        const both = ranking.interaction[measure];
        if (both === undefined) return [];
        const { per, decimals, name } = shown[measure];
        const level = (value: number) => count(value / per, decimals, decimals);
        const [sum, all, rest] = [both.sumAlone, both.bundle, both.interaction].map((value) => signed(value / per, decimals)) as [
          string,
          string,
          string,
        ];
        const [from, to] = [level(ranking.baseline[measure]!), level(ranking.bundle[measure]!)];
        return [
          [
            name[language],
            zh
              ? `${from} → ${to}；各项单独相加 ${sum}，全部同用 ${all}，相互作用 ${rest}`
              : `${from} → ${to}; sum of each alone ${sum}, all together ${all}, interaction ${rest}`,
          ],
        ];
      }),
      reader,
    ),
  ];
}

/** A ranking of its own for people. Pure text in, text out. */
export function planRankText(result: PlanRankResult, reader: Reader): string {
  const { id, title } = result.scenario;
  return `${[reader.style.bold(clean(title === undefined ? id : say(title, reader.language))), ...planRankLines(result, reader)].join("\n")}\n`;
}

/** The ranking for a spreadsheet, one row a lever. */
export function planRankSheet(ranking: PlanRanking): Sheet {
  const measures = planMeasures.filter((measure) => ranking.baseline[measure] !== undefined);
  const columns = measures.flatMap((measure) => [
    { title: `${measure}.alone`, value: (lever: RankedPlanLever) => lever.alone[measure]!.value },
    { title: `${measure}.alone.low`, value: (lever: RankedPlanLever) => lever.alone[measure]!.low },
    { title: `${measure}.alone.high`, value: (lever: RankedPlanLever) => lever.alone[measure]!.high },
    { title: `${measure}.inBundle`, value: (lever: RankedPlanLever) => lever.marginal[measure]! },
  ]);
  return {
    name: "rank",
    columns: [
      ...["lever", "kind", "title.zh", "title.en", "paragraphs", "parameters"].map((title) => ({
        title,
        width: 24,
        format: "text" as const,
      })),
      ...columns.map(({ title }) => ({ title, width: 14, format: "number" as const })),
    ],
    rows: ranking.levers.map((lever) => [
      lever.id,
      lever.kind,
      lever.title.zh,
      lever.title.en,
      leverParagraphs(lever.documents),
      lever.parameters
        .map(({ name, value, unit, basis }) => `${name}=${value} ${unit}${basis === undefined ? "" : ` (${basis})`}`)
        .join("; "),
      ...columns.map(({ value }) => value(lever)),
    ]),
  };
}
