import type { VNode } from "preact";
import { shorten, textWidth } from "./labels.ts";
import type { SankeyLayout, SankeyLink, SankeyNode } from "./sankey-layout.ts";

export interface SankeyWords {
  label: string;
  /** Heads of the columns. */
  columns: readonly string[];
  name: (node: SankeyNode) => string;
  vehicles: (count: number) => string;
  /** Class that colours a node and the bands through it. */
  tint: (id: string) => string;
}

/** Narrower than this, names stand without numbers. */
const narrow = 480;
const textGap = 6;

function band({ from, to, fromY, toY }: SankeyLink, nodeWidth: number): string {
  const [x0, x1] = [from.x + nodeWidth, to.x];
  const middle = ((x0 + x1) / 2).toFixed(1);
  return `M${x0.toFixed(1)},${fromY.toFixed(1)}C${middle},${fromY.toFixed(1)} ${middle},${toY.toFixed(1)} ${x1.toFixed(1)},${toY.toFixed(1)}`;
}

/** Whether a band runs through a node. */
const touches = (link: SankeyLink, node: string): boolean => link.from.id === node || link.to.id === node;

/** Vehicles from column to column. `chosen`: the node whose bands stand out; empty for none. */
export function sankeyChart(layout: SankeyLayout, chosen: string, words: SankeyWords): VNode {
  const { width, height, nodeWidth, nodes, links } = layout;
  const columns = words.columns.length;
  const anchor = (column: number) => (column === columns - 1 ? "end" : "start");
  const textX = ({ column, x }: SankeyNode) => (column === columns - 1 ? x - textGap : x + nodeWidth + textGap);
  // On a phone the names need all the room; the numbers stand in the table.
  const isNarrow = width < narrow;
  const count = (node: SankeyNode) => (isNarrow ? "" : ` ${words.vehicles(node.vehicles)}`);
  const reach = columns === 1 ? width : width / (columns - 1) - nodeWidth - 2 * textGap;
  const full = (node: SankeyNode) => textWidth(words.name(node) + count(node), 12);
  /** Names of the last column may take half of what is between it and the one before, whose names have the rest; others have it all. */
  const ends = Math.min(reach / 2, Math.max(0, ...nodes.filter(({ column }) => column === columns - 1).map(full)));
  const room = (column: number) => (column === columns - 1 ? ends : column === columns - 2 ? reach - ends - textGap : reach);
  const nameOf = (node: SankeyNode) => shorten(words.name(node), room(node.column) - textWidth(count(node), 12), 12);
  // The middle column gives a band its colour.
  const middle = (link: SankeyLink) => (link.to.column === columns - 1 ? link.from : link.to);
  return (
    <svg
      class="sankey"
      role="img"
      aria-label={words.label}
      width={width}
      height={height.toFixed(0)}
      viewBox={`0 0 ${width} ${height.toFixed(0)}`}
    >
      <g class="sankey-heads">
        {words.columns.map((head, column) => (
          <text
            key={column}
            x={column === 0 ? 0 : column === columns - 1 ? width : (width * column) / (columns - 1)}
            y="12"
            text-anchor={column === 0 ? "start" : column === columns - 1 ? "end" : "middle"}
          >
            {head}
          </text>
        ))}
      </g>
      {links.map((link) => (
        <path
          key={link.key}
          class={`sankey-band ${words.tint(middle(link).id)}${chosen !== "" && !touches(link, chosen) ? " dim" : ""}`}
          d={band(link, nodeWidth)}
          stroke-width={link.thickness.toFixed(2)}
        />
      ))}
      {nodes.map((node) => (
        <rect
          key={`${node.column} ${node.id}`}
          class={`sankey-node ${words.tint(node.id)}${node.id === chosen ? " chosen" : ""}`}
          x={node.x.toFixed(1)}
          y={node.y.toFixed(1)}
          width={nodeWidth}
          height={node.height.toFixed(1)}
        />
      ))}
      <g class="sankey-names">
        {nodes.map((node) => (
          <text
            key={`${node.column} ${node.id}`}
            x={textX(node).toFixed(1)}
            y={(node.y + node.height / 2 + 4).toFixed(1)}
            text-anchor={anchor(node.column)}
          >
            {nameOf(node)}
            {!isNarrow && <tspan class="sankey-count">{count(node)}</tspan>}
          </text>
        ))}
      </g>
    </svg>
  );
}

/** The node under a point, names included; undefined for none. */
export function nodeAt({ nodes, nodeWidth }: SankeyLayout, x: number, y: number): SankeyNode | undefined {
  return nodes.find((node) => Math.abs(x - node.x - nodeWidth / 2) < 40 && y >= node.y - 6 && y <= node.y + node.height + 6);
}
