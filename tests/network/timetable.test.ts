import { describe, expect, test } from "vitest";
import { localMinute } from "../../src/model/index.ts";
import { retime } from "../../src/network/index.ts";
import { dayOf, minuteAt } from "../support/clock.ts";
import { minute, timesAt, withService } from "../support/small-network.ts";

const berlin = { A: { timeZone: "Europe/Berlin" } };
const stops = [{ at: "A" }, { at: "B", hours: 10 }];

describe("weekly departures", () => {
  test("leave on their weekdays at their local time, 18:00 when none is given", () => {
    // 1 March 2027 is a Monday.
    const net = withService({ stops, departures: { weekly: ["wed", "mon"] } }, {}, "2027-03-01 00:00", "2027-03-11 00:00");
    expect(timesAt(net, 0)).toEqual(["2027-03-01 18:00", "2027-03-03 18:00", "2027-03-08 18:00", "2027-03-10 18:00"]);
  });

  test("both ends of the period count, a minute beyond them does not", () => {
    const departures = { weekly: ["mon" as const], time: "10:00" };
    expect(timesAt(withService({ stops, departures }, {}, "2027-03-01 10:00", "2027-03-08 10:00"), 0)).toEqual([
      "2027-03-01 10:00",
      "2027-03-08 10:00",
    ]);
    expect(timesAt(withService({ stops, departures }, {}, "2027-03-01 10:01", "2027-03-08 09:59"), 0)).toEqual([]);
  });

  test("the weekday is that of the place: Monday 07:00 in Shanghai is Sunday 23:00 UTC", () => {
    const net = withService(
      { stops, departures: { weekly: ["mon"], time: "07:00" } },
      { A: { timeZone: "Asia/Shanghai" } },
      "2027-03-06 00:00",
      "2027-03-08 00:00",
    );
    expect(timesAt(net, 0)).toEqual(["2027-03-08 07:00"]);
    expect(net.depart[0]).toBe(minute("2027-03-07 23:00"));
  });

  test("the local time stays when the clock changes: 23 and 25 hour days lie between", () => {
    const spring = withService(
      { stops, departures: { weekly: ["sat", "sun"], time: "10:00" } },
      berlin,
      "2027-03-27 00:00",
      "2027-03-29 00:00",
    );
    expect(timesAt(spring, 0)).toEqual(["2027-03-27 10:00", "2027-03-28 10:00"]);
    expect(spring.depart[2]! - spring.depart[0]!).toBe(23 * 60);
    const autumn = withService(
      { stops, departures: { weekly: ["sat", "sun"], time: "10:00" } },
      berlin,
      "2027-10-30 00:00",
      "2027-11-01 00:00",
    );
    expect(autumn.depart[2]! - autumn.depart[0]!).toBe(25 * 60);
  });

  test("a time that the clock skips in spring comes an hour later by the clock", () => {
    const net = withService({ stops, departures: { weekly: ["sun"], time: "02:30" } }, berlin, "2027-03-28 00:00", "2027-03-29 00:00");
    expect(timesAt(net, 0)).toEqual(["2027-03-28 03:30"]);
  });

  test("a time that comes twice in autumn means the first of the two", () => {
    expect(localMinute(dayOf("2027-10-31"), 150, "Europe/Berlin")).toBe(minute("2027-10-31 00:30"));
  });

  test("local times of a whole year of days agree with Intl in zones that change their clocks and in zones that do not", () => {
    for (const zone of ["Europe/Berlin", "America/New_York", "Asia/Shanghai", "Asia/Almaty", "America/Santiago", "Australia/Sydney"]) {
      for (let day = dayOf("2027-01-01"); day < dayOf("2028-01-01"); day++) {
        // Hours that no zone skips or repeats; 00:00 is skipped in Santiago on one day and is looked at too.
        for (const clock of [0, 480, 1080, 1439])
          expect([zone, day, clock, localMinute(day, clock, zone)]).toEqual([zone, day, clock, minuteAt(zone, day, clock)]);
      }
    }
  });
});

describe("even frequencies", () => {
  test("stand evenly from their anchor", () => {
    // 3 a week: every 56 h.
    const net = withService(
      { stops, departures: { perWeek: 3, from: "2027-03-01", time: "06:00" } },
      {},
      "2027-03-01 00:00",
      "2027-03-09 00:00",
    );
    expect(timesAt(net, 0)).toEqual(["2027-03-01 06:00", "2027-03-03 14:00", "2027-03-05 22:00", "2027-03-08 06:00"]);
  });

  test("run before their anchor too", () => {
    const net = withService(
      { stops, departures: { perWeek: 0.5, from: "2027-03-29", time: "06:00" } },
      {},
      "2027-03-01 00:00",
      "2027-03-31 00:00",
    );
    expect(timesAt(net, 0)).toEqual(["2027-03-01 06:00", "2027-03-15 06:00", "2027-03-29 06:00"]);
  });

  test("begin with a departure that is rounded up to the first minute", () => {
    // 11 a week: every 916.36… min; the third is at 2 × 916.36 = 1832.7, rounded 1833 min = Tuesday 06:33.
    const net = withService(
      { stops, departures: { perWeek: 11, from: "2027-03-01", time: "00:00" } },
      {},
      "2027-03-02 06:33",
      "2027-03-02 07:00",
    );
    expect(timesAt(net, 0)).toEqual(["2027-03-02 06:33"]);
  });

  test("a frequency of nothing is no departure", () => {
    expect(timesAt(withService({ stops, departures: { perWeek: 0 } }), 0)).toEqual([]);
  });

  test("follow a patched figure after retime", () => {
    const net = withService(
      { stops, departures: { perWeek: 1, from: "2027-03-01", time: "06:00" } },
      {},
      "2027-03-01 00:00",
      "2027-03-09 00:00",
    );
    expect(timesAt(net, 0)).toEqual(["2027-03-01 06:00", "2027-03-08 06:00"]);
    net.figures.values[net.figures.find("services/line/departures/perWeek")] = 2;
    retime(net);
    expect(timesAt(net, 0)).toEqual(["2027-03-01 06:00", "2027-03-04 18:00", "2027-03-08 06:00"]);
  });
});

describe("dates", () => {
  test("are put in order, and the same minute counts once", () => {
    const net = withService({ stops, departures: { dates: ["2027-03-09", "2027-03-05T10:00", { at: "2027-03-05T10:00" }] } });
    expect(timesAt(net, 0)).toEqual(["2027-03-05 10:00", "2027-03-09 18:00"]);
  });
});

describe("validity and seasons", () => {
  test("the first and the last day of a validity count, by the place of departure", () => {
    const net = withService(
      { stops, valid: { from: "2027-03-02", until: "2027-03-03" }, departures: { weekly: ["mon", "tue", "wed", "thu"], time: "00:30" } },
      { A: { timeZone: "Asia/Shanghai" } },
    );
    expect(timesAt(net, 0)).toEqual(["2027-03-02 00:30", "2027-03-03 00:30"]);
  });

  test("a season suspends, also over New Year, and only in its years", () => {
    const departures = { weekly: ["mon" as const], time: "10:00" };
    // Mondays: 14, 21, 28 December 2026, 4, 11 January 2027.
    const wrap = { from: "12-20", until: "01-05", suspended: true };
    expect(timesAt(withService({ stops, departures, seasons: [wrap] }, {}, "2026-12-14 00:00", "2027-01-12 00:00"), 0)).toEqual([
      "2026-12-14 10:00",
      "2027-01-11 10:00",
    ]);
    // Only in 2026: from 1 January the season does not hold.
    expect(
      timesAt(withService({ stops, departures, seasons: [{ ...wrap, years: [2026] }] }, {}, "2026-12-14 00:00", "2027-01-12 00:00"), 0),
    ).toEqual(["2026-12-14 10:00", "2027-01-04 10:00", "2027-01-11 10:00"]);
  });

  test("a season's hours are added once, to the first run, by the day of departure; the first season that holds counts", () => {
    const long = [{ at: "A" }, { at: "B", hours: 10, stayHours: 2 }, { at: "C", hours: 5 }];
    const seasons = [
      { from: "03-01", until: "03-01", addHours: 24 },
      { from: "03-01", until: "03-02", addHours: 1 },
    ];
    const net = withService({ stops: long, departures: { dates: ["2027-03-01T20:00", "2027-03-02T20:00", "2027-03-03T20:00"] }, seasons });
    // 20:00 + 10 h (+ 24, + 1, + 0); two hours' stay; five hours.
    expect(timesAt(net, 1, "arrive")).toEqual(["2027-03-03 06:00", "2027-03-03 07:00", "2027-03-04 06:00"]);
    expect(timesAt(net, 2, "arrive")).toEqual(["2027-03-03 13:00", "2027-03-03 14:00", "2027-03-04 13:00"]);
  });
});

describe("stop times", () => {
  const long = [{ at: "A" }, { at: "B", hours: 10, stayHours: 2 }, { at: "C", hours: 5.5 }];

  test("runs and stays add up; a stay at the first stop does not delay it", () => {
    const net = withService({ stops: [{ at: "A", stayHours: 9 }, ...long.slice(1)], departures: { dates: ["2027-03-01T10:00"] } });
    expect([timesAt(net, 0), timesAt(net, 1, "arrive"), timesAt(net, 1), timesAt(net, 2, "arrive")].flat()).toEqual([
      "2027-03-01 10:00",
      "2027-03-01 20:00",
      "2027-03-01 22:00",
      "2027-03-02 03:30",
    ]);
  });

  test("departures that left their first stop before the period can be boarded further on", () => {
    const net = withService({ stops: long, departures: { dates: ["2027-02-28T20:00"] } }, {}, "2027-03-01 00:00", "2027-03-05 00:00");
    expect(timesAt(net, 1)).toEqual(["2027-03-01 08:00"]);
  });

  test("departures that keep their order at every stop are said to, overtaking ones are not", () => {
    expect(withService({ stops: long, departures: { weekly: ["mon", "tue"] } }).inOrder[0]).toBe(1);
    const winter = { from: "03-01", until: "03-01", addHours: 48 };
    expect(withService({ stops: long, departures: { weekly: ["mon", "tue"] }, seasons: [winter] }).inOrder[0]).toBe(0);
  });
});
