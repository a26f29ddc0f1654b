import type { Basis, Figure, FigureRecord, Text } from "../model/index.ts";

/** `stated`: a plain number in a scenario, a planner's own. */
export const evidenceBases = ["published", "derived", "assumed", "stated"] as const;
export type EvidenceBasis = (typeof evidenceBases)[number];
export const basisIndex: Record<Basis | "stated", number> = { published: 0, derived: 1, assumed: 2, stated: 3 };

/** Index of a figure in the figure table; -1 where there is none. */
export type FigureIndex = number;

/**
 * Every number of the network in one table. Solvers read `values`; a what-if writes there and weighs again, without a new compile.
 * `low` and `high` equal the value where no range is known.
 */
export interface FigureTable {
  values: Float64Array;
  low: Float64Array;
  high: Float64Array;
  /** Index into `evidenceBases`. */
  basis: Uint8Array;
  count: number;
  /** Where the figure stands: `services/x/stops/BEZEE/hours`, `figures/ocean-rack-hire`. */
  address(index: FigureIndex): string;
  sources(index: FigureIndex): readonly string[];
  note(index: FigureIndex): Text | undefined;
  find(address: string): FigureIndex;
}

/** Collects figures while a network is compiled. A shared figure (`use`) is one entry, however often it is used. */
export class FigureBook {
  private readonly numbers: number[] = [];
  private readonly lows: number[] = [];
  private readonly highs: number[] = [];
  private readonly basisOf: number[] = [];
  private readonly owners: string[] = [];
  private readonly keys: string[] = [];
  private readonly records: (FigureRecord | undefined)[] = [];
  private readonly shared = new Map<string, FigureIndex>();
  private readonly sharedRecords: Record<string, number | FigureRecord>;

  constructor(shared: Record<string, number | FigureRecord>) {
    this.sharedRecords = shared;
  }

  /** Index of a figure; -1 for none. A `use` that names nothing counts as none (the check reports it). */
  add(figure: Figure | undefined, owner: string, key: string): FigureIndex {
    if (figure === undefined) return -1;
    if (typeof figure === "number") return this.push(figure, figure, figure, basisIndex.stated, owner, key, undefined);
    if ("use" in figure) {
      const known = this.shared.get(figure.use);
      if (known !== undefined) return known;
      const record = Object.hasOwn(this.sharedRecords, figure.use) ? this.sharedRecords[figure.use] : undefined;
      if (record === undefined) return -1;
      const index =
        typeof record === "number"
          ? this.push(record, record, record, basisIndex.stated, "figures", figure.use, undefined)
          : this.record(record, "figures", figure.use);
      this.shared.set(figure.use, index);
      return index;
    }
    return this.record(figure, owner, key);
  }

  private record(figure: FigureRecord, owner: string, key: string): FigureIndex {
    return this.push(figure.value, figure.low ?? figure.value, figure.high ?? figure.value, basisIndex[figure.basis], owner, key, figure);
  }

  private push(
    value: number,
    low: number,
    high: number,
    basis: number,
    owner: string,
    key: string,
    record: FigureRecord | undefined,
  ): FigureIndex {
    this.numbers.push(value);
    this.lows.push(low);
    this.highs.push(high);
    this.basisOf.push(basis);
    this.owners.push(owner);
    this.keys.push(key);
    this.records.push(record);
    return this.numbers.length - 1;
  }

  finish(): FigureTable {
    const { owners, keys, records } = this;
    const address = (index: FigureIndex) => `${owners[index]!}/${keys[index]!}`;
    let byAddress: Map<string, FigureIndex> | undefined;
    return {
      values: Float64Array.from(this.numbers),
      low: Float64Array.from(this.lows),
      high: Float64Array.from(this.highs),
      basis: Uint8Array.from(this.basisOf),
      count: this.numbers.length,
      address,
      sources: (index) => {
        const source = records[index]?.source;
        return source === undefined ? [] : typeof source === "string" ? [source] : source;
      },
      note: (index) => records[index]?.note,
      find: (wanted) => {
        if (byAddress === undefined) {
          byAddress = new Map();
          for (let i = 0; i < owners.length; i++) byAddress.set(address(i), i);
        }
        return byAddress.get(wanted) ?? -1;
      },
    };
  }
}
