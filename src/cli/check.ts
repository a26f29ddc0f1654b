import { dirname } from "node:path";
import { findInputs, kindOf, locate, networkFolders, readResult, readScenario, readStdin, readText, tableReader } from "../batch/index.ts";
import {
  InputError,
  type Lever,
  type NetworkPart,
  type Problem,
  type Scenario,
  checkShape,
  networkPart,
  problem,
  readJson,
} from "../model/index.ts";
import { type NetworkData, assemble, builtinLevers, builtinNetwork, builtinParts, checkNetwork, checkReach } from "../network/index.ts";
import { countProblems, jsonText, networkStats, networkStatsText, problemsText } from "../report/index.ts";
import { type NetworkFolder, checkPlan, checkScenario, expandSweep, planResultSchema } from "../scenario/index.ts";
import type { Call } from "./command.ts";
import { UsageError, exitCodes } from "./exit.ts";

interface Part {
  name: string;
  text: string;
  part: NetworkPart;
}

/** Everything about a whole network: doubled ids, references, figures, dates, places that cannot be reached. */
function networkProblems(parts: readonly { name: string; part: NetworkPart }[]): {
  problems: Problem[];
  data: NetworkData;
  claims: number;
} {
  const { data, problems } = assemble(parts);
  const all = [...problems, ...checkNetwork(data)];
  if (all.some((p) => p.severity === "error")) return { problems: all, data, claims: 0 };
  const reach = checkReach(data);
  return { problems: [...all, ...reach.problems], data, claims: reach.claims };
}

/** Files of the member that a problem's path names, with its line. */
function placeInParts(problems: readonly Problem[], parts: readonly Part[]): Problem[] {
  return problems.map((p) => {
    if (p.file !== undefined) {
      const part = parts.find((x) => x.name === p.file);
      return part === undefined ? p : locate(part.text, [p])[0]!;
    }
    const [list, id] = p.path.split("/");
    const owner = parts.find(({ part }) => {
      const members = (part as Record<string, unknown>)[list ?? ""];
      if (Array.isArray(members)) return members.some((m: { id?: unknown }) => m.id === id);
      return members !== null && typeof members === "object" && id !== undefined && Object.hasOwn(members, id);
    });
    return owner === undefined ? p : locate(owner.text, [{ ...p, file: owner.name }])[0]!;
  });
}

async function checkFiles(words: readonly string[]): Promise<{ problems: Problem[]; files: number }> {
  const problems: Problem[] = [];
  const folders = networkFolders();
  const shelf = await builtinLevers();
  const networks = new Map<string, Part[]>();
  const inputs = findInputs(words);
  if (inputs.length === 0) throw new UsageError({ zh: "没有找到 JSON 文件", en: "no JSON file was found" });
  for (const input of inputs) {
    const file = input.kind === "stdin" ? "-" : input.path;
    const { text, problems: unreadable } = input.kind === "stdin" ? await readStdin() : readText(input.path);
    if (text === undefined) {
      problems.push(...unreadable);
      continue;
    }
    const parsed = readJson(text, file);
    if (parsed.value === undefined) {
      problems.push(...parsed.problems);
      continue;
    }
    const kind = kindOf(parsed.value);
    if (kind === "network") {
      const checked = checkShape(parsed.value, networkPart, file);
      problems.push(...locate(text, checked.problems));
      if (checked.value !== undefined) {
        const folder = dirname(file);
        networks.set(folder, [...(networks.get(folder) ?? []), { name: file, text, part: checked.value }]);
      }
    } else if (kind === "result" && isPlan(parsed.value)) problems.push(...checkShape(parsed.value, planResultSchema, file).problems);
    else if (kind === "result")
      problems.push(
        ...(input.kind === "stdin"
          ? [{ ...problem("", "type", { zh: "结果文件请用文件名检查", en: "check a result by its file name" }), file }]
          : readResult(input.path).problems),
      );
    else {
      const { scenario, problems: shape } = readScenario(text, file);
      if (scenario === undefined) problems.push(...shape);
      else {
        const folder = folders(file === "-" ? undefined : file);
        const found = sweptProblems(scenario, folder, shelf);
        // What is wrong with the network was found above; the plan's demand and terms are looked at only where that is right.
        const planned = found.some((p) => p.severity === "error")
          ? []
          : await checkPlan(scenario, { folder, shelf, table: tableReader(file) });
        const known = new Set(found.map((p) => `${p.path} ${p.message.en}`));
        const all = [...found, ...planned.filter((p) => !known.has(`${p.path} ${p.message.en}`))];
        problems.push(...locate(text, all).map((p) => ({ file, ...p })));
      }
    }
  }
  for (const parts of networks.values()) problems.push(...placeInParts(networkProblems(parts).problems, parts));
  return { problems, files: inputs.length };
}

const isPlan = (value: unknown): boolean => value !== null && typeof value === "object" && "kind" in value && value.kind === "yuche-plan";

/** Problems of a scenario, or of every run that its sweep stands for, each once. */
function sweptProblems(scenario: Scenario, folder: NetworkFolder, shelf: readonly Lever[]): Problem[] {
  const { sweep, problems } = expandSweep(scenario);
  if (sweep === undefined) return problems.length > 0 ? problems : checkedScenario(scenario, folder, shelf);
  const found = new Map<string, Problem>();
  for (let n = 0; n < sweep.total; n++)
    for (const p of checkedScenario(sweep.run(n).scenario, folder, shelf)) {
      const key = JSON.stringify([p.path, p.message.en]);
      if (!found.has(key)) found.set(key, p);
    }
  return [...found.values()];
}

function checkedScenario(...[scenario, folder, shelf]: Parameters<typeof checkScenario>): Problem[] {
  try {
    return checkScenario(scenario, folder, shelf);
  } catch (error) {
    if (error instanceof InputError) return error.problems;
    throw error;
  }
}

const counted = (n: number, what: string): string => `${n} ${what}${n === 1 ? "" : "s"}`;

function finish({ terminal }: Call, problems: readonly Problem[], what: { zh: string; en: string }, more: Record<string, unknown>): void {
  const { errors, warnings } = countProblems(problems);
  if (terminal.json) terminal.out(`${jsonText({ schemaVersion: 1, kind: "yuche-problems", errors, warnings, problems, ...more })}\n`);
  else if (problems.length > 0) terminal.out(problemsText(problems, terminal.reader));
  const verdict =
    errors + warnings === 0
      ? { zh: "没有问题", en: "no problems" }
      : { zh: `${errors} 个错误，${warnings} 个警告`, en: `${counted(errors, "error")}, ${counted(warnings, "warning")}` };
  terminal.say({ zh: `${what.zh}：${verdict.zh}`, en: `${what.en}: ${verdict.en}` });
  if (errors > 0) process.exitCode = exitCodes.invalidInput;
}

export async function checkCommand(call: Call): Promise<void> {
  const { terminal, words } = call;
  if (words.length > 0) {
    const { problems, files } = await checkFiles(words);
    finish(call, problems, { zh: `${files} 个文件`, en: counted(files, "file") }, {});
    return;
  }
  const data = builtinNetwork();
  const { problems, claims } = networkProblems(builtinParts());
  const stats = networkStats(data);
  if (!terminal.json) {
    terminal.out(networkStatsText(data, stats, terminal.reader));
    const unreached = problems.filter((p) => p.code === "unreachable").length;
    terminal.out(
      terminal.language === "zh"
        ? `\n可达性：${claims} 个“地点 x 形式”，${claims - unreached} 个可由工厂到达\n\n`
        : `\nreachability: ${claims} claims of a place in a form, ${claims - unreached} reached from some plant\n\n`,
    );
  }
  finish(call, problems, { zh: "内置网络", en: "built-in network" }, { stats, claims });
}
