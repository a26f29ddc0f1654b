import { describe, expect, test } from "vitest";
import { type Scenario, InputError, checkShape, scenario as scenarioSchema } from "../../src/model/index.ts";
import { dataId } from "../../src/network/index.ts";
import type { PlanResult } from "../../src/planning/index.ts";
import { planResultSchema, runPlan } from "../../src/scenario/index.ts";

const scenarioOf = (body: object): Scenario => {
  const { value, problems } = checkShape({ id: "t", ...body }, scenarioSchema);
  if (value === undefined) throw new InputError(problems);
  return value;
};

/** One plant, one port, one market: a truck, then a ship every Monday of ten slots, and a dear train without a limit. */
const network = {
  locations: [
    { id: "PLANT", name: "plant", kind: "plant", timeZone: "UTC" },
    { id: "PORT", name: "port", kind: "port", timeZone: "UTC" },
    { id: "MARKET", name: "market", kind: "market", timeZone: "UTC" },
  ],
  services: [
    { id: "truck", mode: "road", form: "wheels", stops: [{ at: "PLANT" }, { at: "PORT", hours: 10 }], charges: [{ perVehicle: 100 }] },
    {
      id: "ship",
      mode: "sea",
      form: "wheels",
      stops: [{ at: "PORT" }, { at: "MARKET", hours: 240, distanceKm: 1000 }],
      departures: { weekly: ["wed"], time: "12:00" },
      slots: 10,
      charges: [{ perVehicle: 500 }],
    },
    {
      id: "train",
      mode: "rail",
      form: "wheels",
      stops: [{ at: "PLANT" }, { at: "MARKET", hours: 120, distanceKm: 500 }],
      departures: { weekly: ["tue"], time: "12:00" },
      slots: 4,
      charges: [{ perVehicle: 900 }],
    },
  ],
  cargos: [{ id: "car", name: "car", kind: "suv", powertrain: "ice", valueCny: 10_000 }],
};
const horizon = { from: "2027-03-01", weeks: 3 };
const demand = (quantity: number, more: object = {}) => [{ id: "d", cargo: "car", quantity, from: "PLANT", to: "MARKET", ...more }];
const plan = (body: object) => runPlan(scenarioOf({ network, horizon, ...body }));

/** What every result must keep, whatever the scenario: it adds up, nothing is carried twice, no slot is sold twice. */
function checked(result: PlanResult): PlanResult {
  const { totals } = result;
  expect(checkShape(result, planResultSchema).problems).toEqual([]);
  const lines = Object.values(totals.lines).reduce((sum, line) => sum + line, 0);
  expect(lines).toBeCloseTo(totals.transportCny, 6);
  expect(totals.transportCny + totals.lateCny + totals.unservedCny + totals.shortfallCny + totals.investmentCny).toBeCloseTo(
    totals.totalCny,
    6,
  );
  expect(result.flows.reduce((sum, f) => sum + f.vehicles, 0)).toBe(totals.carried);
  expect(result.flows.reduce((sum, f) => sum + f.vehicles * f.costCny, 0)).toBeCloseTo(totals.transportCny, 4);
  expect(result.flows.every((f) => Number.isInteger(f.vehicles) && f.vehicles > 0)).toBe(true);
  expect(result.rows.reduce((sum, r) => sum + r.carried, 0)).toBe(totals.carried);
  expect(result.unserved.reduce((sum, u) => sum + u.vehicles, 0)).toBeCloseTo(totals.unserved, 6);
  expect(result.weeks.reduce((sum, w) => sum + w.carried, 0)).toBe(totals.carried);
  const services = new Map(result.services.map((service) => [`services/${service.service}`, service]));
  for (const { path, full, of } of result.bottlenecks) {
    const service = services.get(path);
    if (service !== undefined) expect([path, full, of]).toEqual([path, service.full, service.departures]);
  }
  for (const service of result.services) for (const week of service.weeks) expect(week.used).toBeLessThanOrEqual(week.slots + 1e-6);
  expect(result.proof.gap).toBeLessThanOrEqual(1e-6);
  expect(result.proof.largestViolation).toBeLessThanOrEqual(1e-6);
  // Three roundings of half a fen a vehicle at most.
  expect(Math.abs(result.proof.fenRoundingCny)).toBeLessThanOrEqual(0.015 * totals.carried + 0.01);
  return result;
}

describe("a plan whose optimum is known", () => {
  test("takes the cheap ship while there are slots, then the train, then leaves behind", async () => {
    // 20 ready in week 1: the ship takes 10 a week for 600, the train 4 for 900; both wait up to 21 days, so weeks 1 to 4 of each.
    const result = checked(await plan({ demand: demand(20, { week: 1 }), plan: { maxWaitDays: 1 } }));
    expect(result.totals).toMatchObject({ demand: 20, carried: 14, unserved: 6 });
    // Left behind: the normal chain (600) and the margin, 10 % of 10,000.
    expect(result.totals.unservedCny).toBe(6 * 1600);
    expect(result.totals.transportCny).toBe(10 * 600 + 4 * 900);
    const price = new Map(result.bottlenecks.map((b) => [b.path, b.mostPriceCny]));
    expect(price.get("services/ship")).toBe(1000);
    expect(price.get("services/train")).toBe(700);
    expect(result.unserved[0]).toMatchObject({
      row: "d",
      vehicles: 6,
      reason: "limits",
      limits: ["services/ship"],
      weeks: [1],
      cheapestCny: 600,
    });
  });

  test("waits for the next ship rather than pay for the train", async () => {
    const result = checked(await plan({ demand: demand(20, { week: 1 }) }));
    expect(result.totals).toMatchObject({ carried: 20, transportCny: 20 * 600 });
    expect(result.flows.map((f) => f.vehicles)).toEqual([10, 10]);
    expect(result.bottlenecks).toEqual([]);
  });

  test("pays for lateness only where that is cheaper than the train", async () => {
    const row = { week: 1, dueDays: 14 };
    const cheap = checked(await plan({ demand: demand(20, row), plan: { latenessCnyPerDay: 10 } }));
    // The second ship arrives on Wednesday of the third week, 5.5 days late: six started days.
    expect(cheap.totals).toMatchObject({ lateCny: 10 * 6 * 10, transportCny: 20 * 600 });
    const dear = checked(await plan({ demand: demand(20, row), plan: { latenessCnyPerDay: 100 } }));
    // The trains of both weeks come in time: 4 each for 300 more. Two vehicles are left for the second ship.
    expect(dear.totals).toMatchObject({ lateCny: 2 * 600, transportCny: 12 * 600 + 8 * 900 });
  });

  test("a price is what one more slot saves", async () => {
    const at = (slots: number) =>
      plan({
        network: { ...network, services: network.services.map((s) => (s.id === "ship" ? { ...s, slots } : s)) },
        demand: demand(20, { week: 1 }),
        plan: { maxWaitDays: 1 },
      });
    const [less, here, more] = [await at(9), await at(10), await at(11)];
    const price = here.bottlenecks.find((b) => b.path === "services/ship")!.mostPriceCny;
    expect(here.totals.totalCny - more.totals.totalCny).toBeCloseTo(price, 6);
    expect(less.totals.totalCny - here.totals.totalCny).toBeCloseTo(price, 6);
  });

  test("contract slots go first, then the spot price with the departure's own", async () => {
    const priced = network.services.map((s) =>
      s.id === "ship"
        ? {
            ...s,
            charges: [],
            tariffs: [
              { id: "contract", kind: "contract", slots: 3, charges: [{ perVehicle: 400 }] },
              { id: "spot", kind: "spot", charges: [{ perVehicle: 700 }] },
            ],
          }
        : s,
    );
    const result = checked(
      await plan({ network: { ...network, services: priced }, demand: demand(8, { week: 1 }), plan: { maxWaitDays: 1 } }),
    );
    expect(result.totals.transportCny).toBe(3 * 500 + 5 * 800);
    expect(result.flows.map((f) => [f.vehicles, f.costCny]).sort()).toEqual([
      [3, 500],
      [5, 800],
    ]);
    expect(result.bottlenecks.map((b) => [b.path, b.mostPriceCny])).toEqual([["services/ship/tariffs/contract", 300]]);
  });

  test("one voyage of three stops shares its slots by stretch", async () => {
    const services = [
      ...network.services.filter((s) => s.id !== "ship" && s.id !== "train"),
      {
        id: "ship",
        mode: "sea",
        form: "wheels",
        stops: [{ at: "PORT" }, { at: "MARKET", hours: 240 }, { at: "FAR", hours: 48 }],
        departures: { weekly: ["wed"], time: "12:00" },
        slots: 10,
        charges: [{ perVehicle: 500 }],
      },
    ];
    const locations = [...network.locations, { id: "FAR", name: "far", kind: "market", timeZone: "UTC" }];
    const far = { ...demand(8, { week: 1 })[0]!, id: "far", to: "FAR", unservedCny: 5000 };
    const near = { ...demand(8, { week: 1 })[0]!, unservedCny: 1000 };
    const result = checked(await plan({ network: { ...network, locations, services }, demand: [far, near], plan: { maxWaitDays: 1 } }));
    // Both need the stretch to MARKET: 8 for FAR, which costs more to leave behind, and 2.
    expect(result.rows.map((r) => [r.row, r.carried])).toEqual([
      ["far", 8],
      ["d", 2],
    ]);
    // The first ship is full as far as MARKET, though not to FAR; the second is empty.
    expect(result.services.find(({ service }) => service === "ship")).toMatchObject({ departures: 2, full: 1 });
    expect(result.bottlenecks).toMatchObject([{ path: "services/ship", full: 1, of: 2 }]);
  });

  test("an investment is bought when it saves more than it costs, in whole units", async () => {
    const investments = (perUnit: number) => [
      { id: "more-ships", departures: { service: "ship", perWeek: 1 }, cost: { total: perUnit }, most: 3 },
    ];
    const body = { demand: demand(40, { week: 1 }), plan: { maxWaitDays: 1, investments: investments(5000) } };
    const bought = checked(await plan(body));
    // 14 go without; each ship more takes 10, for 600 instead of 1,600 left behind: worth 10,000, and the last 6 only 6,000.
    expect(bought.investments).toEqual([{ id: "more-ships", units: 3, most: 3, costCny: 15_000 }]);
    expect(bought.totals).toMatchObject({ carried: 40, investmentCny: 15_000, transportCny: 40 * 600 });
    const dear = checked(await plan({ ...body, plan: { maxWaitDays: 1, investments: investments(10_001) } }));
    expect(dear.investments[0]!.units).toBe(0);
  });

  test("take or pay, share, CO2e and cost limits hold", async () => {
    const paid = checked(
      await plan({
        demand: demand(20, { week: 1 }),
        plan: { contracts: [{ id: "rail", services: ["train"], weeklySlots: 2, shortfallCny: 50 }] },
      }),
    );
    // The train costs 300 more than waiting for the ship; not using it costs only 50 a slot.
    expect(paid.contracts).toEqual([{ id: "rail", slots: 6, used: 0, shortfallCny: 300 }]);
    const used = checked(
      await plan({
        demand: demand(20, { week: 1 }),
        plan: { contracts: [{ id: "rail", services: ["train"], weeklySlots: 2, shortfallCny: 500 }] },
      }),
    );
    expect(used.contracts[0]).toMatchObject({ used: 6, shortfallCny: 0 });
    const share = checked(
      await plan({ demand: demand(20, { week: 1 }), plan: { shares: [{ id: "rail", of: { services: ["train"] }, leastPercent: 25 }] } }),
    );
    expect(share.flows.filter((f) => f.services.includes("train")).reduce((sum, f) => sum + f.vehicles, 0)).toBe(5);
    const budget = checked(await plan({ demand: demand(20, { week: 1 }), plan: { costBudgetCny: 6000 } }));
    expect(budget.totals.transportCny).toBeLessThanOrEqual(6000);
    expect(budget.totals.carried).toBe(10);
  });

  test("says by name when nothing leads to the market", async () => {
    const alone = { ...network, services: network.services.filter((s) => s.id === "truck") };
    const result = checked(await plan({ network: alone, demand: demand(5) }));
    expect(result.totals.carried).toBe(0);
    expect(result.unserved.every((u) => u.reason === "no-way")).toBe(true);
  });
});

describe("on the built-in network", () => {
  const body = {
    horizon: { from: "2027-03-01", weeks: 2 },
    demand: [
      { id: "gulf", cargo: "ice-suv", quantity: 3000, from: "CNCKG-CHANGAN-YUZUI", to: "SA-MARKET" },
      { id: "chile", cargo: "pickup", quantity: 900, from: "CNCKG-GWM", to: "CL-MARKET" },
      { id: "uz", cargo: "bev-suv", quantity: 700, from: "CNCKG-SERES", to: "UZ-MARKET", terms: "DAP" },
    ],
  };

  test("it adds up, keeps every slot, and is the same twice", async () => {
    const first = checked(await runPlan(scenarioOf(body)));
    expect(JSON.stringify(await runPlan(scenarioOf(body)))).toBe(JSON.stringify(first));
    expect(first.totals.carried).toBeGreaterThan(3000);
    for (const flow of first.flows) for (const service of flow.services) expect(service).toBe(dataId(service));
  });

  test("more capacity never costs more", async () => {
    const one = await runPlan(scenarioOf({ ...body, plan: { slotSharePercent: 30 } }));
    const all = await runPlan(scenarioOf(body));
    expect(all.totals.totalCny).toBeLessThanOrEqual(one.totals.totalCny + 1);
    expect(all.totals.unserved).toBeLessThanOrEqual(one.totals.unserved);
  });
});
