import { crc32, deflateSync } from "node:zlib";
import pixelmatch from "pixelmatch";
import { PNG } from "pngjs";

/** RGBA, eight bits a channel, row by row. */
export interface Picture {
  width: number;
  height: number;
  data: Uint8Array;
}

export function readPicture(png: Buffer): Picture {
  const { width, height, data } = PNG.sync.read(png);
  return { width, height, data };
}

/** Half as wide and high: each pixel is the mean of four. */
export function halved({ width, height, data }: Picture): Picture {
  const [w, h] = [width >> 1, height >> 1];
  const small = new Uint8Array(w * h * 4);
  for (let y = 0; y < h; y++)
    for (let x = 0; x < w; x++)
      for (let channel = 0; channel < 4; channel++) {
        const at = (2 * y * width + 2 * x) * 4 + channel;
        const sum = data[at]! + data[at + 4]! + data[at + width * 4]! + data[at + width * 4 + 4]!;
        small[(y * w + x) * 4 + channel] = sum >> 2;
      }
  return { width: w, height: h, data: small };
}

/** Up to 256 colours, the most used first and none beside another that is as good as the same; for each colour of the picture the nearest of them. */
function paletteOf(pixels: Uint32Array): { colours: number[]; nearest: Map<number, number> } {
  const uses = new Map<number, number>();
  for (const pixel of pixels) uses.set(pixel, (uses.get(pixel) ?? 0) + 1);
  const byUse = [...uses].sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([pixel]) => pixel);
  const distance = (a: number, b: number) => {
    const [red, green, blue] = [(a & 255) - (b & 255), ((a >> 8) & 255) - ((b >> 8) & 255), ((a >> 16) & 255) - ((b >> 16) & 255)];
    return red * red + green * green + blue * blue;
  };
  const colours: number[] = [];
  // The sixteen most used are grounds and inks, which may be close to each other; smoothed edges are between them.
  for (const pixel of byUse) {
    if (colours.length === 256) break;
    if (colours.length < 16 || colours.every((colour) => distance(pixel, colour) > 100)) colours.push(pixel);
  }
  const nearest = new Map(
    byUse.map((pixel) => {
      let best = 0;
      for (let k = 1; k < colours.length; k++) if (distance(pixel, colours[k]!) < distance(pixel, colours[best]!)) best = k;
      return [pixel, best];
    }),
  );
  return { colours, nearest };
}

/** A PNG of 256 colours: a third of the size of a full one, and no eye sees the difference on a page. */
export function smallPng({ width, height, data }: Picture): Buffer {
  const pixels = new Uint32Array(data.buffer, data.byteOffset, width * height);
  const { colours, nearest } = paletteOf(pixels);
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) rows[y * (width + 1) + 1 + x] = nearest.get(pixels[y * width + x]!)!;
  const chunk = (type: string, body: Buffer): Buffer => {
    const whole = Buffer.alloc(12 + body.length);
    whole.writeUInt32BE(body.length, 0);
    whole.write(type, 4, "latin1");
    body.copy(whole, 8);
    whole.writeUInt32BE(crc32(whole.subarray(4, 8 + body.length)), 8 + body.length);
    return whole;
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  // Eight bits, indexed.
  head.set([8, 3, 0, 0, 0], 8);
  const palette = Buffer.from(colours.flatMap((colour) => [colour & 255, (colour >> 8) & 255, (colour >> 16) & 255]));
  return Buffer.concat([
    Buffer.from("\x89PNG\r\n\x1a\n", "latin1"),
    chunk("IHDR", head),
    chunk("PLTE", palette),
    chunk("IDAT", deflateSync(rows, { level: 9 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

const eye = { threshold: 0.15 };
const isSameSize = (one: Picture, other: Picture): boolean => one.width === other.width && one.height === other.height;

/** Share of pixels that differ to the eye, smoothed edges not counted; 1 for pictures of different size. */
export function difference(one: Picture, other: Picture): number {
  if (!isSameSize(one, other)) return 1;
  const { width, height } = one;
  return pixelmatch(one.data, other.data, undefined, width, height, eye) / (width * height);
}

/** The differences as a picture; undefined for pictures of different size. */
export function shownDifference(one: Picture, other: Picture): Picture | undefined {
  if (!isSameSize(one, other)) return undefined;
  const { width, height } = one;
  const data = new Uint8Array(width * height * 4);
  pixelmatch(one.data, other.data, data, width, height, eye);
  return { width, height, data };
}
