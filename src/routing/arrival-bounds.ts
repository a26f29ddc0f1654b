import { always, never } from "../network/index.ts";
import { type Boardings, firstBoarding } from "./boardings.ts";
import type { Bounds, Scope } from "./bounds.ts";
import { MinHeap } from "./heap.ts";
import { type ShipmentGraph, legArc } from "./state-graph.ts";
import { timeFen } from "./weigh.ts";

/** Beyond so many arcs within reach on call a node keeps the static bound: large on-demand networks need no timetable bound. */
const mostReach = 96;

/**
 * After so many departures the rest of a journey is bounded by run times alone: shuttles that go to and fro every day would otherwise be followed until a ship leaves.
 */
const mostDepartures = 2;

/** So many answers are kept, a power of two: enough for a label a day at each of the states that a search of the built-in network touches. */
const answers = 4096;

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
  /** Every node within reach. */
  nodes: number[];
}

/** What is known at the target. */
export interface Target {
  /** Whether a way of at least so much cost (fen), that arrives no earlier, with at least so many grams, is of no use. */
  isBeaten(fen: number, arrival: number, grams: number): boolean;
}

/** Least cost and grams until the tails of the arcs within reach, in their order, with what legs on call may spare at a rate of storage already taken off. */
interface CallCosts {
  /** Rate of storage asked for, and the part of it (fen a day) that no leg on call within reach is cheap enough to get round. */
  asked: number;
  rate: number;
  fen: Float64Array;
  grams: Float64Array;
}

/** Columns of a choice in the pool: arc, state of its head, minutes until it can be boarded, those of legs on call, place in the node's reach, least minutes to the target this way. */
const choiceWidth = 6;

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
  private readonly heap = new MinHeap();
  private readonly leastMinutes: Float64Array;
  private readonly distance: Float64Array;
  private readonly called: Float64Array;
  private reaches: (Reach | null | undefined)[] = [];
  private callCosts: CallCosts[][] = [];
  /** Times behind `reaches`, to tell whether a patch has moved them. */
  private timed: Int32Array;
  /** Choices of each state in this search: rows of the pool. */
  private readonly choiceStart: Int32Array;
  private readonly choiceEnd: Int32Array;
  /** Choice of each state that left hope last. */
  private readonly hopeful: Int32Array;
  private pool = new Int32Array(1024 * choiceWidth);
  private poolEnd = 0;
  /** Minutes from each state to the target on call alone, and those of legs. */
  private readonly toTarget: Float64Array;
  private readonly callsToTarget: Float64Array;
  /** What was asked for before, by a hash of state and day: the state, the answer, and from and until which time and `useFrom` it stays the answer. */
  private readonly answered = new Int32Array(answers);
  private readonly sinceTime = new Int32Array(answers);
  private readonly untilTime = new Int32Array(answers);
  private readonly sinceUse = new Int32Array(answers);
  private readonly untilUse = new Int32Array(answers);
  private readonly arrival = new Float64Array(answers);
  /** Departures taken so far in the journey that is being looked at. */
  private depth = 0;
  private scope: Scope = { allow: undefined, corridor: -1 };
  private bounds: Bounds;
  private costs: Float64Array;

  /** `bounds`: those of the whole graph, filled; only the order in which arcs are laid out depends on them. `costs`: `costBounds`. */
  constructor(graph: ShipmentGraph, boardings: Boardings, costs: Float64Array, bounds: Bounds) {
    this.graph = graph;
    this.leastMinutes = bounds.minutes.slice();
    this.bounds = bounds;
    this.costs = costs;
    this.boardings = boardings;
    this.last = boardings.start.slice();
    this.timed = graph.minimum.slice();
    const states = graph.nodeCount * 2;
    this.choiceStart = new Int32Array(states);
    this.choiceEnd = new Int32Array(states);
    this.hopeful = new Int32Array(states);
    this.toTarget = new Float64Array(states);
    this.callsToTarget = new Float64Array(states);
    this.distance = new Float64Array(graph.nodeCount).fill(Number.POSITIVE_INFINITY);
    this.called = this.distance.slice();
  }

  /** Takes the departures as they stand after a patch, and forgets what rests on run times that have changed. */
  reweighed(boardings: Boardings, costs: Float64Array): void {
    const { minimum } = this.graph;
    this.boardings = boardings;
    this.costs = costs;
    this.callCosts = [];
    this.last.set(boardings.start);
    if (minimum.every((minutes, arc) => minutes === this.timed[arc])) return;
    this.timed = minimum.slice();
    this.reaches = [];
  }

  /** Prepares for a search within the scope, whose bounds must be filled. */
  reset(scope: Scope, bounds: Bounds): void {
    this.scope = scope;
    this.bounds = bounds;
    const size = this.boardings.depart.length * 2;
    if (this.memo.length === size) this.memo.fill(0);
    else this.memo = new Int32Array(size);
    this.choiceStart.fill(unknown);
    this.poolEnd = 0;
    this.answered.fill(unknown);
  }

  /**
   * Earliest minute at the target for vehicles that are free in a state (`stateOf`) from `time` and take no departure before `useFrom` (moved on by the time
   * spent on call). Infinity where nothing arrives within the horizon.
   */
  earliest(state: number, time: number, useFrom: number): number {
    // Whoever is ready between the one asked for before and the departure that was best for it arrives no earlier, and no later with the same departure.
    const answer = (Math.imul(state, 73) + (time >> 10)) & (answers - 1);
    if (
      this.answered[answer] === state &&
      time >= this.sinceTime[answer]! &&
      time <= this.untilTime[answer]! &&
      useFrom >= this.sinceUse[answer]! &&
      useFrom <= this.untilUse[answer]!
    )
      return this.arrival[answer]!;
    const { boardings } = this;
    const horizon = this.graph.terms.horizonMinute;
    if (this.choiceStart[state] === unknown) this.layChoices(state);
    const start = this.choiceStart[state]!;
    if (start === tooWide) {
      const least = time + this.bounds.minutes[state]!;
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
      if (time + pool[at + 5]! >= best) break;
      const arc = pool[at]!;
      const from = Math.max(time + pool[at + 2]!, useFrom + pool[at + 3]!);
      if (boardings.ordered[arc] === 0) {
        const least = from - this.graph.lead[arc]! + this.graph.minimum[arc]! + this.bounds.minutes[pool[at + 1]!]!;
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
    this.answered[answer] = state;
    this.sinceTime[answer] = time;
    this.untilTime[answer] = untilTime;
    // Readiness for a departure takes at least the legs on call: no `useFrom` before the time makes a difference.
    this.sinceUse[answer] = useFrom <= time ? always : useFrom;
    this.untilUse[answer] = untilUse;
    this.arrival[answer] = arrival;
    return arrival;
  }

  /**
   * True when whatever departure is boarded next from a state leads only to ways that are dominated: the arrival it allows goes with its own price and with the storage
   * until it leaves, where `earliest` and the points of a state take the best of each. `fen` is what was spent and what customs at least add.
   *
   * Storage is less by the time spent on call, so a leg on call spares at most its started days at the rate of storage. That is taken off its cost; where it costs
   * less, storage counts at the rate that it is worth.
   */
  isHopeless(
    state: number,
    time: number,
    useFrom: number,
    yard: number,
    since: number,
    fen: number,
    grams: number,
    target: Target,
  ): boolean {
    const { boardings, graph, bounds } = this;
    if (this.choiceStart[state] === unknown) this.layChoices(state);
    const start = this.choiceStart[state]!;
    // Where the target can be reached without a departure, that is one more choice, and mostly the one that decides.
    if (start === tooWide || this.toTarget[state] !== Number.POSITIVE_INFINITY) return false;
    const node = state < graph.nodeCount ? state : state - graph.nodeCount;
    const calls = this.callCostsAt(node, graph.storageFen[yard]!);
    const free = since + graph.storageFree[yard]!;
    const end = this.choiceEnd[state]!;
    // The choice that left hope the last time mostly does again.
    let at = this.hopeful[state]!;
    for (let left = end - start; left > 0; left -= choiceWidth, at += choiceWidth) {
      if (at >= end) at = start;
      // Following a departure may lay out choices of other states, in a new pool when this one is full.
      const { pool } = this;
      const arc = pool[at]!;
      const head = pool[at + 1]!;
      let from = Math.max(time + pool[at + 2]!, useFrom + pool[at + 3]!);
      let arrival: number;
      if (boardings.ordered[arc] === 0) arrival = from - graph.lead[arc]! + graph.minimum[arc]! + this.bounds.minutes[head]!;
      else {
        const place = this.placeFrom(arc, from);
        if (place === boardings.start[arc + 1]) continue;
        from = boardings.depart[place]!;
        arrival = this.follow(arc, place, head);
      }
      if (arrival > graph.terms.horizonMinute) continue;
      const i = pool[at + 4]!;
      const storage = from <= free ? 0 : calls.rate * Math.ceil((from - free) / 1440);
      const cost = fen + storage + calls.fen[i]! + this.costs[arc]! + timeFen(graph, arrival - graph.terms.readyMinute);
      const co2 = grams + calls.grams[i]! + graph.co2[arc]!;
      const first = head * bounds.points;
      for (let p = first; p < first + bounds.pointCount[head]!; p++)
        if (!target.isBeaten(cost + bounds.pointCost[p]!, arrival, co2 + bounds.pointCo2[p]!)) {
          this.hopeful[state] = at;
          return false;
        }
    }
    return true;
  }

  /** Costs on call from a node with a reach, found once for each rate of storage. */
  private callCostsAt(node: number, asked: number): CallCosts {
    const known = (this.callCosts[node] ??= []);
    for (const calls of known) if (calls.asked === asked) return calls;
    const { graph, costs, distance, heap } = this;
    const { scheduled } = this.boardings;
    const { arcs, nodes } = this.reaches[node]!;
    let rate = asked;
    for (const tail of nodes)
      for (let arc = graph.start[tail]!; rate > 0 && arc < graph.start[tail + 1]!; arc++)
        if (scheduled[arc] === 0 && graph.kind[arc] === legArc && graph.minimum[arc]! > 0)
          rate = Math.min(rate, costs[arc]! / Math.ceil(graph.minimum[arc]! / 1440));
    const leastTo = (weight: (arc: number) => number): Float64Array => {
      distance[node] = 0;
      heap.clear();
      heap.push(0, node);
      while (heap.size > 0) {
        const key = heap.topKey;
        const tail = heap.pop();
        if (key > distance[tail]!) continue;
        for (let arc = graph.start[tail]!; arc < graph.start[tail + 1]!; arc++) {
          if (scheduled[arc] === 1) continue;
          const head = graph.head[arc]!;
          const least = key + weight(arc);
          if (least >= distance[head]!) continue;
          distance[head] = least;
          heap.push(least, head);
        }
      }
      const out = new Float64Array(arcs.length);
      for (let i = 0; i < arcs.length; i++) out[i] = distance[graph.tail[arcs[i]!]!]!;
      for (const other of nodes) distance[other] = Number.POSITIVE_INFINITY;
      return out;
    };
    const days = (arc: number) => (graph.kind[arc] === legArc ? Math.ceil(graph.minimum[arc]! / 1440) : 0);
    const made: CallCosts = {
      asked,
      rate,
      fen: leastTo((arc) => Math.max(0, costs[arc]! - rate * days(arc))),
      grams: known[0]?.grams ?? leastTo((arc) => graph.co2[arc]!),
    };
    known.push(made);
    return made;
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
    const least = time + this.bounds.minutes[head]!;
    if (least > graph.terms.horizonMinute || this.depth === mostDepartures) return least;
    this.depth++;
    const arrival = this.earliest(head, time, time);
    this.depth--;
    memo[memoPlace] = arrival === Number.POSITIVE_INFINITY ? -1 : arrival;
    return arrival;
  }

  /** Lays out what can be boarded from a state in this search, in order of the least minutes to the target. */
  private layChoices(state: number): void {
    const { graph, scope } = this;
    const { minutes } = this.bounds;
    const { nodeCount } = graph;
    const node = state < nodeCount ? state : state - nodeCount;
    const reach = this.reaches[node] === undefined ? this.explore(node) : this.reaches[node];
    if (reach === null || reach === undefined) {
      this.choiceStart[state] = tooWide;
      return;
    }
    // A leg of the corridor among those on call counts as taken: that can only make the bound weaker.
    const touched = state < nodeCount || reach.tags?.has(scope.corridor) === true;
    this.toTarget[state] = touched ? reach.toTarget : Number.POSITIVE_INFINITY;
    this.callsToTarget[state] = touched ? reach.callsToTarget : Number.POSITIVE_INFINITY;
    const start = this.poolEnd;
    let end = start;
    if (start + reach.arcs.length * choiceWidth > this.pool.length) {
      const larger = new Int32Array((start + reach.arcs.length * choiceWidth) * 2);
      larger.set(this.pool);
      this.pool = larger;
    }
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
      pool[place + 4] = i;
      pool[place + 5] = least;
      end += choiceWidth;
    }
    this.choiceStart[state] = start;
    this.hopeful[state] = start;
    this.choiceEnd[state] = end;
    this.poolEnd = end;
  }

  /** Everything on call from a node. Null where there is too much of it. */
  private explore(source: number): Reach | null {
    const { graph, distance, called, leastMinutes } = this;
    const { scheduled } = this.boardings;
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
      reach = { arcs, minutes, calls, toTarget: distance[graph.target]!, callsToTarget: called[graph.target]!, tags, nodes };
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
    const { graph, heap } = this;
    const { scheduled } = this.boardings;
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
