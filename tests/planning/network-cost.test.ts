import { describe, expect, test } from "vitest";
import { builtinNetwork, compile, makeLoad } from "../../src/network/index.ts";
import { leastCosts } from "../../src/planning/built-graph.ts";
import { buildEventGraph } from "../../src/planning/event-graph.ts";
import { CapacityBook } from "../../src/planning/capacity.ts";
import { WayFinder } from "../../src/planning/plan-way.ts";
import { RouteComparison, type ShipmentGraph, buildShipmentGraph } from "../../src/routing/index.ts";
import { dayNumber, localMinute } from "../../src/model/index.ts";
import { type Case, prepare, profiles, randomCase } from "../support/random-network.ts";

/** The cheapest path of a lot, as arcs. */
function cheapest(built: ReturnType<typeof buildEventGraph>, lot: number): number[] | undefined {
  const { graph } = built;
  const rest = new Float64Array(graph.nodeCount).fill(Number.POSITIVE_INFINITY);
  const next = new Int32Array(graph.nodeCount).fill(-1);
  rest[built.sinks[lot]!] = 0;
  for (let n = graph.nodeCount - 1; n >= 0; n--)
    for (let a = graph.firstArc[n]!; a < graph.firstArc[n + 1]!; a++) {
      const cost = graph.costCny[a]! + rest[graph.head[a]!]!;
      if (cost < rest[n]!) [rest[n], next[n]] = [cost, a];
    }
  if (rest[built.sources[lot]!] === Number.POSITIVE_INFINITY) return undefined;
  const path: number[] = [];
  for (let n = built.sources[lot]!; n !== built.sinks[lot]; n = graph.head[path.at(-1)!]!) path.push(next[n]!);
  return path;
}

/** Cost a vehicle of the cheapest chain: by the event graph, added up exactly, and by the route search; undefined where there is no way. */
function both(graph: ShipmentGraph, rules: { marginCny: number; isNearer: boolean }, mostDays = 3000) {
  const book = new CapacityBook(graph.network, graph.terms.readyMinute);
  const { readyMinute, horizonMinute } = graph.terms;
  const built = buildEventGraph(graph, book, {
    ready: [readyMinute],
    mostWait: Math.min(horizonMinute - readyMinute, mostDays * 1440),
    mostWaitBetween: Math.min(horizonMinute - readyMinute, (mostDays / 3) * 1440),
    ...rules,
    mostMinutes: horizonMinute - readyMinute,
  });
  for (let n = 0; n < built.graph.nodeCount; n++)
    for (let a = built.graph.firstArc[n]!; a < built.graph.firstArc[n + 1]!; a++) expect(built.graph.head[a]).toBeGreaterThan(n);
  const path = cheapest(built, 0);
  const front = new RouteComparison(graph).run().front;
  const found = path === undefined ? undefined : new WayFinder(book).find(built, 0, path);
  return { solver: leastCosts(built)[0]!, plan: found?.way.costFen, search: front[0]?.costFen, built, path, found };
}

describe("the cheapest way of a plan without limits is the cheapest chain of the comparison", () => {
  for (const profile of profiles)
    test(`on random networks: ${profile}`, () => {
      let ways = 0;
      for (let seed = 1; seed <= 150; seed++) {
        const made: Case = randomCase(profile, seed);
        const { graph } = prepare(made.part, made.shipment);
        if (graph.source < 0 || graph.source === graph.target) continue;
        const { plan, search, solver } = both(graph, { marginCny: Number.POSITIVE_INFINITY, isNearer: false });
        expect(plan === undefined, `${profile} ${seed}`).toBe(search === undefined);
        if (plan === undefined || search === undefined) continue;
        ways++;
        // Three amounts are rounded a vehicle: the event graph adds them up unrounded, so of ways within a fen it may take another.
        expect(Math.abs(plan - search), `${profile} ${seed}: ${plan} ${search}`).toBeLessThanOrEqual(2);
        expect(Math.abs(solver * 100 - plan), `${profile} ${seed}`).toBeLessThanOrEqual(2);
      }
      expect(ways).toBeGreaterThan(40);
    });

  test("on the built-in network", () => {
    const data = builtinNetwork();
    const ready = localMinute(dayNumber("2027-03-01"), 0, "Asia/Shanghai");
    const network = compile(data, { from: ready - 2880, until: ready + 125 * 1440 });
    const at = (id: string) => data.locations.findIndex((l) => l.id === id);
    const rows: [string, string, string][] = [
      ["ice-suv", "CNCKG-CHANGAN-YUZUI", "RU-MARKET"],
      ["bev-suv", "CNCKG-SERES", "BE-MARKET"],
      ["ice-suv", "CNCKG-CHANGAN-YUBEI", "SA-MARKET"],
      ["bev-sedan", "CNCKG-CHANGAN-YUBEI", "TH-MARKET"],
      ["pickup", "CNCKG-GWM", "CL-MARKET"],
      ["light-truck", "CNCKG-QINGLING", "PH-MARKET"],
      ["heavy-truck", "CNCKG-HONGYAN", "KE-MARKET"],
      ["skd-kit", "CNCKG-CHANGAN-YUZUI", "EG-MARKET"],
      ["phev-suv", "CNCKG-CHANGAN-YUBEI", "MX-MARKET"],
      ["ice-sedan", "CNCKG-CHANGAN-FORD", "UZ-MARKET"],
    ];
    for (const [cargo, from, to] of rows) {
      const load = makeLoad(
        network,
        data.cargos.findIndex((c) => c.id === cargo),
        120,
      );
      const graph = buildShipmentGraph(network, {
        load,
        origin: at(from),
        destination: at(to),
        readyMinute: ready,
        dueMinute: undefined,
        horizonMinute: ready + 120 * 1440,
        paysDuty: true,
        claimsPreference: true,
      });
      const { plan, search } = both(graph, { marginCny: 9000, isNearer: true }, 21);
      expect(search, `${cargo} ${to}`).toBeDefined();
      expect(Math.abs(plan! - search!), `${cargo} ${to}: ${plan} ${search}`).toBeLessThanOrEqual(2);
    }
  });
});
