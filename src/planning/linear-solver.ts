import type { Highs } from "highs";
import { inWordsIfFull } from "./guard.ts";
import { PlanError } from "./plan-error.ts";

/** Makes a fresh instance of the linear solver with memory of its own: about 50 ms and 16 MB. */
export type SolverLoader = () => Promise<Highs>;

/** Loads HiGHS when it is first needed; the same call works in Node and in a browser's worker. */
export const loadSolver: SolverLoader = async () => {
  const { default: load } = await import("highs");
  return load();
};

/**
 * Runs `work` with an instance. HiGHS can abort (memory, a bug) and is undefined from then on, so such an instance is thrown away and the work is
 * tried once more with a fresh one before giving up in plain words.
 */
export async function withSolver<T>(load: SolverLoader, work: (highs: Highs) => Promise<T>): Promise<T> {
  try {
    return await work(await load());
  } catch (first) {
    if (first instanceof PlanError || !isSolverFault(first)) throw inWordsIfFull(first);
    try {
      return await work(await load());
    } catch (second) {
      if (second instanceof PlanError || !isSolverFault(second)) throw inWordsIfFull(second);
      throw new PlanError(
        "solver",
        { zh: `线性规划求解器两次中止：${messageOf(second)}`, en: `The linear solver gave up twice: ${messageOf(second)}` },
        { zh: "请缩短计划期、合并需求行或减少服务，再试一次。", en: "Try a shorter horizon, fewer demand rows or fewer services." },
      );
    }
  }
}

/** A failed call of HiGHS and what its WebAssembly throws; anything else, wrong arguments too, is a fault of ours and must not be hidden. */
function isSolverFault(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return error.name === "HighsError" || error instanceof WebAssembly.RuntimeError || /memory|aborted/i.test(error.message);
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error)).slice(0, 200);
