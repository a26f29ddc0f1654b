import { createHash } from "node:crypto";
import type { Lever, Scenario } from "../model/index.ts";
import { type NetworkData, builtinNetwork } from "../network/index.ts";
import { version } from "./version.ts";

/** JSON with sorted keys and no spaces: the same text for the same content. */
export function canonicalText(value: unknown): string {
  if (value === null || typeof value !== "object") return JSON.stringify(value) ?? "null";
  if (Array.isArray(value)) return `[${value.map(canonicalText).join(",")}]`;
  return `{${Object.entries(value)
    .filter(([, v]) => v !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([k, v]) => `${JSON.stringify(k)}:${canonicalText(v)}`)
    .join(",")}}`;
}

function sha256(text: string): string {
  return createHash("sha256").update(text, "utf8").digest("hex");
}

let builtin: string | undefined;

function networkHash(data: NetworkData): string {
  if (data !== builtinNetwork()) return sha256(JSON.stringify(data));
  builtin ??= sha256(JSON.stringify(data));
  return builtin;
}

/** Identity of a run: its scenario, the network that it changes, the levers that it uses, and the program. */
export function contentHash(scenario: Scenario, network: NetworkData, levers: readonly Lever[] = []): string {
  const { $schema: _schema, ...content } = scenario;
  return sha256([canonicalText(content), networkHash(network), ...levers.map(canonicalText), version].join("\n"));
}
