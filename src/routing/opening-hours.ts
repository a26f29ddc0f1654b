import { type OpeningHours, clockMinutes, localDay, localMinute, weekday } from "../model/index.ts";
import { never } from "../network/index.ts";

/** First minute at or after `minute` at which the place is open, the closing minute included; `never` if it never opens. Hours that end before they begin run over midnight. */
export function nextOpen(hours: OpeningHours | undefined, zone: string, minute: number): number {
  if (hours === undefined) return minute;
  const from = clockMinutes(hours.from);
  const until = clockMinutes(hours.until);
  const first = localDay(minute, zone);
  const nights = until < from ? 1 : 0;
  for (let day = first - nights; day <= first + 8; day++) {
    if (hours.days !== undefined && !hours.days.includes(weekday(day))) continue;
    if (minute <= localMinute(day + nights, until, zone)) return Math.max(minute, localMinute(day, from, zone));
  }
  return never;
}
