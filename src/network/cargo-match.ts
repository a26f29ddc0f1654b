import type { Cargo, CargoFilter } from "../model/index.ts";

/** True when the cargo is meant by the filter; no filter means every cargo. */
export function matchesCargo(filter: CargoFilter | undefined, cargo: Cargo): boolean {
  if (filter === undefined) return true;
  if (filter.cargos !== undefined && !filter.cargos.includes(cargo.id)) return false;
  if (filter.powertrains !== undefined && !filter.powertrains.includes(cargo.powertrain)) return false;
  return filter.kinds === undefined || filter.kinds.includes(cargo.kind);
}
