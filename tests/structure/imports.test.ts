import { readFileSync, readdirSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { describe, expect, test } from "vitest";

/** Imports run left to right only, as the README says. */
const order = ["model", "network", "routing", "planning", "simulation", "scenario", "report", "batch", "cli"];
/** Folders that must run in a browser worker too. */
const browserSafe = new Set(order.slice(0, order.indexOf("batch")));

const root = resolve("src");
const files = readdirSync(root, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
  .map((entry) => join(entry.parentPath, entry.name));

interface Arrow {
  file: string;
  from: string;
  target: string;
}

function importsOf(file: string): string[] {
  const text = readFileSync(file, "utf8");
  return [...text.matchAll(/(?:from\s+|import\s+|import\()\s*"([^"]+)"/g)].map((match) => match[1]!);
}

const arrows: Arrow[] = files.flatMap((file) =>
  importsOf(file).map((target) => ({ file: relative(root, file), from: relative(root, file).split("/")[0]!, target })),
);

describe("imports", () => {
  test("the folders of src are those of the design", () => {
    const folders = readdirSync(root, { withFileTypes: true })
      .filter((e) => e.isDirectory())
      .map((e) => e.name);
    expect(folders.filter((folder) => !order.includes(folder))).toEqual([]);
    expect(arrows.length).toBeGreaterThan(100);
  });

  test("run left to right only, and only through a folder's face", () => {
    const wrong = arrows.flatMap(({ file, from, target }) => {
      if (!target.startsWith(".") || !order.includes(from)) return [];
      const to = relative(root, resolve(root, dirname(file), target)).split("/");
      if (to[0] === from || to[0] === "..") return [];
      const backwards = order.indexOf(to[0]!) > order.indexOf(from);
      const inside = to.length !== 2 || to[1] !== "index.ts";
      return backwards || inside ? [`${file} -> ${to.join("/")}`] : [];
    });
    expect(wrong).toEqual([]);
  });

  test("model to report never touch Node or the DOM", () => {
    const wrong = arrows
      .filter(({ from, target }) => browserSafe.has(from) && (target.startsWith("node:") || target.startsWith("preact")))
      .map(({ file, target }) => `${file} -> ${target}`);
    const globals = files
      .filter((file) => browserSafe.has(relative(root, file).split("/")[0]!))
      .filter((file) =>
        /\b(process\.|document\.|window\.|Buffer\.|Math\.random|Date\.now|new Date\(\))/.test(
          readFileSync(file, "utf8").replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*/g, ""),
        ),
      )
      .map((file) => relative(root, file));
    expect([...wrong, ...globals]).toEqual([]);
  });
});
