import { readdirSync, realpathSync, statSync } from "node:fs";
import { join } from "node:path";
import { jsonFilesOf } from "./read-files.ts";

/** A file to read, or standard input. */
export type Input = { kind: "file"; path: string; fromFolder: boolean } | { kind: "stdin" };

const isPattern = (word: string) => /[*?]/.test(word);

/** `*` and `?` within a name, `**` over folders. */
function patternOf(word: string): RegExp {
  const source = word
    .replaceAll(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("**/", "\u0000")
    .replaceAll("*", "[^/]*")
    .replaceAll("?", "[^/]")
    .replaceAll("\u0000", "(?:.*/)?");
  return new RegExp(`^${source}$`, "u");
}

function walk(folder: string, deep: boolean): string[] {
  let entries;
  try {
    entries = readdirSync(folder === "" ? "." : folder, { withFileTypes: true });
  } catch {
    return [];
  }
  return entries
    .filter((e) => !e.name.startsWith(".") && e.name !== "node_modules")
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((e) => {
      const path = folder === "" ? e.name : join(folder, e.name);
      return e.isDirectory() ? (deep ? walk(path, deep) : []) : [path];
    });
}

function matching(word: string): string[] {
  const path = word.replace(/^\.\//, "");
  const first = path.split("/").findIndex(isPattern);
  const parts = path.split("/");
  const base = parts.slice(0, first).join("/") || (path.startsWith("/") ? "/" : "");
  const deep = parts.slice(first, -1).length > 0;
  const pattern = patternOf(path);
  return walk(base, deep).filter((p) => pattern.test(p));
}

/**
 * Files that the words of a command line mean: files, folders (every *.json in them), patterns, `-` for standard input. In order, each file once.
 * A word that means nothing stays as it is: reading it says what is wrong.
 */
export function findInputs(words: readonly string[]): Input[] {
  const inputs: Input[] = [];
  const seen = new Set<string>();
  const add = (path: string, fromFolder: boolean) => {
    let real = path;
    try {
      real = realpathSync(path);
    } catch {}
    if (seen.has(real)) return;
    seen.add(real);
    inputs.push({ kind: "file", path, fromFolder });
  };
  for (const word of words) {
    if (word === "-") {
      if (!inputs.some((i) => i.kind === "stdin")) inputs.push({ kind: "stdin" });
      continue;
    }
    const info = statSync(word, { throwIfNoEntry: false });
    if (info?.isDirectory() === true) for (const path of jsonFilesOf(word)) add(path, true);
    else if (info === undefined && isPattern(word)) {
      const found = matching(word).filter((p) => p.endsWith(".json") && !p.endsWith(".schema.json") && !p.endsWith(".result.json"));
      if (found.length === 0) add(word, false);
      for (const path of found) add(path, true);
    } else add(word, false);
  }
  return inputs;
}
