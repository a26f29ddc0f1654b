import { type Figure, type FlowFilter, type Plan, localMinute, minutesPerDay } from "../model/index.ts";
import { type Load, type Network, chargeUnits, dataId, figureValue, makeLoad, matcher } from "../network/index.ts";
import { type ShipmentTerms, buildShipmentGraph } from "../routing/index.ts";
import { type BuiltGraph, type EventSpec, leastCosts } from "./built-graph.ts";
import { CapacityBook, type ServiceLimit } from "./capacity.ts";
import { defaultMaxDays, defaultMaxTransferWaitDays, defaultMaxWaitDays, planDefaults } from "./defaults.ts";
import { Columns } from "./event-draft.ts";
import { buildEventGraph } from "./event-graph.ts";
import { MOST, guardSize, withMemory } from "./guard.ts";
import { addedServiceId } from "./investments.ts";
import { joinGraphs } from "./join-graphs.ts";
import type { Commodity, Investment, PlanProblem } from "./problem.ts";

/** A demand row whose words have become indices. */
export interface PlanRow {
  id: string;
  cargo: number;
  origin: number;
  destination: number;
  quantity: number;
  /** From 0; left out: spread over all weeks. */
  week?: number;
  dueDays?: number;
  paysDuty: boolean;
  claimsPreference: boolean;
  valueCny?: number;
  unservedCny?: number;
}

export interface PlanHorizon {
  /** Day number of the first day. */
  day: number;
  weeks: number;
}

/** One lot: what a row makes ready in one week. Its number is that of the commodity. */
export interface PlanLot {
  row: number;
  week: number;
  graph: number;
  /** Place in the graph's list of lots. */
  place: number;
}

/** The plan's problem for the solver, and what its numbers mean. */
export interface PlanNetwork {
  problem: PlanProblem;
  network: Network;
  book: CapacityBook;
  graphs: BuiltGraph[];
  rows: readonly PlanRow[];
  lots: PlanLot[];
  /** Least cost of each lot if there were no limits, CNY a vehicle. */
  leastCny: Float64Array;
  horizon: PlanHorizon;
}

/** Vehicles of a row in one week: whole ones, as even as they can be, that add up to the row. */
export function vehiclesIn(row: PlanRow, week: number, weeks: number): number {
  if (row.week !== undefined) return row.week === week ? row.quantity : 0;
  return Math.floor((row.quantity * (week + 1)) / weeks) - Math.floor((row.quantity * week) / weeks);
}

const perUnits = (["perContainer", "perWagon", "perFrame", "perTruck"] as const).map((unit) => chargeUnits.indexOf(unit));

/**
 * Vehicles of a cargo that fill boxes, wagons, frames and trucks without a remainder: what a plan's flows are charged and counted by, because vehicles of many lots
 * share them. Charges a shipment are shared by as many.
 */
export function fullLot(network: Network, cargo: number, valueCny?: number): Load {
  const least = 100;
  const isFull = (load: Load, quantity: number) =>
    load.boxes.every((b) => Math.abs(b * quantity - Math.round(b * quantity)) < 1e-9) &&
    perUnits.every((unit) =>
      [0, 1, 2, 3, 4].every((form) => {
        const share = load.multiplier[form * chargeUnits.length + unit]!;
        return Number.isNaN(share) || Math.abs(share - perUnit(network, cargo, valueCny, form, unit)) < 1e-9;
      }),
    );
  for (let quantity = least; quantity <= 5 * least * least; quantity++) {
    const load = makeLoad(network, cargo, quantity, valueCny);
    if (isFull(load, quantity)) return load;
  }
  return makeLoad(network, cargo, 10 * least, valueCny);
}

/** Share of a unit in the limit of a very large lot. */
function perUnit(network: Network, cargo: number, valueCny: number | undefined, form: number, unit: number): number {
  const huge = makeLoad(network, cargo, 1e12, valueCny);
  return huge.multiplier[form * chargeUnits.length + unit]!;
}

function servicesLike(network: Network, patterns: readonly string[]): number[] {
  const matchers = patterns.map(matcher);
  return network.services.flatMap((service, s) => (matchers.some((isMatch) => isMatch(dataId(service.id))) ? [s] : []));
}

function servicesOf(network: Network, filter: FlowFilter): number[] {
  const named = filter.services === undefined ? undefined : new Set(servicesLike(network, filter.services));
  return network.services.flatMap((service, s) =>
    (filter.modes === undefined || filter.modes.includes(service.mode)) &&
    (filter.corridors === undefined || (service.corridor !== undefined && filter.corridors.includes(service.corridor))) &&
    (named === undefined || named.has(s))
      ? [s]
      : [],
  );
}

/** Minutes that a compiled network must cover for a plan. */
export function planPeriod(network: { from: number }, weeks: number, plan: Plan): { from: number; until: number } {
  const { from } = network;
  return { from: from - 2 * minutesPerDay, until: from + (weeks * 7 + (plan.maxDays ?? defaultMaxDays) + 2) * minutesPerDay };
}

/**
 * Turns a demand and a compiled network into the plan's problem.
 * @throws {PlanError} `too-large` as soon as it is seen to become too large.
 */
export function planNetwork(network: Network, rows: readonly PlanRow[], horizon: PlanHorizon, plan: Plan = {}): PlanNetwork {
  const { data } = network;
  const of = (figure: Figure) => figureValue(data, figure);
  const { weeks, day } = horizon;
  guardSize(
    "commodities",
    rows.reduce((sum, { week, quantity }) => sum + (week === undefined ? Math.min(weeks, quantity) : 1), 0),
  );
  const zone = network.zone[rows[0]?.origin ?? 0] ?? "UTC";
  const start = localMinute(day, 0, zone);
  const book = new CapacityBook(network, start, plan.slotSharePercent === undefined ? 1 : of(plan.slotSharePercent) / 100);
  addLimits(book, plan, weeks);

  const marginPercent = of(plan.lostMarginPercent ?? planDefaults.lostMarginPercent);
  const lateness = of(plan.latenessCnyPerDay ?? planDefaults.latenessCnyPerDay);
  const mostMinutes = (plan.maxDays ?? defaultMaxDays) * minutesPerDay;
  const mostWait = (plan.maxWaitDays ?? defaultMaxWaitDays) * minutesPerDay;
  const mostWaitBetween = Math.min(mostWait, (plan.maxTransferWaitDays ?? defaultMaxTransferWaitDays) * minutesPerDay);
  const groups = new Map<string, number[]>();
  rows.forEach((row, i) => {
    const unserved = row.unservedCny ?? (plan.unservedCny === undefined ? undefined : of(plan.unservedCny));
    const key = [
      network.territory[row.origin],
      row.destination,
      row.cargo,
      row.paysDuty,
      row.claimsPreference,
      row.valueCny,
      row.dueDays,
      unserved,
    ].join();
    const known = groups.get(key);
    if (known === undefined) groups.set(key, [i]);
    else known.push(i);
  });

  const graphs: BuiltGraph[] = [];
  const columns = new Columns();
  let arcs = 0;
  const lots: PlanLot[] = [];
  const commodities: Commodity[] = [];
  const leastCny: number[] = [];
  for (const members of groups.values()) {
    const first = rows[members[0]!]!;
    const origins = [...new Set(members.map((i) => rows[i]!.origin))].sort((a, b) => a - b);
    const placeOf = new Map<number, number>();
    const ready: number[] = [];
    const at: number[] = [];
    const firstReady = localMinute(day, 0, network.zone[first.origin]!);
    const lastReady = localMinute(day + 7 * (weeks - 1), 0, network.zone[first.origin]!);
    const load = fullLot(network, first.cargo, first.valueCny);
    const joined = joinGraphs(
      origins.map((origin) => {
        const terms: ShipmentTerms = {
          load,
          origin,
          destination: first.destination,
          readyMinute: firstReady,
          dueMinute: undefined,
          horizonMinute: lastReady + mostMinutes,
          paysDuty: first.paysDuty,
          claimsPreference: first.claimsPreference,
        };
        return buildShipmentGraph(network, terms);
      }),
    );
    for (let week = 0; week < weeks; week++)
      origins.forEach((origin, o) => {
        if (!members.some((i) => rows[i]!.origin === origin && vehiclesIn(rows[i]!, week, weeks) > 0)) return;
        placeOf.set(week * origins.length + o, ready.length);
        ready.push(localMinute(day + 7 * week, 0, network.zone[origin]!));
        at.push(joined.sources[o]!);
      });
    if (ready.length === 0) continue;
    const stated = first.unservedCny ?? (plan.unservedCny === undefined ? undefined : of(plan.unservedCny));
    const marginCny = (load.valueFen / 100) * (marginPercent / 100);
    const spec: EventSpec = {
      ready,
      at,
      mostWait,
      mostWaitBetween,
      mostMinutes,
      marginCny,
      isNearer: true,
      ...(stated === undefined ? {} : { worthCny: stated }),
      ...(first.dueDays === undefined ? {} : { due: { minutes: first.dueDays * minutesPerDay, cnyPerDay: lateness } }),
    };
    const built = withMemory(() => buildEventGraph(joined.graph, book, spec, columns));
    arcs += built.graph.head.length;
    guardSize("arcs", arcs);
    const graph = graphs.push(built) - 1;
    // After a few graphs it is plain when all of them would be far too many: better told now than when memory is full.
    const expected = Math.round((arcs / graphs.length) * groups.size);
    if (graphs.length >= 5 && expected > 2 * MOST.arcs) guardSize("arcs", expected);
    const least = leastCosts(built);
    const usual = Math.max(0, ...least.filter(Number.isFinite));
    for (const i of members) {
      const o = origins.indexOf(rows[i]!.origin);
      for (let week = 0; week < weeks; week++) {
        const quantity = vehiclesIn(rows[i]!, week, weeks);
        if (quantity === 0) continue;
        const place = placeOf.get(week * origins.length + o)!;
        lots.push({ row: i, week, graph, place });
        leastCny.push(least[place]!);
        commodities.push({
          id: `${rows[i]!.id}/week-${week + 1}`,
          graph,
          source: built.sources[place]!,
          sink: built.sinks[place]!,
          quantity,
          unservedCny: stated ?? (Number.isFinite(least[place]!) ? least[place]! : usual) + marginCny,
        });
      }
    }
  }
  const investments = addInvestments(book, plan, weeks);
  const budget = plan.investmentBudgetCny;
  const problem: PlanProblem = {
    graphs: graphs.map((built) => built.graph),
    commodities,
    resources: book.resources,
    investments,
    ...(budget === undefined ? {} : { budgetCny: of(budget) }),
  };
  return { problem, network, book, graphs, rows, lots, leastCny: Float64Array.from(leastCny), horizon };
}

/** Limits of the plan itself: contracts, shares, CO2e, budget. They come first in the book, so that every ride finds them. */
function addLimits(book: CapacityBook, plan: Plan, weeks: number): void {
  const { network } = book;
  const of = (figure: Figure) => figureValue(network.data, figure);
  const limit = (service: number, each: ServiceLimit) => {
    const known = book.limits.get(service);
    if (known === undefined) book.limits.set(service, [each]);
    else known.push(each);
  };
  plan.contracts?.forEach((contract, index) => {
    const amount = of(contract.weeklySlots) * weeks;
    const minimum = { amount, shortfallCny: of(contract.shortfallCny) };
    const resource = book.add(
      { id: `plan/contracts/${contract.id}`, capacity: Number.POSITIVE_INFINITY, minimum },
      { kind: "contract", contract: index },
    );
    for (const service of servicesLike(network, contract.services)) limit(service, { resource, per: "slots", factor: 1, mainOnly: false });
  });
  plan.shares?.forEach((share, index) => {
    for (const side of ["most", "least"] as const) {
      const percent = side === "most" ? share.mostPercent : share.leastPercent;
      if (percent === undefined) continue;
      const sign = side === "most" ? 1 : -1;
      const resource = book.add({ id: `plan/shares/${share.id}/${side}`, capacity: 0 }, { kind: "share", share: index, side });
      book.perVehicle.push({ resource, amount: (-sign * of(percent)) / 100 });
      for (const service of servicesOf(network, share.of))
        limit(service, { resource, per: "vehicle", factor: sign, mainOnly: share.of.services === undefined });
    }
  });
  if (plan.co2eTonnes !== undefined) book.co2e = book.add({ id: "plan/co2eTonnes", capacity: of(plan.co2eTonnes) }, { kind: "co2e" });
  if (plan.costBudgetCny !== undefined)
    book.cost = book.add({ id: "plan/costBudgetCny", capacity: of(plan.costBudgetCny) }, { kind: "cost" });
}

/** What each investment gives to the resources that ways were found for. */
function addInvestments(book: CapacityBook, plan: Plan, weeks: number): Investment[] {
  const { network } = book;
  const { data } = network;
  const of = (figure: Figure) => figureValue(data, figure);
  const days = weeks * 7;
  return (plan.investments ?? []).map((investment): Investment => {
    const { currency, total, perDay } = investment.cost;
    const rate = currency === undefined || currency === "CNY" ? 1 : of(data.finance.cnyPer?.[currency] ?? 0);
    const costCny = ((total === undefined ? 0 : of(total)) + (perDay === undefined ? 0 : of(perDay) * days)) * rate;
    const adds: Investment["adds"] = [];
    const { departures, slots, weeklySlots, throughput, units, spaces } = investment;
    const like = (patterns: readonly string[]) => {
      const matchers = patterns.map(matcher);
      return (id: string) => matchers.some((isMatch) => isMatch(id));
    };
    book.meanings.forEach((meaning, resource) => {
      const own = book.resources[resource]!;
      if (meaning.kind === "departure") {
        const id = book.serviceId(meaning.service);
        if (departures !== undefined && id === addedServiceId(investment)) {
          adds.push({ resource, amount: own.capacity });
          own.capacity = 0;
        } else if (slots !== undefined && like(slots.services)(id)) adds.push({ resource, amount: of(slots.add) });
      } else if (meaning.kind === "weekly") {
        if (weeklySlots !== undefined && like(weeklySlots.services)(book.serviceId(meaning.service)))
          adds.push({ resource, amount: of(weeklySlots.add) });
      } else if (meaning.kind === "operation") {
        const { id } = network.operations[meaning.operation]!.operation;
        if (throughput !== undefined && like(throughput.operations)(id)) adds.push({ resource, amount: of(throughput.dailyVehicles) * 7 });
      } else if (meaning.kind === "pool") {
        if (units !== undefined && like(units.pools)(data.pools[meaning.pool]!.id)) adds.push({ resource, amount: of(units.add) });
      } else if (meaning.kind === "yard") {
        if (spaces !== undefined && like(spaces.yards)(data.yards[meaning.yard]!.id)) adds.push({ resource, amount: of(spaces.add) });
      }
    });
    return { id: investment.id, costCny, most: investment.most ?? 1, adds };
  });
}
