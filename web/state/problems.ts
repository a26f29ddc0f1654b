import type { Problem } from "../../src/model/index.ts";

/** Sorts problems by their places, errors before warnings: by line and column where there are some, members of a list by number, all else as it came. */
function byPlace(problems: readonly Problem[]): Problem[] {
  const ranks = new Map<string, number>();
  const rankOf = (step: string): number => {
    if (/^\d+$/.test(step)) return Number(step);
    const known = ranks.get(step) ?? ranks.size;
    ranks.set(step, known);
    return known;
  };
  const keyed = problems.map((problem) => ({
    problem,
    key: [Number(problem.severity === "warning"), problem.line ?? 0, problem.column ?? 0, ...problem.path.split("/").map(rankOf)],
  }));
  keyed.sort((a, b) => {
    const at = a.key.findIndex((step, i) => step !== b.key[i]);
    return at < 0 ? a.key.length - b.key.length : (a.key[at] ?? 0) - (b.key[at] ?? -1);
  });
  return keyed.map(({ problem }) => problem);
}

/** The first problems and how many more there are: a file may have thousands. */
export function firstProblems(problems: readonly Problem[], most = 20): { problems: Problem[]; more: number } {
  return { problems: byPlace(problems).slice(0, most), more: Math.max(0, problems.length - most) };
}
