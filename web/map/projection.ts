import { type GeoProjection, geoAzimuthalEqualArea, geoCentroid, geoDistance, geoEqualEarth } from "d3";
import type { MultiLineString, MultiPoint } from "geojson";
import type { MapView } from "../state/address.ts";
import type { Line } from "../worker/lines.ts";

export interface Padding {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** Beyond this distance from its middle (radians) an azimuthal map bends what people know; then the world projection serves better. */
const farthest = 0.62;
/** A route of a few hundred kilometres still shows its surroundings: least half-size of the view in degrees. */
const leastReach = 5;
/** From Lisbon and the North Cape to Kamchatka and Java. */
const eurasia: MultiPoint = {
  type: "MultiPoint",
  coordinates: [
    [-10, 37],
    [-6, 58],
    [26, 71],
    [100, 77],
    [160, 60],
    [146, 43],
    [120, -8],
    [40, 5],
  ],
};

/** Middle of the longitudes that a set of lines covers, on the side where the lines are: lines over the Pacific turn the map. */
export function middleLongitude(lines: readonly Line[]): number {
  const all = lines.flatMap((line) => line.map(([lon]) => ((lon % 360) + 360) % 360)).sort((a, b) => a - b);
  if (all.length === 0) return 105;
  // The widest gap without any point is the back of the map.
  let gap = -1;
  let after = 0;
  all.forEach((lon, i) => {
    const next = i + 1 < all.length ? all[i + 1]! : all[0]! + 360;
    if (next - lon > gap) {
      gap = next - lon;
      after = next;
    }
  });
  const middle = (after + (360 - gap) / 2) % 360;
  return middle > 180 ? middle - 360 : middle;
}

/**
 * A projection that fits the lines into the picture: azimuthal equal-area about the route where that looks natural (Asia, Eurasia), else Equal Earth
 * turned so that the route is in its middle (Americas over the Pacific, Africa and the Cape). `view` asks for all Eurasia or the whole world instead.
 */
export function fitProjection(
  lines: readonly Line[],
  width: number,
  height: number,
  padding: Padding,
  view: MapView = "auto",
): GeoProjection {
  const points: MultiPoint = { type: "MultiPoint", coordinates: lines.flat() };
  const box: [[number, number], [number, number]] = [
    [padding.left, padding.top],
    [Math.max(padding.left + 1, width - padding.right), Math.max(padding.top + 1, height - padding.bottom)],
  ];
  if (view === "eurasia") return geoAzimuthalEqualArea().rotate([-78, -38]).fitExtent(box, eurasia);
  if (view === "world")
    return geoEqualEarth()
      .rotate([-middleLongitude(lines), 0])
      .fitExtent(
        [
          [4, 4],
          [width - 4, height - 4],
        ],
        { type: "Sphere" },
      );
  if (points.coordinates.length === 0) return geoEqualEarth().rotate([-105, 0]).fitExtent(box, { type: "Sphere" });
  const centre = geoCentroid(points);
  const reach = Math.max(...lines.flat().map((p) => geoDistance(p, centre)));
  const drawn: MultiLineString = { type: "MultiLineString", coordinates: lines.map((line) => [...line]) };
  if (reach <= farthest) {
    const around: MultiPoint = { type: "MultiPoint", coordinates: [...points.coordinates, ...surroundings(centre)] };
    const projection = geoAzimuthalEqualArea().rotate([-centre[0], -centre[1]]);
    return reach < (leastReach * Math.PI) / 180 ? projection.fitExtent(box, around) : projection.fitExtent(box, drawn);
  }
  return geoEqualEarth()
    .rotate([-middleLongitude(lines), 0])
    .fitExtent(box, drawn);
}

function surroundings([lon, lat]: [number, number]): [number, number][] {
  return [
    [lon - leastReach, lat],
    [lon + leastReach, lat],
    [lon, Math.max(-89, lat - leastReach)],
    [lon, Math.min(89, lat + leastReach)],
  ];
}

/** Whether lines stay inside the picture as it is projected: then it need not be fitted again, and the map stands still while what runs on it changes. */
export function showsAll(projection: GeoProjection, lines: readonly Line[], width: number, height: number): boolean {
  return lines.every((line) =>
    line.every((point) => {
      const at = projection(point);
      return at !== null && at[0] >= 0 && at[0] <= width && at[1] >= 0 && at[1] <= height;
    }),
  );
}
