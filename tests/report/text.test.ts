import { describe, expect, test } from "vitest";
import {
  clean,
  count,
  displayWidth,
  evidenceBar,
  facts,
  guard,
  jsonText,
  makeStyle,
  percent,
  signed,
  table,
  wrap,
} from "../../src/report/index.ts";
import { escape } from "../support/cli.ts";

const style = makeStyle(false);

describe("width", () => {
  test.each([
    ["abc", 3],
    ["重庆", 4],
    ["果园港 ro-ro", 12],
    ["（龙兴）", 8],
    ["Małaszewicze", 12],
    ["e\u0301", 1],
    [`${escape}[1mbold${escape}[0m`, 4],
    ["", 0],
  ])("%j takes %i columns", (text, width) => expect(displayWidth(text)).toBe(width));

  test("a table's columns line up whatever the script", () => {
    const lines = table(
      [{ title: "地点" }, { title: "km", align: "right" }],
      [
        ["重庆", "1"],
        ["Zeebrugge", "18,122"],
      ],
      { width: 80, style },
    );
    expect(lines).toEqual(["地点           km", "---------  ------", "重庆            1", "Zeebrugge  18,122"]);
  });

  test("a shrinkable column wraps and loses no word", () => {
    const words = "a terminal with quite a long name on the river";
    const lines = table(
      [
        { title: "Name", shrinkTo: 10 },
        { title: "n", align: "right" },
      ],
      [[words, "5"]],
      { width: 24, style },
    );
    for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(24);
    const cells = lines.slice(2).map((line) => line.replace(/\s+5$/, "").trim());
    expect(cells.join(" ")).toBe(words);
  });

  test("Chinese wraps between characters, never before a full stop or comma", () => {
    const lines = wrap("长江黄金水道，江海联运，经上海外高桥出海。", 12);
    for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(12);
    for (const line of lines) expect(line).not.toMatch(/^[，。]/);
    expect(lines.join("")).toBe("长江黄金水道，江海联运，经上海外高桥出海。");
  });

  test("an address is never broken", () => expect(wrap("https://example.org/a/very/long/path/that/goes/on", 12)).toHaveLength(1));

  test("facts align their values", () =>
    expect(
      facts(
        [
          ["国家", "CN"],
          ["name", "x"],
        ],
        { width: 60, style },
      ),
    ).toEqual(["国家  CN", "name  x"]));
});

describe("what must not reach a terminal", () => {
  const hostile = [
    `${escape}]0;title\u0007`,
    `${escape}[2J`,
    "\u009b31m",
    "a\rb",
    "a\u202eb",
    "line\u2028two",
    "\u0000\u0008",
    `${escape}[31mred`,
  ];
  test.each(hostile.map((text) => [text]))("%j is made harmless", (text) => {
    const control = /[\p{Cc}\u2028\u2029\u202a-\u202e]/u;
    expect(clean(text)).not.toMatch(control);
    expect(guard(text, false).replaceAll("\n", "")).not.toMatch(control);
  });

  test("with colour, only this program's codes pass", () => {
    const coloured = makeStyle(true);
    expect(guard(`${coloured.bold("x")}${escape}[2J${escape}]8;;http://x${escape}\\`, true)).toBe(`${coloured.bold("x")}[2J]8;;http://x\\`);
  });

  test("JSON keeps its value and shows no control character", () => {
    const value = { text: "a\u009bb\u202ec\u2028d\u007f" };
    expect(jsonText(value)).not.toMatch(/[\u007f-\u009f\u2028\u202e]/);
    expect(JSON.parse(jsonText(value))).toEqual(value);
  });
});

describe("numbers", () => {
  test("a share is 100 % only where it is", () =>
    expect([1, 0.996, 0.5, 0.004, 0].map(percent)).toEqual(["100%", ">99%", "50%", "<1%", "0%"]));
  test.each([
    [1234567.891, 2, 0, "1,234,567.89"],
    [1000, 2, 0, "1,000"],
    [999.5, 0, 0, "1,000"],
    [-0.4, 0, 0, "0"],
    [-56.13, 2, 2, "-56.13"],
    [0.35, 6, 0, "0.35"],
    [12, 1, 1, "12.0"],
  ])("%d with %i decimals", (value, decimals, minimum, text) => expect(count(value, decimals, minimum)).toBe(text));

  test("a difference has its sign", () => expect([signed(1.25, 1), signed(-3), signed(0)]).toEqual(["+1.3", "-3", "0"]));
  test("a bar has its length whatever the rounding", () => {
    const third = { published: 1 / 3, derived: 1 / 3, assumed: 1 / 3, stated: 0 };
    expect(evidenceBar(third)).toBe("####+++...");
    expect(evidenceBar({ published: 0, derived: 0, assumed: 1, stated: 0 })).toBe("..........");
  });
});
