import { type DemandColumns, type DemandRow, type Problem, nearest, problem } from "../model/index.ts";

/** Cells of a table, row by row; the first row holds the names of the columns. */
export type Table = readonly (readonly (string | number | boolean | null)[])[];

const needed = ["cargo", "quantity", "from", "to"] as const;
const optional = ["week", "dueDays", "terms", "valueCny", "unservedCny"] as const;
const numbers = new Set<string>(["quantity", "week", "dueDays", "valueCny", "unservedCny"]);
const mostRows = 20_000;
/** Problems after which reading stops: nobody mends more at once. */
const mostProblems = 100;

const fold = (word: string) =>
  word
    .normalize("NFKC")
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_-]+/g, "");

/** Names that columns go by where no mapping is given. */
const usual: Record<string, readonly string[]> = {
  cargo: ["货物", "车型"],
  quantity: ["数量", "台数", "辆数", "vehicles", "units"],
  from: ["起点", "工厂", "plant", "origin"],
  to: ["终点", "市场", "目的地", "market", "destination"],
  week: ["周", "周次"],
  dueDays: ["交期天数", "交付天数"],
  terms: ["贸易术语"],
  valueCny: ["货值", "单车货值"],
  unservedCny: ["未运代价"],
};

/** A number as people write it in a table: `1,200`, `1 200`, full-width digits. NaN for anything else. */
function numberOf(cell: string | number): number {
  if (typeof cell === "number") return cell;
  const text = cell.normalize("NFKC").trim();
  return /^[-+]?(\d{1,3}([, ]\d{3})+|\d+)(\.\d+)?$/.test(text) ? Number(text.replaceAll(/[, ]/g, "")) : Number.NaN;
}

/** Turns the cells of a demand file into rows; every problem with its row and column (both from 1, as a spreadsheet counts them). */
export function demandFromTable(table: Table, file: string, columns: DemandColumns = {}): { rows: DemandRow[]; problems: Problem[] } {
  const problems: Problem[] = [];
  const head = (table[0] ?? []).map((cell) => (cell === null ? "" : String(cell)));
  const report = (row: number, column: number, found: Problem) => problems.push({ ...found, file, line: row + 1, column: column + 1 });
  const place = new Map<string, number>();
  for (const key of [...needed, ...optional]) {
    const wanted = columns[key];
    const names = wanted === undefined ? [key, ...usual[key]!] : [wanted];
    const found = head.findIndex((name) => names.some((n) => fold(n) === fold(name)));
    if (found >= 0) place.set(key, found);
    else if (wanted !== undefined || (needed as readonly string[]).includes(key)) {
      const near = nearest(
        names[0]!,
        head.filter((name) => name !== ""),
      );
      report(
        0,
        0,
        problem(
          `demand/columns/${key}`,
          "missing-key",
          { zh: `表中没有“${names[0]!.slice(0, 60)}”这一列`, en: `the table has no column '${names[0]!.slice(0, 60)}'` },
          near.length === 0
            ? {
                zh: `在 columns 里写明哪一列是它；表头为：${head.slice(0, 12).join("、")}`,
                en: `say in columns which one it is; the columns are: ${head.slice(0, 12).join(", ")}`,
              }
            : { zh: `是不是“${near[0]!}”？在 columns 里写明`, en: `did you mean '${near[0]!}'? Say so in columns` },
        ),
      );
    }
  }
  if (problems.length > 0) return { rows: [], problems };
  if (table.length - 1 > mostRows) {
    report(
      mostRows,
      0,
      problem(
        "demand/file",
        "limit",
        { zh: `多于 ${mostRows} 行`, en: `more than ${mostRows} rows` },
        { zh: "合并同类行", en: "add rows alike together" },
      ),
    );
    return { rows: [], problems };
  }
  const rows: DemandRow[] = [];
  table.slice(1).forEach((cells, i) => {
    if (cells.every((cell) => cell === null || cell === "")) return;
    const line = i + 1;
    // As the spreadsheet numbers it.
    const number = String(line + 1);
    const row: Record<string, unknown> = { id: number };
    for (const [key, column] of place) {
      const cell = cells[column] ?? null;
      const path = `demand/${number}/${key}`;
      if (cell === null || cell === "") {
        if ((needed as readonly string[]).includes(key))
          report(line, column, problem(path, "missing-key", { zh: "这一格是空的", en: "the cell is empty" }));
        continue;
      }
      if (typeof cell === "boolean") {
        report(line, column, problem(path, "type", { zh: "应为文字或数字", en: "should be a text or a number" }));
        continue;
      }
      if (!numbers.has(key)) {
        const text = String(cell).trim();
        if (key === "terms" && text !== "DAP" && text !== "DDP")
          report(line, column, problem(path, "bad-value", { zh: "只能是 DAP 或 DDP", en: "should be DAP or DDP" }));
        else row[key] = text;
        continue;
      }
      const value = numberOf(cell);
      const whole = key !== "valueCny" && key !== "unservedCny";
      const least = key === "week" || key === "dueDays" ? 1 : 0;
      if (Number.isNaN(value))
        report(
          line,
          column,
          problem(
            path,
            "type",
            { zh: `应为数字，却是“${String(cell).slice(0, 40)}”`, en: `should be a number, not '${String(cell).slice(0, 40)}'` },
            { zh: "只写数字，不带单位", en: "digits only, without a unit" },
          ),
        );
      else if (value < least || value > 1e9 || (whole && !Number.isInteger(value)))
        report(
          line,
          column,
          problem(path, "bad-value", {
            zh: whole ? `应为不小于 ${least} 的整数` : "应为不小于 0 的数字",
            en: whole ? `should be a whole number from ${least} on` : "should be a number from 0 on",
          }),
        );
      else row[key] = value;
    }
    rows.push(row as unknown as DemandRow);
  });
  if (rows.length === 0 && problems.length === 0)
    report(0, 0, problem("demand/file", "missing-key", { zh: "表中没有数据行", en: "the table has no rows" }));
  return { rows: problems.length > 0 ? [] : rows, problems: problems.slice(0, mostProblems) };
}
