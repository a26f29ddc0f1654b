import type { Language, Scenario } from "../model/index.ts";
import type { NetworkData } from "../network/index.ts";
import {
  answerSheets,
  chainCalendar,
  chainGeoJson,
  chainsOf,
  jsonText,
  legLine,
  makeNames,
  optionsSheet,
  sheetCsv,
  sheetsXlsx,
} from "../report/index.ts";
import type { ScenarioResult } from "../scenario/index.ts";

/**
 * What a planner takes from the comparison of one shipment, beside the result: all chains as CSV, with cost lines, figures and sources as XLSX, and the
 * cheapest chain as calendar and GeoJSON. Names end in what the files hold; the page saves the same.
 */
export function answerFiles(
  result: ScenarioResult,
  data: NetworkData,
  scenario: Scenario,
  language: Language,
): { name: string; content: string | Uint8Array }[] {
  const shipment = result.shipments[0];
  if (shipment === undefined) return [];
  const names = makeNames(data, language);
  const input = { result, shipment, names, language };
  const chain = chainsOf(shipment).find((c) => c.id === shipment.winners.cheapest);
  const placeOf = (id: string) => {
    const place = data.locations.find((l) => l.id === id);
    return place?.lon === undefined || place.lat === undefined ? undefined : ([place.lon, place.lat] as const);
  };
  const bothNames = { zh: makeNames(data, "zh"), en: makeNames(data, "en") };
  return [
    { name: `${scenario.id}.csv`, content: sheetCsv(optionsSheet(input)) },
    { name: `${scenario.id}.xlsx`, content: sheetsXlsx(answerSheets(input, scenario)) },
    ...(chain === undefined
      ? []
      : [
          { name: `${scenario.id}.cheapest.ics`, content: chainCalendar(shipment, chain, names, language, placeOf) },
          {
            name: `${scenario.id}.cheapest.geojson`,
            content: `${jsonText(chainGeoJson(chain, bothNames, (leg) => legLine(data, leg), placeOf))}\n`,
          },
        ]),
  ];
}
