import type { Call } from "./command.ts";
import { commands, commonOptions } from "./commands.ts";
import { UsageError } from "./exit.ts";

const optionNames = (name: string) => [...commands.find((c) => c.name === name)!.options, ...commonOptions].map((o) => `--${o.name}`);
const names = commands.map((c) => c.name).join(" ");

const scripts: Record<string, () => string> = {
  bash: () => `_yuche() {
  local word="\${COMP_WORDS[COMP_CWORD]}"
  case "\${COMP_WORDS[1]}" in
${commands.map((c) => `    ${c.name}) COMPREPLY=($(compgen -W "${optionNames(c.name).join(" ")}" -- "$word") $(compgen -f -- "$word"));;`).join("\n")}
    *) COMPREPLY=($(compgen -W "${names} help --help --version" -- "$word"));;
  esac
}
complete -o filenames -F _yuche yuche
`,
  zsh: () => `#compdef yuche
case "\${words[2]}" in
${commands.map((c) => `  ${c.name}) compadd -- ${optionNames(c.name).join(" ")}; _files;;`).join("\n")}
  *) compadd ${names} help;;
esac
`,
  fish: () => `${commands.map((c) => `complete -c yuche -n __fish_use_subcommand -a ${c.name} -d '${c.summary.en.replaceAll("'", "")}'\n${[...c.options, ...commonOptions].map((o) => `complete -c yuche -n '__fish_seen_subcommand_from ${c.name}' -l ${o.name}${o.value === undefined ? "" : " -r"}`).join("\n")}`).join("\n")}
`,
};

export function completionCommand({ words, terminal }: Call): void {
  const script = words.length === 1 && Object.hasOwn(scripts, words[0]!) ? scripts[words[0]!] : undefined;
  if (script === undefined) throw new UsageError({ zh: "请写明哪种命令行：bash、zsh 或 fish", en: "say which shell: bash, zsh or fish" });
  terminal.out(script());
}
