import { distancesOver } from "./distances.ts";
import { MinHeap } from "./heap.ts";
import { LabelQueue } from "./label-queue.ts";
import { Staircases } from "./staircases.ts";
import { type IndexedGraph, reverse, type StaticGraph } from "./static-graph.ts";

/** The non-dominated paths between two nodes, in lexicographic order of their criteria; no two have equal criteria. */
export interface ThreeCriteriaFront {
  readonly size: number;
  /** Three numbers a path: its totals of the three weights. */
  readonly criteria: Float64Array;
  /** Nodes of a path from origin to destination. */
  paths(index: number): number[];
  /** Arc slots of a path in the graph given: tells parallel arcs apart. */
  arcs(index: number): number[];
}

/** Work done since the search was made; set a field to 0 to start anew. */
export interface ThreeCriteriaCounters {
  /** Labels put into the queue. */
  labels: number;
  /** Labels settled: each was non-dominated at its node when taken. */
  settled: number;
  /** Extensions of settled labels by an arc, dominated or not. */
  candidates: number;
  /** Destinations whose bounds were computed (not found from the query before). */
  boundsPrepared: number;
}

export interface ThreeCriteria {
  readonly graph: StaticGraph;
  readonly counters: ThreeCriteriaCounters;
  front(from: number, to: number): ThreeCriteriaFront;
}

/**
 * Exact fronts of three criteria on a frozen graph; each weight array has one entry an arc slot. Exact whenever the
 * weights are integers (cents, minutes, grams); fractions are compared after rounding to 1e-15 of their size.
 * The answer does not depend on which criterion comes first, the work does, by about two: try the orders on real data.
 * The weights must not change afterwards: what was prepared for the last destination is kept. Not re-entrant; one search
 * a thread.
 */
export function createThreeCriteria(
  graph: StaticGraph,
  weights1: Float64Array,
  weights2: Float64Array,
  weights3: Float64Array,
): ThreeCriteria {
  return new LabelSetting(graph, [weights1, weights2, weights3]);
}

/**
 * NAMOA* with dimensionality reduction (Mandow and Pérez de la Cruz 2010; Pulido and others 2015) on reduced weights.
 *
 * Bounds: three reverse searches give h(v), the least of each criterion from v to the destination. Every arc weight is
 * replaced by w + h(head) - h(tail) >= 0, so that a label carries its estimate f = g + h and extending it is three
 * additions; arcs that cannot reach the destination vanish. Both happen once a destination.
 *
 * Order: labels leave the queue lexicographically by f, so one whose second and third estimates are no smaller than
 * those of a label settled before, at its node or at the destination, is dominated: two comparisons on a staircase. The
 * test is made when a label is born, which saves the queue, and again when it is taken.
 */
class LabelSetting implements ThreeCriteria {
  readonly counters: ThreeCriteriaCounters = { labels: 0, settled: 0, candidates: 0, boundsPrepared: 0 };
  private readonly reversed: IndexedGraph;
  private readonly reversedWeights: Float64Array[];
  private readonly bounds: Float64Array[];
  private readonly heap = new MinHeap();
  private readonly queue = new LabelQueue();
  private readonly stairs: Staircases;
  /** Rows of the arcs that lead to the destination: head, slot in the graph, three reduced weights side by side. */
  private readonly rowOffsets: Int32Array;
  private readonly rowHeads: Int32Array;
  private readonly rowSlots: Int32Array;
  private readonly rowWeights: Float64Array;
  private preparedFor = -1;

  constructor(
    readonly graph: StaticGraph,
    private readonly weights: readonly [Float64Array, Float64Array, Float64Array],
  ) {
    for (const array of weights) checkWeights(array, graph.heads.length);
    this.reversed = reverse(graph);
    this.reversedWeights = weights.map((array) => Float64Array.from(this.reversed.arcs, (slot) => array[slot]!));
    this.bounds = weights.map(() => new Float64Array(graph.nodeCount));
    this.stairs = new Staircases(graph.nodeCount);
    this.rowOffsets = new Int32Array(graph.nodeCount + 1);
    this.rowHeads = new Int32Array(graph.heads.length);
    this.rowSlots = new Int32Array(graph.heads.length);
    this.rowWeights = new Float64Array(3 * graph.heads.length);
  }

  front(from: number, to: number): ThreeCriteriaFront {
    if (to !== this.preparedFor) this.prepare(to);
    const [bound1, bound2, bound3] = this.bounds;
    const found: number[] = [];
    if (bound1![from]! < Infinity) {
      this.queue.clear();
      this.stairs.clear();
      this.queue.push(bound1![from]!, bound2![from]!, bound3![from]!, from, -1, -1);
      this.search(to, found);
    }
    return this.collect(from, found);
  }

  private prepare(to: number): void {
    const { graph, reversed, bounds, rowOffsets, rowHeads, rowSlots, rowWeights } = this;
    const { nodeCount, offsets, heads } = graph;
    for (let criterion = 0; criterion < 3; criterion++) {
      const weighted = { ...reversed, weights: this.reversedWeights[criterion]! };
      distancesOver(weighted, to, bounds[criterion]!, this.heap);
    }
    const [bound1, bound2, bound3] = bounds as [Float64Array, Float64Array, Float64Array];
    const [weights1, weights2, weights3] = this.weights;
    let row = 0;
    for (let tail = 0; tail < nodeCount; tail++) {
      rowOffsets[tail] = row;
      // Nothing leaves the destination: weights are not negative, so coming back never pays.
      if (tail === to || bound1[tail]! === Infinity) continue;
      for (let slot = offsets[tail]!; slot < offsets[tail + 1]!; slot++) {
        const head = heads[slot]!;
        if (head === tail || bound1[head]! === Infinity) continue;
        rowHeads[row] = head;
        rowSlots[row] = slot;
        // Never below zero but for rounding, which must not upset the order of the queue.
        rowWeights[3 * row] = Math.max(0, weights1[slot]! + bound1[head]! - bound1[tail]!);
        rowWeights[3 * row + 1] = Math.max(0, weights2[slot]! + bound2[head]! - bound2[tail]!);
        rowWeights[3 * row + 2] = Math.max(0, weights3[slot]! + bound3[head]! - bound3[tail]!);
        row++;
      }
    }
    rowOffsets[nodeCount] = row;
    this.preparedFor = to;
    this.counters.boundsPrepared++;
  }

  /** Settles labels until none is open; those at the destination go to `found`. */
  private search(to: number, found: number[]): void {
    const { queue, stairs, rowOffsets, rowHeads, rowSlots, rowWeights, counters } = this;
    let settled = 0;
    let candidates = 0;
    while (queue.size > 0) {
      const label = queue.pop();
      const node = queue.node[label]!;
      const f1 = queue.f1[label]!;
      const f2 = queue.f2[label]!;
      const f3 = queue.f3[label]!;
      if (stairs.isDominated(to, f2, f3)) continue;
      if (node === to) {
        stairs.add(to, f2, f3);
        found.push(label);
        continue;
      }
      if (stairs.isDominated(node, f2, f3)) continue;
      stairs.add(node, f2, f3);
      settled++;
      const end = rowOffsets[node + 1]!;
      candidates += end - rowOffsets[node]!;
      for (let row = rowOffsets[node]!; row < end; row++) {
        const next2 = f2 + rowWeights[3 * row + 1]!;
        const next3 = f3 + rowWeights[3 * row + 2]!;
        const head = rowHeads[row]!;
        if (stairs.isDominated(head, next2, next3) || stairs.isDominated(to, next2, next3)) continue;
        queue.push(f1 + rowWeights[3 * row]!, next2, next3, head, label, rowSlots[row]!);
      }
    }
    counters.labels += queue.count;
    counters.settled += settled;
    counters.candidates += candidates;
  }

  /** Copies the answer out of the label pool, which the next query overwrites. Totals are summed in travel order. */
  private collect(from: number, found: number[]): ThreeCriteriaFront {
    const { queue, graph } = this;
    const [weights1, weights2, weights3] = this.weights;
    const starts = new Int32Array(found.length + 1);
    for (let i = 0; i < found.length; i++) {
      let length = 0;
      for (let label = found[i]!; queue.parent[label] !== -1; label = queue.parent[label]!) length++;
      starts[i + 1] = starts[i]! + length;
    }
    const slots = new Int32Array(starts[found.length]!);
    const criteria = new Float64Array(3 * found.length);
    for (let i = 0; i < found.length; i++) {
      let place = starts[i + 1]!;
      for (let label = found[i]!; queue.parent[label] !== -1; label = queue.parent[label]!) slots[--place] = queue.arc[label]!;
      for (place = starts[i]!; place < starts[i + 1]!; place++) {
        const slot = slots[place]!;
        criteria[3 * i]! += weights1[slot]!;
        criteria[3 * i + 1]! += weights2[slot]!;
        criteria[3 * i + 2]! += weights3[slot]!;
      }
    }
    const arcs = (index: number): number[] => Array.from(slots.subarray(starts[index]!, starts[index + 1]!));
    const paths = (index: number): number[] => [from, ...arcs(index).map((slot) => graph.heads[slot]!)];
    return { size: found.length, criteria, paths, arcs };
  }
}

function checkWeights(weights: Float64Array, arcCount: number): void {
  if (weights.length !== arcCount) throw new RangeError(`${weights.length} weights for ${arcCount} arcs`);
  for (const weight of weights) {
    if (!(weight >= 0 && weight < Infinity)) throw new RangeError(`weight ${weight}; weights must be finite and not negative`);
  }
}
