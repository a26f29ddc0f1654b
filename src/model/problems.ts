/** Something wrong with an input: where, what, and what to do about it. */
export interface Problem {
  /** JSON path with list members by id where they have one: `services/river-liner/stops/2/hours`. */
  path: string;
  code: ProblemCode;
  message: { zh: string; en: string };
  hint?: { zh: string; en: string };
  file?: string;
  line?: number;
  column?: number;
  /** A warning does not stop a run. */
  severity: "error" | "warning";
}

export type ProblemCode =
  | "syntax"
  | "too-large"
  | "type"
  | "unknown-key"
  | "missing-key"
  | "duplicate-key"
  | "duplicate-id"
  | "unknown-reference"
  | "bad-value"
  | "figure"
  | "unreachable"
  | "no-effect"
  | "conflict"
  | "limit";

type Both = { zh: string; en: string };

export function problem(path: string, code: ProblemCode, message: Both, hint?: Both): Problem {
  return { path, code, message, severity: "error", ...(hint === undefined ? {} : { hint }) };
}

export function warning(path: string, code: ProblemCode, message: Both, hint?: Both): Problem {
  return { ...problem(path, code, message, hint), severity: "warning" };
}

/** Thrown at the edge of a library call whose input is wrong; carries every problem found. */
export class InputError extends Error {
  readonly problems: Problem[];
  constructor(problems: Problem[]) {
    super(problems.map((p) => `${p.path}: ${p.message.en}`).join("\n"));
    this.name = "InputError";
    this.problems = problems;
  }
}

/** Edit distance with transpositions (optimal string alignment), case-insensitive; `most + 1` where it is more than `most`. O(|a|·|b|). */
export function editDistance(a: string, b: string, most = Number.POSITIVE_INFINITY): number {
  const s = a.toLowerCase();
  const t = b.toLowerCase();
  if (Math.abs(s.length - t.length) > most) return most + 1;
  let before: number[] = [];
  let last = Array.from({ length: t.length + 1 }, (_, j) => j);
  let leastBefore = 0;
  for (let i = 1; i <= s.length; i++) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= t.length; j++) {
      let best = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + (s[i - 1] === t[j - 1] ? 0 : 1));
      if (i > 1 && j > 1 && s[i - 1] === t[j - 2] && s[i - 2] === t[j - 1]) best = Math.min(best, before[j - 2]! + 1);
      row.push(best);
      if (best < least) least = best;
    }
    // Every later entry rests on one of the last two rows.
    if (least > most && leastBefore > most) return most + 1;
    leastBefore = least;
    before = last;
    last = row;
  }
  return last[t.length]!;
}

/** How often each letter stands in one word more than in the other: a letter has one of so many places. */
const surplus = new Int32Array(64);

/** No fewer edits make one word of the other: the letters that one has and the other lacks. O(|a| + |b|). */
function leastEdits(a: string, b: string): number {
  surplus.fill(0);
  for (let i = 0; i < a.length; i++) surplus[a.charCodeAt(i) % 64]!++;
  for (let i = 0; i < b.length; i++) surplus[b.charCodeAt(i) % 64]!--;
  let more = 0;
  let fewer = 0;
  for (const count of surplus) {
    if (count > 0) more += count;
    else fewer -= count;
  }
  return Math.max(more, fewer);
}

/** The candidates most like `word`, nearest first; none that differ in more than a third of their letters unless they contain the word. */
export function nearest(word: string, candidates: Iterable<string>, count = 3): string[] {
  if (word.length > 80) return [];
  const wanted = word.toLowerCase();
  const scored: { candidate: string; score: number }[] = [];
  for (const candidate of candidates) {
    const lower = candidate.toLowerCase();
    const contains = wanted.length >= 2 && (lower.includes(wanted) || (lower.length >= 2 && wanted.includes(lower)));
    const most = Math.max(1, Math.ceil(Math.max(wanted.length, lower.length) / 3));
    if (!contains && leastEdits(wanted, lower) > most) continue;
    const score = contains ? Math.abs(lower.length - wanted.length) / 100 : editDistance(wanted, lower, most);
    if (score <= most) scored.push({ candidate, score });
  }
  scored.sort((a, b) => a.score - b.score || (a.candidate < b.candidate ? -1 : 1));
  return [...new Set(scored.map((s) => s.candidate))].slice(0, count);
}
