import type { Source } from "../../src/model/index.ts";
import type { NetworkData } from "../../src/network/index.ts";

/** Sources of figures by id. */
export type Sources = ReadonlyMap<string, Source>;

/** The texts of the built-in sources: a file of its own, fetched when asked for. */
export async function builtinSources(): Promise<Sources> {
  const { default: part } = (await import("../../seeds/sources.json")) as { default: { sources: Source[] } };
  return new Map(part.sources.map((source) => [source.id, source]));
}

/** The limits that only plans see, with the reasons that the workers' copy does without; fetched when asked for. */
export async function builtinLimits(): Promise<Pick<NetworkData, "pools" | "gates" | "yards">> {
  const { default: part } = (await import("../../seeds/capacity.json")) as unknown as {
    default: Pick<NetworkData, "pools" | "gates" | "yards">;
  };
  return part;
}
