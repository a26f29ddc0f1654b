import { type Problem, problem } from "../model/index.ts";

/** What an XLSX file may unpack to, and how much more than its own size. */
const mostBytes = 50 * 1024 * 1024;
const mostRatio = 100;
const mostEntries = 10_000;

/**
 * Looks at the directory of a ZIP file before anything is unpacked: how large its entries say they are, together and against their packed size. A problem for a
 * file that unpacks to too much, or whose directory cannot be read.
 */
export function guardZip(bytes: Uint8Array): Problem | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const broken = () =>
    problem(
      "demand/file",
      "syntax",
      { zh: "不是可读的 XLSX", en: "not an XLSX file that can be read" },
      { zh: "用表格软件另存一次", en: "save it again with a spreadsheet program" },
    );
  const large = (zh: string, en: string) =>
    problem("demand/file", "too-large", { zh, en }, { zh: "删去无关的工作表，或改存 CSV", en: "remove other sheets, or save it as CSV" });
  // The end record stands in the last 64 kB, before a comment.
  let end = -1;
  for (let at = bytes.length - 22; at >= Math.max(0, bytes.length - 22 - 65_535); at--)
    if (view.getUint32(at, true) === 0x06054b50) {
      end = at;
      break;
    }
  if (end < 0) return broken();
  const entries = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  // Sizes of four bytes are all a workbook needs; larger archives are refused.
  if (entries > mostEntries || entries === 0xffff || at === 0xffffffff) return large("压缩包太大", "the archive is too large");
  let unpacked = 0;
  for (let i = 0; i < entries; i++) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== 0x02014b50) return broken();
    const packed = view.getUint32(at + 20, true);
    const size = view.getUint32(at + 24, true);
    unpacked += size;
    if (unpacked > mostBytes || size > Math.max(packed, 1024) * mostRatio)
      return large("解压后太大，可能是压缩炸弹", "it unpacks to too much: perhaps an archive bomb");
    at += 46 + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return undefined;
}
