import { describe, expect, test } from "vitest";
import { InputError, type Problem, type Scenario } from "../../src/model/index.ts";
import { builtinNetwork } from "../../src/network/index.ts";
import { figureValue } from "../../src/network/index.ts";
import { applyChanges, checkPlan, checkScenario, rankLevers, runPlan, runScenario } from "../../src/scenario/index.ts";

const shipment = { cargo: "bev-suv", quantity: 300, from: "CNCKG-SERES", to: "BEZEE", ready: "2027-03-02", due: "2027-05-15" };
const row = { id: "r", cargo: "bev-suv", quantity: 10, from: "CNCKG-SERES", to: "BEZEE" };
const horizon = { from: "2027-03-01", weeks: 1 };
const scenarioOf = (body: object = {}) => ({ id: "one", shipments: [shipment], ...body }) as Scenario;
const lever = (change: string, set: object) => checkScenario(scenarioOf({ levers: [{ change, set }] }));
const words = (problems: readonly Problem[]) => problems.map(({ path, message }) => `${path}: ${message.en}`);

const small = { cargo: "car", quantity: 10, from: "P", to: "M", ready: "2027-03-02" };
const network = {
  locations: [
    { id: "P", name: "P", kind: "plant" },
    { id: "M", name: "M", kind: "market" },
  ],
  services: [{ id: "truck", mode: "road", form: "wheels", stops: [{ at: "P" }, { at: "M", hours: 24, charges: [{ perVehicle: 100 }] }] }],
  cargos: [{ id: "car", name: "car", kind: "suv", powertrain: "bev" }],
  finance: { capitalPercentPerYear: 5 },
  figures: { worth: 200_000 },
};

describe("a change to a shared figure is checked as any other", () => {
  test.each([
    ["", "value: should be a number but is the text ''"],
    [null, "value: should be a number but is null"],
    [true, "value: should be a number but is true"],
    [[1], "value: should be a number but is a list"],
    ["abc", "value: should be a number but is the text 'abc'"],
    ["20", "value: should be a number but is the text '20'"],
  ])("value %j", (value, reason) => {
    expect(words(lever("figures/duty-eu-cvd", { value }))).toEqual([`levers/0/set → figures/duty-eu-cvd/${reason}`]);
  });

  test("a number that cannot be held, one below zero and one too large", () => {
    for (const value of [Number.POSITIVE_INFINITY, Number.NaN, -1, 1e10])
      expect(lever("figures/duty-eu-cvd", { value })).toMatchObject([
        { path: "levers/0/set → figures/duty-eu-cvd", severity: "error", message: { zh: expect.any(String) as string } },
      ]);
  });

  test("a key that a figure does not have, and a basis that there is not", () => {
    expect(lever("figures/duty-eu-cvd", { vaule: 30 })).toMatchObject([
      { path: "levers/0/set → figures/duty-eu-cvd/vaule", code: "unknown-key", hint: { en: "did you mean 'value'?" } },
    ]);
    expect(lever("figures/duty-eu-cvd", { basis: "rumour" })).toMatchObject([
      { path: "levers/0/set → figures/duty-eu-cvd/basis", code: "bad-value" },
    ]);
    expect(lever("figures/duty-eu-cvd/nonsense", { value: 5 })).toMatchObject([{ path: "levers/0/change", code: "unknown-reference" }]);
    expect(lever("figures", { "duty-eu-cvd": "20" })).toMatchObject([{ path: "levers/0/set → figures/duty-eu-cvd", code: "type" }]);
  });

  test("a bare value, a part of the record and a whole record are taken", () => {
    const base = builtinNetwork();
    const whole = { value: 30, low: 20, high: 40, basis: "assumed", note: "mine" };
    const set = (change: string, values: Record<string, unknown>) => applyChanges(base, [{ change, set: values }]);
    expect(set("figures/duty-eu-cvd", { value: 30 }).data.figures["duty-eu-cvd"]).toBe(30);
    expect(set("figures/duty-eu-cvd", { note: "mine" }).data.figures["duty-eu-cvd"]).toMatchObject({
      note: "mine",
      basis: expect.any(String) as string,
    });
    expect(set("figures", { "duty-eu-cvd": whole }).data.figures["duty-eu-cvd"]).toEqual(whole);
    expect(builtinNetwork().figures["duty-eu-cvd"]).toEqual(base.figures["duty-eu-cvd"]);
  });
});

describe("a shared figure that is named outside the network", () => {
  test("is looked up for the value of a shipment", () => {
    const cost = (valueCny: unknown) =>
      runScenario(scenarioOf({ network, shipments: [{ ...small, valueCny }] })).shipments[0]!.points.map(({ costCny }) => costCny);
    expect(cost({ use: "worth" })).toEqual(cost(200_000));
    expect(cost({ use: "worth" })).not.toEqual(cost(undefined));
  });

  test("is a problem with the nearest name when there is none of it", async () => {
    const wrong = { use: "duty-eu-cvdd" };
    const found = {
      code: "unknown-reference",
      message: { en: "no shared figure 'duty-eu-cvdd'" },
      hint: { en: "did you mean: duty-eu-cvd, duty-eu-mfn?" },
    };
    expect(checkScenario(scenarioOf({ shipments: [{ ...shipment, valueCny: wrong }] }))).toMatchObject([
      { path: "shipments/1/valueCny", ...found },
    ]);
    const demand = [{ ...row, valueCny: wrong, unservedCny: wrong }];
    const plan = { lostMarginPercent: wrong, contracts: [{ id: "c", services: ["sea-*"], weeklySlots: wrong, shortfallCny: 1 }] };
    expect(await checkPlan(scenarioOf({ shipments: [], demand, horizon, plan }))).toMatchObject([
      { path: "plan/lostMarginPercent", ...found },
      { path: "plan/contracts/c/weeklySlots", ...found },
      { path: "demand/r/valueCny", ...found },
      { path: "demand/r/unservedCny", ...found },
    ]);
    expect(() => figureValue(builtinNetwork(), wrong)).toThrow(InputError);
  });
});

describe("numbers that cannot be", () => {
  test.each([
    ["finance/cnyPer", "USD", 0, "too small, more than 0"],
    ["finance", "rebatePercent", 500, "too large, at most 100"],
    ["finance", "insuredPercent", 1000, "too large, at most 200"],
    ["finance", "capitalPercentPerYear", 1e12, "too large, at most 1000"],
    ["finance", "capitalPercentPerYear", -3, "too small, at least 0"],
    ["cargos/bev-suv/units", "container", 0, "too small, more than 0"],
    ["cargos/bev-suv", "valueCny", 1e15, "too large, at most 1000000000"],
  ])("%s/%s=%d", (path, key, value, reason) => {
    const [list, member = "", ...rest] = path.split("/");
    const place = list === "finance" ? [list, member, key] : [list, member, ...rest, key];
    expect(words(lever(path, { [key]: value }))).toEqual([`levers/0/set → ${place.filter((step) => step !== "").join("/")}: ${reason}`]);
  });

  test.each([-100_000, 1e15])("a shipment worth %d", (valueCny) => {
    expect(checkScenario(scenarioOf({ shipments: [{ ...shipment, valueCny }] }))).toMatchObject([{ path: "shipments/0/valueCny" }]);
  });

  test("the largest that are taken give an answer", () => {
    const levers = [{ change: "finance", set: { capitalPercentPerYear: 1000, cargoInsurancePercent: 100, insuredPercent: 200 } }];
    const result = runScenario(scenarioOf({ levers, shipments: [{ ...shipment, valueCny: 1e9 }] }));
    expect(result.shipments[0]!.points.length).toBeGreaterThan(0);
  });
});

describe("dates that minutes cannot hold", () => {
  test.each(["1970-12-31", "2201-01-01", "6053-01-01", "9999-12-31"])("%s", async (date) => {
    const message = { zh: "年份应在 1971 到 2200 之间", en: "the year should be from 1971 to 2200" };
    expect(checkScenario(scenarioOf({ shipments: [{ ...shipment, ready: date, due: date }] }))).toMatchObject([
      { path: "shipments/0/ready", message },
      { path: "shipments/0/due", message },
    ]);
    expect(await checkPlan(scenarioOf({ shipments: [], demand: [row], horizon: { from: date, weeks: 1 } }))).toMatchObject([
      { path: "horizon/from", message },
    ]);
  });

  test("the last that are taken give an answer", () => {
    for (const ready of ["1971-01-01", "2200-12-31"]) {
      const { points } = runScenario(scenarioOf({ network, shipments: [{ ...small, ready, maxDays: 1000 }] })).shipments[0]!;
      expect(points.map(({ days }) => days)).toEqual([1]);
    }
  });
});

describe("the library takes nothing on trust", () => {
  const refusals = async (input: unknown): Promise<Problem[][]> => {
    const scenario = input as Scenario;
    const of = async (call: () => unknown) => {
      try {
        await call();
      } catch (error) {
        if (error instanceof InputError) return error.problems;
        throw error;
      }
      return [];
    };
    return [
      await of(() => runScenario(scenario)),
      await of(() => runPlan(scenario)),
      await of(() => rankLevers(scenario, { shelf: [] })),
      checkScenario(scenario),
      await checkPlan(scenario),
    ];
  };

  test.each([
    ["undefined", undefined, [{ path: "", code: "type" }]],
    ["an empty object", {}, [{ path: "id", code: "missing-key" }]],
    [
      "a shipment that is wrong all over",
      scenarioOf({ shipments: [{ ...shipment, quantity: -5, ready: "2027-02-30", due: "2027-02-30", maxDays: 1e6 }] }),
      [{ path: "shipments/0/quantity" }, { path: "shipments/0/ready" }, { path: "shipments/0/due" }, { path: "shipments/0/maxDays" }],
    ],
  ])("%s", async (_, input, expected) => {
    for (const problems of await refusals(input)) expect(problems).toMatchObject(expected);
  });
});
