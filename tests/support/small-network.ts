import type { NetworkPart, Service, Stop } from "../../src/model/index.ts";
import { type Network, assemble, compile } from "../../src/network/index.ts";
import { clockOf, dateOfDay, dayOf, minuteAt, wallMinute } from "./clock.ts";

/** Minute of a local stamp `2027-03-01 10:00`. */
export function minute(stamp: string, zone = "UTC"): number {
  return minuteAt(zone, dayOf(stamp), clockOf(stamp.slice(11)));
}

/** Local stamp `2027-03-01 10:00` of a minute. */
export function stamp(at: number, zone = "UTC"): string {
  const wall = wallMinute(zone, at);
  const clock = wall - Math.floor(wall / 1440) * 1440;
  const two = (n: number) => String(n).padStart(2, "0");
  return `${dateOfDay(Math.floor(wall / 1440))} ${two(Math.floor(clock / 60))}:${two(clock % 60)}`;
}

/** Compiles a part; a problem in it fails the test. */
export function network(part: NetworkPart, from = "2027-03-01 00:00", until = "2027-03-31 00:00"): Network {
  const { data, problems } = assemble([{ part }]);
  if (problems.length > 0) throw new Error(problems.map((p) => p.path).join(", "));
  return compile(data, { from: minute(from), until: minute(until) });
}

/** One service between places that need nothing else; `zones` and `places` add to them. */
export function withService(
  service: Partial<Service> & { stops: Stop[] },
  places: Record<string, object> = {},
  from?: string,
  until?: string,
): Network {
  const ids = [...new Set(service.stops.map((s) => s.at))];
  return network(
    {
      locations: ids.map((id) => ({ id, name: id, kind: "port", ...places[id] })),
      services: [{ id: "line", mode: "sea", form: "wheels", ...service }],
    },
    from,
    until,
  );
}

/** Times of every departure at one stop, as local stamps. */
export function timesAt(net: Network, stop: number, what: "depart" | "arrive" = "depart", service = 0): string[] {
  const width = net.services[service]!.stops.length;
  const zone = net.zone[net.stopLocation[net.stopStart[service]! + stop]!]!;
  return Array.from({ length: net.departureCount[service]! }, (_, row) =>
    stamp(net[what][net.timesStart[service]! + row * width + stop]!, zone),
  );
}
