import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Scenario, checkShape, scenario as scenarioSchema } from "../../src/model/index.ts";
import { builtinLevers } from "../../src/network/index.ts";
import { expandSweep, mostRuns } from "../../src/scenario/index.ts";
import { twoWaysScenario } from "../support/two-ways.ts";

const seed = 20261122;
const base: Scenario = {
  ...twoWaysScenario,
  title: { zh: "题", en: "title" },
  levers: [
    { change: "services/ship/stops/dealer", set: { hours: 200 } },
    { use: "guoyuan-fast-clearance", with: { hours: 6 } },
  ],
};
const expand = (sweep: unknown, scenario: Scenario = base) => expandSweep({ ...scenario, sweep: sweep as NonNullable<Scenario["sweep"]> });
/** All runs of a sweep that must be right. */
function runs(sweep: unknown, scenario?: Scenario) {
  const expanded = expand(sweep, scenario);
  expect(expanded.problems).toEqual([]);
  return Array.from({ length: expanded.sweep!.total }, (_, n) => expanded.sweep!.run(n));
}
const problemsOf = (sweep: unknown) => expand(sweep).problems;
const quantities = (sweep: unknown) => runs({ "shipments.small.quantity": sweep }).map(({ values }) => values[0]!.value);

describe("values", () => {
  test("lists, ranges by step and by count, dates, seeds", () => {
    expect(quantities([3, 1, 2])).toEqual([3, 1, 2]);
    expect(quantities({ from: 100, to: 500, step: 100 })).toEqual([100, 200, 300, 400, 500]);
    expect(quantities({ from: 100, to: 450, step: 100 })).toEqual([100, 200, 300, 400]);
    expect(quantities({ from: 5, to: 1, step: -2 })).toEqual([5, 3, 1]);
    expect(quantities({ from: 1, to: 9, count: 3 })).toEqual([1, 5, 9]);
    expect(quantities({ from: 4, to: 4, count: 1 })).toEqual([4]);
    expect(quantities({ seeds: 3 })).toEqual([1, 2, 3]);
    expect(quantities({ seeds: 2, first: 7 })).toEqual([7, 8]);
    const tenths = runs({ "levers.0.set.hours": { from: 0.1, to: 0.5, step: 0.1 } }).map(({ values }) => values[0]!.value);
    expect(tenths).toEqual([0.1, 0.2, 0.3, 0.4, 0.5]);
    const dates = runs({ "shipments.*.ready": { from: "2027-02-22", to: "2027-03-09", step: 7 } });
    expect(dates.map(({ scenario }) => scenario.shipments.map(({ ready }) => ready))).toEqual([
      ["2027-02-22", "2027-02-22"],
      ["2027-03-01", "2027-03-01"],
      ["2027-03-08", "2027-03-08"],
    ]);
  });

  test.each([
    [{ from: 1, to: 9 }, "exactly one of step and count"],
    [{ from: 1, to: 9, step: 1, count: 2 }, "exactly one of step and count"],
    [{ from: 1, to: 9, step: 0 }, "do not lead"],
    [{ from: 1, to: 9, step: -1 }, "do not lead"],
    [{ from: 1, to: 9, count: 1 }, "count"],
    [{ from: "2027-03-01", to: 9, step: 1 }, "two numbers or two dates"],
    [{ from: "2027-02-30", to: "2027-03-09", step: 1 }, "two numbers or two dates"],
    [{ from: "2027-03-01", to: "2027-03-09", step: 0.5 }, "whole days"],
    [{ from: 1, to: 1e9, step: 1 }, "too many runs"],
    [{ from: 0, to: 1, step: 1e-300 }, "too many runs"],
    [{ from: 0, to: 1, count: 2_000_000_000 }, "too many runs"],
    [{ seeds: 1_000_000 }, "too many runs"],
    [[10, 10], "stands twice"],
    [["many"], "should be a number"],
    [[0, -5], "too small"],
  ])("%j is refused: %s", (values, words) => {
    const problems = problemsOf({ "shipments.small.quantity": values });
    expect(problems.length).toBeGreaterThan(0);
    for (const p of problems) {
      expect(p.path).toBe("sweep/shipments.small.quantity");
      expect(p.message.en).toContain(words);
      expect(p.message.zh).not.toBe("");
    }
  });
});

describe("combinations", () => {
  test("every combination, the first path slowest; side by side with zip; groups multiply", () => {
    const pairs = (sweep: unknown) => runs(sweep).map(({ values }) => values.map(({ value }) => value));
    const [a, b] = ["shipments.0.quantity", "levers.guoyuan-fast-clearance.with.hours"];
    expect(pairs({ [a]: [1, 2], [b]: [3, 4, 5] })).toEqual([
      [1, 3],
      [1, 4],
      [1, 5],
      [2, 3],
      [2, 4],
      [2, 5],
    ]);
    expect(pairs({ [a]: [1, 2], [b]: [3, 4], zip: true })).toEqual([
      [1, 3],
      [2, 4],
    ]);
    expect(pairs([{ [a]: [1, 2], [b]: [3, 4], zip: true }, { "shipments.1.quantity": [8, 9] }])).toEqual([
      [1, 3, 8],
      [1, 3, 9],
      [2, 4, 8],
      [2, 4, 9],
    ]);
    expect(problemsOf({ [a]: [1, 2], [b]: [3], zip: true })[0]!.message.en).toContain("as many values");
    // Side by side, one of them may repeat.
    expect(pairs({ [a]: [1, 1], [b]: [3, 4], zip: true })).toHaveLength(2);
    expect(problemsOf({ [a]: [1, 1], [b]: [3, 3], zip: true })[0]!.message.en).toContain("stands twice");
  });

  test("a run changes its paths and its name, and nothing else; the scenario itself stays as it was", () => {
    const before = JSON.stringify(base);
    const [run] = runs({ "levers.0.set.hours": [99], "shipments.1.valueCny": [5] });
    expect(run!.scenario).toEqual({
      ...base,
      id: "two-ways~hours=99,valueCny=5",
      title: { zh: "题（hours=99,valueCny=5）", en: "title (hours=99,valueCny=5)" },
      levers: [{ change: "services/ship/stops/dealer", set: { hours: 99 } }, base.levers![1]],
      shipments: [base.shipments[0], { ...base.shipments[1], valueCny: 5 }],
    });
    expect(JSON.stringify(base)).toBe(before);
    // A path of slashes, for names with dots; a key that was not there; whole objects.
    expect(runs({ "levers/0/set": [{ hours: 1 }, { hours: 2 }] }).map(({ scenario }) => scenario.id)).toEqual([
      "two-ways~set=v1",
      "two-ways~set=v2",
    ]);
    expect(runs({ "routes.alternatives": [5] })[0]!.scenario.routes).toEqual({ alternatives: 5 });
  });

  test("as many runs as the product says, each a whole scenario with an id of its own that any file system takes", () => {
    const values = fc.oneof(
      fc.uniqueArray(fc.integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 4 }),
      fc
        .record({ from: fc.integer({ min: 1, max: 20 }), count: fc.integer({ min: 2, max: 4 }) })
        .map(({ from, count }) => ({ from, to: from + count - 1, count })),
    );
    const words = fc.uniqueArray(fc.string({ unit: "grapheme", minLength: 0, maxLength: 60 }), { minLength: 1, maxLength: 4 });
    const sweeps = fc.record({
      "shipments.small.quantity": values,
      "shipments.1.quantity": values,
      "levers.guoyuan-fast-clearance.with.hours": values,
      "shipments.large.to": words,
      "shipments.*.from": words,
    });
    fc.assert(
      fc.property(sweeps, fc.nat(), (sweep, pick) => {
        const { sweep: expanded, problems } = expand(sweep);
        expect(problems).toEqual([]);
        const size = (axis: unknown) => (Array.isArray(axis) ? axis.length : (axis as { count: number }).count);
        expect(expanded!.total).toBe(Object.values(sweep).reduce((all, axis) => all * size(axis), 1));
        const all = Array.from({ length: expanded!.total }, (_, n) => expanded!.run(n));
        const ids = all.map(({ scenario }) => scenario.id);
        expect(new Set(ids.map((id) => id.toLowerCase())).size).toBe(ids.length);
        for (const id of ids) {
          expect(id).toMatch(/^two-ways~[A-Za-z0-9._=,-]+$/);
          expect(id.length).toBeLessThanOrEqual(150);
        }
        const run = all[pick % all.length]!;
        expect(checkShape(run.scenario, scenarioSchema).problems).toEqual([]);
        expect(run.scenario.shipments[1]!.to).toBe(run.values.find(({ path }) => path === "shipments.large.to")!.value);
        expect(JSON.stringify(expand(sweep).sweep!.run(pick % all.length))).toBe(JSON.stringify(run));
      }),
      { seed, numRuns: 60 },
    );
  });

  test("at most ten thousand runs; exactly so many are possible", () => {
    const hundred = { from: 1, to: 100, step: 1 };
    const full = expand({ "shipments.0.quantity": hundred, "shipments.1.quantity": hundred });
    expect(full.sweep!.total).toBe(mostRuns);
    expect(full.sweep!.run(mostRuns - 1).scenario.id).toBe("two-ways~shipments.0.quantity=100,shipments.1.quantity=100");
    const [limit] = problemsOf({ "shipments.0.quantity": hundred, "shipments.1.quantity": { from: 1, to: 101, step: 1 } });
    expect(limit).toMatchObject({ path: "sweep", code: "limit" });
    expect(limit!.message.en).toContain("10100 runs");
    expect(limit!.message.zh).toContain("10100");
  });
});

describe("paths", () => {
  test.each([
    ["shipments.smal.quantity", "has no 'smal'", "small"],
    ["shipments.7.quantity", "has no '7'", "0 to 1"],
    ["shipmets.0.quantity", "the scenario has no shipmets", "shipments"],
    ["demand.0.quantity", "the scenario has no demand", ""],
    ["shipments.0.quantty", "unknown key 'quantty'", "quantity"],
    ["shipments.0.quantity.value", "is a value", "shipments.0.quantity"],
    ["nonsense", "unknown key 'nonsense'", ""],
    ["levers.1.wiht.hours", "unknown key 'wiht'", "with"],
    ["id", "cannot be swept", ""],
    ["sweep", "cannot be swept", ""],
    ["", "cannot be used", ""],
    ["shipments..quantity", "cannot be used", ""],
    ["shipments.0.__proto__.quantity", "cannot be used", ""],
    ["__proto__.polluted", "cannot be used", ""],
    ["constructor.prototype.polluted", "cannot be used", ""],
    ["shipments.constructor", "cannot be used", ""],
    ["shipments.0.toString", "unknown key", ""],
    ["shipments.length", "has no 'length'", ""],
  ])("'%s': %s", (path, words, hint) => {
    const problems = problemsOf({ [path === "__proto__" ? "x" : path]: [1, 2] });
    expect(problems).toHaveLength(1);
    expect(problems[0]!.path).toBe(`sweep/${path}`);
    expect(problems[0]!.message.en).toContain(words);
    if (hint !== "") expect(problems[0]!.hint!.en).toContain(hint);
    expect(Object.prototype).not.toHaveProperty("polluted");
  });

  test("paths that mean the same place, or one within the other, contradict each other", () => {
    for (const [a, b] of [
      ["shipments.0.quantity", "shipments.small.quantity"],
      ["shipments.*.quantity", "shipments.1.quantity"],
      ["levers.0.set", "levers.0.set.hours"],
    ] as const) {
      const found = problemsOf({ [a]: a.endsWith("set") ? [{}] : [1], [b]: [2] }).filter(({ code }) => code === "conflict");
      expect(found).toHaveLength(1);
      expect(found[0]!.path).toBe(`sweep/${b}`);
    }
  });

  test("all problems at once; no path at all is one", () => {
    expect(
      problemsOf({ "a.0": [1], "shipments.0.quantity": ["x"], "shipments.0.ready": { from: 1, to: 2 } }).map(({ path }) => path),
    ).toEqual(["sweep/a.0", "sweep/shipments.0.quantity", "sweep/shipments.0.ready"]);
    expect(problemsOf({})).toMatchObject([{ path: "sweep", code: "missing-key" }]);
    expect(expandSweep(base)).toEqual({ sweep: undefined, problems: [] });
  });

  test("what stands in the file is held to the schema", () => {
    const read = (sweep: unknown) => checkShape({ ...base, sweep }, scenarioSchema).problems;
    expect(read({ "shipments.0.quantity": [1], zip: true })).toEqual([]);
    expect(read([{ "shipments.0.quantity": { seeds: 3 } }])).toEqual([]);
    for (const wrong of [3, [], { a: 3 }, { a: [] }, { a: { from: 1, to: 2, stpe: 1 } }, { a: { seeds: 0 } }, { zip: "yes", a: [1] }])
      expect(read(wrong).length).toBeGreaterThan(0);
  });

  test("a lever that is swept must be there", async () => {
    const shelf = await builtinLevers();
    expect(shelf.some(({ id }) => id === "guoyuan-fast-clearance")).toBe(true);
    expect(runs({ "levers.guoyuan-fast-clearance.with.hours": [3, 6] }).map(({ scenario }) => scenario.levers![1])).toEqual([
      { use: "guoyuan-fast-clearance", with: { hours: 3 } },
      { use: "guoyuan-fast-clearance", with: { hours: 6 } },
    ]);
  });
});
