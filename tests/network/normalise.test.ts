import { describe, expect, test } from "vitest";
import type { Service } from "../../src/model/index.ts";
import { dataId, runningServices } from "../../src/network/index.ts";
import { timesAt, withService } from "../support/small-network.ts";

const line = (more: Partial<Service>): Service => ({
  id: "line",
  mode: "sea",
  form: "wheels",
  stops: [{ at: "A" }, { at: "B", hours: 1 }],
  ...more,
});

describe("both ways", () => {
  const service = line({
    bothWays: true,
    stops: [
      { at: "A", cutoffHours: 7 },
      { at: "B", hours: 10, distanceKm: 100, charges: [{ perVehicle: 5 }], stayHours: 2, load: false },
      { at: "C", hours: 20, distanceKm: 200, co2eKgPerVehicle: 3, releaseHours: 4 },
    ],
  });

  test("the run keeps its time, distance, charges and emissions; the stop keeps what is the stop's", () => {
    const back = runningServices([service]).find((s) => s.id === "line~back")!;
    // C to B is the run that stood on C, B to A the one that stood on B.
    expect(back.stops).toEqual([
      { at: "C", releaseHours: 4 },
      { at: "B", hours: 20, distanceKm: 200, co2eKgPerVehicle: 3, stayHours: 2, load: false },
      { at: "A", hours: 10, distanceKm: 100, charges: [{ perVehicle: 5 }], cutoffHours: 7 },
    ]);
    expect(back.bothWays).toBeUndefined();
    expect(dataId(back.id)).toBe("line");
  });

  test("the way there stays as it is", () => {
    expect(runningServices([service]).find((s) => s.id === "line")).toEqual(service);
  });

  test("a tariff between two places is for the way back too", () => {
    const tariffs = [{ between: ["A", "B"] as [string, string], charges: [{ perVehicle: 1 }] }, { charges: [{ perVehicle: 2 }] }];
    const back = runningServices([line({ bothWays: true, tariffs })]).find((s) => s.id === "line~back")!;
    expect(back.tariffs).toEqual([{ between: ["B", "A"], charges: [{ perVehicle: 1 }] }, { charges: [{ perVehicle: 2 }] }]);
  });

  test("weekly departures leave each end by its own clock", () => {
    const net = withService(
      { bothWays: true, stops: [{ at: "A" }, { at: "B", hours: 10 }], departures: { weekly: ["mon"], time: "10:00" } },
      { A: { timeZone: "Asia/Shanghai" }, B: { timeZone: "Europe/Berlin" } },
      "2027-03-01 00:00",
      "2027-03-03 00:00",
    );
    expect(net.services.map((s) => s.id)).toEqual(["line", "line~back"]);
    expect(timesAt(net, 0, "depart", 0)).toEqual(["2027-03-01 10:00"]);
    expect(timesAt(net, 0, "depart", 1)).toEqual(["2027-03-01 10:00"]);
    // Shanghai is seven hours ahead of Berlin in March.
    expect(net.depart[net.timesStart[1]!]! - net.depart[net.timesStart[0]!]!).toBe(7 * 60);
  });
});

describe("departures of their own", () => {
  const stops = [{ at: "A" }, { at: "B", hours: 10 }, { at: "C", hours: 10 }];
  const own = {
    at: "2027-03-05T10:00",
    stops: [
      { arriveHours: 0, departHours: 3 },
      { arriveHours: 5, departHours: 6 },
      { arriveHours: 30, departHours: 30 },
    ],
  };

  test("with stop times become services beside the plain ones", () => {
    const net = withService({ stops, departures: { dates: ["2027-03-01T10:00", own] } });
    expect(net.services.map((s) => s.id)).toEqual(["line", "line@2027-03-05T10:00"]);
    expect(timesAt(net, 1, "arrive", 0)).toEqual(["2027-03-01 20:00"]);
    // Hours count from the named time: leaves A at 13:00, at B 15:00 to 16:00, at C 30 h after 10:00.
    expect(
      [timesAt(net, 0, "depart", 1), timesAt(net, 1, "arrive", 1), timesAt(net, 1, "depart", 1), timesAt(net, 2, "arrive", 1)].flat(),
    ).toEqual(["2027-03-05 13:00", "2027-03-05 15:00", "2027-03-05 16:00", "2027-03-06 16:00"]);
    expect(dataId("line@2027-03-05T10:00")).toBe("line");
  });

  test("alone leave no plain service behind", () => {
    expect(runningServices([line({ stops, departures: { dates: [own] } })]).map((s) => s.id)).toEqual(["line@2027-03-05T10:00"]);
  });

  test("with charges of their own pay those instead of the service's and its tariffs", () => {
    const service = line({
      charges: [{ perVehicle: 9 }],
      tariffs: [{ charges: [{ perVehicle: 8 }] }],
      departures: {
        dates: [
          { at: "2027-03-05T10:00", charges: [{ perVehicle: 7 }] },
          { at: "2027-03-06T10:00", slots: 5 },
        ],
      },
    });
    const [priced, slotted] = runningServices([service]);
    expect([priced!.charges, priced!.tariffs]).toEqual([[{ perVehicle: 7 }], undefined]);
    expect([slotted!.charges, slotted!.tariffs, slotted!.slots]).toEqual([[{ perVehicle: 9 }], [{ charges: [{ perVehicle: 8 }] }], 5]);
  });

  test("pass a lock by their own times, and nobody boards there", () => {
    const locked = [{ at: "A" }, { at: "L", hours: 10, pass: "lane" }, { at: "C", hours: 10 }];
    const dates = [
      {
        at: "2027-03-05T10:00",
        stops: [
          { arriveHours: 0, departHours: 0 },
          { arriveHours: 5, departHours: 6 },
          { arriveHours: 8, departHours: 8 },
        ],
      },
    ];
    const net = withService({ stops: locked, departures: { dates } }, { L: { passages: { lane: { waitHours: 99 } } } });
    expect(timesAt(net, 1)).toEqual(["2027-03-05 16:00"]);
    expect(net.legService.length).toBe(1);
  });

  test("are not lengthened by a season, but suspended by one", () => {
    const seasons = (season: object) => [{ from: "03-01", until: "03-31", ...season }];
    expect(timesAt(withService({ stops, departures: { dates: [own] }, seasons: seasons({ addHours: 48 }) }), 1, "arrive")).toEqual([
      "2027-03-05 15:00",
    ]);
    expect(timesAt(withService({ stops, departures: { dates: [own] }, seasons: seasons({ suspended: true }) }), 1, "arrive")).toEqual([]);
  });
});

test("a service that is switched off does not run, and services stand in order of their ids", () => {
  expect(
    runningServices([line({ id: "b" }), line({ id: "c", enabled: false }), line({ id: "a", enabled: true })]).map((s) => s.id),
  ).toEqual(["a", "b"]);
});
