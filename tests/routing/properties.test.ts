import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { assemble, compile, makeLoad, retime } from "../../src/network/index.ts";
import { RouteComparison, RouteSearch, type TransportChain, type Way, buildShipmentGraph, makeChain } from "../../src/routing/index.ts";
import { isDominated } from "../support/oracle.ts";
import { type Case, type Prepared, Random, prepare, profiles, randomCase } from "../support/random-network.ts";
import { renamed, shuffled, withPatchable } from "../support/variants.ts";

/** Random networks; what fails is printed with seed and profile, which make it again. */
const cases = fc
  .record({ profile: fc.constantFrom(...profiles), seed: fc.integer({ min: 1, max: 1_000_000_000 }) })
  .map(({ profile, seed }) => randomCase(profile, seed));
const runs = (numRuns: number) => ({ numRuns, seed: 20270301, endOnFailure: true });

const triple = (way: Way) => ({ cost: way.costFen, arrival: way.arrival, grams: way.grams });
const triples = (ways: readonly Way[]) => ways.map(triple);
const front = ({ graph }: Prepared) => new RouteSearch(graph).run();
const chains = ({ graph }: Prepared): TransportChain[] =>
  new RouteComparison(graph).run().families.flatMap((f) => f.ways.map((way) => makeChain(graph, way)));
const fen = (cny: number) => Math.round(cny * 100);

/** Checks a property on cases and makes sure that it was not empty: on at least a third of them there was something to look at. */
function holds(numRuns: number, look: (one: Case) => boolean): void {
  let seen = 0;
  fc.assert(
    fc.property(cases, (one) => {
      if (look(one)) seen++;
    }),
    runs(numRuns),
  );
  expect(seen).toBeGreaterThan(numRuns / 3);
}

describe("fronts", () => {
  test("no member dominates another, in the front and in each family; members stand by cost", () => {
    holds(600, (one) => {
      const { graph } = prepare(one.part, one.shipment);
      const comparison = new RouteComparison(graph).run();
      for (const ways of [comparison.front, ...comparison.families.map((f) => f.ways)]) {
        const all = triples(ways);
        all.forEach((a, i) => all.forEach((b, j) => expect(i !== j && isDominated(a, b)).toBe(false)));
        expect(all.map((t) => t.cost)).toEqual(all.map((t) => t.cost).sort((a, b) => a - b));
      }
      return comparison.front.length > 0;
    });
  });

  test("every member of a family is on the front or beaten by it", () => {
    holds(400, (one) => {
      const { graph } = prepare(one.part, one.shipment);
      const comparison = new RouteComparison(graph).run();
      const best = triples(comparison.front);
      for (const family of comparison.families)
        for (const way of family.ways) expect(best.some((b) => isDominated(triple(way), b))).toBe(true);
      return comparison.families.length > 0;
    });
  });

  test("adding a service never makes the front worse", () => {
    holds(600, (one) => {
      const larger = triples(front(prepare(one.part, one.shipment)));
      const services = one.part.services ?? [];
      const less = { ...one.part, services: services.filter((_, i) => i !== one.seed % services.length) };
      const smaller = triples(front(prepare(less, one.shipment)));
      for (const way of smaller) expect(larger.some((better) => isDominated(way, better))).toBe(true);
      return smaller.length > 0;
    });
  });

  test("more time to arrive never makes the front worse, and what it adds arrives later", () => {
    holds(400, (one) => {
      const short = prepare(one.part, one.shipment);
      const long = prepare(one.part, { ...one.shipment, days: one.shipment.days + 3 });
      const before = triples(front(short));
      const after = triples(front(long));
      for (const way of before) expect(after.some((better) => isDominated(way, better))).toBe(true);
      expect(after.filter((way) => way.arrival <= short.shipment.horizon)).toEqual(before);
      return before.length > 0;
    });
  });

  test("prune off gives the front of prune on", () => {
    holds(400, (one) => {
      const { graph } = prepare(one.part, one.shipment);
      const pruned = new RouteSearch(graph).run();
      expect(triples(new RouteSearch(graph).run({ prune: false }))).toEqual(triples(pruned));
      return pruned.length > 0;
    });
  });

  test("a search that is used again gives what a new one gives", () => {
    holds(300, (one) => {
      const { graph } = prepare(one.part, one.shipment);
      const search = new RouteSearch(graph);
      const first = search.run();
      search.run({ prune: false });
      search.run({ corridor: 0 });
      expect(search.run()).toEqual(first);
      return first.length > 0;
    });
  });
});

describe("names and order", () => {
  test("the order of members, keys and files changes nothing at all", () => {
    holds(400, (one) => {
      const { graph, network, shipment } = prepare(one.part, one.shipment);
      const random = new Random(one.seed);
      const { data, problems } = assemble(shuffled(one.part, random).map((part) => ({ part })));
      expect(problems).toEqual([]);
      const other = compile(data, network.period);
      const same = buildShipmentGraph(other, {
        ...graph.terms,
        load: makeLoad(
          other,
          data.cargos.findIndex((c) => c.id === shipment.cargo),
          shipment.quantity,
        ),
      });
      const all = chains({ graph, network, data, shipment });
      expect(chains({ graph: same, network: other, data, shipment })).toEqual(all);
      return all.length > 0;
    });
  });

  test("new names that keep their order change nothing but the names", () => {
    holds(300, (one) => {
      const rename = (id: string) => `x${id}`;
      const shipment = { ...one.shipment, cargo: rename(one.shipment.cargo), from: rename(one.shipment.from), to: rename(one.shipment.to) };
      const before = prepare(one.part, one.shipment);
      const after = prepare(renamed(one.part, rename), shipment);
      const ways = new RouteComparison(before.graph).run();
      expect(new RouteComparison(after.graph).run().front).toEqual(ways.front);
      const services = (list: TransportChain[]) => list.map((c) => c.services);
      expect(services(chains(after))).toEqual(services(chains(before)).map((list) => list.map(rename)));
      return ways.front.length > 0;
    });
  });

  test("new names in the opposite order give the same triples", () => {
    holds(300, (one) => {
      // The last comes first. Only operations keep their order: of several ways to load at a place the first by name is done.
      const operations = new Set((one.part.operations ?? []).map((o) => o.id));
      const rename = (id: string) => (operations.has(id) ? id : `${String.fromCharCode(90 - (id.charCodeAt(id.length - 1) % 26))}-${id}`);
      const shipment = { ...one.shipment, cargo: rename(one.shipment.cargo), from: rename(one.shipment.from), to: rename(one.shipment.to) };
      const before = triples(front(prepare(one.part, one.shipment)));
      expect(triples(front(prepare(renamed(one.part, rename), shipment)))).toEqual(before);
      return before.length > 0;
    });
  });
});

describe("chains", () => {
  test("the total is the sum of the lines, and of the items, to the fen", () => {
    holds(500, (one) => {
      const { graph } = prepare(one.part, one.shipment);
      const { families } = new RouteComparison(graph).run();
      for (const way of families.flatMap((f) => f.ways)) {
        const chain = makeChain(graph, way);
        expect(fen(chain.cost.cny)).toBe(way.costFen);
        expect(Object.values(chain.cost.lines).reduce((sum, cny) => sum + fen(cny), 0)).toBe(way.costFen);
        expect(chain.costItems.reduce((sum, item) => sum + fen(item.cny), 0)).toBe(way.costFen);
        for (const [line, cny] of Object.entries(chain.cost.lines))
          expect(chain.costItems.filter((i) => i.line === line).reduce((sum, i) => sum + fen(i.cny), 0)).toBe(fen(cny));
        const duties = fen(chain.cost.lines["duty"] ?? 0) + fen(chain.cost.lines["fees"] ?? 0);
        expect(fen(chain.cost.logisticsCny)).toBe(way.costFen - duties);
      }
      return families.length > 0;
    });
  });

  test("the time is the sum of its items, to the minute, and every item is a span", () => {
    holds(500, (one) => {
      const { graph, shipment } = prepare(one.part, one.shipment);
      const { families } = new RouteComparison(graph).run();
      for (const way of families.flatMap((f) => f.ways)) {
        const chain = makeChain(graph, way);
        expect(chain.timeItems.reduce((sum, item) => sum + item.minutes, 0)).toBe(way.arrival - shipment.ready);
        for (const item of chain.timeItems) expect(item.minutes).toBeGreaterThan(0);
      }
      return families.length > 0;
    });
  });

  test("the CO2e is the sum of the elements", () => {
    holds(300, (one) => {
      const all = chains(prepare(one.part, one.shipment));
      // A leg's own figure leaves out what loading and unloading emit, so the elements may add up to less.
      const handled = (one.part.operations ?? []).some(
        (o) => (o.kind === "load" || o.kind === "unload") && o.co2eKgPerVehicle !== undefined,
      );
      for (const chain of all) {
        const sum = chain.elements.reduce((kg, element) => kg + element.co2eKg, 0);
        if (handled) expect(sum).toBeLessThanOrEqual(chain.co2eKg + 1e-9);
        else expect(sum).toBeCloseTo(chain.co2eKg, 6);
      }
      return all.length > 0;
    });
  });

  test("shares of evidence add up to 1, where there is anything to share", () => {
    holds(400, (one) => {
      const all = chains(prepare(one.part, one.shipment));
      for (const chain of all) {
        const sum = (shares: Record<string, number>) => Object.values(shares).reduce((a, b) => a + b, 0);
        // Four shares of four decimals each: the sum may be off by twice the last one.
        if (chain.costItems.length > 0) expect(Math.abs(sum(chain.evidence.cost) - 1)).toBeLessThan(0.000_21);
        else expect(sum(chain.evidence.cost)).toBe(0);
        if (chain.timeItems.length > 0) expect(Math.abs(sum(chain.evidence.time) - 1)).toBeLessThan(0.000_21);
        else expect(sum(chain.evidence.time)).toBe(0);
      }
      return all.length > 0;
    });
  });

  test("ranges bracket their values, and open when a figure behind them is uncertain", () => {
    let open = 0;
    holds(400, (one) => {
      const patchable = withPatchable(one.part, new Random(one.seed));
      if (patchable === undefined) return false;
      const all = chains(prepare(patchable.part, one.shipment));
      for (const chain of all) {
        expect(chain.cost.range.low).toBeLessThanOrEqual(chain.cost.cny);
        expect(chain.cost.range.high).toBeGreaterThanOrEqual(chain.cost.cny);
        expect(chain.time.range.low).toBeLessThanOrEqual(chain.time.days);
        expect(chain.time.range.high).toBeGreaterThanOrEqual(chain.time.days);
        const behind = chain.costItems.filter((i) => i.figures.includes("figures/patched")).reduce((sum, i) => sum + fen(i.cny), 0);
        // The figure's range is half to double: an amount that rests on it alone has a range at least as wide as a tenth of itself.
        if (Math.abs(behind) > 10 && patchable.value > 0) {
          open++;
          expect(fen(chain.cost.range.high) - fen(chain.cost.range.low)).toBeGreaterThan(Math.abs(behind) / 10);
        }
      }
      return all.length > 0;
    });
    expect(open).toBeGreaterThan(10);
  });
});

describe("what-ifs", () => {
  test("a patched figure, weighed again, is a fresh compile with that figure", () => {
    let moved = 0;
    holds(600, (one) => {
      const random = new Random(one.seed);
      const patchable = withPatchable(one.part, random);
      if (patchable === undefined) return false;
      const { part, value, isTime } = patchable;
      const changed = isTime ? value + random.pick([1, 6, 24]) : random.pick([value * 2 + 3, value / 2]);
      const before = prepare(part, one.shipment);
      const comparison = new RouteComparison(before.graph);
      const old = comparison.run();
      const { figures } = before.network;
      const index = figures.find("figures/patched");
      if (index >= 0) figures.values[index] = changed;
      if (isTime) retime(before.network);
      const patched = comparison.reweigh();
      const fresh = new RouteComparison(
        prepare({ ...part, figures: { patched: { value: changed, basis: "assumed" } } }, one.shipment).graph,
      ).run();
      expect(patched.front).toEqual(fresh.front);
      expect(patched.families).toEqual(fresh.families);
      if (JSON.stringify(triples(patched.front)) !== JSON.stringify(triples(old.front))) moved++;
      return patched.front.length > 0;
    });
    // The patch must matter often enough for the comparison to mean something.
    expect(moved).toBeGreaterThan(60);
  });
});
