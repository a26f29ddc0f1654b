/**
 * Every tolerance of the plan solver, each with its reason. Nothing else in this folder compares with a small number of its own.
 */

/** Relative gap between plan and lower bound at which the linear plan counts as exact: CNY 1 in a million. */
export const GAP = 1e-6;

/** Gap at which the quick first plan is the answer: its prices are as good as its gap, and a larger one would show in them. */
export const QUICK_GAP = 1e-12;

/** Relative gap from which on the simplex does the rest, and every answer is made one that breaks no limit: what is left takes it few steps. */
export const NEARLY_DONE = 1e-5;

/** Loosest relative tolerance asked of interior point, however far away the bound still is. */
export const LOOSEST = 1e-3;

/** Share by which the quick plan's bound must still rise in 25 steps: below it, linear programs get farther in the same time. */
export const STALL = 1e-3;

/** What the linear programs may break a row or a bound by (HiGHS's own default), in vehicles and slots. */
export const PRIMAL_FEASIBILITY = 1e-7;

/** Same for reduced costs, in scaled costs: see `costScale` in `master.ts`, which brings the dearest cost to about a thousand. */
export const DUAL_FEASIBILITY = 1e-7;

/** A chain joins the master only if it saves more than this share of a typical cost a vehicle; less is noise of the duals. */
export const REDUCED_COST = 1e-9;

/** Vehicles that may be without a place where none may be left behind: the sum of what the linear program may break its rows by. */
export const LEFT_OVER = 1e-5;

/** A limit joins the master when it is broken by more than this share of its size (or of one unit, if it is less). */
export const ROW_VIOLATION = 1e-7;

/** What a finished plan may break a limit by, as a share of its size: ten times what the solver is allowed, for sums over many chains. */
export const LARGEST_VIOLATION = 1e-6;

/** Flows below this many vehicles are dropped: they are rounding noise of a basis. */
export const SMALLEST_FLOW = 1e-9;

/** A limit with less than this share of its capacity left counts as full; a price below this share of a typical cost counts as none. */
export const BINDING = 1e-6;

/** Units of an investment nearer to a whole number than this are whole. */
export const INTEGRAL = 1e-6;

/** The objective recomputed from the reported flows may differ from the master's by this share: the sum of many rounded terms. */
export const OBJECTIVE = 1e-7;

/** |value| + 1 as the yardstick of relative comparisons, so that they also work at zero. */
export const sizeOf = (value: number): number => 1 + Math.abs(value);
