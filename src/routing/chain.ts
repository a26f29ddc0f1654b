import {
  type CostLine,
  type CustomsStatus,
  type Form,
  type OperationKind,
  costLines,
  dateOf,
  forms,
  localDay,
  localStamp,
  modes,
  statuses,
} from "../model/index.ts";
import {
  type EvidenceBasis,
  type FigureIndex,
  type Network,
  dataId,
  evidenceBases,
  minutesOf,
  passBy,
  waitFigure,
} from "../network/index.ts";
import { type Item, elementNumbers, itemise, mainLeg, servicesOf } from "./itemise.ts";
import { type ElementFacts, type Kept, type KeptChain, type Minutes, keptChain, renew } from "./kept.ts";
import { type Option, options } from "./options.ts";
import type { ChainElement, CostItem, Evidence, EvidenceShares, Range, TimeItem, TransportChain } from "./result.ts";
import type { Way } from "./search.ts";
import { type ShipmentGraph, freeArc, legArc } from "./state-graph.ts";
import { gramFigures, legKm } from "./weigh.ts";

const cny = (fen: number) => fen / 100;
const round = (value: number, digits: number) => Number(value.toFixed(digits));

/** Option of a way: by its main leg; without a border by the mode of the longest leg. */
export function optionOfWay(graph: ShipmentGraph, way: Way): Option {
  const main = mainLeg(graph, way);
  if (main < 0) return "road";
  const arc = way.arcs[main]!;
  if (graph.option[arc]! >= 0) return options[graph.option[arc]!]!;
  const mode = modes[graph.network.mode[graph.network.legService[graph.ref[arc]!]!]!]!;
  const form = forms[graph.nodeForm[graph.tail[arc]!]!]!;
  if (mode === "road") return "road";
  if (mode === "rail") return form === "wheels" ? "rail-auto-rack" : "rail-container";
  return form === "wheels" ? "ro-ro" : form === "frame" ? "pulp" : "container";
}

/** Corridor of a way: the tag of its main leg, else of its longest tagged leg, else `direct`. */
export function corridorOfWay(graph: ShipmentGraph, way: Way): string {
  const main = mainLeg(graph, way);
  let best = main >= 0 ? graph.corridor[way.arcs[main]!]! : -1;
  let km = -1;
  if (best < 0) {
    for (const arc of way.arcs) {
      if (graph.kind[arc] !== legArc || graph.corridor[arc]! < 0) continue;
      const length = legKm(graph.network, graph.ref[arc]!);
      if (length > km) {
        km = length;
        best = graph.corridor[arc]!;
      }
    }
  }
  return best < 0 ? "direct" : graph.network.data.corridors[best]!.id;
}

function timeItems(graph: ShipmentGraph, way: Way): Minutes[] {
  const { network } = graph;
  const { figures } = network;
  const list: Minutes[] = [];
  const elements = elementNumbers(graph, way);
  const minutes = (index: FigureIndex) => (index < 0 ? 0 : minutesOf(figures.values[index]!));
  const push = (
    element: number,
    what: TimeItem["what"],
    length: number,
    figure: FigureIndex,
    name = "",
    basis: EvidenceBasis = "stated",
  ) => {
    if (length !== 0) list.push({ element, what, minutes: length, figure, basis, name });
  };
  let ready = graph.terms.readyMinute;
  for (let i = 0; i < way.arcs.length; i++) {
    const arc = way.arcs[i]!;
    const element = elements[i]!;
    if (graph.kind[arc] === legArc) {
      const leg = graph.ref[arc]!;
      const service = network.legService[leg]!;
      const definition = network.services[service]!;
      const terms = network.terms[service]!;
      const schedule = definition.schedule?.basis ?? (terms.perWeek >= 0 ? evidenceBases[figures.basis[terms.perWeek]!]! : "stated");
      const depart = way.leave[i]!;
      const from = network.legFrom[leg]!;
      const to = network.legTo[leg]!;
      const lead = graph.lead[arc]!;
      push(element, "wait", depart - lead - ready, -1, `services/${dataId(definition.id)}/departures`, schedule);
      const cutoff = terms.runs[from]!.cutoffHours;
      const operation = graph.loadOperation[arc]! >= 0 ? network.operations[graph.loadOperation[arc]!] : undefined;
      push(
        element,
        "cut-off",
        lead,
        minutes(cutoff) >= lead || operation === undefined ? cutoff : operation.hours,
        `services/${dataId(definition.id)}`,
      );
      let now = depart;
      for (let s = from + 1; s <= to; s++) {
        const run = terms.runs[s]!;
        push(element, "run", minutes(run.hours), run.hours);
        now += minutes(run.hours);
        if (s === to) break;
        if (run.passage === undefined) {
          push(element, "stay", minutes(run.stayHours), run.stayHours);
          now += minutes(run.stayHours);
        } else {
          const wait = waitFigure(run.passage, localDay(now, run.passage.zone));
          const passed = passBy(run.passage, now, figures);
          const technical = minutes(run.passage.hours);
          push(
            element,
            "passage-wait",
            passed - now - technical,
            wait,
            `locations/${network.locationIds[network.stopLocation[network.stopStart[service]! + s]!]!}/passages`,
          );
          push(element, "passage", technical, run.passage.hours);
          now = passed;
        }
      }
      const after = graph.after[arc]!;
      const arrival = way.done[i]! - after;
      // What the season adds.
      push(element, "run", arrival - now, -1, `services/${dataId(definition.id)}/seasons`);
      const release = terms.runs[to]!.releaseHours;
      push(element, "release", minutes(release), release);
      const unload = graph.unloadOperation[arc]! >= 0 ? network.operations[graph.unloadOperation[arc]!] : undefined;
      if (unload !== undefined) {
        push(element, "operation", minutes(unload.hours), unload.hours);
        push(element, "dwell", minutes(unload.dwellHours), unload.dwellHours);
      }
    } else if (graph.kind[arc] !== freeArc) {
      const operation = network.operations[graph.ref[arc]!]!;
      push(element, "wait", way.leave[i]! - ready, -1, `operations/${operation.operation.id}/openingHours`);
      push(element, "operation", minutes(operation.hours), operation.hours);
      push(element, "dwell", minutes(operation.dwellHours), operation.dwellHours);
    } else {
      // A step that is not modelled takes no time, but import may have waited for another duty.
      push(element, "wait", way.leave[i]! - ready, -1, `customs/${graph.duty.area ?? ""}/duties`);
    }
    ready = way.done[i]!;
  }
  return list;
}

const strength: Record<EvidenceBasis, number> = { published: 0, derived: 1, stated: 2, assumed: 3 };

function weakest(network: Network, list: readonly FigureIndex[]): EvidenceBasis {
  let worst: EvidenceBasis = "published";
  for (const index of list) {
    const basis = evidenceBases[network.figures.basis[index]!]!;
    if (strength[basis] > strength[worst]) worst = basis;
  }
  return list.length === 0 ? "stated" : worst;
}

function shares<P>(parts: readonly P[], basisOf: (part: P) => EvidenceBasis, sizeOf: (part: P) => number): EvidenceShares {
  const sums: EvidenceShares = { published: 0, derived: 0, assumed: 0, stated: 0 };
  let all = 0;
  for (const part of parts) {
    const size = Math.abs(sizeOf(part));
    sums[basisOf(part)] += size;
    all += size;
  }
  if (all > 0) for (const basis of evidenceBases) sums[basis] = round(sums[basis] / all, 4);
  return sums;
}

/**
 * Range of a sum whose figures vary independently: each figure's effect over the whole chain is added up first, then effects are combined
 * as root of sum of squares on either side. An amount is proportional to each of its figures.
 */
function rangeOf(value: number, effects: Iterable<{ low: number; high: number }>): Range {
  let below = 0;
  let above = 0;
  for (const { low, high } of effects) {
    const down = Math.min(low, high, 0);
    const up = Math.max(low, high, 0);
    below += down * down;
    above += up * up;
  }
  return { low: value - Math.sqrt(below), high: value + Math.sqrt(above) };
}

/** What a figure's range does to a sum. */
interface Effect {
  figure: FigureIndex;
  low: number;
  high: number;
}

/** Per network: where a figure stands in the list being made (-1: nowhere), and which figures describe the cargo. */
const desks = new WeakMap<Network, { place: Int32Array; isCargo: Uint8Array }>();

function deskOf(network: Network): { place: Int32Array; isCargo: Uint8Array } {
  let desk = desks.get(network);
  if (desk === undefined) {
    const { figures } = network;
    desk = {
      place: new Int32Array(figures.count).fill(-1),
      isCargo: Uint8Array.from({ length: figures.count }, (_, i) => Number(figures.address(i).startsWith("cargos/"))),
    };
    desks.set(network, desk);
  }
  return desk;
}

/** Effects of all figures behind some parts, in the order in which they come. */
function effectsOf<P>(
  network: Network,
  parts: readonly P[],
  figuresOf: (part: P) => readonly FigureIndex[],
  sizeOf: (part: P) => number,
): Effect[] {
  const { values, low, high } = network.figures;
  const { place, isCargo } = deskOf(network);
  const effects: Effect[] = [];
  for (const part of parts) {
    const figures = figuresOf(part);
    const size = sizeOf(part);
    for (let i = 0; i < figures.length; i++) {
      const figure = figures[i]!;
      const value = values[figure]!;
      if (value === 0 || (low[figure] === value && high[figure] === value)) continue;
      // What the shipment is made of is given, not uncertain: its range describes other cars of the kind. Twice in one part counts once.
      if (isCargo[figure] === 1 || figures.indexOf(figure) < i) continue;
      if (place[figure] === -1) place[figure] = effects.push({ figure, low: 0, high: 0 }) - 1;
      const effect = effects[place[figure]!]!;
      effect.low += size * (low[figure]! / value - 1);
      effect.high += size * (high[figure]! / value - 1);
    }
  }
  for (const { figure } of effects) place[figure] = -1;
  return effects;
}

/** Chance that the arrival holds when run times vary independently and delays add up (normal, sd of each service). */
function onTimeChance(slackMinutes: number, sdMinutes: number): number {
  if (sdMinutes === 0) return slackMinutes >= 0 ? 1 : 0;
  const x = slackMinutes / sdMinutes / Math.SQRT2;
  // Abramowitz & Stegun 7.1.26, error below 1.5e-7.
  const t = 1 / (1 + 0.3275911 * Math.abs(x));
  const erf = 1 - ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t * Math.exp(-x * x);
  return (1 + Math.sign(x) * erf) / 2;
}

/** Minutes of the departures of the main leg after the one taken. */
function nextDepartures(graph: ShipmentGraph, way: Way, main: number, count: number): number[] {
  if (main < 0) return [];
  const { network } = graph;
  const leg = graph.ref[way.arcs[main]!]!;
  const service = network.legService[leg]!;
  const width = network.terms[service]!.runs.length;
  const first = network.timesStart[service]! + network.legFrom[leg]!;
  const found: number[] = [];
  for (let row = 0; row < network.departureCount[service]! && found.length < count; row++) {
    const minute = network.depart[first + row * width]!;
    if (minute > way.leave[main]!) found.push(minute);
  }
  return found;
}

function elementFacts(graph: ShipmentGraph, way: Way, main: number): ElementFacts[] {
  const { network } = graph;
  const facts: ElementFacts[] = [];
  let ready = graph.terms.readyMinute;
  for (let i = 0; i < way.arcs.length; i++) {
    const arc = way.arcs[i]!;
    const done = way.done[i]!;
    const isLeg = graph.kind[arc] === legArc;
    if (graph.kind[arc] !== freeArc)
      facts.push({
        arc,
        ready,
        leave: way.leave[i]!,
        done,
        arrive: isLeg ? done - graph.after[arc]! : done,
        tariff: isLeg ? graph.tariff[arc]! : -1,
        grams: graph.co2[arc]!,
        km: isLeg ? legKm(network, graph.ref[arc]!) : 0,
        isMain: i === main,
      });
    ready = done;
  }
  return facts;
}

const isSameElement = (a: ElementFacts, b: ElementFacts): boolean =>
  a.arc === b.arc &&
  a.ready === b.ready &&
  a.leave === b.leave &&
  a.done === b.done &&
  a.arrive === b.arrive &&
  a.tariff === b.tariff &&
  a.grams === b.grams &&
  a.km === b.km &&
  a.isMain === b.isMain;

function makeElement(graph: ShipmentGraph, { arc, ready, leave, done, arrive, tariff, grams, km, isMain }: ElementFacts): ChainElement {
  const { network } = graph;
  const node = graph.tail[arc]!;
  const head = graph.head[arc]!;
  const from = graph.nodeLocation[node]!;
  const to = graph.nodeLocation[head]!;
  const form = forms[graph.nodeForm[node]!] as Form;
  const zone = network.zone[from]!;
  const co2 = { co2eKg: grams / 1000, co2Figures: gramFigures(graph, arc).map((figure) => network.figures.address(figure)) };
  if (graph.kind[arc] !== legArc) {
    const operation = network.operations[graph.ref[arc]!]!.operation;
    return {
      kind: "operation",
      operation: operation.id,
      what: operation.kind as OperationKind,
      name: operation.name ?? operation.id,
      at: network.locationIds[from]!,
      form,
      toForm: forms[graph.nodeForm[head]!] as Form,
      status: statuses[graph.nodeStatus[head]!] as CustomsStatus,
      begin: localStamp(leave, zone),
      end: localStamp(done, zone),
      ...co2,
    };
  }
  const leg = graph.ref[arc]!;
  const definition = network.services[network.legService[leg]!]!;
  const corridor = graph.corridor[arc]!;
  const named = tariff < 0 ? undefined : definition.tariffs?.[tariff];
  return {
    kind: "leg",
    service: dataId(definition.id),
    name: definition.name ?? dataId(definition.id),
    mode: definition.mode,
    form,
    status: statuses[graph.nodeStatus[node]!] as CustomsStatus,
    from: network.locationIds[from]!,
    to: network.locationIds[to]!,
    ready: localStamp(ready, zone),
    departure: localStamp(leave, zone),
    arrival: localStamp(arrive, network.zone[to]!),
    done: localStamp(done, network.zone[to]!),
    distanceKm: round(km, 1),
    ...co2,
    main: isMain,
    ...(corridor >= 0 ? { corridor: network.data.corridors[corridor]!.id } : {}),
    via: definition.stops.slice(network.legFrom[leg]! + 1, network.legTo[leg]!).map((s) => s.at),
    ...(named?.id === undefined && named?.kind === undefined ? {} : { tariff: named.id ?? named.kind ?? "" }),
  };
}

const isSameList = (a: readonly number[], b: readonly number[]): boolean => a.length === b.length && a.every((n, i) => n === b[i]);

const isSameCost = (a: Item, b: Item): boolean =>
  a.fen === b.fen && a.line === b.line && a.element === b.element && a.unit === b.unit && isSameList(a.figures, b.figures);

/** The cost items; one with another amount still has the list of its figures. */
function renewCosts(network: Network, before: Kept<Item, CostItem> | undefined, items: readonly Item[]): Kept<Item, CostItem> {
  return renew(before, items, isSameCost, (item, i) => {
    const old = before?.parts[i];
    const figures =
      old !== undefined && isSameList(old.figures, item.figures)
        ? before!.list[i]!.figures
        : item.figures.map((figure) => network.figures.address(figure));
    return { line: item.line, element: item.element, cny: cny(item.fen), unit: item.unit, figures };
  });
}

const isSameTime = (a: Minutes, b: Minutes): boolean =>
  a.minutes === b.minutes && a.element === b.element && a.what === b.what && a.figure === b.figure && a.name === b.name;

const isDuty = ({ line }: Item): boolean => line === "duty" || line === "fees";

/** Departure dates of the scheduled legs, which together with the services tell one chain from every other; the ready date where nothing is scheduled. */
function chainDates(graph: ShipmentGraph, way: Way): string {
  const { network } = graph;
  const dates = way.arcs.flatMap((arc, i) => {
    if (graph.kind[arc] !== legArc || network.terms[network.legService[graph.ref[arc]!]!]!.onDemand) return [];
    return [localStamp(way.leave[i]!, network.zone[graph.nodeLocation[graph.tail[arc]!]!]!).slice(0, 16).replaceAll(/[-:]/g, "")];
  });
  const forms = way.arcs.flatMap((arc, i) =>
    graph.nodeForm[graph.tail[arc]!] === graph.nodeForm[graph.head[arc]!] ? [] : [`${i}${graph.nodeForm[graph.head[arc]!]!}`],
  );
  return [
    ...(dates.length === 0 ? [localStamp(graph.terms.readyMinute, "UTC").slice(0, 10).replaceAll("-", "")] : dates),
    ...(forms.length === 0 ? [] : [`f${forms.join("")}`]),
  ].join("-");
}

/** What of a chain hangs on its elements and dates alone. */
function headOf(graph: ShipmentGraph, way: Way, main: number): KeptChain["head"] {
  const { network, terms } = graph;
  const services = servicesOf(graph, way);
  const option = optionOfWay(graph, way);
  const corridor = corridorOfWay(graph, way);
  const zone = network.zone[terms.destination]!;
  return {
    id: `${option}/${corridor}/${services.join("+")}/${chainDates(graph, way)}`,
    option,
    corridor,
    services,
    gateway: main < 0 ? network.locationIds[terms.origin]! : network.locationIds[graph.nodeLocation[graph.tail[way.arcs[main]!]!]!]!,
    departure: localStamp(way.leave[0] ?? terms.readyMinute, network.zone[terms.origin]!),
    arrival: localStamp(way.arrival, zone),
    arrivalDate: dateOf(localDay(way.arrival, zone)),
  };
}

/** Cost of a way with its lines and ranges, and the assumed figure that moves it most. */
function costOf(graph: ShipmentGraph, way: Way, items: readonly Item[]): { cost: TransportChain["cost"]; decisive: Evidence["decisive"] } {
  const { network } = graph;
  const sums = new Map<CostLine, number>();
  for (const { line, fen } of items) sums.set(line, (sums.get(line) ?? 0) + fen);
  const lines: Partial<Record<CostLine, number>> = {};
  for (const line of costLines) {
    const fen = sums.get(line) ?? 0;
    if (fen !== 0) lines[line] = cny(fen);
  }
  const figuresOf = (item: Item) => item.figures;
  // A freight item counts with the duty that follows it.
  const withDuty = 1 + graph.duty.greatestRate;
  const effects = effectsOf(network, items, figuresOf, (item) => (item.dutiable ? item.fen * withDuty : item.fen));
  let decisive: Evidence["decisive"];
  for (const { figure, low, high } of effects) {
    const size = Math.round(Math.abs(high - low));
    if (evidenceBases[network.figures.basis[figure]!] === "assumed" && size > Math.round((decisive?.cny ?? 0) * 100))
      decisive = { figure: network.figures.address(figure), cny: cny(size) };
  }
  const logisticsFen = way.costFen - (sums.get("duty") ?? 0) - (sums.get("fees") ?? 0);
  const logistics = items.filter((item) => !isDuty(item));
  const range = rangeOf(way.costFen, effects);
  const logisticsRange = rangeOf(
    logisticsFen,
    effectsOf(network, logistics, figuresOf, (item) => item.fen),
  );
  return {
    cost: {
      cny: cny(way.costFen),
      range: { low: cny(Math.round(range.low)), high: cny(Math.round(range.high)) },
      lines,
      logisticsCny: cny(logisticsFen),
      logisticsRange: { low: cny(Math.round(logisticsRange.low)), high: cny(Math.round(logisticsRange.high)) },
    },
    decisive,
  };
}

/**
 * Turns a way into a transport chain with its lines, ranges and evidence. What is the same as in the chain last made from this way is the same object: only the
 * numbers of a what-if are made anew.
 */
export function makeChain(graph: ShipmentGraph, way: Way): TransportChain {
  const { network, terms } = graph;
  const { figures } = network;
  const items = itemise(graph, way);
  const sum = items.reduce((total, item) => total + item.fen, 0);
  if (sum !== way.costFen) throw new Error(`items add up to ${sum} fen, the search says ${way.costFen}`);
  const stretches = timeItems(graph, way);
  const main = mainLeg(graph, way);
  const { before, keep } = keptChain(graph, way);
  const elements = renew(before?.elements, elementFacts(graph, way, main), isSameElement, (facts): ChainElement =>
    makeElement(graph, facts),
  );
  const costs = renewCosts(network, before?.costs, items);
  const times = renew(before?.times, stretches, isSameTime, (t): TimeItem => ({
    element: t.element,
    what: t.what,
    minutes: t.minutes,
    figure: t.figure >= 0 ? figures.address(t.figure) : t.name,
  }));
  const zone = main < 0 ? "UTC" : network.zone[network.legTail[graph.ref[way.arcs[main]!]!]!]!;
  const next = renew(
    before?.next,
    nextDepartures(graph, way, main, 3),
    (a, b) => a === b,
    (minute) => localStamp(minute, zone),
  );
  const head = before !== undefined && elements === before.elements ? before.head : headOf(graph, way, main);
  keep({ elements, costs, times, next, head });

  const { cost, decisive } = costOf(graph, way, items);
  const minutes = way.arrival - terms.readyMinute;
  const known = stretches.filter((t) => t.figure >= 0);
  const timeRange = rangeOf(
    minutes,
    effectsOf(
      network,
      known,
      (t) => [t.figure],
      (t) => t.minutes,
    ),
  );
  let variance = 0;
  let km = 0;
  for (const arc of way.arcs) {
    if (graph.kind[arc] !== legArc) continue;
    km += legKm(network, graph.ref[arc]!);
    const sd = network.serviceSd[network.legService[graph.ref[arc]!]!]!;
    if (sd >= 0) variance += (figures.values[sd]! * 60) ** 2;
  }
  const due =
    terms.dueMinute === undefined
      ? undefined
      : {
          slackDays: round((terms.dueMinute - way.arrival) / 1440, 2),
          onTimeChance: round(onTimeChance(terms.dueMinute - way.arrival, Math.sqrt(variance)), 3),
        };
  return {
    id: head.id,
    option: head.option,
    corridor: head.corridor,
    services: head.services,
    gateway: head.gateway,
    cost,
    time: {
      days: round(minutes / 1440, 2),
      range: { low: round(timeRange.low / 1440, 2), high: round(timeRange.high / 1440, 2) },
      departure: head.departure,
      arrival: head.arrival,
      arrivalDate: head.arrivalDate,
    },
    co2eKg: way.grams / 1000,
    distanceKm: round(km, 1),
    ...(due === undefined ? {} : { due }),
    evidence: {
      cost: shares(
        items,
        (item) => weakest(network, item.figures),
        (item) => item.fen,
      ),
      time: shares(
        stretches,
        (t) => (t.figure >= 0 ? evidenceBases[figures.basis[t.figure]!]! : t.basis),
        (t) => t.minutes,
      ),
      ...(decisive === undefined ? {} : { decisive }),
    },
    nextDepartures: next.list,
    elements: elements.list,
    costItems: costs.list,
    timeItems: times.list,
  };
}
