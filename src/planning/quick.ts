import { type Box, type Costs, lagrangianBound, leastCost, netPrices, noDuals } from "./bound.ts";
import { addUp, type PlanFlow } from "./check-plan.ts";
import type { Duals } from "./master.ts";
import type { Pricing } from "./pricing.ts";
import type { PlanProblem } from "./problem.ts";
import { QUICK_GAP, SMALLEST_FLOW, STALL, sizeOf } from "./tolerances.ts";

export interface QuickPlan {
  flows: PlanFlow[];
  /** CNY; Infinity if something that must not stay behind did. */
  costCny: number;
  bound: number;
  duals: Duals;
}

/** Last steps, those whose chains are worth keeping: a plan is a mix of them. */
const KEPT_STEPS = 60;
/** The climb has stalled when the bound rises by less than `STALL` in so many steps. */
const STALL_STEPS = 25;
/** First step after which the plan is filled anew before the end; then at each doubling. Dearer than a step, and only the climb's target gains by it. */
const FIRST_FILL = 64;

/**
 * A first plan without a linear program: prices of limits by the volume algorithm (Barahona and Anbil 2000; one backward pass a group and step), then
 * vehicles are sent along their cheapest open chain under those prices while there is room. The gap between the two is proven, typically a few per cent.
 * @param keep given the cheapest chains of the last steps: with them the first linear program is nearly the last.
 * @param start prices to begin with; every step's chains are kept then.
 */
export function quickPlan(
  problem: PlanProblem,
  pricing: Pricing,
  capacities: Float64Array,
  box: Box,
  steps: number,
  isStopped: () => boolean,
  keep: (commodity: number, arcs: Int32Array, length: number) => void,
  start?: Duals,
): QuickPlan {
  let duals = start ?? noDuals(problem);
  let plan = fill(problem, pricing, capacities, duals);
  let bound = -Infinity;
  let filled = duals;
  const refill = (): void => {
    if (filled === duals) return;
    filled = duals;
    const again = fill(problem, pricing, capacities, duals);
    if (again.costCny < plan.costCny) plan = again;
  };
  if (problem.commodities.every(({ unservedCny }) => unservedCny < Infinity)) {
    let isKeeping = false;
    const climb = createClimb(problem, pricing, capacities, box, leastCost(problem), duals, (commodity, arcs, length) => {
      if (isKeeping) keep(commodity, arcs, length);
    });
    let last = steps;
    let before = -Infinity;
    for (let step = 1; step <= last && !isStopped(); step++) {
      if (step % STALL_STEPS === 0 && last === steps) {
        if (bound - before < STALL * sizeOf(bound)) last = Math.min(steps, step + KEPT_STEPS);
        before = bound;
      }
      isKeeping = start !== undefined || last < steps || step > steps - KEPT_STEPS;
      climb.step(plan.costCny);
      if (climb.bound > bound) ({ bound, duals } = { bound: climb.bound, duals: climb.duals });
      if (step >= FIRST_FILL && (step & (step - 1)) === 0) refill();
      if (plan.costCny - bound <= QUICK_GAP * sizeOf(plan.costCny)) break;
    }
    refill();
  }
  return { ...plan, bound, duals };
}

/** How the climb paces itself: found by trial on networks of several sizes, seeds and degrees of congestion. */
const PACE = { first: 0.1, most: 2, least: 1e-4, up: 1.1, down: 0.8, misses: 3 };
/** Share of the newest slope in the mean one, lessened together with the pace. */
const NEWEST = { first: 0.1, least: 0.01, down: 0.95 };

interface Climb {
  step(target: number): void;
  readonly bound: number;
  readonly duals: Duals;
}

function createClimb(
  problem: PlanProblem,
  pricing: Pricing,
  capacities: Float64Array,
  box: Box,
  costs: Costs,
  start: Duals,
  seen: (commodity: number, arcs: Int32Array, length: number) => void,
): Climb {
  const { graphs, commodities, resources } = problem;
  const size = resources.length;
  let center = start;
  let bound = -Infinity;
  let pace = PACE.first;
  let newest = NEWEST.first;
  let misses = 0;
  const slope = new Float64Array(size);
  const mean = new Float64Array(size);
  let isFirst = true;

  const look = (duals: Duals): number => {
    for (let i = 0; i < size; i++) slope[i] = -capacities[i]!;
    return lagrangianBound(problem, pricing, capacities, duals, box, costs, (commodity, _cost, arcs, length) => {
      seen(commodity, arcs, length);
      const { graph, quantity } = commodities[commodity]!;
      const { firstUse, useOf, useAmount } = graphs[graph]!;
      for (let i = 0; i < length; i++) {
        for (let use = firstUse[arcs[i]!]!; use < firstUse[arcs[i]! + 1]!; use++) slope[useOf[use]!]! += quantity * useAmount[use]!;
      }
    });
  };

  return {
    get bound() {
      return bound;
    },
    get duals() {
      return center;
    },
    step(target) {
      if (isFirst) {
        bound = look(center);
        mean.set(slope);
        isFirst = false;
      }
      let norm = 0;
      for (let i = 0; i < size; i++) {
        const wanted = mean[i]!;
        if (wanted === -Infinity || (wanted < 0 && center.capacity[i] === 0)) continue;
        norm += wanted * wanted;
      }
      if (norm === 0) return;
      const length = (pace * Math.max(target - bound, 1e-6 * sizeOf(target))) / norm;
      const capacity = new Float64Array(size);
      for (let i = 0; i < size; i++) if (mean[i] !== -Infinity) capacity[i] = Math.max(0, center.capacity[i]! + length * mean[i]!);
      const next: Duals = { ...center, capacity };
      const found = look(next);
      let agreement = 0;
      for (let i = 0; i < size; i++) {
        if (slope[i] === -Infinity) continue;
        agreement += slope[i]! * mean[i]!;
        mean[i] = mean[i] === -Infinity ? slope[i]! : mean[i]! + newest * (slope[i]! - mean[i]!);
      }
      if (found > bound) {
        bound = found;
        center = next;
        misses = 0;
        if (agreement > 0) pace = Math.min(PACE.most, pace * PACE.up);
      } else if (++misses >= PACE.misses) {
        pace = Math.max(PACE.least, pace * PACE.down);
        newest = Math.max(NEWEST.least, newest * NEWEST.down);
        misses = 0;
      }
    },
  };
}

/** Sends vehicles along their cheapest open chain under the prices, in rounds, until nothing more fits or pays. */
function fill(problem: PlanProblem, pricing: Pricing, capacities: Float64Array, duals: Duals): { flows: PlanFlow[]; costCny: number } {
  const { commodities, resources, investments } = problem;
  const room = Float64Array.from(capacities);
  const left = Float64Array.from(commodities, ({ quantity }) => quantity);
  const flows = sendAll(problem, pricing, duals, room, left, false);
  const totals = addUp(problem, flows, new Float64Array(investments.length));
  const isComplete = commodities.every(({ unservedCny }, i) => unservedCny < Infinity || totals.unserved[i]! <= SMALLEST_FLOW);
  const isKept = resources.every((_, i) => totals.used[i]! <= capacities[i]! + SMALLEST_FLOW * sizeOf(capacities[i]!));
  return { flows, costCny: isComplete && isKept ? totals.costCny.total : Infinity };
}

/**
 * Sends what is left along the cheapest chain that has room, under the prices, until nothing more fits or pays. Lessens `room` and `left` by what it
 * sends; never sends so much that a room falls below zero.
 * @param isWhole sends whole vehicles only.
 */
export function sendAll(
  { graphs, commodities, resources }: PlanProblem,
  pricing: Pricing,
  duals: Duals,
  room: Float64Array,
  left: Float64Array,
  isWhole: boolean,
): PlanFlow[] {
  const flows: PlanFlow[] = [];
  const take = new Float64Array(resources.length);
  const touched = new Set<number>();
  const least = isWhole ? 1 : SMALLEST_FLOW;
  const open = pricing.open(netPrices(duals), room, least);
  const sendSome = (): boolean =>
    open.run(
      (commodity) => left[commodity]! >= least,
      (commodity, cost, path) => {
        if (cost === Infinity) return false;
        const { graph, unservedCny } = commodities[commodity]!;
        const { costCny, firstUse, useOf, useAmount } = graphs[graph]!;
        const { arcs, length } = path.read();
        let own = 0;
        for (let i = 0; i < length; i++) {
          const arc = arcs[i]!;
          own += costCny[arc]!;
          for (let use = firstUse[arc]!; use < firstUse[arc + 1]!; use++) {
            touched.add(useOf[use]!);
            take[useOf[use]!]! += useAmount[use]!;
          }
        }
        let vehicles = own < unservedCny ? left[commodity]! : 0;
        for (const resource of touched) if (take[resource]! > 0) vehicles = Math.min(vehicles, room[resource]! / take[resource]!);
        if (isWhole) vehicles = Math.floor(vehicles);
        const moves = vehicles >= least;
        for (const resource of touched) {
          if (moves) {
            room[resource]! -= vehicles * take[resource]!;
            open.update(resource);
          }
          take[resource] = 0;
        }
        touched.clear();
        if (!moves) return false;
        left[commodity]! -= vehicles;
        flows.push({ commodity, arcs: arcs.slice(0, length), vehicles, costCny: own });
        return true;
      },
    );
  while (sendSome());
  return flows;
}
