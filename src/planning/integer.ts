import type { Box } from "./bound.ts";
import { type Bench, isGapClosed, type Relaxation, type RelaxedPlan, solveRelaxation } from "./generate.ts";
import type { Duals } from "./master.ts";
import type { PlanProblem } from "./problem.ts";
import { INTEGRAL } from "./tolerances.ts";

/** The best plan with whole units so far, and the prices that belong to it. */
export interface Incumbent extends RelaxedPlan {
  duals: Duals;
}

export interface IntegerAnswer {
  status: "optimal" | "stopped" | "infeasible";
  best: Incumbent | undefined;
  bound: number;
  nodes: number;
}

interface Node {
  box: Box;
  bound: number;
  duals: Duals | undefined;
  /** Age, so that equal bounds are taken in the order made. */
  order: number;
}

/**
 * Branch and price on the units of investments: every node is solved by column generation, so the columns are complete where they matter and the bound
 * holds for every plan, not only for the columns at hand. Dives towards the nearer whole number until a plan is found, then takes the node with the
 * lowest bound. Without investments there is one node.
 */
export async function branch(
  bench: Bench,
  mostNodes: number,
  start: Duals | undefined,
  first: Incumbent | undefined,
): Promise<IntegerAnswer> {
  const { problem, gap } = bench;
  const { investments } = problem;
  let best = first;
  const open: Node[] = [
    {
      box: { lower: new Float64Array(investments.length), upper: Float64Array.from(investments, ({ most }) => Math.floor(most)) },
      bound: -Infinity,
      duals: start,
      order: 0,
    },
  ];
  let made = 1;
  let nodes = 0;
  // Nodes cut off or solved to their end still bound the optimum from below by what they are worth.
  let closed = Infinity;
  let next: Node | undefined = open.pop();
  while (next !== undefined) {
    const node = next;
    const cutoff = best?.primal ?? Infinity;
    const answer: Relaxation = await solveRelaxation(bench, node.box, node.duals, cutoff);
    nodes++;
    const bound = Math.max(node.bound, answer.bound);
    const isStopped = answer.status === "stopped";
    let dive: Node | undefined;
    if (answer.status === "infeasible") {
      // Nothing below here.
    } else if (answer.plan === undefined || answer.status === "above-cutoff") {
      closed = Math.min(closed, bound);
    } else {
      const { units } = answer.plan;
      const split = mostFractional(units);
      const bought = split < 0 ? units.map(Math.round) : units.map(Math.ceil);
      if (isAffordable(problem, bought)) {
        // What is bought a little more of than needed breaks no limit, so this is a plan.
        const plan = incumbent(problem, answer.plan, answer.duals, bought);
        if (split >= 0 || bought.every((value, i) => value >= units[i]!)) best = better(best, plan);
      }
      if (split < 0) {
        closed = Math.min(closed, bound);
        if (!bought.every((value, i) => value >= units[i]!)) {
          // Whole but for rounding noise, and rounding down takes capacity away: solve with exactly that.
          const exact = await solveRelaxation(bench, { lower: bought, upper: bought }, answer.duals);
          if (exact.plan !== undefined) best = better(best, incumbent(problem, exact.plan, exact.duals, bought));
        }
      } else if (isStopped) {
        closed = Math.min(closed, bound);
      } else {
        const value = units[split]!;
        const down: Node = { box: narrowed(node.box, "upper", split, Math.floor(value)), bound, duals: answer.duals, order: made++ };
        const up: Node = { box: narrowed(node.box, "lower", split, Math.ceil(value)), bound, duals: answer.duals, order: made++ };
        const isNearerUp = value - Math.floor(value) > 0.5;
        const isUpOpen = isAffordable(problem, up.box.lower);
        dive = isNearerUp && isUpOpen ? up : down;
        if (isUpOpen) open.push(isNearerUp ? down : up);
      }
    }
    const left = (): number => Math.min(closed, dive?.bound ?? Infinity, ...open.map((each) => each.bound));
    if (isStopped || nodes >= mostNodes) {
      const isDone = best !== undefined && isGapClosed(best.primal, left(), gap);
      return { status: isDone ? "optimal" : "stopped", best, bound: left(), nodes };
    }
    if (best !== undefined) {
      for (let i = open.length - 1; i >= 0; i--) {
        if (!isGapClosed(best.primal, open[i]!.bound, gap)) continue;
        closed = Math.min(closed, open[i]!.bound);
        open.splice(i, 1);
      }
    }
    next = dive ?? takeLowest(open);
  }
  if (best === undefined) return { status: "infeasible", best, bound: Infinity, nodes };
  return { status: "optimal", best, bound: Math.min(closed, best.primal), nodes };
}

/** A relaxation's plan with the units that are bought for it. */
function incumbent({ investments }: PlanProblem, { primal, flows, units }: RelaxedPlan, duals: Duals, bought: Float64Array): Incumbent {
  const extra = investments.reduce((sum, { costCny }, i) => sum + costCny * (bought[i]! - units[i]!), 0);
  return { primal: primal + extra, flows, units: bought, duals };
}

/** The cheaper one; of two that buy the same, in any case with the later prices, which are those that belong to the bound. */
function better(a: Incumbent | undefined, b: Incumbent): Incumbent {
  if (a === undefined || b.primal < a.primal) return b;
  return a.units.every((value, i) => value === b.units[i]) ? { ...a, duals: b.duals } : a;
}

function isAffordable({ investments, budgetCny }: PlanProblem, units: Float64Array): boolean {
  const cost = investments.reduce((sum, { costCny }, i) => sum + costCny * units[i]!, 0);
  return investments.every(({ most }, i) => units[i]! <= most) && (budgetCny === undefined || cost <= budgetCny);
}

/** The investment farthest from a whole number, -1 if all are whole. */
function mostFractional(units: Float64Array): number {
  let worst = INTEGRAL;
  let which = -1;
  for (const [i, value] of units.entries()) {
    const distance = Math.abs(value - Math.round(value));
    if (distance > worst) {
      worst = distance;
      which = i;
    }
  }
  return which;
}

function narrowed({ lower, upper }: Box, side: "lower" | "upper", which: number, value: number): Box {
  const box = { lower: lower.slice(), upper: upper.slice() };
  box[side][which] = value;
  return box;
}

function takeLowest(open: Node[]): Node | undefined {
  let lowest = 0;
  for (let i = 1; i < open.length; i++) {
    const [a, b] = [open[i]!, open[lowest]!];
    if (a.bound < b.bound || (a.bound === b.bound && a.order < b.order)) lowest = i;
  }
  return open.splice(lowest, 1)[0];
}
