import { type Season, isInSeason, localDay, minutesPerDay, monthDayOf, weekdays } from "../model/index.ts";
import { type Load, type Network, type NetworkData, dataId, multiplierOf, chargeUnits, figureValue } from "../network/index.ts";
import type { Resource } from "./problem.ts";

/** What a resource is, in words of the network: where its capacity comes from and how people see it. */
export type ResourceMeaning =
  | { kind: "departure"; service: number; row: number; run: number; minute: number }
  | { kind: "tariff"; service: number; row: number; tariff: number; minute: number }
  | { kind: "weekly"; service: number; week: number }
  | { kind: "operation"; operation: number; location: number; week: number }
  | { kind: "pool"; pool: number; week: number }
  | { kind: "gate"; gate: number; week: number }
  | { kind: "yard"; yard: number; week: number }
  | { kind: "contract"; contract: number }
  | { kind: "share"; share: number; side: "most" | "least" }
  | { kind: "co2e" }
  | { kind: "cost" };

/** A resource of the plan, and how much of it. */
export interface Use {
  resource: number;
  amount: number;
}

/** Units in which slots are counted. */
export const slotUnits = ["vehicle", "container", "wagon", "frame", "m3", "ceu", "truck"] as const;
export type SlotUnit = (typeof slotUnits)[number];

/** The unit in which a running service counts its slots. */
export function slotUnitOf(network: Network, service: number): SlotUnit {
  const definition = network.services[service]!;
  return definition.slotUnit ?? (definition.form === "container" ? "container" : "vehicle");
}

const unitOf = { wagon: "perWagon", truck: "perTruck", m3: "perM3", ceu: "perCeu" } as const;

/** How much of a slot unit one vehicle of the load takes in a form; NaN where the form has no such unit. */
export function amountOf(load: Load, form: number, unit: SlotUnit): number {
  if (unit === "vehicle") return 1;
  if (unit === "container" || unit === "frame") return load.boxes[form]! > 0 ? load.boxes[form]! : Number.NaN;
  return multiplierOf(load, form, chargeUnits.indexOf(unitOf[unit]));
}

const minutesPerWeek = 7 * minutesPerDay;

/** Mark of a week or a run whose resource was not asked for yet; -1 says that there is none. */
const unmade = -2;

/** Percent of the normal slots that a season leaves on a local day; 100 outside all. */
function seasonPercent(data: NetworkData, seasons: readonly Season[] | undefined, day: number): number {
  const at = monthDayOf(day);
  const year = new Date(day * 86_400_000).getUTCFullYear();
  const number = (monthDay: string) => Number(monthDay.slice(0, 2)) * 100 + Number(monthDay.slice(3, 5));
  for (const season of seasons ?? []) {
    if (season.slotsPercent === undefined || !isInSeason(at, number(season.from), number(season.until))) continue;
    if (season.years !== undefined && !season.years.includes(year)) continue;
    return figureValue(data, season.slotsPercent);
  }
  return 100;
}

/** A commercial limit of the plan that rides of a service count towards: contracts and shares. */
export interface ServiceLimit {
  resource: number;
  /** Amount of one ride: by slot unit (`slots`) or one a vehicle. */
  per: "slots" | "vehicle";
  factor: number;
  /** Only legs that leave the country of origin. */
  mainOnly: boolean;
}

/**
 * All limits that the flows of a plan share, made when they are first met and numbered in that order. One book serves all event graphs of a plan, so that every
 * cargo and market draws on the same slots.
 */
export class CapacityBook {
  readonly resources: Resource[] = [];
  readonly meanings: ResourceMeaning[] = [];
  /** Limits by service that every ride counts towards, set by the plan before the graphs are built. */
  readonly limits = new Map<number, ServiceLimit[]>();
  /** Resources that every vehicle counts towards from its source on, with the amount. */
  readonly perVehicle: { resource: number; amount: number }[] = [];
  co2e = -1;
  cost = -1;
  readonly network: Network;
  /** UTC minute at which week 0 begins. */
  readonly start: number;
  private readonly share: number;
  private readonly known = new Map<string, number>();
  private readonly departureOf = new Map<number, Int32Array>();
  private readonly weeklyOf = new Map<number, Int32Array>();
  private readonly operationOf = new Map<number, Int32Array>();
  private readonly poolOf = new Map<number, Int32Array>();
  private readonly gateOf = new Map<number, Int32Array>();
  private readonly yardOf = new Map<number, Int32Array>();
  private readonly unitCache: (SlotUnit | undefined)[] = [];

  /** `share`: part of all slots and daily capacities that this plan may use. */
  constructor(network: Network, start: number, share = 1) {
    this.network = network;
    this.start = start;
    this.share = share;
  }

  week(minute: number): number {
    return Math.floor((minute - this.start) / minutesPerWeek);
  }

  /** First minute of the week of a minute, and that of the next. */
  weekAround(minute: number): { from: number; until: number } {
    const from = this.start + this.week(minute) * minutesPerWeek;
    return { from, until: from + minutesPerWeek };
  }

  add(resource: Resource, meaning: ResourceMeaning): number {
    this.resources.push(resource);
    this.meanings.push(meaning);
    return this.resources.length - 1;
  }

  unit(service: number): SlotUnit {
    return (this.unitCache[service] ??= slotUnitOf(this.network, service));
  }

  /** Resources by a number within a key (its weeks, its departures' runs); looked up for every arc, so without a text for each. */
  private byNumber(table: Map<number, Int32Array>, key: number, number: number, make: () => number): number {
    let known = table.get(key);
    if (known === undefined) table.set(key, (known = new Int32Array(256).fill(unmade)));
    if (number >= known.length) {
      const longer = new Int32Array(2 * number).fill(unmade);
      longer.set(known);
      table.set(key, (known = longer));
    }
    if (known[number] === unmade) known[number] = make();
    return known[number]!;
  }

  private once(key: string, make: () => { capacity: number; meaning: ResourceMeaning } | undefined): number {
    const found = this.known.get(key);
    if (found !== undefined) return found;
    const made = make();
    const index = made === undefined ? -1 : this.add({ id: key, capacity: made.capacity }, made.meaning);
    this.known.set(key, index);
    return index;
  }

  private stamp(minute: number): string {
    return new Date(minute * 60_000).toISOString().slice(0, 16);
  }

  /** Slots of a dated departure on the run to stop `run`; -1 where the service states none. */
  departure(service: number, row: number, run: number): number {
    const { network } = this;
    const definition = network.services[service]!;
    if (definition.slots === undefined) return -1;
    const width = definition.stops.length;
    return this.byNumber(this.departureOf, service, row * width + run, () => {
      const first = network.depart[network.timesStart[service]! + row * width]!;
      const key = `services/${definition.id}/${this.stamp(first)}/${definition.stops[run]!.at}${repeats(definition.stops, run)}`;
      return this.once(key, () => {
        const zone = network.zone[network.stopLocation[network.stopStart[service]!]!]!;
        const percent = seasonPercent(network.data, definition.seasons, localDay(first, zone));
        const capacity = (figureValue(network.data, definition.slots!) * percent * this.share) / 100;
        return { capacity, meaning: { kind: "departure", service, row, run, minute: first } };
      });
    });
  }

  /** Slots at one tariff on a dated departure; -1 where the tariff has none of its own. */
  tariff(service: number, row: number, tariff: number): number {
    const { network } = this;
    const definition = network.services[service]!;
    const terms = definition.tariffs?.[tariff];
    if (terms?.slots === undefined) return -1;
    const minute = network.depart[network.timesStart[service]! + row * definition.stops.length]!;
    return this.once(`services/${definition.id}/${this.stamp(minute)}/tariffs/${terms.id ?? tariff}`, () => ({
      capacity: figureValue(network.data, terms.slots!) * this.share,
      meaning: { kind: "tariff", service, row, tariff, minute },
    }));
  }

  /** Slots a week of a service on demand; -1 where it states none. */
  weekly(service: number, minute: number): number {
    const { network } = this;
    const definition = network.services[service]!;
    if (definition.weeklySlots === undefined) return -1;
    const week = this.week(minute);
    return this.byNumber(this.weeklyOf, service, week, () =>
      this.once(`services/${definition.id}/week-${week + 1}`, () => ({
        capacity: figureValue(network.data, definition.weeklySlots!) * this.share,
        meaning: { kind: "weekly", service, week },
      })),
    );
  }

  /** Vehicles a week through a hub operation at one place: its daily number times the days of the week on which it is open; -1 where it states none. */
  operation(operation: number, location: number, minute: number): number {
    const { network } = this;
    const definition = network.operations[operation]!.operation;
    if (definition.dailyVehicles === undefined) return -1;
    const week = this.week(minute);
    const days = definition.openingHours?.days?.length ?? weekdays.length;
    return this.byNumber(this.operationOf, operation * network.locationIds.length + location, week, () =>
      this.once(`operations/${definition.id}/${network.locationIds[location]!}/week-${week + 1}`, () => ({
        capacity: figureValue(network.data, definition.dailyVehicles!) * days * this.share,
        meaning: { kind: "operation", operation, location, week },
      })),
    );
  }

  /** Units of a pool on average over a week. */
  private pool(pool: number, week: number): number {
    const { id, units } = this.network.data.pools[pool]!;
    return this.byNumber(this.poolOf, pool, week, () =>
      this.once(`pools/${id}/week-${week + 1}`, () => ({
        capacity: figureValue(this.network.data, units) * this.share,
        meaning: { kind: "pool", pool, week },
      })),
    );
  }

  /** Spaces of a yard on average over a week. */
  private yard(yard: number, week: number): number {
    const { id, spaces } = this.network.data.yards[yard]!;
    return this.byNumber(this.yardOf, yard, week, () =>
      this.once(`yards/${id}/week-${week + 1}`, () => ({
        capacity: figureValue(this.network.data, spaces) * this.share,
        meaning: { kind: "yard", yard, week },
      })),
    );
  }

  /** What passes a gate in the week of a minute: its daily number on each day of it. */
  gate(gate: number, minute: number): number {
    const week = this.week(minute);
    const { network } = this;
    const { id, at, daily, seasons } = network.data.gates[gate]!;
    return this.byNumber(this.gateOf, gate, week, () =>
      this.once(`gates/${id}/week-${week + 1}`, () => {
        const zone = network.zone[network.locationIndex.get(at)!]!;
        let percent = 0;
        for (let day = 0; day < 7; day++)
          percent += seasonPercent(network.data, seasons, localDay(this.start + week * minutesPerWeek + day * minutesPerDay, zone));
        return { capacity: (figureValue(network.data, daily) * percent * this.share) / 100, meaning: { kind: "gate", gate, week } };
      }),
    );
  }

  /**
   * Uses of something that is taken from one minute to another, a part of it for each week: half a week is half a unit. So a week's sum is the mean number taken.
   */
  during(kind: "pool" | "yard", index: number, from: number, until: number, amount: number): Use[] {
    const uses: Use[] = [];
    for (let week = Math.max(0, this.week(from)); week * minutesPerWeek + this.start < until; week++) {
      const begin = week * minutesPerWeek + this.start;
      const minutes = Math.min(until, begin + minutesPerWeek) - Math.max(from, begin);
      const resource = kind === "pool" ? this.pool(index, week) : this.yard(index, week);
      uses.push({ resource, amount: (amount * minutes) / minutesPerWeek });
    }
    return uses;
  }

  /** Id in the network's data of the service a resource belongs to. */
  serviceId(service: number): string {
    return dataId(this.network.services[service]!.id);
  }
}

/** A service may call twice at a place: the second call's stretch is another. */
function repeats(stops: readonly { at: string }[], run: number): string {
  const before = stops.slice(0, run).filter((stop) => stop.at === stops[run]!.at).length;
  return before === 0 ? "" : `#${before + 1}`;
}
