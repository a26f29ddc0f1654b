import type { Duty, Figure, Text } from "../model/index.ts";
import type { NetworkData } from "../network/index.ts";
import { figureFact, titled, finish, section, pageOf, dutyTable } from "./explain-page.ts";
import { chargeTexts } from "./figure-text.ts";
import { count } from "./numbers.ts";
import type { Reader } from "./style.ts";
import { facts } from "./table.ts";
import { clean, wrap } from "./text.ts";

/** Cargo, rule, corridor, customs area, factor or operation: every key in words, figures with range and basis. */
export function explainMember(
  data: NetworkData,
  member: { id: string; name?: Text | undefined; title?: Text | undefined },
  kind: { zh: string; en: string },
  reader: Reader,
): string {
  const page = pageOf(data, reader);
  const pairs: (readonly [string, string])[] = [];
  const add = (key: string, value: unknown): void => {
    if (value === undefined || key === "id" || key === "name" || key === "title" || key === "duties") return;
    if (typeof value === "object" && value !== null && !Array.isArray(value)) {
      if ("basis" in value || "use" in value) pairs.push(...figureFact(key, value as Figure, page));
      else if ("zh" in value && "en" in value) pairs.push([key, page.text(value as Text)]);
      else for (const [inner, v] of Object.entries(value)) add(`${key} ${inner}`, v);
    } else if (key === "charges")
      for (const text of chargeTexts(value as never, data, reader.language)) pairs.push([page.say("费用", "charge"), text]);
    else if (Array.isArray(value) && value.every((v) => typeof v === "object" && v !== null && !Array.isArray(v)))
      value.forEach((v, i) => add(`${key} ${i + 1}`, v));
    else if (Array.isArray(value))
      pairs.push([key, value.map((v) => (typeof v === "string" ? v : JSON.stringify(v))).join(page.say("、", ", "))]);
    else pairs.push([key, typeof value === "number" ? count(value, 6) : String(value)]);
  };
  for (const [key, value] of Object.entries(member)) add(key, value);
  const duties = "duties" in member ? dutyTable(member.duties as Duty[], page) : [];
  return finish([
    ...titled(page, page.text(member.name ?? member.title ?? member.id), member.id, kind[reader.language]),
    ...facts(pairs, reader),
    ...section(page, page.say("税费", "Duties and fees"), duties),
  ]);
}

export function explainSource(data: NetworkData, index: number, reader: Reader): string {
  const page = pageOf(data, reader);
  const source = data.sources[index]!;
  const pairs = Object.entries(source).flatMap(([key, value]) =>
    key === "id" || value === null || value === undefined
      ? []
      : [[key, typeof value === "object" ? page.text(value as Text) : String(value)] as const],
  );
  return finish([...titled(page, clean(source.title), source.id, page.say("来源", "source")), ...facts(pairs, reader)]);
}

/** What can be asked for, when nothing was. */
export function explainNames(data: NetworkData, reader: Reader): string {
  const page = pageOf(data, reader);
  const list = (title: string, members: readonly { id: string; name: Text }[]) =>
    section(
      page,
      title,
      facts(
        members.map((m) => [m.id, page.text(m.name)] as const),
        reader,
      ),
    );
  return finish([
    ...wrap(
      page.say(
        "yuche explain 之后写编号、中文名或英文名；班线见各地点",
        "write an id, a Chinese or an English name after yuche explain; services stand with the places they call at",
      ),
      reader.width,
    ),
    ...list(page.say("地点", "Places"), data.locations),
    ...list(page.say("货物", "Cargos"), data.cargos),
    ...list(page.say("通道", "Corridors"), data.corridors),
    ...list(page.say("关税区", "Customs areas"), data.customs),
    ...list(page.say("运具池", "Pools of trucks, wagons and boxes"), data.pools),
    ...list(page.say("关口", "Locks and borders with a limit"), data.gates),
    ...list(
      page.say("堆场", "Yards"),
      data.yards.map(({ id, name = id }) => ({ id, name })),
    ),
    ...section(
      page,
      page.say("规则", "Rules"),
      facts(
        data.rules.map((r) => [r.id, page.text(r.title)] as const),
        reader,
      ),
    ),
  ]);
}
