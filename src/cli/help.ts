import type { Language } from "../model/index.ts";
import { displayWidth, padTo, wrap } from "../report/index.ts";
import type { CommandSpec, OptionSpec } from "./command.ts";
import { commands, commonOptions } from "./commands.ts";
import { pick } from "./exit.ts";
import type { Terminal } from "./terminal.ts";

const heads = {
  usage: { zh: "用法", en: "Usage" },
  commands: { zh: "命令", en: "Commands" },
  options: { zh: "选项", en: "Options" },
  examples: { zh: "例子", en: "Examples" },
  codes: { zh: "退出码", en: "Exit codes" },
};

const exitText = {
  zh: "0 全部完成，1 有场景失败，2 命令写错，3 输入有误，4 无路可走（--strict），5 磁盘等环境问题，70 程序缺陷",
  en: "0 all done, 1 some scenarios failed, 2 usage, 3 invalid input, 4 no way (--strict), 5 disk and the like, 70 a bug",
};

function columns(pairs: readonly (readonly [string, string])[], width: number): string[] {
  const left = Math.max(...pairs.map(([name]) => displayWidth(name)));
  return pairs.flatMap(([name, text]) =>
    wrap(text, Math.max(30, width - left - 4)).map((line, i) => `  ${padTo(i === 0 ? name : "", left)}  ${line}`),
  );
}

function optionPairs(options: readonly OptionSpec[], language: Language): (readonly [string, string])[] {
  return options.map((o) => [`--${o.name}${o.value === undefined ? "" : ` ${o.value}`}`, pick(o.help, language)] as const);
}

export function programHelp({ reader }: Terminal): string {
  const { language, width, style } = reader;
  return [
    style.bold(language === "zh" ? "渝车 yuche：重庆造的车怎样走向世界" : "yuche (渝车): how vehicles made in Chongqing reach the world"),
    "",
    style.bold(pick(heads.usage, language)),
    "  yuche COMMAND [OPTION…]",
    "",
    style.bold(pick(heads.commands, language)),
    ...columns(
      commands.map((c) => [`${c.name}${c.words === undefined ? "" : ` ${c.words}`}`, pick(c.summary, language)] as const),
      width,
    ),
    "",
    style.bold(pick(heads.options, language)),
    ...columns([...optionPairs(commonOptions, language), ["--version", language === "zh" ? "版本" : "version"]], width),
    "",
    style.bold(pick(heads.examples, language)),
    ...commands.slice(0, 4).map((c) => `  ${c.examples[0]!.command}`),
    "",
    ...wrap(`${pick(heads.codes, language)}: ${pick(exitText, language)}`, width),
    "",
  ].join("\n");
}

export function commandHelp(command: CommandSpec, { reader }: Terminal): string {
  const { language, width, style } = reader;
  return [
    ...wrap(pick(command.summary, language), width),
    "",
    style.bold(pick(heads.usage, language)),
    `  yuche ${command.name}${command.words === undefined ? "" : ` ${command.words}`} [OPTION…]`,
    "",
    style.bold(pick(heads.options, language)),
    ...columns(optionPairs([...command.options, ...commonOptions], language), width),
    "",
    style.bold(pick(heads.examples, language)),
    ...command.examples.flatMap((e) => [style.dim(`  # ${pick(e.what, language)}`), `  ${e.command}`]),
    "",
  ].join("\n");
}
