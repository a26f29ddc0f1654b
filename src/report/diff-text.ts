import { say } from "../model/index.ts";
import { type DiffMeasure, type DiffMethod, type DiffResult, type Difference, type ScenarioDiff } from "../scenario/index.ts";
import { count, signed } from "./numbers.ts";
import type { Reader } from "./style.ts";
import { type Row, table } from "./table.ts";
import { clean, wrap } from "./text.ts";
import { optionWords } from "./words.ts";

type Both = { zh: string; en: string };

const measureWords: Record<DiffMeasure, Both> = {
  costCny: { zh: "元/辆", en: "CNY each" },
  days: { zh: "天数", en: "days" },
  co2eKg: { zh: "碳排 kg", en: "CO2e kg" },
  carried: { zh: "运出（辆）", en: "vehicles carried" },
  unserved: { zh: "留下（辆）", en: "left behind" },
  totalCny: { zh: "总成本（元）", en: "total CNY" },
  transportCny: { zh: "运输成本（元）", en: "transport CNY" },
  planDays: { zh: "平均天数", en: "mean days" },
  co2eTonnes: { zh: "碳排（吨）", en: "CO2e tonnes" },
};
/** As many as the numbers have: sums in the table are exact. */
const decimals: Record<DiffMeasure, number> = {
  costCny: 2,
  days: 2,
  co2eKg: 3,
  carried: 0,
  unserved: 0,
  totalCny: 2,
  transportCny: 2,
  planDays: 2,
  co2eTonnes: 3,
};
const anyOption: Both = { zh: "全部方案", en: "Any option" };
const mostColumns = 6;
const longestValue = 60;

/** A value of the input in few words: a figure by its value, an object as JSON. */
function valueText(value: unknown): string {
  const isFigure = value !== null && typeof value === "object" && "value" in value && typeof value.value === "number";
  const text = isFigure ? String(value.value) : typeof value === "string" ? value : (JSON.stringify(value) ?? "");
  return clean(text.length > longestValue ? `${text.slice(0, longestValue)}…` : text);
}

function sideText(difference: Difference, side: "before" | "after", zh: boolean): string {
  const value = difference[side];
  if (difference.kind === "several") return "…";
  if (value === undefined)
    return difference.standard === undefined ? (zh ? "无" : "none") : zh ? `默认 ${difference.standard}` : `default ${difference.standard}`;
  const isWhole =
    (difference.kind === "added" || difference.kind === "removed") && value !== null && typeof value === "object" && !("value" in value);
  if (!isWhole) return valueText(value);
  const says = "set" in value ? value.set : "with" in value ? value.with : undefined;
  return says === undefined ? (zh ? "有" : "there") : valueText(says);
}

function differenceRows(diff: ScenarioDiff, reader: Reader): Row[] {
  const { language, style } = reader;
  const zh = language === "zh";
  return diff.differences.flatMap((difference, i): Row[] => {
    const several = difference.paths === undefined ? "" : zh ? `，共 ${difference.paths.length} 处` : `, ${difference.paths.length} values`;
    return [
      [
        `${i + 1}`,
        `${difference.title[language]}${several}`,
        sideText(difference, "before", zh),
        sideText(difference, "after", zh),
        difference.hasEffect === false ? { text: zh ? "对结果无影响" : "no effect on any result", paint: style.warn } : "",
      ],
      ...(difference.title[language] === difference.path ? [] : [{ below: difference.path }]),
    ];
  });
}

const numbersOf = (list: readonly number[]) => list.map((i) => `#${i + 1}`).join(" ");

/** The differences that get a column for a shipment: those that move it most, against what there was. */
function columnsOf(results: readonly DiffResult[]): { shown: number[]; rest: boolean } {
  const weight = new Map<number, number>();
  for (const { parts, before } of results)
    for (const { difference, value } of parts ?? [])
      weight.set(difference, (weight.get(difference) ?? 0) + Math.abs(value) / Math.max(1, Math.abs(before ?? 1)));
  const order = [...weight].sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([difference]) => difference);
  return { shown: order.slice(0, mostColumns).sort((a, b) => a - b), rest: order.length > mostColumns };
}

function resultRows(results: readonly DiffResult[], shown: readonly number[], rest: boolean, reader: Reader): Row[] {
  const { language, style } = reader;
  const zh = language === "zh";
  const coloured = (value: number) => (value < 0 ? style.good : value > 0 ? style.bad : (text: string) => text);
  let last: string | undefined;
  return results.flatMap(({ option, measure, before, after, change, parts, together }): Row[] => {
    const digits = decimals[measure];
    const option_ = option === undefined ? "" : option === "any" ? anyOption[language] : optionWords[option][language];
    const paint = (number: number) => coloured(measure === "carried" ? -number : number);
    const name = option_ === last ? "" : option_;
    last = option_;
    const value = (number: number | undefined) => (number === undefined ? (zh ? "无" : "none") : count(number, digits, digits));
    const part = (difference: number) => parts?.find((p) => p.difference === difference)?.value ?? 0;
    const step = (number: number) => (number === 0 ? "·" : { text: signed(number, digits), paint: paint(number) });
    const others = (parts ?? []).filter(({ difference }) => !shown.includes(difference));
    const row: Row = [
      name,
      measureWords[measure][language],
      value(before),
      value(after),
      change === undefined ? "" : change === 0 ? "0" : { text: signed(change, digits), paint: paint(change) },
      ...shown.map((difference) => (parts === undefined ? "" : step(part(difference)))),
      ...(rest ? [parts === undefined ? "" : step(Number(others.reduce((sum, p) => sum + p.value, 0).toFixed(digits)))] : []),
    ];
    if (together === undefined || (name === "" && option !== undefined && change === undefined)) return [row];
    const of = numbersOf(together);
    const why =
      change !== undefined
        ? { zh: `由 ${of} 共同造成，拆不开：缺一则无路`, en: `made by ${of} together: taken apart, there is no way in between` }
        : before === undefined
          ? { zh: `因 ${of} 而出现`, en: `appears with ${of}` }
          : { zh: `因 ${of} 而失去`, en: `lost with ${of}` };
    return [row, { below: why[language] }];
  });
}

function methodText(methods: readonly DiffMethod[]): Both[] {
  const isExact = methods.some(({ method }) => method === "shapley");
  const rough = methods.find(({ method }) => method === "orders");
  return [
    ...(isExact
      ? [
          {
            zh: "各项份额是该差异在全部先后次序中所带变化的平均（Shapley 值）。",
            en: "Each part is the mean of what the difference changes over all orders in which they can be made (Shapley value).",
          },
        ]
      : []),
    ...(rough === undefined
      ? []
      : [
          {
            zh: `差异超过 6 项的货物取 ${rough.orders} 种次序（依次轮转，正反各一）的平均，算了 ${rough.states} 个中间状态。`,
            en: `Where there are more than six, over ${rough.orders} orders (each rotation forward and backward), with ${rough.states} states on their way.`,
          },
        ]),
    ...(methods.length > 0
      ? [
          {
            zh: "份额之和恰等于总变化；不足一分的余数逐一补给舍去最多的份额。",
            en: "The parts add up to the change exactly; remainders below a fen go one by one to the parts that lost most.",
          },
        ]
      : []),
  ];
}

/** The differences of two scenarios or results, and what each did, as tables. Pure text in, text out. */
export function diffText(diff: ScenarioDiff, reader: Reader): string {
  const { language, style, width } = reader;
  const zh = language === "zh";
  const name = ({ id, title }: ScenarioDiff["a"]) => clean(title === undefined ? id : `${say(title, language)} (${id})`);
  const right = (title: string) => ({ title, align: "right" as const });
  const isResult = diff.methods.length === 0 && diff.results.length > 0;
  const lines = [`A  ${style.bold(name(diff.a))}`, `B  ${style.bold(name(diff.b))}`, ""];
  if (diff.differences.length === 0)
    lines.push(isResult ? (zh ? "可比的数据没有差异" : "no figures to compare differ") : zh ? "输入没有差异" : "the inputs do not differ");
  else
    lines.push(
      ...table(
        [
          { title: "#", align: "right" },
          { title: zh ? "差异" : "difference", shrinkTo: 24 },
          { title: "A", shrinkTo: 10 },
          { title: "B", shrinkTo: 10 },
          { title: "" },
        ],
        differenceRows(diff, reader),
        reader,
      ),
    );
  if (diff.words.length > 0)
    lines.push("", ...wrap(clean(`${zh ? "只有文字不同：" : "differ in words only: "}${diff.words.join(zh ? "、" : ", ")}`), width));
  for (const shipment of new Set(diff.results.map((result) => result.shipment))) {
    const own = diff.results.filter((result) => result.shipment === shipment);
    const { shown, rest } = columnsOf(own);
    lines.push(
      "",
      style.bold(shipment === undefined ? (zh ? "运力计划" : "Capacity plan") : clean(shipment)),
      ...table(
        [
          { title: zh ? "方案" : "option", shrinkTo: 8 },
          { title: "" },
          right("A"),
          right("B"),
          right(zh ? "变化" : "change"),
          ...shown.map((i) => right(`#${i + 1}`)),
          ...(rest ? [right(zh ? "其余" : "others")] : []),
        ],
        resultRows(own, shown, rest, reader),
        reader,
      ),
    );
  }
  if (diff.results.length === 0) lines.push("", zh ? "结果没有差异" : "the results do not differ");
  else if (diff.unchanged > 0) lines.push("", zh ? `另有 ${diff.unchanged} 个结果不变` : `${diff.unchanged} other results stay the same`);
  const notes = isResult
    ? [
        {
          zh: "结果文件不含场景，只能比数据与结果；要知道每项差异的作用，请比较场景文件。",
          en: "Result files do not hold their scenarios: figures and results are compared. To learn what each difference does, compare the scenario files.",
        },
      ]
    : methodText(diff.results.length === 0 ? [] : diff.methods);
  for (const text of notes) lines.push(...wrap(text[language], width).map((line) => style.dim(line)));
  return `${lines.join("\n")}\n`;
}
