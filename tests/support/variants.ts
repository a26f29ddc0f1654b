import type { NetworkPart } from "../../src/model/index.ts";
import type { Random } from "./random-network.ts";

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** Lists of members whose order in a file must not matter. */
const memberLists = ["locations", "corridors", "services", "operations", "rules", "cargos", "customs", "factors"] as const;

/** The same network with its members, and the keys of every object, in another order; split over two parts. */
export function shuffled(part: NetworkPart, random: Random): NetworkPart[] {
  const parts: NetworkPart[] = [{}, {}];
  for (const list of memberLists) {
    for (const member of random.shuffle<object>(part[list] ?? [])) {
      const target = parts[random.int(0, 1)]!;
      const members: object[] = (target[list] ??= []);
      members.push(reorderKeys(member as Json, random) as object);
    }
  }
  if (part.finance !== undefined) parts[1]!.finance = reorderKeys(part.finance as Json, random) as NonNullable<NetworkPart["finance"]>;
  if (part.figures !== undefined) parts[0]!.figures = part.figures;
  return random.shuffle(parts);
}

function reorderKeys(value: Json, random: Random): Json {
  if (Array.isArray(value)) return value.map((v) => reorderKeys(v, random));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(random.shuffle(Object.entries(value)).map(([key, inner]) => [key, reorderKeys(inner, random)]));
}

/** Every id of the network renamed, and every reference to it. */
export function renamed(part: NetworkPart, rename: (id: string) => string): NetworkPart {
  const all = (ids: readonly string[]) => ids.map(rename);
  const when = <T extends { cargos?: string[] | undefined }>(filter: T | undefined): T | undefined =>
    filter?.cargos === undefined ? filter : { ...filter, cargos: all(filter.cargos) };
  const withWhen = <T extends { when?: { cargos?: string[] | undefined } | undefined }>(member: T): T =>
    member.when === undefined ? member : { ...member, when: when(member.when)! };
  return {
    ...part,
    locations: (part.locations ?? []).map((l) => ({ ...l, id: rename(l.id) })),
    corridors: (part.corridors ?? []).map((c) => ({ ...c, id: rename(c.id) })),
    services: (part.services ?? []).map((s) => ({
      ...withWhen(s),
      id: rename(s.id),
      stops: s.stops.map((stop) => ({ ...stop, at: rename(stop.at) })),
      ...(s.corridor === undefined ? {} : { corridor: rename(s.corridor) }),
      ...(s.factor === undefined ? {} : { factor: rename(s.factor) }),
      ...(s.tariffs === undefined
        ? {}
        : {
            tariffs: s.tariffs.map((t) => ({
              ...withWhen(t),
              ...(t.between === undefined ? {} : { between: [rename(t.between[0]), rename(t.between[1])] as [string, string] }),
            })),
          }),
    })),
    operations: (part.operations ?? []).map((o) => ({ ...withWhen(o), id: rename(o.id), at: all(o.at) })),
    rules: (part.rules ?? []).map((r) => ({
      ...r,
      id: rename(r.id),
      ...(r.services === undefined ? {} : { services: all(r.services) }),
      ...(r.at === undefined ? {} : { at: all(r.at) }),
      ...(r.passing === undefined ? {} : { passing: all(r.passing) }),
      ...(r.cargo === undefined ? {} : { cargo: when(r.cargo)! }),
    })),
    cargos: (part.cargos ?? []).map((c) => ({ ...c, id: rename(c.id) })),
    customs: (part.customs ?? []).map((a) => ({
      ...a,
      id: rename(a.id),
      duties: a.duties.map((d) => ({ ...withWhen(d), id: rename(d.id) })),
    })),
    factors: (part.factors ?? []).map((f) => ({ ...f, id: rename(f.id) })),
  };
}

const moneyKeys = [
  "perVehicle",
  "perM3",
  "perTonne",
  "perContainer",
  "perFrame",
  "perShipment",
  "percentOfValue",
  "perVehicleKm",
  "perContainerKm",
  "ratePercent",
  "perVehicleDay",
  "perContainerDay",
  "freeDays",
  "gPerTkm",
  "gPerTeuKm",
  "distanceKm",
  "co2eKgPerVehicle",
  "capitalPercentPerYear",
  "cargoInsurancePercent",
  "insuredPercent",
  "creditInsurancePercent",
  "hedgeSharePercent",
  "hedgeCostPercentPerYear",
  "rmbSharePercent",
  "rebatePercent",
  "rebateDays",
  "carbonCnyPerTonne",
  "USD",
  "EUR",
];
const timeKeys = ["hours", "stayHours", "cutoffHours", "releaseHours", "waitHours", "addHours", "dwellHours", "perWeek"];

/**
 * Makes one number of the network a shared figure named `patched`, so that a test can change it in the figure table. Which one is up to chance.
 * `isTime` says whether the timetable rests on it.
 */
export function withPatchable(part: NetworkPart, random: Random): { part: NetworkPart; value: number; isTime: boolean } | undefined {
  const copy = JSON.parse(JSON.stringify(part)) as { [key: string]: Json };
  const found: { holder: { [key: string]: Json }; key: string }[] = [];
  const walk = (value: Json) => {
    if (Array.isArray(value)) value.forEach(walk);
    else if (value !== null && typeof value === "object") {
      for (const [key, inner] of Object.entries(value)) {
        if (typeof inner === "number" && (moneyKeys.includes(key) || timeKeys.includes(key))) found.push({ holder: value, key });
        else walk(inner);
      }
    }
  };
  walk(copy);
  if (found.length === 0) return undefined;
  const { holder, key } = random.pick(found);
  const value = holder[key] as number;
  holder[key] = { use: "patched" };
  copy["figures"] = { patched: { value, basis: "assumed", low: value / 2, high: value * 2, note: "changed by the test" } };
  return { part: copy as NetworkPart, value, isTime: timeKeys.includes(key) };
}
