import { describe, expect, test } from "vitest";
import {
  type NetworkData,
  type Shipment,
  assemble,
  buildShipmentGraph,
  builtinNetwork,
  compileUndated,
  explainMissing,
  options,
  resolveShipment,
  windowOf,
} from "../../src/index.ts";

const place = (id: string, country: string, kind: "plant" | "port" | "market") => ({ id, name: id, country, kind }) as const;
const call = (at: string) => ({ at, hours: 10 });

/** A plant, its port, a port abroad and its market; the ship between the ports is off. */
const small = (ship: object): NetworkData =>
  assemble([
    {
      name: "small",
      part: {
        locations: [
          place("works", "CN", "plant"),
          place("gate", "CN", "port"),
          place("haven", "BE", "port"),
          place("dealer", "BE", "market"),
        ],
        cargos: [{ id: "car", name: "car", kind: "suv", powertrain: "ice" }],
        services: [
          { id: "truck", mode: "road", form: "wheels", stops: [call("works"), call("gate")] },
          { id: "van", mode: "road", form: "wheels", stops: [call("haven"), call("dealer")] },
          { id: "ship", mode: "sea", form: "wheels", stops: [call("gate"), call("haven")], ...ship },
        ],
      },
    },
  ]).data;

function explain(data: NetworkData, shipment: Shipment) {
  const network = compileUndated(data, windowOf([shipment]));
  const { terms, problems } = resolveShipment(network, shipment, "");
  if (terms === undefined) throw new Error(JSON.stringify(problems));
  return { terms, missing: explainMissing(buildShipmentGraph(network, terms), options, 90) };
}

describe("why an option has no chain", () => {
  const shipment: Shipment = { cargo: "car", quantity: 1, from: "works", to: "dealer", ready: "2027-03-02" };

  test.each([
    ["a service that is off", { enabled: false }],
    ["one that is off and goes the other way too", { enabled: false, bothWays: true, stops: [call("haven"), call("gate")] }],
  ])("%s is named", (_, ship) => {
    const found = explain(small(ship), shipment).missing.find((m) => m.option === "ro-ro");
    expect(found).toMatchObject({ code: "not-running", by: ["ship"] });
  });

  test("a service that ends elsewhere is a missing link, whether it runs or not", () => {
    for (const enabled of [true, false]) {
      const data = small({ enabled, stops: [call("gate"), call("works")] });
      expect(explain(data, shipment).missing.find((m) => m.option === "ro-ro")?.code).toBe("no-link");
    }
  });

  test("where a link is said to be missing, none is found with every service running and every rule lifted", () => {
    const data = builtinNetwork();
    const all: NetworkData = { ...data, services: data.services.map((s) => ({ ...s, enabled: true })) };
    let seen = 0;
    for (const market of data.locations.filter((l) => l.kind === "market").slice(0, 8)) {
      const one: Shipment = { cargo: "ice-suv", quantity: 60, from: "CNCKG-SERES", to: market.id, ready: "2027-03-02" };
      const network = compileUndated(all, windowOf([one]));
      const { terms } = resolveShipment(network, one, "");
      const graph = buildShipmentGraph(network, terms!, () => true);
      for (const { option } of explain(data, one).missing.filter((m) => m.code === "no-link")) {
        const index = options.indexOf(option);
        const reached = new Set(graph.source < 0 ? [] : [graph.source]);
        for (const node of reached)
          for (let arc = graph.start[node]!; arc < graph.start[node + 1]!; arc++)
            if (graph.option[arc]! < 0 || graph.option[arc] === index) reached.add(graph.head[arc]!);
        expect(reached.has(graph.target), `${market.id} by ${option}`).toBe(false);
        seen++;
      }
    }
    expect(seen).toBeGreaterThan(8);
  });
});
