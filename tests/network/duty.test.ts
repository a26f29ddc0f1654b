import { describe, expect, test } from "vitest";
import type { Cargo, Duty } from "../../src/model/index.ts";
import { makeLoad } from "../../src/network/index.ts";
import { type DutySchedule, dutyPieceAt, makeDutySchedule } from "../../src/routing/duty.ts";
import { minute, network } from "../support/small-network.ts";

const car: Cargo = { id: "car", name: "car", kind: "suv", powertrain: "bev", valueCny: 1000, massT: 2 };

function schedule(
  duties: Duty[],
  terms: { paysDuty?: boolean; claimsPreference?: boolean; crosses?: boolean; until?: string } = {},
): DutySchedule {
  const net = network({
    locations: [
      { id: "A", name: "A", kind: "plant", country: "CN" },
      { id: "E", name: "E", kind: "market", country: "DE", timeZone: "Europe/Berlin" },
    ],
    customs: [{ id: "eu", name: "eu", countries: ["DE", "PL"], duties }],
    cargos: [car],
  });
  return makeDutySchedule(
    net,
    {
      load: makeLoad(net, 0, 1),
      origin: 0,
      destination: 1,
      readyMinute: minute("2027-03-01 12:00"),
      dueMinute: undefined,
      horizonMinute: minute(terms.until ?? "2027-03-20 12:00"),
      paysDuty: terms.paysDuty ?? true,
      claimsPreference: terms.claimsPreference ?? true,
    },
    terms.crosses ?? true,
  );
}

const at = (s: DutySchedule, stamp: string) => dutyPieceAt(s, minute(stamp, "Europe/Berlin"));
const mfn = (ratePercent: number, valid?: Duty["valid"], id = "mfn"): Duty => ({
  id,
  kind: "mfn",
  ratePercent,
  ...(valid === undefined ? {} : { valid }),
});

describe("a duty schedule", () => {
  test("is one piece of nothing without a border, without terms that pay duty, without a customs area", () => {
    for (const terms of [{ crosses: false }, { paysDuty: false }]) {
      const s = schedule([mfn(10)], terms);
      expect(s.pieces.map((p) => [p.rate, p.dutyFen, p.feeFen])).toEqual([[0, 0, 0]]);
      expect([s.leastRate, s.greatestRate, s.leastFen]).toEqual([0, 0, 0]);
    }
  });

  test("steps at local midnight, first and last day included", () => {
    const s = schedule([mfn(25, { until: "2027-03-05" }, "old"), mfn(10, { from: "2027-03-06" }, "new")]);
    expect([at(s, "2027-03-01 12:00").rate, at(s, "2027-03-05 23:59").rate, at(s, "2027-03-06 00:00").rate]).toEqual([0.25, 0.25, 0.1]);
    expect([s.leastRate, s.greatestRate]).toEqual([0.1, 0.25]);
    // 1000 CNY at the least rate: 100 CNY.
    expect(s.leastFen).toBe(10_000);
  });

  test("has no steps beyond the horizon", () => {
    const s = schedule([mfn(25, { until: "2027-03-30" }, "old"), mfn(10, { from: "2027-03-31" }, "new")]);
    expect(s.pieces.length).toBe(1);
    expect(s.leastRate).toBe(0.25);
  });

  test("leaves a gap free where no duty holds", () => {
    const s = schedule([mfn(25, { until: "2027-03-05" }, "old"), mfn(10, { from: "2027-03-08" }, "new")]);
    expect([at(s, "2027-03-05 10:00").rate, at(s, "2027-03-07 10:00").rate, at(s, "2027-03-08 00:00").rate]).toEqual([0.25, 0, 0.1]);
  });

  test("takes the lower of the general and the preferential duty, if it is claimed", () => {
    const duties: Duty[] = [mfn(10), { id: "fta", kind: "preference", ratePercent: 4 }];
    expect(schedule(duties).pieces[0]!.rate).toBe(0.04);
    expect(schedule(duties, { claimsPreference: false }).pieces[0]!.rate).toBe(0.1);
    expect(schedule([mfn(3), duties[1]!]).pieces[0]!.rate).toBe(0.03);
  });

  test("compares duties by what they come to on the vehicle, charges included", () => {
    // 10 % of 1000 = 100 CNY against 2 % + 90 = 110: the general one.
    const s = schedule([mfn(10), { id: "fta", kind: "preference", ratePercent: 2, charges: [{ perVehicle: 90 }] }]);
    expect([s.pieces[0]!.rate, s.pieces[0]!.dutyFen]).toEqual([0.1, 0]);
  });

  test("adds every countervailing and additional duty and fee that is for the cargo and the country", () => {
    const s = schedule([
      mfn(10),
      { id: "cvd", kind: "countervailing", ratePercent: 20, when: { powertrains: ["bev"] } },
      { id: "ice", kind: "additional", ratePercent: 50, when: { powertrains: ["ice"] } },
      { id: "pl", kind: "additional", ratePercent: 5, countries: ["PL"] },
      { id: "de", kind: "additional", ratePercent: 1, countries: ["DE"], charges: [{ perTonne: 3 }] },
      { id: "recycling", kind: "fee", charges: [{ perVehicle: 40 }] },
    ]);
    const piece = s.pieces[0]!;
    // 10 + 20 + 1 %; 2 t at 3 CNY on the duty, 40 CNY of fee; on 1000 CNY that is 310 + 6 + 40.
    expect(piece.rate).toBeCloseTo(0.31, 12);
    expect([piece.dutyFen, piece.feeFen, s.leastFen]).toEqual([600, 4000, 35_600]);
    expect(piece.applied.length).toBe(4);
  });
});
