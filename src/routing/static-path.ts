import { distancesOver } from "./distances.ts";
import { MinHeap } from "./heap.ts";
import { type LandmarkTables, prepareLandmarks } from "./landmarks.ts";
import { reverse, type StaticGraph } from "./static-graph.ts";

export { graphFromArcs, type IndexedGraph, reverse, type StaticGraph } from "./static-graph.ts";

export interface ShortestPath {
  /** Sum of the arc weights, added in travel order. */
  weight: number;
  /** Nodes from origin to destination, both included. */
  nodes: number[];
}

/** Work done since the finder was made; set a field to 0 to start anew. */
export interface PathCounters {
  /** Nodes taken for good from a queue by point-to-point searches. */
  settled: number;
  /** Queue entries made by point-to-point searches. */
  pushed: number;
}

export interface PathFinder {
  readonly graph: StaticGraph;
  readonly counters: PathCounters;
  /** The lightest path, or null. Equal paths: always the same one for the same graph. */
  shortestPath(from: number, to: number): ShortestPath | null;
  /** Weight from the source to every node, Infinity where unreachable; into `out` if given. */
  distancesFrom(source: number, out?: Float64Array): Float64Array;
  /** Weight from every node to the target (reverse search): the lower bounds of the multi-criteria search. */
  distancesTo(target: number, out?: Float64Array): Float64Array;
  /** A finder over the same graph whose searches are guided by this many landmarks: pays from a few dozen queries on. */
  withLandmarks(count: number): PathFinder;
}

/** Landmark tables that one query looks at: the rest rarely raises a bound and costs a cache line a node. */
const ACTIVE_TABLES = 4;

/** Sides of the search; what there is twice a node stands side by side, forward first. */
const FORWARD = 0;
const BACKWARD = 1;
/**
 * All that a search writes about a node lies in one record of 32 bytes, so that a step costs one cache miss and not
 * three: distances at numbers[4 * node + side], parents at integers[8 * node + PARENT + side], then the state.
 */
const PARENT = 4;
const STATE = 6;
/** Flags of a node in the running query, below its number in `state`: met by a side (1 << side), settled. */
const SETTLED = 4;
const FLAGS = 8;
const LAST_QUERY = Math.floor(0x7fffffff / FLAGS) - 1;

/** Point-to-point and one-to-all searches over a frozen graph. Not re-entrant; one finder a thread. */
export function createPathFinder(graph: StaticGraph): PathFinder {
  return new BidirectionalFinder(graph, reverse(graph), null);
}

/**
 * New bidirectional A* (NBA*; Pijls and Post 2009): two searches share one set of settled nodes, so that each node is
 * expanded once in all, and a node is dropped when this side's distance plus the other side's frontier cannot beat
 * the best path so far. With bounds of zero it is a bidirectional Dijkstra, with landmark bounds a bidirectional ALT;
 * both are exact because the bounds are consistent. With weights that are no integers the answer may be off the
 * optimum by rounding (1e-15 of its size). Memory: 32 bytes a node, with landmarks 16 more and 16 a landmark.
 */
class BidirectionalFinder implements PathFinder {
  readonly counters: PathCounters = { settled: 0, pushed: 0 };
  private readonly heaps = [new MinHeap(), new MinHeap()] as const;
  /** A state is query * FLAGS + flags: that of an older query counts as untouched, so that nothing is ever cleared. */
  private readonly integers: Int32Array;
  private readonly numbers: Float64Array;
  /** Lower bound on what is left to each side's goal; empty without landmarks. */
  private readonly bound: Float64Array;
  private query = 0;
  private meetingNode = -1;
  private activeCount = 0;
  private readonly active: Float64Array[] = [];
  /** Table entry of origin and destination for each active table. */
  private readonly atOrigin = new Float64Array(ACTIVE_TABLES);
  private readonly atDestination = new Float64Array(ACTIVE_TABLES);

  constructor(
    readonly graph: StaticGraph,
    private readonly reversed: StaticGraph,
    private readonly landmarks: LandmarkTables | null,
  ) {
    this.numbers = new Float64Array(4 * graph.nodeCount);
    this.integers = new Int32Array(this.numbers.buffer);
    this.bound = new Float64Array(landmarks === null ? 0 : 2 * graph.nodeCount);
  }

  withLandmarks(count: number): PathFinder {
    const tables = prepareLandmarks(this.graph, this.reversed, count, this.heaps[FORWARD]);
    return new BidirectionalFinder(this.graph, this.reversed, tables);
  }

  distancesFrom(source: number, out = new Float64Array(this.graph.nodeCount)): Float64Array {
    return distancesOver(this.graph, source, out, this.heaps[FORWARD]);
  }

  distancesTo(target: number, out = new Float64Array(this.graph.nodeCount)): Float64Array {
    return distancesOver(this.reversed, target, out, this.heaps[BACKWARD]);
  }

  shortestPath(from: number, to: number): ShortestPath | null {
    if (from === to) return { weight: 0, nodes: [from] };
    this.startQuery();
    this.activateTables(from, to);
    this.open(FORWARD, from);
    this.open(BACKWARD, to);
    this.search();
    return this.meetingNode === -1 ? null : this.joinPath(from, to);
  }

  private startQuery(): void {
    if (++this.query > LAST_QUERY) {
      this.integers.fill(0);
      this.query = 1;
    }
    this.heaps[FORWARD].clear();
    this.heaps[BACKWARD].clear();
    this.meetingNode = -1;
  }

  private open(side: number, node: number): void {
    let bound = 0;
    if (this.activeCount > 0) {
      this.computeBounds(node);
      bound = this.bound[2 * node + side]!;
    }
    this.numbers[4 * node + side] = 0;
    this.integers[8 * node + PARENT + side] = -1;
    this.integers[8 * node + STATE] = this.query * FLAGS + (1 << side);
    // An infinite bound proves that there is no path; the empty queue ends the search.
    if (bound < Infinity) this.heaps[side]!.push(bound, node);
  }

  /**
   * Advances the two sides until they cannot improve on the best path. One loop for both with everything in locals:
   * a call for each settled node costs a twentieth more.
   */
  private search(): void {
    const { integers, numbers, bound, graph, reversed } = this;
    const [forward, backward] = this.heaps;
    const untouched = this.query * FLAGS;
    const isGuided = this.activeCount > 0;
    // Key of each side's last pop: no path that it has still to find is lighter.
    let forwardFrontier = forward.topKey;
    let backwardFrontier = backward.topKey;
    let bestWeight = Infinity;
    let settled = 0;
    let pushed = 0;
    while (forward.size > 0 && backward.size > 0) {
      // The smaller queue is the cheaper one to advance; either order is exact.
      const side = forward.size <= backward.size ? FORWARD : BACKWARD;
      const other = 1 - side;
      const heap = side === FORWARD ? forward : backward;
      const { offsets, heads, weights } = side === FORWARD ? graph : reversed;
      const otherFrontier = side === FORWARD ? backwardFrontier : forwardFrontier;
      const key = heap.topKey;
      // Without bounds the keys are distances, and all later ones fall with this one.
      if (key >= bestWeight || (!isGuided && key + otherFrontier >= bestWeight)) break;
      const node = heap.pop();
      if ((integers[8 * node + STATE]! & SETTLED) !== 0) continue;
      integers[8 * node + STATE]! |= SETTLED;
      settled++;
      if (side === FORWARD) forwardFrontier = key;
      else backwardFrontier = key;
      const here = numbers[4 * node + side]!;
      if (isGuided && here + otherFrontier - bound[2 * node + other]! >= bestWeight) continue;
      for (let slot = offsets[node]!, end = offsets[node + 1]!; slot < end; slot++) {
        const head = heads[slot]!;
        const there = here + weights[slot]!;
        let flags = integers[8 * head + STATE]! - untouched;
        if (flags < 0) {
          flags = 0;
          integers[8 * head + STATE] = untouched;
          if (isGuided) this.computeBounds(head);
        } else if ((flags & SETTLED) !== 0 || ((flags & (1 << side)) !== 0 && there >= numbers[4 * head + side]!)) continue;
        const estimate = isGuided ? there + bound[2 * head + side]! : there;
        const otherBound = isGuided ? bound[2 * head + other]! : 0;
        // What would be dropped when it is taken need not go in.
        if (estimate >= bestWeight || there + otherFrontier - otherBound >= bestWeight) continue;
        integers[8 * head + STATE] = untouched + (flags | (1 << side));
        integers[8 * head + PARENT + side] = node;
        numbers[4 * head + side] = there;
        pushed++;
        heap.push(estimate, head);
        if ((flags & (1 << other)) !== 0 && there + numbers[4 * head + other]! < bestWeight) {
          bestWeight = there + numbers[4 * head + other]!;
          this.meetingNode = head;
        }
      }
    }
    this.counters.settled += settled;
    this.counters.pushed += pushed;
  }

  /** Picks the tables that bound this very query best. */
  private activateTables(from: number, to: number): void {
    this.activeCount = 0;
    if (this.landmarks === null) return;
    const gains: number[] = [];
    for (const table of this.landmarks.tables) {
      const gain = table[to]! - table[from]!;
      if (!(gain > 0)) continue;
      let place = Math.min(this.activeCount, ACTIVE_TABLES - 1);
      if (this.activeCount === ACTIVE_TABLES && gain <= gains[place]!) continue;
      while (place > 0 && gains[place - 1]! < gain) {
        gains[place] = gains[place - 1]!;
        this.active[place] = this.active[place - 1]!;
        place--;
      }
      gains[place] = gain;
      this.active[place] = table;
      this.activeCount = Math.min(this.activeCount + 1, ACTIVE_TABLES);
    }
    for (let i = 0; i < this.activeCount; i++) {
      this.atOrigin[i] = this.active[i]![from]!;
      this.atDestination[i] = this.active[i]![to]!;
    }
  }

  /** Both lower bounds of a node: to the destination for the forward side, from the origin for the backward side. */
  private computeBounds(node: number): void {
    let toDestination = 0;
    let fromOrigin = 0;
    for (let i = 0; i < this.activeCount; i++) {
      const entry = this.active[i]![node]!;
      // Infinity - Infinity is NaN and fails both comparisons: no bound from this table.
      const ahead = this.atDestination[i]! - entry;
      const behind = entry - this.atOrigin[i]!;
      if (ahead > toDestination) toDestination = ahead;
      if (behind > fromOrigin) fromOrigin = behind;
    }
    this.bound[2 * node + FORWARD] = toDestination;
    this.bound[2 * node + BACKWARD] = fromOrigin;
  }

  private joinPath(from: number, to: number): ShortestPath {
    const nodes: number[] = [];
    const parentOf = (node: number, side: number): number => this.integers[8 * node + PARENT + side]!;
    for (let node = this.meetingNode; node !== -1; node = parentOf(node, FORWARD)) nodes.push(node);
    nodes.reverse();
    for (let node = parentOf(this.meetingNode, BACKWARD); node !== -1; node = parentOf(node, BACKWARD)) nodes.push(node);
    if (nodes[0] !== from || nodes[nodes.length - 1] !== to) throw new Error("path does not join its ends");
    let weight = 0;
    for (let i = 1; i < nodes.length; i++) weight += lightestArc(this.graph, nodes[i - 1]!, nodes[i]!);
    return { weight, nodes };
  }
}

/** Weight of the lightest of the parallel arcs between two neighbours. */
function lightestArc(graph: StaticGraph, tail: number, head: number): number {
  let lightest = Infinity;
  for (let slot = graph.offsets[tail]!; slot < graph.offsets[tail + 1]!; slot++) {
    if (graph.heads[slot] === head && graph.weights[slot]! < lightest) lightest = graph.weights[slot]!;
  }
  return lightest;
}
