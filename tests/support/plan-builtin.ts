import {
  type PlanNetwork,
  type PlanRow,
  builtinDemandRows,
  builtinNetwork,
  compile,
  dayNumber,
  figureValue,
  loadDemandSeed,
  localMinute,
  planNetwork,
  planPeriod,
} from "../../src/index.ts";

/** Size of a plan on the built-in network. */
export interface BuiltinSize {
  /** Demand rows, each with a lot every week: the largest ones, of which each has as many plants as it takes to get so many. */
  rows: number;
  weeks: number;
  /** How many services stand for each scheduled one, on other days of the week; together they have its slots. */
  copies: number;
  /** Pools, gates and yards limit the plan too. */
  sharedLimits: boolean;
}

const from = "2027-01-04";
const days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;

/** The built-in network with the 820 thousand vehicles a year of 2027, in rows that are not joined when they are small. */
export async function builtinPlan({ rows: count, weeks, copies, sharedLimits }: BuiltinSize): Promise<PlanNetwork> {
  const seed = await loadDemandSeed();
  const cells = builtinDemandRows({ ...seed, smallestRowPercent: { ...seed.smallestRowPercent, value: 0 } }, "2027-820", weeks / 52);
  const builtin = builtinNetwork();
  const plants = builtin.locations.filter(({ kind }) => kind === "plant").map(({ id }) => id);
  const parts = Math.ceil(count / cells.length);
  const split = cells.flatMap(({ id, quantity, from: plant, ...rest }) => {
    const others = [plant, ...plants.filter((other) => other !== plant)].slice(0, parts);
    return others.map((origin) => ({ ...rest, id: `${id} ${origin}`, from: origin, quantity: quantity / others.length }));
  });
  const rows = split.sort((a, b) => b.quantity - a.quantity || (a.id < b.id ? -1 : 1)).slice(0, count);

  const services = builtin.services.flatMap((service) => {
    const { departures, slots } = service;
    if (copies === 1 || departures === undefined || departures === "on-demand" || "dates" in departures) return [service];
    return Array.from({ length: copies }, (_, copy) => ({
      ...service,
      id: `${service.id}-${copy}`,
      departures:
        "weekly" in departures
          ? { ...departures, weekly: departures.weekly.map((day) => days[(days.indexOf(day) + copy) % days.length]!) }
          : { ...departures, from: `2026-12-${21 + (copy % days.length)}` },
      ...(slots === undefined ? {} : { slots: figureValue(builtin, slots) / copies }),
    }));
  });
  const data = { ...builtin, services, ...(sharedLimits ? {} : { pools: [], gates: [], yards: [] }) };
  const place = new Map(data.locations.map(({ id }, i) => [id, i]));
  const planned = rows.map((row): PlanRow => ({
    id: row.id,
    cargo: data.cargos.findIndex(({ id }) => id === row.cargo),
    origin: place.get(row.from)!,
    destination: place.get(row.to)!,
    quantity: Math.max(1, Math.round(row.quantity)),
    paysDuty: true,
    claimsPreference: true,
  }));
  const start = localMinute(dayNumber(from), 0, data.locations[planned[0]!.origin]!.timeZone ?? "UTC");
  const network = compile(data, planPeriod({ from: start }, weeks, {}));
  return planNetwork(network, planned, { day: dayNumber(from), weeks });
}
