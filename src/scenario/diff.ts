import { InputError, type Lever, type Problem, type Scenario, type Text, problem } from "../model/index.ts";
import { type Network, type NetworkData, compileUndated } from "../network/index.ts";
import { type Option, RouteComparison, buildShipmentGraph, options } from "../routing/index.ts";
import { type Orders, attribute, makeOrders } from "./attribution.ts";
import { nameDifference } from "./diff-names.ts";
import { type NetworkFolder, type ScenarioResult, prepareScenario, resolveShipment, scenarioNetwork, windowOf } from "./run.ts";
import { type Path, isWords, weave, withIds } from "./weave.ts";

export const diffVersion = 1;
type Both = { zh: string; en: string };

/** Least cost, days and CO2e of an option, each for itself, per vehicle; in the steps in which results state them: fen, hundredths of a day, grams. */
export const diffMeasures = ["costCny", "days", "co2eKg"] as const;
export type DiffMeasure = (typeof diffMeasures)[number];
const stepsPerUnit: Record<DiffMeasure, number> = { costCny: 100, days: 100, co2eKg: 1000 };

/** One thing that differs between two scenarios, or several that are taken as one. */
export interface Difference {
  /** Path in the scenario; of several, what they have in common. */
  path: string;
  title: Both;
  kind: "changed" | "added" | "removed" | "several";
  before?: unknown;
  after?: unknown;
  /** The value that holds on the side where none is given. */
  standard?: number;
  /** The paths of several. */
  paths?: string[];
  /** Whether it moves any result in any state that was looked at; left out where nothing was run. */
  hasEffect?: boolean;
}

/** What a result is about: the best of one option for one shipment, or of all its options. */
export interface DiffResult {
  shipment: string;
  option: Option | "any";
  measure: DiffMeasure;
  /** Left out: there is no way. */
  before?: number;
  after?: number;
  /** After less before, where there are both. */
  change?: number;
  /** Part of each difference (by its number from 0); they add up to `change`. Parts of 0 are left out. */
  parts?: { difference: number; value: number }[];
  /** These differences together and in no other way: between the two there is no way however they are taken apart; or they make the option appear or be lost. */
  together?: number[];
}

/** How parts were worked out for the results of one shipment. */
export interface DiffMethod {
  shipment: string;
  differences: number[];
  /** `shapley`: the mean over all orders; `orders`: over so many of them. */
  method: "shapley" | "orders";
  orders: number;
  states: number;
}

export interface ScenarioDiff {
  schemaVersion: typeof diffVersion;
  kind: "yuche-diff";
  a: { id: string; title?: Text };
  b: { id: string; title?: Text };
  differences: Difference[];
  /** How finely the inputs were taken apart. */
  grouping: "value" | "member" | "list";
  /** Paths that differ in words only. */
  words: string[];
  /** What differs; results that stay the same and that no difference moves are counted only. */
  results: DiffResult[];
  unchanged: number;
  methods: DiffMethod[];
  warnings: Problem[];
}

export interface DiffOptions {
  /** Network folders of the two. */
  folderA?: NetworkFolder;
  folderB?: NetworkFolder;
  shelf: readonly Lever[];
  /** Called between runs. */
  onStep?: (done: number, total: number) => void | Promise<void>;
}

/** Beyond so many, values are taken together by member, and members by list. */
const mostDifferences = 40;

interface Leaf {
  path: Path;
  a: unknown;
  b: unknown;
}

interface Group {
  leaves: Leaf[];
  path: Path;
}

/** A network from a folder as one in place, so that it can be taken apart. */
function inPlace(scenario: Scenario, folder: NetworkFolder | undefined): Scenario {
  if (scenario.network === undefined || scenario.network === "chongqing" || typeof scenario.network !== "string") return scenario;
  const { levers: _levers, ...bare } = scenario;
  return { ...scenario, network: scenarioNetwork(bare, folder).data };
}

function leavesOf(a: Scenario, b: Scenario): { leaves: Leaf[]; words: string[] } {
  const leaves: Leaf[] = [];
  const words: string[] = [];
  weave(a, b, [], (path, from, to) => {
    if (isWords(path)) words.push(path.join("/"));
    else leaves.push({ path, a: from, b: to });
    return from;
  });
  return { leaves, words };
}

/** Leaves as differences: each for itself where there are not too many, else by member or by list. */
function grouped(leaves: readonly Leaf[]): { groups: Group[]; grouping: ScenarioDiff["grouping"] } {
  const levels = [
    { grouping: "value", depth: (leaf: Leaf) => leaf.path.length },
    { grouping: "member", depth: ({ path }: Leaf) => (path[0] === "network" ? 3 : 2) },
    { grouping: "list", depth: ({ path }: Leaf) => (path[0] === "network" ? 2 : 1) },
  ] as const;
  for (const { grouping, depth } of levels) {
    const groups = new Map<string, Group>();
    for (const leaf of leaves) {
      const path = leaf.path.slice(0, depth(leaf));
      const key = path.join("\n");
      const group = groups.get(key);
      if (group === undefined) groups.set(key, { path, leaves: [leaf] });
      else group.leaves.push(leaf);
    }
    if (groups.size <= mostDifferences || grouping === "list")
      // In an order that does not depend on which scenario is the first.
      return { grouping, groups: [...groups].sort(([x], [y]) => (x < y ? -1 : x > y ? 1 : 0)).map(([, group]) => group) };
  }
  throw new Error("unreachable");
}

function differenceOf({ leaves, path }: Group, a: Scenario, b: Scenario, shelf: readonly Lever[]): Difference {
  const named = { path: path.join("/"), ...nameDifference(path, a, b, shelf) };
  const [leaf] = leaves;
  if (leaves.length > 1) return { ...named, kind: "several", paths: leaves.map((l) => l.path.join("/")) };
  const kind = leaf!.a === undefined ? "added" : leaf!.b === undefined ? "removed" : "changed";
  return {
    ...named,
    kind,
    ...(leaf!.a === undefined ? {} : { before: leaf!.a }),
    ...(leaf!.b === undefined ? {} : { after: leaf!.b }),
  };
}

/** Key of a result. */
const keyOf = (option: Option | "any", measure: DiffMeasure) => `${option} ${measure}`;
const resultKeys = ([...options, "any"] as const).flatMap((option) => diffMeasures.map((measure) => ({ option, measure })));
/** Results of one shipment in one state, whole steps. */
type Outcome = Map<string, number>;

function note(outcome: Outcome, option: Option, measure: DiffMeasure, value: number): void {
  for (const key of [keyOf(option, measure), keyOf("any", measure)])
    outcome.set(key, Math.min(outcome.get(key) ?? Number.POSITIVE_INFINITY, value));
}

/** Best of every option for one shipment of a scenario on a network; nothing where its words are not understood there. */
function outcomeOf(network: Network, scenario: Scenario, id: string): Outcome | undefined {
  const shipment = scenario.shipments.find((s) => s.id === id);
  if (shipment === undefined) return undefined;
  const { terms } = resolveShipment(network, shipment, `shipments/${id}`);
  if (terms === undefined) return undefined;
  const outcome: Outcome = new Map();
  for (const { option, ways } of new RouteComparison(buildShipmentGraph(network, terms)).run().families)
    for (const way of ways) {
      note(outcome, option, "costCny", way.costFen);
      // Rounded as results are.
      note(outcome, option, "days", Math.round(Number(((way.arrival - terms.readyMinute) / 1440).toFixed(2)) * stepsPerUnit.days));
      note(outcome, option, "co2eKg", way.grams);
    }
  return outcome;
}

interface Subject {
  shipment: string;
  /** Differences that can move it. */
  differences: number[];
  orders: Orders;
  outcomes: (Outcome | undefined)[];
}

/** One state of one shipment that is to be run. */
interface Task {
  subject: Subject;
  state: number;
  made: Set<number>;
}

function shipmentIds(...scenarios: Scenario[]): string[] {
  return [...new Set(scenarios.flatMap(({ shipments }) => shipments.map(({ id }) => id!)))];
}

/** The differences that can move a shipment: those of the network and the levers, and its own. */
function subjectsOf(a: Scenario, b: Scenario, groups: readonly Group[]): Subject[] {
  return shipmentIds(a, b).map((shipment) => {
    const differences = groups.flatMap(({ leaves }, i) =>
      leaves.some(
        ({ path: [section, member] }) => section === "network" || section === "levers" || (section === "shipments" && member === shipment),
      )
        ? [i]
        : [],
    );
    const orders = makeOrders(differences.length);
    return { shipment, differences, orders, outcomes: orders.states.map(() => undefined) };
  });
}

function tasksOf(subjects: readonly Subject[]): Task[] {
  return subjects.flatMap((subject) =>
    subject.orders.states.map((made, state) => ({ subject, state, made: new Set(subject.differences.filter((_, i) => made[i] === true)) })),
  );
}

/** Runs every state; a network is made once for all states that share it, and only one is held at a time. */
async function runAll(a: Scenario, b: Scenario, groups: readonly Group[], tasks: readonly Task[], options_: DiffOptions): Promise<void> {
  const groupOf = new Map(groups.flatMap(({ leaves }, i) => leaves.map(({ path }) => [path.join("\n"), i] as const)));
  const isOfNetwork = groups.map(({ leaves }) => leaves.some(({ path: [section] }) => section === "network" || section === "levers"));
  const mix = (made: ReadonlySet<number>) =>
    weave(a, b, [], (path, from, to) => (made.has(groupOf.get(path.join("\n")) ?? -1) ? to : from)) as Scenario;
  const window = windowOf([...a.shipments, ...b.shipments]);
  const byNetwork = new Map<string, Task[]>();
  for (const task of tasks) {
    const key = [...task.made].filter((i) => isOfNetwork[i]).join();
    const list = byNetwork.get(key);
    if (list === undefined) byNetwork.set(key, [task]);
    else list.push(task);
  }
  let done = 0;
  for (const list of byNetwork.values()) {
    let data: NetworkData | undefined;
    try {
      data = scenarioNetwork(mix(list[0]!.made), undefined, options_.shelf).data;
    } catch (error) {
      // Half of the differences may not make sense without the others: a state that cannot be.
      if (!(error instanceof InputError)) throw error;
    }
    const network = data === undefined ? undefined : compileUndated(data, window);
    for (const { subject, state, made } of list) {
      if (network !== undefined) subject.outcomes[state] = outcomeOf(network, mix(made), subject.shipment);
      await options_.onStep?.(++done, tasks.length);
    }
  }
}

const unit = (measure: DiffMeasure, steps: number) => steps / stepsPerUnit[measure];

/** Differences without which an option would not appear or be lost: those that make or unmake it in some step; all, where none does alone. */
function makers(subject: Subject, key: string): number[] {
  const isThere = subject.outcomes.map((outcome) => Number(outcome?.has(key) === true));
  const { moves } = attribute(subject.orders, isThere)!;
  const found = subject.differences.filter((_, i) => moves[i] === true);
  return found.length > 0 ? found : subject.differences;
}

function resultsOf(subject: Subject, effective: Set<number>): { results: DiffResult[]; unchanged: number } {
  const results: DiffResult[] = [];
  let unchanged = 0;
  const last = subject.orders.orders[0]!.states.at(-1)!;
  for (const { option, measure } of resultKeys) {
    const key = keyOf(option, measure);
    const values = subject.outcomes.map((outcome) => outcome?.get(key));
    const [before, after] = [values[0], values[last]];
    if (before === undefined && after === undefined) continue;
    const named = { shipment: subject.shipment, option, measure };
    if (before === undefined || after === undefined) {
      const together = makers(subject, key);
      for (const i of together) effective.add(i);
      results.push({
        ...named,
        ...(before === undefined ? {} : { before: unit(measure, before) }),
        ...(after === undefined ? {} : { after: unit(measure, after) }),
        together,
      });
      continue;
    }
    const found = attribute(subject.orders, values);
    const ends = { before: unit(measure, before), after: unit(measure, after), change: unit(measure, after - before) };
    if (found === undefined) {
      for (const i of subject.differences) effective.add(i);
      results.push({ ...named, ...ends, together: subject.differences });
      continue;
    }
    subject.differences.forEach((difference, i) => {
      if (found.moves[i] === true) effective.add(difference);
    });
    if (found.moves.every((moves) => !moves)) {
      unchanged++;
      continue;
    }
    const parts = subject.differences.flatMap((difference, i) =>
      found.parts[i] === 0 ? [] : [{ difference, value: unit(measure, found.parts[i]!) }],
    );
    results.push({ ...named, ...ends, parts });
  }
  return { results, unchanged };
}

/**
 * What differs between two scenarios, and what each difference does to the least cost, days and CO2e of every option of every shipment. The parts add up to the whole
 * change exactly; turned round, every part has the other sign. Deterministic. Throws InputError with every problem of both.
 */
export async function diffScenarios(first: Scenario, second: Scenario, options_: DiffOptions): Promise<ScenarioDiff> {
  const { shelf } = options_;
  const sides = [
    { scenario: first, folder: options_.folderA, letter: "A" },
    { scenario: second, folder: options_.folderB, letter: "B" },
  ];
  const problems: Problem[] = [];
  const warnings: Problem[] = [];
  for (const { scenario, folder, letter } of sides) {
    if (scenario.sweep !== undefined)
      problems.push(
        problem(
          `${letter} → sweep`,
          "bad-value",
          {
            zh: "带扫描（sweep）的场景代表许多次运行，无法比较",
            en: "a scenario with a sweep stands for many runs and cannot be compared",
          },
          { zh: "去掉 sweep，或比较两次运行的结果文件", en: "take the sweep out, or compare the result files of two of its runs" },
        ),
      );
    try {
      warnings.push(...prepareScenario(scenario, folder, shelf).warnings.map((p) => ({ ...p, path: `${letter} → ${p.path}` })));
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      problems.push(...error.problems.map((p) => ({ ...p, path: `${letter} → ${p.path}` })));
    }
  }
  if (problems.some((p) => p.severity === "error")) throw new InputError(problems);
  const [a, b] = sides.map(({ scenario, folder }) => withIds(inPlace(scenario, folder))) as [Scenario, Scenario];
  const { leaves, words } = leavesOf(a, b);
  const { groups, grouping } = grouped(leaves);
  const subjects = subjectsOf(a, b, groups);
  await runAll(a, b, groups, tasksOf(subjects), options_);

  const effective = new Set<number>();
  const found = subjects.map((subject) => resultsOf(subject, effective));
  const about = ({ id, title }: Scenario) => ({ id, ...(title === undefined ? {} : { title }) });
  return {
    schemaVersion: diffVersion,
    kind: "yuche-diff",
    a: about(first),
    b: about(second),
    differences: groups.map((group, i) => ({ ...differenceOf(group, a, b, shelf), hasEffect: effective.has(i) })),
    grouping,
    words,
    results: found.flatMap(({ results }) => results),
    unchanged: found.reduce((sum, { unchanged }) => sum + unchanged, 0),
    methods: subjects.flatMap(({ shipment, differences, orders }): DiffMethod[] =>
      differences.length === 0
        ? []
        : [
            {
              shipment,
              differences,
              method: orders.isExact ? "shapley" : "orders",
              orders: orders.orders.length,
              states: orders.states.length,
            },
          ],
    ),
    warnings,
  };
}

/** Best of every option in a result, by shipment. */
function outcomesOfResult(result: ScenarioResult): Map<string, Outcome> {
  return new Map(
    result.shipments.map(({ id, points }) => {
      const outcome: Outcome = new Map();
      for (const point of points)
        for (const measure of diffMeasures) note(outcome, point.option, measure, Math.round(point[measure] * stepsPerUnit[measure]));
      return [id, outcome];
    }),
  );
}

/**
 * What differs between two results: the figures they rest on, and the best of every option. A result does not hold its scenario, so nothing can be run
 * again and no change has parts.
 */
export function diffResults(a: ScenarioResult, b: ScenarioResult): ScenarioDiff {
  const names = [...new Set([...Object.keys(a.figures), ...Object.keys(b.figures)])].sort();
  const valueIn = (result: ScenarioResult, name: string) => (Object.hasOwn(result.figures, name) ? result.figures[name]!.value : undefined);
  // A figure that only one of them uses says that other ways were found, not that the input differs.
  const differences = names.flatMap((path): Difference[] => {
    const [before, after] = [valueIn(a, path), valueIn(b, path)];
    return before === undefined || after === undefined || before === after
      ? []
      : [{ path, title: { zh: path, en: path }, kind: "changed", before, after }];
  });
  const [from, to] = [outcomesOfResult(a), outcomesOfResult(b)];
  const results: DiffResult[] = [];
  let unchanged = 0;
  for (const shipment of new Set([...from.keys(), ...to.keys()]))
    for (const { option, measure } of resultKeys) {
      const before = from.get(shipment)?.get(keyOf(option, measure));
      const after = to.get(shipment)?.get(keyOf(option, measure));
      if (before === undefined && after === undefined) continue;
      if (before === after) {
        unchanged++;
        continue;
      }
      results.push({
        shipment,
        option,
        measure,
        ...(before === undefined ? {} : { before: unit(measure, before) }),
        ...(after === undefined ? {} : { after: unit(measure, after) }),
        ...(before === undefined || after === undefined ? {} : { change: unit(measure, after - before) }),
      });
    }
  return {
    schemaVersion: diffVersion,
    kind: "yuche-diff",
    a: a.scenario,
    b: b.scenario,
    differences,
    grouping: "value",
    words: [],
    results,
    unchanged,
    methods: [],
    warnings: [],
  };
}
