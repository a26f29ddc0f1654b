import {
  type Problem,
  cargo,
  corridor,
  customsArea,
  factor,
  gate,
  location,
  nearest,
  operation,
  pool,
  problem,
  rule,
  service,
  source,
  yard,
} from "../model/index.ts";

export type Plain = Record<string, unknown>;
/** Schema of the members of each list. */
export const shapes = {
  locations: location,
  corridors: corridor,
  services: service,
  operations: operation,
  pools: pool,
  gates: gate,
  yards: yard,
  rules: rule,
  cargos: cargo,
  customs: customsArea,
  factors: factor,
  sources: source,
} as const;

export function isPlain(value: unknown): value is Plain {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

/** A figure is replaced whole, never merged. */
export function isFigure(value: Plain): boolean {
  return "value" in value || "use" in value;
}

/** Whether a word matches a pattern, in which `*` stands for any letters. */
export function glob(pattern: string): (id: string) => boolean {
  if (!pattern.includes("*")) return (id) => id === pattern;
  const parts = pattern.split("*");
  return (id) => {
    if (!id.startsWith(parts[0]!) || !id.endsWith(parts.at(-1)!)) return false;
    let from = parts[0]!.length;
    for (const part of parts.slice(1, -1)) {
      const at = id.indexOf(part, from);
      if (at < 0) return false;
      from = at + part.length;
    }
    return from <= id.length - parts.at(-1)!.length;
  };
}

/** The problem of a path that names nothing, with the ids nearest to it. */
export function unknownMember(path: string, wanted: string, word: string, ids: readonly string[]): Problem {
  const near = nearest(word.replaceAll("*", ""), ids);
  return problem(
    `${path}/change`,
    "unknown-reference",
    { zh: `网络中没有“${wanted}”`, en: `the network has no '${wanted}'` },
    near.length === 0
      ? { zh: "用 yuche explain 或 yuche network --stats 查编号", en: "find ids with yuche explain or yuche network --stats" }
      : { zh: `相近的有：${near.join("、")}`, en: `close to it: ${near.join(", ")}` },
  );
}
