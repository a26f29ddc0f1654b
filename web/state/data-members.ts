import type { Charge, Duty, Operation, Rule, Service } from "../../src/model/index.ts";
import type { NetworkData } from "../../src/network/index.ts";
import { figureAddressOf } from "./data-address.ts";

/** Services that call at a place, and those that only pass it. */
export function servicesAt(data: NetworkData, place: string): { calling: Service[]; passing: Service[] } {
  const calling: Service[] = [];
  const passing: Service[] = [];
  for (const service of data.services) {
    const stops = service.stops.filter((stop) => stop.at === place);
    if (stops.some((stop) => stop.pass === undefined)) calling.push(service);
    else if (stops.length > 0) passing.push(service);
  }
  return { calling, passing };
}

/** Whether one may leave a place by a service. */
export const leavesFrom = (service: Service, place: string): boolean => boardings(service).includes(place);

export const operationsAt = (data: NetworkData, place: string): Operation[] => data.operations.filter((o) => o.at.includes(place));

/** Forms that ride with a service of a form. */
const formsOf = (service: Service): string[] => (service.form === "container" ? ["container", "container-bare", "kit"] : [service.form]);

/** Places where one may board a service; in both directions where it runs so. */
function boardings(service: Service): string[] {
  const calls = service.stops.filter((stop) => stop.pass === undefined && stop.load !== false);
  return (service.bothWays === true ? calls : calls.filter((stop) => stop !== service.stops.at(-1))).map((stop) => stop.at);
}

/** Rules that some cargo on some day may meet on a service; cargo and date are told by the rule itself. */
export function rulesOf(data: NetworkData, service: Service): Rule[] {
  const countries = new Map(data.locations.map((l) => [l.id, l.country ?? ""]));
  const boarding = boardings(service);
  const passed = service.stops.slice(1, -1).map((stop) => stop.at);
  const forms = formsOf(service);
  return data.rules.filter(
    (rule) =>
      (rule.modes === undefined || rule.modes.includes(service.mode)) &&
      (rule.services === undefined || rule.services.includes(service.id)) &&
      (rule.forms === undefined || rule.forms.some((form) => forms.includes(form))) &&
      (rule.passing === undefined || rule.passing.some((place) => passed.includes(place))) &&
      boarding.some(
        (place) =>
          (rule.at === undefined || rule.at.includes(place)) &&
          (rule.countries === undefined || rule.countries.includes(countries.get(place) ?? "")),
      ),
  );
}

/** Rules that name a place: as boarding place, or as a lock or border on the way. */
export const rulesAt = (data: NetworkData, place: string): Rule[] =>
  data.rules.filter((rule) => rule.at?.includes(place) === true || rule.passing?.includes(place) === true);

/** Duties and fees on import into a country, with the customs area they stand in. */
export function dutiesIn(data: NetworkData, country: string | undefined): { area: string; duties: Duty[] } | undefined {
  const area = country === undefined ? undefined : data.customs.find((a) => a.countries.includes(country));
  return area === undefined
    ? undefined
    : { area: area.id, duties: area.duties.filter((d) => d.countries === undefined || d.countries.includes(country!)) };
}

/** Loading and unloading at the calls of a service that handle its mode and form. */
export function handlingOf(data: NetworkData, service: Service): Operation[] {
  const calls = new Set(service.stops.filter((stop) => stop.pass === undefined).map((stop) => stop.at));
  const forms = formsOf(service);
  return data.operations.filter(
    (o) =>
      (o.kind === "load" || o.kind === "unload") &&
      (o.mode === undefined || o.mode === service.mode) &&
      (o.form === undefined || forms.includes(o.form)) &&
      o.at.some((place) => calls.has(place)),
  );
}

export interface ChargePart {
  /** Address of the figure. */
  figure: string;
  line: Charge["line"];
}

/** The figures of a list of charges that stands with `owner` (`services/x/stops/y`). */
export function chargeParts(charges: readonly Charge[] | undefined, owner: string): ChargePart[] {
  return (charges ?? []).flatMap((charge, i) =>
    Object.entries(charge).flatMap(([key, figure]): ChargePart[] => {
      if (key === "line" || key === "currency" || figure === undefined || typeof figure === "string") return [];
      const own = `${owner}/charges${charges?.length === 1 ? "" : `/${i}`}/${key}`;
      return [{ figure: figureAddressOf(figure, own), line: charge.line }];
    }),
  );
}
