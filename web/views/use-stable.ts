import { useRef } from "preact/hooks";
import { deltaOf } from "../worker/whatif-delta.ts";

/** The value given before as long as the new one is the same in content: what is drawn from it need not be drawn again while numbers elsewhere move. */
export function useStable<T>(value: T): T {
  const held = useRef(value);
  if (deltaOf(held.current, value) !== undefined) held.current = value;
  return held.current;
}
