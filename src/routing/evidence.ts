import { type EvidenceBasis, type FigureIndex, type Network, evidenceBases } from "../network/index.ts";
import type { EvidenceShares } from "./result.ts";

const strength: Record<EvidenceBasis, number> = { published: 0, derived: 1, stated: 2, assumed: 3 };

/** Basis of what rests on all of these figures. */
export function weakest(network: Network, list: readonly FigureIndex[]): EvidenceBasis {
  let worst: EvidenceBasis = "published";
  for (const index of list) {
    const basis = evidenceBases[network.figures.basis[index]!]!;
    if (strength[basis] > strength[worst]) worst = basis;
  }
  return list.length === 0 ? "stated" : worst;
}

/** Part of each basis in the size of all parts together. */
export function shares<P>(parts: readonly P[], basisOf: (part: P) => EvidenceBasis, sizeOf: (part: P) => number): EvidenceShares {
  const sums: EvidenceShares = { published: 0, derived: 0, assumed: 0, stated: 0 };
  let all = 0;
  for (const part of parts) {
    const size = Math.abs(sizeOf(part));
    sums[basisOf(part)] += size;
    all += size;
  }
  if (all > 0) for (const basis of evidenceBases) sums[basis] = Number((sums[basis] / all).toFixed(4));
  return sums;
}
