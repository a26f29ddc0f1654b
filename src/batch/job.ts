import { InputError, type Lever, type Problem, type Scenario, problem } from "../model/index.ts";
import { builtinLevers } from "../network/index.ts";
import { type SummaryRow, failedRow, hasNoWay, summaryRows } from "../report/index.ts";
import { type NetworkFolder, type ScenarioResult, type SweptValue, leversUsed, prepareScenario, runPrepared, scenarioNetwork } from "../scenario/index.ts";
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
  /** The run of a sweep that this is: `text` was made and stands in no file, so problems have no line. */
  swept?: SweptValue[];
}

export interface JobReport {
  status: "done" | "current" | "failed";
  problems: Problem[];
  rows: SummaryRow[];
  /** A shipment has no way by any option. */
  noWay: boolean;
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

/** Runs one scenario and writes its result, unless a result of the same content is there. What is wrong with the input is in the report; only disk errors are thrown. */
export async function runJob(job: Job): Promise<JobReport> {
  const { scenario, problems } = readScenario(job.text, job.file);
  if (scenario === undefined) return failedReport(job.name, problems);
  const file = resultPath(job.out, job.name);
  let result: ScenarioResult;
  let hash: string;
  try {
    const folder = folders(job.file === "-" ? undefined : job.file);
    const shelf = await builtinLevers();
    hash = scenarioHash(scenario, folder, shelf);
    const finished = job.force ? undefined : finishedResult(file, hash);
    if (finished !== undefined) {
      return { status: "current", problems: [], rows: summaryRows(finished), noWay: hasNoWay(finished) };
    }
    result = runPrepared(prepareScenario(scenario, folder, shelf));
  } catch (error) {
    if (error instanceof InputError)
      return failedReport(
        job.name,
        locate(job.text, error.problems).map((p) => ({ file: job.file, ...p })),
      );
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
  await writeAtomic(file, resultText(result, hash), job.mark);
  return {
    status: "done",
    problems: result.warnings.map((p) => ({ file: job.file, ...p })),
    rows: summaryRows(result),
    noWay: hasNoWay(result),
  };
}
