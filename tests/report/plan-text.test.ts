import { describe, expect, test } from "vitest";
import { checkShape, costLines, scenario as scenarioSchema } from "../../src/model/index.ts";
import type { PlanResult } from "../../src/planning/index.ts";
import { displayWidth, makeStyle, planSheet, planSummary, planText, sheetCsv, summaryColumns } from "../../src/report/index.ts";
import { runPlan } from "../../src/scenario/index.ts";

const network = {
  locations: [
    { id: "PLANT", name: { zh: "工厂", en: "Plant" }, kind: "plant" },
    { id: "MARKET", name: { zh: "市场", en: "Market" }, kind: "market" },
  ],
  services: [
    {
      id: "ship",
      name: { zh: "每周班轮", en: "Weekly ship" },
      mode: "sea",
      form: "wheels",
      stops: [{ at: "PLANT" }, { at: "MARKET", hours: 24 }],
      departures: { weekly: ["wed"] },
      slots: 5,
      charges: [{ perVehicle: 100 }],
    },
  ],
  cargos: [{ id: "car", name: { zh: "=轿车", en: "=Car" }, kind: "suv", powertrain: "ice", valueCny: 1000 }],
};

async function planned(): Promise<PlanResult> {
  const { value } = checkShape(
    {
      id: "t",
      network,
      horizon: { from: "2027-03-01", weeks: 1 },
      demand: [{ id: "d", cargo: "car", quantity: 12, from: "PLANT", to: "MARKET" }],
      plan: { maxWaitDays: 1, target: { nationalExports: 200, sharePercent: 10 } },
    },
    scenarioSchema,
  );
  return runPlan(value!);
}

describe("a plan in words", () => {
  test("says what is carried, what stays behind and why, what one more slot is worth and how it is proven", async () => {
    const result = await planned();
    const en = planText(result, { language: "en", width: 120, style: makeStyle(false) });
    expect(en).toContain("12 wanted, 5 carried, 7 left behind");
    expect(en).toContain("10% of the nation's 200 is 20; carried 2.5% of the nation's, 25% of the target");
    expect(en).toMatch(/optimal: .* gap 0;/);
    expect(en).toMatch(/Weekly ship +1\/\d+ +100 +100 +vehicle/);
    expect(en).toContain("capacity is full: Weekly ship");
    const zh = planText(result, { language: "zh", width: 120, style: makeStyle(false) });
    expect(zh).toContain("需求 12 辆，运出 5，未运 7");
    expect(zh).toContain("运力已满：每周班轮");
    const full = { ...result, totals: { ...result.totals, lines: Object.fromEntries(costLines.map((line, i) => [line, i * 1e6])) } };
    for (const width of [90, 120])
      for (const language of ["zh", "en"] as const)
        for (const line of planText(full, { language, width, style: makeStyle(false) }).split("\n"))
          expect(displayWidth(line), line).toBeLessThanOrEqual(width);
  });

  test("as a table: one line a flow, and no cell that a spreadsheet would take for a formula", async () => {
    const result = await planned();
    const sheet = planSheet(result, "zh");
    expect(sheet.rows).toHaveLength(result.flows.length);
    for (const row of sheet.rows) expect(row).toHaveLength(sheet.columns.length);
    expect(sheetCsv(sheet)).not.toMatch(/[,\n]=轿车/);
    const known = new Set<string>(summaryColumns);
    for (const column of Object.keys(planSummary(result))) expect(known.has(column), column).toBe(true);
  });
});
