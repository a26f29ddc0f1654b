import type { Lever } from "../model/index.ts";

/** The policy levers that come with the network, by row of the list of measures. Loaded when first asked for: a page that uses none does without. */
export async function builtinLevers(): Promise<readonly Lever[]> {
  return (await import("./lever-files.ts")).levers;
}
