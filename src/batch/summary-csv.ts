import { join } from "node:path";
import { stringify } from "csv-stringify/sync";
import { type SummaryRow, summaryColumns } from "../report/index.ts";

/** CSV that spreadsheets read right: byte-order mark, CRLF, and text that begins like a formula made harmless. Numbers stay numbers. */
export function summaryCsv(rows: readonly SummaryRow[]): string {
  // What a sweep changed stands beside the run's name.
  const [first = "scenario", ...others] = summaryColumns;
  const columns = [first, ...new Set(rows.flatMap((row) => Object.keys(row).filter((key) => key.startsWith("sweep.")))), ...others];
  return stringify([...rows], { columns, header: true, bom: true, escape_formulas: true, record_delimiter: "\r\n" });
}

/** The table of a sweep. */
export function sweepPath(folder: string, name: string): string {
  return join(folder, `${name}.sweep.csv`);
}

/** The summary of a batch, or of the one scenario that is named. */
export function summaryPath(folder: string, name?: string): string {
  return join(folder, name === undefined ? "summary.csv" : `${name}.summary.csv`);
}
