import { type CostLine, costLines } from "../model/index.ts";
import { type Network, evidenceBases } from "../network/index.ts";
import { effectsOf, rangeOf } from "./effects.ts";
import type { Item } from "./itemise.ts";
import { type Kept, renew } from "./kept.ts";
import type { CostItem, Evidence, TransportChain } from "./result.ts";
import type { Way } from "./search.ts";
import type { ShipmentGraph } from "./state-graph.ts";

const cny = (fen: number) => fen / 100;

const isSameList = (a: readonly number[], b: readonly number[]): boolean => a.length === b.length && a.every((n, i) => n === b[i]);

const isSameCost = (a: Item, b: Item): boolean =>
  a.fen === b.fen && a.line === b.line && a.element === b.element && a.unit === b.unit && isSameList(a.figures, b.figures);

/** The cost items; one with another amount still has the list of its figures. */
export function renewCosts(network: Network, before: Kept<Item, CostItem> | undefined, items: readonly Item[]): Kept<Item, CostItem> {
  return renew(before, items, isSameCost, (item, i) => {
    const old = before?.parts[i];
    const figures =
      old !== undefined && isSameList(old.figures, item.figures)
        ? before!.list[i]!.figures
        : item.figures.map((figure) => network.figures.address(figure));
    return { line: item.line, element: item.element, cny: cny(item.fen), unit: item.unit, figures };
  });
}

const isDuty = ({ line }: Item): boolean => line === "duty" || line === "fees";

/** Cost of a way with its lines and ranges, and the assumed figure that moves it most. */
export function costOf(
  graph: ShipmentGraph,
  way: Way,
  items: readonly Item[],
): { cost: TransportChain["cost"]; decisive: Evidence["decisive"] } {
  const { network } = graph;
  const sums = new Map<CostLine, number>();
  for (const { line, fen } of items) sums.set(line, (sums.get(line) ?? 0) + fen);
  const lines: Partial<Record<CostLine, number>> = {};
  for (const line of costLines) {
    const fen = sums.get(line) ?? 0;
    if (fen !== 0) lines[line] = cny(fen);
  }
  const figuresOf = (item: Item) => item.figures;
  // A freight item counts with the duty that follows it.
  const withDuty = 1 + graph.duty.greatestRate;
  const effects = effectsOf(network, items, figuresOf, (item) => (item.dutiable ? item.fen * withDuty : item.fen));
  let decisive: Evidence["decisive"];
  for (const { figure, low, high } of effects) {
    const size = Math.round(Math.abs(high - low));
    if (evidenceBases[network.figures.basis[figure]!] === "assumed" && size > Math.round((decisive?.cny ?? 0) * 100))
      decisive = { figure: network.figures.address(figure), cny: cny(size) };
  }
  const logisticsFen = way.costFen - (sums.get("duty") ?? 0) - (sums.get("fees") ?? 0);
  const logistics = items.filter((item) => !isDuty(item));
  const range = rangeOf(way.costFen, effects);
  const logisticsRange = rangeOf(
    logisticsFen,
    effectsOf(network, logistics, figuresOf, (item) => item.fen),
  );
  return {
    cost: {
      cny: cny(way.costFen),
      range: { low: cny(Math.round(range.low)), high: cny(Math.round(range.high)) },
      lines,
      logisticsCny: cny(logisticsFen),
      logisticsRange: { low: cny(Math.round(logisticsRange.low)), high: cny(Math.round(logisticsRange.high)) },
    },
    decisive,
  };
}
