import { grown } from "../model/index.ts";
import type { PlanProblem } from "./problem.ts";

/**
 * The chains found so far, a column each, as rows in growing typed arrays. A chain is a path of one commodity from source to sink; the same path is
 * stored once.
 */
export interface PathPool {
  readonly count: number;
  /** Adds a path given as arcs of the commodity's graph from source to sink; returns its number, the old one if it is known. */
  add(commodity: number, arcs: ArrayLike<number>, length: number): number;
  commodityOf(path: number): number;
  /** CNY a vehicle, without prices. */
  costOf(path: number): number;
  arcsOf(path: number): Int32Array;
  /** Resources used, each once, ascending, with the amount a vehicle takes over the whole path; amounts that cancel out are left out. */
  usesOf(path: number): Int32Array;
  amountsOf(path: number): Float64Array;
}

export function createPathPool(problem: PlanProblem): PathPool {
  const { graphs, commodities, resources } = problem;
  const commodityOf: number[] = [];
  const costOf: number[] = [];
  const arcStart = [0];
  const useStart = [0];
  let arcs = new Int32Array(1024);
  let uses = new Int32Array(1024);
  let amounts = new Float64Array(1024);
  const known = new Map<number, number[]>();
  const sum = new Float64Array(resources.length);
  const isTouched = new Uint8Array(resources.length);
  const touched: number[] = [];

  const isSame = (path: number, commodity: number, candidate: ArrayLike<number>, length: number): boolean => {
    const start = arcStart[path]!;
    if (commodityOf[path] !== commodity || arcStart[path + 1]! - start !== length) return false;
    for (let i = 0; i < length; i++) if (arcs[start + i] !== candidate[i]) return false;
    return true;
  };

  return {
    get count() {
      return commodityOf.length;
    },
    add(commodity, candidate, length) {
      let hash = 0x811c9dc5 ^ commodity;
      for (let i = 0; i < length; i++) hash = Math.imul(hash ^ candidate[i]!, 0x01000193);
      const alike = known.get(hash);
      for (const path of alike ?? []) if (isSame(path, commodity, candidate, length)) return path;
      const path = commodityOf.length;
      if (alike === undefined) known.set(hash, [path]);
      else alike.push(path);

      const graph = graphs[commodities[commodity]!.graph]!;
      const start = arcStart[path]!;
      if (start + length > arcs.length) arcs = grown(arcs, start + length);
      let cost = 0;
      for (let i = 0; i < length; i++) {
        const arc = candidate[i]!;
        arcs[start + i] = arc;
        cost += graph.costCny[arc]!;
        for (let use = graph.firstUse[arc]!; use < graph.firstUse[arc + 1]!; use++) {
          const resource = graph.useOf[use]!;
          if (isTouched[resource] === 0) {
            isTouched[resource] = 1;
            touched.push(resource);
          }
          sum[resource]! += graph.useAmount[use]!;
        }
      }
      touched.sort((a, b) => a - b);
      let end = useStart[path]!;
      if (end + touched.length > uses.length) {
        uses = grown(uses, end + touched.length);
        amounts = grown(amounts, uses.length);
      }
      for (const resource of touched) {
        if (sum[resource] !== 0) {
          uses[end] = resource;
          amounts[end++] = sum[resource]!;
        }
        sum[resource] = 0;
        isTouched[resource] = 0;
      }
      touched.length = 0;
      commodityOf.push(commodity);
      costOf.push(cost);
      arcStart.push(start + length);
      useStart.push(end);
      return path;
    },
    commodityOf: (path) => commodityOf[path]!,
    costOf: (path) => costOf[path]!,
    arcsOf: (path) => arcs.subarray(arcStart[path]!, arcStart[path + 1]!),
    usesOf: (path) => uses.subarray(useStart[path]!, useStart[path + 1]!),
    amountsOf: (path) => amounts.subarray(useStart[path]!, useStart[path + 1]!),
  };
}
