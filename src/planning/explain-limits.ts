import { createPricing } from "./pricing.ts";
import type { PlanProblem } from "./problem.ts";
import type { PlanSolution } from "./solve.ts";
import { BINDING, SMALLEST_FLOW, sizeOf } from "./tolerances.ts";

/** A limit that is full, with what one more unit of it would save. */
export interface BindingLimit {
  resource: number;
  /** CNY a unit; 0 where it is full but has no worth of its own. */
  priceCny: number;
  used: number;
  capacity: number;
}

/** The limits that cost money, dearest first in all: price times capacity, which is what the limit is worth to the plan. */
export function bottlenecks(plan: PlanSolution): BindingLimit[] {
  const found: (BindingLimit & { worth: number })[] = [];
  const typical = plan.prices.reduce((most, price) => Math.max(most, price), 0);
  for (const [resource, priceCny] of plan.prices.entries()) {
    if (priceCny <= BINDING * typical) continue;
    const capacity = plan.capacity[resource]!;
    found.push({ resource, priceCny, used: plan.used[resource]!, capacity, worth: priceCny * Math.max(1, capacity) });
  }
  found.sort((a, b) => b.worth - a.worth || a.resource - b.resource);
  return found.map(({ worth: _worth, ...limit }) => limit);
}

/** Why vehicles of a commodity stay behind. */
export interface LeftBehind {
  commodity: number;
  vehicles: number;
  /**
   * `no-way`: nothing leads to the market in time. `too-dear`: there is room on the cheapest chain, but it costs more than leaving the vehicle behind.
   * `limits`: every chain that is worth it runs into a full limit.
   */
  reason: "no-way" | "too-dear" | "limits";
  /** The cheapest chain if there were no limits, CNY a vehicle; Infinity for `no-way`. */
  cheapestCny: number;
  /** Full limits on that chain, in the order in which the vehicle meets them; empty unless the reason is `limits`. */
  limits: BindingLimit[];
}

/** What stays behind and why, by commodity. */
export function leftBehind(problem: PlanProblem, plan: PlanSolution): LeftBehind[] {
  const { commodities, graphs, resources } = problem;
  const found: LeftBehind[] = [];
  const isLeft = (commodity: number): boolean => plan.unserved[commodity]! > SMALLEST_FLOW * sizeOf(commodities[commodity]!.quantity) * 1e3;
  if (!commodities.some((_, commodity) => isLeft(commodity))) return found;
  createPricing(problem).run(new Float64Array(resources.length), (commodity, cheapestCny, path) => {
    if (!isLeft(commodity)) return;
    const { graph, unservedCny } = commodities[commodity]!;
    const base = { commodity, vehicles: plan.unserved[commodity]!, cheapestCny };
    if (cheapestCny === Infinity) {
      found.push({ ...base, reason: "no-way", limits: [] });
      return;
    }
    const { firstUse, useOf, useAmount } = graphs[graph]!;
    const { arcs, length } = path.read();
    const limits = new Map<number, BindingLimit>();
    for (let i = 0; i < length; i++) {
      for (let use = firstUse[arcs[i]!]!; use < firstUse[arcs[i]! + 1]!; use++) {
        const resource = useOf[use]!;
        const capacity = plan.capacity[resource]!;
        const used = plan.used[resource]!;
        const priceCny = plan.prices[resource]!;
        const isFull = capacity - used <= BINDING * sizeOf(capacity);
        if (useAmount[use]! > 0 && (isFull || priceCny > 0)) limits.set(resource, { resource, priceCny, used, capacity });
      }
    }
    const isTooDear = cheapestCny >= unservedCny || limits.size === 0;
    found.push({ ...base, reason: isTooDear ? "too-dear" : "limits", limits: isTooDear ? [] : [...limits.values()] });
  });
  return found.sort((a, b) => a.commodity - b.commodity);
}
