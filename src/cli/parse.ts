import { parseArgs } from "node:util";
import { nearest } from "../model/index.ts";
import type { Call, CommandSpec, OptionSpec } from "./command.ts";
import { commands, commonOptions } from "./commands.ts";
import { type Fault, UsageError, failOn } from "./exit.ts";

export interface ParsedLine {
  /** Undefined: the program itself (`yuche --help`). */
  command: CommandSpec | undefined;
  help: boolean;
  version: boolean;
  call: Omit<Call, "terminal">;
}

const versionOption: OptionSpec = { name: "version", help: { zh: "版本", en: "version" } };
const quote = (word: string) => (/^[\w@%+=:,./~-]+$/u.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`);

function didYouMean(word: string, known: readonly string[], prefix = ""): { zh: string; en: string } | undefined {
  const near = nearest(word, known, 2).map((n) => prefix + n);
  return near.length === 0 ? undefined : { zh: `是不是 ${near.join(" 或 ")}？`, en: `did you mean ${near.join(" or ")}?` };
}

/** The value after an option that stands anywhere, read before the command line is understood: how to say what is wrong with it. */
export function rawOption(argv: readonly string[], name: string): string | undefined {
  for (let i = 0; i < argv.length && argv[i] !== "--"; i++) {
    if (argv[i] === `--${name}`) return argv[i + 1] ?? "";
    if (argv[i]!.startsWith(`--${name}=`)) return argv[i]!.slice(name.length + 3);
  }
  return undefined;
}

function findCommand(word: string): CommandSpec {
  const command = commands.find((c) => c.name === word);
  if (command !== undefined) return command;
  throw new UsageError(
    { zh: `没有命令“${word.slice(0, 60)}”`, en: `no command '${word.slice(0, 60)}'` },
    didYouMean(
      word,
      commands.map((c) => c.name),
    ) ?? { zh: "用 yuche --help 查看命令", en: "yuche --help lists the commands" },
  );
}

/** How to call the program again: a shell finds `yuche` by itself only where it is installed, not where npm has called it. */
export const programName = (environment: NodeJS.ProcessEnv): string => (environment["npm_command"] === undefined ? "yuche" : "npx yuche");

/** Reads a command line against the command table. Throws UsageError with the nearest command or option. `program`: as it was called. */
export function parseLine(argv: readonly string[], program = "yuche"): ParsedLine {
  const first = argv.findIndex((word, i) => !word.startsWith("-") && argv[i - 1] !== "--lang");
  let named = first < 0 ? undefined : argv[first]!;
  const rest = first < 0 ? [...argv] : [...argv.slice(0, first), ...argv.slice(first + 1)];
  let help = false;
  if (named === "help") {
    help = true;
    const next = rest.findIndex((word) => !word.startsWith("-"));
    named = next < 0 ? undefined : rest.splice(next, 1)[0];
  }
  const command = named === undefined ? undefined : findCommand(named);
  const specs = [...(command?.options ?? [versionOption]), ...commonOptions];
  const byName = new Map(specs.map((spec) => [spec.name, spec]));
  const { tokens } = parseArgs({
    args: rest,
    strict: false,
    allowPositionals: true,
    tokens: true,
    options: {
      ...Object.fromEntries(
        specs.map((spec) => [spec.name, { type: spec.value === undefined ? ("boolean" as const) : ("string" as const), multiple: true }]),
      ),
      help: { type: "boolean", short: "h", multiple: true },
    },
  });
  const given = new Map<string, string[]>();
  const words: string[] = [];
  const faults: Fault[] = [];
  const where = command === undefined ? "yuche" : `yuche ${command.name}`;
  for (const token of tokens) {
    if (token.kind === "positional") words.push(token.value);
    if (token.kind !== "option") continue;
    const spec = byName.get(token.name);
    const name = `--${token.name.slice(0, 60)}`;
    if (spec === undefined || (token.rawName.startsWith("-") && !token.rawName.startsWith("--") && token.rawName !== "-h")) {
      const written = token.rawName.slice(0, 60);
      faults.push({
        what: { zh: `${where} 没有选项 ${written}`, en: `${where} has no option ${written}` },
        hint: didYouMean(token.name, [...byName.keys()], "--") ?? {
          zh: `用 ${where} --help 查看选项`,
          en: `${where} --help lists the options`,
        },
      });
      continue;
    }
    const known = given.get(spec.name);
    const { value } = token;
    if (spec.value === undefined) {
      if (value !== undefined) faults.push({ what: { zh: `${name} 是开关，不带值`, en: `${name} is a switch and takes no value` } });
      given.set(spec.name, []);
    } else if (value === undefined || value === "")
      faults.push({ what: { zh: `${name} 后面要写 ${spec.value}`, en: `${name} needs a value: ${spec.value}` } });
    else if (spec.choices !== undefined && !spec.choices.includes(value))
      faults.push({
        what: { zh: `${name} 不能是“${value.slice(0, 60)}”`, en: `${name} cannot be '${value.slice(0, 60)}'` },
        hint: { zh: `可选：${spec.choices.join("、")}`, en: `possible: ${spec.choices.join(", ")}` },
      });
    else if (known !== undefined && spec.many !== true) faults.push({ what: { zh: `${name} 写了两次`, en: `${name} stands twice` } });
    else given.set(spec.name, [...(known ?? []), value]);
  }
  // What follows an unknown option is taken for a word.
  if (faults.length === 0 && command !== undefined && command.words === undefined && words.length > 0 && !help && !given.has("help"))
    faults.push({
      what: { zh: `不认识的词“${words[0]!.slice(0, 60)}”`, en: `'${words[0]!.slice(0, 60)}' was not expected here` },
      hint: { zh: `用 ${where} --help 查看用法`, en: `${where} --help shows the usage` },
    });
  failOn(faults);
  return {
    command,
    help: help || given.has("help"),
    version: given.has("version"),
    call: {
      words,
      value: (name) => given.get(name)?.[0],
      values: (name) => given.get(name) ?? [],
      has: (name) => given.has(name),
      whole: (name, least, most) => {
        const text = given.get(name)?.[0];
        if (text === undefined) return undefined;
        const number = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
        if (!(number >= least && number <= most))
          throw new UsageError({
            zh: `--${name} 应为 ${least} 到 ${most} 的整数，却是“${text.slice(0, 40)}”`,
            en: `--${name} should be a whole number from ${least} to ${most}, not '${text.slice(0, 40)}'`,
          });
        return number;
      },
      program,
      again: (without = []) =>
        [
          program,
          ...(command === undefined ? [] : [command.name]),
          ...words.map(quote),
          ...[...given]
            .filter(([name]) => !without.includes(name))
            .flatMap(([name, values]) => (values.length === 0 ? [`--${name}`] : values.map((v) => `--${name} ${quote(v)}`))),
        ].join(" "),
    },
  };
}
