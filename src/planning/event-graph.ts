import FlatQueue from "flatqueue";
import { type ShipmentGraph, legArc } from "../routing/index.ts";
import { type CapacityBook, type Use, amountOf } from "./capacity.ts";
import { guardSize } from "./guard.ts";
import { arcsWithin, staticCosts } from "./nearer.ts";
import type { EventGraph } from "./problem.ts";
import { type RideLimits, rideLimits, rideUses, standingUses } from "./shared-limits.ts";
import { type Tariffed, tariffsOf } from "./tariffs.ts";
import {
  type Layers,
  type Transfer,
  type TransferScope,
  TransferSearch,
  dutyLayers,
  handlingUses,
  layersOf,
  limitUses,
  merged,
  standingFen,
  usesOfCalls,
} from "./transfers.ts";

/** What the event graph of one cargo, plant and market is made for. */
export interface EventSpec {
  /** UTC minutes at which lots become ready. */
  ready: readonly number[];
  /** Node of the shipment graph at which each lot becomes ready; -1: it has no way. Left out: the graph's own source. */
  at?: readonly number[];
  /** Most minutes that vehicles wait at the origin for any one departure; the first that there is may always be waited for. */
  mostWait: number;
  /** Same on the way; there the first two that there are may always be waited for. */
  mostWaitBetween: number;
  /** Ways that cost more than the cheapest of their lot and this are left out, CNY: leaving the vehicle behind would cost less. Infinity keeps all. */
  marginCny: number;
  /** What leaving a vehicle behind costs, CNY, where that is stated outright; goes before `marginCny`. */
  worthCny?: number;
  /**
   * True: every ride must lead nearer to the market (less is left to pay, waiting apart), and nothing is unpacked only to be packed again. So no vehicle goes
   * round in circles from port to port. False looks at everything that the route search looks at.
   */
  isNearer: boolean;
  /** Each lot has this many minutes until it is due; what arrives later pays for each started day. Left out: one sink for all. */
  due?: { minutes: number; cnyPerDay: number };
  /** Longest journey in minutes; what arrives later is left out (with `due` exactly, else by the last lot). */
  mostMinutes: number;
}

/** What a node of an event graph stands for. */
export const putDown = 0;
export const boarding = 1;
export const sink = 2;

/**
 * The event graph of one shipment graph, and what its numbers mean. Vehicles put down at a node of the shipment graph (or ready at the origin) go on call to
 * a departure and board it; a ride puts them down again, or brings them to the market.
 */
export interface BuiltGraph {
  graph: EventGraph;
  shipment: ShipmentGraph;
  layers: Layers;
  /** Per node: putDown, boarding or sink. */
  kind: Uint8Array;
  /** Per node: node of the shipment graph; for a boarding the place where it is boarded. */
  at: Int32Array;
  time: Int32Array;
  layer: Int8Array;
  /** Per boarding node: row of the departure. */
  row: Int32Array;
  /** Per arc: the shipment graph's arc of a ride; -1 for a transfer. */
  ride: Int32Array;
  tariff: Int16Array;
  /** Node of each lot of `spec.ready` (the last node, which leads nowhere, for a lot without a way), and its sink. */
  sources: Int32Array;
  sinks: Int32Array;
  spec: EventSpec;
  /** What its transfers were looked for in. */
  scope: TransferScope;
}

interface Class {
  /** Departures boarded together: same service, stop, node and lead. */
  service: number;
  node: number;
  from: number;
  lead: number;
  windowFrom: number;
  windowUntil: number;
  arcs: number[];
  /** Least that is left to pay from where its rides end, fen. */
  nearest: number;
  /** Event node of each row and layer; -1 not made yet. */
  made: Int32Array;
}

/** Growing columns of the graph under construction. */
class Columns {
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

/** More than the minutes of any horizon: packs a state and a minute into one key. */
const minutesRoom = 2 ** 23;
/** Room for waiting, storage and thin timetables above the undated cost, CNY, where ways are left out before their dates are known. */
const waitingRoomCny = 3000;
/** Most nodes of one event graph. */
const nodesRoom = 2 ** 24;

/**
 * Lays out everything that the lots of one cargo, plant and market can do: an exact copy of what the route search looks at, except that later and dearer departures
 * stay in, because earlier ones may be full. Left out is only what no plan would use: waits longer than the limit, and ways dearer than leaving the vehicle behind.
 */
export function buildEventGraph(shipment: ShipmentGraph, book: CapacityBook, spec: EventSpec): BuiltGraph {
  const { network, terms } = shipment;
  const { load } = terms;
  const layers = dutyLayers(shipment);
  const layerCount = layers.rates.length + 1;
  const base = Math.min(...spec.ready);
  const start = base - 1;

  // Amount of a service's slot unit that one vehicle takes on each leg.
  const slots = new Float64Array(shipment.arcCount);
  for (let a = 0; a < shipment.arcCount; a++)
    if (shipment.kind[a] === legArc) {
      const service = network.legService[shipment.ref[a]!]!;
      slots[a] = amountOf(load, shipment.nodeForm[shipment.tail[a]!]!, book.unit(service));
    }
  const costs = staticCosts(shipment, new Set(spec.at ?? [shipment.source]));
  const least = Math.max(0, ...(spec.at ?? [shipment.source]).map((n) => costs.toTarget[n] ?? 0).filter(Number.isFinite));
  const most = spec.worthCny === undefined ? least + (spec.marginCny + waitingRoomCny) * 100 : Math.max(least, spec.worthCny * 100);
  const allow = arcsWithin(shipment, costs, most);
  const origins = new Set(spec.at ?? [shipment.source]);
  const scope: TransferScope = { allow, arcFen: costs.arc, isPlain: spec.isNearer, toTarget: costs.toTarget, origins };
  const search = new TransferSearch(shipment, book, layers, (arc) => slots[arc]!, scope);
  const tariffed: (Tariffed[] | undefined)[] = [];
  const shared: RideLimits[] = [];
  const classesAt: (Class[] | undefined)[] = Array.from({ length: shipment.nodeCount }, () => undefined);
  for (let a = 0; a < shipment.arcCount; a++) {
    if (shipment.kind[a] !== legArc || allow[a] === 0 || Number.isNaN(slots[a]!)) continue;
    const leg = shipment.ref[a]!;
    const service = network.legService[leg]!;
    if (network.terms[service]!.onDemand) continue;
    tariffed[a] = tariffsOf(shipment, a);
    shared[a] = rideLimits(book, shipment, a);
    const node = shipment.tail[a]!;
    const [from, lead] = [network.legFrom[leg]!, shipment.lead[a]!];
    const [windowFrom, windowUntil] = [shipment.windowFrom[a]!, shipment.windowUntil[a]!];
    const classes = (classesAt[node] ??= []);
    const same = classes.find(
      (c) => c.service === service && c.from === from && c.lead === lead && c.windowFrom === windowFrom && c.windowUntil === windowUntil,
    );
    const left = costs.toTarget[shipment.head[a]!]!;
    if (same !== undefined) {
      same.arcs.push(a);
      same.nearest = Math.min(same.nearest, left);
    } else {
      const made = new Int32Array(network.departureCount[service]! * layerCount).fill(-1);
      classes.push({ service, node, from, lead, windowFrom, windowUntil, arcs: [a], nearest: left, made });
    }
  }

  // Nodes in order of discovery; they are numbered anew in the order in which they are looked at, which is that of time.
  const kind: number[] = [];
  const at: number[] = [];
  const time: number[] = [];
  const layer: number[] = [];
  const row: number[] = [];
  const classOf: (Class | undefined)[] = [];
  const queue = new FlatQueue<number>();
  const known = new Map<number, number>();
  const node = (what: number, where: number, minute: number, l: number, departure: number, boards: Class | undefined): number => {
    const id = kind.length;
    kind.push(what);
    at.push(where);
    time.push(minute);
    layer.push(l);
    row.push(departure);
    classOf.push(boards);
    queue.push(id, (minute - start) * nodesRoom + id);
    return id;
  };
  const event = (where: number, minute: number, l: number): number => {
    const key = (where * layerCount + l + 1) * minutesRoom + (minute - start);
    let id = known.get(key);
    if (id === undefined) known.set(key, (id = node(putDown, where, minute, l, -1, undefined)));
    return id;
  };
  const places = spec.at ?? spec.ready.map(() => shipment.source);
  const lots = spec.ready.map((minute, i) => (places[i]! < 0 ? -1 : event(places[i]!, minute, -1)));
  const sources = new Map(lots.map((id) => [id, true]));

  const columns = new Columns();
  const order: number[] = [];
  const nobody: Class[] = [];
  const placeOf: number[] = [];
  const firstArc: number[] = [0];
  const done = (id: number) => placeOf[id] !== undefined;
  const horizon = terms.horizonMinute;
  const fixed = shipment.insuranceFen + shipment.creditFen;

  const close = (fen: number, grams: number, uses: readonly Use[]): readonly Use[] => {
    if (book.co2e < 0 && book.cost < 0) return uses;
    const more = [...uses];
    if (book.co2e >= 0) more.push({ resource: book.co2e, amount: grams / 1e6 });
    if (book.cost >= 0) more.push({ resource: book.cost, amount: fen / 100 });
    return merged(more);
  };

  /** Ways offered from the node at hand to each head: `lastOf[head]` is a place in the columns if it lies beyond `first`. */
  const lastOf: number[] = [];
  const before: number[] = [];
  /** The ways on from vehicles put down (or ready): on call to departures, or to the market. */
  const leave = (id: number) => {
    const [yard, since, l] = [at[id]!, time[id]!, layer[id]!];
    const isSource = sources.has(id);
    const longest = isSource ? spec.mostWait : spec.mostWaitBetween;
    // These may be waited for however long it takes.
    const always = isSource ? 1 : 2;
    const firstOwn = columns.arcs;
    const offer = (to: number, fen: number, grams: number, own: readonly Use[]) => {
      if (done(to)) return;
      const uses = close(fen, grams, isSource ? merged([...own, ...book.perVehicle]) : own);
      for (let other = lastOf[to] ?? -1; other >= firstOwn; other = before[other] ?? -1)
        if (columns.cost[other]! * 100 <= fen + 1e-6 && columns.covers(other, uses)) return;
      before[columns.arcs] = lastOf[to] ?? -1;
      lastOf[to] = columns.arcs;
      columns.add(to, fen, -1, -1, uses);
    };
    const board = (transfer: Transfer, begin: number) => {
      const status = shipment.nodeStatus[transfer.node]!;
      const ready = begin + transfer.time;
      if (ready > horizon) return;
      const fen = transfer.fen + (isSource ? fixed : 0) + (transfer.isCleared ? shipment.rebatePerMinute * (begin - since) : 0);
      if (transfer.node === shipment.target) {
        const total = fen + standingFen(shipment, yard, since, transfer.shift, ready, status);
        const own = joined(usesOfCalls(book, transfer.uses, begin), standingUses(book, shipment, yard, since, begin));
        offer(event(shipment.target, ready, -1), total, transfer.grams, own);
        return;
      }
      for (const boards of classesAt[transfer.node] ?? nobody) {
        const { service } = boards;
        if (spec.isNearer && boards.nearest >= costs.toTarget[yard]! - transfer.workFen) continue;
        const width = network.terms[service]!.runs.length;
        const first = network.timesStart[service]! + boards.from;
        const earliest = Math.max(ready + boards.lead, boards.windowFrom);
        const latest = Math.min(boards.windowUntil, horizon);
        const rows = network.departureCount[service]!;
        const ordered = network.inOrder[service] === 1;
        const limit = earliest + longest;
        let seen = 0;
        for (let r = ordered ? firstRow(network.depart, first, width, rows, earliest) : 0; r < rows; r++) {
          const minute = network.depart[first + r * width]!;
          if (minute < earliest) continue;
          if (minute > latest || (minute > limit && seen >= always)) {
            if (ordered) break;
            continue;
          }
          seen++;
          // Called forward when they are needed: hubs and trucks are used just in time for the departure.
          const called = minute - boards.lead - transfer.time;
          const own = joined(usesOfCalls(book, transfer.uses, called), standingUses(book, shipment, yard, since, called));
          const place = r * layerCount + transfer.layer + 1;
          let to = boards.made[place]!;
          if (to < 0) to = boards.made[place] = node(boarding, transfer.node, minute, transfer.layer, r, boards);
          offer(to, fen + standingFen(shipment, yard, since, transfer.shift, minute, status), transfer.grams, own);
        }
      }
    };
    for (const transfer of search.run(yard, since, l)) board(transfer, since);
    // What leads to the market without a departure can be done a week later, when trucks or a hub are full this week.
    for (let later = 10_080; later <= longest && since + later <= horizon; later += 10_080) {
      let isLimited = false;
      for (const transfer of search.run(yard, since + later, l)) {
        if (transfer.node !== shipment.target || !transfer.uses.some((use) => use.kind !== "limit")) continue;
        isLimited = true;
        board(transfer, since + later);
      }
      if (!isLimited) break;
    }
  };

  /** The rides of a departure from where it was boarded. */
  const ride = (id: number) => {
    const { service, from, lead, arcs } = classOf[id]!;
    const r = row[id]!;
    const width = network.terms[service]!.runs.length;
    const first = network.timesStart[service]! + r * width;
    const depart = time[id]!;
    const status = shipment.nodeStatus[at[id]!]!;
    for (const arc of arcs) {
      const to = network.legTo[shipment.ref[arc]!]!;
      const arrival = network.arrive[first + to]!;
      const minute = arrival + shipment.after[arc]!;
      if (minute > horizon || minute < depart) continue;
      const perMinute = shipment.capitalPerMinute + shipment.currencyPerMinute - (status === 0 ? 0 : shipment.rebatePerMinute);
      const uses: Use[] = [
        ...limitUses(book, shipment, arc, slots[arc]!),
        ...handlingUses(book, shipment, arc, depart, arrival),
        ...rideUses(book, shared[arc]!, depart, (stop) => network.arrive[first + stop]!),
        // At the terminal from the cut-off on, and after the arrival until they can be collected.
        ...standingUses(book, shipment, at[id]!, depart - lead, depart),
        ...standingUses(book, shipment, shipment.head[arc]!, arrival, minute),
      ];
      for (let run = from + 1; run <= to; run++) {
        const resource = book.departure(service, r, run);
        if (resource >= 0) uses.push({ resource, amount: slots[arc]! });
      }
      for (const { tariff, fen, dutiable } of tariffed[arc]!) {
        const own = tariff < 0 ? -1 : book.tariff(service, r, tariff);
        const all = merged(own < 0 ? uses : [...uses, { resource: own, amount: slots[arc]! }]);
        for (const next of layersOf(shipment, layers, arc, layer[id]!, minute)) {
          const head = event(shipment.head[arc]!, minute, shipment.head[arc] === shipment.target ? -1 : next);
          if (done(head)) continue;
          const total = fen + (next < 0 ? 0 : layers.rates[next]! * dutiable) + perMinute * (minute - depart);
          columns.add(head, total, arc, tariff, close(total, shipment.co2[arc]!, all));
        }
      }
    }
  };

  // Sinks come after everything else.
  const arrivals: number[] = [];
  while (queue.length > 0) {
    const id = queue.pop()!;
    placeOf[id] = order.length;
    order.push(id);
    guardSize("arcs", columns.arcs);
    if (kind[id] === boarding) ride(id);
    else if (at[id] === shipment.target) arrivals.push(order.length - 1);
    else leave(id);
    firstArc.push(columns.arcs);
  }
  return finish({ shipment, layers, spec, scope, columns, order, placeOf, firstArc, kind, at, time, layer, row, lots, arrivals });
}

/** One use for each resource; most vehicles stand where no yard limits them, so that there is nothing to join. */
function joined(uses: readonly Use[], more: readonly Use[]): readonly Use[] {
  return more.length === 0 ? uses : uses.length === 0 ? more : merged([...uses, ...more]);
}

/** First row of an ordered timetable that leaves at or after a minute. */
function firstRow(depart: Int32Array, first: number, width: number, rows: number, minute: number): number {
  let low = 0;
  let high = rows;
  while (low < high) {
    const mid = (low + high) >> 1;
    if (depart[first + mid * width]! < minute) low = mid + 1;
    else high = mid;
  }
  return low;
}

interface Draft {
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
function finish(draft: Draft): BuiltGraph {
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

/** Least cost from the lots to the market without any limit, by lot; Infinity where there is no way. */
export function leastCosts(built: BuiltGraph): Float64Array {
  const { graph, sources, sinks } = built;
  const costs = new Float64Array(sources.length).fill(Number.POSITIVE_INFINITY);
  const bySink = new Map<number, number[]>();
  sinks.forEach((s, lot) => bySink.set(s, [...(bySink.get(s) ?? []), lot]));
  const rest = new Float64Array(graph.nodeCount);
  for (const [s, lots] of bySink) {
    rest.fill(Number.POSITIVE_INFINITY);
    rest[s] = 0;
    for (let n = s - 1; n >= 0; n--)
      for (let a = graph.firstArc[n]!; a < graph.firstArc[n + 1]!; a++)
        rest[n] = Math.min(rest[n]!, graph.costCny[a]! + rest[graph.head[a]!]!);
    for (const lot of lots) costs[lot] = rest[sources[lot]!]!;
  }
  return costs;
}
