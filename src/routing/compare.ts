import { corridorOfWay, makeChain, optionOfWay } from "./chain.ts";
import { servicesOf } from "./itemise.ts";
import { type Option, options } from "./options.ts";
import { ParetoSet } from "./pareto.ts";
import type { TransportChain } from "./result.ts";
import { RouteSearch, type Counters, type Way } from "./search.ts";
import { type ShipmentGraph, legArc } from "./state-graph.ts";
import { weigh } from "./weigh.ts";

/** All non-dominated ways of one option by one corridor. */
export interface Family {
  option: Option;
  corridor: string;
  ways: Way[];
}

export interface Comparison {
  /** Non-dominated over all options, by cost. */
  front: Way[];
  /** By option in fixed order, then by least cost. Each family holds its own front. */
  families: Family[];
  counters: Counters;
}

/** Every combination of main-leg option and corridor tag that could occur, as arc masks. */
interface Group {
  option: number;
  corridor: number;
  allow: Uint8Array;
}

function groupsOf(graph: ShipmentGraph): Group[] {
  const present = new Set<number>();
  const corridors = new Set<number>([-1]);
  for (let a = 0; a < graph.arcCount; a++) {
    if (graph.kind[a] !== legArc) continue;
    if (graph.option[a]! >= 0) present.add(graph.option[a]!);
    corridors.add(graph.corridor[a]!);
  }
  const groups: Group[] = [];
  for (const option of [...present].sort((a, b) => a - b)) {
    for (const corridor of [...corridors].sort((a, b) => a - b)) {
      const allow = new Uint8Array(graph.arcCount);
      let main = false;
      let tagged = corridor < 0;
      for (let a = 0; a < graph.arcCount; a++) {
        const own = graph.option[a]!;
        const tag = graph.corridor[a]!;
        if ((own >= 0 && own !== option) || (tag >= 0 && tag !== corridor)) continue;
        allow[a] = 1;
        main ||= own >= 0;
        tagged ||= tag === corridor;
      }
      if (main && tagged) groups.push({ option, corridor, allow });
    }
  }
  return groups;
}

/** Options compared on one shipment graph; keeps its buffers, so that what-ifs cost only the searches. */
export class RouteComparison {
  readonly graph: ShipmentGraph;
  private readonly search: RouteSearch;
  private readonly groups: Group[];

  constructor(graph: ShipmentGraph) {
    this.graph = graph;
    this.search = new RouteSearch(graph);
    this.groups = groupsOf(graph);
  }

  /** Weighs again after figures were patched, then compares. */
  reweigh(): Comparison {
    weigh(this.graph);
    this.search.reweighed();
    return this.run();
  }

  /**
   * First each option by each corridor on its own, so that a dominated option still shows its best; then the whole graph, pruned by what is known,
   * for the overall front (a chain may mix corridors).
   */
  run(): Comparison {
    const { graph, search } = this;
    const known = new ParetoSet();
    const families = new Map<string, Family>();
    const take = (way: Way) => {
      const option = optionOfWay(graph, way);
      const corridor = corridorOfWay(graph, way);
      const key = `${option} ${corridor}`;
      const family = families.get(key);
      if (family === undefined) families.set(key, { option, corridor, ways: [way] });
      else if (!family.ways.some((w) => w.costFen === way.costFen && w.arrival === way.arrival && w.grams === way.grams))
        family.ways.push(way);
      known.add(way.costFen, way.arrival, way.grams);
    };
    for (const group of this.groups) for (const way of search.run({ allow: group.allow, corridor: group.corridor })) take(way);
    const front = search.run({ known });
    for (const way of front) take(way);
    for (const family of families.values()) family.ways = nonDominated(family.ways);
    return {
      front,
      families: [...families.values()].sort(
        (a, b) =>
          options.indexOf(a.option) - options.indexOf(b.option) ||
          a.ways[0]!.costFen - b.ways[0]!.costFen ||
          (a.corridor < b.corridor ? -1 : 1),
      ),
      counters: { ...search.counters },
    };
  }
}

function nonDominated(ways: readonly Way[]): Way[] {
  const set = new ParetoSet();
  ways.forEach((way, i) => set.add(way.costFen, way.arrival, way.grams, i));
  return Array.from({ length: set.size }, (_, i) => ways[set.tags[i]!]!);
}

/**
 * The best `count` chains of a family without near-duplicates: by cost, one for each list of services, then other dates of the same lists.
 */
export function pickChains(graph: ShipmentGraph, family: Family, count: number): TransportChain[] {
  const seen = new Set<string>();
  const first: Way[] = [];
  const rest: Way[] = [];
  for (const way of family.ways) {
    const key = servicesOf(graph, way).join(" ");
    (seen.has(key) ? rest : first).push(way);
    seen.add(key);
  }
  return [...first, ...rest].slice(0, count).map((way) => makeChain(graph, way));
}
