import { type Language, type Text, forms, modes, say } from "../model/index.ts";
import { type NetworkData, evidenceBases, routeGraph } from "../network/index.ts";
import { countFigures } from "./figure-walk.ts";
import { count } from "./numbers.ts";
import type { Reader } from "./style.ts";
import { facts, table } from "./table.ts";
import { basisWords, formWords, locationWords, modeWords, operationWords } from "./words.ts";

export interface NetworkStats {
  places: { all: number; byKind: Record<string, number>; countries: number };
  services: { all: number; notRunning: number; byModeAndForm: Record<string, Record<string, number>>; byCorridor: Record<string, number> };
  runs: number;
  drawnRuns: number;
  /** Parts that no service joins. */
  parts: number;
  busiest: { place: string; runs: number }[];
  operations: Record<string, number>;
  rules: number;
  cargos: number;
  customsAreas: number;
  duties: number;
  sources: number;
  figures: { all: number; byBasis: Record<string, number>; withoutUse: string[] };
}

function tally(words: Iterable<string>): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1;
  return counts;
}

export function networkStats(data: NetworkData): NetworkStats {
  const graph = routeGraph(data);
  const byModeAndForm: Record<string, Record<string, number>> = {};
  for (const service of data.services) {
    const row = (byModeAndForm[service.mode] ??= {});
    row[service.form] = (row[service.form] ?? 0) + 1;
  }
  const seen = new Set<string>();
  let parts = 0;
  graph.forEachNode((start) => {
    if (seen.has(start) || graph.degree(start) === 0) return;
    parts++;
    const queue = [start];
    seen.add(start);
    for (let node = queue.pop(); node !== undefined; node = queue.pop()) {
      graph.forEachNeighbor(node, (next) => {
        if (seen.has(next)) return;
        seen.add(next);
        queue.push(next);
      });
    }
  });
  const busiest = graph
    .mapNodes((place) => ({ place, runs: graph.degree(place) }))
    .sort((a, b) => b.runs - a.runs || (a.place < b.place ? -1 : 1))
    .slice(0, 10);
  return {
    places: {
      all: data.locations.length,
      byKind: tally(data.locations.map((l) => l.kind)),
      countries: new Set(data.locations.flatMap((l) => l.country ?? [])).size,
    },
    services: {
      all: data.services.length,
      notRunning: data.services.filter((s) => s.enabled === false).length,
      byModeAndForm,
      byCorridor: tally(data.services.flatMap((s) => s.corridor ?? [])),
    },
    runs: graph.size,
    drawnRuns: graph.filterEdges((_, run) => Object.hasOwn(data.geometry, run.geometryKey)).length,
    parts,
    busiest,
    operations: tally(data.operations.map((o) => o.kind)),
    rules: data.rules.length,
    cargos: data.cargos.length,
    customsAreas: data.customs.length,
    duties: data.customs.reduce((sum, area) => sum + area.duties.length, 0),
    sources: data.sources.length,
    figures: countFigures(data),
  };
}

const labels = {
  places: { zh: "地点", en: "places" },
  services: { zh: "班线", en: "services" },
  runs: { zh: "区段", en: "runs" },
  operations: { zh: "枢纽作业", en: "hub operations" },
  rules: { zh: "规则", en: "rules" },
  cargos: { zh: "货物", en: "cargos" },
  customs: { zh: "关税区", en: "customs areas" },
  sources: { zh: "来源", en: "sources" },
  figures: { zh: "数据", en: "figures" },
  busiest: { zh: "最忙的地点", en: "busiest places" },
  modeAndForm: { zh: "班线：方式与形式", en: "Services by mode and form" },
};

export function networkStatsText(data: NetworkData, stats: NetworkStats, reader: Reader): string {
  const { language, style } = reader;
  const zh = language === "zh";
  const word = (key: keyof typeof labels) => labels[key][language];
  const share = (n: number) => (stats.figures.all === 0 ? "" : ` (${Math.round((100 * n) / stats.figures.all)}%)`);
  const listed = (counts: Record<string, number>, name: (key: string) => string) =>
    Object.entries(counts)
      .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
      .map(([key, n]) => `${name(key)} ${count(n)}`)
      .join(zh ? "，" : ", ");
  const corridorName = (id: string) => nameOf(data.corridors, id, language);
  const kindName = (kind: string) => locationWords[kind as keyof typeof locationWords][language];
  const lines = [
    ...facts(
      [
        [
          word("places"),
          `${count(stats.places.all)}: ${listed(stats.places.byKind, kindName)}; ${zh ? `${stats.places.countries} 国` : `${stats.places.countries} countries`}`,
        ],
        [
          word("services"),
          `${count(stats.services.all)}${stats.services.notRunning > 0 ? (zh ? `，其中 ${stats.services.notRunning} 条尚未开行` : `, ${stats.services.notRunning} of them not running yet`) : ""}; ${listed(stats.services.byCorridor, corridorName)}`,
        ],
        [
          word("runs"),
          `${count(stats.runs)}${zh ? `，有轨迹 ${count(stats.drawnRuns)}，${stats.parts === 1 ? "全部相连" : `互不相连的部分 ${stats.parts}`}` : `, ${count(stats.drawnRuns)} with a drawn line, ${stats.parts === 1 ? "all places joined" : `in ${stats.parts} parts not joined to each other`}`}`,
        ],
        [word("busiest"), stats.busiest.map((b) => `${nameOf(data.locations, b.place, language)} ${b.runs}`).join(zh ? "，" : ", ")],
        [word("operations"), listed(stats.operations, (kind) => operationWords[kind as keyof typeof operationWords][language])],
        [word("rules"), count(stats.rules)],
        [word("cargos"), count(stats.cargos)],
        [word("customs"), `${count(stats.customsAreas)}, ${zh ? "税费条目" : "duties and fees"} ${count(stats.duties)}`],
        [
          word("figures"),
          `${count(stats.figures.all)}: ${evidenceBases
            .filter((b) => stats.figures.byBasis[b]! > 0)
            .map((b) => `${basisWords[b][language]} ${count(stats.figures.byBasis[b]!)}${share(stats.figures.byBasis[b]!)}`)
            .join(zh ? "，" : ", ")}`,
        ],
        [word("sources"), count(stats.sources)],
      ],
      reader,
    ),
    "",
    style.bold(word("modeAndForm")),
    ...table(
      [{ title: "" }, ...forms.map((form) => ({ title: formWords[form][language], align: "right" as const }))].filter(
        (_, i) => i === 0 || modes.some((m) => stats.services.byModeAndForm[m]?.[forms[i - 1]!] !== undefined),
      ),
      modes.flatMap((mode) => {
        const row = stats.services.byModeAndForm[mode];
        const used = forms.filter((form) => modes.some((m) => stats.services.byModeAndForm[m]?.[form] !== undefined));
        return row === undefined
          ? []
          : [[modeWords[mode][language], ...used.map((form) => (row[form] === undefined ? "" : count(row[form])))]];
      }),
      reader,
    ),
  ];
  return `${lines.join("\n")}\n`;
}

function nameOf(members: readonly { id: string; name: Text }[], id: string, language: Language): string {
  const member = members.find((m) => m.id === id);
  return member === undefined ? id : say(member.name, language);
}
