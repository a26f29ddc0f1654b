import { describe, expect, test } from "vitest";
import type { Scenario } from "../../src/model/index.ts";
import { builtinLevers } from "../../src/network/index.ts";
import { makeStyle, rankSheet, rankSvg, rankText, sheetCsv } from "../../src/report/index.ts";
import { rankLevers, rankMeasures } from "../../src/scenario/index.ts";
import { baseline } from "../support/levers.ts";

const shelf = await builtinLevers();
const some = (levers: Scenario["levers"], ...ids: string[]): Scenario => ({
  ...baseline,
  ...(levers === undefined ? {} : { levers }),
  shipments: baseline.shipments.filter((s) => ids.includes(s.id!)),
});

const scenario = some(
  [{ use: "rail-agreement-price" }, { use: "credit-terms" }, { use: "bill-of-lading-finance" }, { use: "duty-shock-south-africa" }],
  "uzbekistan",
);

describe("ranking", () => {
  test("alone, in the bundle, ranges and interaction add up", async () => {
    let steps = 0;
    const result = await rankLevers(scenario, { shelf, readyDates: 1, onStep: (done, total) => void (steps = done / total) });
    expect(steps).toBe(1);
    const byId = new Map(result.levers.map((l) => [l.lever, l]));
    const [credit, bill] = [byId.get("credit-terms")!, byId.get("bill-of-lading-finance")!];
    // Both make the same money cheaper: each saves less where the other is there already.
    for (const lever of [credit, bill]) {
      expect(lever.alone.costCny.value).toBeLessThan(0);
      expect(lever.marginal.costCny).toBeLessThan(0);
      expect(lever.marginal.costCny).toBeGreaterThan(lever.alone.costCny.value);
    }
    // The capital line is in proportion to the rate: 3.0 to 2.4 and a sixth of the rate by the advance.
    expect(bill.alone.costCny.value / credit.alone.costCny.value).toBeCloseTo((3 * 0.16) / 0.6, 2);
    // The high end of the credit rate is today's: no effect. The low end of the advance is none.
    expect(credit.alone.costCny).toMatchObject({ low: credit.alone.costCny.value, high: 0 });
    expect(bill.alone.costCny).toMatchObject({ low: bill.alone.costCny.value, high: 0 });
    // The cheapest way to Tashkent goes by truck: the rail price moves the options by rail, and nothing else.
    const rail = byId.get("rail-agreement-price")!;
    expect(rail.alone.costCny.value).toBe(0);
    expect(new Set(rail.options.map((o) => o.option))).toEqual(new Set(["rail-auto-rack", "rail-container"]));
    for (const option of rail.options) expect(option.costCny).toBeLessThan(0);
    const shock = byId.get("duty-shock-south-africa")!;
    expect(shock.options).toEqual([]);
    expect(shock.alone.costCny).toEqual({ value: 0, low: 0, high: 0 });
    for (const measure of rankMeasures) {
      const { sumAlone, bundle, interaction } = result.interaction[measure];
      expect(sumAlone).toBeCloseTo(
        result.levers.reduce((sum, l) => sum + l.alone[measure].value, 0),
        2,
      );
      expect(bundle).toBeCloseTo(result.bundle[measure] - result.baseline[measure], 1);
      expect(interaction).toBeCloseTo(bundle - sumAlone, 6);
    }
    expect(result.interaction.costCny.interaction).toBeGreaterThan(0);
    expect(result.levers.map((l) => l.alone.costCny.value)).toEqual(result.levers.map((l) => l.alone.costCny.value).sort((a, b) => a - b));
  });

  test("the order in which the levers stand changes nothing; the planner's own value has no range", async () => {
    const run = (levers: Scenario["levers"]) => rankLevers(some(levers, "uzbekistan"), { shelf, readyDates: 1 });
    const levers = [{ use: "credit-terms", with: { ratePercent: 2.7 } }, { use: "pooling" }];
    const one = await run(levers);
    expect(JSON.stringify(await run(levers.toReversed()))).toBe(JSON.stringify(one));
    const credit = one.levers.find((l) => l.lever === "credit-terms")!;
    expect(credit.parameters).toMatchObject([{ name: "ratePercent", value: 2.7 }]);
    expect(credit.alone.costCny.low).toBe(credit.alone.costCny.high);
  });

  test("a way that is lost counts as vehicles not served, not as a saving", async () => {
    // Nothing but ro-ro ships goes to Thailand; then they refuse.
    const world = ["sea-container-*", "rail-container-*", "road-container-nanpeng-*"].map((id) => ({
      change: `services/${id}`,
      set: { enabled: false },
    }));
    const result = await rankLevers(some([...world, { use: "carriers-refuse-nev" }], "thailand"), { shelf, readyDates: 2 });
    expect(result.levers).toMatchObject([
      {
        served: -200,
        alone: { costCny: { value: 0, low: 0, high: 0 } },
        options: [{ shipment: "thailand", option: "ro-ro", change: "gone" }],
      },
    ]);
  });

  test("problems of the scenario are thrown, all at once", async () => {
    const wrong = some([{ use: "no-such" }, { use: "pooling", with: { x: 1 } }], "uzbekistan");
    await expect(rankLevers(wrong, { shelf })).rejects.toMatchObject({ problems: [{ path: "levers/0/use" }, { path: "levers/1/with/x" }] });
  });
});

describe("shown", () => {
  const result = rankLevers(scenario, { shelf, readyDates: 1, ranges: false });

  test("table, CSV and picture hold every lever, in both languages", async () => {
    const ranked = await result;
    const csv = sheetCsv(rankSheet(ranked)).split("\r\n");
    expect(csv).toHaveLength(1 + 4 + 1);
    expect(csv[0]).toContain("costCny.alone.low");
    for (const language of ["zh", "en"] as const) {
      const text = rankText(ranked, { language, width: 130, style: makeStyle(false) });
      const svg = rankSvg(ranked, language);
      for (const lever of ranked.levers) expect(text).toContain(lever.lever);
      expect(svg).toContain(shelf.find((l) => l.id === "credit-terms")!.title[language]);
      expect(svg).not.toContain("NaN");
      // Bars that have a length, one for each lever that moves the cost.
      expect(svg.match(/class="down" /g)!.length).toBeGreaterThanOrEqual(2);
    }
  });

  test("a title from a file is text in the picture, never markup", async () => {
    const ranked = { ...(await result), scenario: { id: "x", title: '<script>alert("1")</script>&' } };
    const svg = rankSvg(ranked, "en");
    expect(svg).not.toContain("<script>");
    expect(svg).toContain("&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;");
  });
});
