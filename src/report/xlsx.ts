import { strToU8, zipSync } from "fflate";
import { guardFormula } from "./csv.ts";
import type { Sheet, SheetCell, SheetColumn } from "./sheet.ts";

/** Characters that XML 1.0 has no place for. */
const notXml = /[\p{Cs}\ufffe\uffff]|[^\P{Cc}\t\n\r]/gu;
/** Excel's own limit of a cell. */
const longestText = 32_767;

const xmlText = (text: string): string =>
  text
    .replaceAll(notXml, "")
    // Excel would read `_x0041_` as the letter A.
    .replaceAll(/_(?=x[0-9A-Fa-f]{4}_)/g, "_x005F_")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");

const head = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n`;
const main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const packaged = "http://schemas.openxmlformats.org/package/2006";

/** Cell styles in the order of `styles`: body text, head, then a style for each format, then text that looks like a formula. */
const styleOf: Record<SheetColumn["format"], number> = { text: 0, money: 2, number: 3, share: 4, date: 5 };
const headStyle = 1;
const quotedStyle = 6;

const styles = `${head}<styleSheet xmlns="${main}">
<numFmts count="3"><numFmt numFmtId="164" formatCode="#,##0.00"/><numFmt numFmtId="165" formatCode="0.0%"/><numFmt numFmtId="166" formatCode="yyyy\\-mm\\-dd"/></numFmts>
<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>
<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFE6EEF3"/><bgColor indexed="64"/></patternFill></fill></fills>
<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>
<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>
<cellXfs count="7">
<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" applyAlignment="1"><alignment vertical="top"/></xf>
<xf numFmtId="0" fontId="1" fillId="2" borderId="0" xfId="0" applyFont="1" applyFill="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>
<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyAlignment="1"><alignment vertical="top"/></xf>
<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" applyAlignment="1"><alignment vertical="top"/></xf>
<xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyAlignment="1"><alignment vertical="top"/></xf>
<xf numFmtId="166" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyAlignment="1"><alignment vertical="top"/></xf>
<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" quotePrefix="1" applyAlignment="1"><alignment vertical="top"/></xf>
</cellXfs>
<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>
</styleSheet>`;

/** `A`, `B` … `Z`, `AA`. */
function columnName(index: number): string {
  let name = "";
  for (let n = index + 1; n > 0; n = Math.floor((n - 1) / 26)) name = String.fromCharCode(65 + ((n - 1) % 26)) + name;
  return name;
}

/** Days since the last day of 1899, as Excel counts after February 1900; undefined for what is no date. */
function serialDay(date: string): number | undefined {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(date) ? Date.parse(`${date}T00:00:00Z`) : Number.NaN;
  return Number.isNaN(time) ? undefined : time / 86_400_000 + 25_569;
}

function cellXml(cell: SheetCell, at: string, format: SheetColumn["format"]): string {
  if (cell === undefined || cell === "") return "";
  const number = typeof cell === "number" ? cell : format === "date" ? serialDay(cell) : undefined;
  if (number !== undefined) return Number.isFinite(number) ? `<c r="${at}" s="${styleOf[format]}"><v>${number}</v></c>` : "";
  const text = String(cell).slice(0, longestText);
  // Typed as text, it is none of a formula; the quote keeps it so when someone edits the cell.
  const style = guardFormula(text).startsWith("'") && !text.startsWith("'") ? quotedStyle : 0;
  return `<c r="${at}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${xmlText(text)}</t></is></c>`;
}

function sheetXml({ columns, rows }: Sheet, isFirst: boolean): string {
  const last = `${columnName(columns.length - 1)}${rows.length + 1}`;
  const titles = columns
    .map((c, i) => `<c r="${columnName(i)}1" s="${headStyle}" t="inlineStr"><is><t xml:space="preserve">${xmlText(c.title)}</t></is></c>`)
    .join("");
  const body = rows.map(
    (row, r) =>
      `<row r="${r + 2}">${row.map((cell, i) => cellXml(cell, `${columnName(i)}${r + 2}`, columns[i]?.format ?? "text")).join("")}</row>`,
  );
  const widths = columns.map((c, i) => `<col min="${i + 1}" max="${i + 1}" width="${c.width}" customWidth="1"/>`).join("");
  return `${head}<worksheet xmlns="${main}"><dimension ref="A1:${last}"/><sheetViews><sheetView workbookViewId="0"${isFirst ? ` tabSelected="1"` : ""}><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/><cols>${widths}</cols><sheetData><row r="1">${titles}</row>${body.join("")}</sheetData><autoFilter ref="A1:${last}"/></worksheet>`;
}

/**
 * A workbook (Office Open XML) with typed cells, column widths and a frozen head on every sheet. Text is text, never a formula. The same sheets give the
 * same bytes. Written without a worker thread, which the page's policy would not let a library start.
 */
export function sheetsXlsx(sheets: readonly Sheet[]): Uint8Array {
  const part = (i: number) => `worksheets/sheet${i + 1}.xml`;
  const kind = "application/vnd.openxmlformats-officedocument.spreadsheetml";
  const files: Record<string, string> = {
    "[Content_Types].xml": `${head}<Types xmlns="${packaged}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${kind}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${kind}.styles+xml"/>${sheets.map((_, i) => `<Override PartName="/xl/${part(i)}" ContentType="${kind}.worksheet+xml"/>`).join("")}</Types>`,
    "_rels/.rels": `${head}<Relationships xmlns="${packaged}/relationships"><Relationship Id="rId1" Type="${relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    "xl/workbook.xml": `${head}<workbook xmlns="${main}" xmlns:r="${relations}"><sheets>${sheets.map((s, i) => `<sheet name="${xmlText(s.name)}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`).join("")}</sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": `${head}<Relationships xmlns="${packaged}/relationships">${sheets.map((_, i) => `<Relationship Id="rId${i + 1}" Type="${relations}/worksheet" Target="${part(i)}"/>`).join("")}<Relationship Id="rId${sheets.length + 1}" Type="${relations}/styles" Target="styles.xml"/></Relationships>`,
    "xl/styles.xml": styles,
    ...Object.fromEntries(sheets.map((sheet, i) => [`xl/${part(i)}`, sheetXml(sheet, i === 0)])),
  };
  // A fixed time, from local parts because the archive holds local time: the bytes depend on nothing but the content.
  return zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])), {
    level: 6,
    mtime: new Date(1980, 0, 1),
  });
}
