import type { Service, Stop, Tariff } from "../model/index.ts";
import { compareIds } from "./assemble.ts";

const runKeys = ["hours", "distanceKm", "charges", "co2eKgPerVehicle", "geometry", "via"] as const;

/** The same service in the other direction: what stood on a run stays with that run. */
function reversed(service: Service): Service {
  const last = service.stops.length - 1;
  const stops = service.stops.map((_, k): Stop => {
    const own: Stop = { ...service.stops[last - k]! };
    for (const key of runKeys) delete own[key];
    if (k > 0) {
      const run = service.stops[last - k + 1]!;
      for (const key of runKeys) if (run[key] !== undefined) Object.assign(own, { [key]: run[key] });
    }
    return own;
  });
  const { bothWays: _, tariffs, ...rest } = service;
  const mirrored = tariffs?.map((tariff): Tariff =>
    tariff.between === undefined ? tariff : { ...tariff, between: [tariff.between[1], tariff.between[0]] },
  );
  return { ...rest, id: `${service.id}~back`, stops, ...(mirrored === undefined ? {} : { tariffs: mirrored }) };
}

/** A service as it runs. `ownTimes`: its only departure states its stop times, passages and the stay at the first stop among them. */
export interface RunningService extends Service {
  ownTimes?: true;
}

/** One departure with its own stop times or price, as a service of its own. */
function ownDepartures(service: Service): RunningService[] {
  const departures = service.departures;
  if (departures === undefined || departures === "on-demand" || !("dates" in departures)) return [service];
  const own = departures.dates.filter(
    (d) => typeof d !== "string" && (d.stops !== undefined || d.charges !== undefined || d.slots !== undefined),
  );
  if (own.length === 0) return [service];
  const plain = departures.dates.filter((d) => !own.includes(d));
  const variants = own.flatMap((entry): RunningService[] => {
    if (typeof entry === "string") return [];
    const times = entry.stops;
    const stops = service.stops.map((stop, i): Stop => {
      const time = times?.[i];
      const before = times?.[i - 1];
      if (time === undefined) return stop;
      return {
        ...stop,
        hours: before === undefined ? 0 : time.arriveHours - before.departHours,
        stayHours: time.departHours - time.arriveHours,
      };
    });
    const { tariffs: _tariffs, charges: _charges, ...base } = service;
    const price =
      entry.charges === undefined
        ? {
            ...(service.charges === undefined ? {} : { charges: service.charges }),
            ...(service.tariffs === undefined ? {} : { tariffs: service.tariffs }),
          }
        : { charges: entry.charges };
    const slots = entry.slots === undefined ? {} : { slots: entry.slots };
    // Stated times are not lengthened by a season; it may still suspend the departure.
    const seasons =
      base.seasons === undefined || times === undefined ? {} : { seasons: base.seasons.map(({ addHours: _added, ...season }) => season) };
    return [
      {
        ...base,
        ...price,
        ...slots,
        ...seasons,
        ...(times === undefined ? {} : { ownTimes: true as const }),
        id: `${service.id}@${entry.at}`,
        stops,
        departures: { dates: [entry.at] },
      },
    ];
  });
  return plain.length === 0 ? variants : [{ ...service, departures: { dates: plain } }, ...variants];
}

/** Services as they run: both directions apart, departures with their own times or prices apart, the disabled left out; sorted by id. */
export function runningServices(services: readonly Service[]): RunningService[] {
  return services
    .filter((s) => s.enabled !== false)
    .flatMap((s) => (s.bothWays === true ? [s, reversed(s)] : [s]))
    .flatMap(ownDepartures)
    .sort(compareIds);
}

/** Id in the network's data of a running service. */
export function dataId(id: string): string {
  return id.replace(/[~@].*$/, "");
}
