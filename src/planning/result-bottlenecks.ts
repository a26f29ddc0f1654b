import type { Plan, Text } from "../model/index.ts";
import type { ResourceMeaning } from "./capacity.ts";
import type { PlanNetwork } from "./plan-network.ts";
import type { DatedUse } from "./result-dates.ts";
import { type LimitUnit, limitName, limitPath, limitUnit } from "./result-limits.ts";
import { round } from "./result-numbers.ts";
import { BINDING } from "./tolerances.ts";

/** A limit that costs money, all its dates together. */
export interface BottleneckResult {
  /** `services/ID`, `services/ID/tariffs/T`, `operations/ID/PLACE`, `pools/ID`, `gates/ID`, `yards/ID`, `plan/…`. */
  path: string;
  kind: ResourceMeaning["kind"];
  name: Text;
  place?: string;
  unit: LimitUnit;
  /** Dates or weeks on which it is full, of all on which it could be used. */
  full: number;
  of: number;
  /** One more unit on one date saves this, CNY a unit: the most, and the mean over the full dates. */
  mostPriceCny: number;
  meanPriceCny: number;
  /** Price times capacity, all dates: what the limit is worth to the plan. */
  worthCny: number;
}

/** The limits that cost money, the dearest first. */
export function bottlenecksResult(plan: PlanNetwork, dates: readonly DatedUse[], terms: Plan): BottleneckResult[] {
  const found = new Map<string, BottleneckResult & { sum: number }>();
  for (const { resource, meaning, isFull, price, worth } of dates) {
    const path = limitPath(plan, resource);
    let known = found.get(path);
    if (known === undefined) found.set(path, (known = { ...unpriced(plan, path, meaning, terms), sum: 0 }));
    known.of++;
    if (!isFull) continue;
    known.full++;
    known.sum += price;
    known.mostPriceCny = Math.max(known.mostPriceCny, price);
    known.worthCny += worth;
  }
  return [...found.values()]
    .filter(({ mostPriceCny }) => mostPriceCny > BINDING)
    .map(({ sum, ...rest }) => ({
      ...rest,
      mostPriceCny: round(rest.mostPriceCny, 2),
      meanPriceCny: round(sum / rest.full, 2),
      worthCny: round(rest.worthCny, 2),
    }))
    .sort((a, b) => b.worthCny - a.worthCny || (a.path < b.path ? -1 : 1));
}

/** A limit before its dates are counted. */
function unpriced(plan: PlanNetwork, path: string, meaning: ResourceMeaning, terms: Plan): BottleneckResult {
  const place = placeOf(plan, meaning);
  return {
    path,
    kind: meaning.kind,
    name: limitName(plan, meaning, terms),
    ...(place === undefined ? {} : { place }),
    unit: limitUnit(plan, meaning),
    full: 0,
    of: 0,
    mostPriceCny: 0,
    meanPriceCny: 0,
    worthCny: 0,
  };
}

function placeOf({ network }: PlanNetwork, meaning: ResourceMeaning): string | undefined {
  if (meaning.kind === "operation") return network.locationIds[meaning.location];
  return meaning.kind === "gate" ? network.data.gates[meaning.gate]!.at : undefined;
}
