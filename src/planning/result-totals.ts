import { type CostLine, costLines, dateOf } from "../model/index.ts";
import { evidenceBases } from "../network/index.ts";
import type { EvidenceShares, Option } from "../routing/index.ts";
import type { PlanNetwork } from "./plan-network.ts";
import { type CarriedFlow, groupFlows, overVehicles } from "./result-flows.ts";
import { cny, round } from "./result-numbers.ts";
import type { WholePlan } from "./round.ts";

/** Amounts are CNY for the whole horizon unless they say `a vehicle`. */
export interface TotalsResult {
  demand: number;
  carried: number;
  unserved: number;
  /** Lines of the transport cost; with late, unserved, shortfall and investment they add up to `totalCny`. */
  lines: Partial<Record<CostLine, number>>;
  transportCny: number;
  lateCny: number;
  unservedCny: number;
  shortfallCny: number;
  investmentCny: number;
  totalCny: number;
  costPerVehicleCny: number;
  logisticsPerVehicleCny: number;
  days: number;
  co2eTonnes: number;
  exportValueCny: number;
}

export interface PlanRowResult {
  row: string;
  cargo: string;
  from: string;
  to: string;
  quantity: number;
  carried: number;
  unserved: number;
  /** CNY and days a carried vehicle. */
  costCny: number;
  days: number;
  co2eKg: number;
}

export interface WeekResult {
  week: number;
  from: string;
  demand: number;
  carried: number;
  unserved: number;
}

export interface CorridorResult {
  option: Option;
  corridor: string;
  vehicles: number;
  /** A vehicle. */
  costCny: number;
  days: number;
  co2eKg: number;
  /** Vehicles by week. */
  weeks: number[];
}

export function totalsResult({ problem }: PlanNetwork, whole: WholePlan, flows: readonly CarriedFlow[]): TotalsResult {
  const demand = problem.commodities.reduce((sum, { quantity }) => sum + quantity, 0);
  const carried = overVehicles(flows, () => 1);
  const perVehicle = (sum: number) => (carried === 0 ? 0 : round(sum / carried, 2));
  const fen = overVehicles(flows, (flow) => flow.fen);
  const transportCny = cny(fen);
  const lateCny = cny(overVehicles(flows, ({ result }) => result.lateCny) * 100);
  const unservedCny = cny(whole.costCny.unserved * 100);
  const shortfallCny = cny(whole.costCny.shortfall * 100);
  const investmentCny = cny(whole.costCny.investment * 100);
  return {
    demand,
    carried,
    unserved: demand - carried,
    lines: linesOf(flows),
    transportCny,
    lateCny,
    unservedCny,
    shortfallCny,
    investmentCny,
    totalCny: cny((transportCny + lateCny + unservedCny + shortfallCny + investmentCny) * 100),
    costPerVehicleCny: perVehicle(fen / 100),
    logisticsPerVehicleCny: perVehicle(overVehicles(flows, (flow) => flow.fen - flow.dutyFen) / 100),
    days: perVehicle(overVehicles(flows, ({ result }) => result.days)),
    co2eTonnes: round(overVehicles(flows, ({ grams }) => grams) / 1e6, 3),
    exportValueCny: cny(overVehicles(flows, ({ valueFen }) => valueFen)),
  };
}

/** The lines that some flow has. */
function linesOf(flows: readonly CarriedFlow[]): TotalsResult["lines"] {
  const found = costLines.filter((line) => flows.some(({ lines }) => lines[line] !== undefined));
  return Object.fromEntries(found.map((line) => [line, cny(overVehicles(flows, ({ lines }) => lines[line] ?? 0))]));
}

/** Shares of the transport cost by basis. */
export function evidenceResult(flows: readonly CarriedFlow[]): EvidenceShares {
  const sums = evidenceBases.map((each) => overVehicles(flows, ({ basis }) => basis[each]));
  const all = sums.reduce((total, sum) => total + sum, 0);
  return Object.fromEntries(evidenceBases.map((each, i) => [each, all === 0 ? 0 : round(sums[i]! / all, 4)])) as EvidenceShares;
}

export function rowsResult({ rows, network }: PlanNetwork, flows: readonly CarriedFlow[]): PlanRowResult[] {
  const byRow = groupFlows(flows, ({ row }) => row);
  return rows.map((row, i): PlanRowResult => {
    const own = byRow.get(i) ?? [];
    const carried = overVehicles(own, () => 1);
    const perVehicle = (sum: number) => (carried === 0 ? 0 : round(sum / carried, 2));
    return {
      row: row.id,
      cargo: network.data.cargos[row.cargo]!.id,
      from: network.locationIds[row.origin]!,
      to: network.locationIds[row.destination]!,
      quantity: row.quantity,
      carried,
      unserved: row.quantity - carried,
      costCny: perVehicle(overVehicles(own, ({ fen }) => fen) / 100),
      days: perVehicle(overVehicles(own, ({ result }) => result.days)),
      co2eKg: perVehicle(overVehicles(own, ({ result }) => result.co2eKg)),
    };
  });
}

export function weeksResult({ problem, lots, horizon }: PlanNetwork, whole: WholePlan, flows: readonly CarriedFlow[]): WeekResult[] {
  const weeks = Array.from({ length: horizon.weeks }, (_, w): WeekResult => ({
    week: w + 1,
    from: dateOf(horizon.day + 7 * w),
    demand: 0,
    carried: 0,
    unserved: 0,
  }));
  for (const { week, result } of flows) weeks[week]!.carried += result.vehicles;
  problem.commodities.forEach(({ quantity }, c) => {
    const week = weeks[lots[c]!.week]!;
    week.demand += quantity;
    week.unserved += whole.unserved[c]!;
  });
  return weeks;
}

/** What takes each option and corridor, the most used first. */
export function corridorsResult(flows: readonly CarriedFlow[], weekCount: number): CorridorResult[] {
  return [...groupFlows(flows, ({ result }) => `${result.option} ${result.corridor}`).values()]
    .map((own): CorridorResult => {
      const { option, corridor } = own[0]!.result;
      const vehicles = overVehicles(own, () => 1);
      const perVehicle = (amount: (flow: CarriedFlow) => number) => round(overVehicles(own, amount) / vehicles, 2);
      const weeks = Array.from({ length: weekCount }, () => 0);
      for (const { week, result } of own) weeks[week]! += result.vehicles;
      return {
        option,
        corridor,
        vehicles,
        costCny: perVehicle(({ result }) => result.costCny),
        days: perVehicle(({ result }) => result.days),
        co2eKg: perVehicle(({ result }) => result.co2eKg),
        weeks,
      };
    })
    .sort((a, b) => b.vehicles - a.vehicles || (a.corridor + a.option < b.corridor + b.option ? -1 : 1));
}
