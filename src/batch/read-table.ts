import { readFileSync, statSync } from "node:fs";
import { dirname, extname, resolve } from "node:path";
import { InputError, type Problem, limits, problem } from "../model/index.ts";
import type { Table, TableReader } from "../scenario/index.ts";
import { decode, tooLarge } from "./read-files.ts";
import { guardZip } from "./zip-guard.ts";

function refuse(file: string, found: Problem): InputError {
  return new InputError([{ ...found, file }]);
}

/** Reads CSV or XLSX files beside a scenario. Throws InputError for what is wrong with a file. */
export function tableReader(scenarioFile: string | undefined): TableReader {
  return async (name, sheet) => {
    const file = resolve(scenarioFile === undefined || scenarioFile === "-" ? "." : dirname(scenarioFile), name);
    const info = statSync(file, { throwIfNoEntry: false });
    if (info?.isFile() !== true)
      throw refuse(
        name,
        problem(
          "demand/file",
          "unknown-reference",
          { zh: "没有这个文件", en: "no such file" },
          { zh: "路径从场景文件所在处算起", en: "the path starts at the scenario's folder" },
        ),
      );
    if (info.size > limits.fileBytes) throw new InputError([tooLarge(info.size, name)]);
    const kind = extname(file).toLowerCase();
    if (kind === ".csv") return readCsv(readFileSync(file), name);
    if (kind === ".xlsx") return readXlsx(readFileSync(file), name, sheet);
    throw refuse(
      name,
      problem(
        "demand/file",
        "type",
        { zh: "只能读 .csv 或 .xlsx", en: "only .csv and .xlsx can be read" },
        { zh: "另存为其中一种", en: "save it as one of them" },
      ),
    );
  };
}

async function readCsv(bytes: Uint8Array, file: string): Promise<Table> {
  const { text, problems } = decode(bytes, file);
  if (text === undefined) throw new InputError(problems);
  const { parse } = await import("csv-parse/sync");
  try {
    // Semicolons are what spreadsheets write where a comma is the decimal point.
    const first = text.slice(0, Math.max(0, text.indexOf("\n")) || text.length);
    const delimiter = first.split(";").length > first.split(",").length ? ";" : first.includes("\t") && !first.includes(",") ? "\t" : ",";
    const options = { bom: true, delimiter, relax_column_count: true, skip_empty_lines: false, max_record_size: 100_000 };
    return Object.assign(parse(text, options) as string[][], { delimiter });
  } catch (error) {
    const where = error !== null && typeof error === "object" && "lines" in error ? { line: Number(error.lines) } : {};
    throw new InputError([
      {
        ...problem(
          "demand/file",
          "syntax",
          { zh: "不是合法的 CSV", en: `not valid CSV (${error instanceof Error ? error.message.slice(0, 120) : ""})` },
          { zh: "检查引号是否成对", en: "see whether every quotation mark has its pair" },
        ),
        file,
        ...where,
      },
    ]);
  }
}

async function readXlsx(bytes: Buffer, file: string, sheet: string | undefined): Promise<Table> {
  const bad = guardZip(bytes);
  if (bad !== undefined) throw refuse(file, bad);
  const { default: readSheets } = await import("read-excel-file/node");
  let sheets: { sheet: string; data: unknown[][] }[];
  try {
    sheets = await readSheets(bytes);
  } catch {
    throw refuse(
      file,
      problem(
        "demand/file",
        "syntax",
        { zh: "不是可读的 XLSX", en: "not an XLSX file that can be read" },
        { zh: "用表格软件另存一次", en: "save it again with a spreadsheet program" },
      ),
    );
  }
  const found = sheet === undefined ? sheets[0] : sheets.find((s) => s.sheet === sheet);
  if (found === undefined)
    throw refuse(
      file,
      problem(
        "demand/sheet",
        "unknown-reference",
        { zh: `没有工作表“${(sheet ?? "").slice(0, 60)}”`, en: `no sheet '${(sheet ?? "").slice(0, 60)}'` },
        { zh: `有：${sheets.map((s) => s.sheet).join("、")}`, en: `there are: ${sheets.map((s) => s.sheet).join(", ")}` },
      ),
    );
  return found.data.map((row) =>
    row.map((cell) =>
      cell === null || cell === undefined
        ? null
        : cell instanceof Date
          ? cell.toISOString().slice(0, 10)
          : typeof cell === "number" || typeof cell === "boolean" || typeof cell === "string"
            ? cell
            : String(cell),
    ),
  );
}
