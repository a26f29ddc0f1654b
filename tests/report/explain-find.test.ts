import { describe, expect, test } from "vitest";
import { builtinNetwork } from "../../src/network/index.ts";
import { findSubject, listNames } from "../../src/report/index.ts";

const data = builtinNetwork();
const find = (word: string) => findSubject(data, word, () => false);

describe("what a word means", () => {
  test("every id, name and alias of a place or cargo that is its own leads to it, in capitals or not", () => {
    const members = (["location", "cargo"] as const).flatMap((kind) =>
      data[listNames[kind]].map(({ id, name, aliases }, index) => ({
        subject: { kind, index },
        words: new Set([id, ...(typeof name === "string" ? [name] : [name.zh, name.en]), ...(aliases ?? [])]),
      })),
    );
    const owners = new Map<string, number>();
    for (const { words } of members) for (const word of words) owners.set(word.toLowerCase(), (owners.get(word.toLowerCase()) ?? 0) + 1);
    let found = 0;
    for (const { subject, words } of members)
      for (const word of words) {
        if (owners.get(word.toLowerCase())! > 1) continue;
        const written = found++ % 2 === 0 ? word : word.toUpperCase();
        expect(find(written).subject, written).toEqual(subject);
      }
    expect(found).toBeGreaterThan(400);
  });

  test("a port comes before its yard of the same name, which is told", () => {
    const place = data.locations.findIndex(({ id }) => id === "CNCKG-GUOYUAN");
    for (const word of ["Guoyuan", "guoyuan"])
      expect(find(word)).toEqual({ subject: { kind: "location", index: place }, also: ["yards/guoyuan"] });
    expect(find("果园港")).toEqual({ subject: { kind: "location", index: place } });
    const yard = data.yards.findIndex(({ id }) => id === "guoyuan");
    expect(find("yards/guoyuan")).toEqual({ subject: { kind: "yard", index: yard } });
  });

  test("a part of a name leads to the one place that has it; where several do, they are named", () => {
    expect(find("Zeebru").subject).toEqual({ kind: "location", index: data.locations.findIndex(({ id }) => id === "BEZEE") });
    const { subject, problem } = find("port");
    expect(subject).toBeUndefined();
    expect(problem!.hint!.en).toMatch(/Melbourne.* and \d+ more/);
    expect(problem!.hint!.en).not.toMatch(/[一-鿿]/);
    expect(problem!.hint!.zh).toMatch(/墨尔本.*另有 \d+ 个/);
  });
});
