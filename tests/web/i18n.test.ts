import { describe, expect, test } from "vitest";
import { date, decimal, fen, moment, offset, percent, whole } from "../../web/i18n/format.ts";
import { en } from "../../web/i18n/en.ts";
import { zh } from "../../web/i18n/zh.ts";
import { webAddress } from "../../web/views/figure-view.tsx";

/** Every message of a catalogue by its path; functions are called with samples. */
function messages(node: unknown, path = ""): [string, string][] {
  if (typeof node === "string") return [[path, node]];
  if (typeof node === "function") return [[path, String((node as (...samples: unknown[]) => unknown)(3, "B", "C", "D", "E"))]];
  return Object.entries(node as object).flatMap(([key, value]) => messages(value, `${path}/${key}`));
}

describe("messages", () => {
  test("both catalogues have the same keys and no empty message", () => {
    expect(messages(en).map(([path]) => path)).toEqual(messages(zh).map(([path]) => path));
    for (const [path, text] of [...messages(zh), ...messages(en)]) expect(text, path).not.toBe("");
  });

  test("English has no Chinese in it, Chinese no ASCII comma", () => {
    for (const [path, text] of messages(en)) expect(text, path).not.toMatch(/[\u4e00-\u9fff，。；：]/);
    for (const [path, text] of messages(zh)) expect(text, path).not.toMatch(/[\u4e00-\u9fff][,;:][\u4e00-\u9fff]/);
  });
});

describe("numbers and dates", () => {
  test("in figures a planner reads", () => {
    expect(whole(53674.19, "zh")).toBe("53,674");
    expect(fen(-56.1, "en")).toBe("−56.10");
    expect(decimal(0.15, 6, "en")).toBe("0.15");
  });

  test("0 % and 100 % only when exact", () => {
    expect([0, 0.001, 0.5, 0.999, 1].map(percent)).toEqual(["0%", "<1%", "50%", ">99%", "100%"]);
  });

  test("times are those of the place, whatever the reader's time zone", () => {
    expect(date("2027-04-23", "zh")).toBe("2027年4月23日");
    expect(date("2027-04-23", "en")).toBe("23 Apr 2027");
    expect(moment("2027-03-19T18:00+08:00", "zh")).toBe("3月19日 18:00");
    expect([offset("2027-03-19T18:00+08:00"), offset("2027-03-19T18:00+05:30"), offset("2027-03-19T18:00-06:00")]).toEqual([
      "UTC+8",
      "UTC+5:30",
      "UTC−6",
    ]);
  });
});

describe("sources", () => {
  test("only web addresses become links", () => {
    expect(webAddress("https://example.org/a?b=1")).toBe("https://example.org/a?b=1");
    for (const address of ["javascript:alert(1)", "data:text/html,x", " https://x", "facts/notes.md", "", null, undefined])
      expect(webAddress(address)).toBeUndefined();
  });
});
