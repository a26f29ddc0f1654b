import type { MultiPolygon } from "geojson";
import { feature } from "topojson-client";
import type { GeometryObject, Topology } from "topojson-specification";
import coarse from "world-atlas/land-110m.json";

/** Coastlines only: a map with borders offends somebody and is regulated in China. */
function landOf(topology: unknown): MultiPolygon {
  const typed = topology as Topology<{ land: GeometryObject }>;
  const found = feature(typed, typed.objects.land);
  const polygons = (found.type === "FeatureCollection" ? found.features : [found]).flatMap(({ geometry }) =>
    geometry.type === "Polygon" ? [geometry.coordinates] : geometry.type === "MultiPolygon" ? geometry.coordinates : [],
  );
  return { type: "MultiPolygon", coordinates: polygons };
}

export const coarseLand: MultiPolygon = landOf(coarse);

/** Finer coastlines, loaded only for close views. */
export async function fineLand(): Promise<MultiPolygon> {
  return landOf((await import("world-atlas/land-50m.json")).default);
}
