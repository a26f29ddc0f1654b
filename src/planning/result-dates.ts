import type { ResourceMeaning } from "./capacity.ts";
import type { PlanNetwork } from "./plan-network.ts";
import type { WholePlan } from "./round.ts";
import type { PlanSolution } from "./solve.ts";
import { BINDING, sizeOf } from "./tolerances.ts";

/** A limit on one date: a departure with all its stretches, a week, or the whole horizon. */
export interface DatedUse {
  /** First of its resources. */
  resource: number;
  meaning: ResourceMeaning;
  /** In the limit's unit; of several stretches the one that is most used. */
  slots: number;
  used: number;
  /** Some stretch is full. */
  isFull: boolean;
  /** What one more unit saves, CNY, and price times capacity; stretches add up. */
  price: number;
  worth: number;
}

/** Every limit on every date, in the order in which they were met; departures and weeks of a service without slots are left out. */
export function datedUses({ book }: PlanNetwork, solution: PlanSolution, whole: WholePlan): DatedUse[] {
  const dates = new Map<string, DatedUse>();
  book.meanings.forEach((meaning, resource) => {
    const [slots, used, price] = [whole.capacity[resource]!, whole.used[resource]!, solution.prices[resource]!];
    const isOfService = meaning.kind === "departure" || meaning.kind === "weekly";
    if (isOfService && !(slots > 0 || used > 0)) return;
    const isFull = price > 0 || slots - used < BINDING * sizeOf(slots);
    const worth = price > 0 ? price * solution.capacity[resource]! : 0;
    const key = meaning.kind === "departure" ? `${meaning.service}/${meaning.row}` : String(resource);
    const known = dates.get(key);
    if (known === undefined) {
      dates.set(key, { resource, meaning, slots, used, isFull, price, worth });
      return;
    }
    if (used > known.used) [known.slots, known.used] = [slots, used];
    known.isFull ||= isFull;
    known.price += price;
    known.worth += worth;
  });
  return [...dates.values()];
}
