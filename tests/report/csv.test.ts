import { stringify } from "csv-stringify/sync";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type Sheet,
  chainKeys,
  guardFormula,
  makeNames,
  optionsSheet,
  costSheet,
  figuresSheet,
  scenarioSheet,
  sheetCsv,
} from "../../src/report/index.ts";
import { type Scenario } from "../../src/model/index.ts";
import { builtinNetwork } from "../../src/network/index.ts";
import { runScenario } from "../../src/scenario/index.ts";

const scenario: Scenario = {
  id: "page",
  shipments: [{ cargo: "bev-suv", quantity: 300, from: "CNCKG-SERES", to: "BEZEE", ready: "2027-03-02", due: "2027-05-15" }],
  routes: { alternatives: 50 },
};
const result = runScenario(scenario);
const shipment = result.shipments[0]!;
const input = { result, shipment, names: makeNames(builtinNetwork(), "zh"), language: "zh" } as const;
const columnOf = (sheet: Sheet, title: string) => {
  const at = sheet.columns.findIndex((c) => c.title === title);
  expect(at, title).toBeGreaterThanOrEqual(0);
  return sheet.rows.map((row) => row[at]);
};

/** Cells of a CSV text (RFC 4180). */
function parse(text: string): string[][] {
  const rows: string[][] = [[]];
  let cell = "";
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const c = text[i]!;
    if (quoted) {
      if (c !== '"') cell += c;
      else if (text[i + 1] === '"') {
        cell += c;
        i++;
      } else quoted = false;
    } else if (c === '"') quoted = true;
    else if (c === ",") {
      rows.at(-1)!.push(cell);
      cell = "";
    } else if (c === "\r" && text[i + 1] === "\n") {
      rows.at(-1)!.push(cell);
      rows.push([]);
      cell = "";
      i++;
    } else cell += c;
  }
  rows.pop();
  return rows;
}

describe("the table of options", () => {
  const sheet = optionsSheet(input);
  const chains = shipment.options.flatMap((o) => o.chains);

  test("has every chain with the very numbers of the result, and a reason for every option without one", () => {
    const rows = shipment.options.flatMap((o) => (o.chains.length === 0 ? [undefined] : o.chains));
    expect(sheet.rows).toHaveLength(rows.length);
    const told = (of: (c: (typeof chains)[number]) => unknown) => rows.map((chain) => (chain === undefined ? undefined : of(chain)));
    expect(columnOf(sheet, "每辆费用（元）")).toEqual(told((c) => c.cost.cny));
    expect(columnOf(sheet, "费用区间下限（元）")).toEqual(told((c) => c.cost.range.low));
    expect(columnOf(sheet, "费用区间上限（元）")).toEqual(told((c) => c.cost.range.high));
    expect(columnOf(sheet, "其中物流（元）")).toEqual(told((c) => c.cost.logisticsCny));
    expect(columnOf(sheet, "全程天数")).toEqual(told((c) => c.time.days));
    expect(columnOf(sheet, "到达日")).toEqual(told((c) => c.time.arrivalDate));
    expect(columnOf(sheet, "准时率")).toEqual(told((c) => c.due!.onTimeChance));
    expect(columnOf(sheet, "碳排放（kg CO₂e/辆）")).toEqual(told((c) => c.co2eKg));
    expect(columnOf(sheet, "原因")).toEqual(
      shipment.options.flatMap((o) => (o.chains.length === 0 ? [o.missing!.reason.zh] : o.chains.map(() => undefined))),
    );
    expect(columnOf(sheet, "备车日").every((cell) => cell === "2027-03-02")).toBe(true);
  });

  test("lines of each row add up to its cost, shares of evidence to one", () => {
    const cost = columnOf(sheet, "每辆费用（元）");
    // The lines stand between the assumption that matters most and what the row is about.
    const from = sheet.columns.findIndex((c) => c.title === "影响最大的假定") + 1;
    const until = sheet.columns.findIndex((c) => c.title === "货物");
    const firstShare = sheet.columns.findIndex((c) => c.title.startsWith("费用依据"));
    sheet.rows.forEach((row, i) => {
      if (cost[i] === undefined) return;
      const fen = row.slice(from, until).reduce<number>((sum, cell) => sum + Math.round(Number(cell ?? 0) * 100), 0);
      expect(fen).toBe(Math.round(Number(cost[i]) * 100));
      expect(row.slice(firstShare, firstShare + 4).reduce<number>((sum, cell) => sum + Number(cell), 0)).toBeCloseTo(1, 3);
    });
  });

  test("names each chain once", () => {
    const keys = columnOf(sheet, "走法").filter((cell) => cell !== undefined);
    expect(new Set(keys).size).toBe(chains.length);
    expect([...chainKeys(shipment).values()]).toEqual(keys);
  });
});

test("amounts of the cost sheet add up to every chain's cost, and every figure they name is in the figure sheet", () => {
  const sheet = costSheet(input);
  const sums = new Map<string, number>();
  for (const row of sheet.rows) sums.set(String(row[1]), (sums.get(String(row[1])) ?? 0) + Math.round(Number(row[4]) * 100));
  for (const [chain, key] of chainKeys(shipment)) expect(sums.get(key), key).toBe(Math.round(chain.cost.cny * 100));
  const figures = new Set(figuresSheet(input).rows.map((row) => row[0]));
  expect(figures.size).toBe(Object.keys(result.figures).length);
  const named = new Set(sheet.rows.flatMap((row) => String(row[6]).split(" ")).filter((address) => Object.hasOwn(result.figures, address)));
  expect(named.size).toBeGreaterThan(20);
  for (const address of named) expect(figures.has(address), address).toBe(true);
});

test("figures come with title and address of their sources", () => {
  const row = figuresSheet(input).rows.find((r) => r[4] === "已发布" && String(r[7]).startsWith("http"))!;
  const figure = result.figures[String(row[0])]!;
  const source = result.sources[figure.sources![0]!]!;
  expect(row[1]).toBe(figure.value);
  expect(String(row[6]).split("\n")[0]).toContain(source.title);
  expect(String(row[7]).split("\n")[0]).toBe(source.address);
});

test("a scenario is told value by value, levers too", () => {
  const rows = scenarioSheet({ ...scenario, levers: [{ change: "finance", set: { capitalPercentPerYear: 5 } }] }, "en").rows;
  expect(rows).toContainEqual(["levers/1/set/capitalPercentPerYear", 5]);
  expect(rows).toContainEqual(["shipments/1/from", "CNCKG-SERES"]);
});

describe("CSV", () => {
  const texts = fc.oneof(
    fc.string({ unit: "grapheme" }),
    fc.constantFrom("=1+1", "+1", "-1", "@x", "\t=x", "\r=x", "＝x", "  =x", 'a"b', "a,b", "a\nb", "\u0000", "007"),
  );
  const cell = fc.oneof(texts, fc.double({ noNaN: true, noDefaultInfinity: true }), fc.constant(undefined));
  const sheet = fc.integer({ min: 1, max: 5 }).chain((width) =>
    fc.record({
      name: fc.constant("x"),
      columns: fc.array(
        texts.map((title) => ({ title, width: 10, format: "text" as const })),
        { minLength: width, maxLength: width },
      ),
      rows: fc.array(fc.array(cell, { minLength: width, maxLength: width }), { maxLength: 6 }),
    }),
  );

  test("whatever the cells hold, rows and columns stay, numbers keep every digit and no text begins a formula", () => {
    fc.assert(
      fc.property(sheet, (given) => {
        const text = sheetCsv(given);
        expect(text.startsWith("\ufeff")).toBe(true);
        const rows = parse(text.slice(1));
        expect(rows).toHaveLength(given.rows.length + 1);
        given.rows.forEach((row, r) => {
          expect(rows[r + 1]).toHaveLength(row.length);
          row.forEach((value, c) => {
            const shown = rows[r + 1]![c]!;
            if (typeof value === "number") expect(Number(shown)).toBe(value === 0 ? Number(shown) : value);
            else if (value !== undefined) expect(shown).not.toMatch(/^\s*[=+\-@\t\r＝＋－＠]/u);
            else expect(shown).toBe("");
          });
        });
      }),
      { numRuns: 1000 },
    );
  });

  test("is the CSV that another writer makes of the same cells", () => {
    const sheet = optionsSheet(input);
    const rows = [sheet.columns.map((c) => c.title), ...sheet.rows.map((row) => row.map((value) => value ?? ""))];
    expect(sheetCsv(sheet)).toBe(stringify(rows, { bom: true, escape_formulas: true, record_delimiter: "\r\n", cast: { number: String } }));
  });

  test("guards what only looks like a number", () => {
    expect(guardFormula("-5.9")).toBe("'-5.9");
    expect(guardFormula("重庆")).toBe("重庆");
    expect(guardFormula("a=b")).toBe("a=b");
  });
});
