import type { Language } from "../model/index.ts";

/** A number for people: thousands separators, at most and at least so many decimals. (Intl.NumberFormat takes 20 ms to start: a fifth of a quick command.) */
export function count(value: number, decimals = 0, minimum = 0): string {
  const [whole = "", fraction = ""] = Math.abs(value).toFixed(decimals).split(".");
  let kept = fraction.length;
  while (kept > minimum && fraction[kept - 1] === "0") kept--;
  const text = `${whole.replaceAll(/\B(?=(?:\d{3})+$)/g, ",")}${kept > 0 ? `.${fraction.slice(0, kept)}` : ""}`;
  return value < 0 && /[1-9]/.test(text) ? `-${text}` : text;
}

export function signed(value: number, decimals = 0): string {
  return value > 0 ? `+${count(value, decimals, decimals)}` : count(value, decimals, decimals);
}

export function days(value: number): string {
  return count(value, 1, 1);
}

/** A share as percent; shows 100 % and 0 % only where it is exactly so. */
export function percent(share: number): string {
  if (share > 0.99 && share < 1) return ">99%";
  if (share > 0 && share < 0.01) return "<1%";
  return `${count(share * 100)}%`;
}

/** `03-19 18:00` of a local stamp. */
export function shortStamp(stamp: string): string {
  return `${stamp.slice(5, 10)} ${stamp.slice(11, 16)}`;
}

const weekdayNames = {
  zh: ["周日", "周一", "周二", "周三", "周四", "周五", "周六"],
  en: ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"],
};

/** `2027-03-02 Tue`. */
export function datedDay(date: string, language: Language): string {
  const time = Date.parse(`${date}T00:00:00Z`);
  return Number.isNaN(time) ? date : `${date} ${weekdayNames[language][new Date(time).getUTCDay()]!}`;
}
