import loadHighs from "highs";
import { type PlanProblem, type PlanSolution, roundPlan, solvePlan } from "../../src/planning/index.ts";
import { arcOptimum, arcProgram } from "../support/plan-arc-lp.ts";
import { type Size, weeklyNetwork } from "../support/plan-networks.ts";
import { type BenchRow, growthExponent, median } from "./bench.ts";

/**
 * A year's plan by column generation against the arc-based program of the same problem handed whole to the same HiGHS. Both answers are compared before
 * their times are. Congestion, not size, drives the work: `slack` is slots offered for each slot wished, and the share of full limits is in the note.
 */
const SIZES: { name: string; size: Size; rounds: number; target?: number }[] = [
  { name: "S", size: { places: 50, services: 130, weeks: 26, pairs: 15, slack: 2, seed: 1 }, rounds: 5 },
  { name: "M", size: { places: 100, services: 260, weeks: 40, pairs: 35, slack: 2, seed: 1 }, rounds: 3 },
  { name: "L", size: { places: 150, services: 400, weeks: 52, pairs: 60, slack: 2, seed: 1 }, rounds: 1, target: 12 },
  { name: "L tight", size: { places: 150, services: 400, weeks: 52, pairs: 60, slack: 1.6, seed: 1 }, rounds: 1, target: 5 },
];

/** The open problem: as many pairs as the arc-based program has no memory for. Measured by the gap proven after so many seconds. */
const LARGEST: Size = { places: 150, services: 400, weeks: 52, pairs: 500, slack: 2, seed: 1 };
const LIMIT_SECONDS = 60;

export async function run(): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  const columns: number[] = [];
  const times: number[] = [];
  for (const { name, size, rounds, target } of SIZES) {
    const problem = weeklyNetwork(size);
    const program = arcProgram(problem, (commodity) => Math.floor(commodity / size.weeks));
    const ours: number[] = [];
    const theirs: number[] = [];
    let plan: PlanSolution | undefined;
    for (let round = 0; round < rounds; round++) {
      const solve = async (): Promise<void> => {
        const start = performance.now();
        plan = await solvePlan(problem);
        ours.push(performance.now() - start);
      };
      let costCny: number | null = null;
      const whole = async (): Promise<void> => {
        const start = performance.now();
        costCny = arcOptimum(await loadHighs(), program).costCny;
        theirs.push(performance.now() - start);
      };
      for (const each of round % 2 === 0 ? [solve, whole] : [whole, solve]) await each();
      if (costCny === null || Math.abs(costCny - plan!.costCny.total) > 2e-6 * costCny) {
        throw new Error(`${name}: plan ${plan!.costCny.total}, arc program ${costCny}`);
      }
    }
    if (size.slack === 2) {
      columns.push(program.numCols);
      times.push(median(ours));
    }
    rows.push({
      bench: "plan",
      workload: `${name}: ${program.numCols} columns x ${program.numRows} rows as arcs`,
      ours: "column generation",
      oursMs: median(ours),
      peer: "HiGHS, arc program whole",
      peerMs: median(theirs),
      ratio: median(theirs) / median(ours),
      ...(target === undefined ? {} : { target }),
      note: noteOf(problem, plan!),
    });
  }
  rows.push({
    bench: "plan",
    workload: "growth",
    ours: "column generation",
    oursMs: Number.NaN,
    peer: "",
    peerMs: Number.NaN,
    ratio: growthExponent(columns, times),
    unit: "exp",
  });
  rows.push(await largest());
  return rows;
}

async function largest(): Promise<BenchRow> {
  const problem = weeklyNetwork(LARGEST);
  const start = performance.now();
  const plan = await solvePlan(problem, { isStopped: () => performance.now() - start > LIMIT_SECONDS * 1000 });
  const oursMs = performance.now() - start;
  return {
    bench: "plan",
    workload: `XL: ${problem.commodities.length} demand rows, ${problem.graphs[0]!.head.length} dated moves`,
    ours: `gap proven, stopped after ${LIMIT_SECONDS} s`,
    oursMs,
    peer: "",
    peerMs: Number.NaN,
    ratio: plan.proof.gap,
    unit: "gap",
    target: 1e-6,
    isLimit: true,
    note: noteOf(problem, plan),
  };
}

function noteOf(problem: PlanProblem, plan: PlanSolution): string {
  const full = plan.prices.filter((price) => price > 0).length / problem.resources.length;
  const { rounds, columns, rows, simplexIterations } = plan.work;
  const whole = roundPlan(problem, plan);
  return [
    `gap ${plan.proof.gap.toExponential(1)}`,
    `${rounds} rounds, ${columns} chains, ${rows} rows, ${simplexIterations} iterations`,
    `${(100 * full).toFixed(0)} % of limits priced`,
    `whole vehicles +${((100 * whole.roundingCny) / plan.costCny.total).toFixed(4)} %`,
  ].join("; ");
}
