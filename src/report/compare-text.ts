import { type CostLine, type Language, costLines, say } from "../model/index.ts";
import type { NetworkData } from "../network/index.ts";
import type { Option, TransportChain } from "../routing/index.ts";
import type { OptionResult, ScenarioResult, ShipmentResult } from "../scenario/index.ts";
import { legsText } from "./chain-text.ts";
import { evidenceBar, evidenceLegend } from "./evidence-bar.ts";
import { type Names, makeNames } from "./names.ts";
import { count, datedDay, days, percent, signed } from "./numbers.ts";
import type { Reader } from "./style.ts";
import { type Row, table } from "./table.ts";
import { clean, wrap } from "./text.ts";
import { heads, lineWords, optionWords, winnerWords } from "./words.ts";

export type Winner = "cheapest" | "fastest" | "greenest";
export const winnerKinds: readonly Winner[] = ["cheapest", "fastest", "greenest"];

interface Page {
  reader: Reader;
  names: Names;
  say: (both: { zh: string; en: string }) => string;
}

/** Every chain of a shipment, options in order. */
export function chainsOf(shipment: ShipmentResult): TransportChain[] {
  return shipment.options.flatMap((o) => o.chains);
}

const measures: Record<Winner, (chain: TransportChain) => number> = {
  cheapest: (c) => c.cost.cny,
  fastest: (c) => c.time.days,
  greenest: (c) => c.co2eKg,
};

/** The chain that wins. In a network where ways differ only in what is done at a place several share its id: then it is the best of them. */
export function winnerOf(shipment: ShipmentResult, kind: Winner): TransportChain | undefined {
  const measure = measures[kind];
  const named = chainsOf(shipment).filter((c) => c.id === shipment.winners[kind]);
  return named.sort((a, b) => measure(a) - measure(b) || a.cost.cny - b.cost.cny)[0];
}

/** Distinct winning chains, each with what it wins. */
export function winnersOf(shipment: ShipmentResult): { chain: TransportChain; wins: Winner[] }[] {
  const found = new Map<TransportChain, Winner[]>();
  for (const kind of winnerKinds) {
    const chain = winnerOf(shipment, kind);
    if (chain !== undefined) found.set(chain, [...(found.get(chain) ?? []), kind]);
  }
  return [...found].map(([chain, wins]) => ({ chain, wins }));
}

function titleText(shipment: ShipmentResult, page: Page): string[] {
  const { reader, names } = page;
  const { style, language } = reader;
  const parts = [
    `${count(shipment.quantity)} ${language === "zh" ? "辆（台、套）" : "x"} ${names.cargo(shipment.cargo)}`,
    `${say(heads.ready, language)} ${datedDay(shipment.ready, language)}`,
    ...(shipment.due === undefined ? [] : [`${say(heads.due, language)} ${datedDay(shipment.due, language)}`]),
    shipment.terms,
    say(heads.perVehicle, language),
  ];
  return [style.bold(`${names.place(shipment.from)} -> ${names.place(shipment.to)}`), ...wrap(parts.join(" | "), reader.width)];
}

function optionRows(option: OptionResult, shipment: ShipmentResult, page: Page): Row[] {
  const { reader, names } = page;
  const { style, language } = reader;
  const name = { text: optionWords[option.option][language], paint: style.option[option.option] };
  const chain = option.chains[0];
  if (chain === undefined) return [[name, "-"], { below: option.missing === undefined ? "" : say(option.missing.reason, language) }];
  const wins = winnersOf(shipment).find((w) => w.chain === chain)?.wins ?? [];
  const due = chain.due;
  const late = due !== undefined && due.slackDays < 0;
  const main = chain.elements.find((e) => e.kind === "leg" && e.main);
  const next = chain.nextDepartures.map((stamp) => stamp.slice(5, 10)).join(language === "zh" ? "、" : ", ");
  const detail = [
    ...(wins.length === 0 ? [] : [wins.map((w) => winnerWords[w][language]).join(language === "zh" ? "、" : ", ")]),
    ...(main?.kind === "leg" ? [`${say(heads.via, language)} ${names.placeShort(chain.gateway)}: ${say(main.name, language)}`] : []),
    `${say(heads.byCorridor, language)}: ${names.corridor(chain.corridor)}`,
    ...(next === "" ? [] : [`${say(heads.nextDepartures, language)}: ${next}`]),
    ...(option.chains.length > 1 ? [language === "zh" ? `另有 ${option.chains.length - 1} 条` : `${option.chains.length - 1} more`] : []),
  ];
  const emphasise = (wins: boolean) => (text: string) => (wins ? style.good(text) : text);
  return [
    [
      name,
      { text: count(chain.cost.cny), paint: emphasise(wins.includes("cheapest")) },
      `${count(chain.cost.range.low)}-${count(chain.cost.range.high)}`,
      { text: days(chain.time.days), paint: emphasise(wins.includes("fastest")) },
      chain.time.arrivalDate,
      due === undefined ? "-" : { text: signed(due.slackDays, 1), paint: late ? style.bad : (text) => text },
      due === undefined ? "-" : { text: percent(due.onTimeChance), paint: due.onTimeChance < 0.8 ? style.bad : (text) => text },
      { text: count(chain.co2eKg), paint: emphasise(wins.includes("greenest")) },
      evidenceBar(chain.evidence.cost),
    ],
    { below: detail.join(language === "zh" ? "；" : "; ") },
  ];
}

function optionsText(shipment: ShipmentResult, page: Page): string[] {
  const { reader } = page;
  const right = (title: string) => ({ title, align: "right" as const });
  const columns = [
    { title: page.say(heads.option) },
    right(page.say(heads.cost)),
    right(page.say(heads.range)),
    right(page.say(heads.days)),
    { title: page.say(heads.arrives) },
    right(page.say(heads.slack)),
    right(page.say(heads.onTime)),
    right("CO2e kg"),
    { title: page.say(heads.evidence) },
  ];
  return [
    ...table(
      columns,
      shipment.options.flatMap((option) => optionRows(option, shipment, page)),
      reader,
    ),
    reader.style.dim(`${page.say(heads.evidenceOfCost)}: ${evidenceLegend(reader.language)}`),
  ];
}

/** Cost lines of the best chain of each option side by side. */
function linesText(shipment: ShipmentResult, page: Page): string[] {
  const { reader } = page;
  const { style, language } = reader;
  const best = shipment.options.flatMap((o) => (o.chains[0] === undefined ? [] : [{ option: o.option, chain: o.chains[0] }]));
  if (best.length === 0) return [];
  const present = costLines.filter((line) => best.some(({ chain }) => chain.cost.lines[line] !== undefined));
  const least = Math.min(...best.map(({ chain }) => chain.cost.cny));
  const columns = [
    { title: page.say(heads.costLine), shrinkTo: 12 },
    ...best.map(({ option }) => ({ title: optionWords[option][language], align: "right" as const })),
  ];
  const amount = (chain: TransportChain, line: CostLine) => (chain.cost.lines[line] === undefined ? "" : count(chain.cost.lines[line]));
  const row = (title: string, value: (chain: TransportChain) => string, paint: (text: string) => string): Row => [
    { text: title, paint },
    ...best.map(({ chain }) => ({ text: value(chain), paint })),
  ];
  return [
    ...table(
      columns,
      [
        ...present.map((line): Row => [lineWords[line][language], ...best.map(({ chain }) => amount(chain, line))]),
        row(page.say(heads.total), (c) => count(c.cost.cny), style.bold),
        row(
          page.say(heads.logisticsOnly),
          (c) => count(c.cost.logisticsCny),
          (t) => t,
        ),
        row(page.say(heads.againstCheapest), (c) => (c.cost.cny === least ? "-" : signed(c.cost.cny - least)), style.dim),
      ],
      reader,
    ),
  ];
}

const frontLimit = 16;

/** The cost-time-CO2e front, cheapest first. */
function frontText(shipment: ShipmentResult, page: Page): string[] {
  const { reader, names } = page;
  const front = shipment.points.filter((p) => p.onFront).sort((a, b) => a.costCny - b.costCny || a.days - b.days);
  if (front.length === 0) return [];
  const right = (title: string) => ({ title, align: "right" as const });
  const columns = [
    { title: page.say(heads.option) },
    { title: page.say(heads.corridor), shrinkTo: 16 },
    right(page.say(heads.cost)),
    right(page.say(heads.days)),
    right("CO2e kg"),
    right(page.say(heads.extraCost)),
    right(page.say(heads.daysSaved)),
  ];
  const rows = front
    .slice(0, frontLimit)
    .map((p): Row => [
      { text: optionWords[p.option][reader.language], paint: reader.style.option[p.option] },
      names.corridor(p.corridor),
      count(p.costCny),
      days(p.days),
      count(p.co2eKg),
      p === front[0] ? "-" : signed(p.costCny - front[0]!.costCny),
      p === front[0] ? "-" : signed(front[0]!.days - p.days, 1),
    ]);
  const rest = front.length - frontLimit;
  const more = rest > 0 ? [reader.style.dim(reader.language === "zh" ? `另有 ${rest} 个，见 --json` : `${rest} more in --json`)] : [];
  return [...table(columns, rows, reader), ...more];
}

/** What a planner would try next, as commands to copy. `again` is the command line so far. */
function nextText(shipment: ShipmentResult, page: Page, program: string, again: string, resultFile: string | undefined): string[] {
  const { language, style } = page.reader;
  const tips: { why: string; command: string }[] = [];
  const best = winnersOf(shipment)[0]?.chain;
  const decisive = best?.evidence.decisive;
  if (decisive !== undefined) {
    tips.push({
      why:
        language === "zh"
          ? `对最低成本影响最大的假定数据（两端相差 ${count(decisive.cny)} 元）`
          : `the assumed figure that moves the cheapest cost most (CNY ${count(decisive.cny)} from low to high)`,
      command: `${program} explain ${decisive.figure}`,
    });
  }
  for (const { option, missing } of shipment.options) {
    const by = missing?.by[0];
    if (by === undefined || (missing?.code !== "rule" && missing?.code !== "not-running")) continue;
    const name = optionWords[option][language];
    if (missing.code === "rule")
      tips.push({
        why: language === "zh" ? `若没有这条规则，${name}会怎样` : `${name} without the rule that forbids it`,
        command: `${again} --set rules/${by}/enabled=false`,
      });
    else
      tips.push({
        why: language === "zh" ? `若开行该班线，${name}会怎样` : `${name} with the service that does not run yet`,
        command: `${again} --set services/${by}/enabled=true`,
      });
  }
  if (best !== undefined && shipment.terms === "DDP" && (best.cost.lines.duty ?? 0) > best.cost.logisticsCny)
    tips.push({
      why: language === "zh" ? "关税占大头：只比较物流成本" : "duty outweighs the rest: compare logistics alone",
      command: `${again} --terms DAP`,
    });
  if (best !== undefined)
    tips.push({
      why: language === "zh" ? "逐项查看这条链的数据与来源" : "each amount of the cheapest chain with its figures and sources",
      command: `${program} explain cheapest --in ${resultFile ?? `${language === "zh" ? "结果文件" : "RESULT"}.json`}`,
    });
  if (resultFile === undefined)
    tips.push({ why: language === "zh" ? "把结果写入文件夹" : "write the results to a folder", command: `${again} --out results` });
  return tips.flatMap(({ why, command }) => [style.dim(`# ${why}`), `  ${clean(command)}`]);
}

export interface CompareTextInput {
  result: ScenarioResult;
  data: NetworkData | undefined;
  reader: Reader;
  /** The program as it was called. */
  program: string;
  /** Command line that gives this comparison. */
  again: string;
  resultFile?: string;
}

/** The whole report of a comparison. */
export function compareText({ result, data, reader, program, again, resultFile }: CompareTextInput): string {
  const { language, style } = reader;
  const page: Page = { reader, names: makeNames(data, language), say: (both) => say(both, language) };
  const section = (title: { zh: string; en: string }, lines: readonly string[]) =>
    lines.length === 0 ? [] : ["", style.bold(say(title, language)), ...lines];
  const lines = result.shipments.flatMap((shipment, i) => {
    const winners = winnersOf(shipment);
    return [
      ...(i === 0 ? [] : ["", style.dim("=".repeat(Math.min(reader.width, 100))), ""]),
      ...titleText(shipment, page),
      "",
      ...optionsText(shipment, page),
      ...section(heads.costLines, linesText(shipment, page)),
      ...winners.flatMap(({ chain, wins }) => section(winnersTitle(wins, chain, language), legsText(chain, page.reader, page.names))),
      ...section(heads.front, frontText(shipment, page)),
      ...section(heads.next, nextText(shipment, page, program, again, resultFile)),
    ];
  });
  return `${lines.join("\n")}\n`;
}

function winnersTitle(wins: readonly Winner[], chain: TransportChain, language: Language): { zh: string; en: string } {
  const option: Option = chain.option;
  const title = `${wins.map((w) => winnerWords[w][language]).join(language === "zh" ? "、" : ", ")}: ${optionWords[option][language]}, ${language === "zh" ? `${count(chain.cost.cny)} 元` : `CNY ${count(chain.cost.cny)}`}, ${days(chain.time.days)} ${language === "zh" ? "天" : "days"}, ${count(chain.co2eKg)} kg CO2e`;
  const sentence = title.charAt(0).toUpperCase() + title.slice(1);
  return { zh: sentence, en: sentence };
}
