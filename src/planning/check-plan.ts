import { type PlanProblem } from "./problem.ts";
import { sizeOf } from "./tolerances.ts";

/** So many vehicles of a commodity on one chain. */
export interface PlanFlow {
  commodity: number;
  /** Arcs of the commodity's event graph from source to sink. */
  arcs: Int32Array;
  vehicles: number;
  /** CNY a vehicle, without prices of limits. */
  costCny: number;
}

/** What a plan adds up to, computed from its flows and purchases alone. */
export interface PlanTotals {
  /** Vehicles of each commodity left behind. */
  unserved: Float64Array;
  /** Units used of each resource. */
  used: Float64Array;
  /** Capacity of each resource, purchases included. */
  capacity: Float64Array;
  /** Units by which each take-or-pay minimum is missed. */
  shortfall: Float64Array;
  costCny: { transport: number; unserved: number; shortfall: number; investment: number; total: number };
  /** Most that any limit is broken by, as a share of its size (of one unit if it is smaller); 0 if none is. */
  largestViolation: number;
}

/**
 * Adds a plan up from what is reported, without a look at how it was found, and measures what it breaks: capacities, quantities, budget, whole units,
 * and paths that do not lead from source to sink.
 */
export function addUp(problem: PlanProblem, flows: readonly PlanFlow[], units: ArrayLike<number>): PlanTotals {
  const { graphs, commodities, resources, investments, budgetCny } = problem;
  const used = new Float64Array(resources.length);
  const carried = new Float64Array(commodities.length);
  const cost = { transport: 0, unserved: 0, shortfall: 0, investment: 0, total: 0 };
  let worst = 0;
  const measure = (value: number, limit: number): void => {
    worst = Math.max(worst, (value - limit) / sizeOf(limit));
  };
  for (const { commodity, arcs, vehicles } of flows) {
    const { graph, source, sink } = commodities[commodity]!;
    const { head, costCny, firstArc, firstUse, useOf, useAmount } = graphs[graph]!;
    let node = source;
    let pathCost = 0;
    for (const arc of arcs) {
      if (arc < firstArc[node]! || arc >= firstArc[node + 1]!) worst = Infinity;
      node = head[arc]!;
      pathCost += costCny[arc]!;
      for (let use = firstUse[arc]!; use < firstUse[arc + 1]!; use++) used[useOf[use]!]! += vehicles * useAmount[use]!;
    }
    if (node !== sink) worst = Infinity;
    measure(-vehicles, 0);
    carried[commodity]! += vehicles;
    cost.transport += vehicles * pathCost;
  }
  const unserved = new Float64Array(commodities.length);
  for (const [i, { quantity, unservedCny }] of commodities.entries()) {
    measure(carried[i]!, quantity);
    unserved[i] = Math.max(0, quantity - carried[i]!);
    if (unservedCny < Infinity) cost.unserved += unserved[i]! * unservedCny;
    else measure(unserved[i]!, 0);
  }
  const capacity = Float64Array.from(resources, (resource) => resource.capacity);
  for (const [i, { costCny, most, adds }] of investments.entries()) {
    const count = units[i]!;
    measure(count, most);
    measure(-count, 0);
    cost.investment += count * costCny;
    for (const { resource, amount } of adds) capacity[resource]! += count * amount;
  }
  if (budgetCny !== undefined) measure(cost.investment, budgetCny);
  const shortfall = new Float64Array(resources.length);
  for (const [i, { minimum }] of resources.entries()) {
    if (capacity[i]! < Infinity) measure(used[i]!, capacity[i]!);
    if (minimum === undefined) continue;
    shortfall[i] = Math.max(0, minimum.amount - used[i]!);
    cost.shortfall += shortfall[i]! * minimum.shortfallCny;
  }
  cost.total = cost.transport + cost.unserved + cost.shortfall + cost.investment;
  return { unserved, used, capacity, shortfall, costCny: cost, largestViolation: worst };
}

/** The order in which flows are reported. */
export function byCommodityAndArcs(a: PlanFlow, b: PlanFlow): number {
  if (a.commodity !== b.commodity) return a.commodity - b.commodity;
  for (let i = 0; i < Math.min(a.arcs.length, b.arcs.length); i++) if (a.arcs[i] !== b.arcs[i]) return a.arcs[i]! - b.arcs[i]!;
  return a.arcs.length - b.arcs.length;
}

/** Flows in order, those along the same way as one. */
export function merged(flows: PlanFlow[]): PlanFlow[] {
  const sorted = [...flows].sort(byCommodityAndArcs);
  const out: PlanFlow[] = [];
  for (const flow of sorted) {
    const last = out.at(-1);
    if (last !== undefined && byCommodityAndArcs(last, flow) === 0)
      out[out.length - 1] = { ...last, vehicles: last.vehicles + flow.vehicles };
    else out.push(flow);
  }
  return out;
}
