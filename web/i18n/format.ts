import type { Text } from "../../src/model/index.ts";
import type { PageLanguage } from "../state/address.ts";

/** The text in the given language; a plain string serves both. */
export const say = (text: Text, language: PageLanguage): string => (typeof text === "string" ? text : text[language]);

const formats = new Map<string, Intl.NumberFormat>();

function format(language: PageLanguage, least: number, most: number): Intl.NumberFormat {
  const key = `${language} ${least} ${most}`;
  let known = formats.get(key);
  if (known === undefined)
    formats.set(
      key,
      (known = new Intl.NumberFormat(language === "zh" ? "zh-CN" : "en-GB", { minimumFractionDigits: least, maximumFractionDigits: most })),
    );
  return known;
}

/** A true minus sign: a hyphen is easily overlooked in front of a figure. */
const minus = (text: string) => text.replace("-", "−");

/** Rounded to whole numbers, with thousands separators. */
export const whole = (value: number, language: PageLanguage): string => minus(format(language, 0, 0).format(value));
/** Money to the fen. */
export const fen = (value: number, language: PageLanguage): string => minus(format(language, 2, 2).format(value));
/** At most this many decimals. */
export const decimal = (value: number, digits: number, language: PageLanguage): string => minus(format(language, 0, digits).format(value));
/** Always this many decimals, for columns. */
export const fixed = (value: number, digits: number, language: PageLanguage): string =>
  minus(format(language, digits, digits).format(value));

/** Percent of a share; 100 % and 0 % only when they are exact. */
export function percent(share: number): string {
  const rounded = Math.round(share * 100);
  const honest = share < 1 && rounded === 100 ? 99 : share > 0 && rounded === 0 ? 1 : rounded;
  const sign = share < 1 && rounded === 100 ? ">" : share > 0 && rounded === 0 ? "<" : "";
  return `${sign}${honest}%`;
}

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** `2027-04-23` for people. Taken from the text itself: no time zone of the reader comes in. */
export function date(stamp: string, language: PageLanguage, withYear = true): string {
  const [year, month, day] = stamp.slice(0, 10).split("-").map(Number);
  if (year === undefined || month === undefined || day === undefined) return stamp;
  if (language === "zh") return `${withYear ? `${year}年` : ""}${month}月${day}日`;
  return `${day} ${months[month - 1] ?? ""}${withYear ? ` ${year}` : ""}`;
}

/** Local date and time of a stamp `2027-03-19T18:00+08:00`, without the offset. */
export const moment = (stamp: string, language: PageLanguage): string => `${date(stamp, language, false)} ${stamp.slice(11, 16)}`;

/** `UTC+8`, `UTC+5:30`. */
export function offset(stamp: string): string {
  const match = /([+-])(\d{2}):(\d{2})$/.exec(stamp);
  if (match === null) return "UTC";
  return `UTC${match[1] === "-" ? "−" : "+"}${Number(match[2])}${match[3] === "00" ? "" : `:${match[3]}`}`;
}
