import { type Charge, type CostLine, costLines } from "../model/index.ts";
import type { FigureBook, FigureIndex } from "./figures.ts";

/** What an amount is multiplied with. Order fixed: indices stand in typed arrays. */
export const chargeUnits = [
  "perVehicle",
  "perM3",
  "perTonne",
  "perCeu",
  "perContainer",
  "perWagon",
  "perFrame",
  "perTruck",
  "perShipment",
  "percentOfValue",
  "perVehicleKm",
  "perTonneKm",
  "perContainerKm",
  "perTruckKm",
] as const;
export type ChargeUnit = (typeof chargeUnits)[number];
export const firstUnitPerKm = chargeUnits.indexOf("perVehicleKm");

/** The line of a service's charges, resolved by position in the chain: pre-carriage, main-carriage or on-carriage. */
export const carriageLine = -1;

/** Charge groups in compressed rows: group g holds components `start[g]` … `start[g + 1] - 1`. Group 0 is empty. */
export interface ChargeTable {
  start: Int32Array;
  /** Index into `costLines`, or `carriageLine`. */
  line: Int8Array;
  /** Index into `chargeUnits`. */
  unit: Uint8Array;
  figure: Int32Array;
  /** Figure that holds CNY per unit of the currency; -1 for CNY. */
  currency: Int32Array;
}

export type ChargeGroup = number;

export class ChargeBook {
  private readonly start: number[] = [0, 0];
  private readonly line: number[] = [];
  private readonly unit: number[] = [];
  private readonly figure: number[] = [];
  private readonly currency: number[] = [];
  private readonly figures: FigureBook;
  private readonly currencies: ReadonlyMap<string, FigureIndex>;

  constructor(figures: FigureBook, currencies: ReadonlyMap<string, FigureIndex>) {
    this.figures = figures;
    this.currencies = currencies;
  }

  add(charges: readonly Charge[] | undefined, owner: string, line: CostLine | "carriage"): ChargeGroup {
    return this.join([{ charges, owner }], line);
  }

  /** Charges of several owners as one group. */
  join(parts: readonly { charges: readonly Charge[] | undefined; owner: string }[], line: CostLine | "carriage"): ChargeGroup {
    for (const { charges, owner } of parts) this.append(charges ?? [], owner, line);
    if (this.figure.length === this.start.at(-1)) return 0;
    this.start.push(this.figure.length);
    return this.start.length - 2;
  }

  private append(charges: readonly Charge[], owner: string, line: CostLine | "carriage"): void {
    for (let i = 0; i < charges.length; i++) {
      const charge = charges[i]!;
      const place = charges.length === 1 ? `${owner}/charges` : `${owner}/charges/${i}`;
      const named = charge.line ?? line;
      for (let u = 0; u < chargeUnits.length; u++) {
        const unit = chargeUnits[u]!;
        const figure = this.figures.add(charge[unit], place, unit);
        if (figure < 0) continue;
        this.line.push(named === "carriage" ? carriageLine : costLines.indexOf(named));
        this.unit.push(u);
        this.figure.push(figure);
        this.currency.push(charge.currency === undefined || charge.currency === "CNY" ? -1 : (this.currencies.get(charge.currency) ?? -1));
      }
    }
  }

  finish(): ChargeTable {
    return {
      start: Int32Array.from(this.start),
      line: Int8Array.from(this.line),
      unit: Uint8Array.from(this.unit),
      figure: Int32Array.from(this.figure),
      currency: Int32Array.from(this.currency),
    };
  }
}
