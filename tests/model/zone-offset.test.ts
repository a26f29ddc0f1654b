import { tzOffset } from "@date-fns/tz";
import { expect, test } from "vitest";
import { zoneOffset } from "../../src/model/index.ts";

/** Clocks that change by half an hour, at odd dates, twice within a summer, or not at all. */
const zones = [
  "Europe/Berlin",
  "America/Sao_Paulo",
  "Africa/Casablanca",
  "Africa/Cairo",
  "Australia/Lord_Howe",
  "Asia/Tehran",
  "Asia/Kolkata",
  "Asia/Shanghai",
];

test.each(zones)("%s: the remembered offset is that of the zone at every hour of years with odd changes", (zone) => {
  for (const year of [2012, 2014, 2027]) {
    const first = Date.UTC(year, 0, 1) / 60_000;
    for (let minute = first; minute < first + 366 * 1440; minute += 60)
      if (zoneOffset(zone, minute) !== tzOffset(zone, new Date(minute * 60_000)))
        expect.fail(`${zone} ${new Date(minute * 60_000).toISOString()}: ${zoneOffset(zone, minute)}`);
  }
});

test("the change itself is found to the minute", () => {
  // 01:00 UTC on 28 March 2027.
  const change = Date.UTC(2027, 2, 28, 1) / 60_000;
  expect([zoneOffset("Europe/Berlin", change - 1), zoneOffset("Europe/Berlin", change)]).toEqual([60, 120]);
});

test("UTC and unknown zones are level with UTC", () => {
  expect([zoneOffset("UTC", 29_000_000), zoneOffset("Nowhere/At-All", 29_000_000)]).toEqual([0, 0]);
});
