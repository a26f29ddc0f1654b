import { type Change, type LeverUse, type Problem, checkShape, finance, nearest, problem, sharedFigure, warning } from "../model/index.ts";
import { type NetworkData, type NetworkList, networkLists } from "../network/index.ts";
import { type Plain, glob, isFigure, isPlain, shapes, unknownMember } from "./members.ts";

/** Merges `set` into `target`: objects key by key, everything else (lists, figures, numbers) replaced. Returns whether anything changed. */
function merge(target: Plain, set: Plain): boolean {
  let changed = false;
  for (const [key, value] of Object.entries(set)) {
    const old = Object.hasOwn(target, key) ? target[key] : undefined;
    if (isPlain(old) && isPlain(value) && !isFigure(old) && !isFigure(value)) changed = merge(old, value) || changed;
    else if (JSON.stringify(old) !== JSON.stringify(value)) {
      target[key] = structuredClone(value);
      changed = true;
    }
  }
  return changed;
}

/** Walks down from a member to the object that the rest of a path names; list members go by `id`, `at` or number. */
function descend(member: unknown, steps: readonly string[]): unknown {
  let here: unknown = member;
  for (const step of steps) {
    if (Array.isArray(here)) here = here.find((m) => isPlain(m) && (m["id"] === step || m["at"] === step)) ?? here[Number(step)];
    else if (isPlain(here) && Object.hasOwn(here, step)) here = here[step];
    else return undefined;
  }
  return here;
}

/**
 * Applies changes to a copy of the network. First every path is resolved and every changed member checked, then all is applied: a file with
 * any error changes nothing. A change without effect is a warning. Levers in the list are left to `applyLevers`.
 */
export function applyChanges(
  base: NetworkData,
  changes: readonly (Change | LeverUse)[],
  where = "levers",
): { data: NetworkData; problems: Problem[] } {
  const problems: Problem[] = [];
  if (changes.every((change) => "use" in change)) return { data: base, problems };
  const data: NetworkData = { ...base };
  const copied = new Set<unknown>();
  /** Copies a list member before it is written to, once. */
  const writable = (list: NetworkList, index: number): Plain => {
    if (!copied.has(list)) {
      Object.assign(data, { [list]: [...data[list]] });
      copied.add(list);
    }
    const member = data[list][index]!;
    if (copied.has(member)) return member as unknown as Plain;
    const copy = structuredClone(member);
    (data[list] as unknown[])[index] = copy;
    copied.add(copy);
    return copy as unknown as Plain;
  };
  changes.forEach((change, i) => {
    if ("use" in change) return;
    const path = `${where}/${i}`;
    const [list, pattern, ...rest] = change.change.split("/");
    const unchanged = () =>
      problems.push(
        warning(`${path}/set`, "no-effect", {
          zh: `“${change.change}”本来就是这样，改动无效果`,
          en: `'${change.change}' is like this already: the change has no effect`,
        }),
      );
    if (list === "finance") {
      const copy = structuredClone(data.finance) as Plain;
      const target = descend(copy, pattern === undefined ? [] : [pattern, ...rest]);
      if (!isPlain(target)) {
        problems.push(unknownMember(path, change.change, pattern ?? "", Object.keys(copy)));
        return;
      }
      if (!merge(target, change.set)) unchanged();
      problems.push(...checkShape(copy, finance).problems.map((p) => ({ ...p, path: `${path}/set → finance/${p.path}` })));
      Object.assign(data, { finance: copy });
      return;
    }
    if (list === "figures") {
      const known = Object.keys(data.figures);
      const copy: Plain = { ...data.figures };
      let names: string[];
      let effect = false;
      if (pattern === undefined) {
        names = Object.keys(change.set);
        const strange = names.filter((name) => !Object.hasOwn(copy, name));
        for (const name of strange) problems.push(unknownMember(path, `figures/${name}`, name, known));
        if (strange.length > 0) return;
        effect = merge(copy, change.set);
      } else {
        names = rest.length === 0 ? known.filter(glob(pattern)) : [];
        if (names.length === 0) {
          problems.push(unknownMember(path, change.change, pattern, known));
          return;
        }
        // A bare value is the planner's own: the published range no longer describes it.
        const isBare = Object.keys(change.set).join() === "value" && typeof change.set["value"] === "number";
        for (const name of names) {
          const old = data.figures[name]!;
          const record: Plain = typeof old === "number" ? { value: old, basis: "assumed" } : structuredClone(old);
          effect = merge(record, change.set) || effect;
          copy[name] = isBare ? record["value"] : record;
        }
      }
      if (!effect) unchanged();
      for (const name of names)
        problems.push(
          ...checkShape(copy[name], sharedFigure).problems.map((p) => ({
            ...p,
            path: `${path}/set → figures/${name}${p.path === "" ? "" : `/${p.path}`}`,
          })),
        );
      Object.assign(data, { figures: copy });
      return;
    }
    if (list === undefined || !(networkLists as readonly string[]).includes(list)) {
      const near = nearest(list ?? "", [...networkLists, "finance", "figures"], 1)[0];
      problems.push(
        problem(
          `${path}/change`,
          "unknown-reference",
          { zh: `不认识的部分“${list ?? ""}”`, en: `no such part of the network: '${list ?? ""}'` },
          near === undefined
            ? { zh: `可用：${networkLists.join("、")}、finance、figures`, en: `possible: ${networkLists.join(", ")}, finance, figures` }
            : { zh: `是不是“${near}”？`, en: `did you mean '${near}'?` },
        ),
      );
      return;
    }
    const name = list as NetworkList;
    const matches = pattern === undefined ? [] : data[name].map((m, index) => ({ id: m.id, index })).filter(({ id }) => glob(pattern)(id));
    if (matches.length === 0) {
      problems.push(
        unknownMember(
          path,
          change.change,
          pattern ?? "",
          data[name].map((m) => m.id),
        ),
      );
      return;
    }
    let effect = false;
    for (const { index } of matches) {
      const member = writable(name, index);
      const target = descend(member, rest);
      if (!isPlain(target)) {
        problems.push(
          problem(
            `${path}/change`,
            "unknown-reference",
            { zh: `“${change.change}”不存在`, en: `'${change.change}' does not exist` },
            { zh: `可改的键：${Object.keys(member).join("、")}`, en: `keys there: ${Object.keys(member).join(", ")}` },
          ),
        );
        return;
      }
      if (rest.length === 0 && change.set["id"] !== undefined && change.set["id"] !== member["id"])
        problems.push(problem(`${path}/set/id`, "bad-value", { zh: "编号不能改", en: "an id cannot be changed" }));
      effect = merge(target, change.set) || effect;
      const checked = checkShape(member, shapes[name]);
      problems.push(...checked.problems.map((p) => ({ ...p, path: `${path}/set → ${name}/${String(member["id"])}/${p.path}` })));
    }
    if (!effect) unchanged();
  });
  if (problems.some((p) => p.severity === "error")) return { data: base, problems };
  return { data, problems };
}
