import { timeServices } from "../network/index.ts";
import { type ShipmentGraph, legArc } from "./state-graph.ts";

/**
 * The departures that a shipment can board, side by side for each arc: those within the arc's window and the shipment's horizon.
 * What every label asks for is then one search in a short row.
 */
export interface Boardings {
  /** 1 for a leg with departures. */
  scheduled: Uint8Array;
  /** 1 where departures do not overtake each other: they stand in order of departure and of arrival. */
  ordered: Uint8Array;
  /** Departures of arc a: `start[a]` … `start[a + 1] - 1`. */
  start: Int32Array;
  /** Minute at which each leaves the tail, and arrives at the head. */
  depart: Int32Array;
  arrive: Int32Array;
}

/** Copies the departures out of the network's timetable as it stands; those not worked out yet are now. O(departures of the legs in the graph). */
export function boardingsOf(graph: ShipmentGraph): Boardings {
  const { network, arcCount, terms } = graph;
  const services = new Set<number>();
  for (let arc = 0; arc < arcCount; arc++) if (graph.kind[arc] === legArc) services.add(network.legService[graph.ref[arc]!]!);
  timeServices(network, services);
  const scheduled = new Uint8Array(arcCount);
  const ordered = new Uint8Array(arcCount);
  const start = new Int32Array(arcCount + 1);
  let most = 0;
  for (let arc = 0; arc < arcCount; arc++) {
    if (graph.kind[arc] !== legArc) continue;
    const service = network.legService[graph.ref[arc]!]!;
    if (network.terms[service]!.onDemand) continue;
    scheduled[arc] = 1;
    ordered[arc] = network.inOrder[service]!;
    most += network.departureCount[service]!;
  }
  const depart = new Int32Array(most);
  const arrive = new Int32Array(most);
  let count = 0;
  for (let arc = 0; arc < arcCount; arc++) {
    if (scheduled[arc] === 1) {
      const leg = graph.ref[arc]!;
      const service = network.legService[leg]!;
      const width = network.terms[service]!.runs.length;
      const from = graph.windowFrom[arc]!;
      const until = Math.min(graph.windowUntil[arc]!, terms.horizonMinute);
      const first = network.timesStart[service]! + network.legFrom[leg]!;
      const ride = network.legTo[leg]! - network.legFrom[leg]!;
      const end = first + network.departureCount[service]! * width;
      for (let row = first; row < end; row += width) {
        const minute = network.depart[row]!;
        if (minute < from || minute > until) continue;
        depart[count] = minute;
        arrive[count++] = network.arrive[row + ride]!;
      }
    }
    start[arc + 1] = count;
  }
  return { scheduled, ordered, start, depart, arrive };
}

/** Place of the arc's first departure at or after `minute`; `start[arc + 1]` if none. The arc's departures must be ordered. O(log departures). */
export function firstBoarding({ start, depart }: Boardings, arc: number, minute: number): number {
  let low = start[arc]!;
  let high = start[arc + 1]!;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (depart[middle]! < minute) low = middle + 1;
    else high = middle;
  }
  return low;
}
