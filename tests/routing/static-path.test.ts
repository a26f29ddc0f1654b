import fc from "fast-check";
import Graph from "graphology";
import { bidirectional } from "graphology-shortest-path/dijkstra.js";
import { describe, expect, test } from "vitest";
import { createPathFinder, graphFromArcs, type PathFinder, reverse, type StaticGraph } from "../../src/routing/static-path.ts";
import { bellmanFord } from "./oracles.ts";

interface Arcs {
  nodeCount: number;
  arcs: [tail: number, head: number, weight: number][];
}

/** Small graphs with loops, parallel arcs, zero weights, ties and pieces that do not join. */
const arcs: fc.Arbitrary<Arcs> = fc.integer({ min: 1, max: 12 }).chain((nodeCount) => {
  const node = fc.nat(nodeCount - 1);
  const arc = fc.tuple(node, node, fc.nat(4));
  return fc.record({ nodeCount: fc.constant(nodeCount), arcs: fc.array(arc, { maxLength: 40 }) });
});

function build({ nodeCount, arcs }: Arcs): StaticGraph {
  return graphFromArcs(
    nodeCount,
    arcs.map((arc) => arc[0]),
    arcs.map((arc) => arc[1]),
    arcs.map((arc) => arc[2]),
  );
}

function weightAlong(graph: StaticGraph, nodes: number[]): number {
  let weight = 0;
  for (let i = 1; i < nodes.length; i++) {
    let lightest = Infinity;
    for (let slot = graph.offsets[nodes[i - 1]!]!; slot < graph.offsets[nodes[i - 1]! + 1]!; slot++) {
      if (graph.heads[slot] === nodes[i]) lightest = Math.min(lightest, graph.weights[slot]!);
    }
    weight += lightest;
  }
  return weight;
}

/** Checks every pair of nodes of a graph against the oracle. */
function checkAllPairs(graph: StaticGraph, finder: PathFinder): void {
  for (let from = 0; from < graph.nodeCount; from++) {
    const expected = bellmanFord(graph, from);
    expect(Array.from(finder.distancesFrom(from))).toEqual(expected);
    for (let to = 0; to < graph.nodeCount; to++) {
      const path = finder.shortestPath(from, to);
      if (expected[to] === Infinity) expect(path).toBeNull();
      else {
        expect(path!.weight).toBe(expected[to]);
        expect(path!.nodes[0]).toBe(from);
        expect(path!.nodes.at(-1)).toBe(to);
        expect(weightAlong(graph, path!.nodes)).toBe(expected[to]);
      }
    }
  }
}

/** side x side grid, both directions, weights 10..19 from a fixed recurrence. */
function grid(side: number): StaticGraph {
  const tails: number[] = [];
  const heads: number[] = [];
  const weights: number[] = [];
  let state = 1;
  const join = (a: number, b: number): void => {
    state = (state * 48271) % 2147483647;
    tails.push(a, b);
    heads.push(b, a);
    weights.push(10 + (state % 10), 10 + (state % 10));
  };
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      if (x + 1 < side) join(y * side + x, y * side + x + 1);
      if (y + 1 < side) join(y * side + x, (y + 1) * side + x);
    }
  }
  return graphFromArcs(side * side, tails, heads, weights);
}

describe("graphFromArcs", () => {
  test("puts arcs into rows by tail and keeps their order", () => {
    const graph = graphFromArcs(3, [2, 0, 2, 0], [0, 1, 1, 1], [5, 6, 7, 8]);
    expect(Array.from(graph.offsets)).toEqual([0, 2, 2, 4]);
    expect(Array.from(graph.heads)).toEqual([1, 1, 0, 1]);
    expect(Array.from(graph.weights)).toEqual([6, 8, 5, 7]);
    expect(Array.from(graph.arcs)).toEqual([1, 3, 0, 2]);
  });

  test.each([
    ["a head outside", [0], [3], [1]],
    ["a negative weight", [0], [1], [-1]],
    ["a weight that is no number", [0], [1], [NaN]],
    ["an infinite weight", [0], [1], [Infinity]],
    ["lists of different length", [0, 1], [1], [1]],
  ])("refuses %s", (_, tails, heads, weights) => {
    expect(() => graphFromArcs(3, tails, heads, weights)).toThrow(RangeError);
  });

  test("reversing twice gives the same arcs", () => {
    fc.assert(
      fc.property(arcs, (input) => {
        const list = (graph: StaticGraph): string[] => {
          const lines: string[] = [];
          for (let tail = 0; tail < graph.nodeCount; tail++) {
            for (let slot = graph.offsets[tail]!; slot < graph.offsets[tail + 1]!; slot++) {
              lines.push(`${tail} ${graph.heads[slot]} ${graph.weights[slot]}`);
            }
          }
          return lines.sort();
        };
        const graph = build(input);
        expect(list(reverse(reverse(graph)))).toEqual(list(graph));
      }),
    );
  });
});

describe("PathFinder", () => {
  test("finds the lightest path of every pair, as Bellman and Ford do", () => {
    fc.assert(
      fc.property(arcs, (input) => checkAllPairs(build(input), createPathFinder(build(input)))),
      { numRuns: 500 },
    );
  });

  test("finds the same with any number of landmarks", () => {
    fc.assert(
      fc.property(arcs, fc.nat(6), (input, count) => {
        checkAllPairs(build(input), createPathFinder(build(input)).withLandmarks(count));
      }),
      { numRuns: 500 },
    );
  });

  test("agrees with graphology-shortest-path on a grid", () => {
    const graph = grid(12);
    const peer = new Graph({ type: "directed" });
    for (let node = 0; node < graph.nodeCount; node++) peer.addNode(node);
    for (let tail = 0; tail < graph.nodeCount; tail++) {
      for (let slot = graph.offsets[tail]!; slot < graph.offsets[tail + 1]!; slot++) {
        peer.addEdge(tail, graph.heads[slot]!, { weight: graph.weights[slot]! });
      }
    }
    for (const finder of [createPathFinder(graph), createPathFinder(graph).withLandmarks(4)]) {
      for (const [from, to] of [
        [0, 143],
        [5, 77],
        [140, 3],
      ] as const) {
        const path = bidirectional(peer, String(from), String(to), "weight")!;
        expect(finder.shortestPath(from, to)!.weight).toBe(weightAlong(graph, path.map(Number)));
      }
    }
  });

  test("distancesTo is distancesFrom of the reversed graph, into the array given", () => {
    fc.assert(
      fc.property(arcs, (input) => {
        const graph = build(input);
        const out = new Float64Array(graph.nodeCount);
        expect(createPathFinder(graph).distancesTo(0, out)).toBe(out);
        expect(Array.from(out)).toEqual(bellmanFord(reverse(graph), 0));
      }),
    );
  });

  test("gives the same path again after other queries", () => {
    const finder = createPathFinder(grid(9));
    const first = finder.shortestPath(0, 80);
    finder.shortestPath(40, 3);
    finder.distancesTo(11);
    expect(finder.shortestPath(0, 80)).toEqual(first);
    expect(createPathFinder(grid(9)).shortestPath(0, 80)).toEqual(first);
  });

  test("weights that are no integers are right to rounding", () => {
    const graph = grid(10);
    const third = { ...graph, weights: graph.weights.map((weight) => weight / 3) };
    const expected = bellmanFord(third, 0);
    for (const finder of [createPathFinder(third), createPathFinder(third).withLandmarks(3)]) {
      for (let to = 0; to < 100; to++) expect(finder.shortestPath(0, to)!.weight).toBeCloseTo(expected[to]!, 10);
    }
  });

  test("landmarks save work: a tenth of the nodes settled on a grid, on average", () => {
    const graph = grid(60);
    const plain = createPathFinder(graph);
    const guided = plain.withLandmarks(8);
    for (let i = 0; i < 50; i++) {
      const from = (i * 1277) % 3600;
      const to = (i * 2803 + 411) % 3600;
      expect(guided.shortestPath(from, to)!.weight).toBe(plain.shortestPath(from, to)!.weight);
    }
    expect(plain.counters.settled).toBeLessThan(50 * 3600);
    expect(guided.counters.settled * 5).toBeLessThan(plain.counters.settled);
  });
});
