import { setImmediate as nextTurn } from "node:timers/promises";
import { type Problem, problem } from "../model/index.ts";
import { type SummaryRow, type SweptRun, type SweptRuns, sheetCsv, sweepCells, sweepSheet, sweptPlan } from "../report/index.ts";
import { type SweptValue, expandSweep } from "../scenario/index.ts";
import { makeMark, sweepTemporaries, writeAtomic } from "./atomic-write.ts";
import type { Input } from "./inputs.ts";
import { type Job, type JobOutlook, type JobReport, type JobStep, failedReport, foreseeJob, runJob } from "./job.ts";
import { type Pool, makePool } from "./pool.ts";
import { locate } from "./locate.ts";
import { type TextRead, readText } from "./read-files.ts";
import { readScenario } from "./read-scenario.ts";
import { readStdin } from "./stdin.ts";
import { summaryCsv, summaryPath, sweepPath } from "./summary-csv.ts";

export interface BatchOptions {
  out: string;
  jobs: number;
  /** Threads for the rankings of all scenarios that run at a time. */
  threads: number;
  force: boolean;
  /** Bundled entry of the child processes. */
  workerFile: string;
  /** Aborted: take no more work, give what runs a moment, stop. */
  signal: AbortSignal;
  now: number;
  onReport(event: BatchEvent): void;
  /** Told on the way through a plan. */
  onStep?(name: string, step: JobStep): void;
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
  /** What each sweep came to, in the order of the files. */
  sweeps: SweptRuns[];
}

/** A scenario file that was read, or one run of its sweep, with the name of its result. */
export interface Planned {
  name: string;
  file: string;
  text: string | undefined;
  problems: Problem[];
  /** It has a demand to plan, which can take minutes. */
  isLong?: boolean;
  /** Of which sweep it is a run, and with which values. The text is made: its lines are not those of the file. */
  run?: { sweep: string; values: SweptValue[] };
}

const nameFromFile = (file: string) =>
  (file === "-" ? "stdin" : file.replace(/^.*[/\\]/, "").replace(/\.json$/, ""))
    .replaceAll(/[^\p{L}\p{N}._-]+/gu, "-")
    .replace(/^[.-]+/, "") || "scenario";

/** Bytes of a name: file systems take 255 of them with every ending. */
const mostNameBytes = 200;

function nameProblems(name: string): Problem[] {
  const bytes = Buffer.byteLength(name);
  if (bytes <= mostNameBytes) return [];
  return [
    problem(
      "id",
      "limit",
      { zh: `编号有 ${bytes} 字节，作文件名太长`, en: `the id has ${bytes} bytes: too long for the name of a file` },
      { zh: `至多 ${mostNameBytes} 字节`, en: `use at most ${mostNameBytes} bytes` },
    ),
  ];
}

/**
 * Reads inputs one after the other and names their results: the scenario's id, or the file's name where it cannot be read; a second one of the same
 * name gets `-2`. The order of the inputs alone decides, so a later run finds the same names. A scenario with a sweep is as many as it stands for;
 * `onSweep` hears how many before the first.
 */
export async function* plan(
  inputs: readonly Input[],
  onSkip: (file: string) => void,
  onSweep: (runs: number) => void = () => undefined,
): AsyncGenerator<Planned> {
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
    const expanded = read.scenario === undefined ? undefined : expandSweep(read.scenario);
    const wrong = expanded === undefined ? [] : [...nameProblems(name), ...expanded.problems];
    if (wrong.length > 0) {
      yield { name, file, text: undefined, problems: locate(text, wrong).map((p) => ({ file, ...p })) };
      continue;
    }
    if (expanded?.sweep !== undefined) {
      onSweep(expanded.sweep.total);
      for (let n = 0; n < expanded.sweep.total; n++) {
        const { scenario, values } = expanded.sweep.run(n);
        const isLong = scenario.demand !== undefined;
        const own = unique(scenario.id);
        const problems = nameProblems(own).map((p) => ({ file, ...p }));
        const text = problems.length > 0 ? undefined : JSON.stringify(scenario);
        yield { name: own, file, text, problems, isLong, run: { sweep: name, values } };
      }
      continue;
    }
    const isLong = read.scenario?.demand !== undefined;
    yield { name, file, text: read.scenario === undefined ? undefined : text, problems: read.problems, isLong };
  }
}

/** What a batch would do, scenario by scenario in its order; writes nothing. */
export async function* foresee(
  inputs: readonly Input[],
  { out, force }: Pick<BatchOptions, "out" | "force">,
): AsyncGenerator<JobOutlook & { name: string; file: string }> {
  const said = new Set<string>();
  for await (const { name, file, text, problems, run } of plan(inputs, () => undefined)) {
    const found: JobOutlook = text === undefined ? { status: "failed", problems } : await foreseeJob({ name, file, text, out, force });
    yield { name, file, status: found.status, problems: run === undefined ? found.problems : sweptProblems(name, found.problems, said) };
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
    sweeps: [],
  };
  const planned = plan(
    inputs,
    (file) => {
      result.skipped.push(file);
      result.total--;
    },
    (runs) => (result.total += runs - 1),
  );
  const swept: { sweep: string; run: SweptRun }[] = [];
  const said = new Set<string>();
  let made: Promise<Pool> | undefined;
  let pool: Pool | undefined;
  /** What is long always runs in a process of its own, so that this one hears a signal meanwhile. */
  const run = async (job: Job, isLong: boolean): Promise<JobReport> => {
    if (options.jobs === 1 && !isLong) return runJob(job);
    pool = await (made ??= makePool(options.workerFile, options.jobs));
    return pool.run(job, (step) => options.onStep?.(job.name, step));
  };
  let index = 0;
  const lane = async () => {
    while (!signal.aborted) {
      const next = await planned.next();
      if (next.done === true || signal.aborted) return;
      const { name, file, text, problems, isLong = false, run: own } = next.value;
      const place = index++;
      const { out, force, workerFile } = options;
      const threads = Math.max(1, Math.floor(options.threads / Math.min(options.jobs, result.total)));
      const found =
        text === undefined ? failedReport(name, problems) : await run({ name, file, text, out, force, mark, threads, workerFile }, isLong);
      if (signal.aborted && pool?.stopped === true) return;
      const { plan: planned_, ...rest } = found;
      // The plan of a run is a row of the sweep's table.
      const report =
        own === undefined
          ? found
          : {
              ...rest,
              problems: sweptProblems(name, found.problems, said),
              rows: found.rows.map((row) => ({ ...row, ...sweepCells(own.values) })),
            };
      rows[place] = report.rows.map((row) => ({ ...row, scenario: name }));
      if (own !== undefined) {
        const plan_ = planned_ === undefined ? {} : { plan: sweptPlan(planned_) };
        swept[place] = { sweep: own.sweep, run: { name, values: own.values, rows: rows[place], ...plan_ } };
      }
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
  const lanes = Promise.all(Array.from({ length: options.jobs }, lane));
  try {
    // What runs in this process is never left half done.
    await Promise.race([
      lanes,
      stopAfterGrace(signal).then(async () => void (made === undefined ? await lanes : await (await made).stop())),
    ]);
  } finally {
    lanes.catch(() => undefined);
    await pool?.stop();
    if (pool !== undefined) await sweepTemporaries(options.out, options.now, mark);
  }
  result.stopped = signal.aborted;
  if (!result.stopped) {
    result.summaryFile = summaryPath(options.out);
    await writeAtomic(result.summaryFile, summaryCsv(rows.flat()));
    result.sweeps = sweepsOf(swept);
    for (const sweep of result.sweeps) await writeAtomic(sweepPath(options.out, sweep.name), sheetCsv(sweepSheet(sweep)));
  }
  return result;
}

/** Problems of a run, by its name; what an earlier run said already is not said again. */
function sweptProblems(name: string, problems: readonly Problem[], said: Set<string>): Problem[] {
  return problems.flatMap(({ line: _line, column: _column, ...p }) => {
    const key = JSON.stringify([p.file, p.path, p.message.en]);
    if (said.has(key)) return [];
    said.add(key);
    return [{ ...p, path: p.path === "" ? name : `${name} → ${p.path}` }];
  });
}

/** Runs by sweep. `swept` has gaps where the input was none. */
function sweepsOf(swept: readonly { sweep: string; run: SweptRun }[]): SweptRuns[] {
  const sweeps = new Map<string, SweptRun[]>();
  swept.forEach(({ sweep, run }) => {
    const known = sweeps.get(sweep);
    if (known === undefined) sweeps.set(sweep, [run]);
    else known.push(run);
  });
  return [...sweeps].map(([name, runs]) => ({ name, runs }));
}

function stopAfterGrace(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const begin = () => void setTimeout(resolve, graceMilliseconds).unref();
    if (signal.aborted) begin();
    else signal.addEventListener("abort", begin, { once: true });
  });
}
