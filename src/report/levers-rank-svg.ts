import type { Language } from "../model/index.ts";
import { type RankMeasure, type RankResult, type RankedLever, rankMeasures } from "../scenario/index.ts";
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

/** One measure: a bar for each lever alone, a line for its range, a dot for what it adds in the bundle. */
function panel(measure: RankMeasure, levers: readonly RankedLever[], left: number, language: Language): string {
  const values = levers.flatMap((l) => [l.alone[measure].low, l.alone[measure].high, l.marginal[measure], 0]);
  const low = Math.min(...values);
  const high = Math.max(...values);
  const span = high - low || 1;
  const x = (value: number) => at(left + ((value - low) / span) * panelWidth);
  const bottom = top + levers.length * rowHeight;
  const ends = [low, high].filter((value) => value !== 0);
  const rows = levers.map((lever, i) => {
    const middle = top + i * rowHeight + rowHeight / 2;
    const { value, low: from, high: to } = lever.alone[measure];
    const add = lever.marginal[measure];
    if (value === 0 && from === 0 && to === 0 && add === 0) return "";
    const bar = `<rect class="${value <= 0 ? "down" : "up"}" x="${Math.min(x(0), x(value))}" y="${middle - 7}" width="${at(Math.abs(x(value) - x(0)))}" height="14"/>`;
    const whisker =
      from === to ? "" : `<path class="range" d="M${x(from)} ${middle}H${x(to)}M${x(from)} ${middle - 4}v8M${x(to)} ${middle - 4}v8"/>`;
    return `${bar}${whisker}<circle class="dot" cx="${x(add)}" cy="${middle}" r="3.5"/>`;
  });
  return [
    `<text class="head" x="${left}" y="${top - 26}">${safe(rankMeasureWords[measure][language])}</text>`,
    ...ends.map(
      (value) =>
        `<text class="tick" x="${x(value)}" y="${top - 8}" text-anchor="${value === low ? "start" : "end"}">${signed(value, rankDecimals[measure])}</text>`,
    ),
    `<path class="zero" d="M${x(0)} ${top - 4}V${bottom + 4}"/>`,
    ...rows,
  ].join("\n");
}

/** The ranking as a picture of its own: SVG, for light and dark pages, without script or anything from outside. */
export function rankSvg(result: RankResult, language: Language): string {
  const zh = language === "zh";
  const moves = (lever: RankedLever) =>
    rankMeasures.some((m) => lever.alone[m].low !== 0 || lever.alone[m].high !== 0 || lever.marginal[m] !== 0);
  const levers = result.levers.filter(moves);
  const idle = result.levers.filter((lever) => !moves(lever));
  const label = Math.max(160, ...levers.map((lever) => displayWidth(clean(lever.title[language])) * 6.9));
  const left = 20 + label + 16;
  const width = at(left + rankMeasures.length * (panelWidth + panelGap));
  const foot = top + levers.length * rowHeight + 30;
  const height = foot + 44;
  const scenario = result.scenario.title;
  const name = scenario === undefined ? result.scenario.id : typeof scenario === "string" ? scenario : scenario[language];
  const legend = zh
    ? "条：单独使用；横线：参数在其范围两端时；点：在组合中的边际作用。负值为节省。"
    : "Bar: alone. Line: with a parameter at either end of its range. Dot: what it adds within the bundle. Negative is saved.";
  const rest =
    idle.length === 0
      ? ""
      : zh
        ? `另有 ${idle.length} 项对这些货物没有影响。`
        : `${idle.length} more ${idle.length === 1 ? "moves" : "move"} nothing for these shipments.`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" lang="${language}">
<title>${safe(name)}</title>
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
<text class="name" x="20" y="28">${safe(name)}</text>
${levers.map((_, i) => (i % 2 === 0 ? `<rect class="band" x="12" y="${top + i * rowHeight}" width="${at(width - 24)}" height="${rowHeight}"/>` : "")).join("")}
${levers.map((lever, i) => `<text x="20" y="${top + i * rowHeight + 17}">${safe(lever.title[language])}</text>`).join("\n")}
${rankMeasures.map((measure, i) => panel(measure, levers, left + i * (panelWidth + panelGap), language)).join("\n")}
<text class="note" x="20" y="${foot}">${safe(legend)}</text>
<text class="note" x="20" y="${foot + 20}">${safe(rest)}</text>
</svg>
`;
}
