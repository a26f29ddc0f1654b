import type { Highs } from "highs";
import { feasibilityOnly } from "./bound.ts";
import { type Bench, type Relaxation, seekFeasibility } from "./generate.ts";
import { createMaster } from "./master.ts";
import { createPathPool } from "./paths.ts";
import { type PlanConflict, PlanError } from "./plan-error.ts";
import { createPricing } from "./pricing.ts";
import type { PlanProblem } from "./problem.ts";
import { LEFT_OVER } from "./tolerances.ts";

/**
 * Says why there is no plan: an irreducible set of demand rows that must be carried and limits that do not let them. The multipliers of the infeasible
 * program name a sufficient set (Farkas), from which whatever can be spared is left out, in ever smaller pieces.
 */
export async function conflictIn(highs: Highs, problem: PlanProblem): Promise<PlanError> {
  const resources = new Set(problem.resources.keys());
  const commodities = new Set([...problem.commodities.keys()].filter((i) => problem.commodities[i]!.unservedCny === Infinity));
  const first = await check(highs, problem);
  if (first.primal <= LEFT_OVER) {
    return new PlanError(
      "infeasible",
      { zh: "在投资只能取整数的条件下没有可行方案", en: "There is no plan with whole units of the investments" },
      { zh: "请提高预算，或允许购买更多单位。", en: "Raise the budget or the most units that can be bought." },
    );
  }
  for (const resource of problem.resources.keys())
    if (!(first.duals.capacity[resource]! > 0) && problem.resources[resource]!.capacity >= 0) resources.delete(resource);
  const holds = async (): Promise<boolean> => (await check(highs, relaxed(problem, commodities, resources))).primal > LEFT_OVER;
  // A multiplier lost to rounding would make the named set insufficient: start from everything then.
  if (!(await holds())) for (const resource of problem.resources.keys()) resources.add(resource);
  await shrink(commodities, holds);
  await shrink(resources, holds);
  return infeasible(problem, { commodities: [...commodities].sort((a, b) => a - b), resources: [...resources].sort((a, b) => a - b) });
}

/** Leaves out what can be spared, first halves, then quarters, at last one by one. */
async function shrink(set: Set<number>, holds: () => Promise<boolean>): Promise<void> {
  for (let size = Math.ceil(set.size / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    const all = [...set];
    for (let i = 0; i < all.length; i += size) {
      const piece = all.slice(i, i + size);
      for (const each of piece) set.delete(each);
      if (!(await holds())) for (const each of piece) set.add(each);
    }
  }
}

/** The problem in which only the given demand rows must be carried and only the given limits hold. */
function relaxed(problem: PlanProblem, commodities: Set<number>, resources: Set<number>): PlanProblem {
  return {
    ...problem,
    commodities: problem.commodities.map((each, i) =>
      commodities.has(i) ? each : { ...each, unservedCny: Math.min(each.unservedCny, 0) },
    ),
    resources: problem.resources.map((each, i) => (resources.has(i) ? each : { ...each, capacity: Infinity })),
  };
}

async function check(highs: Highs, problem: PlanProblem): Promise<Relaxation> {
  const capacities = Float64Array.from(problem.resources, ({ capacity }) => capacity);
  const pool = createPathPool(problem);
  const master = createMaster(highs, problem, pool, capacities);
  try {
    const bench: Bench = {
      problem,
      capacities,
      pool,
      pricing: createPricing(problem),
      master,
      gap: 0,
      interiorFrom: Infinity,
      isStopped: () => false,
      onRound: () => undefined,
      counters: { rounds: 0 },
    };
    const { investments } = problem;
    const box = { lower: new Float64Array(investments.length), upper: Float64Array.from(investments, ({ most }) => most) };
    return await seekFeasibility(bench, box, feasibilityOnly(problem));
  } finally {
    master.dispose();
  }
}

function infeasible({ commodities, resources }: PlanProblem, conflict: PlanConflict): PlanError {
  const rows = named(conflict.commodities.map((i) => commodities[i]!.id));
  const limits = named(conflict.resources.map((i) => resources[i]!.id));
  if (conflict.resources.length === 0) {
    return new PlanError(
      "infeasible",
      { zh: `必须运走的需求没有任何可走的路线：${rows.zh}`, en: `Demand that must be carried has no way at all: ${rows.en}` },
      {
        zh: "请延长期限、开通服务，或给这些需求一个未运价格。",
        en: "Allow more time, add a service, or give that demand a price for being left behind.",
      },
      conflict,
    );
  }
  return new PlanError(
    "infeasible",
    { zh: `没有可行方案：${rows.zh} 与 ${limits.zh} 相互冲突`, en: `There is no plan: ${rows.en} and ${limits.en} cannot both hold` },
    { zh: "放宽其中任何一项即可。", en: "Relaxing any one of them is enough." },
    conflict,
  );
}

function named(ids: string[]): { zh: string; en: string } {
  const shown = ids.slice(0, 5);
  const rest = ids.length - shown.length;
  return {
    zh: shown.join("、") + (rest > 0 ? ` 等 ${ids.length} 项` : ""),
    en: shown.join(", ") + (rest > 0 ? ` and ${rest} more` : ""),
  };
}
