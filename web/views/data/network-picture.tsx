import { type GeoProjection, geoPath } from "d3";
import type { MultiPolygon } from "geojson";
import type { VNode } from "preact";
import type { Mode } from "../../../src/model/index.ts";
import { type LabelRequest, placeLabels } from "../../charts/labels.ts";
import { modeDashes } from "../../charts/palette.ts";
import type { Pan } from "../../map/picture.tsx";
import type { NetworkScene, Polyline, Run } from "../../state/data-scene.ts";
import { modes } from "../words.ts";

/** The network laid out under a projection: made once for each size of the frame, not for each move of the map. */
export interface Layout {
  land: string;
  /** One path for all runs of a mode. */
  byMode: Record<Mode, string>;
  /** Lines of each run in pixels of the unmoved picture, for drawing one and for finding what is under the pointer. */
  lines: ReadonlyMap<Run, Polyline[]>;
  spots: { id: string; x: number; y: number; services: number }[];
}

/** Lines in pixels, cut where the projection cuts them. */
function projected(projection: GeoProjection, line: Run["line"]): Polyline[] {
  const lines: Polyline[] = [];
  const context = {
    beginPath: () => undefined,
    closePath: () => undefined,
    arc: () => undefined,
    moveTo: (x: number, y: number) => void lines.push([[x, y]]),
    lineTo: (x: number, y: number) => void lines.at(-1)?.push([x, y]),
  };
  if (line.length > 1) geoPath(projection, context)({ type: "LineString", coordinates: line });
  return lines;
}

export const pathOf = (lines: readonly Polyline[]): string =>
  lines.map((line) => `M${line.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join("L")}`).join("");

export function layOut(scene: NetworkScene, land: MultiPolygon, projection: GeoProjection): Layout {
  const lines = new Map(scene.runs.map((run) => [run, projected(projection, run.line)]));
  return {
    land: geoPath(projection).digits(1)(land) ?? "",
    byMode: Object.fromEntries(
      modes.map((mode) => [mode, scene.runs.map((run) => (run.mode === mode ? pathOf(lines.get(run)!) : "")).join("")]),
    ) as Record<Mode, string>,
    lines,
    spots: scene.places.flatMap(({ id, at, services }) => {
      const spot = projection(at);
      return spot === null ? [] : [{ id, x: spot[0], y: spot[1], services }];
    }),
  };
}

export interface NetworkPictureProps {
  layout: Layout;
  shown: ReadonlySet<Mode>;
  /** Runs drawn in full colour; empty: none is singled out. */
  chosen: readonly Run[];
  /** Places with a name before all others: the chosen one first, then those on its way. */
  named: readonly string[];
  width: number;
  height: number;
  pan: Pan;
  label: string;
  /** Height of the names in pixels; 12 where it is not given. */
  labelSize?: number;
  name: (place: string) => string;
}

const dashOf = (mode: Mode) => (modeDashes[mode] === "" ? {} : { "stroke-dasharray": modeDashes[mode] });

/** All services by mode, all places; what is chosen stands out. Names are placed by importance, and only where they fit. */
export function networkPicture({
  layout,
  shown,
  chosen,
  named,
  width,
  height,
  pan,
  label,
  labelSize = 12,
  name,
}: NetworkPictureProps): VNode {
  const rank = new Map(named.map((id, i) => [id, i]));
  const spots = layout.spots.flatMap(({ id, x, y, services }) => {
    const spot = { id, services, x: x * pan.k + pan.x, y: y * pan.k + pan.y, order: rank.get(id) };
    return spot.x < -8 || spot.y < -8 || spot.x > width + 8 || spot.y > height + 8 ? [] : [spot];
  });
  const radius = (order: number | undefined) => (order === 0 ? 6 : order === undefined ? 2.4 : 4);
  // With something chosen, only what belongs to it blocks room and, closer by, the rest is named where it still fits.
  const requests = spots.map((spot): LabelRequest => ({
    id: spot.id,
    x: spot.x,
    y: spot.y,
    radius: spot.order === undefined ? 1 : radius(spot.order) + 1,
    text: named.length > 0 && spot.order === undefined && pan.k < 6 ? "" : name(spot.id),
    fontSize: labelSize,
    priority: spot.order === undefined ? spot.services : 100_000 - spot.order,
  }));
  const labels = placeLabels(requests, { left: 4, top: 4, right: width - 4, bottom: height - 4 }, [
    { left: width - 48, top: 0, right: width, bottom: 118 },
  ]);
  return (
    <svg class="map-picture" role="img" aria-label={label} width={width} height={height} viewBox={`0 0 ${width} ${height}`}>
      <g transform={`translate(${pan.x},${pan.y}) scale(${pan.k})`}>
        <path class="land" d={layout.land} />
        {modes.map((mode) => (
          <path
            key={mode}
            class={`route network mode-${mode}${chosen.length > 0 ? " dim" : ""}`}
            d={shown.has(mode) ? layout.byMode[mode] : ""}
            {...dashOf(mode)}
          />
        ))}
        {chosen.map((run) => (
          <path key={`casing ${run.key}`} class="route casing" d={pathOf(layout.lines.get(run) ?? [])} />
        ))}
        {chosen.map((run) => (
          <path
            key={`shown ${run.key}`}
            class={`route shown mode-${run.mode}`}
            d={pathOf(layout.lines.get(run) ?? [])}
            {...dashOf(run.mode)}
          />
        ))}
      </g>
      <g>
        {spots
          .toSorted((a, b) => (b.order ?? 1e6) - (a.order ?? 1e6))
          .map(({ id, x, y, order }) => (
            <circle
              key={id}
              class={`stop${order === 0 ? " end" : order === undefined ? " far" : ""}`}
              cx={x.toFixed(1)}
              cy={y.toFixed(1)}
              r={radius(order)}
            />
          ))}
      </g>
      <g class="place-names" aria-hidden="true">
        {labels.map((l) => (
          <text key={l.id} class={rank.get(l.id) === 0 ? "end" : ""} x={l.x} y={l.y} text-anchor={l.anchor}>
            {l.text}
          </text>
        ))}
      </g>
    </svg>
  );
}
