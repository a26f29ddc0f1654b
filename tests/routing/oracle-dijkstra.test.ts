import { DirectedGraph } from "graphology";
import { dijkstra } from "graphology-shortest-path";
import { describe, expect, test } from "vitest";
import { RouteSearch, type ShipmentGraph } from "../../src/routing/index.ts";
import { enumerateWays, OracleLimit } from "../support/oracle.ts";
import { type Case, prepare, randomCase } from "../support/random-network.ts";

/** A static case without anything that grows with time, and with all the time in the world: nothing but a shortest path is left. */
function timeless(seed: number): Case {
  const one = randomCase("static", seed);
  const { finance: _, ...part } = one.part;
  const services = (part.services ?? []).map((s) =>
    s.tariffs === undefined ? s : { ...s, tariffs: s.tariffs.map(({ valid: _valid, ...tariff }) => tariff) },
  );
  return { ...one, part: { ...part, services, finance: { cnyPer: { USD: 7, EUR: 7.75 } } }, shipment: { ...one.shipment, days: 200 } };
}

/** Length of the shortest path by one weight; parallel arcs are reduced to their shortest. Infinity where there is none. */
function shortest(graph: ShipmentGraph, weight: ArrayLike<number>): number {
  if (graph.source < 0 || graph.target < 0) return Number.POSITIVE_INFINITY;
  const plain = new DirectedGraph<object, { weight: number }>();
  for (let node = 0; node < graph.nodeCount; node++) plain.addNode(node);
  for (let arc = 0; arc < graph.arcCount; arc++) {
    // A leg that cannot be priced cannot be taken.
    if (Number.isNaN(graph.cost[arc])) continue;
    const [tail, head, length] = [graph.tail[arc]!, graph.head[arc]!, weight[arc]!];
    if (!plain.hasEdge(tail, head)) plain.addEdge(tail, head, { weight: length });
    else plain.setEdgeAttribute(tail, head, "weight", Math.min(length, plain.getEdgeAttribute(tail, head, "weight")));
  }
  const path = dijkstra.bidirectional(plain, String(graph.source), String(graph.target), "weight") as string[] | null;
  if (path === null) return Number.POSITIVE_INFINITY;
  return path.slice(1).reduce((sum, node, i) => sum + plain.getEdgeAttribute(path[i]!, node, "weight"), 0);
}

describe("one criterion, on demand only", () => {
  test("the best of each criterion is graphology's shortest path by it, on 2000 networks", () => {
    let found = 0;
    for (let seed = 1; seed <= 2000; seed++) {
      const { graph } = prepare(timeless(seed).part, timeless(seed).shipment);
      const front = new RouteSearch(graph).run();
      const least = (of: (i: number) => number) => front.reduce((best, _, i) => Math.min(best, of(i)), Number.POSITIVE_INFINITY);
      const fixed = graph.insuranceFen + graph.creditFen;
      expect([seed, "cost", least((i) => front[i]!.costFen)]).toEqual([seed, "cost", fixed + shortest(graph, graph.cost)]);
      expect([seed, "minutes", least((i) => front[i]!.arrival - graph.terms.readyMinute)]).toEqual([
        seed,
        "minutes",
        shortest(graph, graph.minimum),
      ]);
      expect([seed, "grams", least((i) => front[i]!.grams)]).toEqual([seed, "grams", shortest(graph, graph.co2)]);
      if (front.length > 0) found++;
    }
    expect(found).toBeGreaterThan(1500);
  });
});

describe("the oracle itself", () => {
  test("gives the same front when no two walks are merged, where there are few enough to enumerate them one by one", () => {
    let compared = 0;
    let merged = 0;
    for (let seed = 1; compared < 100 && seed < 2000; seed++) {
      for (const profile of ["timetable", "storage"] as const) {
        const one = randomCase(profile, seed * 7919);
        const { data, shipment } = prepare(one.part, { ...one.shipment, days: Math.min(one.shipment.days, 8) });
        try {
          const every = enumerateWays(data, shipment, 1500, false);
          const answer = enumerateWays(data, shipment);
          const triples = (ways: typeof every.front) => ways.map(({ cost, arrival, grams }) => ({ cost, arrival, grams }));
          expect([profile, seed, triples(answer.front)]).toEqual([profile, seed, triples(every.front)]);
          expect([...answer.families.keys()].sort()).toEqual([...every.families.keys()].sort());
          for (const [key, ways] of answer.families) expect(triples(ways)).toEqual(triples(every.families.get(key)!));
          if (every.front.length > 0) compared++;
          if (every.states > answer.states) merged++;
        } catch (error) {
          if (!(error instanceof OracleLimit)) throw error;
        }
      }
    }
    expect(compared).toBeGreaterThanOrEqual(100);
    // Merging must have happened for this to say anything.
    expect(merged).toBeGreaterThan(25);
  });
});
