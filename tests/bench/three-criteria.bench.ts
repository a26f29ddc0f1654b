import { graphFromArcs, reverse, type StaticGraph } from "../../src/routing/static-path.ts";
import { createThreeCriteria } from "../../src/routing/three-criteria.ts";
import { naiveFront } from "../routing/oracles.ts";
import { type BenchRow, createRandom, expectEqual, growthExponent, measureMemory, race } from "./bench.ts";

/**
 * Fronts of cost, minutes and grams: ours against the same search with label objects and scans ("objects"), and
 * against first-in-first-out label correcting without bounds ("naive", the tests' oracle). All three must agree.
 */

type Weights = [Float64Array, Float64Array, Float64Array];
interface Net {
  name: string;
  graph: StaticGraph;
  weights: Weights;
  pairs: [from: number, to: number][];
}

function netOf(name: string, nodeCount: number, arcs: number[][], pairs: [number, number][]): Net {
  const graph = graphFromArcs(
    nodeCount,
    arcs.map((arc) => arc[0]!),
    arcs.map((arc) => arc[1]!),
    arcs.map(() => 0),
  );
  const weight = (criterion: number): Float64Array => Float64Array.from(graph.arcs, (arc) => arcs[arc]![2 + criterion]!);
  return { name, graph, weights: [weight(0), weight(1), weight(2)], pairs };
}

/**
 * Plants, inland hubs, ports, transshipment ports, dealers: five layers side by side on a map. Each place
 * is joined to near ones of the next layer (now and then of the one after) and of its own, each time by up to three modes:
 * slow ones are cheap and green, fast ones are neither, tariffs scatter. Every service runs both ways. So there
 * are parallel arcs, cycles, and many places far off every sensible route, where a search without bounds gets lost.
 */
function freightNet(nodeCount: number, arcCount: number): Net {
  const random = createRandom(11);
  const layers = 5;
  const size = nodeCount / layers;
  const x = Float64Array.from({ length: nodeCount }, (_, node) => 1500 * (Math.floor(node / size) + 0.8 * random()));
  const y = Float64Array.from({ length: nodeCount }, () => 4000 * random());
  const kilometres = (a: number, b: number): number => Math.hypot(x[a]! - x[b]!, y[a]! - y[b]!);
  const modes = [
    { cost: 1, minutes: 10, grams: 2 },
    { cost: 1.8, minutes: 5, grams: 3 },
    { cost: 5, minutes: 1, grams: 9 },
  ];
  const arcs: number[][] = [];
  while (arcs.length < arcCount) {
    const tail = Math.floor(random() * nodeCount);
    const layer = Math.floor(tail / size);
    const draw = random();
    const next = Math.min(layers - 1, draw < 0.2 ? layer : draw < 0.9 ? layer + 1 : layer + 2);
    const candidates = Array.from({ length: 6 }, () => Math.floor((next + random()) * size)).filter((node) => node !== tail);
    const head = candidates.reduce((best, node) => (kilometres(tail, node) < kilometres(tail, best) ? node : best));
    for (const mode of modes) {
      if (random() < 0.5 || arcs.length === arcCount) continue;
      const scatter = (): number => kilometres(tail, head) * (0.8 + 0.4 * random());
      const join = (from: number, to: number): void => {
        const of = (rate: number): number => Math.round(rate * scatter());
        if (arcs.length < arcCount) arcs.push([from, to, of(mode.cost), of(mode.minutes), of(mode.grams)]);
      };
      join(tail, head);
      join(head, tail);
    }
  }
  const pairs = Array.from({ length: 12 }, (): [number, number] => [
    Math.floor(random() * size),
    Math.floor(nodeCount - size + random() * size),
  ]);
  return netOf(`freight ${nodeCount} nodes ${arcCount} arcs`, nodeCount, arcs, pairs);
}

/** Grid with four neighbours; weights 1..100, mixed from a common part and an own one by the correlation. */
function gridNet(side: number, correlation: number): Net {
  const random = createRandom(12);
  const arcs: number[][] = [];
  const join = (a: number, b: number): void => {
    const common = random();
    const weight = (): number => 1 + Math.floor(100 * (correlation * common + (1 - correlation) * random()));
    arcs.push([a, b, weight(), weight(), weight()], [b, a, weight(), weight(), weight()]);
  };
  for (let node = 0; node < side * side; node++) {
    if (node % side < side - 1) join(node, node + 1);
    if (node + side < side * side) join(node, node + side);
  }
  return netOf(`grid ${side * side} nodes ${arcs.length} arcs`, side * side, arcs, [
    [0, side * side - 1],
    [side - 1, side * side - side],
  ]);
}

interface ObjectLabel {
  f: [number, number, number];
  node: number;
  parent: ObjectLabel | null;
}

/** The same search as ours, as one writes it with objects: a heap of labels, a list a node, scans for dominance. */
function createObjectSearch({ graph, weights }: Net): (from: number, to: number) => [number, number, number][] {
  const reversed = reverse(graph);
  return (from, to) => {
    const bounds = weights.map((weight) =>
      objectDistances({ ...reversed, weights: Float64Array.from(reversed.arcs, (slot) => weight[slot]!) }, to),
    );
    const settled: ObjectLabel[][] = Array.from({ length: graph.nodeCount }, () => []);
    const front: ObjectLabel[] = [];
    const isBefore = (a: ObjectLabel, b: ObjectLabel): boolean => (a.f[0] - b.f[0] || a.f[1] - b.f[1] || a.f[2] - b.f[2]) < 0;
    const heap: ObjectLabel[] = [];
    const isDominated = (list: ObjectLabel[], f2: number, f3: number): boolean => {
      for (const label of list) if (label.f[1] <= f2 && label.f[2] <= f3) return true;
      return false;
    };
    if (bounds[0]![from]! < Infinity) {
      pushObject(heap, isBefore, { f: [bounds[0]![from]!, bounds[1]![from]!, bounds[2]![from]!], node: from, parent: null });
    }
    while (heap.length > 0) {
      const label = popObject(heap, isBefore)!;
      const [f1, f2, f3] = label.f;
      const node = label.node;
      if (isDominated(front, f2, f3) || isDominated(settled[node]!, f2, f3)) continue;
      if (node === to) {
        front.push(label);
        continue;
      }
      settled[node] = settled[node]!.filter((other) => !(f2 <= other.f[1] && f3 <= other.f[2]));
      settled[node].push(label);
      for (let slot = graph.offsets[node]!; slot < graph.offsets[node + 1]!; slot++) {
        const head = graph.heads[slot]!;
        if (bounds[0]![head] === Infinity) continue;
        const f: [number, number, number] = [
          f1 + weights[0][slot]! + bounds[0]![head]! - bounds[0]![node]!,
          f2 + weights[1][slot]! + bounds[1]![head]! - bounds[1]![node]!,
          f3 + weights[2][slot]! + bounds[2]![head]! - bounds[2]![node]!,
        ];
        if (isDominated(front, f[1], f[2]) || isDominated(settled[head]!, f[1], f[2])) continue;
        pushObject(heap, isBefore, { f, node: head, parent: label });
      }
    }
    return front.map((label) => label.f);
  };
}

function objectDistances(graph: StaticGraph, source: number): number[] {
  const distance: number[] = Array.from({ length: graph.nodeCount }, () => Infinity);
  const isBefore = (a: { key: number }, b: { key: number }): boolean => a.key < b.key;
  const heap = [{ key: 0, node: source }];
  distance[source] = 0;
  while (heap.length > 0) {
    const { key, node } = popObject(heap, isBefore)!;
    if (key > distance[node]!) continue;
    for (let slot = graph.offsets[node]!; slot < graph.offsets[node + 1]!; slot++) {
      const next = key + graph.weights[slot]!;
      if (next >= distance[graph.heads[slot]!]!) continue;
      distance[graph.heads[slot]!] = next;
      pushObject(heap, isBefore, { key: next, node: graph.heads[slot]! });
    }
  }
  return distance;
}

function pushObject<T>(heap: T[], isBefore: (a: T, b: T) => boolean, item: T): void {
  let hole = heap.push(item) - 1;
  while (hole > 0 && isBefore(item, heap[(hole - 1) >> 1]!)) {
    heap[hole] = heap[(hole - 1) >> 1]!;
    hole = (hole - 1) >> 1;
  }
  heap[hole] = item;
}

function popObject<T>(heap: T[], isBefore: (a: T, b: T) => boolean): T | undefined {
  const top = heap[0];
  const item = heap.pop()!;
  if (heap.length === 0) return top;
  let hole = 0;
  for (let child = 1; child < heap.length; child = 2 * hole + 1) {
    if (child + 1 < heap.length && isBefore(heap[child + 1]!, heap[child]!)) child++;
    if (!isBefore(heap[child]!, item)) break;
    heap[hole] = heap[child]!;
    hole = child;
  }
  heap[hole] = item;
  return top;
}

export async function run(): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  // The naive search takes minutes on the largest grid, so its target stands on the middle one.
  const nets = [
    { net: freightNet(300, 3045), naive: 80, objects: 8, rate: 2 },
    { net: gridNet(32, 0.8), naive: undefined, objects: undefined, rate: undefined },
    { net: gridNet(56, 0.8), naive: 80, objects: 8, rate: undefined },
    { net: gridNet(100, 0.8), naive: null, objects: 8, rate: 2 },
  ];
  const grids = { sizes: [] as number[], times: [] as number[] };
  for (const { net, ...targets } of nets) {
    const { graph, weights, pairs } = net;
    const { made: search, megabytes } = measureMemory(() => {
      const one = createThreeCriteria(graph, ...weights);
      for (const [from, to] of pairs) one.front(from, to);
      return one;
    });
    const objects = createObjectSearch(net);
    let naiveLabels = 0;
    const fronts: number[] = [];
    for (const [from, to] of pairs) {
      const { criteria, size } = search.front(from, to);
      const ours = Array.from({ length: size }, (_, i) => Array.from(criteria.subarray(3 * i, 3 * i + 3)));
      expectEqual(`${net.name} objects`, ours, objects(from, to));
      fronts.push(size);
      if (targets.naive === null) continue;
      const naive = naiveFront(graph, weights, from, to);
      expectEqual(`${net.name} naive`, ours, naive.front);
      naiveLabels += naive.labels;
    }
    Object.assign(search.counters, { labels: 0, settled: 0, candidates: 0 });
    const all = (front: (from: number, to: number) => unknown) => (): void => {
      for (const [from, to] of pairs) front(from, to);
    };
    all((from, to) => search.front(from, to))();
    const { labels, settled, candidates } = search.counters;
    // Destinations alternate, so that bounds are prepared anew for each front, as in the peers; the label rate is that of
    // the search itself, with one search object a pair, whose bounds are kept.
    const kept = pairs.map(([from, to]) => {
      const one = createThreeCriteria(graph, ...weights);
      return (): unknown => one.front(from, to);
    });
    const medians = race(
      [
        { name: "ours", run: all((from, to) => search.front(from, to)) },
        { name: "bounds kept", run: () => kept.forEach((front) => front()) },
        { name: "objects", run: all(objects) },
        ...(targets.naive === null ? [] : [{ name: "naive", run: all((from, to) => naiveFront(graph, weights, from, to)) }]),
      ],
      { warmUps: 1 },
    );
    const at = (name: string): number => medians.get(name)! / pairs.length;
    if (net.name.startsWith("grid")) {
      grids.sizes.push(graph.nodeCount);
      grids.times.push(at("ours"));
    }
    fronts.sort((a, b) => a - b);
    const count = pairs.length;
    const work = `front ${fronts[count >> 1]}, ${(labels / count).toFixed(0)} labels, ${(settled / count).toFixed(0)} settled, ${(candidates / count).toFixed(0)} candidates, ${megabytes.toFixed(1)} MB`;
    const row = { bench: "three-criteria", workload: net.name, ours: "ours", oursMs: at("ours") };
    const limit = (target: number | undefined): { target?: number } => (target === undefined ? {} : { target });
    rows.push({ ...row, peer: "objects", peerMs: at("objects"), ratio: at("objects") / at("ours"), ...limit(targets.objects), note: work });
    if (targets.naive !== null)
      rows.push({
        ...row,
        peer: "naive",
        peerMs: at("naive"),
        ratio: at("naive") / at("ours"),
        ...limit(targets.naive),
        note: `naive makes ${(naiveLabels / labels).toFixed(1)}x the labels`,
      });
    rows.push({
      ...row,
      oursMs: at("bounds kept"),
      peer: "",
      peerMs: NaN,
      ratio: labels / count / at("bounds kept") / 1000,
      unit: "M labels/s",
      ...limit(targets.rate),
      note: "bounds kept",
    });
  }
  rows.push({
    bench: "three-criteria",
    workload: "grid growth (fronts grow too)",
    ours: "ours",
    oursMs: NaN,
    peer: "",
    peerMs: NaN,
    ratio: growthExponent(grids.sizes, grids.times),
    unit: "exp",
  });
  return rows;
}
