import type { Mode } from "../../src/model/index.ts";
import type { ChainElement, CostItem, LegElement, OperationElement, Option, TimeItem, TransportChain } from "../../src/routing/index.ts";
import type { FrontPoint, ShipmentResult } from "../../src/scenario/index.ts";
import { stampAt } from "../../web/charts/journey.ts";
import { type NamedChain, namedChains } from "../../web/state/chains.ts";

/** An answer written by hand: the stored pictures must not change when the network's data do. */

const ready = Date.parse("2027-03-30T00:00+08:00") / 60_000;
const hours = (n: number) => n * 60;

type Times = [TimeItem["what"], number][];
type Costs = [CostItem["line"], number][];

interface Step {
  times: Times;
  costs: Costs;
  make: (begin: number, end: number) => ChainElement;
}

function leg(
  mode: Mode,
  [from, ...rest]: [string, ...string[]],
  distanceKm: number,
  offsets: [number, number],
  times: Times,
  costs: Costs,
  more: Partial<LegElement> = {},
): Step {
  const before = times.findIndex(([what]) => what === "run");
  const after = times.findLastIndex(([what]) => what === "run") + 1;
  const total = (list: Times) => list.reduce((sum, [, minutes]) => sum + minutes, 0);
  return {
    times,
    costs,
    make: (begin, end) => ({
      kind: "leg",
      service: `${mode}-${from}`,
      name: `${from}–${rest.at(-1)}`,
      mode,
      form: "wheels",
      status: "domestic",
      from,
      to: rest.at(-1)!,
      ready: stampAt(begin, offsets[0]),
      departure: stampAt(begin + total(times.slice(0, before)), offsets[0]),
      arrival: stampAt(end - total(times.slice(after)), offsets[1]),
      done: stampAt(end, offsets[1]),
      distanceKm,
      co2eKg: distanceKm / 10,
      co2Figures: [],
      main: false,
      via: rest.slice(0, -1),
      ...more,
    }),
  };
}

function work(what: OperationElement["what"], at: string, offset: number, times: Times, costs: Costs): Step {
  return {
    times,
    costs,
    make: (begin, end) => ({
      kind: "operation",
      operation: `${what}-${at}`,
      what,
      name: what,
      at,
      form: "wheels",
      toForm: "wheels",
      status: "exported",
      begin: stampAt(begin, offset),
      end: stampAt(end, offset),
      co2eKg: 0,
      co2Figures: [],
    }),
  };
}

interface Given {
  option: Option;
  corridor: string;
  gateway: string;
  steps: Step[];
  whole: Costs;
  next: string[];
}

/** Due on 10 June 2027, midnight at the destination. */
const due = Date.parse("2027-06-10T00:00+02:00") / 60_000;

function chain({ option, corridor, gateway, steps, whole, next }: Given): TransportChain {
  let now = ready;
  const elements = steps.map((step) => {
    const begin = now;
    now += step.times.reduce((sum, [, minutes]) => sum + minutes, 0);
    return step.make(begin, now);
  });
  const costItems = [
    ...steps.flatMap((step, element) =>
      step.costs.map(([line, cny]): CostItem => ({ line, element, cny, unit: "perVehicle", figures: [] })),
    ),
    ...whole.map(([line, cny]): CostItem => ({ line, element: -1, cny, unit: "perVehicle", figures: [] })),
  ];
  const lines: TransportChain["cost"]["lines"] = {};
  for (const { line, cny } of costItems) lines[line] = (lines[line] ?? 0) + cny;
  const cny = costItems.reduce((sum, item) => sum + item.cny, 0);
  const logisticsCny = cny - (lines.duty ?? 0) - (lines.fees ?? 0);
  const days = Number(((now - ready) / 1440).toFixed(2));
  return {
    id: `${option}/${corridor}`,
    option,
    corridor,
    services: elements.flatMap((element) => (element.kind === "leg" ? [element.service] : [])),
    gateway,
    cost: {
      cny,
      range: { low: cny * 0.8, high: cny * 1.3 },
      lines,
      logisticsCny,
      logisticsRange: { low: logisticsCny * 0.9, high: logisticsCny * 1.2 },
    },
    time: {
      days,
      range: { low: days * 0.9, high: days * 1.4 },
      departure: stampAt(ready, 480),
      arrival: stampAt(now, 120),
      arrivalDate: stampAt(now, 120).slice(0, 10),
    },
    co2eKg: elements.reduce((sum, element) => sum + element.co2eKg, 0),
    distanceKm: elements.reduce((sum, element) => (element.kind === "leg" ? sum + element.distanceKm : sum), 0),
    due: { slackDays: Number(((due - now) / 1440).toFixed(2)), onTimeChance: 0.9 },
    evidence: {
      cost: { published: 0.3, derived: 0.1, assumed: 0.6, stated: 0 },
      time: { published: 0.5, derived: 0, assumed: 0.5, stated: 0 },
    },
    nextDepartures: next,
    elements,
    costItems,
    timeItems: steps.flatMap((step, element) =>
      step.times.map(([what, minutes]): TimeItem => ({ element, what, minutes, figure: `figures/${what}` })),
    ),
  };
}

const sea = chain({
  option: "ro-ro",
  corridor: "coast",
  gateway: "PORT",
  steps: [
    work(
      "export-clearance",
      "PLANT",
      480,
      [
        ["operation", hours(1)],
        ["dwell", hours(12)],
      ],
      [["clearance", 20]],
    ),
    leg(
      "road",
      ["PLANT", "PORT"],
      1300,
      [480, 480],
      [
        ["cut-off", 90],
        ["run", hours(50)],
        ["operation", hours(1)],
      ],
      [
        ["pre-carriage", 1400],
        ["handling", 20],
      ],
    ),
    leg(
      "sea",
      ["PORT", "QUAY"],
      18_000,
      [480, 120],
      [
        ["wait", hours(200)],
        ["cut-off", hours(60)],
        ["run", hours(640)],
        ["operation", hours(12)],
      ],
      [
        ["main-carriage", 8600],
        ["handling", 150],
        ["storage", 240],
        ["import-handling", 370],
      ],
      { main: true, status: "exported" },
    ),
    work(
      "import-clearance",
      "QUAY",
      120,
      [
        ["operation", hours(8)],
        ["dwell", hours(160)],
      ],
      [
        ["clearance", 170],
        ["duty", 40_000],
      ],
    ),
  ],
  whole: [
    ["insurance", 470],
    ["capital", 550],
    ["rebate", -72],
  ],
  next: ["2027-04-30T18:00+08:00", "2027-05-20T18:00+08:00"],
});

const rail = chain({
  option: "rail-container",
  corridor: "west",
  gateway: "YARD",
  steps: [
    leg(
      "road",
      ["PLANT", "YARD"],
      70,
      [480, 480],
      [
        ["cut-off", 90],
        ["run", 84],
      ],
      [["pre-carriage", 150]],
    ),
    work(
      "stuff",
      "YARD",
      480,
      [
        ["operation", 20],
        ["dwell", hours(24)],
      ],
      [["stuffing", 1280]],
    ),
    leg(
      "rail",
      ["YARD", "GAUGE", "BORDER", "TOWN"],
      10_000,
      [480, 120],
      [
        ["wait", hours(40)],
        ["cut-off", hours(72)],
        ["run", hours(88)],
        ["passage-wait", hours(35)],
        ["passage", hours(37)],
        ["run", hours(175)],
        ["passage-wait", hours(43)],
        ["passage", hours(5)],
        ["run", hours(52)],
        ["operation", hours(4)],
      ],
      [
        ["main-carriage", 14_000],
        ["border", 600],
        ["import-handling", 120],
      ],
      { main: true, form: "container" },
    ),
    work(
      "import-clearance",
      "TOWN",
      120,
      [["operation", hours(24)]],
      [
        ["clearance", 170],
        ["duty", 43_000],
      ],
    ),
    leg(
      "road",
      ["TOWN", "QUAY"],
      320,
      [120, 120],
      [
        ["cut-off", hours(24)],
        ["run", hours(5)],
      ],
      [["on-carriage", 1000]],
    ),
  ],
  whole: [
    ["insurance", 490],
    ["capital", 300],
  ],
  next: ["2027-04-07T21:00+08:00"],
});

/** The same way by a later train: dearer and slower, so beaten. */
const laterRail = {
  ...rail,
  id: "rail-container/later",
  cost: { ...rail.cost, cny: rail.cost.cny + 1500 },
  time: { ...rail.time, days: rail.time.days + 9 },
};

const pointOf = ({ option, corridor, cost, time, co2eKg }: TransportChain, onFront: boolean): FrontPoint =>
  ({ option, corridor, costCny: cost.cny, days: time.days, co2eKg, onFront }) as FrontPoint;

export const fixedShipment = {
  id: "fixed",
  cargo: "car",
  quantity: 1,
  from: "PLANT",
  to: "QUAY",
  ready: "2027-03-30",
  due: "2027-06-10",
  options: [
    { option: "ro-ro", chains: [sea] },
    { option: "rail-container", chains: [rail, laterRail] },
  ],
  points: [pointOf(sea, true), pointOf(rail, true), pointOf(laterRail, false)],
  winners: { cheapest: sea.id, fastest: rail.id, greenest: rail.id },
} as unknown as ShipmentResult;

export const fixedChains: NamedChain[] = namedChains(fixedShipment, "landed");
