import { describe, expect, test } from "vitest";
import { type LeverUse, type Scenario, checkShape } from "../../src/model/index.ts";
import { builtinLevers } from "../../src/network/index.ts";
import { planMeasures } from "../../src/planning/index.ts";
import { makeStyle, planRankSheet, planRankSvg, planRankText, planText, sheetCsv } from "../../src/report/index.ts";
import {
  type RankSolved,
  type RankStep,
  type RankTask,
  planResultSchema,
  preparePlan,
  rankPlanResult,
  runRankedPlan,
} from "../../src/scenario/index.ts";

const shelf = await builtinLevers();

/** Petrol cars to the Gulf, more than the few slots hold. */
const scenario: Scenario = {
  id: "tight",
  shipments: [],
  horizon: { from: "2027-03-01", weeks: 3 },
  levers: [{ use: "larger-roro-fleet" }, { use: "coastal-roro-slots" }, { use: "credit-terms" }, { use: "flow-watch" }],
  plan: {
    slotSharePercent: 1,
    maxWaitDays: 14,
    maxTransferWaitDays: 14,
    maxDays: 80,
    target: { nationalExports: 10_000, sharePercent: 10 },
    rankLevers: { weeks: 2 },
  },
  demand: [{ id: "gulf", cargo: "ice-suv", quantity: 600, from: "CNCKG-CHANGAN-FORD", to: "SA-MARKET" }],
};

/** Answers at once with numbers that hang on the levers alone. */
function invented({ levers }: RankTask): RankSolved {
  const sum = levers.reduce((total, { use, with: values }) => total + use.length + Number(Object.values(values ?? {})[0] ?? 0), 0);
  const values = { totalCny: 1e6 - 1000 * sum, carried: sum, exportValueCny: sum, costCny: 100 - sum, days: 40, co2eKg: 900 };
  return { values, demand: 600, gapCny: sum / 10, prices: new Map([[`${levers.length}`, 1]]) };
}

let steps = 0;
const ranked = rankPlanResult(scenario, { shelf }, { onStep: ({ done, total }) => void (steps = done / total) });

describe("ranking a plan's levers", () => {
  test("slots carry more, credit makes cheaper, on-time chances do nothing; all adds up", async () => {
    const result = await ranked;
    expect(steps).toBe(1);
    expect(result).toMatchObject({ weeks: 3, of: 3, demand: 600 });
    const byId = new Map(result.levers.map((lever) => [lever.id, lever]));
    const [fleet, coastal, credit, watch] = ["larger-roro-fleet", "coastal-roro-slots", "credit-terms", "flow-watch"].map((id) =>
      byId.get(id)!,
    );
    for (const lever of [fleet!, coastal!]) {
      expect(lever.alone.carried.value).toBeGreaterThan(0);
      expect(lever.alone.totalCny.value).toBeLessThan(-result.accuracyCny);
      // Share of 10,000 vehicles, in percent.
      expect(lever.alone.sharePercent!.value).toBeCloseTo(lever.alone.carried.value / 100, 2);
    }
    // Without growth there is nothing; with the most there is more.
    expect(coastal!.alone.carried).toMatchObject({ low: 0 });
    expect(coastal!.alone.carried.high).toBeGreaterThan(coastal!.alone.carried.value);
    // Two levers that widen the same slots multiply: each adds more where the other is there already, as long as vehicles are left behind.
    expect(fleet!.alone.carried.value / coastal!.alone.carried.value).toBeCloseTo(53 / 25, 1);
    expect(result.bundle.carried).toBeLessThan(result.demand);
    expect(coastal!.marginal.carried).toBeGreaterThan(coastal!.alone.carried.value);
    expect(credit!.alone.costCny.value).toBeLessThan(0);
    const zero = { value: 0, low: 0, high: 0 };
    for (const measure of planMeasures) {
      expect(watch!.alone[measure]).toEqual(zero);
      expect(watch!.marginal[measure]).toBe(0);
      const { sumAlone, bundle, interaction } = result.interaction[measure]!;
      expect(sumAlone).toBeCloseTo(
        result.levers.reduce((sum, lever) => sum + lever.alone[measure]!.value, 0),
        2,
      );
      expect(interaction).toBeCloseTo(bundle - sumAlone, 2);
      expect(Math.abs(result.bundle[measure]! - result.baseline[measure]! - bundle)).toBeLessThan(1.5);
    }
    expect(result.interaction.carried.interaction).toBeGreaterThan(0);
    const saved = result.levers.map((lever) => lever.alone.totalCny.value);
    expect(saved).toEqual(saved.toSorted((a, b) => a - b));
  }, 120_000);

  test("the order in which the levers stand changes nothing; the first weeks take their part", async () => {
    const levers = [{ use: "coastal-roro-slots", with: { growthPercent: 40 } }, { use: "credit-terms" }];
    const run = (list: Scenario["levers"]) => rankPlanResult({ ...scenario, levers: list! }, { shelf }, { weeks: 2, ranges: false });
    const one = await run(levers);
    expect(JSON.stringify(await run(levers.toReversed()))).toBe(JSON.stringify(one));
    expect(one.levers.find(({ id }) => id === "coastal-roro-slots")!.parameters).toMatchObject([{ value: 40 }]);
    expect(one).toMatchObject({ weeks: 2, of: 3, demand: 400 });
    // Target and demand of two weeks of three.
    expect(one.baseline.sharePercent).toBeCloseTo((one.baseline.carried / (10_000 * (2 / 3))) * 100, 2);
  }, 120_000);

  test("however many plans are solved at a time, and in whatever order they end, the ranking is the same", async () => {
    const rank = async (width: number, pause: (task: number) => Promise<void>) => {
      let [busy, most, begun] = [0, 0, 0];
      const seen: RankStep[] = [];
      const tasks: RankTask[] = [];
      const result = await rankPlanResult(
        scenario,
        { shelf },
        {
          onStep: (step) => void seen.push(step),
          solver: {
            width,
            solve: async (task) => {
              most = Math.max(most, ++busy);
              tasks.push(task);
              await pause(begun++);
              busy--;
              return invented(task);
            },
          },
        },
      );
      return { result: JSON.stringify(result), most, seen, tasks };
    };
    const one = await rank(1, () => Promise.resolve());
    const three = await rank(3, (task) => new Promise((resolve) => setTimeout(resolve, (task * 7) % 5)));
    expect(three.result).toBe(one.result);
    expect([one.most, three.most]).toEqual([1, 3]);
    // 4 levers alone and without, 6 ends of ranges, both references twice.
    const total = one.seen[0]!.total;
    for (const { seen, tasks } of [one, three]) {
      expect(tasks).toHaveLength(total);
      expect(seen.map(({ done }) => done)).toEqual(seen.map(({ done }) => done).toSorted((a, b) => a - b));
      expect(seen.at(-1)).toMatchObject({ done: total, total });
      const fleet = shelf.find(({ id }) => id === "larger-roro-fleet")!.title;
      expect(new Set(seen.filter(({ lever }) => lever === fleet).map(({ now }) => now))).toEqual(new Set(["alone", "range", "without"]));
    }
    // Everything that is compared with the plan without levers starts from its prices, the rest from those of the bundle.
    for (const { levers, prices } of one.tasks.slice(2)) {
      const from = prices === undefined ? [] : [...prices.keys()];
      expect(from).toEqual(levers.length <= 1 ? ["0"] : ["4"]);
    }
  });

  test("after one plan cannot be solved no other is begun", async () => {
    let begun = 0;
    const solve = (task: RankTask) => (++begun === 7 ? Promise.reject(new Error("no memory")) : Promise.resolve(invented(task)));
    await expect(rankPlanResult(scenario, { shelf }, { solver: { width: 2, solve } })).rejects.toThrow("no memory");
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(begun).toBeLessThanOrEqual(8);
  });

  test("a lever that is used and ranked besides counts once, as it is used; assumed values are told", async () => {
    const use = { use: "volume-price-capacity-contract" };
    const rank = (levers: LeverUse[]) =>
      rankPlanResult(
        { ...scenario, levers, plan: { ...scenario.plan, rankLevers: { levers: [use] } } },
        { shelf },
        { ranges: false, solver: { width: 1, solve: async (task) => invented(task) } },
      );
    const own = await rank([{ ...use, with: { rateChangePercent: -10 } }]);
    expect(own.levers).toHaveLength(1);
    expect(own.levers[0]!.parameters).toMatchObject([{ value: -10, low: -45, high: 20 }]);
    expect(own.levers[0]!.parameters[0]!.basis).toBeUndefined();
    const usual = await rank([]);
    expect(usual.levers[0]!.parameters).toMatchObject([{ value: 8, basis: "assumed" }]);
    const text = (result: typeof own, language: "zh" | "en") => planRankText(result, { language, width: 400, style: makeStyle(false) });
    expect(text(usual, "en")).toContain("contract against spot 8 % (-45 … 20)");
    expect(text(usual, "zh")).toContain("按假设取值");
    expect(text(own, "en")).not.toContain("Assumed values");
    expect(sheetCsv(planRankSheet(usual))).toContain("rateChangePercent=8 % (assumed)");
  });

  test("problems of the scenario are thrown", async () => {
    const wrong = { ...scenario, levers: [{ use: "no-such" }, { use: "pooling", with: { x: 1 } }] };
    await expect(rankPlanResult(wrong, { shelf })).rejects.toMatchObject({
      problems: [{ path: "levers/0/use" }, { path: "levers/1/with/x" }],
    });
    const besides = { ...scenario, plan: { rankLevers: { levers: [{ use: "no-such" }] } } };
    await expect(rankPlanResult(besides, { shelf })).rejects.toMatchObject({ problems: [{ path: "plan/rankLevers/levers/use" }] });
  });
});

describe("shown", () => {
  test("a plan that asks for it holds the worth of its levers, as the schema says; without levers it does not", async () => {
    const run = async (own: Scenario) => runRankedPlan(await preparePlan(own, { shelf }), { shelf });
    // One lever is only ranked: the plan itself does without it.
    const [fleet, ...others] = scenario.levers!;
    const { rankLevers: _asked, ...terms } = scenario.plan!;
    const result = await run({ ...scenario, levers: others, plan: { ...terms, rankLevers: { weeks: 2, levers: [fleet as LeverUse] } } });
    const without = await run({ ...scenario, levers: others, plan: terms });
    expect(without.ranking).toBeUndefined();
    expect({ ...result, ranking: undefined }).toEqual(without);
    expect(result.ranking).toMatchObject({ weeks: 2, of: 3 });
    expect(result.ranking!.levers.map(({ id }) => id).sort()).toEqual([
      "coastal-roro-slots",
      "credit-terms",
      "flow-watch",
      "larger-roro-fleet",
    ]);
    // No ranges unless they are asked for.
    for (const { alone } of result.ranking!.levers) expect(alone.totalCny.low).toBe(alone.totalCny.high);
    expect(checkShape(JSON.parse(JSON.stringify(result)), planResultSchema).problems).toEqual([]);
    for (const [language, words] of [
      ["zh", ["各项措施值多少", "前 2 周（共 3 周）", "对这份计划没有作用"]],
      ["en", ["What each lever is worth", "the first 2 of 3 weeks", "Without effect on this plan"]],
    ] as const) {
      const text = planText(result, { language, width: 140, style: makeStyle(false) });
      for (const word of words) expect(text).toContain(word);
    }
    const { levers: _levers, ...bare } = scenario;
    expect((await run(bare)).ranking).toBeUndefined();
  }, 120_000);

  test("table, CSV and picture hold every lever, in both languages", async () => {
    const result = await ranked;
    const csv = sheetCsv(planRankSheet(result)).split("\r\n");
    expect(csv).toHaveLength(1 + 4 + 1);
    expect(csv[0]).toContain("sharePercent.alone.low");
    for (const language of ["zh", "en"] as const) {
      const text = planRankText(result, { language, width: 160, style: makeStyle(false) });
      const svg = planRankSvg({ ...result, scenario: { id: "x", title: '<script>"&' } }, language);
      // Long titles wrap in the table: their first words are enough.
      for (const lever of result.levers) expect(text).toContain(lever.title[language].slice(0, 6));
      expect(svg).toContain(shelf.find(({ id }) => id === "larger-roro-fleet")!.title[language]);
      expect(svg).toContain("&lt;script&gt;&quot;&amp;");
      expect(svg).not.toContain("NaN");
      // More vehicles carried is good: green like a cost that falls.
      expect(svg.match(/class="down" /g)!.length).toBeGreaterThanOrEqual(5);
    }
  }, 120_000);
});
