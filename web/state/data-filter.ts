import { type FigureKind, type FigureRow, figureKinds } from "./data-rows.ts";
import type { FigureInfluence } from "../worker/data.ts";

/** Bases of the data; from the least sure to the surest, as the page offers them. */
export const rowBases = ["assumed", "derived", "published"] as const;
export type RowBasis = (typeof rowBases)[number];
export const sorts = ["influence", "range", "place"] as const;
export type Sort = (typeof sorts)[number];

/** Which figures the table shows, and in which order. */
export interface Keep {
  /** Empty: all. */
  bases: readonly RowBasis[];
  kind: FigureKind | undefined;
  isUsed: boolean;
  isChanged: boolean;
  sort: Sort;
}

/** Reads the words of the address, `assumed,cost,used`; what is none of them is ignored. */
export function readKeep(text: string): Keep {
  const words = new Set(text.split(","));
  return {
    bases: rowBases.filter((basis) => words.has(basis)),
    kind: figureKinds.find((kind) => words.has(kind)),
    isUsed: words.has("used"),
    isChanged: words.has("changed"),
    sort: sorts.find((sort) => words.has(`by-${sort}`)) ?? "influence",
  };
}

export function writeKeep({ bases, kind, isUsed, isChanged, sort }: Keep): string {
  return [
    ...rowBases.filter((basis) => bases.includes(basis)),
    ...(kind === undefined ? [] : [kind]),
    ...(isUsed ? ["used"] : []),
    ...(isChanged ? ["changed"] : []),
    ...(sort === "influence" ? [] : [`by-${sort}`]),
  ].join(",");
}

export interface Known {
  influence: ReadonlyMap<string, FigureInfluence>;
  used: ReadonlySet<string>;
  changed: ReadonlySet<string>;
}

/** Width of the range against the value; a figure without range has none. */
export const relativeWidth = (row: FigureRow): number =>
  row.high === row.low ? 0 : row.value === 0 ? 1 : Math.abs((row.high - row.low) / row.value);

/** Rows that fit, all words of `find` somewhere in them. Default order: what moves the present shipment first, the assumed before the rest. */
export function findRows(rows: readonly FigureRow[], find: string, keep: Keep, { influence, used, changed }: Known): FigureRow[] {
  const words = find
    .normalize("NFKC")
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
  const kept = rows.filter(
    (row) =>
      (keep.bases.length === 0 || keep.bases.includes(row.basis)) &&
      (keep.kind === undefined || row.kind === keep.kind) &&
      (!keep.isUsed || used.has(row.address)) &&
      (!keep.isChanged || changed.has(row.address)) &&
      words.every((word) => row.search.includes(word)),
  );
  if (keep.sort === "place") return kept;
  if (keep.sort === "range") return kept.sort((a, b) => relativeWidth(b) - relativeWidth(a));
  const share = (row: FigureRow) => influence.get(row.address)?.share ?? 0;
  const group = (row: FigureRow) => (share(row) > 0 ? 0 : 2) + (row.basis === "assumed" ? 0 : 1);
  return kept
    .map((row) => ({ row, group: group(row), share: share(row), width: relativeWidth(row) }))
    .sort((a, b) => a.group - b.group || b.share - a.share || b.width - a.width)
    .map(({ row }) => row);
}
