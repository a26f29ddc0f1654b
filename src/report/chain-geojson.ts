import type { Feature, FeatureCollection, Geometry } from "geojson";
import { say } from "../model/index.ts";
import type { LegElement, TransportChain } from "../routing/index.ts";
import { cutAtAntimeridian, lineGeometry } from "./geojson.ts";
import type { Names } from "./names.ts";
import type { PlaceOf } from "./calendar.ts";

/** The drawn line of a leg, longitudes running on over the date line. */
export type LineOf = (leg: LegElement) => readonly (readonly [number, number])[];

/**
 * One chain as GeoJSON (RFC 7946): a line for every leg, cut at 180 degrees, and a point for every place where something begins or ends, in order.
 * `names` in both languages, so that the file serves both.
 */
export function chainGeoJson(
  chain: TransportChain,
  names: { zh: Names; en: Names },
  lineOf: LineOf,
  placeOf: PlaceOf,
): FeatureCollection<Geometry | null> {
  const legs = chain.elements.filter((e): e is LegElement => e.kind === "leg");
  const lines = legs.map((leg, i): Feature<Geometry | null> => ({
    type: "Feature",
    id: `leg-${i + 1}`,
    geometry: lineGeometry(cutAtAntimeridian(lineOf(leg))),
    properties: {
      mode: leg.mode,
      form: leg.form,
      service: leg.service,
      nameZh: say(leg.name, "zh"),
      nameEn: say(leg.name, "en"),
      from: leg.from,
      to: leg.to,
      via: leg.via,
      departure: leg.departure,
      arrival: leg.arrival,
      distanceKm: leg.distanceKm,
      co2eKg: leg.co2eKg,
      main: leg.main,
    },
  }));
  const stops = [...new Set(legs.flatMap((leg) => [leg.from, leg.to]))];
  const points = stops.map((id): Feature<Geometry | null> => {
    const at = placeOf(id);
    return {
      type: "Feature",
      id,
      geometry: at === undefined ? null : { type: "Point", coordinates: [at[0], at[1]] },
      properties: { nameZh: names.zh.place(id), nameEn: names.en.place(id), gateway: id === chain.gateway },
    };
  });
  return { type: "FeatureCollection", features: [...lines, ...points] };
}
