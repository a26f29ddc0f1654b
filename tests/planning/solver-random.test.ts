import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import loadHighs, { type Highs } from "highs";
import {
  checkPrice,
  PlanError,
  type PlanProblem,
  type PlanProgress,
  type PlanSolution,
  roundPlan,
  solvePlan,
  withUnits,
} from "../../src/planning/index.ts";
import { arcOptimum, arcProgram } from "../support/plan-arc-lp.ts";
import { anyPlan } from "../support/plan-random.ts";

const SEED = 20_270_104;
const near = (a: number, b: number, tolerance = 1e-6): boolean => Math.abs(a - b) <= tolerance * (1 + Math.abs(a));

let highs: Highs;
beforeAll(async () => {
  highs = await loadHighs();
});
const load = (): Promise<Highs> => Promise.resolve(highs);

/** Every flow is a way from source to sink, no limit and no quantity is exceeded, and the parts add up: counted here, not by the solver's own check. */
function expectSound(
  problem: PlanProblem,
  { flows, unserved, used, units, costCny }: Pick<PlanSolution, "flows" | "unserved" | "used" | "units" | "costCny">,
): void {
  const count = new Float64Array(problem.resources.length);
  const carried = new Float64Array(problem.commodities.length);
  let cost = 0;
  for (const { commodity, arcs, vehicles, costCny: each } of flows) {
    const { graph, source, sink } = problem.commodities[commodity]!;
    const { firstArc, head, costCny: arcCost, firstUse, useOf, useAmount } = problem.graphs[graph]!;
    let at = source;
    let sum = 0;
    for (const arc of arcs) {
      expect(arc >= firstArc[at]! && arc < firstArc[at + 1]!).toBe(true);
      at = head[arc]!;
      sum += arcCost[arc]!;
      for (let use = firstUse[arc]!; use < firstUse[arc + 1]!; use++) count[useOf[use]!]! += vehicles * useAmount[use]!;
    }
    expect(at).toBe(sink);
    expect(sum).toBeCloseTo(each, 9);
    expect(vehicles).toBeGreaterThan(0);
    carried[commodity]! += vehicles;
    cost += vehicles * each;
  }
  for (const [i, { quantity, unservedCny }] of problem.commodities.entries()) {
    expect(near(carried[i]! + unserved[i]!, quantity)).toBe(true);
    cost += unserved[i]! * unservedCny;
  }
  const capacity = problem.resources.map((resource) => resource.capacity);
  for (const [i, { costCny: price, adds }] of problem.investments.entries()) {
    expect(Number.isInteger(units[i])).toBe(true);
    cost += price * units[i]!;
    for (const { resource, amount } of adds) capacity[resource]! += amount * units[i]!;
  }
  for (const [i, { minimum }] of problem.resources.entries()) {
    expect(count[i]!).toBeCloseTo(used[i]!, 6);
    expect(count[i]!).toBeLessThanOrEqual(capacity[i]! + 1e-6 * (1 + Math.abs(capacity[i]!)));
    if (minimum !== undefined) cost += minimum.shortfallCny * Math.max(0, minimum.amount - count[i]!);
  }
  expect(near(cost, costCny.total)).toBe(true);
}

describe("random plans", () => {
  test("equal the arc-based program handed whole to the linear solver", { timeout: 300_000 }, async () => {
    let carried = 0;
    let short = 0;
    await fc.assert(
      fc.asyncProperty(anyPlan(), fc.constantFrom(0, 3, 40), async (problem, quickSteps) => {
        const plan = await solvePlan(problem, { load, quickSteps, gap: 1e-9 });
        const whole = arcOptimum(highs, arcProgram(problem));
        expect(plan.status).toBe("optimal");
        expect(near(plan.costCny.total, whole.costCny!)).toBe(true);
        expect(plan.proof.boundCny).toBeLessThanOrEqual(whole.costCny! + 1e-6 * (1 + Math.abs(whole.costCny!)));
        expect(plan.proof.objectiveDifference).toBeLessThan(1e-7);
        expect(plan.proof.largestViolation).toBeLessThan(1e-6);
        expectSound(problem, plan);
        carried += plan.flows.length;
        short += plan.work.shortPrograms;
      }),
      { numRuns: 400, seed: SEED },
    );
    // The networks are not all empty.
    expect(carried).toBeGreaterThan(400);
    // Some of their programs are stopped on their way.
    expect(short).toBeGreaterThan(50);
  });

  test(
    "by interior point too, with investments and limits that must hold: the same optimum, and corners at the end",
    { timeout: 300_000 },
    async () => {
      let steps = 0;
      await fc.assert(
        fc.asyncProperty(anyPlan(), fc.constantFrom(0, 3), async (problem, quickSteps) => {
          const plan = await solvePlan(problem, { load, quickSteps, interiorFrom: 0, gap: 1e-9 });
          const whole = arcOptimum(highs, arcProgram(problem));
          expect(plan.status).toBe("optimal");
          expect(near(plan.costCny.total, whole.costCny!)).toBe(true);
          expect(plan.proof.gap).toBeLessThanOrEqual(1e-9);
          expectSound(problem, plan);
          steps += plan.work.interiorIterations;
        }),
        { numRuns: 150, seed: SEED },
      );
      expect(steps).toBeGreaterThan(100);
    },
  );

  test(
    "stopped after any round, by either method: a sound plan within its gap, or word that there is none yet",
    { timeout: 120_000 },
    async () => {
      const ends = { stopped: 0, optimal: 0, none: 0 };
      const anyStop = fc.record({ last: fc.nat(4), quickSteps: fc.constantFrom(0, 3), interiorFrom: fc.constantFrom(0, 1.2) });
      await fc.assert(
        fc.asyncProperty(anyPlan(), anyStop, async (problem, { last, ...options }) => {
          let round = -1;
          const onProgress = (each: PlanProgress) => void (round = each.round);
          const whole = arcOptimum(highs, arcProgram(problem)).costCny!;
          try {
            const plan = await solvePlan(problem, { load, ...options, onProgress, isStopped: () => round >= last });
            expectSound(problem, plan);
            expect(plan.proof.largestViolation).toBeLessThan(1e-6);
            expect(plan.proof.boundCny).toBeLessThanOrEqual(whole + 1e-6 * (1 + Math.abs(whole)));
            expect(plan.costCny.total).toBeGreaterThanOrEqual(whole - 1e-6 * (1 + Math.abs(whole)));
            ends[plan.status]++;
          } catch (error) {
            if (!(error instanceof PlanError) || error.code !== "stopped") throw error;
            ends.none++;
          }
        }),
        { numRuns: 200, seed: SEED },
      );
      expect(ends.stopped).toBeGreaterThan(20);
      expect(ends.optimal).toBeGreaterThan(20);
    },
  );

  test("prices lie between what one unit less costs and one unit more saves", { timeout: 120_000 }, async () => {
    let positive = 0;
    await fc.assert(
      fc.asyncProperty(anyPlan(), async (problem) => {
        const plan = await solvePlan(problem, { load, gap: 1e-9 });
        const resource = plan.prices.indexOf(Math.max(...plan.prices));
        if (problem.resources[resource]!.capacity === Infinity) return;
        const check = await checkPrice(problem, plan, resource, 0.5, { load });
        expect(check.isConfirmed).toBe(true);
        expect(check.moreSavesCny).toBeLessThanOrEqual(check.lessCostsCny + 1e-6);
        if (plan.prices[resource]! > 0) positive++;
      }),
      { numRuns: 60, seed: SEED },
    );
    expect(positive).toBeGreaterThan(20);
  });

  test("more capacity is never worse, doubling all doubles all, same input gives the same answer", { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(anyPlan({ investments: true }), fc.nat(), async (problem, which) => {
        const plan = await solvePlan(problem, { load, gap: 1e-9 });
        const again = await solvePlan(problem, { load, gap: 1e-9 });
        expect(again).toEqual(plan);
        const more = problem.resources.map((each, i) =>
          i === which % problem.resources.length ? { ...each, capacity: each.capacity + 3 } : each,
        );
        const larger = await solvePlan({ ...problem, resources: more }, { load, gap: 1e-9 });
        expect(larger.costCny.total).toBeLessThanOrEqual(plan.costCny.total + 1e-6 * (1 + plan.costCny.total));

        const fixed = withUnits(problem, plan.units);
        const doubled: PlanProblem = {
          ...fixed,
          commodities: fixed.commodities.map((each) => ({ ...each, quantity: 2 * each.quantity })),
          resources: fixed.resources.map((each) => ({
            ...each,
            capacity: 2 * each.capacity,
            ...(each.minimum === undefined ? {} : { minimum: { ...each.minimum, amount: 2 * each.minimum.amount } }),
          })),
        };
        const single = (await solvePlan(fixed, { load, gap: 1e-9 })).costCny.total;
        expect(near(2 * single, (await solvePlan(doubled, { load, gap: 1e-9 })).costCny.total)).toBe(true);
        expect(near(single + plan.costCny.investment, plan.costCny.total)).toBe(true);
      }),
      { numRuns: 40, seed: SEED },
    );
  });

  test("investments equal the best of all combinations", { timeout: 120_000 }, async () => {
    let bought = 0;
    await fc.assert(
      fc.asyncProperty(anyPlan({ investments: true }), async (problem) => {
        const plan = await solvePlan(problem, { load, gap: 1e-9 });
        let best = Infinity;
        for (const units of combinations(problem.investments.map(({ most }) => most))) {
          const spent = problem.investments.reduce((sum, { costCny }, i) => sum + costCny * units[i]!, 0);
          if (spent > (problem.budgetCny ?? Infinity)) continue;
          best = Math.min(best, spent + arcOptimum(highs, arcProgram(withUnits(problem, units))).costCny!);
        }
        expect(near(plan.costCny.total, best)).toBe(true);
        expect(plan.status).toBe("optimal");
        expect(plan.proof.boundCny).toBeLessThanOrEqual(best + 1e-6 * (1 + Math.abs(best)));
        expectSound(problem, plan);
        bought += plan.units.reduce((sum, each) => sum + each, 0);
      }),
      { numRuns: 120, seed: SEED },
    );
    expect(bought).toBeGreaterThan(20);
  });

  test("rounding gives whole vehicles, breaks no limit and costs what it says", { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(anyPlan({ investments: true }), async (problem) => {
        const plan = await solvePlan(problem, { load, gap: 1e-9 });
        const whole = roundPlan(problem, plan);
        for (const { vehicles } of whole.flows) expect(Number.isInteger(vehicles)).toBe(true);
        expectSound(problem, { ...whole, units: whole.units });
        expect(whole.roundingCny).toBeGreaterThanOrEqual(-1e-6 * (1 + plan.costCny.total));
        expect(whole.costCny.total).toBeCloseTo(plan.costCny.total + whole.roundingCny, 4);
      }),
      { numRuns: 150, seed: SEED },
    );
  });
});

function* combinations(most: number[]): Generator<number[]> {
  if (most.length === 0) yield [];
  else for (let first = 0; first <= most[0]!; first++) for (const rest of combinations(most.slice(1))) yield [first, ...rest];
}
