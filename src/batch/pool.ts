import { problem } from "../model/index.ts";
import { type Job, type JobReport, type JobStep, failedReport } from "./job.ts";
import type { WorkerReply, WorkerWord } from "./worker.ts";

export interface Pool {
  run(job: Job, onStep: (step: JobStep) => void): Promise<JobReport>;
  stop(): Promise<void>;
  readonly stopped: boolean;
}

const attempts = 2;

/** An error of the operating system in a child process: full disk, no permission. */
class SystemFailure extends Error {
  readonly code: string;
  readonly path: string;
  readonly syscall = "write";
  constructor({ code, path, message }: { code: string; path: string; message: string }) {
    super(message);
    this.code = code;
    this.path = path;
  }
}

/** Child processes, not threads: one that runs out of memory takes only its own scenario with it. */
export async function makePool(workerFile: string, size: number): Promise<Pool> {
  const { Tinypool } = await import("tinypool");
  const pool = new Tinypool({
    filename: workerFile,
    runtime: "child_process",
    minThreads: 1,
    maxThreads: size,
    idleTimeout: 60_000,
    terminateTimeout: 1000,
  });
  let stopped = false;
  return {
    get stopped() {
      return stopped;
    },
    run: async (job, onStep) => {
      const channel = { postMessage: ({ step }: WorkerWord) => onStep(step) };
      for (let attempt = 1; ; attempt++) {
        try {
          const reply = (await pool.run(job, { channel })) as WorkerReply;
          if ("report" in reply) return reply.report;
          throw new SystemFailure(reply.system);
        } catch (error) {
          if (error instanceof SystemFailure) throw error;
          if (stopped) return failedReport(job.name, []);
          // A process may be killed from outside: a second one gets the same scenario once more. Results are whole or not there, so nothing is done twice.
          if (attempt < attempts) continue;
          const message = error instanceof Error ? error.message : String(error);
          return failedReport(job.name, [
            {
              ...problem(
                "",
                "limit",
                {
                  zh: `工作进程两次异常结束（${message.slice(0, 120)}）`,
                  en: `its process ended unexpectedly twice (${message.slice(0, 120)})`,
                },
                { zh: "可能内存不足：减少 --jobs 或拆分场景", en: "perhaps out of memory: use fewer --jobs or split the scenario" },
              ),
              file: job.file,
            },
          ]);
        }
      }
    },
    stop: async () => {
      if (stopped) return;
      stopped = true;
      await pool.destroy();
    },
  };
}
