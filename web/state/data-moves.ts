import type { Option } from "../../src/routing/index.ts";
import type { ShipmentResult } from "../../src/scenario/index.ts";
import type { Baseline } from "../worker/whatif.ts";
import type { Measure } from "./address.ts";
import { costOf } from "./chains.ts";

export interface Measured {
  cny: number;
  days: number;
}

/** The cheapest chain of an option before and after the changes; absent where there is none. */
export interface Move {
  option: Option;
  before?: Measured;
  after?: Measured;
}

/** What moves when figures are changed: the cheapest chain of each option, before and after. An option without a chain on both sides is left out. */
export function movesOf(before: readonly Baseline[], after: ShipmentResult, measure: Measure): Move[] {
  return after.options.flatMap(({ option, chains }): Move[] => {
    const was = before.find((b) => b.option === option);
    const is = chains[0];
    if (was === undefined && is === undefined) return [];
    return [
      {
        option,
        ...(was === undefined ? {} : { before: { cny: measure === "landed" ? was.cny : was.logisticsCny, days: was.days } }),
        ...(is === undefined ? {} : { after: { cny: costOf(is, measure), days: is.time.days } }),
      },
    ];
  });
}

/** A difference too small to show: less than half of the last digit. */
export const isStill = (difference: number, digits: number): boolean => Math.abs(difference) < 0.5 * 10 ** -digits;
