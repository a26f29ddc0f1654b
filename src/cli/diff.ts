import { kindOf, locate, networkFolders, readResult, readScenario, readStdin, readText, tableReader } from "../batch/index.ts";
import { InputError, type Problem, type Scenario, checkShape, readJson } from "../model/index.ts";
import { builtinLevers } from "../network/index.ts";
import type { PlanResult } from "../planning/index.ts";
import { diffText, jsonText, problemsText } from "../report/index.ts";
import { type ScenarioDiff, type ScenarioResult, diffPlans, diffResults, diffScenarios, planResultSchema } from "../scenario/index.ts";
import type { Call } from "./command.ts";
import { UsageError } from "./exit.ts";
import { makeProgress } from "./progress.ts";

/** One of the two files, read and checked. */
type Side = { file: string; text: string } & ({ scenario: Scenario } | { result: ScenarioResult } | { plan: PlanResult });

async function readSide(word: string): Promise<Side> {
  const file = word;
  const { text, problems: unreadable } = word === "-" ? await readStdin() : readText(word);
  if (text === undefined) throw new InputError(unreadable);
  const parsed = readJson(text, file);
  if (parsed.value !== undefined && kindOf(parsed.value) === "result" && word !== "-") {
    if ((parsed.value as { kind: unknown }).kind === "yuche-plan") {
      const { value, problems } = checkShape(parsed.value, planResultSchema, file);
      if (value === undefined) throw new InputError(problems);
      // The schema describes exactly this type; only its optional keys are typed more loosely.
      return { file, text, plan: value as PlanResult };
    }
    const { result, problems } = readResult(word);
    if (result === undefined) throw new InputError(problems);
    return { file, text, result };
  }
  const { scenario, problems } = readScenario(text, file);
  if (scenario === undefined) throw new InputError(problems);
  return { file, text, scenario };
}

/** `A → levers/0`: the path in the first file, with its line. */
function placed(problems: readonly Problem[], a: Side, b: Side): Problem[] {
  return problems.map((p) => {
    const side = p.path.startsWith("B → ") ? b : a;
    const path = p.path.replace(/^[AB] → /, "");
    return { file: side.file, ...locate(side.text, [{ ...p, path }])[0]! };
  });
}

/** What differs between two scenarios, and what each difference does to each result; or what differs between two results. */
export async function diffCommand(call: Call): Promise<void> {
  const { terminal, words } = call;
  if (words.length === 2 && words[0] === words[1])
    throw new UsageError(
      { zh: `两次都是同一个文件：${words[0]!}`, en: `both are the same file: ${words[0]!}` },
      { zh: "请另给一个文件来比较", en: "name another file to compare it with" },
    );
  if (words.length !== 2)
    throw new UsageError(
      { zh: "请写明两个场景文件，或两个结果文件", en: "name two scenario files, or two result files" },
      { zh: "例如 yuche diff a.json b.json", en: "for instance yuche diff a.json b.json" },
    );
  const a = await readSide(words[0]!);
  const b = await readSide(words[1]!);
  const diff =
    "scenario" in a && "scenario" in b
      ? await diffed(call, a, b)
      : "result" in a && "result" in b
        ? diffResults(a.result, b.result)
        : "plan" in a && "plan" in b
          ? diffPlans(a.plan, b.plan)
          : undefined;
  if (diff === undefined)
    throw new UsageError(
      { zh: "两个文件不是同一种，无法比较", en: "the two are files of different kinds: they cannot be compared" },
      { zh: "请给出两个场景，或同一种的两个结果", en: "give two scenarios, or two results of one kind" },
    );
  if (diff.warnings.length > 0) terminal.error(problemsText(placed(diff.warnings, a, b), terminal.talk));
  terminal.out(terminal.json ? `${jsonText(diff)}\n` : diffText(diff, terminal.reader));
}

async function diffed(call: Call, a: Side & { scenario: Scenario }, b: Side & { scenario: Scenario }): Promise<ScenarioDiff> {
  const folders = networkFolders();
  const folderOf = ({ file }: Side) => folders(file === "-" ? undefined : file);
  let progress: ReturnType<typeof makeProgress> | undefined;
  try {
    return await diffScenarios(a.scenario, b.scenario, {
      folderA: folderOf(a),
      folderB: folderOf(b),
      tableA: tableReader(a.file),
      tableB: tableReader(b.file),
      shelf: await builtinLevers(),
      onStep: async (done, total) => {
        progress ??= makeProgress(call.terminal, total);
        progress.update({ finished: done, failed: 0, total });
        // Lets signals and the progress line in between runs.
        await new Promise((resolve) => setImmediate(resolve));
      },
    });
  } catch (error) {
    throw error instanceof InputError ? new InputError(placed(error.problems, a, b)) : error;
  } finally {
    progress?.end();
  }
}
