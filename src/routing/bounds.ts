import { MinHeap } from "./heap.ts";
import { type ShipmentGraph, imported, operationArc } from "./shipment-graph.ts";
import { operationKinds } from "../model/index.ts";

const importClearance = operationKinds.indexOf("import-clearance");

/** Least cost (fen), minutes and grams from every node to the target, over the allowed arcs; Infinity where there is no way. */
export interface Bounds {
  cost: Float64Array;
  minutes: Float64Array;
  co2: Float64Array;
}

const heap = new MinHeap();

/** Incoming arcs in rows by head; built once a graph. */
export interface Incoming {
  start: Int32Array;
  arcs: Int32Array;
}

export function incomingArcs(graph: ShipmentGraph): Incoming {
  const start = new Int32Array(graph.nodeCount + 1);
  for (let a = 0; a < graph.arcCount; a++) start[graph.head[a]! + 1]!++;
  for (let n = 0; n < graph.nodeCount; n++) start[n + 1]! += start[n]!;
  const place = start.slice();
  const arcs = new Int32Array(graph.arcCount);
  for (let a = 0; a < graph.arcCount; a++) arcs[place[graph.head[a]!]!++] = a;
  return { start, arcs };
}

/** Lower bound of what an arc adds to the cost: its cost, and the least duty that it brings about. */
export function costBounds(graph: ShipmentGraph): Float64Array {
  const { duty } = graph;
  const weights = new Float64Array(graph.arcCount);
  for (let a = 0; a < graph.arcCount; a++) {
    let fen = graph.cost[a]!;
    if (graph.dutiable[a]! > 0) fen += Math.floor(duty.leastRate * graph.dutiable[a]!) - 1;
    if (graph.nodeStatus[graph.head[a]!] === imported && graph.nodeStatus[graph.tail[a]!] !== imported) fen += Math.max(0, duty.leastFen - 1);
    weights[a] = Number.isNaN(fen) ? Number.POSITIVE_INFINITY : Math.max(0, fen);
  }
  return weights;
}

function reverseSearch(graph: ShipmentGraph, incoming: Incoming, weights: Float64Array | Int32Array, allow: Uint8Array | undefined, out: Float64Array): void {
  out.fill(Number.POSITIVE_INFINITY);
  heap.clear();
  out[graph.target] = 0;
  heap.push(0, graph.target);
  while (heap.size > 0) {
    const key = heap.topKey;
    const node = heap.pop();
    if (key > out[node]!) continue;
    for (let p = incoming.start[node]!; p < incoming.start[node + 1]!; p++) {
      const arc = incoming.arcs[p]!;
      if (allow !== undefined && allow[arc] === 0) continue;
      const distance = key + weights[arc]!;
      const before = graph.tail[arc]!;
      if (distance < out[before]!) {
        out[before] = distance;
        heap.push(distance, before);
      }
    }
  }
}

export function makeBounds(graph: ShipmentGraph): Bounds {
  return { cost: new Float64Array(graph.nodeCount), minutes: new Float64Array(graph.nodeCount), co2: new Float64Array(graph.nodeCount) };
}

/** Three reverse Dijkstra searches. Returns false at once when the source cannot reach the target over the allowed arcs. */
export function fillBounds(graph: ShipmentGraph, incoming: Incoming, costs: Float64Array, allow: Uint8Array | undefined, bounds: Bounds): boolean {
  reverseSearch(graph, incoming, costs, allow, bounds.cost);
  if (bounds.cost[graph.source] === Number.POSITIVE_INFINITY) return false;
  reverseSearch(graph, incoming, graph.minimum, allow, bounds.minutes);
  reverseSearch(graph, incoming, graph.co2, allow, bounds.co2);
  return true;
}

/** True for an arc that clears for import. */
export function isImport(graph: ShipmentGraph, arc: number): boolean {
  return graph.kind[arc] === operationArc ? graph.network.operations[graph.ref[arc]!]!.kind === importClearance : graph.kind[arc] !== 0 && graph.ref[arc] === importClearance;
}
