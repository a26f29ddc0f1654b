import type { EventGraph, PlanProblem } from "./problem.ts";

/** Receives the cheapest way of one commodity: its cost with prices (Infinity: there is none) and the arcs, valid until the call returns. */
export type Found = (commodity: number, costCny: number, path: PathView) => void;

/** The path at hand; read only when wanted, because walking it costs more than finding it. */
export interface PathView {
  /** Arcs from source to sink; one buffer is reused, only the first `length` count. */
  read(): { arcs: Int32Array; length: number };
}

/**
 * Finds cheapest paths of all commodities under prices of resources. One backward pass over the event graph serves all commodities that share graph
 * and sink; a graph's arcs lead to nodes of higher numbers, so no queue is needed. Ties go to the arc of lower number.
 */
export interface Pricing {
  /**
   * @param prices CNY a unit of each resource.
   * @param found called once a commodity, group by group, always in the same order.
   * @param costWeight weight of the arcs' own cost: 1, or 0 to look for feasibility only.
   */
  run(prices: Float64Array, found: Found, costWeight?: number): void;
  /** Starts a search in which arcs close when there is no room for `least` vehicles; see `OpenPricing`. */
  open(prices: Float64Array, room: Float64Array, least: number): OpenPricing;
  /** Backward passes made, and arcs looked at by them. */
  readonly counters: { passes: number; arcs: number };
}

/** Cheapest paths along arcs that have room. Only one search can be open at a time, and `run` ends it. */
export interface OpenPricing {
  /**
   * Calls `found` for the wanted commodities, which tells whether it changed the room; groups after it see that if it tells the resource to `update`. Groups
   * in which nothing was changed are left alone from then on, until some arc opens again. True if anything was changed.
   */
  run(isWanted: (commodity: number) => boolean, found: (...args: Parameters<Found>) => boolean): boolean;
  /** The room of this resource has changed: closes or opens the arcs that use it. */
  update(resource: number): void;
}

interface Group {
  graph: number;
  sink: number;
  commodities: number[];
  /** Nodes on some way from a source to the sink, without the sink, highest first. */
  nodes: Int32Array;
}

export function createPricing(problem: PlanProblem): Pricing {
  const { graphs, commodities } = problem;
  const groups = groupsOf(problem);
  const mostNodes = graphs.reduce((most, graph) => Math.max(most, graph.nodeCount), 0);
  const cost = new Float64Array(mostNodes).fill(Infinity);
  const via = new Int32Array(mostNodes);
  // Graphs with several groups are priced once for all of them, the others on the way; a search for open chains prices all of them.
  const groupsIn = new Int32Array(graphs.length);
  for (const { graph } of groups) groupsIn[graph]!++;
  const priced: (Float64Array | undefined)[] = graphs.map(() => undefined);
  const pricedOf = (graph: number): Float64Array => (priced[graph] ??= new Float64Array(graphs[graph]!.head.length));
  const buffer = new Int32Array(mostNodes);
  const counters = { passes: 0, arcs: 0 };

  let usersOf: Users | undefined;
  let current: EventGraph;
  let from = 0;
  let to = 0;
  const view: PathView = {
    read() {
      let length = 0;
      for (let node = from; node !== to; node = current.head[via[node]!]!) buffer[length++] = via[node]!;
      return { arcs: buffer, length };
    },
  };

  const pass = (group: Group): void => {
    const { firstArc, head } = graphs[group.graph]!;
    const weights = pricedOf(group.graph);
    const { nodes } = group;
    let seen = 0;
    cost[group.sink] = 0;
    for (let i = 0; i < nodes.length; i++) {
      const node = nodes[i]!;
      const end = firstArc[node + 1]!;
      let best = Infinity;
      let bestArc = -1;
      for (let arc = firstArc[node]!; arc < end; arc++) {
        const total = weights[arc]! + cost[head[arc]!]!;
        if (total < best) {
          best = total;
          bestArc = arc;
        }
      }
      seen += end - firstArc[node]!;
      cost[node] = best;
      via[node] = bestArc;
    }
    counters.passes++;
    counters.arcs += seen;
  };
  /** The same, with prices reckoned on the way. */
  const passPricing = (group: Group, prices: Float64Array, costWeight: number): void => {
    const { firstArc, head, costCny, firstUse, useOf, useAmount } = graphs[group.graph]!;
    const { nodes } = group;
    let seen = 0;
    cost[group.sink] = 0;
    for (let i = 0; i < nodes.length; i++) {
      const node = nodes[i]!;
      const end = firstArc[node + 1]!;
      let best = Infinity;
      let bestArc = -1;
      for (let arc = firstArc[node]!; arc < end; arc++) {
        const rest = cost[head[arc]!]!;
        if (rest === Infinity) continue;
        let total = costWeight * costCny[arc]!;
        for (let use = firstUse[arc]!; use < firstUse[arc + 1]!; use++) total += prices[useOf[use]!]! * useAmount[use]!;
        total += rest;
        if (total < best) {
          best = total;
          bestArc = arc;
        }
      }
      seen += end - firstArc[node]!;
      cost[node] = best;
      via[node] = bestArc;
    }
    counters.passes++;
    counters.arcs += seen;
  };
  /** The next group must find Infinity wherever it has no node of its own. */
  const forget = ({ nodes, sink }: Group): void => {
    cost[sink] = Infinity;
    for (let i = 0; i < nodes.length; i++) cost[nodes[i]!] = Infinity;
  };
  const report = (group: Group, found: Found): void => {
    current = graphs[group.graph]!;
    to = group.sink;
    for (const commodity of group.commodities) {
      from = commodities[commodity]!.source;
      found(commodity, cost[from]!, view);
    }
  };

  return {
    counters,
    run(prices, found, costWeight = 1) {
      for (const [number, graph] of graphs.entries()) if (groupsIn[number]! > 1) priceArcs(graph, prices, costWeight, pricedOf(number));
      for (const group of groups) {
        if (groupsIn[group.graph]! > 1) pass(group);
        else passPricing(group, prices, costWeight);
        report(group, found);
        forget(group);
      }
    },
    open(prices, room, least) {
      const users = (usersOf ??= usersIn(problem));
      for (const [number, graph] of graphs.entries()) priceArcs(graph, prices, 1, pricedOf(number));
      const isSettled = new Uint8Array(groups.length);
      // While there is room for the most that any arc takes, and was before, none opens or closes.
      const isScarce = new Uint8Array(room.length);
      const update = (resource: number): void => {
        const isNowScarce = room[resource]! < least * users.most[resource]! ? 1 : 0;
        if (isNowScarce === 0 && isScarce[resource] === 0) return;
        isScarce[resource] = isNowScarce;
        let opens = false;
        for (let user = users.first[resource]!; user < users.first[resource + 1]!; user++) {
          const number = users.graph[user]!;
          const arc = users.arc[user]!;
          const cost = openCost(graphs[number]!, arc, prices, room, least);
          const weights = pricedOf(number);
          opens ||= cost < Infinity && weights[arc] === Infinity;
          weights[arc] = cost;
        }
        if (opens) isSettled.fill(0);
      };
      for (let resource = 0; resource < room.length; resource++) update(resource);
      return {
        update,
        run(isWanted, found) {
          let isAnyChanged = false;
          for (const [number, group] of groups.entries()) {
            if (isSettled[number] === 1 || !group.commodities.some(isWanted)) continue;
            let isChanged = false;
            pass(group);
            report(group, (commodity, best, path) => {
              if (isWanted(commodity) && found(commodity, best, path)) isChanged = true;
            });
            forget(group);
            if (isChanged) isAnyChanged = true;
            else isSettled[number] = 1;
          }
          return isAnyChanged;
        },
      };
    },
  };
}

/** Cost of an arc with prices; Infinity if one of the resources it takes has no room. */
function openCost(
  { costCny, firstUse, useOf, useAmount }: EventGraph,
  arc: number,
  prices: Float64Array,
  room: Float64Array,
  least: number,
): number {
  let total = costCny[arc]!;
  for (let use = firstUse[arc]!; use < firstUse[arc + 1]!; use++) {
    const resource = useOf[use]!;
    if (useAmount[use]! > 0 && least * useAmount[use]! > room[resource]!) return Infinity;
    total += prices[resource]! * useAmount[use]!;
  }
  return total;
}

/** The arcs that use each resource, as rows, and the most that any of them takes of it. */
interface Users {
  first: Int32Array;
  graph: Int32Array;
  arc: Int32Array;
  most: Float64Array;
}

function usersIn({ graphs, resources }: PlanProblem): Users {
  const first = new Int32Array(resources.length + 1);
  const most = new Float64Array(resources.length);
  for (const { useOf, useAmount } of graphs) {
    for (let use = 0; use < useOf.length; use++) {
      first[useOf[use]! + 1]!++;
      most[useOf[use]!] = Math.max(most[useOf[use]!]!, useAmount[use]!);
    }
  }
  for (let resource = 0; resource < resources.length; resource++) first[resource + 1]! += first[resource]!;
  const next = first.slice();
  const graph = new Int32Array(first[resources.length]!);
  const arc = new Int32Array(first[resources.length]!);
  for (const [number, { head, firstUse, useOf }] of graphs.entries()) {
    for (let each = 0; each < head.length; each++) {
      for (let use = firstUse[each]!; use < firstUse[each + 1]!; use++) {
        const slot = next[useOf[use]!]!++;
        graph[slot] = number;
        arc[slot] = each;
      }
    }
  }
  return { first, graph, arc, most };
}

function priceArcs({ costCny, firstUse, useOf, useAmount }: EventGraph, prices: Float64Array, costWeight: number, out: Float64Array): void {
  let use = 0;
  for (let arc = 0; arc < out.length; arc++) {
    let total = costWeight * costCny[arc]!;
    for (const end = firstUse[arc + 1]!; use < end; use++) total += prices[useOf[use]!]! * useAmount[use]!;
    out[arc] = total;
  }
}

function groupsOf({ graphs, commodities }: PlanProblem): Group[] {
  const byKey = new Map<string, Group>();
  for (const [number, { graph, sink }] of commodities.entries()) {
    const key = `${graph} ${sink}`;
    const group = byKey.get(key);
    if (group === undefined) byKey.set(key, { graph, sink, commodities: [number], nodes: new Int32Array(0) });
    else group.commodities.push(number);
  }
  for (const group of byKey.values()) {
    const sources = group.commodities.map((commodity) => commodities[commodity]!.source);
    group.nodes = nodesBetween(graphs[group.graph]!, sources, group.sink);
  }
  return [...byKey.values()];
}

function nodesBetween({ nodeCount, firstArc, head }: EventGraph, sources: number[], sink: number): Int32Array {
  const isReached = new Uint8Array(nodeCount);
  for (const source of sources) isReached[source] = 1;
  for (let node = 0; node < sink; node++) {
    if (isReached[node] === 0) continue;
    for (let arc = firstArc[node]!; arc < firstArc[node + 1]!; arc++) isReached[head[arc]!] = 1;
  }
  const leads = new Uint8Array(nodeCount);
  leads[sink] = 1;
  const nodes: number[] = [];
  for (let node = sink - 1; node >= 0; node--) {
    if (isReached[node] === 0) continue;
    for (let arc = firstArc[node]!; arc < firstArc[node + 1]!; arc++) {
      if (leads[head[arc]!] === 0) continue;
      leads[node] = 1;
      nodes.push(node);
      break;
    }
  }
  return Int32Array.from(nodes);
}
