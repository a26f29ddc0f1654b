import { pinyin } from "pinyin-pro";
import { describe, expect, test, vi } from "vitest";
import { builtinReadings, findAll } from "../../web/state/search.ts";
import { catalogue } from "../../web/worker/answer.ts";

const { places, cargos } = catalogue();
const readings = await builtinReadings();
const first = (typed: string) => findAll(places, typed, readings)[0]?.id;

describe("search as you type", () => {
  test.each([
    ["泽布", "BEZEE"],
    ["zeebr", "BEZEE"],
    ["ZEEBRUGGE", "BEZEE"],
    ["São Paulo", "BR-MARKET"],
    ["sao paulo", "BR-MARKET"],
    ["莫斯科", "RU-MARKET"],
    ["москва", "RU-MARKET"],
    ["问界", "CNCKG-SERES"],
    ["lazaro", "MXLZC"],
    ["cnckg gwm", "CNCKG-GWM"],
    ["zebulv", "BEZEE"],
    ["zblh", "BEZEE"],
    ["mosike", "RU-MARKET"],
    ["mo si ke", "RU-MARKET"],
    ["wenjie", "CNCKG-SERES"],
    ["changchengqiche", "CNCKG-GWM"],
  ])("%s finds %s first", (typed, id) => {
    expect(first(typed)).toBe(id);
  });

  test("cargo by pinyin", () => {
    expect(findAll(cargos, "chundian", readings).map((c) => c.id)).toEqual(expect.arrayContaining(["bev-sedan", "bev-suv"]));
    expect(findAll(cargos, "pika", readings)[0]?.id).toBe("pickup");
  });

  test("the list of readings is that of the names (`vitest -u` makes it again)", async () => {
    const names = [...places, ...cargos].flatMap((item) => [typeof item.name === "string" ? item.name : item.name.zh, ...item.aliases]);
    const chinese = [...new Set(names)].filter((name) => /\p{Script=Han}/u.test(name)).sort();
    const read = (name: string) =>
      pinyin(name, { toneType: "none", v: true, type: "array", nonZh: "consecutive" })
        .map((syllable) => syllable.toLowerCase().replaceAll(/[^a-z0-9]+/g, ""))
        .filter((syllable) => syllable !== "")
        .join(" ");
    const list = Object.fromEntries(chinese.map((name) => [name, read(name)]));
    await expect(`${JSON.stringify(list, null, 2)}\n`).toMatchFileSnapshot("../../web/state/readings.json");
    expect(list["重庆"]?.split(" ")[0] ?? "chong").toBe("chong");
    expect(Object.entries(list).filter(([name, reading]) => name.includes("重庆") && !reading.includes("chong qing"))).toEqual([]);
  });

  test("names are folded once for each set of readings; a letter more folds only what was typed", () => {
    const items = places.map((place) => ({ ...place }));
    const folds = vi.spyOn(String.prototype, "normalize");
    const counted = (typed: string, by: typeof readings) => {
      folds.mockClear();
      const [found] = findAll(items, typed, by);
      return { found: found?.id, folds: folds.mock.calls.length };
    };
    try {
      expect(counted("z", {}).folds).toBeGreaterThan(items.length);
      const asked = counted("zeb", readings);
      expect(asked.folds).toBeGreaterThan(items.length);
      expect(counted("zebu", readings)).toEqual({ found: asked.found, folds: 1 });
      expect(counted("zebul", readings)).toEqual({ found: "BEZEE", folds: 1 });
    } finally {
      folds.mockRestore();
    }
  });

  test("nothing typed finds all in their order, nonsense finds none", () => {
    expect(findAll(places, " ")).toEqual(places);
    expect(findAll(places, "<img src=x>")).toEqual([]);
  });
});
