import { MinHeap } from "./heap.ts";
import { graphFromArcs } from "./static-graph.ts";

/**
 * Dated connections on parallel Int32 arrays, sorted by departure; minutes count from any epoch (Int32 holds 4,000
 * years). A connection is one trip running from one stop to the next without a halt between.
 */
export interface Timetable {
  readonly stopCount: number;
  readonly tripCount: number;
  readonly departureStop: Int32Array;
  readonly arrivalStop: Int32Array;
  readonly departureMinute: Int32Array;
  readonly arrivalMinute: Int32Array;
  readonly trip: Int32Array;
  /** Next connection of the same trip, or -1. */
  readonly nextInTrip: Int32Array;
  /** Index of each connection in the list the timetable was built from. */
  readonly source: Int32Array;
  /** Minutes between arriving at a stop and boarding another trip there. */
  readonly changeMinutes: Int32Array;
  /** On-demand links (a truck that leaves when the goods are there) in compressed rows by the stop they leave. */
  readonly linkOffsets: Int32Array;
  readonly linkHeads: Int32Array;
  readonly linkMinutes: Int32Array;
  /** Index of each link slot in the list of links given. */
  readonly linkSource: Int32Array;
}

export interface TimetableInput {
  stopCount: number;
  tripCount: number;
  /** In any order, but those of one trip in running order. */
  connections: {
    departureStop: ArrayLike<number>;
    arrivalStop: ArrayLike<number>;
    departureMinute: ArrayLike<number>;
    arrivalMinute: ArrayLike<number>;
    trip: ArrayLike<number>;
  };
  /** One entry a stop; zero if left out. */
  changeMinutes?: ArrayLike<number>;
  links?: { from: ArrayLike<number>; to: ArrayLike<number>; minutes: ArrayLike<number> };
}

/** Sorts and freezes a timetable. O(connections log connections). Impossible input is a RangeError. */
export function buildTimetable(input: TimetableInput): Timetable {
  const { stopCount, tripCount, connections, links } = input;
  const { departureMinute, arrivalMinute, departureStop, arrivalStop, trip } = connections;
  const count = trip.length;
  let first = Infinity;
  let last = -Infinity;
  const tripEnd = new Float64Array(tripCount).fill(-Infinity);
  for (let i = 0; i < count; i++) {
    const departure = departureMinute[i]!;
    const arrival = arrivalMinute[i]!;
    const places = [departureStop[i]!, arrivalStop[i]!];
    if (!places.every((stop) => stop >= 0 && stop < stopCount)) throw new RangeError(`connection ${i}: unknown stop`);
    if (!(trip[i]! >= 0 && trip[i]! < tripCount)) throw new RangeError(`connection ${i}: unknown trip ${trip[i]}`);
    if (!(arrival >= departure)) throw new RangeError(`connection ${i} arrives before it departs`);
    if (!(departure >= tripEnd[trip[i]!]!)) throw new RangeError(`connection ${i}: trip ${trip[i]} is not in running order`);
    if (!(Math.abs(arrival) < UNREACHED)) throw new RangeError(`connection ${i}: minute ${arrival} is not an Int32`);
    tripEnd[trip[i]!] = arrival;
    first = Math.min(first, departure);
    last = Math.max(last, departure);
  }

  // One number a connection, so that the native sort needs no comparator: by departure, within a minute those of no
  // duration first (they may feed the others), then as given, which keeps each trip's running order.
  if ((last - first + 1) * 2 * count > Number.MAX_SAFE_INTEGER) throw new RangeError("timetable too large to sort");
  const keys = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    const lasts = arrivalMinute[i]! > departureMinute[i]! ? 1 : 0;
    keys[i] = ((departureMinute[i]! - first) * 2 + lasts) * count + i;
  }
  keys.sort();
  const source = Int32Array.from(keys, (key) => key % count);
  const pick = (values: ArrayLike<number>): Int32Array => Int32Array.from(source, (index) => values[index]!);

  const sortedTrip = pick(trip);
  const nextInTrip = new Int32Array(count).fill(-1);
  const lastOfTrip = new Int32Array(tripCount).fill(-1);
  for (let i = 0; i < count; i++) {
    const previous = lastOfTrip[sortedTrip[i]!]!;
    if (previous !== -1) nextInTrip[previous] = i;
    lastOfTrip[sortedTrip[i]!] = i;
  }

  const rows = graphFromArcs(stopCount, links?.from ?? [], links?.to ?? [], links?.minutes ?? []);
  return {
    stopCount,
    tripCount,
    departureStop: pick(departureStop),
    arrivalStop: pick(arrivalStop),
    departureMinute: pick(departureMinute),
    arrivalMinute: pick(arrivalMinute),
    trip: sortedTrip,
    nextInTrip,
    source,
    changeMinutes: Int32Array.from({ length: stopCount }, (_, stop) => input.changeMinutes?.[stop] ?? 0),
    linkOffsets: rows.offsets,
    linkHeads: rows.heads,
    linkMinutes: Int32Array.from(rows.weights),
    linkSource: rows.arcs,
  };
}

export interface Journey {
  /** Minute of arrival at the destination. */
  arrival: number;
  /** What is taken, in travel order: indices of the timetable's connections; an on-demand link stands as `~slot`. */
  connections: number[];
}

/** Work done since the planner was made; set a field to 0 to start anew. */
export interface ScanCounters {
  /** Connections looked at. */
  scanned: number;
  /** Times that a stop was reached earlier than before. */
  improved: number;
}

export interface EarliestArrival {
  readonly timetable: Timetable;
  readonly counters: ScanCounters;
  /**
   * The earliest arrival for a shipment that is ready at a stop at a minute; null if the timetable ends before.
   * The first departure needs no change time; any other boarding does, also after a link. Links need none.
   */
  query(from: number, readyMinute: number, to: number): Journey | null;
}

const UNREACHED = 0x7fffffff;
/** In `arrivedBy`: the shipment starts here. */
const START = UNREACHED;

/**
 * Connection scan (Dibbelt, Pick, Swarup, Wagner 2013): one pass over the connections by departure; no queue but for
 * links. O(connections between ready minute and answer). Overtaking trips need no care, since trips are not compared.
 * Not re-entrant; one planner a thread.
 */
export function createEarliestArrival(timetable: Timetable): EarliestArrival {
  return new ConnectionScan(timetable);
}

class ConnectionScan implements EarliestArrival {
  readonly counters: ScanCounters = { scanned: 0, improved: 0 };
  /** Earliest minute to board at a stop: arrival plus change time (at the origin: the ready minute). */
  private readonly boardable: Int32Array;
  /** How a stop was reached earliest: a connection, `~slot` of a link, or START. */
  private readonly arrivedBy: Int32Array;
  /** Where the trip of `arrivedBy` was boarded (a connection), or for a link the stop it left. */
  private readonly arrivedFrom: Int32Array;
  /** First connection of a trip that can be boarded; UNREACHED if none yet. */
  private readonly boardedAt: Int32Array;
  /** Trips to set back after the query: 100,000 trips need no clearing when 50 were boarded. */
  private readonly touchedTrips: Int32Array;
  private readonly linkHeap = new MinHeap(16);
  /** Arrival of each connection plus the change time there. */
  private readonly boardableAfter: Int32Array;
  private target = -1;
  /** Arrival at the target so far: nothing that departs at it or later can improve it. */
  private targetMinute = UNREACHED;

  constructor(readonly timetable: Timetable) {
    const { stopCount, tripCount, arrivalMinute, arrivalStop, changeMinutes } = timetable;
    this.boardableAfter = arrivalMinute.map((minute, i) => Math.min(UNREACHED, minute + changeMinutes[arrivalStop[i]!]!));
    this.boardable = new Int32Array(stopCount);
    this.arrivedBy = new Int32Array(stopCount);
    this.arrivedFrom = new Int32Array(stopCount);
    this.boardedAt = new Int32Array(tripCount).fill(UNREACHED);
    this.touchedTrips = new Int32Array(tripCount);
  }

  query(from: number, readyMinute: number, to: number): Journey | null {
    if (from === to) return { arrival: readyMinute, connections: [] };
    this.boardable.fill(UNREACHED);
    this.boardable[from] = readyMinute;
    this.arrivedBy[from] = START;
    this.target = to;
    this.targetMinute = UNREACHED;
    this.relaxLinks(from, readyMinute);
    this.scan(readyMinute);
    return this.targetMinute === UNREACHED ? null : { arrival: this.targetMinute, connections: this.journeyTo(to) };
  }

  private scan(readyMinute: number): void {
    const { departureStop, arrivalStop, departureMinute, arrivalMinute, trip, linkOffsets } = this.timetable;
    const { boardable, boardedAt, touchedTrips, target, boardableAfter } = this;
    const start = firstAtOrAfter(departureMinute, readyMinute);
    let touched = 0;
    let improved = 0;
    let scanned = 0;
    // Nothing that departs when the target is reached or later can improve it; found anew each time that comes forward,
    // so that the loop need not compare.
    let targetMinute = this.targetMinute;
    let end = firstAtOrAfter(departureMinute, targetMinute);
    for (let i = start; i < end; i++) {
      scanned++;
      const tripIndex = trip[i]!;
      // A trip boarded further on in the same minute does not carry goods to the stops before.
      const board = boardedAt[tripIndex]!;
      if (board > i) {
        if (boardable[departureStop[i]!]! > departureMinute[i]!) continue;
        if (board === UNREACHED) touchedTrips[touched++] = tripIndex;
        boardedAt[tripIndex] = i;
      }
      const stop = arrivalStop[i]!;
      if (boardableAfter[i]! >= boardable[stop]!) continue;
      const arrival = arrivalMinute[i]!;
      boardable[stop] = boardableAfter[i]!;
      this.arrivedBy[stop] = i;
      this.arrivedFrom[stop] = boardedAt[tripIndex]!;
      improved++;
      if (stop === target) this.targetMinute = arrival;
      if (linkOffsets[stop]! < linkOffsets[stop + 1]!) this.relaxLinks(stop, arrival);
      if (this.targetMinute < targetMinute) {
        targetMinute = this.targetMinute;
        end = firstAtOrAfter(departureMinute, targetMinute);
      }
      if (arrival === departureMinute[i]) {
        // No duration: what it reaches may board connections of this minute that were passed already. Only others of
        // no duration come before it, so the step back is short; each one improves a stop, so it ends.
        while (i > start && departureMinute[i - 1] === arrival) i--;
        i--;
      }
    }
    this.counters.scanned += scanned;
    this.counters.improved += improved;
    for (let k = 0; k < touched; k++) boardedAt[touchedTrips[k]!] = UNREACHED;
  }

  /** Spreads an arrival along on-demand links, over as many in a row as pay (Dijkstra on a small heap). */
  private relaxLinks(origin: number, minute: number): void {
    const { linkOffsets, linkHeads, linkMinutes, changeMinutes } = this.timetable;
    const { linkHeap, boardable } = this;
    linkHeap.clear();
    linkHeap.push(minute, origin);
    while (linkHeap.size > 0) {
      const leave = linkHeap.topKey;
      if (leave >= this.targetMinute) break;
      const stop = linkHeap.pop();
      for (let slot = linkOffsets[stop]!, end = linkOffsets[stop + 1]!; slot < end; slot++) {
        const head = linkHeads[slot]!;
        const arrival = leave + linkMinutes[slot]!;
        if (arrival + changeMinutes[head]! >= boardable[head]!) continue;
        boardable[head] = arrival + changeMinutes[head]!;
        this.arrivedBy[head] = ~slot;
        this.arrivedFrom[head] = stop;
        this.counters.improved++;
        if (head === this.target) this.targetMinute = arrival;
        linkHeap.push(arrival, head);
      }
    }
  }

  /** Walks the pointers back. They stay true: a stop never improves to before a departure that was caught from it. */
  private journeyTo(to: number): number[] {
    const { departureStop, nextInTrip } = this.timetable;
    const taken: number[] = [];
    let stop = to;
    while (this.arrivedBy[stop] !== START) {
      const by = this.arrivedBy[stop]!;
      const from = this.arrivedFrom[stop]!;
      if (by < 0) {
        taken.push(by);
        stop = from;
      } else {
        const ride: number[] = [];
        for (let connection = from; connection !== by; connection = nextInTrip[connection]!) ride.push(connection);
        ride.push(by);
        taken.push(...ride.reverse());
        stop = departureStop[from]!;
      }
    }
    return taken.reverse();
  }
}

/** Index of the first entry of a sorted array that is not below the value. */
function firstAtOrAfter(sorted: Int32Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
