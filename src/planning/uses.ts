import type { ShipmentGraph } from "../routing/index.ts";
import type { CapacityBook, Use } from "./capacity.ts";

/** Something used on call at a minute: slots of a service on demand, a hub operation at a place, a limit of the plan, units of a pool, a lock or border. */
export interface Call {
  kind: "service" | "operation" | "limit" | "pool" | "gate";
  /** Service, operation, resource, pool or gate. */
  index: number;
  location: number;
  minute: number;
  amount: number;
  /** How long units of a pool are tied up. */
  minutes?: number;
}

const nothing: readonly never[] = [];

/** The resources behind the calls of a transfer that begins at a minute. */
export function usesOfCalls(book: CapacityBook, calls: readonly Call[], begin: number): readonly Use[] {
  if (calls.length === 0) return nothing;
  const uses: Use[] = [];
  for (const { kind, index, location, minute, amount, minutes = 0 } of calls) {
    const at = begin + minute;
    if (kind === "pool") {
      uses.push(...book.during("pool", index, at, at + minutes, amount));
      continue;
    }
    const resource =
      kind === "limit"
        ? index
        : kind === "service"
          ? book.weekly(index, at)
          : kind === "gate"
            ? book.gate(index, at)
            : book.operation(index, location, at);
    if (resource >= 0) uses.push({ resource, amount });
  }
  return merged(uses);
}

/** The same for one transfer begun at many minutes: most of its limits are those of a week, so that the last answer often still holds. */
export function usesAtMinutes(book: CapacityBook, calls: readonly Call[]): (begin: number) => readonly Use[] {
  if (calls.length === 0) return () => nothing;
  if (calls.some(({ kind }) => kind === "pool")) return (begin) => usesOfCalls(book, calls, begin);
  let uses = nothing as readonly Use[];
  let [from, until] = [0, 0];
  return (begin) => {
    if (begin >= from && begin < until) return uses;
    [from, until] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
    for (const { kind, minute } of calls) {
      if (kind === "limit") continue;
      const week = book.weekAround(begin + minute);
      from = Math.max(from, week.from - minute);
      until = Math.min(until, week.until - minute);
    }
    return (uses = usesOfCalls(book, calls, begin));
  };
}

/** Uses of a ride that the plan counts by service: contracts and shares. */
export function limitUses(book: CapacityBook, graph: ShipmentGraph, arc: number, slots: number): readonly Use[] {
  if (book.limits.size === 0) return nothing;
  const service = graph.network.legService[graph.ref[arc]!]!;
  return (book.limits.get(service) ?? [])
    .filter((limit) => !limit.mainOnly || graph.option[arc]! >= 0)
    .map((limit) => ({ resource: limit.resource, amount: limit.factor * (limit.per === "slots" ? slots : 1) }));
}

/** Loading at the minute of departure, unloading at that of arrival: uses of a hub's day on a ride. */
export function handlingUses(book: CapacityBook, graph: ShipmentGraph, arc: number, depart: number, arrival: number): Use[] {
  const uses: Use[] = [];
  const handle = (operation: number, node: number, minute: number) => {
    if (operation < 0) return;
    const resource = book.operation(operation, graph.nodeLocation[node]!, minute);
    if (resource >= 0) uses.push({ resource, amount: 1 });
  };
  handle(graph.loadOperation[arc]!, graph.tail[arc]!, depart);
  handle(graph.unloadOperation[arc]!, graph.head[arc]!, arrival);
  return uses;
}

/** One use for each resource. */
export function merged(uses: readonly Use[]): readonly Use[] {
  if (!hasTwice(uses)) return uses;
  const sums = new Map<number, number>();
  for (const { resource, amount } of uses) sums.set(resource, (sums.get(resource) ?? 0) + amount);
  return [...sums].map(([resource, amount]) => ({ resource, amount }));
}

/** There are a handful of uses: comparing them all is less work than a set. */
function hasTwice(uses: readonly Use[]): boolean {
  for (let i = 1; i < uses.length; i++) for (let j = 0; j < i; j++) if (uses[i]!.resource === uses[j]!.resource) return true;
  return false;
}

/** One use for each resource; most vehicles stand where no yard limits them, so that there is nothing to join. */
export function joined(uses: readonly Use[], more: readonly Use[]): readonly Use[] {
  return more.length === 0 ? uses : uses.length === 0 ? more : merged([...uses, ...more]);
}
