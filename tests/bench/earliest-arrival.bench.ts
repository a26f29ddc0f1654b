import { Query, Router, type Stop, StopsIndex, Time, Timetable as MinotorTimetable } from "minotor";
import { DepartAfterQuery, JourneyFactory, RaptorAlgorithmFactory, type Trip } from "raptor-journey-planner";
import { buildTimetable, createEarliestArrival, type TimetableInput } from "../../src/routing/earliest-arrival.ts";
import { earliestArrivalOracle } from "../routing/oracles.ts";
import { type BenchRow, createRandom, growthExponent, measureMemory, race } from "./bench.ts";

/**
 * Earliest arrival in a timetable of one day (all that the peers can hold): ours against minotor and
 * raptor-journey-planner. No change times and no links, so that all three have the same rules. Every answer is checked
 * against a slow oracle; only queries that both peers answer rightly are timed, and their mistakes are counted.
 */

interface Network {
  stopCount: number;
  /** Stops of each route, all different. */
  routes: number[][];
  /** For each route its trips: departure minute at the first stop; running times are those of the route. */
  departures: number[][];
  /** Minutes from the first stop to each stop of the route. */
  running: number[][];
}

function createNetwork(stopCount: number, routeCount: number, tripsPerRoute: number, stopsPerRoute: number): Network {
  const random = createRandom(21);
  const network: Network = { stopCount, routes: [], departures: [], running: [] };
  for (let route = 0; route < routeCount; route++) {
    // A walk over neighbouring numbers, up or down, with a leap now and then: local lines that also join the regions.
    const stops = [Math.floor(random() * stopCount)];
    while (stops.length < stopsPerRoute) {
      const step = random() < 0.1 ? Math.floor(random() * stopCount) : (1 + Math.floor(random() * 12)) * (route % 2 === 0 ? 1 : -1);
      const next = (stops[stops.length - 1]! + step + stopCount) % stopCount;
      if (!stops.includes(next)) stops.push(next);
    }
    const running = [0];
    while (running.length < stopsPerRoute) running.push(running[running.length - 1]! + 2 + Math.floor(random() * 10));
    const departures = Array.from({ length: tripsPerRoute }, () => 240 + Math.floor(random() * 1080)).sort((a, b) => a - b);
    network.routes.push(stops);
    network.running.push(running);
    network.departures.push(departures);
  }
  return network;
}

function inputOf({ stopCount, routes, departures, running }: Network): TimetableInput {
  const connections = { departureStop: [], arrivalStop: [], departureMinute: [], arrivalMinute: [], trip: [] } as Record<string, number[]>;
  let trip = 0;
  routes.forEach((stops, route) => {
    for (const start of departures[route]!) {
      for (let i = 1; i < stops.length; i++) {
        connections["departureStop"]!.push(stops[i - 1]!);
        connections["arrivalStop"]!.push(stops[i]!);
        connections["departureMinute"]!.push(start + running[route]![i - 1]!);
        connections["arrivalMinute"]!.push(start + running[route]![i]!);
        connections["trip"]!.push(trip);
      }
      trip++;
    }
  });
  return { stopCount, tripCount: trip, connections: connections as unknown as TimetableInput["connections"] };
}

type ArrivalOf = (from: number, ready: number, to: number) => number | null;

function minotorOf({ stopCount, routes, departures, running }: Network): ArrivalOf {
  const stops = new Map<string, Stop>();
  const routesAt = new Map<string, { transfers: []; routes: string[] }>();
  for (let stop = 0; stop < stopCount; stop++) {
    stops.set(`s${stop}`, { id: `s${stop}`, name: `s${stop}`, children: [], locationType: "SIMPLE_STOP_OR_PLATFORM" });
    routesAt.set(`s${stop}`, { transfers: [], routes: [] });
  }
  type Routes = ConstructorParameters<typeof MinotorTimetable>[1];
  const table: Routes = new Map();
  routes.forEach((list, route) => {
    const ids = list.map((stop) => `s${stop}`);
    for (const id of ids) routesAt.get(id)!.routes.push(`r${route}`);
    const stopTimes = departures[route]!.flatMap((start) =>
      running[route]!.map((minutes) => {
        const time = Time.fromSeconds((start + minutes) * 60);
        return { arrival: time, departure: time, pickUpType: "REGULAR" as const, dropOffType: "REGULAR" as const };
      }),
    );
    table.set(`r${route}`, { stopTimes, stops: ids, stopIndices: new Map(ids.map((id, i) => [id, i])), serviceRouteId: "line" });
  });
  const timetable = new MinotorTimetable(routesAt, table, new Map([["line", { type: "RAIL", name: "line" }]]));
  const router = new Router(timetable, new StopsIndex(stops));
  return (from, ready, to) => {
    // Its default of five changes would miss answers.
    const query = new Query.Builder()
      .from(`s${from}`)
      .to(`s${to}`)
      .departureTime(Time.fromSeconds(ready * 60))
      .maxTransfers(20)
      .build();
    const arrival = router.route(query).arrivalAt(`s${to}`);
    return arrival === undefined ? null : arrival.time.toSeconds() / 60;
  };
}

function raptorOf({ routes, departures, running }: Network): ArrivalOf {
  const service = { runsOn: () => true } as unknown as Trip["service"];
  const trips: Trip[] = routes.flatMap((stops, route) =>
    departures[route]!.map((start, trip) => ({
      tripId: `${route}/${trip}`,
      serviceId: "daily",
      service,
      stopTimes: stops.map((stop, i) => {
        const seconds = (start + running[route]![i]!) * 60;
        return { stop: `s${stop}`, arrivalTime: seconds, departureTime: seconds, pickUp: true, dropOff: true };
      }),
    })),
  );
  const query = new DepartAfterQuery(RaptorAlgorithmFactory.create(trips, {}, {}), new JourneyFactory(), 1);
  const day = new Date(2027, 0, 4);
  return (from, ready, to) => {
    const journeys = query.plan(`s${from}`, `s${to}`, new Date(day), ready * 60);
    return journeys.length === 0 ? null : Math.min(...journeys.map((journey) => journey.arrivalTime)) / 60;
  };
}

/** Stops, routes, trips a route, stops a route: 20 thousand trips, then five times the trips and ten times the connections. */
const SIZES: { shape: [number, number, number, number]; queries: number; hasTargets: boolean }[] = [
  { shape: [100, 40, 100, 11], queries: 20, hasTargets: false },
  { shape: [500, 200, 100, 11], queries: 20, hasTargets: true },
  { shape: [5000, 2000, 50, 21], queries: 4, hasTargets: true },
];

export async function run(): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  const sizes: number[] = [];
  const times: number[] = [];
  for (const { shape, queries, hasTargets } of SIZES) {
    const network = createNetwork(...shape);
    const input = inputOf(network);
    const count = input.connections.trip.length;
    const ours = measureMemory(() => createEarliestArrival(buildTimetable(input)));
    const minotor = measureMemory(() => minotorOf(network));
    const raptor = measureMemory(() => raptorOf(network));

    const random = createRandom(22);
    const asked: [number, number, number][] = [];
    const wrong = { minotor: 0, raptor: 0 };
    let tried = 0;
    while (asked.length < queries && tried < 20 * queries) {
      const query: [number, number, number] = [
        Math.floor(random() * shape[0]),
        300 + Math.floor(random() * 600),
        Math.floor(random() * shape[0]),
      ];
      const expected = earliestArrivalOracle(input, ...query);
      if (expected === null || query[0] === query[2]) continue;
      tried++;
      const arrival = ours.made.query(...query)?.arrival ?? null;
      if (arrival !== expected) throw new Error(`${query.join()}: ours ${arrival}, oracle ${expected}`);
      const isMinotorRight = minotor.made(...query) === expected;
      const isRaptorRight = raptor.made(...query) === expected;
      if (!isMinotorRight) wrong.minotor++;
      if (!isRaptorRight) wrong.raptor++;
      if (isMinotorRight && isRaptorRight) asked.push(query);
    }

    const all = (ask: (from: number, ready: number, to: number) => unknown) => (): void => {
      for (const query of asked) ask(...query);
    };
    const planner = ours.made;
    planner.counters.scanned = 0;
    all(planner.query.bind(planner))();
    const scanned = planner.counters.scanned / asked.length;
    const medians = race(
      [
        { name: "scan", run: all((from, ready, to) => planner.query(from, ready, to)) },
        { name: "minotor", run: all(minotor.made) },
        { name: "raptor-journey-planner", run: all(raptor.made) },
      ],
      { warmUps: 1 },
    );
    const at = (name: string): number => medians.get(name)! / asked.length;
    sizes.push(count);
    times.push(at("scan"));
    const workload = `${shape[0]} stops ${shape[1] * shape[2]} trips ${count} connections`;
    for (const [peer, target, mistakes, megabytes] of [
      ["minotor", 200, wrong.minotor, minotor.megabytes],
      ["raptor-journey-planner", 50, wrong.raptor, raptor.megabytes],
    ] as const) {
      rows.push({
        bench: "earliest-arrival",
        workload,
        ours: "scan",
        oursMs: at("scan"),
        peer,
        peerMs: at(peer),
        ratio: at(peer) / at("scan"),
        ...(hasTargets ? { target } : {}),
        note: `peer wrong ${mistakes} of ${tried}; ${scanned.toFixed(0)} scanned; ${ours.megabytes.toFixed(0)} MB, peer ${megabytes.toFixed(0)} MB`,
      });
    }
  }
  rows.push({
    bench: "earliest-arrival",
    workload: "growth with connections",
    ours: "scan",
    oursMs: NaN,
    peer: "",
    peerMs: NaN,
    ratio: growthExponent(sizes, times),
    unit: "exp",
  });
  return rows;
}
