import { localDay, localMinute } from "../model/index.ts";
import { carriageMinutes, runsOn } from "../network/index.ts";
import { type ShipmentGraph, legArc } from "./state-graph.ts";

/** Carriage minutes of each leg on demand whose time never varies; -1 where it does, and for all other arcs. By arc. */
export function fixedCarriage(graph: ShipmentGraph): Int32Array {
  const { network } = graph;
  const fixed = new Int32Array(graph.arcCount).fill(-1);
  for (let a = 0; a < graph.arcCount; a++) {
    if (graph.kind[a] !== legArc) continue;
    const leg = graph.ref[a]!;
    const { onDemand, seasons, runs } = network.terms[network.legService[leg]!]!;
    if (onDemand && seasons.length === 0 && !runs.some(({ passage }) => passage?.dated === true)) fixed[a] = carriageMinutes(network, leg);
  }
  return fixed;
}

/** First minute from `minute` on at which a leg on demand runs; beyond the horizon where its season does not come again before. */
export function firstCall({ network, terms }: ShipmentGraph, leg: number, minute: number): number {
  const service = network.terms[network.legService[leg]!]!;
  if (service.seasons.length === 0) return minute;
  const zone = network.zone[network.legTail[leg]!]!;
  const limit = localDay(terms.horizonMinute, zone);
  let day = localDay(minute, zone);
  while (!runsOn(service, day) && day <= limit) minute = localMinute(++day, 0, zone);
  return minute;
}
