import { clockMinutes, localClock, localDay, localMinute, weekday } from "../model/index.ts";
import type { OpeningHours } from "../model/index.ts";
import { carriageMinutes, onDemandArrival, runsOn } from "../network/index.ts";
import { type Bounds, type Incoming, costBounds, fillBounds, incomingArcs, makeBounds } from "./bounds.ts";
import { dutyPieceAt } from "./duty.ts";
import { MinHeap } from "./heap.ts";
import { ParetoSet } from "./pareto.ts";
import { type ShipmentGraph, domestic, exported, freeArc, imported, legArc, rebateFen, storageFen, timeFen } from "./shipment-graph.ts";

/** What one search looks for. */
export interface SearchSpec {
  /** Per arc: 0 leaves it out. */
  allow?: Uint8Array;
  /** Only chains that use a leg of this corridor; -1 or left out: any. */
  corridor?: number;
  /** Target triples known from other searches: chains they dominate strictly are not looked for. */
  known?: ParetoSet;
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

/** Work done, for tests and benchmarks. */
export interface Counters {
  labels: number;
  popped: number;
  pruned: number;
  dominated: number;
}

/** First minute at or after `minute` at which the place is open. */
export function nextOpen(hours: OpeningHours | undefined, zone: string, minute: number): number {
  if (hours === undefined) return minute;
  const from = clockMinutes(hours.from);
  const until = clockMinutes(hours.until);
  const first = localDay(minute, zone);
  for (let day = first; day <= first + 8; day++) {
    if (hours.days !== undefined && !hours.days.includes(weekday(day))) continue;
    if (day > first) return localMinute(day, from, zone);
    const clock = localClock(minute, zone);
    if (clock < from) return localMinute(day, from, zone);
    if (clock <= until) return minute;
  }
  return minute;
}

/**
 * Exact search for all non-dominated (cost, arrival, CO2e) ways of one shipment over dated departures.
 *
 * Labels live in parallel arrays and leave a heap in order of the least total cost they can still reach. Waiting costs money, so an
 * earlier label dominates a later one at the same node only after the storage that it may pay more; freight counts into duty, so a label with
 * dearer freight must be cheaper by the duty on the difference. Later departures stay candidates wherever the place they lead to charges for storage.
 * Bounds come from three reverse searches (cost, minutes, grams). Method: Martins 1984; NAMOA* (Mandow & Perez de la Cruz 2010) for the bounds.
 */
export class RouteSearch {
  readonly graph: ShipmentGraph;
  readonly counters: Counters = { labels: 0, popped: 0, pruned: 0, dominated: 0 };
  private readonly incoming: Incoming;
  private costs: Float64Array;
  private readonly bounds: Bounds;
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
  private since = new Int32Array(this.capacity);
  private leave = new Int32Array(this.capacity);
  private parent = new Int32Array(this.capacity);
  private arc = new Int32Array(this.capacity);
  private bit = new Uint8Array(this.capacity);
  private dead = new Uint8Array(this.capacity);
  private base = new Float64Array(this.capacity);
  private freight = new Float64Array(this.capacity);
  private grams = new Float64Array(this.capacity);
  // State of the search under way.
  private prune = true;
  private corridor = -1;
  private known: ParetoSet | undefined;

  constructor(graph: ShipmentGraph) {
    this.graph = graph;
    this.incoming = incomingArcs(graph);
    this.costs = costBounds(graph);
    this.bounds = makeBounds(graph);
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
    for (let a = 0; a < graph.arcCount; a++) if (this.fixedMinutes[a]! >= 0) this.fixedMinutes[a] = carriageMinutes(graph.network, graph.ref[a]!);
  }

  /** All non-dominated ways, by cost. Of ways equal in all three criteria one is given. */
  run(spec: SearchSpec = {}): Way[] {
    const { graph } = this;
    if (graph.source < 0 || graph.target < 0) return [];
    if (!fillBounds(graph, this.incoming, this.costs, spec.allow, this.bounds)) return [];
    for (const n of this.touched) this.atNode[n]!.length = 0;
    this.touched.length = 0;
    this.count = 0;
    this.front.clear();
    this.heap.clear();
    this.prune = spec.prune !== false;
    this.corridor = spec.corridor ?? -1;
    this.known = spec.known;
    const ready = graph.terms.readyMinute;
    this.add(graph.source, ready, ready, graph.insuranceFen + graph.creditFen, 0, 0, this.corridor < 0 ? 1 : 0, -1, -1, ready);
    while (this.heap.size > 0) {
      const label = this.heap.pop();
      this.counters.popped++;
      if (this.dead[label] === 1 || this.node[label] === graph.target) continue;
      if (this.prune && this.hopeless(this.node[label]!, this.time[label]!, this.base[label]!, this.freight[label]!, this.grams[label]!)) continue;
      this.expand(label, spec.allow);
    }
    return this.collect();
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
      this.ride(label, arc, minute, fixed >= 0 ? minute + fixed : onDemandArrival(network, leg, minute));
      return;
    }
    const width = terms.runs.length;
    const rows = network.departureCount[service]!;
    const first = network.timesStart[service]! + network.legFrom[leg]!;
    const arriveAt = network.timesStart[service]! + network.legTo[leg]!;
    const ordered = network.inOrder[service] === 1;
    let row = 0;
    if (ordered) {
      let high = rows;
      while (row < high) {
        const mid = (row + high) >> 1;
        if (network.depart[first + mid * width]! < earliest) row = mid + 1;
        else high = mid;
      }
    }
    // Where storage at the head is free a later departure cannot be better: same price, no saving further on.
    const onlyFirst = ordered && graph.storageFen[graph.head[arc]!] === 0;
    for (; row < rows; row++) {
      const minute = network.depart[first + row * width]!;
      if (minute < earliest) continue;
      if (minute > latest || minute > graph.terms.horizonMinute) {
        if (ordered) break;
        continue;
      }
      const possible = this.ride(label, arc, minute, network.arrive[arriveAt + row * width]!);
      if (ordered && (onlyFirst || !possible)) break;
    }
  }

  /** Adds the label of a ride; false when it, and with it every later one at the same price, is out of the question. */
  private ride(label: number, arc: number, depart: number, arrival: number): boolean {
    const { graph } = this;
    const node = this.node[label]!;
    const head = graph.head[arc]!;
    const time = arrival + graph.after[arc]!;
    if (time > graph.terms.horizonMinute) return false;
    const base = this.base[label]! + graph.cost[arc]! + storageFen(graph, node, depart - this.since[label]!);
    const freight = this.freight[label]! + graph.dutiable[arc]!;
    const grams = this.grams[label]! + graph.co2[arc]!;
    if (this.prune && this.hopeless(head, time, base, freight, grams)) return false;
    const bit = this.bit[label] === 1 || (this.corridor >= 0 && graph.corridor[arc] === this.corridor) ? 1 : 0;
    this.add(head, time, time, base, freight, grams, bit, label, arc, depart);
    return true;
  }

  /** Hub operation or a step that is not modelled. */
  private work(label: number, arc: number): void {
    const { graph } = this;
    const { network } = graph;
    const node = this.node[label]!;
    const head = graph.head[arc]!;
    let begin = this.time[label]!;
    if (graph.kind[arc] !== freeArc) {
      const { operation } = network.operations[graph.ref[arc]!]!;
      begin = nextOpen(operation.openingHours, network.zone[graph.nodeLocation[node]!]!, Math.max(begin, graph.windowFrom[arc]!));
      if (begin > graph.windowUntil[arc]!) return;
    }
    const end = begin + graph.minimum[arc]!;
    if (end > graph.terms.horizonMinute) return;
    let base = this.base[label]! + graph.cost[arc]!;
    let freight = this.freight[label]!;
    let since = this.since[label]!;
    if (graph.nodeForm[node] !== graph.nodeForm[head]) {
      base += storageFen(graph, node, begin - since);
      since = end;
    }
    const before = graph.nodeStatus[node]!;
    const after = graph.nodeStatus[head]!;
    if (before === domestic && after === exported) base += rebateFen(graph, end);
    else if (before === exported && after === imported) {
      const piece = dutyPieceAt(graph.duty, begin);
      base += Math.round(piece.rate * (graph.terms.load.valueFen + graph.insuranceFen + freight)) + piece.dutyFen + piece.feeFen;
      freight = 0;
    }
    const grams = this.grams[label]! + graph.co2[arc]!;
    if (this.prune && this.hopeless(head, end, base, freight, grams)) return;
    this.add(head, end, since, base, freight, grams, this.bit[label]!, label, arc, begin);
  }

  /** True when even the best continuation is dominated by a way that is already known. */
  private hopeless(node: number, time: number, base: number, freight: number, grams: number): boolean {
    const { graph, bounds } = this;
    const minutes = bounds.minutes[node]!;
    if (minutes === Number.POSITIVE_INFINITY || time + minutes > graph.terms.horizonMinute) return true;
    const arrival = time + minutes;
    const cost = base + Math.floor(graph.duty.leastRate * freight) - 1 + bounds.cost[node]! + timeFen(graph, arrival - graph.terms.readyMinute);
    const co2 = grams + bounds.co2[node]!;
    if (this.front.isDominated(cost, arrival, co2)) {
      this.counters.pruned++;
      return true;
    }
    // Ways known from elsewhere may be the very ones looked for: only strict dominance counts.
    if (this.known !== undefined && this.known.isDominated(cost - 1, arrival, co2)) {
      this.counters.pruned++;
      return true;
    }
    return false;
  }

  /** Puts a label at a node unless one there dominates it; drops those it dominates. */
  private add(node: number, time: number, since: number, base: number, freight: number, grams: number, bit: number, parent: number, arc: number, leave: number): void {
    const { graph } = this;
    const here = this.atNode[node]!;
    const rate = graph.storageFen[node]!;
    const dutiable = graph.crossesCustoms && graph.nodeStatus[node] !== imported && graph.duty.greatestRate > 0;
    const { leastRate, greatestRate } = graph.duty;
    let kept = 0;
    for (let i = 0; i < here.length; i++) {
      const other = here[i]!;
      const otherTime = this.time[other]!;
      const otherGrams = this.grams[other]!;
      if (otherTime <= time && otherGrams <= grams && this.bit[other]! >= bit) {
        let handicap = 0;
        if (rate > 0 && this.since[other]! < since) handicap = rate * Math.ceil((since - this.since[other]!) / 1440);
        if (dutiable) handicap += dutyHandicap(this.freight[other]!, freight, leastRate, greatestRate);
        if (this.base[other]! + handicap <= base) {
          this.counters.dominated++;
          if (kept !== i) {
            for (let j = i; j < here.length; j++) here[kept++] = here[j]!;
            here.length = kept;
          }
          return;
        }
      }
      if (otherTime >= time && otherGrams >= grams && this.bit[other]! <= bit) {
        let handicap = 0;
        if (rate > 0 && since < this.since[other]!) handicap = rate * Math.ceil((this.since[other]! - since) / 1440);
        if (dutiable) handicap += dutyHandicap(freight, this.freight[other]!, leastRate, greatestRate);
        if (base + handicap <= this.base[other]!) {
          this.dead[other] = 1;
          continue;
        }
      }
      here[kept++] = other;
    }
    here.length = kept;
    if (kept === 0) this.touched.push(node);
    if (this.count === this.capacity) this.grow();
    const label = this.count++;
    this.counters.labels++;
    here.push(label);
    this.node[label] = node;
    this.time[label] = time;
    this.since[label] = since;
    this.base[label] = base;
    this.freight[label] = freight;
    this.grams[label] = grams;
    this.bit[label] = bit;
    this.dead[label] = 0;
    this.parent[label] = parent;
    this.arc[label] = arc;
    this.leave[label] = leave;
    const readyMinute = graph.terms.readyMinute;
    if (node === graph.target) {
      if (bit === 1) this.front.add(base + timeFen(graph, time - readyMinute), time, grams, label);
      return;
    }
    const arrival = time + this.bounds.minutes[node]!;
    const key = base + Math.floor(leastRate * freight) + this.bounds.cost[node]! + (arrival === Number.POSITIVE_INFINITY ? 0 : timeFen(graph, arrival - readyMinute));
    this.heap.push(Number.isFinite(key) ? key : Number.MAX_VALUE, label);
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
      ways.push({ arcs: arcs.reverse(), leave: leave.reverse(), done: done.reverse(), costFen: front.costs[i]!, arrival: front.minutes[i]!, grams: front.grams[i]! });
    }
    if (graph.source === graph.target && ways.length === 0) return [{ arcs: [], leave: [], done: [], costFen: graph.insuranceFen + graph.creditFen, arrival: graph.terms.readyMinute, grams: 0 }];
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
    this.leave = ints(this.leave);
    this.parent = ints(this.parent);
    this.arc = ints(this.arc);
    this.bit = bytes(this.bit);
    this.dead = bytes(this.dead);
    this.base = floats(this.base);
    this.freight = floats(this.freight);
    this.grams = floats(this.grams);
  }
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
