import type { Figure, Plan } from "../model/index.ts";
import { type NetworkData, figureValue } from "../network/index.ts";
import { type CarriedFlow, overVehicles } from "./result-flows.ts";
import { round } from "./result-numbers.ts";

/** How far the plan comes on the way to the target. */
export interface TargetResult {
  nationalExports: number;
  wantedPercent: number;
  wantedVehicles: number;
  carriedPercent: number;
  /** Of what is wanted. */
  reachedPercent: number;
  exportValueCny: number;
  wantedValueCny?: number;
}

export function targetResult(data: NetworkData, target: NonNullable<Plan["target"]>, flows: readonly CarriedFlow[]): TargetResult {
  const of = (figure: Figure) => figureValue(data, figure);
  const carried = overVehicles(flows, () => 1);
  const exportValueCny = overVehicles(flows, ({ valueFen }) => valueFen) / 100;
  const nationalExports = of(target.nationalExports);
  const wantedPercent = of(target.sharePercent);
  const wanted = (nationalExports * wantedPercent) / 100;
  return {
    nationalExports,
    wantedPercent,
    wantedVehicles: Math.round(wanted),
    carriedPercent: round((carried / nationalExports) * 100, 3),
    reachedPercent: round((carried / wanted) * 100, 2),
    exportValueCny: round(exportValueCny, 2),
    ...(target.exportValueCny === undefined ? {} : { wantedValueCny: of(target.exportValueCny) }),
  };
}
