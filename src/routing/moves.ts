import { carriageMinutes, onDemandArrival } from "../network/index.ts";
import { dutyPieceAt } from "./duty.ts";
import { Label, none } from "./labels.ts";
import { firstCall, fixedCarriage } from "./on-demand.ts";
import { nextOpen } from "./opening-hours.ts";
import { type ShipmentGraph, domestic, exported, freeArc, imported } from "./state-graph.ts";
import { rebateFen, storageFen } from "./weigh.ts";

/**
 * The ways to go on from a label: when a step along an arc is done and what it costs, storage and duty among it (decision 003). Each move writes where it leads into
 * `draft`, or returns false where it is not possible within the arc's window and the shipment's horizon.
 */
export class Moves {
  /** The corridor that is asked for: its legs set a label's bit; -1: the bit is set from the start. */
  corridor = -1;
  /** Where the last move leads; the next one writes over it. */
  readonly draft = new Label();
  private readonly graph: ShipmentGraph;
  /** Fixed carriage minutes of an on-demand leg whose time never varies; -1 where it does, or for scheduled legs. */
  private readonly fixedMinutes: Int32Array;

  constructor(graph: ShipmentGraph) {
    this.graph = graph;
    this.fixedMinutes = fixedCarriage(graph);
  }

  /** To be called after `weigh`. */
  reweighed(): void {
    const { graph, fixedMinutes } = this;
    for (let a = 0; a < graph.arcCount; a++) if (fixedMinutes[a]! >= 0) fixedMinutes[a] = carriageMinutes(graph.network, graph.ref[a]!);
  }

  /** The vehicles at the source, ready to go. */
  start(): void {
    const { graph, draft } = this;
    const ready = graph.terms.readyMinute;
    draft.node = draft.yard = graph.source;
    draft.time = draft.since = draft.useFrom = draft.leave = ready;
    draft.bit = this.corridor < 0 ? 1 : 0;
    draft.base = graph.insuranceFen + graph.creditFen;
    draft.freight = draft.grams = 0;
    draft.parent = draft.arc = none;
  }

  /** By a scheduled departure, which must be in the arc's window: it ends the storage of the place where the vehicles stood, and starts that of the head. */
  ride(from: Label, arc: number, depart: number, arrival: number): boolean {
    const { graph, draft } = this;
    const done = arrival + graph.after[arc]!;
    if (done > graph.terms.horizonMinute) return false;
    this.carry(from, arc, depart, done);
    draft.base += storageFen(graph, from.yard, depart - from.since);
    draft.yard = draft.node;
    draft.since = done;
    draft.useFrom = done;
    return true;
  }

  /** By a leg on demand, at once. The vehicles are called forward when they are needed: the storage where they stood goes on, less the time on call. */
  call(from: Label, arc: number): boolean {
    const { graph, draft } = this;
    const { network, terms } = graph;
    const leg = graph.ref[arc]!;
    const latest = graph.windowUntil[arc]!;
    const depart = firstCall(graph, leg, Math.max(from.time + graph.lead[arc]!, graph.windowFrom[arc]!));
    if (depart > latest || depart > terms.horizonMinute) return false;
    const fixed = this.fixedMinutes[arc]!;
    const done = (fixed >= 0 ? depart + fixed : onDemandArrival(network, leg, depart, latest)) + graph.after[arc]!;
    if (done > terms.horizonMinute) return false;
    this.carry(from, arc, depart, done);
    draft.yard = from.yard;
    draft.since = from.since + graph.minimum[arc]!;
    draft.useFrom = Math.max(done, from.useFrom + graph.minimum[arc]!);
    this.endAtTarget();
    return true;
  }

  /** A hub operation, begun as soon as its place is open from `earliest` on, or a step that is not modelled. */
  work(from: Label, arc: number, earliest: number): boolean {
    const { graph, draft } = this;
    const { network, duty, terms } = graph;
    let begin = earliest;
    if (graph.kind[arc] !== freeArc) {
      const { operation } = network.operations[graph.ref[arc]!]!;
      begin = nextOpen(operation.openingHours, network.zone[graph.nodeLocation[from.node]!]!, Math.max(begin, graph.windowFrom[arc]!));
      if (begin > graph.windowUntil[arc]!) return false;
    }
    const done = begin + graph.minimum[arc]!;
    if (done > terms.horizonMinute) return false;
    this.step(from, arc, begin, done);
    draft.freight = from.freight;
    draft.bit = from.bit;
    draft.yard = from.yard;
    draft.since = from.since;
    draft.useFrom = Math.max(done, from.useFrom);
    const before = graph.nodeStatus[from.node]!;
    const after = graph.nodeStatus[draft.node]!;
    if (before === domestic && after === exported) draft.base += rebateFen(graph, done);
    else if (before === exported && after === imported) {
      const piece = dutyPieceAt(duty, begin);
      draft.base += Math.round(piece.rate * (terms.load.valueFen + graph.insuranceFen + from.freight)) + piece.dutyFen + piece.feeFen;
      draft.freight = 0;
    }
    this.endAtTarget();
    return true;
  }

  /** What any step sets and adds. */
  private step(from: Label, arc: number, leave: number, done: number): void {
    const { graph, draft } = this;
    draft.parent = from.number;
    draft.arc = arc;
    draft.leave = leave;
    draft.node = graph.head[arc]!;
    draft.time = done;
    draft.base = from.base + graph.cost[arc]!;
    draft.grams = from.grams + graph.co2[arc]!;
  }

  /** What a leg adds, however it is boarded. */
  private carry(from: Label, arc: number, depart: number, done: number): void {
    const { graph, draft } = this;
    this.step(from, arc, depart, done);
    draft.freight = from.freight + graph.dutiable[arc]!;
    draft.bit = this.corridor >= 0 && graph.corridor[arc] === this.corridor ? 1 : from.bit;
  }

  /** At the target nobody waits for a departure any more: storage ends there. */
  private endAtTarget(): void {
    const { graph, draft } = this;
    if (draft.node === graph.target) draft.base += storageFen(graph, draft.yard, draft.time - draft.since);
  }
}
