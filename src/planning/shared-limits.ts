import { dataId, figureValue, matchesCargo, matcher, rideFrom, wheels } from "../network/index.ts";
import type { ShipmentGraph } from "../routing/index.ts";
import { type CapacityBook, type SlotUnit, type Use, amountOf } from "./capacity.ts";

/** Units of a pool that a ride takes along. */
interface PoolUse {
  pool: number;
  amount: number;
  /** Last stop to which the unit goes, in the service's list. */
  last: number;
  /** Minutes tied up = minutes of the ride x `factor` + `fixed`. */
  factor: number;
  fixed: number;
}

/** A gate on the way of a ride. */
interface GateUse {
  gate: number;
  amount: number;
  stop: number;
}

/** What the rides of an arc share with those of other services, a vehicle. */
export interface RideLimits {
  pools: PoolUse[];
  gates: GateUse[];
}

const none: RideLimits = { pools: [], gates: [] };
const nothing: readonly never[] = [];

interface ServiceShares {
  pools: number[];
  gates: { gate: number; stop: number }[];
}

/** Pools, gates and yards of a network by service and place; worked out once a book. */
interface Index {
  services: (ServiceShares | undefined)[];
  /** Yards by location. */
  yards: number[][];
}

const indices = new WeakMap<CapacityBook, Index>();

function indexOf(book: CapacityBook): Index {
  const known = indices.get(book);
  if (known !== undefined) return known;
  const { network } = book;
  const { data } = network;
  const isIn = data.pools.map(({ services }) => {
    const matchers = services.map(matcher);
    return (id: string) => matchers.some((isMatch) => isMatch(id));
  });
  const index: Index = {
    services: network.services.map((service) => {
      const pools = data.pools.flatMap((_, p) => (isIn[p]!(dataId(service.id)) ? [p] : []));
      const gates = service.stops.flatMap((stop, i) =>
        data.gates.flatMap((gate, g) =>
          stop.pass !== undefined && gate.at === stop.at && (gate.classes === undefined || gate.classes.includes(stop.pass))
            ? [{ gate: g, stop: i }]
            : [],
        ),
      );
      return pools.length + gates.length === 0 ? undefined : { pools, gates };
    }),
    yards: network.locationIds.map((id) => data.yards.flatMap((yard, y) => (yard.at.includes(id) ? [y] : []))),
  };
  indices.set(book, index);
  return index;
}

/** Pools and gates that a leg of the shipment graph takes part in; nothing where its vehicles have no such unit. */
export function rideLimits(book: CapacityBook, graph: ShipmentGraph, arc: number): RideLimits {
  const { network } = book;
  const { data } = network;
  const leg = graph.ref[arc]!;
  const service = network.legService[leg]!;
  const shares = indexOf(book).services[service];
  if (shares === undefined) return none;
  const { load } = graph.terms;
  const form = graph.nodeForm[graph.tail[arc]!]!;
  const [from, to] = [network.legFrom[leg]!, network.legTo[leg]!];
  const { stops, slots } = network.services[service]!;
  const amount = (unit: SlotUnit) => {
    const share = amountOf(load, form, unit);
    return Number.isNaN(share) ? 0 : share;
  };
  const pools = shares.pools.flatMap((p): PoolUse[] => {
    const { kind, when, countries, returnPercent, turnaroundHours } = data.pools[p]!;
    if (!matchesCargo(when, load.cargo)) return [];
    let last = to;
    if (countries !== undefined) {
      const isIn = (stop: number) => countries.includes(network.country[network.locationIndex.get(stops[stop]!.at)!]!);
      while (last > from && !isIn(last)) last--;
    }
    const own = amount(kind);
    if (last === from || own === 0) return [];
    const back = returnPercent === undefined ? 100 : figureValue(data, returnPercent);
    const fixed = turnaroundHours === undefined ? 0 : Math.round(figureValue(data, turnaroundHours) * 60);
    return [{ pool: p, amount: own, last, factor: 1 + back / 100, fixed }];
  });
  const gates = shares.gates.flatMap(({ gate, stop }): GateUse[] => {
    if (stop <= from || stop >= to) return [];
    const { unit } = data.gates[gate]!;
    const room = slots === undefined ? 0 : figureValue(data, slots);
    const own = unit !== "departure" ? amount(unit) : room > 0 ? amount(book.unit(service)) / room : 0;
    return own === 0 ? [] : [{ gate, amount: own, stop }];
  });
  return { pools, gates };
}

/** What a dated ride uses; `arrive`: minute at each of the service's stops. */
export function rideUses(
  book: CapacityBook,
  { pools, gates }: RideLimits,
  depart: number,
  arrive: (stop: number) => number,
): readonly Use[] {
  if (pools.length + gates.length === 0) return nothing;
  return [
    ...pools.flatMap(({ pool, amount, last, factor, fixed }) =>
      book.during("pool", pool, depart, depart + Math.round((arrive(last) - depart) * factor) + fixed, amount),
    ),
    ...gates.map(({ gate, amount, stop }) => ({ resource: book.gate(gate, arrive(stop)), amount })),
  ];
}

/** What a leg on call uses that leaves at a minute: kinds, minutes from then on and for how long. */
export function callsOfRide(
  book: CapacityBook,
  { pools, gates }: RideLimits,
  leg: number,
  depart: number,
): readonly { kind: "pool" | "gate"; index: number; after: number; minutes: number; amount: number }[] {
  if (pools.length + gates.length === 0) return nothing;
  const arrive = (stop: number) => rideFrom(book.network, leg, depart, stop);
  return [
    ...pools.map(({ pool, amount, last, factor, fixed }) => ({
      kind: "pool" as const,
      index: pool,
      after: 0,
      minutes: Math.round((arrive(last) - depart) * factor) + fixed,
      amount,
    })),
    ...gates.map(({ gate, amount, stop }) => ({ kind: "gate" as const, index: gate, after: arrive(stop) - depart, minutes: 0, amount })),
  ];
}

/** Room that a vehicle takes in the yard of a node of the shipment graph from one minute to another; nothing unless it stands on its wheels. */
export function standingUses(book: CapacityBook, graph: ShipmentGraph, node: number, from: number, until: number): readonly Use[] {
  if (until <= from || graph.nodeForm[node] !== wheels || book.network.data.yards.length === 0) return nothing;
  const yards = indexOf(book).yards[graph.nodeLocation[node]!]!;
  return yards.length === 0 ? nothing : yards.flatMap((yard) => book.during("yard", yard, from, until, 1));
}
