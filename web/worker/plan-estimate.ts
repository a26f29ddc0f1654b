import type { Figure, Operation, Service } from "../../src/model/index.ts";
import type { NetworkData } from "../../src/network/index.ts";
import type { PlanView } from "./plan-view.ts";

/** What a changed network would save, from the prices of a plan alone: first order, capacities only. */
export interface PlanEstimate {
  /** CNY over the horizon; below zero where it costs. */
  savingCny: number;
  /** The members it comes from, largest first. */
  from: { member: string; savingCny: number }[];
}

function valueOf(data: NetworkData, figure: Figure | undefined): number | undefined {
  if (figure === undefined || typeof figure === "number") return figure;
  if ("value" in figure) return figure.value;
  return Object.hasOwn(data.figures, figure.use) ? valueOf(data, data.figures[figure.use]) : undefined;
}

/** Slots a week, in the service's unit, leaving seasons aside; undefined where it states none. */
function weeklySlots(data: NetworkData, service: Service): number | undefined {
  if (service.enabled === false) return 0;
  const { departures } = service;
  if (departures === undefined || departures === "on-demand") return valueOf(data, service.weeklySlots);
  const slots = valueOf(data, service.slots);
  if (slots === undefined) return undefined;
  if ("weekly" in departures) return slots * departures.weekly.length;
  if ("perWeek" in departures) return slots * (valueOf(data, departures.perWeek) ?? 0);
  return slots * departures.dates.length;
}

const daily = (data: NetworkData, operation: Operation): number | undefined =>
  operation.enabled === false ? 0 : valueOf(data, operation.dailyVehicles);

/** What there is of a member's capacity, in any unit that both networks share. */
function capacityOf(data: NetworkData, member: string): number | undefined {
  const cut = member.indexOf("/");
  const [list, id] = [member.slice(0, cut), member.slice(cut + 1)];
  if (list === "services") {
    const service = data.services.find((one) => one.id === id);
    return service === undefined ? undefined : weeklySlots(data, service);
  }
  if (list === "pools") return valueOf(data, data.pools.find((one) => one.id === id)?.units);
  if (list === "gates") return valueOf(data, data.gates.find((one) => one.id === id)?.daily);
  if (list === "yards") return valueOf(data, data.yards.find((one) => one.id === id)?.spaces);
  const operation = list === "operations" ? data.operations.find((one) => one.id === id) : undefined;
  return operation === undefined ? undefined : daily(data, operation);
}

/**
 * Price times the growth of each capacity that has a price. The cost of a plan is convex in its capacities, so more of them saves at most this, and less of them
 * costs at least this. Other rates and new services are not in it.
 */
export function estimateFromPrices(prices: PlanView["bottlenecks"], before: NetworkData, after: NetworkData): PlanEstimate {
  const worth = new Map<string, number>();
  for (const { member, worthCny } of prices) if (member !== "") worth.set(member, (worth.get(member) ?? 0) + worthCny);
  const from: PlanEstimate["from"] = [];
  for (const [member, cny] of worth) {
    const [old, now] = [capacityOf(before, member), capacityOf(after, member)];
    if (old === undefined || now === undefined || old <= 0 || old === now) continue;
    from.push({ member, savingCny: cny * (now / old - 1) });
  }
  from.sort((a, b) => Math.abs(b.savingCny) - Math.abs(a.savingCny) || (a.member < b.member ? -1 : 1));
  return { savingCny: from.reduce((sum, one) => sum + one.savingCny, 0), from };
}
