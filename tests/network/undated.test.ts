import { describe, expect, test } from "vitest";
import { type Network, assemble, compile, compileUndated, retime, timeServices } from "../../src/network/index.ts";
import { profiles, randomCase } from "../support/random-network.ts";

/** Departures and arrivals of a service, row by row. */
function times(network: Network, service: number): { ordered: number; depart: number[]; arrive: number[] } {
  const first = network.timesStart[service]!;
  const end = first + network.departureCount[service]! * network.services[service]!.stops.length;
  const rows = (list: Int32Array) => Array.from(list.subarray(first, end));
  return { ordered: network.inOrder[service]!, depart: rows(network.depart), arrive: rows(network.arrive) };
}

const period = { from: Date.UTC(2027, 2, 1) / 60_000, until: Date.UTC(2027, 3, 15) / 60_000 };
const data = (seed: number) => assemble([{ part: randomCase(profiles[seed % profiles.length]!, seed).part }]).data;

describe("a network without departures", () => {
  test("gets those of any service, in any order, as the whole network has them", () => {
    let seen = 0;
    for (let seed = 1; seed <= 60; seed++) {
      const whole = compile(data(seed), period);
      const undated = compileUndated(data(seed), period);
      expect(undated.depart.length).toBe(0);
      const order = [...whole.services.keys()].sort((a, b) => ((a * 7 + seed) % 5) - ((b * 7 + seed) % 5) || b - a);
      for (const service of order) {
        timeServices(undated, [service, service]);
        seen += whole.departureCount[service]!;
      }
      for (const service of order) expect(times(undated, service)).toEqual(times(whole, service));
    }
    expect(seen).toBeGreaterThan(500);
  });

  test("keeps to the services it has when they are worked out afresh", () => {
    const whole = compile(data(2), period);
    const scheduled = [...whole.services.keys()].filter((service) => whole.departureCount[service]! > 0);
    expect(scheduled.length).toBeGreaterThan(1);
    const undated = compileUndated(data(2), period);
    timeServices(undated, [scheduled[0]!]);
    retime(undated);
    expect(times(undated, scheduled[0]!)).toEqual(times(whole, scheduled[0]!));
    expect(undated.timed.reduce((sum, one) => sum + one, 0)).toBe(1);
    timeServices(undated, scheduled);
    for (const service of scheduled) expect(times(undated, service)).toEqual(times(whole, service));
  });
});
