import { type Problem, type Scenario, checkShape, readJson, scenario as scenarioSchema } from "../model/index.ts";
import { networkLists } from "../network/index.ts";
import { locate } from "./locate.ts";

export type FileKind = "scenario" | "network" | "result";

/** What a parsed file is by its keys; a scenario when it could be anything. */
export function kindOf(value: unknown): FileKind {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return "scenario";
  const keys = new Set(Object.keys(value));
  if ("kind" in value && (value.kind === "yuche-result" || value.kind === "yuche-plan")) return "result";
  if (keys.has("shipments") || keys.has("demand") || keys.has("network") || keys.has("levers")) return "scenario";
  return [...networkLists, "finance", "figures", "geometry"].some((key) => keys.has(key)) ? "network" : "scenario";
}

export interface ScenarioRead {
  scenario: Scenario | undefined;
  kind: FileKind;
  problems: Problem[];
}

/** Parses and checks the text of a scenario; every problem has its file and, where known, its line. Never throws. */
export function readScenario(text: string, file: string): ScenarioRead {
  const read = readJson(text, file);
  if (read.value === undefined) return { scenario: undefined, kind: "scenario", problems: read.problems };
  const checked = checkShape(read.value, scenarioSchema, file);
  return { scenario: checked.value, kind: kindOf(read.value), problems: locate(text, checked.problems) };
}
