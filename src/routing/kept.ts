import type { EvidenceBasis, FigureIndex } from "../network/index.ts";
import type { Item } from "./itemise.ts";
import type { ChainElement, CostItem, TimeItem, TransportChain } from "./result.ts";
import type { Way } from "./search.ts";
import type { ShipmentGraph } from "./state-graph.ts";

/** A list of a chain beside what each member was made from. */
export interface Kept<P, T> {
  parts: readonly P[];
  list: T[];
}

/**
 * Makes a list from its parts anew. What comes from the same part as before is the very object of before, and a list without any change the very list: then nobody
 * need compare, send or draw it again.
 */
export function renew<P, T>(
  before: Kept<P, T> | undefined,
  parts: readonly P[],
  isSame: (a: P, b: P) => boolean,
  make: (part: P, index: number) => T,
): Kept<P, T> {
  let isNew = before?.parts.length !== parts.length;
  const list = parts.map((part, i) => {
    const old = before?.parts[i];
    if (old !== undefined && isSame(old, part)) return before!.list[i]!;
    isNew = true;
    return make(part, i);
  });
  return isNew ? { parts, list } : before!;
}

/** What an element is made from, apart from what never changes in a graph. */
export interface ElementFacts {
  arc: number;
  ready: number;
  leave: number;
  done: number;
  /** When the leg itself ends. */
  arrive: number;
  tariff: number;
  grams: number;
  km: number;
  isMain: boolean;
}

/** One stretch of time with the figure behind it. */
export interface Minutes {
  element: number;
  what: TimeItem["what"];
  minutes: number;
  figure: FigureIndex;
  /** Basis where there is no figure: the timetable's. */
  basis: EvidenceBasis;
  name: string;
}

/** The parts of a chain as it was made last. */
export interface KeptChain {
  elements: Kept<ElementFacts, ChainElement>;
  costs: Kept<Item, CostItem>;
  times: Kept<Minutes, TimeItem>;
  next: Kept<number, string>;
  /** What hangs on the elements and dates alone. */
  head: Pick<TransportChain, "id" | "option" | "corridor" | "services" | "gateway"> &
    Pick<TransportChain["time"], "departure" | "arrival" | "arrivalDate">;
}

/** So many ways are remembered for a graph: those of a few dozen answers. */
const mostKept = 600;
const memory = new WeakMap<ShipmentGraph, Map<string, KeptChain>>();

/** The chain that was made from the same way on the same graph, with whatever figures; `keep` puts the new one in its place. */
export function keptChain(graph: ShipmentGraph, way: Way): { before: KeptChain | undefined; keep(made: KeptChain): void } {
  let known = memory.get(graph);
  if (known === undefined) memory.set(graph, (known = new Map()));
  const chains = known;
  const key = `${way.arcs.join()} ${way.leave.join()} ${way.done.join()}`;
  return {
    before: chains.get(key),
    keep: (made) => {
      if (chains.size >= mostKept && !chains.has(key)) chains.clear();
      chains.set(key, made);
    },
  };
}
