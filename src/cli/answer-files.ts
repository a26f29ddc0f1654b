import type { Language, Scenario } from "../model/index.ts";
import type { NetworkData } from "../network/index.ts";
import {
  answerSheets,
  chainCalendar,
  chainGeoJson,
  jsonText,
  legLine,
  makeNames,
  optionsSheet,
  sheetCsv,
  sheetsXlsx,
  winnerOf,
} from "../report/index.ts";
import type { ScenarioResult } from "../scenario/index.ts";

/**
 * What a planner takes from the comparison of one shipment, beside the result: all chains as CSV, with cost lines, figures and sources as XLSX, and the
 * cheapest chain as calendar and GeoJSON. Names end in what the files hold; the page saves the same. Without content: there is no such file.
 */
export function answerFiles(
  result: ScenarioResult,
  data: NetworkData,
  scenario: Scenario,
  language: Language,
): { name: string; content: string | Uint8Array | undefined }[] {
  const shipment = result.shipments[0];
  if (shipment === undefined) return [];
  const names = makeNames(data, language);
  const input = { result, shipment, names, language };
  const chain = winnerOf(shipment, "cheapest");
  const placeOf = (id: string) => {
    const place = data.locations.find((l) => l.id === id);
    return place?.lon === undefined || place.lat === undefined ? undefined : ([place.lon, place.lat] as const);
  };
  const bothNames = { zh: makeNames(data, "zh"), en: makeNames(data, "en") };
  return [
    { name: `${scenario.id}.csv`, content: sheetCsv(optionsSheet(input)) },
    { name: `${scenario.id}.xlsx`, content: sheetsXlsx(answerSheets(input, scenario)) },
    {
      name: `${scenario.id}.cheapest.ics`,
      content: chain === undefined ? undefined : chainCalendar(shipment, chain, names, language, placeOf),
    },
    {
      name: `${scenario.id}.cheapest.geojson`,
      content: chain === undefined ? undefined : `${jsonText(chainGeoJson(chain, bothNames, (leg) => legLine(data, leg), placeOf))}\n`,
    },
  ];
}
