import type { FigureRecord } from "../model/index.ts";
import { type EvidenceBasis, type NetworkData, evidenceBases } from "../network/index.ts";

export type Visit = (path: string, figure: FigureRecord | { use: string }) => void;

const isRecord = (value: unknown): value is Record<string, unknown> => value !== null && typeof value === "object" && !Array.isArray(value);
const isFigureRecord = (value: Record<string, unknown>): boolean => "basis" in value && typeof value["value"] === "number";
const isUse = (value: Record<string, unknown>): boolean => typeof value["use"] === "string" && Object.keys(value).length === 1;

/** Visits every figure of a network with its path; list members by id. Plain numbers are a planner's own and are not visited. */
export function walkFigures(data: NetworkData, visit: Visit): void {
  const walk = (value: unknown, path: string): void => {
    if (Array.isArray(value)) {
      value.forEach((member: unknown, i) => {
        const name = isRecord(member) ? (member["id"] ?? member["at"]) : undefined;
        walk(member, `${path}/${typeof name === "string" ? name : i}`);
      });
    } else if (isRecord(value)) {
      if (isFigureRecord(value) || isUse(value)) visit(path, value as unknown as FigureRecord | { use: string });
      else for (const [key, inner] of Object.entries(value)) walk(inner, path === "" ? key : `${path}/${key}`);
    }
  };
  const { geometry: _geometry, sources: _sources, ...rest } = data;
  walk(rest, "");
}

/** How many figures rest on which basis; a shared figure counts once. */
export function countFigures(data: NetworkData): { all: number; byBasis: Record<EvidenceBasis, number>; withoutUse: string[] } {
  const byBasis = Object.fromEntries(evidenceBases.map((basis) => [basis, 0])) as Record<EvidenceBasis, number>;
  const used = new Set<string>();
  let all = 0;
  walkFigures(data, (_, figure) => {
    if ("use" in figure) used.add(figure.use);
    else {
      byBasis[figure.basis]++;
      all++;
    }
  });
  return {
    all,
    byBasis,
    withoutUse: Object.keys(data.figures)
      .filter((name) => !used.has(name))
      .sort(),
  };
}
