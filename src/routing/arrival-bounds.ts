import type { Bounds, Scope } from "./bounds.ts";
import { MinHeap } from "./heap.ts";
import { type ShipmentGraph, legArc } from "./state-graph.ts";

/** Beyond so many arcs within reach on call a node keeps the static bound: large on-demand networks need no timetable bound. */
const mostReach = 96;

/**
 * After so many departures the rest of a journey is bounded by run times alone: shuttles that go to and fro every day would otherwise be followed until a ship leaves.
 */
const mostDepartures = 2;

/** What can be boarded from a node after legs on call and hub operations alone, whatever the scope of a search. */
interface Reach {
  /** Scheduled arcs, and the least minutes to readiness at their tail. */
  arcs: Int32Array;
  minutes: Float64Array;
  /** The least of these minutes that are legs on call: only they move the first departure that is for a label (`useFrom`), hub operations do not. */
  calls: Float64Array;
  /** Minutes to the target on call alone, and those of legs; Infinity where it takes a departure. */
  toTarget: number;
  callsToTarget: number;
  /** Corridors of the legs on call within reach. */
  tags: Set<number> | undefined;
}

/**
 * The earliest arrival at the target from a node at a minute, over the real departures of the allowed arcs: a lower bound on what any label there can reach,
 * far tighter than run times alone where ships leave every ten days. Legs on call and hub operations count with their least time, opening hours not at all.
 *
 * Each departure is worked out once a search, when first asked for (memo by arc and row), so only the part of the timetable that labels touch is looked at.
 */
export class ArrivalBounds {
  private readonly graph: ShipmentGraph;
  private readonly leastMinutes: Float64Array;
  /** 1 for a leg with departures. */
  private readonly scheduled: Uint8Array;
  /** First memo place of each scheduled arc. */
  private readonly memoStart: Int32Array;
  private memo = new Int32Array(0);
  /** Departures of each scheduled arc, -1 where they overtake; stops in a row; places of the first departure and arrival minute; row that was boarded last. */
  private readonly rows: Int32Array;
  private readonly width: Int32Array;
  private readonly departAt: Int32Array;
  private readonly arriveAt: Int32Array;
  private readonly lastRow: Int32Array;
  /** Size of one layer of the memo: arrivals at heads that have touched the corridor, then those that have not. */
  private memoLayer = 0;
  private readonly heap = new MinHeap();
  private readonly distance: Float64Array;
  private reaches: (Reach | null | undefined)[] = [];
  private readonly lastTime: Int32Array;
  private readonly lastUse: Int32Array;
  private readonly lastArrival: Float64Array;
  /** Departures taken so far in the journey that is being looked at. */
  private depth = 0;
  private scope: Scope = { allow: undefined, corridor: -1 };
  private minutes: Float64Array = new Float64Array(0);

  /** `leastMinutes`: from every node to the target over all arcs, waiting left out; only the order in which arcs are looked at depends on it. */
  constructor(graph: ShipmentGraph, leastMinutes: Float64Array) {
    this.graph = graph;
    this.leastMinutes = leastMinutes;
    this.scheduled = new Uint8Array(graph.arcCount);
    this.memoStart = new Int32Array(graph.arcCount);
    this.rows = new Int32Array(graph.arcCount);
    this.width = new Int32Array(graph.arcCount);
    this.departAt = new Int32Array(graph.arcCount);
    this.arriveAt = new Int32Array(graph.arcCount);
    this.lastRow = new Int32Array(graph.arcCount);
    this.layMemo();
    this.lastTime = new Int32Array(graph.nodeCount * 2);
    this.lastUse = new Int32Array(graph.nodeCount * 2);
    this.lastArrival = new Float64Array(graph.nodeCount * 2);
    this.distance = new Float64Array(graph.nodeCount).fill(Number.POSITIVE_INFINITY);
  }

  /** Prepares for a search within the scope; `bounds.minutes` must be filled. */
  reset(scope: Scope, bounds: Bounds): void {
    this.scope = scope;
    this.minutes = bounds.minutes;
    this.memo.fill(0);
    this.lastTime.fill(-1);
  }

  /** Forgets what rests on run times and on the number of departures: to be called when they were patched. */
  forget(): void {
    this.reaches = [];
    this.layMemo();
  }

  private layMemo(): void {
    const { network, kind, ref, arcCount } = this.graph;
    let size = 0;
    for (let a = 0; a < arcCount; a++) {
      if (kind[a] !== legArc) continue;
      const service = network.legService[ref[a]!]!;
      if (network.terms[service]!.onDemand) continue;
      this.scheduled[a] = 1;
      this.memoStart[a] = size;
      this.rows[a] = network.inOrder[service] === 1 ? network.departureCount[service]! : -1;
      this.width[a] = network.terms[service]!.runs.length;
      this.departAt[a] = network.timesStart[service]! + network.legFrom[ref[a]!]!;
      this.arriveAt[a] = network.timesStart[service]! + network.legTo[ref[a]!]!;
      this.lastRow[a] = 0;
      size += network.departureCount[service]!;
    }
    this.memoLayer = size;
    if (this.memo.length !== size * 2) this.memo = new Int32Array(size * 2);
  }

  /**
   * Earliest minute at the target for vehicles that are free in a state (`stateOf`) from `time` and take no departure before `useFrom` (moved on by the time
   * spent on call). Infinity where nothing arrives within the horizon.
   */
  earliest(state: number, time: number, useFrom: number): number {
    // The same state is asked for at the same minute again and again: when a label is thought of, put in its place, taken out.
    if (this.lastTime[state] === time && this.lastUse[state] === useFrom) return this.lastArrival[state]!;
    const { graph, minutes, scope } = this;
    const { nodeCount } = graph;
    const horizon = graph.terms.horizonMinute;
    const node = state < nodeCount ? state : state - nodeCount;
    const reach = this.reaches[node] === undefined ? this.explore(node) : this.reaches[node];
    if (reach === null || reach === undefined) {
      const least = time + minutes[state]!;
      return Math.max(least, useFrom) > horizon ? Number.POSITIVE_INFINITY : least;
    }
    // A leg of the corridor among those on call counts as taken: that can only make the bound weaker.
    const touched = state < nodeCount || reach.tags?.has(scope.corridor) === true;
    let best = touched ? Math.max(time + reach.toTarget, useFrom + reach.callsToTarget) : Number.POSITIVE_INFINITY;
    const { arcs } = reach;
    for (let i = 0; i < arcs.length; i++) {
      const arc = arcs[i]!;
      if (scope.allow !== undefined && scope.allow[arc] === 0) continue;
      const isLow = touched || (scope.corridor >= 0 && graph.corridor[arc] === scope.corridor);
      const head = isLow ? graph.head[arc]! : nodeCount + graph.head[arc]!;
      const way = reach.minutes[i]!;
      const least = time + way + graph.minimum[arc]! + minutes[head]!;
      if (least >= best || least > horizon) continue;
      const arrival = this.board(arc, Math.max(time + way + graph.lead[arc]!, useFrom + reach.calls[i]!), head, isLow ? 0 : this.memoLayer);
      if (arrival < best) best = arrival;
    }
    const arrival = best > horizon ? Number.POSITIVE_INFINITY : best;
    this.lastTime[state] = time;
    this.lastUse[state] = useFrom;
    this.lastArrival[state] = arrival;
    return arrival;
  }

  /** Earliest arrival at the target by the first departure of the arc at or after `from`; `head` is a state, `layer` its part of the memo. */
  private board(arc: number, from: number, head: number, layer: number): number {
    const { graph } = this;
    const rows = this.rows[arc]!;
    if (rows < 0) return from - graph.lead[arc]! + graph.minimum[arc]! + this.minutes[head]!;
    const { depart, arrive } = graph.network;
    const width = this.width[arc]!;
    const first = this.departAt[arc]!;
    const earliest = Math.max(from, graph.windowFrom[arc]!);
    // Neighbouring labels mostly take the same departure as the one before.
    let low = this.lastRow[arc]!;
    const same = low < rows && earliest <= depart[first + low * width]! && (low === 0 || earliest > depart[first + (low - 1) * width]!);
    if (!same) {
      low = 0;
      let high = rows;
      while (low < high) {
        const mid = (low + high) >> 1;
        if (depart[first + mid * width]! < earliest) low = mid + 1;
        else high = mid;
      }
      this.lastRow[arc] = low;
    }
    if (low === rows) return Number.POSITIVE_INFINITY;
    const minute = depart[first + low * width]!;
    if (minute > graph.windowUntil[arc]! || minute > graph.terms.horizonMinute) return Number.POSITIVE_INFINITY;
    const place = this.memoStart[arc]! + low + layer;
    const known = this.memo[place]!;
    if (known !== 0) return known < 0 ? Number.POSITIVE_INFINITY : known;
    const time = arrive[this.arriveAt[arc]! + low * width]! + graph.after[arc]!;
    const least = time + this.minutes[head]!;
    if (least > graph.terms.horizonMinute || this.depth === mostDepartures) return least;
    this.depth++;
    const arrival = this.earliest(head, time, time);
    this.depth--;
    this.memo[place] = arrival === Number.POSITIVE_INFINITY ? -1 : arrival;
    return arrival;
  }

  /** Everything on call from a node: a small Dijkstra over on-demand legs and operations. Null where there is too much of it. */
  private explore(source: number): Reach | null {
    const { graph, heap, distance } = this;
    const settled: number[] = [source];
    const arcs: number[] = [];
    const minutes: number[] = [];
    let tags: Set<number> | undefined;
    let toTarget = Number.POSITIVE_INFINITY;
    heap.clear();
    distance[source] = 0;
    heap.push(0, source);
    let tooMuch = false;
    while (heap.size > 0 && !tooMuch) {
      const key = heap.topKey;
      const node = heap.pop();
      if (key > distance[node]!) continue;
      if (node === graph.target) {
        toTarget = key;
        continue;
      }
      for (let arc = graph.start[node]!; arc < graph.start[node + 1]!; arc++) {
        if (this.scheduled[arc] === 1) {
          arcs.push(arc);
          minutes.push(key);
          continue;
        }
        if (graph.corridor[arc]! >= 0) (tags ??= new Set()).add(graph.corridor[arc]!);
        const head = graph.head[arc]!;
        const time = key + graph.minimum[arc]!;
        if (time >= distance[head]!) continue;
        if (distance[head] === Number.POSITIVE_INFINITY) settled.push(head);
        distance[head] = time;
        heap.push(time, head);
      }
      tooMuch = arcs.length > mostReach || settled.length > mostReach * 2;
    }
    for (const node of settled) distance[node] = Number.POSITIVE_INFINITY;
    const calls = tooMuch ? undefined : this.callMinutes(source);
    // The likely best first, so that the others are mostly passed over.
    const least = arcs.map((arc, i) => minutes[i]! + graph.minimum[arc]! + this.leastMinutes[graph.head[arc]!]!);
    const order = arcs.map((_, i) => i).sort((a, b) => least[a]! - least[b]! || a - b);
    const reach = tooMuch
      ? null
      : {
          arcs: Int32Array.from(order, (i) => arcs[i]!),
          minutes: Float64Array.from(order, (i) => minutes[i]!),
          calls: Float64Array.from(order, (i) => calls!.get(graph.tail[arcs[i]!]!)!),
          toTarget,
          callsToTarget: calls!.get(graph.target) ?? Number.POSITIVE_INFINITY,
          tags,
        };
    this.reaches[source] = reach;
    return reach;
  }

  /** Least minutes of legs on call to every node within reach; hub operations count nothing. */
  private callMinutes(source: number): Map<number, number> {
    const { graph, heap } = this;
    const found = new Map<number, number>([[source, 0]]);
    heap.clear();
    heap.push(0, source);
    while (heap.size > 0) {
      const key = heap.topKey;
      const node = heap.pop();
      if (key > found.get(node)! || node === graph.target) continue;
      for (let arc = graph.start[node]!; arc < graph.start[node + 1]!; arc++) {
        if (this.scheduled[arc] === 1) continue;
        const head = graph.head[arc]!;
        const minutes = key + (graph.kind[arc] === legArc ? graph.minimum[arc]! : 0);
        if (minutes >= (found.get(head) ?? Number.POSITIVE_INFINITY)) continue;
        found.set(head, minutes);
        heap.push(minutes, head);
      }
    }
    return found;
  }
}
