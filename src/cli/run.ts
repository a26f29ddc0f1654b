import { type BatchEvent, type JobStep, findInputs, foresee, runBatch } from "../batch/index.ts";
import { clean, jsonText, planText, problemsText, sweepText } from "../report/index.ts";
import type { Call } from "./command.ts";
import { UsageError, exitCodes } from "./exit.ts";
import { makeProgress } from "./progress.ts";
import { jobStepText, usualThreads, workerFile } from "./steps.ts";

const mostJobs = 64;

export async function runCommand(call: Call): Promise<void> {
  const { terminal, words } = call;
  const out = call.value("out") ?? "results";
  if (words.length === 0)
    throw new UsageError(
      { zh: "请写明场景文件、文件夹或 -", en: "name scenario files, folders, or -" },
      { zh: "例如 yuche run scenarios --out results", en: "for instance yuche run scenarios --out results" },
    );
  const given = call.whole("jobs", 1, mostJobs);
  const jobs = given ?? 1;
  const inputs = findInputs(words);
  if (inputs.length === 0)
    throw new UsageError(
      { zh: "没有找到场景文件", en: "no scenario file was found" },
      { zh: "文件夹里要有 *.json", en: "a folder needs *.json files" },
    );
  if (call.has("dry-run")) return dryRun(call, out);

  const stop = new AbortController();
  const stopCode = watchSignals(stop);
  const progress = makeProgress(terminal, inputs.length);
  const onReport = (event: BatchEvent) => {
    const { report, file, name } = event;
    progress.detail(undefined);
    progress.update(event);
    if (report.problems.length > 0) progress.talk(problemsText(report.problems, terminal.talk));
    if (report.plan !== undefined && !terminal.json) terminal.out(`${planText(report.plan, terminal.reader)}\n`);
    if (terminal.json)
      terminal.out(`${jsonText({ name, file, status: report.status, problems: report.problems, rows: report.rows }, 0)}\n`);
  };
  const onStep = (name: string, step: JobStep) =>
    progress.detail({
      name: `${name} ${step.what}`,
      text: `${clean(name)}${terminal.language === "zh" ? "：" : ": "}${jobStepText(step, terminal.language)}`,
      ...(step.what === "rank" ? { done: step.done, total: step.total } : {}),
    });
  try {
    const result = await runBatch(inputs, {
      out,
      jobs,
      threads: given ?? usualThreads(),
      force: call.has("force"),
      workerFile: workerFile(),
      signal: stop.signal,
      now: Date.now(),
      onReport,
      onStep,
    });
    progress.end();
    for (const file of result.skipped) terminal.say({ zh: `${clean(file)}：不是场景，略过`, en: `${clean(file)}: no scenario, left out` });
    const finished = result.done + result.current + result.failed;
    const counts = {
      zh: `${finished}/${result.total} 完成：新算 ${result.done}，已是最新 ${result.current}，失败 ${result.failed}`,
      en: `${finished}/${result.total} finished: ${result.done} run, ${result.current} up to date, ${result.failed} failed`,
    };
    if (result.stopped) {
      terminal.say({
        zh: `${counts.zh}。已停止；继续：${call.again(["force"])}`,
        en: `${counts.en}. Stopped; to go on: ${call.again(["force"])}`,
      });
      process.exitCode = stopCode();
      return;
    }
    if (!terminal.json) for (const sweep of result.sweeps) terminal.out(`${sweepText(sweep, terminal.reader)}\n`);
    terminal.say({ zh: `${counts.zh}。汇总：${result.summaryFile}`, en: `${counts.en}. Summary: ${result.summaryFile}` });
    if (result.failed > 0) process.exitCode = exitCodes.someFailed;
    else if (call.has("strict") && result.noWay > 0) process.exitCode = exitCodes.noRoute;
  } finally {
    progress.end();
  }
}

/** First signal: stop in good order. Second: at once. Returns what the exit code will be. */
function watchSignals(stop: AbortController): () => number {
  let code: number = exitCodes.interrupted;
  const signals = { SIGINT: exitCodes.interrupted, SIGTERM: exitCodes.terminated, SIGHUP: exitCodes.hangup } as const;
  for (const signal of Object.keys(signals) as (keyof typeof signals)[]) {
    process.once(signal, () => {
      code = signals[signal];
      stop.abort();
    });
  }
  return () => code;
}

/** Says what would run, in order, and why; writes nothing. */
async function dryRun({ words, terminal, has }: Call, out: string): Promise<void> {
  const whys = {
    current: { zh: "已是最新", en: "up to date" },
    due: { zh: "要运行", en: "would run" },
    failed: { zh: "有错误，无法运行", en: "cannot run: it has problems" },
  };
  for await (const { name, file, status, problems } of foresee(findInputs(words), { out, force: has("force") })) {
    const why = whys[status][terminal.language];
    terminal.out(terminal.json ? `${jsonText({ name, file, why, problems }, 0)}\n` : `${clean(name)}  ${why}  ${clean(file)}\n`);
    if (problems.length > 0) terminal.error(problemsText(problems, terminal.talk));
  }
}
