import type { SankeyFlow } from "../charts/sankey-layout.ts";
import type { FlowPlace, FlowRun } from "../charts/flow-map.tsx";
import type { Both, PlanLeftView, PlanView } from "../worker/plan-view.ts";

/** What is kept of a plan: weeks from 0, and a corridor; undefined and empty for all. */
export interface Kept {
  weeks: readonly [number, number] | undefined;
  corridor: string;
}

/** Ends of the bands. */
export const sankeyEnds = ["market", "option"] as const;
export type SankeyEnd = (typeof sankeyEnds)[number];

/** Middle node of what stays behind, and the end that small ones are joined in. */
export const leftBehind = "left";
export const others = "others";
/** Nodes of one column at most. */
const mostNodes = 14;

const isInWeek = (weeks: Kept["weeks"], week: number): boolean => weeks === undefined || (week >= weeks[0] && week <= weeks[1]);

/** Sum of a series over the weeks kept. */
export const sumIn = (series: readonly number[], weeks: Kept["weeks"]): number =>
  series.reduce((sum, value, week) => sum + (isInWeek(weeks, week) ? value : 0), 0);

export function flowsIn(view: PlanView, { weeks, corridor }: Kept): PlanView["flows"] {
  // A row by mode keeps what goes by that mode somewhere.
  const mode = corridor.startsWith("mode:") ? corridor.slice("mode:".length) : undefined;
  const isKept = (flow: PlanView["flows"][number]) =>
    corridor === "" || (mode === undefined ? flow.corridor === corridor : flow.runs.some((run) => view.runs[run]?.mode === mode));
  return view.flows.filter((flow) => isInWeek(weeks, flow.week) && isKept(flow));
}

const tally = <T>(list: readonly T[], key: (item: T) => string, vehicles: (item: T) => number): Map<string, number> => {
  const sums = new Map<string, number>();
  for (const item of list) sums.set(key(item), (sums.get(key(item)) ?? 0) + vehicles(item));
  return sums;
};

/** The names that are kept: the largest, and all others under one if there are too many. */
function folding(sums: ReadonlyMap<string, number>): (id: string) => string {
  if (sums.size <= mostNodes) return (id) => id;
  const kept = new Set(
    [...sums]
      .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
      .slice(0, mostNodes - 1)
      .map(([id]) => id),
  );
  return (id) => (kept.has(id) ? id : others);
}

/** Plant, corridor, market (or option); what stays behind runs through a node of its own. Prefixes keep a place in two columns apart. */
export function sankeyFlows(view: PlanView, kept: Kept, end: SankeyEnd): SankeyFlow[] {
  const flows = flowsIn(view, kept).map((flow) => ({
    from: flow.plant,
    by: flow.corridor,
    to: end === "market" ? flow.market : flow.option,
    vehicles: flow.vehicles,
  }));
  // What stays behind belongs to no corridor and has no option.
  const left =
    kept.corridor === ""
      ? view.left
          .filter(({ week }) => isInWeek(kept.weeks, week))
          .map(({ plant, market, vehicles }) => ({ from: plant, by: leftBehind, to: end === "market" ? market : leftBehind, vehicles }))
      : [];
  const all = [...flows, ...left];
  const foldEnd = folding(
    tally(
      all,
      (flow) => flow.to,
      (flow) => flow.vehicles,
    ),
  );
  const foldStart = folding(
    tally(
      all,
      (flow) => flow.from,
      (flow) => flow.vehicles,
    ),
  );
  const joined = new Map<string, SankeyFlow>();
  for (const { from, by, to, vehicles } of all) {
    const path = [`from ${foldStart(from)}`, `by ${by}`, `to ${foldEnd(to)}`];
    const key = path.join("\n");
    joined.set(key, { path, vehicles: (joined.get(key)?.vehicles ?? 0) + vehicles });
  }
  return [...joined.values()];
}

/** Vehicles by stretch, and the places they pass. */
export function mapFlows(
  view: PlanView,
  kept: Kept,
  at: (place: string) => [number, number] | undefined,
): { runs: FlowRun[]; places: FlowPlace[] } {
  const onRun = new Map<string, number>();
  const inPlace = new Map<string, number>();
  for (const flow of flowsIn(view, kept)) {
    const passed = new Set<string>();
    for (const key of flow.runs) {
      const run = view.runs[key];
      if (run === undefined) continue;
      onRun.set(key, (onRun.get(key) ?? 0) + flow.vehicles);
      passed.add(run.from).add(run.to);
    }
    for (const place of passed) inPlace.set(place, (inPlace.get(place) ?? 0) + flow.vehicles);
  }
  return {
    runs: [...onRun].map(([key, vehicles]) => ({ key, vehicles, mode: view.runs[key]!.mode, line: view.runs[key]!.line })),
    places: [...inPlace].flatMap(([id, vehicles]) => {
      const position = at(id);
      return position === undefined ? [] : [{ id, at: position, vehicles }];
    }),
  };
}

/** What stays behind by market, cargo and reason: a year of weeks would fill the page. */
export interface LeftRow {
  plants: string[];
  market: string;
  cargo: string;
  vehicles: number;
  weeks: number[];
  reason: PlanLeftView["reason"];
  limits: Both[];
}

export function leftRows(view: PlanView, weeks: Kept["weeks"]): LeftRow[] {
  const rows = new Map<string, LeftRow>();
  for (const one of view.left) {
    if (!isInWeek(weeks, one.week)) continue;
    const key = [one.market, one.cargo, one.reason].join("\n");
    const row = rows.get(key) ?? {
      plants: [],
      market: one.market,
      cargo: one.cargo,
      vehicles: 0,
      weeks: [],
      reason: one.reason,
      limits: [],
    };
    row.vehicles += one.vehicles;
    if (!row.weeks.includes(one.week)) row.weeks.push(one.week);
    if (!row.plants.includes(one.plant)) row.plants.push(one.plant);
    for (const limit of one.limits) if (!row.limits.some((known) => known.en === limit.en)) row.limits.push(limit);
    rows.set(key, row);
  }
  return [...rows.values()].sort((a, b) => b.vehicles - a.vehicles || (a.market + a.cargo < b.market + b.cargo ? -1 : 1));
}

/** Bottlenecks that bind in the weeks kept, those worth most first. */
export const bottlenecksIn = (view: PlanView, weeks: Kept["weeks"]): PlanView["bottlenecks"] =>
  view.bottlenecks.filter((one) => one.weeks.length === 0 || one.weeks.some((week) => isInWeek(weeks, week)));

/** Weeks (from 0) as stretches, first and last: 3–7, 12. */
export function stretchesOf(weeks: readonly number[]): [number, number][] {
  const stretches: [number, number][] = [];
  for (const week of weeks.toSorted((a, b) => a - b)) {
    const last = stretches.at(-1);
    if (last !== undefined && week <= last[1] + 1) last[1] = Math.max(last[1], week);
    else stretches.push([week, week]);
  }
  return stretches;
}
