import { dateOf, localDay, localStamp } from "../model/index.ts";
import { evidenceBases } from "../network/index.ts";
import { costOf, renewCosts } from "./chain-cost.ts";
import { elementFacts, isSameElement, makeElement } from "./chain-elements.ts";
import { durationOf, renewTimes, timeItems } from "./chain-times.ts";
import { shares, weakest } from "./evidence.ts";
import { itemise, mainLeg, servicesOf } from "./itemise.ts";
import { type KeptChain, keptChain, renew } from "./kept.ts";
import type { ChainElement, TransportChain } from "./result.ts";
import type { Way } from "./search.ts";
import { type ShipmentGraph, legArc } from "./state-graph.ts";
import { corridorOfWay, optionOfWay } from "./way-option.ts";
import { legKm } from "./weigh.ts";

const round = (value: number, digits: number) => Number(value.toFixed(digits));

/**
 * Turns a way into a transport chain with its lines, ranges and evidence. What is the same as in the chain last made from this way is the same object: only the
 * numbers of a what-if are made anew.
 */
export function makeChain(graph: ShipmentGraph, way: Way): TransportChain {
  const { network } = graph;
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
  const times = renewTimes(network, before?.times, stretches);
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
  const due = dueOf(graph, way);
  return {
    id: head.id,
    option: head.option,
    corridor: head.corridor,
    services: head.services,
    gateway: head.gateway,
    cost,
    time: {
      ...durationOf(graph, way, stretches),
      departure: head.departure,
      arrival: head.arrival,
      arrivalDate: head.arrivalDate,
    },
    co2eKg: way.grams / 1000,
    distanceKm: round(distanceKm(graph, way), 1),
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

function distanceKm(graph: ShipmentGraph, way: Way): number {
  return way.arcs.reduce((km, arc) => (graph.kind[arc] === legArc ? km + legKm(graph.network, graph.ref[arc]!) : km), 0);
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

/**
 * What together with the services tells one chain from every other: departures of the scheduled legs, and where the form changes. Where nothing is scheduled, the
 * ready date and where the vehicles are cleared: no figure moves those.
 */
function chainDates(graph: ShipmentGraph, way: Way): string {
  const { network, terms } = graph;
  const dates = way.arcs.flatMap((arc, i) => {
    if (graph.kind[arc] !== legArc || network.terms[network.legService[graph.ref[arc]!]!]!.onDemand) return [];
    return [localStamp(way.leave[i]!, network.zone[graph.nodeLocation[graph.tail[arc]!]!]!).slice(0, 16).replaceAll(/[-:]/g, "")];
  });
  const changes = (letter: string, of: Uint8Array) => {
    const found = way.arcs.flatMap((arc, i) => (of[graph.tail[arc]!] === of[graph.head[arc]!] ? [] : [`${i}${of[graph.head[arc]!]!}`]));
    return found.length === 0 ? [] : [`${letter}${found.join("")}`];
  };
  const ready = localStamp(terms.readyMinute, network.zone[terms.origin]!).slice(0, 10).replaceAll("-", "");
  return [...(dates.length === 0 ? [ready, ...changes("c", graph.nodeStatus)] : dates), ...changes("f", graph.nodeForm)].join("-");
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

/** How the arrival stands to the due date, where there is one. */
function dueOf(graph: ShipmentGraph, way: Way): TransportChain["due"] {
  const { network, terms } = graph;
  if (terms.dueMinute === undefined) return undefined;
  const slack = terms.dueMinute - way.arrival;
  let variance = 0;
  for (const arc of way.arcs) {
    if (graph.kind[arc] !== legArc) continue;
    const sd = network.serviceSd[network.legService[graph.ref[arc]!]!]!;
    if (sd >= 0) variance += (network.figures.values[sd]! * 60) ** 2;
  }
  return { slackDays: round(slack / 1440, 2), onTimeChance: round(onTimeChance(slack, Math.sqrt(variance)), 3) };
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
