import type { Style } from "./style.ts";
import { clean, displayWidth, padTo, wrap } from "./text.ts";

export interface Column {
  title: string;
  align?: "left" | "right";
  /** May be made narrower, its text wrapped, where the table is wider than the page; never below this many columns. */
  shrinkTo?: number;
}

/** A cell: text, or text that is painted after it was fitted. */
export type Cell = string | { text: string; paint: (text: string) => string };
/** A row of cells, or a line of free text beneath the row before. */
export type Row = readonly Cell[] | { below: string; paint?: (text: string) => string };

const textOf = (cell: Cell | undefined) => clean(cell === undefined ? "" : typeof cell === "string" ? cell : cell.text);
const isCells = (row: Row): row is readonly Cell[] => Array.isArray(row);
const gap = "  ";

/** Takes columns away from the widest shrinkable column until the table fits. */
function fit(widths: number[], columns: readonly Column[], width: number): void {
  let excess = widths.reduce((sum, w) => sum + w, 0) + gap.length * (widths.length - 1) - width;
  while (excess > 0) {
    let widest = -1;
    columns.forEach((column, i) => {
      if (column.shrinkTo !== undefined && widths[i]! > column.shrinkTo && (widest < 0 || widths[i]! > widths[widest]!)) widest = i;
    });
    if (widest < 0) return;
    widths[widest]!--;
    excess--;
  }
}

/** Lines of an aligned table: a head, a rule, and rows whose shrinkable cells wrap. Pure text in, text out. */
export function table(columns: readonly Column[], rows: readonly Row[], page: { width: number; style: Style; indent?: number }): string[] {
  const left = " ".repeat(page.indent ?? 0);
  const room = page.width - left.length;
  const widths = columns.map((column, i) =>
    Math.max(displayWidth(column.title), ...rows.map((row) => (isCells(row) ? displayWidth(textOf(row[i])) : 0))),
  );
  fit(widths, columns, room);
  const lay = (cells: readonly string[], paint: (text: string, i: number) => string): string[] => {
    const wrapped = columns.map((column, i) => (column.shrinkTo === undefined ? [cells[i] ?? ""] : wrap(cells[i] ?? "", widths[i]!)));
    const height = Math.max(1, ...wrapped.map((lines) => lines.length));
    return Array.from({ length: height }, (_, h) => {
      const last = wrapped.findLastIndex((lines) => (lines[h] ?? "") !== "");
      return (
        left +
        wrapped
          .slice(0, last + 1)
          .map((lines, i) => {
            const text = lines[h] ?? "";
            const padded = i === last && columns[i]!.align !== "right" ? text : padTo(text, widths[i]!, columns[i]!.align ?? "left");
            return text === "" ? padded : padded.replace(text, () => paint(text, i));
          })
          .join(gap)
      );
    });
  };
  const lines = [
    ...lay(
      columns.map((c) => c.title),
      (text) => page.style.bold(text),
    ),
    left + page.style.dim(widths.map((w) => "-".repeat(w)).join(gap)),
  ];
  for (const row of rows) {
    if (isCells(row)) {
      lines.push(
        ...lay(row.map(textOf), (text, i) => {
          const cell = row[i];
          return cell === undefined || typeof cell === "string" ? text : cell.paint(text);
        }),
      );
    } else for (const line of wrap(clean(row.below), Math.max(20, room - 2))) lines.push(`${left}  ${(row.paint ?? page.style.dim)(line)}`);
  }
  return lines;
}

/** `name: value` lines with aligned values; long values wrap under their column. */
export function facts(pairs: readonly (readonly [string, string])[], page: { width: number; style: Style; indent?: number }): string[] {
  const left = " ".repeat(page.indent ?? 0);
  const widest = Math.max(0, ...pairs.map(([name]) => displayWidth(name)));
  return pairs.flatMap(([name, value]) =>
    wrap(clean(value), Math.max(24, page.width - left.length - widest - 2)).map(
      (line, i) => `${left}${i === 0 ? page.style.dim(padTo(name, widest)) : " ".repeat(widest)}  ${line}`,
    ),
  );
}
