import type { PlanProblem } from "./problem.ts";
import { type PlanOptions, type PlanSolution, solvePlan } from "./solve.ts";

/** A resource and what its capacity is to become. */
export interface CapacityChange {
  resource: number;
  capacity: number;
}

/**
 * What a plan would cost with other capacities, to first order, at once: the prices times the changes. The cost of a plan is a convex function of the
 * capacities, so the exact cost is never below this: an increase saves at most what is estimated, a cut costs at least what is estimated. Prices that
 * are only nearly optimal widen that by the plan's own gap.
 */
export function estimate(plan: PlanSolution, changes: readonly CapacityChange[]): { costCny: number; savingCny: number } {
  let savingCny = 0;
  for (const { resource, capacity } of changes) {
    const price = plan.prices[resource]!;
    if (price > 0) savingCny += price * (capacity - plan.capacity[resource]!);
  }
  return { costCny: plan.costCny.total - savingCny, savingCny };
}

/** What one unit more saves and one unit less costs, from exact plans on both sides. */
export interface PriceCheck {
  resource: number;
  /** As in the plan, CNY a unit. */
  priceCny: number;
  /** (cost - cost with more) / step: at most the price. */
  moreSavesCny: number;
  /** (cost with less - cost) / step: at least the price. They differ where the plan is degenerate: the first slot more and the last slot less are worth different things. */
  lessCostsCny: number;
  /** Units that were added and taken away. */
  step: number;
  /** Whether the price lies between the two, within what the gaps allow. */
  isConfirmed: boolean;
}

/**
 * Solves again with a little more and a little less of one resource, with the investments at the units bought, and compares.
 * @param step units; if the capacity is less, all of it is taken away.
 */
export async function checkPrice(
  problem: PlanProblem,
  plan: PlanSolution,
  resource: number,
  step = 1,
  options: PlanOptions = {},
): Promise<PriceCheck> {
  const bought = withUnits(problem, plan.units);
  const priceCny = plan.prices[resource]!;
  const exact = { gap: 1e-9, quickSteps: 0, ...options };
  const costWith = async (change: number): Promise<number> => {
    const changed = bought.resources.map((each, i) => (i === resource ? { ...each, capacity: each.capacity + change } : each));
    const { costCny } = await solvePlan({ ...bought, resources: changed }, exact);
    return costCny.total;
  };
  const here = await costWith(0);
  const less = bought.resources[resource]!.capacity >= 0 ? Math.min(step, bought.resources[resource]!.capacity) : step;
  const moreSavesCny = (here - (await costWith(step))) / step;
  const lessCostsCny = less > 0 ? ((await costWith(-less)) - here) / less : Infinity;
  const slack = (plan.proof.primalCny - plan.proof.boundCny + 4e-9 * (1 + Math.abs(here))) / Math.min(step, less > 0 ? less : step);
  return {
    resource,
    priceCny,
    moreSavesCny,
    lessCostsCny,
    step,
    isConfirmed: moreSavesCny - slack <= priceCny && priceCny <= lessCostsCny + slack,
  };
}

/** The problem in which exactly these units are bought and nothing more can be; their cost is left out, as it is the same everywhere. */
export function withUnits(problem: PlanProblem, units: ArrayLike<number>): PlanProblem {
  const { budgetCny: _budget, ...rest } = problem;
  const resources = problem.resources.map((each) => ({ ...each }));
  for (const [i, { adds }] of problem.investments.entries())
    for (const { resource, amount } of adds) resources[resource]!.capacity += units[i]! * amount;
  return { ...rest, resources, investments: [] };
}
