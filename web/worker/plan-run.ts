import { preparePlan, rankPlan, runPreparedPlan } from "../../src/scenario/index.ts";
import type { PlanRank, PlanRun } from "./plan-desk.ts";
import { planViewOf } from "./plan-view-of.ts";

/** Solves a scenario's plan as the command line does, and tells the page of the first plan and of each round. */
export const runPlanView: PlanRun = async (scenario, shelf, { onFirst, onStep, isStopped }) => {
  const begin = performance.now();
  const prepared = await preparePlan(scenario, { shelf });
  const result = await runPreparedPlan(prepared, {
    isStopped,
    onFirst: (first) => onFirst(planViewOf(first, prepared.data, "first", performance.now() - begin)),
    onProgress: ({ round, primalCny, boundCny, gap }) => onStep({ round, primalCny, boundCny, gap }),
  });
  return planViewOf(result, prepared.data, "exact", performance.now() - begin);
};

/** Weeks that are planned for it where the scenario does not say: a year for each lever would take hours. */
const rankedWeeks = 4;

/** The worth of a scenario's levers, as the command line finds it; ranges only where the scenario asks for them. */
export const rankPlanLevers: PlanRank = (scenario, shelf, onStep) =>
  rankPlan(
    scenario,
    { shelf },
    { weeks: scenario.plan?.rankLevers?.weeks ?? rankedWeeks, ranges: scenario.plan?.rankLevers?.ranges === true, onStep },
  );
