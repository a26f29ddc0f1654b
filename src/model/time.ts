import { tzOffset } from "@date-fns/tz";
import { isExists } from "date-fns";

/**
 * Time inside Yuche is whole minutes UTC since 1970-01-01 (fits Int32 until the year 6053).
 * Local time matters only for departures, cut-offs, opening hours and display.
 */
export const minutesPerDay = 1440;
export const minutesPerYear = 525_600;

/**
 * Offsets by zone: for each stretch of so many days the offset that holds all through it, and for the stretches within which the clock is changed NaN and the same
 * for each day. Zones that pause their summer time do so for a month or more, so equal offsets at both ends mean that nothing changed in between.
 */
const stretchDays = 8;
interface ZoneOffsets {
  stretches: Map<number, number>;
  days: Map<number, number>;
}
const offsets = new Map<string, ZoneOffsets>();

/** Offset that holds from the start of one day until the start of another; NaN where it changes. */
function steadyOffset(zone: string, from: number, until: number): number {
  const start = tzOffset(zone, new Date(from * 86_400_000));
  if (Number.isNaN(start)) return 0;
  return start === tzOffset(zone, new Date(until * 86_400_000)) ? start : Number.NaN;
}

/** Minutes that local time in `zone` is ahead of UTC at the given minute. Unknown zones count as UTC (the check reports them). */
export function zoneOffset(zone: string, minute: number): number {
  if (zone === "UTC") return 0;
  let known = offsets.get(zone);
  if (known === undefined) offsets.set(zone, (known = { stretches: new Map(), days: new Map() }));
  const stretch = Math.floor(minute / (stretchDays * minutesPerDay));
  let offset = known.stretches.get(stretch);
  if (offset === undefined) known.stretches.set(stretch, (offset = steadyOffset(zone, stretch * stretchDays, (stretch + 1) * stretchDays)));
  if (!Number.isNaN(offset)) return offset;
  const day = Math.floor(minute / minutesPerDay);
  offset = known.days.get(day);
  if (offset === undefined) known.days.set(day, (offset = steadyOffset(zone, day, day + 1)));
  return Number.isNaN(offset) ? tzOffset(zone, new Date(minute * 60_000)) : offset;
}

export function isTimeZone(zone: string): boolean {
  return !Number.isNaN(tzOffset(zone, new Date(0)));
}

/** Days since 1970-01-01 of a calendar date `YYYY-MM-DD`; NaN for a date that does not exist. */
export function dayNumber(date: string): number {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date);
  if (match === null) return Number.NaN;
  const [year, month, day] = [Number(match[1]), Number(match[2]) - 1, Number(match[3])];
  return isExists(year, month, day) ? Date.UTC(year, month, day) / 86_400_000 : Number.NaN;
}

/** Years in which journeys and plans may begin: far from what minutes in Int32 can hold, whatever follows the date. */
export const years = { first: 1971, last: 2200 } as const;

/** Whether a date that exists lies in those years. */
export function isInYears(date: string): boolean {
  const year = Number(date.slice(0, 4));
  return year >= years.first && year <= years.last;
}

/** Minutes after midnight of `HH:MM`. */
export function clockMinutes(clock: string): number {
  return Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5));
}

/** UTC minute of a local wall-clock time. In the hour skipped in spring the later reading holds, in the hour repeated in autumn the earlier. */
export function localMinute(day: number, minuteOfDay: number, zone: string): number {
  const wall = day * minutesPerDay + minuteOfDay;
  // No zone changes its clock twice within two days: the offsets a day before and a day after are the only ones possible.
  const before = zoneOffset(zone, wall - minutesPerDay);
  const after = zoneOffset(zone, wall + minutesPerDay);
  if (before === after) return wall - before;
  const readings = [wall - before, wall - after].filter((minute) => minute + zoneOffset(zone, minute) === wall);
  return readings.length === 0 ? wall - Math.min(before, after) : Math.min(...readings);
}

/** Local calendar day number at a UTC minute. */
export function localDay(minute: number, zone: string): number {
  return Math.floor((minute + zoneOffset(zone, minute)) / minutesPerDay);
}

/** Local minute of the day at a UTC minute. */
export function localClock(minute: number, zone: string): number {
  const wall = minute + zoneOffset(zone, minute);
  return ((wall % minutesPerDay) + minutesPerDay) % minutesPerDay;
}

/** ISO weekday (1 Monday … 7 Sunday) of a day number. */
export function weekday(day: number): number {
  return ((((day + 3) % 7) + 7) % 7) + 1;
}

/** `YYYY-MM-DD` of a day number. */
export function dateOf(day: number): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 10);
}

/** `YYYY-MM-DDTHH:MM` in the local time of `zone`, with the offset `±HH:MM`. */
export function localStamp(minute: number, zone: string): string {
  const offset = zoneOffset(zone, minute);
  const wall = new Date((minute + offset) * 60_000).toISOString().slice(0, 16);
  const size = Math.abs(offset);
  const pad = (n: number) => String(n).padStart(2, "0");
  return `${wall}${offset < 0 ? "-" : "+"}${pad(Math.floor(size / 60))}:${pad(size % 60)}`;
}

const monthDays = new Map<number, number>();

/** Month-day number `MMDD` of a day number. */
export function monthDayOf(day: number): number {
  let known = monthDays.get(day);
  if (known === undefined) {
    const date = new Date(day * 86_400_000);
    monthDays.set(day, (known = (date.getUTCMonth() + 1) * 100 + date.getUTCDate()));
  }
  return known;
}

/** True when month-day `at` lies in `from`…`until` (inclusive, may wrap over New Year), all as `MMDD`. */
export function isInSeason(at: number, from: number, until: number): boolean {
  return from <= until ? at >= from && at <= until : at >= from || at <= until;
}
