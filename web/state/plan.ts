import { type ReadonlySignal, batch, computed, effect, signal, untracked } from "@preact/signals";
import type { Problem } from "../../src/model/index.ts";
import type { PlanRanking } from "../../src/planning/index.ts";
import type { RankStep } from "../../src/scenario/index.ts";
import type { PlanClient, PlanQuestion, PlanShelf, PlanStep } from "../worker/plan-client.ts";
import type { PlanEstimate } from "../worker/plan-estimate.ts";
import type { PlanView } from "../worker/plan-view.ts";
import { type LeverChoice, type PlanChoice, fromFile, readWeeks, writeLever } from "./plan-choice.ts";
import type { Store } from "./store.ts";

/** What is worked on, if anything. */
export type PlanWork = "scenario" | "baseline" | "worth" | undefined;

/** The capacity page beside the store: what there is to choose, the plan, its baseline and the work on them. */
export interface PlanState {
  shelf: ReadonlySignal<PlanShelf | undefined>;
  /** Id of the scenario shown, and of the baseline. */
  plan: ReadonlySignal<string>;
  /** The plan last found. While another is worked on it stays, as of `shownQuestion`. */
  shown: ReadonlySignal<PlanView | undefined>;
  /** Whether what is shown answers what is asked. */
  isCurrent: ReadonlySignal<boolean>;
  baseline: ReadonlySignal<PlanView | undefined>;
  work: ReadonlySignal<PlanWork>;
  isStopping: ReadonlySignal<boolean>;
  step: ReadonlySignal<PlanStep | undefined>;
  /** What the levers would change, from prices; there while the exact answer is not. */
  estimate: ReadonlySignal<PlanEstimate | undefined>;
  /** What each lever of the plan on show is worth; undefined until it was asked for. */
  worth: ReadonlySignal<PlanRanking | undefined>;
  worthStep: ReadonlySignal<RankStep | undefined>;
  problems: ReadonlySignal<readonly Problem[]>;
  failure: ReadonlySignal<string | undefined>;
  /** Name of the opened file; empty for none. */
  fileName: ReadonlySignal<string>;
  /** Weeks kept, from 0. */
  weeks: ReadonlySignal<readonly [number, number] | undefined>;
  choose(change: Partial<PlanChoice>): void;
  setLever(use: string, values: LeverChoice["with"] | undefined): void;
  openFile(name: string, content: unknown): void;
  stop(): void;
  /** Solves the levers that are on one by one. */
  rank(): void;
  /** Solves again what was stopped or failed. */
  again(): void;
  /** The scenario on show as a file for the command line. */
  scenario(): Promise<object>;
}

const keyOf = ({ plan, levers }: PlanQuestion, file: number): string =>
  JSON.stringify([plan, plan === fromFile ? file : 0, levers.map(writeLever)]);
/** Changes closer together than this (ms) are one question for the solver: someone turns several switches. */
const pause = 350;
const mostKept = 12;

export function createPlanState(store: Pick<Store, "capacity">, client: PlanClient, failure = signal<string>()): PlanState {
  const shelf = signal<PlanShelf>();
  const shown = signal<{ key: string; question: PlanQuestion; view: PlanView }>();
  const baseline = signal<{ key: string; view: PlanView }>();
  const work = signal<PlanWork>();
  const isStopping = signal(false);
  const step = signal<PlanStep>();
  const estimate = signal<PlanEstimate>();
  const problems = signal<readonly Problem[]>([]);
  const worth = signal<{ key: string; ranking: PlanRanking }>();
  const worthStep = signal<RankStep>();
  const file = signal<{ name: string; content: unknown; number: number }>();
  const turn = signal(0);
  const fail = (error: unknown) => (failure.value = error instanceof Error ? error.message : String(error));

  const plan = computed(() => {
    const wanted = store.capacity.value.plan;
    if (wanted === fromFile && file.value !== undefined) return fromFile;
    const list = shelf.value?.scenarios ?? [];
    return list.some(({ id }) => id === wanted) ? wanted : (list[0]?.id ?? "");
  });
  const ask = (id: string, levers: readonly LeverChoice[]): PlanQuestion => ({
    plan: id,
    levers,
    ...(id === fromFile ? { file: file.value?.content } : {}),
  });
  const question = computed(() => ask(plan.value, store.capacity.value.levers));
  const baseQuestion = computed(() => {
    const { against } = store.capacity.value;
    return ask(shelf.value?.scenarios.some(({ id }) => id === against) === true ? against : plan.value, []);
  });
  const key = computed(() => keyOf(question.value, file.value?.number ?? 0));
  const baseKey = computed(() => keyOf(baseQuestion.value, file.value?.number ?? 0));

  /** Exact plans found so far: turning a switch back costs nothing. */
  const found = new Map<string, PlanView>();
  const keep = (name: string, view: PlanView) => {
    found.delete(name);
    found.set(name, view);
    if (found.size > mostKept) found.delete(found.keys().next().value!);
  };

  let mine = 0;
  let running: Promise<unknown> = Promise.resolve();
  /** Whether the client was asked and has not answered: before that a stop is for us. */
  let isAsked = false;
  /** Solves one question after what runs now; undefined if another was asked meanwhile. */
  const solve = async (number: number, what: "scenario" | "baseline", asked: PlanQuestion, name: string): Promise<boolean> => {
    const show = (view: PlanView) => {
      if (number !== mine) return;
      if (what === "baseline") baseline.value = { key: name, view };
      else shown.value = { key: name, question: asked, view };
    };
    const known = found.get(name);
    if (known !== undefined) {
      batch(() => {
        show(known);
        if (what === "scenario") estimate.value = undefined;
      });
      return true;
    }
    await running;
    if (number !== mine) return false;
    batch(() => {
      work.value = what;
      step.value = undefined;
      isStopping.value = false;
    });
    const run = client.solve(asked, show, (told) => {
      if (number === mine) step.value = told;
    });
    isAsked = true;
    running = run.then(
      () => (isAsked = false),
      () => (isAsked = false),
    );
    const answer = await run;
    if (number !== mine) return false;
    batch(() => {
      if (answer.kind === "stopped") return;
      if (answer.kind === "problems") {
        if (what === "scenario") problems.value = answer.problems;
        return;
      }
      if (answer.view.proof.isOptimal) keep(name, answer.view);
      show(answer.view);
      if (what === "scenario") estimate.value = undefined;
    });
    return answer.kind === "plan" && answer.view.proof.isOptimal;
  };

  const run = async (number: number) => {
    try {
      const isFound = await solve(number, "scenario", question.peek(), key.peek());
      if (isFound && number === mine && baseKey.peek() !== key.peek() && baseline.peek()?.key !== baseKey.peek())
        await solve(number, "baseline", baseQuestion.peek(), baseKey.peek());
    } catch (error) {
      if (number === mine) fail(error);
    }
    if (number === mine)
      batch(() => {
        work.value = undefined;
        step.value = undefined;
        isStopping.value = false;
      });
  };

  const askShelf = () => client.shelf().then((all) => (shelf.value = all), fail);
  void askShelf();
  let timer: ReturnType<typeof setTimeout> | undefined;
  effect(() => {
    if (shelf.value === undefined || plan.value === "") return;
    void turn.value;
    const [wanted, wantedBase] = [key.value, baseKey.value];
    const number = ++mine;
    untracked(() => {
      clearTimeout(timer);
      const last = shown.value;
      const isKnown = found.has(wanted);
      if (work.value !== undefined) client.stop();
      batch(() => {
        problems.value = [];
        // The plan without levers, if it was found, is the baseline at once.
        const known = found.get(wantedBase);
        if (known !== undefined) baseline.value = { key: wantedBase, view: known };
        else if (baseline.value?.key !== wantedBase) baseline.value = undefined;
        if (!isKnown) work.value = "scenario";
        step.value = undefined;
        worthStep.value = undefined;
        estimate.value = undefined;
      });
      // From the prices of an exact plan of the same scenario, with whatever levers it had.
      if (!isKnown && last !== undefined && last.question.plan === question.value.plan && last.view.proof.isOptimal)
        client.estimate(last.question, last.view.bottlenecks, question.value).then(
          (value) => {
            if (number === mine && shown.value?.key !== wanted) estimate.value = value;
          },
          () => undefined,
        );
      timer = setTimeout(() => void run(number), isKnown ? 0 : pause);
    });
  });

  const choose = (change: Partial<PlanChoice>) => (store.capacity.value = { ...store.capacity.value, ...change });
  return {
    shelf,
    plan,
    shown: computed(() => shown.value?.view),
    isCurrent: computed(() => shown.value?.key === key.value),
    baseline: computed(() => (baseline.value?.key === key.value ? undefined : baseline.value?.view)),
    work,
    isStopping,
    step,
    estimate,
    worth: computed(() => (worth.value?.key === key.value ? worth.value.ranking : undefined)),
    worthStep,
    problems,
    failure,
    fileName: computed(() => file.value?.name ?? ""),
    weeks: computed(() => readWeeks(store.capacity.value.weeks, shown.value?.view.weeks ?? 0)),
    choose,
    setLever: (use, values) => {
      const { levers } = store.capacity.value;
      const at = levers.findIndex((lever) => lever.use === use);
      const next =
        values === undefined
          ? levers.filter((lever) => lever.use !== use)
          : at < 0
            ? [...levers, { use, with: values }]
            : levers.with(at, { use, with: values });
      choose({ levers: next });
    },
    openFile: (name, content) =>
      batch(() => {
        file.value = { name, content, number: (file.value?.number ?? 0) + 1 };
        choose({ plan: fromFile, against: "", levers: [], weeks: "", corridor: "" });
      }),
    stop: () => {
      if (work.value === undefined) return;
      if (isAsked) {
        isStopping.value = true;
        client.stop();
        return;
      }
      mine++;
      clearTimeout(timer);
      work.value = undefined;
    },
    rank: () => {
      if (work.value !== undefined) return;
      const [number, name] = [mine, key.value];
      work.value = "worth";
      const run = client.rank(question.value, (told) => {
        if (number === mine) worthStep.value = told;
      });
      const end = () => {
        if (number !== mine) return;
        batch(() => {
          work.value = undefined;
          worthStep.value = undefined;
          isStopping.value = false;
        });
      };
      isAsked = true;
      running = run.then(
        (ranking) => {
          isAsked = false;
          if (ranking !== undefined) worth.value = { key: name, ranking };
          end();
        },
        (error: unknown) => {
          isAsked = false;
          if (number === mine) fail(error);
          end();
        },
      );
    },
    again: () => {
      failure.value = undefined;
      if (shelf.value === undefined) void askShelf();
      turn.value++;
    },
    scenario: () => client.scenario(shown.value?.question ?? question.value),
  };
}
