import { makeChain } from "./chain.ts";
import { type Groups, groupsOf } from "./groups.ts";
import { servicesOf } from "./itemise.ts";
import { type Option, options } from "./options.ts";
import { ParetoSet } from "./pareto.ts";
import type { TransportChain } from "./result.ts";
import { RouteSearch, type Counters, type Way } from "./search.ts";
import type { ShipmentGraph } from "./state-graph.ts";
import { corridorOfWay, optionOfWay } from "./way-option.ts";
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

/** Options compared on one shipment graph; keeps its buffers, so that what-ifs cost only the searches. */
export class RouteComparison {
  readonly graph: ShipmentGraph;
  private readonly search: RouteSearch;
  private readonly groups: Groups;
  /** What each group's search found last. */
  private readonly ways: Way[][] = [];

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
   * First each option by each corridor on its own, so that a dominated option still shows its best; then, where chains can mix corridors, the whole graph,
   * pruned by what is known.
   */
  run(): Comparison {
    const { graph, search } = this;
    const known = new ParetoSet();
    const found: Way[] = [];
    const families = new Map<string, Family>();
    const take = (way: Way) => {
      const option = optionOfWay(graph, way);
      const corridor = corridorOfWay(graph, way);
      const key = `${option} ${corridor}`;
      const family = families.get(key);
      if (family === undefined) families.set(key, { option, corridor, ways: [way] });
      else if (!family.ways.some((w) => w.costFen === way.costFen && w.arrival === way.arrival && w.grams === way.grams))
        family.ways.push(way);
      known.add(way.costFen, way.arrival, way.grams, found.push(way) - 1);
    };
    const { groups, hasOthers } = this.groups;
    groups.forEach(({ allow, corridor }, i) => {
      const before = this.ways[i];
      const ways = search.run({ allow, corridor, ...(before === undefined ? {} : { before, keep: true }) });
      this.ways[i] = ways;
      for (const way of ways) take(way);
    });
    if (hasOthers) for (const way of search.run({ known })) take(way);
    const front = Array.from({ length: known.size }, (_, i) => found[known.tags[i]!]!);
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
