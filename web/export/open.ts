import {
  type Problem,
  type Read,
  type Scenario,
  checkShape,
  problem,
  readJson,
  scenario as scenarioSchema,
} from "../../src/model/index.ts";
import { type Preset, presetOf } from "../state/presets.ts";
import { firstProblems } from "../state/problems.ts";
import { fields } from "../state/shipment.ts";

/** Greatest file that the page reads. */
const mostBytes = 64 * 1024 * 1024;

/** What a file gave: a question the page can take up, or every reason why not. */
export type Opened = { kind: "preset"; preset: Preset } | { kind: "problems"; problems: Problem[]; more: number };

const refused = (problems: readonly Problem[]): Opened => ({ kind: "problems", ...firstProblems(problems) });

const known = new Set<string>([...fields, "id", "title"]);
const onCommandLine = { zh: "请用命令行 yuche run 运行", en: "run it on the command line with yuche run" };

/** What a valid scenario asks that the page could not hold: opening it without would give other numbers. */
function beyondThePage(file: Scenario): Problem[] {
  const found: Problem[] = [];
  const add = (path: string, zh: string, en: string) => found.push(problem(path, "limit", { zh, en }, onCommandLine));
  if (file.network !== undefined && file.network !== "chongqing")
    add("network", "页面只用内置网络，这个场景用别的网络", "the page uses the built-in network only, this scenario another");
  if (file.shipments.length === 0)
    found.push(
      problem(
        "shipments",
        "missing-key",
        { zh: "场景里没有一票货可比较", en: "the scenario has no shipment to compare" },
        { zh: "比较页要有 shipments", en: "the Compare page needs shipments" },
      ),
    );
  file.shipments.forEach((shipment, i) => {
    for (const key of Object.keys(shipment))
      if (!known.has(key)) add(`shipments/${shipment.id ?? i}/${key}`, `页面的表单没有“${key}”`, `the page's form has no '${key}'`);
  });
  file.levers?.forEach((lever, i) => {
    if (!("change" in lever && "set" in lever))
      add(`levers/${i}`, "页面还不能打开这种政策手段", "the page cannot take up a lever of this kind");
  });
  return found;
}

/** The text of a scenario file as a question for the page. Never throws: what is wrong comes back with path, reason and hint. */
export function openText(text: string): Opened {
  const read = readJson(text);
  if (read.value === undefined) return refused(read.problems);
  const value = read.value;
  if (value !== null && typeof value === "object" && "kind" in value && value.kind === "yuche-result")
    return refused([
      problem(
        "kind",
        "type",
        { zh: "这是结果文件，不是场景", en: "this is a result file, not a scenario" },
        { zh: "请打开场景文件（有 id 和 shipments）", en: "open the scenario file (it has an id and shipments)" },
      ),
    ]);
  const checked = checkShape(value, scenarioSchema);
  if (checked.value === undefined) return refused(checked.problems);
  const file = checked.value;
  const beyond = beyondThePage(file);
  if (beyond.length > 0) return refused(beyond);
  const { network: _builtin, ...rest } = file;
  const preset = presetOf({ ...rest, title: file.title ?? file.id } as Parameters<typeof presetOf>[0]);
  return preset === undefined
    ? refused([problem("", "limit", { zh: "页面不能完整打开这个场景", en: "the page cannot hold all of this scenario" }, onCommandLine)])
    : { kind: "preset", preset };
}

function tooLarge({ size }: Blob): Problem | undefined {
  if (size <= mostBytes) return undefined;
  const megabytes = Math.ceil(size / 1024 / 1024);
  return problem(
    "",
    "too-large",
    { zh: `文件有 ${megabytes} MB，超过 64 MB 的上限`, en: `the file has ${megabytes} MB, more than the limit of 64 MB` },
    { zh: "场景文件通常只有几 KB", en: "a scenario file usually has a few kB" },
  );
}

/** Reads a file that was chosen or dropped. */
export async function openFile(file: Blob): Promise<Opened> {
  const large = tooLarge(file);
  return large === undefined ? openText(await file.text()) : refused([large]);
}

/** What a file holds, as strictly read as by the command line; nothing is asked of it but that it is JSON. */
export async function openJson(file: Blob): Promise<Read<unknown>> {
  const large = tooLarge(file);
  return large === undefined ? readJson(await file.text()) : { value: undefined, problems: [large] };
}
