type Both = { zh: string; en: string };

/** What stands in each other's way: by number, as in the problem. Irreducible: without any one of them there is a plan. */
export interface PlanConflict {
  /** Commodities that must be carried in full. */
  commodities: number[];
  /** Resources whose capacity they ask too much of. */
  resources: number[];
}

export type PlanErrorCode = "infeasible" | "bad-problem" | "too-large" | "stopped" | "solver";

/** Why there is no plan, in words a planner can act on. */
export class PlanError extends Error {
  readonly code: PlanErrorCode;
  readonly text: Both;
  readonly hint: Both;
  readonly conflict: PlanConflict | undefined;

  constructor(code: PlanErrorCode, text: Both, hint: Both, conflict?: PlanConflict) {
    super(text.en);
    this.name = "PlanError";
    this.code = code;
    this.text = text;
    this.hint = hint;
    this.conflict = conflict;
  }
}
