import { type Cargo, forms, modes } from "../model/index.ts";
import { type ChargeUnit, chargeUnits } from "./charges.ts";
import type { FigureIndex } from "./figures.ts";
import type { CargoTerms, Network } from "./network.ts";

export const wheels = forms.indexOf("wheels");
export const kit = forms.indexOf("kit");
const container = forms.indexOf("container");
const containerBare = forms.indexOf("container-bare");
const frame = forms.indexOf("frame");
const rail = modes.indexOf("rail");
const road = modes.indexOf("road");
const unitsPerForm = chargeUnits.length;

/**
 * How a quantity of one cargo fills boxes, wagons, frames and trucks. `multiplier[form * unitsPerForm + unit]` turns a charge per unit into
 * a charge per vehicle: boxes and the like are whole ones for the quantity, shared by all its vehicles. NaN: this form cannot be charged so.
 */
export interface Load {
  cargo: Cargo;
  terms: CargoTerms;
  quantity: number;
  /** FOB value in fen. */
  valueFen: number;
  massT: number;
  multiplier: Float64Array;
  /** Boxes per vehicle by form (0 where none). */
  boxes: Float64Array;
}

/** Figure behind a multiplier, for ranges and evidence; -1 for none. */
export function multiplierFigure(terms: CargoTerms, unit: ChargeUnit): FigureIndex {
  if (unit === "perM3") return terms.volumeM3;
  if (unit === "perTonne" || unit === "perTonneKm") return terms.massT;
  if (unit === "perCeu") return terms.ceu;
  if (unit === "percentOfValue") return terms.value;
  return -1;
}

export function multiplierOf(load: Load, form: number, unit: number): number {
  return load.multiplier[form * unitsPerForm + unit]!;
}

/** Works out the multipliers of a quantity of cargo. `valueCny` overrides the cargo's own value. */
export function makeLoad(network: Network, cargoIndex: number, quantity: number, valueCny?: number): Load {
  const cargo = network.data.cargos[cargoIndex]!;
  const terms = network.cargos[cargoIndex]!;
  const { values } = network.figures;
  const of = (index: FigureIndex, otherwise: number) => (index < 0 ? otherwise : values[index]!);
  // A cargo that says nothing about units travels one by one in everything.
  const single = cargo.units === undefined ? 1 : Number.NaN;
  const shared = (perUnit: number) => (perUnit > 0 ? Math.ceil(quantity / perUnit) / quantity : Number.NaN);
  const wagon = shared(of(terms.wagon, single));
  const truck = shared(of(terms.truck, single));
  const boxOf = new Float64Array(forms.length).fill(Number.NaN);
  boxOf[container] = shared(of(terms.container, single));
  boxOf[containerBare] = shared(of(terms.containerBare, single));
  boxOf[frame] = shared(of(terms.frame, single));
  boxOf[kit] = shared(of(terms.kit, single));
  const value = valueCny ?? of(terms.value, 0);
  const massT = of(terms.massT, 0);
  const multiplier = new Float64Array(forms.length * unitsPerForm);
  for (let form = 0; form < forms.length; form++) {
    const boxed = form === container || form === containerBare || form === kit;
    for (let u = 0; u < unitsPerForm; u++) {
      multiplier[form * unitsPerForm + u] = ((): number => {
        switch (chargeUnits[u]!) {
          case "perVehicle":
          case "perVehicleKm":
            return 1;
          case "perM3":
            return of(terms.volumeM3, 0);
          case "perTonne":
          case "perTonneKm":
            return massT;
          case "perCeu":
            return of(terms.ceu, 0);
          case "perContainer":
          case "perContainerKm":
            return boxed ? boxOf[form]! : Number.NaN;
          case "perFrame":
            return form === frame ? boxOf[frame]! : Number.NaN;
          case "perWagon":
            return form === wheels ? wagon : boxed ? boxOf[form]! : Number.NaN;
          case "perTruck":
          case "perTruckKm":
            return form === wheels ? truck : boxOf[form]!;
          case "perShipment":
            return 1 / quantity;
          case "percentOfValue":
            return value / 100;
        }
      })();
    }
  }
  return {
    cargo,
    terms,
    quantity,
    valueFen: Math.round(value * 100),
    massT,
    multiplier,
    boxes: boxOf.map((b) => (Number.isNaN(b) ? 0 : b)),
  };
}

/** Whether the cargo can be in this form at all, and in it on this mode (a heavy truck has no wagon). */
export function fits(load: Load, mode: number, form: number): boolean {
  if (form === wheels) {
    if (load.cargo.kind === "kit") return false;
    if (mode === rail) return !Number.isNaN(multiplierOf(load, wheels, chargeUnits.indexOf("perWagon")));
    if (mode === road) return !Number.isNaN(multiplierOf(load, wheels, chargeUnits.indexOf("perTruck")));
    return true;
  }
  return load.boxes[form]! > 0;
}

export function canTake(load: Load, form: number): boolean {
  return form === wheels ? load.cargo.kind !== "kit" : load.boxes[form]! > 0;
}
