import type { MinHeap } from "./heap.ts";
import type { StaticGraph } from "./static-graph.ts";

/**
 * Weight of the lightest path from `source` to every node (Dijkstra 1959), Infinity where there is none, into `out`
 * (one entry a node). Stale heap entries are skipped instead of decreased: cheaper than an index on sparse graphs.
 * O(arcs log arcs). On the reversed graph the answer is the distance *to* the source.
 */
export function distancesOver(graph: StaticGraph, source: number, out: Float64Array, heap: MinHeap): Float64Array {
  const { offsets, heads, weights } = graph;
  out.fill(Infinity);
  heap.clear();
  out[source] = 0;
  heap.push(0, source);
  while (heap.size > 0) {
    const distance = heap.topKey;
    const node = heap.pop();
    if (distance > out[node]!) continue;
    for (let slot = offsets[node]!, end = offsets[node + 1]!; slot < end; slot++) {
      const head = heads[slot]!;
      const next = distance + weights[slot]!;
      if (next < out[head]!) {
        out[head] = next;
        heap.push(next, head);
      }
    }
  }
  return out;
}
