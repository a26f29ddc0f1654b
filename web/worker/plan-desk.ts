import {
  type Lever,
  type Problem,
  type Scenario,
  InputError,
  checkShape,
  problem,
  scenario as scenarioSchema,
} from "../../src/model/index.ts";
import type { PlanRanking } from "../../src/planning/index.ts";
import { type RankSolved, type RankSolver, type RankStep, type RankTask, scenarioNetwork } from "../../src/scenario/index.ts";
import type { PlanQuestion, PlanShelf, PlanStep } from "./plan-client.ts";
import { type PlanEstimate, estimateFromPrices } from "./plan-estimate.ts";
import type { PlanAnswer, PlanView } from "./plan-view.ts";

/** What a run is told and asked on its way. */
export interface PlanHooks {
  onFirst(view: PlanView): void | Promise<void>;
  /** The run waits for the answer, so that a word to stop can come in between. */
  onStep(step: PlanStep): void | Promise<void>;
  isStopped(): boolean;
}

/** Finds the plan of a scenario. Throws InputError with every problem, a plan that cannot be among them. */
export type PlanRun = (scenario: Scenario, shelf: readonly Lever[], hooks: PlanHooks) => Promise<PlanView>;

/** What the levers of a scenario are worth to its plan; `solver` solves the plans that it takes. */
export type PlanRank = (
  scenario: Scenario,
  shelf: readonly Lever[],
  solver: RankSolver,
  onStep: (step: RankStep) => void | Promise<void>,
) => Promise<PlanRanking>;

/** Solves one of those plans. */
export type PlanRankTask = (scenario: Scenario, shelf: readonly Lever[], task: RankTask) => Promise<RankSolved>;

/** What the worker does for the page. */
export interface PlanDesk {
  shelf(): Promise<PlanShelf>;
  solve(question: PlanQuestion, onFirst: (view: PlanView) => void, onStep: (step: PlanStep) => void): Promise<PlanAnswer>;
  stop(): void;
  /** Says which plans a ranking takes, `width` at a time, and makes the ranking of what `solve` answers. */
  rank(
    question: PlanQuestion,
    width: number,
    solve: (task: RankTask) => Promise<RankSolved>,
    onStep: (step: RankStep) => void,
  ): Promise<PlanRanking>;
  rankTask(question: PlanQuestion, task: RankTask): Promise<RankSolved>;
  estimate(base: PlanQuestion, prices: PlanView["bottlenecks"], changed: PlanQuestion): Promise<PlanEstimate>;
  scenario(question: PlanQuestion): Promise<Scenario>;
}

const both = (text: Scenario["title"], otherwise: string) =>
  text === undefined ? { zh: otherwise, en: otherwise } : typeof text === "string" ? { zh: text, en: text } : text;

/** The scenario of a question: the file's, with the levers that are switched on. One that the file uses itself gets the page's parameters. */
export function scenarioFor({ plan, file, levers }: PlanQuestion, files: readonly Scenario[]): Scenario {
  let base = files.find(({ id }) => id === plan);
  if (file !== undefined) {
    const checked = checkShape(file, scenarioSchema);
    if (checked.value === undefined) throw new InputError(checked.problems);
    base = checked.value;
  }
  if (base === undefined)
    throw new InputError([problem("id", "unknown-reference", { zh: `没有场景“${plan}”`, en: `no scenario '${plan}'` })]);
  if (base.demand === undefined)
    throw new InputError([
      problem(
        "demand",
        "missing-key",
        { zh: "这个场景没有需求，无从计划", en: "the scenario has no demand, so there is nothing to plan" },
        { zh: "运力计划要有 demand 与 horizon", en: "a capacity plan needs demand and horizon" },
      ),
    ]);
  if (levers.length === 0) return base;
  const own = (base.levers ?? []).filter((entry) => !("use" in entry && levers.some(({ use }) => use === entry.use)));
  return {
    ...base,
    id: `${base.id}-levers`.slice(0, 100),
    levers: [
      ...own,
      ...levers.map(({ use, with: values }) => ({ use, ...(Object.keys(values).length === 0 ? {} : { with: { ...values } }) })),
    ],
  };
}

const mostQuickWeeks = 8;

/** Built-in demand is a year of all markets unless the scenario says otherwise. */
const isLong = ({ demand, horizon }: Scenario): boolean =>
  demand !== undefined && "builtin" in demand && demand.to === undefined && (horizon === undefined || horizon.weeks > mostQuickWeeks);

/** Puts the pieces together: `files` and `levers` are asked for once, `run` and `solveTask` solve. */
export function createDesk(
  files: () => Promise<readonly unknown[]>,
  levers: () => Promise<readonly Lever[]>,
  run: PlanRun,
  rank: PlanRank,
  solveTask: PlanRankTask,
): PlanDesk {
  let checked: Promise<Scenario[]> | undefined;
  const scenarios = () =>
    (checked ??= files().then((list) =>
      list.flatMap((file) => checkShape(file, scenarioSchema).value ?? []).filter((s) => s.demand !== undefined),
    ));
  let stopNow = false;
  const networkOf = async (question: PlanQuestion) => {
    const { data } = scenarioNetwork(scenarioFor(question, await scenarios()), undefined, await levers());
    return data;
  };
  return {
    shelf: async () => {
      const [list, shelf] = await Promise.all([scenarios(), levers()]);
      return {
        scenarios: list.map((scenario) => ({
          id: scenario.id,
          title: both(scenario.title, scenario.id),
          description: scenario.description === undefined ? undefined : both(scenario.description, ""),
          isLong: isLong(scenario),
        })),
        levers: shelf
          .filter((lever) => lever.studies.includes("plan"))
          .map(({ id, kind, title, what, documents, parameters, conflictsWith }) => ({
            id,
            kind,
            title,
            what,
            documents,
            parameters,
            ...(conflictsWith === undefined ? {} : { conflictsWith }),
          })),
      };
    },
    solve: async (question, onFirst, onStep) => {
      stopNow = false;
      try {
        const [list, shelf] = await Promise.all([scenarios(), levers()]);
        const view = await run(scenarioFor(question, list), shelf, { onFirst, onStep, isStopped: () => stopNow });
        return { kind: "plan", view };
      } catch (error) {
        if (error instanceof InputError) return { kind: "problems", problems: error.problems.filter(isError) };
        throw error;
      }
    },
    stop: () => {
      stopNow = true;
    },
    rank: async (question, width, solve, onStep) => {
      const [list, shelf] = await Promise.all([scenarios(), levers()]);
      return rank(scenarioFor(question, list), shelf, { width, solve }, onStep);
    },
    rankTask: async (question, task) => {
      const [list, shelf] = await Promise.all([scenarios(), levers()]);
      return solveTask(scenarioFor(question, list), shelf, task);
    },
    estimate: async (base, prices, changed) => estimateFromPrices(prices, await networkOf(base), await networkOf(changed)),
    scenario: async (question) => scenarioFor(question, await scenarios()),
  };
}

const isError = ({ severity }: Problem): boolean => severity === "error";
