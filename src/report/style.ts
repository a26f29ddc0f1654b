import type { Language } from "../model/index.ts";
import type { Option } from "../routing/index.ts";

type Paint = (text: string) => string;

/** How text is set off; without colour every function returns its text. */
export interface Style {
  bold: Paint;
  dim: Paint;
  good: Paint;
  bad: Paint;
  warn: Paint;
  option: Record<Option, Paint>;
}

/** Everything about the reader that a report depends on. */
export interface Reader {
  language: Language;
  /** Columns to fill at most. */
  width: number;
  style: Style;
}

const escape = String.fromCharCode(27);
const code =
  (on: number, off: number): Paint =>
  (text) =>
    text === "" ? "" : `${escape}[${on}m${text}${escape}[${off}m`;
const same: Paint = (text) => text;

const none: Style = {
  bold: same,
  dim: same,
  good: same,
  bad: same,
  warn: same,
  option: { "ro-ro": same, container: same, pulp: same, "rail-auto-rack": same, "rail-container": same, road: same },
};

/**
 * Only codes that `guard` lets through: the eight basic colours, which every terminal theme keeps readable. `0` ends bold and dim alike.
 */
const coloured: Style = {
  bold: code(1, 0),
  dim: code(2, 0),
  good: code(32, 0),
  bad: code(31, 0),
  warn: code(33, 0),
  option: {
    "ro-ro": code(34, 0),
    container: code(33, 0),
    pulp: code(32, 0),
    "rail-auto-rack": code(35, 0),
    "rail-container": code(31, 0),
    road: code(36, 0),
  },
};

export function makeStyle(colour: boolean): Style {
  return colour ? coloured : none;
}
