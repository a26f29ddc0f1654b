import type { Sheet, SheetCell } from "./sheet.ts";
import { clean } from "./text.ts";

/** What a spreadsheet takes for the beginning of a formula, in full-width form too. */
const formulaStart = /^[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/u;

/** Text that a spreadsheet would run as a formula gets an apostrophe in front; line breaks and other control characters become harmless. */
export function guardFormula(text: string): string {
  const guarded = formulaStart.test(text) || formulaStart.test(text.trimStart());
  return `${guarded ? "'" : ""}${clean(text)}`;
}

function cellText(cell: SheetCell): string {
  if (cell === undefined) return "";
  if (typeof cell === "number") return Number.isFinite(cell) ? String(cell) : "";
  const text = guardFormula(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** CSV (RFC 4180) that spreadsheets read right: byte-order mark, CRLF, guarded text, numbers as they are. */
export function sheetCsv(sheet: Sheet): string {
  const lines = [sheet.columns.map((c) => c.title), ...sheet.rows].map((row) => row.map(cellText).join(","));
  return `\ufeff${lines.join("\r\n")}\r\n`;
}
