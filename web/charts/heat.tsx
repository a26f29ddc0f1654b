import type { VNode } from "preact";
import type { HeatLayout, HeatLevel } from "./heat-layout.ts";

export interface HeatState {
  /** The weeks kept, first and last (from 0); undefined for all. */
  brush: readonly [number, number] | undefined;
  /** The cell that is read; row -1 for the columns of demand, week -1 for none. */
  read: { row: number; week: number };
  /** Row that is singled out; empty for none. */
  chosen: string;
}

export interface HeatWords {
  label: string;
  demand: string;
  month: (date: string) => string;
  vehicles: (count: number) => string;
}

/** Cells of one level as one path: a year of weeks by a dozen corridors stays light. */
function cellsOf(layout: HeatLayout, level: HeatLevel): string {
  const { left, step, rows } = layout;
  const gap = step > 6 ? 1 : step > 3 ? 0.5 : 0;
  const width = (step - gap).toFixed(2);
  return rows
    .flatMap(({ y, height, levels }) =>
      levels.flatMap((own, week) => (own === level ? [`M${(left + week * step).toFixed(2)},${y}h${width}v${height}h-${width}z`] : [])),
    )
    .join("");
}

/** Full weeks carry a bar along their foot, so that they are told apart without colour. */
function fullMarks({ left, step, rows }: HeatLayout): string {
  const bar = Math.min(12, step * 0.6);
  return rows
    .flatMap(({ y, height, levels }) =>
      levels.flatMap((own, week) =>
        own === 5 ? [`M${(left + (week + 0.5) * step - bar / 2).toFixed(2)},${y + height - 4}h${bar.toFixed(2)}`] : [],
      ),
    )
    .join("");
}

function columns(layout: HeatLayout, values: readonly number[]): string {
  const { left, step, bars } = layout;
  const gap = step > 6 ? 1 : 0;
  return values
    .flatMap((value, week) => {
      const height = ((bars.foot - bars.top) * value) / bars.most;
      if (height <= 0) return [];
      return [`M${(left + week * step).toFixed(2)},${bars.foot}v${(-height).toFixed(1)}h${(step - gap).toFixed(2)}V${bars.foot}z`];
    })
    .join("");
}

/** Demand by week above, below it how full each corridor is in each week. */
export function heatChart(layout: HeatLayout, { brush, read, chosen }: HeatState, words: HeatWords): VNode {
  const { width, height, left, step, rows, bars, months, weeks } = layout;
  const at = rows[read.row];
  const isNarrow = left === 0;
  return (
    <svg class="heat" role="img" aria-label={words.label} width={width} height={height} viewBox={`0 0 ${width} ${height}`}>
      <text class="heat-name" x={isNarrow ? 0 : left - 10} y={isNarrow ? 11 : bars.foot - 4} text-anchor={isNarrow ? "start" : "end"}>
        {words.demand}
      </text>
      <text class="heat-most" x={width - 8} y={11} text-anchor="end">
        {words.vehicles(bars.most)}
      </text>
      <path class="heat-demand" d={columns(layout, bars.demand)} />
      <path class="heat-carried" d={columns(layout, bars.carried)} />
      <line class="heat-foot" x1={left} x2={left + weeks * step} y1={bars.foot + 0.5} y2={bars.foot + 0.5} />
      <g class="heat-months">
        {months.map(({ week, x, date }) => (
          <g key={week}>
            <line x1={x.toFixed(1)} x2={x.toFixed(1)} y1={bars.foot} y2={bars.foot + 5} />
            <text x={x.toFixed(1)} y={bars.foot + 15}>
              {words.month(date)}
            </text>
          </g>
        ))}
      </g>
      {([0, 1, 2, 3, 4, 5] as const).map((level) => (
        <path key={level} class={`heat-cells heat-${level}`} d={cellsOf(layout, level)} />
      ))}
      <path class="heat-full" d={fullMarks(layout)} />
      {brush !== undefined && (
        <g class="heat-brush">
          <rect class="outside" x={left} y={bars.top} width={(brush[0] * step).toFixed(1)} height={height - bars.top} />
          <rect
            class="outside"
            x={(left + (brush[1] + 1) * step).toFixed(1)}
            y={bars.top}
            width={((weeks - brush[1] - 1) * step).toFixed(1)}
            height={height - bars.top}
          />
          <rect
            class="edge"
            x={(left + brush[0] * step).toFixed(1)}
            y={bars.top - 1}
            width={((brush[1] - brush[0] + 1) * step).toFixed(1)}
            height={height - bars.top}
          />
        </g>
      )}
      {rows.map((row) => (
        <text
          key={row.id}
          class={`heat-name${row.id === chosen ? " chosen" : ""}`}
          x={row.nameX}
          y={row.nameY}
          text-anchor={isNarrow ? "start" : "end"}
        >
          {row.name}
        </text>
      ))}
      {read.week >= 0 && (
        <rect
          class="heat-read"
          x={(left + read.week * step - 1).toFixed(1)}
          y={at === undefined ? bars.top - 1 : at.y - 1}
          width={(step + 1).toFixed(1)}
          height={at === undefined ? bars.foot - bars.top + 2 : at.height + 2}
        />
      )}
    </svg>
  );
}
