import { onDemandArrival, wheels } from "../network/index.ts";
import {
  type ShipmentGraph,
  domestic,
  dutyPieceAt,
  exported,
  firstCall,
  fixedCarriage,
  freeArc,
  imported,
  legArc,
  nextOpen,
  storageFen,
} from "../routing/index.ts";
import type { CapacityBook } from "./capacity.ts";
import { type Layers, layersOf } from "./duty-layers.ts";
import { type RideLimits, callsOfRide, rideLimits } from "./shared-limits.ts";
import { type Call, limitUses } from "./uses.ts";

/**
 * What can be done on call between two scheduled departures: legs on demand and hub operations, one after the other at once, from where vehicles were put
 * down. A label is one way of doing it, up to a node at which a departure can be boarded or the market is reached. Minutes count from the beginning.
 */
export interface Transfer {
  node: number;
  /** Minutes until the vehicles are at the node. */
  time: number;
  /** Minutes by which storage where they were put down starts later: the least time spent on legs on demand. */
  shift: number;
  /** Fen; storage and the cost of time apart. */
  fen: number;
  grams: number;
  /** Index of the duty rate that freight is charged with from here on; -1 before any freight counts, and after import. */
  layer: number;
  /** What is used, in order of use. */
  uses: readonly Call[];
  /** Exported on the way: the rebate is waited for from there on. */
  isCleared: boolean;
  /** Undated cost of the hub operations among it, fen. */
  workFen: number;
  /** Arc that was taken last and the label before it. */
  arc: number;
  leave: number;
  parent: Transfer | undefined;
}

/** What transfers are looked at. */
export interface TransferScope {
  /** Per arc: 0 leaves it out. */
  allow: Uint8Array;
  /** Undated cost of each arc, fen. */
  arcFen: Float64Array;
  /** True leaves out unpacking only to pack again, and legs on call, once the vehicles have left the origin, to places from which more is left to pay. */
  isPlain: boolean;
  /** Undated cost from each node to the market, fen. */
  toTarget: Float64Array;
  /** Nodes at which lots become ready. */
  origins: ReadonlySet<number>;
}

function subset(a: readonly Call[], b: readonly Call[]): boolean {
  return a.every((use) =>
    b.some(
      (other) =>
        other.kind === use.kind &&
        other.index === use.index &&
        other.location === use.location &&
        other.amount >= use.amount &&
        (other.minutes ?? 0) >= (use.minutes ?? 0),
    ),
  );
}

/**
 * Finds all transfers from a state that may matter when anything they use may be full: none is left out unless another is no later, no dearer, and uses no more.
 * Where nothing that is met depends on the date, what was found once holds at any minute.
 */
export class TransferSearch {
  private readonly graph: ShipmentGraph;
  private readonly book: CapacityBook;
  private readonly layers: Layers;
  private readonly slotAmount: (arc: number) => number;
  private readonly scope: TransferScope;
  private readonly fixedMinutes: Int32Array;
  /** 1 where time or possibility of an arc depends on the date. */
  private readonly dated: Uint8Array;
  private readonly shared: (RideLimits | undefined)[] = [];
  private readonly atNode: (Transfer[] | undefined)[];
  private readonly kept = new Map<number, Transfer[]>();
  private readonly horizon: number;
  private begin = 0;
  private fromOrigin = false;
  private isDated = false;

  constructor(graph: ShipmentGraph, book: CapacityBook, layers: Layers, slotAmount: (arc: number) => number, scope: TransferScope) {
    this.scope = scope;
    this.graph = graph;
    this.book = book;
    this.layers = layers;
    this.slotAmount = slotAmount;
    this.horizon = graph.terms.horizonMinute;
    this.atNode = Array.from({ length: graph.nodeCount }, () => undefined);
    this.fixedMinutes = fixedCarriage(graph);
    this.dated = new Uint8Array(graph.arcCount);
    const { network } = graph;
    for (let a = 0; a < graph.arcCount; a++) {
      let depends = graph.windowFrom[a]! > book.start || graph.windowUntil[a]! < this.horizon;
      if (graph.kind[a] === legArc) {
        if (!network.terms[network.legService[graph.ref[a]!]!]!.onDemand) continue;
        depends ||= this.fixedMinutes[a]! < 0;
      } else {
        if (graph.kind[a] !== freeArc) depends ||= network.operations[graph.ref[a]!]!.operation.openingHours !== undefined;
        if (this.imports(a)) depends ||= graph.duty.pieces.length > 1;
      }
      if (depends) this.dated[a] = 1;
    }
  }

  private limitsOf(arc: number): RideLimits {
    return (this.shared[arc] ??= rideLimits(this.book, this.graph, arc));
  }

  private imports(arc: number): boolean {
    const { graph } = this;
    return graph.nodeStatus[graph.tail[arc]!] === exported && graph.nodeStatus[graph.head[arc]!] === imported;
  }

  /** All transfers from `node`, begun at `begin`. The first is the start itself: nothing done yet. */
  run(node: number, begin: number, layer: number): readonly Transfer[] {
    const key = node * (this.layers.rates.length + 1) + layer + 1;
    const kept = this.kept.get(key);
    if (kept !== undefined) return kept;
    this.begin = begin;
    this.fromOrigin = this.scope.origins.has(node);
    this.isDated = false;
    const start: Transfer = {
      node,
      time: 0,
      shift: 0,
      fen: 0,
      grams: 0,
      layer,
      uses: [],
      isCleared: false,
      workFen: 0,
      arc: -1,
      leave: 0,
      parent: undefined,
    };
    const touched: number[] = [];
    const queue: Transfer[] = [];
    const greener = this.book.co2e >= 0;
    const rate = this.graph.storageFen[node]!;
    const most = this.horizon - this.book.start;
    const add = (label: Transfer) => {
      if (label.time > most) return;
      const here = this.atNode[label.node];
      if (here === undefined) {
        this.atNode[label.node] = [label];
        touched.push(label.node);
      } else {
        if (here.some((other) => dominates(other, label, rate, greener))) return;
        this.atNode[label.node] = [...here.filter((other) => !dominates(label, other, rate, greener)), label];
      }
      queue.push(label);
    };
    add(start);
    for (let i = 0; i < queue.length; i++) {
      const label = queue[i]!;
      if (label.node === this.graph.target || !this.atNode[label.node]!.includes(label)) continue;
      this.expand(label, add);
    }
    const found = touched.flatMap((n) => this.atNode[n]!);
    for (const n of touched) this.atNode[n] = undefined;
    if (!this.isDated) this.kept.set(key, found);
    return found;
  }

  private expand(label: Transfer, add: (next: Transfer) => void): void {
    const { graph } = this;
    for (let arc = graph.start[label.node]!; arc < graph.start[label.node + 1]!; arc++) {
      if (this.scope.allow[arc] === 0 || Number.isNaN(graph.cost[arc]!)) continue;
      if (this.dated[arc] === 1) this.isDated = true;
      if (graph.kind[arc] === legArc) this.travel(label, arc, add);
      else this.work(label, arc, add);
    }
  }

  private travel(label: Transfer, arc: number, add: (next: Transfer) => void): void {
    const { graph, begin } = this;
    const { network } = graph;
    const leg = graph.ref[arc]!;
    const service = network.legService[leg]!;
    const terms = network.terms[service]!;
    if (!terms.onDemand) return;
    const { isPlain, toTarget } = this.scope;
    if (isPlain && !this.fromOrigin && toTarget[graph.head[arc]!]! >= toTarget[label.node]!) return;
    const minute = firstCall(graph, leg, Math.max(begin + label.time + graph.lead[arc]!, graph.windowFrom[arc]!));
    const latest = graph.windowUntil[arc]!;
    if (minute > latest) return;
    const fixed = this.fixedMinutes[arc]!;
    const arrival = fixed >= 0 ? minute + fixed : onDemandArrival(network, leg, minute, latest);
    const amount = this.slotAmount(arc);
    const more: Call[] = [];
    if (network.services[service]!.weeklySlots !== undefined)
      more.push({ kind: "service", index: service, location: -1, minute: minute - begin, amount });
    for (const limit of limitUses(this.book, graph, arc, amount))
      more.push({ kind: "limit", index: limit.resource, location: -1, minute: 0, amount: limit.amount });
    for (const { kind, index, after, minutes, amount: own } of callsOfRide(this.book, this.limitsOf(arc), leg, minute))
      more.push({ kind, index, location: -1, minute: minute - begin + after, amount: own, minutes });
    const handle = (operation: number, node: number, at: number) => {
      if (operation >= 0 && network.operations[operation]!.operation.dailyVehicles !== undefined)
        more.push({ kind: "operation", index: operation, location: graph.nodeLocation[node]!, minute: at - begin, amount: 1 });
    };
    handle(graph.loadOperation[arc]!, graph.tail[arc]!, minute);
    handle(graph.unloadOperation[arc]!, graph.head[arc]!, arrival);
    const time = arrival + graph.after[arc]! - begin;
    for (const layer of layersOf(graph, this.layers, arc, label.layer, begin + time)) {
      if (layer >= 0 && label.layer < 0 && this.layers.rates.length > 1) this.isDated = true;
      add({
        node: graph.head[arc]!,
        time,
        shift: label.shift + graph.minimum[arc]!,
        fen: label.fen + graph.cost[arc]! + (layer < 0 ? 0 : this.layers.rates[layer]! * graph.dutiable[arc]!),
        grams: label.grams + graph.co2[arc]!,
        layer,
        uses: more.length === 0 ? label.uses : [...label.uses, ...more],
        isCleared: label.isCleared,
        workFen: label.workFen,
        arc,
        leave: minute - begin,
        parent: label,
      });
    }
  }

  private work(label: Transfer, arc: number, add: (next: Transfer) => void): void {
    const { graph, begin } = this;
    this.workAt(label, arc, begin + label.time, add);
    if (!this.imports(arc)) return;
    for (const piece of graph.duty.pieces) if (piece.from > begin + label.time) this.workAt(label, arc, piece.from, add);
  }

  private workAt(label: Transfer, arc: number, earliest: number, add: (next: Transfer) => void): void {
    const { graph, layers, begin } = this;
    const { network } = graph;
    const head = graph.head[arc]!;
    let at = earliest;
    let { uses, layer, isCleared } = label;
    if (graph.kind[arc] !== freeArc) {
      const o = graph.ref[arc]!;
      const { operation } = network.operations[o]!;
      // Out of one box and into another at the same stop gains nothing that the first box could not.
      if (this.scope.isPlain && operation.kind === "stuff" && hasUnstuffed(graph, label)) return;
      const location = graph.nodeLocation[label.node]!;
      at = nextOpen(operation.openingHours, network.zone[location]!, Math.max(at, graph.windowFrom[arc]!));
      if (at > graph.windowUntil[arc]!) return;
      if (operation.dailyVehicles !== undefined) uses = [...uses, { kind: "operation", index: o, location, minute: at - begin, amount: 1 }];
    }
    const end = at + graph.minimum[arc]!;
    let fen = label.fen + graph.cost[arc]!;
    const before = graph.nodeStatus[label.node]!;
    const after = graph.nodeStatus[head]!;
    if (before === domestic && after === exported) {
      // The rebate is waited for from ready until so many days after the clearance, and its credit runs from ready to arrival: what is left is the
      // days from clearance on. Up to the clearance the two cancel out, so the cost of standing leaves the rebate out while `domestic`.
      fen += graph.rebatePerMinute * (end - begin + graph.rebateMinutes);
      isCleared = true;
    } else if (before === exported && after === imported) {
      const piece = dutyPieceAt(graph.duty, at);
      if (layer >= 0 && layers.ofPiece[graph.duty.pieces.indexOf(piece)] !== layer) return;
      fen += piece.rate * (graph.terms.load.valueFen + graph.insuranceFen) + piece.dutyFen + piece.feeFen;
      layer = -1;
    }
    add({
      node: head,
      time: end - begin,
      shift: label.shift,
      fen,
      grams: label.grams + graph.co2[arc]!,
      layer,
      uses,
      isCleared,
      workFen: label.workFen + this.scope.arcFen[arc]!,
      arc,
      leave: at - begin,
      parent: label,
    });
  }
}

function hasUnstuffed(graph: ShipmentGraph, label: Transfer): boolean {
  for (let step = label; step.parent !== undefined; step = step.parent)
    if (graph.nodeForm[step.parent.node] !== graph.nodeForm[step.node] && graph.nodeForm[step.node] === wheels) return true;
  return false;
}

/** `rate`: storage where the vehicles stand, fen a started day. The later storage begins, the less of it there is. */
function dominates(a: Transfer, b: Transfer, rate: number, greener: boolean): boolean {
  return (
    a.time <= b.time &&
    a.fen + (a.shift >= b.shift ? 0 : rate * Math.ceil((b.shift - a.shift) / 1440)) <= b.fen &&
    a.layer === b.layer &&
    (!greener || a.grams <= b.grams) &&
    subset(a.uses, b.uses)
  );
}

/**
 * Fen a vehicle from being put down at `since` until `until`: money tied up and currency, less the rebate's credit once exported, and storage in the terms of the
 * node where the vehicles stand.
 */
export function standingFen(graph: ShipmentGraph, yard: number, since: number, shift: number, until: number, status: number): number {
  const perMinute = graph.capitalPerMinute + graph.currencyPerMinute - (status === domestic ? 0 : graph.rebatePerMinute);
  return perMinute * (until - since) + storageFen(graph, yard, until - since - shift);
}
