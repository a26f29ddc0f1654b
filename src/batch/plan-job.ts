import type { Scenario } from "../model/index.ts";
import type { PlanResult } from "../planning/index.ts";
import { planSheet, planSummary, sheetCsv } from "../report/index.ts";
import { preparePlan, runRankedPlan } from "../scenario/index.ts";
import { writeAtomic } from "./atomic-write.ts";
import type { Job, JobReport, JobStep } from "./job.ts";
import { finishedPlan, planHash, planPath, planResultText, planTablePath } from "./plan-file.ts";
import { planInputs, startRankThreads } from "./rank-job.ts";

/** The plan of a scenario up to the search, and the hash that its result has. Throws InputError. */
async function hashedPlan(job: Pick<Job, "file">, scenario: Scenario, scenarioHash: string) {
  const inputs = await planInputs(job.file);
  const prepared = await preparePlan(scenario, inputs);
  return { inputs, prepared, hash: planHash(scenarioHash, [prepared.demand, prepared.horizon]) };
}

/** The plan of the same content is there. Throws InputError. */
export async function isPlanCurrent(job: Pick<Job, "name" | "file" | "out">, scenario: Scenario, scenarioHash: string): Promise<boolean> {
  const { hash } = await hashedPlan(job, scenario, scenarioHash);
  return finishedPlan(planPath(job.out, job.name), hash) !== undefined;
}

/** Plans the demand of a scenario and writes the result and its table, unless those of the same content are there. Throws InputError. */
export async function runPlanJob(job: Job, scenario: Scenario, scenarioHash: string, tell: (step: JobStep) => void): Promise<JobReport> {
  const { inputs, prepared, hash } = await hashedPlan(job, scenario, scenarioHash);
  const file = planPath(job.out, job.name);
  const finished = job.force ? undefined : finishedPlan(file, hash);
  const report = (status: JobReport["status"], plan: PlanResult): JobReport => ({
    status,
    problems: plan.warnings.map((p) => ({ file: job.file, ...p })),
    rows: [planSummary(plan)],
    noWay: plan.totals.carried === 0,
    // The report crosses a process border: without what only the file needs.
    plan: { ...plan, flows: [], services: [] },
  });
  if (finished !== undefined) return report("current", finished);
  tell({ what: "layout" });
  const isThreaded = job.threads > 1 && scenario.plan?.rankLevers !== undefined;
  const threads = isThreaded ? await startRankThreads(job.workerFile, job.threads, job) : undefined;
  const plan = await runRankedPlan(prepared, inputs, {
    onProgress: ({ round, gap }) => tell({ what: "plan", round, gap }),
    onStep: (step) => tell({ what: "rank", ...step }),
    ...(threads === undefined ? {} : { solver: threads }),
  }).finally(() => threads?.stop());
  // One file for every reader: a run in another language finds it up to date.
  await writeAtomic(planTablePath(job.out, job.name), sheetCsv(planSheet(plan, "en")), job.mark);
  await writeAtomic(file, planResultText(plan, hash), job.mark);
  return report("done", plan);
}
