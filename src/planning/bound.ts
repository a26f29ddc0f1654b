import type { Duals } from "./master.ts";
import type { Pricing } from "./pricing.ts";
import type { PlanProblem } from "./problem.ts";

/** What the looks for least cost and for feasibility differ in. */
export interface Costs {
  /** Weight of the arcs' own cost: 1, or 0 while looking for feasibility. */
  arcs: 0 | 1;
  /** CNY for leaving a vehicle behind; while looking for feasibility 1 where that must not be, else 0. */
  unserved: Float64Array;
}

export interface Box {
  /** Least and most units of each investment. */
  lower: Float64Array;
  upper: Float64Array;
}

export function leastCost({ commodities }: PlanProblem): Costs {
  return { arcs: 1, unserved: Float64Array.from(commodities, ({ unservedCny }) => unservedCny) };
}

export function feasibilityOnly({ commodities }: PlanProblem): Costs {
  return { arcs: 0, unserved: Float64Array.from(commodities, ({ unservedCny }) => (unservedCny === Infinity ? 1 : 0)) };
}

/** What each resource adds to the cost of a path under these multipliers, CNY a unit. */
export function netPrices({ capacity, minimum }: Duals): Float64Array {
  const prices = capacity.slice();
  for (let resource = 0; resource < prices.length; resource++) prices[resource]! -= minimum[resource]!;
  return prices;
}

/**
 * The part of the Lagrangian bound that does not depend on paths: whatever the multipliers, no plan costs less than this plus, for every commodity,
 * its quantity times the cheaper of its cheapest priced path and being left behind. With `costs.arcs` 0 money counts nothing.
 */
export function fixedBound(problem: PlanProblem, capacities: Float64Array, duals: Duals, box: Box, costs: Costs): number {
  const { resources, investments, budgetCny } = problem;
  let bound = 0;
  for (let resource = 0; resource < resources.length; resource++) {
    if (duals.capacity[resource]! > 0) bound -= duals.capacity[resource]! * capacities[resource]!;
    if (duals.minimum[resource]! > 0) bound += duals.minimum[resource]! * resources[resource]!.minimum!.amount;
  }
  for (const [i, { costCny, adds }] of investments.entries()) {
    let reduced = costCny * (costs.arcs + duals.budget);
    for (const { resource, amount } of adds) reduced -= amount * duals.capacity[resource]!;
    bound += reduced * (reduced < 0 ? box.upper[i]! : box.lower[i]!);
  }
  if (budgetCny !== undefined) bound -= duals.budget * budgetCny;
  return bound;
}

/**
 * Prices all commodities; returns the Lagrangian bound. With `used`, also what the cheapest choices take of each resource, which minus the capacity is
 * the bound's slope.
 */
export function lagrangianBound(
  problem: PlanProblem,
  pricing: Pricing,
  capacities: Float64Array,
  duals: Duals,
  box: Box,
  costs: Costs,
  visit?: (commodity: number, costCny: number, arcs: Int32Array, length: number) => void,
): number {
  const { commodities } = problem;
  let bound = fixedBound(problem, capacities, duals, box, costs);
  pricing.run(
    netPrices(duals),
    (commodity, cost, path) => {
      const { quantity } = commodities[commodity]!;
      const unserved = costs.unserved[commodity]!;
      if (quantity > 0) bound += quantity * Math.min(cost, unserved);
      if (visit === undefined || !(cost < unserved)) return;
      const { arcs, length } = path.read();
      visit(commodity, cost, arcs, length);
    },
    costs.arcs,
  );
  return bound;
}

/** Between two sets of multipliers, which is again one: `share` of the way from `from` to `to`. */
export function between(from: Duals, to: Duals, share: number): Duals {
  const mix = (a: Float64Array, b: Float64Array): Float64Array => a.map((value, i) => value + share * (b[i]! - value));
  return {
    capacity: mix(from.capacity, to.capacity),
    minimum: mix(from.minimum, to.minimum),
    budget: from.budget + share * (to.budget - from.budget),
  };
}

export function noDuals({ resources }: PlanProblem): Duals {
  return { capacity: new Float64Array(resources.length), minimum: new Float64Array(resources.length), budget: 0 };
}
