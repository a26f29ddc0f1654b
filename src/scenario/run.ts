import {
  type Lever,
  type NetworkPart,
  type Problem,
  type Scenario,
  type Shipment,
  type Source,
  type Text,
  InputError,
  dayNumber,
  localMinute,
  problem,
  scenario as scenarioSchema,
  shaped,
  warning,
} from "../model/index.ts";
import {
  type EvidenceBasis,
  type Network,
  type NetworkData,
  assemble,
  builtinNetwork,
  checkNetwork,
  compile,
  compileUndated,
  evidenceBases,
  makeLoad,
  figureProblems,
  figureValue,
} from "../network/index.ts";
import {
  type Comparison,
  type Counters,
  type Missing,
  type Option,
  RouteComparison,
  type ShipmentGraph,
  type ShipmentTerms,
  type TransportChain,
  buildShipmentGraph,
  corridorOfWay,
  explainMissing,
  makeChain,
  optionOfWay,
  options,
  pickChains,
} from "../routing/index.ts";
import { applyChanges } from "./changes.ts";
import { type ActiveLever, applyLevers } from "./levers.ts";
import { findNamed } from "./places.ts";

export const resultVersion = 1;
export const defaultMaxDays = 150;

/**
 * How long a journey may take: as the shipment says; else a month beyond the due date at most, so that late options are still shown; 150 days at most.
 */
export function maxDaysOf(shipment: Shipment): number {
  if (shipment.maxDays !== undefined) return shipment.maxDays;
  if (shipment.due === undefined) return defaultMaxDays;
  return Math.min(defaultMaxDays, Math.max(1, dayNumber(shipment.due) - dayNumber(shipment.ready)) + 30);
}

/** A point of the cost–time–CO2e plane: one non-dominated way of an option by a corridor. */
export interface FrontPoint {
  option: Option;
  corridor: string;
  costCny: number;
  days: number;
  co2eKg: number;
  /** Non-dominated over all options. */
  onFront: boolean;
}

export interface OptionResult {
  option: Option;
  /** Best first by cost; without near-duplicates. */
  chains: TransportChain[];
  missing?: Omit<Missing, "option">;
}

export interface ShipmentResult {
  id: string;
  title?: Text;
  cargo: string;
  quantity: number;
  from: string;
  to: string;
  ready: string;
  due?: string;
  terms: "DAP" | "DDP";
  options: OptionResult[];
  points: FrontPoint[];
  /** Chain ids of the winners over all options. */
  winners: { cheapest?: string; fastest?: string; greenest?: string };
  counters: Counters;
}

/** A figure that a result rests on. */
export interface FigureUsed {
  value: number;
  low: number;
  high: number;
  basis: EvidenceBasis;
  sources?: string[];
  note?: Text;
}

export interface ScenarioResult {
  schemaVersion: typeof resultVersion;
  kind: "yuche-result";
  scenario: { id: string; title?: Text };
  shipments: ShipmentResult[];
  figures: Record<string, FigureUsed>;
  sources: Record<string, Source>;
  warnings: Problem[];
}

/** Supplies the parts of a network that is kept in files. */
export type NetworkFolder = (name: string) => { name: string; part: NetworkPart }[];

/**
 * The network a scenario is about, with its changes and then its levers applied. Throws InputError with every problem. `folder` supplies the parts of a
 * network kept in files, `shelf` the levers that can be used by name (`builtinLevers`).
 */
export function scenarioNetwork(
  scenario: Scenario,
  folder?: NetworkFolder,
  shelf: readonly Lever[] = [],
): { data: NetworkData; warnings: Problem[]; active: ActiveLever[] } {
  const named = scenario.network ?? "chongqing";
  let base: NetworkData;
  const problems: Problem[] = [];
  if (named === "chongqing") base = builtinNetwork();
  else {
    const parts = typeof named === "string" ? folder?.(named) : [{ name: "network", part: named }];
    if (parts === undefined)
      throw new InputError([
        problem(
          "network",
          "unknown-reference",
          { zh: `没有网络“${String(named)}”`, en: `no network '${String(named)}'` },
          { zh: "用 chongqing、文件夹路径或内嵌网络", en: "use chongqing, the path of a folder, or a network in place" },
        ),
      ]);
    const joined = assemble(parts);
    base = joined.data;
    problems.push(
      ...joined.problems,
      ...checkNetwork(base).map((p) => ({ ...p, path: typeof named === "string" ? p.path : `network/${p.path}` })),
    );
  }
  const entries = scenario.levers ?? [];
  const own = applyChanges(base, entries);
  const changed = applyLevers(own.data, entries, shelf, scenario.demand !== undefined);
  problems.push(...own.problems, ...changed.problems);
  if (changed.data !== base && !problems.some((p) => p.severity === "error")) {
    const known = new Set(problems.map((p) => `${p.path} ${p.message.en}`));
    const before = named === "chongqing" ? new Set<string>() : known;
    for (const p of checkNetwork(changed.data))
      if (p.severity === "error" && !before.has(`network/${p.path} ${p.message.en}`) && !before.has(`${p.path} ${p.message.en}`))
        problems.push({ ...p, path: `levers → ${p.path}` });
  }
  const errors = problems.filter((p) => p.severity === "error");
  if (errors.length > 0) throw new InputError(problems);
  return { data: changed.data, warnings: problems, active: changed.active };
}

/** Minutes a compiled network must cover for these shipments. */
export function windowOf(shipments: readonly Shipment[]): { from: number; until: number } {
  if (shipments.length === 0) return { from: 0, until: 0 };
  let from = Number.POSITIVE_INFINITY;
  let until = Number.NEGATIVE_INFINITY;
  for (const shipment of shipments) {
    const ready = dayNumber(shipment.ready) * 1440;
    from = Math.min(from, ready - 2 * 1440);
    until = Math.max(until, ready + (maxDaysOf(shipment) + 2) * 1440);
  }
  return { from, until };
}

/** Turns the words of a shipment into indices and minutes; all problems at once. */
export function resolveShipment(network: Network, shipment: Shipment, path: string): { terms?: ShipmentTerms; problems: Problem[] } {
  const { data } = network;
  const problems: Problem[] = [];
  const find = <T extends { id: string; name: Text; aliases?: string[] | undefined }>(
    members: readonly T[],
    word: string,
    key: string,
    what: { zh: string; en: string },
    prefer?: (member: T) => boolean,
  ) => {
    const found = findNamed(members, word, `${path}/${key}`, what, prefer);
    if (found.problem !== undefined) problems.push(found.problem);
    return found.index;
  };
  const origin = find(data.locations, shipment.from, "from", { zh: "地点", en: "place" }, (l) => l.kind === "plant");
  const destination = find(data.locations, shipment.to, "to", { zh: "地点", en: "place" }, (l) => l.kind === "market");
  const cargo = find(data.cargos, shipment.cargo, "cargo", { zh: "货物", en: "cargo" });
  if (origin >= 0 && origin === destination)
    problems.push(problem(`${path}/to`, "bad-value", { zh: "起点与终点相同", en: "origin and destination are the same" }));
  if (shipment.due !== undefined && dayNumber(shipment.due) < dayNumber(shipment.ready))
    problems.push(problem(`${path}/due`, "bad-value", { zh: "交付日早于备车日", en: "the due date lies before the ready date" }));
  if (shipment.valueCny !== undefined) problems.push(...figureProblems(data, shipment.valueCny, `${path}/valueCny`));
  if (problems.length > 0 || origin < 0 || destination < 0 || cargo < 0) return { problems };
  const readyMinute = localMinute(dayNumber(shipment.ready), 0, network.zone[origin]!);
  const valueCny = shipment.valueCny === undefined ? undefined : figureValue(data, shipment.valueCny);
  return {
    problems,
    terms: {
      load: makeLoad(network, cargo, shipment.quantity, valueCny),
      origin,
      destination,
      readyMinute,
      dueMinute: shipment.due === undefined ? undefined : localMinute(dayNumber(shipment.due) + 1, 0, network.zone[destination]!) - 1,
      horizonMinute: readyMinute + maxDaysOf(shipment) * 1440,
      paysDuty: shipment.terms !== "DAP",
      claimsPreference: shipment.claimsPreference !== false,
    },
  };
}

/** Compares all options of one shipment. `network` must cover its dates. */
export function compareShipment(
  network: Network,
  shipment: Shipment,
  terms: ShipmentTerms,
  id: string,
  alternatives: number,
): ShipmentResult {
  const graph = buildShipmentGraph(network, terms);
  return shipmentResult(graph, new RouteComparison(graph).run(), shipment, id, alternatives);
}

/** The result of a comparison that was run on the graph of a shipment. `explain` says why options are missing. */
export function shipmentResult(
  graph: ShipmentGraph,
  comparison: Comparison,
  shipment: Shipment,
  id: string,
  alternatives: number,
  explain = explainMissing,
): ShipmentResult {
  const { network, terms } = graph;
  const byOption = new Map<Option, TransportChain[]>();
  for (const family of comparison.families) {
    const chains = byOption.get(family.option) ?? [];
    chains.push(...pickChains(graph, family, alternatives));
    byOption.set(family.option, chains);
  }
  const absent = options.filter((option) => !byOption.has(option));
  const reasons = new Map(explain(graph, absent, maxDaysOf(shipment)).map((m) => [m.option, m]));
  const triple = (w: { costFen: number; arrival: number; grams: number }) => `${w.costFen} ${w.arrival} ${w.grams}`;
  const onFront = new Set(comparison.front.map(triple));
  const winner = (measure: (w: { costFen: number; arrival: number; grams: number }) => number) => {
    const best = comparison.front.toSorted((a, b) => measure(a) - measure(b) || a.costFen - b.costFen || a.arrival - b.arrival)[0];
    if (best === undefined) return undefined;
    const chain = makeChain(graph, best);
    const known = byOption.get(optionOfWay(graph, best)) ?? [];
    if (!known.some((c) => c.id === chain.id && c.cost.cny === chain.cost.cny)) known.push(chain);
    byOption.set(chain.option, known);
    return chain.id;
  };
  const cheapest = winner((w) => w.costFen);
  const fastest = winner((w) => w.arrival);
  const greenest = winner((w) => w.grams);
  return {
    id,
    ...(shipment.title === undefined ? {} : { title: shipment.title }),
    cargo: terms.load.cargo.id,
    quantity: shipment.quantity,
    from: network.locationIds[terms.origin]!,
    to: network.locationIds[terms.destination]!,
    ready: shipment.ready,
    ...(shipment.due === undefined ? {} : { due: shipment.due }),
    terms: shipment.terms ?? "DDP",
    options: options.map((option): OptionResult => {
      const chains = (byOption.get(option) ?? []).sort(
        (a, b) => a.cost.cny - b.cost.cny || a.time.days - b.time.days || (a.id < b.id ? -1 : 1),
      );
      const reason = reasons.get(option);
      return {
        option,
        chains,
        ...(reason === undefined || chains.length > 0 ? {} : { missing: { code: reason.code, by: reason.by, reason: reason.reason } }),
      };
    }),
    points: comparison.families.flatMap((family) =>
      family.ways.map((way): FrontPoint => ({
        option: family.option,
        corridor: corridorOfWay(graph, way),
        costCny: way.costFen / 100,
        days: Number(((way.arrival - terms.readyMinute) / 1440).toFixed(2)),
        co2eKg: way.grams / 1000,
        onFront: onFront.has(triple(way)),
      })),
    ),
    winners: {
      ...(cheapest === undefined ? {} : { cheapest }),
      ...(fastest === undefined ? {} : { fastest }),
      ...(greenest === undefined ? {} : { greenest }),
    },
    counters: comparison.counters,
  };
}

/** Every figure that the chains of the results name, and the sources of those figures. */
export function figuresUsed(
  network: Network,
  shipments: readonly ShipmentResult[],
): { figures: Record<string, FigureUsed>; sources: Record<string, Source> } {
  const addresses = new Set<string>();
  for (const shipment of shipments) {
    for (const { chains } of shipment.options) {
      for (const chain of chains) {
        for (const item of chain.costItems) for (const figure of item.figures) addresses.add(figure);
        for (const item of chain.timeItems) addresses.add(item.figure);
        for (const element of chain.elements) for (const figure of element.co2Figures) addresses.add(figure);
      }
    }
  }
  const figures: Record<string, FigureUsed> = {};
  const sources: Record<string, Source> = {};
  const byId = new Map(network.data.sources.map((s) => [s.id, s]));
  for (const address of [...addresses].sort()) {
    const index = network.figures.find(address);
    if (index < 0) continue;
    const names = network.figures.sources(index);
    const note = network.figures.note(index);
    figures[address] = {
      value: network.figures.values[index]!,
      low: network.figures.low[index]!,
      high: network.figures.high[index]!,
      basis: evidenceBases[network.figures.basis[index]!]!,
      ...(names.length === 0 ? {} : { sources: [...names] }),
      ...(note === undefined ? {} : { note }),
    };
    for (const name of names) {
      const source = byId.get(name);
      if (source !== undefined) sources[name] = source;
    }
  }
  return { figures, sources };
}

/** A scenario whose words were all understood: the compiled network and its shipments. */
export interface PreparedScenario {
  scenario: Scenario;
  data: NetworkData;
  /** Without a demand it has the departures only of services that a shipment's graph was searched for; `timeServices` works out others. */
  network: Network;
  shipments: { shipment: Shipment; terms: ShipmentTerms; id: string }[];
  /** Levers in use, for the plan. */
  active: ActiveLever[];
  warnings: Problem[];
}

/** Everything of a scenario in its checked shape up to the search: network, levers, names. Throws InputError with every problem of the input. */
export function prepareScenario(scenario: Scenario, folder?: NetworkFolder, shelf?: readonly Lever[]): PreparedScenario {
  const { data, warnings, active } = scenarioNetwork(scenario, folder, shelf);
  const period = windowOf(scenario.shipments);
  // The comparison works out the departures that its shipments can board; whatever else there is needs them all.
  const network = scenario.demand === undefined ? compileUndated(data, period) : compile(data, period);
  const problems: Problem[] = [];
  const ids = new Set<string>();
  const shipments = scenario.shipments.flatMap((shipment, i) => {
    const id = shipment.id ?? `${i + 1}`;
    const path = `shipments/${id}`;
    if (ids.has(id)) problems.push(problem(path, "duplicate-id", { zh: "这个编号出现了两次", en: "this id stands twice" }));
    ids.add(id);
    const { terms, problems: own } = resolveShipment(network, shipment, path);
    problems.push(...own);
    return terms === undefined ? [] : [{ shipment, terms, id }];
  });
  if (scenario.shipments.length === 0 && scenario.demand === undefined)
    problems.push(
      problem(
        "shipments",
        "missing-key",
        { zh: "场景既没有货物也没有需求", en: "the scenario has neither shipments nor a demand" },
        { zh: "写 shipments 比较走法，或写 demand 做运力计划", en: "write shipments to compare chains, or a demand to plan capacity" },
      ),
    );
  if (problems.length > 0) throw new InputError([...problems, ...warnings]);
  if (scenario.sweep !== undefined)
    warnings.push(
      warning(
        "sweep",
        "no-effect",
        { zh: "这里只算场景本身，不做扫描", en: "the scenario is taken as it stands, without its sweep" },
        { zh: "用 yuche run 运行全部取值", en: "yuche run goes through all its values" },
      ),
    );
  return { scenario, data, network, shipments, active, warnings };
}

/** Every problem and warning of a scenario, whatever its shape, without a search. */
export function checkScenario(scenario: Scenario, folder?: NetworkFolder, shelf?: readonly Lever[]): Problem[] {
  try {
    return prepareScenario(shaped(scenario, scenarioSchema), folder, shelf).warnings;
  } catch (error) {
    if (error instanceof InputError) return error.problems;
    throw error;
  }
}

export function runPrepared({ scenario, network, shipments: prepared, warnings }: PreparedScenario): ScenarioResult {
  const shipments = prepared.map(({ shipment, terms, id }) =>
    compareShipment(network, shipment, terms, id, scenario.routes?.alternatives ?? 3),
  );
  return {
    schemaVersion: resultVersion,
    kind: "yuche-result",
    scenario: { id: scenario.id, ...(scenario.title === undefined ? {} : { title: scenario.title }) },
    shipments,
    ...figuresUsed(network, shipments),
    warnings,
  };
}

/**
 * The one conductor: from a scenario to its result. Pure: no clock, no randomness, no files; the same scenario gives the same result
 * on every machine. Throws InputError with every problem of the input.
 */
export function runScenario(scenario: Scenario, folder?: NetworkFolder, shelf?: readonly Lever[]): ScenarioResult {
  return runPrepared(prepareScenario(shaped(scenario, scenarioSchema), folder, shelf));
}
