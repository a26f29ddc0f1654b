import type { Service } from "../model/index.ts";
import type { NetworkData } from "../network/index.ts";
import type { LegElement } from "../routing/index.ts";

/** [longitude, latitude] pairs; longitudes run on beyond ±180 where a line crosses the date line. */
export type LegLine = [number, number][];

/** What of a leg its line depends on. */
export type Travelled = Pick<LegElement, "service" | "mode" | "from" | "to" | "via">;

/** One drawn line for each service and list of calls. */
export const legKey = (leg: Pick<LegElement, "service" | "from" | "to" | "via">) => [leg.service, leg.from, ...leg.via, leg.to].join(">");

interface Run {
  /** Geometry key that the service states for the run; empty for none. */
  key: string;
  from: string;
  to: string;
}

/** The runs that a leg travels; a `bothWays` service may stand in the data the other way round. */
function runsOf(service: Service | undefined, leg: Travelled): Run[] {
  const calls = [leg.from, ...leg.via, leg.to];
  const stops = service?.stops ?? [];
  const startIn = (list: readonly string[]) => list.findIndex((_, i) => calls.every((call, k) => list[i + k] === call));
  const at = stops.map((s) => s.at);
  const forward = startIn(at);
  const backward = startIn(at.toReversed());
  return calls.slice(1).map((to, k) => {
    // What a run has stands on the stop that ends it.
    const stop = forward >= 0 ? stops[forward + k + 1] : backward >= 0 ? stops[stops.length - 1 - backward - k] : undefined;
    return { key: stop?.geometry ?? "", from: calls[k]!, to };
  });
}

const gap = (a: [number, number], b: [number, number]) => Math.abs(((((a[0] - b[0]) % 360) + 540) % 360) - 180) + Math.abs(a[1] - b[1]);

/** Turned so that it begins at the place it leaves: geometry may be shared by both directions. */
function oriented(line: LegLine, from: [number, number] | undefined): LegLine {
  const first = line[0];
  const last = line.at(-1);
  if (first === undefined || last === undefined || from === undefined) return line;
  return gap(first, from) <= gap(last, from) ? line : line.toReversed();
}

/** Moved by whole turns so that it goes on where the last one ended. */
function follow(line: LegLine, last: [number, number] | undefined): LegLine {
  const first = line[0];
  if (first === undefined || last === undefined) return line;
  const turns = Math.round((last[0] - first[0]) / 360) * 360;
  return turns === 0 ? line : line.map(([lon, lat]) => [lon + turns, lat]);
}

/**
 * The line of a leg: the geometry that its runs name, else the one of `mode:from>to` in either direction, else from place to place
 * (drawn as a great circle).
 */
export function legLine(data: NetworkData, leg: Travelled): LegLine {
  const position = (id: string): [number, number] | undefined => {
    const place = data.locations.find((l) => l.id === id);
    return place?.lon === undefined || place.lat === undefined ? undefined : [place.lon, place.lat];
  };
  const known = (key: string): LegLine | undefined => (key !== "" && Object.hasOwn(data.geometry, key) ? data.geometry[key] : undefined);
  const joined: LegLine = [];
  for (const run of runsOf(
    data.services.find((s) => s.id === leg.service),
    leg,
  )) {
    const from = position(run.from);
    const line =
      known(run.key) ??
      known(`${leg.mode}:${run.from}>${run.to}`) ??
      known(`${leg.mode}:${run.to}>${run.from}`) ??
      [from, position(run.to)].flatMap((p) => (p === undefined ? [] : [p]));
    joined.push(...follow(oriented(line, from), joined.at(-1)));
  }
  return joined;
}
