import type { Feature, FeatureCollection, Geometry, LineString, MultiLineString, Position } from "geojson";
import { say } from "../model/index.ts";
import { type NetworkData, geometryKey } from "../network/index.ts";

const decimals = 1e5;
const round = (x: number) => Math.round(x * decimals) / decimals;
/** Longitude within -180…180. */
const within = (lon: number) => ((((lon + 180) % 360) + 360) % 360) - 180;

/** Cuts a line where it crosses 180 degrees (RFC 7946, 3.1.9): each part stays on its side and ends on the meridian. */
export function cutAtAntimeridian(line: readonly (readonly [number, number])[]): Position[][] {
  const parts: Position[][] = [];
  let part: Position[] = [];
  let before: readonly [number, number] | undefined;
  for (const [rawLon, lat] of line) {
    const lon = within(rawLon);
    if (before !== undefined && Math.abs(lon - before[0]) > 180) {
      const east = before[0] > 0;
      const edge = east ? 180 : -180;
      const ahead = east ? lon + 360 : lon - 360;
      const share = ahead === before[0] ? 0 : (edge - before[0]) / (ahead - before[0]);
      const at = round(before[1] + share * (lat - before[1]));
      part.push([edge, at]);
      if (part.length > 1) parts.push(part);
      part = [[-edge, at]];
    }
    part.push([round(lon), round(lat)]);
    before = [lon, lat];
  }
  if (part.length > 1) parts.push(part);
  return parts;
}

/** One line or several; null for none. */
export function lineGeometry(parts: Position[][]): LineString | MultiLineString | null {
  if (parts.length === 0) return null;
  return parts.length === 1 ? { type: "LineString", coordinates: parts[0]! } : { type: "MultiLineString", coordinates: parts };
}

/** Polyline of a run: as baked in, the other direction's turned round, or straight between places; undefined where a place has no coordinates. */
function runLine(
  data: NetworkData,
  places: ReadonlyMap<string, readonly [number, number] | undefined>,
  key: string,
  from: string,
  to: string,
  mode: string,
): { line: readonly (readonly [number, number])[]; drawn: boolean } | undefined {
  const own = Object.hasOwn(data.geometry, key) ? data.geometry[key] : undefined;
  if (own !== undefined) return { line: own, drawn: true };
  const other = `${mode}:${to}>${from}`;
  const back = Object.hasOwn(data.geometry, other) ? data.geometry[other] : undefined;
  if (back !== undefined) return { line: back.toReversed(), drawn: true };
  const start = places.get(from);
  const end = places.get(to);
  return start === undefined || end === undefined ? undefined : { line: [start, end], drawn: false };
}

/** The network as GeoJSON: a point for every place with coordinates, a line for every service through all its runs. */
export function networkGeoJson(data: NetworkData): FeatureCollection<Geometry | null> {
  const places = new Map(
    data.locations.map((l) => [l.id, l.lat === undefined || l.lon === undefined ? undefined : ([l.lon, l.lat] as const)]),
  );
  const points = data.locations.map((location): Feature<Geometry | null> => {
    const at = places.get(location.id);
    return {
      type: "Feature",
      id: location.id,
      geometry: at === undefined ? null : { type: "Point", coordinates: [round(within(at[0])), round(at[1])] },
      properties: {
        kind: location.kind,
        nameZh: say(location.name, "zh"),
        nameEn: say(location.name, "en"),
        ...(location.country === undefined ? {} : { country: location.country }),
        forms: location.forms ?? [],
      },
    };
  });
  const lines = data.services.map((service): Feature<Geometry | null> => {
    const parts: Position[][] = [];
    let drawn = 0;
    for (let stop = 1; stop < service.stops.length; stop++) {
      const run = runLine(data, places, geometryKey(service, stop), service.stops[stop - 1]!.at, service.stops[stop]!.at, service.mode);
      if (run === undefined) continue;
      if (run.drawn) drawn++;
      parts.push(...cutAtAntimeridian(run.line));
    }
    return {
      type: "Feature",
      id: service.id,
      geometry: lineGeometry(parts),
      properties: {
        mode: service.mode,
        form: service.form,
        nameZh: say(service.name ?? service.id, "zh"),
        nameEn: say(service.name ?? service.id, "en"),
        ...(service.corridor === undefined ? {} : { corridor: service.corridor }),
        stops: service.stops.map((s) => s.at),
        bothWays: service.bothWays === true,
        running: service.enabled !== false,
        /** Straight where no line is known. */
        drawnRuns: drawn,
        runs: service.stops.length - 1,
      },
    };
  });
  return { type: "FeatureCollection", features: [...points, ...lines] };
}
