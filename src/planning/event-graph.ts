import FlatQueue from "flatqueue";
import { type ShipmentGraph, legArc } from "../routing/index.ts";
import { type BuiltGraph, type EventSpec, boarding, putDown } from "./built-graph.ts";
import { type CapacityBook, type Use, amountOf } from "./capacity.ts";
import { Columns, finish } from "./event-draft.ts";
import { dutyLayers, layersOf } from "./duty-layers.ts";
import { guardSize } from "./guard.ts";
import { arcsWithin, staticCosts } from "./nearer.ts";
import { type RideLimits, rideLimits, rideUses, standingUses } from "./shared-limits.ts";
import { type Tariffed, tariffsOf } from "./tariffs.ts";
import { type Transfer, type TransferScope, TransferSearch, standingFen } from "./transfers.ts";
import { handlingUses, joined, limitUses, merged, usesAtMinutes } from "./uses.ts";

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

/** More than the minutes of any horizon: packs a state and a minute into one key. */
const minutesRoom = 2 ** 23;
/** Room for waiting, storage and thin timetables above the undated cost, CNY, where ways are left out before their dates are known. */
const waitingRoomCny = 3000;
/** Most nodes of one event graph. */
const nodesRoom = 2 ** 24;

/**
 * Lays out everything that the lots of one cargo, plant and market can do: an exact copy of what the route search looks at, except that later and dearer departures
 * stay in, because earlier ones may be full. Left out is only what no plan would use: waits longer than the limit, and ways dearer than leaving the vehicle behind.
 * @param columns room for the work; those of another graph save it from growing.
 */
export function buildEventGraph(shipment: ShipmentGraph, book: CapacityBook, spec: EventSpec, columns = new Columns()): BuiltGraph {
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

  columns.clear();
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

  /** Last way offered to each head: of the node at hand, if it is not older than its first. */
  const lastOf: number[] = [];
  /** The way offered before to the same head, for each way of the node at hand. */
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
      for (let other = lastOf[to] ?? -1; other >= firstOwn; other = before[other - firstOwn]!)
        if (columns.cost[other]! * 100 <= fen + 1e-6 && columns.covers(other, uses)) return;
      before[columns.arcs - firstOwn] = lastOf[to] ?? -1;
      lastOf[to] = columns.arcs;
      columns.add(to, fen, -1, -1, uses);
    };
    const board = (transfer: Transfer, begin: number) => {
      const status = shipment.nodeStatus[transfer.node]!;
      const usesAt = usesAtMinutes(book, transfer.uses);
      const ready = begin + transfer.time;
      if (ready > horizon) return;
      const fen = transfer.fen + (isSource ? fixed : 0) + (transfer.isCleared ? shipment.rebatePerMinute * (begin - since) : 0);
      if (transfer.node === shipment.target) {
        const total = fen + standingFen(shipment, yard, since, transfer.shift, ready, status);
        const own = joined(usesAt(begin), standingUses(book, shipment, yard, since, begin));
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
          const own = joined(usesAt(called), standingUses(book, shipment, yard, since, called));
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
