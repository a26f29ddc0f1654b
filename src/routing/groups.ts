import { type ShipmentGraph, legArc } from "./state-graph.ts";

/** Chains of one option that use the legs of one corridor and of no other; -1: of none. */
export interface Group {
  option: number;
  corridor: number;
  /** Per arc: 1 for those that such a chain may use. */
  allow: Uint8Array;
}

export interface Groups {
  groups: Group[];
  /** True where there are, or may be, chains that belong to no group: they mix corridors, or no leg of theirs leaves the country of origin. */
  hasOthers: boolean;
}

/** No tag yet, and more than one. */
const none = -1;
const mixed = -2;

/** So many kinds of chain at a node, on average, are followed; beyond that every combination of tags is taken to occur. */
const mostKinds = 64;

const joined = (tag: number, next: number) => (next === none || tag === next ? tag : tag === none ? next : mixed);

/** Every combination of option and corridor that a chain from source to target comes to, times left out. */
export function groupsOf(graph: ShipmentGraph): Groups {
  const { arcCount } = graph;
  const kinds = kindsOf(graph);
  const pairs = kinds?.filter(({ option, corridor }) => option >= 0 && corridor !== mixed) ?? tagsOf(graph);
  const groups = pairs
    .toSorted((a, b) => a.option - b.option || a.corridor - b.corridor)
    .map(({ option, corridor }): Group => {
      const allow = new Uint8Array(arcCount);
      for (let a = 0; a < arcCount; a++) {
        const own = graph.option[a]!;
        const tag = graph.corridor[a]!;
        if ((own < 0 || own === option) && (tag < 0 || tag === corridor)) allow[a] = 1;
      }
      return { option, corridor, allow };
    });
  return { groups, hasOthers: kinds === undefined || kinds.length > groups.length };
}

interface Kind {
  option: number;
  corridor: number;
}

/** The kinds of chain that reach the target; undefined where there are too many to follow. O(arcs x kinds). */
function kindsOf(graph: ShipmentGraph): Kind[] | undefined {
  const { source, target, nodeCount } = graph;
  if (source < 0 || target < 0) return [];
  // Tags from -2 on, each in a digit of its own.
  const corridors = graph.network.data.corridors.length + 2;
  const codes = corridors * 10;
  const codeOf = ({ option, corridor }: Kind) => (option + 2) * corridors + corridor + 2;
  const kindOf = (code: number): Kind => ({ option: Math.floor(code / corridors) - 2, corridor: (code % corridors) - 2 });
  const first = source * codes + codeOf({ option: none, corridor: none });
  const seen = new Set([first]);
  const found: Kind[] = [];
  // A set hands out what is added while it is gone through.
  for (const state of seen) {
    if (seen.size > mostKinds * nodeCount) return undefined;
    const node = Math.floor(state / codes);
    const kind = kindOf(state % codes);
    if (node === target) {
      found.push(kind);
      continue;
    }
    for (let arc = graph.start[node]!; arc < graph.start[node + 1]!; arc++) {
      const option = joined(kind.option, graph.option[arc]!);
      const corridor = joined(kind.corridor, graph.corridor[arc]!);
      seen.add(graph.head[arc]! * codes + codeOf({ option, corridor }));
    }
  }
  return found;
}

/** Every pair of an option and a corridor, or of none, that legs are tagged with. */
function tagsOf(graph: ShipmentGraph): Kind[] {
  const options = new Set<number>();
  const corridors = new Set<number>([none]);
  for (let a = 0; a < graph.arcCount; a++) {
    if (graph.kind[a] !== legArc) continue;
    if (graph.option[a]! >= 0) options.add(graph.option[a]!);
    corridors.add(graph.corridor[a]!);
  }
  return [...options].flatMap((option) => [...corridors].map((corridor): Kind => ({ option, corridor })));
}
