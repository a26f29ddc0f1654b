import { execFile } from "node:child_process";
import { promisify } from "node:util";
import loadHighs from "highs";
import { type PlanOptions, type PlanProblem, type PlanSolution, roundPlan, solvePlan } from "../../src/planning/index.ts";
import { arcOptimum, arcProgram } from "../support/plan-arc-lp.ts";
import { builtinPlan } from "../support/plan-builtin.ts";
import { type Size, weeklyNetwork } from "../support/plan-networks.ts";
import { type BenchRow, growthExponent, median } from "./bench.ts";

/**
 * A year's plan by column generation against the arc-based program of the same problem handed whole to the same HiGHS. Each has a process of its own, so that
 * its peak memory is its own; both answers are compared. Congestion, not size, drives the work: `slack` is slots offered for each slot wished, and the share of
 * full limits is in the note.
 */
const SIZES: { name: string; size: Size; rounds: number; target?: number }[] = [
  { name: "S", size: { places: 50, services: 130, weeks: 26, pairs: 15, slack: 2, seed: 1 }, rounds: 3 },
  { name: "M", size: { places: 100, services: 260, weeks: 40, pairs: 35, slack: 2, seed: 1 }, rounds: 1 },
  { name: "L", size: { places: 150, services: 400, weeks: 52, pairs: 87, slack: 2, seed: 1 }, rounds: 1, target: 12 },
  { name: "L tight", size: { places: 150, services: 400, weeks: 52, pairs: 60, slack: 1.6, seed: 1 }, rounds: 1, target: 5 },
];

/** As many pairs as the arc-based program has no memory for: measured by the gap proven after so many seconds. */
const LARGE: Size = { places: 150, services: 400, weeks: 52, pairs: 500, slack: 2, seed: 1 };

/** Twice the weeks, ten times the services of the built-in network (644) and 2,000 rows: a first plan with a proven gap is what there is time for. */
const TEN_TIMES: Size = { places: 1000, services: 6440, weeks: 104, pairs: 2000, slack: 2, seed: 1 };

/** Seconds after which these are stopped. */
const SECONDS: Record<string, number> = { large: 60, "ten times": 40, year: 150 };

/** The built-in network: a few weeks, which fit as an arc program too, and the year. */
const SOME_WEEKS = { rows: 12, weeks: 4, copies: 1, sharedLimits: true };
const YEAR = { rows: 300, weeks: 52, copies: 1, sharedLimits: false };

/** What a process of its own sends back. */
interface Part {
  /** Median of the rounds. */
  ms: number;
  prepareMs: number;
  peakMb: number;
  costCny: number | null;
  columns: number;
  rows: number;
  gap: number;
  note: string;
}

/** Steps that the scenarios' plans begin with: their networks have few groups and many moves, so that a step is dear. */
const NETWORK_STEPS = 5;

export async function part(name: string): Promise<Part> {
  const [what = "", who] = name.split(":");
  const start = performance.now();
  const weekly = SIZES.find((each) => each.name === what);
  const wide = what === "some weeks" ? SOME_WEEKS : what === "year" ? YEAR : undefined;
  const problem =
    wide === undefined ? weeklyNetwork(weekly?.size ?? (what === "large" ? LARGE : TEN_TIMES)) : (await builtinPlan(wide)).problem;
  const prepareMs = performance.now() - start;
  const rounds = weekly?.rounds ?? 1;
  if (who === "arcs") return arcPart(problem, weekly?.size, rounds, prepareMs);
  const seconds = SECONDS[what];
  const most = performance.now() + (seconds ?? Infinity) * 1000;
  const options: PlanOptions = {
    ...(wide === undefined ? {} : { quickSteps: NETWORK_STEPS }),
    ...(seconds === undefined ? {} : { isStopped: () => performance.now() > most }),
  };
  let plan: PlanSolution | undefined;
  const ms: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const from = performance.now();
    plan = await solvePlan(problem, options);
    ms.push(performance.now() - from);
  }
  return {
    ms: median(ms),
    prepareMs,
    peakMb: peakMb(),
    costCny: plan!.costCny.total,
    columns: plan!.work.columns,
    rows: plan!.work.rows,
    gap: plan!.proof.gap,
    note: noteOf(problem, plan!),
  };
}

async function arcPart(problem: PlanProblem, size: Size | undefined, rounds: number, prepareMs: number): Promise<Part> {
  const program = arcProgram(problem, size === undefined ? undefined : (commodity) => Math.floor(commodity / size.weeks));
  const ms: number[] = [];
  let costCny: number | null = null;
  for (let round = 0; round < rounds; round++) {
    const from = performance.now();
    ({ costCny } = arcOptimum(await loadHighs(), program));
    ms.push(performance.now() - from);
  }
  const { numCols: columns, numRows: rows } = program;
  return { ms: median(ms), prepareMs, peakMb: peakMb(), costCny, columns, rows, gap: 0, note: "" };
}

const peakMb = (): number => process.resourceUsage().maxRSS / 1024;

/** Runs a part in a process of its own. */
async function inOwnProcess(name: string): Promise<Part> {
  console.error(`  ${name} ...`);
  const { stdout } = await promisify(execFile)(process.execPath, [...process.execArgv, process.argv[1]!, `plan/${name}`]);
  return JSON.parse(stdout) as Part;
}

/** Ours and the arc program on the same problem. */
async function against(name: string, workload: string, target?: number): Promise<{ row: BenchRow; ours: Part; arcs: Part }> {
  const ours = await inOwnProcess(`${name}:ours`);
  const arcs = await inOwnProcess(`${name}:arcs`);
  if (arcs.costCny === null || Math.abs(arcs.costCny - ours.costCny!) > 2e-6 * arcs.costCny) {
    throw new Error(`${name}: plan ${ours.costCny}, arc program ${arcs.costCny}`);
  }
  const row: BenchRow = {
    bench: "plan",
    workload: `${workload}: ${arcs.columns} columns x ${arcs.rows} rows as arcs`,
    ours: "column generation",
    oursMs: ours.ms,
    oursPeakMb: ours.peakMb,
    peer: "HiGHS, arc program whole",
    peerMs: arcs.ms,
    peerPeakMb: arcs.peakMb,
    ratio: arcs.ms / ours.ms,
    ...(target === undefined ? {} : { target }),
    note: ours.note,
  };
  return { row, ours, arcs };
}

export async function run(): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  const growth: { columns: number; ours: number; arcs: number }[] = [];
  for (const { name, size, target } of SIZES) {
    const { row, ours, arcs } = await against(name, name, target);
    if (size.slack === 2) growth.push({ columns: arcs.columns, ours: ours.ms, arcs: arcs.ms });
    rows.push(row);
  }
  const columns = growth.map((each) => each.columns);
  const exponent = (times: number[]): number => growthExponent(columns, times);
  const [ours, theirs] = [exponent(growth.map((each) => each.ours)), exponent(growth.map((each) => each.arcs))];
  rows.push({
    ...alone("growth of time with columns, S to L", Number.NaN),
    ratio: ours,
    unit: "exp",
    note: `the arc program's: ${theirs.toFixed(2)}`,
  });

  const large = await inOwnProcess("large");
  rows.push({
    ...alone(`500 rows x 52 weeks, 400 services, at most ${SECONDS.large} s`, large.ms, large),
    ratio: large.gap,
    unit: "gap",
    target: 1e-6,
    isLimit: true,
  });
  const tenTimes = await inOwnProcess("ten times");
  rows.push({
    ...alone(`2,000 rows x 104 weeks, 6,440 services, stopped after ${SECONDS["ten times"]} s`, tenTimes.ms, tenTimes),
    ratio: tenTimes.peakMb / 1024,
    unit: "GB",
    target: 8,
    isLimit: true,
  });

  rows.push((await against("some weeks", `built-in network, ${SOME_WEEKS.weeks} weeks, ${SOME_WEEKS.rows} rows`)).row);
  const year = await inOwnProcess("year");
  rows.push({
    ...alone(`built-in network, ${YEAR.weeks} weeks, ${YEAR.rows} rows, at most ${SECONDS.year} s`, year.ms, year),
    ratio: year.gap,
    unit: "gap",
    target: 1e-6,
    isLimit: true,
    note: `laid out in ${(year.prepareMs / 1000).toFixed(1)} s before; ${year.note}`,
  });
  return rows;
}

/** A row without a peer. */
function alone(workload: string, oursMs: number, { peakMb: oursPeakMb, note }: Partial<Part> = {}): Omit<BenchRow, "ratio"> {
  return {
    bench: "plan",
    workload,
    ours: "column generation",
    oursMs,
    ...(oursPeakMb === undefined ? {} : { oursPeakMb }),
    peer: "",
    peerMs: Number.NaN,
    ...(note === undefined ? {} : { note }),
  };
}

function noteOf(problem: PlanProblem, plan: PlanSolution): string {
  const full = plan.prices.filter((price) => price > 0).length / problem.resources.length;
  const { rounds, columns, rows, simplexIterations } = plan.work;
  const whole = roundPlan(problem, plan);
  const moves = problem.graphs.reduce((sum, { head }) => sum + head.length, 0);
  return [
    `gap ${plan.proof.gap.toExponential(1)}`,
    `${problem.commodities.length} lots, ${moves} dated moves`,
    `${rounds} rounds, ${columns} chains, ${rows} rows, ${simplexIterations} iterations`,
    `${(100 * full).toFixed(0)} % of limits priced`,
    `whole vehicles +${((100 * whole.roundingCny) / plan.costCny.total).toFixed(4)} %`,
  ].join("; ");
}
