import { InputError, type Lever, type Problem, type Scenario, problem } from "../model/index.ts";
import { builtinLevers } from "../network/index.ts";
import type { PlanResult } from "../planning/index.ts";
import { type SummaryRow, failedRow, hasNoWay, summaryRows } from "../report/index.ts";
import {
  type NetworkFolder,
  type RankStep,
  type ScenarioResult,
  leversUsed,
  prepareScenario,
  runPrepared,
  scenarioNetwork,
} from "../scenario/index.ts";
import { isPlanCurrent, runPlanJob } from "./plan-job.ts";
import { writeAtomic } from "./atomic-write.ts";
import { contentHash } from "./content-hash.ts";
import { locate } from "./locate.ts";
import { networkFolders } from "./read-files.ts";
import { readScenario } from "./read-scenario.ts";
import { finishedResult, resultPath, resultText } from "./result-file.ts";

/** One scenario to run, as it goes to a worker. */
export interface Job {
  /** Name of the result file and of the scenario in the summary. */
  name: string;
  file: string;
  text: string;
  out: string;
  force: boolean;
  /** Of the batch's temporary files. */
  mark: string;
  /** Threads that may solve the plans of a ranking. */
  threads: number;
  /** Bundled `worker.ts`, which they run. */
  workerFile: string;
}

/** What a plan's job is at: laying out departures, solving in rounds, or solving what each lever is worth. */
export type JobStep = { what: "layout" } | { what: "plan"; round: number; gap: number } | ({ what: "rank" } & RankStep);

/** What a run of a scenario would find: its results up to date, work to do, or problems that stop it. */
export interface JobOutlook {
  status: "current" | "due" | "failed";
  problems: Problem[];
}

export interface JobReport {
  status: "done" | "current" | "failed";
  problems: Problem[];
  rows: SummaryRow[];
  /** A shipment has no way by any option. */
  noWay: boolean;
  /** What a demand came to, without its flows. */
  plan?: PlanResult;
}

/** A copy of the scenario without levers: the network it starts from. */
function baseNetwork(scenario: Scenario, folder: NetworkFolder) {
  const { levers: _levers, ...rest } = scenario;
  return scenarioNetwork(rest, folder).data;
}

export function scenarioHash(scenario: Scenario, folder: NetworkFolder, shelf: readonly Lever[] = []): string {
  return contentHash(scenario, baseNetwork(scenario, folder), leversUsed(scenario, shelf));
}

const folders = networkFolders();

export function failedReport(name: string, problems: Problem[]): JobReport {
  return { status: "failed", problems, rows: [failedRow(name, problems)], noWay: false };
}

/** A scenario with neither shipments nor a demand is compared too: that says what it lacks. */
const hasRoutes = ({ shipments, demand }: Scenario): boolean => shipments.length > 0 || demand === undefined;

/** Problems at their lines of the job's file. */
const placed = ({ text, file }: Pick<Job, "text" | "file">, problems: readonly Problem[]): Problem[] =>
  locate(text, problems).map((p) => ({ file, ...p }));

/** Compares the shipments of a scenario and writes the result, unless a result of the same content is there. Throws InputError. */
async function runRoutes(job: Job, scenario: Scenario, hash: string, folder: NetworkFolder, shelf: readonly Lever[]): Promise<JobReport> {
  const file = resultPath(job.out, job.name);
  const finished = job.force ? undefined : finishedResult(file, hash);
  const report = (status: JobReport["status"], result: ScenarioResult): JobReport => ({
    status,
    problems: result.warnings.map((p) => ({ file: job.file, ...p })),
    rows: summaryRows(result),
    noWay: hasNoWay(result),
  });
  if (finished !== undefined) return report("current", finished);
  const result = runPrepared(prepareScenario(scenario, folder, shelf));
  await writeAtomic(file, resultText(result, hash), job.mark);
  return report("done", result);
}

/** The report of both studies of one scenario. */
function joined(routes: JobReport, plan: JobReport): JobReport {
  return {
    ...plan,
    status: routes.status === "current" && plan.status === "current" ? "current" : "done",
    problems: [...routes.problems, ...plan.problems],
    rows: [...routes.rows, ...plan.rows],
    noWay: routes.noWay || plan.noWay,
  };
}

/** Looks at what is there for a scenario; runs and writes nothing. */
export async function foreseeJob(job: Pick<Job, "name" | "file" | "text" | "out" | "force">): Promise<JobOutlook> {
  const { scenario, problems } = readScenario(job.text, job.file);
  if (scenario === undefined) return { status: "failed", problems };
  try {
    const hash = scenarioHash(scenario, folders(job.file === "-" ? undefined : job.file), await builtinLevers());
    const isCompared = !hasRoutes(scenario) || finishedResult(resultPath(job.out, job.name), hash) !== undefined;
    const isPlanned = scenario.demand === undefined || (await isPlanCurrent(job, scenario, hash));
    return { status: isCompared && isPlanned && !job.force ? "current" : "due", problems: [] };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { status: "failed", problems: placed(job, error.problems) };
  }
}

/**
 * Runs one scenario: compares its shipments, plans its demand, or both, and writes what is not there yet. What is wrong with the input is in the report; only disk
 * errors are thrown.
 */
export async function runJob(job: Job, tell: (step: JobStep) => void = () => undefined): Promise<JobReport> {
  const { scenario, problems } = readScenario(job.text, job.file);
  if (scenario === undefined) return failedReport(job.name, problems);
  try {
    const folder = folders(job.file === "-" ? undefined : job.file);
    const shelf = await builtinLevers();
    const hash = scenarioHash(scenario, folder, shelf);
    const routes = hasRoutes(scenario) ? await runRoutes(job, scenario, hash, folder, shelf) : undefined;
    const plan = scenario.demand === undefined ? undefined : await runPlanJob(job, scenario, hash, tell);
    return routes === undefined ? plan! : plan === undefined ? routes : joined(routes, plan);
  } catch (error) {
    if (error instanceof InputError) return failedReport(job.name, placed(job, error.problems));
    const message = error instanceof Error ? error.message : String(error);
    if (error instanceof Error && "syscall" in error) throw error;
    return failedReport(job.name, [
      {
        ...problem(
          "",
          "limit",
          { zh: `程序缺陷：${message.slice(0, 200)}`, en: `a bug: ${message.slice(0, 200)}` },
          { zh: "请报告，并附上该文件", en: "please report it with this file" },
        ),
        file: job.file,
      },
    ]);
  }
}
