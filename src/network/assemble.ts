import {
  type Cargo,
  type Corridor,
  type CustomsArea,
  type Factor,
  type FigureRecord,
  type Finance,
  type Gate,
  type Geometry,
  type Location,
  type NetworkPart,
  type Operation,
  type Pool,
  type Problem,
  type Rule,
  type Service,
  type Source,
  type Yard,
  problem,
} from "../model/index.ts";

/** A whole network as data: every list sorted by id, so that the order of files and members never matters. */
export interface NetworkData {
  locations: Location[];
  corridors: Corridor[];
  services: Service[];
  operations: Operation[];
  pools: Pool[];
  gates: Gate[];
  yards: Yard[];
  rules: Rule[];
  cargos: Cargo[];
  customs: CustomsArea[];
  finance: Finance;
  factors: Factor[];
  figures: Record<string, number | FigureRecord>;
  sources: Source[];
  geometry: Geometry;
}

const lists = [
  "locations",
  "corridors",
  "services",
  "operations",
  "pools",
  "gates",
  "yards",
  "rules",
  "cargos",
  "customs",
  "factors",
  "sources",
] as const;
export type NetworkList = (typeof lists)[number];
export const networkLists: readonly NetworkList[] = lists;

export function compareIds(a: { id: string }, b: { id: string }): number {
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

/** Joins parts into one network. An id, a shared figure or a finance key that stands in two parts is a problem. */
export function assemble(parts: readonly { name?: string; part: NetworkPart }[]): { data: NetworkData; problems: Problem[] } {
  const problems: Problem[] = [];
  const data: NetworkData = {
    locations: [],
    corridors: [],
    services: [],
    operations: [],
    pools: [],
    gates: [],
    yards: [],
    rules: [],
    cargos: [],
    customs: [],
    finance: {},
    factors: [],
    figures: {},
    sources: [],
    geometry: {},
  };
  const tag = (p: Problem, file: string | undefined): Problem => (file === undefined ? p : { ...p, file });
  const twice = (path: string, file: string | undefined) =>
    problems.push(
      tag(
        problem(
          path,
          "duplicate-id",
          { zh: "这个编号出现了两次", en: "this id stands twice" },
          { zh: "改名或删去其中一个", en: "rename or remove one of them" },
        ),
        file,
      ),
    );
  for (const list of lists) {
    const seen = new Set<string>();
    const joined: { id: string }[] = data[list];
    for (const { name, part } of parts) {
      for (const member of part[list] ?? []) {
        if (seen.has(member.id)) twice(`${list}/${member.id}`, name);
        else {
          seen.add(member.id);
          joined.push(member);
        }
      }
    }
    joined.sort(compareIds);
  }
  for (const { name, part } of parts) {
    for (const [key, value] of Object.entries(part.figures ?? {})) {
      if (Object.hasOwn(data.figures, key)) twice(`figures/${key}`, name);
      else data.figures[key] = value;
    }
    for (const [key, value] of Object.entries(part.geometry ?? {})) data.geometry[key] = value;
    for (const [key, value] of Object.entries(part.finance ?? {})) {
      if (key === "cnyPer") data.finance.cnyPer = { ...data.finance.cnyPer, ...(value as Record<string, FigureRecord>) };
      else if (Object.hasOwn(data.finance, key)) twice(`finance/${key}`, name);
      else Object.assign(data.finance, { [key]: value });
    }
  }
  return { data, problems };
}
