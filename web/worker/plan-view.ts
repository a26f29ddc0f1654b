import type { Mode, Problem, Text } from "../../src/model/index.ts";
import type { LimitUnit } from "../../src/planning/index.ts";
import type { Option } from "../../src/routing/index.ts";
import type { Line } from "./lines.ts";

/** Text in both languages of the page. */
export interface Both {
  zh: string;
  en: string;
}

/** Vehicles that become ready in one week (from 0) and go, or stay, together. */
export interface PlanFlowView {
  plant: string;
  market: string;
  cargo: string;
  /** Of the week in which they are ready. */
  week: number;
  vehicles: number;
  option: Option;
  corridor: string;
  gateway: string;
  /** Keys of the runs they are carried on. */
  runs: string[];
}

export interface PlanLeftView {
  plant: string;
  market: string;
  cargo: string;
  week: number;
  vehicles: number;
  reason: "no-way" | "too-dear" | "limits";
  /** Limits in the way, by name. */
  limits: Both[];
}

/** A limit that costs money: what one more unit of it would save. */
export interface BottleneckView {
  id: string;
  /** What it belongs to on the data page: `services/x`, `operations/y`; empty for a limit of the plan itself. */
  member: string;
  name: Text;
  /** Where: a place, or from and to. */
  places: string[];
  /** Weeks (from 0) in which it binds; empty where the result does not say. */
  weeks: number[];
  unit: LimitUnit;
  /** Dearest of its dates, and the mean over the dates on which it is full; CNY a unit. */
  mostCny: number;
  meanCny: number;
  /** Price times capacity over all its dates, CNY: what the limit is worth to the plan. */
  worthCny: number;
  /** Dates or weeks on which it is full, of all on which it could be used. */
  full: number;
  of: number;
}

/** What the Capacity page shows of a plan: made by the worker from its result, small enough to send, complete enough to draw. */
export interface PlanView {
  /** `first`: a quick plan that the exact one will replace. */
  stage: "first" | "exact";
  scenario: { id: string; title?: Text };
  /** First day of week 1. */
  from: string;
  weeks: number;
  totals: {
    demand: number;
    carried: number;
    left: number;
    /** All costs of the plan, CNY. */
    costCny: number;
    /** CNY, days and kg a vehicle carried. */
    perVehicleCny: number;
    days: number;
    co2eKg: number;
    exportValueCny: number;
  };
  /** By week in which vehicles are ready. */
  demand: number[];
  carried: number[];
  /**
   * How full the departures that the plan uses are, by week in which they leave, in vehicles: by corridor (its id), and by mode (`mode:sea`) for services that
   * belong to none.
   */
  corridors: { id: string; used: number[]; capacity: number[] }[];
  flows: PlanFlowView[];
  left: PlanLeftView[];
  /** Stretches by key. */
  runs: Record<string, { mode: Mode; from: string; to: string; line: Line }>;
  bottlenecks: BottleneckView[];
  investments: { id: string; title: Text; units: number; most: number; costCny: number }[];
  target?: { vehicles: number; sharePercent: number; nationalExports: number; exportValueCny?: number };
  proof: {
    isOptimal: boolean;
    primalCny: number;
    boundCny: number;
    gap: number;
    largestViolation: number;
    /** What whole vehicles cost more than vehicles that may be split. */
    roundingCny: number;
    rounds: number;
    columns: number;
  };
  milliseconds: number;
  /** Levers whose worth can be asked for, and the weeks that are planned for it; none where the scenario names none. */
  ranked?: { levers: number; weeks: number };
}

/** `stopped`: before there was any plan. */
export type PlanAnswer = { kind: "plan"; view: PlanView } | { kind: "problems"; problems: Problem[] } | { kind: "stopped" };
