import { type GeoProjection, geoPath } from "d3";
import type { MultiPolygon } from "geojson";
import type { VNode } from "preact";
import type { Mode } from "../../src/model/index.ts";
import type { Pan } from "../map/picture.tsx";
import type { Line } from "../worker/lines.ts";
import { type LabelRequest, placeLabels } from "./labels.ts";
import { modeDashes } from "./palette.ts";

/** Vehicles on one stretch between two places. */
export interface FlowRun {
  key: string;
  mode: Mode;
  line: Line;
  vehicles: number;
}

export interface FlowPlace {
  id: string;
  at: [number, number];
  /** Vehicles that pass. */
  vehicles: number;
}

export interface FlowMapProps {
  runs: readonly FlowRun[];
  places: readonly FlowPlace[];
  land: MultiPolygon;
  projection: GeoProjection;
  width: number;
  height: number;
  pan: Pan;
  label: string;
  /** Height of the names in pixels; 12 where it is not given. */
  labelSize?: number;
  name: (place: string) => string;
}

const thickest = 12;
const thinnest = 0.9;

/** Pixels of a band: its area, not its width, is what the eye compares, so the width goes with the root. */
export const bandWidth = (vehicles: number, most: number): number =>
  thinnest + (thickest - thinnest) * Math.sqrt(Math.max(0, vehicles) / Math.max(1, most));

/** The year's vehicles on the map: wide where many go. Small flows lie over great ones; names by importance, and only where they fit. */
export function flowMap({ runs, places, land, projection, width, height, pan, label, labelSize = 12, name }: FlowMapProps): VNode {
  const path = geoPath(projection).digits(1);
  const most = Math.max(1, ...runs.map((run) => run.vehicles));
  const busiest = Math.max(1, ...places.map((place) => place.vehicles));
  const spots = places.flatMap((place) => {
    const at = projection(place.at);
    if (at === null) return [];
    const spot = { ...place, x: at[0] * pan.k + pan.x, y: at[1] * pan.k + pan.y, radius: 2 + 3 * Math.sqrt(place.vehicles / busiest) };
    return spot.x < -8 || spot.y < -8 || spot.x > width + 8 || spot.y > height + 8 ? [] : [spot];
  });
  // A town and the market that has its name are named once, where more vehicles pass.
  const named = new Map<string, string>();
  for (const spot of spots.toSorted((a, b) => b.vehicles - a.vehicles || (a.id < b.id ? -1 : 1)))
    if (!named.has(name(spot.id))) named.set(name(spot.id), spot.id);
  const labels = placeLabels(
    spots.map((spot): LabelRequest => ({
      id: spot.id,
      x: spot.x,
      y: spot.y,
      radius: spot.radius + 1,
      text: named.get(name(spot.id)) === spot.id ? name(spot.id) : "",
      fontSize: labelSize,
      priority: spot.vehicles,
    })),
    { left: 4, top: 4, right: width - 4, bottom: height - 4 },
    [{ left: width - 48, top: 0, right: width, bottom: 118 }],
  );
  return (
    <svg class="map-picture" role="img" aria-label={label} width={width} height={height} viewBox={`0 0 ${width} ${height}`}>
      <g transform={`translate(${pan.x},${pan.y}) scale(${pan.k})`}>
        <path class="land" d={path(land) ?? ""} />
        {runs
          .toSorted((a, b) => b.vehicles - a.vehicles || (a.key < b.key ? -1 : 1))
          .map(({ key, mode, line, vehicles }) => {
            const d = line.length < 2 ? null : path({ type: "LineString", coordinates: line });
            const wide = bandWidth(vehicles, most);
            // A dash would cut a wide band into tiles; it has the colour of its mode and a thin flow the dash.
            const dash = wide < 3 ? modeDashes[mode] : "";
            return d === null ? null : (
              <path
                key={key}
                class={`flow-run mode-${mode}`}
                d={d}
                stroke-width={wide.toFixed(2)}
                {...(dash === "" ? {} : { "stroke-dasharray": dash })}
              />
            );
          })}
      </g>
      <g>
        {spots
          .toSorted((a, b) => a.vehicles - b.vehicles || (a.id < b.id ? -1 : 1))
          .map(({ id, x, y, radius }) => (
            <circle key={id} class="stop" cx={x.toFixed(1)} cy={y.toFixed(1)} r={radius.toFixed(1)} />
          ))}
      </g>
      <g class="place-names" aria-hidden="true">
        {labels.map((l) => (
          <text key={l.id} x={l.x} y={l.y} text-anchor={l.anchor}>
            {l.text}
          </text>
        ))}
      </g>
    </svg>
  );
}
