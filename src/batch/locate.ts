import { type Node, parseTree } from "jsonc-parser";
import type { Problem } from "../model/index.ts";

/** Walks one step down: an object's key, or a list's member by `id`, `at` or number. */
function child(node: Node, step: string): Node | undefined {
  if (node.type === "object") {
    const property = node.children?.find((p) => p.children?.[0]?.value === step);
    return property?.children?.[1];
  }
  if (node.type !== "array") return undefined;
  const named = node.children?.find(
    (member) =>
      member.type === "object" &&
      member.children?.some((p) => (p.children?.[0]?.value === "id" || p.children?.[0]?.value === "at") && p.children?.[1]?.value === step),
  );
  return named ?? (/^\d+$/.test(step) ? node.children?.[Number(step)] : undefined);
}

/** Adds line and column to problems that have only a path: of the place itself, or of the nearest thing around it. */
export function locate(text: string, problems: readonly Problem[]): Problem[] {
  if (problems.every((p) => p.line !== undefined || p.path === "")) return [...problems];
  const content = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  const root = parseTree(content);
  return problems.map((p) => {
    if (p.line !== undefined || root === undefined || p.path === "") return p;
    let here = root;
    // `levers/0/set → …`: what follows the arrow lies in the network, not in this file.
    for (const step of p.path.split(" → ")[0]!.split("/")) {
      const next = child(here, step);
      if (next === undefined) break;
      here = next;
    }
    if (here === root) return p;
    // The key, where there is one, says more than the value.
    const offset = here.parent?.type === "property" ? here.parent.offset : here.offset;
    const before = content.slice(0, offset);
    const line = before.split("\n").length;
    return { ...p, line, column: offset - (before.lastIndexOf("\n") + 1) + 1 };
  });
}
