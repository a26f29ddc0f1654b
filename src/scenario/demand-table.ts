import { type DemandColumns, type DemandRow, type Problem, checkShape, demandRow, nearest, problem, warning } from "../model/index.ts";

type Cell = string | number | boolean | null;

/** Cells of a table, row by row; the first row holds the names of the columns. Of a CSV file also what parts its cells: with a semicolon, a comma is the decimal point. */
export type Table = readonly (readonly Cell[])[] & { readonly delimiter?: string };

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

/** A number as people write it in a table: `1,200`, `1 200`, full-width digits; `1.200,5` where the comma is the decimal point. NaN for anything else. */
function numberOf(cell: string | number, isCommaDecimal: boolean): number {
  if (typeof cell === "number") return cell;
  const text = cell.normalize("NFKC").trim();
  const written = isCommaDecimal ? text.replaceAll(/[.,]/g, (mark) => (mark === "." ? "," : ".")) : text;
  return /^[-+]?(\d{1,3}([, ]\d{3})+|\d+)(\.\d+)?$/.test(written) ? Number(written.replaceAll(/[, ]/g, "")) : Number.NaN;
}

const digitsOnly = { zh: "只写数字，不带单位", en: "digits only, without a unit" };
const commaDecimal = {
  zh: "只写数字，不带单位；用分号分隔的文件以逗号为小数点",
  en: "digits only, without a unit; where semicolons part the cells, a comma is the decimal point",
};
const fillIn = { zh: "填上", en: "fill it in" };
const formulaValue = {
  zh: "填上；没有值或出错的公式也算空，请换成它的值",
  en: "fill it in; a formula that has no value or is an error counts as empty: put its value there",
};

/** Turns the cells of a demand file into rows; every problem with its row and column (both from 1, as a spreadsheet counts them). */
export function demandFromTable(table: Table, file: string, columns: DemandColumns = {}): { rows: DemandRow[]; problems: Problem[] } {
  const problems: Problem[] = [];
  const head = (table[0] ?? []).map((cell) => (cell === null ? "" : String(cell)));
  const report = (row: number, column: number, found: Problem) => problems.push({ ...found, file, line: row + 1, column: column + 1 });
  const place = new Map<string, number>();
  for (const key of [...needed, ...optional]) {
    const wanted = columns[key];
    const names = wanted === undefined ? [key, ...usual[key]!] : [wanted];
    const alike = head.flatMap((name, column) => (names.some((n) => fold(n) === fold(name)) ? [column] : []));
    const same = alike.filter((column) => head[column] === wanted);
    const found = same.length > 0 ? same : alike;
    if (found.length > 0) place.set(key, found[0]!);
    if (found.length > 1) {
      const two = found.slice(0, 2).map((column) => head[column]!.slice(0, 60));
      report(
        0,
        found[1]!,
        problem(
          `demand/columns/${key}`,
          "duplicate-key",
          { zh: `“${two[0]!}”与“${two[1]!}”两列都是它`, en: `both '${two[0]!}' and '${two[1]!}' could be it` },
          { zh: "删去一列，或在 columns 里写明是哪一列", en: "delete one of the columns, or say in columns which one it is" },
        ),
      );
    } else if (found.length === 0 && (wanted !== undefined || (needed as readonly string[]).includes(key))) {
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
  const read = new Set(place.values());
  head.forEach((name, column) => {
    if (name.trim() === "" || read.has(column)) return;
    const [near] = nearest(
      name,
      [...needed, ...optional].filter((key) => !place.has(key)),
      1,
    );
    report(
      0,
      column,
      warning(
        `demand/columns/${name.slice(0, 60)}`,
        "unknown-key",
        { zh: `没有用到“${name.slice(0, 60)}”这一列`, en: `the column '${name.slice(0, 60)}' is not used` },
        near === undefined
          ? {
              zh: `可以用的列：${[...needed, ...optional].join("、")}`,
              en: `columns that are used: ${[...needed, ...optional].join(", ")}`,
            }
          : { zh: `是不是“${near}”？在 columns 里写明`, en: `did you mean '${near}'? Say so in columns` },
      ),
    );
  });
  const isXlsx = file.toLowerCase().endsWith(".xlsx");
  const isCommaDecimal = table.delimiter === ";";
  const rows: DemandRow[] = [];
  table.slice(1).forEach((cells, i) => {
    if (cells.every((cell) => cell === null || cell === "")) return;
    const line = i + 1;
    // As the spreadsheet numbers it.
    const number = String(line + 1);
    const row: Record<string, unknown> = { id: number };
    const told = new Set<string>();
    const reportCell = (key: string, found: Problem) => {
      told.add(key);
      report(line, place.get(key)!, found);
    };
    for (const [key, column] of place) {
      const cell = cells[column] ?? null;
      const path = `demand/${number}/${key}`;
      if (cell === null || cell === "") {
        if ((needed as readonly string[]).includes(key))
          reportCell(key, problem(path, "missing-key", { zh: "这一格是空的", en: "the cell is empty" }, isXlsx ? formulaValue : fillIn));
      } else if (typeof cell === "boolean")
        reportCell(key, problem(path, "type", { zh: "应为文字或数字", en: "should be a text or a number" }));
      else if (!numbers.has(key)) row[key] = String(cell).trim();
      else {
        const value = numberOf(cell, isCommaDecimal);
        if (!Number.isNaN(value)) row[key] = value;
        else
          reportCell(
            key,
            problem(
              path,
              "type",
              { zh: `应为数字，却是“${String(cell).slice(0, 40)}”`, en: `should be a number, not '${String(cell).slice(0, 40)}'` },
              isCommaDecimal ? commaDecimal : digitsOnly,
            ),
          );
      }
    }
    for (const found of checkShape(row, demandRow).problems)
      if (!told.has(found.path)) report(line, place.get(found.path) ?? 0, { ...found, path: `demand/${number}/${found.path}` });
    rows.push(row as unknown as DemandRow);
  });
  if (rows.length === 0) report(0, 0, problem("demand/file", "missing-key", { zh: "表中没有数据行", en: "the table has no rows" }));
  return { rows: problems.some(({ severity }) => severity === "error") ? [] : rows, problems: problems.slice(0, mostProblems) };
}
