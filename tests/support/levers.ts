import { readFileSync } from "node:fs";
import type { Scenario } from "../../src/model/index.ts";
import { type NetworkData, compile } from "../../src/network/index.ts";
import { type Option, RouteComparison, buildShipmentGraph } from "../../src/routing/index.ts";
import { resolveShipment, windowOf } from "../../src/scenario/index.ts";

export const baseline = JSON.parse(readFileSync("scenarios/levers/baseline.json", "utf8")) as Scenario;

type Plain = Record<string, unknown>;
const isPlain = (value: unknown): value is Plain => value !== null && typeof value === "object" && !Array.isArray(value);
const isFigure = (value: unknown): boolean => typeof value === "number" || (isPlain(value) && ("value" in value || "use" in value));

/** Name of each member of a list: `id` or `at` where only one has it, or its number. */
function namesOf(list: readonly unknown[]): string[] {
  const own = list.map((member) => (isPlain(member) ? (member["id"] ?? member["at"]) : undefined));
  return own.map((name, i) => (typeof name === "string" && own.filter((other) => other === name).length === 1 ? name : String(i)));
}

/**
 * Paths of all that differs between two values, a figure as a whole; what is the same object is not looked into. The levers' own readings among the
 * sources do not count.
 */
export function differences(before: unknown, after: unknown, path = ""): string[] {
  if (before === after || path === "sources") return [];
  if (isFigure(before) || isFigure(after)) return JSON.stringify(before) === JSON.stringify(after) ? [] : [path];
  const inside = (name: string) => (path === "" ? name : `${path}/${name}`);
  if (Array.isArray(before) && Array.isArray(after) && before.length === after.length) {
    const names = namesOf(before);
    return before.flatMap((member: unknown, i) => differences(member, after[i], inside(names[i]!)));
  }
  const [old, now] = [before ?? {}, after ?? {}];
  if (isPlain(old) && isPlain(now))
    return [...new Set([...Object.keys(old), ...Object.keys(now)])].flatMap((key) => differences(old[key], now[key], inside(key)));
  return JSON.stringify(before) === JSON.stringify(after) ? [] : [path];
}

/** The value at a path as `differences` names them. */
export function valueAt(root: unknown, path: string): unknown {
  return path
    .split("/")
    .reduce<unknown>(
      (here, step) => (Array.isArray(here) ? here[namesOf(here).indexOf(step)] : isPlain(here) ? here[step] : undefined),
      root,
    );
}

/** Whether a path matches a pattern, `*` standing for any letters within a step. */
export function matches(pattern: string, path: string): boolean {
  const [wanted, found] = [pattern.split("/"), path.split("/")];
  return (
    wanted.length === found.length &&
    wanted.every((step, i) => new RegExp(`^${step.replaceAll(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*")}$`).test(found[i]!))
  );
}

export interface Best {
  costCny: number;
  days: number;
  co2eKg: number;
}

/** The least cost, days and CO2e of a shipment of the baseline by one option and corridor; undefined where there is no such way. */
export function bestOf(data: NetworkData, shipment: string, option: Option, corridor: string): Best | undefined {
  const one = baseline.shipments.find((s) => s.id === shipment)!;
  const network = compile(data, windowOf([one]));
  const terms = resolveShipment(network, one, shipment).terms!;
  const family = new RouteComparison(buildShipmentGraph(network, terms))
    .run()
    .families.find((f) => f.option === option && f.corridor === corridor);
  if (family === undefined) return undefined;
  return {
    costCny: Math.min(...family.ways.map((w) => w.costFen)) / 100,
    days: (Math.min(...family.ways.map((w) => w.arrival)) - terms.readyMinute) / 1440,
    co2eKg: Math.min(...family.ways.map((w) => w.grams)) / 1000,
  };
}
