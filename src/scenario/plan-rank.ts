import { type Change, InputError, type Lever, type LeverUse, type Scenario, scenario as scenarioSchema, shaped } from "../model/index.ts";
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
import { makeLanes } from "./lanes.ts";
import { namedUses, parametersIn, rangeEnds, usesOf, withValue } from "./lever-uses.ts";
import { type PlanInputs, type PlanRunOptions, type PreparedPlan, preparePlan, runPreparedPlan } from "./plan.ts";

/** What a plan of a ranking is solved for. */
export interface RankStep {
  /** Plans solved, and all there are. */
  done: number;
  total: number;
  /** What was begun last: the plan without any lever, the one of all, one lever alone, at an end of a range, or all without it. */
  now: "baseline" | "bundle" | "alone" | "range" | "without";
  /** The lever in question. */
  lever?: Lever["title"];
}

/** One plan of a ranking, in words that cross to a thread: the levers that are on, and prices to begin with. */
export interface RankTask {
  levers: readonly LeverUse[];
  weeks?: number;
  prices?: ReadonlyMap<string, number>;
}

/** One plan that was solved: its measures, its proof, and the prices that the next one begins with. */
export interface RankSolved {
  values: PlanMeasures<number>;
  demand: number;
  gapCny: number;
  prices: Map<string, number>;
}

/** Solves the plans of a ranking, several at a time. What it answers is `solveRankTask` of the same scenario, wherever it runs. */
export interface RankSolver {
  /** How many tasks are worth asking for at a time. */
  width: number;
  solve(task: RankTask): Promise<RankSolved>;
}

export interface PlanRankOptions {
  /** Plan only so many first weeks of the horizon; default all. */
  weeks?: number;
  /** Also try the ends of every parameter's range; default true. */
  ranges?: boolean;
  /** Called when a plan is begun and when one is solved. */
  onStep?: (step: RankStep) => void | Promise<void>;
  /** Left out: here, one after the other. */
  solver?: RankSolver;
}

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

const change = (from: RankSolved, to: RankSolved) => mapMeasures(from.values, (measure) => to.values[measure]! - from.values[measure]!);

/** Every plan of a ranking has the scenario's own changes; the levers are those of the task. */
function rankScenario(scenario: Scenario, levers: readonly LeverUse[]): Scenario {
  const world: (Change | LeverUse)[] = (scenario.levers ?? []).filter((entry) => !("use" in entry));
  return { ...scenario, levers: [...world, ...levers] };
}

/** Solves one plan of a ranking to its proof. Same task, same answer. Throws InputError where nothing can satisfy the limits. */
export async function solveRankTask(
  scenario: Scenario,
  inputs: PlanInputs,
  { levers, weeks, prices: startPrices }: RankTask,
): Promise<RankSolved> {
  const prepared = await preparePlan(rankScenario(scenario, levers), { ...inputs, ...(weeks === undefined ? {} : { weeks }) });
  const prices: RankSolved["prices"] = new Map();
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
 * proof; the prices of the first one only save work. Same input, same result, however many are solved at a time. Throws InputError with every problem of the
 * scenario.
 */
export async function rankPlan(given: Scenario, inputs: PlanInputs, options: PlanRankOptions = {}): Promise<PlanRanking> {
  const scenario = shaped(given, scenarioSchema);
  const { weeks, onStep, solver = { width: 1, solve: (task) => solveRankTask(scenario, inputs, task) } } = options;
  const shelf = inputs.shelf ?? [];
  // The order in which levers stand means nothing, so it must not show.
  const uses = usesOf(scenario, shelf, "plan").toSorted((a, b) => (a.use < b.use ? -1 : 1));
  // Everything that can be wrong is wrong here: first in the scenario itself, at its own places, then in what is ranked besides.
  const { horizon } = await preparePlan(scenario, inputs);
  await preparePlan(rankScenario(scenario, uses), inputs).catch((error: unknown): never => {
    if (!(error instanceof InputError)) throw error;
    throw new InputError(error.problems.map((p) => ({ ...p, path: p.path.replace(/^levers\/\d+/, "plan/rankLevers/levers") })));
  });
  const byId = new Map(shelf.map((lever) => [lever.id, lever]));
  const triesOf = (use: LeverUse) => (options.ranges === false ? [] : rangeEnds(byId.get(use.use)!, use));
  const total = uses.reduce((sum, use) => sum + 2 + triesOf(use).length, 4);
  let done = 0;
  const inLane = makeLanes(solver.width);
  const run = (list: readonly LeverUse[], now: RankStep["now"], lever?: Lever, prices?: RankTask["prices"]): Promise<RankSolved> =>
    inLane(async () => {
      const told = { total, now, ...(lever === undefined ? {} : { lever: lever.title }) };
      await onStep?.({ done, ...told });
      const solved = await solver.solve({
        levers: list,
        ...(weeks === undefined ? {} : { weeks }),
        ...(prices === undefined ? {} : { prices }),
      });
      await onStep?.({ done: ++done, ...told });
      return solved;
    });
  /** Every plan that is compared begins with the same prices, so that a lever without effect differs in nothing. */
  const settled = async (list: readonly LeverUse[], now: RankStep["now"]) => {
    const { prices } = await run(list, now);
    return { ...(await run(list, now, undefined, prices)), prices };
  };
  let accuracy = 0;
  const compared = (from: RankSolved, to: RankSolved) => {
    accuracy = Math.max(accuracy, from.gapCny + to.gapCny);
    return change(from, to);
  };

  const [baseline, bundle] = await Promise.all([settled([], "baseline"), settled(uses, "bundle")]);
  const levers = await Promise.all(
    uses.map(async (use): Promise<RankedPlanLever> => {
      const lever = byId.get(use.use)!;
      const others = uses.filter((other) => other !== use);
      const seen: PlanMeasures<number>[] = [];
      const tryOut = async (tried: LeverUse, now: RankStep["now"]) => {
        const found = compared(baseline, await run([tried], now, lever, baseline.prices));
        seen.push(found);
        return found;
      };
      const ranged = async () => {
        const alone = await tryOut(use, "alone");
        const tries = triesOf(use);
        // What moves nothing at all at its value has nothing to do with this plan.
        if (tries.length > 0 && planMeasures.every((measure) => (alone[measure] ?? 0) === 0)) {
          done += tries.length;
          await onStep?.({ done, total, now: "range", lever: lever.title });
        } else await Promise.all(tries.map(({ name, value }) => tryOut(withValue(use, name, value), "range")));
        return alone;
      };
      const [alone, marginal] = await Promise.all([
        ranged(),
        run(others, "without", lever, bundle.prices).then((without) => compared(without, bundle)),
      ]);
      return rankedLever(lever, use, alone, seen, marginal);
    }),
  );
  levers.sort(
    (a, b) => a.alone.totalCny.value - b.alone.totalCny.value || a.marginal.totalCny - b.marginal.totalCny || (a.id < b.id ? -1 : 1),
  );
  const together = compared(baseline, bundle);
  return {
    weeks: Math.min(weeks ?? horizon.weeks, horizon.weeks),
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
  options: PlanRunOptions & Pick<PlanRankOptions, "onStep" | "solver"> = {},
): Promise<PlanResult> {
  const { onStep, solver, ...solving } = options;
  const result = await runPreparedPlan(prepared, solving);
  const { scenario } = prepared;
  const asked = scenario.plan?.rankLevers;
  const hasLevers = namedUses(scenario, "plan").length > 0;
  if (asked === undefined || !hasLevers || result.proof.status === "stopped") return result;
  const ranking = await rankPlan(scenario, inputs, {
    ...(asked.weeks === undefined ? {} : { weeks: asked.weeks }),
    ranges: asked.ranges === true,
    ...(onStep === undefined ? {} : { onStep }),
    ...(solver === undefined ? {} : { solver }),
  });
  return { ...result, ranking };
}
