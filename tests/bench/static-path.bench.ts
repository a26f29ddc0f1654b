import Graph from "graphology";
import { bidirectional } from "graphology-shortest-path/dijkstra.js";
import createGraph from "ngraph.graph";
import { aStar, nba } from "ngraph.path";
import { createPathFinder, graphFromArcs, type IndexedGraph } from "../../src/routing/static-path.ts";
import { type BenchRow, createRandom, growthExponent, measureMemory, race } from "./bench.ts";

/**
 * One pair of nodes at a time: ours with and without landmarks against graphology-shortest-path (no heuristic) and
 * ngraph.path (NBA* and A* with straight-line distance on grids, without on random graphs, which have no geometry).
 */

interface Net {
  graph: IndexedGraph;
  tails: number[];
  /** Places of the nodes; all zero where there is no geometry. */
  x: Float64Array;
  y: Float64Array;
}

const LANDMARKS = 16;

/** Square grid with four neighbours and a tenth as many short cuts, arcs 1 to 2 times as long as the straight line. */
function gridNet(nodeCount: number): Net {
  const random = createRandom(1);
  const side = Math.round(Math.sqrt(nodeCount));
  const count = side * side;
  const x = Float64Array.from({ length: count }, (_, node) => (node % side) * 10);
  const y = Float64Array.from({ length: count }, (_, node) => Math.floor(node / side) * 10);
  const length = (a: number, b: number): number => Math.hypot(x[a]! - x[b]!, y[a]! - y[b]!) * (1 + random());
  const roads: [number, number][] = [];
  for (let node = 0; node < count; node++) {
    if (node % side < side - 1) roads.push([node, node + 1]);
    if (node + side < count) roads.push([node, node + side]);
  }
  for (let i = 0; i < count / 10; i++) {
    const node = Math.floor(random() * count);
    const column = Math.min(side - 1, (node % side) + 1 + Math.floor(random() * 4));
    const row = Math.min(side - 1, Math.floor(node / side) + Math.floor(random() * 5));
    if (row * side + column !== node) roads.push([node, row * side + column]);
  }
  return netOf(count, roads, length, x, y);
}

/** Random tree plus as many random roads again: degree four, diameter of a few steps. */
function randomNet(count: number): Net {
  const random = createRandom(2);
  const roads: [number, number][] = [];
  for (let node = 1; node < count; node++) roads.push([node, Math.floor(random() * node)]);
  for (let i = 0; i < count; i++) {
    const [a, b] = [Math.floor(random() * count), Math.floor(random() * count)];
    if (a !== b) roads.push([a, b]);
  }
  return netOf(count, roads, () => 1 + 99 * random(), new Float64Array(count), new Float64Array(count));
}

function netOf(count: number, roads: [number, number][], length: (a: number, b: number) => number, x: Float64Array, y: Float64Array): Net {
  const arcs = new Map<number, number>();
  for (const [a, b] of roads) {
    const weight = length(a, b);
    // One arc a pair: graphology's simple graphs hold no parallel ones.
    if (!arcs.has(a * count + b)) arcs.set(a * count + b, weight).set(b * count + a, weight);
  }
  const tails = Array.from(arcs.keys(), (key) => Math.floor(key / count));
  const heads = Array.from(arcs.keys(), (key) => key % count);
  return { graph: graphFromArcs(count, tails, heads, [...arcs.values()]), tails, x, y };
}

type PathOf = (from: number, to: number) => number[];

function graphologyOf({ graph }: Net): PathOf {
  const peer = new Graph({ type: "directed", multi: false });
  for (let node = 0; node < graph.nodeCount; node++) peer.addNode(node);
  eachArc(graph, (tail, head, weight) => peer.addDirectedEdge(tail, head, { weight }));
  return (from, to) => bidirectional(peer, String(from), String(to), "weight")!.map(Number);
}

function ngraphOf({ graph, x, y }: Net, search: typeof aStar): PathOf {
  const peer = createGraph<{ x: number; y: number }, number>();
  for (let node = 0; node < graph.nodeCount; node++) peer.addNode(node, { x: x[node]!, y: y[node]! });
  eachArc(graph, (tail, head, weight) => peer.addLink(tail, head, weight));
  const finder = search(peer, {
    oriented: true,
    distance: (_from, _to, link) => link.data,
    heuristic: (a, b) => Math.hypot(a.data.x - b.data.x, a.data.y - b.data.y),
  });
  // ngraph gives the destination first.
  return (from, to) =>
    finder
      .find(from, to)
      .map((node) => Number(node.id))
      .reverse();
}

function eachArc(graph: IndexedGraph, visit: (tail: number, head: number, weight: number) => void): void {
  for (let tail = 0; tail < graph.nodeCount; tail++) {
    for (let slot = graph.offsets[tail]!; slot < graph.offsets[tail + 1]!; slot++) visit(tail, graph.heads[slot]!, graph.weights[slot]!);
  }
}

function weightOf(graph: IndexedGraph, nodes: number[]): number {
  let weight = 0;
  for (let i = 1; i < nodes.length; i++) {
    const row = graph.heads.subarray(graph.offsets[nodes[i - 1]!]!, graph.offsets[nodes[i - 1]! + 1]!);
    weight += graph.weights[graph.offsets[nodes[i - 1]!]! + row.indexOf(nodes[i]!)]!;
  }
  return weight;
}

/** Queries for each size: fewer where the peers take half a second each. */
const SIZES = [
  { nodes: 1_000, queries: 40 },
  { nodes: 10_000, queries: 16 },
  { nodes: 100_000, queries: 6 },
];

export async function run(): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  for (const kind of ["grid", "random"] as const) {
    const times = new Map<string, number[]>();
    const sizes: number[] = [];
    for (const { nodes, queries } of SIZES) {
      const net = kind === "grid" ? gridNet(nodes) : randomNet(nodes);
      const count = net.graph.nodeCount;
      sizes.push(count);
      const random = createRandom(3);
      const pairs = Array.from({ length: queries }, () => [Math.floor(random() * count), Math.floor(random() * count)] as const);

      const plain = measureMemory(() => createPathFinder(net.graph));
      const guided = measureMemory(() => plain.made.withLandmarks(LANDMARKS));
      const graphology = measureMemory(() => graphologyOf(net));
      const ngraph = measureMemory(() => ngraphOf(net, nba as typeof aStar));
      const contenders: Record<string, PathOf> = {
        bidirectional: (from, to) => plain.made.shortestPath(from, to)!.nodes,
        ALT: (from, to) => guided.made.shortestPath(from, to)!.nodes,
        graphology: graphology.made,
        "ngraph NBA*": ngraph.made,
        "ngraph A*": ngraphOf(net, aStar),
      };
      const wrong = new Map<string, number>();
      for (const [from, to] of pairs) {
        const best = weightOf(net.graph, contenders["ALT"]!(from, to));
        for (const [name, pathOf] of Object.entries(contenders)) {
          const weight = weightOf(net.graph, pathOf(from, to));
          if (Math.abs(weight - best) <= 1e-9 * best) continue;
          // A peer may be wrong and is told so; ours may not.
          if (weight < best || !name.startsWith("ngraph")) throw new Error(`${kind} ${count}: ${name} ${weight}, ALT ${best}`);
          wrong.set(name, (wrong.get(name) ?? 0) + 1);
        }
      }
      plain.made.counters.settled = 0;
      guided.made.counters.settled = 0;
      for (const [from, to] of pairs) {
        plain.made.shortestPath(from, to);
        guided.made.shortestPath(from, to);
      }
      const settled = { bidirectional: plain.made.counters.settled / queries, ALT: guided.made.counters.settled / queries };

      const medians = race(
        Object.entries(contenders).map(([name, pathOf]) => ({
          name,
          run: () => {
            for (const [from, to] of pairs) pathOf(from, to);
          },
        })),
      );
      for (const [name, total] of medians) times.set(name, [...(times.get(name) ?? []), total / queries]);

      const at = (name: string): number => times.get(name)!.at(-1)!;
      const memory = `${(plain.megabytes + (net.graph.heads.length * 12 + count * 4) / 1e6).toFixed(1)} MB, ALT +${guided.megabytes.toFixed(1)}, graphology ${graphology.megabytes.toFixed(0)}, ngraph ${ngraph.megabytes.toFixed(0)}`;
      for (const ours of ["bidirectional", "ALT"] as const) {
        // Landmarks are for networks with geometry; on random graphs distances say little and plain search is as good.
        const isMain = (kind === "grid") === (ours === "ALT");
        for (const peer of ["graphology", "ngraph NBA*", "ngraph A*"]) {
          const target = kind !== "grid" || !isMain ? undefined : peer === "graphology" ? 50 : peer === "ngraph NBA*" ? 3 : undefined;
          const notes = [peer === "graphology" ? `${settled[ours].toFixed(0)} settled` : "", peer === "graphology" && isMain ? memory : ""];
          if (wrong.has(peer)) notes.push(`peer wrong ${wrong.get(peer)} of ${queries}`);
          rows.push({
            bench: "static-path",
            workload: `${kind} ${count} nodes ${net.graph.heads.length} arcs`,
            ours,
            oursMs: at(ours),
            peer,
            peerMs: at(peer),
            ratio: at(peer) / at(ours),
            ...(target === undefined ? {} : { target }),
            note: notes.filter((note) => note !== "").join("; "),
          });
        }
      }
    }
    for (const [name, list] of times) {
      const isOurs = name === (kind === "grid" ? "ALT" : "bidirectional");
      rows.push({
        bench: "static-path",
        workload: `${kind} growth`,
        ours: name,
        oursMs: NaN,
        peer: "",
        peerMs: NaN,
        ratio: growthExponent(sizes, list),
        unit: "exp",
        ...(isOurs ? { target: 1.15, isLimit: true } : {}),
      });
    }
  }
  return rows;
}
