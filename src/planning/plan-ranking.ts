import type { Lever, Text } from "../model/index.ts";

/** What levers are ranked by in a plan: all that is paid and lost, then vehicles, their share and value, and one vehicle's cost, days and CO2e. */
export const planMeasures = ["totalCny", "carried", "sharePercent", "exportValueCny", "costCny", "days", "co2eKg"] as const;
export type PlanMeasure = (typeof planMeasures)[number];

/**
 * One value for each measure. `totalCny` is the plan's objective (transport, lateness, vehicles left behind, investments) before vehicles are made whole;
 * `sharePercent` of the nation's exports stands only where the plan has a target; `costCny`, `days` and `co2eKg` are means of a carried vehicle.
 */
export type PlanMeasures<T> = Record<Exclude<PlanMeasure, "sharePercent">, T> & Partial<Record<"sharePercent", T>>;

/** A change of a measure, with the least and the most it becomes when one parameter at a time goes to an end of its range. */
export interface PlanEffect {
  value: number;
  low: number;
  high: number;
}

/** A parameter of a lever with the value in use and its range; `basis` says what the lever's own value rests on, and is left out where the scenario sets another. */
export interface RankedParameter {
  name: string;
  title: { zh: string; en: string };
  unit: string;
  value: number;
  low: number;
  high: number;
  basis?: "published" | "derived" | "assumed";
}

export interface RankedPlanLever {
  id: string;
  kind: Lever["kind"];
  title: { zh: string; en: string };
  documents: { document: "A" | "B"; paragraph: string }[];
  parameters: RankedParameter[];
  /** The plan with it less the plan without any lever. */
  alone: PlanMeasures<PlanEffect>;
  /** The plan of the bundle less that of the bundle without it. */
  marginal: PlanMeasures<number>;
}

/** What each policy lever of a scenario is worth to its plan, every one solved anew and exactly. */
export interface PlanRanking {
  /** First weeks of the horizon that were planned for it, and all its weeks. Amounts are for the former. */
  weeks: number;
  of: number;
  /** Vehicles wanted in those weeks, without any lever. */
  demand: number;
  /** A difference of `totalCny` below this is not proven: the widest gap between two plans and their bounds. */
  accuracyCny: number;
  baseline: PlanMeasures<number>;
  bundle: PlanMeasures<number>;
  /** Sum of what each does alone, what all do together, and the difference: levers that get in each other's way, or help each other. */
  interaction: PlanMeasures<{ sumAlone: number; bundle: number; interaction: number }>;
  /** Largest saving alone first. */
  levers: RankedPlanLever[];
}

/** A ranking as it stands in a file of its own. */
export interface PlanRankResult extends PlanRanking {
  schemaVersion: 1;
  kind: "yuche-plan-rank";
  scenario: { id: string; title?: Text };
}
