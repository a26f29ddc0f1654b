import { shorten, textWidth } from "./labels.ts";

/** So many slots used of so many; both in vehicles. */
export interface HeatCell {
  used: number;
  capacity: number;
}

export interface HeatRow {
  id: string;
  name: string;
  /** One for each week. */
  cells: readonly HeatCell[];
}

export interface HeatInput {
  rows: readonly HeatRow[];
  /** Vehicles that become ready, and those of them that are carried, by week. */
  demand: readonly number[];
  carried: readonly number[];
  /** First day of week 1, `YYYY-MM-DD`. */
  from: string;
  width: number;
}

/** How full: 0 nothing on offer, 1 to 4 quarters of what is, 5 full. */
export type HeatLevel = 0 | 1 | 2 | 3 | 4 | 5;

export interface HeatLayout {
  width: number;
  height: number;
  /** Where week 1 begins, and the width of a week. */
  left: number;
  step: number;
  weeks: number;
  rows: { id: string; name: string; nameX: number; nameY: number; y: number; height: number; levels: HeatLevel[]; shares: number[] }[];
  /** Height and foot of the columns of demand. */
  bars: { top: number; foot: number; most: number; demand: number[]; carried: number[] };
  /** Months, named where their first week begins. */
  months: { week: number; x: number; date: string }[];
}

/** From this share on a week counts as full. */
const fullAt = 0.995;
const right = 8;
const barsTop = 18;
const barsHeight = 54;
const axisHeight = 22;
const cellHeight = 20;
const cellGap = 3;
/** Narrower than this, names stand above their rows. */
const narrow = 620;
const mostNames = 230;
/** Where there is room names may take this share of the width. */
const namesShare = 0.3;
const nameHeight = 17;
/** Least pixels between two names of months. */
const monthRoom = 34;

export const shareOf = ({ used, capacity }: HeatCell): number => (capacity > 0 ? used / capacity : 0);

export function levelOf(cell: HeatCell): HeatLevel {
  if (!(cell.capacity > 0)) return 0;
  const share = shareOf(cell);
  return share >= fullAt ? 5 : ((1 + Math.min(3, Math.floor(share * 4))) as HeatLevel);
}

/** Day on which a week (from 0) begins. */
export const weekStart = (from: string, week: number): string =>
  new Date(Date.parse(`${from}T00:00:00Z`) + week * 7 * 86_400_000).toISOString().slice(0, 10);

export function heatLayout({ rows, demand, carried, from, width }: HeatInput): HeatLayout {
  const weeks = demand.length;
  const isNarrow = width < narrow;
  const left = isNarrow
    ? 0
    : Math.min(Math.max(mostNames, width * namesShare), 18 + Math.max(60, ...rows.map(({ name }) => textWidth(name, 12))));
  const step = Math.max(0, width - left - right) / Math.max(1, weeks);
  const foot = barsTop + barsHeight;
  const months: HeatLayout["months"] = [];
  for (let week = 0; week < weeks; week++) {
    const date = weekStart(from, week);
    // The first week is named too, so that a short horizon has a month at all.
    if (week > 0 && date.slice(0, 7) === weekStart(from, week - 1).slice(0, 7)) continue;
    const x = left + week * step;
    const last = months.at(-1);
    if ((last === undefined || x - last.x >= monthRoom) && x + monthRoom <= width) months.push({ week, x, date });
  }
  let y = foot + axisHeight;
  const laid = rows.map(({ id, name, cells }) => {
    const top = y + (isNarrow ? nameHeight : 0);
    y = top + cellHeight + cellGap;
    return {
      id,
      name: isNarrow ? name : shorten(name, left - 12, 12),
      nameX: isNarrow ? 0 : left - 10,
      nameY: isNarrow ? top - 5 : top + cellHeight / 2 + 4,
      y: top,
      height: cellHeight,
      levels: cells.map(levelOf),
      shares: cells.map(shareOf),
    };
  });
  return {
    width,
    height: y + 2,
    left,
    step,
    weeks,
    rows: laid,
    bars: { top: barsTop, foot, most: Math.max(1, ...demand), demand: [...demand], carried: [...carried] },
    months,
  };
}

/** What lies under a point: the week, and the row if it is one; -1 for none. */
export function heatAt({ left, step, weeks, rows }: HeatLayout, x: number, y: number): { row: number; week: number } {
  const week = Math.floor((x - left) / Math.max(step, 1e-9));
  return {
    week: week >= 0 && week < weeks ? week : -1,
    row: rows.findIndex((row) => y >= row.y - cellGap / 2 && y < row.y + row.height + cellGap / 2),
  };
}
