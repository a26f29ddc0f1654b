import { describe, expect, test, vi } from "vitest";
import type { Lever, Scenario } from "../../src/model/index.ts";
import { builtinLevers, builtinNetwork } from "../../src/network/index.ts";
import { runPlan, scenarioNetwork } from "../../src/scenario/index.ts";
import { heatAt, heatLayout, levelOf } from "../../web/charts/heat-layout.ts";
import { sankeyLayout } from "../../web/charts/sankey-layout.ts";
import { nodeAt } from "../../web/charts/sankey.tsx";
import { type PlanChoice, noChoice, readWeeks, writeWeeks } from "../../web/state/plan-choice.ts";
import { capacityWords } from "../../web/i18n/capacity.ts";
import { createPlanState } from "../../web/state/plan.ts";
import { bottlenecksIn, flowsIn, leftRows, mapFlows, sankeyFlows, stretchesOf, sumIn } from "../../web/state/plan-select.ts";
import type { PlanClient, PlanQuestion } from "../../web/worker/plan-client.ts";
import { createDesk, scenarioFor } from "../../web/worker/plan-desk.ts";
import { estimateFromPrices } from "../../web/worker/plan-estimate.ts";
import { planFiles } from "../../web/worker/plan-files.ts";
import type { PlanAnswer, PlanView } from "../../web/worker/plan-view.ts";
import { planViewOf } from "../../web/worker/plan-view-of.ts";
import { signal } from "@preact/signals";
import { fixedPlan } from "./fixed-plan.ts";

const all = { weeks: undefined, corridor: "" };
const vehicles = (list: readonly { vehicles: number }[]) => list.reduce((sum, one) => sum + one.vehicles, 0);

describe("what is kept of a plan", () => {
  test("bands carry every vehicle once, those left behind too", () => {
    const flows = sankeyFlows(fixedPlan, all, "market");
    expect(vehicles(flows)).toBe(fixedPlan.totals.carried + fixedPlan.totals.left);
    expect(vehicles(flows.filter(({ path }) => path[1] === "by left"))).toBe(600);
    const layout = sankeyLayout({ flows, columns: 3, width: 600, last: ["by left"] });
    for (const column of [0, 1, 2]) expect(vehicles(layout.nodes.filter((node) => node.column === column))).toBe(layout.total);
    for (const node of layout.nodes) {
      const [into, out] = [layout.links.filter(({ to }) => to === node), layout.links.filter(({ from }) => from === node)];
      if (node.column > 0) expect(vehicles(into)).toBe(node.vehicles);
      if (node.column < 2) expect(vehicles(out)).toBe(node.vehicles);
      expect(nodeAt(layout, node.x + 3, node.y + node.height / 2)).toBe(node);
    }
    // The order of the flows does not matter.
    expect(sankeyLayout({ flows: flows.toReversed(), columns: 3, width: 600, last: ["by left"] }).nodes).toEqual(layout.nodes);
  });

  test("more markets than fit are joined, without losing a vehicle", () => {
    const flows = Array.from({ length: 30 }, (_, i) => ({ ...fixedPlan.flows[0]!, market: `M${i}`, vehicles: 100 + i }));
    const bands = sankeyFlows({ ...fixedPlan, flows, left: [] }, all, "market");
    expect(new Set(bands.map(({ path }) => path[2])).size).toBe(14);
    expect(vehicles(bands)).toBe(vehicles(flows));
    expect(bands.some(({ path }) => path[2] === "to M29")).toBe(true);
    expect(bands.some(({ path }) => path[2] === "to others")).toBe(true);
  });

  test("weeks, a corridor and a mode keep what belongs to them", () => {
    expect(flowsIn(fixedPlan, { weeks: [2, 7], corridor: "" }).map(({ week }) => week)).toEqual([2, 7]);
    expect(flowsIn(fixedPlan, { weeks: undefined, corridor: "land-sea" }).map(({ market }) => market)).toEqual(["RU"]);
    expect(vehicles(flowsIn(fixedPlan, { weeks: undefined, corridor: "mode:sea" }))).toBe(5400);
    expect(sumIn([1, 2, 3, 4], [1, 2])).toBe(5);
    expect(bottlenecksIn(fixedPlan, [0, 3])).toEqual([]);
    expect(bottlenecksIn(fixedPlan, [7, 7]).map(({ id }) => id)).toEqual(["services/river", "operations/load"]);
  });

  test("the map adds vehicles up by stretch and place", () => {
    const { runs, places } = mapFlows(fixedPlan, all, () => [0, 0]);
    expect(Object.fromEntries(runs.map(({ key, vehicles: on }) => [key, on]))).toEqual({ r1: 4000, r2: 4000, w1: 5400, s1: 5400 });
    expect(places.find(({ id }) => id === "S1")?.vehicles).toBe(5400);
  });

  test("what stays behind stands once by market, cargo and reason, with its limits", () => {
    const rows = leftRows(fixedPlan, undefined);
    expect(rows.map((row) => [row.market, row.vehicles, row.weeks])).toEqual([
      ["BE", 550, [7, 8]],
      ["RU", 50, [9]],
    ]);
    expect(rows[0]!.limits.map(({ en }) => en)).toEqual(["River ship", "Sea ship"]);
    expect(leftRows(fixedPlan, [8, 8]).map((row) => row.vehicles)).toEqual([150]);
  });

  test("weeks as people write them", () => {
    expect(readWeeks("3-7", 52)).toEqual([2, 6]);
    expect(readWeeks("3-70", 52)).toEqual([2, 51]);
    for (const text of ["", "1-52", "7-3", "60-70", "a-b", "3"]) expect(readWeeks(text, 52), text).toBeUndefined();
    expect(readWeeks(writeWeeks(6, 2), 52)).toEqual([2, 6]);
    expect(stretchesOf([7, 3, 4, 5, 9])).toEqual([
      [3, 5],
      [7, 7],
      [9, 9],
    ]);
  });
});

describe("messages", () => {
  /** Every message by its path; functions are called with samples. */
  const messages = (node: unknown, path = ""): [string, string][] => {
    if (typeof node === "string") return [[path, node]];
    if (typeof node === "function") return [[path, String((node as (...samples: unknown[]) => unknown)(3, 4, 5, 6))]];
    return Object.entries(node as object).flatMap(([key, value]) => messages(value, `${path}/${key}`));
  };

  test("both languages say the same things, each in its own signs", () => {
    const { zh, en } = capacityWords;
    expect(messages(en).map(([path]) => path)).toEqual(messages(zh).map(([path]) => path));
    for (const [path, text] of messages(en)) expect(text, path).not.toMatch(/[\u4e00-\u9fff，。；：]/);
    for (const [path, text] of messages(zh)) expect(text, path).not.toMatch(/[\u4e00-\u9fff][,;:][\u4e00-\u9fff]/);
    for (const [path, text] of [...messages(zh), ...messages(en)])
      if (path !== "/heat/weekUnit" && path !== "/gap") expect(text, path).not.toBe("");
  });
});

describe("the heat map", () => {
  test("a cell says how full it is; nothing on offer is not empty", () => {
    expect([0, 1, 24, 25, 60, 99.4, 99.6, 100].map((used) => levelOf({ used, capacity: 100 }))).toEqual([1, 1, 1, 2, 3, 4, 5, 5]);
    expect(levelOf({ used: 0, capacity: 0 })).toBe(0);
  });

  test("what is under the pointer is what is drawn there", () => {
    const rows = fixedPlan.corridors.map(({ id, used, capacity }) => ({
      id,
      name: id,
      cells: used.map((amount, week) => ({ used: amount, capacity: capacity[week]! })),
    }));
    for (const width of [340, 900]) {
      const layout = heatLayout({ rows, demand: fixedPlan.demand, carried: fixedPlan.carried, from: fixedPlan.from, width });
      layout.rows.forEach((row, i) =>
        expect(heatAt(layout, layout.left + 4.5 * layout.step, row.y + row.height / 2)).toEqual({ row: i, week: 4 }),
      );
      expect(heatAt(layout, layout.left - 20, 60).week).toBe(-1);
      expect(heatAt(layout, layout.left + 1, layout.bars.top + 5)).toEqual({ row: -1, week: 0 });
    }
  });
});

const files = planFiles as Scenario[];
const question = (plan: string, ...levers: string[]): PlanQuestion => ({ plan, levers: levers.map((use) => ({ use, with: {} })) });

describe("the scenario of a question", () => {
  test("levers join those of the scenario; one that it has itself gets the page's parameters", () => {
    const base: Scenario = {
      ...files[0]!,
      levers: [
        { use: "pooling", with: { frequencyFactor: 2 } },
        { change: "finance", set: {} },
      ],
    };
    const made = scenarioFor(
      {
        plan: base.id,
        levers: [
          { use: "pooling", with: {} },
          { use: "pulp-ships", with: { slots: 9 } },
        ],
      },
      [base],
    );
    expect(made.levers).toEqual([{ change: "finance", set: {} }, { use: "pooling" }, { use: "pulp-ships", with: { slots: 9 } }]);
    expect(made.demand).toEqual(base.demand);
    expect(scenarioFor(question(base.id), [base])).toBe(base);
  });

  test("what cannot be planned comes back as problems, never as an exception", async () => {
    const desk = createDesk(
      () => Promise.resolve(files),
      builtinLevers,
      async () => fixedPlan,
      () => Promise.reject(new Error("not asked for")),
      () => Promise.reject(new Error("not asked for")),
    );
    const solve = (asked: PlanQuestion) =>
      desk.solve(
        asked,
        () => undefined,
        () => undefined,
      );
    for (const [file, path] of [
      [{ id: "x" }, "demand"],
      [{ id: "<script>alert(1)</script>", demand: { builtin: "2030" } }, ""],
      [null, ""],
      [[], ""],
      ["=1+1", ""],
    ] as const) {
      const answer = await solve({ ...question("file"), file });
      expect(answer.kind, JSON.stringify(file)).toBe("problems");
      if (answer.kind === "problems" && path !== "") expect(answer.problems.map((p) => p.path)).toContain(path);
    }
    expect((await solve(question("ghost"))).kind).toBe("problems");
    expect((await solve(question(files[0]!.id))).kind).toBe("plan");
  });

  test("every scenario file with a plan is on the list, every lever of the plan too", async () => {
    const desk = createDesk(
      () => Promise.resolve(files),
      builtinLevers,
      async () => fixedPlan,
      () => Promise.reject(new Error("not asked for")),
      () => Promise.reject(new Error("not asked for")),
    );
    const { scenarios, levers } = await desk.shelf();
    expect(scenarios.map(({ id }) => id)).toEqual(files.map(({ id }) => id));
    // The page opens on the first one, which must not be one that takes minutes.
    expect(scenarios[0]).toMatchObject({ id: "2027-march", isLong: false });
    expect(scenarios.filter((s) => s.isLong).map(({ id }) => id)).toEqual([
      "2027-target",
      "plan-2023",
      "plan-2024",
      "plan-2025",
      "plan-2027-760",
      "plan-2027-820",
      "plan-2027-900",
    ]);
    for (const id of ["2027-target", "plan-2023", "plan-2024", "plan-2025", "plan-2027-760", "plan-2027-820", "plan-2027-900"])
      expect(scenarios.map((s) => s.id)).toContain(id);
    const shelf = await builtinLevers();
    expect(levers.map(({ id }) => id)).toEqual(shelf.filter((lever: Lever) => lever.studies.includes("plan")).map(({ id }) => id));
  });
});

describe("an estimate from prices", () => {
  const data = builtinNetwork();
  const river = data.services.find((s) => typeof s.departures === "object" && "perWeek" in s.departures && s.slots !== undefined)!;
  const prices: PlanView["bottlenecks"] = [{ ...fixedPlan.bottlenecks[0]!, member: `services/${river.id}`, worthCny: 1_000_000 }];

  test("is the price's worth times the growth of what it is the price of", () => {
    const { departures } = river;
    if (typeof departures !== "object" || !("perWeek" in departures)) throw new Error("no frequency");
    const value = (f: unknown): number =>
      typeof f === "number"
        ? f
        : "value" in (f as object)
          ? (f as { value: number }).value
          : value(data.figures[(f as { use: string }).use]);
    const grown = {
      ...data,
      services: data.services.map((s) =>
        s.id === river.id ? { ...s, departures: { ...departures, perWeek: value(departures.perWeek) * 1.25 } } : s,
      ),
    };
    const found = estimateFromPrices(prices, data, grown);
    expect(found.savingCny).toBeCloseTo(250_000, 3);
    expect(found.from.map(({ member }) => member)).toEqual([`services/${river.id}`]);
    expect(estimateFromPrices(prices, grown, data).savingCny).toBeCloseTo(-200_000, 3);
    const stopped = { ...data, services: data.services.map((s) => (s.id === river.id ? { ...s, enabled: false } : s)) };
    expect(estimateFromPrices(prices, data, stopped).savingCny).toBe(-1_000_000);
  });

  test("of a lever that leaves the priced capacity alone is nothing", async () => {
    const { data: changed } = scenarioNetwork(
      { id: "x", shipments: [], levers: [{ use: "carbon-price" }] },
      undefined,
      await builtinLevers(),
    );
    expect(estimateFromPrices(prices, data, changed)).toEqual({ savingCny: 0, from: [] });
  });
});

describe("a plan's view", () => {
  test("holds every vehicle, cost and price of the result, on stretches from plant to market", { timeout: 120_000 }, async () => {
    const scenario = files.find(({ id }) => id === "plan-small")!;
    const shelf = await builtinLevers();
    const result = await runPlan(scenario, { shelf });
    const { data } = scenarioNetwork(scenario, undefined, shelf);
    const view = planViewOf(result, data, "exact", 0);
    expect(view.totals).toMatchObject({
      demand: result.totals.demand,
      carried: result.totals.carried,
      left: result.totals.unserved,
      costCny: result.totals.totalCny,
    });
    expect(vehicles(view.flows)).toBe(result.totals.carried);
    expect(Math.round(vehicles(view.left))).toBe(result.totals.unserved);
    expect(view.flows).toHaveLength(result.flows.length);
    for (const [i, flow] of view.flows.entries()) {
      const runs = flow.runs.map((key) => view.runs[key]!);
      // One stretch for each service, each from where the last one ended.
      expect(runs).toHaveLength(result.flows[i]!.services.length);
      expect(runs.map(({ from }) => from)).toEqual([flow.plant, ...runs.slice(0, -1).map(({ to }) => to)]);
      expect(runs.at(-1)!.to).toBe(flow.market);
      expect([flow.plant, ...runs.map(({ to }) => to)]).toContain(flow.gateway);
    }
    for (const one of view.corridors) one.used.forEach((used, week) => expect(used).toBeLessThanOrEqual(one.capacity[week]! * (1 + 1e-9)));
    expect(view.bottlenecks.map(({ worthCny }) => worthCny)).toEqual(result.bottlenecks.map(({ worthCny }) => worthCny));
    expect(view.proof).toMatchObject({ isOptimal: true, primalCny: result.proof.primalCny, boundCny: result.proof.boundCny });
    // Sent to the page as it is: nothing that a message cannot carry.
    expect(structuredClone(view)).toEqual(view);
  });
});

/** A planner that answers when the test says so. */
function slowClient() {
  const asked: { question: PlanQuestion; answer: (answer: PlanAnswer) => void; first: (view: PlanView) => void }[] = [];
  const client: PlanClient = {
    shelf: () =>
      Promise.resolve({
        scenarios: ["a", "b"].map((id) => ({ id, title: { zh: id, en: id }, description: undefined, isLong: false })),
        levers: [],
      }),
    solve: (wanted, first) => new Promise((answer) => asked.push({ question: wanted, answer, first })),
    stop: vi.fn(),
    rank: () => Promise.resolve(undefined),
    estimate: vi.fn(() => Promise.resolve({ savingCny: 5, from: [] })),
    scenario: (wanted) => Promise.resolve(wanted),
  };
  return { client, asked };
}
const exact = (id: string): PlanAnswer => ({ kind: "plan", view: { ...fixedPlan, scenario: { id } } });
const settle = () => vi.advanceTimersByTimeAsync(400);

describe("the state of the page", () => {
  test("first plan, exact plan, lever with its estimate, baseline; turning back costs nothing", async () => {
    vi.useFakeTimers();
    try {
      const { client, asked } = slowClient();
      const capacity = signal<PlanChoice>(noChoice);
      const state = createPlanState({ capacity }, client);
      await settle();
      expect(asked.map((one) => one.question)).toEqual([{ plan: "a", levers: [] }]);
      expect(state.work.value).toBe("scenario");
      asked[0]!.first({ ...fixedPlan, stage: "first", proof: { ...fixedPlan.proof, isOptimal: false } });
      expect([state.shown.value?.stage, state.isCurrent.value]).toEqual(["first", true]);
      asked[0]!.answer(exact("a"));
      await settle();
      expect([state.shown.value?.stage, state.work.value, state.baseline.value]).toEqual(["exact", undefined, undefined]);

      state.setLever("pooling", {});
      await settle();
      // The plan that was on show is the baseline at once, and its prices give the estimate.
      expect([state.isCurrent.value, state.baseline.value?.scenario.id, state.estimate.value?.savingCny]).toEqual([false, "a", 5]);
      expect(asked[1]!.question.levers).toEqual([{ use: "pooling", with: {} }]);
      asked[1]!.answer(exact("a-levers"));
      await settle();
      expect([state.shown.value?.scenario.id, state.estimate.value, state.work.value]).toEqual(["a-levers", undefined, undefined]);

      state.setLever("pooling", undefined);
      await settle();
      expect([state.shown.value?.scenario.id, asked.length, state.work.value]).toEqual(["a", 2, undefined]);
    } finally {
      vi.useRealTimers();
    }
  });

  test("an answer that is not asked for any more is not shown; switches close together are one question", async () => {
    vi.useFakeTimers();
    try {
      const { client, asked } = slowClient();
      const capacity = signal<PlanChoice>(noChoice);
      const state = createPlanState({ capacity }, client);
      await settle();
      state.choose({ plan: "b" });
      state.setLever("pooling", {});
      state.setLever("pulp-ships", { slots: 3 });
      expect(client.stop).toHaveBeenCalled();
      asked[0]!.answer(exact("a"));
      await settle();
      expect(state.shown.value).toBeUndefined();
      expect(asked[1]!.question).toEqual({
        plan: "b",
        levers: [
          { use: "pooling", with: {} },
          { use: "pulp-ships", with: { slots: 3 } },
        ],
      });
      asked[1]!.answer(exact("b-levers"));
      await settle();
      // A link with levers has no baseline yet: it is solved after.
      expect(state.work.value).toBe("baseline");
      expect(asked[2]!.question).toEqual({ plan: "b", levers: [] });
      asked[2]!.answer(exact("b"));
      await settle();
      expect([state.shown.value?.scenario.id, state.baseline.value?.scenario.id]).toEqual(["b-levers", "b"]);
    } finally {
      vi.useRealTimers();
    }
  });

  test("a stop before the solver was asked ends it there; it can go on", async () => {
    vi.useFakeTimers();
    try {
      const { client, asked } = slowClient();
      const state = createPlanState({ capacity: signal<PlanChoice>(noChoice) }, client);
      await vi.advanceTimersByTimeAsync(10);
      expect(state.work.value).toBe("scenario");
      state.stop();
      await settle();
      expect([asked.length, state.work.value, state.shown.value]).toEqual([0, undefined, undefined]);
      state.again();
      await settle();
      expect([asked.length, state.work.value]).toEqual([1, "scenario"]);
      asked[0]!.answer({ kind: "stopped" });
      await settle();
      expect([state.work.value, state.shown.value, state.failure.value]).toEqual([undefined, undefined, undefined]);
    } finally {
      vi.useRealTimers();
    }
  });

  test("a stopped plan is shown with its gap, not kept as an answer, and can go on", async () => {
    vi.useFakeTimers();
    try {
      const { client, asked } = slowClient();
      const state = createPlanState({ capacity: signal<PlanChoice>(noChoice) }, client);
      await settle();
      state.stop();
      expect([state.isStopping.value, (client.stop as ReturnType<typeof vi.fn>).mock.calls.length]).toEqual([true, 1]);
      asked[0]!.answer({ kind: "plan", view: { ...fixedPlan, proof: { ...fixedPlan.proof, isOptimal: false, gap: 0.01 } } });
      await settle();
      expect([state.work.value, state.shown.value?.proof.gap]).toEqual([undefined, 0.01]);
      state.again();
      await settle();
      expect(asked).toHaveLength(2);
      asked[1]!.answer({
        kind: "problems",
        problems: [{ path: "plan", code: "conflict", message: { zh: "", en: "" }, severity: "error" }],
      });
      await settle();
      expect(state.problems.value.map(({ path }) => path)).toEqual(["plan"]);
    } finally {
      vi.useRealTimers();
    }
  });

  test("a planner that fails says so", async () => {
    const { client } = slowClient();
    const state = createPlanState(
      { capacity: signal<PlanChoice>(noChoice) },
      { ...client, shelf: () => Promise.reject(new Error("no memory")) },
    );
    await vi.waitFor(() => expect(state.failure.value).toBe("no memory"));
  });
});
