import { InputError, dateOf, dayNumber, nearest, problem } from "../model/index.ts";
import { type NetworkData, builtinNetwork, compile } from "../network/index.ts";
import { type FiledResult, readResult } from "../batch/index.ts";
import {
  type Subject,
  chainIds,
  explainChain,
  explainFigure,
  explainMember,
  explainNames,
  explainPlace,
  explainService,
  explainSource,
  findChains,
  findFigure,
  findSubject,
  listNames,
  jsonText,
} from "../report/index.ts";
import type { Call } from "./command.ts";
import { UsageError } from "./exit.ts";
import { networkOf } from "./networks.ts";

const weeksShown = 8;

export async function explainCommand(call: Call): Promise<void> {
  const { terminal, words } = call;
  const file = call.value("in");
  const word = words.join(" ");
  if (file !== undefined) {
    explainFromResult(call, file, word);
    return;
  }
  const data = await networkOf(call);
  if (word === "") {
    terminal.out(explainNames(data, terminal.reader));
    return;
  }
  const isFigure = (address: string) => address.includes("/") && findFigure(data, address) !== undefined;
  const { subject, also = [], problem: unknown } = findSubject(data, word, isFigure);
  if (subject === undefined) throw new InputError([unknown ?? problem(word, "unknown-reference", { zh: "没有找到", en: "nothing found" })]);
  terminal.out(terminal.json ? subjectJson(data, subject) : subjectText(call, data, subject));
  if (also.length > 0)
    terminal.say({ zh: `同名的还有：${also.join("、")}（以此为参数）`, en: `of the same name: ${also.join(", ")} (ask for that)` });
}

function startDay(call: Call): number {
  const text = call.value("date");
  const day = text === undefined ? Math.floor(Date.now() / 86_400_000) : dayNumber(text);
  if (Number.isNaN(day)) throw new UsageError({ zh: "--date 应为日期 2027-03-02", en: "--date should be a date such as 2027-03-02" });
  return day;
}

const kinds = {
  operation: { zh: "枢纽作业", en: "hub operation" },
  pool: { zh: "运具池", en: "pool" },
  gate: { zh: "关口", en: "gate" },
  yard: { zh: "堆场", en: "yard" },
  cargo: { zh: "货物", en: "cargo" },
  rule: { zh: "规则", en: "rule" },
  corridor: { zh: "通道", en: "corridor" },
  customs: { zh: "关税区", en: "customs area" },
  factor: { zh: "排放因子", en: "emission factor" },
};

function subjectText(call: Call, data: NetworkData, subject: Subject): string {
  const { reader } = call.terminal;
  switch (subject.kind) {
    case "location":
      return explainPlace(data, data.locations[subject.index]!, reader);
    case "service": {
      const service = data.services[subject.index]!;
      const day = startDay(call);
      // Only this service is compiled, and as if it ran: someone who asks wants to see its dates.
      const network = compile(
        { ...data, services: [{ ...service, enabled: true }] },
        { from: day * 1440, until: (day + weeksShown * 7) * 1440 },
      );
      return explainService(data, service, network, dateOf(day), reader);
    }
    case "figure":
      return explainFigure(data, subject.address, findFigure(data, subject.address)!, reader);
    case "source":
      return explainSource(data, subject.index, reader);
    default:
      return explainMember(data, data[listNames[subject.kind]][subject.index]!, kinds[subject.kind], reader);
  }
}

function subjectJson(data: NetworkData, subject: Subject): string {
  const found =
    subject.kind === "figure"
      ? { address: subject.address, ...findFigure(data, subject.address) }
      : data[listNames[subject.kind]][subject.index];
  return `${jsonText({ schemaVersion: 1, kind: `yuche-${subject.kind}`, [subject.kind]: found })}\n`;
}

function explainFromResult({ terminal }: Call, file: string, word: string): void {
  const { result, problems } = readResult(file);
  if (result === undefined) throw new InputError(problems);
  const found = findChains(result, word);
  if (word === "" || found.length === 0) {
    const ids = chainIds(result);
    const near = word === "" ? ids.slice(0, 20) : nearest(word, ids);
    const list = near.length === 0 ? ids.slice(0, 8) : near;
    throw new InputError([
      problem(
        "",
        "unknown-reference",
        word === ""
          ? { zh: "请写明哪一条链", en: "say which chain" }
          : { zh: `结果里没有链“${word.slice(0, 120)}”`, en: `the result has no chain '${word.slice(0, 120)}'` },
        {
          zh: `可选：cheapest、fastest、greenest，方案名，或 ${list.join("、")}`,
          en: `possible: cheapest, fastest, greenest, an option, or ${list.join(", ")}`,
        },
      ),
    ]);
  }
  if (terminal.json) terminal.out(`${jsonText({ schemaVersion: 1, kind: "yuche-chains", chains: found.map((f) => f.chain) })}\n`);
  else
    terminal.out(found.map(({ shipment, chain }) => explainChain(result, shipment, chain, namesFor(result), terminal.reader)).join("\n"));
}

/** The built-in network names places, when the result is about it. */
function namesFor(result: FiledResult): NetworkData | undefined {
  const data = builtinNetwork();
  const known = new Set(data.locations.map((l) => l.id));
  return result.shipments.every((s) => known.has(s.from) && known.has(s.to)) ? data : undefined;
}
