import type { Lever, LeverUse, Scenario } from "../model/index.ts";

/** A parameter of a lever with the value that is in use, and its range. */
export interface ParameterInUse {
  name: string;
  title: { zh: string; en: string };
  unit: string;
  value: number;
  low: number;
  high: number;
}

/** The levers to rank: those that the scenario uses; where it uses none, every measure that acts on the study and does not contradict one before it. */
export function usesOf(scenario: Scenario, shelf: readonly Lever[], study: Lever["studies"][number]): LeverUse[] {
  const own = (scenario.levers ?? []).flatMap((entry) => ("use" in entry ? [entry] : []));
  if (study === "plan") own.push(...(scenario.plan?.rankLevers?.levers ?? []));
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
export function parametersIn(lever: Lever, use: LeverUse): ParameterInUse[] {
  return Object.entries(lever.parameters).map(([name, { title, unit, value, low, high }]) => ({
    name,
    title,
    unit,
    value: use.with?.[name] ?? value,
    low,
    high,
  }));
}
