import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { checkShape, readJson } from "../model/index.ts";
import type { PlanResult } from "../planning/index.ts";
import { jsonText } from "../report/index.ts";
import { planResultSchema } from "../scenario/index.ts";
import { canonicalText } from "./content-hash.ts";
import { readText } from "./read-files.ts";

export function planPath(folder: string, name: string): string {
  return join(folder, `${name}.plan.json`);
}

/** Table of the plan's flows. */
export function planTablePath(folder: string, name: string): string {
  return join(folder, `${name}.plan.csv`);
}

/** The text of a plan's result file; `--json` prints the same. */
export function planResultText(result: PlanResult, hash: string): string {
  const { schemaVersion, kind, ...rest } = result;
  return `${jsonText({ schemaVersion, kind, hash, ...rest })}\n`;
}

/** Identity of a plan's run: that of its scenario, and the demand that was read from a file. */
export function planHash(scenarioHash: string, demand: unknown): string {
  return createHash("sha256")
    .update(`${scenarioHash}\n${canonicalText(demand)}`, "utf8")
    .digest("hex");
}

/** The finished plan of the same content, when it is there and whole. */
export function finishedPlan(file: string, hash: string): PlanResult | undefined {
  if (!existsSync(file)) return undefined;
  const { text } = readText(file);
  const value = text === undefined ? undefined : readJson(text, file).value;
  if (value === undefined) return undefined;
  const checked = checkShape(value, planResultSchema).value;
  if (checked?.hash !== hash) return undefined;
  // The schema describes exactly this type (a test holds them together); only its optional keys are typed more loosely.
  const { hash: _hash, ...result } = checked;
  return result as PlanResult;
}
