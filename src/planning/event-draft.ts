import type { ShipmentGraph } from "../routing/index.ts";
import { type BuiltGraph, type EventSpec, sink } from "./built-graph.ts";
import type { Use } from "./capacity.ts";
import type { EventGraph } from "./problem.ts";
import type { Layers, TransferScope } from "./transfers.ts";

/** Growing columns of the graph under construction. */
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
      const first = new Int32Array(2 * this.head.length + 1);
      first.set(this.firstUse);
      this.firstUse = first;
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

  /** Whether an arc uses no more than `uses`. */
  covers(arc: number, uses: readonly Use[]): boolean {
    for (let u = this.firstUse[arc]!; u < this.firstUse[arc + 1]!; u++) {
      const own = uses.find((use) => use.resource === this.useOf[u]);
      if (own === undefined || own.amount < this.useAmount[u]!) return false;
    }
    return true;
  }
}

function grown<T extends Int32Array | Float64Array | Int16Array>(array: T): T {
  const larger = new (array.constructor as new (length: number) => T)(2 * array.length);
  larger.set(array);
  return larger;
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
  const minuteAt = (place: number) => draft.time[order[place]!]!;

  // Least cost to arrive from each node, and least cost to get there from a lot that is worth `worthCny`.
  const rest = new Float64Array(count).fill(Number.POSITIVE_INFINITY);
  for (const place of draft.arrivals) rest[place] = 0;
  for (let n = count - 1; n >= 0; n--)
    for (let a = draft.firstArc[n]!; a < draft.firstArc[n + 1]!; a++) {
      const head = placeOf[columns.head[a]!]!;
      rest[n] = Math.min(rest[n]!, columns.cost[a]! + rest[head]!);
    }
  const reach = new Float64Array(count).fill(Number.POSITIVE_INFINITY);
  for (const place of lotPlaces) if (place >= 0) reach[place] = 0;
  for (let n = 0; n < count; n++) {
    if (reach[n] === Number.POSITIVE_INFINITY) continue;
    for (let a = draft.firstArc[n]!; a < draft.firstArc[n + 1]!; a++) {
      const head = placeOf[columns.head[a]!]!;
      reach[head] = Math.min(reach[head]!, reach[n]! + columns.cost[a]!);
    }
  }
  const leasts = lotPlaces.map((place) => (place < 0 ? Number.POSITIVE_INFINITY : rest[place]!)).filter(Number.isFinite);
  // A hair of room, so that no rounding of sums leaves out the very way that is worth it.
  const worth = (spec.worthCny ?? Math.max(0, ...leasts) + spec.marginCny) + 0.01;
  const useful = (n: number, a: number) => reach[n]! + columns.cost[a]! + rest[placeOf[columns.head[a]!]!]! <= worth;
  const renumber = new Int32Array(count).fill(-1);
  const kept: number[] = [];
  for (let n = 0; n < count; n++) {
    if (!(reach[n]! + rest[n]! <= worth)) continue;
    renumber[n] = kept.push(n) - 1;
  }
  let arcCount = 0;
  let useCount = 0;
  for (const n of kept)
    for (let a = draft.firstArc[n]!; a < draft.firstArc[n + 1]!; a++)
      if (useful(n, a)) {
        arcCount++;
        useCount += columns.firstUse[a + 1]! - columns.firstUse[a]!;
      }

  const arrivals = draft.arrivals.filter((place) => renumber[place]! >= 0);
  const { due } = spec;
  const sinkOf = new Int32Array(lots.length).fill(kept.length);
  const sinkArcs: { from: number; to: number; cny: number }[] = [];
  if (due === undefined) for (const place of arrivals) sinkArcs.push({ from: renumber[place]!, to: kept.length, cny: 0 });
  else
    spec.ready.forEach((ready, i) => {
      sinkOf[i] = kept.length + i;
      for (const place of arrivals) {
        const minute = minuteAt(place);
        if (minute < ready || minute > ready + spec.mostMinutes) continue;
        const late = Math.max(0, Math.ceil((minute - ready - due.minutes) / 1440));
        sinkArcs.push({ from: renumber[place]!, to: kept.length + i, cny: late * due.cnyPerDay });
      }
    });
  const sinkCount = due === undefined ? 1 : lots.length;
  // The last node leads nowhere: the source of lots that have no way.
  const nodeCount = kept.length + sinkCount + 1;
  const total = arcCount + sinkArcs.length;

  const graph: EventGraph = {
    nodeCount,
    firstArc: new Int32Array(nodeCount + 1),
    head: new Int32Array(total),
    costCny: new Float64Array(total),
    firstUse: new Int32Array(total + 1),
    useOf: new Int32Array(useCount),
    useAmount: new Float64Array(useCount),
  };
  const built: BuiltGraph = {
    graph,
    shipment: draft.shipment,
    layers: draft.layers,
    kind: new Uint8Array(nodeCount).fill(sink),
    at: new Int32Array(nodeCount).fill(-1),
    time: new Int32Array(nodeCount),
    layer: new Int8Array(nodeCount).fill(-1),
    row: new Int32Array(nodeCount).fill(-1),
    ride: new Int32Array(total).fill(-1),
    tariff: new Int16Array(total).fill(-1),
    sources: Int32Array.from(lotPlaces, (place) => (place < 0 || renumber[place]! < 0 ? nodeCount - 1 : renumber[place]!)),
    sinks: sinkOf,
    spec,
    scope: draft.scope,
  };
  const sinkArcsOf = new Map<number, { to: number; cny: number }[]>();
  for (const { from, to, cny } of sinkArcs) {
    const list = sinkArcsOf.get(from);
    if (list === undefined) sinkArcsOf.set(from, [{ to, cny }]);
    else list.push({ to, cny });
  }
  let arc = 0;
  let use = 0;
  kept.forEach((n, place) => {
    const id = order[n]!;
    built.kind[place] = draft.kind[id]!;
    built.at[place] = draft.at[id]!;
    built.time[place] = draft.time[id]!;
    built.layer[place] = draft.layer[id]!;
    built.row[place] = draft.row[id]!;
    for (let a = draft.firstArc[n]!; a < draft.firstArc[n + 1]!; a++) {
      if (!useful(n, a)) continue;
      graph.head[arc] = renumber[placeOf[columns.head[a]!]!]!;
      graph.costCny[arc] = columns.cost[a]!;
      built.ride[arc] = columns.ride[a]!;
      built.tariff[arc] = columns.tariff[a]!;
      for (let u = columns.firstUse[a]!; u < columns.firstUse[a + 1]!; u++) {
        graph.useOf[use] = columns.useOf[u]!;
        graph.useAmount[use++] = columns.useAmount[u]!;
      }
      graph.firstUse[++arc] = use;
    }
    for (const { to, cny } of sinkArcsOf.get(place) ?? []) {
      graph.head[arc] = to;
      graph.costCny[arc] = cny;
      graph.firstUse[++arc] = use;
    }
    graph.firstArc[place + 1] = arc;
  });
  for (let n = kept.length; n < nodeCount; n++) graph.firstArc[n + 1] = arc;
  return built;
}
