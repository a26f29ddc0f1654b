import { localDay, localMinute } from "../model/index.ts";
import { type Network, type Sums, addGroup, always, matchesCargo, never, wheels } from "../network/index.ts";
import type { ShipmentTerms } from "./state-graph.ts";

/** One piece of time with the same duty: ad-valorem rate on CIF, and what is charged per vehicle. */
export interface DutyPiece {
  from: number;
  until: number;
  rate: number;
  dutyFen: number;
  feeFen: number;
  /** Duties that apply, by index into the area's list. */
  applied: number[];
}

/** Duty and fees by minute of import clearance. Without customs or under DAP one piece of zeros. */
export interface DutySchedule {
  area: string | undefined;
  pieces: DutyPiece[];
  /** Least and greatest rate that can apply. */
  leastRate: number;
  greatestRate: number;
  /** Least amount that any import pays on the vehicle's own value. */
  leastFen: number;
}

const none: DutySchedule = {
  area: undefined,
  pieces: [{ from: always, until: never, rate: 0, dutyFen: 0, feeFen: 0, applied: [] }],
  leastRate: 0,
  greatestRate: 0,
  leastFen: 0,
};

export function makeDutySchedule(network: Network, terms: ShipmentTerms, crossesCustoms: boolean): DutySchedule {
  if (!crossesCustoms || !terms.paysDuty) return none;
  const area = network.territoryNames[network.territory[terms.destination]!]!;
  const duties = network.duties.get(area);
  if (duties === undefined) return none;
  const country = network.country[terms.destination]!;
  const zone = network.zone[terms.destination]!;
  const { load } = terms;
  const matching = duties
    .map((duty, index) => ({ ...duty, index }))
    .filter(
      ({ duty }) =>
        matchesCargo(duty.when, load.cargo) &&
        (duty.countries === undefined || duty.countries.includes(country)) &&
        (duty.kind !== "preference" || terms.claimsPreference),
    );
  const firstDay = localDay(terms.readyMinute, zone);
  const lastDay = localDay(terms.horizonMinute, zone) + 1;
  const cuts = new Set<number>([firstDay]);
  for (const { from, until } of matching) {
    if (from > firstDay && from <= lastDay) cuts.add(from);
    if (until >= firstDay && until < lastDay) cuts.add(until + 1);
  }
  const days = [...cuts].sort((a, b) => a - b);
  const pieces = days.map((day, i): DutyPiece => {
    const here = matching.filter((d) => d.from <= day && d.until >= day);
    const amounts = here.map((d) => {
      const sums: Sums = { fen: 0, freight: 0 };
      addGroup(network, load, d.group, wheels, 0, -2, sums);
      return { ...d, ratio: d.rate < 0 ? 0 : network.figures.values[d.rate]! / 100, fen: sums.fen };
    });
    const base = amounts
      .filter((d) => d.duty.kind === "mfn" || d.duty.kind === "preference")
      .sort((a, b) => a.ratio * load.valueFen + a.fen - (b.ratio * load.valueFen + b.fen) || a.index - b.index)[0];
    const others = amounts.filter((d) => d.duty.kind === "countervailing" || d.duty.kind === "additional");
    const fees = amounts.filter((d) => d.duty.kind === "fee");
    const applied = [...(base === undefined ? [] : [base]), ...others, ...fees];
    return {
      from: i === 0 ? always : localMinute(day, 0, zone),
      until: i + 1 < days.length ? localMinute(days[i + 1]!, 0, zone) - 1 : never,
      rate: applied.reduce((sum, d) => sum + d.ratio, 0),
      dutyFen: applied.filter((d) => d.duty.kind !== "fee").reduce((sum, d) => sum + d.fen, 0),
      feeFen: fees.reduce((sum, d) => sum + d.fen, 0),
      applied: applied.map((d) => d.index),
    };
  });
  const rates = pieces.map((p) => p.rate);
  return {
    area,
    pieces,
    leastRate: Math.min(...rates),
    greatestRate: Math.max(...rates),
    leastFen: Math.min(...pieces.map((p) => Math.round(p.rate * load.valueFen) + p.dutyFen + p.feeFen)),
  };
}

export function dutyPieceAt(schedule: DutySchedule, minute: number): DutyPiece {
  for (const piece of schedule.pieces) if (minute <= piece.until) return piece;
  return schedule.pieces.at(-1)!;
}
