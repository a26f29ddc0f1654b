import { type FigureRecord, type Plan, type Problem, type Source, type Text, dateOf } from "../model/index.ts";
import type { EvidenceShares } from "../routing/index.ts";
import { planDefaults } from "./defaults.ts";
import type { PlanNetwork } from "./plan-network.ts";
import type { PlanRanking } from "./plan-ranking.ts";
import { type BottleneckResult, bottlenecksResult } from "./result-bottlenecks.ts";
import { datedUses } from "./result-dates.ts";
import { type PlanFlowResult, carriedFlows } from "./result-flows.ts";
import { cny, round } from "./result-numbers.ts";
import { type PlanServiceResult, servicesResult } from "./result-services.ts";
import { type TargetResult, targetResult } from "./result-target.ts";
import {
  type CorridorResult,
  type PlanRowResult,
  type TotalsResult,
  type WeekResult,
  corridorsResult,
  evidenceResult,
  rowsResult,
  totalsResult,
  weeksResult,
} from "./result-totals.ts";
import { type UnservedResult, unservedResult } from "./result-unserved.ts";
import type { WholePlan } from "./round.ts";
import type { PlanSolution } from "./solve.ts";

export const planVersion = 1;

interface InvestmentResult {
  id: string;
  title?: Text;
  units: number;
  most: number;
  costCny: number;
}

interface ContractResult {
  id: string;
  title?: Text;
  slots: number;
  used: number;
  shortfallCny: number;
}

/** What a demand, a network and a plan come to. Amounts are CNY for the whole horizon unless they say `a vehicle`. */
export interface PlanStudy {
  horizon: { from: string; weeks: number };
  totals: TotalsResult;
  proof: {
    status: "optimal" | "stopped";
    /** The plan that may split vehicles, and what no plan can cost less than, CNY. */
    primalCny: number;
    boundCny: number;
    gap: number;
    largestViolation: number;
    /** What whole vehicles cost more than split ones. */
    wholeVehiclesCny: number;
    /** The reported lines are rounded to the fen three times a vehicle, the solver's costs are not: how far they differ. */
    fenRoundingCny: number;
  };
  work: { rounds: number; columns: number; passes: number; nodes: number; lots: number; events: number; moves: number; limits: number };
  rows: PlanRowResult[];
  weeks: WeekResult[];
  corridors: CorridorResult[];
  services: PlanServiceResult[];
  bottlenecks: BottleneckResult[];
  investments: InvestmentResult[];
  contracts: ContractResult[];
  unserved: UnservedResult[];
  evidence: EvidenceShares;
  flows: PlanFlowResult[];
  /** Assumptions of the plan itself that were in force. */
  assumptions: Record<string, FigureRecord | number>;
  target?: TargetResult;
}

/** A plan's result as it stands in a file. */
export interface PlanResult extends PlanStudy {
  schemaVersion: typeof planVersion;
  kind: "yuche-plan";
  scenario: { id: string; title?: Text };
  demandFrom: { kind: "rows" | "builtin" | "file"; year?: string };
  /** What each lever of the scenario is worth, where its plan asks for that. */
  ranking?: PlanRanking;
  /** Names of the places, cargos and corridors that the result speaks of. */
  names: Record<string, Text>;
  sources: Record<string, Source>;
  warnings: Problem[];
}

/** Adds the whole-vehicle plan up from its flows, with prices and reasons from the plan that may split vehicles. */
export function planStudy(plan: PlanNetwork, solution: PlanSolution, whole: WholePlan, terms: Plan): PlanStudy {
  const { horizon, network } = plan;
  const flows = carriedFlows(plan, whole);
  const totals = totalsResult(plan, whole, flows);
  const dates = datedUses(plan, solution, whole);
  return {
    horizon: { from: dateOf(horizon.day), weeks: horizon.weeks },
    totals,
    proof: {
      status: solution.status,
      primalCny: solution.proof.primalCny,
      boundCny: solution.proof.boundCny,
      gap: solution.proof.gap,
      largestViolation: Math.max(solution.proof.largestViolation, whole.largestViolation),
      wholeVehiclesCny: round(whole.roundingCny, 2),
      fenRoundingCny: round(totals.totalCny - whole.costCny.total, 2),
    },
    work: workOf(plan, solution),
    rows: rowsResult(plan, flows),
    weeks: weeksResult(plan, whole, flows),
    corridors: corridorsResult(flows, horizon.weeks),
    services: servicesResult(plan, dates, flows),
    bottlenecks: bottlenecksResult(plan, dates, terms),
    investments: investmentsResult(plan, whole, terms),
    contracts: contractsResult(plan, whole, terms),
    unserved: unservedResult(plan, solution, whole),
    evidence: evidenceResult(flows),
    flows: flows.map(({ result }) => result),
    assumptions: assumptionsOf(terms),
    ...(terms.target === undefined ? {} : { target: targetResult(network.data, terms.target, flows) }),
  };
}

function workOf({ problem, lots }: PlanNetwork, { work }: PlanSolution): PlanStudy["work"] {
  return {
    rounds: work.rounds,
    columns: work.columns,
    passes: work.passes,
    nodes: work.nodes,
    lots: lots.length,
    events: problem.graphs.reduce((sum, graph) => sum + graph.nodeCount, 0),
    moves: problem.graphs.reduce((sum, graph) => sum + graph.head.length, 0),
    limits: problem.resources.length,
  };
}

function investmentsResult({ problem }: PlanNetwork, whole: WholePlan, terms: Plan): InvestmentResult[] {
  return problem.investments.map(({ id, most, costCny }, i) => {
    const title = terms.investments?.[i]?.title;
    const units = whole.units[i]!;
    return { id, ...(title === undefined ? {} : { title }), units, most, costCny: cny(units * costCny * 100) };
  });
}

function contractsResult({ book }: PlanNetwork, whole: WholePlan, terms: Plan): ContractResult[] {
  return (terms.contracts ?? []).map(({ id, title }, index) => {
    const resource = book.meanings.findIndex((m) => m.kind === "contract" && m.contract === index);
    const minimum = book.resources[resource]!.minimum!;
    return {
      id,
      ...(title === undefined ? {} : { title }),
      slots: minimum.amount,
      used: round(whole.used[resource]!, 3),
      shortfallCny: cny(whole.shortfall[resource]! * minimum.shortfallCny * 100),
    };
  });
}

function assumptionsOf(terms: Plan): PlanStudy["assumptions"] {
  const of = (figure: Plan["lostMarginPercent"], otherwise: FigureRecord): FigureRecord | number =>
    figure === undefined ? otherwise : typeof figure === "number" ? figure : "value" in figure ? figure : otherwise;
  return {
    lostMarginPercent: of(terms.lostMarginPercent, planDefaults.lostMarginPercent),
    latenessCnyPerDay: of(terms.latenessCnyPerDay, planDefaults.latenessCnyPerDay),
  };
}
