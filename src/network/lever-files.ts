import type { Lever } from "../model/index.ts";

/** Files of `seeds/levers/`, bundled at build time into a file of their own. A test checks them, so they are not checked again at run time. */
const files = import.meta.glob<Lever>("../../seeds/levers/*.json", { eager: true, import: "default" });

export const levers: readonly Lever[] = Object.values(files).sort(
  (a, b) => Math.min(...a.rows) - Math.min(...b.rows) || (a.id < b.id ? -1 : 1),
);
