import { dataId, evidenceBases, type EvidenceBasis, type FigureIndex, type Network } from "../network/index.ts";
import type { Comparison } from "./compare.ts";
import type { Option } from "./options.ts";
import type { CostItem, TimeItem, TransportChain } from "./result.ts";

/** Where a figure enters a chain: the amount or the time it moves most. */
export type FigureRole =
  | { kind: "cost"; line: CostItem["line"]; unit: string; isRate: boolean; element: number }
  | { kind: "time"; what: TimeItem["what"]; element: number }
  /** Departures a week of a leg's service. */
  | { kind: "frequency"; element: number };

/** A figure that chains rest on, with what its range would move if every chain stayed as it is: a first-order estimate. */
export interface LikelyFigure {
  figure: FigureIndex;
  address: string;
  /** Greatest amount over the chains that its range, from low to high, moves; CNY a vehicle. */
  cny: number;
  /** The same for time, in days. */
  days: number;
  role: FigureRole;
  /** The chain in which it moves most, by number. */
  chain: number;
}

/** What one CNY and one day weigh: the cost and the days of the chain that others are held against. */
export interface Scale {
  cny: number;
  days: number;
}

/** Share of the cost plus share of the time that is moved. */
const weightOf = (cny: number, days: number, scale: Scale): number =>
  Math.abs(cny) / Math.max(scale.cny, 1) + Math.abs(days) / Math.max(scale.days, 0.1);

/**
 * Figures with a range behind the amounts and times of the chains, those that move most first. What the shipment is made of (`cargos/`) is given and left out.
 * An amount is proportional to each of its figures; the effect on a waiting time, on the choice of chain and on duty is not seen here (`influenceOf` sees it).
 */
export function likelyFigures(network: Network, chains: readonly TransportChain[], scale: Scale): LikelyFigure[] {
  const { figures } = network;
  const found = new Map<string, LikelyFigure>();
  const perWeek = new Map(
    network.services.flatMap(({ id }, s) => (network.terms[s]!.perWeek < 0 ? [] : [[dataId(id), network.terms[s]!.perWeek]])),
  );
  chains.forEach((chain, number) => {
    const own = new Map<string, { cny: number; days: number; role: FigureRole; size: number }>();
    const add = (address: string, cny: number, minutes: number, role: FigureRole) => {
      const size = weightOf(cny, minutes / 1440, scale);
      const known = own.get(address);
      if (known === undefined) own.set(address, { cny, days: minutes / 1440, role, size });
      else {
        known.cny += cny;
        known.days += minutes / 1440;
        if (size > known.size) Object.assign(known, { role, size });
      }
    };
    for (const { line, unit, element, cny, figures: list } of chain.costItems)
      list.forEach((address, i) => add(address, cny, 0, { kind: "cost", line, unit, isRate: i === 0, element }));
    for (const { what, element, minutes, figure } of chain.timeItems) add(figure, 0, minutes, { kind: "time", what, element });
    for (const [i, element] of chain.elements.entries()) {
      if (element.kind !== "leg") continue;
      const figure = perWeek.get(element.service);
      if (figure === undefined) continue;
      const [value, low, high] = [figures.values[figure]!, figures.low[figure]!, figures.high[figure]!];
      // Half an interval is waited for on average; scaled so that the share of the range below gives the difference between its ends.
      if (low > 0 && high > low)
        add(figures.address(figure), 0, ((5040 / low - 5040 / high) * value) / (high - low), { kind: "frequency", element: i });
    }
    for (const [address, { cny, days, role }] of own) {
      if (address.startsWith("cargos/")) continue;
      const figure = figures.find(address);
      if (figure < 0) continue;
      const [value, low, high] = [figures.values[figure]!, figures.low[figure]!, figures.high[figure]!];
      if (low === high || value === 0) continue;
      const share = (high - low) / Math.abs(value);
      const known = found.get(address);
      if (known === undefined || weightOf(cny * share, days * share, scale) > weightOf(known.cny, known.days, scale))
        found.set(address, { figure, address, cny: Math.abs(cny * share), days: Math.abs(days * share), role, chain: number });
    }
  });
  return [...found.values()].sort(
    (a, b) => weightOf(b.cny, b.days, scale) - weightOf(a.cny, a.days, scale) || (a.address < b.address ? -1 : 1),
  );
}

/** Least cost and least time of an option. */
export interface Ends {
  costFen: number;
  arrival: number;
}

export function endsOf(comparison: Comparison): Map<Option, Ends> {
  const ends = new Map<Option, Ends>();
  for (const { option, ways } of comparison.families) {
    const known = ends.get(option) ?? { costFen: Number.POSITIVE_INFINITY, arrival: Number.POSITIVE_INFINITY };
    for (const way of ways) {
      known.costFen = Math.min(known.costFen, way.costFen);
      known.arrival = Math.min(known.arrival, way.arrival);
    }
    ends.set(option, known);
  }
  return ends;
}

/** What a figure at the ends of its range makes of one option, found by solving again: change of its least cost (CNY) and of its least time (days). */
export interface OptionInfluence {
  option: Option;
  low: { cny: number; days: number };
  high: { cny: number; days: number };
}

export interface Influence {
  options: OptionInfluence[];
  /** Share of cost plus share of time that the range moves in the option where it moves most. */
  weight: number;
}

/**
 * The influence of a figure, exactly: from all options solved as they are, with the figure at its low end and with it at its high end. An option that is
 * missing at an end counts as unchanged there.
 */
export function influenceOf(base: Map<Option, Ends>, atLow: Map<Option, Ends>, atHigh: Map<Option, Ends>, scale: Scale): Influence {
  const list: OptionInfluence[] = [];
  let weight = 0;
  for (const [option, now] of base) {
    const difference = (then: Ends | undefined) =>
      then === undefined ? { cny: 0, days: 0 } : { cny: (then.costFen - now.costFen) / 100, days: (then.arrival - now.arrival) / 1440 };
    const [low, high] = [difference(atLow.get(option)), difference(atHigh.get(option))];
    list.push({ option, low, high });
    weight = Math.max(weight, weightOf(high.cny - low.cny, high.days - low.days, scale));
  }
  return { options: list, weight };
}

/** A figure as it stands in the network. */
export interface KnownFigure {
  address: string;
  value: number;
  low: number;
  high: number;
  basis: EvidenceBasis;
}

export function knownFigure(network: Network, figure: FigureIndex): KnownFigure {
  const { values, low, high, basis, address } = network.figures;
  return {
    address: address(figure),
    value: values[figure]!,
    low: low[figure]!,
    high: high[figure]!,
    basis: evidenceBases[basis[figure]!]!,
  };
}
