import { readFileSync, readdirSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { type NetworkPart, type Problem, InputError, checkShape, limits, networkPart, problem, readJson } from "../model/index.ts";
import type { NetworkFolder } from "../scenario/index.ts";
import { locate } from "./locate.ts";

export interface TextRead {
  text: string | undefined;
  problems: Problem[];
}

const decoder = new TextDecoder("utf-8", { fatal: true });

/** Decodes UTF-8 strictly; other encodings are a problem, not garbled names. */
export function decode(bytes: Uint8Array, file: string): TextRead {
  try {
    return { text: decoder.decode(bytes), problems: [] };
  } catch {
    return {
      text: undefined,
      problems: [
        {
          ...problem(
            "",
            "syntax",
            { zh: "文件不是 UTF-8 编码", en: "the file is not in UTF-8" },
            { zh: "另存为 UTF-8 再试", en: "save it as UTF-8 and try again" },
          ),
          file,
        },
      ],
    };
  }
}

export function tooLarge(size: number, file: string): Problem {
  const megabytes = Math.ceil(size / 1024 / 1024);
  return {
    ...problem(
      "",
      "too-large",
      {
        zh: `文件有 ${megabytes} MB，超过 ${limits.fileBytes / 1024 / 1024} MB 的上限`,
        en: `the file has ${megabytes} MB, more than the limit of ${limits.fileBytes / 1024 / 1024} MB`,
      },
      { zh: "请拆成多个文件", en: "split it into several files" },
    ),
    file,
  };
}

/** Reads a text file whose size was looked at first. What is wrong with the file is a problem; only disk errors are thrown. */
export function readText(file: string): TextRead {
  const info = statSync(file, { throwIfNoEntry: false });
  const unreadable = (zh: string, en: string) => ({ text: undefined, problems: [{ ...problem("", "bad-value", { zh, en }), file }] });
  if (info === undefined) return unreadable("没有这个文件", "no such file");
  if (!info.isFile()) return unreadable("这不是普通文件", "this is not a regular file");
  if (info.size > limits.fileBytes) return { text: undefined, problems: [tooLarge(info.size, file)] };
  return decode(readFileSync(file), file);
}

/** JSON files of a folder by name, schemas and results apart, without what is hidden. */
export function jsonFilesOf(folder: string): string[] {
  return readdirSync(folder)
    .filter(
      (name) =>
        name.endsWith(".json") &&
        !name.startsWith(".") &&
        !name.endsWith(".schema.json") &&
        !name.endsWith(".result.json") &&
        !name.endsWith(".plan.json"),
    )
    .sort()
    .map((name) => join(folder, name));
}

/** Parts of the network kept in a folder: every *.json in it. Throws InputError with every problem of every file. */
export function readNetworkFolder(folder: string): { name: string; part: NetworkPart }[] {
  const info = statSync(folder, { throwIfNoEntry: false });
  const refuse = (zh: string, en: string) =>
    new InputError([
      {
        ...problem(
          "network",
          "unknown-reference",
          { zh, en },
          { zh: "用 chongqing、文件夹路径或内嵌网络", en: "use chongqing, the path of a folder, or a network in place" },
        ),
        file: folder,
      },
    ]);
  if (info?.isDirectory() !== true) throw refuse("没有这个网络文件夹", "no such network folder");
  const files = jsonFilesOf(folder);
  if (files.length === 0) throw refuse("文件夹里没有 JSON 文件", "the folder has no JSON file");
  const problems: Problem[] = [];
  const parts = files.flatMap((file) => {
    const read = readPart(file);
    problems.push(...read.problems);
    return read.part === undefined ? [] : [{ name: file, part: read.part }];
  });
  if (problems.some((p) => p.severity === "error")) throw new InputError(problems);
  return parts;
}

function readPart(file: string): { part: NetworkPart | undefined; problems: Problem[] } {
  const { text, problems } = readText(file);
  if (text === undefined) return { part: undefined, problems };
  const read = readJson(text, file);
  if (read.value === undefined) return { part: undefined, problems: read.problems };
  const checked = checkShape(read.value, networkPart, file);
  return { part: checked.value, problems: locate(text, checked.problems) };
}

/** Reads the networks that scenarios beside each other name, each folder once. */
export function networkFolders(): (scenarioFile: string | undefined) => NetworkFolder {
  const known = new Map<string, { name: string; part: NetworkPart }[]>();
  return (scenarioFile) => (name) => {
    const folder = resolve(scenarioFile === undefined ? "." : dirname(scenarioFile), name);
    let parts = known.get(folder);
    if (parts === undefined) known.set(folder, (parts = readNetworkFolder(folder)));
    return parts;
  };
}
