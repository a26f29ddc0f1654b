import {
  type Departures,
  type Passage,
  type Season,
  clockMinutes,
  dayNumber,
  isInSeason,
  localDay,
  localMinute,
  minutesPerDay,
  monthDayOf,
  weekday,
  weekdays,
} from "../model/index.ts";
import type { FigureBook, FigureIndex, FigureTable } from "./figures.ts";

/** First and last local day of a validity, inclusive. */
export function validDays(valid: { from?: string | undefined; until?: string | undefined } | undefined): { from: number; until: number } {
  return {
    from: valid?.from === undefined ? -1_000_000 : dayNumber(valid.from),
    until: valid?.until === undefined ? 10_000_000 : dayNumber(valid.until),
  };
}

/** A season with its dates as numbers and its figures as indices. */
export interface SeasonTerms {
  from: number;
  until: number;
  years: readonly number[] | undefined;
  waitHours: FigureIndex;
  addHours: FigureIndex;
  suspended: boolean;
}

export function seasonTerms(seasons: readonly Season[] | undefined, book: FigureBook, owner: string): SeasonTerms[] {
  const number = (monthDay: string) => Number(monthDay.slice(0, 2)) * 100 + Number(monthDay.slice(3, 5));
  return (seasons ?? []).map((season, i) => ({
    from: number(season.from),
    until: number(season.until),
    years: season.years,
    waitHours: book.add(season.waitHours, `${owner}/seasons/${i}`, "waitHours"),
    addHours: book.add(season.addHours, `${owner}/seasons/${i}`, "addHours"),
    suspended: season.suspended === true,
  }));
}

function holds(season: SeasonTerms, day: number): boolean {
  if (!isInSeason(monthDayOf(day), season.from, season.until)) return false;
  return season.years === undefined || season.years.includes(new Date(day * 86_400_000).getUTCFullYear());
}

/** A queue that services pass: a lock or a border. */
export interface PassageTerms {
  zone: string;
  waitHours: FigureIndex;
  hours: FigureIndex;
  seasons: SeasonTerms[];
  /** Local day numbers, inclusive. */
  closures: { from: number; until: number }[];
  /** True when the time depends on the date. */
  dated: boolean;
}

export function passageTerms(passage: Passage, zone: string, book: FigureBook, owner: string): PassageTerms {
  const seasons = seasonTerms(passage.seasons, book, owner);
  const closures = (passage.closures ?? [])
    .map((c) => ({ from: dayNumber(c.from), until: dayNumber(c.until) }))
    .sort((a, b) => a.from - b.from);
  return {
    zone,
    waitHours: book.add(passage.waitHours, owner, "waitHours"),
    hours: book.add(passage.hours, owner, "hours"),
    seasons,
    closures,
    dated: seasons.length > 0 || closures.length > 0,
  };
}

export function minutesOf(hours: number): number {
  return Math.round(hours * 60);
}

/** Figure of the wait that holds for an arrival on the given local day. */
export function waitFigure(passage: PassageTerms, day: number): FigureIndex {
  for (const season of passage.seasons) if (season.waitHours >= 0 && holds(season, day)) return season.waitHours;
  return passage.waitHours;
}

function figureMinutes(figures: FigureTable, index: FigureIndex): number {
  return index < 0 ? 0 : minutesOf(figures.values[index]!);
}

/**
 * Minute at which something that arrives at `arrival` has passed. Closed days shift the arrival to the first open midnight. A queue is never overtaken:
 * whoever arrives before the wait becomes shorter (a season begins or ends) is through no later than whoever arrives then.
 */
export function passBy(passage: PassageTerms, arrival: number, figures: FigureTable): number {
  const technical = figureMinutes(figures, passage.hours);
  const open = (minute: number) => {
    for (const closure of passage.closures) {
      const day = localDay(minute, passage.zone);
      if (day >= closure.from && day <= closure.until) minute = localMinute(closure.until + 1, 0, passage.zone);
    }
    return minute;
  };
  const minute = open(arrival);
  if (passage.seasons.length === 0) return minute + figureMinutes(figures, passage.waitHours) + technical;
  const first = localDay(minute, passage.zone);
  let passed = minute + figureMinutes(figures, waitFigure(passage, first));
  for (let day = first + 1; ; day++) {
    const midnight = open(localMinute(day, 0, passage.zone));
    if (midnight >= passed) return passed + technical;
    passed = Math.min(passed, midnight + figureMinutes(figures, waitFigure(passage, localDay(midnight, passage.zone))));
  }
}

/** Least minutes the passage can ever take: a valid lower bound. */
export function leastPassMinutes(passage: PassageTerms, figures: FigureTable): number {
  let wait = figureMinutes(figures, passage.waitHours);
  for (const season of passage.seasons) if (season.waitHours >= 0) wait = Math.min(wait, figureMinutes(figures, season.waitHours));
  return wait + figureMinutes(figures, passage.hours);
}

/** The run to a stop, in figures. */
export interface RunTerms {
  hours: FigureIndex;
  stayHours: FigureIndex;
  cutoffHours: FigureIndex;
  releaseHours: FigureIndex;
  distanceKm: FigureIndex;
  co2eKg: FigureIndex;
  passage: PassageTerms | undefined;
}

export interface ServiceTerms {
  runs: RunTerms[];
  seasons: SeasonTerms[];
  /** Figure of `perWeek`; -1 otherwise. */
  perWeek: FigureIndex;
  zone: string;
  onDemand: boolean;
  /** Local day numbers of the validity, inclusive. */
  validFrom: number;
  validUntil: number;
}

/** True when a departure on the local day is within validity and no season suspends it. */
export function runsOn(terms: ServiceTerms, day: number): boolean {
  if (day < terms.validFrom || day > terms.validUntil) return false;
  for (const season of terms.seasons) if (season.suspended && holds(season, day)) return false;
  return true;
}

/** Season's extra running time of a departure on the local day. */
export function addedMinutes(terms: ServiceTerms, day: number, figures: FigureTable): number {
  for (const season of terms.seasons) if (season.addHours >= 0 && holds(season, day)) return figureMinutes(figures, season.addHours);
  return 0;
}

/**
 * Arrival and departure minutes at every stop of a departure that leaves the first stop at `start`; written to the arrays from `offset`.
 * A passage is done between the arrival at its place and the departure from it.
 */
export function stopTimes(
  terms: ServiceTerms,
  start: number,
  figures: FigureTable,
  arrive: Int32Array,
  depart: Int32Array,
  offset: number,
): void {
  let minute = start + figureMinutes(figures, terms.runs[0]!.stayHours);
  arrive[offset] = start;
  depart[offset] = minute;
  for (let i = 1; i < terms.runs.length; i++) {
    const run = terms.runs[i]!;
    minute += figureMinutes(figures, run.hours);
    if (i === 1 && terms.seasons.length > 0) minute += addedMinutes(terms, localDay(start, terms.zone), figures);
    arrive[offset + i] = minute;
    minute = run.passage === undefined ? minute + figureMinutes(figures, run.stayHours) : passBy(run.passage, minute, figures);
    depart[offset + i] = minute;
  }
}

const anchorDay = dayNumber("2026-01-05");

/** Start minutes of all departures within [from, until], ascending, without repeats. */
export function departureMinutes(departures: Departures, terms: ServiceTerms, figures: FigureTable, from: number, until: number): number[] {
  const { zone } = terms;
  const minutes: number[] = [];
  if (departures === "on-demand") return minutes;
  if ("weekly" in departures) {
    const days = new Set(departures.weekly.map((d) => weekdays.indexOf(d) + 1));
    const clock = clockMinutes(departures.time ?? "18:00");
    for (let day = localDay(from, zone); day <= localDay(until, zone); day++) {
      if (days.has(weekday(day)) && runsOn(terms, day)) minutes.push(localMinute(day, clock, zone));
    }
  } else if ("perWeek" in departures) {
    const perWeek = figures.values[terms.perWeek] ?? 0;
    if (!(perWeek > 0)) return minutes;
    const interval = (7 * minutesPerDay) / Math.min(perWeek, 7 * 24);
    const anchor = localMinute(
      departures.from === undefined ? anchorDay : dayNumber(departures.from),
      clockMinutes(departures.time ?? "18:00"),
      zone,
    );
    for (let k = Math.floor((from - anchor) / interval); ; k++) {
      const minute = anchor + Math.round(k * interval);
      if (minute > until) break;
      if (runsOn(terms, localDay(minute, zone))) minutes.push(minute);
    }
  } else {
    for (const entry of departures.dates) {
      const stamp = typeof entry === "string" ? entry : entry.at;
      const minute = localMinute(
        dayNumber(stamp.slice(0, 10)),
        stamp.length > 10 ? clockMinutes(stamp.slice(11, 16)) : clockMinutes("18:00"),
        zone,
      );
      if (runsOn(terms, localDay(minute, zone))) minutes.push(minute);
    }
  }
  const kept = minutes.filter((m) => m >= from && m <= until).sort((a, b) => a - b);
  return kept.filter((m, i) => i === 0 || m !== kept[i - 1]);
}
