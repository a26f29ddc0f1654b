import type { MultiPolygon } from "geojson";
import type { VNode } from "preact";
import { describe } from "vitest";
import { flowMap } from "../../web/charts/flow-map.tsx";
import { gaugeChart } from "../../web/charts/gauge.tsx";
import { heatChart } from "../../web/charts/heat.tsx";
import { heatLayout } from "../../web/charts/heat-layout.ts";
import { rankingBar } from "../../web/charts/ranking.tsx";
import { sankeyChart } from "../../web/charts/sankey.tsx";
import { sankeyLayout } from "../../web/charts/sankey-layout.ts";
import { fitProjection } from "../../web/map/projection.ts";
import { type SankeyEnd, mapFlows, sankeyFlows } from "../../web/state/plan-select.ts";
import { fixedPlan } from "./fixed-plan.ts";
import { testStoredPictures } from "../support/stored-svg.ts";

/*
 * The charts of the capacity page from fixed data, compared with the pictures stored in `capacity-pictures/`. A change that is meant: `YUCHE_PICTURES=write npx vitest
 * run tests/web/capacity-pictures.test.ts`, then look at the difference.
 */
const all = { weeks: undefined, corridor: "" };
const at: Record<string, [number, number]> = { P1: [106, 30], B1: [82, 45], RU: [38, 56], S1: [122, 31], BE: [3, 51] };

const heat = (width: number) =>
  heatChart(
    heatLayout({
      rows: fixedPlan.corridors.map(({ id, used, capacity }) => ({
        id,
        name: id,
        cells: used.map((amount, week) => ({ used: amount, capacity: capacity[week]! })),
      })),
      demand: fixedPlan.demand,
      carried: fixedPlan.carried,
      from: fixedPlan.from,
      width,
    }),
    { brush: [3, 6], read: { row: 1, week: 5 }, chosen: "yangtze" },
    { label: "Heat", demand: "Ready", month: (day) => day.slice(0, 7), vehicles: String },
  );

const sankey = (end: SankeyEnd, width: number) =>
  sankeyChart(sankeyLayout({ flows: sankeyFlows(fixedPlan, all, end), columns: 3, width, last: ["by left", "to left"] }), "by yangtze", {
    label: "Sankey",
    columns: ["Plant", "Corridor", end],
    name: (node) => node.id,
    vehicles: String,
    tint: (id) => (id === "by left" ? "tint-left" : "tint-0"),
  });

const land: MultiPolygon = {
  type: "MultiPolygon",
  coordinates: [
    [
      [
        [0, 40],
        [0, 60],
        [120, 60],
        [120, 20],
        [0, 40],
      ],
    ],
  ],
};
const map = (weeks: readonly [number, number] | undefined) =>
  flowMap({
    ...mapFlows(fixedPlan, { weeks, corridor: "" }, (id) => at[id]),
    land,
    projection: fitProjection(
      Object.values(fixedPlan.runs).map(({ line }) => line),
      480,
      300,
      { left: 30, right: 60, top: 30, bottom: 30 },
    ),
    width: 480,
    height: 300,
    pan: { k: 1, x: 0, y: 0 },
    label: "Flows",
    name: (id) => id,
  });

const pictures: Record<string, () => VNode> = {
  "heat-wide": () => heat(900),
  "heat-phone": () => heat(340),
  "sankey-market": () => sankey("market", 600),
  "sankey-option": () => sankey("option", 340),
  "flows-all": () => map(undefined),
  "flows-weeks": () => map([0, 1]),
  "gauge-short": () => gaugeChart({ label: "Gauge", value: 760, target: 820, within: 900, before: 700 }),
  "gauge-reached": () => gaugeChart({ label: "Gauge", value: 900, target: 820 }),
  ranking: () => rankingBar({ value: 30, most: 120, part: 10, label: "Worth" }),
};

describe("stored pictures of the capacity page", () => testStoredPictures(new URL("capacity-pictures/", import.meta.url), pictures));
