import { InputError, nearest, problem } from "../model/index.ts";
import { builtinLevers } from "../network/index.ts";
import { jsonText, leverText, leversText } from "../report/index.ts";
import type { Call } from "./command.ts";

/** The policy levers: the list, or those that are named in full. */
export async function leversCommand({ terminal, words }: Call): Promise<void> {
  const all = await builtinLevers();
  const found = words.map((word) => all.find((lever) => lever.id === word));
  const problems = words.flatMap((word, i) => {
    if (found[i] !== undefined) return [];
    const near = nearest(
      word,
      all.map((lever) => lever.id),
    );
    return [
      problem(
        word.slice(0, 80),
        "unknown-reference",
        { zh: `没有政策措施“${word.slice(0, 80)}”`, en: `no lever '${word.slice(0, 80)}'` },
        near.length === 0
          ? { zh: "不带参数运行 yuche levers 列出全部", en: "yuche levers without a word lists them all" }
          : { zh: `是不是：${near.join("、")}？`, en: `did you mean: ${near.join(", ")}?` },
      ),
    ];
  });
  if (problems.length > 0) throw new InputError(problems);
  const levers = found.flatMap((lever) => (lever === undefined ? [] : [lever]));
  if (terminal.json) terminal.out(`${jsonText({ schemaVersion: 1, kind: "yuche-levers", levers: words.length === 0 ? all : levers })}\n`);
  else if (words.length === 0) terminal.out(leversText(all, terminal.reader));
  else terminal.out(levers.map((lever) => leverText(lever, terminal.reader)).join("\n"));
}
