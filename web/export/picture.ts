import { textWidth } from "../charts/labels.ts";

/** SVG presentation properties that the style sheets set, with the value that need not be written. */
const ownProperties: Record<string, string> = {
  opacity: "1",
  "fill-opacity": "1",
  "stroke-opacity": "1",
  "vector-effect": "none",
  "clip-path": "none",
  mask: "none",
  filter: "none",
  overflow: "visible",
};
/** Those that children inherit: written where they differ from the parent's. */
const inherited = [
  "fill",
  "fill-rule",
  "stroke",
  "stroke-width",
  "stroke-dasharray",
  "stroke-dashoffset",
  "stroke-linejoin",
  "stroke-linecap",
  "paint-order",
  "font-family",
  "font-size",
  "font-weight",
  "font-style",
  "text-anchor",
  "dominant-baseline",
  "letter-spacing",
  "visibility",
] as const;
const svgSpace = "http://www.w3.org/2000/svg";
/** What of an element's own attributes goes along. The rest (classes, keys, event hooks) has no meaning outside of the page. */
const kept =
  /^(?:d|x|y|x1|x2|y1|y2|cx|cy|r|rx|ry|dx|dy|width|height|points|transform|viewBox|patternUnits|patternTransform|preserveAspectRatio|offset|id)$/;

function make(name: string, attributes: Record<string, string | number>, text?: string): SVGElement {
  const element = document.createElementNS(svgSpace, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  if (text !== undefined) element.textContent = text;
  return element;
}

const reference = /url\("?#([^")]+)"?\)/;

/** A copy of an element as it looks now: styles as attributes, no classes. Ids that its paints refer to are added to `used`. */
function plainCopy(source: Element, parent: CSSStyleDeclaration | undefined, used: Set<string>): SVGElement {
  const copy = document.createElementNS(svgSpace, source.localName);
  for (const { name, value } of source.attributes) if (kept.test(name)) copy.setAttribute(name, value);
  const style = getComputedStyle(source);
  for (const name of inherited) {
    const value = style.getPropertyValue(name);
    if (value === "" || value === parent?.getPropertyValue(name)) continue;
    copy.setAttribute(name, value.replace(/^url\(.*#([^")]+)"?\)$/, "url(#$1)"));
    const id = reference.exec(value.replace(/url\("?[^#]*#/, 'url("#'))?.[1];
    if (id !== undefined) used.add(id);
  }
  for (const [name, usual] of Object.entries(ownProperties)) {
    const value = style.getPropertyValue(name);
    if (value !== "" && value !== usual && source.localName !== "svg") copy.setAttribute(name, value);
  }
  for (const child of source.childNodes) {
    if (child instanceof SVGElement) {
      if (getComputedStyle(child).display !== "none" || child.localName === "title") copy.append(plainCopy(child, style, used));
    } else if (child.nodeType === Node.TEXT_NODE) copy.append(child.textContent ?? "");
  }
  return copy;
}

/** A picture of the page at its place in the export; one drawn in percent of its width may be made wider. */
function nested(
  source: SVGSVGElement,
  x: number,
  y: number,
  used: Set<string>,
  least = 0,
): { copy: SVGElement; width: number; height: number } {
  const box = source.getBoundingClientRect();
  const width = Math.max(least, box.width);
  const copy = plainCopy(source, undefined, used);
  const viewBox = source.getAttribute("viewBox");
  for (const [name, value] of Object.entries({
    x,
    y,
    width,
    height: box.height,
    overflow: viewBox === null ? "visible" : "hidden",
  }))
    copy.setAttribute(name, String(value));
  return { copy, width, height: box.height };
}

export interface PictureText {
  title: string;
  subtitle: string;
  /** What must be known to read the picture. */
  note: string;
  /** Who made it. */
  made: string;
}

const margin = 20;
/** Where bars begin: room for the name of an option and its cost. */
const barsLeft = 250;
const leastBar = 380;
const titleSize = 16;
const smallSize = 12;

interface Page {
  root: SVGElement;
  used: Set<string>;
  /** Where the next thing goes. */
  y: number;
  width: number;
  ink: string;
  quiet: string;
}

/** Words that stay whole, Chinese characters one by one, each with the punctuation that follows it. */
const unbroken = /[\u2e80-\u2fff\u3040-\ufeff][，。；：、！？）》”·]*|[^\s\u2e80-\u2fff\u3040-\ufeff]+[，。；：、！？）》”·]*|\s+/gu;

function line(page: Page, text: string, size: number, colour: string, weight = 400): void {
  const lines: string[] = [""];
  for (const piece of text.match(unbroken) ?? []) {
    const longer = lines.at(-1)! + piece;
    if (textWidth(longer.trimEnd(), size) > page.width - 2 * margin) lines.push(piece.trimStart());
    else lines[lines.length - 1] = longer;
  }
  for (const words of lines) {
    page.y += size;
    page.root.append(make("text", { x: margin, y: page.y, "font-size": size, "font-weight": weight, fill: colour }, words.trim()));
    page.y += size * 0.4;
  }
}

/** The keys of a panel: each sign with its words, in rows. */
function legend(page: Page, panel: Element): void {
  let x = margin;
  let rowHeight = 0;
  for (const item of panel.querySelector(".legend")?.querySelectorAll("li:not(.quiet)") ?? []) {
    const box = item.getBoundingClientRect();
    if (box.width === 0) continue;
    const words = item.textContent?.trim() ?? "";
    const sign = item.querySelector("svg");
    const swatch = item.querySelector(".swatch");
    const signWidth = sign?.getBoundingClientRect().width ?? (swatch === null ? 0 : 10);
    const width = signWidth + 6 + textWidth(words, smallSize);
    if (x + width > page.width - margin && x > margin) {
      x = margin;
      page.y += smallSize * 1.7;
    }
    if (sign !== null) {
      const height = sign.getBoundingClientRect().height;
      page.root.append(nested(sign, x, page.y + smallSize * 0.65 - height / 2, page.used).copy);
    } else if (swatch !== null)
      page.root.append(make("rect", { x, y: page.y + 1, width: 10, height: 10, rx: 2, fill: getComputedStyle(swatch).backgroundColor }));
    page.root.append(make("text", { x: x + signWidth + 6, y: page.y + smallSize - 1, "font-size": smallSize, fill: page.quiet }, words));
    x += width + 16;
    rowHeight = smallSize * 1.7;
  }
  page.y += rowHeight;
}

/** Options with their bars: a row for each chain that stands in the table. */
function bars(page: Page, panel: Element): void {
  const left = margin + barsLeft;
  const axis = panel.querySelector<SVGSVGElement>("svg.cost-axis");
  const scale = (picture: SVGSVGElement) => picture.getBoundingClientRect().width;
  if (axis !== null && scale(axis) > 0) {
    const unit = panel.querySelector(".bar-head small")?.textContent ?? "";
    const cost = panel.querySelector("thead th:nth-child(2)")?.textContent ?? "";
    page.root.append(make("text", { x: left, y: page.y + 11, "font-size": 11, fill: page.quiet }, unit));
    page.root.append(make("text", { x: left - 16, y: page.y + 26, "font-size": 11, "text-anchor": "end", fill: page.quiet }, cost));
    page.root.append(nested(axis, left, page.y + 16, page.used, leastBar).copy);
    page.y += 42;
  }
  for (const row of panel.querySelectorAll<HTMLElement>("tr.chain-row")) {
    const bar = row.querySelector<SVGSVGElement>("svg.cost-bar");
    if (bar === null || scale(bar) === 0) continue;
    const name = row.querySelector(".option-name")?.textContent ?? "";
    const cost = row.querySelector("[data-of=cost]")?.textContent ?? "";
    page.root.append(make("text", { x: margin, y: page.y + 14, "font-size": 13, "font-weight": 600, fill: page.ink }, name));
    page.root.append(make("text", { x: left - 16, y: page.y + 14, "font-size": 13, "text-anchor": "end", fill: page.ink }, cost));
    page.root.append(nested(bar, left, page.y, page.used, leastBar).copy);
    page.y += 36;
  }
}

const pictureOf = (panel: Element) => panel.querySelector<SVGSVGElement>('svg[role="img"]:not(.cost-bar):not(.evidence-bar)');

/** What a panel shows, to be saved as a picture; undefined while it shows none. */
function draw(
  panel: Element,
  { title, subtitle, note, made }: PictureText,
): { root: SVGElement; width: number; height: number } | undefined {
  const picture = pictureOf(panel);
  const bar = panel.querySelector("svg.cost-bar");
  if (picture === null && bar === null) return undefined;
  const body = getComputedStyle(document.body);
  const ground = getComputedStyle(panel);
  const width =
    picture === null
      ? margin * 2 + barsLeft + Math.max(leastBar, bar?.getBoundingClientRect().width ?? 0) + 24
      : picture.getBoundingClientRect().width + margin * 2;
  const root = make("svg", { xmlns: svgSpace, "font-family": body.fontFamily });
  const back = make("rect", { width: "100%", height: "100%", fill: ground.backgroundColor });
  root.append(back);
  const quiet = panel.querySelector(".note, .quiet, small");
  const page: Page = {
    root,
    used: new Set(),
    y: margin - 4,
    width: Math.max(480, Math.ceil(width)),
    ink: body.color,
    quiet: quiet === null ? body.color : getComputedStyle(quiet).color,
  };
  line(page, title, titleSize, page.ink, 650);
  line(page, subtitle, smallSize, page.quiet);
  const measured = panel.querySelector("h2 small")?.textContent ?? "";
  if (measured !== "") line(page, measured, smallSize, page.ink);
  page.y += 8;
  if (picture === null) bars(page, panel);
  else {
    const { copy, width: across, height } = nested(picture, margin, page.y, page.used);
    // The sea of the map is the ground that the picture lies on.
    const under = picture.parentElement === null ? "" : getComputedStyle(picture.parentElement).backgroundColor;
    if (under !== "" && !/^rgba\(.*, 0\)$|^transparent$/.test(under))
      root.append(make("rect", { x: margin, y: page.y, width: across, height, fill: under }));
    root.append(copy);
    page.y += height + 10;
  }
  legend(page, panel);
  for (const text of [note, made]) if (text !== "") line(page, text, 11, page.quiet);
  page.y += margin - 8;
  const found = [...page.used].flatMap((id) => {
    const target = document.getElementById(id);
    return target === null ? [] : [plainCopy(target, undefined, new Set())];
  });
  if (found.length > 0) {
    const defs = make("defs", {});
    defs.append(...found);
    root.prepend(defs);
  }
  const height = Math.ceil(page.y);
  for (const [name, value] of Object.entries({ width: page.width, height, viewBox: `0 0 ${page.width} ${height}` }))
    root.setAttribute(name, String(value));
  return { root, width: page.width, height };
}

/** Runs with the light theme's styles; nothing is painted in between. */
function inLight<T>(isLight: boolean, run: () => T): T {
  if (!isLight) return run();
  const { dataset } = document.documentElement;
  const before = dataset["theme"];
  dataset["theme"] = "light";
  try {
    return run();
  } finally {
    if (before === undefined) delete dataset["theme"];
    else dataset["theme"] = before;
  }
}

export interface Drawing {
  /** Stands alone: no style sheet, class, script or foreign file. */
  svg: string;
  width: number;
  height: number;
}

/** The picture of a panel with its title, keys and notes. `isLight`: in the light theme, whatever the page shows. */
export function drawingOf(panel: Element, text: PictureText, isLight: boolean): Drawing | undefined {
  const drawn = inLight(isLight, () => draw(panel, text));
  if (drawn === undefined) return undefined;
  const svg = `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(drawn.root)}\n`;
  return { svg, width: drawn.width, height: drawn.height };
}

/** The drawing in pixels, twice as fine as on the screen. A data address: the page's policy allows no other picture from outside of its files. */
export async function pngOf({ svg, width, height }: Drawing): Promise<Uint8Array> {
  const image = new Image();
  await new Promise<void>((done, fail) => {
    image.addEventListener("load", () => done());
    image.addEventListener("error", () => fail(new Error("the drawing could not be read")));
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  });
  const canvas = document.createElement("canvas");
  canvas.width = width * 2;
  canvas.height = height * 2;
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/png"));
  if (blob === null) throw new Error("the picture is too large for this browser");
  return new Uint8Array(await blob.arrayBuffer());
}
