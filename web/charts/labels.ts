/** Greedy label placement: pure, stable, nothing overlaps. */
export interface LabelRequest {
  id: string;
  /** The marked point in pixels, and the radius of its mark. */
  x: number;
  y: number;
  radius: number;
  text: string;
  fontSize: number;
  isBold?: boolean;
  /** Higher goes first. */
  priority: number;
}

export interface PlacedLabel {
  id: string;
  text: string;
  x: number;
  /** Base line of the text. */
  y: number;
  anchor: "start" | "middle" | "end";
}

export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** Widths of signs in em, those of the widest font that the page may get (Noto Sans CJK): the first that fits counts. A CJK sign is one em. */
const widths: readonly [RegExp, number][] = [
  [/[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffefMW@%m·—…]/, 1],
  [/[wA-HJ-Z&#+<=>~−]/, 0.82],
  [/[ iIjl.,:;'|!]/, 0.34],
  [/[frt()[\]/-]/, 0.4],
];
const usual = 0.65;
const bolder = 1.13;

/** Width of a text in pixels, estimated on the safe side without a font. */
export function textWidth(text: string, fontSize: number, isBold = false): number {
  let em = 0;
  for (const sign of text) {
    const width = widths.find(([signs]) => signs.test(sign))?.[1] ?? usual;
    em += isBold && width < 1 ? width * bolder : width;
  }
  return em * fontSize;
}

const overlaps = (a: Box, b: Box) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

/** Where a label may stand about its mark, best first: right, left, above, below, then the corners. */
const positions: readonly [number, number, PlacedLabel["anchor"]][] = [
  [1, 0, "start"],
  [-1, 0, "end"],
  [0, -1, "middle"],
  [0, 1, "middle"],
  [0.75, -0.85, "start"],
  [0.75, 0.85, "start"],
  [-0.75, -0.85, "end"],
  [-0.75, 0.85, "end"],
];

function candidate(request: LabelRequest, [dx, dy, anchor]: (typeof positions)[number]): { label: PlacedLabel; box: Box } {
  const width = textWidth(request.text, request.fontSize, request.isBold);
  const height = request.fontSize * 1.25;
  const gap = request.radius + 4;
  const x = request.x + dx * gap;
  const middle = request.y + dy * (gap + height / 2);
  const left = anchor === "start" ? x : anchor === "end" ? x - width : x - width / 2;
  return {
    label: { id: request.id, text: request.text, x, y: middle + request.fontSize * 0.35, anchor },
    box: { left: left - 2, right: left + width + 2, top: middle - height / 2, bottom: middle + height / 2 },
  };
}

/** Places what fits, by priority; a label that finds no free place inside the bounds is left out. Marks of all requests count as taken. */
export function placeLabels(requests: readonly LabelRequest[], bounds: Box, taken: readonly Box[] = []): PlacedLabel[] {
  const marks = requests.map((r) => ({
    id: r.id,
    box: { left: r.x - r.radius, right: r.x + r.radius, top: r.y - r.radius, bottom: r.y + r.radius },
  }));
  const used: Box[] = [...taken];
  const placed: PlacedLabel[] = [];
  const order = requests.toSorted((a, b) => b.priority - a.priority || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  for (const request of order) {
    if (request.text === "" || request.x < bounds.left || request.x > bounds.right || request.y < bounds.top || request.y > bounds.bottom)
      continue;
    for (const position of positions) {
      const { label, box } = candidate(request, position);
      if (box.left < bounds.left || box.right > bounds.right || box.top < bounds.top || box.bottom > bounds.bottom) continue;
      if (used.some((other) => overlaps(box, other)) || marks.some((mark) => mark.id !== request.id && overlaps(box, mark.box))) continue;
      used.push(box);
      placed.push(label);
      break;
    }
  }
  return placed;
}

/** The text cut to a width, with an ellipsis where something is missing. */
export function shorten(text: string, width: number, fontSize: number): string {
  if (textWidth(text, fontSize) <= width) return text;
  const signs = [...text];
  while (signs.length > 1 && textWidth(`${signs.join("")}…`, fontSize) > width) signs.pop();
  return `${signs.join("").trimEnd()}…`;
}
