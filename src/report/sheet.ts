import { type Language, type Source, type Text, costLines, say } from "../model/index.ts";
import { evidenceBases } from "../network/index.ts";
import type { TransportChain } from "../routing/index.ts";
import type { FigureUsed, ScenarioResult, ShipmentResult } from "../scenario/index.ts";
import { winnersOf } from "./compare-text.ts";
import type { Names } from "./names.ts";
import { basisWords, lineWords, missingWords, optionWords, winnerWords } from "./words.ts";

/** A number, a text or nothing; a date is text `YYYY-MM-DD` in a column of dates. */
export type SheetCell = string | number | undefined;

export interface SheetColumn {
  /** With the unit, where there is one. */
  title: string;
  /** In characters. */
  width: number;
  format: "text" | "money" | "number" | "share" | "date";
}

/** One table to be written as CSV, or with others as a workbook. */
export interface Sheet {
  name: string;
  columns: SheetColumn[];
  rows: SheetCell[][];
}

/** What the sheets of a result are made from. `sources`: the texts, where they are kept apart from the result. */
export interface SheetInput {
  result: Pick<ScenarioResult, "figures" | "sources">;
  shipment: ShipmentResult;
  names: Names;
  language: Language;
  sources?: ReadonlyMap<string, Source>;
}

const texts = {
  option: { zh: "方案", en: "Option" },
  chain: { zh: "走法", en: "Chain" },
  status: { zh: "状态", en: "Status" },
  found: { zh: "可行", en: "found" },
  missing: { zh: "无此走法", en: "missing" },
  reason: { zh: "原因", en: "Reason" },
  wins: { zh: "胜出", en: "Wins" },
  corridor: { zh: "通道", en: "Corridor" },
  gateway: { zh: "门户", en: "Gateway" },
  services: { zh: "班线", en: "Services" },
  cost: { zh: "每辆费用（元）", en: "Cost (CNY a vehicle)" },
  low: { zh: "费用区间下限（元）", en: "Cost range, low (CNY a vehicle)" },
  high: { zh: "费用区间上限（元）", en: "Cost range, high (CNY a vehicle)" },
  logistics: { zh: "其中物流（元）", en: "Without duty and fees (CNY a vehicle)" },
  days: { zh: "全程天数", en: "Days door to door" },
  departure: { zh: "启运（当地时间）", en: "Departs (local time)" },
  arrival: { zh: "到达日", en: "Arrives" },
  slack: { zh: "距交付日（天）", en: "Slack to the due date (days)" },
  chance: { zh: "准时率", en: "On-time chance" },
  co2e: { zh: "碳排放（kg CO₂e/辆）", en: "CO₂e (kg a vehicle)" },
  distance: { zh: "里程（公里）", en: "Distance (km)" },
  next: { zh: "后续班次（当地时间）", en: "Next departures (local time)" },
  decisive: { zh: "影响最大的假定", en: "Assumption that matters most" },
  cargo: { zh: "货物", en: "Cargo" },
  quantity: { zh: "数量（辆）", en: "Quantity (vehicles)" },
  from: { zh: "起点", en: "From" },
  to: { zh: "终点", en: "To" },
  ready: { zh: "备车日", en: "Ready" },
  due: { zh: "交付日", en: "Due" },
  terms: { zh: "贸易条款", en: "Terms" },
  sourceIds: { zh: "来源编号", en: "Source ids" },
  line: { zh: "费用项", en: "Cost line" },
  where: { zh: "环节", en: "Where" },
  amount: { zh: "金额（元/辆）", en: "Amount (CNY a vehicle)" },
  per: { zh: "计费单位", en: "Charged per" },
  figures: { zh: "所用数据", en: "Figures" },
  wholeChain: { zh: "全程", en: "whole chain" },
  figure: { zh: "数据", en: "Figure" },
  value: { zh: "取值", en: "Value" },
  lowValue: { zh: "下限", en: "Low" },
  highValue: { zh: "上限", en: "High" },
  basis: { zh: "性质", en: "Basis" },
  note: { zh: "说明", en: "Note" },
  source: { zh: "来源", en: "Source" },
  address: { zh: "来源地址", en: "Source address" },
  key: { zh: "项目", en: "Key" },
  content: { zh: "内容", en: "Content" },
  costEvidence: { zh: "费用依据", en: "cost that is" },
} as const satisfies Record<string, { zh: string; en: string }>;

const sheetNames = {
  options: { zh: "方案", en: "Options" },
  lines: { zh: "费用明细", en: "Cost lines" },
  figures: { zh: "数据与来源", en: "Figures and sources" },
  scenario: { zh: "场景", en: "Scenario" },
} as const;

/** Unique names of an option's chains in the order of the result: the chain's id, numbered where several departures of the first legs share it. */
export function chainKeys(shipment: ShipmentResult): Map<TransportChain, string> {
  const used = new Map<string, number>();
  const keys = new Map<TransportChain, string>();
  for (const { chains } of shipment.options) {
    for (const chain of chains) {
      const count = (used.get(chain.id) ?? 0) + 1;
      used.set(chain.id, count);
      keys.set(chain, count === 1 ? chain.id : `${chain.id}#${count}`);
    }
  }
  return keys;
}

/** Addresses of every figure that a chain names. */
function figuresOf(chain: TransportChain): Set<string> {
  return new Set([
    ...chain.costItems.flatMap((item) => item.figures),
    ...chain.timeItems.map((item) => item.figure),
    ...chain.elements.flatMap((element) => element.co2Figures),
  ]);
}

type Teller<R> = { column: SheetColumn; of: (row: R) => SheetCell };

const tellTable = <R>(name: string, tellers: readonly Teller<R>[], rows: readonly R[]): Sheet => ({
  name,
  columns: tellers.map((t) => t.column),
  rows: rows.map((row) => tellers.map((t) => t.of(row))),
});

/** Every chain of every option, best first, and a row with the reason where an option has none; each row says what it is about. */
export function optionsSheet({ result, shipment, names, language }: SheetInput): Sheet {
  type Row = { option: ShipmentResult["options"][number]; chain?: TransportChain };
  const both = (text: { zh: string; en: string }) => text[language];
  const column = (text: { zh: string; en: string }, width: number, format: SheetColumn["format"] = "text"): SheetColumn => ({
    title: both(text),
    width,
    format,
  });
  const tell = (title: SheetColumn, of: (row: Row) => SheetCell): Teller<Row> => ({ column: title, of });
  const ofChain = (title: SheetColumn, of: (chain: TransportChain) => SheetCell): Teller<Row> =>
    tell(title, ({ chain }) => (chain === undefined ? undefined : of(chain)));
  const rows = shipment.options.flatMap((option): Row[] =>
    option.chains.length === 0 ? [{ option }] : option.chains.map((chain) => ({ option, chain })),
  );
  const keys = chainKeys(shipment);
  const winners = winnersOf(shipment);
  const present = costLines.filter((line) => rows.some(({ chain }) => chain?.cost.lines[line] !== undefined));
  const mark = language === "zh" ? "、" : ", ";
  const sourceIds = (chain: TransportChain) =>
    [...new Set([...figuresOf(chain)].flatMap((address) => result.figures[address]?.sources ?? []))].sort().join(" ");
  return tellTable(
    both(sheetNames.options),
    [
      tell(column(texts.option, 14), ({ option }) => both(optionWords[option.option])),
      ofChain(column(texts.chain, 24), (chain) => keys.get(chain)),
      tell(column(texts.status, 10), ({ option: { missing }, chain }) =>
        both(chain !== undefined ? texts.found : missing === undefined ? texts.missing : missingWords[missing.code]),
      ),
      ofChain(column(texts.wins, 12), (chain) =>
        winners
          .filter((w) => w.chain === chain)
          .flatMap((w) => w.wins)
          .map((win) => both(winnerWords[win]))
          .join(mark),
      ),
      ofChain(column(texts.corridor, 18), (chain) => names.corridor(chain.corridor)),
      ofChain(column(texts.gateway, 16), (chain) => names.place(chain.gateway)),
      ofChain(column(texts.cost, 16, "money"), (chain) => chain.cost.cny),
      ofChain(column(texts.low, 16, "money"), (chain) => chain.cost.range.low),
      ofChain(column(texts.high, 16, "money"), (chain) => chain.cost.range.high),
      ofChain(column(texts.logistics, 16, "money"), (chain) => chain.cost.logisticsCny),
      ofChain(column(texts.days, 10, "number"), (chain) => chain.time.days),
      ofChain(column(texts.departure, 22), (chain) => chain.time.departure),
      ofChain(column(texts.arrival, 12, "date"), (chain) => chain.time.arrivalDate),
      ofChain(column(texts.slack, 12, "number"), (chain) => chain.due?.slackDays),
      ofChain(column(texts.chance, 10, "share"), (chain) => chain.due?.onTimeChance),
      ofChain(column(texts.co2e, 14, "number"), (chain) => chain.co2eKg),
      ofChain(column(texts.distance, 12, "number"), (chain) => chain.distanceKm),
      ofChain(column(texts.next, 24), (chain) => chain.nextDepartures.join(" ")),
      ...evidenceBases.map((basis) =>
        ofChain(
          column(
            {
              zh: `${texts.costEvidence.zh}：${basisWords[basis].zh}`,
              en: `Share of the ${texts.costEvidence.en} ${basisWords[basis].en}`,
            },
            12,
            "share",
          ),
          (chain) => chain.evidence.cost[basis],
        ),
      ),
      ofChain(column(texts.decisive, 30), (chain) => chain.evidence.decisive?.figure),
      ...present.map((line) =>
        ofChain(
          column({ zh: `${lineWords[line].zh}（元）`, en: `${lineWords[line].en} (CNY)` }, 13, "money"),
          (chain) => chain.cost.lines[line],
        ),
      ),
      tell(column(texts.cargo, 14), () => names.cargo(shipment.cargo)),
      tell(column(texts.quantity, 10, "number"), () => shipment.quantity),
      tell(column(texts.from, 18), () => names.place(shipment.from)),
      tell(column(texts.to, 18), () => names.place(shipment.to)),
      tell(column(texts.ready, 12, "date"), () => shipment.ready),
      tell(column(texts.due, 12, "date"), () => shipment.due),
      tell(column(texts.terms, 8), () => shipment.terms),
      ofChain(column(texts.services, 40), (chain) => chain.services.join(" ")),
      tell(column(texts.reason, 40), ({ option: { missing }, chain }) =>
        chain === undefined && missing !== undefined ? say(missing.reason, language) : undefined,
      ),
      ofChain(column(texts.sourceIds, 40), sourceIds),
    ],
    rows,
  );
}

/** Every amount of every chain with the figures it is made from. The amounts of a chain add up to its cost. */
export function costSheet({ shipment, names, language }: SheetInput): Sheet {
  const keys = chainKeys(shipment);
  const where = (chain: TransportChain, element: number): string => {
    const at = chain.elements[element];
    if (at === undefined) return texts.wholeChain[language];
    if (at.kind === "operation") return `${names.place(at.at)} ${say(at.name, language)}`;
    return `${names.place(at.from)} → ${names.place(at.to)}`;
  };
  return {
    name: sheetNames.lines[language],
    columns: [
      { title: texts.option[language], width: 14, format: "text" },
      { title: texts.chain[language], width: 24, format: "text" },
      { title: texts.line[language], width: 16, format: "text" },
      { title: texts.where[language], width: 36, format: "text" },
      { title: texts.amount[language], width: 16, format: "money" },
      { title: texts.per[language], width: 16, format: "text" },
      { title: texts.figures[language], width: 60, format: "text" },
    ],
    rows: shipment.options.flatMap(({ option, chains }) =>
      chains.flatMap((chain) =>
        chain.costItems.map((item): SheetCell[] => [
          optionWords[option][language],
          keys.get(chain),
          lineWords[item.line][language],
          where(chain, item.element),
          item.cny,
          item.unit,
          item.figures.join(" "),
        ]),
      ),
    ),
  };
}

/** A source in one line: title, publisher, year. */
export function sourceLine(source: Source): string {
  return [source.title, source.publisher, source.year]
    .filter((part) => part !== undefined && part !== null && part !== "")
    .map(String)
    .join(", ");
}

/** Every figure that the chains rest on, with range, basis and sources. */
export function figuresSheet({ result, language, sources }: SheetInput): Sheet {
  const found = (id: string): Source | undefined =>
    sources?.get(id) ?? (Object.hasOwn(result.sources, id) ? result.sources[id] : undefined);
  const told = (figure: FigureUsed, of: (source: Source) => string) =>
    (figure.sources ?? [])
      .map((id) => {
        const source = found(id);
        return source === undefined ? id : of(source);
      })
      .join("\n");
  const note = (text: Text | undefined) => (text === undefined ? undefined : say(text, language));
  return {
    name: sheetNames.figures[language],
    columns: [
      { title: texts.figure[language], width: 48, format: "text" },
      { title: texts.value[language], width: 14, format: "number" },
      { title: texts.lowValue[language], width: 14, format: "number" },
      { title: texts.highValue[language], width: 14, format: "number" },
      { title: texts.basis[language], width: 10, format: "text" },
      { title: texts.note[language], width: 60, format: "text" },
      { title: texts.source[language], width: 60, format: "text" },
      { title: texts.address[language], width: 60, format: "text" },
    ],
    rows: Object.entries(result.figures).map(([address, figure]): SheetCell[] => [
      address,
      figure.value,
      figure.low,
      figure.high,
      basisWords[figure.basis][language],
      note(figure.note),
      told(figure, sourceLine),
      told(figure, (source) => source.address ?? ""),
    ]),
  };
}

/** A scenario as path and content, one row for each value: what was asked, with its levers. */
export function scenarioSheet(scenario: unknown, language: Language): Sheet {
  const rows: SheetCell[][] = [];
  const walk = (value: unknown, path: string): void => {
    if (value !== null && typeof value === "object") {
      const entries = Array.isArray(value) ? value.map((member, i): [string, unknown] => [String(i + 1), member]) : Object.entries(value);
      for (const [key, member] of entries) walk(member, path === "" ? key : `${path}/${key}`);
    } else if (value !== undefined) rows.push([path, typeof value === "number" ? value : String(value)]);
  };
  walk(scenario, "");
  return {
    name: sheetNames.scenario[language],
    columns: [
      { title: texts.key[language], width: 40, format: "text" },
      { title: texts.content[language], width: 60, format: "text" },
    ],
    rows,
  };
}

/** The whole workbook of one shipment: options, cost lines, figures with sources, scenario. */
export function answerSheets(input: SheetInput, scenario: unknown): Sheet[] {
  return [optionsSheet(input), costSheet(input), figuresSheet(input), scenarioSheet(scenario, input.language)];
}
