import { describe, expect, test } from "vitest";
import { type Figure, type Scenario, InputError, checkShape, say, scenario as scenarioSchema } from "../../src/model/index.ts";
import { builtinLevers, builtinNetwork } from "../../src/network/index.ts";
import type { PlanResult } from "../../src/planning/index.ts";
import { explainMember, explainPlace, findSubject, makeStyle, planText } from "../../src/report/index.ts";
import { planResultSchema, runPlan, runScenario, scenarioNetwork } from "../../src/scenario/index.ts";

const week = 7 * 24;

const scenarioOf = (body: object): Scenario => {
  const { value, problems } = checkShape({ id: "t", ...body }, scenarioSchema);
  if (value === undefined) throw new InputError(problems);
  return value;
};

/**
 * Week 1 begins on a Monday. A truck takes 42 hours to the port, from where a ship for ten leaves on Wednesday noon: the truck leaves on Monday at 18:00 and is
 * back on Friday at 6:00, which is half a week. A dearer train for four leaves the plant on Tuesday.
 */
const base = {
  locations: [
    { id: "PLANT", name: "plant", kind: "plant", country: "CN" },
    { id: "PORT", name: "port", kind: "port", country: "CN" },
    { id: "LOCK", name: "lock", kind: "lock", country: "CN", passages: { first: { hours: 6 }, second: { hours: 6 } } },
    { id: "MARKET", name: "market", kind: "market", country: "CN" },
  ],
  services: [
    { id: "truck", mode: "road", form: "wheels", stops: [{ at: "PLANT" }, { at: "PORT", hours: 42 }], charges: [{ perVehicle: 100 }] },
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
const trucks = { id: "trucks", name: { zh: "运输车", en: "trucks" }, kind: "truck", units: 2, services: ["tru*"] };
const horizon = { from: "2027-03-01", weeks: 3 };
const demand = (quantity: number, more: object = { week: 1 }) => [
  { id: "d", cargo: "car", quantity, from: "PLANT", to: "MARKET", ...more },
];
const onlyDays = { maxWaitDays: 1 };

async function plan(body: object): Promise<PlanResult> {
  const result = await runPlan(scenarioOf({ horizon, plan: onlyDays, ...body }));
  expect(checkShape(result, planResultSchema).problems).toEqual([]);
  expect(result.proof.gap).toBeLessThanOrEqual(1e-6);
  expect(result.proof.largestViolation).toBeLessThanOrEqual(1e-6);
  return result;
}
const carriedBy = (result: PlanResult, service: string) =>
  result.flows.filter((f) => f.services.includes(service)).reduce((sum, f) => sum + f.vehicles, 0);
/** What a quarter of a unit more or less changes, a unit. */
async function differences(at: (change: number) => Promise<PlanResult>): Promise<[number, number]> {
  const [less, here, more] = [await at(-0.25), await at(0), await at(0.25)];
  return [(less.proof.primalCny - here.proof.primalCny) * 4, (here.proof.primalCny - more.proof.primalCny) * 4];
}

describe("a pool of trucks", () => {
  const withTrucks = (change: object = {}) => ({ ...base, pools: [{ ...trucks, ...change }] });

  test("two trucks of half a week each carry four vehicles a week; the others take the train or stay", async () => {
    const result = await plan({ network: withTrucks(), demand: demand(12) });
    expect([carriedBy(result, "truck"), carriedBy(result, "train")]).toEqual([4, 4]);
    expect(result.totals).toMatchObject({ carried: 8, unserved: 4, transportCny: 4 * 600 + 4 * 900, unservedCny: 4 * 1600 });
    expect(result.bottlenecks.find((b) => b.path === "pools/trucks")).toMatchObject({
      kind: "pool",
      name: { zh: "运输车", en: "trucks" },
      unit: "truck-week",
      full: 1,
      // One more truck carries two more vehicles, each of which saves its 1,000 of staying.
      mostPriceCny: 2000,
      worthCny: 4000,
    });
    expect(result.unserved).toMatchObject([{ vehicles: 4, reason: "limits", limits: ["pools/trucks"] }]);
  });

  test("its price is what more or less of it changes", async () => {
    const found = await plan({ network: withTrucks(), demand: demand(8) });
    const price = found.bottlenecks.find((b) => b.path === "pools/trucks")!.mostPriceCny;
    // Two vehicles on the ship instead of the train.
    expect(price).toBe(600);
    const [down, up] = await differences((change) => plan({ network: withTrucks({ units: 2 + change }), demand: demand(8) }));
    // With fewer trucks vehicles stay behind, because the train is full: the cost bends here, and the price lies between both sides.
    expect(up).toBeCloseTo(600, 6);
    expect(down).toBeCloseTo(2000, 6);
  });

  test("a trip that lasts into the next week is missed there", async () => {
    // There and back in a week, from Monday 18:00 on: 150 hours in its week and 18 in the next.
    const result = await plan({
      network: withTrucks({ returnPercent: 50, turnaroundHours: week - 63, units: 10 }),
      demand: demand(60, {}),
      plan: { ...onlyDays, unservedCny: 5000 },
      horizon: { from: "2027-03-01", weeks: 3 },
    });
    const trips = [1, 2, 3].map((w) =>
      result.flows.filter((f) => f.week === w && f.services.includes("truck")).reduce((sum, f) => sum + f.vehicles, 0),
    );
    // 10 slots a ship: 10 x 150/168 = 8.93 trucks in week 1, in the others 10 x (150 + 18)/168 = 10.
    expect(trips).toEqual([10, 10, 10]);
    const short = await plan({
      network: withTrucks({ returnPercent: 50, turnaroundHours: week - 63, units: 5 }),
      demand: demand(60, {}),
      plan: { ...onlyDays, unservedCny: 5000 },
    });
    const few = [1, 2, 3].map((w) =>
      short.flows.filter((f) => f.week === w && f.services.includes("truck")).reduce((sum, f) => sum + f.vehicles, 0),
    );
    expect(few.reduce((sum, n) => sum + n, 0)).toBeLessThan(18);
    for (let w = 0; w < 3; w++) expect((few[w]! * 150 + (few[w - 1] ?? 0) * 18) / week).toBeLessThanOrEqual(5 + 1e-9);
    expect(short.bottlenecks.find((b) => b.path === "pools/trucks")).toMatchObject({ kind: "pool" });
  });

  test("cargo that it is not for needs none of it", async () => {
    const result = await plan({ network: withTrucks({ units: 0, when: { kinds: ["sedan"] } }), demand: demand(10) });
    expect(carriedBy(result, "truck")).toBe(10);
    const own = await plan({ network: withTrucks({ units: 0, when: { kinds: ["suv"] } }), demand: demand(10) });
    expect(carriedBy(own, "truck")).toBe(0);
  });

  test("more trucks can be bought, and are where they are worth their price", async () => {
    const units = { pools: ["tr*"], add: 1 };
    const bought = async (total: number) => {
      const body = { investments: [{ id: "more", units, cost: { total }, most: 3 }] };
      const result = await plan({ network: withTrucks(), demand: demand(12), plan: { ...onlyDays, ...body } });
      return result.investments[0]!.units;
    };
    // Two more get the four that stay behind away, for 1,000 each; a third lets two leave the train for the ship, for 300 each.
    expect([await bought(500), await bought(1500), await bought(2500)]).toEqual([3, 2, 0]);
    await expect(
      plan({
        network: withTrucks(),
        demand: demand(1),
        plan: { investments: [{ id: "x", units: { pools: ["none"], add: 1 }, cost: {} }] },
      }),
    ).rejects.toMatchObject({ problems: expect.arrayContaining([expect.objectContaining({ path: "plan/investments/x/units/pools" })]) });
  });

  test("what bringing it back costs is charged to every trip, in the plan and for a single shipment", async () => {
    const network = withTrucks({ units: 100, charges: [{ perTruck: 80 }] });
    const result = await plan({ network, demand: demand(10) });
    expect(result.totals).toMatchObject({ carried: 10, transportCny: 10 * 680 });
    const shipment = { id: "s", cargo: "car", quantity: 1, from: "PLANT", to: "MARKET", ready: "2027-03-01" };
    const single = runScenario(scenarioOf({ network, shipments: [shipment] }));
    expect(single.shipments[0]!.points.map((point) => point.costCny)).toContain(680);
  });
});

describe("wagons that stay on their gauge", () => {
  const rail = (countries?: string[]) => ({
    ...base,
    locations: [
      ...base.locations.filter((l) => l.id !== "MARKET"),
      { id: "BORDER", name: "border", kind: "border", country: "CN", passages: { rail: {} } },
      { id: "MARKET", name: "market", kind: "market", country: "KZ" },
    ],
    services: [
      {
        id: "line",
        mode: "rail",
        form: "wheels",
        stops: [{ at: "PLANT" }, { at: "BORDER", hours: 30, pass: "rail" }, { at: "MARKET", hours: 30 }],
        departures: { weekly: ["mon"], time: "12:00" },
        slots: 10,
        slotUnit: "wagon",
        charges: [{ perWagon: 900 }],
      },
    ],
    cargos: [{ ...base.cargos[0]!, units: { wagon: 2 } }],
    pools: [
      { id: "wagons", name: "wagons", kind: "wagon", units: 2, services: ["line"], ...(countries === undefined ? {} : { countries }) },
    ],
  });

  test("are tied up only as far as the border", async () => {
    // To the border and back: 60 of 168 hours, so 2 wagons make 5.6 trips of two vehicles; all the way 120 hours, 2.8 trips.
    const near = await plan({ network: rail(["CN"]), demand: demand(20) });
    const far = await plan({ network: rail(), demand: demand(20) });
    expect([near.totals.carried, far.totals.carried]).toEqual([11, 5]);
    expect(near.bottlenecks.map((b) => [b.path, b.unit])).toEqual([["pools/wagons", "wagon-week"]]);
  });
});

describe("a lock that two lines share", () => {
  const line = (id: string, pass: string, perVehicle: number) => ({
    id,
    mode: "river",
    form: "wheels",
    stops: [{ at: "PLANT" }, { at: "LOCK", hours: 10, pass }, { at: "MARKET", hours: 100 }],
    departures: { weekly: ["mon"], time: "12:00" },
    slots: 10,
    charges: [{ perVehicle }],
  });
  const lock = (gate: object) => ({
    ...base,
    services: [line("a", "first", 500), line("b", "second", 700)],
    gates: [{ id: "lock", name: { zh: "船闸", en: "lock" }, at: "LOCK", ...gate }],
  });

  test("lets so many vehicles pass in a week, whichever line they come with", async () => {
    const result = await plan({ network: lock({ unit: "vehicle", daily: 2 }), demand: demand(20) });
    expect([carriedBy(result, "a"), carriedBy(result, "b"), result.totals.unserved]).toEqual([10, 4, 6]);
    expect(result.bottlenecks.find((b) => b.path === "gates/lock")).toMatchObject({
      kind: "gate",
      place: "LOCK",
      unit: "vehicle",
      // Staying behind costs the cheapest chain and the margin: 1,500, and the dearer line 700.
      mostPriceCny: 800,
      worthCny: 14 * 800,
    });
    expect(result.unserved).toMatchObject([{ reason: "limits", limits: ["gates/lock", "services/a"] }]);
    const [down, up] = await differences((change) =>
      plan({ network: lock({ unit: "vehicle", daily: 2 + change / 7 }), demand: demand(20) }),
    );
    expect([down, up]).toEqual([expect.closeTo(800, 4), expect.closeTo(800, 4)]);
  });

  test("or so many ships, of which a vehicle is its share", async () => {
    const result = await plan({ network: lock({ unit: "departure", daily: 1.5 / 7 }), demand: demand(20) });
    expect(result.totals.carried).toBe(15);
    expect(result.bottlenecks.find((b) => b.path === "gates/lock")).toMatchObject({ unit: "departure", mostPriceCny: 8000 });
  });

  test("only classes that share it count, and a season leaves a part of it", async () => {
    const one = await plan({ network: lock({ unit: "vehicle", daily: 1, classes: ["second"] }), demand: demand(20) });
    expect([carriedBy(one, "a"), carriedBy(one, "b")]).toEqual([10, 7]);
    // Half of it from Thursday on: 3 + 4 x 0.5 = 5 days. The ship passes on Monday evening, but the week is counted as a whole.
    const seasons = [{ from: "03-04", until: "03-31", slotsPercent: 50 }];
    const half = await plan({ network: lock({ unit: "vehicle", daily: 2, seasons }), demand: demand(20) });
    expect(half.totals.carried).toBe(10);
  });
});

describe("room to stand", () => {
  const shore = (yard: object[], stop: object = {}) => ({
    ...base,
    services: [
      // Arrives on Tuesday at 6:00; the ship leaves on Wednesday of the same week at 12:00.
      {
        id: "shuttle",
        mode: "rail",
        form: "wheels",
        stops: [{ at: "PLANT" }, { at: "PORT", hours: 18 }],
        departures: { weekly: ["mon"], time: "12:00" },
        charges: [{ perVehicle: 100 }],
      },
      {
        ...base.services[1]!,
        stops: [
          { at: "PORT", ...stop },
          { at: "MARKET", hours: 240, distanceKm: 1000 },
        ],
      },
    ],
    yards: yard,
  });

  test("limits the vehicles that wait for a ship, on average over the week", async () => {
    // 30 of 168 hours each: one space holds 5.6 vehicles a week.
    const network = shore([{ id: "quay", name: { zh: "码头堆场", en: "quay" }, at: ["PORT"], spaces: 1 }]);
    const result = await plan({ network, demand: demand(10) });
    expect(result.totals.carried).toBe(5);
    expect(result.bottlenecks).toMatchObject([{ path: "yards/quay", kind: "yard", unit: "space-week", mostPriceCny: 5600 }]);
    expect(result.unserved).toMatchObject([{ reason: "limits", limits: ["yards/quay"] }]);
    const [down, up] = await differences((change) =>
      plan({ network: shore([{ id: "quay", at: ["PORT"], spaces: 1 + change }]), demand: demand(10) }),
    );
    expect([down, up]).toEqual([expect.closeTo(5600, 4), expect.closeTo(5600, 4)]);
    const more = await plan({
      network,
      demand: demand(10),
      plan: { ...onlyDays, investments: [{ id: "yard", spaces: { yards: ["quay"], add: 1 }, cost: { total: 100 } }] },
    });
    expect(more.totals).toMatchObject({ carried: 10, investmentCny: 100 });
  });

  test("counts from the cut-off on where vehicles come just in time", async () => {
    const truck = [
      base.services[0]!,
      {
        ...base.services[1]!,
        stops: [
          { at: "PORT", cutoffHours: 24 },
          { at: "MARKET", hours: 240 },
        ],
      },
    ];
    const at = (spaces: number) => ({ ...base, services: truck, yards: [{ id: "quay", at: ["PORT", "PLANT"], spaces }] });
    // Ready on Monday at midnight, 42 hours on the road and 24 before Wednesday noon do not fit: the ship of the week after.
    const result = await plan({ network: at(100), demand: demand(10) });
    expect(result.flows.map((f) => f.departures)).toEqual([["2027-03-10T12:00+00:00"]]);
    // At the plant from Monday midnight to Sunday 18:00 (162 hours) in week 1; at the quay from Tuesday noon to Wednesday noon (24 hours) in week 2.
    const tight = await plan({ network: at(5), demand: demand(10) });
    expect(tight.totals.carried).toBe(Math.floor((5 * week) / 162));
  });
});

test("measures that bring trains, wagons, yards or quicker turns lift these limits, and only theirs", async () => {
  const shelf = await builtinLevers();
  const limitsOf = (use: string[]) => {
    const { data } = scenarioNetwork(scenarioOf({ levers: use.map((id) => ({ use: id })), shipments: [] }), undefined, shelf);
    const value = (figure: Figure) => (typeof figure === "object" && "value" in figure ? figure.value : figure);
    return Object.fromEntries([
      ...data.pools.map((pool) => [pool.id, value(pool.units)]),
      ...data.pools.map((pool) => [`${pool.id} hours`, value(pool.turnaroundHours!)]),
      ...data.gates.map((gate) => [gate.id, value(gate.daily)]),
      ...data.yards.map((yard) => [`${yard.id} yard`, value(yard.spaces)]),
    ]) as Record<string, number>;
  };
  const before = limitsOf([]);
  const growth = (use: string) =>
    Object.entries(limitsOf([use])).flatMap(([name, value]) =>
      value === before[name] ? [] : [[name, Number((value / before[name]!).toFixed(6))]],
    );
  expect(growth("more-trains-russia-central-asia")).toEqual([
    ["china-europe-boxes", 1.5],
    ["jsq-wagons", 1.5],
  ]);
  expect(growth("priority-wagons")).toEqual([
    ["china-europe-boxes", 1.5],
    ["jsq-wagons", 1.5],
  ]);
  expect(growth("roro-berths")).toEqual([
    ["nansha yard", 1.2],
    ["taicang yard", 1.2],
    ["waigaoqiao yard", 1.2],
  ]);
  expect(growth("smart-logistics")).toEqual([["car-carriers hours", 0.6]]);
  expect(growth("nev-by-rail")).toEqual([]);
});

describe("in words", () => {
  const reader = (language: "zh" | "en") => ({ language, style: makeStyle(false), width: 200 });

  test("the plan's text names what is full, what one more is worth, and whom it keeps back, in both languages", async () => {
    const result = await plan({ network: { ...base, pools: [trucks] }, demand: demand(12) });
    const [zh, en] = [planText(result, reader("zh")), planText(result, reader("en"))];
    expect(zh).toMatch(/运输车 +1\/\d+ +2,000 +2,000 +辆运输车·周/);
    expect(zh).toContain("运力已满：运输车");
    expect(en).toMatch(/trucks +1\/\d+ +2,000 +2,000 +truck and week/);
    expect(en).toContain("capacity is full: trucks");
  });

  test("the built-in ones are explained, with what they rest on", () => {
    const data = builtinNetwork();
    for (const list of ["pools", "gates", "yards"] as const)
      for (const [index, member] of data[list].entries()) {
        expect(findSubject(data, `${list}/${member.id}`, () => false).subject).toEqual({ kind: list.slice(0, -1), index });
        for (const language of ["zh", "en"] as const) {
          const text = explainMember(data, member, { zh: "", en: "" }, reader(language));
          expect(text).toContain(say(member.name ?? member.id, language));
          expect(text).toMatch(language === "zh" ? /假定|推算|已发布/ : /assumed|derived|published/);
        }
      }
    const lock = data.locations.find((l) => l.id === "CNYIC-TGD")!;
    expect(explainPlace(data, lock, reader("en"))).toContain("gates/three-gorges-lock");
  });
});

test("a network whose pools, gates or yards name what is not there is refused, all at once", async () => {
  const network = {
    ...base,
    pools: [{ ...trucks, services: ["lorry*"], when: { kinds: ["suv"] }, charges: [{ perTruck: 1 }] }],
    gates: [{ id: "g", name: "g", at: "LOCK", classes: ["third"], unit: "vehicle", daily: 1 }],
    yards: [{ id: "y", at: ["NOWHERE"], spaces: 1 }],
  };
  const found: unknown = await runPlan(scenarioOf({ network, horizon, demand: demand(1) })).catch((error: unknown) => error);
  const errors = found instanceof InputError ? found.problems.filter((p) => p.severity === "error").map((p) => p.path) : [];
  expect(errors).toEqual([
    "network/pools/trucks/services",
    "network/pools/trucks/charges",
    "network/gates/g/classes",
    "network/yards/y/at",
  ]);
});
