/** How much of a total change each of several changes made, so that the parts add up to it exactly. */

/** Up to so many changes, every order in which they can be made is looked at. */
export const mostExact = 6;

/** Orders in which changes are made one after another, and the states that lie on their way. */
export interface Orders {
  count: number;
  /** Whether these are all orders. */
  isExact: boolean;
  /** Every state on the way of some order: which changes are made in it. The first has none of them made, the last all. */
  states: boolean[][];
  orders: { changes: number[]; states: number[] }[];
}

function permutations(list: readonly number[]): number[][] {
  if (list.length === 0) return [[]];
  return list.flatMap((first) => permutations(list.filter((other) => other !== first)).map((rest) => [first, ...rest]));
}

/** The order as it stands begun at evenly spaced places, each forward and backward: closed under reversal, so that the way back has the same parts with the other sign. */
function rotations(count: number, mostStates: number): number[][] {
  const all = count * (count - 1) + 2 <= mostStates;
  const starts = all ? count : Math.max(1, Math.min(count, Math.floor((mostStates - 2) / (2 * (count - 1)))));
  return Array.from({ length: starts }, (_, r) => {
    const start = Math.floor((r * count) / starts);
    return Array.from({ length: count }, (_unused, i) => (start + i) % count);
  }).flatMap((order) => [order, order.toReversed()]);
}

/** The orders that are looked at for so many changes. `mostStates`: states that they may pass through where there are too many changes for all orders (two orders at least). */
export function makeOrders(count: number, mostStates = 200): Orders {
  const isExact = count <= mostExact;
  const base = Array.from({ length: count }, (_, i) => i);
  const states: boolean[][] = [base.map(() => false)];
  const known = new Map([[states[0]!.join(), 0]]);
  const orders = (isExact ? permutations(base) : rotations(count, mostStates)).map((changes) => {
    const made = base.map(() => false);
    const own = changes.map((change) => {
      made[change] = true;
      const key = made.join();
      let number = known.get(key);
      if (number === undefined) {
        known.set(key, (number = states.length));
        states.push([...made]);
      }
      return number;
    });
    return { changes, states: [0, ...own] };
  });
  return { count, isExact, states, orders };
}

export interface Attribution {
  /** Part of each change, whole units; they add up to the total. */
  parts: number[];
  /** Whether the change moves the value in any of the steps looked at: parts of 0 may have moved it both ways. */
  moves: boolean[];
  /** Orders whose every state has a value; the parts are the mean over these. */
  orders: number;
}

/**
 * Parts of n/d each, made whole so that they add up to `total`: cut towards zero, then what is missing goes one by one to the parts that lost most, the earlier first.
 * The parts of the opposite change are the opposite parts.
 */
export function apportion(numerators: readonly number[], denominator: number, total: number): number[] {
  const parts = numerators.map((n) => Math.trunc(n / denominator) + 0);
  const missing = total - parts.reduce((sum, part) => sum + part, 0);
  const sign = Math.sign(missing);
  const lost = numerators.map((n, i) => ({ i, rest: sign * (n - parts[i]! * denominator) })).sort((a, b) => b.rest - a.rest || a.i - b.i);
  for (const { i } of lost.slice(0, Math.abs(missing))) parts[i]! += sign;
  return parts;
}

/**
 * The mean, over the orders, of what the value changes by when each change is made: the Shapley value where these are all orders. An order that passes
 * through a state without a value is left out; undefined where none remains. Values are whole numbers, one for each of `orders.states`.
 */
export function attribute(orders: Orders, values: readonly (number | undefined)[]): Attribution | undefined {
  const sums = Array.from({ length: orders.count }, () => 0);
  const moves = sums.map(() => false);
  let used = 0;
  for (const { changes, states } of orders.orders) {
    const way = states.map((state) => values[state]);
    if (way.some((value) => value === undefined)) continue;
    used++;
    changes.forEach((change, i) => {
      const step = way[i + 1]! - way[i]!;
      sums[change]! += step;
      if (step !== 0) moves[change] = true;
    });
  }
  if (used === 0) return undefined;
  const last = orders.orders[0]!.states.at(-1)!;
  return { parts: apportion(sums, used, values[last]! - values[0]!), moves, orders: used };
}
