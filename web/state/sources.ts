import type { Source } from "../../src/model/index.ts";

/** Sources of figures by id. */
export type Sources = ReadonlyMap<string, Source>;

/** The texts of the built-in sources: a file of its own, fetched when asked for. */
export async function builtinSources(): Promise<Sources> {
  const { default: part } = (await import("../../seeds/sources.json")) as { default: { sources: Source[] } };
  return new Map(part.sources.map((source) => [source.id, source]));
}
