import { join } from "node:path";
import {
  findInputs,
  locate,
  networkFolders,
  planInputs,
  readScenario,
  readStdin,
  readText,
  startRankThreads,
  writeAtomic,
} from "../batch/index.ts";
import { InputError, type Problem, type Scenario } from "../model/index.ts";
import { builtinLevers } from "../network/index.ts";
import {
  type Sheet,
  jsonText,
  planRankSheet,
  planRankSvg,
  planRankText,
  problemsText,
  rankSheet,
  rankSvg,
  rankText,
  sheetCsv,
} from "../report/index.ts";
import { type RankStep, preparePlan, rankLevers, rankPlanResult } from "../scenario/index.ts";
import type { Call } from "./command.ts";
import { UsageError, together } from "./exit.ts";
import { makeProgress } from "./progress.ts";
import { rankStepText, usualThreads, workerFile } from "./steps.ts";

const mostDates = 26;
const mostWeeks = 104;
const mostJobs = 64;

/** A ranking in every form in which it is given out. */
interface Ranked {
  result: unknown;
  text: string;
  sheet: Sheet;
  svg: string;
  warnings: Problem[];
}

/** What each lever of a scenario is worth, alone and in the bundle: table, CSV, JSON and picture. A scenario with a demand is ranked by its plan, others by their shipments. */
export async function rankCommand(call: Call): Promise<void> {
  const { terminal, words } = call;
  const inputs = findInputs(words);
  const input = inputs[0];
  if (input === undefined || inputs.length > 1)
    throw new UsageError(
      { zh: "请写明一个场景文件", en: "name one scenario file" },
      { zh: "例如 yuche rank scenarios/levers/document-b.json", en: "for instance yuche rank scenarios/levers/document-b.json" },
    );
  const { readyDates, weeks, jobs } = together({
    readyDates: () => call.whole("dates", 1, mostDates),
    weeks: () => call.whole("weeks", 1, mostWeeks),
    jobs: () => call.whole("jobs", 1, mostJobs) ?? usualThreads(),
  });
  const file = input.kind === "stdin" ? "-" : input.path;
  const { text, problems: unreadable } = input.kind === "stdin" ? await readStdin() : readText(input.path);
  if (text === undefined) throw new InputError(unreadable);
  const { scenario, problems } = readScenario(text, file);
  if (scenario === undefined) throw new InputError(problems);
  const ranked = await rank(call, scenario, file, text, { readyDates, weeks, jobs });
  if (ranked.warnings.length > 0) terminal.error(problemsText(locate(text, ranked.warnings), terminal.talk));

  const csv = call.value("csv");
  const out = call.value("out");
  const written: string[] = [];
  const write = async (path: string, content: string) => {
    await writeAtomic(path, content);
    written.push(path);
  };
  if (csv !== undefined) await write(csv, sheetCsv(ranked.sheet));
  if (out !== undefined) {
    const base = join(out, scenario.id);
    await write(`${base}.rank.json`, `${jsonText(ranked.result)}\n`);
    await write(`${base}.rank.csv`, sheetCsv(ranked.sheet));
    await write(`${base}.rank.svg`, ranked.svg);
  }
  terminal.out(terminal.json ? `${jsonText(ranked.result)}\n` : ranked.text);
  if (written.length > 0) terminal.say({ zh: `已写入 ${written.join("、")}`, en: `written: ${written.join(", ")}` });
}

async function rank(
  call: Call,
  scenario: Scenario,
  file: string,
  text: string,
  { readyDates, weeks, jobs }: { readyDates: number | undefined; weeks: number | undefined; jobs: number },
): Promise<Ranked> {
  const { terminal } = call;
  const { language, reader } = terminal;
  let progress: ReturnType<typeof makeProgress> | undefined;
  const onStep = async (done: number, total: number) => {
    progress ??= makeProgress(terminal, total);
    progress.update({ finished: done, failed: 0, total });
    // Lets signals and the progress line in between runs.
    await new Promise((resolve) => setImmediate(resolve));
  };
  const onPlan = (step: RankStep) => {
    const told = onStep(step.done, step.total);
    progress!.detail({ name: "rank", text: rankStepText(step, language) });
    return told;
  };
  const ranges = !call.has("no-ranges");
  try {
    if (scenario.demand === undefined) {
      const folder = networkFolders()(file === "-" ? undefined : file);
      const dates = readyDates === undefined ? {} : { readyDates };
      const result = await rankLevers(scenario, { folder, shelf: await builtinLevers(), ranges, onStep, ...dates });
      return {
        result,
        text: rankText(result, reader),
        sheet: rankSheet(result),
        svg: rankSvg(result, language),
        warnings: result.warnings,
      };
    }
    const inputs = await planInputs(file);
    const { warnings } = await preparePlan(scenario, inputs);
    const asked = weeks ?? scenario.plan?.rankLevers?.weeks;
    const threads = jobs > 1 ? await startRankThreads(workerFile(), jobs, { file, text }) : undefined;
    const result = await rankPlanResult(scenario, inputs, {
      ranges,
      onStep: onPlan,
      ...(asked === undefined ? {} : { weeks: asked }),
      ...(threads === undefined ? {} : { solver: threads }),
    }).finally(() => threads?.stop());
    return { result, text: planRankText(result, reader), sheet: planRankSheet(result), svg: planRankSvg(result, language), warnings };
  } catch (error) {
    throw error instanceof InputError ? new InputError(locate(text, error.problems).map((p) => ({ file, ...p }))) : error;
  } finally {
    progress?.end();
  }
}
