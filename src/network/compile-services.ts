import { type Factor, type Pool, forms, modes } from "../model/index.ts";
import type { NetworkData } from "./assemble.ts";
import type { Books } from "./books.ts";
import type { ChargeGroup } from "./charges.ts";
import type { Passages, Places } from "./compile-locations.ts";
import type { FigureBook, FigureIndex } from "./figures.ts";
import { matcher } from "./id-matcher.ts";
import type { Network, TariffTerms } from "./network.ts";
import { type RunningService, dataId, runningServices } from "./normalise.ts";
import { type RunTerms, type ServiceTerms, seasonTerms, validDays } from "./timetable.ts";

/** What the network knows of its services, one entry a service, and of their stops in a row. */
export type ServiceRows = Pick<
  Network,
  | "services"
  | "terms"
  | "mode"
  | "form"
  | "corridor"
  | "serviceGroup"
  | "gPerTkm"
  | "gPerTeuKm"
  | "serviceSd"
  | "tariffs"
  | "stopStart"
  | "stopLocation"
  | "runGroup"
  | "passGroup"
>;

export function compileServices(data: NetworkData, places: Places, passages: Passages, books: Books): ServiceRows {
  const { locationIndex, zone } = places;
  const factorOf = factorFigures(data.factors, books.figures);
  const corridorIndex = new Map(data.corridors.map((c, i) => [c.id, i]));
  const chargesOfPools = poolCharges(data.pools);
  const services = runningServices(data.services).filter((s) => s.stops.every((stop) => locationIndex.has(stop.at)));
  const count = services.length;
  const terms: ServiceTerms[] = [];
  const mode = new Uint8Array(count);
  const form = new Uint8Array(count);
  const corridor = new Int16Array(count).fill(-1);
  const serviceGroup = new Int32Array(count);
  const gPerTkm = new Int32Array(count).fill(-1);
  const gPerTeuKm = new Int32Array(count).fill(-1);
  const serviceSd = new Int32Array(count).fill(-1);
  const tariffs: Network["tariffs"] = [];
  const stopStart = new Int32Array(count + 1);
  const stops: StopRows = { location: [], runGroup: [], passGroup: [] };
  services.forEach((service, s) => {
    const id = dataId(service.id);
    const owner = `services/${id}`;
    mode[s] = modes.indexOf(service.mode);
    form[s] = forms.indexOf(service.form);
    if (service.corridor !== undefined) corridor[s] = corridorIndex.get(service.corridor) ?? -1;
    serviceGroup[s] = books.charges.join([{ charges: service.charges, owner }, ...chargesOfPools(id)], "carriage");
    const factor = service.factor === undefined ? undefined : factorOf.get(service.factor);
    if (factor !== undefined) {
      gPerTkm[s] = factor.perTkm;
      gPerTeuKm[s] = factor.perTeuKm;
    }
    serviceSd[s] = books.figures.add(service.reliability?.sdHours, `${owner}/reliability`, "sdHours");
    const first = stops.location.length;
    const runs = addStops(stops, service, owner, places, passages, books);
    stopStart[s + 1] = stops.location.length;
    terms.push(serviceTerms(service, runs, zone[stops.location[first]!]!, owner, books));
    tariffs.push(tariffTerms(service, owner, places, books));
  });
  return {
    services,
    terms,
    mode,
    form,
    corridor,
    serviceGroup,
    gPerTkm,
    gPerTeuKm,
    serviceSd,
    tariffs,
    stopStart,
    stopLocation: Int32Array.from(stops.location),
    runGroup: Int32Array.from(stops.runGroup),
    passGroup: Int32Array.from(stops.passGroup),
  };
}

/** Grams of CO2e a tonne-km and a TEU-km, by emission factor. */
function factorFigures(factors: readonly Factor[], figures: FigureBook): Map<string, { perTkm: FigureIndex; perTeuKm: FigureIndex }> {
  const found = new Map<string, { perTkm: FigureIndex; perTeuKm: FigureIndex }>();
  for (const { id, gPerTkm, gPerTeuKm } of factors)
    found.set(id, {
      perTkm: figures.add(gPerTkm, `factors/${id}`, "gPerTkm"),
      perTeuKm: figures.add(gPerTeuKm, `factors/${id}`, "gPerTeuKm"),
    });
  return found;
}

/** Tells the charges of the pools that a service draws on, by the service's id in the data. */
function poolCharges(pools: readonly Pool[]): (id: string) => { charges: Pool["charges"]; owner: string }[] {
  const charged = pools.filter((pool) => pool.charges !== undefined).map((pool) => ({ pool, isFor: pool.services.map(matcher) }));
  return (id) =>
    charged
      .filter(({ isFor }) => isFor.some((isMatch) => isMatch(id)))
      .map(({ pool }) => ({ charges: pool.charges, owner: `pools/${pool.id}` }));
}

/** The stops of all services in a row. */
interface StopRows {
  location: number[];
  runGroup: ChargeGroup[];
  passGroup: ChargeGroup[];
}

/** Adds a service's stops to the row; its runs are returned. */
function addStops(
  rows: StopRows,
  { stops, ownTimes }: RunningService,
  owner: string,
  { locationIndex }: Places,
  passages: Passages,
  { figures, charges }: Books,
): RunTerms[] {
  return stops.map((stop, i): RunTerms => {
    const place = `${owner}/stops/${stop.at}`;
    const location = locationIndex.get(stop.at)!;
    const passage = stop.pass === undefined ? undefined : passages[location]?.get(stop.pass);
    const run = {
      hours: figures.add(stop.hours, place, "hours"),
      // A departure leaves its first stop at once, unless it states its own times.
      stayHours: i === 0 && ownTimes !== true ? -1 : figures.add(stop.stayHours, place, "stayHours"),
      cutoffHours: figures.add(stop.cutoffHours, place, "cutoffHours"),
      releaseHours: figures.add(stop.releaseHours, place, "releaseHours"),
      distanceKm: figures.add(stop.distanceKm, place, "distanceKm"),
      co2eKg: figures.add(stop.co2eKgPerVehicle, place, "co2eKgPerVehicle"),
      passage: ownTimes === true ? undefined : passage?.terms,
    };
    rows.location.push(location);
    rows.runGroup.push(charges.add(stop.charges, place, "carriage"));
    rows.passGroup.push(passage?.group ?? 0);
    return run;
  });
}

function serviceTerms(service: RunningService, runs: RunTerms[], zone: string, owner: string, { figures }: Books): ServiceTerms {
  const valid = validDays(service.valid);
  const departures = service.departures ?? "on-demand";
  return {
    runs,
    seasons: seasonTerms(service.seasons, figures, owner),
    perWeek:
      typeof departures === "object" && "perWeek" in departures ? figures.add(departures.perWeek, `${owner}/departures`, "perWeek") : -1,
    zone,
    onDemand: departures === "on-demand",
    validFrom: valid.from,
    validUntil: valid.until,
  };
}

function tariffTerms({ tariffs }: RunningService, owner: string, { locationIndex }: Places, { charges }: Books): TariffTerms[] | undefined {
  const place = (id: string | undefined) => (id === undefined ? -1 : (locationIndex.get(id) ?? -2));
  return tariffs?.map((tariff, index) => {
    const days = validDays(tariff.valid);
    return {
      group: charges.add(tariff.charges, `${owner}/tariffs/${tariff.id ?? index}`, "carriage"),
      tail: place(tariff.between?.[0]),
      head: place(tariff.between?.[1]),
      when: tariff.when,
      from: days.from,
      until: days.until,
      index,
    };
  });
}
