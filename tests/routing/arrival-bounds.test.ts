import { expect, test } from "vitest";
import { ArrivalBounds, OnCall } from "../../src/routing/arrival-bounds.ts";
import { boardingsOf, firstBoarding } from "../../src/routing/boardings.ts";
import { costBounds, fillBounds, incomingArcs, makeBounds } from "../../src/routing/bounds.ts";
import { RouteSearch, type ShipmentGraph, legArc } from "../../src/routing/index.ts";
import { Random, prepare, profiles, randomCase } from "../support/random-network.ts";

function graphs(count: number, look: (graph: ShipmentGraph, seed: number) => void): void {
  for (let seed = 1; seed <= count; seed++) {
    const one = randomCase(profiles[seed % profiles.length]!, seed);
    const { graph } = prepare(one.part, one.shipment);
    if (graph.source >= 0 && graph.target >= 0) look(graph, seed);
  }
}

test("the departures of an arc are those of its leg within the window and the horizon; the first at or after a minute is found", () => {
  let seen = 0;
  graphs(80, (graph) => {
    const { network, terms } = graph;
    const boardings = boardingsOf(graph);
    for (let arc = 0; arc < graph.arcCount; arc++) {
      const found = Array.from(boardings.depart.subarray(boardings.start[arc], boardings.start[arc + 1]));
      if (graph.kind[arc] !== legArc) {
        expect(found).toEqual([]);
        continue;
      }
      const leg = graph.ref[arc]!;
      const service = network.legService[leg]!;
      const width = network.services[service]!.stops.length;
      const wanted: number[] = [];
      for (let row = 0; row < network.departureCount[service]!; row++) {
        const minute = network.depart[network.timesStart[service]! + row * width + network.legFrom[leg]!]!;
        if (minute >= graph.windowFrom[arc]! && minute <= Math.min(graph.windowUntil[arc]!, terms.horizonMinute)) wanted.push(minute);
      }
      expect(found).toEqual(wanted);
      seen += found.length;
      if (boardings.ordered[arc] === 0) continue;
      for (const minute of found.flatMap((m) => [m - 1, m, m + 1]))
        expect(boardings.depart.subarray(firstBoarding(boardings, arc, minute), boardings.start[arc + 1])).toEqual(
          Int32Array.from(found.filter((m) => m >= minute)),
        );
    }
  });
  expect(seen).toBeGreaterThan(300);
});

test("from every place of every way the bound is no later than the way's arrival, whatever was asked for before", () => {
  let seen = 0;
  let tighter = 0;
  graphs(150, (graph, seed) => {
    const scope = { allow: undefined, corridor: -1 };
    const bounds = makeBounds(graph);
    if (!fillBounds(graph, incomingArcs(graph), costBounds(graph), scope, bounds)) return;
    const boardings = boardingsOf(graph);
    const arrivals = new ArrivalBounds(graph, boardings, new OnCall(graph, boardings, bounds.minutes.slice()));
    arrivals.reset(scope, bounds, boardings);
    const asked = new RouteSearch(graph)
      .run({ prune: false })
      .flatMap((way) => way.arcs.map((arc, i) => ({ node: graph.head[arc]!, time: way.done[i]!, arrival: way.arrival })));
    const random = new Random(seed);
    // Earlier times at the same nodes are asked for in between, and each question twice.
    for (let round = 0; round < 2; round++) {
      for (const { node, time, arrival } of asked.map((one) => ({ ...one, place: random.next() })).sort((a, b) => a.place - b.place)) {
        arrivals.earliest(node, time - Math.floor(random.next() * 3000), time);
        const bound = arrivals.earliest(node, time, time);
        expect(bound).toBeLessThanOrEqual(arrival);
        expect(bound).toBeGreaterThanOrEqual(time);
        seen++;
        if (bound > time + bounds.minutes[node]!) tighter++;
      }
    }
  });
  expect(seen).toBeGreaterThan(500);
  expect(tighter).toBeGreaterThan(seen / 10);
});
