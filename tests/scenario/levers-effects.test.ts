import { describe, expect, test } from "vitest";
import type { Change, LeverUse } from "../../src/model/index.ts";
import { type NetworkData, builtinLevers, builtinNetwork } from "../../src/network/index.ts";
import type { Option } from "../../src/routing/index.ts";
import { applyChanges, applyLevers, runScenario } from "../../src/scenario/index.ts";
import { type Best, baseline, bestOf, differences, matches, valueAt } from "../support/levers.ts";

const shelf = await builtinLevers();
const base = builtinNetwork();

/** What must move, and which way. `by`: the change itself, where it can be said beforehand. */
type Expectation =
  | { way: [shipment: string, option: Option, corridor: string]; measure: keyof Best; moves: "down" | "up"; by?: number; given?: Change[] }
  | { way: [shipment: string, option: Option, corridor: string]; is: "new" | "gone"; given?: Change[] }
  | { figure: string; from: number; to: number }
  | { demand: true }
  | { onTime: [shipment: string, option: Option] };

const rail = (shipment: string): [string, Option, string] => [shipment, "rail-container", "china-europe-west"];
const roro = (shipment: string, corridor = "direct"): [string, Option, string] => [shipment, "ro-ro", corridor];
const box = (shipment: string, corridor = "direct"): [string, Option, string] => [shipment, "container", corridor];
const cheaper = (way: [string, Option, string], by?: number): Expectation => ({
  way,
  measure: "costCny",
  moves: "down",
  ...(by === undefined ? {} : { by }),
});
const dearer = (way: [string, Option, string], by?: number): Expectation => ({ ...cheaper(way, by), moves: "up" }) as Expectation;
const quicker = (way: [string, Option, string], by?: number): Expectation => ({
  way,
  measure: "days",
  moves: "down",
  ...(by === undefined ? {} : { by }),
});

const expectations: Record<string, Expectation> = {
  "product-mix": { demand: true },
  "kd-assembly": { demand: true },
  "market-development": { demand: true },
  "duty-shock-south-africa": dearer(roro("south-africa")),
  "duty-shock-eu": dearer(roro("europe")),
  "eu-price-undertaking": cheaper(roro("europe")),
  "duty-shock-russia": dearer(rail("russia"), 920_000 * 0.2 * 0.0911),
  "mexico-duty-relief": cheaper(roro("mexico")),
  "export-clearance-simplified": cheaper(roro("europe")),
  "guoyuan-fast-clearance": { figure: "operations/china-export-guoyuan/dwellHours", from: 23, to: 6.97 },
  "free-clearance-mode": quicker(roro("russia", "yangtze")),
  "sea-gate-clearance-only": dearer(box("europe", "yangtze")),
  "dg-declaration": cheaper(box("europe", "yangtze")),
  "green-channel-withdrawn": dearer(box("europe", "yangtze"), 1500 / 3),
  "dg-mutual-recognition": cheaper(box("europe", "yangtze")),
  "recognition-withdrawn": dearer(box("europe"), (4350 - 1350) / 3),
  "nev-carriage-rules": cheaper(roro("europe"), 50 * 6.9858),
  "carriers-refuse-nev": { way: roro("europe"), is: "gone" },
  "lock-open-to-nev": cheaper(roro("europe", "yangtze")),
  "car-in-container-standard": cheaper(box("europe")),
  "nev-by-rail": quicker(["uzbekistan", "rail-auto-rack", "china-europe-west"]),
  "bev-export-licence": { way: box("europe"), measure: "days", moves: "up" },
  "carbon-price": dearer(roro("europe")),
  "larger-roro-fleet": { figure: "services/sea-roro-shanghai-santos/slots", from: 630, to: 963.9 },
  "own-roro-ships": cheaper(roro("saudi-arabia")),
  "coastal-roro-slots": { figure: "services/sea-roro-shanghai-santos/slots", from: 630, to: 787.5 },
  "volume-price-capacity-contract": dearer(roro("brazil")),
  "pulp-ships": quicker(["europe", "pulp", "direct"]),
  "container-slots": { figure: "services/sea-container-yangshan-santos/slots", from: 60, to: 90 },
  "more-roro-sailings": quicker(roro("brazil")),
  "new-roro-routes": { way: roro("thailand", "land-sea"), is: "new" },
  "roro-berths": quicker(roro("brazil")),
  "multi-port-exits": {
    // The Pinglu Canal is slower than the train to Qinzhou: it shows where that does not run.
    way: box("saudi-arabia", "land-sea"),
    is: "new",
    given: [{ change: "services/rail-*-qinzhou", set: { enabled: false } }],
  },
  "shanghai-gate-only": dearer(roro("europe")),
  "more-trains-russia-central-asia": quicker(rail("russia")),
  "priority-wagons": { figure: "figures/rail-slots-container-europe", from: 25, to: 37.5 },
  "rail-agreement-price": cheaper(rail("europe")),
  "express-roro-liner": quicker(roro("russia", "yangtze")),
  "yangtze-corridor-only": { way: rail("europe"), is: "gone" },
  "truck-to-rail-and-water": { way: roro("europe"), is: "gone" },
  "smart-logistics": cheaper(roro("europe")),
  pooling: quicker(["uzbekistan", "rail-auto-rack", "china-europe-west"]),
  "overseas-warehouses": quicker(roro("europe"), (24 - 8) / 24),
  "last-mile-relief": quicker(roro("europe"), (168 / 24) * 0.3),
  "europe-port-backlog": { way: ["europe", "ro-ro", "yangtze"], is: "gone" },
  "flow-watch": { onTime: ["europe", "pulp"] },
  "service-standards": cheaper(roro("europe")),
  "credit-terms": cheaper(roro("europe")),
  "bill-of-lading-finance": cheaper(roro("europe")),
  "export-credit-insurance": cheaper(roro("europe"), 128_000 * 0.002 * 0.3),
  "insured-lending": cheaper(roro("europe")),
  "fx-hedging": dearer(roro("europe")),
  "rmb-settlement": cheaper(roro("europe")),
  "faster-rebate": cheaper(roro("europe")),
  "preferences-unused": dearer(roro("thailand")),
};

const applied = (entries: (Change | LeverUse)[], from: NetworkData = base) => applyLevers(from, entries, shelf, true);

test("every lever has an expectation", () => {
  expect(Object.keys(expectations).sort()).toEqual(shelf.map((l) => l.id).sort());
});

describe.each(shelf.map((lever) => [lever.id, lever] as const))("%s", (id, lever) => {
  test("touches what it says, and nothing else", () => {
    const { data, problems } = applied([{ use: id }]);
    expect(problems).toEqual([]);
    const changed = differences(base, data);
    expect(changed.filter((path) => !lever.touches.some((pattern) => matches(pattern, path)))).toEqual([]);
    expect(lever.touches.filter((pattern) => !changed.some((path) => matches(pattern, path)))).toEqual([]);
  });

  test("moves what it should, the way it should", () => {
    const expected = expectations[id]!;
    if ("demand" in expected) {
      expect(lever.demand!.length).toBeGreaterThan(0);
      expect(lever.changes).toEqual([]);
      return;
    }
    if ("figure" in expected) {
      const number = (value: unknown): number => {
        if (typeof value === "number") return value;
        const record = value as { value?: number; use?: string };
        return record.value ?? number(base.figures[record.use!]);
      };
      expect(number(valueAt(base, expected.figure))).toBeCloseTo(expected.from, 6);
      expect(number(valueAt(applied([{ use: id }]).data, expected.figure))).toBeCloseTo(expected.to, 6);
      return;
    }
    if ("onTime" in expected) {
      const chance = (levers: LeverUse[]) => {
        const [shipment, option] = expected.onTime;
        const scenario = { ...baseline, levers, shipments: baseline.shipments.filter((s) => s.id === shipment) };
        const chains = runScenario(scenario, undefined, shelf).shipments[0]!.options.find((o) => o.option === option)!.chains;
        return chains.map((chain) => chain.due!.onTimeChance);
      };
      const [before, after] = [chance([]), chance([{ use: id }])];
      expect(after.length).toBe(before.length);
      expect(after.some((value, i) => Math.abs(value - before[i]!) > 1e-6)).toBe(true);
      // Where the mean is in time, less spread makes it likelier; where it is late, less likely.
      after.forEach((value, i) => expect(value >= 0.5 ? value >= before[i]! : value <= before[i]!).toBe(true));
      return;
    }
    const world = applyChanges(base, expected.given ?? []);
    expect(world.problems.filter((p) => p.severity === "error")).toEqual([]);
    const best = (data: NetworkData) => bestOf(data, ...(expected.way as [string, Option, string]));
    const [before, after] = [best(world.data), best(applied([{ use: id }], world.data).data)];
    if ("is" in expected) {
      expect(before === undefined).toBe(expected.is === "new");
      expect(after === undefined).toBe(expected.is === "gone");
      return;
    }
    const change = after![expected.measure] - before![expected.measure];
    if (expected.moves === "down") expect(change).toBeLessThan(0);
    else expect(change).toBeGreaterThan(0);
    if (expected.by !== undefined) expect(Math.abs(change)).toBeCloseTo(expected.by, 1);
  });
});

test("fast clearance at Guoyuan takes its hours off the dwell of the chains that clear there", () => {
  // No clearance at the plants and the sea gates: what goes down the Yangtze clears at Guoyuan.
  const world: Change[] = [
    { change: "operations/china-export-*", set: { enabled: false } },
    { change: "operations/china-export-guoyuan", set: { enabled: true } },
  ];
  const chainsWith = (levers: (Change | LeverUse)[]) =>
    runScenario({ ...baseline, levers, shipments: baseline.shipments.filter((s) => s.id === "brazil") }, undefined, shelf)
      .shipments[0]!.options.flatMap((o) => o.chains)
      .filter((chain) => chain.elements.some((e) => e.kind === "operation" && e.operation === "china-export-guoyuan"));
  const dwell = (chain: ReturnType<typeof chainsWith>[number]) => {
    const element = chain.elements.findIndex((e) => e.kind === "operation" && e.operation === "china-export-guoyuan");
    return chain.timeItems.filter((item) => item.element === element && item.what === "dwell").reduce((sum, item) => sum + item.minutes, 0);
  };
  for (const [entries, hours] of [
    [world, 23],
    [[...world, { use: "guoyuan-fast-clearance" }], 8 - 1.03],
    [[...world, { use: "guoyuan-fast-clearance", with: { hours: 3 } }], 3 - 1.03],
  ] as const) {
    const chains = chainsWith([...entries]);
    expect(chains.length).toBeGreaterThan(0);
    for (const chain of chains) expect(Math.abs(dwell(chain) - hours * 60)).toBeLessThanOrEqual(1);
  }
});
