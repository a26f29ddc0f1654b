import { existsSync } from "node:fs";
import { join } from "node:path";
import { type Problem, checkShape, readJson } from "../model/index.ts";
import { jsonText } from "../report/index.ts";
import { type ScenarioResult, resultSchema } from "../scenario/index.ts";
import { readText } from "./read-files.ts";

export function resultPath(folder: string, name: string): string {
  return join(folder, `${name}.result.json`);
}

/** The text of a result file; `--json` prints the same. */
export function resultText(result: ScenarioResult, hash: string): string {
  const { schemaVersion, kind, ...rest } = result;
  return `${jsonText({ schemaVersion, kind, hash, ...rest })}\n`;
}

/** A result as it stands in a file. */
export type FiledResult = ScenarioResult & { hash?: string };

/** Reads and checks a result file. */
export function readResult(file: string): { result: FiledResult | undefined; problems: Problem[] } {
  const { text, problems } = readText(file);
  if (text === undefined) return { result: undefined, problems };
  const read = readJson(text, file);
  if (read.value === undefined) return { result: undefined, problems: read.problems };
  const checked = checkShape(read.value, resultSchema, file);
  // The schema describes exactly this type (a test holds them together); only its optional keys are typed more loosely.
  return { result: checked.value as FiledResult | undefined, problems: checked.problems };
}

/** The finished result of the same content, when it is there and whole. */
export function finishedResult(file: string, hash: string): FiledResult | undefined {
  if (!existsSync(file)) return undefined;
  const { result } = readResult(file);
  return result?.hash === hash ? result : undefined;
}
