import { expect, test } from "vitest";
import type { Shipment } from "../../src/model/index.ts";
import { builtinNetwork, compile, retime } from "../../src/network/index.ts";
import { RouteComparison, buildShipmentGraph } from "../../src/routing/index.ts";
import { resolveShipment, windowOf } from "../../src/scenario/index.ts";
import { Random } from "../support/random-network.ts";

const data = builtinNetwork();
const ids = (kind: string) => data.locations.filter((l) => l.kind === kind).map((l) => l.id);

function randomShipment(random: Random): Shipment {
  return {
    cargo: random.pick(data.cargos).id,
    quantity: random.int(1, 600),
    from: random.pick(ids("plant")),
    to: random.pick(ids("market")),
    ready: `2027-0${random.int(1, 9)}-1${random.int(0, 9)}`,
  };
}

test("whatever was patched before, a comparison weighed again finds the very ways, dates and all, that one made anew finds", () => {
  const random = new Random(11);
  let compared = 0;
  let moved = 0;
  for (let k = 0; k < 12; k++) {
    const shipment = randomShipment(random);
    const network = compile(data, windowOf([shipment]));
    const graph = buildShipmentGraph(network, resolveShipment(network, shipment, "").terms!);
    const kept = new RouteComparison(graph);
    let before = JSON.stringify(kept.run().families);
    const { figures } = network;
    const base = figures.values.slice();
    for (let round = 0; round < 5; round++) {
      for (let n = random.int(1, 25); n > 0; n--) {
        const i = random.int(0, figures.count - 1);
        figures.values[i] = Math.min(figures.high[i]!, Math.max(figures.low[i]!, base[i]! * (0.6 + 0.8 * random.next())));
      }
      retime(network);
      const again = kept.reweigh();
      const anew = new RouteComparison(graph).run();
      expect(again.front).toEqual(anew.front);
      expect(again.families).toEqual(anew.families);
      const now = JSON.stringify(again.families);
      if (now !== before) moved++;
      before = now;
      if (again.families.length > 0) compared++;
    }
  }
  expect(compared).toBeGreaterThan(40);
  expect(moved).toBeGreaterThan(20);
}, 120_000);

test("what was found before spares most of the work, on the dearest lane too", () => {
  for (const [cargo, from, to, share] of [
    ["bev-suv", "CNCKG-SERES", "BEZEE", 0.6],
    ["ice-suv", "CNCKG-CHANGAN-YUZUI", "RU-MARKET", 0.85],
  ] as const) {
    const shipment: Shipment = { cargo, from, to, quantity: 300, ready: "2027-03-02" };
    const network = compile(data, windowOf([shipment]));
    const graph = buildShipmentGraph(network, resolveShipment(network, shipment, "").terms!);
    const comparison = new RouteComparison(graph);
    const first = comparison.run().counters.labels;
    const rate = network.figures.find("finance/cnyPer/USD");
    network.figures.values[rate]! *= 1.01;
    expect(comparison.reweigh().counters.labels - first).toBeLessThan(first * share);
  }
});

test("where chains cannot mix corridors the whole graph is not searched once more", () => {
  const shipment: Shipment = { cargo: "bev-suv", from: "CNCKG-SERES", to: "BEZEE", quantity: 300, ready: "2027-03-02" };
  const network = compile(data, windowOf([shipment]));
  const graph = buildShipmentGraph(network, resolveShipment(network, shipment, "").terms!);
  expect(new RouteComparison(graph).run().counters.labels).toBeLessThan(2500);
});
