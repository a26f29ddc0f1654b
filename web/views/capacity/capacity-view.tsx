import type { VNode } from "preact";
import { useWords } from "../context.ts";

export function CapacityView(): VNode {
  const { m } = useWords();
  return <h2>{m.pages.capacity}</h2>;
}
