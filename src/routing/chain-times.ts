import { localDay } from "../model/index.ts";
import {
  type EvidenceBasis,
  type FigureIndex,
  type FigureTable,
  type Network,
  dataId,
  evidenceBases,
  minutesOf,
  passBy,
  waitFigure,
} from "../network/index.ts";
import { effectsOf, rangeOf } from "./effects.ts";
import { elementNumbers } from "./itemise.ts";
import { type Kept, type Minutes, renew } from "./kept.ts";
import type { TimeItem, TransportChain } from "./result.ts";
import type { Way } from "./search.ts";
import { type ShipmentGraph, freeArc, legArc } from "./state-graph.ts";

/** Collects the stretches of a way; those of no length are left out. */
class Stretches {
  readonly list: Minutes[] = [];
  /** The element that the next ones belong to. */
  element = -1;
  private readonly figures: FigureTable;

  constructor(figures: FigureTable) {
    this.figures = figures;
  }

  minutes(figure: FigureIndex): number {
    return figure < 0 ? 0 : minutesOf(this.figures.values[figure]!);
  }

  add(what: Minutes["what"], minutes: number, figure: FigureIndex, name = "", basis: EvidenceBasis = "stated"): void {
    if (minutes !== 0) this.list.push({ element: this.element, what, minutes, figure, basis, name });
  }

  /** A stretch as long as its figure says; that length is returned. */
  addFigure(what: Minutes["what"], figure: FigureIndex): number {
    const minutes = this.minutes(figure);
    this.add(what, minutes, figure);
    return minutes;
  }
}

/** All time of a way from the ready date to the arrival, in order. */
export function timeItems(graph: ShipmentGraph, way: Way): Minutes[] {
  const { network } = graph;
  const stretches = new Stretches(network.figures);
  const elements = elementNumbers(graph, way);
  let ready = graph.terms.readyMinute;
  for (let i = 0; i < way.arcs.length; i++) {
    const arc = way.arcs[i]!;
    const leave = way.leave[i]!;
    const done = way.done[i]!;
    stretches.element = elements[i]!;
    if (graph.kind[arc] === legArc) {
      addLeg(stretches, graph, arc, ready, leave, done);
    } else if (graph.kind[arc] !== freeArc) {
      const { operation, hours, dwellHours } = network.operations[graph.ref[arc]!]!;
      stretches.add("wait", leave - ready, -1, `operations/${operation.id}/openingHours`);
      stretches.addFigure("operation", hours);
      stretches.addFigure("dwell", dwellHours);
    } else {
      // A step that is not modelled takes no time, but import may have waited for another duty.
      stretches.add("wait", leave - ready, -1, `customs/${graph.duty.area ?? ""}/duties`);
    }
    ready = done;
  }
  return stretches.list;
}

/** From the wait for the departure to the unloading. */
function addLeg(stretches: Stretches, graph: ShipmentGraph, arc: number, ready: number, depart: number, done: number): void {
  const { network } = graph;
  const leg = graph.ref[arc]!;
  const service = network.legService[leg]!;
  const definition = network.services[service]!;
  const terms = network.terms[service]!;
  const path = `services/${dataId(definition.id)}`;
  const schedule = definition.schedule?.basis ?? (terms.perWeek >= 0 ? evidenceBases[network.figures.basis[terms.perWeek]!]! : "stated");
  const lead = graph.lead[arc]!;
  stretches.add("wait", depart - lead - ready, -1, `${path}/departures`, schedule);
  const cutoff = terms.runs[network.legFrom[leg]!]!.cutoffHours;
  const load = graph.loadOperation[arc]! >= 0 ? network.operations[graph.loadOperation[arc]!] : undefined;
  stretches.add("cut-off", lead, stretches.minutes(cutoff) >= lead || load === undefined ? cutoff : load.hours, path);
  const ridden = addRide(stretches, graph, leg, depart);
  const arrival = done - graph.after[arc]!;
  // What the season adds.
  stretches.add("run", arrival - ridden, -1, `${path}/seasons`);
  stretches.addFigure("release", terms.runs[network.legTo[leg]!]!.releaseHours);
  const unload = graph.unloadOperation[arc]! >= 0 ? network.operations[graph.unloadOperation[arc]!] : undefined;
  if (unload === undefined) return;
  stretches.addFigure("operation", unload.hours);
  stretches.addFigure("dwell", unload.dwellHours);
}

/** Runs, stays and passages of a leg; the minute at which they end is returned. */
function addRide(stretches: Stretches, { network }: ShipmentGraph, leg: number, depart: number): number {
  const service = network.legService[leg]!;
  const { runs } = network.terms[service]!;
  const to = network.legTo[leg]!;
  let now = depart;
  for (let s = network.legFrom[leg]! + 1; s <= to; s++) {
    const { hours, stayHours, passage } = runs[s]!;
    now += stretches.addFigure("run", hours);
    if (s === to) break;
    if (passage === undefined) {
      now += stretches.addFigure("stay", stayHours);
      continue;
    }
    const passed = passBy(passage, now, network.figures);
    const technical = stretches.minutes(passage.hours);
    const place = network.locationIds[network.stopLocation[network.stopStart[service]! + s]!]!;
    const wait = waitFigure(passage, localDay(now, passage.zone));
    stretches.add("passage-wait", passed - now - technical, wait, `locations/${place}/passages`);
    stretches.addFigure("passage", passage.hours);
    now = passed;
  }
  return now;
}

const isSameTime = (a: Minutes, b: Minutes): boolean =>
  a.minutes === b.minutes && a.element === b.element && a.what === b.what && a.figure === b.figure && a.name === b.name;

export function renewTimes(
  { figures }: Network,
  before: Kept<Minutes, TimeItem> | undefined,
  stretches: readonly Minutes[],
): Kept<Minutes, TimeItem> {
  return renew(before, stretches, isSameTime, ({ element, what, minutes, figure, name }): TimeItem => ({
    element,
    what,
    minutes,
    figure: figure >= 0 ? figures.address(figure) : name,
  }));
}

/** Days from the ready date to the arrival, with what the figures behind the stretches leave open. */
export function durationOf(
  { network, terms }: ShipmentGraph,
  way: Way,
  stretches: readonly Minutes[],
): Pick<TransportChain["time"], "days" | "range"> {
  const minutes = way.arrival - terms.readyMinute;
  const known = stretches.filter(({ figure }) => figure >= 0);
  const effects = effectsOf(
    network,
    known,
    ({ figure }) => [figure],
    (stretch) => stretch.minutes,
  );
  const { low, high } = rangeOf(minutes, effects);
  const days = (length: number) => Number((length / 1440).toFixed(2));
  return { days: days(minutes), range: { low: days(low), high: days(high) } };
}
