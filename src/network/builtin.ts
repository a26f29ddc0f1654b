import type { NetworkPart } from "../model/index.ts";
import { type NetworkData, assemble } from "./assemble.ts";

/** Files of `seeds/` (levers apart), bundled at build time. They are checked by a test, so they are not checked again at run time. */
const files = import.meta.glob<NetworkPart>("../../seeds/*.json", { eager: true, import: "default" });

let data: NetworkData | undefined;

/** The built-in network of Chongqing's vehicle exports, as data. Do not change it: `applyChanges` makes a changed copy. */
export function builtinNetwork(): NetworkData {
  data ??= assemble(builtinParts()).data;
  return data;
}

export function builtinParts(): { name: string; part: NetworkPart }[] {
  return Object.entries(files)
    .map(([path, part]) => ({ name: path.replace(/^.*\/(seeds\/)/, "$1"), part }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
