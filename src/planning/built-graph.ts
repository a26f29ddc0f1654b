import type { ShipmentGraph } from "../routing/index.ts";
import type { EventGraph } from "./problem.ts";
import type { Layers } from "./duty-layers.ts";
import type { TransferScope } from "./transfers.ts";

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
