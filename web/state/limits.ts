import type { Measure } from "./address.ts";
import { type NamedChain, costOf } from "./chains.ts";

/** A span that may be open on either side. */
export interface Limit {
  least?: number;
  most?: number;
}

/** What the brush of the cost–time chart keeps: days on the way, and the shown cost in CNY a vehicle. */
export interface Limits {
  days: Limit;
  cny: Limit;
}

const number = (text: string | undefined): number | undefined => (text === undefined || text === "" ? undefined : Number(text));

function limit(least: number | undefined, most: number | undefined): Limit {
  return { ...(least === undefined ? {} : { least }), ...(most === undefined ? {} : { most }) };
}

const written = ({ least, most }: Limit) => `${least ?? ""}-${most ?? ""}`;
const isOpen = ({ least, most }: Limit) => least === undefined && most === undefined;
const pattern = /^(\d{0,7}(?:\.\d{1,2})?)-(\d{0,7}(?:\.\d{1,2})?)_(\d{0,7}(?:\.\d{1,2})?)-(\d{0,7}(?:\.\d{1,2})?)$/;

/** Reads `20-45.5_50000-60000` (days, then CNY; any number may be missing); anything else is no limit. */
export function readLimits(text: string): Limits {
  const match = pattern.exec(text);
  if (match === null) return { days: {}, cny: {} };
  const [, leastDays, mostDays, leastCny, mostCny] = match;
  return { days: limit(number(leastDays), number(mostDays)), cny: limit(number(leastCny), number(mostCny)) };
}

/** The text that `readLimits` reads; empty without any limit. */
export const writeLimits = ({ days, cny }: Limits): string => (isOpen(days) && isOpen(cny) ? "" : `${written(days)}_${written(cny)}`);

export const withoutCost = ({ days }: Limits): Limits => ({ days, cny: {} });

const holds = ({ least, most }: Limit, value: number) => (least === undefined || value >= least) && (most === undefined || value <= most);

/** Keys of the chains within the limits; undefined where nothing is limited. */
export function keysWithin(limits: Limits, chains: readonly NamedChain[], measure: Measure): ReadonlySet<string> | undefined {
  if (isOpen(limits.days) && isOpen(limits.cny)) return undefined;
  return new Set(
    chains
      .filter(({ chain }) => holds(limits.days, chain.time.days) && holds(limits.cny, costOf(chain, measure)))
      .map((named) => named.key),
  );
}
