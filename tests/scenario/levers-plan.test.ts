import { describe, expect, test } from "vitest";
import type { Change, LeverUse, Scenario } from "../../src/model/index.ts";
import { builtinLevers } from "../../src/network/index.ts";
import type { PlanResult, PlanSolution } from "../../src/planning/index.ts";
import { preparePlan, runPreparedPlan } from "../../src/scenario/index.ts";

const shelf = await builtinLevers();

const row = (id: string, cargo: string, plant: string, market: string, quantity: number) => ({
  id,
  cargo,
  quantity,
  from: `CNCKG-${plant}`,
  to: `${market}-MARKET`,
});

/** Two weeks, eight markets, 370 vehicles and so few slots that many departures fill up. Waits are long, so that no way is cut off by their limit. */
const small: Scenario = {
  id: "small",
  shipments: [],
  horizon: { from: "2027-03-01", weeks: 2 },
  plan: { slotSharePercent: 2, maxWaitDays: 40, maxTransferWaitDays: 40, maxDays: 100 },
  demand: [
    row("europe", "bev-suv", "SERES", "BE", 60),
    row("brazil", "ice-suv", "CHANGAN-YUZUI", "BR", 60),
    row("russia", "ice-sedan", "CHANGAN-YUZUI", "RU", 40),
    row("uzbekistan", "bev-suv", "SERES", "UZ", 30),
    row("gulf", "ice-suv", "CHANGAN-FORD", "SA", 60),
    row("thailand", "bev-sedan", "CHANGAN-YUBEI", "TH", 40),
    row("africa", "ice-suv", "CHANGAN-YUZUI", "ZA", 40),
    row("mexico", "phev-suv", "CHANGAN-YUZUI", "MX", 40),
  ],
};

const off = (...services: string[]): Change[] => services.map((id) => ({ change: `services/${id}`, set: { enabled: false } }));
/** Worlds in which a lever is not overshadowed by what is cheaper anyway. */
const worlds = {
  open: [] as Change[],
  boxes: off("sea-roro-*", "sea-pulp-*", "road-car-*"),
  rail: off("sea-*", "road-car-*"),
  overland: off("sea-*", "rail-container-*", "road-container-nanpeng-*", "road-car-khorgos-*", "road-car-alashankou-*", "road-selfdrive-*"),
};
type World = keyof typeof worlds;

interface Answer {
  result: PlanResult;
  /** CNY, before vehicles are made whole. */
  total: number;
  solution: PlanSolution;
}

async function plan(world: World, levers: LeverUse[], scenario: Scenario = small): Promise<Answer> {
  let solution: PlanSolution | undefined;
  const prepared = await preparePlan({ ...scenario, levers: [...worlds[world], ...levers] }, { shelf });
  const result = await runPreparedPlan(prepared, { onSolved: (_, found) => void (solution = found) });
  return { result, total: result.proof.primalCny, solution: solution! };
}

const bases = new Map<World, Promise<Answer>>();
const base = (world: World) => {
  let known = bases.get(world);
  if (known === undefined) bases.set(world, (known = plan(world, [])));
  return known;
};

/** What is the plan's own: no texts of the network, no warnings. */
const own = ({ warnings: _warnings, sources: _sources, ...rest }: PlanResult) => JSON.stringify(rest);

type Moves = "cheaper" | "dearer" | "demand" | "split" | "ships" | "nothing";
const expectations: Record<string, [Moves, World]> = {
  "product-mix": ["demand", "open"],
  "kd-assembly": ["split", "open"],
  "market-development": ["demand", "open"],
  "duty-shock-eu": ["dearer", "open"],
  "duty-shock-russia": ["dearer", "open"],
  "duty-shock-south-africa": ["dearer", "open"],
  "eu-price-undertaking": ["cheaper", "open"],
  "mexico-duty-relief": ["cheaper", "open"],
  "export-clearance-simplified": ["cheaper", "open"],
  "guoyuan-fast-clearance": ["cheaper", "open"],
  "free-clearance-mode": ["cheaper", "open"],
  "sea-gate-clearance-only": ["dearer", "open"],
  "dg-declaration": ["cheaper", "boxes"],
  "green-channel-withdrawn": ["dearer", "boxes"],
  "dg-mutual-recognition": ["cheaper", "open"],
  "recognition-withdrawn": ["dearer", "open"],
  "carriers-refuse-nev": ["dearer", "open"],
  "lock-open-to-nev": ["cheaper", "open"],
  "nev-by-rail": ["cheaper", "rail"],
  "nev-carriage-rules": ["cheaper", "open"],
  "car-in-container-standard": ["cheaper", "open"],
  "bev-export-licence": ["dearer", "open"],
  "carbon-price": ["dearer", "open"],
  "larger-roro-fleet": ["cheaper", "open"],
  "own-roro-ships": ["ships", "open"],
  "coastal-roro-slots": ["cheaper", "open"],
  // Spot rates are those of a market with ships to spare: a contract costs more.
  "volume-price-capacity-contract": ["dearer", "open"],
  "container-slots": ["cheaper", "open"],
  "pulp-ships": ["cheaper", "open"],
  "more-roro-sailings": ["cheaper", "open"],
  "new-roro-routes": ["cheaper", "open"],
  "roro-berths": ["cheaper", "open"],
  "multi-port-exits": ["cheaper", "boxes"],
  "shanghai-gate-only": ["dearer", "open"],
  "more-trains-russia-central-asia": ["cheaper", "rail"],
  "priority-wagons": ["cheaper", "rail"],
  "rail-agreement-price": ["cheaper", "rail"],
  "express-roro-liner": ["cheaper", "open"],
  "yangtze-corridor-only": ["dearer", "open"],
  "truck-to-rail-and-water": ["dearer", "open"],
  "smart-logistics": ["cheaper", "open"],
  pooling: ["cheaper", "overland"],
  "overseas-warehouses": ["cheaper", "open"],
  "europe-port-backlog": ["dearer", "open"],
  "last-mile-relief": ["cheaper", "open"],
  // On-time chances are no part of a plan.
  "flow-watch": ["nothing", "open"],
  "service-standards": ["cheaper", "open"],
  "credit-terms": ["cheaper", "open"],
  "bill-of-lading-finance": ["cheaper", "open"],
  "export-credit-insurance": ["cheaper", "open"],
  "insured-lending": ["cheaper", "open"],
  "fx-hedging": ["dearer", "open"],
  "rmb-settlement": ["cheaper", "open"],
  "faster-rebate": ["cheaper", "open"],
  "preferences-unused": ["dearer", "open"],
};

test("every lever has an expectation; those that say they act on the plan are expected to", () => {
  expect(Object.keys(expectations).sort()).toEqual(shelf.map((lever) => lever.id).sort());
  for (const { id, studies } of shelf) expect([id, expectations[id]![0] !== "nothing"]).toEqual([id, studies.includes("plan")]);
});

describe("on a small plan", () => {
  test.each(shelf.map((lever) => [lever.id, ...expectations[lever.id]!] as const))(
    "%s: %s (%s)",
    async (use, moves, world) => {
      const before = await base(world);
      const after = await plan(world, [{ use }]);
      const { totals, rows, proof } = after.result;
      expect(proof.gap).toBeLessThanOrEqual(1e-6);
      const accuracy = before.total - before.result.proof.boundCny + (after.total - proof.boundCny);
      if (moves === "cheaper") expect(before.total - after.total).toBeGreaterThan(accuracy);
      if (moves === "dearer") expect(after.total - before.total).toBeGreaterThan(accuracy);
      if (moves === "nothing") expect(own(after.result)).toBe(own(before.result));
      if (moves === "demand") expect(totals.demand).toBeGreaterThan(before.result.totals.demand);
      else expect(totals.demand).toBe(before.result.totals.demand);
      if (moves === "split") {
        const kits = rows.filter(({ row: id }) => id.includes("~"));
        expect(kits.length).toBeGreaterThan(0);
        for (const kit of kits) expect(kit.carried).toBeGreaterThan(0);
      }
      if (moves === "ships") {
        // The charter is paid for whether the ships sail full or not.
        const [contract] = after.result.contracts;
        expect(contract!.used).toBeLessThan(contract!.slots);
        expect(totals.shortfallCny).toBeGreaterThan(0);
        expect(after.total - totals.shortfallCny).toBeLessThan(before.total);
      }
    },
    120_000,
  );
});

describe("where a lever has nothing to act on", () => {
  const thailand: Scenario = { ...small, id: "thailand", demand: [row("thailand", "bev-sedan", "CHANGAN-YUBEI", "TH", 40)] };
  const without = plan("open", [], thailand);

  test.each(["duty-shock-eu", "duty-shock-russia", "duty-shock-south-africa", "eu-price-undertaking", "mexico-duty-relief", "flow-watch"])(
    "%s leaves the plan of another market as it is, to the byte",
    async (use) => {
      expect(own((await plan("open", [{ use }], thailand)).result)).toBe(own((await without).result));
    },
  );

  test("the id of the scenario is all that an empty list of levers changes", async () => {
    const named = await plan("open", [], { ...thailand, id: "named" });
    expect(own({ ...named.result, scenario: { id: "thailand" } })).toBe(own((await without).result));
  });
});
