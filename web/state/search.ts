import type { Text } from "../../src/model/index.ts";

/** How Chinese names are read: syllables without tones, with spaces between. */
export type Readings = Readonly<Record<string, string>>;

/** The readings of the network's names, made and kept current by `tests/web/search.test.ts`; fetched when someone first searches. */
export const builtinReadings = (): Promise<Readings> => import("./readings.json").then((file) => file.default);

export interface Findable {
  id: string;
  name: Text;
  aliases: string[];
}

/** Same letters, whatever the case, width, spaces, accents and punctuation. */
const fold = (word: string): string =>
  word
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll(/[\s_·•.,，、'’()（）-]+/g, "");

/** Every name of an item, Chinese ones also as pinyin and as the initials of its syllables. */
function namesOf(item: Findable, readings: Readings): string[] {
  const names = [item.id, ...(typeof item.name === "string" ? [item.name] : [item.name.zh, item.name.en]), ...item.aliases];
  const read = names.flatMap((name) => {
    const reading = Object.hasOwn(readings, name) ? readings[name]! : "";
    return reading === "" ? [] : [reading, initials(reading)];
  });
  return [...names, ...read];
}

const initials = (reading: string) =>
  reading
    .split(" ")
    .map((syllable) => syllable[0])
    .join("");

/** A name as it is compared: whole, and word by word. */
interface FoldedName {
  whole: string;
  words: string[];
}

const noReadings: Readings = {};

/** The folded names of each item with the readings they were made with: folding thousands of names is most of the work of a search, and every letter asks again. */
const folded = new WeakMap<Findable, { readings: Readings; names: FoldedName[] }>();

function foldedNames(item: Findable, readings: Readings): FoldedName[] {
  let known = folded.get(item);
  if (known?.readings !== readings) {
    const names = namesOf(item, readings).map((name) => ({ whole: fold(name), words: name.split(/[\s（()）-]+/).map(fold) }));
    folded.set(item, (known = { readings, names }));
  }
  return known.names;
}

/** How well an item answers a query: 0 exactly, 1 a name begins so, 2 a word in a name begins so, 3 somewhere inside; -1 not at all. */
function rank(item: Findable, query: string, readings: Readings): number {
  let best = -1;
  for (const { whole, words } of foldedNames(item, readings)) {
    const found =
      whole === query ? 0 : whole.startsWith(query) ? 1 : words.some((w) => w.startsWith(query)) ? 2 : whole.includes(query) ? 3 : -1;
    if (found >= 0 && (best < 0 || found < best)) best = found;
  }
  return best;
}

/** Items that match what was typed, best first; the given order within a rank. An empty query finds all. */
export function findAll<T extends Findable>(items: readonly T[], typed: string, readings: Readings = noReadings): T[] {
  const query = fold(typed);
  if (query === "") return [...items];
  return items
    .map((item, order) => ({ item, order, rank: rank(item, query, readings) }))
    .filter((found) => found.rank >= 0)
    .sort((a, b) => a.rank - b.rank || a.order - b.order)
    .map(({ item }) => item);
}
