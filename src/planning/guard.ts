import { PlanError } from "./plan-error.ts";
import type { EventGraph, PlanProblem } from "./problem.ts";

/**
 * The largest problem that is tried; a guard against running out of memory, not a promise of an answer. HiGHS has 2 GB of its own and aborts beyond; what
 * counts there are rows (commodities and full resources) and chains. A dated move takes about 55 bytes while it is solved, so that the most of them take 5.5 GB.
 */
export const MOST = { commodities: 250_000, resources: 2_000_000, arcs: 100_000_000, investments: 1_000 } as const;

/**
 * Refuses what cannot be solved before anything large is allocated.
 * @throws {PlanError} `too-large`, or `bad-problem` with every fault of the problem's form (at most ten are told).
 */
export function guardProblem(problem: PlanProblem): void {
  const { graphs, commodities, resources, investments } = problem;
  const sizes = {
    commodities: commodities.length,
    resources: resources.length,
    arcs: graphs.reduce((sum, { head }) => sum + head.length, 0),
    investments: investments.length,
  };
  for (const key of ["commodities", "resources", "arcs", "investments"] as const) guardSize(key, sizes[key]);
  const faults = [...graphs.flatMap(graphFaults), ...listFaults(problem)];
  if (faults.length === 0) return;
  const listed = faults.slice(0, 10).join("; ");
  throw new PlanError(
    "bad-problem",
    { zh: `计划问题的数据有误：${listed}`, en: `The plan's data are wrong: ${listed}` },
    { zh: "请检查费用、数量和能力是否为有效数字。", en: "Check that costs, quantities and capacities are proper numbers." },
  );
}

/**
 * Refuses a size, also while the problem is still being laid out.
 * @throws {PlanError} `too-large`.
 */
export function guardSize(key: keyof typeof MOST, size: number): void {
  if (size <= MOST[key]) return;
  const { zh, en } = NAMES[key];
  throw new PlanError(
    "too-large",
    { zh: `计划过大：${size} ${zh}，上限为 ${MOST[key]}`, en: `The plan is too large: ${size} ${en}, at most ${MOST[key]} can be solved` },
    SMALLER,
  );
}

/**
 * Runs what needs much memory.
 * @throws {PlanError} `too-large` where there is not enough.
 */
export function withMemory<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw inWordsIfFull(error);
  }
}

/** What engines throw when an array or a map finds no room, in words; any other error as it is. */
export function inWordsIfFull(error: unknown): unknown {
  const isFull = error instanceof RangeError && /allocation|memory|array length|maximum size/iu.test(error.message);
  return isFull
    ? new PlanError("too-large", { zh: "内存不足，放不下这个计划", en: "There is not enough memory for this plan" }, SMALLER)
    : error;
}

const SMALLER = { zh: "请缩短计划期、合并需求行或按地区拆分。", en: "Use a shorter horizon, fewer demand rows, or one plan a region." };

const NAMES = {
  commodities: { zh: "个批次（需求行乘以周数）", en: "lots (demand rows times weeks)" },
  resources: { zh: "项能力限制", en: "limits" },
  arcs: { zh: "个带日期的运输环节", en: "dated moves" },
  investments: { zh: "项投资", en: "investments" },
};

function graphFaults({ nodeCount, firstArc, head, costCny, firstUse, useOf, useAmount }: EventGraph, graph: number): string[] {
  const at = `graphs/${graph}`;
  const arcs = head.length;
  if (firstArc.length !== nodeCount + 1 || costCny.length !== arcs || firstUse.length !== arcs + 1)
    return [`${at}: lengths of arrays do not match`];
  if (firstArc[nodeCount] !== arcs || firstUse[arcs] !== useOf.length || useOf.length !== useAmount.length)
    return [`${at}: rows do not cover the arrays`];
  for (let node = 0; node < nodeCount; node++) {
    for (let arc = firstArc[node]!; arc < firstArc[node + 1]!; arc++) {
      if (head[arc]! <= node || head[arc]! >= nodeCount) return [`${at}/arcs/${arc}: does not lead to a later node`];
      if (!Number.isFinite(costCny[arc])) return [`${at}/arcs/${arc}: cost is not a number`];
    }
  }
  if (!useAmount.every(Number.isFinite)) return [`${at}: an amount used is not a number`];
  return [];
}

function listFaults({ graphs, commodities, resources, investments, budgetCny }: PlanProblem): string[] {
  const faults: string[] = [];
  for (const { id, graph, source, sink, quantity, unservedCny } of commodities) {
    const count = graphs[graph]?.nodeCount ?? 0;
    if (!(source >= 0 && source < count && sink >= 0 && sink < count)) faults.push(`commodities/${id}: source or sink is not in its graph`);
    if (!(quantity >= 0 && quantity < Infinity)) faults.push(`commodities/${id}: quantity`);
    if (!(unservedCny >= 0)) faults.push(`commodities/${id}: unservedCny`);
  }
  for (const { id, capacity, minimum } of resources) {
    if (!(capacity > -Infinity)) faults.push(`resources/${id}: capacity`);
    if (minimum !== undefined && !(Number.isFinite(minimum.amount) && minimum.shortfallCny >= 0 && minimum.shortfallCny < Infinity)) {
      faults.push(`resources/${id}: minimum`);
    }
  }
  for (const [graph, { useOf }] of graphs.entries()) {
    if (!useOf.every((resource) => resource >= 0 && resource < resources.length)) faults.push(`graphs/${graph}: uses an unknown resource`);
  }
  for (const { id, costCny, most, adds } of investments) {
    if (!(costCny >= 0 && costCny < Infinity && most >= 0 && most < Infinity)) faults.push(`investments/${id}: cost or most units`);
    if (!adds.every(({ resource, amount }) => resource >= 0 && resource < resources.length && amount >= 0 && amount < Infinity)) {
      faults.push(`investments/${id}: adds`);
    }
  }
  if (budgetCny !== undefined && !(budgetCny >= 0)) faults.push("budgetCny");
  return faults;
}
