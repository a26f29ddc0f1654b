import {
  type CostLine,
  type FigureRecord,
  type Mode,
  type Plan,
  type Problem,
  type Source,
  type Text,
  costLines,
  dateOf,
  localDay,
  localStamp,
  minutesPerDay,
  poolKinds,
} from "../model/index.ts";
import { type EvidenceBasis, dataId, evidenceBases } from "../network/index.ts";
import {
  type EvidenceShares,
  type Item,
  type Option,
  corridorOfWay,
  itemise,
  legArc,
  mainLeg,
  optionOfWay,
  servicesOf,
} from "../routing/index.ts";
import { type ResourceMeaning, figureValue, slotUnits } from "./capacity.ts";
import { planDefaults } from "./defaults.ts";
import { leftBehind } from "./explain-limits.ts";
import type { PlanNetwork } from "./plan-network.ts";
import type { PlanRanking } from "./plan-ranking.ts";
import { WayFinder, type PlanWay } from "./plan-way.ts";
import type { WholePlan } from "./round.ts";
import type { PlanSolution } from "./solve.ts";
import { atTariffs } from "./tariffs.ts";

export const planVersion = 1;

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

/** Slots of a service over the horizon. A row of several stops counts the stretch that is fullest. */
export interface PlanServiceResult {
  service: string;
  name: Text;
  mode: Mode;
  corridor?: string;
  unit: LimitUnit;
  /** Departures that were open to some vehicle; those whose every slot is taken. */
  departures: number;
  full: number;
  slots: number;
  used: number;
  /** Vehicles carried. */
  vehicles: number;
  /** What one more slot on every departure would save a departure, CNY a slot. */
  meanPriceCny: number;
  weeks: { week: number; slots: number; used: number; priceCny: number }[];
}

/** What a limit is counted in. `truck-week`: one truck for a week; `space-week` likewise. */
export const limitUnits = [
  ...slotUnits,
  "departure",
  ...poolKinds.map((kind) => `${kind}-week` as const),
  "space-week",
  "tonne",
  "CNY",
] as const;
export type LimitUnit = (typeof limitUnits)[number];

/** A limit that costs money, all its dates together. */
export interface BottleneckResult {
  /** `services/ID`, `services/ID/tariffs/T`, `operations/ID/PLACE`, `pools/ID`, `gates/ID`, `yards/ID`, `plan/…`. */
  path: string;
  kind: ResourceMeaning["kind"];
  name: Text;
  place?: string;
  unit: LimitUnit;
  /** Dates or weeks on which it is full, of all on which it could be used. */
  full: number;
  of: number;
  /** One more unit on one date saves this, CNY a unit: the most, and the mean over the full dates. */
  mostPriceCny: number;
  meanPriceCny: number;
  /** Price times capacity, all dates: what the limit is worth to the plan. */
  worthCny: number;
}

export interface UnservedResult {
  row: string;
  vehicles: number;
  reason: "no-way" | "too-dear" | "limits";
  /** Paths of the limits in the way, as in the bottlenecks. */
  limits: string[];
  /** Weeks in which they are ready, and how many of them in each. */
  weeks: number[];
  perWeek: number[];
  /** Cheapest chain if there were no limits, CNY a vehicle; left out where there is no way. */
  cheapestCny?: number;
}

export interface PlanRowResult {
  row: string;
  cargo: string;
  from: string;
  to: string;
  quantity: number;
  carried: number;
  unserved: number;
  /** CNY and days a carried vehicle. */
  costCny: number;
  days: number;
  co2eKg: number;
}

/** What a demand, a network and a plan come to. Amounts are CNY for the whole horizon unless they say `a vehicle`. */
export interface PlanStudy {
  horizon: { from: string; weeks: number };
  totals: {
    demand: number;
    carried: number;
    unserved: number;
    /** Lines of the transport cost; with late, unserved, shortfall and investment they add up to `totalCny`. */
    lines: Partial<Record<CostLine, number>>;
    transportCny: number;
    lateCny: number;
    unservedCny: number;
    shortfallCny: number;
    investmentCny: number;
    totalCny: number;
    costPerVehicleCny: number;
    logisticsPerVehicleCny: number;
    days: number;
    co2eTonnes: number;
    exportValueCny: number;
  };
  proof: {
    status: "optimal" | "stopped";
    /** The plan that may split vehicles, and what no plan can cost less than, CNY. */
    primalCny: number;
    boundCny: number;
    gap: number;
    largestViolation: number;
    /** What whole vehicles cost more than split ones. */
    wholeVehiclesCny: number;
    /** The reported lines are rounded to the fen three times a vehicle, the solver's costs are not: how far they differ. */
    fenRoundingCny: number;
  };
  work: { rounds: number; columns: number; passes: number; nodes: number; lots: number; events: number; moves: number; limits: number };
  rows: PlanRowResult[];
  weeks: { week: number; from: string; demand: number; carried: number; unserved: number }[];
  corridors: { option: Option; corridor: string; vehicles: number; costCny: number; days: number; co2eKg: number; weeks: number[] }[];
  services: PlanServiceResult[];
  bottlenecks: BottleneckResult[];
  investments: { id: string; title?: Text; units: number; most: number; costCny: number }[];
  contracts: { id: string; title?: Text; slots: number; used: number; shortfallCny: number }[];
  unserved: UnservedResult[];
  evidence: EvidenceShares;
  flows: PlanFlowResult[];
  /** Assumptions of the plan itself that were in force. */
  assumptions: Record<string, FigureRecord | number>;
  target?: TargetResult;
}

/** How far the plan comes on the way to the target. */
export interface TargetResult {
  nationalExports: number;
  wantedPercent: number;
  wantedVehicles: number;
  carriedPercent: number;
  /** Of what is wanted. */
  reachedPercent: number;
  exportValueCny: number;
  wantedValueCny?: number;
}

const strength: Record<EvidenceBasis, number> = { published: 0, derived: 1, stated: 2, assumed: 3 };
const round = (value: number, digits: number) => Number(value.toFixed(digits));
const cny = (fen: number) => Math.round(fen) / 100;

/** Path of a limit without its date. */
function pathOf(plan: PlanNetwork, meaning: ResourceMeaning, id: string): string {
  const { network, book } = plan;
  switch (meaning.kind) {
    case "departure":
    case "weekly":
      return `services/${book.serviceId(meaning.service)}`;
    case "tariff": {
      const tariff = network.services[meaning.service]!.tariffs?.[meaning.tariff];
      return `services/${book.serviceId(meaning.service)}/tariffs/${tariff?.id ?? meaning.tariff}`;
    }
    case "operation":
      return `operations/${network.operations[meaning.operation]!.operation.id}/${network.locationIds[meaning.location]!}`;
    case "pool":
      return `pools/${network.data.pools[meaning.pool]!.id}`;
    case "gate":
      return `gates/${network.data.gates[meaning.gate]!.id}`;
    case "yard":
      return `yards/${network.data.yards[meaning.yard]!.id}`;
    default:
      return id;
  }
}

function nameOf(plan: PlanNetwork, meaning: ResourceMeaning, terms: Plan): Text {
  const { network, book } = plan;
  switch (meaning.kind) {
    case "departure":
    case "weekly":
    case "tariff":
      return network.services[meaning.service]!.name ?? book.serviceId(meaning.service);
    case "operation": {
      const { operation } = network.operations[meaning.operation]!;
      return operation.name ?? operation.id;
    }
    case "pool":
      return network.data.pools[meaning.pool]!.name;
    case "gate":
      return network.data.gates[meaning.gate]!.name;
    case "yard": {
      const yard = network.data.yards[meaning.yard]!;
      return yard.name ?? yard.id;
    }
    case "contract":
      return terms.contracts?.[meaning.contract]?.title ?? terms.contracts?.[meaning.contract]?.id ?? "";
    case "share":
      return terms.shares?.[meaning.share]?.title ?? terms.shares?.[meaning.share]?.id ?? "";
    case "co2e":
      return { zh: "碳排放上限", en: "CO2e limit" };
    case "cost":
      return { zh: "费用上限", en: "cost limit" };
  }
}

function unitOf(plan: PlanNetwork, meaning: ResourceMeaning): LimitUnit {
  switch (meaning.kind) {
    case "departure":
    case "weekly":
    case "tariff":
      return plan.book.unit(meaning.service);
    case "pool":
      return `${plan.network.data.pools[meaning.pool]!.kind}-week`;
    case "gate":
      return plan.network.data.gates[meaning.gate]!.unit;
    case "yard":
      return "space-week";
    case "co2e":
      return "tonne";
    case "cost":
      return "CNY";
    default:
      return "vehicle";
  }
}

interface Sums {
  fen: number;
  dutyFen: number;
  lines: Partial<Record<CostLine, number>>;
  basis: Record<EvidenceBasis, number>;
}

function sumItems(plan: PlanNetwork, items: readonly Item[]): Sums {
  const { figures } = plan.network;
  const sums: Sums = { fen: 0, dutyFen: 0, lines: {}, basis: { published: 0, derived: 0, assumed: 0, stated: 0 } };
  for (const { line, fen, figures: used } of items) {
    sums.fen += fen;
    if (line === "duty" || line === "fees") sums.dutyFen += fen;
    sums.lines[line] = (sums.lines[line] ?? 0) + fen;
    let worst: EvidenceBasis = used.length === 0 ? "stated" : "published";
    for (const index of used) {
      const basis = evidenceBases[figures.basis[index]!]!;
      if (strength[basis] > strength[worst]) worst = basis;
    }
    sums.basis[worst] += Math.abs(fen);
  }
  return sums;
}

/** One flow of the whole plan, in words and with its exact cost. */
function flowOf(plan: PlanNetwork, found: PlanWay, lateCny: number, sums: Sums): Omit<PlanFlowResult, "row" | "week" | "vehicles"> {
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
    costCny: cny(sums.fen),
    logisticsCny: cny(sums.fen - sums.dutyFen),
    lateCny,
    days: round((way.arrival - shipment.terms.readyMinute) / minutesPerDay, 2),
    co2eKg: way.grams / 1000,
    arrivalDate: dateOf(localDay(way.arrival, zone)),
  };
}

/** Adds the whole-vehicle plan up from its flows, with prices and reasons from the plan that may split vehicles. */
export function planStudy(plan: PlanNetwork, solution: PlanSolution, whole: WholePlan, terms: Plan): PlanStudy {
  const { problem, network, book, rows, lots, horizon } = plan;
  const finder = new WayFinder(book);
  const { weeks } = horizon;
  const lines: Partial<Record<CostLine, number>> = {};
  const basis: Record<EvidenceBasis, number> = { published: 0, derived: 0, assumed: 0, stated: 0 };
  const sums = { fen: 0, logistics: 0, late: 0, days: 0, grams: 0, value: 0, carried: 0 };
  const perRow = rows.map(() => ({ carried: 0, fen: 0, days: 0, kg: 0 }));
  const perWeek = Array.from({ length: weeks }, (_, w) => ({
    week: w + 1,
    from: dateOf(horizon.day + 7 * w),
    demand: 0,
    carried: 0,
    unserved: 0,
  }));
  const corridors = new Map<string, PlanStudy["corridors"][number]>();
  const carriedBy = new Map<string, number>();
  const flows = whole.flows.map(({ commodity, arcs, vehicles }): PlanFlowResult => {
    const lot = lots[commodity]!;
    const built = plan.graphs[lot.graph]!;
    const found = finder.find(built, lot.place, arcs);
    const items = atTariffs(found.shipment, found.prices, () => itemise(found.shipment, found.way));
    const own = sumItems(plan, items);
    const lateCny = built.graph.costCny[arcs.at(-1)!]!;
    const flow = flowOf(plan, found, lateCny, own);
    for (const line of costLines) if (own.lines[line] !== undefined) lines[line] = (lines[line] ?? 0) + own.lines[line] * vehicles;
    for (const each of evidenceBases) basis[each] += own.basis[each] * vehicles;
    sums.fen += own.fen * vehicles;
    sums.logistics += (own.fen - own.dutyFen) * vehicles;
    sums.late += lateCny * vehicles;
    sums.days += flow.days * vehicles;
    sums.grams += found.way.grams * vehicles;
    sums.value += found.shipment.terms.load.valueFen * vehicles;
    sums.carried += vehicles;
    const ofRow = perRow[lot.row]!;
    ofRow.carried += vehicles;
    ofRow.fen += own.fen * vehicles;
    ofRow.days += flow.days * vehicles;
    ofRow.kg += flow.co2eKg * vehicles;
    perWeek[lot.week]!.carried += vehicles;
    const key = `${flow.option} ${flow.corridor}`;
    let corridor = corridors.get(key);
    if (corridor === undefined)
      corridors.set(
        key,
        (corridor = {
          option: flow.option,
          corridor: flow.corridor,
          vehicles: 0,
          costCny: 0,
          days: 0,
          co2eKg: 0,
          weeks: perWeek.map(() => 0),
        }),
      );
    corridor.vehicles += vehicles;
    corridor.costCny += flow.costCny * vehicles;
    corridor.days += flow.days * vehicles;
    corridor.co2eKg += flow.co2eKg * vehicles;
    corridor.weeks[lot.week]! += vehicles;
    for (const service of new Set(flow.services)) carriedBy.set(service, (carriedBy.get(service) ?? 0) + vehicles);
    return { row: rows[lot.row]!.id, week: lot.week + 1, vehicles, ...flow };
  });
  problem.commodities.forEach(({ quantity }, c) => {
    const week = perWeek[lots[c]!.week]!;
    week.demand += quantity;
    week.unserved += whole.unserved[c]!;
  });

  const per = (sum: number, digits = 2) => (sums.carried === 0 ? 0 : round(sum / sums.carried, digits));
  const transportCny = cny(sums.fen);
  const lateCny = cny(sums.late * 100);
  const unservedCny = cny(whole.costCny.unserved * 100);
  const shortfallCny = cny(whole.costCny.shortfall * 100);
  const investmentCny = cny(whole.costCny.investment * 100);
  const demand = problem.commodities.reduce((sum, { quantity }) => sum + quantity, 0);
  const totalCny = cny((transportCny + lateCny + unservedCny + shortfallCny + investmentCny) * 100);
  const all = evidenceBases.reduce((sum, each) => sum + basis[each], 0);
  const target = terms.target === undefined ? undefined : targetOf(plan, terms.target, sums.carried, sums.value / 100);
  return {
    horizon: { from: dateOf(horizon.day), weeks },
    totals: {
      demand,
      carried: sums.carried,
      unserved: demand - sums.carried,
      lines: Object.fromEntries(costLines.flatMap((line) => (lines[line] === undefined ? [] : [[line, cny(lines[line])]]))),
      transportCny,
      lateCny,
      unservedCny,
      shortfallCny,
      investmentCny,
      totalCny,
      costPerVehicleCny: per(sums.fen / 100),
      logisticsPerVehicleCny: per(sums.logistics / 100),
      days: per(sums.days),
      co2eTonnes: round(sums.grams / 1e6, 3),
      exportValueCny: cny(sums.value),
    },
    proof: {
      status: solution.status,
      primalCny: solution.proof.primalCny,
      boundCny: solution.proof.boundCny,
      gap: solution.proof.gap,
      largestViolation: Math.max(solution.proof.largestViolation, whole.largestViolation),
      wholeVehiclesCny: round(whole.roundingCny, 2),
      fenRoundingCny: round(totalCny - whole.costCny.total, 2),
    },
    work: {
      rounds: solution.work.rounds,
      columns: solution.work.columns,
      passes: solution.work.passes,
      nodes: solution.work.nodes,
      lots: lots.length,
      events: problem.graphs.reduce((sum, graph) => sum + graph.nodeCount, 0),
      moves: problem.graphs.reduce((sum, graph) => sum + graph.head.length, 0),
      limits: problem.resources.length,
    },
    rows: rows.map((row, i): PlanRowResult => {
      const { carried, fen, days, kg } = perRow[i]!;
      const each = (sum: number) => (carried === 0 ? 0 : round(sum / carried, 2));
      return {
        row: row.id,
        cargo: network.data.cargos[row.cargo]!.id,
        from: network.locationIds[row.origin]!,
        to: network.locationIds[row.destination]!,
        quantity: row.quantity,
        carried,
        unserved: row.quantity - carried,
        costCny: each(fen / 100),
        days: each(days),
        co2eKg: each(kg),
      };
    }),
    weeks: perWeek,
    corridors: [...corridors.values()]
      .map((c) => ({
        ...c,
        costCny: round(c.costCny / c.vehicles, 2),
        days: round(c.days / c.vehicles, 2),
        co2eKg: round(c.co2eKg / c.vehicles, 2),
      }))
      .sort((a, b) => b.vehicles - a.vehicles || (a.corridor + a.option < b.corridor + b.option ? -1 : 1)),
    services: servicesResult(plan, solution, whole, carriedBy),
    bottlenecks: bottlenecksResult(plan, solution, terms),
    investments: problem.investments.map(({ id, most, costCny }, i) => {
      const title = terms.investments?.[i]?.title;
      const units = whole.units[i]!;
      return { id, ...(title === undefined ? {} : { title }), units, most, costCny: cny(units * costCny * 100) };
    }),
    contracts: (terms.contracts ?? []).map(({ id, title }, index) => {
      const resource = book.meanings.findIndex((m) => m.kind === "contract" && m.contract === index);
      const minimum = book.resources[resource]!.minimum!;
      return {
        id,
        ...(title === undefined ? {} : { title }),
        slots: minimum.amount,
        used: round(whole.used[resource]!, 3),
        shortfallCny: cny(whole.shortfall[resource]! * minimum.shortfallCny * 100),
      };
    }),
    unserved: unservedResult(plan, solution, whole),
    evidence: Object.fromEntries(evidenceBases.map((each) => [each, all === 0 ? 0 : round(basis[each] / all, 4)])) as EvidenceShares,
    flows,
    assumptions: assumptionsOf(terms),
    ...(target === undefined ? {} : { target }),
  };
}

function assumptionsOf(terms: Plan): PlanStudy["assumptions"] {
  const of = (figure: Plan["lostMarginPercent"], otherwise: FigureRecord): FigureRecord | number =>
    figure === undefined ? otherwise : typeof figure === "number" ? figure : "value" in figure ? figure : otherwise;
  return {
    lostMarginPercent: of(terms.lostMarginPercent, planDefaults.lostMarginPercent),
    latenessCnyPerDay: of(terms.latenessCnyPerDay, planDefaults.latenessCnyPerDay),
  };
}

function targetOf(plan: PlanNetwork, target: NonNullable<Plan["target"]>, carried: number, exportValueCny: number): TargetResult {
  const of = (figure: NonNullable<Plan["costBudgetCny"]>) => figureValue(plan.network.data, figure);
  const nationalExports = of(target.nationalExports);
  const wantedPercent = of(target.sharePercent);
  const wantedVehicles = Math.round((nationalExports * wantedPercent) / 100);
  return {
    nationalExports,
    wantedPercent,
    wantedVehicles,
    carriedPercent: round((carried / nationalExports) * 100, 3),
    reachedPercent: round((carried / wantedVehicles) * 100, 2),
    exportValueCny: round(exportValueCny, 2),
    ...(target.exportValueCny === undefined ? {} : { wantedValueCny: of(target.exportValueCny) }),
  };
}

function servicesResult(
  plan: PlanNetwork,
  solution: PlanSolution,
  whole: WholePlan,
  carriedBy: ReadonlyMap<string, number>,
): PlanServiceResult[] {
  const { network, book, horizon } = plan;
  interface Dated {
    week: number;
    slots: number;
    used: number;
    price: number;
  }
  const dates = new Map<number, Map<number, Dated>>();
  book.meanings.forEach((meaning, resource) => {
    if (meaning.kind !== "departure" && meaning.kind !== "weekly") return;
    const key = meaning.kind === "departure" ? meaning.row : meaning.week;
    const week = meaning.kind === "departure" ? book.week(meaning.minute) : meaning.week;
    let own = dates.get(meaning.service);
    if (own === undefined) dates.set(meaning.service, (own = new Map()));
    const [slots, used, price] = [whole.capacity[resource]!, whole.used[resource]!, solution.prices[resource]!];
    const known = own.get(key);
    // Several stretches of one voyage: the fullest is shown, prices add up.
    if (known === undefined) own.set(key, { week, slots, used, price });
    else if (used > known.used) own.set(key, { week, slots, used, price: known.price + price });
    else known.price += price;
  });
  return [...dates]
    .map(([service, rows]): PlanServiceResult => {
      const definition = network.services[service]!;
      const list = [...rows.values()].filter((r) => r.slots > 0 || r.used > 0);
      const weeks = new Map<number, { week: number; slots: number; used: number; price: number; count: number }>();
      for (const { week, slots, used, price } of list) {
        const known = weeks.get(week) ?? { week, slots: 0, used: 0, price: 0, count: 0 };
        weeks.set(week, { week, slots: known.slots + slots, used: known.used + used, price: known.price + price, count: known.count + 1 });
      }
      return {
        service: book.serviceId(service),
        name: definition.name ?? dataId(definition.id),
        mode: definition.mode,
        ...(definition.corridor === undefined ? {} : { corridor: definition.corridor }),
        unit: book.unit(service),
        departures: list.length,
        full: list.filter((r) => r.slots - r.used < 1e-6 * (1 + r.slots) || r.price > 0).length,
        slots: round(
          list.reduce((sum, r) => sum + r.slots, 0),
          3,
        ),
        used: round(
          list.reduce((sum, r) => sum + r.used, 0),
          3,
        ),
        vehicles: carriedBy.get(book.serviceId(service)) ?? 0,
        meanPriceCny: list.length === 0 ? 0 : round(list.reduce((sum, r) => sum + r.price, 0) / list.length, 2),
        weeks: [...weeks.values()]
          .sort((a, b) => a.week - b.week)
          .map(({ week, slots, used, price, count }) => ({
            week: week + 1,
            slots: round(slots, 3),
            used: round(used, 3),
            priceCny: round(price / count, 2),
          })),
      };
    })
    .filter((s) => s.used > 0 || horizon.weeks < 2)
    .sort((a, b) => b.used - a.used || (a.service < b.service ? -1 : 1));
}

function bottlenecksResult(plan: PlanNetwork, solution: PlanSolution, terms: Plan): BottleneckResult[] {
  const { book } = plan;
  const found = new Map<string, BottleneckResult & { sum: number }>();
  book.meanings.forEach((meaning, resource) => {
    const path = pathOf(plan, meaning, book.resources[resource]!.id);
    let known = found.get(path);
    if (known === undefined) {
      const place =
        meaning.kind === "operation"
          ? { place: plan.network.locationIds[meaning.location]! }
          : meaning.kind === "gate"
            ? { place: plan.network.data.gates[meaning.gate]!.at }
            : {};
      known = {
        path,
        kind: meaning.kind,
        name: nameOf(plan, meaning, terms),
        ...place,
        unit: unitOf(plan, meaning),
        full: 0,
        of: 0,
        mostPriceCny: 0,
        meanPriceCny: 0,
        worthCny: 0,
        sum: 0,
      };
      found.set(path, known);
    }
    known.of++;
    const price = solution.prices[resource]!;
    if (!(price > 1e-6)) return;
    known.full++;
    known.sum += price;
    known.mostPriceCny = Math.max(known.mostPriceCny, price);
    known.worthCny += price * solution.capacity[resource]!;
  });
  return [...found.values()]
    .filter(({ full }) => full > 0)
    .map(({ sum, ...rest }) => ({
      ...rest,
      mostPriceCny: round(rest.mostPriceCny, 2),
      meanPriceCny: round(sum / rest.full, 2),
      worthCny: round(rest.worthCny, 2),
    }))
    .sort((a, b) => b.worthCny - a.worthCny || (a.path < b.path ? -1 : 1));
}

function unservedResult(plan: PlanNetwork, solution: PlanSolution, whole: WholePlan): UnservedResult[] {
  const { book, lots, rows, leastCny } = plan;
  const found = new Map<string, UnservedResult>();
  const reasons = new Map(leftBehind(plan.problem, solution).map((left) => [left.commodity, left]));
  whole.unserved.forEach((vehicles, commodity) => {
    if (vehicles < 0.5) return;
    const lot = lots[commodity]!;
    const left = reasons.get(commodity);
    // Left behind only because vehicles are whole: the last fraction of a slot.
    const reason = left?.reason ?? "limits";
    const limits = [
      ...new Set((left?.limits ?? []).map(({ resource }) => pathOf(plan, book.meanings[resource]!, book.resources[resource]!.id))),
    ];
    const row = rows[lot.row]!.id;
    const key = `${row} ${reason}`;
    const known = found.get(key);
    const cheapest = leastCny[commodity]!;
    if (known === undefined)
      found.set(key, {
        row,
        vehicles,
        reason,
        limits,
        weeks: [lot.week + 1],
        perWeek: [vehicles],
        ...(Number.isFinite(cheapest) ? { cheapestCny: round(cheapest, 2) } : {}),
      });
    else {
      known.vehicles += vehicles;
      known.limits = [...new Set([...known.limits, ...limits])];
      known.weeks.push(lot.week + 1);
      known.perWeek.push(vehicles);
    }
  });
  return [...found.values()].sort((a, b) => b.vehicles - a.vehicles || (a.row < b.row ? -1 : 1));
}

/** A plan's result as it stands in a file. */
export interface PlanResult extends PlanStudy {
  schemaVersion: typeof planVersion;
  kind: "yuche-plan";
  scenario: { id: string; title?: Text };
  demandFrom: { kind: "rows" | "builtin" | "file"; year?: string };
  /** What each lever of the scenario is worth, where its plan asks for that. */
  ranking?: PlanRanking;
  /** Names of the places, cargos and corridors that the result speaks of. */
  names: Record<string, Text>;
  sources: Record<string, Source>;
  warnings: Problem[];
}
