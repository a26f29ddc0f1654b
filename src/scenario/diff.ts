import { InputError, type Lever, type Problem, type Scenario, type Text, problem } from "../model/index.ts";
import { type NetworkData, compileUndated } from "../network/index.ts";
import type { PlanResult } from "../planning/index.ts";
import { type Orders, attribute, makeOrders } from "./attribution.ts";
import { nameDifference } from "./diff-names.ts";
import {
  type DiffMeasure,
  type Measured,
  type Outcome,
  keyOf,
  ofPlan,
  ofShipment,
  outcomeOf,
  outcomesOfResult,
  planOutcome,
  totalsOf,
  unit,
} from "./diff-outcome.ts";
import { demandFromTable } from "./demand-table.ts";
import { type TableReader, preparePlan } from "./plan.ts";
import { type NetworkFolder, type ScenarioResult, prepareScenario, scenarioNetwork, windowOf } from "./run.ts";
import { type Path, isWords, weave, withIds } from "./weave.ts";

export type { DiffMeasure };
export const diffVersion = 1;
type Both = { zh: string; en: string };

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

/** A result: the best of one option for one shipment, the best of all its options, or a total of the plan (neither shipment nor option). */
export interface DiffResult extends Measured {
  shipment?: string;
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

/** How parts were worked out for the results of one shipment, or of the plan. */
export interface DiffMethod {
  shipment?: string;
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
  /** Readers of demand files beside the two. */
  tableA?: TableReader;
  tableB?: TableReader;
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

/** One of the two with what it reads from files. */
interface Side {
  scenario: Scenario;
  letter: "A" | "B";
  folder: NetworkFolder | undefined;
  table: TableReader | undefined;
}

/** A network from a folder and a demand from a file as if they stood in the scenario, so that they can be taken apart. */
async function inPlace({ scenario, folder, table }: Side): Promise<Scenario> {
  const { network, demand } = scenario;
  const { levers: _levers, ...bare } = scenario;
  const isFolder = typeof network === "string" && network !== "chongqing";
  const isFile = demand !== undefined && "file" in demand && table !== undefined;
  return {
    ...scenario,
    ...(isFolder ? { network: scenarioNetwork(bare, folder).data } : {}),
    ...(isFile ? { demand: demandFromTable(await table(demand.file, demand.sheet), demand.file, demand.columns).rows } : {}),
  };
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

interface Subject {
  /** Left out: the plan. */
  shipment?: string;
  measured: readonly Measured[];
  /** Differences that can move it. */
  differences: number[];
  orders: Orders;
  outcomes: (Outcome | undefined)[];
}

/** One state of one subject that is to be run. */
interface Task {
  subject: Subject;
  state: number;
  made: Set<number>;
}

function shipmentIds(...scenarios: Scenario[]): string[] {
  return [...new Set(scenarios.flatMap(({ shipments }) => shipments.map(({ id }) => id!)))];
}

/** A plan takes a hundred times as long as a shipment: fewer states where not all are needed. */
const mostPlanStates = 64;

/** What has results, each with the differences that can move it: a shipment those of the network, the levers and its own; the plan all but those of shipments. */
function subjectsOf(a: Scenario, b: Scenario, groups: readonly Group[]): Subject[] {
  const subject = (measured: readonly Measured[], moves: (path: Path) => boolean, mostStates?: number): Subject => {
    const differences = groups.flatMap(({ leaves }, i) => (leaves.some(({ path }) => moves(path)) ? [i] : []));
    const orders = makeOrders(differences.length, mostStates);
    return { measured, differences, orders, outcomes: orders.states.map(() => undefined) };
  };
  const isShared = (section: string | undefined) => section === "network" || section === "levers";
  const shipments = shipmentIds(a, b).map((shipment) => ({
    shipment,
    ...subject(ofShipment, ([section, member]) => isShared(section) || (section === "shipments" && (member ?? shipment) === shipment)),
  }));
  if (a.demand === undefined && b.demand === undefined) return shipments;
  return [...shipments, subject(ofPlan, ([section]) => section !== "shipments" && section !== "routes", mostPlanStates)];
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
  let done = 0;
  const step = async () => options_.onStep?.(++done, tasks.length);
  for (const task of tasks) {
    if (task.subject.shipment === undefined) continue;
    const key = [...task.made].filter((i) => isOfNetwork[i]).join();
    const list = byNetwork.get(key);
    if (list === undefined) byNetwork.set(key, [task]);
    else list.push(task);
  }
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
      if (network !== undefined) subject.outcomes[state] = outcomeOf(network, mix(made), subject.shipment!);
      await step();
    }
  }
  for (const { subject, state, made } of tasks) {
    if (subject.shipment !== undefined) continue;
    subject.outcomes[state] = await planOutcome(mix(made), options_.shelf);
    await step();
  }
}

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
  const about = subject.shipment === undefined ? {} : { shipment: subject.shipment };
  for (const each of subject.measured) {
    const { measure } = each;
    const key = keyOf(each);
    const values = subject.outcomes.map((outcome) => outcome?.get(key));
    const [before, after] = [values[0], values[last]];
    if (before === undefined && after === undefined) continue;
    const named = { ...about, ...each };
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
 * What differs between two scenarios, and what each difference does to the least cost, days and CO2e of every option of every shipment, and to the totals of
 * the plan. The parts add up to the whole change exactly; turned round, every part has the other sign. Deterministic. Throws InputError with every problem of both.
 */
export async function diffScenarios(first: Scenario, second: Scenario, options_: DiffOptions): Promise<ScenarioDiff> {
  const { shelf } = options_;
  const sides = [
    { scenario: first, folder: options_.folderA, table: options_.tableA, letter: "A" },
    { scenario: second, folder: options_.folderB, table: options_.tableB, letter: "B" },
  ] as const satisfies Side[];
  const problems: Problem[] = [];
  const warnings: Problem[] = [];
  for (const { scenario, folder, table, letter } of sides) {
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
      const found = prepareScenario(scenario, folder, shelf).warnings;
      if (scenario.demand !== undefined)
        await preparePlan(scenario, { shelf, ...(folder === undefined ? {} : { folder }), ...(table === undefined ? {} : { table }) });
      warnings.push(...found.map((p) => ({ ...p, path: `${letter} → ${p.path}` })));
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      problems.push(...error.problems.map((p) => ({ ...p, path: `${letter} → ${p.path}` })));
    }
  }
  if (problems.some((p) => p.severity === "error")) throw new InputError(problems);
  const a = withIds(await inPlace(sides[0]));
  const b = withIds(await inPlace(sides[1]));
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
              ...(shipment === undefined ? {} : { shipment }),
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

/** What differs between the outcomes of two results; a result does not hold its scenario, so nothing can be run again and no change has parts. */
function compared(
  a: Pick<ScenarioResult, "scenario">,
  b: Pick<ScenarioResult, "scenario">,
  differences: Difference[],
  subjects: readonly { shipment?: string; measured: readonly Measured[]; from: Outcome | undefined; to: Outcome | undefined }[],
): ScenarioDiff {
  const results: DiffResult[] = [];
  let unchanged = 0;
  for (const { shipment, measured, from, to } of subjects)
    for (const each of measured) {
      const [before, after] = [from?.get(keyOf(each)), to?.get(keyOf(each))];
      if (before === undefined && after === undefined) continue;
      if (before === after) {
        unchanged++;
        continue;
      }
      results.push({
        ...(shipment === undefined ? {} : { shipment }),
        ...each,
        ...(before === undefined ? {} : { before: unit(each.measure, before) }),
        ...(after === undefined ? {} : { after: unit(each.measure, after) }),
        ...(before === undefined || after === undefined ? {} : { change: unit(each.measure, after - before) }),
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

/** What differs between two results of shipments: the figures they rest on, and the best of every option. */
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
  const shipments = [...new Set([...from.keys(), ...to.keys()])];
  return compared(
    a,
    b,
    differences,
    shipments.map((shipment) => ({ shipment, measured: ofShipment, from: from.get(shipment), to: to.get(shipment) })),
  );
}

/** What differs between the totals of two plans. */
export function diffPlans(a: PlanResult, b: PlanResult): ScenarioDiff {
  return compared(a, b, [], [{ measured: ofPlan, from: totalsOf(a), to: totalsOf(b) }]);
}
