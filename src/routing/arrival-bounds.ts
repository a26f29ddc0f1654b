import type { Bounds, Scope } from "./bounds.ts";
import { MinHeap } from "./heap.ts";
import { type ShipmentGraph, legArc } from "./shipment-graph.ts";

/** Beyond so many arcs within reach on call a node keeps the static bound: large on-demand networks need no timetable bound. */
const mostReach = 96;
const unknown = 0;

/**
 * The earliest arrival at the target from a node at a minute, over the real departures of the allowed arcs: a lower bound on what any label there can reach,
 * far tighter than run times alone where ships leave every ten days. Legs on call and hub operations count with their least time, opening hours not at all.
 *
 * Each departure is worked out once, when first asked for (memo by arc and row), so only the part of the timetable that labels touch is looked at.
 */
export class ArrivalBounds {
  private readonly graph: ShipmentGraph;
  /** 1 for a leg with departures that keep their order. */
  private readonly scheduled: Uint8Array;
  /** First memo place of each scheduled arc. */
  private readonly memoStart: Int32Array;
  private readonly memo: Int32Array;
  /** Size of one layer of the memo: arrivals at heads that have touched the corridor, then those that have not. */
  private readonly memoLayer: number;
  private readonly heap = new MinHeap();
  /** Scheduled arcs within reach on call, with the minutes to their tail; undefined until asked for. */
  private reachArcs: (Int32Array | undefined)[] = [];
  private reachMinutes: (Int32Array | undefined)[] = [];
  /** Minutes to the target on call alone; Infinity where it takes a departure. */
  private toTarget: Float64Array;
  private distance: Float64Array;
  private scope: Scope = { allow: undefined, corridor: -1 };
  private bounds: Bounds | undefined;

  constructor(graph: ShipmentGraph) {
    this.graph = graph;
    const { network } = graph;
    this.scheduled = new Uint8Array(graph.arcCount);
    this.memoStart = new Int32Array(graph.arcCount);
    let size = 0;
    for (let a = 0; a < graph.arcCount; a++) {
      if (graph.kind[a] !== legArc) continue;
      const service = network.legService[graph.ref[a]!]!;
      if (network.terms[service]!.onDemand) continue;
      this.scheduled[a] = 1;
      this.memoStart[a] = size;
      size += network.departureCount[service]!;
    }
    this.memoLayer = size;
    this.memo = new Int32Array(size * 2);
    this.toTarget = new Float64Array(graph.nodeCount * 2);
    this.distance = new Float64Array(graph.nodeCount * 2).fill(Number.POSITIVE_INFINITY);
  }

  /** Prepares for a search within the scope; `bounds.minutes` must be filled. */
  reset(scope: Scope, bounds: Bounds): void {
    this.scope = scope;
    this.bounds = bounds;
    this.memo.fill(unknown);
    this.reachArcs = [];
    this.reachMinutes = [];
  }

  /**
   * Earliest minute at the target for vehicles that are free in a state (`stateOf`) from `time` and take no departure before `useFrom` (moved on by the time spent on call).
   * Infinity where nothing arrives within the horizon.
   */
  earliest(state: number, time: number, useFrom: number): number {
    const arcs = this.reachArcs[state] ?? this.explore(state);
    const { graph } = this;
    const minutes = this.reachMinutes[state]!;
    const horizon = graph.terms.horizonMinute;
    if (minutes.length === 0 && arcs.length > 0) {
      const least = Math.max(time, useFrom) + (useFrom > time ? 0 : this.bounds!.minutes[state]!);
      return least > horizon ? Number.POSITIVE_INFINITY : Math.max(least, time + this.bounds!.minutes[state]!);
    }
    let best = Math.max(time, useFrom) + this.toTarget[state]!;
    for (let i = 0; i < arcs.length; i++) {
      // An arc reached in the second layer is stored as its complement.
      const touched = arcs[i]! >= 0;
      const arc = touched ? arcs[i]! : ~arcs[i]!;
      const way = minutes[i]!;
      const from = Math.max(time + way + graph.lead[arc]!, useFrom + way);
      if (from > horizon) continue;
      const arrival = this.board(arc, from, touched);
      if (arrival < best) best = arrival;
    }
    return best > horizon ? Number.POSITIVE_INFINITY : best;
  }

  /** Earliest arrival at the target by the first departure of the arc at or after `from`. */
  private board(arc: number, from: number, touchedBefore: boolean): number {
    const { graph } = this;
    const { network } = graph;
    const leg = graph.ref[arc]!;
    const service = network.legService[leg]!;
    const rows = network.departureCount[service]!;
    if (rows === 0) return Number.POSITIVE_INFINITY;
    const touched = touchedBefore || (this.scope.corridor >= 0 && graph.corridor[arc] === this.scope.corridor);
    const head = touched ? graph.head[arc]! : graph.nodeCount + graph.head[arc]!;
    if (this.bounds!.minutes[head] === Number.POSITIVE_INFINITY) return Number.POSITIVE_INFINITY;
    if (network.inOrder[service] === 0) return from - graph.lead[arc]! + graph.minimum[arc]! + this.bounds!.minutes[head]!;
    const width = network.terms[service]!.runs.length;
    const first = network.timesStart[service]! + network.legFrom[leg]!;
    const { depart } = network;
    const earliest = Math.max(from, graph.windowFrom[arc]!);
    let low = 0;
    let high = rows;
    while (low < high) {
      const mid = (low + high) >> 1;
      if (depart[first + mid * width]! < earliest) low = mid + 1;
      else high = mid;
    }
    if (low === rows) return Number.POSITIVE_INFINITY;
    const minute = depart[first + low * width]!;
    if (minute > graph.windowUntil[arc]! || minute > graph.terms.horizonMinute) return Number.POSITIVE_INFINITY;
    const place = this.memoStart[arc]! + low + (touched ? 0 : this.memoLayer);
    const known = this.memo[place]!;
    if (known !== unknown) return known < 0 ? Number.POSITIVE_INFINITY : known;
    const time = network.arrive[network.timesStart[service]! + network.legTo[leg]! + low * width]! + graph.after[arc]!;
    const arrival =
      time + this.bounds!.minutes[head]! > graph.terms.horizonMinute ? Number.POSITIVE_INFINITY : this.earliest(head, time, time);
    this.memo[place] = arrival === Number.POSITIVE_INFINITY ? -1 : arrival;
    return arrival;
  }

  /** Everything on call from a state: a small Dijkstra over on-demand legs and operations. An empty `reachMinutes` beside arcs means "too much". */
  private explore(source: number): Int32Array {
    const { graph, heap, distance } = this;
    const { allow, corridor } = this.scope;
    const { nodeCount } = graph;
    const settled: number[] = [source];
    const arcs: number[] = [];
    const minutes: number[] = [];
    heap.clear();
    distance[source] = 0;
    heap.push(0, source);
    this.toTarget[source] = Number.POSITIVE_INFINITY;
    let tooMuch = false;
    while (heap.size > 0 && !tooMuch) {
      const key = heap.topKey;
      const state = heap.pop();
      if (key > distance[state]!) continue;
      if (state === graph.target) {
        this.toTarget[source] = key;
        continue;
      }
      const touched = state < nodeCount;
      const node = touched ? state : state - nodeCount;
      for (let arc = graph.start[node]!; arc < graph.start[node + 1]!; arc++) {
        if (allow !== undefined && allow[arc] === 0) continue;
        if (this.scheduled[arc] === 1) {
          arcs.push(touched ? arc : ~arc);
          minutes.push(key);
          tooMuch ||= arcs.length > mostReach;
          continue;
        }
        const head = touched || (corridor >= 0 && graph.corridor[arc] === corridor) ? graph.head[arc]! : nodeCount + graph.head[arc]!;
        const time = key + graph.minimum[arc]!;
        if (this.bounds!.minutes[head] === Number.POSITIVE_INFINITY || time >= distance[head]!) continue;
        if (distance[head] === Number.POSITIVE_INFINITY) settled.push(head);
        distance[head] = time;
        heap.push(time, head);
        tooMuch ||= settled.length > mostReach * 2;
      }
    }
    for (const state of settled) distance[state] = Number.POSITIVE_INFINITY;
    const found = Int32Array.from(tooMuch ? [0] : arcs);
    this.reachArcs[source] = found;
    this.reachMinutes[source] = Int32Array.from(tooMuch ? [] : minutes);
    return found;
  }
}
