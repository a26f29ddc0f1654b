import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  buildTimetable,
  createEarliestArrival,
  type Journey,
  type Timetable,
  type TimetableInput,
} from "../../src/routing/earliest-arrival.ts";
import { earliestArrivalOracle } from "./oracles.ts";

type Stop = [stop: number, arrival: number, departure: number];
type Link = [from: number, to: number, minutes: number];

/** A timetable from trips given stop by stop. */
function timetableOf(stopCount: number, trips: Stop[][], links: Link[] = [], changeMinutes: number[] = []): TimetableInput {
  const rows = trips.flatMap((stops, trip) =>
    stops.slice(1).map((next, i) => ({ from: stops[i]![0], to: next[0], departure: stops[i]![2], arrival: next[1], trip })),
  );
  return {
    stopCount,
    tripCount: trips.length,
    connections: {
      departureStop: rows.map((row) => row.from),
      arrivalStop: rows.map((row) => row.to),
      departureMinute: rows.map((row) => row.departure),
      arrivalMinute: rows.map((row) => row.arrival),
      trip: rows.map((row) => row.trip),
    },
    changeMinutes,
    links: { from: links.map((link) => link[0]), to: links.map((link) => link[1]), minutes: links.map((link) => link[2]) },
  };
}

/** The journey as lines such as "0 -t1-> 3 12:15" (minutes) or "3 ~> 4". */
function draw(timetable: Timetable, journey: Journey | null): string[] {
  return (journey?.connections ?? []).map((taken) => {
    if (taken < 0) return `~> ${timetable.linkHeads[~taken]}`;
    const { departureStop, departureMinute, arrivalStop, arrivalMinute, trip } = timetable;
    return `${departureStop[taken]} -t${trip[taken]}-> ${arrivalStop[taken]} ${departureMinute[taken]}:${arrivalMinute[taken]}`;
  });
}

/** Follows a journey step by step under the rules of the query and gives its arrival. */
function follow(timetable: Timetable, from: number, ready: number, to: number, journey: Journey): number {
  let stop = from;
  let minute = ready;
  let trip = -1;
  let isStart = true;
  for (const taken of journey.connections) {
    if (taken < 0) {
      const slot = ~taken;
      expect(slot >= timetable.linkOffsets[stop]! && slot < timetable.linkOffsets[stop + 1]!).toBe(true);
      minute += timetable.linkMinutes[slot]!;
      stop = timetable.linkHeads[slot]!;
      trip = -1;
    } else {
      const isSameTrip = timetable.trip[taken] === trip;
      const earliest = isStart || isSameTrip || stop === from ? minute : minute + timetable.changeMinutes[stop]!;
      expect(timetable.departureStop[taken]).toBe(stop);
      expect(timetable.departureMinute[taken]).toBeGreaterThanOrEqual(earliest);
      minute = timetable.arrivalMinute[taken]!;
      stop = timetable.arrivalStop[taken]!;
      trip = timetable.trip[taken]!;
    }
    isStart = false;
  }
  expect(stop).toBe(to);
  return minute;
}

function ask(input: TimetableInput, from: number, ready: number, to: number): Journey | null {
  return createEarliestArrival(buildTimetable(input)).query(from, ready, to);
}

/** Trips over few stops within few minutes: many ties, halts and hops of no duration, calls twice at a place. */
const timetables: fc.Arbitrary<TimetableInput> = fc.integer({ min: 2, max: 7 }).chain((stopCount) => {
  const stop = fc.nat(stopCount - 1);
  const trip = fc
    .tuple(fc.nat(12), fc.array(fc.tuple(stop, fc.nat(3), fc.nat(2)), { minLength: 2, maxLength: 6 }))
    .map(([start, calls]) => {
      let minute = start;
      return calls.map(([at, run, halt]): Stop => {
        const arrival = minute + run;
        minute = arrival + halt;
        return [at, arrival, minute];
      });
    });
  return fc
    .tuple(
      fc.array(trip, { maxLength: 8 }),
      fc.array(fc.tuple(stop, stop, fc.nat(4)), { maxLength: 6 }),
      fc.array(fc.nat(3), { minLength: stopCount, maxLength: stopCount }),
    )
    .map(([trips, links, change]) => timetableOf(stopCount, trips, links, change));
});

describe("createEarliestArrival", () => {
  test("equals repeated relaxation for every pair of stops, and its journeys can be travelled", () => {
    fc.assert(
      fc.property(timetables, fc.nat(10), (input, ready) => {
        const planner = createEarliestArrival(buildTimetable(input));
        for (let from = 0; from < input.stopCount; from++) {
          for (let to = 0; to < input.stopCount; to++) {
            const journey = planner.query(from, ready, to);
            expect(journey?.arrival ?? null).toBe(earliestArrivalOracle(input, from, ready, to));
            if (journey) expect(follow(planner.timetable, from, ready, to, journey)).toBe(journey.arrival);
          }
        }
      }),
      { numRuns: 2000 },
    );
  });

  test("a later departure that overtakes wins", () => {
    const input = timetableOf(2, [
      [
        [0, 0, 10],
        [1, 90, 90],
      ],
      [
        [0, 0, 20],
        [1, 60, 60],
      ],
    ]);
    expect(draw(buildTimetable(input), ask(input, 0, 5, 1))).toEqual(["0 -t1-> 1 20:60"]);
  });

  test("a departure is caught on the minute and missed by a minute", () => {
    const input = timetableOf(2, [
      [
        [0, 0, 10],
        [1, 20, 20],
      ],
      [
        [0, 0, 100],
        [1, 110, 110],
      ],
    ]);
    expect(ask(input, 0, 10, 1)!.arrival).toBe(20);
    expect(ask(input, 0, 11, 1)!.arrival).toBe(110);
    expect(ask(input, 0, 101, 1)).toBeNull();
  });

  test("changing takes its time, staying on the trip and starting do not", () => {
    const trips: Stop[][] = [
      [
        [0, 0, 10],
        [1, 20, 20],
        [2, 40, 40],
      ],
      [
        [1, 0, 24],
        [3, 30, 30],
      ],
      [
        [1, 0, 25],
        [3, 50, 50],
      ],
    ];
    const input = timetableOf(4, trips, [], [60, 5, 0, 0]);
    expect(ask(input, 0, 10, 2)!.arrival).toBe(40);
    expect(ask(input, 0, 10, 3)!.arrival).toBe(50);
  });

  test("on-demand links chain, at the start, between trips and at the end; boarding after one takes change time", () => {
    const trips: Stop[][] = [
      [
        [2, 0, 20],
        [3, 30, 30],
      ],
      [
        [2, 0, 22],
        [3, 35, 35],
      ],
    ];
    const links: Link[] = [
      [0, 1, 5],
      [1, 2, 5],
      [3, 4, 7],
      [4, 5, 1],
    ];
    const input = timetableOf(6, trips, links, [0, 0, 2, 0, 0, 0]);
    expect(draw(buildTimetable(input), ask(input, 0, 8, 5))).toEqual(["~> 1", "~> 2", "2 -t0-> 3 20:30", "~> 4", "~> 5"]);
    expect(ask(input, 0, 9, 5)!.arrival).toBe(35 + 8);
    expect(ask(input, 0, 0, 2)!.arrival).toBe(10);
  });

  test("hops of no duration feed each other whatever the order they are listed in, but never backwards along a trip", () => {
    const trips: Stop[][] = [
      [
        [2, 0, 10],
        [3, 15, 15],
      ],
      [
        [1, 0, 10],
        [2, 10, 10],
      ],
      [
        [0, 0, 10],
        [1, 10, 10],
      ],
      [
        [4, 0, 10],
        [1, 10, 10],
        [2, 10, 10],
      ],
    ];
    const input = timetableOf(5, trips);
    expect(ask(input, 0, 10, 3)!.arrival).toBe(15);
    // Trip 3 can be boarded at stop 1 in minute 10, but not back at stop 4.
    expect(ask(input, 0, 10, 4)).toBeNull();
  });

  test("months: minutes near the ends of Int32", () => {
    const late = 2 ** 31 - 500;
    const input = timetableOf(3, [
      [
        [0, 0, -late],
        [1, -late + 9, 0],
      ],
      [
        [1, 0, 43_200],
        [2, 525_600, 0],
      ],
      [
        [1, 0, late],
        [2, late + 100, 0],
      ],
    ]);
    expect(ask(input, 0, -late - 400, 2)!.arrival).toBe(525_600);
    expect(ask(input, 1, 43_201, 2)!.arrival).toBe(late + 100);
  });

  test("scans from the ready minute to the answer only", () => {
    const trips = Array.from({ length: 1000 }, (_, i): Stop[] => [
      [0, 0, 10 * i],
      [1, 10 * i + 15, 10 * i + 15],
    ]);
    const planner = createEarliestArrival(buildTimetable(timetableOf(2, trips)));
    expect(planner.query(0, 5000, 1)!.arrival).toBe(5015);
    // Departures at 5000 and 5010; the one at 5020 is after the arrival.
    expect(planner.counters.scanned).toBe(2);
  });

  test.each<[string, TimetableInput]>([
    [
      "an unknown stop",
      timetableOf(1, [
        [
          [0, 0, 1],
          [1, 2, 2],
        ],
      ]),
    ],
    [
      "an arrival before its departure",
      timetableOf(2, [
        [
          [0, 0, 5],
          [1, 2, 2],
        ],
      ]),
    ],
    [
      "a trip out of running order",
      timetableOf(2, [
        [
          [0, 0, 5],
          [1, 9, 7],
          [0, 10, 10],
        ],
      ]),
    ],
    ["a link to nowhere", timetableOf(2, [], [[0, 2, 1]])],
  ])("refuses %s", (_, input) => {
    expect(() => buildTimetable(input)).toThrow(RangeError);
  });
});
