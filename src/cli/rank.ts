import { join } from "node:path";
import { findInputs, locate, networkFolders, readScenario, readStdin, readText, writeAtomic } from "../batch/index.ts";
import { InputError } from "../model/index.ts";
import { builtinLevers } from "../network/index.ts";
import { jsonText, problemsText, rankSheet, rankSvg, rankText, sheetCsv } from "../report/index.ts";
import { type RankResult, rankLevers } from "../scenario/index.ts";
import type { Call } from "./command.ts";
import { UsageError } from "./exit.ts";
import { makeProgress } from "./progress.ts";

const mostDates = 26;

/** What each lever of a scenario is worth, alone and in the bundle: table, CSV, JSON and picture. */
export async function rankCommand(call: Call): Promise<void> {
  const { terminal, words } = call;
  const inputs = findInputs(words);
  const input = inputs[0];
  if (input === undefined || inputs.length > 1)
    throw new UsageError(
      { zh: "请写明一个场景文件", en: "name one scenario file" },
      { zh: "例如 yuche rank scenarios/levers/document-b.json", en: "for instance yuche rank scenarios/levers/document-b.json" },
    );
  const readyDates = call.whole("dates", 1, mostDates);
  const file = input.kind === "stdin" ? "-" : input.path;
  const { text, problems: unreadable } = input.kind === "stdin" ? await readStdin() : readText(input.path);
  if (text === undefined) throw new InputError(unreadable);
  const { scenario, problems } = readScenario(text, file);
  if (scenario === undefined) throw new InputError(problems);
  const result = await ranked(call, scenario, file, text, readyDates);
  if (result.warnings.length > 0) terminal.error(problemsText(locate(text, result.warnings), terminal.talk));

  const csv = call.value("csv");
  const out = call.value("out");
  const written: string[] = [];
  const write = async (path: string, content: string) => {
    await writeAtomic(path, content);
    written.push(path);
  };
  if (csv !== undefined) await write(csv, sheetCsv(rankSheet(result)));
  if (out !== undefined) {
    const base = join(out, scenario.id);
    await write(`${base}.rank.json`, `${jsonText(result)}\n`);
    await write(`${base}.rank.csv`, sheetCsv(rankSheet(result)));
    await write(`${base}.rank.svg`, rankSvg(result, terminal.language));
  }
  terminal.out(terminal.json ? `${jsonText(result)}\n` : rankText(result, terminal.reader));
  if (written.length > 0) terminal.say({ zh: `已写入 ${written.join("、")}`, en: `written: ${written.join(", ")}` });
}

async function ranked(
  call: Call,
  scenario: Parameters<typeof rankLevers>[0],
  file: string,
  text: string,
  readyDates: number | undefined,
): Promise<RankResult> {
  let progress: ReturnType<typeof makeProgress> | undefined;
  try {
    return await rankLevers(scenario, {
      folder: networkFolders()(file === "-" ? undefined : file),
      shelf: await builtinLevers(),
      ...(readyDates === undefined ? {} : { readyDates }),
      ranges: !call.has("no-ranges"),
      onStep: async (done, total) => {
        progress ??= makeProgress(call.terminal, total);
        progress.update({ finished: done, failed: 0, total });
        // Lets signals and the progress line in between runs.
        await new Promise((resolve) => setImmediate(resolve));
      },
    });
  } catch (error) {
    throw error instanceof InputError ? new InputError(locate(text, error.problems).map((p) => ({ file, ...p }))) : error;
  } finally {
    progress?.end();
  }
}
