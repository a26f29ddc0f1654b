import { proxy, wrap } from "comlink";
import type { Lever } from "../../src/model/index.ts";
import type { PlanRanking } from "../../src/planning/index.ts";
import type { RankSolved, RankStep, RankTask } from "../../src/scenario/index.ts";
import type { LeverChoice } from "../state/plan-choice.ts";
import type { PlanEstimate } from "./plan-estimate.ts";
import type { PlanAnswer, PlanView } from "./plan-view.ts";
import type { PlanDesk } from "./plan.worker.ts";
import type { Both } from "./plan-view.ts";

/** Which plan: a scenario by id (or the content of one that was opened), with levers switched on. */
export interface PlanQuestion {
  plan: string;
  /** A scenario as it was read from a file; goes before `plan`. */
  file?: unknown;
  levers: readonly LeverChoice[];
}

/** A scenario with a plan, for the list on the page. */
export interface PlanEntry {
  id: string;
  title: Both;
  description: Both | undefined;
  /** A year of all markets: takes minutes. */
  isLong: boolean;
}

/** What there is to choose from. */
export interface PlanShelf {
  scenarios: PlanEntry[];
  levers: Pick<Lever, "id" | "kind" | "title" | "what" | "documents" | "parameters" | "conflictsWith">[];
}

/** How far the solver is. `round` 0 tells of the quick first plan. */
export interface PlanStep {
  round: number;
  primalCny: number;
  boundCny: number;
  gap: number;
}

/** What the page asks of the planner; a test can put another in its place. */
export interface PlanClient {
  shelf(): Promise<PlanShelf>;
  /** One plan at a time; a first plan and the steps are told meanwhile. After `stop` the best plan so far is the answer. */
  solve(question: PlanQuestion, onFirst: (view: PlanView) => void, onStep: (step: PlanStep) => void): Promise<PlanAnswer>;
  stop(): void;
  /** What each lever of a question is worth, every one solved anew; undefined once it was stopped. */
  rank(question: PlanQuestion, onStep: (step: RankStep) => void): Promise<PlanRanking | undefined>;
  /** What other levers would change, from the prices of a plan alone. */
  estimate(base: PlanQuestion, prices: PlanView["bottlenecks"], changed: PlanQuestion): Promise<PlanEstimate>;
  /** The scenario that is solved, as a file for the command line. */
  scenario(question: PlanQuestion): Promise<object>;
}

/** Plans of a ranking that are solved at a time: each takes up to half a gigabyte. */
const rankWidth = (): number => Math.max(1, Math.min(3, navigator.hardwareConcurrency));

/**
 * Two workers: one is busy solving, the other one answers at once what needs no solving. Both are started when first needed, and a few
 * more like the first one while a ranking is worked on. `failed` is called when one cannot
 * be loaded or dies.
 */
export function startPlanner(failed: (message: string) => void): PlanClient {
  const start = (name: string, ended: () => void) => {
    const worker = new Worker(new URL("./plan.worker.ts", import.meta.url), { type: "module", name });
    // A file that cannot be loaded gives an event without a message.
    worker.addEventListener("error", (event) => {
      ended();
      failed(event.message ?? "");
    });
    worker.addEventListener("messageerror", () => failed("messageerror"));
    return { worker, remote: wrap<PlanDesk>(worker) };
  };
  let solver: ReturnType<typeof start> | undefined;
  /** Ends a run that does not listen yet: until its first step it lays out departures in one go. */
  let abandon: (() => void) | undefined;
  /** Gives up a run whose worker is gone. */
  let giveUpRun: (() => void) | undefined;
  const solverEnded = () => {
    solver = undefined;
    giveUpRun?.();
  };
  let started: ReturnType<typeof start>["remote"] | undefined;
  /** Another one in the place of one that could not be loaded. */
  const desk = () => (started ??= start("yuche-plan-desk", () => (started = undefined)).remote);
  return {
    shelf: () => desk().shelf(),
    solve: async (question, onFirst, onStep) => {
      const { remote, worker } = (solver ??= start("yuche-plan-solver", solverEnded));
      const abandoned = new Promise<PlanAnswer>((resolve) => {
        giveUpRun = () => resolve({ kind: "stopped" });
        abandon = () => {
          worker.terminate();
          solverEnded();
        };
      });
      const answered = remote.solve(
        question,
        proxy(onFirst),
        proxy((step: PlanStep) => {
          abandon = undefined;
          onStep(step);
        }),
      );
      try {
        return await Promise.race([answered, abandoned]);
      } finally {
        giveUpRun = abandon = undefined;
      }
    },
    rank: async (question, onStep) => {
      // A plan of the past may fill the solver's memory; these are new, and gone afterwards.
      solver?.worker.terminate();
      solver = undefined;
      const hands = Array.from({ length: rankWidth() }, (_, i) => start(`yuche-plan-rank-${i + 1}`, () => abandon?.()));
      const idle = [...hands];
      let giveUp: (reason: Error) => void = () => undefined;
      const ended = new Promise<never>((_, reject) => void (giveUp = reject));
      ended.catch(() => undefined);
      const solve = async (task: RankTask): Promise<RankSolved> => {
        // No more are asked for at a time than there are hands.
        const hand = idle.pop()!;
        const solved = await Promise.race([hand.remote.rankTask(question, task), ended]);
        idle.push(hand);
        return solved;
      };
      const abandoned = new Promise<undefined>((resolve) => void (abandon = () => resolve(undefined)));
      try {
        return await Promise.race([desk().rank(question, hands.length, proxy(solve), proxy(onStep)), abandoned]);
      } finally {
        abandon = undefined;
        giveUp(new Error("stopped"));
        for (const { worker } of hands) worker.terminate();
      }
    },
    stop: () => {
      if (abandon === undefined) void solver?.remote.stop();
      else abandon();
    },
    estimate: (base, prices, changed) => desk().estimate(base, prices, changed),
    scenario: (question) => desk().scenario(question),
  };
}
