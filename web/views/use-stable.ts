import { useRef } from "preact/hooks";
import { deltaOf } from "../worker/whatif-delta.ts";

/** The list given before as long as the new one has the very same members in the same order: cheaper than `useStable`, for members that keep their identity. */
export function useSameList<T>(list: readonly T[]): readonly T[] {
  const held = useRef(list);
  const { current } = held;
  if (current.length !== list.length || current.some((member, i) => member !== list[i])) held.current = list;
  return held.current;
}

/** The value given before as long as the new one is the same in content: what is drawn from it need not be drawn again while numbers elsewhere move. */
export function useStable<T>(value: T): T {
  const held = useRef(value);
  if (deltaOf(held.current, value) !== undefined) held.current = value;
  return held.current;
}
