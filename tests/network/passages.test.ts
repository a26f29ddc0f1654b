import { describe, expect, test } from "vitest";
import type { Passage } from "../../src/model/index.ts";
import { carriageMinutes } from "../../src/network/index.ts";
import { stamp, timesAt, withService } from "../support/small-network.ts";

/** When a barge that comes to the lock at each of these local times has passed it. */
function passed(passage: Passage, arrivals: string[], timeZone = "UTC"): string[] {
  const stops = [{ at: "A" }, { at: "L", hours: 1, pass: "lane" }, { at: "C", hours: 1 }];
  // A lies in the lock's zone, so a departure an hour earlier comes at the time that is asked for.
  const dates = arrivals.map((at) => `${at.slice(0, 10)}T${String(Number(at.slice(11, 13)) - 1).padStart(2, "0")}${at.slice(13)}`);
  const net = withService(
    { stops, departures: { dates } },
    { A: { timeZone }, L: { timeZone, passages: { lane: passage } }, C: { timeZone } },
  );
  expect(timesAt(net, 1, "arrive")).toEqual(arrivals);
  return timesAt(net, 1, "depart");
}

describe("a passage", () => {
  test("takes its wait and its own hours; without either no time", () => {
    expect(passed({ waitHours: 12, hours: 1.5 }, ["2027-03-01 10:00"])).toEqual(["2027-03-01 23:30"]);
    expect(passed({}, ["2027-03-01 10:00"])).toEqual(["2027-03-01 10:00"]);
  });

  test("has the wait of its season, by the local day of arrival", () => {
    const passage = { waitHours: 1, seasons: [{ from: "03-02", until: "03-03", waitHours: 5 }] };
    // The wait grows on 2 March: who comes on the evening before has one hour.
    expect(passed(passage, ["2027-03-01 23:00", "2027-03-02 00:30", "2027-03-03 10:00"], "Asia/Shanghai")).toEqual([
      "2027-03-02 00:00",
      "2027-03-02 05:30",
      "2027-03-03 15:00",
    ]);
  });

  test("is first come, first served when the wait falls", () => {
    const passage = { waitHours: 2, hours: 1, seasons: [{ from: "03-01", until: "03-02", waitHours: 20 }] };
    // At 01:00: 20 h + 1 = 22:00. At 08:00 and later the queue would end after midnight's, which is through at 02:00 + 1 h.
    expect(passed(passage, ["2027-03-02 01:00", "2027-03-02 08:00", "2027-03-02 23:00", "2027-03-03 01:00"])).toEqual([
      "2027-03-02 22:00",
      "2027-03-03 03:00",
      "2027-03-03 03:00",
      "2027-03-03 04:00",
    ]);
  });

  test("that is shut lets pass from the first open midnight on", () => {
    const passage = { hours: 2, closures: [{ from: "2027-03-02", until: "2027-03-03" }] };
    expect(passed(passage, ["2027-03-01 23:59", "2027-03-02 01:00", "2027-03-03 23:59", "2027-03-04 01:00"], "Asia/Shanghai")).toEqual([
      "2027-03-02 01:59",
      "2027-03-04 02:00",
      "2027-03-04 02:00",
      "2027-03-04 03:00",
    ]);
  });

  test("may be shut twice in a row, in any order in the file", () => {
    const closures = [
      { from: "2027-03-04", until: "2027-03-05" },
      { from: "2027-03-02", until: "2027-03-03" },
    ];
    expect(passed({ closures }, ["2027-03-02 10:00"])).toEqual(["2027-03-06 00:00"]);
  });

  test("counts the season of the day on which it opens again", () => {
    const passage = {
      waitHours: 0,
      closures: [{ from: "2027-03-02", until: "2027-03-03" }],
      seasons: [{ from: "03-04", until: "03-04", waitHours: 6 }],
    };
    expect(passed(passage, ["2027-03-02 10:00"])).toEqual(["2027-03-04 06:00"]);
  });

  test("shut over a night on which the clock changes ends at local midnight", () => {
    const passage = { closures: [{ from: "2027-03-27", until: "2027-03-28" }] };
    const [end] = passed(passage, ["2027-03-27 10:00"], "Europe/Berlin");
    expect(end).toBe("2027-03-29 00:00");
  });

  test("bounds the carriage time from below by its shortest wait", () => {
    const lane = { waitHours: 24, hours: 1, seasons: [{ from: "03-01", until: "03-02", waitHours: 6 }] };
    const net = withService(
      { stops: [{ at: "A" }, { at: "L", hours: 10, pass: "lane" }, { at: "C", hours: 5 }] },
      { L: { passages: { lane } } },
    );
    // 10 + 6 + 1 + 5 hours; boarding at the lock is not possible, so A to C is the only leg.
    expect(net.legService.length).toBe(1);
    expect(carriageMinutes(net, 0)).toBe(22 * 60);
  });

  test("of an unknown class takes the stay instead and is still no stop", () => {
    const net = withService({
      stops: [{ at: "A" }, { at: "L", hours: 10, stayHours: 3, pass: "nobody" }, { at: "C", hours: 5 }],
      departures: { dates: ["2027-03-01T00:00"] },
    });
    expect(timesAt(net, 1)).toEqual(["2027-03-01 13:00"]);
    expect(Array.from(net.legHead, (place) => net.locationIds[place])).toEqual(["C"]);
  });
});

test("stamps of the helper are those of the clock", () => {
  // The helper must be able to be wrong: 2 March 2027 00:00 in Shanghai is 1 March 16:00 UTC.
  expect(stamp(Date.UTC(2027, 2, 1, 16) / 60_000, "Asia/Shanghai")).toBe("2027-03-02 00:00");
});
