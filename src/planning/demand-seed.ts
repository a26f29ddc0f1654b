import type { DemandRow, DemandYear, FigureRecord, Source, Text } from "../model/index.ts";

/** The file of built-in demand: totals as published, and how they are assumed to split by destination, drive, cargo and plant. */
export interface DemandSeed {
  smallestRowPercent: FigureRecord;
  years: Record<string, DemandYearSeed>;
  regions: { id: string; name: Text; sharePercent: FigureRecord; inYears?: Record<string, FigureRecord> }[];
  markets: { market: string; region: string; sharePercent: FigureRecord; nevFactor: FigureRecord }[];
  mix: Record<"ice" | "nev", { cargo: string; plant: string; sharePercent: FigureRecord }[]>;
  sources: Source[];
}

export interface DemandYearSeed {
  /** Monday of week 1. */
  from: string;
  weeks: number;
  vehicles: FigureRecord;
  nationalExports: FigureRecord;
  nevPercent: FigureRecord;
  valueCny?: FigureRecord;
  targetSharePercent?: FigureRecord;
  targetValueCny?: FigureRecord;
}

/** Loads the built-in demand; a file of its own, so that nobody waits for it who does not plan. */
export async function loadDemandSeed(): Promise<DemandSeed> {
  const { default: seed } = await import("../../seeds/demand/demand.json");
  return seed as unknown as DemandSeed;
}

interface Cell {
  market: string;
  cargo: string;
  plant: string;
  drive: "ice" | "nev";
  share: number;
}

/** Shares of the cells of a year; they add up to 1. */
function cellsOf(seed: DemandSeed, year: DemandYear): Cell[] {
  const whole = (list: readonly number[]) => list.reduce((sum, value) => sum + value, 0);
  const shareOf = (region: DemandSeed["regions"][number]) => (region.inYears?.[year] ?? region.sharePercent).value;
  const regions = whole(seed.regions.map(shareOf));
  const markets = seed.markets.map(({ market, region, sharePercent, nevFactor }) => {
    const inRegion = whole(seed.markets.filter((m) => m.region === region).map((m) => m.sharePercent.value));
    const own = seed.regions.find(({ id }) => id === region)!;
    return { market, share: (shareOf(own) / regions) * (sharePercent.value / inRegion), factor: nevFactor.value };
  });
  const nev = seed.years[year]!.nevPercent.value / 100;
  const average = whole(markets.map(({ share, factor }) => share * factor));
  return markets.flatMap(({ market, share, factor }) => {
    const ofNev = Math.min(1, (nev * factor) / average);
    return (["ice", "nev"] as const).flatMap((drive) => {
      const list = seed.mix[drive];
      const all = whole(list.map(({ sharePercent }) => sharePercent.value));
      const part = share * (drive === "nev" ? ofNev : 1 - ofNev);
      return list.map(({ cargo, plant, sharePercent }) => ({ market, cargo, plant, drive, share: (part * sharePercent.value) / all }));
    });
  });
}

/** Small cells join the largest of their market and drive (of their market, where all of a drive are small). */
function withoutCrumbs(cells: readonly Cell[], least: number): Cell[] {
  const kept = cells.map((cell) => ({ ...cell }));
  const join = (same: (a: Cell, b: Cell) => boolean) => {
    for (const cell of kept) {
      if (cell.share === 0 || cell.share >= least) continue;
      const largest = kept
        .filter((other) => other !== cell && same(cell, other) && other.share > cell.share)
        .sort((a, b) => b.share - a.share)[0];
      if (largest === undefined) continue;
      largest.share += cell.share;
      cell.share = 0;
    }
  };
  join((a, b) => a.market === b.market && a.drive === b.drive);
  join((a, b) => a.market === b.market);
  return kept.filter(({ share }) => share > 0);
}

/** The rows of a built-in year, whole vehicles by largest remainder, so that they add up to the published total. */
export function builtinDemandRows(seed: DemandSeed, year: DemandYear, scale = 1): DemandRow[] {
  const total = Math.round(seed.years[year]!.vehicles.value * scale);
  const cells = withoutCrumbs(cellsOf(seed, year), seed.smallestRowPercent.value / 100);
  const sum = cells.reduce((all, { share }) => all + share, 0);
  const exact = cells.map(({ share }) => (share / sum) * total);
  const quantities = exact.map(Math.floor);
  const missing = total - quantities.reduce((all, value) => all + value, 0);
  const order = exact.map((value, i) => ({ i, rest: value - Math.floor(value) })).sort((a, b) => b.rest - a.rest || a.i - b.i);
  for (const { i } of order.slice(0, missing)) quantities[i]!++;
  return cells.flatMap(({ market, cargo, plant }, i): DemandRow[] =>
    quantities[i] === 0
      ? []
      : [
          {
            id: `${plant}.${cargo}.${market}`.replaceAll("CNCKG-", "").replaceAll("-MARKET", ""),
            cargo,
            quantity: quantities[i]!,
            from: plant,
            to: market,
          },
        ],
  );
}
