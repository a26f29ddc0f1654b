import {
  type Cargo,
  type Change,
  type DemandRow,
  type FigureRecord,
  type Lever,
  type LeverUse,
  type Plan,
  type Problem,
  type Scenario,
  checkShape,
  finance,
  nearest,
  plan as planSchema,
  problem,
  sharedFigure,
  warning,
} from "../model/index.ts";
import { type NetworkData, matchesCargo, networkLists } from "../network/index.ts";
import { type Move, type Quantity, adjust, ownQuantity, parameterQuantity, quantityOf, substitute } from "./adjust.ts";
import { type Plain, glob, isFigure, isPlain, shapes, unknownMember } from "./members.ts";

/** A lever that a scenario uses, with the values of its parameters. */
export interface ActiveLever {
  lever: Lever;
  /** Place in the scenario's list. */
  place: number;
  quantities: Record<string, Quantity>;
}

export interface LeverOutcome {
  data: NetworkData;
  problems: Problem[];
  active: ActiveLever[];
}

/** The levers of the shelf that a scenario names, to use or to rank. */
export function leversUsed(scenario: Scenario, shelf: readonly Lever[]): Lever[] {
  const named = [...(scenario.levers ?? []), ...(scenario.plan?.rankLevers?.levers ?? [])];
  const names = new Set(named.flatMap((entry) => ("use" in entry ? [entry.use] : [])));
  return shelf.filter((lever) => names.has(lever.id));
}

/** Finds the levers that are used and the values of their parameters; all problems at once. */
function resolveUses(entries: readonly (Change | LeverUse)[], shelf: readonly Lever[], where: string, problems: Problem[]): ActiveLever[] {
  const byId = new Map(shelf.map((lever) => [lever.id, lever]));
  const taken = new Set<string>();
  return entries.flatMap((entry, place): ActiveLever[] => {
    if (!("use" in entry)) return [];
    const path = `${where}/${place}`;
    const lever = byId.get(entry.use);
    if (lever === undefined) {
      const near = nearest(entry.use, byId.keys());
      problems.push(
        problem(
          `${path}/use`,
          "unknown-reference",
          { zh: `没有政策措施“${entry.use.slice(0, 80)}”`, en: `no lever '${entry.use.slice(0, 80)}'` },
          near.length === 0
            ? { zh: "用 yuche levers 列出全部措施", en: "yuche levers lists them all" }
            : { zh: `是不是：${near.join("、")}？`, en: `did you mean: ${near.join(", ")}?` },
        ),
      );
      return [];
    }
    if (taken.has(lever.id)) {
      problems.push(
        problem(
          `${path}/use`,
          "duplicate-id",
          { zh: `措施“${lever.id}”用了两次`, en: `the lever '${lever.id}' is used twice` },
          { zh: "删去其中一个", en: "remove one of them" },
        ),
      );
      return [];
    }
    taken.add(lever.id);
    const quantities: Record<string, Quantity> = {};
    for (const [name, parameter] of Object.entries(lever.parameters)) quantities[name] = parameterQuantity(parameter);
    for (const [name, value] of Object.entries(entry.with ?? {})) {
      const parameter = Object.hasOwn(lever.parameters, name) ? lever.parameters[name] : undefined;
      if (parameter === undefined) {
        const known = Object.keys(lever.parameters);
        const near = nearest(name, known);
        problems.push(
          problem(
            `${path}/with/${name.slice(0, 80)}`,
            "unknown-key",
            {
              zh: `措施“${lever.id}”没有参数“${name.slice(0, 80)}”`,
              en: `the lever '${lever.id}' has no parameter '${name.slice(0, 80)}'`,
            },
            known.length === 0
              ? { zh: "它没有参数", en: "it has none" }
              : near.length === 0
                ? { zh: `可用：${known.join("、")}`, en: `possible: ${known.join(", ")}` }
                : { zh: `是不是“${near[0]!}”？`, en: `did you mean '${near[0]!}'?` },
          ),
        );
        continue;
      }
      if (value < parameter.low || value > parameter.high)
        problems.push(
          warning(
            `${path}/with/${name}`,
            "bad-value",
            {
              zh: `${value} 超出范围 ${parameter.low}…${parameter.high}（${parameter.unit}）`,
              en: `${value} is outside the range ${parameter.low}…${parameter.high} (${parameter.unit})`,
            },
            { zh: "照此计算；请确认这是有意的", en: "it is used all the same; make sure it is meant" },
          ),
        );
      quantities[name] = ownQuantity(value);
    }
    return [{ lever, place, quantities }];
  });
}

const namesOfLists = new WeakMap<readonly unknown[], Map<string, number>>();

/** Places of list members by name: `id` or `at` where only one has it, or number. Network data is never changed in place, so this is worked out once a list. */
function namesOf(list: readonly unknown[]): Map<string, number> {
  let known = namesOfLists.get(list);
  if (known === undefined) {
    const own = list.map((member) => (isPlain(member) ? (member["id"] ?? member["at"]) : undefined));
    const times = new Map<unknown, number>();
    for (const name of own) times.set(name, (times.get(name) ?? 0) + 1);
    known = new Map(own.map((name, i) => [typeof name === "string" && times.get(name) === 1 ? name : String(i), i]));
    namesOfLists.set(list, known);
  }
  return known;
}

function childAt(value: unknown, step: string): unknown {
  if (Array.isArray(value)) {
    const index = namesOf(value).get(step);
    return index === undefined ? undefined : (value[index] as unknown);
  }
  return isPlain(value) && Object.hasOwn(value, step) ? value[step] : undefined;
}

function valueAt(root: unknown, steps: readonly string[]): unknown {
  return steps.reduce(childAt, root);
}

/** Every place that a pattern names, step by step. */
function placesOf(root: unknown, pattern: readonly string[]): string[][] {
  const [step, ...rest] = pattern;
  if (step === undefined) return [[]];
  const isMatch = glob(step);
  const names = Array.isArray(root) ? namesOf(root).keys() : isPlain(root) ? Object.keys(root) : [];
  return [...names].flatMap((name) => (isMatch(name) ? placesOf(childAt(root, name), rest).map((place) => [name, ...place]) : []));
}

interface Leaf {
  steps: string[];
  value: unknown;
}

/** A copy of `root` with other values at places; only what lies on the way is copied, and that once. A key that was not there is added. */
function withValues<T>(root: T, leaves: readonly Leaf[], depth = 0): T {
  const own = leaves.find(({ steps }) => steps.length === depth);
  if (own !== undefined) return own.value as T;
  const inside = new Map<string, Leaf[]>();
  for (const leaf of leaves) {
    const step = leaf.steps[depth]!;
    const list = inside.get(step);
    if (list === undefined) inside.set(step, [leaf]);
    else list.push(leaf);
  }
  if (Array.isArray(root)) {
    const copy: unknown[] = [...(root as unknown[])];
    for (const [step, list] of inside) {
      const index = namesOf(root).get(step);
      if (index !== undefined) copy[index] = withValues(copy[index], list, depth + 1);
    }
    return copy as T;
  }
  const copy: Plain = isPlain(root) ? { ...root } : {};
  for (const [step, list] of inside) copy[step] = withValues(copy[step], list, depth + 1);
  return copy as T;
}

/** What a `set` comes to, leaf by leaf: objects are merged, lists, figures and plain values replaced. */
function leavesOf(old: unknown, value: unknown, steps: readonly string[]): Leaf[] {
  const merges = isPlain(value) && !isFigure(value) && (old === undefined || (isPlain(old) && !isFigure(old)));
  if (!merges) return [{ steps: [...steps], value }];
  return Object.entries(value).flatMap(([key, inner]) =>
    leavesOf(isPlain(old) && Object.hasOwn(old, key) ? old[key] : undefined, inner, [...steps, key]),
  );
}

interface Setting extends Leaf {
  by: ActiveLever;
}

const listOf = (change: string | string[]): string[] => (typeof change === "string" ? [change] : change);

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** Two levers set the same member differently, or a lever says itself that it contradicts another. */
function conflicts(active: readonly ActiveLever[], settings: ReadonlyMap<string, Setting[]>, where: string): Problem[] {
  const problems: Problem[] = [];
  const report = (a: ActiveLever, b: ActiveLever, member: string | undefined) => {
    const [first, second] = a.place < b.place ? [a, b] : [b, a];
    problems.push(
      problem(
        `${where}/${second.place}`,
        "conflict",
        member === undefined
          ? {
              zh: `“${second.lever.id}”与“${first.lever.id}”互相矛盾`,
              en: `'${second.lever.id}' contradicts '${first.lever.id}'`,
            }
          : {
              zh: `“${second.lever.id}”与“${first.lever.id}”把 ${member} 设成不同的值`,
              en: `'${second.lever.id}' and '${first.lever.id}' set ${member} differently`,
            },
        { zh: "只保留其中一个", en: "keep only one of them" },
      ),
    );
  };
  for (const [i, a] of active.entries())
    for (const b of active.slice(i + 1))
      if (a.lever.conflictsWith?.includes(b.lever.id) === true || b.lever.conflictsWith?.includes(a.lever.id) === true)
        report(a, b, undefined);
  for (const [path, list] of settings) {
    const other = list.find((s) => s.by !== list[0]!.by && !same(s.value, list[0]!.value));
    if (other !== undefined) report(list[0]!.by, other.by, path);
    for (let cut = path.lastIndexOf("/"); cut > 0; cut = path.lastIndexOf("/", cut - 1)) {
      const whole = settings.get(path.slice(0, cut))?.find((s) => s.by !== list[0]!.by);
      if (whole !== undefined) report(list[0]!.by, whole.by, path);
    }
  }
  return problems;
}

/** Problems of the members that levers have changed, as their schemas see them. */
function checkMembers(data: NetworkData, changed: readonly string[][], where: string): Problem[] {
  const members = new Set(changed.map((steps) => `${steps[0]!}/${steps[1] ?? ""}`));
  const problems: Problem[] = [];
  for (const path of members) {
    const [list, id] = path.split("/") as [string, string];
    const name = networkLists.find((known) => known === list);
    const member = name === undefined ? undefined : childAt(data[name], id);
    const found =
      name !== undefined
        ? checkShape(member, shapes[name])
        : list === "finance"
          ? checkShape(data.finance, finance)
          : list === "figures"
            ? checkShape(data.figures[id], sharedFigure)
            : undefined;
    problems.push(...(found?.problems ?? []).map((p) => ({ ...p, path: `${where} → ${list === "finance" ? list : path}/${p.path}` })));
  }
  return problems;
}

/**
 * Applies the levers of a list to a copy of the network: first all that is set, then shared figures are scaled and moved, then the others. So their
 * order never matters. Levers that contradict each other are an error; one without effect is a warning (`isPlanned`: the scenario has a plan, where
 * effects on demand and plan count).
 */
export function applyLevers(
  base: NetworkData,
  entries: readonly (Change | LeverUse)[],
  shelf: readonly Lever[],
  isPlanned: boolean,
  where = "levers",
): LeverOutcome {
  const problems: Problem[] = [];
  const active = resolveUses(entries, shelf, where, problems);
  if (active.length === 0) return { data: base, problems, active };
  const unknownParameter =
    ({ place, lever }: ActiveLever) =>
    (name: string) =>
      void problems.push(
        problem(`${where}/${place}`, "unknown-reference", {
          zh: `措施“${lever.id}”引用了不存在的参数“${name}”`,
          en: `the lever '${lever.id}' refers to a parameter '${name}' that it does not have`,
        }),
      );
  const lost = new Set<ActiveLever>();
  const missing = (by: ActiveLever, path: string) => {
    const [list, word] = path.split("/");
    const members = childAt(base, list ?? "");
    const ids = Array.isArray(members) ? [...namesOf(members).keys()] : isPlain(members) ? Object.keys(members) : [];
    problems.push(unknownMember(`${where}/${by.place}`, path, word ?? "", ids));
    lost.add(by);
  };

  const settings = new Map<string, Setting[]>();
  for (const by of active)
    for (const change of by.lever.changes) {
      if (change.set === undefined) continue;
      const set = substitute(change.set, by.quantities, unknownParameter(by));
      for (const path of listOf(change.change)) {
        const found = placesOf(base, path.split("/"));
        if (found.length === 0) missing(by, path);
        for (const steps of found)
          for (const leaf of leavesOf(valueAt(base, steps), set, steps)) {
            const key = leaf.steps.join("/");
            settings.set(key, [...(settings.get(key) ?? []), { ...leaf, by }]);
          }
      }
    }
  problems.push(...conflicts(active, settings, where));

  let data = base;
  const effective = new Set<ActiveLever>();
  const changed: string[][] = [];
  const write = (leaves: readonly Leaf[]) => {
    if (leaves.length > 0) data = withValues(data, leaves);
    changed.push(...leaves.map(({ steps }) => steps));
  };
  write(
    [...settings.values()].flatMap((list) => {
      const { steps, value } = list[0]!;
      if (same(valueAt(base, steps), value)) return [];
      for (const { by } of list) effective.add(by);
      return [{ steps, value: structuredClone(value) }];
    }),
  );

  const moves = new Map<string, { steps: string[]; list: Move[] }>();
  for (const by of active)
    for (const change of by.lever.changes) {
      const amount = change.scale ?? change.add;
      if (amount === undefined) continue;
      const quantity = quantityOf(amount, by.quantities);
      if (quantity === undefined) {
        unknownParameter(by)(typeof amount === "number" ? "" : amount.param);
        continue;
      }
      for (const path of listOf(change.change)) {
        const found = placesOf(data, path.split("/"));
        if (found.length === 0) missing(by, path);
        if (quantity.value === (change.scale === undefined ? 0 : 1)) continue;
        for (const steps of found) {
          const key = steps.join("/");
          const entry = moves.get(key) ?? { steps, list: [] };
          entry.list.push({ by: change.scale === undefined ? "add" : "scale", amount: quantity, lever: by.lever.title });
          moves.set(key, entry);
          effective.add(by);
        }
      }
    }
  for (const isShared of [true, false])
    write(
      [...moves].flatMap(([path, { steps, list }]): Leaf[] => {
        if (path.startsWith("figures/") !== isShared) return [];
        let figure = valueAt(data, steps);
        if (isPlain(figure) && typeof figure["use"] === "string") figure = data.figures[figure["use"]];
        if (typeof figure === "number" || (isPlain(figure) && typeof figure["value"] === "number"))
          return [{ steps, value: adjust(figure as number | FigureRecord, list) }];
        problems.push(problem(where, "figure", { zh: `${path} 不是数据`, en: `${path} is no figure` }));
        return [];
      }),
    );

  for (const by of active) {
    if (effective.has(by) || lost.has(by) || (isPlanned && actsOnPlan(by.lever))) continue;
    problems.push(
      warning(
        `${where}/${by.place}`,
        "no-effect",
        actsOnPlan(by.lever)
          ? {
              zh: `“${by.lever.id}”只作用于运力计划，本场景没有`,
              en: `'${by.lever.id}' acts on a capacity plan only, and this scenario has none`,
            }
          : { zh: `“${by.lever.id}”没有改变网络`, en: `'${by.lever.id}' changes nothing in this network` },
      ),
    );
  }
  const known = new Set(data.sources.map((s) => s.id));
  const added = active.flatMap(({ lever }) => lever.sources ?? []).filter((s) => !known.has(s.id) && known.add(s.id));
  if (added.length > 0 && data !== base) data = { ...data, sources: [...data.sources, ...added].sort((a, b) => (a.id < b.id ? -1 : 1)) };
  problems.push(...checkMembers(data, changed, where));
  return problems.some((p) => p.severity === "error") ? { data: base, problems, active } : { data, problems, active };
}

function actsOnPlan(lever: Lever): boolean {
  return lever.plan !== undefined || lever.demand !== undefined;
}

/** The scenario's plan with what the levers in use add to it. Lists get longer; a key that two of them set differently is a conflict. */
export function leverPlan(
  plan: Plan | undefined,
  active: readonly ActiveLever[],
  where = "levers",
): { plan: Plan | undefined; problems: Problem[] } {
  const problems: Problem[] = [];
  const joined: Plain = { ...plan };
  const setBy = new Map<string, ActiveLever>();
  for (const by of active.toSorted((a, b) => (a.lever.id < b.lever.id ? -1 : 1))) {
    for (const [key, raw] of Object.entries(by.lever.plan ?? {})) {
      const value = substitute(raw, by.quantities, () => undefined);
      const old = joined[key];
      if (Array.isArray(value)) joined[key] = [...(Array.isArray(old) ? (old as unknown[]) : []), ...(value as unknown[])];
      else {
        const other = setBy.get(key);
        if (other !== undefined && !same(old, value))
          problems.push(
            problem(`${where}/${by.place}`, "conflict", {
              zh: `“${by.lever.id}”与“${other.lever.id}”把计划的 ${key} 设成不同的值`,
              en: `'${by.lever.id}' and '${other.lever.id}' set ${key} of the plan differently`,
            }),
          );
        setBy.set(key, by);
        joined[key] = value;
      }
    }
  }
  if (Object.keys(joined).length === 0) return { plan, problems };
  const checked = checkShape(joined, planSchema);
  problems.push(...checked.problems.map((p) => ({ ...p, path: `${where} → plan/${p.path}` })));
  return { plan: checked.value ?? plan, problems };
}

/**
 * Demand rows (cargo and market by id) as the levers in use leave them: all factors first, then the shares that go as other cargo. Whole vehicles; a row
 * that is split keeps its id and the other part gets `id~cargo`.
 */
export function leverDemand(rows: readonly DemandRow[], cargos: readonly Cargo[], active: readonly ActiveLever[]): DemandRow[] {
  const effects = active
    .toSorted((a, b) => (a.lever.id < b.lever.id ? -1 : 1))
    .flatMap(({ lever, quantities }) => (lever.demand ?? []).map((effect) => ({ effect, quantities })));
  if (effects.length === 0) return [...rows];
  const byId = new Map(cargos.map((cargo) => [cargo.id, cargo]));
  return rows.flatMap((row, i): DemandRow[] => {
    const cargo = byId.get(row.cargo);
    const own = effects.filter(
      ({ effect }) =>
        (effect.markets === undefined || effect.markets.some((market) => glob(market)(row.to))) &&
        (effect.cargo === undefined || (cargo !== undefined && matchesCargo(effect.cargo, cargo))),
    );
    if (own.length === 0) return [row];
    const factor = own.reduce(
      (now, { effect, quantities }) => now * (effect.scale === undefined ? 1 : (quantityOf(effect.scale, quantities)?.value ?? 1)),
      1,
    );
    const quantity = Math.round(row.quantity * factor);
    let left = quantity;
    const split: DemandRow[] = [];
    for (const { effect, quantities } of own) {
      if (effect.shift === undefined) continue;
      const percent = quantityOf(effect.shift.percent, quantities)?.value ?? 0;
      const moved = Math.min(left, Math.round((quantity * percent) / 100));
      left -= moved;
      // The value of a built-up car is not that of a kit: the cargo's own holds.
      const { valueCny: _value, ...rest } = row;
      if (moved > 0) split.push({ ...rest, id: `${row.id ?? i + 1}~${effect.shift.to}`, cargo: effect.shift.to, quantity: moved });
    }
    return [{ ...row, quantity: left }, ...split];
  });
}
