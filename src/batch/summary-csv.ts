import { join } from "node:path";
import { stringify } from "csv-stringify/sync";
import { type SummaryRow, summaryColumns } from "../report/index.ts";

/** CSV that spreadsheets read right: byte-order mark, CRLF, and text that begins like a formula made harmless. Numbers stay numbers. */
export function summaryCsv(rows: readonly SummaryRow[]): string {
  return stringify([...rows], { columns: [...summaryColumns], header: true, bom: true, escape_formulas: true, record_delimiter: "\r\n" });
}

export function summaryPath(folder: string): string {
  return join(folder, "summary.csv");
}
