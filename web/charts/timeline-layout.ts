import { type ScaleLinear, scaleLinear } from "d3";
import type { NamedChain } from "../state/chains.ts";
import { isHoliday } from "./holidays.ts";
import { type Span, dueMinute, laterDepartures, minuteOf, offsetOf, readyMinute, spansOf } from "./journey.ts";
import { textWidth } from "./labels.ts";

const minutesPerDay = 1440;
const fontSize = 12;

export interface Bar {
  span: Span;
  x: number;
  width: number;
}

export interface TimelineRow {
  named: NamedChain;
  /** The chain shown, drawn large with its places; the others are small. */
  isLarge: boolean;
  y: number;
  barY: number;
  barHeight: number;
  bars: Bar[];
  /** Pixels of the arrival. */
  end: number;
}

/** A mark under the large bar: the moment of a cut-off, or a later departure of the main leg. */
export interface Tick {
  x: number;
  what: "cut-off" | "later";
}

export interface RowLabel {
  id: string;
  text: string;
  /** Where it belongs, and where it is written. */
  at: number;
  x: number;
  line: number;
  anchor: "start" | "middle" | "end";
}

export interface DayTick {
  x: number;
  /** Milliseconds of midnight UTC of the date. */
  date: number;
}

export interface TimelineLayout {
  width: number;
  height: number;
  plot: { left: number; top: number; right: number; bottom: number };
  rows: TimelineRow[];
  months: DayTick[];
  weeks: DayTick[];
  weekends: { x: number; width: number }[];
  holidays: { x: number; width: number }[];
  due: number | undefined;
  /** Offset from UTC in minutes by which the days of the calendar are counted: the plant's. */
  offset: number;
  ticks: Tick[];
  places: RowLabel[];
  durations: RowLabel[];
  /** Names stand above the small bars instead of left of them. */
  isNarrow: boolean;
}

const headHeight = 36;
const large = { height: 104, title: 13, durations: 30, bar: 38, barHeight: 18, ticks: 60, places: 78, lineHeight: 15 };
const small = { barHeight: 12, wide: 28, narrow: 40 };

const isNarrow = (width: number) => width < 620;

/** Height of the picture with so many small rows, so that its place can be kept before it is there. */
export const timelineHeight = (rows: number, width: number): number =>
  headHeight + large.height + rows * (isNarrow(width) ? small.narrow : small.wide) + 10;

/** Labels on lines below or above a bar, those named first winning; one that fits nowhere is left out. */
export function lineUp(
  wanted: readonly { id: string; text: string; at: number }[],
  bounds: { left: number; right: number },
  lines: number,
): RowLabel[] {
  const taken: { line: number; left: number; right: number }[] = [];
  return wanted.flatMap(({ id, text, at }): RowLabel[] => {
    const width = textWidth(text, fontSize);
    const left = Math.min(Math.max(at - width / 2, bounds.left), bounds.right - width);
    if (text === "" || left < bounds.left) return [];
    for (let line = 0; line < lines; line++) {
      if (taken.some((t) => t.line === line && left < t.right + 8 && t.left < left + width + 8)) continue;
      taken.push({ line, left, right: left + width });
      const anchor = left > at - width / 2 ? "start" : left < at - width / 2 ? "end" : "middle";
      return [{ id, text, at, x: anchor === "start" ? left : anchor === "end" ? left + width : at, line, anchor }];
    }
    return [];
  });
}

function daysBetween(from: number, to: number, offset: number): DayTick[] {
  const first = Math.floor((from + offset) / minutesPerDay);
  const last = Math.ceil((to + offset) / minutesPerDay);
  return Array.from({ length: last - first + 1 }, (_, i) => ({
    date: (first + i) * minutesPerDay * 60_000,
    x: (first + i) * minutesPerDay - offset,
  }));
}

function barsOf(spans: readonly Span[], x: ScaleLinear<number, number>): Bar[] {
  return spans.map((span) => ({ span, x: x(span.from), width: Math.max(x(span.to) - x(span.from), 0.8) }));
}

/** Places of a chain in the order in which they matter, each where the chain first touches it. */
function placeMarks(spans: readonly Span[], gateway: string, x: ScaleLinear<number, number>, name: (id: string) => string) {
  const first = new Map<string, number>();
  for (const span of spans) {
    if (!first.has(span.at)) first.set(span.at, x(span.from));
    if (span.toPlace !== undefined && !first.has(span.toPlace)) first.set(span.toPlace, x(span.to));
  }
  const ids = [...first.keys()];
  const rank = (id: string) => (id === ids[0] || id === ids.at(-1) ? 0 : id === gateway ? 1 : 2);
  const names = new Set<string>();
  return ids
    .toSorted((a, b) => rank(a) - rank(b))
    .map((id) => ({ id, text: name(id), at: first.get(id)! }))
    .filter(({ text }) => {
      // A terminal and its town may share a name.
      const isNew = !names.has(text);
      names.add(text);
      return isNew;
    });
}

export interface TimelineInput {
  /** The chain drawn large. */
  shown: NamedChain;
  /** The small rows. */
  rows: readonly NamedChain[];
  /** All chains that may be shown: the calendar holds them all, so that it stands still. */
  all: readonly NamedChain[];
  width: number;
  place: (id: string) => string;
  duration: (span: Span) => string;
}

/** Where everything of the timeline stands, in pixels. */
export function timelineLayout({ shown, rows, all, width, place, duration }: TimelineInput): TimelineLayout {
  const narrow = isNarrow(width);
  const height = timelineHeight(rows.length, width);
  const plot = { left: narrow ? 6 : 132, top: headHeight, right: width - (narrow ? 6 : 74), bottom: height - 4 };
  const offset = offsetOf(shown.chain.time.departure);
  const due = dueMinute(shown.chain);
  const from = Math.min(...all.map(({ chain }) => readyMinute(chain)));
  const arrival = Math.max(...all.map(({ chain }) => minuteOf(chain.time.arrival)));
  // A due date far behind the last arrival would press everything else to the left.
  const until = due !== undefined && due < from + (arrival - from) * 1.6 ? Math.max(arrival, due) : arrival;
  const x = scaleLinear([from, until + minutesPerDay], [plot.left, plot.right]);
  const days = daysBetween(from, until + minutesPerDay, offset).filter((day) => day.x >= from && day.x <= until + minutesPerDay);
  const day = x(from + minutesPerDay) - x(from);
  const bands = (wanted: (date: number) => boolean) =>
    days
      .filter(({ date }) => wanted(date))
      .map((tick) => ({ x: x(tick.x), width: Math.min(day, plot.right - x(tick.x)) }))
      .filter((band) => band.width > 0.1);
  const weekday = (date: number) => new Date(date).getUTCDay();
  const mondays = days.filter(({ date }) => weekday(date) === 1);
  const every = Math.max(1, Math.ceil(26 / (day * 7)));
  const spans = spansOf(shown.chain);
  const top = plot.top;
  const first: TimelineRow = {
    named: shown,
    isLarge: true,
    y: top,
    barY: top + large.bar,
    barHeight: large.barHeight,
    bars: barsOf(spans, x),
    end: x(minuteOf(shown.chain.time.arrival)),
  };
  const pitch = narrow ? small.narrow : small.wide;
  const others = rows.map((named, i): TimelineRow => {
    const y = top + large.height + i * pitch;
    return {
      named,
      isLarge: false,
      y,
      barY: y + (narrow ? 22 : 8),
      barHeight: small.barHeight,
      bars: barsOf(spansOf(named.chain), x),
      end: x(minuteOf(named.chain.time.arrival)),
    };
  });
  const within = (at: number) => at >= plot.left && at <= plot.right;
  return {
    width,
    height,
    plot,
    rows: [first, ...others],
    months: days.filter(({ date }, i) => i === 0 || new Date(date).getUTCDate() === 1).map((tick) => ({ ...tick, x: x(tick.x) })),
    weeks: mondays.filter((_, i) => i % every === 0).map((tick) => ({ ...tick, x: x(tick.x) })),
    weekends: day < 2 ? [] : bands((date) => weekday(date) % 6 === 0),
    holidays: day < 2 ? [] : bands(isHoliday),
    due: due !== undefined && due <= until ? x(due) : undefined,
    offset,
    ticks: [
      ...spans
        .filter((span) => span.kind === "cut-off" && isScheduled(shown, span))
        .map((span): Tick => ({ x: x(span.from), what: "cut-off" })),
      ...laterDepartures(shown.chain).map(({ departure }): Tick => ({ x: x(minuteOf(departure)), what: "later" })),
    ].filter((tick) => within(tick.x)),
    places: lineUp(placeMarks(spans, shown.chain.gateway, x, place), { left: plot.left, right: narrow ? plot.right : width - 4 }, 2),
    durations: lineUp(
      first.bars
        .filter(({ span, width: wide }) => wide >= textWidth(duration(span), fontSize))
        .toSorted((a, b) => b.width - a.width)
        .map((bar) => ({ id: `${bar.span.element} ${bar.span.from}`, text: duration(bar.span), at: bar.x + bar.width / 2 })),
      plot,
      1,
    ),
    isNarrow: narrow,
  };
}

/** A truck waits for its cars; only a timetable has a cut-off to be missed. */
function isScheduled({ chain }: NamedChain, span: Span): boolean {
  const element = chain.elements[span.element];
  return element?.kind === "leg" && element.mode !== "road";
}

/** What lies under a place of the picture: the row, and the bar if one is there. */
export function barAt(layout: TimelineLayout, x: number, y: number): { row: number; bar: number } | undefined {
  const row = layout.rows.findIndex((r, i) => y >= r.y && y < (layout.rows[i + 1]?.y ?? layout.plot.bottom));
  if (row < 0) return undefined;
  const bars = layout.rows[row]!.bars;
  let bar = -1;
  // Thin bars are hard to hit: the nearest within a few pixels counts, the thinnest first.
  let least = 4;
  bars.forEach((b, i) => {
    const distance = x < b.x ? b.x - x : x > b.x + b.width ? x - b.x - b.width : b.width < 6 ? -1 : 0;
    if (distance < least) {
      least = distance;
      bar = i;
    }
  });
  return { row, bar };
}

export { large as largeRow };
