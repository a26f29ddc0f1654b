import type { PlanView } from "../../web/worker/plan-view.ts";

/** A plan of ten weeks, written out by hand: pictures and selectors of the capacity page are drawn from it. */
const weeks = 10;
const by = (value: (week: number) => number) => Array.from({ length: weeks }, (_, week) => value(week));

export const fixedPlan: PlanView = {
  stage: "exact",
  scenario: { id: "fixed", title: "Fixed" },
  from: "2027-01-18",
  weeks,
  totals: {
    demand: 10_000,
    carried: 9_400,
    left: 600,
    costCny: 420_000_000,
    perVehicleCny: 40_425.5,
    days: 38.4,
    co2eKg: 812,
    exportValueCny: 1_034_000_000,
  },
  demand: by(() => 1000),
  carried: by((week) => (week < 6 ? 1000 : 850)),
  corridors: [
    { id: "yangtze", used: by((week) => (week < 4 ? 500 : 700)), capacity: by(() => 700) },
    { id: "land-sea", used: by((week) => 20 * week), capacity: by(() => 200) },
    { id: "mode:sea", used: by(() => 0), capacity: by((week) => (week % 2 === 0 ? 100 : 0)) },
  ],
  flows: [
    { plant: "P1", market: "RU", cargo: "ice-suv", week: 0, vehicles: 4000, option: "rail-auto-rack", corridor: "land-sea", gateway: "B1", runs: ["r1", "r2"] },
    { plant: "P1", market: "BE", cargo: "bev-suv", week: 2, vehicles: 3000, option: "ro-ro", corridor: "yangtze", gateway: "S1", runs: ["w1", "s1"] },
    { plant: "P2", market: "BE", cargo: "bev-suv", week: 7, vehicles: 2400, option: "container", corridor: "yangtze", gateway: "S1", runs: ["w1", "s1"] },
  ],
  left: [
    { plant: "P2", market: "BE", cargo: "bev-suv", week: 7, vehicles: 400, reason: "limits", limits: [{ zh: "江船", en: "River ship" }] },
    { plant: "P2", market: "BE", cargo: "bev-suv", week: 8, vehicles: 150, reason: "limits", limits: [{ zh: "江船", en: "River ship" }, { zh: "海船", en: "Sea ship" }] },
    { plant: "P1", market: "RU", cargo: "ice-suv", week: 9, vehicles: 50, reason: "too-dear", limits: [] },
  ],
  runs: {
    r1: { mode: "rail", from: "P1", to: "B1", line: [[106, 30], [82, 45]] },
    r2: { mode: "rail", from: "B1", to: "RU", line: [[82, 45], [38, 56]] },
    w1: { mode: "river", from: "P1", to: "S1", line: [[106, 30], [122, 31]] },
    s1: { mode: "sea", from: "S1", to: "BE", line: [[122, 31], [104, 1], [43, 12], [32, 30], [-6, 36], [3, 51]] },
  },
  bottlenecks: [
    {
      id: "services/river",
      member: "services/river",
      name: "River ship",
      places: ["P1", "S1"],
      weeks: [4, 5, 6, 7, 8, 9],
      unit: "vehicle",
      mostCny: 900,
      meanCny: 600,
      worthCny: 2_520_000,
      full: 6,
      of: 10,
    },
    {
      id: "operations/load",
      member: "operations/load",
      name: "Loading",
      places: ["S1"],
      weeks: [7],
      unit: "container",
      mostCny: 120,
      meanCny: 120,
      worthCny: 84_000,
      full: 1,
      of: 10,
    },
  ],
  investments: [],
  target: { vehicles: 9800, sharePercent: 10, nationalExports: 98_000, exportValueCny: 1_000_000_000 },
  proof: {
    isOptimal: true,
    primalCny: 420_000_000,
    boundCny: 419_999_800,
    gap: 4.8e-7,
    largestViolation: 0,
    roundingCny: 1200,
    rounds: 41,
    columns: 2203,
  },
  milliseconds: 5300,
};
