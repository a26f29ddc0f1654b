import type { Lever, LeverUse, Scenario } from "../model/index.ts";
import type { RankedParameter } from "../planning/index.ts";

/** The levers that a scenario names to be ranked: those that it uses, and in a plan those that are only ranked, unless it uses them with parameters of its own. */
export function namedUses(scenario: Scenario, study: Lever["studies"][number]): LeverUse[] {
  const own = (scenario.levers ?? []).flatMap((entry) => ("use" in entry ? [entry] : []));
  const ranked = study === "plan" ? (scenario.plan?.rankLevers?.levers ?? []) : [];
  return [...own, ...ranked.filter(({ use }) => !own.some((other) => other.use === use))];
}

/** The levers to rank: those that the scenario names; where it names none, every measure that acts on the study and does not contradict one before it. */
export function usesOf(scenario: Scenario, shelf: readonly Lever[], study: Lever["studies"][number]): LeverUse[] {
  const own = namedUses(scenario, study);
  if (own.length > 0) return own;
  const taken: Lever[] = [];
  for (const lever of shelf) {
    const isContradicted = taken.some((t) => t.conflictsWith?.includes(lever.id) === true || lever.conflictsWith?.includes(t.id) === true);
    if (lever.kind === "measure" && lever.studies.includes(study) && !isContradicted) taken.push(lever);
  }
  return taken.map((lever) => ({ use: lever.id }));
}

/** Both ends of every parameter that the use leaves at its own value. */
export function rangeEnds(lever: Lever, use: LeverUse): { name: string; value: number }[] {
  return Object.entries(lever.parameters)
    .filter(([name]) => !Object.hasOwn(use.with ?? {}, name))
    .flatMap(([name, { low, high }]) => [low, high].map((value) => ({ name, value })));
}

export function withValue(use: LeverUse, name: string, value: number): LeverUse {
  return { ...use, with: { ...use.with, [name]: value } };
}

/** The parameters of a lever with the values that are in use. */
export function parametersIn(lever: Lever, use: LeverUse): RankedParameter[] {
  return Object.entries(lever.parameters).map(([name, { title, unit, value, low, high, basis }]) => ({
    name,
    title,
    unit,
    value: use.with?.[name] ?? value,
    low,
    high,
    ...(use.with?.[name] === undefined ? { basis } : {}),
  }));
}
