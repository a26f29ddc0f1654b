import { distancesOver } from "./distances.ts";
import type { MinHeap } from "./heap.ts";
import type { StaticGraph } from "./static-graph.ts";

/**
 * Lower bounds by landmarks and the triangle inequality (ALT; Goldberg and Harrelson 2005): for a landmark L,
 * d(v,t) >= d(L,t) - d(L,v) and d(v,t) >= d(v,L) - d(t,L). A table is one landmark's distances in one direction,
 * its sign chosen so that table[t] - table[v] is the bound for both: d(L,v) as it is, d(v,L) negated.
 */
export interface LandmarkTables {
  readonly nodes: number[];
  /** Two for each landmark, one entry a node; infinite where there is no path. */
  readonly tables: Float64Array[];
}

/**
 * Chooses landmarks far from each other (the farthest-first rule) and fills their tables: two one-to-all searches a
 * landmark, 16 bytes a node and landmark. Fewer than `count` come back when the graph runs out of connected nodes.
 */
export function prepareLandmarks(graph: StaticGraph, reversed: StaticGraph, count: number, heap: MinHeap): LandmarkTables {
  const { nodeCount, offsets } = graph;
  const nodes: number[] = [];
  const tables: Float64Array[] = [];
  // Nearest chosen landmark of each node, along arcs or against them; infinite while none is connected to it.
  const nearest = new Float64Array(nodeCount).fill(Infinity);
  const isChosen = new Uint8Array(nodeCount);
  let next = firstNodeWithArcs(offsets, reversed.offsets);
  if (next === -1) return { nodes, tables };
  // The first candidate only leads to the rim; the node farthest from it is the first landmark.
  next = farthestFrom(next);
  while (nodes.length < count && next !== -1) {
    nodes.push(next);
    isChosen[next] = 1;
    const from = distancesOver(graph, next, new Float64Array(nodeCount), heap);
    const to = distancesOver(reversed, next, new Float64Array(nodeCount), heap);
    let far = -1;
    let unconnected = -1;
    for (let node = 0; node < nodeCount; node++) {
      const distance = Math.min(nearest[node]!, from[node]!, to[node]!);
      nearest[node] = distance;
      to[node] = -to[node]!;
      if (isChosen[node] === 1) continue;
      if (distance < Infinity) {
        if (far === -1 || distance > nearest[far]!) far = node;
      } else if (unconnected === -1 && offsets[node + 1]! > offsets[node]!) {
        unconnected = node;
      }
    }
    tables.push(from, to);
    next = unconnected !== -1 ? unconnected : far;
  }
  return { nodes, tables };

  function farthestFrom(node: number): number {
    const from = distancesOver(graph, node, new Float64Array(nodeCount), heap);
    let far = node;
    for (let other = 0; other < nodeCount; other++) {
      if (from[other]! < Infinity && from[other]! > from[far]!) far = other;
    }
    return far;
  }
}

function firstNodeWithArcs(offsets: Int32Array, reverseOffsets: Int32Array): number {
  for (let node = 0; node + 1 < offsets.length; node++) {
    if (offsets[node + 1]! > offsets[node]! || reverseOffsets[node + 1]! > reverseOffsets[node]!) return node;
  }
  return -1;
}
