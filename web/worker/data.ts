import {
  type Change,
  InputError,
  type Service,
  checkShape,
  dayNumber,
  localDay,
  localStamp,
  scenario as scenarioSchema,
} from "../../src/model/index.ts";
import { type NetworkData, builtinNetwork, compile, dataId } from "../../src/network/index.ts";
import { likelyFigures } from "../../src/routing/index.ts";
import { applyChanges, prepareScenario, runPrepared } from "../../src/scenario/index.ts";

/** The built-in network as the data page reads it. Texts of sources are fetched apart. */
export function networkData(): NetworkData {
  return builtinNetwork();
}

/** Which departures are asked for: those of one service from its first stop, or all that leave a place. */
export interface DeparturesQuestion {
  of: { service: string } | { place: string };
  /** First day, `YYYY-MM-DD` at the place of departure. */
  from: string;
  /** Levers that hold. */
  levers: readonly Change[];
  /** How many at most (of a service: in each direction). */
  limit: number;
}

export interface DatedDeparture {
  service: string;
  /** Place that it leaves, and the last stop. */
  at: string;
  to: string;
  /** Local stamps with offset; the arrival at the last stop. */
  departure: string;
  arrival: string;
}

/** Days in which departures are looked for: a service that leaves once in two months is still found. */
const daysAhead = 70;

const callsAt = (service: Service, place: string) => service.stops.some((stop) => stop.at === place && stop.pass === undefined);

/**
 * The next dated departures, with the levers applied; on-demand services have none. Only the services asked for are compiled, so it takes milliseconds.
 * A question about nothing that exists has an empty answer.
 */
export function departures({ of, from, levers, limit }: DeparturesQuestion, base: NetworkData = builtinNetwork()): DatedDeparture[] {
  const first = dayNumber(from);
  if (Number.isNaN(first)) return [];
  const data = applyChanges(base, levers).data;
  const services = data.services.filter((s) => ("service" in of ? s.id === of.service : callsAt(s, of.place)));
  const network = compile(
    { ...data, services, operations: [], rules: [], cargos: [], customs: [] },
    { from: (first - 1) * 1440, until: (first + daysAhead) * 1440 },
  );
  const found: (DatedDeparture & { minute: number })[] = [];
  network.services.forEach((running, s) => {
    const begin = network.stopStart[s]!;
    const width = network.stopStart[s + 1]! - begin;
    const last = begin + width - 1;
    for (let stop = begin; stop < last; stop++) {
      const location = network.stopLocation[stop]!;
      const { pass, load } = running.stops[stop - begin]!;
      if (pass !== undefined || load === false || ("service" in of ? stop !== begin : network.locationIds[location] !== of.place)) continue;
      const zone = network.zone[location]!;
      let count = 0;
      for (let row = 0; row < network.departureCount[s]! && count < limit; row++) {
        const cell = network.timesStart[s]! + row * width;
        const minute = network.depart[cell + stop - begin]!;
        if (localDay(minute, zone) < first) continue;
        count++;
        found.push({
          minute,
          service: dataId(running.id),
          at: network.locationIds[location]!,
          to: network.locationIds[network.stopLocation[last]!]!,
          departure: localStamp(minute, zone),
          arrival: localStamp(network.arrive[cell + width - 1]!, network.zone[network.stopLocation[last]!]!),
        });
      }
    }
  });
  found.sort((a, b) => a.minute - b.minute || (a.service < b.service ? -1 : a.service > b.service ? 1 : 0));
  return found.slice(0, "service" in of ? 2 * limit : limit).map(({ minute: _minute, ...departure }) => departure);
}

/** By how much a figure moves the best chain of an option over its range, at most, while the chains stay as they are. */
export interface FigureInfluence {
  address: string;
  /** CNY a vehicle. */
  cny: number;
  days: number;
  /** Share of the cheapest chain's logistics cost plus share of its time. */
  share: number;
}

/** What the figures of the network mean for one shipment. */
export interface ShipmentFigures {
  influence: FigureInfluence[];
  /** Addresses of all figures behind its chains. */
  used: string[];
}

/** The figures behind a scenario's shipment without its levers, and what each moves. Nothing where the scenario has no answer: the page tells why elsewhere. */
export function shipmentFigures(input: unknown): ShipmentFigures {
  const { value } = checkShape(input, scenarioSchema);
  if (value === undefined) return { influence: [], used: [] };
  try {
    const { levers: _levers, ...plain } = value;
    const prepared = prepareScenario({ ...plain, routes: { alternatives: 1 } });
    const result = runPrepared(prepared);
    const best = result.shipments.flatMap(({ options }) => options.flatMap(({ chains }) => chains.slice(0, 1)));
    const cheapest = best.toSorted((a, b) => a.cost.cny - b.cost.cny)[0];
    if (cheapest === undefined) return { influence: [], used: [] };
    const scale = { cny: cheapest.cost.logisticsCny, days: cheapest.time.days };
    return {
      influence: likelyFigures(prepared.network, best, scale).map(({ address, cny, days }) => ({
        address,
        cny,
        days,
        share: cny / Math.max(1, scale.cny) + days / Math.max(0.1, scale.days),
      })),
      used: Object.keys(result.figures),
    };
  } catch (error) {
    if (error instanceof InputError) return { influence: [], used: [] };
    throw error;
  }
}
