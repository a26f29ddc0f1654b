import { describe, expect, test } from "vitest";
import type { NetworkPart } from "../../src/model/index.ts";
import { checkCase } from "../support/check-front.ts";
import type { Case, CaseShipment } from "../support/random-network.ts";

/**
 * Networks on which the search once gave another front than the oracle, each made as small as it gets. The oracle still says what is right; the title says
 * what went wrong.
 */
const shipment: CaseShipment = {
  cargo: "car",
  quantity: 1,
  from: "A",
  to: "E",
  ready: "2027-06-27T18:00",
  days: 10,
  paysDuty: true,
  claimsPreference: true,
};
const car: NetworkPart["cargos"] = [{ id: "car", name: "car", kind: "suv", powertrain: "ice" }];
const place = (id: string, more: object = {}) => ({ id, name: id, kind: "port" as const, ...more });

const cases: { title: string; part: NetworkPart; shipment?: Partial<CaseShipment> }[] = [
  {
    title:
      "the time of a hub operation is no time on call: a label held back for a departure may use the hours before it for its clearance",
    part: {
      locations: [
        place("A", { country: "CN" }),
        place("B", { country: "CN", storage: { wheels: { freeDays: 1, perVehicleDay: 10 } } }),
        place("C", { country: "CN" }),
        place("E"),
      ],
      services: [
        {
          id: "s1",
          mode: "sea",
          form: "wheels",
          stops: [{ at: "A" }, { at: "B", hours: 6 }],
          departures: { dates: ["2027-06-28T23:59", "2027-06-28"] },
        },
        { id: "s2", mode: "sea", form: "wheels", stops: [{ at: "E" }, { at: "C", hours: 72 }], bothWays: true },
        { id: "s4", mode: "rail", form: "wheels", stops: [{ at: "B" }, { at: "C", hours: 6 }] },
      ],
      operations: [
        { id: "export-clearance-0", kind: "export-clearance", at: ["C"], hours: 24, openingHours: { from: "08:00", until: "17:00" } },
      ],
      cargos: car,
    },
    shipment: { days: 6 },
  },
  {
    title: "departures that take no time and meet in a circle",
    part: {
      locations: ["A", "B", "C", "E"].map((id) => place(id)),
      services: [
        { id: "s1", mode: "sea", form: "wheels", stops: [{ at: "A" }, { at: "B", hours: 6 }], departures: { dates: ["2027-06-28T06:00"] } },
        {
          id: "s2",
          mode: "sea",
          form: "wheels",
          stops: [{ at: "B" }, { at: "C" }],
          departures: { dates: ["2027-06-28T12:00", "2027-06-29T12:00"] },
          bothWays: true,
        },
        {
          id: "s3",
          mode: "sea",
          form: "wheels",
          stops: [{ at: "C" }, { at: "E", hours: 6 }],
          departures: { dates: ["2027-06-30T12:00"] },
          charges: [{ perVehicle: 10 }],
        },
      ],
      cargos: car,
    },
  },
  {
    title: "storage in the form that the vehicles are put into on call",
    part: {
      locations: [place("A"), place("D", { storage: { container: { perVehicleDay: 30 } } }), place("B"), place("E")],
      services: [
        { id: "s1", mode: "road", form: "container", stops: [{ at: "D" }, { at: "E" }], departures: { dates: ["2027-07-06"] } },
        { id: "s5", mode: "rail", form: "wheels", stops: [{ at: "B" }, { at: "D" }] },
        { id: "s6", mode: "sea", form: "container", stops: [{ at: "A" }, { at: "B" }], departures: { weekly: ["wed"] } },
      ],
      cargos: car,
    },
    shipment: { days: 20 },
  },
  {
    title: "a duty that falls on a date: importing then is worth the wait",
    part: {
      locations: [place("A"), place("E", { country: "DE" })],
      services: [{ id: "s0", mode: "sea", form: "wheels", stops: [{ at: "A" }, { at: "E" }], departures: { weekly: ["sun"] } }],
      cargos: [{ id: "car", name: "car", kind: "suv", powertrain: "ice", valueCny: 1000 }],
      customs: [
        {
          id: "area",
          name: "area",
          countries: ["DE"],
          duties: [{ id: "old", kind: "mfn", ratePercent: 25, valid: { until: "2027-07-08" } }],
        },
      ],
    },
    shipment: { days: 15 },
  },
  {
    title: "office hours over midnight",
    part: {
      locations: [place("A"), place("E", { country: "KZ" })],
      services: [{ id: "s2", mode: "river", form: "wheels", stops: [{ at: "A", cutoffHours: 6 }, { at: "E" }] }],
      operations: [
        { id: "import-clearance-0", kind: "import-clearance", at: ["E"], openingHours: { from: "20:00", until: "04:00" } },
        { id: "unload-0", kind: "unload", at: ["E"], hours: 6 },
      ],
      cargos: car,
    },
  },
  {
    title: "an office that never opens",
    part: {
      locations: [place("A"), place("E")],
      services: [{ id: "s1", mode: "sea", form: "container", stops: [{ at: "A" }, { at: "E" }] }],
      operations: [{ id: "stuff", kind: "stuff", at: ["A"], form: "container", openingHours: { from: "08:00", until: "17:00", days: [] } }],
      cargos: car,
    },
  },
];

describe("networks that once went wrong", () => {
  for (const { title, part, shipment: own } of cases) {
    test(title, () => {
      const one: Case = { profile: "everything", seed: 0, part, shipment: { ...shipment, ...own } };
      expect(checkCase(one).disagreements).toEqual([]);
    });
  }
});
