import { type Language, type Text, say } from "../model/index.ts";
import type { NetworkData } from "../network/index.ts";
import { clean } from "./text.ts";
import { directCorridor } from "./words.ts";

/** Names of a network's members in one language; an id that the network does not have stands for itself. */
export interface Names {
  place(id: string): string;
  /** Without what stands in brackets: for narrow tables. */
  placeShort(id: string): string;
  cargo(id: string): string;
  corridor(id: string): string;
  service(id: string): string;
}

export function shorten(name: string): string {
  return name.replace(/\s*[(（].*$/u, "") || name;
}

export function makeNames(data: NetworkData | undefined, language: Language): Names {
  const index = (members: readonly { id: string; name?: Text | undefined }[] | undefined) => {
    const names = new Map((members ?? []).map((m) => [m.id, m.name]));
    return (id: string) => {
      const name = names.get(id);
      return clean(name === undefined ? id : say(name, language));
    };
  };
  const place = index(data?.locations);
  const corridor = index(data?.corridors);
  return {
    place,
    placeShort: (id) => shorten(place(id)),
    cargo: index(data?.cargos),
    corridor: (id) => (id === "direct" ? say(directCorridor, language) : corridor(id)),
    service: index(data?.services),
  };
}
