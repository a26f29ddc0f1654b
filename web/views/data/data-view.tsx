import type { VNode } from "preact";
import { useWords } from "../context.ts";

export function DataView(): VNode {
  const { m } = useWords();
  return <h2>{m.pages.data}</h2>;
}
