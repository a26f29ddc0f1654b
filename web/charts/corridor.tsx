import type { VNode } from "preact";
import type { CorridorLayout, Trace } from "./corridor-layout.ts";
import { markPath } from "./front.tsx";

export interface CorridorWords {
  label: string;
  /** Title of the foot. */
  x: string;
  cost: (cny: number) => string;
  along: (value: number) => string;
}

export interface CorridorMarks {
  pinned: string;
  within: ReadonlySet<string> | undefined;
  /** The corner that is read: its chain and number. */
  read: { key: string; corner: number } | undefined;
}

const px = (value: number) => value.toFixed(1);

const tracePath = (trace: Trace) => trace.corners.map(({ x, y }, i) => `${i === 0 ? "M" : "L"}${px(x)},${px(y)}`).join("");

function traceMark(trace: Trace, isShown: boolean, { pinned, within }: CorridorMarks): VNode {
  const { key, option } = trace.named;
  const classes = [
    "trace",
    `option-${option}`,
    ...(isShown ? ["shown"] : []),
    ...(key === pinned ? ["pinned"] : []),
    ...(within === undefined || within.has(key) ? [] : ["outside"]),
  ];
  const end = trace.corners.at(-1)!;
  return (
    <g key={key} class={classes.join(" ")} data-key={key}>
      {isShown && <path class="trace-casing" d={tracePath(trace)} />}
      <path class="trace-line" d={tracePath(trace)} />
      {isShown &&
        trace.corners.map(
          (corner, i) =>
            corner.place !== undefined &&
            corner.role !== "whole" &&
            (corner.role === "border" ? (
              <path
                key={i}
                class="trace-stop border"
                transform={`translate(${px(corner.x)},${px(corner.y)})`}
                d="M0,-4.5L4.5,0L0,4.5L-4.5,0Z"
              />
            ) : (
              <circle key={i} class="trace-stop" cx={px(corner.x)} cy={px(corner.y)} r="3" />
            )),
        )}
      <path class="trace-end" transform={`translate(${px(end.x)},${px(end.y)})`} d={markPath(option, isShown ? 90 : 60)} />
    </g>
  );
}

/** The time–cost–distance chart of corridor studies: cost up, time or distance along, a step where a hub or a border takes its share. */
export function corridorChart(layout: CorridorLayout, marks: CorridorMarks, words: CorridorWords): VNode {
  const { plot, width, height, traces } = layout;
  const read = marks.read;
  const corner = read === undefined ? undefined : traces.find((t) => t.named.key === read.key)?.corners[read.corner];
  return (
    <svg class="corridor-chart" role="img" aria-label={words.label} width={width} height={height} viewBox={`0 0 ${width} ${height}`}>
      <g class="grid">
        {layout.yTicks.map((tick) => (
          <line key={tick.value} x1={plot.left} x2={plot.right} y1={px(tick.at)} y2={px(tick.at)} />
        ))}
      </g>
      <g class="axis" aria-hidden="true">
        {layout.yTicks.map((tick) => (
          <text key={tick.value} x={plot.left - 8} y={px(tick.at + 4)} text-anchor="end">
            {words.cost(tick.value)}
          </text>
        ))}
        {layout.xTicks.map((tick) => (
          <text key={tick.value} x={px(tick.at)} y={plot.bottom + 18} text-anchor="middle">
            {words.along(tick.value)}
          </text>
        ))}
        <text class="axis-title" x={plot.right} y={height - 6} text-anchor="end">
          {words.x}
        </text>
      </g>
      <line class="base" x1={plot.left} x2={plot.right} y1={plot.bottom} y2={plot.bottom} />
      {traces.map((trace, i) => traceMark(trace, i === traces.length - 1, marks))}
      {corner !== undefined && (
        <g class="reading">
          <path d={`M${plot.left},${px(corner.y)}H${px(corner.x)}V${plot.bottom}`} />
          <circle cx={px(corner.x)} cy={px(corner.y)} r="6" />
        </g>
      )}
      <g class="names" aria-hidden="true">
        {layout.labels.map((label) => (
          <text key={label.id} class={`trace-name ${label.role}`} x={px(label.x)} y={px(label.y)} text-anchor={label.anchor}>
            {label.text}
          </text>
        ))}
      </g>
    </svg>
  );
}
