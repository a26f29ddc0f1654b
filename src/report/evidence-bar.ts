import type { Language } from "../model/index.ts";
import { type EvidenceBasis, evidenceBases } from "../network/index.ts";
import type { EvidenceShares } from "../routing/index.ts";
import { basisWords } from "./words.ts";

/** One plain character for each basis: block characters have no sure width in Chinese terminals. */
export const basisMarks: Record<EvidenceBasis, string> = { published: "#", derived: "+", assumed: ".", stated: "o" };

/** A bar of `length` marks, shared out by largest remainder: `###+......`. */
export function evidenceBar(shares: EvidenceShares, length = 10): string {
  const exact = evidenceBases.map((basis) => shares[basis] * length);
  const marks = exact.map(Math.floor);
  const order = exact.map((x, i) => ({ i, rest: x - Math.floor(x) })).sort((a, b) => b.rest - a.rest || a.i - b.i);
  const total = Math.round(exact.reduce((sum, x) => sum + x, 0));
  for (let missing = total - marks.reduce((sum, n) => sum + n, 0), k = 0; missing > 0 && k < order.length; missing--, k++)
    marks[order[k]!.i]!++;
  return evidenceBases.map((basis, i) => basisMarks[basis].repeat(marks[i]!)).join("");
}

export function evidenceLegend(language: Language): string {
  return evidenceBases.map((basis) => `${basisMarks[basis]} ${basisWords[basis][language]}`).join("  ");
}

/** `published 25 %, assumed 74 %`: the shares in words, nothing that is not there. */
export function evidenceInWords(shares: EvidenceShares, language: Language): string {
  return evidenceBases
    .filter((basis) => shares[basis] >= 0.005)
    .map((basis) => `${basisWords[basis][language]} ${Math.round(shares[basis] * 100)}%`)
    .join(language === "zh" ? "，" : ", ");
}
