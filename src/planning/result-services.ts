import type { Mode, Text } from "../model/index.ts";
import { dataId } from "../network/index.ts";
import type { PlanNetwork } from "./plan-network.ts";
import type { DatedUse } from "./result-dates.ts";
import type { CarriedFlow } from "./result-flows.ts";
import type { LimitUnit } from "./result-limits.ts";
import { round } from "./result-numbers.ts";

/** Slots of a service over the horizon. A row of several stops counts the stretch that is fullest. */
export interface PlanServiceResult {
  service: string;
  name: Text;
  mode: Mode;
  corridor?: string;
  unit: LimitUnit;
  /** Departures that were open to some vehicle; those whose every slot is taken. */
  departures: number;
  full: number;
  slots: number;
  used: number;
  /** Vehicles carried. */
  vehicles: number;
  /** What one more slot on every departure would save a departure, CNY a slot. */
  meanPriceCny: number;
  weeks: { week: number; slots: number; used: number; priceCny: number }[];
}

/** The services that carry something, the most used first. */
export function servicesResult(plan: PlanNetwork, dates: readonly DatedUse[], flows: readonly CarriedFlow[]): PlanServiceResult[] {
  const carriedBy = new Map<string, number>();
  for (const { result } of flows)
    for (const service of new Set(result.services)) carriedBy.set(service, (carriedBy.get(service) ?? 0) + result.vehicles);
  return [...usesByService(plan, dates)]
    .map(([service, uses]) => serviceResult(plan, service, uses, carriedBy.get(plan.book.serviceId(service)) ?? 0))
    .filter((s) => s.used > 0 || plan.horizon.weeks < 2)
    .sort((a, b) => b.used - a.used || (a.service < b.service ? -1 : 1));
}

interface WeekUse extends DatedUse {
  week: number;
}

function usesByService({ book }: PlanNetwork, dates: readonly DatedUse[]): Map<number, WeekUse[]> {
  const found = new Map<number, WeekUse[]>();
  for (const date of dates) {
    const { meaning } = date;
    if (meaning.kind !== "departure" && meaning.kind !== "weekly") continue;
    const week = meaning.kind === "departure" ? book.week(meaning.minute) : meaning.week;
    const known = found.get(meaning.service);
    if (known === undefined) found.set(meaning.service, [{ ...date, week }]);
    else known.push({ ...date, week });
  }
  return found;
}

function serviceResult({ network, book }: PlanNetwork, service: number, uses: readonly WeekUse[], vehicles: number): PlanServiceResult {
  const definition = network.services[service]!;
  const sum = (amount: (use: WeekUse) => number) => uses.reduce((total, use) => total + amount(use), 0);
  return {
    service: book.serviceId(service),
    name: definition.name ?? dataId(definition.id),
    mode: definition.mode,
    ...(definition.corridor === undefined ? {} : { corridor: definition.corridor }),
    unit: book.unit(service),
    departures: uses.length,
    full: uses.filter(({ isFull }) => isFull).length,
    slots: round(
      sum((use) => use.slots),
      3,
    ),
    used: round(
      sum((use) => use.used),
      3,
    ),
    vehicles,
    meanPriceCny: uses.length === 0 ? 0 : round(sum((use) => use.price) / uses.length, 2),
    weeks: weeksOf(uses),
  };
}

function weeksOf(uses: readonly WeekUse[]): PlanServiceResult["weeks"] {
  const weeks = new Map<number, Pick<WeekUse, "week" | "slots" | "used" | "price"> & { count: number }>();
  for (const { week, slots, used, price } of uses) {
    const known = weeks.get(week) ?? { week, slots: 0, used: 0, price: 0, count: 0 };
    weeks.set(week, { week, slots: known.slots + slots, used: known.used + used, price: known.price + price, count: known.count + 1 });
  }
  return [...weeks.values()]
    .sort((a, b) => a.week - b.week)
    .map(({ week, slots, used, price, count }) => ({
      week: week + 1,
      slots: round(slots, 3),
      used: round(used, 3),
      priceCny: round(price / count, 2),
    }));
}
