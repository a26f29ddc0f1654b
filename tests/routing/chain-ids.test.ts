import { describe, expect, test } from "vitest";
import type { Shipment } from "../../src/model/index.ts";
import { type ShipmentResult, runScenario } from "../../src/scenario/index.ts";

const compared = (shipment: Partial<Shipment>): ShipmentResult =>
  runScenario({
    id: "ids",
    shipments: [{ cargo: "bev-suv", quantity: 60, from: "CNCKG-CHANGAN-YUBEI", to: "KZ-MARKET", ready: "2028-02-29", ...shipment }],
    routes: { alternatives: 50 },
  }).shipments[0]!;
const idsOf = ({ options }: ShipmentResult) => options.flatMap(({ chains }) => chains.map(({ id }) => id));

describe("chain ids", () => {
  test.each([{}, { to: "UZ-MARKET", from: "CNCKG-SERES" }, { to: "Moscow", ready: "2027-06-02" }, { to: "BEZEE", ready: "2027-03-02" }])(
    "every chain has one of its own: %j",
    (shipment) => {
      const ids = idsOf(compared(shipment));
      expect(ids.length).toBeGreaterThan(5);
      expect(new Set(ids).size).toBe(ids.length);
    },
  );

  test("the winners' ids lead to the best of the front", () => {
    const { points, winners, options } = compared({});
    const chain = (id: string | undefined) => options.flatMap(({ chains }) => chains).find((c) => c.id === id)!;
    expect(chain(winners.cheapest).cost.cny).toBe(Math.min(...points.map((p) => p.costCny)));
    expect(chain(winners.fastest).time.days).toBe(Math.min(...points.map((p) => p.days)));
    expect(chain(winners.greenest).co2eKg).toBe(Math.min(...points.map((p) => p.co2eKg)));
  });

  test("without scheduled legs the id has the ready date at the origin", () => {
    const ids = idsOf(compared({})).filter((id) => id.startsWith("road/"));
    expect(ids.length).toBeGreaterThan(1);
    for (const id of ids) expect(id).toMatch(/\/20280229-c\d+$/);
  });
});
