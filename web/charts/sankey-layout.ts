/** So many vehicles along one node of each column. */
export interface SankeyFlow {
  path: readonly string[];
  vehicles: number;
}

export interface SankeyNode {
  id: string;
  column: number;
  x: number;
  y: number;
  height: number;
  vehicles: number;
}

export interface SankeyLink {
  key: string;
  from: SankeyNode;
  to: SankeyNode;
  /** Middle of the band where it leaves and where it arrives. */
  fromY: number;
  toY: number;
  thickness: number;
  vehicles: number;
}

export interface SankeyLayout {
  width: number;
  height: number;
  nodeWidth: number;
  nodes: SankeyNode[];
  links: SankeyLink[];
  total: number;
}

export interface SankeyInput {
  flows: readonly SankeyFlow[];
  columns: number;
  width: number;
  /** Nodes that stand last in their column, whatever flows through them. */
  last: readonly string[];
  /** Height of all vehicles together; 250 where it is not given. */
  bodyHeight?: number;
}

const nodeWidth = 10;
const top = 26;
/** Between two nodes: room for their names. */
const gap = 15;
const edge = 1;

/**
 * Bands between fixed columns. Nodes of the first column stand by size, those of the next where their vehicles come from, so that few bands cross; equal
 * ones by name, so that the picture does not depend on the order of the flows.
 */
export function sankeyLayout({ flows, columns, width, last, bodyHeight = 250 }: SankeyInput): SankeyLayout {
  const total = flows.reduce((sum, flow) => sum + flow.vehicles, 0);
  const perVehicle = total > 0 ? bodyHeight / total : 0;
  const byColumn: Map<string, number>[] = Array.from({ length: columns }, () => new Map<string, number>());
  const between: Map<string, { from: string; to: string; vehicles: number }>[] = Array.from({ length: columns - 1 }, () => new Map());
  for (const { path, vehicles } of flows) {
    path.forEach((id, column) => byColumn[column]!.set(id, (byColumn[column]!.get(id) ?? 0) + vehicles));
    for (let c = 0; c + 1 < columns; c++) {
      const [from, to] = [path[c]!, path[c + 1]!];
      const key = `${from}\u0000${to}`;
      const known = between[c]!.get(key);
      if (known === undefined) between[c]!.set(key, { from, to, vehicles });
      else known.vehicles += vehicles;
    }
  }
  const placed: Map<string, SankeyNode>[] = [];
  byColumn.forEach((members, column) => {
    const rank = new Map<string, number>();
    for (const [id, vehicles] of members) {
      if (column === 0) {
        rank.set(id, -vehicles);
        continue;
      }
      let weighted = 0;
      for (const link of between[column - 1]!.values())
        if (link.to === id)
          weighted += link.vehicles * (placed[column - 1]!.get(link.from)!.y + placed[column - 1]!.get(link.from)!.height / 2);
      rank.set(id, weighted / vehicles);
    }
    const order = [...members.keys()].sort(
      (a, b) => Number(last.includes(a)) - Number(last.includes(b)) || rank.get(a)! - rank.get(b)! || (a < b ? -1 : 1),
    );
    let y = top;
    const nodes = new Map<string, SankeyNode>();
    for (const id of order) {
      const vehicles = members.get(id)!;
      const height = Math.max(1, vehicles * perVehicle);
      const x = columns === 1 ? 0 : edge + ((width - nodeWidth - 2 * edge) * column) / (columns - 1);
      nodes.set(id, { id, column, x, y, height, vehicles });
      y += height + gap;
    }
    placed.push(nodes);
  });
  const nodes = placed.flatMap((column) => [...column.values()]);
  const bottom = (column: Map<string, SankeyNode>) => Math.max(top, ...[...column.values()].map((node) => node.y + node.height));
  const height = Math.max(top, ...placed.map(bottom)) + 8;
  // Columns with less in them stand in the middle.
  for (const column of placed) {
    const shift = (height - 8 - bottom(column)) / 2;
    for (const node of column.values()) node.y += shift;
  }
  const links = between.flatMap((members, c) => {
    const own = [...members.values()].map(({ from, to, vehicles }): SankeyLink => ({
      key: `${c} ${from} ${to}`,
      from: placed[c]!.get(from)!,
      to: placed[c + 1]!.get(to)!,
      fromY: 0,
      toY: 0,
      thickness: Math.max(0.75, vehicles * perVehicle),
      vehicles,
    }));
    const stack = (side: "from" | "to", other: "from" | "to", key: "fromY" | "toY") => {
      const used = new Map<SankeyNode, number>();
      for (const link of own.toSorted((a, b) => a[other].y - b[other].y || (a.key < b.key ? -1 : 1))) {
        const begin = used.get(link[side]) ?? link[side].y;
        const thickness = link.vehicles * perVehicle;
        link[key] = begin + thickness / 2;
        used.set(link[side], begin + thickness);
      }
    };
    stack("from", "to", "fromY");
    stack("to", "from", "toY");
    return own.sort((a, b) => b.vehicles - a.vehicles || (a.key < b.key ? -1 : 1));
  });
  return { width, height, nodeWidth, nodes, links, total };
}
