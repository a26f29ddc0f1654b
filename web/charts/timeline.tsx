import type { VNode } from "preact";
import type { Bar, RowLabel, TimelineLayout, TimelineRow } from "./timeline-layout.ts";
import { largeRow } from "./timeline-layout.ts";
import { markPath } from "./front.tsx";

export interface TimelineWords {
  label: string;
  due: string;
  row: (row: TimelineRow) => string;
  /** Date of the arrival of a row. */
  arrival: (row: TimelineRow) => string;
  /** `2027年3月`, the year only where it is new. */
  month: (date: number, isFirst: boolean) => string;
}

export interface TimelineMarks {
  pinned: string;
  shown: string;
  /** Keys within the limits; undefined: all. */
  within: ReadonlySet<string> | undefined;
  /** The bar that is read. */
  row: number;
  bar: number;
}

const px = (value: number) => Number(value.toFixed(1));
const hatch = "timeline-hatch";

function barMark({ span, x, width }: Bar, row: TimelineRow, isRead: boolean): VNode {
  const inset = span.kind === "move" ? 0 : span.kind === "wait" ? row.barHeight * 0.28 : row.barHeight * 0.14;
  return (
    <rect
      key={`${span.element} ${span.from}`}
      class={`span span-${span.kind}${span.mode === undefined ? "" : ` mode-${span.mode}`}${isRead ? " read" : ""}`}
      x={px(x)}
      width={px(width)}
      y={px(row.barY + inset)}
      height={px(row.barHeight - 2 * inset)}
      {...(span.kind === "cut-off" ? { fill: `url(#${hatch})` } : {})}
    />
  );
}

function rowNames(row: TimelineRow, layout: TimelineLayout, words: TimelineWords): VNode {
  const { plot, width, isNarrow } = layout;
  const nameY = row.isLarge ? row.y + largeRow.title : isNarrow ? row.y + 14 : row.barY + 10;
  const nameX = row.isLarge || isNarrow ? plot.left + 18 : 22;
  const isRight = isNarrow || row.isLarge;
  return (
    <g>
      <path
        class={`option-mark-path option-${row.named.option}`}
        transform={`translate(${nameX - 11},${px(nameY - 4)})`}
        d={markPath(row.named.option, 70)}
      />
      <text class={row.isLarge ? "row-name large" : "row-name"} x={nameX} y={px(nameY)}>
        {words.row(row)}
      </text>
      <text
        class="row-end"
        x={isRight ? (isNarrow ? plot.right : width - 4) : px(row.end + 6)}
        y={px(nameY)}
        text-anchor={isRight ? "end" : "start"}
      >
        {words.arrival(row)}
      </text>
    </g>
  );
}

function rowPicture(row: TimelineRow, index: number, layout: TimelineLayout, marks: TimelineMarks, words: TimelineWords): VNode {
  const { key } = row.named;
  const classes = [
    "timeline-row",
    ...(key === marks.shown ? ["shown"] : []),
    ...(key === marks.pinned ? ["pinned"] : []),
    ...(marks.within === undefined || marks.within.has(key) ? [] : ["outside"]),
  ];
  return (
    <g key={row.isLarge ? "large" : key} class={classes.join(" ")} data-key={key}>
      {!row.isLarge && key === marks.shown && (
        <rect class="row-ground" x="0" y={row.y} width={layout.width} height={(layout.rows[index + 1]?.y ?? layout.plot.bottom) - row.y} />
      )}
      {rowNames(row, layout, words)}
      {row.bars.map((bar, i) => barMark(bar, row, marks.row === index && marks.bar === i))}
    </g>
  );
}

const rowLabel = (label: RowLabel, y: number, classes: string): VNode => (
  <text key={label.id} class={classes} x={px(label.x)} y={px(y)} text-anchor={label.anchor}>
    {label.text}
  </text>
);

/** Ticks and places about the large bar. */
function surroundings(layout: TimelineLayout): VNode {
  const top = layout.plot.top;
  return (
    <g class="timeline-large" aria-hidden="true">
      {layout.places.map((label) => (
        <line
          key={label.id}
          class="leader"
          x1={px(label.at)}
          x2={px(label.at)}
          y1={top + largeRow.bar + largeRow.barHeight}
          y2={top + largeRow.places - 11 + label.line * largeRow.lineHeight}
        />
      ))}
      {layout.ticks.map((tick) => (
        <path
          key={`${tick.what} ${tick.x}`}
          class={`tick tick-${tick.what}`}
          transform={`translate(${px(tick.x)},${top + largeRow.ticks})`}
          d="M0,-3L4.5,5L-4.5,5Z"
        />
      ))}
      {layout.durations.map((label) => rowLabel(label, top + largeRow.durations, "duration"))}
      {layout.places.map((label) => rowLabel(label, top + largeRow.places + label.line * largeRow.lineHeight, "place"))}
    </g>
  );
}

/** The dated timeline: chains as bars on a calendar; data in, picture out. */
export function timelineChart(layout: TimelineLayout, marks: TimelineMarks, words: TimelineWords): VNode {
  const { plot, width, height } = layout;
  const months = layout.months.filter((month, i) => {
    const next = layout.months[i + 1];
    return next === undefined || next.x - month.x > 58;
  });
  return (
    <svg class="timeline-chart" role="img" aria-label={words.label} width={width} height={height} viewBox={`0 0 ${width} ${height}`}>
      <defs>
        <pattern id={hatch} width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect class="hatch-ground" width="4" height="4" />
          <rect class="hatch-line" width="1.4" height="4" />
        </pattern>
      </defs>
      <g class="weekends">
        {layout.weekends.map((band) => (
          <rect key={band.x} x={px(band.x)} width={px(band.width)} y={plot.top - 4} height={plot.bottom - plot.top + 4} />
        ))}
      </g>
      <g class="weeks" aria-hidden="true">
        {layout.weeks.map((tick) => (
          <line key={tick.date} x1={px(tick.x)} x2={px(tick.x)} y1={plot.top - 4} y2={plot.bottom} />
        ))}
        {layout.weeks.map((tick) => (
          <text key={tick.date} x={px(tick.x)} y={plot.top - 8} text-anchor="middle">
            {new Date(tick.date).getUTCDate()}
          </text>
        ))}
        {months.map((tick, i) => (
          <text key={tick.date} class="month" x={px(tick.x)} y="12">
            {words.month(tick.date, i === 0)}
          </text>
        ))}
      </g>
      <g class="holidays">
        {layout.holidays.map((band) => (
          <rect key={band.x} x={px(band.x)} width={px(band.width)} y={plot.top - 5} height="3" />
        ))}
      </g>
      {layout.rows.map((row, i) => rowPicture(row, i, layout, marks, words))}
      {surroundings(layout)}
      {layout.due !== undefined && (
        <g class="due">
          <line x1={px(layout.due)} x2={px(layout.due)} y1={plot.top - 4} y2={plot.bottom} />
          <text x={px(layout.due)} y="12" text-anchor={layout.due > width - 40 ? "end" : "middle"}>
            {words.due}
          </text>
        </g>
      )}
    </svg>
  );
}
