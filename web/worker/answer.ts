import type { Problem } from "../../src/model/index.ts";
import { builtinNetwork } from "../../src/network/index.ts";
import type { ScenarioResult } from "../../src/scenario/index.ts";
import { type Catalogue, catalogueOf } from "./catalogue.ts";
import type { Line } from "./lines.ts";
import { type Baseline, createEngine } from "./whatif.ts";

export type Answer =
  | { kind: "result"; result: ScenarioResult; lines: Record<string, Line>; baseline: Baseline[]; milliseconds: number }
  | { kind: "problems"; problems: Problem[] };

export function catalogue(): Catalogue {
  return catalogueOf(builtinNetwork());
}

/** One answer by an engine of its own: checks and runs whatever the form or the address holds; what is wrong comes back as problems, never as an exception. */
export const answer = (input: unknown, now?: () => number): Answer => createEngine(now).answer(input);
