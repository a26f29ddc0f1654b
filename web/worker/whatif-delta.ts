/**
 * What changed between two values as structured clones carry them: `is` replaces, `at` changes members. Sent instead of a whole answer while a slider is
 * dragged: a few kilobytes for a few hundred.
 */
export type Delta = { is: unknown } | { at: Record<string, Delta>; without?: string[]; length?: number };

type Members = Record<string, unknown>;
const isMembers = (value: unknown): value is Members => value !== null && typeof value === "object";

/** Sets a member of its own even where the name is `__proto__`: names of members may come from files. */
function put(target: Members, key: string, value: unknown): void {
  if (key === "__proto__") Object.defineProperty(target, key, { value, writable: true, enumerable: true, configurable: true });
  else target[key] = value;
}

function changesOfList(before: readonly unknown[], after: readonly unknown[]): Delta | undefined {
  let at: Record<string, Delta> | undefined;
  for (let i = 0; i < after.length; i++) {
    const change = i < before.length ? deltaOf(before[i], after[i]) : { is: after[i] };
    if (change !== undefined) (at ??= {})[i] = change;
  }
  if (before.length !== after.length) return { at: at ?? {}, length: after.length };
  return at === undefined ? undefined : { at };
}

/** The change from one value to another; undefined for none. O(size of both), but for parts that are the very same object. */
export function deltaOf(before: unknown, after: unknown): Delta | undefined {
  if (Object.is(before, after)) return undefined;
  if (!isMembers(before) || !isMembers(after)) return { is: after };
  if (Array.isArray(after)) return Array.isArray(before) ? changesOfList(before, after) : { is: after };
  if (Array.isArray(before)) return { is: after };
  let at: Record<string, Delta> | undefined;
  let common = 0;
  for (const key in after) {
    const isKnown = Object.hasOwn(before, key);
    if (isKnown) common++;
    const change = isKnown ? deltaOf(before[key], after[key]) : { is: after[key] };
    if (change !== undefined) put((at ??= {}), key, change);
  }
  const names = Object.keys(before);
  if (names.length > common) return { at: at ?? {}, without: names.filter((key) => !Object.hasOwn(after, key)) };
  return at === undefined ? undefined : { at };
}

/** The value after a change. What did not change is the same object as before, so that pictures of it need not be drawn again. */
export function applyDelta(before: unknown, delta: Delta | undefined): unknown {
  if (delta === undefined) return before;
  if ("is" in delta) return delta.is;
  const copy = (Array.isArray(before) ? [...(before as unknown[])] : { ...(before as Members) }) as Members;
  for (const key of delta.without ?? []) delete copy[key];
  for (const key in delta.at) put(copy, key, applyDelta(copy[key], delta.at[key]));
  if (delta.length !== undefined) (copy as unknown as unknown[]).length = delta.length;
  return copy;
}
