import fc from "fast-check";
import loadHighs, { type Highs, type Model } from "highs";
import { beforeAll, describe, expect, test } from "vitest";
import {
  PlanError,
  type PlanOptions,
  type PlanProblem,
  type PlanProgress,
  type PlanSolution,
  solvePlan,
} from "../../src/planning/index.ts";
import { withMemory } from "../../src/planning/guard.ts";
import { runPlan } from "../../src/scenario/index.ts";
import { arcOptimum, arcProgram } from "../support/plan-arc-lp.ts";
import { graphOf, weeklyNetwork } from "../support/plan-networks.ts";
import { anyPlan } from "../support/plan-random.ts";

let highs: Highs;
beforeAll(async () => {
  highs = await loadHighs();
});
const load = (): Promise<Highs> => Promise.resolve(highs);

/** The linear solver, with a look at each model that it makes. */
const watched = (look: (model: Model) => void): Highs =>
  ({
    ...highs,
    createModel: (...args: Parameters<Highs["createModel"]>) => {
      const model = highs.createModel(...args);
      look(model);
      return model;
    },
  }) as unknown as Highs;

async function errorOf(problem: PlanProblem, options: PlanOptions = {}): Promise<PlanError> {
  try {
    await solvePlan(problem, { load, ...options });
  } catch (error) {
    expect(error).toBeInstanceOf(PlanError);
    return error as PlanError;
  }
  throw new Error("there is a plan");
}

/** Demand that must be carried: each row can take the ship, the second also the train. */
function crowded(): PlanProblem {
  const way = { from: 0, to: 1, costCny: 10 };
  return {
    graphs: [
      graphOf(2, [{ ...way, uses: [[0, 1]] }]),
      graphOf(2, [
        { ...way, uses: [[0, 1]] },
        { ...way, uses: [[1, 1]] },
      ]),
    ],
    commodities: [
      { id: "russia", graph: 0, source: 0, sink: 1, quantity: 8, unservedCny: Infinity },
      { id: "europe", graph: 1, source: 0, sink: 1, quantity: 7, unservedCny: Infinity },
      { id: "brazil", graph: 1, source: 0, sink: 1, quantity: 5, unservedCny: 900 },
    ],
    resources: [
      { id: "ship", capacity: 6 },
      { id: "train", capacity: 20 },
    ],
    investments: [],
  };
}

describe("limits that leave no plan", () => {
  test("are named, and nothing else is", async () => {
    const error = await errorOf(crowded());
    expect(error.code).toBe("infeasible");
    expect(error.conflict).toEqual({ commodities: [0], resources: [0] });
    expect(error.text.en).toMatch(/russia.*ship/);
    expect(error.text.zh).toMatch(/russia.*ship/);
    expect(error.text.en).not.toMatch(/europe|brazil|train/);
  });

  test("demand without any way is said to have none", async () => {
    const error = await errorOf({ ...crowded(), graphs: [graphOf(2, []), crowded().graphs[1]!] });
    expect(error.conflict).toEqual({ commodities: [0], resources: [] });
    expect(error.text.en).toMatch(/no way at all: russia/);
  });

  test("a capacity below nothing that nothing can make up for", async () => {
    const problem = crowded();
    const error = await errorOf({
      ...problem,
      commodities: problem.commodities.slice(1),
      resources: [{ id: "CO2e", capacity: -1 }, problem.resources[1]!],
    });
    expect(error.conflict).toEqual({ commodities: [], resources: [0] });
  });

  test(
    "on random plans with demand that must be carried: the same verdict as the arc-based program, and every conflict is irreducible",
    { timeout: 120_000 },
    async () => {
      let conflicts = 0;
      await fc.assert(
        fc.asyncProperty(anyPlan(), fc.integer({ min: 1, max: 63 }), async (problem, mask) => {
          const commodities = problem.commodities.map((each, i) => ((mask >> i) & 1 ? { ...each, unservedCny: Infinity } : each));
          const hard = { ...problem, commodities };
          const whole = arcOptimum(highs, arcProgram(hard)).costCny;
          if (whole !== null) {
            const plan = await solvePlan(hard, { load, gap: 1e-9 });
            expect(plan.costCny.total).toBeCloseTo(whole, 4);
            expect(plan.proof.largestViolation).toBeLessThan(1e-6);
            return;
          }
          const { code, conflict } = await errorOf(hard);
          expect(code).toBe("infeasible");
          conflicts++;
          const feasible = (rows: number[], limits: number[]): boolean =>
            arcOptimum(
              highs,
              arcProgram({
                ...hard,
                commodities: commodities.map((each, i) => (rows.includes(i) ? each : { ...each, unservedCny: 0 })),
                resources: hard.resources.map((each, i) => (limits.includes(i) ? each : { ...each, capacity: Infinity })),
              }),
            ).costCny !== null;
          const { commodities: rows, resources: limits } = conflict!;
          expect(feasible(rows, limits)).toBe(false);
          for (const row of rows)
            expect(
              feasible(
                rows.filter((each) => each !== row),
                limits,
              ),
            ).toBe(true);
          for (const limit of limits)
            expect(
              feasible(
                rows,
                limits.filter((each) => each !== limit),
              ),
            ).toBe(true);
        }),
        { numRuns: 150, seed: 5 },
      );
      expect(conflicts).toBeGreaterThan(20);
    },
  );
});

describe("faults end in words", () => {
  test("a linear solver that aborts is replaced once", async () => {
    let made = 0;
    const broken = { ...highs, createModel: () => { throw new WebAssembly.RuntimeError("Aborted()"); } } as unknown as Highs; // prettier-ignore
    const plan = await solvePlan(scarce(), { load: () => Promise.resolve(made++ === 0 ? broken : highs) });
    expect(made).toBe(2);
    expect(plan.status).toBe("optimal");
    const error = await errorOf(scarce(), { load: () => Promise.resolve(broken) });
    expect(error).toMatchObject({ code: "solver", text: { en: expect.stringContaining("gave up twice") } });
  });

  test("faults of ours are not taken for those of the linear solver", async () => {
    const wrong = { ...highs, createModel: () => { throw new TypeError("x is not a function"); } } as unknown as Highs; // prettier-ignore
    await expect(solvePlan(scarce(), { load: () => Promise.resolve(wrong) })).rejects.toThrow(TypeError);
  });

  test("every model is disposed of, also when the plan is stopped or has none", async () => {
    let alive = 0;
    const counting = watched((model) => {
      alive++;
      const dispose = model.dispose.bind(model);
      model.dispose = () => {
        alive--;
        dispose();
      };
    });
    const options = { load: () => Promise.resolve(counting) };
    await solvePlan(scarce(), options);
    await solvePlan(scarce(), { ...options, quickSteps: 1, isStopped: () => true });
    await errorOf(crowded(), options);
    expect(alive).toBe(0);
  });

  test("too large a plan is refused before anything is made", async () => {
    const row = crowded().commodities[0]!;
    const error = await errorOf({ ...crowded(), commodities: Array.from({ length: 250_001 }, () => row) });
    expect(error).toMatchObject({
      code: "too-large",
      text: { en: expect.stringContaining("250001 lots"), zh: expect.stringContaining("250001") },
    });
  });

  test("too many lots on the built-in network are told before their moves are laid out", async () => {
    const demand = Array.from({ length: 2500 }, (_, i) => ({
      id: `row-${i}`,
      cargo: "bev-suv",
      quantity: 1040,
      from: "CNCKG-SERES",
      to: "BE-MARKET",
    }));
    const horizon = { from: "2027-01-04", weeks: 104 };
    await expect(runPlan({ id: "many", shipments: [], demand, horizon })).rejects.toMatchObject({
      problems: [
        {
          path: "plan",
          code: "limit",
          message: {
            zh: expect.stringContaining("260000 个批次") as string,
            en: expect.stringContaining("260000 lots (demand rows times weeks)") as string,
          },
          hint: { en: expect.stringContaining("shorter horizon") as string },
        },
      ],
    });
  });

  test("arrays that find no memory end in words, other faults do not", () => {
    expect(() => withMemory(() => new Float64Array(2 ** 52))).toThrow(PlanError);
    expect(() =>
      withMemory(() => {
        throw new RangeError("Invalid time value");
      }),
    ).toThrow(RangeError);
    expect(withMemory(() => 7)).toBe(7);
  });

  test("wrong data are told, all at once", async () => {
    const problem = crowded();
    const error = await errorOf({
      ...problem,
      graphs: [{ ...problem.graphs[0]!, head: Int32Array.from([0]) }, problem.graphs[1]!],
      commodities: [{ ...problem.commodities[0]!, quantity: Number.NaN }, ...problem.commodities.slice(1)],
      resources: [{ id: "ship", capacity: Number.NaN }, problem.resources[1]!],
    });
    expect(error.code).toBe("bad-problem");
    for (const path of ["graphs/0/arcs/0", "commodities/russia", "resources/ship"]) expect(error.message).toContain(path);
  });
});

/** A quarter of a year on twenty places, tight. */
const scarce = (): PlanProblem => weeklyNetwork({ places: 30, services: 70, weeks: 13, pairs: 10, slack: 1.2, seed: 3 });

describe("progress and stop", () => {
  test("a quick plan first, then rounds whose bound never falls and whose gap closes", async () => {
    const rounds: PlanProgress[] = [];
    const quick: PlanSolution[] = [];
    const plan = await solvePlan(scarce(), {
      load,
      onProgress: (round) => void rounds.push(round),
      onQuickPlan: (each) => void quick.push(each),
    });
    expect(rounds.length).toBeGreaterThan(2);
    for (let i = 1; i < rounds.length; i++) expect(rounds[i]!.boundCny).toBeGreaterThanOrEqual(rounds[i - 1]!.boundCny - 1e-6);
    expect(plan.proof.gap).toBeLessThanOrEqual(1e-6);
    expect(quick).toHaveLength(1);
    expect(quick[0]!.status).toBe("stopped");
    expect(quick[0]!.costCny.total).toBeGreaterThan(plan.costCny.total);
    expect(quick[0]!.proof.boundCny).toBeLessThan(plan.costCny.total);
    expect(quick[0]!.proof.largestViolation).toBeLessThan(1e-6);
  });

  test.each([
    [0, 1.2],
    [1, 1.2],
    [3, 1.2],
    [2, 0],
    [3, 0],
    [4, 0],
  ])(
    "stopped after round %i, interior point from %d: the best plan so far, sound, with the gap that is proven",
    async (last, interiorFrom) => {
      let round = 0;
      const options = {
        load,
        quickSteps: 5,
        interiorFrom,
        onProgress: (each: PlanProgress) => void (round = each.round),
        isStopped: () => round >= last,
      };
      const [stopped, plan] = [await solvePlan(scarce(), { ...options }), await solvePlan(scarce(), { load })];
      expect(stopped.status).toBe("stopped");
      expect(stopped.proof.gap).toBeGreaterThan(1e-6);
      expect(stopped.proof.largestViolation).toBeLessThan(1e-6);
      expect(stopped.costCny.total).toBeGreaterThanOrEqual(plan.costCny.total * (1 - 1e-9));
      expect(stopped.proof.boundCny).toBeLessThanOrEqual(plan.costCny.total * (1 + 1e-9));
    },
  );

  test("a stop ends it at once where there is a plan already: not one more program", async () => {
    let runs = 0;
    const counting = watched((model) => {
      const run = model.run.bind(model);
      model.run = () => {
        runs++;
        return run();
      };
    });
    const all = { load: () => Promise.resolve(counting), quickSteps: 5 };
    await solvePlan(scarce(), all);
    const whole = runs;
    for (const last of [1, 2, 4]) {
      let [round, atStop] = [0, 0];
      runs = 0;
      const stopped = await solvePlan(scarce(), {
        ...all,
        onProgress: (each) => {
          round = each.round;
          atStop = runs;
        },
        isStopped: () => round >= last,
      });
      expect(stopped.status).toBe("stopped");
      // The one that was due already.
      expect(runs - atStop).toBeLessThanOrEqual(1);
      expect(runs).toBeLessThan(whole);
    }
  });

  test("work: far fewer chains than arcs, and few rounds", async () => {
    const problem = scarce();
    const plan = await solvePlan(problem, { load });
    const program = arcProgram(problem, (i) => Math.floor(i / 13));
    expect(plan.costCny.total).toBeCloseTo(arcOptimum(highs, program).costCny!, 2);
    expect(plan.work.rounds).toBeLessThan(25);
    expect(plan.work.rows).toBeLessThan(program.numRows / 2);
    expect(plan.work.nodes).toBe(1);
  });
});
