import { type Problem, type Text, nearest, problem } from "../model/index.ts";

interface Named {
  id: string;
  name: Text;
  aliases?: string[] | undefined;
}

function names(member: Named): string[] {
  const own = typeof member.name === "string" ? [member.name] : [member.name.zh, member.name.en];
  return [member.id, ...own, ...(member.aliases ?? [])];
}

const fold = (word: string) =>
  word
    .normalize("NFKC")
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_·•.,，、()（）-]+/g, "");

const foldedNames = new WeakMap<Named, string[]>();

/** The folded names of a member, worked out once: a table of demand asks for thousands. */
function folded(member: Named): string[] {
  let own = foldedNames.get(member);
  if (own === undefined) foldedNames.set(member, (own = names(member).map(fold)));
  return own;
}

/** Where there are no more members than these, and none is near, all of them are told. */
const mostListed = 12;

/** Whether a member has this very id, name or alias; case, spaces and punctuation do not matter. */
export const isCalled = (member: Named, word: string): boolean => folded(member).includes(fold(word));

/**
 * Finds a place or cargo by id, Chinese or English name or alias; case, spaces and punctuation do not matter. A part of a name is enough where only
 * one member has it. Where several do, `prefer` decides if it holds for one of them only (a shipment goes to the market, not to the station of the
 * same name). Otherwise the problem names the nearest.
 */
export function findNamed<T extends Named>(
  members: readonly T[],
  word: string,
  path: string,
  what: { zh: string; en: string },
  prefer?: (member: T) => boolean,
): { index: number; problem?: Problem } {
  const wanted = fold(word);
  if (wanted !== "") {
    const id = members.findIndex((m) => m.id.toLowerCase() === word.trim().toLowerCase());
    if (id >= 0) return { index: id };
    const exact = members.flatMap((m, i) => (folded(m).includes(wanted) ? [i] : []));
    if (exact.length === 1) return { index: exact[0]! };
    const partial =
      exact.length > 1 ? exact : members.flatMap((m, i) => (wanted.length >= 2 && folded(m).some((n) => n.includes(wanted)) ? [i] : []));
    if (partial.length === 1) return { index: partial[0]! };
    const preferred = prefer === undefined ? [] : partial.filter((i) => prefer(members[i]!));
    if (preferred.length === 1) return { index: preferred[0]! };
    if (partial.length > 1) {
      const some = partial.slice(0, 6).map((i) => members[i]!);
      const list = (language: "zh" | "en") => some.map(({ id, name }) => `${typeof name === "string" ? name : name[language]} (${id})`);
      const more = partial.length - some.length;
      return {
        index: -1,
        problem: problem(
          path,
          "unknown-reference",
          { zh: `${what.zh}“${word.slice(0, 60)}”不止一个`, en: `several ${what.en}s match '${word.slice(0, 60)}'` },
          {
            zh: `请用编号：${list("zh").join("、")}${more > 0 ? `，另有 ${more} 个` : ""}`,
            en: `use the id: ${list("en").join(", ")}${more > 0 ? ` and ${more} more` : ""}`,
          },
        ),
      };
    }
  }
  const owner = new Map<string, string>();
  for (const member of members) for (const name of names(member)) if (!owner.has(name)) owner.set(name, member.id);
  const near = nearest(word.trim(), owner.keys(), 4).map((n) => (n === owner.get(n) ? n : `${n} (${owner.get(n)!})`));
  return {
    index: -1,
    problem: problem(
      path,
      "unknown-reference",
      { zh: `没有名为“${word.slice(0, 60)}”的${what.zh}`, en: `no ${what.en} is called '${word.slice(0, 60)}'` },
      near.length > 0
        ? { zh: `是不是：${near.join("、")}？`, en: `did you mean: ${near.join(", ")}?` }
        : members.length <= mostListed
          ? { zh: `可选：${members.map(({ id }) => id).join("、")}`, en: `possible: ${members.map(({ id }) => id).join(", ")}` }
          : { zh: "用 yuche explain 列出全部名称", en: "yuche explain lists all names" },
    ),
  };
}
