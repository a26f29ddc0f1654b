import { clockMinutes, localDay, localMinute, weekday } from "../model/index.ts";
import type { OpeningHours } from "../model/index.ts";
import { carriageMinutes, never, onDemandArrival, runsOn } from "../network/index.ts";
import {
  type Bounds,
  type Incoming,
  type Scope,
  costBounds,
  fillBounds,
  incomingArcs,
  largeNetwork,
  makeBounds,
  stateOf,
  statusBounds,
} from "./bounds.ts";
import { ArrivalBounds, OnCall } from "./arrival-bounds.ts";
import { type Boardings, boardingsOf, firstBoarding } from "./boardings.ts";
import { dutyPieceAt } from "./duty.ts";
import { MinHeap } from "./heap.ts";
import { ParetoSet } from "./pareto.ts";
import { type ShipmentGraph, domestic, exported, freeArc, imported, legArc } from "./state-graph.ts";
import { rebateFen, storageFen, timeFen } from "./weigh.ts";

/** What one search looks for. */
export interface SearchSpec {
  /** Per arc: 0 leaves it out. */
  allow?: Uint8Array;
  /** Only chains that use a leg of this corridor; -1 or left out: any. */
  corridor?: number;
  /** Target triples known from other searches: chains they dominate strictly are not looked for. */
  known?: ParetoSet;
  /** What the same search found before the last patch: at their new cost these ways rule out much else. The front does not depend on them. */
  before?: readonly Way[];
  /** The same `allow` will be asked for again: what is known of its times is kept. */
  keep?: boolean;
  /** False switches off every bound: the front must not change (tested). */
  prune?: boolean;
}

/** One way through the graph: arcs in order, the minute each is left (departure or start of work) and the minute it is done. */
export interface Way {
  arcs: number[];
  leave: number[];
  done: number[];
  costFen: number;
  arrival: number;
  grams: number;
}

/**
 * A label is compared with at most so many neighbours in time on either side. Comparing with fewer never makes the front wrong, it only leaves labels that another
 * dominates; where storage is charged a node can hold thousands, and those far off in time rarely decide.
 */
const mostCompared = 128;

/** Stands for an arrival at the target that was not looked at yet. */
const unknownArrival = -1;

/** What lies ahead in a scope. */
interface Ahead {
  scope: Scope;
  bounds: Bounds;
  arrivals: ArrivalBounds;
  /** The times in it are those of the graph. */
  isTimed: boolean;
}

/** Work done, for tests and benchmarks. */
export interface Counters {
  labels: number;
  popped: number;
  pruned: number;
  dominated: number;
}

/** First minute at or after `minute` at which the place is open, the closing minute included; `never` if it never opens. Hours that end before they begin run over midnight. */
export function nextOpen(hours: OpeningHours | undefined, zone: string, minute: number): number {
  if (hours === undefined) return minute;
  const from = clockMinutes(hours.from);
  const until = clockMinutes(hours.until);
  const first = localDay(minute, zone);
  const nights = until < from ? 1 : 0;
  for (let day = first - nights; day <= first + 8; day++) {
    if (hours.days !== undefined && !hours.days.includes(weekday(day))) continue;
    if (minute <= localMinute(day + nights, until, zone)) return Math.max(minute, localMinute(day, from, zone));
  }
  return never;
}

/**
 * Exact search for all non-dominated (cost, arrival, CO2e) ways of one shipment over dated departures.
 *
 * Labels live in parallel arrays and leave a heap in order of the least total cost they can still reach. Waiting costs money, so an
 * earlier label dominates a later one at the same node only after the storage that it may pay more; freight counts into duty, so a label with
 * dearer freight must be cheaper by the duty on the difference. Later departures stay candidates wherever the place they lead to charges for storage.
 * Bounds come from reverse searches (minutes, grams, and the pairs of cost and grams that can follow) and from the timetable (`ArrivalBounds`). Method: Martins 1984; NAMOA* (Mandow & Perez de la Cruz 2010) for the bounds.
 */
export class RouteSearch {
  readonly graph: ShipmentGraph;
  readonly counters: Counters = { labels: 0, popped: 0, pruned: 0, dominated: 0 };
  private readonly incoming: Incoming;
  private costs: Float64Array;
  /** What customs at least add, beyond the weights of arcs, for vehicles of each status: they stand in the bounds of cost, not in the order of labels. */
  private statusFen: Float64Array;
  private boardings: Boardings;
  /** Times of the graph's arcs, to tell whether a patch has moved them. */
  private times: Int32Array;
  /** The last patch has moved them, or departures: ways found before it may have other dates. */
  private hasMoved = false;
  private readonly onCall: OnCall;
  private readonly passing: Ahead;
  private readonly kept = new Map<Uint8Array, Ahead>();
  private readonly heap = new MinHeap(1024);
  private readonly front = new ParetoSet();
  /** Fixed carriage minutes of an on-demand leg whose time never varies; -1 where it does, or for scheduled legs. */
  private readonly fixedMinutes: Int32Array;
  private readonly atNode: number[][];
  private readonly touched: number[] = [];
  private count = 0;
  private capacity = 1024;
  private node = new Int32Array(this.capacity);
  private time = new Int32Array(this.capacity);
  /** Since when storage counts, and the node under whose terms: the last arrival by a scheduled departure, or the origin. */
  private since = new Int32Array(this.capacity);
  private yard = new Int32Array(this.capacity);
  /** Departures before this minute are not for this label: another one takes them without paying more storage. */
  private useFrom = new Int32Array(this.capacity);
  private leave = new Int32Array(this.capacity);
  /** Earliest arrival at the target that is possible from the label. */
  private reach = new Int32Array(this.capacity);
  private parent = new Int32Array(this.capacity);
  private arc = new Int32Array(this.capacity);
  private bit = new Uint8Array(this.capacity);
  private dead = new Uint8Array(this.capacity);
  private base = new Float64Array(this.capacity);
  private freight = new Float64Array(this.capacity);
  private grams = new Float64Array(this.capacity);
  // State of the search under way.
  private bounds: Bounds;
  private arrivals: ArrivalBounds;
  private prune = true;
  private firstOnly = false;
  private corridor = -1;
  /** Triples that rule out what is strictly worse: ways known from elsewhere, and those that this search has seen but still has to find. */
  private readonly known = new ParetoSet();
  /** Labels are put in a row as a known way goes, compared with none. */
  private isReplay = false;

  constructor(graph: ShipmentGraph) {
    this.graph = graph;
    this.incoming = incomingArcs(graph);
    this.costs = costBounds(graph);
    this.statusFen = statusBounds(graph);
    this.boardings = boardingsOf(graph);
    this.times = timesOf(graph);
    const scope = { allow: undefined, corridor: -1 };
    const bounds = makeBounds(graph);
    if (graph.source >= 0) fillBounds(graph, this.incoming, this.costs, scope, bounds);
    this.onCall = new OnCall(graph, this.boardings, bounds.minutes.slice());
    this.passing = this.ahead(scope, bounds);
    this.bounds = bounds;
    this.arrivals = this.passing.arrivals;
    this.atNode = Array.from({ length: graph.nodeCount }, () => []);
    this.fixedMinutes = new Int32Array(graph.arcCount).fill(-1);
    for (let a = 0; a < graph.arcCount; a++) {
      if (graph.kind[a] !== legArc) continue;
      const leg = graph.ref[a]!;
      const terms = graph.network.terms[graph.network.legService[leg]!]!;
      if (!terms.onDemand || terms.seasons.length > 0) continue;
      const dated = terms.runs.some((r) => r.passage?.dated === true);
      if (!dated) this.fixedMinutes[a] = carriageMinutes(graph.network, leg);
    }
  }

  /** To be called after `weigh`. */
  reweighed(): void {
    this.costs = costBounds(this.graph);
    const { graph } = this;
    this.statusFen = statusBounds(graph);
    const boardings = boardingsOf(graph);
    const times = timesOf(graph);
    const isRunTimeNew = !isSame(times, this.times);
    if (isRunTimeNew) this.onCall.forget();
    this.hasMoved = isRunTimeNew || !isSame(boardings.depart, this.boardings.depart) || !isSame(boardings.arrive, this.boardings.arrive);
    if (this.hasMoved) {
      this.boardings = boardings;
      this.times = times;
      for (const ahead of this.kept.values()) ahead.isTimed = false;
    }
    for (let a = 0; a < graph.arcCount; a++)
      if (this.fixedMinutes[a]! >= 0) this.fixedMinutes[a] = carriageMinutes(graph.network, graph.ref[a]!);
  }

  /** All non-dominated ways, by cost. Of ways equal in all three criteria one is given. */
  run(spec: SearchSpec = {}): Way[] {
    const { graph } = this;
    if (graph.source < 0 || graph.target < 0) return [];
    const scope: Scope = { allow: spec.allow, corridor: spec.corridor ?? -1 };
    const ahead = this.aheadOf(scope, spec.keep === true);
    const { bounds, arrivals } = ahead;
    if (!fillBounds(graph, this.incoming, this.costs, scope, bounds, ahead.isTimed)) return [];
    if (!ahead.isTimed) arrivals.reset(scope, bounds, this.boardings);
    ahead.isTimed = ahead !== this.passing;
    this.bounds = bounds;
    this.arrivals = arrivals;
    this.prune = spec.prune !== false;
    this.corridor = scope.corridor;
    const { known } = this;
    known.clear();
    if (spec.known !== undefined) this.know(spec.known);
    if (this.prune) this.lookAhead(spec);
    this.settle(spec.allow);
    return this.collect();
  }

  private ahead(scope: Scope, bounds: Bounds): Ahead {
    return { scope, bounds, arrivals: new ArrivalBounds(this.graph, this.boardings, this.onCall), isTimed: false };
  }

  /** Where to keep what lies ahead in a scope: a large graph has one place for all of them. */
  private aheadOf(scope: Scope, keep: boolean): Ahead {
    const { graph, kept } = this;
    if (!keep || scope.allow === undefined || graph.nodeCount > largeNetwork) return this.passing;
    let known = kept.get(scope.allow);
    if (known?.scope.corridor !== scope.corridor) kept.set(scope.allow, (known = this.ahead(scope, makeBounds(graph))));
    return known;
  }

  /** Finds good ways quickly; what they dominate is then never looked at. */
  private lookAhead({ allow, before }: SearchSpec): void {
    this.front.clear();
    if (before === undefined || this.hasMoved) {
      // Ways that board the first departure everywhere.
      this.firstOnly = true;
      this.settle(allow);
      this.firstOnly = false;
    } else for (const way of before) this.replay(way);
    this.know(this.front);
  }

  /** Goes a way again, by the same departures, at what it costs now. Stops where that is no longer possible. */
  private replay({ arcs, leave, done }: Way): void {
    const { graph } = this;
    this.isReplay = true;
    this.begin();
    for (let i = 0; i < arcs.length; i++) {
      const arc = arcs[i]!;
      const label = this.count - 1;
      const time = this.time[label]!;
      if (graph.kind[arc] !== legArc) this.workAt(label, arc, Math.max(time, leave[i]!));
      else if (this.boardings.scheduled[arc] === 0) this.travel(label, arc);
      else if (time + graph.lead[arc]! <= leave[i]!) this.ride(label, arc, leave[i]!, done[i]! - graph.after[arc]!, false);
      if (this.count === label + 1) break;
    }
    this.isReplay = false;
  }

  private know({ size, costs, minutes, grams }: ParetoSet): void {
    for (let i = 0; i < size; i++) this.known.add(costs[i]!, minutes[i]!, grams[i]!);
  }

  /** Forgets all labels but one at the source. */
  private begin(): void {
    const { graph } = this;
    for (const n of this.touched) this.atNode[n]!.length = 0;
    this.touched.length = 0;
    this.count = 0;
    this.heap.clear();
    const ready = graph.terms.readyMinute;
    this.add(
      graph.source,
      ready,
      graph.source,
      ready,
      ready,
      graph.insuranceFen + graph.creditFen,
      0,
      0,
      this.corridor < 0 ? 1 : 0,
      -1,
      -1,
      ready,
      unknownArrival,
    );
  }

  /** Sets labels from the source until none is left that could still matter. */
  private settle(allow: Uint8Array | undefined): void {
    const { graph } = this;
    this.front.clear();
    this.begin();
    while (this.heap.size > 0) {
      const label = this.heap.pop();
      this.counters.popped++;
      if (this.dead[label] === 1 || this.node[label] === graph.target) continue;
      const state = stateOf(graph, this.node[label]!, this.bit[label]!);
      if (this.prune && this.hopelessBy(this.reach[label]!, state, this.base[label]!, this.freight[label]!, this.grams[label]!)) continue;
      this.expand(label, allow);
    }
  }

  private expand(label: number, allow: Uint8Array | undefined): void {
    const { graph } = this;
    const from = this.node[label]!;
    for (let arc = graph.start[from]!; arc < graph.start[from + 1]!; arc++) {
      if (allow !== undefined && allow[arc] === 0) continue;
      if (this.costs[arc] === Number.POSITIVE_INFINITY) continue;
      if (graph.kind[arc] === legArc) this.travel(label, arc);
      else this.work(label, arc);
    }
  }

  /** Boards a leg: on demand at once, else every departure that can still matter. */
  private travel(label: number, arc: number): void {
    const { graph } = this;
    const { network } = graph;
    const leg = graph.ref[arc]!;
    const service = network.legService[leg]!;
    const terms = network.terms[service]!;
    const earliest = Math.max(this.time[label]! + graph.lead[arc]!, graph.windowFrom[arc]!);
    const latest = graph.windowUntil[arc]!;
    if (terms.onDemand) {
      let minute = earliest;
      const zone = network.zone[network.legTail[leg]!]!;
      if (terms.seasons.length > 0) {
        let day = localDay(minute, zone);
        const limit = localDay(graph.terms.horizonMinute, zone);
        while (!runsOn(terms, day) && day <= limit) minute = localMinute(++day, 0, zone);
      }
      if (minute > latest || minute > graph.terms.horizonMinute) return;
      const fixed = this.fixedMinutes[arc]!;
      this.ride(label, arc, minute, fixed >= 0 ? minute + fixed : onDemandArrival(network, leg, minute, latest), true);
      return;
    }
    const { boardings } = this;
    const boarding = Math.max(earliest, this.useFrom[label]!);
    const ordered = boardings.ordered[arc] === 1;
    // Where storage at the head is free a later departure cannot be better: same price, no saving further on.
    const onlyFirst = this.firstOnly || (ordered && graph.storageFen[graph.head[arc]!] === 0);
    const end = boardings.start[arc + 1]!;
    for (let place = ordered ? firstBoarding(boardings, arc, boarding) : boardings.start[arc]!; place < end; place++) {
      const minute = boardings.depart[place]!;
      if (minute < boarding) continue;
      const possible = this.ride(label, arc, minute, boardings.arrive[place]!, false);
      if (onlyFirst || (ordered && !possible)) break;
    }
  }

  /**
   * Adds the label of a ride; false when it, and with it every later one at the same price, is out of the question. A scheduled departure ends the storage of the
   * place where the vehicles stood, and starts that of the head. On demand they are called forward when they are needed: the storage where they stood goes on.
   */
  private ride(label: number, arc: number, depart: number, arrival: number, called: boolean): boolean {
    const { graph } = this;
    const head = graph.head[arc]!;
    const time = arrival + graph.after[arc]!;
    if (time > graph.terms.horizonMinute) return false;
    let base = this.base[label]! + graph.cost[arc]!;
    let yard = this.yard[label]!;
    let since = this.since[label]!;
    let useFrom = time;
    if (called) {
      since += graph.minimum[arc]!;
      useFrom = Math.max(time, this.useFrom[label]! + graph.minimum[arc]!);
      if (head === graph.target) base += storageFen(graph, yard, time - since);
    } else {
      base += storageFen(graph, yard, depart - since);
      yard = head;
      since = time;
    }
    const freight = this.freight[label]! + graph.dutiable[arc]!;
    const grams = this.grams[label]! + graph.co2[arc]!;
    const bit = this.bit[label] === 1 || (this.corridor >= 0 && graph.corridor[arc] === this.corridor) ? 1 : 0;
    // Looked at before dominance: when this departure is out of the question, so are all later ones.
    let reach = unknownArrival;
    if (!called && this.prune && !this.isReplay) {
      const state = stateOf(graph, head, bit);
      reach = this.arrivals.earliest(state, time, useFrom);
      if (this.hopelessBy(reach, state, base, freight, grams)) return false;
    }
    this.add(head, time, yard, since, useFrom, base, freight, grams, bit, label, arc, depart, reach);
    return true;
  }

  /** Hub operation or a step that is not modelled. Import may also wait for a day on which another duty begins. */
  private work(label: number, arc: number): void {
    const { graph } = this;
    const time = this.time[label]!;
    this.workAt(label, arc, time);
    if (graph.nodeStatus[graph.tail[arc]!] !== exported || graph.nodeStatus[graph.head[arc]!] !== imported) return;
    for (const piece of graph.duty.pieces) if (piece.from > time) this.workAt(label, arc, piece.from);
  }

  private workAt(label: number, arc: number, earliest: number): void {
    const { graph } = this;
    const { network } = graph;
    const node = this.node[label]!;
    const head = graph.head[arc]!;
    let begin = earliest;
    if (graph.kind[arc] !== freeArc) {
      const { operation } = network.operations[graph.ref[arc]!]!;
      begin = nextOpen(operation.openingHours, network.zone[graph.nodeLocation[node]!]!, Math.max(begin, graph.windowFrom[arc]!));
      if (begin > graph.windowUntil[arc]!) return;
    }
    const end = begin + graph.minimum[arc]!;
    if (end > graph.terms.horizonMinute) return;
    let base = this.base[label]! + graph.cost[arc]!;
    let freight = this.freight[label]!;
    const yard = this.yard[label]!;
    const since = this.since[label]!;
    const before = graph.nodeStatus[node]!;
    const after = graph.nodeStatus[head]!;
    if (before === domestic && after === exported) base += rebateFen(graph, end);
    else if (before === exported && after === imported) {
      const piece = dutyPieceAt(graph.duty, begin);
      base += Math.round(piece.rate * (graph.terms.load.valueFen + graph.insuranceFen + freight)) + piece.dutyFen + piece.feeFen;
      freight = 0;
    }
    if (head === graph.target) base += storageFen(graph, yard, end - since);
    const grams = this.grams[label]! + graph.co2[arc]!;
    const useFrom = Math.max(end, this.useFrom[label]!);
    this.add(head, end, yard, since, useFrom, base, freight, grams, this.bit[label]!, label, arc, begin, unknownArrival);
  }

  /** True when even the best continuation, which arrives no earlier than `arrival`, is dominated by a way that is already known. */
  private hopelessBy(arrival: number, state: number, base: number, freight: number, grams: number): boolean {
    const { graph, bounds } = this;
    if (arrival === Number.POSITIVE_INFINITY) {
      this.counters.pruned++;
      return true;
    }
    const node = state < graph.nodeCount ? state : state - graph.nodeCount;
    const cost =
      base +
      this.statusFen[graph.nodeStatus[node]!]! +
      Math.floor(graph.duty.leastRate * freight) -
      1 +
      timeFen(graph, arrival - graph.terms.readyMinute);
    const first = state * bounds.points;
    for (let p = first; p < first + bounds.pointCount[state]!; p++) {
      const least = cost + bounds.pointCost[p]!;
      const co2 = grams + bounds.pointCo2[p]!;
      // Ways known from elsewhere may be the very ones looked for: only strict dominance counts there.
      if (!this.front.isDominated(least, arrival, co2) && !this.known.isDominated(least - 1, arrival, co2)) return false;
    }
    this.counters.pruned++;
    return true;
  }

  /**
   * Puts a label at a node unless one there dominates it or it is out of the question; drops those it dominates. `arrival` is the earliest possible at the target where
   * it was looked at already, and found of use.
   */
  private add(
    node: number,
    time: number,
    yard: number,
    since: number,
    useFrom: number,
    base: number,
    freight: number,
    grams: number,
    bit: number,
    parent: number,
    arc: number,
    leave: number,
    arrival: number,
  ): void {
    const { graph } = this;
    if (this.isReplay) {
      this.put(node, time, yard, since, useFrom, base, freight, grams, bit, parent, arc, leave);
      return;
    }
    const asked = useFrom;
    const here = this.atNode[node]!;
    const dutiable = graph.crossesCustoms && graph.nodeStatus[node] !== imported && graph.duty.greatestRate > 0;
    const { leastRate, greatestRate } = graph.duty;
    // Labels at a node stand in order of time: only those before can dominate, only those after can be dominated.
    let place = 0;
    let high = here.length;
    while (place < high) {
      const mid = (place + high) >> 1;
      if (this.time[here[mid]!]! <= time) place = mid + 1;
      else high = mid;
    }
    for (let i = place - 1, last = Math.max(0, place - mostCompared); i >= last; i--) {
      const other = here[i]!;
      if (this.grams[other]! > grams || this.bit[other]! < bit || this.useFrom[other]! > useFrom) continue;
      const slack = base - this.base[other]! - (dutiable ? dutyHandicap(this.freight[other]!, freight, leastRate, greatestRate) : 0);
      if (slack < 0) continue;
      if (this.storageHandicap(this.yard[other]!, this.since[other]!, yard, since) <= slack) {
        this.counters.dominated++;
        return;
      }
      useFrom = Math.max(useFrom, this.paidFrom(this.yard[other]!, this.since[other]!, slack));
    }
    const state = stateOf(graph, node, bit);
    if (arrival === unknownArrival || useFrom !== asked) {
      arrival = this.arrivals.earliest(state, time, useFrom);
      if (this.prune && this.hopelessBy(arrival, state, base, freight, grams)) return;
    }
    const bounded = useFrom;
    let first = place;
    while (first > 0 && this.time[here[first - 1]!]! === time) first--;
    for (let i = first; i < Math.min(here.length, place + mostCompared); i++) {
      const other = here[i]!;
      if (this.grams[other]! < grams || this.bit[other]! > bit) continue;
      const slack = this.base[other]! - base - (dutiable ? dutyHandicap(freight, this.freight[other]!, leastRate, greatestRate) : 0);
      if (slack < 0) continue;
      if (this.storageHandicap(yard, since, this.yard[other]!, this.since[other]!) <= slack) {
        // It takes over the departures that were the other's to take.
        useFrom = Math.min(useFrom, this.useFrom[other]!);
        this.dead[other] = 1;
        here.splice(i, 1);
        if (i < place) place--;
        i--;
      } else if (useFrom <= this.useFrom[other]!) this.useFrom[other] = Math.max(this.useFrom[other]!, this.paidFrom(yard, since, slack));
    }
    if (here.length === 0) this.touched.push(node);
    const label = this.put(node, time, yard, since, useFrom, base, freight, grams, bit, parent, arc, leave);
    here.splice(place, 0, label);
    if (node === graph.target) return;
    if (useFrom < bounded) arrival = this.arrivals.earliest(state, time, useFrom);
    this.reach[label] = Math.min(arrival, never);
    const key =
      base +
      Math.floor(leastRate * freight) +
      this.bounds.pointCost[state * this.bounds.points]! +
      (arrival === Number.POSITIVE_INFINITY ? 0 : timeFen(graph, arrival - graph.terms.readyMinute));
    this.heap.push(Number.isFinite(key) ? key : Number.MAX_VALUE, label);
  }

  /** Makes a label; one at the target goes into the front. */
  private put(
    node: number,
    time: number,
    yard: number,
    since: number,
    useFrom: number,
    base: number,
    freight: number,
    grams: number,
    bit: number,
    parent: number,
    arc: number,
    leave: number,
  ): number {
    const { graph } = this;
    if (this.count === this.capacity) this.grow();
    const label = this.count++;
    this.counters.labels++;
    this.node[label] = node;
    this.time[label] = time;
    this.since[label] = since;
    this.yard[label] = yard;
    this.useFrom[label] = useFrom;
    this.base[label] = base;
    this.freight[label] = freight;
    this.grams[label] = grams;
    this.bit[label] = bit;
    this.dead[label] = 0;
    this.parent[label] = parent;
    this.arc[label] = arc;
    this.leave[label] = leave;
    if (node === graph.target && bit === 1) this.front.add(base + timeFen(graph, time - graph.terms.readyMinute), time, grams, label);
    return label;
  }

  /**
   * The most by which label A's storage can exceed B's, whenever both leave together: A's day rate for the started days from when A begins to pay until B does.
   * Where A's rate is the higher one, all of A's storage up to the horizon.
   */
  private storageHandicap(yardA: number, sinceA: number, yardB: number, sinceB: number): number {
    const { storageFen: rates, storageFree, terms } = this.graph;
    const rate = rates[yardA]!;
    if (rate === 0) return 0;
    const paysFrom = sinceA + storageFree[yardA]!;
    const until = rate <= rates[yardB]! ? sinceB + storageFree[yardB]! : terms.horizonMinute;
    return until <= paysFrom ? 0 : rate * Math.ceil((until - paysFrom) / 1440);
  }

  /** First departure for which label A pays more storage than `slack`: up to then it does whatever a label dearer by `slack` can do. */
  private paidFrom(yard: number, since: number, slack: number): number {
    return since + this.graph.storageFree[yard]! + Math.floor(slack / this.graph.storageFen[yard]!) * 1440 + 1;
  }

  private collect(): Way[] {
    const { graph, front } = this;
    const ways: Way[] = [];
    for (let i = 0; i < front.size; i++) {
      const arcs: number[] = [];
      const leave: number[] = [];
      const done: number[] = [];
      for (let label = front.tags[i]!; this.parent[label]! >= 0; label = this.parent[label]!) {
        arcs.push(this.arc[label]!);
        leave.push(this.leave[label]!);
        done.push(this.time[label]!);
      }
      ways.push({
        arcs: arcs.reverse(),
        leave: leave.reverse(),
        done: done.reverse(),
        costFen: front.costs[i]!,
        arrival: front.minutes[i]!,
        grams: front.grams[i]!,
      });
    }
    if (graph.source === graph.target && ways.length === 0)
      return [{ arcs: [], leave: [], done: [], costFen: graph.insuranceFen + graph.creditFen, arrival: graph.terms.readyMinute, grams: 0 }];
    return ways;
  }

  private grow(): void {
    this.capacity *= 2;
    const ints = (old: Int32Array) => {
      const grown = new Int32Array(this.capacity);
      grown.set(old);
      return grown;
    };
    const bytes = (old: Uint8Array) => {
      const grown = new Uint8Array(this.capacity);
      grown.set(old);
      return grown;
    };
    const floats = (old: Float64Array) => {
      const grown = new Float64Array(this.capacity);
      grown.set(old);
      return grown;
    };
    this.node = ints(this.node);
    this.time = ints(this.time);
    this.since = ints(this.since);
    this.yard = ints(this.yard);
    this.useFrom = ints(this.useFrom);
    this.leave = ints(this.leave);
    this.reach = ints(this.reach);
    this.parent = ints(this.parent);
    this.arc = ints(this.arc);
    this.bit = bytes(this.bit);
    this.dead = bytes(this.dead);
    this.base = floats(this.base);
    this.freight = floats(this.freight);
    this.grams = floats(this.grams);
  }
}

/** Everything that times on arcs come from, departures apart. */
function timesOf({ arcCount, minimum, lead, after }: ShipmentGraph): Int32Array {
  const times = new Int32Array(3 * arcCount);
  times.set(minimum.subarray(0, arcCount));
  times.set(lead.subarray(0, arcCount), arcCount);
  times.set(after.subarray(0, arcCount), 2 * arcCount);
  return times;
}

function isSame(one: Int32Array, other: Int32Array): boolean {
  if (one.length !== other.length) return false;
  for (let i = 0; i < one.length; i++) if (one[i] !== other[i]) return false;
  return true;
}

/**
 * What label A must be cheaper by (or may be dearer by, if negative) to dominate B whatever ad-valorem rate between least and greatest applies at import.
 * One fen more on either side covers the rounding of the duty.
 */
function dutyHandicap(freightA: number, freightB: number, leastRate: number, greatestRate: number): number {
  if (freightA === freightB) return 0;
  if (freightA > freightB) return Math.ceil(greatestRate * (freightA - freightB)) + 1;
  return Math.min(0, 1 - Math.floor(leastRate * (freightB - freightA)));
}
