import { leftBehind } from "./explain-limits.ts";
import type { PlanNetwork } from "./plan-network.ts";
import { limitPath } from "./result-limits.ts";
import { round } from "./result-numbers.ts";
import type { WholePlan } from "./round.ts";
import type { PlanSolution } from "./solve.ts";

export interface UnservedResult {
  row: string;
  vehicles: number;
  reason: "no-way" | "too-dear" | "limits";
  /** Paths of the limits in the way, as in the bottlenecks. */
  limits: string[];
  /** Weeks in which they are ready, and how many of them in each. */
  weeks: number[];
  perWeek: number[];
  /** Cheapest chain if there were no limits, CNY a vehicle; left out where there is no way. */
  cheapestCny?: number;
}

/** What stays behind, by row and reason. */
export function unservedResult(plan: PlanNetwork, solution: PlanSolution, whole: WholePlan): UnservedResult[] {
  const { lots, rows, leastCny } = plan;
  const found = new Map<string, UnservedResult>();
  const reasons = new Map(leftBehind(plan.problem, solution).map((left) => [left.commodity, left]));
  whole.unserved.forEach((vehicles, commodity) => {
    if (vehicles < 0.5) return;
    const lot = lots[commodity]!;
    const left = reasons.get(commodity);
    // Left behind only because vehicles are whole: the last fraction of a slot.
    const reason = left?.reason ?? "limits";
    const limits = [...new Set((left?.limits ?? []).map(({ resource }) => limitPath(plan, resource)))];
    const row = rows[lot.row]!.id;
    const key = `${row} ${reason}`;
    const known = found.get(key);
    const cheapest = leastCny[commodity]!;
    if (known === undefined)
      found.set(key, {
        row,
        vehicles,
        reason,
        limits,
        weeks: [lot.week + 1],
        perWeek: [vehicles],
        ...(Number.isFinite(cheapest) ? { cheapestCny: round(cheapest, 2) } : {}),
      });
    else {
      known.vehicles += vehicles;
      known.limits = [...new Set([...known.limits, ...limits])];
      known.weeks.push(lot.week + 1);
      known.perWeek.push(vehicles);
    }
  });
  return [...found.values()].sort((a, b) => b.vehicles - a.vehicles || (a.row < b.row ? -1 : 1));
}
