import type { Highs, ModelData } from "highs";
import type { PlanProblem } from "../../src/planning/index.ts";

/**
 * The same plan as one linear program over arcs: a flow for each origin place and sink (all weeks' sources in it), conservation at every node it can
 * touch, a row for every limit. What the column generation is measured and checked against.
 */
export interface ArcProgram extends ModelData {
  matrix: ModelData["matrix"] & { values: Float64Array };
}

export function arcProgram(problem: PlanProblem, originOf: (commodity: number) => number | string = (i) => i): ArcProgram {
  const { graphs, commodities, resources, investments, budgetCny } = problem;
  const flows = new Map<string, number[]>();
  for (const [i, { graph, sink }] of commodities.entries()) {
    const key = `${graph} ${sink} ${originOf(i)}`;
    flows.set(key, [...(flows.get(key) ?? []), i]);
  }
  const cost: number[] = [];
  const upper: number[] = [];
  const starts = [0];
  const indices: number[] = [];
  const values: number[] = [];
  const minima = resources.flatMap(({ minimum }, i) => (minimum === undefined ? [] : [i]));
  const minimumRow = new Map(minima.map((resource, i) => [resource, resources.length + i]));
  let rows = resources.length + minima.length + (budgetCny === undefined ? 0 : 1);
  const lower: number[] = [...resources.map(() => -Infinity), ...minima.map((i) => resources[i]!.minimum!.amount)];
  const most: number[] = [...resources.map(({ capacity }) => capacity), ...minima.map(() => Infinity)];
  if (budgetCny !== undefined) {
    lower.push(-Infinity);
    most.push(budgetCny);
  }
  const column = (price: number, limit: number, entries: Iterable<[number, number]>): void => {
    const merged = new Map<number, number>();
    for (const [row, value] of entries) merged.set(row, (merged.get(row) ?? 0) + value);
    for (const [row, value] of merged) {
      indices.push(row);
      values.push(value);
    }
    cost.push(price);
    upper.push(limit);
    starts.push(indices.length);
  };
  for (const members of flows.values()) {
    const { graph, sink } = commodities[members[0]!]!;
    const { nodeCount, firstArc, head, costCny, firstUse, useOf, useAmount } = graphs[graph]!;
    const forward = new Uint8Array(nodeCount);
    const backward = new Uint8Array(nodeCount);
    for (const i of members) forward[commodities[i]!.source] = 1;
    backward[sink] = 1;
    for (let node = 0; node < nodeCount; node++) {
      if (forward[node] === 1) for (let arc = firstArc[node]!; arc < firstArc[node + 1]!; arc++) forward[head[arc]!] = 1;
    }
    for (let node = nodeCount - 1; node >= 0; node--) {
      for (let arc = firstArc[node]!; arc < firstArc[node + 1]!; arc++) if (backward[head[arc]!] === 1) backward[node] = 1;
    }
    const rowOf = new Int32Array(nodeCount).fill(-1);
    const supply = new Float64Array(nodeCount);
    for (const i of members) if (commodities[i]!.source !== sink) supply[commodities[i]!.source]! += commodities[i]!.quantity;
    for (let node = 0; node < nodeCount; node++) {
      const isSource = members.some((i) => commodities[i]!.source === node);
      if (node === sink || !(isSource || (forward[node] === 1 && backward[node] === 1))) continue;
      rowOf[node] = rows++;
      lower.push(supply[node]!);
      most.push(supply[node]!);
    }
    for (const i of members) {
      const { source, quantity, unservedCny } = commodities[i]!;
      if (unservedCny < Infinity && source !== sink) column(unservedCny, quantity, [[rowOf[source]!, 1]]);
    }
    for (let node = 0; node < nodeCount; node++) {
      if (rowOf[node]! < 0) continue;
      for (let arc = firstArc[node]!; arc < firstArc[node + 1]!; arc++) {
        if (backward[head[arc]!] !== 1) continue;
        const entries: [number, number][] = [[rowOf[node]!, 1]];
        if (head[arc] !== sink) entries.push([rowOf[head[arc]!]!, -1]);
        for (let use = firstUse[arc]!; use < firstUse[arc + 1]!; use++) {
          entries.push([useOf[use]!, useAmount[use]!]);
          const minimum = minimumRow.get(useOf[use]!);
          if (minimum !== undefined) entries.push([minimum, useAmount[use]!]);
        }
        column(costCny[arc]!, Infinity, entries);
      }
    }
  }
  for (const [resource, row] of minimumRow) column(resources[resource]!.minimum!.shortfallCny, Infinity, [[row, 1]]);
  const units = cost.length;
  for (const { costCny, most: limit, adds } of investments) {
    const entries: [number, number][] = adds.map(({ resource, amount }) => [resource, -amount]);
    if (budgetCny !== undefined) entries.push([resources.length + minima.length, costCny]);
    column(costCny, limit, entries);
  }
  return {
    numCols: cost.length,
    numRows: rows,
    colCost: Float64Array.from(cost),
    colLower: new Float64Array(cost.length),
    colUpper: Float64Array.from(upper),
    rowLower: Float64Array.from(lower),
    rowUpper: Float64Array.from(most),
    matrix: {
      format: "csc",
      numRows: rows,
      numCols: cost.length,
      starts: Int32Array.from(starts),
      indices: Int32Array.from(indices),
      values: Float64Array.from(values),
    },
    ...(investments.length === 0 ? {} : { integrality: Int32Array.from(cost, (_, i) => (i >= units ? 1 : 0)) }),
  };
}

/** Optimum of the arc program, CNY; null if there is none. */
export function arcOptimum(highs: Highs, program: ModelData): { costCny: number | null } {
  if (program.numCols === 0) {
    const isMet = Array.from(program.rowLower).every((lower, row) => lower <= 0 && program.rowUpper[row]! >= 0);
    return { costCny: isMet ? 0 : null };
  }
  return highs.withModel(program, (model) => {
    model.options.set("output_flag", false);
    model.run();
    return { costCny: model.getModelStatus() === highs.constants.modelStatus.optimal ? model.getObjectiveValue() : null };
  });
}
