import type { Scenario } from "../../src/model/index.ts";
import { namedUses, preparePlan, rankPlan, runPreparedPlan, solveRankTask } from "../../src/scenario/index.ts";
import type { PlanRank, PlanRankTask, PlanRun } from "./plan-desk.ts";
import { planViewOf } from "./plan-view-of.ts";

/** Weeks that are planned for a ranking that the scenario does not ask for: a year for each lever would take hours. */
const rankedWeeks = 4;

const weeksRanked = ({ plan }: Scenario, weeks: number): number =>
  Math.min(weeks, plan?.rankLevers === undefined ? rankedWeeks : (plan.rankLevers.weeks ?? weeks));

/** Solves a scenario's plan as the command line does, and tells the page of the first plan and of each round. */
export const runPlanView: PlanRun = async (scenario, shelf, { onFirst, onStep, isStopped }) => {
  const begin = performance.now();
  const prepared = await preparePlan(scenario, { shelf });
  const result = await runPreparedPlan(prepared, {
    isStopped,
    onFirst: (first) => onFirst(planViewOf(first, prepared.data, "first", performance.now() - begin)),
    onProgress: ({ round, primalCny, boundCny, gap }) => onStep({ round, primalCny, boundCny, gap }),
  });
  const levers = namedUses(scenario, "plan").length;
  const view = planViewOf(result, prepared.data, "exact", performance.now() - begin);
  return levers === 0 ? view : { ...view, ranked: { levers, weeks: weeksRanked(scenario, prepared.horizon.weeks) } };
};

/** The worth of a scenario's levers, as the command line finds it; ranges only where the scenario asks for them. */
export const rankPlanLevers: PlanRank = async (scenario, shelf, solver, onStep) => {
  const asked = scenario.plan?.rankLevers;
  const weeks = asked === undefined ? rankedWeeks : asked.weeks;
  return rankPlan(scenario, { shelf }, { ...(weeks === undefined ? {} : { weeks }), ranges: asked?.ranges === true, solver, onStep });
};

/** One plan of it. */
export const solvePlanTask: PlanRankTask = (scenario, shelf, task) => solveRankTask(scenario, { shelf }, task);
