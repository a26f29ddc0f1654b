import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { strFromU8, unzipSync } from "fflate";
import readXlsx from "read-excel-file/node";
import { describe, expect, test } from "vitest";
import { type Sheet, answerSheets, makeNames, sheetsXlsx } from "../../src/report/index.ts";
import type { Scenario } from "../../src/model/index.ts";
import { builtinNetwork } from "../../src/network/index.ts";
import { runScenario } from "../../src/scenario/index.ts";
import { yuche } from "../support/cli.ts";

const scenario: Scenario = {
  id: "page",
  shipments: [{ cargo: "bev-suv", quantity: 300, from: "CNCKG-SERES", to: "BEZEE", ready: "2027-03-02", due: "2027-05-15" }],
};
const result = runScenario(scenario);
const sheets = (language: "zh" | "en") =>
  answerSheets({ result, shipment: result.shipments[0]!, names: makeNames(builtinNetwork(), language), language }, scenario);

const hostile: Sheet = {
  name: `a<b>&"c"`,
  columns: [
    { title: "text", width: 10, format: "text" },
    { title: "day", width: 10, format: "date" },
    { title: "<n>", width: 10, format: "money" },
  ],
  rows: [
    ['=HYPERLINK("http://x")', "2027-03-02", -5.95],
    ["<script>alert(1)</script> & \"'", "no date", 1e-7],
    ["\u0000\u001b[31m\ud800 重庆 🚗", undefined, 0.1 + 0.2],
    ["x".repeat(40_000), "1999-12-31", Number.NaN],
  ],
};

describe("XLSX", () => {
  test.each(["zh", "en"] as const)("another reader finds every cell of every sheet, typed: %s", async (language) => {
    const given = sheets(language);
    const read = await readXlsx(Buffer.from(sheetsXlsx(given)));
    expect(read.map((s) => s.sheet)).toEqual(given.map((s) => s.name));
    given.forEach((sheet, s) => {
      const [titles, ...rows] = read[s]!.data;
      expect(titles).toEqual(sheet.columns.map((c) => c.title));
      expect(rows).toHaveLength(sheet.rows.length);
      sheet.rows.forEach((row, r) =>
        row.forEach((cell, c) => {
          const found = rows[r]![c];
          const told = found instanceof Date ? found.toISOString().slice(0, 10) : (found ?? undefined);
          // The reader trims and joins what it reads of a text; the words are the same.
          if (typeof cell === "string")
            expect(
              String(told ?? "")
                .replaceAll(/\s+/g, " ")
                .trim(),
            ).toBe(cell.replaceAll(/\s+/g, " ").trim());
          else expect(told).toBe(cell);
          if (sheet.columns[c]!.format === "date" && cell !== undefined) expect(found).toBeInstanceOf(Date);
        }),
      );
    });
  });

  test("formulas, markup, control characters and endless texts are harmless text", async () => {
    const file = sheetsXlsx([hostile]);
    const [read] = await readXlsx(Buffer.from(file));
    expect(read!.data[1]![0]).toBe(hostile.rows[0]![0]);
    expect(read!.data[1]![2]).toBe(-5.95);
    expect(read!.data[2]![0]).toBe(hostile.rows[1]![0]);
    expect(read!.data[2]![1]).toBe("no date");
    expect(read!.data[3]![0]).toBe("[31m 重庆 🚗");
    expect(read!.data[3]![2]).toBe(0.1 + 0.2);
    expect(String(read!.data[4]![0])).toHaveLength(32_767);
    expect(read!.data[4]![2]).toBeNull();
    const xml = strFromU8(unzipSync(file)["xl/worksheets/sheet1.xml"]!);
    expect(xml).not.toMatch(/<f[ >]/);
    expect(xml).not.toContain("<script");
    // A cell that begins like a formula is marked as quoted text, so that editing does not run it.
    expect(xml).toMatch(/<c r="A2" s="6" t="inlineStr">/);
  });

  test("the head stays in sight and columns have their widths", () => {
    const xml = strFromU8(unzipSync(sheetsXlsx(sheets("zh")))["xl/worksheets/sheet1.xml"]!);
    expect(xml).toContain(`<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>`);
    expect(xml.match(/<col /g)).toHaveLength(sheets("zh")[0]!.columns.length);
  });

  test("the same sheets give the same bytes in every time zone", () => {
    const zone = process.env["TZ"];
    try {
      process.env["TZ"] = "America/Los_Angeles";
      const west = sheetsXlsx([hostile]);
      process.env["TZ"] = "Asia/Shanghai";
      expect(sheetsXlsx([hostile])).toEqual(west);
    } finally {
      if (zone === undefined) delete process.env["TZ"];
      else process.env["TZ"] = zone;
    }
  });
});

test("the command line writes table, workbook, calendar and map data beside the result", async () => {
  const folder = mkdtempSync(join(tmpdir(), "yuche-files-"));
  try {
    const { code, err } = await yuche(["compare", "--out", folder, "--lang", "en"]);
    expect(code, err).toBe(0);
    const read = await readXlsx(readFileSync(join(folder, "compare.xlsx")));
    expect(read.map((s) => s.sheet)).toEqual(["Options", "Cost lines", "Figures and sources", "Scenario"]);
    const shipment = result.shipments[0]!;
    const titles = read[0]!.data[0]!;
    const costs = read[0]!.data.slice(1).flatMap((row) => row[titles.indexOf("Cost (CNY a vehicle)")] ?? []);
    expect(costs).toEqual(shipment.options.flatMap((o) => o.chains.map((c) => c.cost.cny)));
    expect(readFileSync(join(folder, "compare.csv"), "utf8").split("\r\n")).toHaveLength(read[0]!.data.length + 1);
    expect(readFileSync(join(folder, "compare.cheapest.ics"), "utf8")).toContain("BEGIN:VEVENT");
    const map = JSON.parse(readFileSync(join(folder, "compare.cheapest.geojson"), "utf8")) as { features: { geometry: unknown }[] };
    expect(map.features.length).toBeGreaterThan(3);
    for (const { geometry } of map.features) expect(geometry).not.toBeNull();
    expect(existsSync(join(folder, "compare.result.json"))).toBe(true);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
