import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { NetworkPart, Scenario } from "../../src/model/index.ts";
import { builtinLevers } from "../../src/network/index.ts";
import { diffText, makeStyle } from "../../src/report/index.ts";
import { apportion, attribute, makeOrders, mostExact } from "../../src/scenario/attribution.ts";
import {
  type DiffResult,
  type ScenarioDiff,
  diffPlans,
  diffResults,
  diffScenarios,
  runPlan,
  runScenario,
} from "../../src/scenario/index.ts";
import { twoWays, twoWaysScenario } from "../support/two-ways.ts";

const seed = 20261122;
const shelf = await builtinLevers();
const diff = (a: Scenario, b: Scenario) => diffScenarios(a, b, { shelf });
const per = { costCny: 100, days: 100, co2eKg: 1000 } as const;
const steps = ({ measure }: DiffResult, value: number) => Math.round(value * (per as Record<string, number>)[measure]!);
const keyOf = ({ shipment, option, measure }: DiffResult) => `${shipment} ${option} ${measure}`;

/** Value of a game for the players that are in it. */
type Game = (made: readonly boolean[]) => number | undefined;
const play = (count: number, game: Game, most?: number) => {
  const orders = makeOrders(count, most);
  return { orders, found: attribute(orders, orders.states.map(game)) };
};

describe("parts", () => {
  test("Shapley values worked out by hand", () => {
    // Gloves: one left (0), two right (1, 2); a pair is worth 6. The left one gets 4, the right ones 1 each.
    const gloves: Game = ([left, one, two]) => (left === true && (one === true || two === true) ? 6 : 0);
    expect(play(3, gloves).found).toEqual({ parts: [4, 1, 1], moves: [true, true, true], orders: 6 });
    // An airport runway as long as the largest plane needs: costs 3, 6, 12 are shared 1, 1 + 3/2, 1 + 3/2 + 6.
    const runway: Game = ([a, b, c]) => 2 * Math.max(a === true ? 3 : 0, b === true ? 6 : 0, c === true ? 12 : 0);
    expect(play(3, runway).found!.parts).toEqual([2, 5, 17]);
    // What never moves anything has no part; what moves it both ways has a part of nothing, but moves.
    const both: Game = ([a, b]) => (a === b ? 0 : 5);
    expect(play(3, both).found).toEqual({ parts: [0, 0, 0], moves: [true, true, false], orders: 6 });
    expect(play(0, () => 7).found).toEqual({ parts: [], moves: [], orders: 1 });
  });

  test("orders through a state that cannot be are left out; where all are, there are no parts", () => {
    // The second only makes sense after the first.
    const after: Game = ([a, b]) => (b === true && a !== true ? undefined : (a === true ? 10 : 0) + (b === true ? 3 : 0));
    expect(play(2, after).found).toEqual({ parts: [10, 3], moves: [true, true], orders: 1 });
    const neither: Game = ([a, b]) => (a === b ? 1 : undefined);
    expect(play(2, neither).found).toBeUndefined();
  });

  test("remainders: whole parts that add up to the total, none off by a whole step, turned round exactly opposite", () => {
    const numerators = fc.array(fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(numerators, fc.integer({ min: 1, max: 720 }), (list, denominator) => {
        // The total is whole: the last numerator makes it so.
        const rest = list.reduce((sum, n) => sum + n, 0) % denominator;
        const all = list.map((n, i) => (i === list.length - 1 ? n - rest : n));
        const total = all.reduce((sum, n) => sum + n, 0) / denominator;
        const parts = apportion(all, denominator, total);
        expect(parts.reduce((sum, n) => sum + n, 0)).toBe(total);
        parts.forEach((part, i) => {
          expect(Number.isInteger(part)).toBe(true);
          expect(Math.abs(part - all[i]! / denominator)).toBeLessThan(1);
        });
        expect(
          apportion(
            all.map((n) => -n),
            denominator,
            -total,
          ),
        ).toEqual(parts.map((n) => 0 - n));
      }),
      { seed, numRuns: 500 },
    );
  });

  test("any game, any number of changes: parts add up, and the way back has the same with the other sign", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 16 }), fc.integer(), fc.integer({ min: 30, max: 300 }), (count, salt, most) => {
        // A value for each state, from the state alone.
        const game: Game = (made) => made.reduce((hash, m, i) => (hash * 31 + (m ? i + 7 : 3) + salt) % 100_003, 17);
        const { orders, found } = play(count, game, most);
        expect(orders.isExact).toBe(count <= mostExact);
        if (!orders.isExact) expect(orders.states.length).toBeLessThanOrEqual(Math.max(most, 2 * count));
        const [none, all] = [game(orders.states[0]!)!, game(orders.states[0]!.map(() => true))!];
        expect(found!.parts.reduce((sum, part) => sum + part, 0)).toBe(all - none);
        const back = play(count, (made) => game(made.map((m) => !m)), most).found!;
        expect(back.parts).toEqual(found!.parts.map((part) => 0 - part));
        expect(back.moves).toEqual(found!.moves);
      }),
      { seed, numRuns: 60 },
    );
  });

  test("a game of independent parts is shared exactly, by all orders or by some", () => {
    for (const count of [3, 6, 9, 25]) {
      const game: Game = (made) => made.reduce((sum, m, i) => sum + (m ? (i + 1) * 11 : 0), 0);
      expect(play(count, game).found!.parts).toEqual(Array.from({ length: count }, (_, i) => (i + 1) * 11));
    }
  });
});

const withNetwork = (change: (part: NetworkPart) => void): NetworkPart => {
  const part = structuredClone(twoWays);
  change(part);
  return part;
};
/** Things that can be different, each by itself. */
const mutations: Record<string, (s: Scenario) => Scenario> = {
  quantity: (s) => ({ ...s, shipments: s.shipments.map((x) => (x.id === "small" ? { ...x, quantity: 37 } : x)) }),
  ready: (s) => ({ ...s, shipments: s.shipments.map((x) => (x.id === "small" ? { ...x, ready: "2027-03-05" } : x)) }),
  value: (s) => ({ ...s, shipments: s.shipments.map((x) => (x.id === "large" ? { ...x, valueCny: 260_000 } : x)) }),
  dropped: (s) => ({ ...s, shipments: s.shipments.filter((x) => x.id !== "large") }),
  added: (s) => ({ ...s, shipments: [...s.shipments, { ...s.shipments[0]!, id: "more", quantity: 3 }] }),
  rate: (s) => ({ ...s, levers: [...(s.levers ?? []), { change: "figures/ship-rate", set: { value: 3100.37 } }] }),
  closed: (s) => ({ ...s, levers: [...(s.levers ?? []), { change: "services/train", set: { enabled: false } }] }),
  slower: (s) => ({ ...s, levers: [...(s.levers ?? []), { change: "services/ship/stops/dealer", set: { hours: 301 } }] }),
  credit: (s) => ({ ...s, levers: [...(s.levers ?? []), { use: "credit-terms", with: { ratePercent: 2.5 } }] }),
  listed: (s) => ({ ...s, routes: { alternatives: 7 } }),
};
const names = Object.keys(mutations);
const changed = (list: readonly string[]) => list.reduce<Scenario>((s, name) => mutations[name]!(s), { ...twoWaysScenario, id: "changed" });

function checkSums({ results }: ScenarioDiff): void {
  for (const result of results) {
    if (result.parts === undefined) continue;
    expect(result.parts.reduce((sum, { value }) => sum + steps(result, value), 0)).toBe(steps(result, result.change!));
    expect(steps(result, result.after!) - steps(result, result.before!)).toBe(steps(result, result.change!));
  }
}

describe("two scenarios", () => {
  test("any set of changes: the ends are what a run gives, parts add up to the fen, and turned round they are opposite", async () => {
    const sets = fc.record({ a: fc.subarray(names), b: fc.subarray(names) });
    await fc.assert(
      fc.asyncProperty(sets, async ({ a, b }) => {
        const [from, to] = [changed(a), changed(b)];
        const forward = await diff(from, to);
        checkSums(forward);
        const best = (scenario: Scenario) => {
          const found = new Map<string, number>();
          for (const { id, points } of runScenario(scenario, undefined, shelf).shipments)
            for (const point of points)
              for (const option of [point.option, "any"])
                for (const measure of ["costCny", "days", "co2eKg"] as const) {
                  const key = `${id} ${option} ${measure}`;
                  found.set(key, Math.min(found.get(key) ?? Number.POSITIVE_INFINITY, point[measure]));
                }
          return found;
        };
        const [before, after] = [best(from), best(to)];
        for (const result of forward.results) {
          expect(result.before).toBe(before.get(keyOf(result)));
          expect(result.after).toBe(after.get(keyOf(result)));
        }
        expect(forward.results.length + forward.unchanged).toBe(new Set([...before.keys(), ...after.keys()]).size);
        const back = await diff(to, from);
        expect(back.differences.map(({ path, hasEffect }) => [path, hasEffect])).toEqual(
          forward.differences.map(({ path, hasEffect }) => [path, hasEffect]),
        );
        const rows = (found: ScenarioDiff, sign: number) =>
          found.results
            .map((r) => [
              keyOf(r),
              ...(sign > 0 ? [r.before, r.after] : [r.after, r.before]),
              r.parts?.map((p) => [p.difference, sign * p.value]),
              r.together,
            ])
            .sort(([x], [y]) => (String(x) < String(y) ? -1 : 1));
        expect(rows(back, -1)).toEqual(rows(forward, 1));
      }),
      { seed, numRuns: 25 },
    );
  });

  test("parts are the Shapley values of separate runs", async () => {
    const players = ["rate", "closed", "slower"];
    const found = await diff(twoWaysScenario, changed(players));
    const value = (list: readonly string[]) =>
      Math.min(...runScenario(changed(list), undefined, shelf).shipments[1]!.points.map(({ costCny }) => Math.round(costCny * 100)));
    const orders = [
      [0, 1, 2],
      [0, 2, 1],
      [1, 0, 2],
      [1, 2, 0],
      [2, 0, 1],
      [2, 1, 0],
    ];
    const shares = players.map(
      (_, player) =>
        orders.reduce((sum, order) => {
          const before = order.slice(0, order.indexOf(player)).map((i) => players[i]!);
          return sum + value([...before, players[player]!]) - value(before);
        }, 0) / 6,
    );
    const cost = found.results.find((r) => r.shipment === "large" && r.option === "any" && r.measure === "costCny")!;
    const byPath = new Map(cost.parts!.map(({ difference, value: v }) => [found.differences[difference]!.path, Math.round(v * 100)]));
    expect(cost.change).toBeGreaterThan(0);
    ["levers/figures/ship-rate", "levers/services/train", "levers/services/ship/stops/dealer"].forEach((path, i) => {
      expect(Math.abs((byPath.get(path) ?? 0) - shares[i]!)).toBeLessThan(1);
    });
    expect(found.methods.find(({ shipment }) => shipment === "large")).toMatchObject({ method: "shapley", orders: 6, states: 8 });
  });

  test("differences by path: levers by title, a parameter with what holds without it, shipments by name, figures whole", async () => {
    const a: Scenario = {
      ...twoWaysScenario,
      levers: [{ use: "credit-terms" }, { change: "services/ship", set: { enabled: true, charges: [{ perVehicle: 9 }] } }],
    };
    const b: Scenario = {
      ...a,
      id: "b",
      title: "another",
      levers: [
        { use: "credit-terms", with: { ratePercent: 2.5 }, note: "n" },
        { change: "services/ship", set: { enabled: true, charges: [{ perVehicle: 11 }] } },
      ],
      network: withNetwork((part) => {
        part.services![2]!.stops[1]!.hours = 140;
        part.figures!["truck-rate"] = 5100;
        part.locations![1]!.name = "Harbour";
      }),
      shipments: a.shipments.toReversed().map((s) => (s.id === "small" ? { ...s, due: "2027-04-20" } : s)),
    };
    const found = await diff(a, b);
    expect(found.differences.map(({ path, kind, before, after }) => [path, kind, before, after])).toEqual([
      ["levers/credit-terms/with/ratePercent", "added", undefined, 2.5],
      ["levers/services/ship/set/charges", "changed", [{ perVehicle: 9 }], [{ perVehicle: 11 }]],
      ["network/figures/truck-rate", "changed", twoWays.figures!["truck-rate"], 5100],
      ["network/locations/port/name", "changed", "Port", "Harbour"],
      ["network/services/train/stops/dealer/hours", "changed", 150, 140],
      ["shipments/small/due", "added", undefined, "2027-04-20"],
    ]);
    expect(found.words).toEqual(["id", "levers/credit-terms/note", "title"]);
    const credit = shelf.find(({ id }) => id === "credit-terms")!;
    expect(found.differences[0]).toMatchObject({ standard: credit.parameters["ratePercent"]!.value });
    expect(found.differences[0]!.title.zh).toContain(credit.title.zh);
    expect(found.differences[0]!.title.en).toContain(credit.parameters["ratePercent"]!.title.en);
    expect(found.differences[3]).toMatchObject({ hasEffect: false });
    // The due date ends the search a month later than it would end otherwise: nothing here.
    expect(found.differences.find(({ path }) => path === "shipments/small/due")).toMatchObject({ hasEffect: false });
    expect(found.differences[2]).toMatchObject({ hasEffect: true });
    for (const language of ["zh", "en"] as const) {
      const text = diffText(found, { language, width: 120, style: makeStyle(false) });
      expect(text).toContain(language === "zh" ? "对结果无影响" : "no effect on any result");
      expect(text).toContain(credit.title[language]);
      expect(text).toContain(`${language === "zh" ? "默认" : "default"} ${credit.parameters["ratePercent"]!.value}`);
    }
  });

  test("no difference, or one of words only, says so and moves nothing", async () => {
    const found = await diff(twoWaysScenario, { ...twoWaysScenario, title: "words" });
    expect(found).toMatchObject({ differences: [], words: ["title"], results: [] });
    expect(found.unchanged).toBeGreaterThan(10);
    const text = diffText(found, { language: "en", width: 100, style: makeStyle(false) });
    expect(text).toContain("the inputs do not differ");
    expect(text).toContain("the results do not differ");
  });

  test("an option that is lost names what loses it; a shipment that is new is one difference", async () => {
    const found = await diff(twoWaysScenario, changed(["closed", "added", "listed"]));
    expect(found.differences.map(({ path, kind, hasEffect }) => [path, kind, hasEffect])).toEqual([
      ["levers/services/train", "added", true],
      ["routes/alternatives", "added", false],
      ["shipments/more", "added", true],
    ]);
    const lost = found.results.find((r) => r.shipment === "large" && r.option === "rail-auto-rack" && r.measure === "costCny")!;
    expect(lost).toMatchObject({ together: [0] });
    expect(lost.after).toBeUndefined();
    expect(found.results.find((r) => r.shipment === "more" && r.option === "ro-ro" && r.measure === "costCny")).toMatchObject({
      together: [2],
    });
  });

  test("what makes no sense alone is taken together: a place and the shipment that goes there", async () => {
    const network = withNetwork((part) => {
      part.locations!.push({ id: "shop", name: "Shop", kind: "market", country: "KZ" });
      part.services!.push({
        id: "van",
        mode: "road",
        form: "wheels",
        stops: [{ at: "works" }, { at: "shop", hours: 50 }],
        charges: [{ perVehicle: 77 }],
      });
    });
    const moved = { ...twoWaysScenario, network, shipments: twoWaysScenario.shipments.map((s) => ({ ...s, to: "shop" })) };
    const found = await diff(twoWaysScenario, moved);
    checkSums(found);
    // Only once the place and the van are there can the shipment go there: one order of two remains, and it gives the whole change to the destination.
    const cost = found.results.find((r) => r.shipment === "small" && r.option === "road" && r.measure === "costCny")!;
    expect(cost.parts!.map(({ difference }) => found.differences[difference]!.path)).toEqual(["shipments/small/to"]);
  });

  test("changes on top of each other keep their order: put the other way round they are one difference", async () => {
    const first = { change: "services/*", set: { enabled: false } };
    const second = { change: "services/truck", set: { enabled: true } };
    const found = await diff({ ...twoWaysScenario, levers: [first, second] }, { ...twoWaysScenario, levers: [second, first] });
    expect(found.differences).toMatchObject([{ path: "levers", kind: "changed", hasEffect: true }]);
  });

  test("more than six differences: an average over orders that is stated; more than forty are taken together", async () => {
    const rates = withNetwork((part) => {
      for (let i = 0; i < 50; i++) part.figures![`extra-${i}`] = i;
      part.services![0]!.charges = [{ perVehicle: 200 }];
    });
    const more = withNetwork((part) => {
      for (let i = 0; i < 50; i++) part.figures![`extra-${i}`] = i + 1;
      part.services![0]!.charges = [{ perVehicle: 210 }];
      part.figures!["ship-rate"] = 2650;
    });
    const small = (network: NetworkPart): Scenario => ({ ...twoWaysScenario, network, shipments: [twoWaysScenario.shipments[0]!] });
    const together = await diff(small(rates), small(more));
    expect(together.grouping).toBe("list");
    expect(together.differences.map(({ path, kind }) => [path, kind])).toEqual([
      ["network/figures", "several"],
      ["network/services", "changed"],
    ]);
    checkSums(together);
    const eight = await diff(twoWaysScenario, changed(["quantity", "ready", "rate", "closed", "slower", "credit", "value"]));
    checkSums(eight);
    expect(eight.methods).toMatchObject([
      { shipment: "small", method: "shapley", orders: 720, states: 64 },
      { shipment: "large", method: "shapley", orders: 120 },
    ]);
    const levers = Array.from({ length: 8 }, (_, i) => ({
      change: i < 4 ? "figures/ship-rate" : "figures/truck-rate",
      set: { value: 3000 + 37 * i },
    }));
    const nine = await diff(twoWaysScenario, { ...twoWaysScenario, levers });
    checkSums(nine);
    expect(nine.differences).toHaveLength(8);
    expect(nine.methods[0]).toMatchObject({ method: "orders", orders: 16, states: 58 });
    expect(diffText(nine, { language: "en", width: 120, style: makeStyle(false) })).toContain("over 16 orders");
  });

  test("problems of both are thrown at once, each with its side; a sweep is refused", async () => {
    const wrong: Scenario = { ...twoWaysScenario, levers: [{ use: "no-such" }] };
    const swept: Scenario = { ...twoWaysScenario, sweep: { "shipments.0.quantity": [1, 2] } };
    await expect(diff(wrong, swept)).rejects.toMatchObject({ problems: [{ path: "A → levers/0/use" }, { path: "B → sweep" }] });
  });
});

describe("two plans", () => {
  const network = withNetwork((part) => {
    for (const service of part.services!) {
      if (service.id === "ship") service.slots = 30;
      if (service.id === "train") service.slots = 12;
      if (service.id === "truck") service.enabled = false;
    }
  });
  const planned: Scenario = {
    id: "planned",
    network,
    shipments: [],
    horizon: { from: "2027-03-01", weeks: 3 },
    demand: [{ cargo: "car", quantity: 240, from: "works", to: "dealer" }],
  };
  const more: Scenario = {
    ...planned,
    levers: [{ change: "services/ship", set: { slots: 45 } }],
    demand: [{ cargo: "car", quantity: 300, from: "works", to: "dealer" }],
    plan: { unservedCny: 9000 },
  };

  test("totals of the plan are taken apart too, exactly; turned round they are opposite", async () => {
    const found = await diff(planned, more);
    expect(found.differences.map(({ path, hasEffect }) => [path, hasEffect])).toEqual([
      ["demand/1/quantity", true],
      ["levers/services/ship", true],
      ["plan/unservedCny", true],
    ]);
    const result = (measure: string) => found.results.find((r) => r.measure === measure && r.shipment === undefined)!;
    const [a, b] = [await runPlan(planned, { shelf }), await runPlan(more, { shelf })];
    for (const measure of ["carried", "totalCny"] as const) {
      const { before, after, change, parts } = result(measure);
      expect([before, after]).toEqual([a.totals[measure], b.totals[measure]]);
      const per = measure === "carried" ? 1 : 100;
      expect(parts!.reduce((sum, { value }) => sum + Math.round(value * per), 0)).toBe(Math.round(change! * per));
    }
    // More slots carry more vehicles.
    const slots = result("carried").parts!.find(({ difference }) => difference === 1)!.value;
    expect(slots).toBeGreaterThan(0);
    const back = await diff(more, planned);
    expect(back.results.map(({ measure, parts }) => [measure, parts!.map(({ value }) => -value)])).toEqual(
      found.results.map(({ measure, parts }) => [measure, parts!.map(({ value }) => value)]),
    );
    const text = diffText(found, { language: "zh", width: 120, style: makeStyle(false) });
    for (const words of ["运力计划", "运出（辆）", "留下一辆的代价"]) expect(text).toContain(words);
    const totals = diffPlans(a, b);
    const moved = found.results.filter(({ change }) => change !== 0);
    expect(totals.results.map(({ measure, change }) => [measure, change])).toEqual(moved.map(({ measure, change }) => [measure, change]));
  });
});

describe("two results", () => {
  test("figures and bests are compared; there are no parts, and that is said", () => {
    const [a, b] = [runScenario(twoWaysScenario), runScenario(changed(["rate", "closed"]), undefined, shelf)];
    const found = diffResults(a, b);
    expect(found.differences).toMatchObject([{ path: "figures/ship-rate", before: 2600, after: 3100.37 }]);
    expect(found.results.every(({ parts }) => parts === undefined)).toBe(true);
    expect(found.results.some(({ change }) => change !== undefined && change > 0)).toBe(true);
    expect(diffText(found, { language: "en", width: 100, style: makeStyle(false) })).toContain("Result files do not hold their scenarios");
    expect(diffResults(a, a)).toMatchObject({ differences: [], results: [] });
  });
});
