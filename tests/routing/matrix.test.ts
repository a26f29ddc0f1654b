import { describe, expect, test } from "vitest";
import {
  type Option,
  RouteComparison,
  type Shipment,
  buildShipmentGraph,
  builtinNetwork,
  compile,
  explainMissing,
  makeChain,
  options,
  resolveShipment,
  windowOf,
} from "../../src/index.ts";

const data = builtinNetwork();
const ready = "2027-03-02";
const network = compile(data, windowOf([{ cargo: "", quantity: 1, from: "", to: "", ready }]));
const plants = data.locations.filter((l) => l.kind === "plant").map((l) => l.id);
const markets = data.locations.filter((l) => l.kind === "market").map((l) => l.id);
const cargos = data.cargos.map((c) => c.id);

function answer(cargo: string, from: string, to: string) {
  const shipment: Shipment = { cargo, quantity: 60, from, to, ready };
  const { terms, problems } = resolveShipment(network, shipment, "");
  expect(problems).toEqual([]);
  const graph = buildShipmentGraph(network, terms!);
  const { families } = new RouteComparison(graph).run();
  const present = options.filter((option) => families.some((f) => f.option === option));
  return { graph, families, present };
}

describe("the built-in network answers", () => {
  test("has the plants, markets and cargos it promises", () => {
    expect(plants.length).toBeGreaterThanOrEqual(8);
    expect(markets.length).toBeGreaterThanOrEqual(30);
    expect(cargos.length).toBeGreaterThanOrEqual(9);
  });

  // Every market with every cargo, the plants taking turns; then every plant with every market.
  test.each(markets)("%s, with every cargo: an option or a reason", (market) => {
    cargos.forEach((cargo, i) => {
      const { graph, families, present } = answer(cargo, plants[(i + markets.indexOf(market)) % plants.length]!, market);
      for (const { ways } of families) expect(makeChain(graph, ways[0]!).cost.cny).toBeGreaterThan(0);
      const missing = explainMissing(
        graph,
        options.filter((o) => !present.includes(o)),
        150,
      );
      expect(missing).toHaveLength(options.length - present.length);
      for (const { reason } of missing) expect(reason.zh.length * reason.en.length).toBeGreaterThan(0);
      // Everything but a heavy truck, which fits no box and no auto-rack wagon, reaches every market.
      if (cargo !== "heavy-truck") expect(`${cargo} ${market} ${present.length > 0}`).toBe(`${cargo} ${market} true`);
    });
  });

  test.each(plants)("from %s to every market", (plant) => {
    for (const market of markets) expect(`${market} ${answer("ice-suv", plant, market).present.length > 0}`).toBe(`${market} true`);
  });

  // What the facts say exists for petrol cars (topics 1-6 of rail and land, 5-7 of river and sea).
  const expected: Record<string, Option[]> = {
    "RU-MARKET": ["ro-ro", "container", "rail-auto-rack", "rail-container", "road"],
    "BY-MARKET": ["rail-container"],
    "KZ-MARKET": ["rail-auto-rack", "rail-container", "road"],
    "UZ-MARKET": ["rail-auto-rack", "rail-container", "road"],
    "AZ-MARKET": ["rail-container"],
    "GE-MARKET": ["rail-container"],
    "DE-MARKET": ["ro-ro", "container", "pulp", "rail-container"],
    "PL-MARKET": ["ro-ro", "container", "rail-container"],
    "HU-MARKET": ["rail-container"],
    "BR-MARKET": ["ro-ro", "container", "pulp"],
    "MX-MARKET": ["ro-ro", "container"],
    "CL-MARKET": ["ro-ro", "container", "pulp"],
    "SA-MARKET": ["ro-ro", "container"],
    "AE-MARKET": ["ro-ro", "container"],
    "TH-MARKET": ["ro-ro", "container", "rail-container", "road"],
    "LA-MARKET": ["rail-container", "road"],
    "VN-MARKET": ["ro-ro", "container", "rail-container", "road"],
    "KH-MARKET": ["container", "road"],
    "MM-MARKET": ["road"],
    "AU-MARKET": ["ro-ro", "container"],
    "ZA-MARKET": ["ro-ro", "container"],
  };
  test.each(Object.entries(expected))("%s has every option that the facts know", (market, wanted) => {
    const { present } = answer("ice-suv", "CNCKG-CHANGAN-YUBEI", market);
    expect(wanted.filter((option) => !present.includes(option))).toEqual([]);
  });

  test("corridors compete: Jakarta by the Yangtze and by land and sea, Moscow west and north", () => {
    const corridors = (cargo: string, to: string) => answer(cargo, "CNCKG-CHANGAN-YUZUI", to).families.map((f) => f.corridor);
    expect(corridors("ice-sedan", "ID-MARKET")).toEqual(expect.arrayContaining(["yangtze", "land-sea", "coastal-rail"]));
    expect(corridors("ice-suv", "RU-MARKET")).toEqual(expect.arrayContaining(["china-europe-west", "china-europe-north"]));
  });
});
