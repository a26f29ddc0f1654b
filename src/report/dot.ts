import { type Language, type Mode, say } from "../model/index.ts";
import { type NetworkData, routeGraph } from "../network/index.ts";
import { clean } from "./text.ts";

// Okabe-Ito, which colour-blind readers can tell apart; the line style says the same once more.
const strokes: Record<Mode, { color: string; style: string }> = {
  sea: { color: "#0072B2", style: "solid" },
  river: { color: "#56B4E9", style: "dashed" },
  rail: { color: "#D55E00", style: "bold" },
  road: { color: "#999999", style: "dotted" },
};
const shapes: Record<string, string> = {
  plant: "house",
  port: "ellipse",
  terminal: "ellipse",
  station: "box",
  border: "diamond",
  lock: "trapezium",
  warehouse: "cylinder",
  market: "doubleoctagon",
};

const quote = (text: string) => `"${clean(text).replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;

/** The network for Graphviz: places with positions, one edge for all services of a mode and form between two places. */
export function networkDot(data: NetworkData, language: Language): string {
  const graph = routeGraph(data);
  const lines = [
    "digraph yuche {",
    "  graph [overlap=false, splines=true];",
    '  node [fontname="Noto Sans CJK SC", fontsize=9];',
    "  edge [fontsize=8, arrowsize=0.5];",
  ];
  graph.forEachNode((id, { location }) => {
    const position = location.lat === undefined || location.lon === undefined ? "" : `, pos="${location.lon},${location.lat}"`;
    lines.push(`  ${quote(id)} [label=${quote(say(location.name, language))}, shape=${shapes[location.kind] ?? "ellipse"}${position}];`);
  });
  const joined = new Map<string, { from: string; to: string; mode: Mode; form: string; count: number; running: boolean }>();
  graph.forEachDirectedEdge((_, { service, mode, form }, from, to) => {
    const key = `${from} ${to} ${mode} ${form}`;
    const known = joined.get(key) ?? { from, to, mode, form, count: 0, running: false };
    known.count++;
    known.running ||= service.enabled !== false;
    joined.set(key, known);
  });
  for (const { from, to, mode, form, count, running } of joined.values()) {
    const { color, style } = strokes[mode];
    lines.push(
      `  ${quote(from)} -> ${quote(to)} [color="${color}", style=${running ? style : "invis"}, tooltip=${quote(`${mode} ${form} x${count}`)}];`,
    );
  }
  lines.push("}");
  return `${lines.join("\n")}\n`;
}
