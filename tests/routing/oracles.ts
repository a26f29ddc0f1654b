import type { StaticGraph } from "../../src/routing/static-path.ts";
import type { TimetableInput } from "../../src/routing/earliest-arrival.ts";

/** Slow and plain answers that share no code with what they check. */

/** One-to-all distances by Bellman and Ford: relax every arc until nothing changes. */
export function bellmanFord(graph: StaticGraph, source: number): number[] {
  const distance: number[] = Array.from({ length: graph.nodeCount }, () => Infinity);
  distance[source] = 0;
  for (let changed = true; changed;) {
    changed = false;
    for (let tail = 0; tail < graph.nodeCount; tail++) {
      for (let slot = graph.offsets[tail]!; slot < graph.offsets[tail + 1]!; slot++) {
        const head = graph.heads[slot]!;
        if (distance[tail]! + graph.weights[slot]! < distance[head]!) {
          distance[head] = distance[tail]! + graph.weights[slot]!;
          changed = true;
        }
      }
    }
  }
  return distance;
}

/** Earliest arrival by repeated passes over the input lists in whatever order they are, until nothing changes. */
export function earliestArrivalOracle(input: TimetableInput, from: number, ready: number, to: number): number | null {
  const { departureStop, arrivalStop, departureMinute, arrivalMinute, trip } = input.connections;
  const arrival: number[] = Array.from({ length: input.stopCount }, () => Infinity);
  // First connection (in running order) at which each trip can be boarded.
  const boarded: number[] = Array.from({ length: input.tripCount }, () => Infinity);
  arrival[from] = ready;
  for (let changed = true; changed;) {
    changed = false;
    const reach = (stop: number, minute: number): void => {
      if (minute < arrival[stop]!) {
        arrival[stop] = minute;
        changed = true;
      }
    };
    for (let i = 0; i < trip.length; i++) {
      const stop = departureStop[i]!;
      const boardable = stop === from ? ready : arrival[stop]! + (input.changeMinutes?.[stop] ?? 0);
      if (boardable <= departureMinute[i]! && i < boarded[trip[i]!]!) {
        boarded[trip[i]!] = i;
        changed = true;
      }
      if (boarded[trip[i]!]! <= i) reach(arrivalStop[i]!, arrivalMinute[i]!);
    }
    const links = input.links;
    for (let k = 0; links && k < links.from.length; k++) reach(links.to[k]!, arrival[links.from[k]!]! + links.minutes[k]!);
  }
  return arrival[to]! < Infinity ? arrival[to]! : null;
}

export interface NaiveLabel {
  c1: number;
  c2: number;
  c3: number;
  node: number;
  parent: NaiveLabel | null;
  isAlive: boolean;
}

/**
 * Three-criteria front by first-in-first-out label correcting with objects and no bounds: what people write first.
 * Returns the sorted front and the number of labels made.
 */
export function naiveFront(
  graph: StaticGraph,
  weights: readonly [Float64Array, Float64Array, Float64Array],
  from: number,
  to: number,
): { front: [number, number, number][]; labels: number } {
  const sets: NaiveLabel[][] = Array.from({ length: graph.nodeCount }, () => []);
  const start: NaiveLabel = { c1: 0, c2: 0, c3: 0, node: from, parent: null, isAlive: true };
  sets[from]!.push(start);
  const queue = [start];
  for (let next = 0; next < queue.length; next++) {
    const label = queue[next]!;
    if (!label.isAlive) continue;
    for (let slot = graph.offsets[label.node]!; slot < graph.offsets[label.node + 1]!; slot++) {
      const c1 = label.c1 + weights[0][slot]!;
      const c2 = label.c2 + weights[1][slot]!;
      const c3 = label.c3 + weights[2][slot]!;
      const node = graph.heads[slot]!;
      const set = sets[node]!;
      if (set.some((other) => other.c1 <= c1 && other.c2 <= c2 && other.c3 <= c3)) continue;
      for (const other of set) if (c1 <= other.c1 && c2 <= other.c2 && c3 <= other.c3) other.isAlive = false;
      const made: NaiveLabel = { c1, c2, c3, node, parent: label, isAlive: true };
      sets[node] = set.filter((other) => other.isAlive);
      sets[node].push(made);
      queue.push(made);
    }
  }
  const front = sets[to]!.map(({ c1, c2, c3 }): [number, number, number] => [c1, c2, c3]);
  front.sort((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2]);
  return { front, labels: queue.length };
}
