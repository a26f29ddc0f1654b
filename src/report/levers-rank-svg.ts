import type { Language, Text } from "../model/index.ts";
import type { PlanRankResult } from "../planning/index.ts";
import { type RankResult, rankMeasures } from "../scenario/index.ts";
import { planPanels } from "./levers-rank-plan.ts";
import { rankDecimals, rankMeasureWords } from "./levers-rank-text.ts";
import { signed } from "./numbers.ts";
import { clean, displayWidth } from "./text.ts";

const rowHeight = 24;
const panelWidth = 250;
const panelGap = 28;
const top = 76;

const escapes: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
const safe = (text: string) => clean(text).replaceAll(/[&<>"']/g, (c) => escapes[c]!);
const at = (value: number) => Number(value.toFixed(1));

/** What a lever does to one measure: alone with its range, and what it adds within the bundle. */
interface Bar {
  value: number;
  low: number;
  high: number;
  add: number;
}

interface Panel {
  name: string;
  decimals: number;
  /** Which way is good. */
  good: -1 | 1;
}

interface Picture {
  title: string;
  panels: readonly Panel[];
  /** Levers with a bar for each panel. */
  levers: readonly { title: string; bars: readonly Bar[] }[];
  legend: { zh: string; en: string };
  /** Said of levers that move nothing. */
  idle: (count: number) => { zh: string; en: string };
}

const isStill = ({ value, low, high, add }: Bar) => value === 0 && low === 0 && high === 0 && add === 0;

/** One measure: a bar for each lever alone, a line for its range, a dot for what it adds in the bundle. */
function drawPanel({ name, decimals, good }: Panel, bars: readonly Bar[], left: number): string {
  const values = bars.flatMap(({ low, high, add }) => [low, high, add, 0]);
  const low = Math.min(...values);
  const high = Math.max(...values);
  const span = high - low || 1;
  const x = (value: number) => at(left + ((value - low) / span) * panelWidth);
  const bottom = top + bars.length * rowHeight;
  const ends = [low, high].filter((value) => value !== 0);
  const rows = bars.map((own, i) => {
    const middle = top + i * rowHeight + rowHeight / 2;
    const { value, low: from, high: to, add } = own;
    if (isStill(own)) return "";
    const bar = `<rect class="${value * good >= 0 ? "down" : "up"}" x="${Math.min(x(0), x(value))}" y="${middle - 7}" width="${at(Math.abs(x(value) - x(0)))}" height="14"/>`;
    const whisker =
      from === to ? "" : `<path class="range" d="M${x(from)} ${middle}H${x(to)}M${x(from)} ${middle - 4}v8M${x(to)} ${middle - 4}v8"/>`;
    return `${bar}${whisker}<circle class="dot" cx="${x(add)}" cy="${middle}" r="3.5"/>`;
  });
  return [
    `<text class="head" x="${left}" y="${top - 26}">${safe(name)}</text>`,
    ...ends.map(
      (value) =>
        `<text class="tick" x="${x(value)}" y="${top - 8}" text-anchor="${value === low ? "start" : "end"}">${signed(value, decimals)}</text>`,
    ),
    `<path class="zero" d="M${x(0)} ${top - 4}V${bottom + 4}"/>`,
    ...rows,
  ].join("\n");
}

const titleOf = ({ id, title }: { id: string; title?: Text }, language: Language) =>
  title === undefined ? id : typeof title === "string" ? title : title[language];

/** The ranking of shipments as a picture of its own. */
export function rankSvg(result: RankResult, language: Language): string {
  return draw(
    {
      title: titleOf(result.scenario, language),
      panels: rankMeasures.map((measure) => ({ name: rankMeasureWords[measure][language], decimals: rankDecimals[measure], good: -1 })),
      levers: result.levers.map(({ title, alone, marginal }) => ({
        title: title[language],
        bars: rankMeasures.map((measure) => ({ ...alone[measure], add: marginal[measure] })),
      })),
      legend: {
        zh: "条：单独使用；横线：参数在其范围两端时；点：在组合中的边际作用。负值为节省。",
        en: "Bar: alone. Line: with a parameter at either end of its range. Dot: what it adds within the bundle. Negative is saved.",
      },
      idle: (count) => ({
        zh: `另有 ${count} 项对这些货物没有影响。`,
        en: `${count} more ${count === 1 ? "moves" : "move"} nothing for these shipments.`,
      }),
    },
    language,
  );
}

/** The ranking of a plan's levers as a picture of its own. */
export function planRankSvg(result: PlanRankResult, language: Language): string {
  return draw(
    {
      title: titleOf(result.scenario, language),
      panels: planPanels.map(({ name, decimals, good }) => ({ name: name[language], decimals, good })),
      levers: result.levers.map(({ title, alone, marginal }) => ({
        title: title[language],
        bars: planPanels.map(({ measure, per, step }) => {
          // What would show as nothing is nothing.
          const own = (value: number) => (Math.abs(value) < step ? 0 : value / per);
          const { value, low, high } = alone[measure]!;
          return { value: own(value), low: own(low), high: own(high), add: own(marginal[measure]!) };
        }),
      })),
      legend: {
        zh: `条：单独使用；横线：参数在其范围两端时；点：在组合中的边际作用。时段前 ${result.weeks} 周（共 ${result.of} 周）。`,
        en: `Bar: alone. Line: with a parameter at either end of its range. Dot: what it adds within the bundle. First ${result.weeks} of ${result.of} weeks.`,
      },
      idle: (count) => ({
        zh: `另有 ${count} 项对这份计划没有作用。`,
        en: `${count} more ${count === 1 ? "does" : "do"} nothing for this plan.`,
      }),
    },
    language,
  );
}

/** SVG for light and dark pages, without script or anything from outside. */
function draw({ title, panels, levers: all, legend, idle }: Picture, language: Language): string {
  const levers = all.filter(({ bars }) => !bars.every(isStill));
  const still = all.length - levers.length;
  const label = Math.max(160, ...levers.map((lever) => displayWidth(clean(lever.title)) * 6.9));
  const left = 20 + label + 16;
  const width = at(left + panels.length * (panelWidth + panelGap));
  const foot = top + levers.length * rowHeight + 30;
  const height = foot + 44;
  const rest = still === 0 ? "" : idle(still)[language];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" lang="${language}">
<title>${safe(title)}</title>
<style>
svg { background: #ffffff; font: 13px system-ui, "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif; }
text { fill: #1d2430; } .tick, .note { fill: #5b6675; font-size: 12px; } .head { font-weight: 600; } .name { font-size: 16px; font-weight: 600; }
.down { fill: #2f8f6b; } .up { fill: #c2552d; } .range { stroke: #1d2430; fill: none; } .zero { stroke: #98a2b0; fill: none; }
.dot { fill: #ffffff; stroke: #1d2430; stroke-width: 1.5; } .band { fill: #f3f5f8; }
@media (prefers-color-scheme: dark) {
svg { background: #12161d; } text { fill: #e8ecf2; } .tick, .note { fill: #a3aebd; } .down { fill: #4fb58d; } .up { fill: #e0784f; }
.range { stroke: #e8ecf2; } .dot { fill: #12161d; stroke: #e8ecf2; } .band { fill: #1a202a; } .zero { stroke: #5b6675; }
}
</style>
<text class="name" x="20" y="28">${safe(title)}</text>
${levers.map((_, i) => (i % 2 === 0 ? `<rect class="band" x="12" y="${top + i * rowHeight}" width="${at(width - 24)}" height="${rowHeight}"/>` : "")).join("")}
${levers.map((lever, i) => `<text x="20" y="${top + i * rowHeight + 17}">${safe(lever.title)}</text>`).join("\n")}
${panels
  .map((panel, i) =>
    drawPanel(
      panel,
      levers.map(({ bars }) => bars[i]!),
      left + i * (panelWidth + panelGap),
    ),
  )
  .join("\n")}
<text class="note" x="20" y="${foot}">${safe(legend[language])}</text>
<text class="note" x="20" y="${foot + 20}">${safe(rest)}</text>
</svg>
`;
}
