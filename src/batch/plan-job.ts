import type { Lever, Scenario } from "../model/index.ts";
import type { PlanResult } from "../planning/index.ts";
import { planSheet, planSummary, sheetCsv } from "../report/index.ts";
import { type NetworkFolder, preparePlan, runRankedPlan } from "../scenario/index.ts";
import { writeAtomic } from "./atomic-write.ts";
import type { Job, JobReport } from "./job.ts";
import { finishedPlan, planHash, planPath, planResultText, planTablePath } from "./plan-file.ts";
import { tableReader } from "./read-table.ts";

/** Plans the demand of a scenario and writes the result and its table, unless those of the same content are there. Throws InputError. */
export async function runPlanJob(
  job: Job,
  scenario: Scenario,
  scenarioHash: string,
  folder: NetworkFolder,
  shelf: readonly Lever[],
): Promise<JobReport> {
  const inputs = { folder, shelf, table: tableReader(job.file) };
  const prepared = await preparePlan(scenario, inputs);
  const hash = planHash(scenarioHash, [prepared.demand, prepared.horizon]);
  const file = planPath(job.out, job.name);
  const finished = job.force ? undefined : finishedPlan(file, hash);
  const report = (status: JobReport["status"], plan: PlanResult): JobReport => ({
    status,
    problems: status === "current" ? [] : plan.warnings.map((p) => ({ file: job.file, ...p })),
    rows: [planSummary(plan)],
    noWay: plan.totals.carried === 0,
    // The report crosses a process border: without what only the file needs.
    plan: { ...plan, flows: [], services: [] },
  });
  if (finished !== undefined) return report("current", finished);
  const plan = await runRankedPlan(prepared, inputs);
  await writeAtomic(planTablePath(job.out, job.name), sheetCsv(planSheet(plan, "en")), job.mark);
  await writeAtomic(file, planResultText(plan, hash), job.mark);
  return report("done", plan);
}
