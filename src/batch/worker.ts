import type { Job, JobReport, JobStep } from "./job.ts";
import { runJob } from "./job.ts";

// Ctrl-C reaches the whole process group: the parent decides what is finished and what is dropped.
process.on("SIGINT", () => undefined);
process.on("SIGHUP", () => undefined);

/** Outcome of a job as it crosses the process border: an error of the operating system travels as data. */
export type WorkerReply = { report: JobReport } | { system: { code: string; path: string; message: string } };

/** What a job is at, told on the way. */
export interface WorkerWord {
  step: JobStep;
}

/** A parent that is gone is noticed elsewhere. */
const tell = (step: JobStep) => void process.send?.({ step } satisfies WorkerWord, undefined, undefined, () => undefined);

/** Entry of the batch's child processes. */
export default async function work(job: Job): Promise<WorkerReply> {
  try {
    return { report: await runJob(job, tell) };
  } catch (error) {
    if (!(error instanceof Error) || !("code" in error)) throw error;
    return { system: { code: String(error.code), path: "path" in error ? String(error.path) : "", message: error.message } };
  }
}

/** Entry of the threads that solve the plans of a ranking. */
export { runRankJob } from "./rank-job.ts";
