import type { CostLine } from "../../src/model/index.ts";
import type { Range, TransportChain } from "../../src/routing/index.ts";
import type { Measure } from "../state/address.ts";

/** Seventeen lines cannot have seventeen colours: six groups have, in the order in which a car meets them; duty last, so that it can be left off. */
export const costGroups = ["origin", "main", "border", "destination", "money", "duty"] as const;
export type CostGroup = (typeof costGroups)[number];

export const groupOfLine: Record<CostLine, CostGroup> = {
  "pre-carriage": "origin",
  handling: "origin",
  stuffing: "origin",
  "main-carriage": "main",
  border: "border",
  clearance: "border",
  storage: "border",
  "import-handling": "destination",
  "on-carriage": "destination",
  insurance: "money",
  "credit-insurance": "money",
  capital: "money",
  currency: "money",
  carbon: "money",
  rebate: "money",
  duty: "duty",
  fees: "duty",
};

export const linesInOrder = Object.keys(groupOfLine) as CostLine[];

export interface Segment {
  line: CostLine;
  group: CostGroup;
  cny: number;
  from: number;
  to: number;
  /** 0 for the first line of its group, then 1, 2 …: shades. */
  shade: number;
}

/**
 * The lines of a chain stacked: what costs to the right of zero, what is a credit to the left. The right end less the left end is not the total,
 * the right end plus the (negative) left end is.
 */
export function segmentsOf(chain: TransportChain, measure: Measure): readonly Segment[] {
  let known = worked[measure].get(chain);
  if (known === undefined) worked[measure].set(chain, (known = stack(chain, measure)));
  return known;
}

/** A chain never changes; its bar, the scale of all bars and the key ask for the same segments. */
const worked: Record<Measure, WeakMap<TransportChain, readonly Segment[]>> = { landed: new WeakMap(), logistics: new WeakMap() };

function stack(chain: TransportChain, measure: Measure): Segment[] {
  const segments: Segment[] = [];
  const shades = new Map<CostGroup, number>();
  let up = 0;
  let down = 0;
  for (const line of linesInOrder) {
    const group = groupOfLine[line];
    const cny = chain.cost.lines[line];
    if (cny === undefined || cny === 0 || (measure === "logistics" && group === "duty")) continue;
    const shade = shades.get(group) ?? 0;
    shades.set(group, shade + 1);
    if (cny > 0) segments.push({ line, group, cny, from: up, to: (up += cny), shade });
    else segments.push({ line, group, cny, from: down + cny, to: (down += cny) - cny, shade });
  }
  return segments;
}

export interface CostScale {
  low: number;
  high: number;
}

/** Range of the cost that is shown. */
export const rangeOf = (chain: TransportChain, measure: Measure): Range =>
  measure === "landed" ? chain.cost.range : chain.cost.logisticsRange;

/** One scale for all bars: it covers every bar and every range. */
export function costScale(chains: readonly TransportChain[], measure: Measure): CostScale {
  let low = 0;
  let high = 1;
  for (const chain of chains) {
    for (const segment of segmentsOf(chain, measure)) {
      low = Math.min(low, segment.from);
      high = Math.max(high, segment.to);
    }
    high = Math.max(high, rangeOf(chain, measure).high);
  }
  return { low, high };
}

export const positionOn = (scale: CostScale, cny: number): number => ((cny - scale.low) / (scale.high - scale.low)) * 100;
