import { rm } from "node:fs/promises";
import { join } from "node:path";
import {
  type Change,
  InputError,
  type Problem,
  type Scenario,
  type Shipment,
  checkShape,
  dayNumber,
  isInYears,
  scenario as scenarioSchema,
  years,
} from "../model/index.ts";
import { type NetworkFolder, type PreparedScenario, type ScenarioResult, prepareScenario, runPrepared } from "../scenario/index.ts";
import { compareText, hasNoWay, problemsText, summaryRows } from "../report/index.ts";
import type { Call } from "./command.ts";
import { UsageError, exitCodes, together } from "./exit.ts";

/** The shipment that answers when nothing is asked. */
const builtin = { cargo: "bev-suv", quantity: 300, from: "CNCKG-SERES", to: "BEZEE", ready: "2027-03-02", due: "2027-05-15" } as const;
const asked = ["from", "to", "cargo", "quantity", "ready"] as const;

/** `services/x/enabled=true` as a change; what follows `=` is JSON, or else text. */
export function parseSet(entry: string): Change {
  const equals = entry.indexOf("=");
  const path = entry.slice(0, Math.max(0, equals)).trim();
  const steps = path.split("/").filter((step) => step !== "");
  if (equals < 1 || steps.length < 2) {
    throw new UsageError(
      { zh: `--set 应写作 路径=值，却是“${entry.slice(0, 80)}”`, en: `--set reads PATH=VALUE, not '${entry.slice(0, 80)}'` },
      {
        zh: "例如 rules/ID/enabled=false、finance/capitalPercentPerYear=5、figures/ID=120",
        en: "for instance rules/ID/enabled=false, finance/capitalPercentPerYear=5, figures/ID=120",
      },
    );
  }
  const text = entry.slice(equals + 1);
  let value: unknown = text;
  try {
    value = JSON.parse(text);
  } catch {}
  if (steps[0] === "figures" && steps.length === 2)
    return {
      change: path,
      set: typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : { value },
    };
  return { change: steps.slice(0, -1).join("/"), set: { [steps.at(-1)!]: value } };
}

function dated(call: Call, name: string): string | undefined {
  const text = call.value(name);
  if (text !== undefined && Number.isNaN(dayNumber(text)))
    throw new UsageError({
      zh: `--${name} 应为日期 2027-03-02，却是“${text.slice(0, 40)}”`,
      en: `--${name} should be a date such as 2027-03-02, not '${text.slice(0, 40)}'`,
    });
  if (text !== undefined && !isInYears(text))
    throw new UsageError({
      zh: `--${name} 的年份应在 ${years.first} 到 ${years.last} 之间，却是 ${text}`,
      en: `the year of --${name} should be from ${years.first} to ${years.last}, not ${text}`,
    });
  return text;
}

function scenarioOf(call: Call): Scenario {
  const { stated, maxDays, alternatives, levers, ...given } = together({
    from: () => call.value("from"),
    to: () => call.value("to"),
    cargo: () => call.value("cargo"),
    quantity: () => call.whole("quantity", 1, 1_000_000),
    ready: () => dated(call, "ready"),
    stated: () => dated(call, "due"),
    maxDays: () => call.whole("max-days", 1, 1000),
    alternatives: () => call.whole("alternatives", 1, 50),
    levers: () => call.values("set").map(parseSet),
  });
  const due = stated ?? (given.ready === undefined ? builtin.due : undefined);
  const terms = call.value("terms");
  const network = call.value("network");
  const shipment: Shipment = {
    cargo: given.cargo ?? builtin.cargo,
    quantity: given.quantity ?? builtin.quantity,
    from: given.from ?? builtin.from,
    to: given.to ?? builtin.to,
    ready: given.ready ?? builtin.ready,
    ...(due === undefined ? {} : { due }),
    ...(terms === undefined ? {} : { terms: terms === "DAP" ? "DAP" : "DDP" }),
    ...(maxDays === undefined ? {} : { maxDays }),
  };
  const missing = asked.filter((name) => given[name] === undefined);
  if (missing.length > 0 && missing.length < asked.length) {
    const list = missing.map((name) => `--${name} ${String(shipment[name])}`);
    call.terminal.say({
      zh: `未写明的取自内置的一票货：${list.join(" ")}`,
      en: `left out, taken from the built-in shipment: ${list.join(" ")}`,
    });
  }
  const scenario = {
    id: "compare",
    ...(network === undefined ? {} : { network }),
    ...(levers.length === 0 ? {} : { levers }),
    shipments: [shipment],
    ...(alternatives === undefined ? {} : { routes: { alternatives } }),
  };
  const checked = checkShape(scenario, scenarioSchema);
  if (checked.value === undefined) throw new InputError(asOptions(checked.problems, call));
  return checked.value;
}

/** Problems at the options that they came from. */
const asOptions = (problems: readonly Problem[], call: Call): Problem[] => problems.map((p) => ({ ...p, path: asOption(p.path, call) }));

/** A path in the scenario as the option that it came from: `shipments/1/from` is `--from`. */
function asOption(path: string, call: Call): string {
  const [list, member, ...rest] = path.split("/");
  if (list === "shipments" && rest.length > 0) return `--${rest.join("/").replaceAll(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)}`;
  const set = list === "levers" ? call.values("set")[Number(member)] : undefined;
  return set === undefined ? path : `--set ${set}`;
}

export async function compareCommand(call: Call): Promise<void> {
  const { terminal } = call;
  const scenario = scenarioOf(call);
  const out = call.value("out");
  // Files, hashes and tables are loaded only when they are asked for.
  const files = out !== undefined || terminal.json || scenario.network !== undefined ? await import("../batch/index.ts") : undefined;
  const folder: NetworkFolder | undefined = files?.networkFolders()(undefined);
  const prepared = ((): PreparedScenario => {
    try {
      return prepareScenario(scenario, folder);
    } catch (error) {
      throw error instanceof InputError ? new InputError(asOptions(error.problems, call)) : error;
    }
  })();
  const result: ScenarioResult = runPrepared(prepared);
  if (result.warnings.length > 0) terminal.error(problemsText(result.warnings, terminal.talk));
  const written: string[] = [];
  let text = "";
  if (files !== undefined && (out !== undefined || terminal.json)) {
    text = files.resultText(result, files.scenarioHash(scenario, folder!));
    if (out !== undefined) {
      const { answerFiles } = await import("./answer-files.ts");
      const answers = [
        { path: files.resultPath(out, scenario.id), content: text },
        { path: files.summaryPath(out, scenario.id), content: files.summaryCsv(summaryRows(result)) },
        ...answerFiles(result, prepared.data, scenario, terminal.language).map(({ name, content }) => ({ path: join(out, name), content })),
      ];
      for (const { path, content } of answers) {
        // What an earlier shipment left must not stand beside the result of this one.
        if (content === undefined) await rm(path, { force: true });
        else {
          await files.writeAtomic(path, content);
          written.push(path);
        }
      }
    }
  }
  if (terminal.json) terminal.out(text);
  else
    terminal.out(
      compareText({
        result,
        data: prepared.data,
        reader: terminal.reader,
        program: call.program,
        again: call.again(["out", "json"]),
        ...(written[0] === undefined ? {} : { resultFile: written[0] }),
      }),
    );
  if (written.length > 0) terminal.say({ zh: `已写入 ${written.join("、")}`, en: `written: ${written.join(", ")}` });
  if (call.has("strict") && hasNoWay(result)) process.exitCode = exitCodes.noRoute;
}
