import { expect, test } from "vitest";
import { assemble, checkNetwork, compile, runScenario, windowOf } from "../../src/index.ts";
import { largeNetwork, largeScenario } from "../support/large-network.ts";

// 50,000 places and 200,000 services are loaded by `npm run bench`; a fifth of that here, with the work counted instead of timed.
test("a planner's own network of 10,000 places and 40,000 services loads and answers", () => {
  const { data, problems } = assemble([{ part: largeNetwork(10_000, 40_000) }]);
  expect(problems).toEqual([]);
  expect(checkNetwork(data).filter((p) => p.severity === "error")).toEqual([]);
  const scenario = largeScenario(10_000, 40_000);
  const network = compile(data, windowOf(scenario.shipments));
  expect(network.legService.length).toBe(40_000);
  const result = runScenario(scenario);
  const [shipment] = result.shipments;
  expect(shipment!.points.length).toBeGreaterThan(0);
  expect(shipment!.points.some((p) => p.onFront)).toBe(true);
  // Bounds keep the search narrow: a few labels a node on the way, not one for every place and service.
  expect(shipment!.counters.labels).toBeLessThan(20_000);
});

test("everything left out costs nothing and takes no time", () => {
  const result = runScenario({
    id: "bare",
    network: {
      locations: [
        { id: "a", name: "a", kind: "plant" },
        { id: "b", name: "b", kind: "market" },
      ],
      cargos: [{ id: "car", name: "car", kind: "sedan", powertrain: "ice" }],
      services: [{ id: "s", mode: "road", form: "wheels", stops: [{ at: "a" }, { at: "b" }], charges: [{ perVehicle: 500 }] }],
    },
    shipments: [{ cargo: "car", quantity: 3, from: "a", to: "b", ready: "2027-03-02" }],
  });
  const chain = result.shipments[0]!.options.flatMap((o) => o.chains)[0]!;
  expect(chain.cost.cny).toBe(500);
  expect(chain.time.days).toBe(0);
  expect(chain.co2eKg).toBe(0);
  expect(chain.cost.lines).toEqual({ "main-carriage": 500 });
});
