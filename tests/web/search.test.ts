import { describe, expect, test } from "vitest";
import { findAll } from "../../web/state/search.ts";
import { catalogue } from "../../web/worker/answer.ts";

const places = catalogue().places;
const first = (typed: string) => findAll(places, typed)[0]?.id;

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
  ])("%s finds %s first", (typed, id) => {
    expect(first(typed)).toBe(id);
  });

  test("nothing typed finds all in their order, nonsense finds none", () => {
    expect(findAll(places, " ")).toEqual(places);
    expect(findAll(places, "<img src=x>")).toEqual([]);
  });
});
