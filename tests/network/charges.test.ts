import { describe, expect, test } from "vitest";
import { type Cargo, type Charge, type Form, forms } from "../../src/model/index.ts";
import { type ChargeUnit, canTake, carriageLine, chargeUnits, componentFen, fits, makeLoad } from "../../src/network/index.ts";
import { costLines, modes } from "../../src/model/index.ts";
import { network } from "../support/small-network.ts";

const car: Cargo = {
  id: "car",
  name: "car",
  kind: "suv",
  powertrain: "bev",
  valueCny: 100_000,
  massT: 2,
  volumeM3: 12.5,
  ceuModern: 1.6,
  units: { container: 3, containerBare: 2, frame: 4, wagon: 8, truck: 6 },
};

/** Fen per vehicle of one charge on a service, in a form, for a quantity and a distance. */
function fen(charge: Charge, form: Form, quantity: number, km = 0, cargo: Cargo = car): number {
  const net = network({
    locations: ["A", "B"].map((id) => ({ id, name: id, kind: "port" })),
    services: [{ id: "line", mode: "sea", form: "wheels", stops: [{ at: "A" }, { at: "B" }], charges: [charge] }],
    cargos: [cargo],
    finance: { cnyPer: { USD: 7.1 } },
  });
  const group = net.serviceGroup[0]!;
  const load = makeLoad(net, 0, quantity);
  let sum = 0;
  for (let c = net.charges.start[group]!; c < net.charges.start[group + 1]!; c++)
    sum += componentFen(net, load, c, forms.indexOf(form), km);
  return sum;
}

describe("each unit", () => {
  // Seven cars: 3 boxes of 3, 4 bare boxes of 2, 2 frames of 4, 1 wagon of 8, 2 lorries of 6.
  const cases: [Partial<Record<ChargeUnit, number>>, Form, number][] = [
    [{ perVehicle: 12.34 }, "wheels", 1234],
    [{ perM3: 10 }, "wheels", 12_500],
    [{ perTonne: 10 }, "wheels", 2000],
    [{ perCeu: 10 }, "wheels", 1600],
    [{ perContainer: 700 }, "container", 30_000],
    [{ perContainer: 700 }, "container-bare", 40_000],
    [{ perFrame: 700 }, "frame", 20_000],
    [{ perWagon: 700 }, "wheels", 10_000],
    [{ perWagon: 700 }, "container", 30_000],
    [{ perTruck: 700 }, "wheels", 20_000],
    [{ perTruck: 700 }, "container", 30_000],
    [{ perShipment: 700 }, "wheels", 10_000],
    [{ percentOfValue: 0.5 }, "wheels", 50_000],
  ];
  for (const [charge, form, expected] of cases) {
    test(`${JSON.stringify(charge)} in ${form}`, () => expect(fen(charge, form, 7)).toBe(expected));
  }

  test("by distance", () => {
    expect(fen({ perVehicleKm: 0.5 }, "wheels", 7, 250)).toBe(12_500);
    expect(fen({ perTonneKm: 0.5 }, "wheels", 7, 250)).toBe(25_000);
    // 3 of 7 boxes x 7 x 100 km = 300 CNY.
    expect(fen({ perContainerKm: 7 }, "container", 7, 100)).toBe(30_000);
    expect(fen({ perTruckKm: 7 }, "wheels", 7, 100)).toBe(20_000);
  });

  test("what a form has not is no number: such a leg cannot be priced", () => {
    expect(fen({ perContainer: 1 }, "wheels", 1)).toBeNaN();
    expect(fen({ perFrame: 1 }, "container", 1)).toBeNaN();
    expect(fen({ perWagon: 1 }, "frame", 1)).toBeNaN();
  });

  test("every unit of the table is tested here", () => {
    const seen = new Set([
      ...cases.flatMap(([charge]) => Object.keys(charge)),
      "perVehicleKm",
      "perTonneKm",
      "perContainerKm",
      "perTruckKm",
    ]);
    expect([...seen].sort()).toEqual([...chargeUnits].sort());
  });
});

describe("amounts", () => {
  test("are rounded to the fen by component, not by sum", () => {
    // 1/3 CNY each: 33 + 33 fen, not 67.
    expect(fen({ perContainer: 1, perShipment: 1 }, "container", 3)).toBe(33 + 33);
  });

  test("are turned into CNY by the currency's figure", () => {
    expect(fen({ currency: "USD", perVehicle: 100 }, "wheels", 1)).toBe(71_000);
    expect(fen({ currency: "CNY", perVehicle: 100 }, "wheels", 1)).toBe(10_000);
  });

  test("the value of the shipment counts before the cargo's", () => {
    const net = network({ locations: [], cargos: [car] });
    expect(makeLoad(net, 0, 1, 50_000.5).valueFen).toBe(5_000_050);
    expect(makeLoad(net, 0, 1).valueFen).toBe(10_000_000);
  });
});

describe("whole units", () => {
  test("are rounded up for the quantity", () => {
    const boxes = (quantity: number) =>
      Math.round(makeLoad(network({ locations: [], cargos: [car] }), 0, quantity).boxes[forms.indexOf("container")]! * quantity);
    expect([1, 2, 3, 4, 6, 7, 300, 301].map(boxes)).toEqual([1, 1, 1, 2, 2, 3, 100, 101]);
  });

  test("a cargo that says nothing travels one by one in everything; one that leaves a unit out does not fit", () => {
    const { units: _, ...plain } = car;
    const load = (cargo: Cargo) => makeLoad(network({ locations: [], cargos: [cargo] }), 0, 5);
    for (const form of ["container", "container-bare", "frame", "kit"] as const)
      expect(canTake(load(plain), forms.indexOf(form))).toBe(true);
    const boxed = load({ ...plain, units: { container: 2 } });
    expect(forms.filter((form) => canTake(boxed, forms.indexOf(form)))).toEqual(["wheels", "container"]);
    const can = (mode: (typeof modes)[number], form: Form) => fits(boxed, modes.indexOf(mode), forms.indexOf(form));
    expect([
      can("sea", "wheels"),
      can("river", "wheels"),
      can("rail", "wheels"),
      can("road", "wheels"),
      can("road", "container"),
      can("sea", "frame"),
    ]).toEqual([true, true, false, false, true, false]);
  });

  test("kits have no wheels", () => {
    const kits = makeLoad(network({ locations: [], cargos: [{ ...car, kind: "kit", units: { kit: 4 } }] }), 0, 8);
    expect(forms.filter((form) => canTake(kits, forms.indexOf(form)))).toEqual(["kit"]);
    expect(fits(kits, modes.indexOf("sea"), forms.indexOf("wheels"))).toBe(false);
  });
});

describe("cost lines", () => {
  test("by default: carriage for services, border for passages, by kind for operations, handling for rules; a line that is named wins", () => {
    const charges = [{ perVehicle: 1 }];
    const net = network({
      locations: [{ id: "A", name: "A", kind: "port", passages: { lane: { charges } } }],
      operations: (["load", "unload", "stuff", "unstuff", "export-clearance", "import-clearance"] as const).map((kind) => ({
        id: kind,
        kind,
        at: ["A"],
        charges,
      })),
      rules: [
        { id: "r1", title: "r1", charges },
        { id: "r2", title: "r2", charges: [{ perVehicle: 1, line: "carbon" }] },
      ],
      services: [{ id: "line", mode: "sea", form: "wheels", stops: [{ at: "A" }, { at: "A", hours: 1, charges }], charges }],
    });
    const line = (group: number) => {
      const at = net.charges.line[net.charges.start[group]!]!;
      return at === carriageLine ? "carriage" : costLines[at];
    };
    expect(net.operations.map((o) => `${o.operation.kind} ${line(o.group)}`)).toEqual([
      "export-clearance clearance",
      "import-clearance clearance",
      "load handling",
      "stuff stuffing",
      "unload handling",
      "unstuff import-handling",
    ]);
    expect(net.rules.map((r) => line(r.group))).toEqual(["handling", "carbon"]);
    expect([line(net.serviceGroup[0]!), line(net.runGroup[1]!)]).toEqual(["carriage", "carriage"]);
  });
});
