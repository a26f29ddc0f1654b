/**
 * What changed between two values as structured clones carry them: `is` replaces, `at` changes members. Sent instead of a whole answer while a slider is
 * dragged: a few kilobytes for a few hundred.
 */
export type Delta = { is: unknown } | { at: Record<string, Delta>; without?: string[]; length?: number };

type Members = Record<string, unknown>;
const isMembers = (value: unknown): value is Members => value !== null && typeof value === "object";

/** Sets a member of its own even where the name is `__proto__`: names of members may come from files. */
const put = (target: Members, key: string, value: unknown) =>
  Object.defineProperty(target, key, { value, writable: true, enumerable: true, configurable: true });

/** The change from one value to another; undefined for none. O(size of both). */
export function deltaOf(before: unknown, after: unknown): Delta | undefined {
  if (Object.is(before, after)) return undefined;
  if (!isMembers(before) || !isMembers(after) || Array.isArray(before) !== Array.isArray(after)) return { is: after };
  const at: Record<string, Delta> = {};
  let isChanged = false;
  for (const key in after) {
    const change = Object.hasOwn(before, key) ? deltaOf(before[key], after[key]) : { is: after[key] };
    if (change === undefined) continue;
    put(at, key, change);
    isChanged = true;
  }
  if (Array.isArray(before) && Array.isArray(after))
    return before.length !== after.length ? { at, length: after.length } : isChanged ? { at } : undefined;
  const without = Object.keys(before).filter((key) => !Object.hasOwn(after, key));
  return without.length > 0 ? { at, without } : isChanged ? { at } : undefined;
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
