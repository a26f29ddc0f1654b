/** Text on a terminal: how wide it is, how it is cut and filled, and what must never reach it. */

const escape = String.fromCharCode(27);
// Built from code points, so that no control character stands in this file.
const colourCode = new RegExp(`${escape}\\[(?:[0-9]|3[0-7]|9[0-7])m`, "g");
/** C0 (line breaks and tabs too), delete, C1, direction overrides and isolates, line and paragraph separators, byte-order mark. */
const unsafe = /[\p{Cc}\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/gu;
const unsafeRun = /[\p{Cc}\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]+/gu;
const unpairedSurrogate = /\p{Cs}/gu;

/** Text from a file as one harmless line: line breaks and tabs become spaces, other control and direction characters go. */
export function clean(text: string): string {
  return text
    .replaceAll(/[\n\r\t\u2028\u2029]+/g, " ")
    .replaceAll(unsafeRun, "")
    .replaceAll(unpairedSurrogate, "\ufffd");
}

/** Last guard before a terminal: keeps line breaks and, where colour is on, this program's own colour codes; nothing else that a terminal would obey. */
export function guard(text: string, colour: boolean): string {
  const safe = (part: string) => part.replaceAll(unsafe, (c) => (c === "\n" ? c : "")).replaceAll(unpairedSurrogate, "\ufffd");
  if (!colour) return safe(text);
  const codes = text.match(colourCode) ?? [];
  return text
    .split(colourCode)
    .map((part, i) => safe(part) + (codes[i] ?? ""))
    .join("");
}

const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;
const zero = /[\p{Mn}\p{Me}\p{Cf}\p{Cc}]/u;
const plain = /^[\x20-\x7e]*$/;

function characterWidth(character: string): number {
  return wide.test(character) ? 2 : zero.test(character) ? 0 : 1;
}

/** Columns that a text takes; Chinese characters and full-width forms take two, colour codes none. */
export function displayWidth(text: string): number {
  const bare = text.includes(escape) ? text.replaceAll(colourCode, "") : text;
  if (plain.test(bare)) return bare.length;
  let width = 0;
  for (const character of bare) width += characterWidth(character);
  return width;
}

export function padTo(text: string, width: number, align: "left" | "right" = "left"): string {
  const fill = " ".repeat(Math.max(0, width - displayWidth(text)));
  return align === "left" ? text + fill : fill + text;
}

const breakBefore = /[(（“‘《]/;
const keptTogether = /[、，。；：！？）》”’·%]/;

/** Breaks text into lines of at most `width` columns: at spaces, between Chinese characters, and inside a word only where nothing else fits. */
export function wrap(text: string, width: number): string[] {
  // An address stays whole: it is there to be copied.
  if (displayWidth(text) <= width || /^\s*\w+:\/\/\S+$/.test(text)) return [text];
  const limit = Math.max(4, width);
  const lines: string[] = [];
  let line = "";
  let lineWidth = 0;
  /** Length of `line` up to the last place where it may break. */
  let breakAt = 0;
  for (const character of text) {
    const w = characterWidth(character);
    if (lineWidth + w > limit && character !== " ") {
      const cut = breakAt > 0 ? breakAt : line.length;
      lines.push(line.slice(0, cut).trimEnd());
      line = line.slice(cut).trimStart();
      lineWidth = displayWidth(line);
      breakAt = 0;
    }
    const follows = line.length > 0 && (w === 2 || breakBefore.test(character)) && !keptTogether.test(character);
    if (follows) breakAt = line.length;
    line += character;
    lineWidth += w;
    if (character === " " || character === "/" || character === "+" || (w === 2 && keptTogether.test(character))) breakAt = line.length;
  }
  if (line.trim() !== "") lines.push(line.trimEnd());
  return lines;
}

/** JSON whose text holds no character that a terminal obeys or an editor hides; the value is the same. */
export function jsonText(value: unknown, indent = 2): string {
  return JSON.stringify(value, null, indent).replaceAll(
    /[\u007f-\u009f\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
