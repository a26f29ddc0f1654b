import type { ComponentChild, VNode } from "preact";

const isVNode = (child: ComponentChild): child is VNode => child !== null && typeof child === "object" && "type" in child;

const escape = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");

/** The markup of a picture: charts are pure, so a tree walk is all it takes to see what they draw. */
export function markup(child: ComponentChild | ComponentChild[]): string {
  if (Array.isArray(child)) return child.map(markup).join("");
  if (child === null || child === undefined || typeof child === "boolean") return "";
  if (!isVNode(child)) return escape(String(child));
  const { type, props } = child as VNode<Record<string, unknown>>;
  if (typeof type === "function") throw new Error("a chart draws elements only");
  const { children, ...attributes } = props;
  const inner = markup((children ?? null) as ComponentChild);
  // Without a type: a fragment.
  if (type === "" || type === undefined) return inner;
  const written = Object.entries(attributes)
    .filter(([key, value]) => key !== "key" && value !== undefined && value !== false)
    .map(([key, value]) => ` ${key}="${escape(String(value))}"`);
  return `<${type}${written.join("")}>${inner}</${type}>`;
}

/** Values of an attribute over all elements that have it. */
export function attributes(text: string, element: string, name: string): string[] {
  return [...text.matchAll(new RegExp(`<${element}\\b[^>]*\\s${name}="([^"]*)"`, "g"))].map((match) => match[1]!);
}
