import { type CostLine, dateOf, localDay, localStamp, minutesPerDay } from "../model/index.ts";
import { type EvidenceBasis, evidenceBases } from "../network/index.ts";
import { type Item, type Option, corridorOfWay, itemise, legArc, mainLeg, optionOfWay, servicesOf } from "../routing/index.ts";
import type { PlanNetwork } from "./plan-network.ts";
import { type PlanWay, WayFinder } from "./plan-way.ts";
import { cny, round } from "./result-numbers.ts";
import type { WholePlan } from "./round.ts";
import { atTariffs } from "./tariffs.ts";

/** Vehicles of one row and week that go the same way. */
export interface PlanFlowResult {
  row: string;
  /** Week of the horizon in which they are ready, from 1. */
  week: number;
  vehicles: number;
  option: Option;
  corridor: string;
  /** Where they leave the country. */
  gateway: string;
  services: string[];
  /** Departure of each scheduled leg, local stamps; empty where all is on demand. */
  departures: string[];
  costCny: number;
  logisticsCny: number;
  lateCny: number;
  days: number;
  co2eKg: number;
  arrivalDate: string;
}

/** A flow with the exact amounts of one of its vehicles, from which all sums are made. */
export interface CarriedFlow extends VehicleCost {
  result: PlanFlowResult;
  /** Numbers of the row and the week, from 0. */
  row: number;
  week: number;
  grams: number;
  valueFen: number;
}

interface VehicleCost {
  fen: number;
  dutyFen: number;
  /** Fen by line, and by the weakest basis of the figures behind them. */
  lines: Partial<Record<CostLine, number>>;
  basis: Record<EvidenceBasis, number>;
}

const strength: Record<EvidenceBasis, number> = { published: 0, derived: 1, stated: 2, assumed: 3 };

/** The flows of the whole-vehicle plan with their exact cost. */
export function carriedFlows(plan: PlanNetwork, whole: WholePlan): CarriedFlow[] {
  const finder = new WayFinder(plan.book);
  return whole.flows.map(({ commodity, arcs, vehicles }): CarriedFlow => {
    const { row, week, graph, place } = plan.lots[commodity]!;
    const built = plan.graphs[graph]!;
    const found = finder.find(built, place, arcs);
    const items = atTariffs(found.shipment, found.prices, () => itemise(found.shipment, found.way));
    const cost = costOf(plan, items);
    const result = { row: plan.rows[row]!.id, week: week + 1, vehicles, ...flowOf(plan, found, built.graph.costCny[arcs.at(-1)!]!, cost) };
    return { ...cost, result, row, week, grams: found.way.grams, valueFen: found.shipment.terms.load.valueFen };
  });
}

/** An amount of one vehicle, added up over all vehicles of the flows. */
export function overVehicles(flows: readonly CarriedFlow[], amount: (flow: CarriedFlow) => number): number {
  return flows.reduce((sum, flow) => sum + amount(flow) * flow.result.vehicles, 0);
}

/** Flows with the same key together, keys and flows in the order in which they come. */
export function groupFlows<K>(flows: readonly CarriedFlow[], keyOf: (flow: CarriedFlow) => K): Map<K, CarriedFlow[]> {
  const groups = new Map<K, CarriedFlow[]>();
  for (const flow of flows) {
    const key = keyOf(flow);
    const known = groups.get(key);
    if (known === undefined) groups.set(key, [flow]);
    else known.push(flow);
  }
  return groups;
}

function costOf(plan: PlanNetwork, items: readonly Item[]): VehicleCost {
  const { figures } = plan.network;
  const cost: VehicleCost = { fen: 0, dutyFen: 0, lines: {}, basis: { published: 0, derived: 0, assumed: 0, stated: 0 } };
  for (const { line, fen, figures: used } of items) {
    cost.fen += fen;
    if (line === "duty" || line === "fees") cost.dutyFen += fen;
    cost.lines[line] = (cost.lines[line] ?? 0) + fen;
    let worst: EvidenceBasis = used.length === 0 ? "stated" : "published";
    for (const index of used) {
      const basis = evidenceBases[figures.basis[index]!]!;
      if (strength[basis] > strength[worst]) worst = basis;
    }
    cost.basis[worst] += Math.abs(fen);
  }
  return cost;
}

function flowOf(plan: PlanNetwork, found: PlanWay, lateCny: number, cost: VehicleCost): Omit<PlanFlowResult, "row" | "week" | "vehicles"> {
  const { shipment, way } = found;
  const { network } = shipment;
  const main = mainLeg(shipment, way);
  const gateway = main < 0 ? shipment.terms.origin : shipment.nodeLocation[shipment.tail[way.arcs[main]!]!]!;
  const zone = network.zone[shipment.terms.destination]!;
  return {
    option: optionOfWay(shipment, way),
    corridor: corridorOfWay(shipment, way),
    gateway: plan.network.locationIds[gateway]!,
    services: servicesOf(shipment, way),
    departures: way.arcs.flatMap((arc, i) => {
      if (shipment.kind[arc] !== legArc || network.terms[network.legService[shipment.ref[arc]!]!]!.onDemand) return [];
      return [localStamp(way.leave[i]!, network.zone[shipment.nodeLocation[shipment.tail[arc]!]!]!)];
    }),
    costCny: cny(cost.fen),
    logisticsCny: cny(cost.fen - cost.dutyFen),
    lateCny,
    days: round((way.arrival - shipment.terms.readyMinute) / minutesPerDay, 2),
    co2eKg: way.grams / 1000,
    arrivalDate: dateOf(localDay(way.arrival, zone)),
  };
}
