import { type ShipmentGraph, nodeKey } from "../routing/index.ts";

/** One shipment graph for several origins, and the node of each origin (-1: no way from it). */
export interface JoinedGraph {
  graph: ShipmentGraph;
  sources: number[];
}

const arcColumns = [
  "kind",
  "ref",
  "windowFrom",
  "windowUntil",
  "loadOperation",
  "unloadOperation",
  "tariff",
  "option",
  "corridor",
  "foreign",
  "cost",
  "dutiable",
  "co2",
  "lead",
  "after",
  "minimum",
] as const;
const nodeColumns = ["nodeLocation", "nodeForm", "nodeStatus", "storageFen", "storageFree"] as const;

/**
 * Joins the graphs of shipments that differ in nothing but the origin: from the first terminal on they have the same states and arcs, which then stand once. The
 * terms are those of the first graph.
 */
export function joinGraphs(graphs: readonly ShipmentGraph[]): JoinedGraph {
  const first = graphs[0]!;
  if (graphs.length === 1) return { graph: first, sources: [first.source] };
  const nodeOf = new Map<number, number>();
  const owner: { graph: ShipmentGraph; node: number }[] = [];
  const numbers = graphs.map((graph) =>
    Array.from({ length: graph.nodeCount }, (_, n) => {
      const key = nodeKey(graph.nodeLocation[n]!, graph.nodeForm[n]!, graph.nodeStatus[n]!);
      let node = nodeOf.get(key);
      if (node === undefined) nodeOf.set(key, (node = owner.push({ graph, node: n }) - 1));
      return node;
    }),
  );
  const known = new Set<string>();
  const arcs: { graph: ShipmentGraph; arc: number; tail: number; head: number }[] = [];
  graphs.forEach((graph, g) => {
    for (let arc = 0; arc < graph.arcCount; arc++) {
      const [tail, head] = [numbers[g]![graph.tail[arc]!]!, numbers[g]![graph.head[arc]!]!];
      const key = `${tail} ${head} ${graph.kind[arc]!} ${graph.ref[arc]!} ${graph.windowFrom[arc]!}`;
      if (known.has(key)) continue;
      known.add(key);
      arcs.push({ graph, arc, tail, head });
    }
  });
  arcs.sort((a, b) => a.tail - b.tail);
  const start = new Int32Array(owner.length + 1);
  for (const { tail } of arcs) start[tail + 1]!++;
  for (let n = 0; n < owner.length; n++) start[n + 1]! += start[n]!;
  const ruleStart = new Int32Array(arcs.length + 1);
  const ruleList = arcs.flatMap(({ graph, arc }, i) => {
    const own = graph.ruleList.subarray(graph.ruleStart[arc]!, graph.ruleStart[arc + 1]!);
    ruleStart[i + 1] = ruleStart[i]! + own.length;
    return [...own];
  });
  const joined: ShipmentGraph = {
    ...first,
    nodeCount: owner.length,
    arcCount: arcs.length,
    start,
    tail: Int32Array.from(arcs, ({ tail }) => tail),
    head: Int32Array.from(arcs, ({ head }) => head),
    ruleStart,
    ruleList: Int32Array.from(ruleList),
  };
  for (const column of arcColumns) {
    const like = first[column];
    const values = arcs.map(({ graph, arc }) => graph[column][arc]!);
    Object.assign(joined, { [column]: (like.constructor as unknown as { from(list: number[]): typeof like }).from(values) });
  }
  for (const column of nodeColumns) {
    const like = first[column];
    const values = owner.map(({ graph, node }) => graph[column][node]!);
    Object.assign(joined, { [column]: (like.constructor as unknown as { from(list: number[]): typeof like }).from(values) });
  }
  const sources = graphs.map((graph, g) => (graph.source < 0 ? -1 : numbers[g]![graph.source]!));
  const target = graphs.findIndex((graph) => graph.target >= 0);
  joined.target = target < 0 ? -1 : numbers[target]![graphs[target]!.target]!;
  joined.source = sources.find((source) => source >= 0) ?? -1;
  return { graph: joined, sources };
}
