import type { PlanView } from "../worker/plan-view.ts";
import { type PictureText, drawingOf, pngOf } from "./picture.ts";
import { fileName, save } from "./save.ts";
import type { PictureKind } from "./take-picture.ts";

/** Saves what a panel of the capacity page shows; its name, or undefined where it shows no picture. */
export async function takePlanPicture(
  panel: Element,
  part: string,
  kind: PictureKind,
  { scenario }: PlanView,
  text: PictureText,
): Promise<string | undefined> {
  const drawing = drawingOf(panel, text, kind.startsWith("light-"));
  if (drawing === undefined) return undefined;
  const isPng = kind.endsWith("png");
  const name = fileName(["yuche", scenario.id, part], isPng ? "png" : "svg");
  save(isPng ? { name, type: "image/png", content: await pngOf(drawing) } : { name, type: "image/svg+xml", content: drawing.svg });
  return name;
}
