/**
 * A frozen directed graph in compressed rows: arcs of node v occupy slots offsets[v] .. offsets[v + 1] - 1.
 * 12 bytes an arc and 4 a node; graphs of objects need 15-24 times that (performance study, section A).
 */
export interface StaticGraph {
  readonly nodeCount: number;
  /** nodeCount + 1 entries, not decreasing, from 0 to the number of arcs. */
  readonly offsets: Int32Array;
  /** Head node of each arc slot. */
  readonly heads: Int32Array;
  /** Weight of each arc slot: finite, not negative, in whatever unit the caller adds up. */
  readonly weights: Float64Array;
}

/** A graph that remembers where its arcs came from. */
export interface IndexedGraph extends StaticGraph {
  /** For each arc slot the index of the arc it was built from: permutes further weight arrays, names parallel arcs. */
  readonly arcs: Int32Array;
}

/**
 * Builds the rows from lists of arcs by counting sort, O(nodes + arcs). Stable: the arcs of a node keep the order
 * given. Loops and parallel arcs are kept.
 */
export function graphFromArcs(
  nodeCount: number,
  tails: ArrayLike<number>,
  heads: ArrayLike<number>,
  weights: ArrayLike<number>,
): IndexedGraph {
  const arcCount = tails.length;
  if (heads.length !== arcCount || weights.length !== arcCount) {
    throw new RangeError(`arc lists differ in length: ${arcCount} tails, ${heads.length} heads, ${weights.length} weights`);
  }
  const offsets = new Int32Array(nodeCount + 1);
  for (let arc = 0; arc < arcCount; arc++) {
    const tail = tails[arc]!;
    const head = heads[arc]!;
    const weight = weights[arc]!;
    if (!(tail >= 0 && tail < nodeCount && head >= 0 && head < nodeCount)) {
      throw new RangeError(`arc ${arc} joins ${tail} and ${head}, outside 0..${nodeCount - 1}`);
    }
    if (!(weight >= 0 && weight < Infinity)) {
      throw new RangeError(`arc ${arc} weighs ${weight}; weights must be finite and not negative`);
    }
    offsets[tail + 1]!++;
  }
  for (let node = 0; node < nodeCount; node++) offsets[node + 1]! += offsets[node]!;
  const next = offsets.slice(0, nodeCount);
  const graph = {
    nodeCount,
    offsets,
    heads: new Int32Array(arcCount),
    weights: new Float64Array(arcCount),
    arcs: new Int32Array(arcCount),
  };
  for (let arc = 0; arc < arcCount; arc++) {
    const slot = next[tails[arc]!]!++;
    graph.heads[slot] = heads[arc]!;
    graph.weights[slot] = weights[arc]!;
    graph.arcs[slot] = arc;
  }
  return graph;
}

/** The same arcs turned round; `arcs` holds each one's slot in the given graph. O(nodes + arcs). */
export function reverse(graph: StaticGraph): IndexedGraph {
  const tails = new Int32Array(graph.heads.length);
  for (let node = 0; node < graph.nodeCount; node++) {
    tails.fill(node, graph.offsets[node]!, graph.offsets[node + 1]!);
  }
  return graphFromArcs(graph.nodeCount, graph.heads, tails, graph.weights);
}
