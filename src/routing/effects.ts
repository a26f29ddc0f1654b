import type { FigureIndex, Network } from "../network/index.ts";
import type { Range } from "./result.ts";

/**
 * Range of a sum whose figures vary independently: each figure's effect over the whole chain is added up first, then effects are combined
 * as root of sum of squares on either side. An amount is proportional to each of its figures.
 */
export function rangeOf(value: number, effects: Iterable<{ low: number; high: number }>): Range {
  let below = 0;
  let above = 0;
  for (const { low, high } of effects) {
    const down = Math.min(low, high, 0);
    const up = Math.max(low, high, 0);
    below += down * down;
    above += up * up;
  }
  return { low: value - Math.sqrt(below), high: value + Math.sqrt(above) };
}

/** What a figure's range does to a sum. */
export interface Effect {
  figure: FigureIndex;
  low: number;
  high: number;
}

/** Per network: where a figure stands in the list being made (-1: nowhere), and which figures describe the cargo. */
const desks = new WeakMap<Network, { place: Int32Array; isCargo: Uint8Array }>();

function deskOf(network: Network): { place: Int32Array; isCargo: Uint8Array } {
  let desk = desks.get(network);
  if (desk === undefined) {
    const { figures } = network;
    desk = {
      place: new Int32Array(figures.count).fill(-1),
      isCargo: Uint8Array.from({ length: figures.count }, (_, i) => Number(figures.address(i).startsWith("cargos/"))),
    };
    desks.set(network, desk);
  }
  return desk;
}

/** Effects of all figures behind some parts, in the order in which they come. */
export function effectsOf<P>(
  network: Network,
  parts: readonly P[],
  figuresOf: (part: P) => readonly FigureIndex[],
  sizeOf: (part: P) => number,
): Effect[] {
  const { values, low, high } = network.figures;
  const { place, isCargo } = deskOf(network);
  const effects: Effect[] = [];
  for (const part of parts) {
    const figures = figuresOf(part);
    const size = sizeOf(part);
    for (let i = 0; i < figures.length; i++) {
      const figure = figures[i]!;
      const value = values[figure]!;
      if (value === 0 || (low[figure] === value && high[figure] === value)) continue;
      // What the shipment is made of is given, not uncertain: its range describes other cars of the kind. Twice in one part counts once.
      if (isCargo[figure] === 1 || figures.indexOf(figure) < i) continue;
      if (place[figure] === -1) place[figure] = effects.push({ figure, low: 0, high: 0 }) - 1;
      const effect = effects[place[figure]!]!;
      effect.low += size * (low[figure]! / value - 1);
      effect.high += size * (high[figure]! / value - 1);
    }
  }
  for (const { figure } of effects) place[figure] = -1;
  return effects;
}
