import { nearest } from "../model/index.ts";
import { jsonText } from "../report/index.ts";
import { publishedSchema, schemaNames } from "../scenario/index.ts";
import type { Call } from "./command.ts";
import { UsageError } from "./exit.ts";

export function schemaCommand({ words, terminal }: Call): void {
  const name = schemaNames.find((n) => n === words[0]);
  if (name === undefined || words.length !== 1) {
    const near = nearest(words[0] ?? "", schemaNames, 1)[0];
    throw new UsageError(
      { zh: "请写明哪一种：scenario、network、result 或 plan", en: "say which: scenario, network, result or plan" },
      near === undefined ? undefined : { zh: `是不是 ${near}？`, en: `did you mean ${near}?` },
    );
  }
  terminal.out(`${jsonText(publishedSchema(name))}\n`);
}
