/**
 * Local time for the oracle, from `Intl` alone: it shares no code with `src/model/time.ts`, which rests on @date-fns/tz.
 * Minutes are UTC minutes since 1970, days are day numbers since 1970.
 */
const formats = new Map<string, Intl.DateTimeFormat>();
const known = new Map<string, Map<number, number>>();
let lastZone = "";
let lastOffsets = new Map<number, number>();
const days = new Map<string, number>();

/** Minutes that `zone` is ahead of UTC in the quarter of an hour of `minute` (no zone changes inside one). */
export function offsetAt(zone: string, minute: number): number {
  if (zone === "UTC") return 0;
  const quarter = Math.floor(minute / 15);
  if (lastZone !== zone) {
    lastOffsets = known.get(zone) ?? new Map<number, number>();
    known.set(zone, lastOffsets);
    lastZone = zone;
  }
  const offsets = lastOffsets;
  const cached = offsets.get(quarter);
  if (cached !== undefined) return cached;
  let format = formats.get(zone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat("en-US", {
      timeZone: zone,
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
    });
    formats.set(zone, format);
  }
  const parts = new Map(format.formatToParts(new Date(quarter * 900_000)).map((p) => [p.type, Number(p.value)]));
  const wall = Date.UTC(parts.get("year")!, parts.get("month")! - 1, parts.get("day")!, parts.get("hour")!, parts.get("minute")!) / 60_000;
  const offset = wall - quarter * 15;
  offsets.set(quarter, offset);
  return offset;
}

/** What the clock on the wall shows, as minutes since 1970. */
export function wallMinute(zone: string, minute: number): number {
  return minute + offsetAt(zone, minute);
}

export function dayAt(zone: string, minute: number): number {
  return Math.floor(wallMinute(zone, minute) / 1440);
}

/**
 * First minute at which the wall shows the given day and minute of day. A time skipped in spring counts as if the clock had not yet been put
 * forward (02:30 becomes 03:30), a time shown twice in autumn means the first.
 */
export function minuteAt(zone: string, day: number, minuteOfDay: number): number {
  const wall = day * 1440 + minuteOfDay;
  const before = offsetAt(zone, wall - 1440);
  const after = offsetAt(zone, wall + 1440);
  const fits = [wall - before, wall - after].filter((minute) => wallMinute(zone, minute) === wall);
  return fits.length > 0 ? Math.min(...fits) : wall - before;
}

/** Day number of `YYYY-MM-DD`. */
export function dayOf(date: string): number {
  let day = days.get(date);
  if (day === undefined) days.set(date, (day = Date.parse(`${date.slice(0, 10)}T00:00:00Z`) / 86_400_000));
  return day;
}

export function dateOfDay(day: number): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 10);
}

/** Minutes after midnight of `HH:MM`. */
export function clockOf(clock: string): number {
  return Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5));
}

/** 1 Monday … 7 Sunday. */
export function isoWeekday(day: number): number {
  return new Date(day * 86_400_000).getUTCDay() || 7;
}
