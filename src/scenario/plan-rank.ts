import { type Change, InputError, type Lever, type LeverUse, type Scenario } from "../model/index.ts";
import {
  type PlanEffect,
  type PlanMeasure,
  type PlanMeasures,
  type PlanRankResult,
  type PlanRanking,
  type PlanResult,
  type RankedPlanLever,
  planMeasures,
} from "../planning/index.ts";
import { parametersIn, rangeEnds, usesOf, withValue } from "./lever-uses.ts";
import { type PlanInputs, type PlanRunOptions, type PreparedPlan, preparePlan, runPreparedPlan } from "./plan.ts";

export interface PlanRankOptions {
  /** Plan only so many first weeks of the horizon; default all. */
  weeks?: number;
  /** Also try the ends of every parameter's range; default true. */
  ranges?: boolean;
  /** Called between plans. */
  onStep?: (done: number, total: number) => void | Promise<void>;
}

/** One plan that was solved: its measures, its proof, and the prices that the next one begins with. */
interface Solved {
  values: PlanMeasures<number>;
  demand: number;
  gapCny: number;
  prices: Map<string, number>;
}

type Prices = Solved["prices"];

/** Steps of the quick first plan where prices of a like plan are at hand. */
const warmSteps = 2;

const decimals: Record<PlanMeasure, number> = {
  totalCny: 0,
  carried: 1,
  sharePercent: 4,
  exportValueCny: 0,
  costCny: 2,
  days: 3,
  co2eKg: 2,
};

/** Rounded for the result; never minus zero. */
const round = (measure: PlanMeasure, value: number) => Number(value.toFixed(decimals[measure])) + 0;

/** The same for every measure that `like` has. */
function mapMeasures<T>(like: PlanMeasures<unknown>, value: (measure: PlanMeasure) => T): PlanMeasures<T> {
  const found: Partial<Record<PlanMeasure, T>> = {};
  for (const measure of planMeasures) if (like[measure] !== undefined) found[measure] = value(measure);
  return found as PlanMeasures<T>;
}

const change = (from: Solved, to: Solved) => mapMeasures(from.values, (measure) => to.values[measure]! - from.values[measure]!);

async function solve(prepared: PreparedPlan, startPrices: Prices | undefined): Promise<Solved> {
  const prices: Prices = new Map();
  let demand = 0;
  let unserved = 0;
  const result = await runPreparedPlan(prepared, {
    ...(startPrices === undefined ? {} : { startPrices, quickSteps: warmSteps }),
    onSolved: (problem, solution) => {
      problem.resources.forEach(({ id }, resource) => {
        const price = solution.prices[resource]!;
        if (price > 0) prices.set(id, price);
      });
      demand = problem.commodities.reduce((sum, { quantity }) => sum + quantity, 0);
      unserved = solution.unserved.reduce((sum, vehicles) => sum + vehicles, 0);
    },
  });
  const { totals, proof, target } = result;
  // Of the plan that may split vehicles, so that making them whole hides no small difference.
  const carried = demand - unserved;
  return {
    values: {
      totalCny: proof.primalCny,
      carried,
      ...(target === undefined ? {} : { sharePercent: (carried / target.nationalExports) * 100 }),
      exportValueCny: totals.exportValueCny,
      costCny: totals.costPerVehicleCny,
      days: totals.days,
      co2eKg: totals.carried === 0 ? 0 : (totals.co2eTonnes * 1000) / totals.carried,
    },
    demand,
    gapCny: Math.max(0, proof.primalCny - proof.boundCny),
    prices,
  };
}

/**
 * What each lever of a scenario is worth to its plan: alone against the scenario without any, and within the bundle of all. Every plan is solved anew to its
 * proof; the prices of the first one only save work. Same input, same result. Throws InputError with every problem of the scenario.
 */
export async function rankPlan(scenario: Scenario, inputs: PlanInputs, options: PlanRankOptions = {}): Promise<PlanRanking> {
  const shelf = inputs.shelf ?? [];
  const world: (Change | LeverUse)[] = (scenario.levers ?? []).filter((entry) => !("use" in entry));
  // The order in which levers stand means nothing, so it must not show.
  const uses = usesOf(scenario, shelf, "plan").toSorted((a, b) => (a.use < b.use ? -1 : 1));
  const prepare = (list: readonly LeverUse[]) =>
    preparePlan(
      { ...scenario, levers: [...world, ...list] },
      { ...inputs, ...(options.weeks === undefined ? {} : { weeks: options.weeks }) },
    );
  // Everything that can be wrong is wrong here: first in the scenario itself, at its own places, then in what is ranked besides.
  const { horizon } = await preparePlan(scenario, inputs);
  await prepare(uses).catch((error: unknown): never => {
    if (!(error instanceof InputError)) throw error;
    throw new InputError(error.problems.map((p) => ({ ...p, path: p.path.replace(/^levers\/\d+/, "plan/rankLevers/levers") })));
  });
  const byId = new Map(shelf.map((lever) => [lever.id, lever]));
  const triesOf = (use: LeverUse) => (options.ranges === false ? [] : rangeEnds(byId.get(use.use)!, use));
  const total = uses.reduce((sum, use) => sum + 2 + triesOf(use).length, 4);
  let done = 0;
  let accuracy = 0;
  const step = async (count: number) => {
    done += count;
    await options.onStep?.(done, total);
  };
  const run = async (list: readonly LeverUse[], prices?: Prices): Promise<Solved> => {
    const solved = await solve(await prepare(list), prices);
    await step(1);
    return solved;
  };
  /** Every plan that is compared begins with the same prices, so that a lever without effect differs in nothing. */
  const settled = async (list: readonly LeverUse[]) => {
    const { prices } = await run(list);
    return { ...(await run(list, prices)), prices };
  };
  const compared = (from: Solved, to: Solved) => {
    accuracy = Math.max(accuracy, from.gapCny + to.gapCny);
    return change(from, to);
  };

  const baseline = await settled([]);
  const { prices: basePrices } = baseline;
  const bundle = await settled(uses);
  const levers: RankedPlanLever[] = [];
  for (const use of uses) {
    const lever = byId.get(use.use)!;
    const alone = compared(baseline, await run([use], basePrices));
    const seen = [alone];
    const tries = triesOf(use);
    // What moves nothing at all at its value has nothing to do with this plan.
    if (planMeasures.every((measure) => (alone[measure] ?? 0) === 0)) await step(tries.length);
    else for (const { name, value } of tries) seen.push(compared(baseline, await run([withValue(use, name, value)], basePrices)));
    const without = await run(
      uses.filter((other) => other !== use),
      bundle.prices,
    );
    const marginal = compared(without, bundle);
    levers.push(rankedLever(lever, use, alone, seen, marginal));
  }
  levers.sort(
    (a, b) => a.alone.totalCny.value - b.alone.totalCny.value || a.marginal.totalCny - b.marginal.totalCny || (a.id < b.id ? -1 : 1),
  );
  const together = compared(baseline, bundle);
  return {
    weeks: Math.min(options.weeks ?? horizon.weeks, horizon.weeks),
    of: horizon.weeks,
    demand: baseline.demand,
    accuracyCny: Math.ceil(accuracy),
    baseline: mapMeasures(baseline.values, (measure) => round(measure, baseline.values[measure]!)),
    bundle: mapMeasures(bundle.values, (measure) => round(measure, bundle.values[measure]!)),
    interaction: mapMeasures(together, (measure) => {
      const sumAlone = round(
        measure,
        levers.reduce((sum, { alone }) => sum + alone[measure]!.value, 0),
      );
      const both = round(measure, together[measure]!);
      return { sumAlone, bundle: both, interaction: round(measure, both - sumAlone) };
    }),
    levers,
  };
}

function rankedLever(
  lever: Lever,
  use: LeverUse,
  alone: PlanMeasures<number>,
  seen: readonly PlanMeasures<number>[],
  marginal: PlanMeasures<number>,
): RankedPlanLever {
  const { id, kind, title, documents } = lever;
  return {
    id,
    kind,
    title,
    documents: documents.map(({ document, paragraph }) => ({ document, paragraph })),
    parameters: parametersIn(lever, use),
    alone: mapMeasures(alone, (measure): PlanEffect => {
      const values = seen.map((each) => each[measure]!);
      return {
        value: round(measure, alone[measure]!),
        low: round(measure, Math.min(...values)),
        high: round(measure, Math.max(...values)),
      };
    }),
    marginal: mapMeasures(marginal, (measure) => round(measure, marginal[measure]!)),
  };
}

/** The ranking of a scenario's plan as a result of its own. */
export async function rankPlanResult(scenario: Scenario, inputs: PlanInputs, options: PlanRankOptions = {}): Promise<PlanRankResult> {
  return {
    schemaVersion: 1,
    kind: "yuche-plan-rank",
    scenario: { id: scenario.id, ...(scenario.title === undefined ? {} : { title: scenario.title }) },
    ...(await rankPlan(scenario, inputs, options)),
  };
}

/**
 * The plan of a prepared scenario, and what levers are worth to it if it asks for that with `plan.rankLevers`. Where no lever is named there is nothing to rank.
 */
export async function runRankedPlan(
  prepared: PreparedPlan,
  inputs: PlanInputs,
  options: PlanRunOptions & Pick<PlanRankOptions, "onStep"> = {},
): Promise<PlanResult> {
  const { onStep, ...solving } = options;
  const result = await runPreparedPlan(prepared, solving);
  const { scenario } = prepared;
  const asked = scenario.plan?.rankLevers;
  const hasLevers = [...(scenario.levers ?? []), ...(asked?.levers ?? [])].some((entry) => "use" in entry);
  if (asked === undefined || !hasLevers || result.proof.status === "stopped") return result;
  const ranking = await rankPlan(scenario, inputs, {
    ...(asked.weeks === undefined ? {} : { weeks: asked.weeks }),
    ranges: asked.ranges === true,
    ...(onStep === undefined ? {} : { onStep }),
  });
  return { ...result, ranking };
}
