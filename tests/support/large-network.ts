import type { NetworkPart, Scenario } from "../../src/index.ts";

/** Small seeded generator (mulberry32): the same network on every machine. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/**
 * A planner's own network of any size: a random tree from L0, so that every place can be reached, and further services between random places;
 * a tenth of them runs twice a week, the rest on demand. A third each by road, rail and sea.
 */
export function largeNetwork(locationCount: number, serviceCount: number, seed = 1): NetworkPart {
  const random = seeded(seed);
  const pick = (below: number) => Math.floor(random() * below);
  const modes = ["road", "rail", "sea"] as const;
  return {
    locations: Array.from({ length: locationCount }, (_, i) => ({
      id: `L${i}`,
      name: `L${i}`,
      kind: i === 0 ? ("plant" as const) : ("market" as const),
    })),
    cargos: [{ id: "car", name: "car", kind: "sedan", powertrain: "ice" }],
    services: Array.from({ length: serviceCount }, (_, k) => {
      const to = k < locationCount - 1 ? k + 1 : pick(locationCount);
      const from = k < locationCount - 1 ? pick(to) : (to + 1 + pick(locationCount - 1)) % locationCount;
      return {
        id: `S${k}`,
        mode: modes[k % 3]!,
        form: "wheels" as const,
        stops: [{ at: `L${from}` }, { at: `L${to}`, hours: 1 + pick(50), distanceKm: 100, co2eKgPerVehicle: pick(100) }],
        charges: [{ perVehicle: pick(1000) }],
        ...(k % 10 === 0 ? { departures: { perWeek: 2 } } : {}),
      };
    }),
  };
}

export function largeScenario(locationCount: number, serviceCount: number): Scenario {
  return {
    id: "large",
    network: largeNetwork(locationCount, serviceCount),
    shipments: [{ cargo: "car", quantity: 10, from: "L0", to: `L${locationCount - 1}`, ready: "2027-03-02", maxDays: 60 }],
  };
}
