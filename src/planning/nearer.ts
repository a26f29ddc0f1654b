import FlatQueue from "flatqueue";
import { type ShipmentGraph, exported, imported } from "../routing/index.ts";

/** What is known of a shipment graph without any timetable, in fen a vehicle. */
export interface StaticCosts {
  /** Least cost of each arc: waiting left out, time on the way counted as money tied up. */
  arc: Float64Array;
  /** Least cost from the origin to each node, and from each node to the market; Infinity where there is no way. */
  fromSource: Float64Array;
  toTarget: Float64Array;
}

/** Lower bounds by two searches over the undated graph, from any of the sources. */
export function staticCosts(graph: ShipmentGraph, sources: ReadonlySet<number>): StaticCosts {
  const { duty, terms } = graph;
  const perMinute = Math.max(0, graph.capitalPerMinute + graph.currencyPerMinute - graph.rebatePerMinute);
  const arc = new Float64Array(graph.arcCount).fill(Number.POSITIVE_INFINITY);
  const onImport = Math.min(
    ...duty.pieces.map((piece) => piece.rate * (terms.load.valueFen + graph.insuranceFen) + piece.dutyFen + piece.feeFen),
  );
  for (let a = 0; a < graph.arcCount; a++) {
    if (Number.isNaN(graph.cost[a]!)) continue;
    const imports = graph.nodeStatus[graph.tail[a]!] === exported && graph.nodeStatus[graph.head[a]!] === imported;
    const fen = graph.cost[a]! + duty.leastRate * graph.dutiable[a]! + (imports ? onImport : 0) + perMinute * graph.minimum[a]!;
    arc[a] = Math.max(0, fen);
  }
  return { arc, fromSource: distances(graph, arc, sources, false), toTarget: distances(graph, arc, new Set([graph.target]), true) };
}

function distances(graph: ShipmentGraph, weight: Float64Array, roots: ReadonlySet<number>, isReverse: boolean): Float64Array {
  const found = new Float64Array(graph.nodeCount).fill(Number.POSITIVE_INFINITY);
  const arcsOf: number[][] = Array.from({ length: graph.nodeCount }, () => []);
  for (let a = 0; a < graph.arcCount; a++) arcsOf[isReverse ? graph.head[a]! : graph.tail[a]!]!.push(a);
  const queue = new FlatQueue<number>();
  for (const root of roots) {
    if (root < 0) continue;
    found[root] = 0;
    queue.push(root, 0);
  }
  while (queue.length > 0) {
    const so = queue.peekValue()!;
    const node = queue.pop()!;
    if (so > found[node]!) continue;
    for (const a of arcsOf[node]!) {
      const next = isReverse ? graph.tail[a]! : graph.head[a]!;
      const fen = so + weight[a]!;
      if (fen < found[next]!) {
        found[next] = fen;
        queue.push(next, fen);
      }
    }
  }
  return found;
}

/** Arcs on some undated way from origin to market that costs at most `mostFen`: 1, else 0. */
export function arcsWithin(graph: ShipmentGraph, costs: StaticCosts, mostFen: number): Uint8Array {
  const within = new Uint8Array(graph.arcCount);
  for (let a = 0; a < graph.arcCount; a++)
    if (Number.isFinite(costs.arc[a]!) && costs.fromSource[graph.tail[a]!]! + costs.arc[a]! + costs.toTarget[graph.head[a]!]! <= mostFen)
      within[a] = 1;
  return within;
}
