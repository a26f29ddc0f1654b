import type { ShipmentGraph } from "../routing/index.ts";

/** Distinct duty rates that can apply; one where the rate never changes. */
export interface Layers {
  rates: readonly number[];
  /** Layer of each piece of the duty schedule. */
  ofPiece: readonly number[];
}

export function dutyLayers(graph: ShipmentGraph): Layers {
  const rates: number[] = [];
  const ofPiece = graph.duty.pieces.map(({ rate }) => {
    const known = rates.indexOf(rate);
    return known >= 0 ? known : rates.push(rate) - 1;
  });
  return { rates, ofPiece };
}

/** Layers in which a ride can go on: freight abroad is charged with the duty rate of the day of import, which is chosen when the first such freight arises. */
export function layersOf(graph: ShipmentGraph, layers: Layers, arc: number, layer: number, time: number): readonly number[] {
  if (layer >= 0 || graph.dutiable[arc]! === 0) return [layer];
  return layers.rates.flatMap((_, index) =>
    graph.duty.pieces.some((piece, p) => layers.ofPiece[p] === index && piece.until >= time) ? [index] : [],
  );
}
