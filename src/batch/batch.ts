import { setImmediate as nextTurn } from "node:timers/promises";
import { type Problem, problem } from "../model/index.ts";
import type { SummaryRow } from "../report/index.ts";
import { makeMark, sweepTemporaries, writeAtomic } from "./atomic-write.ts";
import type { Input } from "./inputs.ts";
import { type Job, type JobReport, failedReport, runJob } from "./job.ts";
import { makePool } from "./pool.ts";
import { type TextRead, readText } from "./read-files.ts";
import { readScenario } from "./read-scenario.ts";
import { readStdin } from "./stdin.ts";
import { summaryCsv, summaryPath } from "./summary-csv.ts";

export interface BatchOptions {
  out: string;
  jobs: number;
  force: boolean;
  /** Bundled entry of the child processes. */
  workerFile: string;
  /** Aborted: take no more work, give what runs a moment, stop. */
  signal: AbortSignal;
  now: number;
  onReport(event: BatchEvent): void;
}

export interface BatchEvent {
  name: string;
  file: string;
  report: JobReport;
  /** Scenarios finished so far, failures among them, and all there are. */
  finished: number;
  failed: number;
  total: number;
}

export interface BatchResult {
  total: number;
  done: number;
  current: number;
  failed: number;
  skipped: string[];
  noWay: number;
  stopped: boolean;
  summaryFile: string | undefined;
}

/** A scenario file that was read and has the name of its result. */
export interface Planned {
  name: string;
  file: string;
  text: string | undefined;
  problems: Problem[];
}

const nameFromFile = (file: string) =>
  (file === "-" ? "stdin" : file.replace(/^.*[/\\]/, "").replace(/\.json$/, ""))
    .replaceAll(/[^\p{L}\p{N}._-]+/gu, "-")
    .replace(/^[.-]+/, "") || "scenario";

/**
 * Reads inputs one after the other and names their results: the scenario's id, or the file's name where it cannot be read; a second one of the same
 * name gets `-2`. The order of the inputs alone decides, so a later run finds the same names.
 */
export async function* plan(inputs: readonly Input[], onSkip: (file: string) => void): AsyncGenerator<Planned> {
  const taken = new Set<string>();
  const unique = (wanted: string) => {
    let name = wanted;
    // File systems that ignore case must not mix two results up.
    for (let n = 2; taken.has(name.toLowerCase()); n++) name = `${wanted}-${n}`;
    taken.add(name.toLowerCase());
    return name;
  };
  for (const input of inputs) {
    const file = input.kind === "stdin" ? "-" : input.path;
    const { text, problems }: TextRead = input.kind === "stdin" ? await readStdin() : readText(input.path);
    if (text === undefined) {
      yield { name: unique(nameFromFile(file)), file, text, problems };
      continue;
    }
    const read = readScenario(text, file);
    if (read.kind !== "scenario" && input.kind === "file" && input.fromFolder) {
      onSkip(file);
      continue;
    }
    if (read.kind !== "scenario" && read.scenario === undefined) {
      const what =
        read.kind === "network"
          ? { zh: "这是网络文件，不是场景", en: "this is a network file, not a scenario" }
          : { zh: "这是结果文件，不是场景", en: "this is a result file, not a scenario" };
      yield {
        name: unique(nameFromFile(file)),
        file,
        text: undefined,
        problems: [{ ...problem("", "type", what, { zh: "场景要有 id 和 shipments", en: "a scenario has an id and shipments" }), file }],
      };
      continue;
    }
    const name = unique(read.scenario?.id ?? nameFromFile(file));
    yield { name, file, text: read.scenario === undefined ? undefined : text, problems: read.problems };
  }
}

/** Grace for what is at work when a stop is asked for. */
const graceMilliseconds = 1500;

/**
 * Runs every scenario and writes a result each, then the summary. Rows stand in the order of the inputs whatever finished first: the same bytes
 * for any number of jobs. A stop leaves whole results only; the same call goes on from there.
 */
export async function runBatch(inputs: readonly Input[], options: BatchOptions): Promise<BatchResult> {
  const { signal } = options;
  const mark = makeMark();
  await sweepTemporaries(options.out, options.now);
  const rows: SummaryRow[][] = [];
  const result: BatchResult = {
    total: inputs.length,
    done: 0,
    current: 0,
    failed: 0,
    skipped: [],
    noWay: 0,
    stopped: false,
    summaryFile: undefined,
  };
  const planned = plan(inputs, (file) => {
    result.skipped.push(file);
    result.total--;
  });
  const pool = options.jobs > 1 ? await makePool(options.workerFile, Math.min(options.jobs, inputs.length)) : undefined;
  const run = (job: Job): Promise<JobReport> => (pool === undefined ? runJob(job) : pool.run(job));
  let index = 0;
  const lane = async () => {
    while (!signal.aborted) {
      const next = await planned.next();
      if (next.done === true || signal.aborted) return;
      const { name, file, text, problems } = next.value;
      const place = index++;
      const report =
        text === undefined ? failedReport(name, problems) : await run({ name, file, text, out: options.out, force: options.force, mark });
      if (signal.aborted && pool?.stopped === true) return;
      rows[place] = report.rows.map((row) => ({ ...row, scenario: name }));
      result[report.status]++;
      if (report.noWay) result.noWay++;
      options.onReport({
        name,
        file,
        report,
        finished: result.done + result.current + result.failed,
        failed: result.failed,
        total: result.total,
      });
      // Lets signals and progress in between scenarios that run in this process.
      await nextTurn();
    }
  };
  const lanes = Promise.all(Array.from({ length: pool === undefined ? 1 : Math.min(options.jobs, inputs.length) }, lane));
  try {
    if (pool === undefined) await lanes;
    else await Promise.race([lanes, stopAfterGrace(signal).then(() => pool.stop())]);
  } finally {
    lanes.catch(() => undefined);
    await pool?.stop();
    if (pool !== undefined) await sweepTemporaries(options.out, options.now, mark);
  }
  result.stopped = signal.aborted;
  if (!result.stopped) {
    result.summaryFile = summaryPath(options.out);
    await writeAtomic(result.summaryFile, summaryCsv(rows.flat()));
  }
  return result;
}

function stopAfterGrace(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const begin = () => void setTimeout(resolve, graceMilliseconds).unref();
    if (signal.aborted) begin();
    else signal.addEventListener("abort", begin, { once: true });
  });
}
