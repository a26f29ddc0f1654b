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
import { type Option, options } from "./options.ts";
import type { ChainElement, CostItem, Evidence, EvidenceShares, Range, TimeItem, TransportChain } from "./result.ts";
import type { Way } from "./search.ts";
import { type ShipmentGraph, freeArc, legArc } from "./state-graph.ts";
import { gramFigures, legKm } from "./weigh.ts";

const cny = (fen: number) => fen / 100;
const round = (value: number, digits: number) => Number(value.toFixed(digits));

interface Minutes {
  element: number;
  what: TimeItem["what"];
  minutes: number;
  figure: FigureIndex;
  /** Basis where there is no figure: the timetable's. */
  basis: EvidenceBasis;
  name: string;
}

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

function shares(parts: Iterable<{ basis: EvidenceBasis; size: number }>): EvidenceShares {
  const sums: EvidenceShares = { published: 0, derived: 0, assumed: 0, stated: 0 };
  let all = 0;
  for (const { basis, size } of parts) {
    sums[basis] += Math.abs(size);
    all += Math.abs(size);
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

function effectsOf(
  network: Network,
  parts: Iterable<{ figures: readonly FigureIndex[]; size: number }>,
): Map<FigureIndex, { low: number; high: number }> {
  const { values, low, high } = network.figures;
  const effects = new Map<FigureIndex, { low: number; high: number }>();
  for (const { figures, size } of parts) {
    for (const index of new Set(figures)) {
      const value = values[index]!;
      if (value === 0 || (low[index] === value && high[index] === value)) continue;
      // What the shipment is made of is given, not uncertain: its range describes other cars of the kind.
      if (network.figures.address(index).startsWith("cargos/")) continue;
      const known = effects.get(index) ?? { low: 0, high: 0 };
      known.low += size * (low[index]! / value - 1);
      known.high += size * (high[index]! / value - 1);
      effects.set(index, known);
    }
  }
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

function nextDepartures(graph: ShipmentGraph, way: Way, main: number, count: number): string[] {
  if (main < 0) return [];
  const { network } = graph;
  const leg = graph.ref[way.arcs[main]!]!;
  const service = network.legService[leg]!;
  const width = network.terms[service]!.runs.length;
  const first = network.timesStart[service]! + network.legFrom[leg]!;
  const zone = network.zone[network.legTail[leg]!]!;
  const found: string[] = [];
  for (let row = 0; row < network.departureCount[service]! && found.length < count; row++) {
    const minute = network.depart[first + row * width]!;
    if (minute > way.leave[main]!) found.push(localStamp(minute, zone));
  }
  return found;
}

function elementsOf(graph: ShipmentGraph, way: Way, main: number): ChainElement[] {
  const { network } = graph;
  const elements: ChainElement[] = [];
  let ready = graph.terms.readyMinute;
  way.arcs.forEach((arc, i) => {
    const node = graph.tail[arc]!;
    const head = graph.head[arc]!;
    const from = graph.nodeLocation[node]!;
    const to = graph.nodeLocation[head]!;
    const form = forms[graph.nodeForm[node]!] as Form;
    const status = statuses[graph.nodeStatus[node]!] as CustomsStatus;
    if (graph.kind[arc] === legArc) {
      const leg = graph.ref[arc]!;
      const service = network.legService[leg]!;
      const definition = network.services[service]!;
      const corridor = graph.corridor[arc]!;
      const tariff = graph.tariff[arc]!;
      const named = tariff < 0 ? undefined : definition.tariffs?.[tariff];
      elements.push({
        kind: "leg",
        service: dataId(definition.id),
        name: definition.name ?? dataId(definition.id),
        mode: definition.mode,
        form,
        status,
        from: network.locationIds[from]!,
        to: network.locationIds[to]!,
        ready: localStamp(ready, network.zone[from]!),
        departure: localStamp(way.leave[i]!, network.zone[from]!),
        arrival: localStamp(way.done[i]! - graph.after[arc]!, network.zone[to]!),
        done: localStamp(way.done[i]!, network.zone[to]!),
        distanceKm: round(legKm(network, leg), 1),
        co2eKg: graph.co2[arc]! / 1000,
        co2Figures: gramFigures(graph, arc).map((figure) => network.figures.address(figure)),
        main: i === main,
        ...(corridor >= 0 ? { corridor: network.data.corridors[corridor]!.id } : {}),
        via: definition.stops.slice(network.legFrom[leg]! + 1, network.legTo[leg]!).map((s) => s.at),
        ...(named?.id === undefined && named?.kind === undefined ? {} : { tariff: named.id ?? named.kind ?? "" }),
      });
    } else if (graph.kind[arc] !== freeArc) {
      const operation = network.operations[graph.ref[arc]!]!.operation;
      const zone = network.zone[from]!;
      elements.push({
        kind: "operation",
        operation: operation.id,
        what: operation.kind as OperationKind,
        name: operation.name ?? operation.id,
        at: network.locationIds[from]!,
        form,
        toForm: forms[graph.nodeForm[head]!] as Form,
        status: statuses[graph.nodeStatus[head]!] as CustomsStatus,
        begin: localStamp(way.leave[i]!, zone),
        end: localStamp(way.done[i]!, zone),
        co2eKg: graph.co2[arc]! / 1000,
        co2Figures: gramFigures(graph, arc).map((figure) => network.figures.address(figure)),
      });
    }
    ready = way.done[i]!;
  });
  return elements;
}

/** Least and greatest of the amounts by which freight drives duty: a freight item counts with the duty that follows it. */
function costParts(items: readonly Item[], dutyRate: number) {
  return items.map((item) => ({ figures: item.figures, size: item.dutiable ? item.fen * (1 + dutyRate) : item.fen }));
}

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

/** Turns a way into a transport chain with its lines, ranges and evidence. */
export function makeChain(graph: ShipmentGraph, way: Way): TransportChain {
  const { network, terms } = graph;
  const items = itemise(graph, way);
  const sum = items.reduce((total, item) => total + item.fen, 0);
  if (sum !== way.costFen) throw new Error(`items add up to ${sum} fen, the search says ${way.costFen}`);
  const times = timeItems(graph, way);
  const main = mainLeg(graph, way);
  const lines: Partial<Record<CostLine, number>> = {};
  for (const line of costLines) {
    const fen = items.reduce((total, item) => (item.line === line ? total + item.fen : total), 0);
    if (fen !== 0) lines[line] = cny(fen);
  }
  const dutyFen = items.reduce((total, item) => (item.line === "duty" || item.line === "fees" ? total + item.fen : total), 0);
  const address = (index: FigureIndex) => network.figures.address(index);
  const effects = effectsOf(network, costParts(items, graph.duty.greatestRate));
  let decisive: Evidence["decisive"];
  for (const [index, effect] of effects) {
    const size = Math.round(Math.abs(effect.high - effect.low));
    if (evidenceBases[network.figures.basis[index]!] === "assumed" && size > Math.round((decisive?.cny ?? 0) * 100))
      decisive = { figure: address(index), cny: cny(size) };
  }
  const minutes = way.arrival - terms.readyMinute;
  const timeEffects = effectsOf(
    network,
    times.filter((t) => t.figure >= 0).map((t) => ({ figures: [t.figure], size: t.minutes })),
  );
  const costRange = rangeOf(way.costFen, effects.values());
  const logistics = items.filter((item) => item.line !== "duty" && item.line !== "fees");
  const logisticsRange = rangeOf(way.costFen - dutyFen, effectsOf(network, costParts(logistics, 0)).values());
  const timeRange = rangeOf(minutes, timeEffects.values());
  let variance = 0;
  let km = 0;
  for (const arc of way.arcs) {
    if (graph.kind[arc] !== legArc) continue;
    km += legKm(network, graph.ref[arc]!);
    const sd = network.serviceSd[network.legService[graph.ref[arc]!]!]!;
    if (sd >= 0) variance += (network.figures.values[sd]! * 60) ** 2;
  }
  const zone = network.zone[terms.destination]!;
  const originZone = network.zone[terms.origin]!;
  const services = servicesOf(graph, way);
  const option = optionOfWay(graph, way);
  const corridor = corridorOfWay(graph, way);
  const gateway = main < 0 ? network.locationIds[terms.origin]! : network.locationIds[graph.nodeLocation[graph.tail[way.arcs[main]!]!]!]!;
  const due =
    terms.dueMinute === undefined
      ? undefined
      : {
          slackDays: round((terms.dueMinute - way.arrival) / 1440, 2),
          onTimeChance: round(onTimeChance(terms.dueMinute - way.arrival, Math.sqrt(variance)), 3),
        };
  return {
    id: `${option}/${corridor}/${services.join("+")}/${chainDates(graph, way)}`,
    option,
    corridor,
    services,
    gateway,
    cost: {
      cny: cny(way.costFen),
      range: { low: cny(Math.round(costRange.low)), high: cny(Math.round(costRange.high)) },
      lines,
      logisticsCny: cny(way.costFen - dutyFen),
      logisticsRange: { low: cny(Math.round(logisticsRange.low)), high: cny(Math.round(logisticsRange.high)) },
    },
    time: {
      days: round(minutes / 1440, 2),
      range: { low: round(timeRange.low / 1440, 2), high: round(timeRange.high / 1440, 2) },
      departure: localStamp(way.leave[0] ?? terms.readyMinute, originZone),
      arrival: localStamp(way.arrival, zone),
      arrivalDate: dateOf(localDay(way.arrival, zone)),
    },
    co2eKg: way.grams / 1000,
    distanceKm: round(km, 1),
    ...(due === undefined ? {} : { due }),
    evidence: {
      cost: shares(items.map((item) => ({ basis: weakest(network, item.figures), size: item.fen }))),
      time: shares(
        times.map((t) => ({ basis: t.figure >= 0 ? evidenceBases[network.figures.basis[t.figure]!]! : t.basis, size: t.minutes })),
      ),
      ...(decisive === undefined ? {} : { decisive }),
    },
    nextDepartures: nextDepartures(graph, way, main, 3),
    elements: elementsOf(graph, way, main),
    costItems: items.map((item): CostItem => ({
      line: item.line,
      element: item.element,
      cny: cny(item.fen),
      unit: item.unit,
      figures: item.figures.map(address),
    })),
    timeItems: times.map((t): TimeItem => ({
      element: t.element,
      what: t.what,
      minutes: t.minutes,
      figure: t.figure >= 0 ? address(t.figure) : t.name,
    })),
  };
}
