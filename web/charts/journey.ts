import type { Mode } from "../../src/model/index.ts";
import type { ChainElement, TimeItem, TransportChain } from "../../src/routing/index.ts";

/** What a stretch of a journey is, as it is drawn: moving, waiting, standing ready before a cut-off, being worked on, being cleared. */
export const spanKinds = ["move", "wait", "cut-off", "work", "clearance"] as const;
export type SpanKind = (typeof spanKinds)[number];

/** A stretch of time of a chain. All of them, in order, cover the time from the ready date to the arrival without gap. */
export interface Span {
  /** Minutes since 1970, UTC. */
  from: number;
  to: number;
  kind: SpanKind;
  what: TimeItem["what"];
  /** Index into the chain's elements. */
  element: number;
  /** Only for moving. */
  mode?: Mode;
  /** Place where it happens, or where the run begins. */
  at: string;
  /** Where a run ends. */
  toPlace?: string;
  /** Offsets from UTC in minutes, of the local time shown at either end. */
  fromOffset: number;
  toOffset: number;
}

/** Minutes since 1970, UTC, of a local stamp with offset. */
export const minuteOf = (stamp: string): number => Date.parse(stamp) / 60_000;

/** `2027-03-19T18:00+08:00`: 480. */
export function offsetOf(stamp: string): number {
  const match = /([+-])(\d{2}):(\d{2})$/.exec(stamp);
  return match === null ? 0 : (match[1] === "-" ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3]));
}

/** The local stamp of a minute at an offset from UTC. */
export function stampAt(minute: number, offset: number): string {
  const clock = Math.abs(offset);
  const pad = (value: number) => String(value).padStart(2, "0");
  const local = new Date((minute + offset) * 60_000).toISOString().slice(0, 16);
  return `${local}${offset < 0 ? "-" : "+"}${pad(Math.floor(clock / 60))}:${pad(clock % 60)}`;
}

function kindOf(what: TimeItem["what"], element: ChainElement | undefined): SpanKind {
  if (what === "run") return "move";
  if (what === "cut-off") return "cut-off";
  if (what === "passage") return "work";
  if (what !== "operation") return "wait";
  return element?.kind === "operation" && element.what.endsWith("clearance") ? "clearance" : "work";
}

interface Where {
  at: string;
  toPlace?: string;
  fromOffset: number;
  toOffset: number;
}

/** Place and local times of each item of one element; the runs of a leg tell how far along its stops an item is. */
function whereabouts(element: ChainElement, items: readonly TimeItem[]): Where[] {
  if (element.kind === "operation") {
    const fromOffset = offsetOf(element.begin);
    return items.map((_, i) => ({ at: element.at, fromOffset, toOffset: i === items.length - 1 ? offsetOf(element.end) : fromOffset }));
  }
  const stops = [element.from, ...element.via, element.to];
  const last = stops.length - 1;
  const departs = offsetOf(element.departure);
  const arrives = offsetOf(element.arrival);
  let run = 0;
  return items.map((item): Where => {
    if (item.what !== "run") {
      const at = stops[run] ?? element.to;
      const offset = run < last ? departs : arrives;
      return { at, fromOffset: offset, toOffset: offset };
    }
    // What the season adds comes after the last run and belongs to it.
    const from = Math.min(run, last - 1);
    run = from + 1;
    return {
      at: stops[from] ?? element.from,
      toPlace: stops[run] ?? element.to,
      fromOffset: departs,
      toOffset: run === last ? arrives : departs,
    };
  });
}

/** The time of a chain from its ready date to its arrival, stretch by stretch. */
export function spansOf(chain: TransportChain): Span[] {
  const total = chain.timeItems.reduce((sum, item) => sum + item.minutes, 0);
  let now = minuteOf(chain.time.arrival) - total;
  return chain.elements.flatMap((element, index) => {
    const items = chain.timeItems.filter((item) => item.element === index);
    const where = whereabouts(element, items);
    return items.flatMap((item, i): Span[] => {
      const from = now;
      now += item.minutes;
      if (item.minutes <= 0) return [];
      const kind = kindOf(item.what, element);
      const mode = kind === "move" && element.kind === "leg" ? { mode: element.mode } : {};
      return [{ from, to: now, kind, what: item.what, element: index, ...mode, ...where[i]! }];
    });
  });
}

/** When the vehicles stand ready, in minutes since 1970, UTC. */
export const readyMinute = (chain: TransportChain): number =>
  minuteOf(chain.time.arrival) - chain.timeItems.reduce((sum, item) => sum + item.minutes, 0);

/** The due moment, where the shipment has one. The slack is rounded to a few minutes, dates end on a half hour of UTC everywhere. */
export const dueMinute = (chain: TransportChain): number | undefined =>
  chain.due === undefined ? undefined : Math.round((minuteOf(chain.time.arrival) + chain.due.slackDays * 1440) / 30) * 30;

/** The next departure of the main leg after the one taken. */
export interface Later {
  /** Local stamp of the departure. */
  departure: string;
  /** Days after the departure that was taken. */
  days: number;
  /** Arrival when the rest takes as long as now; absent where another timetable follows, which only a new search can meet. */
  arrival?: string;
  /** Days before the due date; negative: late. */
  slackDays?: number;
}

/** What a missed main departure costs in days. */
export function laterDepartures(chain: TransportChain): Later[] {
  const main = chain.elements.findIndex((e) => e.kind === "leg" && e.main);
  const leg = chain.elements[main];
  if (leg?.kind !== "leg") return [];
  const meetsTimetable = chain.elements.some((e, i) => i > main && e.kind === "leg" && e.mode !== "road");
  return chain.nextDepartures.map((departure) => {
    const shift = minuteOf(departure) - minuteOf(leg.departure);
    const days = shift / 1440;
    if (meetsTimetable) return { departure, days };
    const arrival = stampAt(minuteOf(chain.time.arrival) + shift, offsetOf(chain.time.arrival));
    return { departure, days, arrival, ...(chain.due === undefined ? {} : { slackDays: chain.due.slackDays - days }) };
  });
}
