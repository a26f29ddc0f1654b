import { grown } from "../model/index.ts";
import type { ShipmentGraph } from "../routing/index.ts";
import { type BuiltGraph, type EventSpec, sink } from "./built-graph.ts";
import type { Use } from "./capacity.ts";
import type { EventGraph } from "./problem.ts";
import type { Layers } from "./duty-layers.ts";
import type { TransferScope } from "./transfers.ts";

/** Growing columns of the graph under construction; used again for the next graph, they need not grow again. */
export class Columns {
  head: Int32Array = new Int32Array(1024);
  cost: Float64Array = new Float64Array(1024);
  ride: Int32Array = new Int32Array(1024);
  tariff: Int16Array = new Int16Array(1024);
  firstUse: Int32Array = new Int32Array(1025);
  useOf: Int32Array = new Int32Array(1024);
  useAmount: Float64Array = new Float64Array(1024);
  arcs = 0;
  uses = 0;

  add(head: number, fen: number, ride: number, tariff: number, uses: readonly Use[]): void {
    if (this.arcs === this.head.length) {
      this.head = grown(this.head);
      this.cost = grown(this.cost);
      this.ride = grown(this.ride);
      this.tariff = grown(this.tariff);
      this.firstUse = grown(this.firstUse);
    }
    const arc = this.arcs++;
    this.head[arc] = head;
    this.cost[arc] = fen / 100;
    this.ride[arc] = ride;
    this.tariff[arc] = tariff;
    for (const { resource, amount } of uses) {
      if (amount === 0) continue;
      if (this.uses === this.useOf.length) {
        this.useOf = grown(this.useOf);
        this.useAmount = grown(this.useAmount);
      }
      this.useOf[this.uses] = resource;
      this.useAmount[this.uses++] = amount;
    }
    this.firstUse[arc + 1] = this.uses;
  }

  clear(): void {
    this.arcs = 0;
    this.uses = 0;
  }

  /** Whether an arc uses no more than `uses`. */
  covers(arc: number, uses: readonly Use[]): boolean {
    for (let u = this.firstUse[arc]!; u < this.firstUse[arc + 1]!; u++) {
      const own = uses.find((use) => use.resource === this.useOf[u]);
      if (own === undefined || own.amount < this.useAmount[u]!) return false;
    }
    return true;
  }
}

/** A graph whose nodes are in the order of time, before what no lot would use is left out. */
export interface Draft {
  shipment: ShipmentGraph;
  layers: Layers;
  spec: EventSpec;
  scope: TransferScope;
  columns: Columns;
  order: number[];
  placeOf: number[];
  firstArc: number[];
  kind: number[];
  at: number[];
  time: number[];
  layer: number[];
  row: number[];
  lots: number[];
  /** Places of the arrivals at the market. */
  arrivals: number[];
}

/** Joins arrivals to sinks, leaves out what no lot would use, and lays the rest out in rows. */
export function finish(draft: Draft): BuiltGraph {
  const { columns, order, placeOf, spec, lots } = draft;
  const count = order.length;
  const lotPlaces = lots.map((id) => (id < 0 ? -1 : placeOf[id]!));

  // Least cost to arrive from each node; heads become places in the order on the way.
  const heads = columns.head;
  const rest = new Float64Array(count).fill(Number.POSITIVE_INFINITY);
  for (const place of draft.arrivals) rest[place] = 0;
  for (let n = count - 1; n >= 0; n--) {
    let least = rest[n]!;
    for (let a = draft.firstArc[n]!; a < draft.firstArc[n + 1]!; a++) {
      const head = (heads[a] = placeOf[heads[a]!]!);
      least = Math.min(least, columns.cost[a]! + rest[head]!);
    }
    rest[n] = least;
  }
  // Least cost to get to each node from a lot that is worth `worthCny`.
  const reach = new Float64Array(count).fill(Number.POSITIVE_INFINITY);
  for (const place of lotPlaces) if (place >= 0) reach[place] = 0;
  const leasts = lotPlaces.map((place) => (place < 0 ? Number.POSITIVE_INFINITY : rest[place]!)).filter(Number.isFinite);
  // A hair of room, so that no rounding of sums leaves out the very way that is worth it.
  const worth = (spec.worthCny ?? Math.max(0, ...leasts) + spec.marginCny) + 0.01;

  // A lot's own sink is number `lot`, marked as a head below 0 until it is known how many nodes are kept.
  const { due } = spec;
  const sinkCount = due === undefined ? 1 : lots.length;
  const isArrival = new Uint8Array(count);
  for (const place of draft.arrivals) isArrival[place] = 1;
  const most = columns.arcs + draft.arrivals.length * sinkCount;
  const head = new Int32Array(most);
  const costCny = new Float64Array(most);
  const firstUse = new Int32Array(most + 1);
  const useOf = new Int32Array(columns.uses);
  const useAmount = new Float64Array(columns.uses);
  const ride = new Int32Array(most).fill(-1);
  const tariff = new Int16Array(most).fill(-1);
  const renumber = new Int32Array(count).fill(-1);
  const kept: number[] = [];
  const firstArc: number[] = [0];
  let arc = 0;
  let use = 0;
  const toSink = (lot: number, cny: number) => {
    head[arc] = -1 - lot;
    costCny[arc] = cny;
    firstUse[++arc] = use;
  };
  for (let n = 0; n < count; n++) {
    const here = reach[n]!;
    if (!(here + rest[n]! <= worth)) continue;
    renumber[n] = kept.push(n) - 1;
    for (let a = draft.firstArc[n]!; a < draft.firstArc[n + 1]!; a++) {
      const to = heads[a]!;
      const cny = columns.cost[a]!;
      const there = here + cny;
      if (!(there + rest[to]! <= worth)) continue;
      if (there < reach[to]!) reach[to] = there;
      head[arc] = to;
      costCny[arc] = cny;
      ride[arc] = columns.ride[a]!;
      tariff[arc] = columns.tariff[a]!;
      for (let u = columns.firstUse[a]!; u < columns.firstUse[a + 1]!; u++) {
        useOf[use] = columns.useOf[u]!;
        useAmount[use++] = columns.useAmount[u]!;
      }
      firstUse[++arc] = use;
    }
    if (isArrival[n] === 1) {
      const minute = draft.time[order[n]!]!;
      if (due === undefined) toSink(0, 0);
      else
        spec.ready.forEach((ready, lot) => {
          if (minute < ready || minute > ready + spec.mostMinutes) return;
          const late = Math.max(0, Math.ceil((minute - ready - due.minutes) / 1440));
          toSink(lot, late * due.cnyPerDay);
        });
    }
    firstArc.push(arc);
  }
  for (let a = 0; a < arc; a++) head[a] = head[a]! < 0 ? kept.length - 1 - head[a]! : renumber[head[a]!]!;

  // The last node leads nowhere: the source of lots that have no way.
  const nodeCount = kept.length + sinkCount + 1;
  const graph: EventGraph = {
    nodeCount,
    firstArc: new Int32Array(nodeCount + 1).fill(arc),
    head: head.slice(0, arc),
    costCny: costCny.slice(0, arc),
    firstUse: firstUse.slice(0, arc + 1),
    useOf: useOf.slice(0, use),
    useAmount: useAmount.slice(0, use),
  };
  graph.firstArc.set(firstArc);
  const ids = kept.map((n) => order[n]!);
  const perNode = <T extends Uint8Array | Int32Array | Int8Array>(column: T, of: number[]): T => {
    ids.forEach((id, place) => (column[place] = of[id]!));
    return column;
  };
  return {
    graph,
    shipment: draft.shipment,
    layers: draft.layers,
    kind: perNode(new Uint8Array(nodeCount).fill(sink), draft.kind),
    at: perNode(new Int32Array(nodeCount).fill(-1), draft.at),
    time: perNode(new Int32Array(nodeCount), draft.time),
    layer: perNode(new Int8Array(nodeCount).fill(-1), draft.layer),
    row: perNode(new Int32Array(nodeCount).fill(-1), draft.row),
    ride: ride.slice(0, arc),
    tariff: tariff.slice(0, arc),
    sources: Int32Array.from(lotPlaces, (place) => (place < 0 || renumber[place]! < 0 ? nodeCount - 1 : renumber[place]!)),
    sinks: Int32Array.from(lots, (_, lot) => kept.length + (due === undefined ? 0 : lot)),
    spec,
    scope: draft.scope,
  };
}
