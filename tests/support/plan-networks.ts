import type { Commodity, EventGraph, PlanProblem, Resource } from "../../src/planning/index.ts";

/** Arcs in any order become an event graph; nodes must be numbered so that every arc leads to a higher one. */
export function graphOf(
  nodeCount: number,
  arcs: { from: number; to: number; costCny: number; uses?: [resource: number, amount: number][] }[],
): EventGraph {
  const sorted = arcs.map((arc, order) => ({ ...arc, order })).sort((a, b) => a.from - b.from || a.order - b.order);
  const firstArc = new Int32Array(nodeCount + 1);
  for (const { from } of sorted) firstArc[from + 1]!++;
  for (let node = 0; node < nodeCount; node++) firstArc[node + 1]! += firstArc[node]!;
  const firstUse = new Int32Array(sorted.length + 1);
  for (const [i, { uses = [] }] of sorted.entries()) firstUse[i + 1] = firstUse[i]! + uses.length;
  const uses = sorted.flatMap((arc) => arc.uses ?? []);
  return {
    nodeCount,
    firstArc,
    head: Int32Array.from(sorted, ({ to }) => to),
    costCny: Float64Array.from(sorted, ({ costCny }) => costCny),
    firstUse,
    useOf: Int32Array.from(uses, ([resource]) => resource),
    useAmount: Float64Array.from(uses, ([, amount]) => amount),
  };
}

export interface Size {
  places: number;
  services: number;
  weeks: number;
  /** Pairs of origin and destination, each with a demand every week. */
  pairs: number;
  /** Slots offered for each slot that the demand would take if there were no limits, on average: the less, the tighter. */
  slack: number;
  seed: number;
}

/**
 * A synthetic year of freight: places in ten layers, services one to three layers ahead that leave every week with 0 to 3 weeks under way, waiting for a
 * charge, and a demand every week for each pair. All costs are whole CNY, all slots and demands whole vehicles.
 */
export function weeklyNetwork({ places, services, weeks, pairs, slack, seed }: Size): PlanProblem {
  const random = randomFrom(seed);
  const pick = (count: number): number => Math.floor(random() * count);
  const layers = 10;
  const width = Math.floor(places / layers);
  const layerOf = (place: number): number => Math.min(layers - 1, Math.floor(place / width));
  const firstOf = (layer: number): number => layer * width;
  const lines = Array.from({ length: services }, (_, i) => {
    // Every place has a way on before services are drawn freely.
    const from = i < firstOf(layers - 1) ? i : pick(firstOf(layers - 1));
    const layer = Math.min(layers - 1, layerOf(from) + 1 + pick(3));
    const to = firstOf(layer) + pick(layer === layers - 1 ? places - firstOf(layer) : width);
    const underWay = pick(4);
    return { from, to, underWay, costCny: 400 + pick(2000) + 200 * (3 - underWay), weight: 0.5 + random() };
  });
  const linesFrom: number[][] = Array.from({ length: places }, () => []);
  for (const [i, { from }] of lines.entries()) linesFrom[from]!.push(i);
  const asked: { from: number; to: number; quantity: number }[] = [];
  while (asked.length < pairs) {
    // Wherever a walk over services ends up can be reached.
    const from = pick(2 * width);
    let to = from;
    while (layerOf(to) < layers - 2 || (layerOf(to) < layers - 1 && random() < 0.5)) {
      const on = linesFrom[to]!;
      to = lines[on[pick(on.length)]!]!.to;
    }
    asked.push({ from, to, quantity: 20 + pick(180) });
  }
  // Slots follow what the cheapest ways without limits would take, half own, half average, so that both trunk and alternatives can fill up.
  const wish = new Float64Array(services);
  for (const { from, to, quantity } of asked) {
    const cost = new Float64Array(places).fill(Infinity);
    const next = new Int32Array(places).fill(-1);
    cost[to] = 0;
    for (let place = to - 1; place >= from; place--) {
      for (const i of linesFrom[place]!) {
        const line = lines[i]!;
        if (line.costCny + cost[line.to]! >= cost[place]!) continue;
        cost[place] = line.costCny + cost[line.to]!;
        next[place] = i;
      }
    }
    for (let place = from; place !== to; place = lines[next[place]!]!.to) wish[next[place]!]! += quantity;
  }
  const average = wish.reduce((sum, each) => sum + each, 0) / services;
  const resources: Resource[] = [];
  const arcs: Parameters<typeof graphOf>[1] = [];
  const at = (place: number, week: number): number => week * places + place;
  for (let week = 0; week < weeks; week++) {
    for (const [i, { from, to, underWay, costCny, weight }] of lines.entries()) {
      if (week + underWay >= weeks) continue;
      arcs.push({ from: at(from, week), to: at(to, week + underWay), costCny, uses: [[resources.length, 1]] });
      resources.push({ id: `s${i}w${week}`, capacity: Math.max(1, Math.round(slack * weight * (wish[i]! + average) * 0.5)) });
    }
    if (week + 1 < weeks)
      for (let place = 0; place < places; place++) arcs.push({ from: at(place, week), to: at(place, week + 1), costCny: 60 });
  }
  const sinks = [...new Set(asked.map(({ to }) => to))].sort((a, b) => a - b);
  const sinkOf = new Map(sinks.map((place, i) => [place, weeks * places + i]));
  for (const [place, sink] of sinkOf) for (let week = 0; week < weeks; week++) arcs.push({ from: at(place, week), to: sink, costCny: 0 });
  const commodities: Commodity[] = asked.flatMap(({ from, to, quantity }, pair) =>
    Array.from({ length: weeks }, (_, week) => ({
      id: `p${pair}w${week}`,
      graph: 0,
      source: at(from, week),
      sink: sinkOf.get(to)!,
      quantity: Math.max(1, Math.round(quantity * (0.6 + 0.8 * random()))),
      unservedCny: 20_000,
    })),
  );
  return { graphs: [graphOf(weeks * places + sinks.length, arcs)], commodities, resources, investments: [] };
}

/** Same numbers on every machine (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
