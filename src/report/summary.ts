import { type CostLine, type Problem, costLines } from "../model/index.ts";
import { evidenceBases } from "../network/index.ts";
import type { TransportChain } from "../routing/index.ts";
import type { ScenarioResult } from "../scenario/index.ts";
import { winnersOf } from "./compare-text.ts";

/** One row of the summary: a shipment by an option. Absent cells stay empty. */
export type SummaryRow = Partial<Record<SummaryColumn | SweepColumn, string | number>>;
/** What a sweep changed: `sweep.` and the path. */
export type SweepColumn = `sweep.${string}`;

const leading = [
  "scenario",
  "shipment",
  "from",
  "to",
  "cargo",
  "quantity",
  "ready",
  "due",
  "terms",
  "option",
  "status",
  "reason",
  "reasonZh",
  "wins",
  "corridor",
  "gateway",
  "services",
  "chain",
  "costCny",
  "costLowCny",
  "costHighCny",
  "logisticsCny",
  "days",
  "arrivalDate",
  "slackDays",
  "onTimeChance",
  "co2eKg",
  "distanceKm",
  "nextDeparture",
  "decisiveFigure",
  "chains",
] as const;
const shares = evidenceBases.map((basis) => `${basis}Share` as const);
/** `main-carriage` has the column `mainCarriageCny`. */
const amountColumn = (line: CostLine) => `${line.replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())}Cny` as const;
const amounts = costLines.map(amountColumn);
export type SummaryColumn = (typeof leading)[number] | (typeof shares)[number] | (typeof amounts)[number];
export const summaryColumns: readonly SummaryColumn[] = [...leading, ...shares, ...amounts];

/** Rows of a result: the best chain of every option and each chain that wins over all options, and a row with the reason where an option has none. */
export function summaryRows(result: Pick<ScenarioResult, "scenario" | "shipments">): SummaryRow[] {
  return result.shipments.flatMap((shipment) => {
    const winners = winnersOf(shipment);
    return shipment.options.flatMap(({ option, chains, missing }): SummaryRow[] => {
      const base: SummaryRow = {
        scenario: result.scenario.id,
        shipment: shipment.id,
        from: shipment.from,
        to: shipment.to,
        cargo: shipment.cargo,
        quantity: shipment.quantity,
        ready: shipment.ready,
        terms: shipment.terms,
        option,
        chains: chains.length,
        ...(shipment.due === undefined ? {} : { due: shipment.due }),
      };
      if (chains.length === 0)
        return [{ ...base, status: "none", ...(missing === undefined ? {} : { reason: missing.reason.en, reasonZh: missing.reason.zh }) }];
      const winsOf = (chain: TransportChain) => winners.find((w) => w.chain === chain)?.wins ?? [];
      return chains
        .filter((chain, i) => i === 0 || winsOf(chain).length > 0)
        .map((chain) => ({ ...base, status: "ok", wins: winsOf(chain).join(" "), ...chainCells(chain) }));
    });
  });
}

function chainCells(chain: TransportChain): SummaryRow {
  const row: SummaryRow = {
    corridor: chain.corridor,
    gateway: chain.gateway,
    services: chain.services.join(" "),
    chain: chain.id,
    costCny: chain.cost.cny,
    costLowCny: chain.cost.range.low,
    costHighCny: chain.cost.range.high,
    logisticsCny: chain.cost.logisticsCny,
    days: chain.time.days,
    arrivalDate: chain.time.arrivalDate,
    ...(chain.due === undefined ? {} : { slackDays: chain.due.slackDays, onTimeChance: chain.due.onTimeChance }),
    co2eKg: chain.co2eKg,
    distanceKm: chain.distanceKm,
    ...(chain.nextDepartures[0] === undefined ? {} : { nextDeparture: chain.nextDepartures[0] }),
    ...(chain.evidence.decisive === undefined ? {} : { decisiveFigure: chain.evidence.decisive.figure }),
  };
  for (const basis of evidenceBases) row[`${basis}Share`] = chain.evidence.cost[basis];
  for (const line of costLines) if (chain.cost.lines[line] !== undefined) row[amountColumn(line)] = chain.cost.lines[line];
  return row;
}

/** The row of a scenario that could not be run: it is in the table, not dropped. */
export function failedRow(name: string, problems: readonly Problem[]): SummaryRow {
  const first = problems.find((p) => p.severity === "error") ?? problems[0];
  const where = first === undefined || first.path === "" ? [] : [first.path];
  return {
    scenario: name,
    status: "failed",
    ...(first === undefined ? {} : { reason: [...where, first.message.en].join(": "), reasonZh: [...where, first.message.zh].join("：") }),
  };
}

export function hasNoWay(result: Pick<ScenarioResult, "shipments">): boolean {
  return result.shipments.some((s) => s.options.every((o) => o.chains.length === 0));
}
