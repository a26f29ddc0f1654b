import { between, type Box, type Costs, feasibilityOnly, lagrangianBound, leastCost, netPrices, noDuals } from "./bound.ts";
import { type Duals, hasHardLimits, type Master } from "./master.ts";
import type { PathPool } from "./paths.ts";
import type { Pricing } from "./pricing.ts";
import type { PlanProblem } from "./problem.ts";
import { GAP, LEFT_OVER, LOOSEST, NEARLY_DONE, REDUCED_COST, sizeOf } from "./tolerances.ts";

/** Share of the best bound's prices in the first prices tried. */
const FIRST_SMOOTHING = 0.5;

/** Steps of the simplex in a round, for each row, above which interior point takes less time. */
export const INTERIOR_FROM = 1.2;
/**
 * While a round brings plan and bound nearer by a twentieth, prices need not be exact: the simplex stops after so many steps a row. What it leaves undone the next
 * round undoes in part anyway.
 */
const NEARER = 0.95;
const SHORT = 0.25;
/** So many times closer to the bound than the plan at hand is a plan worth having before the end. */
const MUCH_BETTER = 5;

export interface Bench {
  problem: PlanProblem;
  capacities: Float64Array;
  pool: PathPool;
  pricing: Pricing;
  master: Master;
  /** Stop at this relative gap. */
  gap: number;
  /** Interior point takes over after a round of so many simplex steps a row. */
  interiorFrom: number;
  /** True once someone wants no more. */
  isStopped: () => boolean;
  /** Told once a round; may wait, so that a worker can listen to its page. */
  onRound: (round: { primal: number; bound: number }) => Promise<void> | void;
  counters: { rounds: number };
}

export interface RelaxedPlan {
  /** CNY. */
  primal: number;
  /** Vehicles on each path of the pool, by number. */
  flows: Map<number, number>;
  /** Units of each investment; they need not be whole. */
  units: Float64Array;
}

export interface Relaxation {
  status: "optimal" | "stopped" | "infeasible" | "above-cutoff";
  /** Cost of the master's last answer that breaks no limit, CNY. */
  primal: number;
  /** No plan within the box costs less, CNY. */
  bound: number;
  /** Multipliers of the best bound. */
  duals: Duals;
  /** The plan that costs `primal`; undefined if that is infinite. */
  plan: RelaxedPlan | undefined;
}

/**
 * Column generation: solve the master, add broken limits, price all paths, add those that pay, until the Lagrangian bound meets the master's cost or
 * nothing pays any more. Prices are smoothed towards those of the best bound (Wentges; the amount of it adapts itself as in Pessoa and others 2018),
 * because the master's own prices swing.
 */
export async function solveRelaxation(bench: Bench, box: Box, start: Duals | undefined, cutoff = Infinity): Promise<Relaxation> {
  const { problem, master } = bench;
  master.boundUnits(box.lower, box.upper);
  if (hasHardLimits(problem)) {
    const found = await seekFeasibility(bench, box, feasibilityOnly(problem));
    if (found.status === "stopped") return { ...found, primal: Infinity, bound: -Infinity, plan: undefined };
    if (found.primal > LEFT_OVER) return { ...found, status: "infeasible", primal: Infinity, bound: Infinity, plan: undefined };
    master.seekFeasibility(false);
  }
  return descend(bench, box, leastCost(problem), start ?? noDuals(problem), cutoff, false);
}

/** How many vehicles cannot be placed (and units of capacities below nothing not be met), as a relaxation of its own: 0 means that there is a plan. */
export async function seekFeasibility(bench: Bench, box: Box, costs: Costs): Promise<Relaxation> {
  bench.master.boundUnits(box.lower, box.upper);
  bench.master.seekFeasibility(true);
  return descend(bench, box, costs, noDuals(bench.problem), Infinity, true);
}

async function descend(bench: Bench, box: Box, costs: Costs, start: Duals, cutoff: number, isPhaseOne: boolean): Promise<Relaxation> {
  const { problem, capacities, pool, pricing, master, gap, interiorFrom, isStopped, onRound, counters } = bench;
  let center = start;
  let best = lagrangianBound(problem, pricing, capacities, center, box, costs);
  let primal = Infinity;
  let plan: RelaxedPlan | undefined;
  let smoothing = FIRST_SMOOTHING;
  const least = costs.arcs === 0 ? REDUCED_COST : REDUCED_COST * master.typicalCost;
  const used = new Float64Array(capacities.length);
  // Limits that have a price are about to be full: better in the first program than found broken one after another.
  master.addLimits([...start.capacity.keys()].filter((resource) => start.capacity[resource]! > 0));
  let answer = master.solve();
  // Large programs whose rounds take the simplex too many steps are left to interior point until they are nearly done; once, then the simplex ends what is left.
  let method: "simplex" | "inside" | "simplex to the end" = "simplex";
  // The first round begins from nothing and says little.
  let worked = Infinity;
  // Gap of the plan at hand a round ago.
  let before = Infinity;
  for (;;) {
    // Far from the end an answer that breaks limits, or was stopped on its way, is priced as it is. Only one that is optimal and breaks none is the cost of a
    // plan: worth its programs where it will be much better than the plan at hand.
    const far = Math.max(NEARLY_DONE, spreadOf(Math.min(primal, cutoff), best) / MUCH_BETTER);
    const wantsNoMore = isStopped();
    // There is a plan at hand: who wants no more gets that, at once.
    const isLeft = wantsNoMore && !isPhaseOne && Math.min(primal, cutoff) < Infinity;
    const isFar = !wantsNoMore && !isPhaseOne && (!answer.isOptimal || spreadOf(answer.objective, best) > far);
    // What comes from the inside is never exact.
    let isClean = master.addBrokenRows() === 0 && answer.isOptimal && method !== "inside";
    while (!(isClean || isFar || isLeft || method === "inside")) {
      answer = master.solve();
      isClean = master.addBrokenRows() === 0;
    }
    if (isClean) {
      primal = answer.objective;
      plan = { primal, flows: master.flows(), units: master.units().slice() };
    }
    counters.rounds++;
    const done = (status: Relaxation["status"]): Relaxation => ({ status, primal, bound: best, duals: center, plan });
    if (isLeft) return done("stopped");
    if (isPhaseOne && primal <= LEFT_OVER) return { ...done("optimal"), bound: 0 };

    const added: number[] = [];
    let share = smoothing;
    for (let attempt = 1; added.length === 0; attempt++) {
      const at = share > 0 ? between(answer.duals, center, share) : answer.duals;
      used.fill(0);
      const net = netPrices(answer.duals);
      const bound = lagrangianBound(problem, pricing, capacities, at, box, costs, (commodity, _cost, arcs, length) => {
        const { graph, quantity } = problem.commodities[commodity]!;
        const { costCny, firstUse, useOf, useAmount } = problem.graphs[graph]!;
        let reduced = -answer.commodity[commodity]!;
        for (let i = 0; i < length; i++) {
          const arc = arcs[i]!;
          reduced += costs.arcs * costCny[arc]!;
          for (let use = firstUse[arc]!; use < firstUse[arc + 1]!; use++) {
            used[useOf[use]!]! += quantity * useAmount[use]!;
            reduced += net[useOf[use]!]! * useAmount[use]!;
          }
        }
        if (reduced >= -least) return;
        const path = pool.add(commodity, arcs, length);
        // An answer from the inside prices its own chains only nearly right.
        if (!master.has(path)) added.push(path);
      });
      if (share > 0 && attempt === 1) smoothing = adapted(smoothing, slopeTowards(used, capacities, answer.duals, at));
      if (bound > best) {
        best = bound;
        center = at;
      }
      if (isGapClosed(primal, best, gap) || share === 0) break;
      share = Math.max(0, 1 - (attempt + 1) * (1 - smoothing));
      if (share < 0.05) share = 0;
    }
    await onRound({ primal: Math.min(primal, cutoff), bound: best });
    const spread = spreadOf(answer.objective, best);
    if (method === "inside") {
      const isNearlyDone = spread <= NEARLY_DONE || added.length === 0 || best > cutoff || isStopped();
      master.addPaths(added);
      const next = isNearlyDone ? undefined : master.approach(Math.min(LOOSEST, spread / 10));
      if (next === undefined) method = "simplex to the end";
      answer = next ?? master.solveAnew();
      continue;
    }
    if (isClean && (isGapClosed(primal, best, gap) || added.length === 0)) {
      // The master's own prices are those of a corner: cleaner than smoothed ones, if they prove the same.
      const plain = lagrangianBound(problem, pricing, capacities, answer.duals, box, costs);
      if (isGapClosed(primal, plain, gap) || plain >= best) {
        best = Math.max(best, plain);
        center = answer.duals;
      }
      return done("optimal");
    }
    if (best > cutoff) return done("above-cutoff");
    if (isClean && isStopped()) return done("stopped");
    master.addPaths(added);
    const known = spreadOf(Math.min(primal, cutoff), best);
    const isShort = !isPhaseOne && method === "simplex" && SHORT < interiorFrom && known > NEARLY_DONE && known < NEARER * before;
    before = known;
    const isSlow = answer.isOptimal && spread > NEARLY_DONE && master.iterations - worked >= interiorFrom * master.rowCount;
    worked = master.iterations;
    const next = method === "simplex" && isSlow ? master.approach(Math.min(LOOSEST, spread / 10)) : undefined;
    if (next !== undefined) method = "inside";
    answer = next ?? master.solve(isShort ? Math.ceil(SHORT * master.rowCount) : undefined);
  }
}

const spreadOf = (cost: number, bound: number): number => Math.abs(cost - bound) / sizeOf(bound);

export const isGapClosed = (primal: number, bound: number, gap = GAP): boolean => primal - bound <= gap * sizeOf(primal);

/** How the bound changes on the way from the priced point to the master's own prices. */
function slopeTowards(used: Float64Array, capacities: Float64Array, to: Duals, at: Duals): number {
  let slope = 0;
  for (let resource = 0; resource < used.length; resource++) {
    const step = to.capacity[resource]! - at.capacity[resource]!;
    if (step !== 0) slope += step * (used[resource]! - capacities[resource]!);
  }
  return slope;
}

/** Uphill towards the master's prices: trust them more. Downhill: less. */
function adapted(smoothing: number, slope: number): number {
  return slope > 0 ? Math.max(0, smoothing - 0.1) : Math.min(0.95, smoothing + 0.1 * (1 - smoothing));
}
