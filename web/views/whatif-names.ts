import { chargeUnitWords, lineWords, timeWords } from "../../src/report/index.ts";
import type { ChargeUnit } from "../../src/network/index.ts";
import type { WhatifMessages } from "../i18n/whatif.ts";
import type { Catalogue } from "../worker/catalogue.ts";
import type { InfluentialFigure } from "../worker/whatif.ts";
import type { Words } from "./context.ts";
import { placeName } from "./names.ts";

/** What a figure is called beside its slider. */
export interface FigureText {
  name: string;
  /** Places it belongs to; empty for the whole chain. */
  where: string;
  unit: string;
}

const isChargeUnit = (unit: string): unit is ChargeUnit => Object.hasOwn(chargeUnitWords, unit);

/** Names a figure by the line or the time that it is for, and the places of the leg or the operation. */
export function figureText(figure: InfluentialFigure, catalogue: Catalogue | undefined, words: Words, w: WhatifMessages): FigureText {
  const { language } = words;
  const { role, places, currency, address } = figure;
  const where = places.map((id) => placeName(catalogue, id, words)).join(" → ");
  if (role.kind === "frequency") return { name: w.frequency, where, unit: w.units["perWeek"] ?? "" };
  if (role.kind === "time") return { name: timeWords[role.what][language], where, unit: w.units["hours"] ?? "" };
  const line = lineWords[role.line][language];
  if (!role.isRate) {
    if (/km$/i.test(address) || /-km-/.test(address)) return { name: w.distance, where, unit: w.units["km"] ?? "" };
    return { name: w.part(line), where, unit: "" };
  }
  const percent = w.units[role.unit];
  if (percent !== undefined) return { name: line, where: role.unit === "percentOfCif" ? "" : where, unit: percent };
  const per = isChargeUnit(role.unit) ? chargeUnitWords[role.unit][language] : "";
  return { name: line, where, unit: w.amount(w.currencies[currency] ?? currency, per) };
}

export const assumptionText = (address: string, w: WhatifMessages): FigureText => ({
  name: w.names[address] ?? address,
  where: "",
  unit: w.units[address] ?? "",
});
