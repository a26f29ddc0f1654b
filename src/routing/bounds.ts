import { MinHeap } from "./heap.ts";
import { type ShipmentGraph, domestic, exported, imported, statusCount } from "./state-graph.ts";
import { rebateFen } from "./weigh.ts";

/** At most so many points bound what can follow a state; on networks too large for that, two. */
const mostPoints = 8;
export const largeNetwork = 5000;

/**
 * What can follow a state at best, times left out: least minutes and grams (Infinity where there is no way), and the non-dominated pairs of cost (fen) and grams, by cost.
 * One ideal point of least cost and least grams would promise what no single way keeps.
 */
export interface Bounds {
  minutes: Float64Array;
  /** Worked out only where the points of a state run out. */
  co2: Float64Array;
  /** Points of state s: `pointCost[s * points]` … with `pointCount[s]` of them. */
  points: number;
  pointCount: Uint8Array;
  pointCost: Float64Array;
  pointCo2: Float64Array;
}

const heap = new MinHeap();
const pointHeap = new MinHeap();

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
    if (graph.nodeStatus[graph.head[a]!] === imported && graph.nodeStatus[graph.tail[a]!] !== imported)
      fen += Math.max(0, duty.leastFen - 1);
    weights[a] = Number.isNaN(fen) ? Number.POSITIVE_INFINITY : Math.max(0, fen);
  }
  return weights;
}

/**
 * What the way to the target at least costs beyond `costBounds`, by customs status: the duty on the insured value's insurance, and the time until the rebate is paid.
 * Everything that crosses customs is exported once and imported once.
 */
export function statusBounds(graph: ShipmentGraph): Float64Array {
  const fen = new Float64Array(statusCount);
  if (!graph.crossesCustoms) return fen;
  const { duty, terms } = graph;
  const cif = terms.load.valueFen + graph.insuranceFen;
  const onImport = Math.min(...duty.pieces.map((piece) => Math.round(piece.rate * cif) + piece.dutyFen + piece.feeFen));
  fen[exported] = Math.max(0, onImport - Math.max(0, duty.leastFen));
  fen[domestic] = fen[exported]! + Math.max(0, rebateFen(graph, terms.readyMinute));
  return fen;
}

/**
 * Which arcs a search may use, and the corridor that its chains must touch. With a corridor the bounds have two layers: state `node` has touched it,
 * state `nodeCount + node` has not yet.
 */
export interface Scope {
  /** Per arc: 0 leaves it out; undefined allows all. */
  allow: Uint8Array | undefined;
  /** Index of the corridor; -1: none needed. */
  corridor: number;
}

/** State of the bounds for a node; `touched` is 1 once the corridor was used (always, where none is needed). */
export function stateOf(graph: ShipmentGraph, node: number, touched: number): number {
  return touched === 1 ? node : graph.nodeCount + node;
}

function reverseSearch(
  graph: ShipmentGraph,
  incoming: Incoming,
  weights: Float64Array | Int32Array,
  scope: Scope,
  out: Float64Array,
): void {
  const { allow, corridor } = scope;
  const { nodeCount } = graph;
  out.fill(Number.POSITIVE_INFINITY);
  heap.clear();
  out[graph.target] = 0;
  heap.push(0, graph.target);
  while (heap.size > 0) {
    const key = heap.topKey;
    const state = heap.pop();
    if (key > out[state]!) continue;
    const touched = state < nodeCount;
    const node = touched ? state : state - nodeCount;
    for (let p = incoming.start[node]!; p < incoming.start[node + 1]!; p++) {
      const arc = incoming.arcs[p]!;
      if (allow !== undefined && allow[arc] === 0) continue;
      const distance = key + weights[arc]!;
      const before = graph.tail[arc]!;
      if (touched ? distance < out[before]! : distance < out[nodeCount + before]! && graph.corridor[arc] !== corridor) {
        const at = touched ? before : nodeCount + before;
        out[at] = distance;
        heap.push(distance, at);
      }
      // The tagged arc itself is what makes the difference between the layers.
      if (touched && corridor >= 0 && graph.corridor[arc] === corridor && distance < out[nodeCount + before]!) {
        out[nodeCount + before] = distance;
        heap.push(distance, nodeCount + before);
      }
    }
  }
}

export function makeBounds(graph: ShipmentGraph): Bounds {
  const size = graph.nodeCount * 2;
  const points = graph.nodeCount > largeNetwork ? 2 : mostPoints;
  return {
    minutes: new Float64Array(size),
    co2: new Float64Array(size),
    points,
    pointCount: new Uint8Array(size),
    pointCost: new Float64Array(size * points),
    pointCo2: new Float64Array(size * points),
  };
}

/**
 * Fills the bounds by reverse searches; with `timesStand` the minutes in them are taken as they are. Returns false at once when the source cannot reach the target
 * within the scope.
 */
export function fillBounds(
  graph: ShipmentGraph,
  incoming: Incoming,
  costs: Float64Array,
  scope: Scope,
  bounds: Bounds,
  timesStand = false,
): boolean {
  if (!timesStand) reverseSearch(graph, incoming, graph.minimum, scope, bounds.minutes);
  if (bounds.minutes[stateOf(graph, graph.source, scope.corridor < 0 ? 1 : 0)] === Number.POSITIVE_INFINITY) return false;
  fillPoints(graph, incoming, costs, scope, bounds);
  return true;
}

/**
 * Non-dominated (cost, grams) from every state to the target: label setting in order of cost, so that a label counts if it has fewer grams than all before it.
 * When the points of a state run out, the last one stands for all that would follow: its cost with the least grams.
 */
function fillPoints(graph: ShipmentGraph, incoming: Incoming, costs: Float64Array, scope: Scope, bounds: Bounds): void {
  const { allow, corridor } = scope;
  const { nodeCount } = graph;
  const { points, pointCount, pointCost, pointCo2 } = bounds;
  let isLeastKnown = false;
  /** Least grams from a state on; few networks have so many points that it is asked for. */
  const leastGrams = (state: number): number => {
    if (!isLeastKnown) reverseSearch(graph, incoming, graph.co2, scope, bounds.co2);
    isLeastKnown = true;
    return bounds.co2[state]!;
  };
  pointCount.fill(0);
  pointHeap.clear();
  const states: number[] = [graph.target];
  const grams: number[] = [0];
  pointHeap.push(0, 0);
  const push = (state: number, cost: number, co2: number) => {
    const count = pointCount[state]!;
    if (bounds.minutes[state] === Number.POSITIVE_INFINITY || (count > 0 && co2 >= pointCo2[state * points + count - 1]!)) return;
    grams.push(co2);
    pointHeap.push(cost, states.push(state) - 1);
  };
  while (pointHeap.size > 0) {
    const cost = pointHeap.topKey;
    const label = pointHeap.pop();
    const state = states[label]!;
    const co2 = grams[label]!;
    const count = pointCount[state]!;
    if (count > 0 && co2 >= pointCo2[state * points + count - 1]!) continue;
    if (cost === Number.POSITIVE_INFINITY) break;
    const isLast = count === points - 1;
    pointCost[state * points + count] = cost;
    const own = isLast ? leastGrams(state) : co2;
    pointCo2[state * points + count] = own;
    pointCount[state] = count + 1;
    const touched = state < nodeCount;
    const node = touched ? state : state - nodeCount;
    for (let p = incoming.start[node]!; p < incoming.start[node + 1]!; p++) {
      const arc = incoming.arcs[p]!;
      if (allow !== undefined && allow[arc] === 0) continue;
      const before = graph.tail[arc]!;
      const tagged = corridor >= 0 && graph.corridor[arc] === corridor;
      if (touched) push(before, cost + costs[arc]!, own + graph.co2[arc]!);
      if (touched ? tagged : corridor >= 0 && !tagged) push(nodeCount + before, cost + costs[arc]!, own + graph.co2[arc]!);
    }
  }
}
