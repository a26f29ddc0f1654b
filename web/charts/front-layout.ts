import { type ScaleLinear, extent, scaleLinear, scaleSqrt } from "d3";
import type { FrontPoint, ShipmentResult } from "../../src/scenario/index.ts";
import type { Measure } from "../state/address.ts";
import { type NamedChain, chainOfPoint, costOf } from "../state/chains.ts";
import type { Limit, Limits } from "../state/limits.ts";
import type { Box } from "./labels.ts";

export interface FrontMark {
  key: string;
  point: FrontPoint;
  named: NamedChain | undefined;
  /** Shown cost, CNY a vehicle. */
  cny: number;
  x: number;
  y: number;
  /** Area of the mark in square pixels. */
  area: number;
}

export interface FrontLayout {
  width: number;
  height: number;
  plot: { left: number; top: number; right: number; bottom: number };
  marks: FrontMark[];
  /** Corners of the staircase: least cost within so many days. */
  stairs: [number, number][];
  xTicks: { at: number; value: number }[];
  yTicks: { at: number; value: number }[];
  due: number | undefined;
  /** Pixels of a number of days and of a cost, and back. */
  x: ScaleLinear<number, number>;
  y: ScaleLinear<number, number>;
}

/** Members that no other beats in both days and cost, by days. */
export function cheapestWithin<T extends { days: number; cny: number }>(points: readonly T[]): T[] {
  const sorted = points.toSorted((a, b) => a.days - b.days || a.cny - b.cny);
  const kept: T[] = [];
  for (const point of sorted) if (kept.length === 0 || point.cny < kept.at(-1)!.cny) kept.push(point);
  return kept;
}

const padded = ([low, high]: [number, number], share: number): [number, number] => {
  const pad = Math.max((high - low) * share, Math.abs(high) * 0.01, 0.5);
  return [low - pad, high + pad];
};

/** Where everything of the cost–time chart stands, in pixels. */
export function frontLayout(
  shipment: ShipmentResult,
  chains: readonly NamedChain[],
  measure: Measure,
  width: number,
  height: number,
): FrontLayout {
  const plot = { left: 62, top: 14, right: width - 14, bottom: height - 44 };
  const found = shipment.points.map((point) => {
    const named = chainOfPoint(chains, point);
    return { point, named, days: point.days, cny: named === undefined ? point.costCny : costOf(named.chain, measure) };
  });
  const first = chains[0]?.chain;
  const dueDays = first?.due === undefined ? undefined : first.time.days + first.due.slackDays;
  const span = (of: (p: (typeof found)[number]) => number): [number, number] => {
    const [low, high] = extent(found, of);
    return [low ?? 0, high ?? 1];
  };
  const days = span((p) => p.days);
  const inReach = dueDays !== undefined && dueDays > days[0] - 5 && dueDays < days[1] + 25;
  const x = scaleLinear(padded(inReach ? [Math.min(days[0], dueDays), Math.max(days[1], dueDays)] : days, 0.05), [plot.left, plot.right]);
  const y = scaleLinear(
    padded(
      span((p) => p.cny),
      0.08,
    ),
    [plot.bottom, plot.top],
  ).nice(5);
  const area = scaleSqrt(
    span((p) => p.point.co2eKg),
    [60, 190],
  );
  const stairs: [number, number][] = [];
  for (const point of cheapestWithin(found)) {
    const last = stairs.at(-1);
    if (last !== undefined) stairs.push([x(point.days), last[1]]);
    stairs.push([x(point.days), y(point.cny)]);
  }
  const end = stairs.at(-1);
  if (end !== undefined) stairs.push([plot.right, end[1]]);
  return {
    width,
    height,
    plot,
    // The greatest marks first, so that no mark is hidden under another.
    marks: found
      .map((f, i) => ({
        key: f.named?.key ?? `point-${i}`,
        point: f.point,
        named: f.named,
        cny: f.cny,
        x: x(f.days),
        y: y(f.cny),
        area: area(f.point.co2eKg),
      }))
      .sort((a, b) => Number(a.point.onFront) - Number(b.point.onFront) || b.area - a.area),
    stairs,
    xTicks: x.ticks(Math.max(3, Math.floor(width / 90))).map((value) => ({ at: x(value), value })),
    yTicks: y.ticks(5).map((value) => ({ at: y(value), value })),
    due: inReach ? x(dueDays) : undefined,
    x,
    y,
  };
}

/** The mark nearest to a place in the chart, within reach. */
export function markAt(layout: FrontLayout, x: number, y: number, reach = 26): FrontMark | undefined {
  let best: FrontMark | undefined;
  let least = reach * reach;
  for (const mark of layout.marks) {
    const distance = (mark.x - x) ** 2 + (mark.y - y) ** 2;
    if (distance <= least) {
      least = distance;
      best = mark;
    }
  }
  return best;
}

const isLimited = ({ least, most }: Limit) => least !== undefined || most !== undefined;
const clamp = (value: number, [a, b]: [number, number]) => Math.min(Math.max(value, Math.min(a, b)), Math.max(a, b));

/** The limits as a rectangle in the chart; undefined without limits. */
export function brushBox({ plot, x, y }: FrontLayout, { days, cny }: Limits): Box | undefined {
  if (!isLimited(days) && !isLimited(cny)) return undefined;
  const along = (value: number | undefined, otherwise: number) =>
    value === undefined ? otherwise : clamp(x(value), [plot.left, plot.right]);
  const up = (value: number | undefined, otherwise: number) => (value === undefined ? otherwise : clamp(y(value), [plot.top, plot.bottom]));
  return {
    left: along(days.least, plot.left),
    right: along(days.most, plot.right),
    top: up(cny.most, plot.top),
    bottom: up(cny.least, plot.bottom),
  };
}

/** The limits that a rectangle drawn between two points stands for: days to a tenth, cost to ten yuan. */
export function limitsOf({ plot, x, y }: FrontLayout, from: [number, number], to: [number, number]): Limits {
  const days = [from[0], to[0]].map((at) => x.invert(clamp(at, [plot.left, plot.right])));
  const cny = [from[1], to[1]].map((at) => y.invert(clamp(at, [plot.top, plot.bottom])));
  const round = (value: number, step: number) => Math.max(0, Number((Math.round(value / step) * step).toFixed(1)));
  return {
    days: { least: round(Math.min(...days), 0.1), most: round(Math.max(...days), 0.1) },
    cny: { least: round(Math.min(...cny), 10), most: round(Math.max(...cny), 10) },
  };
}
