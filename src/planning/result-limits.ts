import { type Plan, type Text, poolKinds } from "../model/index.ts";
import { type ResourceMeaning, slotUnits } from "./capacity.ts";
import type { PlanNetwork } from "./plan-network.ts";

/** What a limit is counted in. `truck-week`: one truck for a week; `space-week` likewise. */
export const limitUnits = [
  ...slotUnits,
  "departure",
  ...poolKinds.map((kind) => `${kind}-week` as const),
  "space-week",
  "tonne",
  "CNY",
] as const;
export type LimitUnit = (typeof limitUnits)[number];

/** Path of a limit without its date. */
export function limitPath({ network, book }: PlanNetwork, resource: number): string {
  const meaning = book.meanings[resource]!;
  switch (meaning.kind) {
    case "departure":
    case "weekly":
      return `services/${book.serviceId(meaning.service)}`;
    case "tariff": {
      const tariff = network.services[meaning.service]!.tariffs?.[meaning.tariff];
      return `services/${book.serviceId(meaning.service)}/tariffs/${tariff?.id ?? meaning.tariff}`;
    }
    case "operation":
      return `operations/${network.operations[meaning.operation]!.operation.id}/${network.locationIds[meaning.location]!}`;
    case "pool":
      return `pools/${network.data.pools[meaning.pool]!.id}`;
    case "gate":
      return `gates/${network.data.gates[meaning.gate]!.id}`;
    case "yard":
      return `yards/${network.data.yards[meaning.yard]!.id}`;
    default:
      return book.resources[resource]!.id;
  }
}

export function limitName({ network, book }: PlanNetwork, meaning: ResourceMeaning, terms: Plan): Text {
  switch (meaning.kind) {
    case "departure":
    case "weekly":
    case "tariff":
      return network.services[meaning.service]!.name ?? book.serviceId(meaning.service);
    case "operation": {
      const { operation } = network.operations[meaning.operation]!;
      return operation.name ?? operation.id;
    }
    case "pool":
      return network.data.pools[meaning.pool]!.name;
    case "gate":
      return network.data.gates[meaning.gate]!.name;
    case "yard": {
      const yard = network.data.yards[meaning.yard]!;
      return yard.name ?? yard.id;
    }
    case "contract":
      return terms.contracts?.[meaning.contract]?.title ?? terms.contracts?.[meaning.contract]?.id ?? "";
    case "share":
      return terms.shares?.[meaning.share]?.title ?? terms.shares?.[meaning.share]?.id ?? "";
    case "co2e":
      return { zh: "碳排放上限", en: "CO2e limit" };
    case "cost":
      return { zh: "费用上限", en: "cost limit" };
  }
}

export function limitUnit(plan: PlanNetwork, meaning: ResourceMeaning): LimitUnit {
  switch (meaning.kind) {
    case "departure":
    case "weekly":
    case "tariff":
      return plan.book.unit(meaning.service);
    case "pool":
      return `${plan.network.data.pools[meaning.pool]!.kind}-week`;
    case "gate":
      return plan.network.data.gates[meaning.gate]!.unit;
    case "yard":
      return "space-week";
    case "co2e":
      return "tonne";
    case "cost":
      return "CNY";
    default:
      return "vehicle";
  }
}
