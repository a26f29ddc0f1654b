import { grown } from "../model/index.ts";
import { always, never } from "../network/index.ts";
import { type Boardings, firstBoarding } from "./boardings.ts";
import type { Bounds, Scope } from "./bounds.ts";
import { MinHeap } from "./heap.ts";
import { type ShipmentGraph, legArc } from "./state-graph.ts";

/** Beyond so many arcs within reach on call a node keeps the static bound: large on-demand networks need no timetable bound. */
const mostReach = 96;

/** A journey of more departures than this is bounded by run times alone from there on: a row of calls has to end somewhere. */
const mostDepartures = 200;

/** What can be boarded from a node after legs on call and hub operations alone, whatever the scope of a search. */
interface Reach {
  /** Scheduled arcs, and the least minutes to readiness at their tail. */
  arcs: Int32Array;
  minutes: Int32Array;
  /** The least of these minutes that are legs on call: only they move the first departure that is for a label (`useFrom`), hub operations do not. */
  calls: Int32Array;
  /** Minutes to the target on call alone, and those of legs; Infinity where it takes a departure. */
  toTarget: number;
  callsToTarget: number;
  /** Corridors of the legs on call within reach. */
  tags: Set<number> | undefined;
}

/** What can be reached on call from each node, found when first asked for and kept for all searches on the graph. */
export class OnCall {
  private readonly graph: ShipmentGraph;
  private readonly scheduled: Uint8Array;
  private readonly leastMinutes: Float64Array;
  private readonly heap = new MinHeap();
  private readonly distance: Float64Array;
  private readonly called: Float64Array;
  private reaches: (Reach | null | undefined)[] = [];

  /** `leastMinutes`: from every node to the target over all arcs, waiting left out; only the order in which arcs are laid out depends on it. */
  constructor(graph: ShipmentGraph, { scheduled }: Boardings, leastMinutes: Float64Array) {
    this.graph = graph;
    this.scheduled = scheduled;
    this.leastMinutes = leastMinutes;
    this.distance = new Float64Array(graph.nodeCount).fill(Number.POSITIVE_INFINITY);
    this.called = this.distance.slice();
  }

  /** To be called when run times have changed. */
  forget(): void {
    this.reaches = [];
  }

  /** Null where there is too much within reach. */
  from(node: number): Reach | null {
    const known = this.reaches[node];
    return known === undefined ? this.explore(node) : known;
  }

  private explore(source: number): Reach | null {
    const { graph, distance, called, leastMinutes, scheduled } = this;
    const nodes: number[] = [];
    let reach: Reach | null = null;
    if (this.walk(source, distance, true, nodes)) {
      this.walk(source, called, false, []);
      const found: { arc: number; least: number }[] = [];
      let tags: Set<number> | undefined;
      for (const node of nodes) {
        if (node === graph.target) continue;
        for (let arc = graph.start[node]!; arc < graph.start[node + 1]!; arc++) {
          if (scheduled[arc] === 1) found.push({ arc, least: distance[node]! + graph.minimum[arc]! + leastMinutes[graph.head[arc]!]! });
          else if (graph.corridor[arc]! >= 0) (tags ??= new Set()).add(graph.corridor[arc]!);
        }
      }
      found.sort((a, b) => a.least - b.least || a.arc - b.arc);
      const arcs = new Int32Array(found.length);
      const minutes = new Int32Array(found.length);
      const calls = new Int32Array(found.length);
      for (let i = 0; i < found.length; i++) {
        const { arc } = found[i]!;
        arcs[i] = arc;
        minutes[i] = distance[graph.tail[arc]!]!;
        calls[i] = called[graph.tail[arc]!]!;
      }
      reach = { arcs, minutes, calls, toTarget: distance[graph.target]!, callsToTarget: called[graph.target]!, tags };
      for (const node of nodes) called[node] = Number.POSITIVE_INFINITY;
    }
    for (const node of nodes) distance[node] = Number.POSITIVE_INFINITY;
    this.reaches[source] = reach;
    return reach;
  }

  /**
   * A small Dijkstra over legs on call and hub operations, whose minutes count or not: least minutes into `out`, the nodes within reach into `nodes`.
   * False as soon as there is too much.
   */
  private walk(source: number, out: Float64Array, operationsCount: boolean, nodes: number[]): boolean {
    const { graph, heap, scheduled } = this;
    let boarded = 0;
    nodes.push(source);
    heap.clear();
    out[source] = 0;
    heap.push(0, source);
    while (heap.size > 0) {
      const key = heap.topKey;
      const node = heap.pop();
      if (key > out[node]! || node === graph.target) continue;
      for (let arc = graph.start[node]!; arc < graph.start[node + 1]!; arc++) {
        if (scheduled[arc] === 1) {
          boarded++;
          continue;
        }
        const head = graph.head[arc]!;
        const minutes = key + (operationsCount || graph.kind[arc] === legArc ? graph.minimum[arc]! : 0);
        if (minutes >= out[head]!) continue;
        if (out[head] === Number.POSITIVE_INFINITY) nodes.push(head);
        out[head] = minutes;
        heap.push(minutes, head);
      }
      if (boarded > mostReach || nodes.length > mostReach * 2) return false;
    }
    return true;
  }
}

/** Columns of a choice in the pool: arc, state of its head, minutes until it can be boarded, those of legs on call, least minutes to the target this way. */
const choiceWidth = 5;

/** Marks of states in `choiceStart`: not looked at in this search, and too much within reach. */
const unknown = -1;
const tooWide = -2;

/**
 * The earliest arrival at the target from a node at a minute, over the real departures of the allowed arcs: a lower bound on what any label there can reach,
 * far tighter than run times alone where ships leave every ten days. Legs on call and hub operations count with their least time, opening hours not at all.
 *
 * What can be boarded from a state is laid out once a search, the likely best first, so that the rest is never looked at. Each departure is followed once a search,
 * when first asked for (memo by departure), so only the part of the timetable that labels touch is looked at.
 */
export class ArrivalBounds {
  private readonly graph: ShipmentGraph;
  private boardings: Boardings;
  /** Arrival at the target by each departure; those whose head has touched the corridor, then the others. 0: not followed yet, -1: never. */
  private memo = new Int32Array(0);
  /** Place of the departure that was boarded last, by arc. */
  private readonly last: Int32Array;
  private readonly onCall: OnCall;
  /** Choices of each state in this search: rows of the pool. */
  private readonly choiceStart: Int32Array;
  private readonly choiceEnd: Int32Array;
  private pool = new Int32Array(1024 * choiceWidth);
  private poolEnd = 0;
  /** Minutes from each state to the target on call alone, and those of legs. */
  private readonly toTarget: Float64Array;
  private readonly callsToTarget: Float64Array;
  /** What was asked for last in each state: the answer, and until which time and `useFrom` it stays the answer. */
  private readonly sinceTime: Int32Array;
  private readonly untilTime: Int32Array;
  private readonly sinceUse: Int32Array;
  private readonly untilUse: Int32Array;
  private readonly arrival: Float64Array;
  /** Departures taken so far in the journey that is being looked at. */
  private depth = 0;
  private scope: Scope = { allow: undefined, corridor: -1 };
  private minutes: Float64Array = new Float64Array(0);

  constructor(graph: ShipmentGraph, boardings: Boardings, onCall: OnCall) {
    this.graph = graph;
    this.onCall = onCall;
    this.boardings = boardings;
    this.last = boardings.start.slice();
    const states = graph.nodeCount * 2;
    this.choiceStart = new Int32Array(states);
    this.choiceEnd = new Int32Array(states);
    this.toTarget = new Float64Array(states);
    this.callsToTarget = new Float64Array(states);
    this.sinceTime = new Int32Array(states);
    this.untilTime = new Int32Array(states);
    this.sinceUse = new Int32Array(states);
    this.untilUse = new Int32Array(states);
    this.arrival = new Float64Array(states);
  }

  /** Prepares for searches within the scope; `bounds.minutes` must be filled. Has to be called again when times have changed, amounts of money mean nothing here. */
  reset(scope: Scope, bounds: Bounds, boardings: Boardings): void {
    this.scope = scope;
    this.boardings = boardings;
    this.last.set(boardings.start);
    this.minutes = bounds.minutes;
    const size = this.boardings.depart.length * 2;
    if (this.memo.length === size) this.memo.fill(0);
    else this.memo = new Int32Array(size);
    this.choiceStart.fill(unknown);
    this.poolEnd = 0;
    this.untilTime.fill(always);
  }

  /**
   * Earliest minute at the target for vehicles that are free in a state (`stateOf`) from `time` and take no departure before `useFrom` (moved on by the time
   * spent on call). Infinity where nothing arrives within the horizon.
   */
  earliest(state: number, time: number, useFrom: number): number {
    // Whoever is ready between the one asked for before and the departure that was best for it arrives no earlier, and no later with the same departure.
    if (
      time >= this.sinceTime[state]! &&
      time <= this.untilTime[state]! &&
      useFrom >= this.sinceUse[state]! &&
      useFrom <= this.untilUse[state]!
    )
      return this.arrival[state]!;
    const { boardings } = this;
    const horizon = this.graph.terms.horizonMinute;
    if (this.choiceStart[state] === unknown) this.layChoices(state);
    const start = this.choiceStart[state]!;
    if (start === tooWide) {
      const least = time + this.minutes[state]!;
      return Math.max(least, useFrom) > horizon ? Number.POSITIVE_INFINITY : least;
    }
    let best = Math.max(time + this.toTarget[state]!, useFrom + this.callsToTarget[state]!);
    let untilTime = time;
    let untilUse = useFrom;
    if (best > horizon) {
      best = horizon + 1;
      untilTime = untilUse = never;
    }
    const end = this.choiceEnd[state]!;
    for (let at = start; at < end; at += choiceWidth) {
      // Following a departure may lay out choices of other states, in a new pool when this one is full.
      const { pool } = this;
      if (time + pool[at + 4]! >= best) break;
      const arc = pool[at]!;
      const from = Math.max(time + pool[at + 2]!, useFrom + pool[at + 3]!);
      if (boardings.ordered[arc] === 0) {
        const least = from - this.graph.lead[arc]! + this.graph.minimum[arc]! + this.minutes[pool[at + 1]!]!;
        if (least >= best) continue;
        best = least;
        untilTime = time;
        untilUse = useFrom;
        continue;
      }
      const place = this.placeFrom(arc, from);
      if (place === boardings.start[arc + 1]) continue;
      const arrival = this.follow(arc, place, pool[at + 1]!);
      if (arrival >= best) continue;
      best = arrival;
      untilTime = boardings.depart[place]! - pool[at + 2]!;
      untilUse = boardings.depart[place]! - pool[at + 3]!;
    }
    const arrival = best > horizon ? Number.POSITIVE_INFINITY : best;
    this.sinceTime[state] = time;
    this.untilTime[state] = untilTime;
    this.sinceUse[state] = useFrom;
    this.untilUse[state] = untilUse;
    this.arrival[state] = arrival;
    return arrival;
  }

  /** Place of the first departure of the arc at or after a minute. */
  private placeFrom(arc: number, from: number): number {
    const { depart, start } = this.boardings;
    // Neighbouring labels mostly take the same departure as the one before.
    const place = this.last[arc]!;
    if (place < start[arc + 1]! && depart[place]! >= from && (place === start[arc] || depart[place - 1]! < from)) return place;
    return (this.last[arc] = firstBoarding(this.boardings, arc, from));
  }

  /** Earliest arrival at the target by a departure of the arc; `head` is a state. */
  private follow(arc: number, place: number, head: number): number {
    const { graph, boardings, memo } = this;
    const memoPlace = head < graph.nodeCount ? place : place + boardings.depart.length;
    const known = memo[memoPlace]!;
    if (known !== 0) return known < 0 ? Number.POSITIVE_INFINITY : known;
    const time = boardings.arrive[place]! + graph.after[arc]!;
    const least = time + this.minutes[head]!;
    if (least > graph.terms.horizonMinute || this.depth === mostDepartures) return least;
    this.depth++;
    const arrival = this.earliest(head, time, time);
    this.depth--;
    memo[memoPlace] = arrival === Number.POSITIVE_INFINITY ? -1 : arrival;
    return arrival;
  }

  /** Lays out what can be boarded from a state in this search, in order of the least minutes to the target. */
  private layChoices(state: number): void {
    const { graph, minutes, scope } = this;
    const { nodeCount } = graph;
    const node = state < nodeCount ? state : state - nodeCount;
    const reach = this.onCall.from(node);
    if (reach === null) {
      this.choiceStart[state] = tooWide;
      return;
    }
    // A leg of the corridor among those on call counts as taken: that can only make the bound weaker.
    const touched = state < nodeCount || reach.tags?.has(scope.corridor) === true;
    this.toTarget[state] = touched ? reach.toTarget : Number.POSITIVE_INFINITY;
    this.callsToTarget[state] = touched ? reach.callsToTarget : Number.POSITIVE_INFINITY;
    const start = this.poolEnd;
    let end = start;
    const room = start + reach.arcs.length * choiceWidth;
    if (room > this.pool.length) this.pool = grown(this.pool, room);
    const { pool } = this;
    for (let i = 0; i < reach.arcs.length; i++) {
      const arc = reach.arcs[i]!;
      if (scope.allow !== undefined && scope.allow[arc] === 0) continue;
      const isLow = touched || (scope.corridor >= 0 && graph.corridor[arc] === scope.corridor);
      const head = isLow ? graph.head[arc]! : nodeCount + graph.head[arc]!;
      const rest = minutes[head]!;
      if (rest === Number.POSITIVE_INFINITY) continue;
      const ready = reach.minutes[i]!;
      const least = ready + graph.minimum[arc]! + rest;
      let place = end;
      while (place > start && pool[place - 1]! > least) place -= choiceWidth;
      if (place < end) pool.copyWithin(place + choiceWidth, place, end);
      pool[place] = arc;
      pool[place + 1] = head;
      pool[place + 2] = ready + graph.lead[arc]!;
      pool[place + 3] = reach.calls[i]!;
      pool[place + 4] = least;
      end += choiceWidth;
    }
    this.choiceStart[state] = start;
    this.choiceEnd[state] = end;
    this.poolEnd = end;
  }
}
