import { type Language, say } from "../model/index.ts";
import { type Effect, type OptionEffect, type RankMeasure, type RankResult, rankMeasures } from "../scenario/index.ts";
import { leverParagraphs } from "./levers-text.ts";
import { count, signed } from "./numbers.ts";
import type { Sheet } from "./sheet.ts";
import type { Reader } from "./style.ts";
import { type Row, facts, table } from "./table.ts";
import { clean } from "./text.ts";
import { optionWords } from "./words.ts";

type Both = { zh: string; en: string };

export const rankMeasureWords: Record<RankMeasure, Both> = {
  costCny: { zh: "成本（元/辆）", en: "cost (CNY a vehicle)" },
  days: { zh: "最快天数", en: "days of the fastest way" },
  co2eKg: { zh: "碳排（kg/辆）", en: "CO2e (kg a vehicle)" },
};

export const rankDecimals: Record<RankMeasure, number> = { costCny: 0, days: 2, co2eKg: 1 };

/** `-1,870` and, where it has a range, ` [-3,428 … 561]`. */
function effectText(effect: Effect, measure: RankMeasure): string {
  const digits = rankDecimals[measure];
  if (effect.value === 0 && effect.low === 0 && effect.high === 0) return "·";
  const own = signed(effect.value, digits);
  return effect.low === effect.high ? own : `${own} [${signed(effect.low, digits)} … ${signed(effect.high, digits)}]`;
}

const changeWords: Record<"new" | "gone", Both> = { new: { zh: "新出现", en: "appears" }, gone: { zh: "不再可行", en: "is lost" } };

function optionText(effect: OptionEffect, language: Language): string {
  const name = `${effect.shipment} ${optionWords[effect.option][language]}`;
  if (effect.change !== "moved") return `${name} ${changeWords[effect.change][language]}`;
  const parts = rankMeasures.flatMap((measure) => {
    const value = effect[measure];
    if (value === undefined) return [];
    const unit = { costCny: { zh: "元", en: "CNY" }, days: { zh: "天", en: "d" }, co2eKg: { zh: "kg", en: "kg" } }[measure][language];
    return [`${signed(value, rankDecimals[measure])} ${unit}`];
  });
  return `${name} ${parts.join(" ")}`;
}

/** The ranking as a table, the bundle and how its levers work together. Pure text in, text out. */
export function rankText(result: RankResult, reader: Reader): string {
  const { language, style } = reader;
  const zh = language === "zh";
  const right = (title: string) => ({ title, align: "right" as const });
  const short: Record<RankMeasure, string> = { costCny: zh ? "元/辆" : "CNY", days: zh ? "天" : "days", co2eKg: "CO2e kg" };
  const paint = (value: number) => (value < 0 ? style.good : value > 0 ? style.bad : (text: string) => text);
  const columns = [
    { title: "#", align: "right" as const },
    { title: zh ? "措施" : "lever", shrinkTo: 18 },
    ...rankMeasures.map((measure) => right(`${short[measure]} ${zh ? "单独" : "alone"}`)),
    ...rankMeasures.map((measure) => right(`${short[measure]} ${zh ? "组合内" : "in bundle"}`)),
  ];
  const rows = result.levers.flatMap((lever, i): Row[] => [
    [
      `${i + 1}`,
      lever.title[language],
      ...rankMeasures.map((measure) => ({ text: effectText(lever.alone[measure], measure), paint: paint(lever.alone[measure].value) })),
      ...rankMeasures.map((measure) => {
        const value = lever.marginal[measure];
        return { text: value === 0 ? "·" : signed(value, rankDecimals[measure]), paint: paint(value) };
      }),
    ],
    {
      below: [
        lever.lever,
        leverParagraphs(lever.documents),
        ...(lever.options.length === 0
          ? [zh ? "对这些货物没有影响" : "moves nothing for these shipments"]
          : lever.options.map((effect) => optionText(effect, language))),
      ].join(zh ? "；" : "; "),
    },
  ]);
  const title = result.scenario.title === undefined ? result.scenario.id : say(result.scenario.title, language);
  const lines = [
    style.bold(clean(title)),
    zh
      ? `${count(result.vehicles)} 辆，${result.readyDates === 1 ? "一个备车日" : `每票按 ${result.readyDates} 个备车日（相隔一周）平均`}；成本和碳排取成本最低的一条，天数取最快的一条`
      : `${count(result.vehicles)} vehicles, ${result.readyDates === 1 ? "one ready date" : `mean of ${result.readyDates} ready dates a week apart`}; cost and CO2e of the cheapest way, days of the fastest`,
    "",
    ...table(columns, rows, reader),
    "",
    ...facts(
      rankMeasures.map((measure) => {
        const digits = rankDecimals[measure];
        const { sumAlone, bundle, interaction } = result.interaction[measure];
        const base = count(result.baseline[measure], digits, digits);
        const after = count(result.bundle[measure], digits, digits);
        return [
          rankMeasureWords[measure][language],
          zh
            ? `${base} → ${after}；各项单独相加 ${signed(sumAlone, digits)}，全部同用 ${signed(bundle, digits)}，相互作用 ${signed(interaction, digits)}`
            : `${base} → ${after}; sum of each alone ${signed(sumAlone, digits)}, all together ${signed(bundle, digits)}, interaction ${signed(interaction, digits)}`,
        ];
      }),
      reader,
    ),
  ];
  return `${lines.join("\n")}\n`;
}

/** The ranking for a spreadsheet, one row a lever. */
export function rankSheet(result: RankResult): Sheet {
  const measures = rankMeasures.flatMap((measure) => [
    { title: `${measure}.alone`, value: (lever: RankResult["levers"][number]) => lever.alone[measure].value },
    { title: `${measure}.alone.low`, value: (lever: RankResult["levers"][number]) => lever.alone[measure].low },
    { title: `${measure}.alone.high`, value: (lever: RankResult["levers"][number]) => lever.alone[measure].high },
    { title: `${measure}.inBundle`, value: (lever: RankResult["levers"][number]) => lever.marginal[measure] },
  ]);
  return {
    name: "rank",
    columns: [
      ...["lever", "kind", "title.zh", "title.en", "paragraphs", "parameters"].map((title) => ({
        title,
        width: 24,
        format: "text" as const,
      })),
      ...[...measures.map(({ title }) => title), "vehiclesServed"].map((title) => ({ title, width: 14, format: "number" as const })),
    ],
    rows: result.levers.map((lever) => [
      lever.lever,
      lever.kind,
      lever.title.zh,
      lever.title.en,
      leverParagraphs(lever.documents),
      lever.parameters.map((p) => `${p.name}=${p.value} ${p.unit}`).join("; "),
      ...measures.map(({ value }) => value(lever)),
      lever.served,
    ]),
  };
}
