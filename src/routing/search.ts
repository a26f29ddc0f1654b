import { never } from "../network/index.ts";
import { type Scope, stateOf } from "./bounds.ts";
import { firstBoarding } from "./boardings.ts";
import { Dominance } from "./dominance.ts";
import { MinHeap } from "./heap.ts";
import { Label, Labels, type Steps } from "./labels.ts";
import { Moves } from "./moves.ts";
import { Outlook } from "./outlook.ts";
import { ParetoSet } from "./pareto.ts";
import { type ShipmentGraph, exported, imported, legArc } from "./state-graph.ts";
import { timeFen } from "./weigh.ts";

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

/** One way through the graph, and what it comes to. */
export interface Way extends Steps {
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

/** Stands for an arrival at the target that was not looked at yet. */
const unknownArrival = -1;

/**
 * Exact search for all non-dominated (cost, arrival, CO2e) ways of one shipment over dated departures.
 *
 * Labels leave a heap in order of the least total cost they can still reach. Waiting costs money, so an earlier label dominates a later one at the same node only
 * after the storage that it may pay more; freight counts into duty, so a label with dearer freight must be cheaper by the duty on the difference (`Dominance`).
 * Later departures stay candidates wherever the place they lead to charges for storage. Bounds come from reverse searches (minutes, grams, and the pairs of cost
 * and grams that can follow) and from the timetable (`Outlook`). Method: Martins 1984; NAMOA* (Mandow & Perez de la Cruz 2010) for the bounds.
 */
export class RouteSearch {
  readonly graph: ShipmentGraph;
  readonly counters: Counters = { labels: 0, popped: 0, pruned: 0, dominated: 0 };
  private readonly outlook: Outlook;
  private readonly labels = new Labels();
  private readonly moves: Moves;
  /** The label that is followed. */
  private readonly from = new Label();
  private readonly dominance: Dominance;
  private readonly heap = new MinHeap(1024);
  private readonly front = new ParetoSet();
  /** Triples that rule out what is strictly worse: ways known from elsewhere, and those that this search has seen but still has to find. */
  private readonly known = new ParetoSet();
  // State of the search under way.
  private allow: Uint8Array | undefined;
  private prune = true;
  private firstOnly = false;
  /** Labels are put in a row as a known way goes, compared with none. */
  private isReplay = false;

  constructor(graph: ShipmentGraph) {
    this.graph = graph;
    this.outlook = new Outlook(graph);
    this.moves = new Moves(graph);
    this.dominance = new Dominance(graph, this.labels);
  }

  /** To be called after `weigh`. */
  reweighed(): void {
    this.outlook.reweighed();
    this.moves.reweighed();
  }

  /** All non-dominated ways, by cost. Of ways equal in all three criteria one is given. */
  run(spec: SearchSpec = {}): Way[] {
    const { graph, known } = this;
    if (graph.source < 0 || graph.target < 0) return [];
    const scope: Scope = { allow: spec.allow, corridor: spec.corridor ?? -1 };
    if (!this.outlook.look(scope, spec.keep === true)) return [];
    this.allow = scope.allow;
    this.moves.corridor = scope.corridor;
    this.prune = spec.prune !== false;
    known.clear();
    if (spec.known !== undefined) this.know(spec.known);
    if (this.prune) this.lookAhead(spec.before);
    this.settle();
    return this.collect();
  }

  /** Finds good ways quickly; what they dominate is then never looked at. */
  private lookAhead(before: readonly Way[] | undefined): void {
    this.front.clear();
    if (before === undefined || this.outlook.hasMoved) {
      // Ways that board the first departure everywhere.
      this.firstOnly = true;
      this.settle();
      this.firstOnly = false;
    } else for (const way of before) this.replay(way);
    this.know(this.front);
  }

  /** Goes a way again, by the same departures, at what it costs now. Stops where that is no longer possible. */
  private replay({ arcs, leave, done }: Way): void {
    const { graph, labels, from } = this;
    const { costs } = this.outlook;
    this.isReplay = true;
    this.begin();
    for (let i = 0; i < arcs.length; i++) {
      const arc = arcs[i]!;
      if (costs[arc] === Number.POSITIVE_INFINITY) break;
      labels.read(labels.count - 1, from);
      if (graph.kind[arc] !== legArc) this.workAt(arc, Math.max(from.time, leave[i]!));
      else if (this.outlook.boardings.scheduled[arc] === 0) this.travel(arc);
      else if (from.time + graph.lead[arc]! <= leave[i]!) this.board(arc, leave[i]!, done[i]! - graph.after[arc]!);
      if (labels.count === from.number + 1) break;
    }
    this.isReplay = false;
  }

  private know({ size, costs, minutes, grams }: ParetoSet): void {
    for (let i = 0; i < size; i++) this.known.add(costs[i]!, minutes[i]!, grams[i]!);
  }

  /** Forgets all labels but one at the source. */
  private begin(): void {
    this.dominance.clear();
    this.labels.clear();
    this.heap.clear();
    this.moves.start();
    this.add(unknownArrival);
  }

  /** Sets labels from the source until none is left that could still matter. */
  private settle(): void {
    const { graph, labels, heap } = this;
    this.front.clear();
    this.begin();
    while (heap.size > 0) {
      const label = heap.pop();
      this.counters.popped++;
      if (labels.dead[label] === 1 || labels.node[label] === graph.target) continue;
      labels.read(label, this.from);
      if (this.prune && this.isHopeless(this.from, labels.reach[label]!)) continue;
      this.expand();
    }
  }

  private expand(): void {
    const { graph, allow } = this;
    const { costs } = this.outlook;
    const { node } = this.from;
    for (let arc = graph.start[node]!; arc < graph.start[node + 1]!; arc++) {
      if (allow !== undefined && allow[arc] === 0) continue;
      if (costs[arc] === Number.POSITIVE_INFINITY) continue;
      if (graph.kind[arc] === legArc) this.travel(arc);
      else this.work(arc);
    }
  }

  /** Boards a leg: on demand at once, else every departure that can still matter. */
  private travel(arc: number): void {
    const { graph, from } = this;
    const { boardings } = this.outlook;
    if (boardings.scheduled[arc] === 0) {
      if (this.moves.call(from, arc)) this.add(unknownArrival);
      return;
    }
    const earliest = Math.max(from.time + graph.lead[arc]!, from.useFrom);
    const ordered = boardings.ordered[arc] === 1;
    // Where storage at the head is free a later departure cannot be better: same price, no saving further on.
    const onlyFirst = this.firstOnly || (ordered && graph.storageFen[graph.head[arc]!] === 0);
    const end = boardings.start[arc + 1]!;
    for (let place = ordered ? firstBoarding(boardings, arc, earliest) : boardings.start[arc]!; place < end; place++) {
      const depart = boardings.depart[place]!;
      if (depart < earliest) continue;
      const possible = this.board(arc, depart, boardings.arrive[place]!);
      if (onlyFirst || (ordered && !possible)) break;
    }
  }

  /** Boards a scheduled departure; false when it, and with it every later one at the same price, is out of the question. */
  private board(arc: number, depart: number, arrival: number): boolean {
    const { moves } = this;
    if (!moves.ride(this.from, arc, depart, arrival)) return false;
    let reach = unknownArrival;
    if (this.prune && !this.isReplay) {
      // Looked at before dominance, which says nothing about later departures.
      reach = this.earliestArrival(moves.draft);
      if (this.isHopeless(moves.draft, reach)) return false;
    }
    this.add(reach);
    return true;
  }

  /** Hub operation or a step that is not modelled. Import may also wait for a day on which another duty begins. */
  private work(arc: number): void {
    const { graph } = this;
    const { time } = this.from;
    this.workAt(arc, time);
    if (graph.nodeStatus[graph.tail[arc]!] !== exported || graph.nodeStatus[graph.head[arc]!] !== imported) return;
    for (const piece of graph.duty.pieces) if (piece.from > time) this.workAt(arc, piece.from);
  }

  private workAt(arc: number, earliest: number): void {
    if (this.moves.work(this.from, arc, earliest)) this.add(unknownArrival);
  }

  /** The earliest that a label can be at the target; Infinity: not within the horizon. */
  private earliestArrival({ node, bit, time, useFrom }: Label): number {
    return this.outlook.arrivals.earliest(stateOf(this.graph, node, bit), time, useFrom);
  }

  /** True when even the best continuation, which arrives no earlier than `arrival`, is dominated by a way that is already known. */
  private isHopeless({ node, bit, base, freight, grams }: Label, arrival: number): boolean {
    const { graph, front, known } = this;
    const { bounds, statusFen } = this.outlook;
    if (arrival === Number.POSITIVE_INFINITY) {
      this.counters.pruned++;
      return true;
    }
    const cost =
      base +
      statusFen[graph.nodeStatus[node]!]! +
      Math.floor(graph.duty.leastRate * freight) -
      1 +
      timeFen(graph, arrival - graph.terms.readyMinute);
    const state = stateOf(graph, node, bit);
    const first = state * bounds.points;
    for (let p = first; p < first + bounds.pointCount[state]!; p++) {
      const least = cost + bounds.pointCost[p]!;
      const co2 = grams + bounds.pointCo2[p]!;
      // Ways known from elsewhere may be the very ones looked for: only strict dominance counts there.
      if (!front.isDominated(least, arrival, co2) && !known.isDominated(least - 1, arrival, co2)) return false;
    }
    this.counters.pruned++;
    return true;
  }

  /**
   * Makes a label of the draft unless one at its node dominates it or it is out of the question. `arrival` is the earliest possible at the target where it was looked
   * at already, and found of use.
   */
  private add(arrival: number): void {
    const { dominance, labels } = this;
    const { draft } = this.moves;
    if (this.isReplay) {
      this.count(draft, labels.add(draft));
      return;
    }
    const asked = draft.useFrom;
    const place = dominance.placeOf(draft);
    if (!dominance.admits(draft, place)) {
      this.counters.dominated++;
      return;
    }
    const bounded = draft.useFrom;
    if (arrival === unknownArrival || bounded !== asked) {
      arrival = this.earliestArrival(draft);
      if (this.prune && this.isHopeless(draft, arrival)) return;
    }
    const label = dominance.insert(draft, place);
    this.count(draft, label);
    if (draft.node === this.graph.target) return;
    if (draft.useFrom < bounded) arrival = this.earliestArrival(draft);
    labels.reach[label] = Math.min(arrival, never);
    this.heap.push(this.leastCost(draft, arrival), label);
  }

  /** Counts a new label; one at the target goes into the front. */
  private count({ node, bit, time, base, grams }: Label, label: number): void {
    const { graph } = this;
    this.counters.labels++;
    if (node === graph.target && bit === 1) this.front.add(base + timeFen(graph, time - graph.terms.readyMinute), time, grams, label);
  }

  /** The least total cost that a label can reach when it arrives at `arrival`: the order in which labels are looked at. */
  private leastCost({ node, bit, base, freight }: Label, arrival: number): number {
    const { graph } = this;
    const { bounds } = this.outlook;
    const fen =
      base +
      Math.floor(graph.duty.leastRate * freight) +
      bounds.pointCost[stateOf(graph, node, bit) * bounds.points]! +
      (arrival === Number.POSITIVE_INFINITY ? 0 : timeFen(graph, arrival - graph.terms.readyMinute));
    return Number.isFinite(fen) ? fen : Number.MAX_VALUE;
  }

  private collect(): Way[] {
    const { graph, labels, front } = this;
    const ways: Way[] = [];
    for (let i = 0; i < front.size; i++) {
      const { arcs, leave, done } = labels.stepsTo(front.tags[i]!);
      ways.push({ arcs, leave, done, costFen: front.costs[i]!, arrival: front.minutes[i]!, grams: front.grams[i]! });
    }
    if (graph.source === graph.target && ways.length === 0)
      return [{ arcs: [], leave: [], done: [], costFen: graph.insuranceFen + graph.creditFen, arrival: graph.terms.readyMinute, grams: 0 }];
    return ways;
  }
}
