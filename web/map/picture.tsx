import { type GeoProjection, geoPath } from "d3";
import type { LineString, MultiPolygon } from "geojson";
import type { VNode } from "preact";
import type { Text } from "../../src/model/index.ts";
import { type LabelRequest, placeLabels } from "../charts/labels.ts";
import { modeDashes } from "../charts/palette.ts";
import type { Route, Scene, Stop } from "./scene.ts";

/** Zoom and pan after the projection. */
export interface Pan {
  k: number;
  x: number;
  y: number;
}

export interface PictureProps {
  scene: Scene;
  land: MultiPolygon;
  projection: GeoProjection;
  width: number;
  height: number;
  pan: Pan;
  label: string;
  /** Height of the names in pixels; 12 where it is not given. */
  labelSize?: number;
  say: (text: Text) => string;
}

const radius: Record<Stop["role"], number> = { end: 5.5, gateway: 4.5, hub: 3.5, passed: 3 };
const priority: Record<Stop["role"], number> = { end: 4, gateway: 3, hub: 2, passed: 1 };

function routePath(toPath: (line: LineString) => string | null, route: Route, classes: string, chain?: string): VNode | null {
  const d = route.line.length < 2 ? null : toPath({ type: "LineString", coordinates: route.line });
  if (d === null) return null;
  const dash = modeDashes[route.mode];
  return (
    <path
      key={`${classes} ${route.key}`}
      class={`${classes} mode-${route.mode}`}
      d={d}
      data-chain={chain}
      {...(dash === "" ? {} : { "stroke-dasharray": dash })}
    />
  );
}

/** Where the stops stand on the screen. */
function spots({ scene, projection, pan }: PictureProps): { stop: Stop; x: number; y: number }[] {
  return scene.stops.flatMap((stop) => {
    const at = projection(stop.at);
    return at === null ? [] : [{ stop, x: at[0] * pan.k + pan.x, y: at[1] * pan.k + pan.y }];
  });
}

function stopMark({ stop, x, y }: { stop: Stop; x: number; y: number }): VNode {
  const r = radius[stop.role];
  const at = `translate(${x.toFixed(1)},${y.toFixed(1)})`;
  if (stop.role === "passed")
    return <path key={stop.id} class="stop passed" transform={at} d={`M0,${-r - 1}L${r + 1},0L0,${r + 1}L${-r - 1},0Z`} />;
  return <circle key={stop.id} class={`stop ${stop.role}`} transform={at} r={r} />;
}

/** The map: data and a projection in, picture out. Lines keep their width and labels their size at every zoom. */
export function mapPicture(props: PictureProps): VNode {
  const { scene, land, projection, width, height, pan, label, say } = props;
  const path = geoPath(projection).digits(1);
  const toPath = (line: LineString) => path(line);
  const marked = spots(props);
  const requests = marked.map(({ stop, x, y }): LabelRequest => ({
    id: stop.id,
    x,
    y,
    radius: radius[stop.role] + 1,
    fontSize: props.labelSize ?? 12,
    isBold: stop.role === "end",
    priority: priority[stop.role],
    text: say(stop.name),
  }));
  // The right edge holds the zoom buttons.
  const labels = placeLabels(requests, { left: 4, top: 4, right: width - 4, bottom: height - 4 }, [
    { left: width - 48, top: 0, right: width, bottom: 118 },
  ]);
  const roles = new Map(scene.stops.map((stop) => [stop.id, stop.role]));
  return (
    <svg class="map-picture" role="img" aria-label={label} width={width} height={height} viewBox={`0 0 ${width} ${height}`}>
      <g transform={`translate(${pan.x},${pan.y}) scale(${pan.k})`}>
        <path class="land" d={path(land) ?? ""} />
        {scene.others.map((route) =>
          routePath(toPath, route, `route other${route.isOutside ? " outside" : ""}${route.isPinned ? " pinned" : ""}`),
        )}
        {scene.routes.map((route) => routePath(toPath, route, "route casing"))}
        {scene.routes.map((route) => routePath(toPath, route, "route shown"))}
        {scene.others.map((route) => routePath(toPath, route, "route hit", route.chain))}
        {scene.routes.map((route) => routePath(toPath, route, "route hit", scene.shown))}
      </g>
      <g>{marked.toReversed().map(stopMark)}</g>
      <g class="place-names" aria-hidden="true">
        {labels.map((l) => (
          <text key={l.id} class={roles.get(l.id) ?? ""} x={l.x} y={l.y} text-anchor={l.anchor}>
            {l.text}
          </text>
        ))}
      </g>
    </svg>
  );
}
