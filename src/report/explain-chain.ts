import { say } from "../model/index.ts";
import type { NetworkData } from "../network/index.ts";
import type { TransportChain } from "../routing/index.ts";
import type { ScenarioResult, ShipmentResult } from "../scenario/index.ts";
import { legsText } from "./chain-text.ts";
import { chainsOf, winnerOf } from "./compare-text.ts";
import { evidenceInWords } from "./evidence-bar.ts";
import { figureInWords, sourceLines } from "./figure-text.ts";
import { makeNames } from "./names.ts";
import { count, days, percent, signed } from "./numbers.ts";
import type { Reader } from "./style.ts";
import { facts } from "./table.ts";
import { clean, wrap } from "./text.ts";
import { lineWords, optionWords, timeWords } from "./words.ts";

/** Chains of a result that a word means: an id, `cheapest`, `fastest`, `greenest`, an option (its best), or a part of one id only. */
export function findChains(result: Pick<ScenarioResult, "shipments">, word: string): { shipment: ShipmentResult; chain: TransportChain }[] {
  const all = result.shipments.flatMap((shipment) => chainsOf(shipment).map((chain) => ({ shipment, chain })));
  const exact = all.filter(({ chain }) => chain.id === word);
  if (exact.length > 0) return exact;
  if (word === "cheapest" || word === "fastest" || word === "greenest")
    return all.filter(({ shipment, chain }) => chain === winnerOf(shipment, word));
  const byOption = result.shipments.flatMap((shipment) =>
    shipment.options.filter((o) => o.option === word && o.chains[0] !== undefined).map((o) => ({ shipment, chain: o.chains[0]! })),
  );
  if (byOption.length > 0) return byOption;
  const partial = all.filter(({ chain }) => word.length >= 3 && chain.id.toLowerCase().includes(word.toLowerCase()));
  return partial.length === 1 ? partial : [];
}

export function chainIds(result: Pick<ScenarioResult, "shipments">): string[] {
  return result.shipments.flatMap((s) => chainsOf(s).map((c) => c.id));
}

/** A chain down to its figures and sources: steps, each amount with what it is made from, each stretch of time, then the sources. */
export function explainChain(
  result: ScenarioResult,
  shipment: ShipmentResult,
  chain: TransportChain,
  data: NetworkData | undefined,
  reader: Reader,
): string {
  const { language, style, width } = reader;
  const zh = language === "zh";
  const names = makeNames(data, language);
  const used = new Set<string>();
  const figureLine = (address: string): string[] => {
    const figure = Object.hasOwn(result.figures, address) ? result.figures[address] : undefined;
    if (figure === undefined) return [style.dim(`        ${clean(address)}`)];
    for (const source of figure.sources ?? []) used.add(source);
    const sources = figure.sources === undefined ? "" : ` [${figure.sources.join(" ")}]`;
    const note = figure.note === undefined ? "" : `; ${clean(say(figure.note, language))}`;
    return wrap(clean(`${address} = ${figureInWords(figure, language)}${sources}${note}`), width - 10).map((line, i) =>
      style.dim(`${i === 0 ? "        " : "          "}${line}`),
    );
  };
  const elementName = (index: number): string => {
    const element = chain.elements[index];
    return element === undefined ? (zh ? "全程" : "whole journey") : clean(say(element.name, language));
  };
  const order = [...chain.elements.keys(), -1];
  const costs = order.flatMap((element) => {
    const items = chain.costItems.filter((item) => item.element === element);
    if (items.length === 0) return [];
    const sum = items.reduce((total, item) => total + Math.round(item.cny * 100), 0) / 100;
    return [
      "",
      `  ${style.bold(elementName(element))}  ${count(sum, 2, 2)}`,
      ...items.flatMap((item) => [
        `    ${lineWords[item.line][language]}  ${count(item.cny, 2, 2)}  ${style.dim(item.unit)}`,
        ...item.figures.flatMap(figureLine),
      ]),
    ];
  });
  const times = order.flatMap((element) => {
    const items = chain.timeItems.filter((item) => item.element === element);
    if (items.length === 0) return [];
    return [
      "",
      `  ${style.bold(elementName(element))}`,
      ...items.flatMap((item) => [`    ${timeWords[item.what][language]}  ${count(item.minutes / 60, 1)} h`, ...figureLine(item.figure)]),
    ];
  });
  const head = [
    style.bold(`${names.place(shipment.from)} -> ${names.place(shipment.to)}: ${optionWords[chain.option][language]}`),
    style.dim(clean(chain.id)),
    ...facts(
      [
        [
          zh ? "每辆成本" : "cost per vehicle",
          `${zh ? "" : "CNY "}${count(chain.cost.cny, 2, 2)}${zh ? " 元" : ""} (${count(chain.cost.range.low)}-${count(chain.cost.range.high)})`,
        ],
        [
          zh ? "天数" : "days",
          `${days(chain.time.days)} (${days(chain.time.range.low)}-${days(chain.time.range.high)}), ${chain.time.arrivalDate}`,
        ],
        ["CO2e", `${count(chain.co2eKg)} kg`],
        ...(chain.due === undefined
          ? []
          : [
              [
                zh ? "余量与准时率" : "slack and on-time chance",
                `${signed(chain.due.slackDays, 1)} ${zh ? "天" : "days"}, ${percent(chain.due.onTimeChance)}`,
              ] as const,
            ]),
        [zh ? "成本依据" : "evidence, cost", evidenceInWords(chain.evidence.cost, language)],
        [zh ? "时间依据" : "evidence, time", evidenceInWords(chain.evidence.time, language)],
        ...(chain.evidence.decisive === undefined
          ? []
          : [
              [
                zh ? "影响最大的假定数据" : "assumed figure that moves it most",
                `${chain.evidence.decisive.figure} (${count(chain.evidence.decisive.cny)})`,
              ] as const,
            ]),
      ],
      reader,
    ),
  ];
  const body = [
    ...head,
    "",
    ...legsText(chain, reader, names),
    "",
    style.bold(zh ? "费用逐项（元/辆）" : "Every amount (CNY per vehicle)"),
    ...costs.slice(1),
    "",
    style.bold(zh ? "时间逐项" : "Every stretch of time"),
    ...times.slice(1),
  ];
  const sources = sourceLines([...used].sort(), new Map(Object.entries(result.sources)), language);
  return `${[...body, ...(sources.length === 0 ? [] : ["", style.bold(zh ? "来源" : "Sources"), ...sources.flatMap((line) => wrap(line, width - 2).map((part) => `  ${part}`))])].join("\n")}\n`;
}
