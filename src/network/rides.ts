import { localDay, localMinute } from "../model/index.ts";
import type { FigureIndex } from "./figures.ts";
import type { Network } from "./network.ts";
import { addedMinutes, leastPassMinutes, minutesOf, passBy, runsOn } from "./timetable.ts";

/** Least minutes from departure to arrival of a leg: runs, stays and passages at their shortest. A valid lower bound on every departure. */
export function carriageMinutes(network: Network, leg: number): number {
  const { runs } = network.terms[network.legService[leg]!]!;
  const { values } = network.figures;
  const of = (index: FigureIndex) => (index < 0 ? 0 : minutesOf(values[index]!));
  let minutes = 0;
  const to = network.legTo[leg]!;
  for (let i = network.legFrom[leg]! + 1; i <= to; i++) {
    const run = runs[i]!;
    minutes += of(run.hours);
    if (i < to) minutes += run.passage === undefined ? of(run.stayHours) : leastPassMinutes(run.passage, network.figures);
  }
  return minutes;
}

/**
 * Arrival minute of a leg of an on-demand service that may leave its tail from `minute` on; passages are taken at the time they are reached. Where a season
 * lengthens the run, leaving after its end (until `latest`) may arrive earlier: the earlier arrival counts.
 */
export function onDemandArrival(network: Network, leg: number, minute: number, latest: number): number {
  const service = network.terms[network.legService[leg]!]!;
  const slow = network.legFrom[leg] === 0 && service.seasons.some((s) => s.addHours >= 0);
  let arrival = rideFrom(network, leg, minute);
  if (!slow) return arrival;
  for (let day = localDay(minute, service.zone) + 1; ; day++) {
    const midnight = localMinute(day, 0, service.zone);
    if (midnight >= arrival || midnight > latest) return arrival;
    if (runsOn(service, day)) arrival = Math.min(arrival, rideFrom(network, leg, midnight));
  }
}

/** Arrival minute at a stop of the leg, its last one if none is given, when it leaves at `minute`. */
export function rideFrom(network: Network, leg: number, minute: number, stop = network.legTo[leg]!): number {
  const service = network.terms[network.legService[leg]!]!;
  const { values } = network.figures;
  const of = (index: FigureIndex) => (index < 0 ? 0 : minutesOf(values[index]!));
  let now = minute;
  for (let i = network.legFrom[leg]! + 1; i <= stop; i++) {
    const run = service.runs[i]!;
    now += of(run.hours);
    if (i === 1 && service.seasons.length > 0) now += addedMinutes(service, localDay(minute, service.zone), network.figures);
    if (i < stop) now = run.passage === undefined ? now + of(run.stayHours) : passBy(run.passage, now, network.figures);
  }
  return now;
}
