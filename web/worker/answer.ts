import { type Problem, InputError, checkShape, scenario as scenarioSchema } from "../../src/model/index.ts";
import { type NetworkData, builtinNetwork } from "../../src/network/index.ts";
import { type ScenarioResult, runScenario } from "../../src/scenario/index.ts";
import { type Catalogue, catalogueOf } from "./catalogue.ts";
import { type Line, legKey, lineOf } from "./lines.ts";

export type Answer =
  | { kind: "result"; result: ScenarioResult; lines: Record<string, Line>; milliseconds: number }
  | { kind: "problems"; problems: Problem[] };

export function catalogue(): Catalogue {
  return catalogueOf(builtinNetwork());
}

/** The lines of every leg in a result, each once. */
function linesOf(data: NetworkData, result: ScenarioResult): Record<string, Line> {
  const lines: Record<string, Line> = {};
  for (const shipment of result.shipments) {
    for (const { chains } of shipment.options) {
      for (const { elements } of chains) {
        for (const element of elements) if (element.kind === "leg") lines[legKey(element)] ??= lineOf(data, element);
      }
    }
  }
  return lines;
}

/** Checks and runs whatever the form or the address holds; what is wrong comes back as problems, never as an exception. */
export function answer(input: unknown, now: () => number = () => performance.now()): Answer {
  const begin = now();
  const { value, problems } = checkShape(input, scenarioSchema);
  if (value === undefined) return { kind: "problems", problems };
  try {
    const result = runScenario(value);
    return { kind: "result", result, lines: linesOf(builtinNetwork(), result), milliseconds: now() - begin };
  } catch (error) {
    if (error instanceof InputError) return { kind: "problems", problems: error.problems };
    throw error;
  }
}
