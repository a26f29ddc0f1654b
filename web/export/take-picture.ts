import type { ShipmentResult } from "../../src/scenario/index.ts";
import { stemOf } from "./files.ts";
import { type PictureText, drawingOf, pngOf } from "./picture.ts";
import { fileName, save } from "./save.ts";

/** `svg` as the page looks, `light-svg` in the light theme. */
export type PictureKind = "svg" | "png" | "light-svg" | "light-png";

/** Saves what a panel shows; its name, or undefined where it shows no picture. `part` names the panel in the file's name. */
export async function takePicture(
  panel: Element,
  part: string,
  kind: PictureKind,
  shipment: ShipmentResult,
  text: PictureText,
): Promise<string | undefined> {
  const drawing = drawingOf(panel, text, kind.startsWith("light-"));
  if (drawing === undefined) return undefined;
  const isPng = kind.endsWith("png");
  const name = fileName([...stemOf(shipment), part], isPng ? "png" : "svg");
  save(isPng ? { name, type: "image/png", content: await pngOf(drawing) } : { name, type: "image/svg+xml", content: drawing.svg });
  return name;
}
