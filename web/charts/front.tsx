import { symbol } from "d3";
import type { VNode } from "preact";
import type { Option } from "../../src/routing/index.ts";
import type { FrontLayout, FrontMark } from "./front-layout.ts";
import { type Box, type LabelRequest, placeLabels } from "./labels.ts";
import { optionMarks } from "./palette.ts";

export interface FrontWords {
  label: string;
  x: string;
  y: string;
  due: string;
  option: (option: Option) => string;
  cost: (cny: number) => string;
  days: (days: number) => string;
}

const path = (points: readonly [number, number][]) =>
  points.map(([x, y], i) => `${i === 0 ? "M" : "L"}${x.toFixed(1)},${y.toFixed(1)}`).join("");

const outlines = new Map<string, string>();

/** Outline of an option's mark, centred on the origin. The few that are in use are drawn again and again. */
export function markPath(option: Option, area: number): string {
  const key = `${option} ${area}`;
  let known = outlines.get(key);
  if (known === undefined) {
    if (outlines.size > 500) outlines.clear();
    outlines.set(key, (known = symbol(optionMarks[option], area)() ?? ""));
  }
  return known;
}

/** What is laid over the chart; all may be missing. */
export interface FrontMarks {
  pinned?: string;
  /** Keys within the limits; undefined: all. */
  within?: ReadonlySet<string> | undefined;
  brush?: Box | undefined;
}

function mark(item: FrontMark, shown: string, within: FrontMarks["within"]): VNode {
  const classes = [
    "mark",
    `option-${item.point.option}`,
    item.point.onFront ? "on-front" : "beaten",
    ...(item.key === shown ? ["shown"] : []),
    ...(within === undefined || within.has(item.key) ? [] : ["outside"]),
  ];
  return (
    <path
      key={item.key}
      class={classes.join(" ")}
      data-key={item.key}
      transform={`translate(${item.x.toFixed(1)},${item.y.toFixed(1)})`}
      d={markPath(item.point.option, item.area)}
    />
  );
}

/** Names beside the cheapest mark of each option. */
function names(layout: FrontLayout, words: FrontWords): VNode[] {
  const best = new Map<Option, FrontMark>();
  for (const item of layout.marks) {
    const known = best.get(item.point.option);
    if (known === undefined || item.cny < known.cny) best.set(item.point.option, item);
  }
  const requests = layout.marks.map((item): LabelRequest => ({
    id: item.key,
    x: item.x,
    y: item.y,
    radius: Math.sqrt(item.area / Math.PI),
    fontSize: 12,
    isBold: true,
    priority: 1,
    text: best.get(item.point.option) === item ? words.option(item.point.option) : "",
  }));
  const labels = placeLabels(requests, layout.plot);
  return labels.map((label) => (
    <text key={label.id} class="mark-name" x={label.x} y={label.y} text-anchor={label.anchor}>
      {label.text}
    </text>
  ));
}

/** The cost–time chart: data in, picture out. */
export function frontChart(layout: FrontLayout, shown: string, words: FrontWords, marks: FrontMarks = {}): VNode {
  const { plot, width, height } = layout;
  const { brush } = marks;
  return (
    <svg class="front-chart" role="img" aria-label={words.label} width={width} height={height} viewBox={`0 0 ${width} ${height}`}>
      <g class="grid">
        {layout.yTicks.map((tick) => (
          <line key={tick.value} x1={plot.left} x2={plot.right} y1={tick.at} y2={tick.at} />
        ))}
      </g>
      <g class="axis" aria-hidden="true">
        {layout.yTicks.map((tick) => (
          <text key={tick.value} x={plot.left - 8} y={tick.at + 4} text-anchor="end">
            {words.cost(tick.value)}
          </text>
        ))}
        {layout.xTicks.map((tick) => (
          <text key={tick.value} x={tick.at} y={plot.bottom + 18} text-anchor="middle">
            {words.days(tick.value)}
          </text>
        ))}
        <text class="axis-title" x={plot.right} y={height - 6} text-anchor="end">
          {words.x}
        </text>
      </g>
      <line class="base" x1={plot.left} x2={plot.right} y1={plot.bottom} y2={plot.bottom} />
      {layout.due !== undefined && (
        <g class="due">
          <line x1={layout.due} x2={layout.due} y1={plot.top} y2={plot.bottom} />
          <text
            x={layout.due + (layout.due > width - 90 ? -5 : 5)}
            y={plot.top + 10}
            text-anchor={layout.due > width - 90 ? "end" : "start"}
          >
            {words.due}
          </text>
        </g>
      )}
      {brush !== undefined && (
        <rect
          class="brush"
          x={brush.left.toFixed(1)}
          y={brush.top.toFixed(1)}
          width={Math.max(0, brush.right - brush.left).toFixed(1)}
          height={Math.max(0, brush.bottom - brush.top).toFixed(1)}
        />
      )}
      <path class="stairs" d={path(layout.stairs)} />
      <g>{layout.marks.map((item) => mark(item, shown, marks.within))}</g>
      {layout.marks
        .filter((item) => item.key === marks.pinned)
        .map((item) => {
          const half = Math.sqrt(item.area / Math.PI) + 6;
          return (
            <rect
              key="pin"
              class="pin-frame"
              x={(item.x - half).toFixed(1)}
              y={(item.y - half).toFixed(1)}
              width={(2 * half).toFixed(1)}
              height={(2 * half).toFixed(1)}
            />
          );
        })}
      {layout.marks
        .filter((item) => item.key === shown)
        .map((item) => (
          <circle key="ring" class="ring" cx={item.x} cy={item.y} r={Math.sqrt(item.area / Math.PI) + 5} />
        ))}
      <g class="names" aria-hidden="true">
        {names(layout, words)}
      </g>
    </svg>
  );
}
