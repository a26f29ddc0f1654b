import {
  type Problem,
  type Scenario,
  type SweepAxis,
  type SweepGroup,
  type Text,
  checkShape,
  nearest,
  problem,
  scenario as scenarioSchema,
} from "../model/index.ts";
import { isPlain } from "./members.ts";
import { labelsOf, mostRuns, safe, tooMany, valuesOf } from "./sweep-values.ts";

export { mostRuns };

/** One value at one path of a sweep. */
export interface SweptValue {
  path: string;
  /** End of the path that tells it from the others. */
  name: string;
  value: unknown;
}

/** One run of a sweep: a whole scenario of its own. */
export interface SweepRun {
  scenario: Scenario;
  /** In the order of the sweep's paths. */
  values: SweptValue[];
}

/** The runs of a scenario: the first path changes slowest. */
export interface Sweep {
  paths: string[];
  total: number;
  run(number: number): SweepRun;
}

type Step = string | number;
type Both = { zh: string; en: string };

/** A path of a sweep with the places it means and its values. */
interface Axis {
  path: string;
  places: Step[][];
  values: unknown[];
  /** What stands for each value in the id of a run. */
  labels: string[];
}

/** Paths whose values change together: `combinations[i]` holds the number of a value for each axis. */
interface Group {
  axes: Axis[];
  count: number;
  combination(number: number): number[];
}

/** Words that lead out of the data into the machine. */
const forbidden = new Set(["__proto__", "constructor", "prototype"]);
/** Keys that say what the file is, not what is run. */
const fixed = new Set(["id", "sweep", "$schema", "schemaVersion"]);
const longestId = 150;

/** Steps of a path: parted by dots, or by slashes where a name in it has dots. */
function stepsOf(path: string): string[] {
  return path.split(path.includes("/") ? "/" : ".");
}

/** What a member of a list may be called by. */
const nameOf = (member: unknown): string | undefined => {
  if (!isPlain(member)) return undefined;
  const name = member["id"] ?? member["at"] ?? member["use"];
  return typeof name === "string" ? name : undefined;
};

/** Every place of the scenario that a path means, or what is wrong with it. A key that is left out may be the last one; the schema then says whether it may stand there. */
function placesOf(scenario: Scenario, path: string): { places: Step[][]; problem?: Problem } {
  const steps = stepsOf(path);
  const refuse = (message: Both, hint?: Both) => ({
    places: [],
    problem: problem(`sweep/${path.slice(0, 80)}`, "unknown-reference", message, hint),
  });
  if (steps.some((step) => step === "" || forbidden.has(step)))
    return refuse(
      { zh: "这个路径不能用", en: "this path cannot be used" },
      { zh: "例如 levers.0.with.hours", en: "for instance levers.0.with.hours" },
    );
  if (fixed.has(steps[0]!)) return refuse({ zh: `“${steps[0]!}”不能扫描`, en: `'${steps[0]!}' cannot be swept` });
  let here: { place: Step[]; value: unknown }[] = [{ place: [], value: scenario }];
  for (const [i, step] of steps.entries()) {
    const next: typeof here = [];
    for (const { place, value } of here) {
      const so = place.join(".");
      if (Array.isArray(value)) {
        const list = value as unknown[];
        const found =
          step === "*" ? list.map((_, n) => n) : list.flatMap((member, n) => (nameOf(member) === step || String(n) === step ? [n] : []));
        if (found.length === 0) {
          const names = list.flatMap((member, n) => nameOf(member) ?? String(n));
          const near = nearest(step, names);
          return refuse(
            { zh: `${so} 里没有“${step.slice(0, 60)}”`, en: `${so} has no '${step.slice(0, 60)}'` },
            near.length > 0
              ? { zh: `是不是：${near.join("、")}？`, en: `did you mean: ${near.join(", ")}?` }
              : list.length === 0
                ? { zh: "这个列表是空的", en: "the list is empty" }
                : { zh: `可用 0 到 ${list.length - 1}、编号或 *`, en: `possible: 0 to ${list.length - 1}, an id, or *` },
          );
        }
        // A member's own name goes before another's number.
        const named = found.filter((n) => nameOf(list[n]) === step);
        for (const n of named.length > 0 ? named : found) next.push({ place: [...place, n], value: list[n] });
      } else if (value === undefined || isPlain(value)) {
        const rest = steps[i + 1];
        const inner = isPlain(value) && Object.hasOwn(value, step) ? value[step] : undefined;
        if (inner === undefined && rest !== undefined && /^(?:\d+|\*)$/.test(rest))
          return refuse(
            { zh: `场景里没有 ${[...place, step].join(".")}`, en: `the scenario has no ${[...place, step].join(".")}` },
            isPlain(value) ? nearestKey(step, Object.keys(value)) : undefined,
          );
        next.push({ place: [...place, step], value: inner });
      } else
        return refuse(
          { zh: `${so} 是一个值，里面没有“${step.slice(0, 60)}”`, en: `${so} is a value and has no '${step.slice(0, 60)}' in it` },
          { zh: `把路径写到 ${so} 为止`, en: `end the path at ${so}` },
        );
    }
    here = next;
  }
  return { places: here.map(({ place }) => place) };
}

function nearestKey(word: string, keys: readonly string[]): Both {
  const near = nearest(word, keys);
  return near.length > 0
    ? { zh: `是不是：${near.join("、")}？`, en: `did you mean: ${near.join(", ")}?` }
    : { zh: "先在场景里写出它，再扫描", en: "write it into the scenario first, then sweep it" };
}

/** A copy with another value at a place; only what lies on the way is copied. */
function withValue(target: unknown, place: readonly Step[], value: unknown): unknown {
  const [step, ...rest] = place;
  if (step === undefined) return value;
  if (Array.isArray(target)) return target.map((member: unknown, n) => (n === step ? withValue(member, rest, value) : member));
  const old = isPlain(target) ? target : {};
  return { ...old, [step]: withValue(Object.hasOwn(old, step) ? old[step] : undefined, rest, value) };
}

/** Shortest ends of the paths that tell them apart and do not begin with a number: `hours`, `1.quantity`. */
function shortNames(paths: readonly string[]): string[] {
  const ends = (path: string) => {
    const steps = stepsOf(path).filter((step) => step !== "*");
    return steps.map((_, i) => steps.slice(steps.length - 1 - i).join("."));
  };
  const all = paths.map(ends);
  return all.map((own, i) => {
    const short = own.find((end) => /^[^\d]/.test(end) && all.every((other, j) => i === j || !other.includes(end)));
    return safe(short ?? own.at(-1) ?? "") || `p${i + 1}`;
  });
}

/** Problems of single values: every value at its place, the rest of the scenario as it is. */
function checkValues(scenario: Scenario, axis: Axis): Problem[] {
  const problems = new Map<string, Problem>();
  // A large network in place is not gone through again for values that are not in it.
  const { network, ...rest } = scenario;
  const base = network === undefined || axis.places.some(([first]) => first === "network") ? scenario : rest;
  for (const value of axis.values) {
    const tried = axis.places.reduce<unknown>((now, place) => withValue(now, place, value), base);
    for (const p of checkShape(tried, scenarioSchema).problems) {
      const word = (JSON.stringify(value) ?? "").slice(0, 60);
      const isOfValue = p.code !== "unknown-key";
      const found: Problem = {
        ...p,
        path: `sweep/${axis.path.slice(0, 80)}`,
        message: isOfValue
          ? { zh: `取 ${word} 时，${p.path}：${p.message.zh}`, en: `with ${word}, ${p.path}: ${p.message.en}` }
          : { zh: `${p.path}：${p.message.zh}`, en: `${p.path}: ${p.message.en}` },
      };
      problems.set(found.message.en, found);
    }
  }
  return [...problems.values()];
}

function makeGroup(scenario: Scenario, group: SweepGroup, problems: Problem[]): Group {
  const { zip, ...paths } = group;
  const axes = Object.entries(paths).flatMap(([path, raw]): Axis[] => {
    const where = `sweep/${path.slice(0, 80)}`;
    const found = placesOf(scenario, path);
    if (found.problem !== undefined) problems.push(found.problem);
    const { values, problem: wrong } = valuesOf(where, raw as SweepAxis);
    if (wrong !== undefined) problems.push(wrong);
    if (found.problem !== undefined || wrong !== undefined) return [];
    const axis = { path, places: found.places, values, labels: labelsOf(values) };
    problems.push(...checkValues(scenario, axis));
    return [axis];
  });
  const isZipped = zip === true;
  const counts = axes.map(({ values }) => values.length);
  if (isZipped && new Set(counts).size > 1)
    problems.push(
      problem("sweep", "bad-value", {
        zh: `并列（zip）的取值个数不同：${counts.join("、")}`,
        en: `side by side (zip) needs as many values of each path: ${counts.join(", ")}`,
      }),
    );
  const count = isZipped ? (counts[0] ?? 1) : counts.reduce((all, n) => all * n, 1);
  const combination = (number: number): number[] => {
    if (isZipped) return axes.map(() => number);
    let rest = number;
    return counts.map((_, i) => {
      const inner = counts.slice(i + 1).reduce((all, n) => all * n, 1);
      const own = Math.floor(rest / inner);
      rest %= inner;
      return own;
    });
  };
  const seen = (axis: Axis[], n: number) => JSON.stringify(axis.map(({ values }) => values[n]));
  for (const together of isZipped ? [axes] : axes.map((axis) => [axis])) {
    const size = together[0]?.values.length ?? 0;
    if (new Set(Array.from({ length: size }, (_, n) => seen(together, n))).size < size)
      problems.push(
        problem(
          `sweep/${together
            .map(({ path }) => path)
            .join(",")
            .slice(0, 80)}`,
          "bad-value",
          { zh: "同样的取值写了两次", en: "the same value stands twice" },
          { zh: "删去其中一个", en: "remove one of them" },
        ),
      );
  }
  return { axes, count, combination };
}

/** Two paths that mean one place, or one that lies within the other's. */
function overlaps(axes: readonly Axis[]): Problem[] {
  const isWithin = (a: readonly Step[], b: readonly Step[]) => a.every((step, i) => String(step) === String(b[i]));
  return axes.flatMap((axis, i) =>
    axes.slice(i + 1).flatMap((other) =>
      axis.places.some((a) => other.places.some((b) => isWithin(a, b) || isWithin(b, a)))
        ? [
            problem(`sweep/${other.path.slice(0, 80)}`, "conflict", {
              zh: `与“${axis.path}”指同一处`,
              en: `means the same place as '${axis.path}'`,
            }),
          ]
        : [],
    ),
  );
}

function titled(title: Text | undefined, label: string): { title?: Text } {
  if (title === undefined) return {};
  return { title: typeof title === "string" ? `${title} (${label})` : { zh: `${title.zh}（${label}）`, en: `${title.en} (${label})` } };
}

/** Runs of a scenario whose `sweep` was taken out. */
function makeSweep(base: Scenario, groups: readonly Group[]): Sweep {
  const axes = groups.flatMap((group) => group.axes);
  const total = groups.reduce((all, { count }) => all * count, 1);
  const names = shortNames(axes.map(({ path }) => path));
  const longest = axes.reduce(
    (sum, { labels }, i) => sum + names[i]!.length + 2 + Math.max(...labels.map((l) => l.length)),
    base.id.length,
  );
  const chosen = (number: number): number[] => {
    let rest = number;
    return groups.flatMap((group, g) => {
      const inner = groups.slice(g + 1).reduce((all, { count }) => all * count, 1);
      const own = Math.floor(rest / inner);
      rest %= inner;
      return group.combination(own);
    });
  };
  return {
    paths: axes.map(({ path }) => path),
    total,
    run: (number) => {
      const picks = chosen(number);
      const label = axes.map(({ labels }, i) => `${names[i]!}=${labels[picks[i]!]!}`).join(",");
      const suffix = longest > longestId ? String(number + 1).padStart(String(total).length, "0") : label;
      let scenario: unknown = { ...base, id: `${base.id}~${suffix}`, ...titled(base.title, label) };
      const values = axes.map(({ path, places, values: own }, i): SweptValue => {
        const value = own[picks[i]!];
        for (const place of places) scenario = withValue(scenario, place, value);
        return { path, name: names[i]!, value };
      });
      // Every value was checked at its place, and the rest is the checked scenario.
      return { scenario: scenario as Scenario, values };
    },
  };
}

/**
 * What a scenario's `sweep` stands for; nothing for a scenario without one. All problems at once: paths, ranges, values (each put in its place and checked
 * against the schema), and more runs than `mostRuns`.
 */
export function expandSweep(scenario: Scenario): { sweep: Sweep | undefined; problems: Problem[] } {
  const { sweep, ...base } = scenario;
  if (sweep === undefined) return { sweep: undefined, problems: [] };
  const problems: Problem[] = [];
  const groups = (Array.isArray(sweep) ? sweep : [sweep]).map((group) => makeGroup(base, group, problems));
  const axes = groups.flatMap((group) => group.axes);
  if (axes.length === 0 && problems.length === 0)
    problems.push(
      problem(
        "sweep",
        "missing-key",
        { zh: "没有写要扫描的路径", en: "no path to sweep is named" },
        { zh: '例如 "levers.0.with.hours": [3, 6, 12]', en: 'for instance "levers.0.with.hours": [3, 6, 12]' },
      ),
    );
  problems.push(...overlaps(axes));
  const total = groups.reduce((all, { count }) => all * count, 1);
  if (total > mostRuns) problems.push(tooMany("sweep", total));
  return problems.length > 0 ? { sweep: undefined, problems } : { sweep: makeSweep(base, groups), problems };
}
