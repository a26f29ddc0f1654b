import { describe, expect, test } from "vitest";
import { type Scenario, InputError, checkShape, demandYears, scenario as scenarioSchema } from "../../src/model/index.ts";
import { builtinNetwork } from "../../src/network/index.ts";
import { type DemandSeed, builtinDemandRows, loadDemandSeed } from "../../src/planning/index.ts";
import { checkScenario, demandFromTable, preparePlan } from "../../src/scenario/index.ts";

const scenarioOf = (body: object): Scenario => {
  const { value, problems } = checkShape({ id: "t", ...body }, scenarioSchema);
  if (value === undefined) throw new InputError(problems);
  return value;
};

async function problemsOf(body: object, table?: readonly (readonly (string | number | boolean | null)[])[]): Promise<string[]> {
  try {
    await preparePlan(scenarioOf(body), table === undefined ? {} : { table: () => Promise.resolve(table) });
    return [];
  } catch (error) {
    if (error instanceof InputError) return error.problems.filter((p) => p.severity === "error").map((p) => `${p.path} ${p.code}`);
    throw error;
  }
}

describe("built-in demand", () => {
  test("adds up to the published totals and names only what the network has", async () => {
    const seed = await loadDemandSeed();
    const data = builtinNetwork();
    const totals = { "2023": 368_000, "2024": 477_000, "2025": 614_000, "2027-760": 760_000, "2027-820": 820_000, "2027-900": 900_000 };
    for (const year of demandYears) {
      const rows = builtinDemandRows(seed, year);
      expect(
        rows.reduce((sum, row) => sum + row.quantity, 0),
        year,
      ).toBe(totals[year]);
      expect(new Set(rows.map((row) => row.id)).size).toBe(rows.length);
      for (const row of rows) {
        expect(data.cargos.some(({ id }) => id === row.cargo)).toBe(true);
        expect(data.locations.find(({ id }) => id === row.from)?.kind).toBe("plant");
        expect(data.locations.find(({ id }) => id === row.to)?.kind).toBe("market");
      }
    }
  });

  test("every split is an assumption with range and reason, every total a source", async () => {
    const seed: DemandSeed = await loadDemandSeed();
    const splits = [
      ...seed.regions.map((r) => r.sharePercent),
      ...seed.markets.flatMap((m) => [m.sharePercent, m.nevFactor]),
      ...[...seed.mix.ice, ...seed.mix.nev].map((m) => m.sharePercent),
    ];
    for (const figure of splits) {
      expect(figure.basis).toBe("assumed");
      expect(figure.low).toBeLessThanOrEqual(figure.value);
      expect(figure.high).toBeGreaterThanOrEqual(figure.value);
      expect(figure.note).toBeDefined();
    }
    const known = new Set([...seed.sources, ...builtinNetwork().sources].map(({ id }) => id));
    for (const year of Object.values(seed.years))
      for (const figure of [year.vehicles, year.nationalExports])
        for (const id of [figure.source ?? []].flat()) expect(known.has(id), id).toBe(true);
    expect(seed.regions.reduce((sum, { sharePercent }) => sum + sharePercent.value, 0)).toBe(100);
  });

  test("cargo values times quantities are near the published export values, which no split was set from", async () => {
    const seed = await loadDemandSeed();
    const value = new Map(builtinNetwork().cargos.map(({ id, valueCny }) => [id, (valueCny as { value: number }).value]));
    for (const year of ["2023", "2024", "2025"] as const) {
      const total = builtinDemandRows(seed, year).reduce((sum, row) => sum + row.quantity * value.get(row.cargo)!, 0);
      expect(total / seed.years[year]!.valueCny!.value, year).toBeGreaterThan(0.8);
      expect(total / seed.years[year]!.valueCny!.value, year).toBeLessThan(1.2);
    }
  });

  test("a shorter horizon takes its part of the year", async () => {
    const { rows } = await preparePlan(scenarioOf({ demand: { builtin: "2027-820" }, horizon: { from: "2027-03-01", weeks: 13 } }));
    expect(rows.reduce((sum, row) => sum + row.quantity, 0)).toBe(205_000);
  });
});

describe("demand of a table", () => {
  const head = ["车型", "数量", "工厂", "市场", "周"];

  test("is read by usual names or a mapping, and quantities as people write them", () => {
    const { rows, problems } = demandFromTable(
      [head, ["ice-suv", "1,200", "CNCKG-GWM", "RU-MARKET", 3], ["", "", null, "", ""], ["pickup", 5, "a", "b", null]],
      "d.csv",
    );
    expect(problems).toEqual([]);
    expect(rows).toEqual([
      { id: "2", cargo: "ice-suv", quantity: 1200, from: "CNCKG-GWM", to: "RU-MARKET", week: 3 },
      { id: "4", cargo: "pickup", quantity: 5, from: "a", to: "b" },
    ]);
    const mapped = demandFromTable(
      [
        ["x", "n", "o", "d"],
        ["ice-suv", 1, "a", "b"],
      ],
      "d.csv",
      { cargo: "x", quantity: "n", from: "o", to: "d" },
    );
    expect(mapped.rows).toHaveLength(1);
  });

  test("reports every problem with its row and column", () => {
    const { rows, problems } = demandFromTable(
      [head, ["ice-suv", "many", "p", "m", 0], [null, -3, "p", "m", 2.5], ["ice-suv", 7, "p", true, null]],
      "d.csv",
    );
    expect(rows).toEqual([]);
    expect(problems.map((p) => [p.line, p.column, p.code])).toEqual([
      [2, 2, "type"],
      [2, 5, "bad-value"],
      [3, 1, "missing-key"],
      [3, 2, "bad-value"],
      [3, 5, "type"],
      [4, 4, "type"],
    ]);
    expect(demandFromTable([["cargo", "qty"], []], "d.csv").problems.map((p) => p.path)).toEqual([
      "demand/columns/quantity",
      "demand/columns/from",
      "demand/columns/to",
    ]);
    expect(demandFromTable([], "d.csv").problems.length).toBe(4);
  });
});

describe("a table is as strict as rows of a scenario", () => {
  const head = ["cargo", "quantity", "from", "to"];
  const cells = ["ice-suv", 5, "a", "b"];

  test("columns that are not used are told, with the nearest name", () => {
    const { rows, problems } = demandFromTable(
      [
        [...head, "weeks", "due", "id", ""],
        [...cells, 3, 40, "x", ""],
      ],
      "d.csv",
    );
    expect(rows).toHaveLength(1);
    expect(problems.map(({ path, code, severity, line, column }) => [path, code, severity, line, column])).toEqual([
      ["demand/columns/weeks", "unknown-key", "warning", 1, 5],
      ["demand/columns/due", "unknown-key", "warning", 1, 6],
      ["demand/columns/id", "unknown-key", "warning", 1, 7],
    ]);
    expect(problems.map(({ hint }) => hint?.en.match(/'(.*)'/)?.[1])).toEqual(["week", "dueDays", undefined]);
  });

  test("two columns of one meaning are an error until columns says which", () => {
    const table = [
      [...head, "Quantity"],
      [...cells, 9],
    ];
    expect(demandFromTable(table, "d.csv").problems).toMatchObject([
      { path: "demand/columns/quantity", code: "duplicate-key", severity: "error", line: 1, column: 5 },
    ]);
    expect(demandFromTable(table, "d.csv", { quantity: "Quantity" }).rows).toMatchObject([{ quantity: 9 }]);
  });

  test("where semicolons part the cells, a comma is the decimal point", () => {
    const values = (delimiter: string, ...texts: string[]) => {
      const table = [[...head, "valueCny"], ...texts.map((text) => [...cells, text])];
      const { rows, problems } = demandFromTable(Object.assign(table, { delimiter }), "d.csv");
      return problems.length > 0 ? problems.map(({ line, code }) => [line, code]) : rows.map(({ valueCny }) => valueCny);
    };
    expect(values(";", "128.000", "128,500", "1.128.000,5", "128000")).toEqual([128_000, 128.5, 1_128_000.5, 128_000]);
    expect(values(",", "128.000", "128,500", "1,128,000.5", "128000")).toEqual([128, 128_500, 1_128_000.5, 128_000]);
    expect(values(";", "128.5")).toEqual([[2, "type"]]);
  });

  test("limits and words are those of the schema", () => {
    const { problems } = demandFromTable(
      [
        [...head, "dueDays", "terms", "unservedCny"],
        ["ice-suv", 900_000_000, "a", "b", 99_999, "FOB", -5],
      ],
      "d.csv",
    );
    expect(problems.map(({ path, line, column }) => [path, line, column])).toEqual([
      ["demand/2/quantity", 2, 2],
      ["demand/2/dueDays", 2, 5],
      ["demand/2/terms", 2, 6],
      ["demand/2/unservedCny", 2, 7],
    ]);
    expect(problems.slice(0, 2).map(({ message }) => message.en)).toEqual(["too large, at most 10000000", "too large, at most 1000"]);
  });

  test("an empty cell of a workbook may be a formula", () => {
    const hint = (file: string) => demandFromTable([head, ["ice-suv", null, "a", "b"]], file).problems[0]?.hint?.en;
    expect(hint("d.xlsx")).toContain("formula");
    expect(hint("d.csv")).toBe("fill it in");
  });
});

describe("what is wrong with a plan is said at once", () => {
  const horizon = { from: "2027-03-01", weeks: 4 };
  const row = { cargo: "ice-suv", quantity: 10, from: "CNCKG-CHANGAN-YUZUI", to: "RU-MARKET" };

  test("names, weeks and duplicates of rows", async () => {
    expect(
      await problemsOf({
        horizon,
        demand: [
          { ...row, id: "a" },
          { ...row, id: "a", cargo: "ice-suw" },
          { ...row, id: "b", to: "Atlantis", week: 9 },
          { ...row, id: "c", to: row.from },
        ],
      }),
    ).toEqual([
      "demand/a duplicate-id",
      "demand/a/cargo unknown-reference",
      "demand/b/to unknown-reference",
      "demand/b/week bad-value",
      "demand/c/to bad-value",
    ]);
    expect(await problemsOf({ demand: [row] })).toEqual(["horizon missing-key"]);
    expect(await problemsOf({ demand: { file: "d.csv" }, horizon })).toEqual(["demand/file bad-value"]);
    expect(await problemsOf({ demand: { file: "d.csv" }, horizon }, [["cargo", "quantity", "from", "to"]])).toEqual([
      "demand/file missing-key",
    ]);
  });

  test("investments, contracts and shares that name nothing or give nothing", async () => {
    const cost = { total: 1 };
    expect(
      await problemsOf({
        horizon,
        demand: [row],
        plan: {
          investments: [
            { id: "none", cost },
            {
              id: "both",
              cost,
              slots: { services: ["rail-*"], add: 1 },
              departures: { service: "rail-autorack-yuzui-doskino", perWeek: 1 },
            },
            { id: "lost", cost: { total: 1, currency: "XXX" }, slots: { services: ["nowhere-*"], add: 1 } },
            { id: "truck", cost, departures: { service: "road-car-alat-azerbaijan", perWeek: 1 } },
            { id: "hub", cost, throughput: { operations: ["no-such"], dailyVehicles: 5 } },
          ],
          contracts: [{ id: "k", services: ["zzz"], weeklySlots: 1, shortfallCny: 1 }],
          shares: [{ id: "s", of: { corridors: ["nope"] }, mostPercent: 10 }],
        },
      }),
    ).toEqual([
      "plan/investments/none bad-value",
      "plan/investments/both bad-value",
      "plan/investments/lost/cost/currency unknown-reference",
      "plan/investments/lost/slots/services unknown-reference",
      "plan/investments/truck/departures/service bad-value",
      "plan/investments/hub/throughput/operations unknown-reference",
      "plan/contracts/k/services unknown-reference",
      "plan/shares/s/of/corridors unknown-reference",
    ]);
  });

  test("a scenario with neither shipments nor a demand", () => {
    expect(checkScenario(scenarioOf({})).map((p) => p.code)).toEqual(["missing-key"]);
  });
});
