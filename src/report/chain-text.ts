import { say } from "../model/index.ts";
import type { TransportChain } from "../routing/index.ts";
import type { Names } from "./names.ts";
import { count, days, shortStamp } from "./numbers.ts";
import type { Reader } from "./style.ts";
import { type Row, table } from "./table.ts";
import { heads, modeWords } from "./words.ts";

/** Sum of the amounts of each element; the last entry is what belongs to the whole chain. */
export function elementCosts(chain: TransportChain): number[] {
  const fen = Array.from({ length: chain.elements.length + 1 }, () => 0);
  for (const item of chain.costItems) fen[item.element < 0 ? chain.elements.length : item.element]! += Math.round(item.cny * 100);
  return fen.map((f) => f / 100);
}

export function elementMinutes(chain: TransportChain): number[] {
  const minutes = chain.elements.map(() => 0);
  for (const item of chain.timeItems) if (item.element >= 0) minutes[item.element]! += item.minutes;
  return minutes;
}

/** The steps of a chain in order; days (waiting included) and amounts add up to the chain's. */
export function legsText(chain: TransportChain, reader: Reader, names: Names): string[] {
  const { language, style } = reader;
  const costs = elementCosts(chain);
  const minutes = elementMinutes(chain);
  const title = (both: { zh: string; en: string }) => say(both, language);
  const right = (both: { zh: string; en: string }) => ({ title: title(both), align: "right" as const });
  const columns = [
    { title: title(heads.step), shrinkTo: 26 },
    { title: title(heads.place), shrinkTo: 12 },
    { title: title(heads.leaves) },
    { title: title(heads.arrives) },
    right(heads.days),
    { title: "km", align: "right" as const },
    right(heads.cny),
    { title: "CO2e kg", align: "right" as const },
  ];
  const rows = chain.elements.map((element, i): Row => {
    const length = days(minutes[i]! / 1440);
    const cost = costs[i] === 0 ? "" : count(costs[i]!);
    const co2e = element.co2eKg === 0 ? "" : count(element.co2eKg);
    if (element.kind === "operation")
      return [
        { text: say(element.name, language), paint: style.dim },
        names.placeShort(element.at),
        shortStamp(element.begin),
        shortStamp(element.end),
        length,
        "",
        cost,
        co2e,
      ];
    const name = `${modeWords[element.mode][language]}: ${say(element.name, language)}`;
    return [
      element.main ? { text: name, paint: style.option[chain.option] } : name,
      `-> ${names.placeShort(element.to)}`,
      shortStamp(element.departure),
      shortStamp(element.arrival),
      length,
      count(element.distanceKm),
      cost,
      co2e,
    ];
  });
  const whole = costs.at(-1)!;
  if (whole !== 0) rows.push([{ text: title(heads.wholeChain), paint: style.dim }, "", "", "", "", "", count(whole), ""]);
  return table(columns, rows, reader);
}
