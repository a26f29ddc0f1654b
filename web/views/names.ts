import { directCorridor } from "../../src/report/index.ts";
import type { Catalogue } from "../worker/catalogue.ts";
import { shortName } from "../map/scene.ts";
import type { Words } from "./context.ts";

/** Name of a place, short where it has a long one; its id where the network does not know it. */
export function placeName(catalogue: Catalogue | undefined, id: string, { t }: Words, isShort = true): string {
  const place = catalogue?.places.find((p) => p.id === id);
  return place === undefined ? id : t(isShort ? shortName(place) : place.name);
}

export function corridorName(catalogue: Catalogue | undefined, id: string, { t, language }: Words): string {
  if (id === "direct") return directCorridor[language];
  const corridor = catalogue?.corridors.find((c) => c.id === id);
  return corridor === undefined ? id : t(corridor.name);
}
