import type { Option, TransportChain } from "../../src/routing/index.ts";
import type { FrontPoint, ShipmentResult } from "../../src/scenario/index.ts";
import type { Measure } from "./address.ts";

export type Win = "cheapest" | "fastest" | "greenest";
export const wins: readonly Win[] = ["cheapest", "fastest", "greenest"];

export interface NamedChain {
  /** Unique in the answer and the same after a reload: the chain's id, numbered where several departures of the first legs share it. */
  key: string;
  option: Option;
  chain: TransportChain;
  /** Best of its option by the order of the answer, which is by cost. */
  isBest: boolean;
  /** What it wins over all options. */
  wins: Win[];
}

/**
 * All chains of an answer in the order of its options. What is cheapest depends on the cost that is shown. A chain that was there `before` with the same name and
 * wins is the same object: what shows it need not be drawn again.
 */
export function namedChains(shipment: ShipmentResult, measure: Measure, before: readonly NamedChain[] = []): NamedChain[] {
  const used = new Map<string, number>();
  const named = shipment.options.flatMap(({ option, chains }) =>
    chains.map((chain, i): NamedChain => {
      const count = (used.get(chain.id) ?? 0) + 1;
      used.set(chain.id, count);
      return { key: count === 1 ? chain.id : `${chain.id}#${count}`, option, chain, isBest: i === 0, wins: [] };
    }),
  );
  const measures: Record<Win, (chain: TransportChain) => number> = {
    cheapest: (c) => costOf(c, measure),
    fastest: (c) => c.time.days,
    greenest: (c) => c.co2eKg,
  };
  for (const win of wins) {
    // For landed cost the engine has named the winner; chains by other departures of their first legs share an id, then it is the best of them.
    const candidates =
      measure === "logistics" && win === "cheapest" ? [...named] : named.filter(({ chain }) => chain.id === shipment.winners[win]);
    candidates.sort((a, b) => measures[win](a.chain) - measures[win](b.chain) || a.chain.cost.cny - b.chain.cost.cny)[0]?.wins.push(win);
  }
  if (before.length === 0) return named;
  const known = new Map(before.map((one) => [one.chain, one]));
  return named.map((one) => {
    const old = known.get(one.chain);
    const isSame = old?.key === one.key && old.isBest === one.isBest && old.wins.join() === one.wins.join();
    return isSame ? old : one;
  });
}

/** The cost a vehicle that is shown. */
export const costOf = (chain: TransportChain, measure: Measure): number =>
  measure === "landed" ? chain.cost.cny : chain.cost.logisticsCny;

/** The chain that a point of the front stands for. */
export function chainOfPoint(chains: readonly NamedChain[], point: FrontPoint): NamedChain | undefined {
  return chains.find(
    ({ chain, option }) =>
      option === point.option &&
      chain.corridor === point.corridor &&
      chain.cost.cny === point.costCny &&
      chain.time.days === point.days &&
      chain.co2eKg === point.co2eKg,
  );
}

/** Best value of each column over the best chains of all options, to be marked. */
export interface Best {
  cost: number;
  days: number;
  co2e: number;
  chance: number;
}

export function bestOf(chains: readonly NamedChain[], measure: Measure): Best {
  const least = (of: (c: TransportChain) => number) => Math.min(...chains.map(({ chain }) => of(chain)));
  return {
    cost: least((c) => costOf(c, measure)),
    days: least((c) => c.time.days),
    co2e: least((c) => c.co2eKg),
    chance: -least((c) => -(c.due?.onTimeChance ?? 0)),
  };
}
