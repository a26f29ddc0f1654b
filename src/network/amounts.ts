import { carriageLine, chargeUnits, firstUnitPerKm } from "./charges.ts";
import type { Load } from "./load.ts";
import type { Network } from "./network.ts";

const unitCount = chargeUnits.length;

/**
 * Amount of one charge component in whole fen per vehicle (1 CNY = 100 fen). Rounded here and nowhere else: every total is a sum of these,
 * so totals equal their lines exactly.
 */
export function componentFen(network: Network, load: Load, component: number, form: number, km: number): number {
  const { charges, figures } = network;
  const unit = charges.unit[component]!;
  let amount = figures.values[charges.figure[component]!]! * load.multiplier[form * unitCount + unit]!;
  if (unit >= firstUnitPerKm) amount *= km;
  const currency = charges.currency[component]!;
  if (currency >= 0) amount *= figures.values[currency]!;
  return Math.round(amount * 100);
}

/** Sums of a walk over charge groups; reused, never allocated in loops. */
export interface Sums {
  /** Everything. */
  fen: number;
  /** The part on the carriage line and the border line: what counts into CIF value outside the country of export. */
  freight: number;
}

export function addGroup(network: Network, load: Load, group: number, form: number, km: number, borderLine: number, sums: Sums): void {
  const { start, line } = network.charges;
  for (let c = start[group]!; c < start[group + 1]!; c++) {
    const fen = componentFen(network, load, c, form, km);
    sums.fen += fen;
    if (line[c] === carriageLine || line[c] === borderLine) sums.freight += fen;
  }
}
