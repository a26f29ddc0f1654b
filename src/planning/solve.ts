import { addUp, byCommodityAndArcs, merged, type PlanFlow, type PlanTotals } from "./check-plan.ts";
import { conflictIn } from "./conflict.ts";
import { noDuals } from "./bound.ts";
import { type Bench, INTERIOR_FROM } from "./generate.ts";
import { guardProblem } from "./guard.ts";
import { branch, type Incumbent } from "./integer.ts";
import { loadSolver, type SolverLoader, withSolver } from "./linear-solver.ts";
import { createMaster, type Duals } from "./master.ts";
import { createPathPool, type PathPool } from "./paths.ts";
import { PlanError } from "./plan-error.ts";
import { createPricing } from "./pricing.ts";
import type { PlanProblem } from "./problem.ts";
import { type QuickPlan, quickPlan } from "./quick.ts";
import { GAP, LARGEST_VIOLATION, OBJECTIVE, QUICK_GAP, SMALLEST_FLOW, sizeOf } from "./tolerances.ts";

export interface PlanProgress {
  /** Rounds of column generation so far; 0 tells of the quick first plan. */
  round: number;
  /** Cost of the best plan so far, CNY. While whole units of investments are still open, that of the plan in which they need not be whole. */
  primalCny: number;
  /** No plan costs less, CNY. */
  boundCny: number;
  gap: number;
  /** Chains in play. */
  columns: number;
}

export interface PlanOptions {
  /** Relative gap at which the plan is good enough; 1e-6 if left out. */
  gap?: number;
  /** Most nodes of the search for whole units of investments; 500 if left out. */
  mostNodes?: number;
  /** Steps of the quick first plan; 0 goes straight to the exact one. 600 if left out. */
  quickSteps?: number;
  /** Simplex steps a row and round from which interior point takes over; 1.2 if left out, Infinity for never. */
  interiorFrom?: number;
  /** Prices by resource to begin with, CNY a unit: those of a plan much like this one save most of the work. */
  startPrices?: ReadonlyMap<string, number>;
  /** Told once a round. The solver waits for what it returns, so that a worker can hear of a stop meanwhile. */
  onProgress?: (progress: PlanProgress) => Promise<void> | void;
  /** Given the quick first plan as soon as there is one. */
  onQuickPlan?: (plan: PlanSolution) => Promise<void> | void;
  /** Asked once a round; true ends with the best plan so far and its gap. */
  isStopped?: () => boolean;
  /** Loads the linear solver; only tests need another. */
  load?: SolverLoader;
}

export interface PlanSolution extends PlanTotals {
  /** `optimal`: the gap asked for is proven. `stopped`: the best plan so far, with the gap that is proven. */
  status: "optimal" | "stopped";
  /** By commodity, then by arcs. */
  flows: PlanFlow[];
  /** Whole units bought of each investment. */
  units: Float64Array;
  /** What one more unit of each resource would save, CNY a unit; never negative. With investments: at the units bought. */
  prices: Float64Array;
  /** What one unit less of each take-or-pay minimum would save, CNY a unit; from 0 to the price of the shortfall. */
  minimumPrices: Float64Array;
  /** What one CNY more of budget would save while units need not be whole, CNY. */
  budgetPrice: number;
  proof: PlanProof;
  work: PlanWork;
}

export interface PlanProof {
  /** Cost of this plan added up from its flows and purchases, CNY. */
  primalCny: number;
  /** Lagrangian bound: no plan costs less, CNY. Computed from the prices and the event graphs alone, so it does not rest on the linear solver. */
  boundCny: number;
  /** (primal - bound) / (1 + |primal|). */
  gap: number;
  /** Most that any limit is broken by, as a share of its size. */
  largestViolation: number;
  /** How far the linear solver's own objective is from `primalCny`, as a share; 0 for a plan made without it. */
  objectiveDifference: number;
}

/** What it took; the same for the same input on any machine. */
export interface PlanWork {
  rounds: number;
  /** Chains generated, and chains and limits in the last linear program. */
  columns: number;
  rows: number;
  /** Backward passes over an event graph. */
  passes: number;
  simplexIterations: number;
  interiorIterations: number;
  /** Linear programs stopped on their way, because prices need not be exact yet. */
  shortPrograms: number;
  nodes: number;
}

/**
 * The least-cost plan, with proof. Same input, same answer, to the last bit.
 * @throws {PlanError} if there is no plan (with what stands in each other's way), the problem is malformed or too large, or the linear solver fails twice.
 */
export async function solvePlan(problem: PlanProblem, options: PlanOptions = {}): Promise<PlanSolution> {
  guardProblem(problem);
  return withSolver(options.load ?? loadSolver, (highs) => solveWith(highs, problem, options));
}

async function solveWith(highs: Parameters<typeof createMaster>[0], problem: PlanProblem, options: PlanOptions): Promise<PlanSolution> {
  const {
    gap = GAP,
    mostNodes = 500,
    quickSteps = 600,
    interiorFrom = INTERIOR_FROM,
    startPrices,
    onProgress,
    onQuickPlan,
    isStopped = () => false,
  } = options;
  const capacities = Float64Array.from(problem.resources, ({ capacity }) => capacity);
  const pool = createPathPool(problem);
  const pricing = createPricing(problem);
  const counters = { rounds: 0 };
  const box = { lower: new Float64Array(problem.investments.length), upper: Float64Array.from(problem.investments, ({ most }) => most) };

  const keep = (commodity: number, arcs: Int32Array, length: number) => void pool.add(commodity, arcs, length);
  const quick = quickPlan(problem, pricing, capacities, box, quickSteps, isStopped, keep, startDuals(problem, startPrices));
  const noWork = (): PlanWork => ({
    rounds: 0,
    columns: 0,
    rows: 0,
    passes: pricing.counters.passes,
    simplexIterations: 0,
    interiorIterations: 0,
    shortPrograms: 0,
    nodes: 0,
  });
  if (quick.costCny < Infinity) {
    const plan = fromQuick(problem, quick, gap, noWork());
    await onProgress?.({ round: 0, primalCny: quick.costCny, boundCny: quick.bound, gap: plan.proof.gap, columns: 0 });
    await onQuickPlan?.(plan);
    if (plan.proof.gap <= QUICK_GAP || isStopped()) return plan;
  }

  const master = createMaster(highs, problem, pool, capacities);
  try {
    const incumbent = firstIncumbent(problem, quick, pool);
    master.addPaths(Array.from({ length: pool.count }, (_, path) => path));
    master.addLimits(nearlyFull(problem, quick));
    const bench: Bench = {
      problem,
      capacities,
      pool,
      pricing,
      master,
      gap,
      interiorFrom,
      isStopped,
      counters,
      onRound: ({ primal, bound }) =>
        onProgress?.({
          round: counters.rounds,
          primalCny: primal,
          boundCny: bound,
          gap: relativeGap(primal, bound),
          columns: master.paths.length,
        }),
    };
    const answer = await branch(bench, mostNodes, quick.duals, incumbent);
    if (answer.best === undefined) {
      if (answer.status === "infeasible") throw await conflictIn(highs, problem);
      throw stoppedTooEarly();
    }
    const { best } = answer;
    const work: PlanWork = {
      rounds: counters.rounds,
      columns: pool.count,
      rows: master.rowCount,
      passes: pricing.counters.passes,
      simplexIterations: master.iterations,
      interiorIterations: master.insideIterations,
      shortPrograms: master.stopped,
      nodes: answer.nodes,
    };
    const solution = solutionOf(problem, flowsOf(problem, pool, best), best, Math.max(answer.bound, quick.bound), gap, work);
    const { largestViolation, objectiveDifference } = solution.proof;
    if (largestViolation > LARGEST_VIOLATION || objectiveDifference > OBJECTIVE) throw untrue(largestViolation, objectiveDifference);
    return solution;
  } finally {
    master.dispose();
  }
}

/** Share of a limit from which it counts as nearly full. */
const NEARLY_FULL = 0.9;

/** Prices of another plan, for the resources that are here too and have a capacity. */
function startDuals(problem: PlanProblem, prices: ReadonlyMap<string, number> | undefined): Duals | undefined {
  if (prices === undefined) return undefined;
  const capacity = Float64Array.from(problem.resources, ({ id, capacity }) => (capacity === Infinity ? 0 : (prices.get(id) ?? 0)));
  return { ...noDuals(problem), capacity };
}

/** Limits that the quick plan comes near: the exact one will meet most of them, and one program that has them all takes less than many that find them. */
function nearlyFull(problem: PlanProblem, { flows }: QuickPlan): number[] {
  const { used, capacity } = addUp(problem, flows, new Float64Array(problem.investments.length));
  return problem.resources.flatMap((_, resource) =>
    used[resource]! > 0 && used[resource]! >= NEARLY_FULL * capacity[resource]! ? [resource] : [],
  );
}

/** The quick plan is a plan already: its chains start the master, and nothing dearer is worth finding. */
function firstIncumbent({ investments }: PlanProblem, { flows, costCny, duals }: QuickPlan, pool: PathPool): Incumbent | undefined {
  const byPath = new Map<number, number>();
  for (const { commodity, arcs, vehicles } of flows) {
    const path = pool.add(commodity, arcs, arcs.length);
    byPath.set(path, (byPath.get(path) ?? 0) + vehicles);
  }
  return costCny === Infinity ? undefined : { primal: costCny, flows: byPath, units: new Float64Array(investments.length), duals };
}

function flowsOf({ commodities }: PlanProblem, pool: PathPool, { flows }: Incumbent): PlanFlow[] {
  const carried = new Float64Array(commodities.length);
  for (const [path, vehicles] of flows) carried[pool.commodityOf(path)]! += vehicles;
  return [...flows]
    .filter(([, vehicles]) => vehicles > SMALLEST_FLOW)
    .map(([path, vehicles]) => {
      const commodity = pool.commodityOf(path);
      // The linear program may overshoot a quantity by its tolerance; nobody ships more cars than there are.
      const share = Math.min(1, commodities[commodity]!.quantity / carried[commodity]!);
      return { commodity, arcs: pool.arcsOf(path).slice(), vehicles: vehicles * share, costCny: pool.costOf(path) };
    })
    .sort(byCommodityAndArcs);
}

const relativeGap = (primal: number, bound: number): number => Math.max(0, primal - bound) / sizeOf(primal);

function solutionOf(
  problem: PlanProblem,
  flows: PlanFlow[],
  { units, duals, primal }: Pick<Incumbent, "units" | "duals" | "primal">,
  bound: number,
  gap: number,
  work: PlanWork,
): PlanSolution {
  const totals = addUp(problem, flows, units);
  const primalCny = totals.costCny.total;
  const proof: PlanProof = {
    primalCny,
    boundCny: bound,
    gap: relativeGap(primalCny, bound),
    largestViolation: totals.largestViolation,
    objectiveDifference: Math.abs(primal - primalCny) / sizeOf(primalCny),
  };
  return {
    ...totals,
    status: proof.gap <= gap ? "optimal" : "stopped",
    flows,
    units,
    prices: duals.capacity,
    minimumPrices: duals.minimum,
    budgetPrice: duals.budget,
    proof,
    work,
  };
}

function fromQuick(problem: PlanProblem, { flows, bound, duals, costCny }: QuickPlan, gap: number, work: PlanWork): PlanSolution {
  const units = new Float64Array(problem.investments.length);
  return solutionOf(problem, merged(flows), { units, duals, primal: costCny }, bound, gap, work);
}

const stoppedTooEarly = (): PlanError =>
  new PlanError(
    "stopped",
    { zh: "在得到第一个可行方案之前就停止了", en: "Stopped before there was a first plan" },
    { zh: "请多等几轮。", en: "Let it run for a few more rounds." },
  );

/** An answer that calls itself optimal is checked like any other. */
const untrue = (violation: number, difference: number): PlanError =>
  new PlanError(
    "solver",
    {
      zh: `线性规划求解器的结果未通过核对：超限 ${violation.toExponential(1)}，目标值相差 ${difference.toExponential(1)}`,
      en: `The linear solver's answer does not hold: limits broken by ${violation.toExponential(1)}, objective off by ${difference.toExponential(1)}`,
    },
    { zh: "请检查是否有数量级相差极大的费用、数量或能力。", en: "Look for costs, quantities or capacities of very different sizes." },
  );
