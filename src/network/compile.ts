import {
  type CargoFilter,
  type Duty,
  type Operation,
  type Rule,
  dayNumber,
  forms,
  localDay,
  localMinute,
  modes,
  operationKinds,
} from "../model/index.ts";
import type { NetworkData } from "./assemble.ts";
import { ChargeBook, type ChargeTable } from "./charges.ts";
import { FigureBook, type FigureIndex, type FigureTable } from "./figures.ts";
import { matcher } from "./id-matcher.ts";
import { type RunningService, dataId, runningServices } from "./normalise.ts";
import {
  type PassageTerms,
  type RunTerms,
  type ServiceTerms,
  addedMinutes,
  departureMinutes,
  leastPassMinutes,
  minutesOf,
  passBy,
  passageTerms,
  runsOn,
  seasonTerms,
  stopTimes,
} from "./timetable.ts";

export const never = 2_147_483_647;
export const always = -2_147_483_648;

/** First and last local day of a validity, inclusive. */
export function validDays(valid: { from?: string | undefined; until?: string | undefined } | undefined): { from: number; until: number } {
  return {
    from: valid?.from === undefined ? -1_000_000 : dayNumber(valid.from),
    until: valid?.until === undefined ? 10_000_000 : dayNumber(valid.until),
  };
}

export interface TariffTerms {
  group: number;
  /** Locations it is between; -1: any. A service may call twice at a place: the tariff is for each of the calls. */
  tail: number;
  head: number;
  when: CargoFilter | undefined;
  from: number;
  until: number;
  index: number;
}

export interface OperationTerms {
  operation: Operation;
  kind: number;
  group: number;
  hours: FigureIndex;
  dwellHours: FigureIndex;
  co2eKg: FigureIndex;
  from: number;
  until: number;
}

export interface RuleTerms {
  rule: Rule;
  group: number;
  addHours: FigureIndex;
  from: number;
  until: number;
}

export interface StorageTerms {
  freeDays: FigureIndex;
  /** Per vehicle or per container; -1: free. */
  rate: FigureIndex;
  perContainer: boolean;
  currency: FigureIndex;
}

export interface CargoTerms {
  value: FigureIndex;
  massT: FigureIndex;
  volumeM3: FigureIndex;
  ceu: FigureIndex;
  container: FigureIndex;
  containerBare: FigureIndex;
  frame: FigureIndex;
  wagon: FigureIndex;
  truck: FigureIndex;
  kit: FigureIndex;
}

export interface DutyTerms {
  duty: Duty;
  rate: FigureIndex;
  group: number;
  from: number;
  until: number;
}

/** Finance figures by index. */
export interface FinanceTerms {
  capital: FigureIndex;
  cargoInsurance: FigureIndex;
  insured: FigureIndex;
  creditInsurance: FigureIndex;
  hedgeShare: FigureIndex;
  hedgeCost: FigureIndex;
  rmbShare: FigureIndex;
  rebate: FigureIndex;
  rebateDays: FigureIndex;
  carbon: FigureIndex;
}

/**
 * The frozen network: everything that does not depend on a shipment, in typed arrays and dense lists. Built once a scenario;
 * what-ifs patch `figures.values` and weigh again.
 */
export interface Network {
  data: NetworkData;
  figures: FigureTable;
  charges: ChargeTable;
  locationIds: string[];
  locationIndex: Map<string, number>;
  country: string[];
  /** Index of the customs territory; locations in one territory share it. */
  territory: Int32Array;
  territoryNames: string[];
  zone: string[];
  /** Running services (both directions and special departures apart), sorted by id. */
  services: RunningService[];
  terms: ServiceTerms[];
  mode: Uint8Array;
  form: Uint8Array;
  /** Index into `data.corridors`; -1: none. */
  corridor: Int16Array;
  serviceGroup: Int32Array;
  gPerTkm: Int32Array;
  gPerTeuKm: Int32Array;
  /** Figure of the standard deviation of the run time, hours; -1: none. */
  serviceSd: Int32Array;
  tariffs: (TariffTerms[] | undefined)[];
  /** Stops of service s: `stopStart[s]` … `stopStart[s + 1] - 1` in the flat arrays below. */
  stopStart: Int32Array;
  stopLocation: Int32Array;
  /** Charge groups of the run to the stop, and of the passage at the stop. */
  runGroup: Int32Array;
  passGroup: Int32Array;
  /** Legs: every pair of stops that can be travelled, sorted by tail location, then service. */
  legService: Int32Array;
  legFrom: Int32Array;
  legTo: Int32Array;
  legTail: Int32Array;
  legHead: Int32Array;
  legStart: Int32Array;
  /** Departures of service s: `departureCount[s]` rows of stop times from `timesStart[s]`, row-major by departure. */
  departureCount: Int32Array;
  timesStart: Int32Array;
  /** 1 where the departures have been worked out: everywhere, but after `compileUndated`. */
  timed: Uint8Array;
  depart: Int32Array;
  arrive: Int32Array;
  /** 1 where every stop sees the departures in the same order (no overtaking): binary search is allowed. */
  inOrder: Uint8Array;
  operations: OperationTerms[];
  /** Stuffing, unstuffing and clearance operations by location. */
  operationsAt: (number[] | undefined)[];
  /** Load and unload operations by `handlingKey`. */
  handling: Map<number, number[]>;
  /** Kinds of operation that the network does not model: they are free and instant everywhere. */
  implicit: Set<string>;
  rules: RuleTerms[];
  /** Rules that may act on a leg, whatever cargo and form. */
  legRules: (number[] | undefined)[];
  storage: (Map<number, StorageTerms> | undefined)[];
  finance: FinanceTerms;
  currencies: ReadonlyMap<string, FigureIndex>;
  period: { from: number; until: number };
  /** As `data.cargos`. */
  cargos: CargoTerms[];
  /** By customs area. */
  duties: Map<string, DutyTerms[]>;
}

const modeIndex = new Map(modes.map((m, i) => [m as string, i]));
const formIndex = new Map(forms.map((f, i) => [f as string, i]));

export function handlingKey(location: number, kind: "load" | "unload", mode: number, form: number): number {
  return ((location * 2 + (kind === "load" ? 0 : 1)) * modes.length + mode) * forms.length + form;
}

/**
 * Freezes network data for departures within `period` (UTC minutes). The data must have passed the check; references that lead nowhere are left out.
 * O(services x stops^2 + departures x stops).
 */
export function compile(data: NetworkData, period: { from: number; until: number }): Network {
  const network = compileUndated(data, period);
  timeServices(network, network.services.keys());
  return network;
}

/**
 * As `compile`, but no departure is worked out yet: `timeServices` does that for the services that are needed. Most shipments can use few of a network's services.
 */
export function compileUndated(data: NetworkData, period: { from: number; until: number }): Network {
  const book = new FigureBook(data.figures);
  const currencies = new Map<string, FigureIndex>();
  for (const [code, figure] of Object.entries(data.finance.cnyPer ?? {}).sort(([a], [b]) => (a < b ? -1 : 1)))
    currencies.set(code, book.add(figure, "finance/cnyPer", code));
  const chargeBook = new ChargeBook(book, currencies);

  const locationIds = data.locations.map((l) => l.id);
  const locationIndex = new Map(locationIds.map((id, i) => [id, i]));
  const country = data.locations.map((l) => l.country ?? "");
  const zone = data.locations.map((l) => l.timeZone ?? "UTC");
  const areaOf = new Map<string, string>();
  for (const area of data.customs) for (const code of area.countries) areaOf.set(code, area.id);
  const territoryNames: string[] = [];
  const territoryIndex = new Map<string, number>();
  const territory = Int32Array.from(country, (code) => {
    const name = areaOf.get(code) ?? code;
    let index = territoryIndex.get(name);
    if (index === undefined) {
      territoryIndex.set(name, (index = territoryNames.length));
      territoryNames.push(name);
    }
    return index;
  });

  const passages = new Map<string, { terms: PassageTerms; group: number }>();
  const storage = data.locations.map((location): Map<number, StorageTerms> | undefined => {
    for (const [name, passage] of Object.entries(location.passages ?? {})) {
      const owner = `locations/${location.id}/passages/${name}`;
      passages.set(`${location.id} ${name}`, {
        terms: passageTerms(passage, location.timeZone ?? "UTC", book, owner),
        group: chargeBook.add(passage.charges, owner, "border"),
      });
    }
    if (location.storage === undefined) return undefined;
    const byForm = new Map<number, StorageTerms>();
    for (const [form, terms] of Object.entries(location.storage)) {
      if (terms === undefined) continue;
      const owner = `locations/${location.id}/storage/${form}`;
      const perContainer = terms.perContainerDay !== undefined;
      byForm.set(formIndex.get(form)!, {
        freeDays: book.add(terms.freeDays, owner, "freeDays"),
        rate: perContainer
          ? book.add(terms.perContainerDay, owner, "perContainerDay")
          : book.add(terms.perVehicleDay, owner, "perVehicleDay"),
        perContainer,
        currency: terms.currency === undefined ? -1 : (currencies.get(terms.currency) ?? -1),
      });
    }
    return byForm;
  });

  const factorFigures = new Map<string, { perTkm: FigureIndex; perTeuKm: FigureIndex }>();
  for (const factor of data.factors)
    factorFigures.set(factor.id, {
      perTkm: book.add(factor.gPerTkm, `factors/${factor.id}`, "gPerTkm"),
      perTeuKm: book.add(factor.gPerTeuKm, `factors/${factor.id}`, "gPerTeuKm"),
    });
  const corridorIndex = new Map(data.corridors.map((c, i) => [c.id, i]));

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
  const tariffs: (TariffTerms[] | undefined)[] = [];
  const stopStart = new Int32Array(count + 1);
  const stopLocation: number[] = [];
  const runGroup: number[] = [];
  const passGroup: number[] = [];
  const legs: { service: number; from: number; to: number; tail: number; head: number }[] = [];

  const charged = data.pools.filter((pool) => pool.charges !== undefined).map((pool) => ({ pool, isFor: pool.services.map(matcher) }));
  const poolCharges = (id: string) =>
    charged
      .filter(({ isFor }) => isFor.some((isMatch) => isMatch(id)))
      .map(({ pool }) => ({ charges: pool.charges, owner: `pools/${pool.id}` }));
  services.forEach((service, s) => {
    const owner = `services/${dataId(service.id)}`;
    mode[s] = modeIndex.get(service.mode)!;
    form[s] = formIndex.get(service.form)!;
    if (service.corridor !== undefined) corridor[s] = corridorIndex.get(service.corridor) ?? -1;
    serviceGroup[s] = chargeBook.join([{ charges: service.charges, owner }, ...poolCharges(dataId(service.id))], "carriage");
    const factor = service.factor === undefined ? undefined : factorFigures.get(service.factor);
    if (factor !== undefined) {
      gPerTkm[s] = factor.perTkm;
      gPerTeuKm[s] = factor.perTeuKm;
    }
    serviceSd[s] = book.add(service.reliability?.sdHours, `${owner}/reliability`, "sdHours");
    const runs: RunTerms[] = [];
    service.stops.forEach((stop, i) => {
      const place = `${owner}/stops/${stop.at}`;
      const passage = stop.pass === undefined ? undefined : passages.get(`${stop.at} ${stop.pass}`);
      runs.push({
        hours: book.add(stop.hours, place, "hours"),
        // A departure leaves its first stop at once, unless it states its own times.
        stayHours: i === 0 && service.ownTimes !== true ? -1 : book.add(stop.stayHours, place, "stayHours"),
        cutoffHours: book.add(stop.cutoffHours, place, "cutoffHours"),
        releaseHours: book.add(stop.releaseHours, place, "releaseHours"),
        distanceKm: book.add(stop.distanceKm, place, "distanceKm"),
        co2eKg: book.add(stop.co2eKgPerVehicle, place, "co2eKgPerVehicle"),
        passage: service.ownTimes === true ? undefined : passage?.terms,
      });
      stopLocation.push(locationIndex.get(stop.at)!);
      runGroup.push(chargeBook.add(stop.charges, place, "carriage"));
      passGroup.push(passage?.group ?? 0);
      for (let j = 0; j < i; j++) {
        const board = service.stops[j]!;
        if (board.pass !== undefined || board.load === false || stop.pass !== undefined || stop.unload === false || board.at === stop.at)
          continue;
        legs.push({ service: s, from: j, to: i, tail: locationIndex.get(board.at)!, head: locationIndex.get(stop.at)! });
      }
    });
    stopStart[s + 1] = stopLocation.length;
    const valid = validDays(service.valid);
    const departures = service.departures ?? "on-demand";
    terms.push({
      runs,
      seasons: seasonTerms(service.seasons, book, owner),
      perWeek:
        typeof departures === "object" && "perWeek" in departures ? book.add(departures.perWeek, `${owner}/departures`, "perWeek") : -1,
      zone: zone[stopLocation[stopStart[s]!]!]!,
      onDemand: departures === "on-demand",
      validFrom: valid.from,
      validUntil: valid.until,
    });
    tariffs.push(
      service.tariffs?.map((tariff, index) => {
        const days = validDays(tariff.valid);
        const place = (id: string | undefined) => (id === undefined ? -1 : (locationIndex.get(id) ?? -2));
        return {
          group: chargeBook.add(tariff.charges, `${owner}/tariffs/${tariff.id ?? index}`, "carriage"),
          tail: place(tariff.between?.[0]),
          head: place(tariff.between?.[1]),
          when: tariff.when,
          from: days.from,
          until: days.until,
          index,
        };
      }),
    );
  });

  legs.sort((a, b) => a.tail - b.tail || a.service - b.service || a.from - b.from || a.to - b.to);
  const legStart = new Int32Array(locationIds.length + 1);
  for (const leg of legs) legStart[leg.tail + 1]!++;
  for (let i = 0; i < locationIds.length; i++) legStart[i + 1]! += legStart[i]!;

  const operations = data.operations
    .filter((o) => o.enabled !== false)
    .map((operation): OperationTerms => {
      const owner = `operations/${operation.id}`;
      const days = validDays(operation.valid);
      const line =
        operation.kind === "stuff"
          ? "stuffing"
          : operation.kind === "unstuff"
            ? "import-handling"
            : operation.kind.endsWith("clearance")
              ? "clearance"
              : "handling";
      return {
        operation,
        kind: operationKinds.indexOf(operation.kind),
        group: chargeBook.add(operation.charges, owner, line),
        hours: book.add(operation.hours, owner, "hours"),
        dwellHours: book.add(operation.dwellHours, owner, "dwellHours"),
        co2eKg: book.add(operation.co2eKgPerVehicle, owner, "co2eKgPerVehicle"),
        from: days.from,
        until: days.until,
      };
    });
  const operationsAt: (number[] | undefined)[] = Array.from({ length: locationIds.length }, () => undefined);
  const handling = new Map<number, number[]>();
  operations.forEach(({ operation }, o) => {
    for (const id of operation.at) {
      const place = locationIndex.get(id);
      if (place === undefined) continue;
      if (operation.kind !== "load" && operation.kind !== "unload") {
        (operationsAt[place] ??= []).push(o);
        continue;
      }
      const boxed =
        operation.form === "container" ? ["container", "container-bare", "kit"] : operation.form === undefined ? forms : [operation.form];
      for (const m of operation.mode === undefined ? modes : [operation.mode]) {
        for (const f of boxed) {
          const key = handlingKey(place, operation.kind, modeIndex.get(m)!, formIndex.get(f)!);
          const known = handling.get(key);
          if (known === undefined) handling.set(key, [o]);
          else known.push(o);
        }
      }
    }
  });
  const modelled = new Set(data.operations.map((o) => o.kind as string));
  const implicit = new Set(operationKinds.filter((kind) => !modelled.has(kind)) as string[]);

  const rules = data.rules
    .filter((r) => r.enabled !== false)
    .map((rule): RuleTerms => {
      const days = validDays(rule.valid);
      return {
        rule,
        group: chargeBook.add(rule.charges, `rules/${rule.id}`, "handling"),
        addHours: book.add(rule.addHours, `rules/${rule.id}`, "addHours"),
        from: days.from,
        until: days.until,
      };
    });

  const money = data.finance;
  const finance: FinanceTerms = {
    capital: book.add(money.capitalPercentPerYear, "finance", "capitalPercentPerYear"),
    cargoInsurance: book.add(money.cargoInsurancePercent, "finance", "cargoInsurancePercent"),
    insured: book.add(money.insuredPercent, "finance", "insuredPercent"),
    creditInsurance: book.add(money.creditInsurancePercent, "finance", "creditInsurancePercent"),
    hedgeShare: book.add(money.hedgeSharePercent, "finance", "hedgeSharePercent"),
    hedgeCost: book.add(money.hedgeCostPercentPerYear, "finance", "hedgeCostPercentPerYear"),
    rmbShare: book.add(money.rmbSharePercent, "finance", "rmbSharePercent"),
    rebate: book.add(money.rebatePercent, "finance", "rebatePercent"),
    rebateDays: book.add(money.rebateDays, "finance", "rebateDays"),
    carbon: book.add(money.carbonCnyPerTonne, "finance", "carbonCnyPerTonne"),
  };

  const cargos = data.cargos.map((cargo): CargoTerms => {
    const owner = `cargos/${cargo.id}`;
    const units = cargo.units;
    return {
      value: book.add(cargo.valueCny, owner, "valueCny"),
      massT: book.add(cargo.massT, owner, "massT"),
      volumeM3: book.add(cargo.volumeM3, owner, "volumeM3"),
      ceu: book.add(cargo.ceuModern, owner, "ceuModern"),
      container: book.add(units?.container, `${owner}/units`, "container"),
      containerBare: book.add(units?.containerBare, `${owner}/units`, "containerBare"),
      frame: book.add(units?.frame, `${owner}/units`, "frame"),
      wagon: book.add(units?.wagon, `${owner}/units`, "wagon"),
      truck: book.add(units?.truck, `${owner}/units`, "truck"),
      kit: book.add(units?.kit, `${owner}/units`, "kit"),
    };
  });
  const duties = new Map<string, DutyTerms[]>();
  for (const area of data.customs) {
    duties.set(
      area.id,
      area.duties.map((duty): DutyTerms => {
        const owner = `customs/${area.id}/duties/${duty.id}`;
        const days = validDays(duty.valid);
        return {
          duty,
          rate: book.add(duty.ratePercent, owner, "ratePercent"),
          group: chargeBook.add(duty.charges, owner, duty.kind === "fee" ? "fees" : "duty"),
          from: days.from,
          until: days.until,
        };
      }),
    );
  }

  const figures = book.finish();
  const network: Network = {
    data,
    figures,
    charges: chargeBook.finish(),
    locationIds,
    locationIndex,
    country,
    territory,
    territoryNames,
    zone,
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
    stopLocation: Int32Array.from(stopLocation),
    runGroup: Int32Array.from(runGroup),
    passGroup: Int32Array.from(passGroup),
    legService: Int32Array.from(legs, (l) => l.service),
    legFrom: Int32Array.from(legs, (l) => l.from),
    legTo: Int32Array.from(legs, (l) => l.to),
    legTail: Int32Array.from(legs, (l) => l.tail),
    legHead: Int32Array.from(legs, (l) => l.head),
    legStart,
    departureCount: new Int32Array(count),
    timesStart: new Int32Array(count),
    timed: new Uint8Array(count),
    depart: new Int32Array(0),
    arrive: new Int32Array(0),
    inOrder: new Uint8Array(count),
    operations,
    operationsAt,
    handling,
    implicit,
    rules,
    legRules: [],
    storage,
    finance,
    currencies,
    period,
    cargos,
    duties,
  };
  network.legRules = matchRules(network);
  return network;
}

/** Which rules may act on which leg; cargo, form and date are looked at for each shipment. */
function matchRules(network: Network): (number[] | undefined)[] {
  const found: (number[] | undefined)[] = Array.from({ length: network.legService.length }, () => undefined);
  const ids = network.services.map((service) => dataId(service.id));
  network.rules.forEach(({ rule }, index) => {
    const services = network.services.map(
      (service, s) => (rule.modes?.includes(service.mode) ?? true) && (rule.services?.includes(ids[s]!) ?? true),
    );
    const tails = network.locationIds.map(
      (id, i) => (rule.at?.includes(id) ?? true) && (rule.countries?.includes(network.country[i]!) ?? true),
    );
    for (let leg = 0; leg < found.length; leg++) {
      const service = network.legService[leg]!;
      if (!services[service]! || !tails[network.legTail[leg]!]!) continue;
      if (rule.passing !== undefined) {
        const passed = network.services[service]!.stops.slice(network.legFrom[leg]! + 1, network.legTo[leg]!);
        if (!passed.some((stop) => rule.passing!.includes(stop.at))) continue;
      }
      (found[leg] ??= []).push(index);
    }
  });
  return found;
}

/** Least minutes from departure to arrival of a leg: runs, stays and passages at their shortest. A valid lower bound on every departure. */
export function carriageMinutes(network: Network, leg: number): number {
  const { runs } = network.terms[network.legService[leg]!]!;
  const { values } = network.figures;
  const of = (index: FigureIndex) => (index < 0 ? 0 : minutesOf(values[index]!));
  let minutes = 0;
  const to = network.legTo[leg]!;
  for (let i = network.legFrom[leg]! + 1; i <= to; i++) {
    const run = runs[i]!;
    minutes += of(run.hours);
    if (i < to) minutes += run.passage === undefined ? of(run.stayHours) : leastPassMinutes(run.passage, network.figures);
  }
  return minutes;
}

/**
 * Arrival minute of a leg of an on-demand service that may leave its tail from `minute` on; passages are taken at the time they are reached. Where a season
 * lengthens the run, leaving after its end (until `latest`) may arrive earlier: the earlier arrival counts.
 */
export function onDemandArrival(network: Network, leg: number, minute: number, latest: number): number {
  const service = network.terms[network.legService[leg]!]!;
  const slow = network.legFrom[leg] === 0 && service.seasons.some((s) => s.addHours >= 0);
  let arrival = rideFrom(network, leg, minute);
  if (!slow) return arrival;
  for (let day = localDay(minute, service.zone) + 1; ; day++) {
    const midnight = localMinute(day, 0, service.zone);
    if (midnight >= arrival || midnight > latest) return arrival;
    if (runsOn(service, day)) arrival = Math.min(arrival, rideFrom(network, leg, midnight));
  }
}

/** Arrival minute at a stop of the leg, its last one if none is given, when it leaves at `minute`. */
export function rideFrom(network: Network, leg: number, minute: number, stop = network.legTo[leg]!): number {
  const service = network.terms[network.legService[leg]!]!;
  const { values } = network.figures;
  const of = (index: FigureIndex) => (index < 0 ? 0 : minutesOf(values[index]!));
  let now = minute;
  for (let i = network.legFrom[leg]! + 1; i <= stop; i++) {
    const run = service.runs[i]!;
    now += of(run.hours);
    if (i === 1 && service.seasons.length > 0) now += addedMinutes(service, localDay(minute, service.zone), network.figures);
    if (i < stop) now = run.passage === undefined ? now + of(run.stayHours) : passBy(run.passage, now, network.figures);
  }
  return now;
}

/** Works out the departures and stop times afresh from the figures, of those services that have them: needed after a figure of time or frequency was patched. */
export function retime(network: Network): void {
  const wanted = [...network.services.keys()].filter((service) => network.timed[service] === 1);
  network.timed.fill(0);
  network.depart = new Int32Array(0);
  network.arrive = new Int32Array(0);
  timeServices(network, wanted);
}

/** Works out the departures and stop times of those of the services that have none yet. */
export function timeServices(network: Network, wanted: Iterable<number>): void {
  const { services, terms, figures, period, timed } = network;
  const made: { service: number; starts: number[] }[] = [];
  let size = network.depart.length;
  for (const service of wanted) {
    if (timed[service] === 1) continue;
    timed[service] = 1;
    const { departures, stops, ownTimes } = services[service]!;
    // Departures that left before the window can still be boarded further on.
    const early = stops.length > 2 || ownTimes === true ? 60 * 1440 : 0;
    const starts = departureMinutes(departures ?? "on-demand", terms[service]!, figures, period.from - early, period.until);
    network.timesStart[service] = size;
    network.departureCount[service] = starts.length;
    size += starts.length * stops.length;
    made.push({ service, starts });
  }
  if (made.length === 0) return;
  const depart = new Int32Array(size);
  const arrive = new Int32Array(size);
  depart.set(network.depart);
  arrive.set(network.arrive);
  network.depart = depart;
  network.arrive = arrive;
  for (const { service, starts } of made) {
    const width = services[service]!.stops.length;
    const first = network.timesStart[service]!;
    starts.forEach((start, k) => stopTimes(terms[service]!, start, figures, arrive, depart, first + k * width));
    network.inOrder[service] = 1;
    for (let i = first + width; i < first + starts.length * width; i++)
      if (depart[i]! < depart[i - width]! || arrive[i]! < arrive[i - width]!) network.inOrder[service] = 0;
  }
}
