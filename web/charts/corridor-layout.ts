import { scaleLinear } from "d3";
import type { CostLine } from "../../src/model/index.ts";
import type { ChainElement, CostItem, LegElement, TransportChain } from "../../src/routing/index.ts";
import type { Axis, Measure } from "../state/address.ts";
import { type NamedChain, costOf } from "../state/chains.ts";
import { type Span, readyMinute, spansOf } from "./journey.ts";
import { type Box, type LabelRequest, type PlacedLabel, placeLabels } from "./labels.ts";

/** A corner of a chain's line: how far, when, and what it has cost a vehicle until then. */
export interface Corner {
  minutes: number;
  km: number;
  cny: number;
  /** The place that is left or reached here: its mark stands on the last corner of a step. */
  place?: string;
  /** `whole`: the last step, of what belongs to the whole chain. */
  role?: "end" | "hub" | "border" | "whole";
}

/** Lines of a leg that are paid where it begins and where it ends; all others grow along the way. */
const atStart: ReadonlySet<CostLine> = new Set(["handling", "stuffing", "storage", "rebate"]);
const atEnd: ReadonlySet<CostLine> = new Set(["import-handling", "clearance", "duty", "fees"]);

const sum = (items: readonly CostItem[], when: (item: CostItem) => boolean = () => true) =>
  items.reduce((total, item) => (when(item) ? total + item.cny : total), 0);

/** Where along a leg its border costs are paid: where it stands longest on the way; at its end if it passes nothing. */
function borderOf(leg: LegElement, spans: readonly Span[]): string | undefined {
  let best: string | undefined;
  let longest = 0;
  for (const id of leg.via) {
    const minutes = spans.reduce((total, span) => (span.kind !== "move" && span.at === id ? total + span.to - span.from : total), 0);
    if (minutes > longest) {
      longest = minutes;
      best = id;
    }
  }
  return best;
}

/** Corners of one leg. A place on the way lies as far along as the share of the running time that has passed. */
function legCorners(leg: LegElement, spans: readonly Span[], items: readonly CostItem[], start: Corner): Corner[] {
  const running = spans.reduce((total, span) => (span.kind === "move" ? total + span.to - span.from : total), 0);
  const border = borderOf(leg, spans);
  const borderCny = sum(items, (item) => item.line === "border");
  const startCny = sum(items, (item) => atStart.has(item.line));
  const endCny = sum(items, (item) => atEnd.has(item.line)) + (border === undefined ? borderCny : 0);
  const wayCny = sum(items) - borderCny - startCny - sum(items, (item) => atEnd.has(item.line));
  const corners: Corner[] = [];
  let now = { minutes: start.minutes, km: start.km, cny: start.cny };
  const add = (more: Partial<Corner>) => corners.push({ ...now, ...more });
  let hasLeft = false;
  let passed = "";
  for (const span of spans) {
    if (span.kind === "move") {
      if (!hasLeft) {
        now = { ...now, cny: now.cny + startCny };
        add({});
        hasLeft = true;
      }
      const share = (span.to - span.from) / running;
      now = { minutes: now.minutes + span.to - span.from, km: now.km + leg.distanceKm * share, cny: now.cny + wayCny * share };
      add({});
      passed = span.toPlace ?? "";
      if (passed === border) {
        now = { ...now, cny: now.cny + borderCny };
        add({});
      }
    } else {
      now = { ...now, minutes: now.minutes + span.to - span.from };
      add(hasLeft && span.at === passed && passed !== leg.to ? { place: passed, role: "border" } : {});
    }
  }
  if (running === 0) now = { ...now, km: now.km + leg.distanceKm, cny: now.cny + startCny + wayCny };
  now = { ...now, cny: now.cny + endCny };
  add({ place: leg.to, role: "hub" });
  return corners;
}

const endOf = (element: ChainElement) => (element.kind === "leg" ? element.to : element.at);

/** The line of a chain: cost against time and distance, with a step at every hub and border. Its last corner is the whole cost. */
export function cornersOf(chain: TransportChain, measure: Measure): Corner[] {
  const items = measure === "landed" ? chain.costItems : chain.costItems.filter(({ line }) => line !== "duty" && line !== "fees");
  const spans = spansOf(chain);
  const ready = readyMinute(chain);
  const first = chain.elements[0];
  const corners: Corner[] = [
    { minutes: 0, km: 0, cny: 0, ...(first === undefined ? {} : { place: first.kind === "leg" ? first.from : first.at, role: "end" }) },
  ];
  chain.elements.forEach((element, index) => {
    const now = corners.at(-1)!;
    const own = items.filter((item) => item.element === index);
    const ownSpans = spans.filter((span) => span.element === index);
    if (element.kind === "leg") corners.push(...legCorners(element, ownSpans, own, now));
    else {
      const minutes = (ownSpans.at(-1)?.to ?? ready + now.minutes) - ready;
      const done = { km: now.km, minutes, cny: now.cny + sum(own) };
      corners.push({ ...done, cny: now.cny }, { ...done, place: element.at, role: "hub" });
    }
  });
  const last = corners.at(-1)!;
  const whole = sum(items, (item) => item.element === -1);
  const end = chain.elements.at(-1);
  corners.push({ ...last, cny: last.cny + whole, role: "whole", ...(end === undefined ? {} : { place: endOf(end) }) });
  return corners;
}

export interface Trace {
  named: NamedChain;
  corners: (Corner & { x: number; y: number })[];
}

export interface CorridorLayout {
  width: number;
  height: number;
  plot: Box;
  /** The shown chain last, so that it lies on top. */
  traces: Trace[];
  xTicks: { at: number; value: number }[];
  yTicks: { at: number; value: number }[];
  labels: (PlacedLabel & { role: "place" | "option" })[];
}

export interface CorridorInput {
  shown: NamedChain;
  /** The chains laid over each other. */
  chains: readonly NamedChain[];
  /** All that may be shown: the scales hold them all. */
  all: readonly NamedChain[];
  axis: Axis;
  measure: Measure;
  width: number;
  height: number;
  place: (id: string) => string;
  option: (named: NamedChain) => string;
}

/** Where everything of the time–cost–distance chart stands, in pixels. */
export function corridorLayout(input: CorridorInput): CorridorLayout {
  const { shown, chains, all, axis, measure, width, height } = input;
  const plot = { left: 62, top: 16, right: width - 16, bottom: height - 42 };
  const along = (corner: Corner) => (axis === "days" ? corner.minutes / 1440 : corner.km);
  const furthest = Math.max(1, ...all.map(({ chain }) => (axis === "days" ? chain.time.days : chain.distanceKm)));
  const dearest = Math.max(1, ...all.map(({ chain }) => costOf(chain, measure)));
  const x = scaleLinear([0, furthest * 1.04], [plot.left, plot.right]);
  const y = scaleLinear([0, dearest * 1.06], [plot.bottom, plot.top]);
  const drawn = [...chains.filter((named) => named.key !== shown.key), shown];
  const traces = drawn.map((named): Trace => ({
    named,
    corners: cornersOf(named.chain, measure).map((corner) => ({ ...corner, x: x(along(corner)), y: y(corner.cny) })),
  }));
  return {
    width,
    height,
    plot,
    traces,
    xTicks: x.ticks(Math.max(3, Math.floor(width / 110))).map((value) => ({ at: x(value), value })),
    yTicks: y.ticks(5).map((value) => ({ at: y(value), value })),
    labels: labelsOf(traces, input, plot),
  };
}

/** Names of the shown chain's places, then of the other options at their ends. */
function labelsOf(traces: readonly Trace[], { place, option }: CorridorInput, plot: Box): CorridorLayout["labels"] {
  const shown = traces.at(-1);
  const named = new Map<string, LabelRequest>();
  shown?.corners.forEach((corner, i) => {
    if (corner.place === undefined || corner.role === "whole") return;
    const isEnd = corner.role === "end" || i >= shown.corners.length - 2;
    // By name: a terminal and its town may share one, the later stands.
    named.set(place(corner.place), {
      id: `place ${corner.place}`,
      x: corner.x,
      y: corner.y,
      radius: 4,
      text: place(corner.place),
      fontSize: 12,
      priority: isEnd ? 4 : corner.role === "hub" ? 3 : 2,
    });
  });
  const options = traces.map((trace): LabelRequest => {
    const end = trace.corners.at(-1)!;
    return {
      id: `option ${trace.named.key}`,
      x: end.x,
      y: end.y,
      radius: 5,
      text: option(trace.named),
      fontSize: 12,
      isBold: true,
      priority: 5,
    };
  });
  return placeLabels([...options, ...named.values()], plot).map((label) => ({
    ...label,
    role: label.id.startsWith("place") ? "place" : "option",
  }));
}

/** The place of a chain's line nearest to the pointer, within reach. */
export function cornerAt(layout: CorridorLayout, x: number, y: number, reach = 40): { trace: Trace; corner: number } | undefined {
  let best: { trace: Trace; corner: number } | undefined;
  let least = reach * reach;
  for (const trace of layout.traces) {
    trace.corners.forEach((corner, i) => {
      if (corner.place === undefined) return;
      const distance = (corner.x - x) ** 2 + (corner.y - y) ** 2;
      if (distance <= least) {
        least = distance;
        best = { trace, corner: i };
      }
    });
  }
  return best ?? traceAt(layout, x, y);
}

/** Between the places: the line under the pointer, read at the last place passed. */
function traceAt(layout: CorridorLayout, x: number, y: number): { trace: Trace; corner: number } | undefined {
  let best: { trace: Trace; corner: number } | undefined;
  let least = 24;
  for (const trace of layout.traces) {
    let place = 0;
    for (let i = 1; i < trace.corners.length; i++) {
      const a = trace.corners[i - 1]!;
      const b = trace.corners[i]!;
      if (x >= a.x && x <= b.x) {
        const at = b.x === a.x ? b.y : a.y + ((b.y - a.y) * (x - a.x)) / (b.x - a.x);
        if (Math.abs(at - y) < least) {
          least = Math.abs(at - y);
          best = { trace, corner: place };
        }
      }
      if (b.place !== undefined) place = i;
    }
  }
  return best;
}
