import { InputError, type Problem, problem } from "../model/index.ts";
import { builtinLevers } from "../network/index.ts";
import { type PlanInputs, type RankSolved, type RankSolver, type RankTask, solveRankTask } from "../scenario/index.ts";
import { networkFolders } from "./read-files.ts";
import { readScenario } from "./read-scenario.ts";
import { tableReader } from "./read-table.ts";

/** A scenario's text and the file it comes from (`-`: standard input), beside which its network and its tables are found. */
export interface ScenarioText {
  file: string;
  text: string;
}

/** One plan of a ranking as it goes to a thread. */
export type RankJob = ScenarioText & RankTask;

/** Its outcome as it comes back: what is wrong travels as data. */
export type RankReply = { solved: RankSolved } | { problems: Problem[] };

/** What the plan of a file is made from. */
export async function planInputs(file: string): Promise<PlanInputs> {
  return { folder: networkFolders()(file === "-" ? undefined : file), shelf: await builtinLevers(), table: tableReader(file) };
}

/** Solves one plan of a ranking; runs in a thread. */
export async function runRankJob({ file, text, ...task }: RankJob): Promise<RankReply> {
  const { scenario, problems } = readScenario(text, file);
  if (scenario === undefined) return { problems };
  try {
    return { solved: await solveRankTask(scenario, await planInputs(file), task) };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { problems: error.problems };
  }
}

/** Threads that solve the plans of one ranking, to be stopped when it is done. */
export interface RankThreads extends RankSolver {
  stop(): Promise<void>;
}

/** @param workerFile bundled `worker.ts`. */
export async function startRankThreads(workerFile: string, width: number, scenario: ScenarioText): Promise<RankThreads> {
  const { Tinypool } = await import("tinypool");
  const pool = new Tinypool({ filename: workerFile, name: "runRankJob", runtime: "worker_threads", minThreads: width, maxThreads: width });
  return {
    width,
    solve: async (task) => {
      const job: RankJob = { ...scenario, ...task };
      const reply = (await pool.run(job).catch((error: unknown): never => {
        throw hasNoMemory(error) ? noMemory() : error;
      })) as RankReply;
      if ("problems" in reply) throw new InputError(reply.problems);
      return reply.solved;
    },
    stop: () => pool.destroy(),
  };
}

const hasNoMemory = (error: unknown): boolean => error instanceof Error && "code" in error && error.code === "ERR_WORKER_OUT_OF_MEMORY";

const noMemory = (): InputError =>
  new InputError([
    problem(
      "plan/rankLevers",
      "limit",
      { zh: "逐项计算措施时内存不足", en: "out of memory while the levers were solved one by one" },
      { zh: "减少 --jobs，或用 weeks 只计划前几周", en: "use fewer --jobs, or plan only the first weeks with weeks" },
    ),
  ]);
