import { describe, expect, test } from "vitest";
import { type PlanProblem, solvePlan } from "../../src/planning/index.ts";
import { weeklyNetwork } from "../support/plan-networks.ts";

const problem = weeklyNetwork({ places: 40, services: 90, weeks: 6, pairs: 30, slack: 0.9, seed: 11 });
const tolerance = 1e-6;

/** The same network with other slots: what a plan's prices were not made for. */
function withSlots({ resources, ...rest }: PlanProblem, factor: number): PlanProblem {
  return { ...rest, resources: resources.map((resource) => ({ ...resource, capacity: Math.round(resource.capacity * factor) })) };
}

const pricesOf = async (of: PlanProblem) => {
  const { prices } = await solvePlan(of, { quickSteps: 5 });
  return new Map(of.resources.map(({ id }, resource) => [id, prices[resource]!]));
};

describe("beginning with the prices of another plan", () => {
  test.each([1, 1.2, 0.8])("slots times %f: the same optimum, with a proof of its own", async (factor) => {
    const changed = withSlots(problem, factor);
    const cold = await solvePlan(changed, { quickSteps: 5 });
    const warm = await solvePlan(changed, { quickSteps: 2, startPrices: await pricesOf(problem) });
    expect(warm.status).toBe("optimal");
    expect(warm.proof.gap).toBeLessThanOrEqual(tolerance);
    expect(Math.abs(warm.costCny.total - cold.costCny.total)).toBeLessThanOrEqual(2 * tolerance * (1 + cold.costCny.total));
    if (factor === 1) expect(warm.work.rounds).toBeLessThan(cold.work.rounds);
  });

  test("prices that are far off, or of limits that are not here, only cost time", async () => {
    const cold = await solvePlan(problem, { quickSteps: 5 });
    const startPrices = new Map([...problem.resources.map(({ id }, i) => [id, (i * 7919) % 5000] as const), ["elsewhere", 1e6] as const]);
    const odd = await solvePlan(problem, { quickSteps: 2, startPrices });
    expect(odd.status).toBe("optimal");
    expect(Math.abs(odd.costCny.total - cold.costCny.total)).toBeLessThanOrEqual(2 * tolerance * (1 + cold.costCny.total));
  });
});
