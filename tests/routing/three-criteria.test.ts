import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { graphFromArcs, type IndexedGraph } from "../../src/routing/static-path.ts";
import { createThreeCriteria, type ThreeCriteriaFront } from "../../src/routing/three-criteria.ts";
import { naiveFront } from "./oracles.ts";

type Weights = [Float64Array, Float64Array, Float64Array];
interface Case {
  graph: IndexedGraph;
  weights: Weights;
}

function build(nodeCount: number, arcs: [number, number, number, number, number][]): Case {
  const graph = graphFromArcs(
    nodeCount,
    arcs.map((arc) => arc[0]),
    arcs.map((arc) => arc[1]),
    arcs.map(() => 0),
  );
  const weight = (criterion: number): Float64Array => Float64Array.from(graph.arcs, (arc) => arcs[arc]![2 + criterion]!);
  return { graph, weights: [weight(0), weight(1), weight(2)] };
}

/** Graphs of up to 9 nodes with loops, parallel arcs, zero-weight cycles; few distinct weights make many ties. */
const cases = (largest: number): fc.Arbitrary<Case> =>
  fc.integer({ min: 1, max: 9 }).chain((nodeCount) => {
    const node = fc.nat(nodeCount - 1);
    const weight = fc.nat(largest);
    const arc = fc.tuple(node, node, weight, weight, weight);
    return fc.array(arc, { maxLength: 28 }).map((arcs) => build(nodeCount, arcs));
  });

function triples(front: ThreeCriteriaFront): number[][] {
  return Array.from({ length: front.size }, (_, i) => Array.from(front.criteria.subarray(3 * i, 3 * i + 3)));
}

/** The front equals the oracle's, and each path runs from end to end and adds up to its criteria. */
function checkFront({ graph, weights }: Case, front: ThreeCriteriaFront, from: number, to: number): void {
  expect(triples(front)).toEqual(naiveFront(graph, weights, from, to).front);
  for (let i = 0; i < front.size; i++) {
    const nodes = front.paths(i);
    const arcs = front.arcs(i);
    expect([nodes[0], nodes.at(-1), nodes.length]).toEqual([from, to, arcs.length + 1]);
    arcs.forEach((slot, step) => {
      const tail = nodes[step]!;
      expect(slot >= graph.offsets[tail]! && slot < graph.offsets[tail + 1]!).toBe(true);
      expect(graph.heads[slot]).toBe(nodes[step + 1]);
    });
    expect(weights.map((weight) => arcs.reduce((sum, slot) => sum + weight[slot]!, 0))).toEqual(triples(front)[i]);
  }
}

describe("createThreeCriteria", () => {
  test.each([
    ["ties and zero weights", 2],
    ["ordinary weights", 12],
    ["wide weights", 1_000_000_000],
  ])("equals naive label correcting: %s", (_, largest) => {
    fc.assert(
      fc.property(cases(largest), (one) => {
        const search = createThreeCriteria(one.graph, ...one.weights);
        const last = one.graph.nodeCount - 1;
        for (const [from, to] of [
          [0, last],
          [last, 0],
          [0, last >> 1],
        ] as const) {
          checkFront(one, search.front(from, to), from, to);
        }
      }),
      { numRuns: 1000 },
    );
  });

  test("the front does not depend on the order of the criteria", () => {
    fc.assert(
      fc.property(cases(5), ({ graph, weights: [a, b, c] }) => {
        const to = graph.nodeCount - 1;
        const sorted = (front: ThreeCriteriaFront, order: number[]): string[] =>
          triples(front)
            .map((one) => order.map((place) => one[place]).join())
            .sort();
        const expected = sorted(createThreeCriteria(graph, a, b, c).front(0, to), [0, 1, 2]);
        expect(sorted(createThreeCriteria(graph, b, c, a).front(0, to), [2, 0, 1])).toEqual(expected);
        expect(sorted(createThreeCriteria(graph, c, b, a).front(0, to), [2, 1, 0])).toEqual(expected);
      }),
    );
  });

  test("a detour that is dearer but greener stays, one that is worse in all three goes", () => {
    //        A -> B          cost minutes grams
    const one = build(4, [
      [0, 3, 10, 5, 9],
      [0, 1, 6, 4, 3],
      [1, 3, 6, 4, 3], //     12, 8, 6: greener
      [0, 2, 9, 4, 9],
      [2, 3, 2, 2, 2], //     11, 6, 11: worse than the first in all
    ]);
    const front = createThreeCriteria(one.graph, ...one.weights).front(0, 3);
    expect(triples(front)).toEqual([
      [10, 5, 9],
      [12, 8, 6],
    ]);
    expect(front.paths(1)).toEqual([0, 1, 3]);
  });

  test("an answer stays valid after the next query; bounds are prepared once a destination", () => {
    const one = build(3, [
      [0, 1, 1, 2, 3],
      [1, 2, 1, 2, 3],
      [0, 2, 3, 3, 3],
    ]);
    const search = createThreeCriteria(one.graph, ...one.weights);
    const first = search.front(0, 2);
    search.front(1, 2);
    search.front(0, 1);
    expect(search.counters.boundsPrepared).toBe(2);
    expect(first.paths(0)).toEqual([0, 1, 2]);
    checkFront(one, first, 0, 2);
  });

  test("no path gives an empty front; staying gives one of nothing", () => {
    const one = build(2, []);
    const search = createThreeCriteria(one.graph, ...one.weights);
    expect(search.front(0, 1).size).toBe(0);
    expect(triples(search.front(1, 1))).toEqual([[0, 0, 0]]);
    expect(search.front(1, 1).paths(0)).toEqual([1]);
  });

  test("bounds save work: a small part of the labels that naive correcting makes", () => {
    const arcs: [number, number, number, number, number][] = [];
    let state = 7;
    const draw = (n: number): number => (state = (state * 48271) % 2147483647) % n;
    for (let y = 0; y < 12; y++) {
      for (let x = 0; x < 12; x++) {
        if (x < 11) arcs.push([y * 12 + x, y * 12 + x + 1, 1 + draw(20), 1 + draw(20), 1 + draw(20)]);
        if (y < 11) arcs.push([y * 12 + x, y * 12 + x + 12, 1 + draw(20), 1 + draw(20), 1 + draw(20)]);
      }
    }
    const one = build(144, arcs);
    const search = createThreeCriteria(one.graph, ...one.weights);
    checkFront(one, search.front(0, 78), 0, 78);
    expect(search.counters.labels * 3).toBeLessThan(naiveFront(one.graph, one.weights, 0, 78).labels);
    expect(search.counters.settled).toBeLessThanOrEqual(search.counters.labels);
  });

  test("refuses weights that are negative or too few", () => {
    const { graph } = build(2, [[0, 1, 1, 1, 1]]);
    const good = Float64Array.of(1);
    expect(() => createThreeCriteria(graph, good, good, Float64Array.of(-1))).toThrow(RangeError);
    expect(() => createThreeCriteria(graph, good, new Float64Array(0), good)).toThrow(RangeError);
  });
});
