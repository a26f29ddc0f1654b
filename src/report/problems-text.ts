import type { Problem } from "../model/index.ts";
import type { Reader } from "./style.ts";
import { clean, jsonText, wrap } from "./text.ts";

const shown = 200;

/** `file:line:column` as editors understand it. */
function placeOf({ file, line, column }: Problem): string {
  if (file === undefined) return line === undefined ? "" : `${line}:${column ?? 1}`;
  return line === undefined ? file : `${file}:${line}:${column ?? 1}`;
}

/** Every problem with file, place, path, reason and hint; errors before warnings within a file. */
export function problemsText(problems: readonly Problem[], reader: Reader): string {
  const { language, style } = reader;
  const label = { error: language === "zh" ? "错误" : "error", warning: language === "zh" ? "警告" : "warning" };
  const sorted = problems
    .map((p, i) => ({ p, i }))
    .sort((a, b) => Number(a.p.severity === "warning") - Number(b.p.severity === "warning") || a.i - b.i)
    .map(({ p }) => p);
  const lines = sorted.slice(0, shown).flatMap((p) => {
    const paint = p.severity === "error" ? style.bad : style.warn;
    const place = clean(placeOf(p));
    const head = [place, clean(p.path)].filter((part) => part !== "").join("  ");
    const hint = p.hint === undefined ? [] : wrap(clean(p.hint[language]), reader.width - 4).map((line) => `    ${style.dim(line)}`);
    const text = wrap(clean(p.message[language]), reader.width - 12);
    if (head === "") return [`${paint(label[p.severity])}  ${text[0] ?? ""}`, ...text.slice(1).map((line) => `  ${line}`), ...hint];
    return [`${paint(label[p.severity])}  ${style.bold(head)}`, ...text.map((line) => `  ${line}`), ...hint];
  });
  const rest = problems.length - shown;
  if (rest > 0) lines.push(language === "zh" ? `另有 ${rest} 个问题` : `${rest} more problems`);
  return `${lines.join("\n")}\n`;
}

export function countProblems(problems: readonly Problem[]): { errors: number; warnings: number } {
  const errors = problems.filter((p) => p.severity === "error").length;
  return { errors, warnings: problems.length - errors };
}

export function problemsJson(problems: readonly Problem[]): string {
  return `${jsonText({ schemaVersion: 1, kind: "yuche-problems", ...countProblems(problems), problems })}\n`;
}
