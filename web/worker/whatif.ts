import { InputError, type Problem, type Scenario, type Shipment, checkShape, scenario as scenarioSchema } from "../../src/model/index.ts";
import { type FigureIndex, type Network, builtinNetwork, compile, evidenceBases, retime } from "../../src/network/index.ts";
import {
  type Comparison,
  type Ends,
  type Influence,
  type KnownFigure,
  type LikelyFigure,
  type Option,
  RouteComparison,
  type Scale,
  type ShipmentTerms,
  buildShipmentGraph,
  endsOf,
  explainMissing,
  influenceOf,
  knownFigure,
  likelyFigures,
} from "../../src/routing/index.ts";
import {
  type PreparedScenario,
  type ScenarioResult,
  applyChanges,
  checkScenario,
  figuresUsed,
  prepareScenario,
  resolveShipment,
  resultVersion,
  shipmentResult,
} from "../../src/scenario/index.ts";
import { assumptionFigures } from "../state/whatif-controls.ts";
import { figureChange } from "../state/adjustments.ts";
import type { Answer } from "./answer.ts";
import { type Line, legKey, lineOf } from "./lines.ts";

/** Least cost and least time of an option without adjustments, and its cheapest chain: what differences are taken from. */
export interface Baseline {
  option: Option;
  cny: number;
  logisticsCny: number;
  days: number;
  co2eKg: number;
}

/** A figure that matters for the shipment, with what its range does. */
export interface InfluentialFigure extends KnownFigure, Influence {
  /** Where it enters the chain that it moves most. */
  role: LikelyFigure["role"];
  /** Places of the chain's element it belongs to: two for a leg, one for an operation, none for the whole chain. */
  places: string[];
  /** Currency of the amount; empty for CNY and for what is no amount. */
  currency: string;
  sources: string[];
}

/** A shipment on its graph, ready to be weighed again. */
interface Run {
  id: string;
  shipment: Shipment;
  terms: ShipmentTerms;
  routes: RouteComparison;
  /** The graph's weights are those of the figures as they stand. */
  isWeighed: boolean;
  missing: { key: string; reasons: ReturnType<typeof explainMissing> } | undefined;
}

/** Figures of the network that were given another value, by index. */
type Patch = ReadonlyMap<FigureIndex, number>;

/** A part of a chain that names figures. */
type FigureList = readonly (string | { figure: string })[];

/** A scenario compiled once, whose figures may be patched. */
interface Session {
  key: string;
  prepared: PreparedScenario;
  network: Network;
  base: { values: Float64Array; low: Float64Array; high: Float64Array; basis: Uint8Array };
  /** Figures that departures and stop times are made from, and those that a load is made from. */
  timed: ReadonlySet<FigureIndex>;
  loaded: ReadonlySet<FigureIndex>;
  patch: Patch;
  runs: Run[];
  lines: Record<string, Line>;
  /** What the answer before rested on: the lists that name its figures, their addresses, indices that were patched, the figures and their sources. */
  used:
    | ({ lists: ReadonlySet<FigureList>; addresses: ReadonlySet<string>; patched: string } & Pick<ScenarioResult, "figures" | "sources">)
    | undefined;
  /** Figures that a lever on one number changes; undefined where it changes more. By the lever's path and key. */
  probes: Map<string, readonly FigureIndex[] | undefined>;
}

const statedBasis = 3;
const none: Patch = new Map();

type Lever = NonNullable<Scenario["levers"]>[number];

/** A number that a lever sets in one place. */
interface NumberSet {
  change: string;
  key: string;
  value: number;
}

/** The one number that a lever sets, if that is all it does. */
function numberOf(lever: Lever): NumberSet | undefined {
  if (!("set" in lever)) return undefined;
  const entries = Object.entries(lever.set);
  const [key, value] = entries[0] ?? [];
  return entries.length === 1 && key !== undefined && typeof value === "number" && !lever.change.includes("*")
    ? { change: lever.change, key, value }
    : undefined;
}

/** Figures by which departures and stop times come about. */
function timeFigures(network: Network): Set<FigureIndex> {
  const found = new Set<FigureIndex>();
  for (const { runs, seasons, perWeek } of network.terms) {
    found.add(perWeek);
    for (const season of seasons) found.add(season.addHours);
    for (const { hours, stayHours, passage } of runs) {
      for (const figure of [hours, stayHours, passage?.waitHours, passage?.hours]) if (figure !== undefined) found.add(figure);
      for (const season of passage?.seasons ?? []) found.add(season.waitHours);
    }
  }
  found.delete(-1);
  return found;
}

function openSession(scenario: Scenario, key: string): Session {
  const prepared = prepareScenario(scenario);
  const { network } = prepared;
  const { figures } = network;
  const base = { values: figures.values.slice(), low: figures.low.slice(), high: figures.high.slice(), basis: figures.basis.slice() };
  const session: Session = {
    key,
    prepared,
    network,
    base,
    timed: timeFigures(network),
    loaded: new Set(network.cargos.flatMap((cargo) => Object.values<FigureIndex>({ ...cargo }))),
    patch: none,
    runs: prepared.shipments.map(({ shipment, terms, id }) => ({
      id,
      shipment,
      terms,
      routes: new RouteComparison(buildShipmentGraph(network, terms)),
      isWeighed: true,
      missing: undefined,
    })),
    lines: {},
    used: undefined,
    probes: new Map(),
  };
  // A number set by a lever is the planner's own: it has no sources.
  const { sources, note } = figures;
  figures.sources = (index) => (session.patch.has(index) ? [] : sources(index));
  figures.note = (index) => (session.patch.has(index) ? undefined : note(index));
  return session;
}

/** Figures that a lever on one number changes, if it changes nothing else. In-place figures are found by compiling with another value: a service that runs both ways has them twice. */
function probe(session: Session, { change, key, value }: NumberSet): readonly FigureIndex[] | undefined {
  const { network, prepared, base } = session;
  const find = (address: string) => {
    const index = network.figures.find(address);
    return index < 0 ? undefined : [index];
  };
  if (change.startsWith("figures/") && key === "value") return find(change);
  if (change === "finance" || change === "finance/cnyPer") return find(`${change}/${key}`);
  const changed = applyChanges(prepared.data, [{ change, set: { [key]: value } }]);
  if (changed.problems.length > 0) return undefined;
  const { figures } = compile(changed.data, network.period);
  if (figures.count !== base.values.length) return undefined;
  const found: FigureIndex[] = [];
  for (let i = 0; i < figures.count; i++) {
    if (figures.values[i] === base.values[i] && figures.basis[i] === base.basis[i]) continue;
    if (figures.values[i] !== value || figures.address(i) !== network.figures.address(i)) return undefined;
    found.push(i);
  }
  return found.length === 0 ? undefined : found;
}

/** The patch that levers come to; undefined where one of them does more than give figures another value within their range (then it takes a compile and a check). */
function patchOf(session: Session, levers: readonly Lever[]): Patch | undefined {
  const patch = new Map<FigureIndex, number>();
  for (const lever of levers) {
    const number = numberOf(lever);
    if (number === undefined) return undefined;
    const place = `${number.change} ${number.key}`;
    if (!session.probes.has(place)) session.probes.set(place, probe(session, number));
    const indices = session.probes.get(place);
    if (indices === undefined) return undefined;
    const { values, low, high } = session.base;
    for (const index of indices) {
      if (number.value < low[index]! || number.value > high[index]! || number.value === values[index]) return undefined;
      patch.set(index, number.value);
    }
  }
  return patch;
}

/** Gives figures of the network other values, and the rest the network's own; works out again what hangs on those that changed, the weights apart. */
function apply(session: Session, patch: Patch): void {
  const { network, base, timed, loaded } = session;
  const { values, low, high, basis } = network.figures;
  const touched = [...new Set([...session.patch.keys(), ...patch.keys()])].filter((i) => session.patch.get(i) !== patch.get(i));
  session.patch = patch;
  for (const i of touched) {
    const value = patch.get(i);
    values[i] = value ?? base.values[i]!;
    low[i] = value ?? base.low[i]!;
    high[i] = value ?? base.high[i]!;
    basis[i] = value === undefined ? base.basis[i]! : statedBasis;
  }
  if (touched.some((i) => timed.has(i))) retime(network);
  const isLoadNew = touched.some((i) => loaded.has(i));
  for (const run of session.runs) {
    const terms = isLoadNew ? resolveShipment(network, run.shipment, "").terms : undefined;
    if (terms !== undefined) {
      run.terms = terms;
      run.routes = new RouteComparison(buildShipmentGraph(network, terms));
    }
    // A graph is weighed when it is built, with the figures of that moment.
    run.isWeighed = terms !== undefined || (run.isWeighed && touched.length === 0);
  }
}

function compare(run: Run): Comparison {
  const isWeighed = run.isWeighed;
  run.isWeighed = true;
  return isWeighed ? run.routes.run() : run.routes.reweigh();
}

/** Solves the session's shipments with the patch: the very result that the levers would give through a compile. */
function solve(session: Session, scenario: Scenario, patch: Patch): ScenarioResult {
  apply(session, patch);
  const { prepared } = session;
  const shipments = session.runs.map((run) => {
    const explain: typeof explainMissing = (graph, absent, maxDays) => {
      // Why an option is missing hangs on no amount of money.
      const dated = [...patch].filter(([i]) => session.timed.has(i) || session.loaded.has(i));
      const key = JSON.stringify([absent, dated]);
      if (run.missing?.key !== key) run.missing = { key, reasons: explainMissing(graph, absent, maxDays) };
      return run.missing.reasons;
    };
    return shipmentResult(run.routes.graph, compare(run), run.shipment, run.id, scenario.routes?.alternatives ?? 3, explain);
  });
  return {
    schemaVersion: resultVersion,
    kind: "yuche-result",
    scenario: { id: scenario.id, ...(scenario.title === undefined ? {} : { title: scenario.title }) },
    shipments,
    ...figuresOf(session, shipments),
    warnings: prepared.warnings,
  };
}

/** All lists of figures in a result, each once: chains that are made again keep those they had. */
function figureLists(shipments: ScenarioResult["shipments"]): Set<FigureList> {
  const lists = new Set<FigureList>();
  for (const { options } of shipments)
    for (const { chains } of options)
      for (const { costItems, timeItems, elements } of chains) {
        for (const { figures } of costItems) lists.add(figures);
        lists.add(timeItems);
        for (const { co2Figures } of elements) lists.add(co2Figures);
      }
  return lists;
}

function addressesIn(lists: ReadonlySet<FigureList>): Set<string> {
  const addresses = new Set<string>();
  for (const list of lists) for (const item of list) addresses.add(typeof item === "string" ? item : item.figure);
  return addresses;
}

const isSameSet = <T>(a: ReadonlySet<T>, b: ReadonlySet<T>): boolean => {
  if (a.size !== b.size) return false;
  for (const member of a) if (!b.has(member)) return false;
  return true;
};

/**
 * Figures and sources of a result. While numbers are slid, chains mostly rest on the same figures: then those of the answer before stand, but for the values
 * that were slid.
 */
function figuresOf(session: Session, shipments: ScenarioResult["shipments"]): Pick<ScenarioResult, "figures" | "sources"> {
  const { network, patch } = session;
  const before = session.used;
  const lists = figureLists(shipments);
  const addresses = before !== undefined && isSameSet(lists, before.lists) ? before.addresses : addressesIn(lists);
  const patched = JSON.stringify([...patch.keys()]);
  if (before === undefined || before.patched !== patched || !(addresses === before.addresses || isSameSet(addresses, before.addresses))) {
    session.used = { lists, addresses, patched, ...figuresUsed(network, shipments) };
    return { figures: session.used.figures, sources: session.used.sources };
  }
  const figures = { ...before.figures };
  for (const [index, value] of patch) {
    const address = network.figures.address(index);
    const known = figures[address];
    if (known !== undefined && known.value !== value) figures[address] = { ...known, value, low: value, high: value };
  }
  session.used = { ...before, lists, figures };
  return { figures, sources: before.sources };
}

/** The lines of every leg in a result, each once; the same object while no new one is needed. */
function linesOf(session: Session, result: ScenarioResult): Record<string, Line> {
  const found: Record<string, Line> = {};
  for (const { options } of result.shipments)
    for (const { chains } of options)
      for (const { elements } of chains)
        for (const element of elements) {
          if (element.kind !== "leg") continue;
          const key = legKey(element);
          if (Object.hasOwn(found, key)) continue;
          found[key] = session.lines[key] ??= lineOf(session.prepared.data, element);
        }
  return found;
}

function baselineOf(result: ScenarioResult): Baseline[] {
  return (result.shipments[0]?.options ?? []).flatMap(({ option, chains }): Baseline[] => {
    const best = chains[0];
    if (best === undefined) return [];
    return [{ option, cny: best.cost.cny, logisticsCny: best.cost.logisticsCny, days: best.time.days, co2eKg: best.co2eKg }];
  });
}

const mostSessions = 3;
/** So many figures are solved again at both ends of their range; so many are told. */
const mostSolved = 14;
const mostTold = 6;

export interface WhatIfEngine {
  /** Checks and runs whatever the form or the address holds; what is wrong comes back as problems, never as an exception. */
  answer(input: unknown): Answer;
  /** The figures that matter most for the shipment of a scenario. Takes many solves: `rest` is awaited between them and may say that nobody waits any more. */
  influential(input: unknown, rest: () => Promise<boolean>): Promise<InfluentialFigure[] | undefined>;
  /** Figures of the built-in network, as they stand. */
  figures(addresses: readonly string[]): KnownFigure[];
}

/** What stands in for a field that is wrong, so that the rest of a shipment can be looked at. */
const standIns: Record<string, unknown> = { quantity: 1, ready: "2027-01-01" };

/** Names that the network does not know, in a question that has other fields wrong too: all problems are told at once. */
function wrongNames(input: unknown, problems: readonly Problem[]): Problem[] {
  const question = input as { shipments?: unknown } | null;
  if (!Array.isArray(question?.shipments)) return [];
  const wrong = new Set(problems.map(({ path }) => path.split("/").at(-1)));
  const shipments = question.shipments.map((shipment: object | null) => ({
    ...Object.fromEntries(Object.entries(shipment ?? {}).map(([key, value]) => [key, wrong.has(key) ? standIns[key] : value])),
    due: undefined,
  }));
  const { value } = checkShape({ ...question, shipments }, scenarioSchema);
  return value === undefined ? [] : checkScenario(value).filter(({ path }) => /^shipments\/.*\/(cargo|from|to)$/.test(path));
}

/** The engine behind the page: keeps the compiled network and the shipment's graph, so that another value of a figure costs a weighing and a search. */
export function createEngine(now: () => number = () => performance.now()): WhatIfEngine {
  /** The newest last. A switch that goes to and fro finds its network compiled. */
  let sessions: Session[] = [];
  let plain: Network | undefined;
  let last: { session: Session; patch: string; answer: Answer } | undefined;
  const baselines = new Map<string, Baseline[]>();

  /** The session of a scenario and the patch of its last levers. Switches and the like take a compile, numbers do not. */
  const open = (scenario: Scenario): { session: Session; patch: Patch } => {
    const { levers = [], ...rest } = scenario;
    const sessionOf = (fixed: readonly Lever[]): Session => {
      const key = JSON.stringify([rest, fixed]);
      const session =
        sessions.find((known) => known.key === key) ?? openSession(fixed.length === 0 ? rest : { ...rest, levers: [...fixed] }, key);
      sessions = [...sessions.filter((known) => known !== session), session].slice(-mostSessions);
      return session;
    };
    let cut = levers.length;
    while (cut > 0 && numberOf(levers[cut - 1]!) !== undefined) cut--;
    for (; cut < levers.length; cut++) {
      const candidate = sessionOf(levers.slice(0, cut));
      const patch = patchOf(candidate, levers.slice(cut));
      if (patch !== undefined) return { session: candidate, patch };
    }
    return { session: sessionOf(levers), patch: none };
  };

  const run = (scenario: Scenario): ScenarioResult => {
    const opened = open(scenario);
    return solve(opened.session, scenario, opened.patch);
  };

  const baseline = (scenario: Scenario): Baseline[] => {
    const { levers: _levers, ...rest } = scenario;
    const key = JSON.stringify(rest);
    let known = baselines.get(key);
    if (known === undefined) {
      known = baselineOf(run(rest));
      if (baselines.size > 20) baselines.clear();
      baselines.set(key, known);
    }
    return known;
  };

  return {
    answer: (input) => {
      const begin = now();
      const { value: scenario, problems } = checkShape(input, scenarioSchema);
      if (scenario === undefined) return { kind: "problems", problems: [...problems, ...wrongNames(input, problems)] };
      try {
        const hasLevers = (scenario.levers ?? []).length > 0;
        const before = hasLevers ? baseline(scenario) : undefined;
        const opened = open(scenario);
        const patch = JSON.stringify([...opened.patch]);
        if (last?.session === opened.session && last.patch === patch && last.answer.kind === "result") return last.answer;
        const result = solve(opened.session, scenario, opened.patch);
        const answer: Answer = {
          kind: "result",
          result,
          lines: linesOf(opened.session, result),
          baseline: before ?? baselineOf(result),
          milliseconds: now() - begin,
        };
        last = { session: opened.session, patch, answer };
        return answer;
      } catch (error) {
        if (error instanceof InputError) return { kind: "problems", problems: error.problems };
        throw error;
      }
    },

    influential: async (input, rest) => {
      const { value: scenario } = checkShape(input, scenarioSchema);
      if (scenario === undefined || scenario.shipments.length === 0) return undefined;
      try {
        const opened = open(scenario);
        const result = solve(opened.session, scenario, opened.patch);
        return await influentialIn(opened.session, opened.patch, result, rest);
      } catch (error) {
        if (error instanceof InputError) return undefined;
        throw error;
      }
    },

    figures: (addresses) => {
      const network = (plain ??= compile(builtinNetwork(), { from: 0, until: 0 }));
      return addresses.flatMap((address) => {
        const index = network.figures.find(address);
        return index < 0 ? [] : [knownFigure(network, index)];
      });
    },
  };
}

async function influentialIn(
  session: Session,
  patch: Patch,
  result: ScenarioResult,
  rest: () => Promise<boolean>,
): Promise<InfluentialFigure[] | undefined> {
  const run = session.runs[0];
  const options = result.shipments[0]?.options ?? [];
  const best = options.flatMap(({ chains }) => chains.slice(0, 1));
  const cheapest = best.toSorted((a, b) => a.cost.cny - b.cost.cny)[0];
  if (run === undefined || cheapest === undefined) return [];
  const scale: Scale = { cny: cheapest.cost.logisticsCny, days: cheapest.time.days };
  const { network, base } = session;
  const assumed: readonly string[] = assumptionFigures;
  const likely = likelyFigures(network, best, scale)
    .filter(({ address }) => !assumed.includes(address))
    .slice(0, mostSolved);
  const endsWith = (change: Patch): Map<Option, Ends> => {
    const before = session.patch;
    apply(session, change);
    const ends = endsOf(compare(run));
    apply(session, before);
    return ends;
  };
  const now = endsWith(patch);
  const found: InfluentialFigure[] = [];
  for (const { figure, address, role, chain } of likely) {
    if (!(await rest())) return undefined;
    const at = (value: number): Patch | undefined => {
      if (value === base.values[figure]) return none;
      return patchOf(session, [figureChange(address, value)]);
    };
    const [low, high] = [at(base.low[figure]!), at(base.high[figure]!)];
    // A figure that no lever can set on its own is for the data page.
    if (low === undefined || high === undefined || !(low.has(figure) || high.has(figure))) continue;
    const influence = influenceOf(now, endsWith(new Map([...patch, ...low])), endsWith(new Map([...patch, ...high])), scale);
    const element = best[chain]?.elements[role.element];
    const item = role.kind === "cost" ? best[chain]?.costItems.find((i) => i.figures[0] === address) : undefined;
    const currency = item?.figures.find((f) => f.startsWith("finance/cnyPer/"))?.slice("finance/cnyPer/".length) ?? "";
    found.push({
      ...influence,
      address,
      value: base.values[figure]!,
      low: base.low[figure]!,
      high: base.high[figure]!,
      basis: evidenceBases[base.basis[figure]!]!,
      role,
      places: element === undefined ? [] : element.kind === "leg" ? [element.from, element.to] : [element.at],
      currency,
      sources: [...network.figures.sources(figure)],
    });
  }
  return found
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight || (a.address < b.address ? -1 : 1))
    .slice(0, mostTold);
}
