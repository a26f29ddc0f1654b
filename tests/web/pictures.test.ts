import type { MultiPolygon } from "geojson";
import type { VNode } from "preact";
import { describe } from "vitest";
import { corridorChart } from "../../web/charts/corridor.tsx";
import { corridorLayout } from "../../web/charts/corridor-layout.ts";
import { costAxis, costBar } from "../../web/charts/cost-bar.tsx";
import { costScale } from "../../web/charts/cost-groups.ts";
import { evidenceBar, evidencePatterns } from "../../web/charts/evidence-bar.tsx";
import { frontChart } from "../../web/charts/front.tsx";
import { brushBox, frontLayout } from "../../web/charts/front-layout.ts";
import { timelineChart } from "../../web/charts/timeline.tsx";
import { timelineLayout } from "../../web/charts/timeline-layout.ts";
import { mapPicture } from "../../web/map/picture.tsx";
import { fitProjection } from "../../web/map/projection.ts";
import { sceneOf } from "../../web/map/scene.ts";
import { readLimits } from "../../web/state/limits.ts";
import type { Catalogue } from "../../web/worker/catalogue.ts";
import { type Line, legKey } from "../../web/worker/lines.ts";
import { fixedChains, fixedShipment } from "./fixed-answer.ts";
import { testStoredPictures } from "../support/stored-svg.ts";

/*
 * Every pure chart from fixed data, compared with the picture stored in `pictures/`. A change that is meant: `YUCHE_PICTURES=write npx vitest run
 * tests/web/pictures.test.ts`, then look at the difference.
 */

const shown = fixedChains[0]!;
const chains = fixedChains.map((named) => named.chain);
const best = fixedChains.filter((named) => named.isBest);
const pinned = fixedChains[1]!.key;
const within = new Set([shown.key]);
const upper = (id: string) => id.charAt(0) + id.slice(1).toLowerCase();

const at: Record<string, [number, number]> = {
  PLANT: [106, 30],
  YARD: [106.3, 29.6],
  PORT: [113, 22],
  GAUGE: [82, 45],
  BORDER: [23, 52],
  TOWN: [6, 51],
  QUAY: [3, 51],
};
const catalogue: Catalogue = {
  places: Object.entries(at).map(([id, position]) => ({ id, name: upper(id), aliases: [], kind: "port", country: "", at: position })),
  cargos: [],
  corridors: [],
  rules: [],
};
const lines: Record<string, Line> = Object.fromEntries(
  chains.flatMap(({ elements }) =>
    elements.flatMap((leg) => (leg.kind === "leg" ? [[legKey(leg), [leg.from, ...leg.via, leg.to].map((id) => at[id]!)] as const] : [])),
  ),
);
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

const timeline = (width: number) =>
  timelineChart(
    timelineLayout({
      shown,
      rows: best,
      all: fixedChains,
      width,
      place: upper,
      duration: (span) => (span.to - span.from < 2880 ? "" : `${span.what} ${Math.round((span.to - span.from) / 1440)} d`),
    }),
    { pinned, shown: shown.key, within, row: 0, bar: 3 },
    {
      label: "Schedule",
      due: "due",
      row: (row) => row.named.option,
      arrival: (row) => row.named.chain.time.arrivalDate,
      month: (date) => new Date(date).toISOString().slice(0, 7),
    },
  );

const corridor = (axis: "days" | "distance") =>
  corridorChart(
    corridorLayout({
      shown: fixedChains[1]!,
      chains: best,
      all: fixedChains,
      axis,
      measure: "logistics",
      width: 640,
      height: 320,
      place: upper,
      option: (named) => named.option,
    }),
    { pinned: shown.key, within: undefined, read: { key: fixedChains[1]!.key, corner: 4 } },
    { label: "Corridor", x: axis, cost: String, along: String },
  );

const front = () => {
  const layout = frontLayout(fixedShipment, fixedChains, "landed", 560, 320);
  return frontChart(
    layout,
    shown.key,
    { label: "Front", x: "days", y: "cost", due: "due", option: (option) => option, cost: String, days: String },
    { pinned, within, brush: brushBox(layout, readLimits("30-60_40000-55000")) },
  );
};

const map = (view: "auto" | "eurasia" | "world") =>
  mapPicture({
    scene: sceneOf(shown, fixedChains, lines, catalogue, { pinned, within }),
    land,
    projection: fitProjection(Object.values(lines), 480, 300, { left: 30, right: 60, top: 30, bottom: 30 }, view),
    width: 480,
    height: 300,
    pan: { k: 1, x: 0, y: 0 },
    label: "Map",
    say: (text) => (typeof text === "string" ? text : text.en),
  });

const scale = costScale(chains, "landed");
const pictures: Record<string, () => VNode> = {
  "timeline-wide": () => timeline(880),
  "timeline-phone": () => timeline(340),
  "corridor-days": () => corridor("days"),
  "corridor-distance": () => corridor("distance"),
  front,
  "map-auto": () => map("auto"),
  "map-eurasia": () => map("eurasia"),
  "map-world": () => map("world"),
  "cost-bar-landed": () => costBar({ chain: shown.chain, measure: "landed", scale, label: "Cost", titleOf: (s) => `${s.line} ${s.cny}` }),
  "cost-bar-logistics": () =>
    costBar({ chain: shown.chain, measure: "logistics", scale: costScale(chains, "logistics"), label: "Cost", titleOf: (s) => s.line }),
  "cost-axis": () => costAxis(scale, String),
  "evidence-bar": () => evidenceBar(shown.chain.evidence.cost, "Evidence"),
  "evidence-patterns": evidencePatterns,
};

describe("stored pictures", () => testStoredPictures(new URL("pictures/", import.meta.url), pictures));
