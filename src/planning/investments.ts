import type { Plan, PlanInvestment, Service } from "../model/index.ts";
import type { NetworkData } from "../network/index.ts";

/** Id of the service that an investment in departures adds. */
export function addedServiceId(investment: PlanInvestment): string {
  return `${investment.departures!.service}--${investment.id}`;
}

/**
 * The network with the departures that could be bought: a copy of each service named, with a timetable of its own. Its slots exist only once it is bought
 * (the plan's resources start from zero). Rules that name the service hold for the copy too.
 */
export function withInvestments(data: NetworkData, plan: Plan | undefined, from: string): NetworkData {
  const added: Service[] = [];
  const copies = new Map<string, string[]>();
  for (const investment of plan?.investments ?? []) {
    if (investment.departures === undefined) continue;
    const original = data.services.find(({ id }) => id === investment.departures!.service);
    if (original === undefined) continue;
    const id = addedServiceId(investment);
    const { departures, enabled: _enabled, ...rest } = original;
    const time = typeof departures === "object" && "time" in departures && departures.time !== undefined ? { time: departures.time } : {};
    added.push({
      ...rest,
      id,
      departures: { perWeek: investment.departures.perWeek, from, ...time },
      ...(investment.title === undefined ? {} : { name: investment.title }),
    });
    copies.set(original.id, [...(copies.get(original.id) ?? []), id]);
  }
  if (added.length === 0) return data;
  const rules = data.rules.map((rule) =>
    rule.services === undefined ? rule : { ...rule, services: rule.services.flatMap((id) => [id, ...(copies.get(id) ?? [])]) },
  );
  return { ...data, rules, services: [...data.services, ...added].sort((a, b) => (a.id < b.id ? -1 : 1)) };
}
