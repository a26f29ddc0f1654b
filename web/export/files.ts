import type { Source } from "../../src/model/index.ts";
import {
  type Names,
  type PlaceOf,
  type SheetInput,
  answerSheets,
  chainCalendar,
  chainGeoJson,
  directCorridor,
  jsonText,
  optionsSheet,
  sheetCsv,
  sheetsXlsx,
  shorten,
} from "../../src/report/index.ts";
import type { ScenarioResult, ShipmentResult } from "../../src/scenario/index.ts";
import type { PageLanguage } from "../state/address.ts";
import type { NamedChain } from "../state/chains.ts";
import type { Catalogue } from "../worker/catalogue.ts";
import { type Line, legKey } from "../worker/lines.ts";
import { say } from "../i18n/format.ts";
import { type OutFile, fileName } from "./save.ts";

/** Everything that the files are made from: the question, its answer and the names of the network. */
export interface Material {
  /** The scenario that was answered. */
  scenario: object;
  result: ScenarioResult;
  shipment: ShipmentResult;
  chain: NamedChain | undefined;
  lines: Record<string, Line>;
  catalogue: Catalogue;
  language: PageLanguage;
  sources: ReadonlyMap<string, Source>;
}

export function namesOf(catalogue: Catalogue, language: PageLanguage): Names {
  const index = (members: Catalogue["corridors"]) => {
    const names = new Map(members.map((member) => [member.id, say(member.name, language)]));
    return (id: string) => names.get(id) ?? id;
  };
  const place = index(catalogue.places);
  const corridor = index(catalogue.corridors);
  return {
    place,
    placeShort: (id) => shorten(place(id)),
    cargo: index(catalogue.cargos),
    corridor: (id) => (id === "direct" ? directCorridor[language] : corridor(id)),
    service: (id) => id,
  };
}

/** `yuche-CNCKG-SERES-BEZEE-2027-03-02`: what every file of an answer is called. */
export const stemOf = (shipment: ShipmentResult): string[] => ["yuche", shipment.from, shipment.to, shipment.ready];

const placeOf =
  ({ catalogue }: Material): PlaceOf =>
  (id) =>
    catalogue.places.find((p) => p.id === id)?.at;

function sheetInput({ result, shipment, catalogue, language, sources }: Material): SheetInput {
  return { result, shipment, names: namesOf(catalogue, language), language, sources };
}

/** The scenario as a file that the command line runs to the same numbers. */
export function scenarioFile({ scenario, shipment }: Pick<Material, "scenario" | "shipment">): OutFile {
  const name = fileName(stemOf(shipment), "json");
  const id = name.slice(0, -".json".length);
  return { name, type: "application/json", content: `${jsonText({ schemaVersion: 1, ...scenario, id })}\n` };
}

export function csvFile(material: Material): OutFile {
  return { name: fileName(stemOf(material.shipment), "csv"), type: "text/csv", content: sheetCsv(optionsSheet(sheetInput(material))) };
}

export function xlsxFile(material: Material): OutFile {
  return {
    name: fileName(stemOf(material.shipment), "xlsx"),
    type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    content: sheetsXlsx(answerSheets(sheetInput(material), material.scenario)),
  };
}

export function calendarFile(material: Material, { chain, option }: NamedChain): OutFile {
  const { shipment, catalogue, language } = material;
  return {
    name: fileName([...stemOf(shipment), option, chain.gateway], "ics"),
    type: "text/calendar",
    content: chainCalendar(shipment, chain, namesOf(catalogue, language), language, placeOf(material)),
  };
}

export function geoJsonFile(material: Material, { chain, option }: NamedChain): OutFile {
  const { shipment, catalogue, lines } = material;
  const names = { zh: namesOf(catalogue, "zh"), en: namesOf(catalogue, "en") };
  const collection = chainGeoJson(chain, names, (leg) => lines[legKey(leg)] ?? [], placeOf(material));
  return {
    name: fileName([...stemOf(shipment), option, chain.gateway], "geojson"),
    type: "application/geo+json",
    content: `${jsonText(collection)}\n`,
  };
}
