#!/usr/bin/env node
import { InputError } from "../model/index.ts";
import { UsageError, exitCodes, pick, systemReason } from "./exit.ts";
import { parseLine, programName, rawOption } from "./parse.ts";
import { type Terminal, languageFromLocale, makeTerminal } from "./terminal.ts";

const argv = process.argv.slice(2);

/** Says what went wrong, in the reader's language and without a trace, and sets the exit code. */
async function fail(error: unknown, terminal: Terminal): Promise<void> {
  const { language, talk } = terminal;
  const name = talk.style.bad("yuche:");
  const line = (text: string) => terminal.error(`${name} ${text}`);
  if (error instanceof UsageError) {
    for (const { what, hint } of error.faults) {
      line(pick(what, language));
      if (hint !== undefined) terminal.error(`  ${pick(hint, language)}`);
    }
    process.exitCode = exitCodes.usage;
  } else if (error instanceof InputError) {
    const { problemsJson, problemsText } = await import("../report/index.ts");
    if (terminal.json) terminal.out(problemsJson(error.problems));
    terminal.error(problemsText(error.problems, talk));
    process.exitCode = exitCodes.invalidInput;
  } else {
    const reason = systemReason(error);
    if (reason === undefined) {
      const message = error instanceof Error ? error.message : String(error);
      const debug = (process.env["YUCHE_DEBUG"] ?? "") !== "";
      line(
        language === "zh"
          ? `程序缺陷：${message.slice(0, 300)}（设 YUCHE_DEBUG=1 再运行可看到细节，请报告）`
          : `a bug: ${message.slice(0, 300)} (run again with YUCHE_DEBUG=1 for the details, and report it)`,
      );
      if (debug && error instanceof Error) terminal.error(error.stack ?? "");
      process.exitCode = exitCodes.bug;
    } else {
      line(pick(reason, language));
      process.exitCode = exitCodes.environment;
    }
  }
}

async function main(): Promise<void> {
  const lang = rawOption(argv, "lang");
  const terminal = makeTerminal(lang === "zh" || lang === "en" ? lang : languageFromLocale(process.env), argv.includes("--json"));
  const report = (error: unknown) => void fail(error, terminal);
  process.on("uncaughtException", report);
  process.on("unhandledRejection", report);
  // A reader that went away (`| head`) is no error; nothing more is written to it.
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EPIPE") process.exitCode = exitCodes.environment;
    });
  }
  try {
    const { command, help, version, call } = parseLine(argv, programName(process.env));
    if (version) {
      const { version: number } = await import("../batch/index.ts");
      terminal.out(`${number}\n`);
    } else if (command === undefined || help) {
      const { commandHelp, programHelp } = await import("./help.ts");
      terminal.out(command === undefined ? programHelp(terminal) : commandHelp(command, terminal));
    } else {
      const run = await command.load();
      await run({ ...call, terminal });
    }
  } catch (error) {
    await fail(error, terminal);
  }
}

// Not awaited at the top level: a chunk that shares code with this entry would wait for the entry, and the entry for the chunk.
void main();
