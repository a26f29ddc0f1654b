import { addUp, merged, type PlanFlow, type PlanTotals } from "./check-plan.ts";
import { createPricing } from "./pricing.ts";
import type { PlanProblem } from "./problem.ts";
import { sendAll } from "./quick.ts";
import type { PlanSolution } from "./solve.ts";
import { SMALLEST_FLOW } from "./tolerances.ts";

/** A plan in whole vehicles. */
export interface WholePlan extends PlanTotals {
  /** By commodity, then by arcs; every number of vehicles is whole. */
  flows: PlanFlow[];
  units: Float64Array;
  /** What whole vehicles cost more than the plan that may split them, CNY; without the fractions of a vehicle that the demand itself has. */
  roundingCny: number;
}

/**
 * Rounds a plan to whole vehicles without breaking a limit. Always succeeds when being left behind has a price: every flow is rounded down, limits that
 * need the vehicles that this took away (shares) are mended by taking more away, and what is left is sent again vehicle by vehicle: first where the plan
 * had a fraction, then along the cheapest chains that have room, at the plan's prices. A fraction in the demand itself cannot be sent and counts as left
 * behind. Where demand must be carried in full and the last vehicle finds no room, that shows as a violation in the totals.
 */
export function roundPlan(problem: PlanProblem, plan: PlanSolution): WholePlan {
  const whole: PlanProblem = { ...problem, commodities: problem.commodities.map((each) => ({ ...each, quantity: floor(each.quantity) })) };
  const room = Float64Array.from(plan.capacity);
  const left = Float64Array.from(whole.commodities, ({ quantity }) => quantity);
  const flows: PlanFlow[] = [];
  const fractions: { flow: PlanFlow; fraction: number }[] = [];
  for (const flow of plan.flows) {
    const vehicles = Math.min(floor(flow.vehicles), left[flow.commodity]!);
    move(problem, flow, vehicles, room);
    left[flow.commodity]! -= vehicles;
    if (vehicles > 0) flows.push({ ...flow, vehicles });
    const fraction = flow.vehicles - vehicles;
    if (fraction > SMALLEST_FLOW) fractions.push({ flow, fraction });
  }
  mend(problem, flows, room, left);
  // Largest fractions first; equal ones in the plan's own order.
  fractions.sort((a, b) => b.fraction - a.fraction);
  for (const { flow } of fractions) {
    const { unservedCny } = problem.commodities[flow.commodity]!;
    if (left[flow.commodity]! < 1 || flow.costCny >= unservedCny || !fits(problem, flow, room)) continue;
    move(problem, flow, 1, room);
    left[flow.commodity]! -= 1;
    flows.push({ ...flow, vehicles: 1 });
  }
  const duals = { capacity: plan.prices, minimum: plan.minimumPrices, budget: plan.budgetPrice };
  flows.push(...sendAll(whole, createPricing(whole), duals, room, left, true));
  const all = merged(flows.filter(({ vehicles }) => vehicles > 0));
  const totals = addUp(whole, all, plan.units);
  const fractional = problem.commodities.map(({ quantity, unservedCny }, i) =>
    unservedCny < Infinity ? (quantity - whole.commodities[i]!.quantity) * unservedCny : 0,
  );
  const remainder = fractional.reduce((sum, each) => sum + each, 0);
  const unserved = totals.unserved.map((vehicles, i) => vehicles + problem.commodities[i]!.quantity - whole.commodities[i]!.quantity);
  const costCny = { ...totals.costCny, unserved: totals.costCny.unserved + remainder, total: totals.costCny.total + remainder };
  return { ...totals, unserved, costCny, flows: all, units: plan.units, roundingCny: costCny.total - plan.costCny.total };
}

/** 2.9999999999 vehicles are three. */
const floor = (value: number): number => Math.floor(value + SMALLEST_FLOW * (1 + value));

function usesOf({ graphs, commodities }: PlanProblem, { commodity, arcs }: PlanFlow): Map<number, number> {
  const { firstUse, useOf, useAmount } = graphs[commodities[commodity]!.graph]!;
  const uses = new Map<number, number>();
  for (const arc of arcs) {
    for (let use = firstUse[arc]!; use < firstUse[arc + 1]!; use++) uses.set(useOf[use]!, (uses.get(useOf[use]!) ?? 0) + useAmount[use]!);
  }
  return uses;
}

function move(problem: PlanProblem, flow: PlanFlow, vehicles: number, room: Float64Array): void {
  if (vehicles === 0) return;
  for (const [resource, amount] of usesOf(problem, flow)) room[resource]! -= vehicles * amount;
}

function fits(problem: PlanProblem, flow: PlanFlow, room: Float64Array): boolean {
  for (const [resource, amount] of usesOf(problem, flow))
    if (amount > 0 && amount > room[resource]! + SMALLEST_FLOW * (1 + amount)) return false;
  return true;
}

/**
 * Rounding down breaks a limit only where vehicles make room for others. Takes vehicles from the dearest flow over such a limit until it holds; ends,
 * because vehicles only become fewer.
 */
function mend(problem: PlanProblem, flows: PlanFlow[], room: Float64Array, left: Float64Array): void {
  const least = -SMALLEST_FLOW;
  for (;;) {
    const broken = room.findIndex((value, resource) => value < least * (1 + Math.abs(problem.resources[resource]!.capacity)) * 1e3);
    if (broken < 0) return;
    let dearest = -1;
    for (const [i, flow] of flows.entries()) {
      if (flow.vehicles < 1 || !((usesOf(problem, flow).get(broken) ?? 0) > 0)) continue;
      if (dearest < 0 || flow.costCny > flows[dearest]!.costCny) dearest = i;
    }
    if (dearest < 0) return;
    const flow = flows[dearest]!;
    const amount = usesOf(problem, flow).get(broken)!;
    const vehicles = Math.min(flow.vehicles, Math.ceil(-room[broken]! / amount - SMALLEST_FLOW));
    move(problem, flow, -vehicles, room);
    left[flow.commodity]! += vehicles;
    flows[dearest] = { ...flow, vehicles: flow.vehicles - vehicles };
  }
}
