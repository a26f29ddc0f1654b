import { readFileSync, readdirSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type Change,
  type Lever,
  type LeverUse,
  InputError,
  type Scenario,
  checkShape,
  lever as leverSchema,
  scenario as scenarioSchema,
} from "../../src/model/index.ts";
import { builtinLevers, builtinNetwork, checkNetwork } from "../../src/network/index.ts";
import { applyLevers, checkScenario, leverDemand, leverPlan, scenarioNetwork } from "../../src/scenario/index.ts";
import { smallScenario } from "../support/cli.ts";
import { baseline, differences } from "../support/levers.ts";

const shelf = await builtinLevers();
const base = builtinNetwork();
const read = (file: string): unknown => JSON.parse(readFileSync(file, "utf8"));
const use = (...ids: string[]): LeverUse[] => ids.map((id) => ({ use: id }));
const applied = (entries: (Change | LeverUse)[], levers: readonly Lever[] = shelf) => applyLevers(base, entries, levers, true);

/** Every parameter that a value refers to. */
function references(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(references);
  if (value === null || typeof value !== "object") return [];
  const record = value as Record<string, unknown>;
  return typeof record["param"] === "string" ? [record["param"]] : Object.values(record).flatMap(references);
}

describe("the files", () => {
  const files = readdirSync("seeds/levers");

  test.each(files)("%s: shape, evidence, references", (file) => {
    const { value, problems } = checkShape(read(`seeds/levers/${file}`), leverSchema, file);
    expect(problems).toEqual([]);
    const lever = value!;
    expect(`${lever.id}.json`).toBe(file);
    const used = new Set(references([lever.changes, lever.demand, lever.plan]));
    expect([...used].sort()).toEqual(Object.keys(lever.parameters).sort());
    const sources = new Set([...base.sources, ...(lever.sources ?? [])].map((s) => s.id));
    for (const [name, { value: v, low, high, basis, source, note }] of Object.entries(lever.parameters)) {
      expect(low <= v && v <= high, `${name}: ${low} ${v} ${high}`).toBe(true);
      expect(low < high, name).toBe(true);
      for (const id of typeof source === "string" ? [source] : (source ?? [])) expect(sources, name).toContain(id);
      if (basis !== "assumed") expect(source, name).toBeDefined();
      expect(note.zh.length > 3 && note.en.length > 3, name).toBe(true);
    }
    for (const other of lever.conflictsWith ?? []) expect(shelf.find((l) => l.id === other)?.conflictsWith).toContain(lever.id);
    for (const { quote } of lever.documents) expect(quote.length).toBeGreaterThan(3);
    expect(lever.changes.length + (lever.demand?.length ?? 0)).toBeGreaterThan(0);
  });

  test("every row that touches logistics has a lever; the decision record gives the reason for each that has none", () => {
    const rows = new Set(shelf.flatMap((lever) => lever.rows));
    const without = Array.from({ length: 48 }, (_, i) => i + 1).filter((row) => !rows.has(row));
    expect(without).toEqual([1, 2, 15, 32, 44, 48]);
    const record = readFileSync("docs/decisions/010-levers.md", "utf8");
    for (const row of without) expect(record).toMatch(new RegExp(`^\\| ${row} \\|`, "m"));
  });

  test("a lever alone leaves a network that is sound, in whatever way its parameters are set", { timeout: 300_000 }, () => {
    for (const lever of shelf) {
      const ends = Object.entries(lever.parameters).flatMap(([name, { low, high }]) => [{ [name]: low }, { [name]: high }]);
      for (const values of [{}, ...ends]) {
        const { data, problems } = applied([{ use: lever.id, with: values }]);
        expect(
          problems.filter((p) => p.severity === "error"),
          lever.id,
        ).toEqual([]);
        expect(
          checkNetwork(data).filter((p) => p.severity === "error"),
          lever.id,
        ).toEqual([]);
      }
    }
  });
});

describe("levers together", () => {
  test("every pair commutes, or contradicts each other in both orders as declared", { timeout: 300_000 }, () => {
    const alone = new Map(shelf.map((lever) => [lever.id, differences(base, applied(use(lever.id)).data)]));
    const membersOf = (id: string) => new Set(alone.get(id)!.map((path) => path.split("/").slice(0, 2).join("/")));
    for (const [i, a] of shelf.entries()) {
      for (const b of shelf.slice(i + 1)) {
        const one = applied(use(a.id, b.id));
        const conflict = (outcome: typeof one) => outcome.problems.some((p) => p.code === "conflict");
        const members = membersOf(b.id);
        if (a.conflictsWith?.includes(b.id) !== true && ![...membersOf(a.id)].some((member) => members.has(member))) {
          // Nothing in common: together they change what each changes alone.
          expect(conflict(one), `${a.id} ${b.id}`).toBe(false);
          expect(differences(base, one.data).sort(), `${a.id} ${b.id}`).toEqual([...alone.get(a.id)!, ...alone.get(b.id)!].sort());
          continue;
        }
        const other = applied(use(b.id, a.id));
        expect(conflict(one), `${a.id} ${b.id}`).toBe(a.conflictsWith?.includes(b.id) === true);
        expect(conflict(other), `${b.id} ${a.id}`).toBe(conflict(one));
        expect(differences(one.data, other.data), `${a.id} ${b.id}`).toEqual([]);
      }
    }
  });

  test("any number of levers in any order give the same network", () => {
    const measures = shelf.filter((lever) => lever.kind === "measure");
    fc.assert(
      fc.property(fc.shuffledSubarray(measures, { minLength: 3 }), (some) => {
        const ids = some.map((lever) => lever.id);
        const [one, other] = [applied(use(...ids)), applied(use(...ids.toReversed()))];
        expect(one.problems.filter((p) => p.severity === "error")).toEqual([]);
        expect(differences(one.data, other.data)).toEqual([]);
      }),
      { numRuns: 25 },
    );
  });

  test("all measures of both documents go together", () => {
    const ids = shelf.filter((lever) => lever.kind === "measure").map((lever) => lever.id);
    const { data, problems } = applied(use(...ids));
    expect(problems).toEqual([]);
    expect(checkNetwork(data).filter((p) => p.severity === "error")).toEqual([]);
  });

  test("factors multiply and amounts add, whatever the order; ranges widen, the basis is the weakest", () => {
    const { data } = applied(use("dg-mutual-recognition", "dg-declaration"));
    const rule = data.rules.find((r) => r.id === "dg-box-standard")!;
    // 120 h - 25 % of the declaration's day - 1.5 d; low: 48 h - 6 h - 2 d would be less than nothing.
    expect(rule.addHours).toMatchObject({ value: 78, low: 0, basis: "assumed" });
    const { data: finance } = applied(use("credit-terms", "bill-of-lading-finance", "insured-lending"));
    expect(finance.finance.capitalPercentPerYear).toMatchObject({ value: 2.4 * 0.84 - 0.5, basis: "assumed" });
  });

  test("a measure keeps the evidence of what it changes, and adds its own", () => {
    const { data } = applied(use("rail-agreement-price"));
    const before = base.figures["rail-rate-moscow"] as { value: number; low: number; high: number; source: string[] | string };
    const after = data.figures["rail-rate-moscow"] as {
      value: number;
      low: number;
      high: number;
      source: string[];
      note: { zh: string; en: string };
    };
    expect(after.value).toBeCloseTo(before.value * 0.9, 9);
    expect(after.low).toBeCloseTo(before.low * 0.8, 9);
    expect(after.high).toBeCloseTo(before.high, 9);
    expect(after.source).toEqual([before.source].flat());
    expect(after.note.en).toContain("× 0.9 (Agreement price for rail)");
    expect(after.note.zh).toContain("班列协议价");
  });

  test("a value of the planner's own is a bare number, without the lever's range", () => {
    const { data, problems } = applied([{ use: "credit-terms", with: { ratePercent: 2.7 } }]);
    expect(problems).toEqual([]);
    expect(data.finance.capitalPercentPerYear).toBe(2.7);
  });

  test("a lever's own readings come with it", () => {
    expect(base.sources.some((s) => s.id === "clear-guoyuan-after")).toBe(false);
    const ids = applied(use("guoyuan-fast-clearance")).data.sources.map((s) => s.id);
    expect(ids).toContain("clear-guoyuan-after");
    expect(ids).toEqual([...ids].sort());
  });
});

describe("in a scenario", () => {
  const problemsOf = (levers: unknown[], more: Record<string, unknown> = {}) => {
    const checked = checkShape({ ...baseline, ...more, levers }, scenarioSchema);
    return checked.value === undefined ? checked.problems : checkScenario(checked.value as Scenario, undefined, shelf);
  };

  test("an unknown lever or parameter names the nearest", () => {
    const problems = problemsOf([{ use: "guoyuan-fast-clearence" }, { use: "guoyuan-fast-clearance", with: { hour: 6 } }]);
    expect(problems).toMatchObject([
      { path: "levers/0/use", code: "unknown-reference", hint: { en: expect.stringContaining("guoyuan-fast-clearance") as string } },
      { path: "levers/1/with/hour", code: "unknown-key", hint: { en: "did you mean 'hours'?" } },
    ]);
    expect(problemsOf([{ use: "pooling", wiht: {} }])).toMatchObject([{ path: "levers/0/wiht", hint: { en: "did you mean 'with'?" } }]);
    expect(problemsOf([{ use: "pooling", with: { frequencyFactor: "2" } }])).toMatchObject([{ code: "type" }]);
  });

  test("a lever used twice, and two that contradict each other, are errors", () => {
    expect(problemsOf([{ use: "pooling" }, { use: "pooling" }])).toMatchObject([{ path: "levers/1/use", code: "duplicate-id" }]);
    expect(problemsOf([{ use: "duty-shock-eu" }, { use: "eu-price-undertaking" }])).toMatchObject([
      { path: "levers/1", code: "conflict" },
      { path: "levers/1", code: "conflict", message: { en: expect.stringContaining("figures/duty-eu-cvd") as string } },
    ]);
  });

  test("two levers that set the same member differently are in conflict even where nobody said so; to the same value they are not", () => {
    const made = (id: string, set: Record<string, unknown>, change = "services/sea-pulp-taicang-santos"): Lever => ({
      ...shelf[0]!,
      id,
      parameters: {},
      changes: [{ change, set }],
    });
    const levers = [
      made("a", { enabled: false }),
      made("b", { enabled: true }),
      made("c", { departures: "on-demand" }),
      made("d", { time: "06:00" }, "services/sea-pulp-taicang-santos/departures"),
      made("e", { enabled: false }),
    ];
    const conflicts = (...ids: string[]) => applied(use(...ids), levers).problems.filter((p) => p.code === "conflict").length;
    expect([conflicts("a", "b"), conflicts("c", "d"), conflicts("d", "c"), conflicts("a", "e"), conflicts("a", "d")]).toEqual([
      1, 1, 1, 0, 0,
    ]);
  });

  test("a value outside its range is used, with a warning", () => {
    const problems = problemsOf([{ use: "guoyuan-fast-clearance", with: { hours: 30 } }]);
    expect(problems).toMatchObject([
      { severity: "warning", path: "levers/0/with/hours", message: { en: "30 is outside the range 3…18 (h)" } },
    ]);
  });

  test("a lever without effect is reported", () => {
    expect(problemsOf([{ use: "kd-assembly" }])).toMatchObject([{ severity: "warning", code: "no-effect", path: "levers/0" }]);
    expect(problemsOf([{ use: "container-slots", with: { growthPercent: 0 } }])).toMatchObject([{ code: "no-effect" }]);
    const twice = [{ change: "services/rail-*", set: { enabled: false } }, { use: "yangtze-corridor-only" }];
    expect(problemsOf(twice)).toMatchObject([{ code: "no-effect", path: "levers/1" }]);
  });

  test("changes of the planner's own come first, wherever they stand", () => {
    const rate = (levers: unknown[]) => {
      const scenario = checkShape({ ...baseline, levers }, scenarioSchema).value as Scenario;
      return (scenarioNetwork(scenario, undefined, shelf).data.figures["rail-rate-moscow"] as { value: number }).value;
    };
    const own = { change: "figures/rail-rate-moscow", set: { value: 4000 } };
    expect(rate([own, { use: "rail-agreement-price" }])).toBe(3600);
    expect(rate([{ use: "rail-agreement-price" }, own])).toBe(3600);
  });

  test("a lever that means members which another network does not have is a problem with its place", () => {
    const scenario = checkShape({ ...smallScenario("own"), levers: use("rail-agreement-price") }, scenarioSchema).value as Scenario;
    expect(() => scenarioNetwork(scenario, undefined, shelf)).toThrow(InputError);
    expect(checkScenario(scenario, undefined, shelf)).toMatchObject([{ path: "levers/0/change" }, { path: "levers/0/change" }]);
    expect(checkScenario(scenario, undefined, shelf)).toHaveLength(2);
  });

  test("no lever changes the network it starts from", () => {
    const before = JSON.stringify(base);
    applied(use(...shelf.filter((l) => l.kind === "measure").map((l) => l.id)));
    expect(JSON.stringify(base)).toBe(before);
  });
});

describe("demand and plan", () => {
  const row = { cargo: "ice-suv", quantity: 1000, from: "CNCKG-CHANGAN-YUZUI", to: "RU-MARKET" };

  test("factors first, then shares that go as kits; no vehicle is lost", () => {
    const { active } = applied(use("kd-assembly", "market-development"));
    const rows = leverDemand([row, { ...row, to: "BE-MARKET" }], base.cargos, active);
    expect(rows.map(({ id, cargo, to, quantity }) => [id, cargo, to, quantity])).toEqual([
      [undefined, "ice-suv", "RU-MARKET", 770],
      ["1~ckd-kit", "ckd-kit", "RU-MARKET", 330],
      [undefined, "ice-suv", "BE-MARKET", 1100],
    ]);
    expect(leverDemand([row], base.cargos, applied(use("kd-assembly")).active).reduce((sum, r) => sum + r.quantity, 0)).toBe(1000);
  });

  test("the product mix keeps the value: NEVs up, petrol cars down, trucks as they are", () => {
    const { active } = applied(use("product-mix"));
    const of = (cargo: string) => leverDemand([{ ...row, cargo }], base.cargos, active)[0]!.quantity;
    expect([of("bev-suv"), of("ice-suv"), of("heavy-truck")]).toEqual([1551, 606, 1000]);
    // Of the value of 2027 38.7 % and 54.1 % before, 60 % and 32.8 % after; the rest, trucks and pickups, stays.
    expect(0.3868 * of("bev-suv")).toBeCloseTo(600, 0);
    expect(0.5415 * of("ice-suv")).toBeCloseTo(1000 - 71.7 - 600, 0);
  });

  test("contracts join those of the scenario", () => {
    const { active } = applied([{ use: "own-roro-ships", with: { shipsGulf: 1 } }]);
    const own = { id: "mine", services: ["sea-roro-shanghai-santos"], weeklySlots: 10, shortfallCny: 5 };
    const { plan, problems } = leverPlan({ maxWaitDays: 10, contracts: [own] }, active);
    expect(problems).toEqual([]);
    expect(plan!.contracts!.map((c) => c.id)).toEqual(["mine", "own-ship-gulf", "own-ship-santos"]);
    // One ship, 4,485 cars in 40 days.
    expect(plan!.contracts![1]).toMatchObject({
      weeklySlots: 784.875,
      shortfallCny: { value: expect.closeTo((42500 * 40 * 6.9858) / 4485, 0) as number },
    });
    expect(plan!.maxWaitDays).toBe(10);
    expect(leverPlan(undefined, [])).toEqual({ plan: undefined, problems: [] });
  });
});

describe("the scenarios", () => {
  const files = readdirSync("scenarios/levers");
  const scenarios = new Map(files.map((file) => [file.replace(/\.json$/, ""), read(`scenarios/levers/${file}`) as Scenario]));

  test("one for each lever alone, one for each document, one without", () => {
    expect([...scenarios.keys()].sort()).toEqual([...shelf.map((l) => l.id), "baseline", "document-a", "document-b"].sort());
    for (const lever of shelf) expect(scenarios.get(lever.id)!.levers).toEqual([{ use: lever.id }]);
    for (const document of ["A", "B"] as const) {
      const measures = shelf.filter((l) => l.kind === "measure" && l.documents.some((d) => d.document === document));
      expect(new Set(scenarios.get(`document-${document.toLowerCase()}`)!.levers)).toEqual(new Set(use(...measures.map((l) => l.id))));
    }
    for (const scenario of scenarios.values()) expect(scenario.shipments).toEqual(baseline.shipments);
  });

  test("each is sound; what acts on a plan only says so", { timeout: 300_000 }, () => {
    for (const [name, raw] of scenarios) {
      const { value, problems } = checkShape(raw, scenarioSchema);
      expect(problems, name).toEqual([]);
      const found = checkScenario(value as Scenario, undefined, shelf);
      expect(
        found.filter((p) => p.severity === "error"),
        name,
      ).toEqual([]);
      const idle = found.flatMap((p) => (p.code === "no-effect" ? [(value!.levers![Number(p.path.split("/")[1])] as LeverUse).use] : []));
      for (const id of idle) expect(shelf.find((l) => l.id === id)!.changes, id).toEqual([]);
    }
  });
});
