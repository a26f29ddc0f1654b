import { describe, expect, test } from "vitest";
import {
  bottlenecks,
  checkPrice,
  type Commodity,
  estimate,
  leftBehind,
  type PlanProblem,
  roundPlan,
  solvePlan,
} from "../../src/planning/index.ts";
import { graphOf } from "../support/plan-networks.ts";

const row = (id: string, source: number, sink: number, quantity: number, unservedCny = 1000): Commodity => ({
  id,
  graph: 0,
  source,
  sink,
  quantity,
  unservedCny,
});

/** Two plants, three markets; the resource is what a plant can send. Classic transport problem, optimum found by hand below. */
function transport(): PlanProblem {
  // Nodes: plants 0 and 1 (as ways through nodes 2 and 3), markets 4, 5, 6; demand starts at node 0 in this mirrored form.
  const cost = [
    [2, 4, 5],
    [3, 1, 7],
  ];
  return {
    graphs: [
      graphOf(
        6,
        cost.flatMap((costs, plant) => [
          { from: 0, to: 1 + plant, costCny: 0, uses: [[plant, 1]] as [number, number][] },
          ...costs.map((costCny, market) => ({ from: 1 + plant, to: 3 + market, costCny })),
        ]),
      ),
    ],
    commodities: [row("a", 0, 3, 20), row("b", 0, 4, 30), row("c", 0, 5, 40)],
    resources: [
      { id: "plant 1", capacity: 50 },
      { id: "plant 2", capacity: 40 },
    ],
    investments: [],
  };
}

describe("known optima", () => {
  test("transport problem: every market from the plant that costs it least", async () => {
    // Plant 1 is cheaper for c by 2 and for a by 1; plant 2 for b by 3. Plant 1 has 50: all of c (40) and 10 of a; plant 2 b (30) and 10 of a.
    const expected = 40 * 5 + 10 * 2 + 10 * 3 + 30 * 1;
    const plan = await solvePlan(transport());
    expect(plan.costCny.total).toBeCloseTo(expected, 6);
    expect(plan.status).toBe("optimal");
    expect(plan.proof.gap).toBeLessThanOrEqual(1e-6);
    expect(plan.proof.largestViolation).toBe(0);
    expect(plan.used[0]).toBeCloseTo(50, 6);
    // One more place at plant 1 moves one of a there (saves 1); total supply is exactly the demand, so both prices may rise by the same amount.
    const check = await checkPrice(transport(), plan, 0);
    expect(check.moreSavesCny).toBeCloseTo(1, 6);
    expect(check.isConfirmed).toBe(true);
  });

  test("two commodities compete for one sailing: it goes to the one that gains more by it", async () => {
    // Sailing costs 10, the train 25 for a and 60 for b; ten slots, eight of each wanted. b gains 50 a slot, a 15: b takes 8, a the other 2.
    const problem: PlanProblem = {
      graphs: [
        graphOf(5, [
          { from: 0, to: 2, costCny: 0 },
          { from: 1, to: 2, costCny: 0 },
          { from: 0, to: 4, costCny: 25 },
          { from: 1, to: 4, costCny: 60 },
          { from: 2, to: 4, costCny: 10, uses: [[0, 1]] },
        ]),
      ],
      commodities: [row("a", 0, 4, 8), row("b", 1, 4, 8)],
      resources: [{ id: "sailing", capacity: 10 }],
      investments: [],
    };
    const plan = await solvePlan(problem);
    expect(plan.costCny.total).toBeCloseTo(8 * 10 + 2 * 10 + 6 * 25, 6);
    expect(plan.prices[0]).toBeCloseTo(15, 4);
    expect(bottlenecks(plan)).toMatchObject([{ resource: 0, capacity: 10 }]);
    // First order holds as long as a has vehicles on the train: six more slots save 15 each.
    expect(estimate(plan, [{ resource: 0, capacity: 16 }]).savingCny).toBeCloseTo(90, 3);
    const larger = await solvePlan({ ...problem, resources: [{ id: "sailing", capacity: 16 }] });
    expect(plan.costCny.total - larger.costCny.total).toBeCloseTo(90, 6);
  });

  test("take or pay: the contract is filled up to where the shortfall costs less than the detour", async () => {
    // The contract line costs 30, the other 20. A slot short costs 12, which is more than the detour of 10: fill the minimum of 5, no more.
    const problem = (shortfallCny: number): PlanProblem => ({
      graphs: [
        graphOf(2, [
          { from: 0, to: 1, costCny: 20 },
          { from: 0, to: 1, costCny: 30, uses: [[0, 1]] },
        ]),
      ],
      commodities: [row("a", 0, 1, 9)],
      resources: [{ id: "contract", capacity: 8, minimum: { amount: 5, shortfallCny } }],
      investments: [],
    });
    const filled = await solvePlan(problem(12));
    expect(filled.costCny).toMatchObject({ shortfall: 0 });
    expect(filled.costCny.total).toBeCloseTo(5 * 30 + 4 * 20, 6);
    expect(filled.minimumPrices[0]).toBeCloseTo(10, 4);
    const paid = await solvePlan(problem(8));
    expect(paid.costCny.total).toBeCloseTo(9 * 20 + 5 * 8, 6);
    expect(paid.shortfall[0]).toBeCloseTo(5, 6);
  });

  test("share limit: at least a quarter by rail", async () => {
    // Road 10, rail 50. 0.25 a vehicle by road, -0.75 by rail, at most 0 in sum: 12 vehicles need 3 by rail.
    const problem: PlanProblem = {
      graphs: [
        graphOf(2, [
          { from: 0, to: 1, costCny: 10, uses: [[0, 0.25]] },
          { from: 0, to: 1, costCny: 50, uses: [[0, -0.75]] },
        ]),
      ],
      commodities: [row("a", 0, 1, 12)],
      resources: [{ id: "rail share", capacity: 0 }],
      investments: [],
    };
    const plan = await solvePlan(problem);
    expect(plan.costCny.total).toBeCloseTo(9 * 10 + 3 * 50, 6);
    const odd: PlanProblem = { ...problem, commodities: [row("a", 0, 1, 10)] };
    // 2.5 by rail in the split plan, 3 in whole vehicles: half a vehicle at 40 more.
    const whole = roundPlan(odd, await solvePlan(odd));
    expect(whole.largestViolation).toBe(0);
    expect(whole.flows.map(({ vehicles }) => vehicles).sort()).toEqual([3, 7]);
    expect(whole.roundingCny).toBeCloseTo(20, 4);
  });

  test("an investment is bought when it pays, in whole units, within the budget", async () => {
    // A sailing of 4 slots for 100 saves 4 x 40 = 160; two save 320; the third has only one vehicle left (40 < 100).
    const problem = (budgetCny?: number): PlanProblem => ({
      graphs: [
        graphOf(2, [
          { from: 0, to: 1, costCny: 10, uses: [[0, 1]] },
          { from: 0, to: 1, costCny: 50 },
        ]),
      ],
      commodities: [row("a", 0, 1, 9)],
      resources: [{ id: "slots", capacity: 0 }],
      investments: [{ id: "sailing", costCny: 100, most: 5, adds: [{ resource: 0, amount: 4 }] }],
      ...(budgetCny === undefined ? {} : { budgetCny }),
    });
    const free = await solvePlan(problem());
    expect([...free.units]).toEqual([2]);
    expect(free.costCny.total).toBeCloseTo(2 * 100 + 8 * 10 + 50, 6);
    expect(free.status).toBe("optimal");
    expect((await solvePlan(problem(199))).units[0]).toBe(1);
    expect((await solvePlan(problem(99))).units[0]).toBe(0);
  });

  test("what stays behind is explained by name", async () => {
    const problem: PlanProblem = {
      graphs: [
        graphOf(4, [
          { from: 0, to: 1, costCny: 10, uses: [[0, 1]] },
          { from: 1, to: 2, costCny: 10, uses: [[1, 1]] },
        ]),
      ],
      commodities: [row("limited", 0, 2, 9), row("dear", 0, 1, 1, 5), row("no way", 0, 3, 2)],
      resources: [
        { id: "truck", capacity: 20 },
        { id: "ship", capacity: 6 },
      ],
      investments: [],
    };
    const plan = await solvePlan(problem);
    expect(leftBehind(problem, plan)).toMatchObject([
      { commodity: 0, vehicles: 3, reason: "limits", cheapestCny: 20, limits: [{ resource: 1, capacity: 6 }] },
      { commodity: 1, vehicles: 1, reason: "too-dear", cheapestCny: 10, limits: [] },
      { commodity: 2, vehicles: 2, reason: "no-way", limits: [] },
    ]);
    // A seventh slot carries a vehicle for 20 that costs 1000 to leave behind.
    expect(plan.prices[1]).toBeCloseTo(980, 3);
    const check = await checkPrice(problem, plan, 1);
    expect([check.moreSavesCny, check.lessCostsCny]).toEqual([expect.closeTo(980, 6), expect.closeTo(980, 6)]);
  });

  test("at a corner the first slot more and the last slot less are worth different things", async () => {
    // Exactly as many slots as vehicles: one more is worth nothing, one less costs 90.
    const problem: PlanProblem = {
      graphs: [graphOf(2, [{ from: 0, to: 1, costCny: 10, uses: [[0, 1]] }])],
      commodities: [row("a", 0, 1, 5, 100)],
      resources: [{ id: "slots", capacity: 5 }],
      investments: [],
    };
    const plan = await solvePlan(problem);
    const check = await checkPrice(problem, plan, 0);
    expect(check).toMatchObject({ moreSavesCny: expect.closeTo(0, 6), lessCostsCny: expect.closeTo(90, 6), isConfirmed: true });
  });

  test("nothing to do costs nothing", async () => {
    const plan = await solvePlan({ graphs: [], commodities: [], resources: [], investments: [] });
    expect(plan).toMatchObject({ status: "optimal", flows: [], costCny: { total: 0 }, proof: { gap: 0 } });
  });
});
