import type { DemandRow, Scenario } from "../model/index.ts";
import { type Plain, isFigure, isPlain } from "./members.ts";

/** Steps from the scenario down to a value; a list's member by its id, place, lever or path of change. */
export type Path = readonly string[];

/** Called for everything that differs, `undefined` where there is nothing; returns what stands in its place. */
type Choose = (path: Path, a: unknown, b: unknown) => unknown;

const same = (a: unknown, b: unknown): boolean => a === b || canonical(a) === canonical(b);

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (!isPlain(value)) return JSON.stringify(value) ?? "";
  const keys = Object.keys(value).filter((key) => value[key] !== undefined);
  return `{${keys
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`)
    .join(",")}}`;
}

/** What the file is called and says; nothing is computed from it. */
const aboutFile = new Set(["$schema", "schemaVersion", "id", "title", "description", "sweep"]);
const aboutMember = new Set(["title", "note", "description"]);
/** Sections that may be left out, with all that is in them. */
const optionalSection = (path: Path): boolean =>
  path.at(-1) === "with" || (path.length === 1 && (path[0] === "plan" || path[0] === "routes"));

/** Members of a list by name, where each has one. `isOrdered`: the order says something (stops of a line, changes on top of each other). */
function named(list: readonly unknown[]): { names: string[]; isOrdered: (name: string) => boolean } | undefined {
  const names: string[] = [];
  const ordered = new Set<string>();
  const times = new Map<string, number>();
  for (const member of list) {
    if (!isPlain(member)) return undefined;
    const isAt = typeof member["id"] !== "string" && typeof member["at"] === "string";
    const own = member["id"] ?? member["at"] ?? member["use"] ?? member["change"];
    if (typeof own !== "string") return undefined;
    const before = times.get(own) ?? 0;
    times.set(own, before + 1);
    const name = before === 0 ? own : `${own}#${before + 1}`;
    names.push(name);
    if (isAt || (member["use"] === undefined && typeof member["change"] === "string")) ordered.add(name);
  }
  return { names, isOrdered: (name) => ordered.has(name) };
}

/** Names of both lists in one order: common ones as in the first, what stands between them in either beside each other, by name. */
function joined(a: readonly string[], b: readonly string[]): string[] {
  const inA = new Set(a);
  const inB = new Set(b);
  const runs = (list: readonly string[], other: ReadonlySet<string>) => {
    const after = new Map<string | undefined, string[]>();
    let anchor: string | undefined;
    for (const name of list) {
      if (other.has(name)) anchor = name;
      else after.set(anchor, [...(after.get(anchor) ?? []), name]);
    }
    return after;
  };
  const ownA = runs(a, inB);
  const ownB = runs(b, inA);
  const between = (anchor: string | undefined) => {
    const pair = [ownA.get(anchor) ?? [], ownB.get(anchor) ?? []];
    return pair.sort((x, y) => ((x[0] ?? "") < (y[0] ?? "") ? -1 : 1)).flat();
  };
  return [...between(undefined), ...a.filter((name) => inB.has(name)).flatMap((name) => [name, ...between(name)])];
}

function weaveLists(a: readonly unknown[], b: readonly unknown[], path: Path, choose: Choose): unknown {
  const whole = () => choose(path, a, b);
  const [x, y] = [named(a), named(b)];
  if (x === undefined || y === undefined) return whole();
  const common = (list: typeof x, other: typeof x) => list.names.filter((name) => list.isOrdered(name) && other.names.includes(name));
  if (common(x, y).join("\n") !== common(y, x).join("\n")) return whole();
  const placeA = new Map(x.names.map((name, i) => [name, a[i]]));
  const placeB = new Map(y.names.map((name, i) => [name, b[i]]));
  return joined(x.names, y.names).flatMap((name) => {
    const value = weave(placeA.get(name), placeB.get(name), [...path, name], choose);
    return value === undefined ? [] : [value];
  });
}

/** Two values as one: what is the same once, of what differs what `choose` says. Figures, and lists whose members have no names, differ as a whole. */
export function weave(a: unknown, b: unknown, path: Path, choose: Choose): unknown {
  if (same(a, b)) return a;
  const isList = (value: unknown): value is unknown[] => Array.isArray(value);
  const isNamedList = (value: unknown) => isList(value) && value.length > 0 && named(value) !== undefined;
  if (isList(a) && isList(b)) return weaveLists(a, b, path, choose);
  if ((a === undefined && isNamedList(b)) || (b === undefined && isNamedList(a)))
    return path.length <= 2 ? weaveLists((a ?? []) as unknown[], (b ?? []) as unknown[], path, choose) : choose(path, a, b);
  // A lever in use has a `use` as a figure may have, and is none.
  const isEntry = path[0] === "levers" && path.length === 2;
  const isOpen = (value: unknown): value is Plain => isPlain(value) && (isEntry || !isFigure(value));
  const isMissing = (value: unknown) => value === undefined && optionalSection(path);
  if ((isOpen(a) || isMissing(a)) && (isOpen(b) || isMissing(b))) {
    const [from, to] = [(a ?? {}) as Plain, (b ?? {}) as Plain];
    const result: Plain = {};
    for (const key of [...new Set([...Object.keys(from), ...Object.keys(to)])].sort()) {
      const own = (object: Plain) => (Object.hasOwn(object, key) ? object[key] : undefined);
      const inner = [...path, key];
      const value =
        isWords(inner) && !same(own(from), own(to)) ? choose(inner, own(from), own(to)) : weave(own(from), own(to), inner, choose);
      if (value !== undefined) result[key] = value;
    }
    return result;
  }
  return choose(path, a, b);
}

/** Whether a path holds words only. */
export function isWords(path: Path): boolean {
  return path.length === 1 ? aboutFile.has(path[0]!) : aboutMember.has(path.at(-1)!);
}

/** Every shipment and demand row with an id, so that it is the same one in whatever list it stands. */
export function withIds(scenario: Scenario): Scenario {
  const numbered = <T extends { id?: string | undefined }>(list: readonly T[]): T[] =>
    list.map((member, i) => (member.id === undefined ? { ...member, id: `${i + 1}` } : member));
  const { demand } = scenario;
  return {
    ...scenario,
    shipments: numbered(scenario.shipments),
    ...(Array.isArray(demand) ? { demand: numbered<DemandRow>(demand) } : {}),
  };
}
