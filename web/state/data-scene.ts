import type { Mode, Service } from "../../src/model/index.ts";
import type { NetworkData } from "../../src/network/index.ts";
import { type Line, lineOf } from "../worker/lines.ts";

/** One line between two places, drawn once however many services run on it and in whichever direction. */
export interface Run {
  key: string;
  mode: Mode;
  line: Line;
  /** Services on it, in the order of the network. */
  services: string[];
}

export interface NetworkScene {
  runs: Run[];
  /** Runs of each service. */
  runsOf: ReadonlyMap<string, readonly Run[]>;
  /** Places with a position: how many services call or pass there. */
  places: { id: string; at: [number, number]; services: number }[];
}

/** Names that one and the same line has in both directions. */
function keyOf(service: Service, stop: number): string {
  const [from, to] = [service.stops[stop - 1]!.at, service.stops[stop]!.at];
  return [service.mode, service.stops[stop]!.geometry ?? "", ...(from < to ? [from, to] : [to, from])].join(" ");
}

/** The whole network as lines and points. */
export function networkScene(data: NetworkData): NetworkScene {
  const runs = new Map<string, Run>();
  const runsOf = new Map<string, Run[]>();
  const calls = new Map<string, number>();
  for (const service of data.services) {
    const own: Run[] = [];
    for (const place of new Set(service.stops.map((stop) => stop.at))) calls.set(place, (calls.get(place) ?? 0) + 1);
    for (let stop = 1; stop < service.stops.length; stop++) {
      const key = keyOf(service, stop);
      let run = runs.get(key);
      if (run === undefined) {
        const [from, to] = [service.stops[stop - 1]!.at, service.stops[stop]!.at];
        run = { key, mode: service.mode, line: lineOf(data, { service: service.id, mode: service.mode, from, to, via: [] }), services: [] };
        runs.set(key, run);
      }
      if (run.services.at(-1) !== service.id) run.services.push(service.id);
      own.push(run);
    }
    runsOf.set(service.id, own);
  }
  return {
    runs: [...runs.values()],
    runsOf,
    places: data.locations.flatMap(({ id, lon, lat }) =>
      lon === undefined || lat === undefined ? [] : [{ id, at: [lon, lat] as [number, number], services: calls.get(id) ?? 0 }],
    ),
  };
}

export type Polyline = [number, number][];

/** Distance of a point from a line of the picture, in pixels. */
export function distanceTo(lines: readonly Polyline[], x: number, y: number): number {
  let least = Number.POSITIVE_INFINITY;
  for (const line of lines) {
    for (let i = 1; i < line.length; i++) {
      const [ax, ay] = line[i - 1]!;
      const [bx, by] = line[i]!;
      const [dx, dy] = [bx - ax, by - ay];
      const length = dx * dx + dy * dy;
      const share = length === 0 ? 0 : Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / length));
      least = Math.min(least, Math.hypot(x - ax - share * dx, y - ay - share * dy));
    }
  }
  return least;
}
