import FlatQueue from "flatqueue";
import type {
  Cargo,
  Charge,
  CargoFilter,
  Duty,
  Figure,
  Form,
  Location,
  Mode,
  Operation,
  Passage,
  Rule,
  Season,
  Service,
  Stop,
  Tariff,
} from "../../src/model/index.ts";
import type { NetworkData } from "../../src/network/index.ts";
import { clockOf, dateOfDay, dayAt, dayOf, isoWeekday, minuteAt } from "./clock.ts";

/**
 * The slow and plain answer: every walk of a shipment through (location, form, customs status, time), over every departure within the horizon.
 * Written from the model's documentation; it reads network data (not the frozen network) and shares no code with `src/network` and `src/routing`.
 * Nothing is bounded and nothing is compared between different times: only walks that stand at the same node, at the same minute, with the same
 * storage clock are merged, because from there on they have exactly the same ways to go.
 *
 * What it takes the documents to say:
 * - An on-demand service leaves at once. It may also be taken from the first minute on which a rule, a tariff or its validity begins to hold or ends
 *   (waiting for a cheaper tariff is a way of its own). A season that suspends it holds it until the next day on which it runs.
 * - A scheduled service may be boarded at every departure whose cut-off is not missed. Operations begin at the next opening.
 * - Storage: vehicles stand where a scheduled departure brought them (at first at the origin) and are called forward when they are needed. It is charged, in the
 *   terms of that place and of the form they came in, when the next scheduled departure leaves or at the destination: free time, then for each started
 *   day since they arrived, without the least time of the on-demand legs in between.
 * - Import may wait for a day on which another duty begins. A queue is never overtaken, and where a season lengthens an on-demand run, leaving after it may arrive earlier.
 * - Every component of every charge is rounded to the fen by itself; so is insurance on a leg's foreign freight, the duty on CIF, the carbon of
 *   an element, and the cost of time once for the whole way.
 */
export interface OracleShipment {
  cargo: string;
  quantity: number;
  from: string;
  to: string;
  ready: number;
  /** Last minute of arrival. */
  horizon: number;
  paysDuty: boolean;
  claimsPreference: boolean;
}

export interface Triple {
  cost: number;
  arrival: number;
  grams: number;
}

export interface OracleWay extends Triple {
  /** Option of the legs that leave the country of origin; `mixed` when they differ. */
  option: string;
  /** Corridor of all tagged legs; `direct` without tags, `mixed` when they differ. */
  corridor: string;
  /** The way in words, with minutes since the vehicles were ready. */
  steps: () => string[];
}

export interface OracleAnswer {
  front: OracleWay[];
  /** Non-dominated ways by `option corridor`. */
  families: Map<string, OracleWay[]>;
  /** States expanded: a measure of the work. */
  states: number;
}

type Status = "domestic" | "exported" | "imported";

interface State {
  place: number;
  form: Form;
  status: Status;
  time: number;
  since: number;
  /** Place and form under whose terms storage runs. */
  yard: number;
  yardForm: Form;
  /** Fen so far, without the cost of time. */
  base: number;
  freight: number;
  grams: number;
  option: string;
  corridor: string;
  parent: State | undefined;
  step: Step | undefined;
  isDead: boolean;
}

/** What was done to get to a state; kept in parts, for words are needed only of the few ways that remain. */
interface Step {
  what: string;
  at: number;
  to: number;
  begin: number;
  end: number;
}

interface Departure {
  arrive: number[];
  depart: number[];
}

/** A service in one direction, with one timetable and one price. */
interface Line {
  id: string;
  service: Service;
  stops: Stop[];
  zone: string;
  departures: Departure[] | undefined;
  charges: readonly Charge[];
  tariffs: readonly Tariff[] | undefined;
}

const carriage = "carriage";
const formNumbers: Record<Form, number> = { wheels: 0, container: 1, "container-bare": 2, frame: 3, kit: 4 };
const statusNumbers: Record<Status, number> = { domestic: 0, exported: 1, imported: 2 };
const boxForms: readonly Form[] = ["container", "container-bare", "kit"];

export function isDominated(a: Triple, by: Triple): boolean {
  return by.cost <= a.cost && by.arrival <= a.arrival && by.grams <= a.grams;
}

/** The non-dominated members, one for each triple, by cost, arrival and grams. */
export function nonDominated<T extends Triple>(all: readonly T[]): T[] {
  const sorted = [...all].sort((a, b) => a.cost - b.cost || a.arrival - b.arrival || a.grams - b.grams);
  const kept: T[] = [];
  for (const one of sorted) if (!kept.some((k) => isDominated(one, k))) kept.push(one);
  return kept;
}

export function matches(filter: CargoFilter | undefined, cargo: Cargo): boolean {
  return (
    (filter?.cargos ?? [cargo.id]).includes(cargo.id) &&
    (filter?.powertrains ?? [cargo.powertrain]).includes(cargo.powertrain) &&
    (filter?.kinds ?? [cargo.kind]).includes(cargo.kind)
  );
}

function holdsOn(day: number, valid: { from?: string | undefined; until?: string | undefined } | undefined): boolean {
  if (valid?.from !== undefined && day < dayOf(valid.from)) return false;
  return valid?.until === undefined || day <= dayOf(valid.until);
}

const isoDates = new Map<number, string>();

function isoDate(day: number): string {
  let date = isoDates.get(day);
  if (date === undefined) isoDates.set(day, (date = dateOfDay(day)));
  return date;
}

function inSeason(season: Season, day: number): boolean {
  const date = isoDate(day);
  if (season.years !== undefined && !season.years.includes(Number(date.slice(0, 4)))) return false;
  const at = date.slice(5, 10);
  return season.from <= season.until ? season.from <= at && at <= season.until : at >= season.from || at <= season.until;
}

const optionNames: Record<string, string> = {
  "sea wheels": "ro-ro",
  "sea container": "container",
  "sea frame": "pulp",
  "rail wheels": "rail-auto-rack",
  "rail container": "rail-container",
  "rail frame": "rail-container",
};

export function optionName(mode: Mode, form: string): string {
  return mode === "road" ? "road" : optionNames[`${mode === "river" ? "sea" : mode} ${form}`]!;
}

class Oracle {
  private readonly data: NetworkData;
  private readonly shipment: OracleShipment;
  private readonly cargo: Cargo;
  private readonly places: Location[];
  private readonly placeOf: Map<string, number>;
  private readonly lines: Line[];
  private readonly home: string;
  private readonly abroad: string;
  private readonly crosses: boolean;
  private readonly value: number;
  private readonly insurance: number;
  private readonly fixedInsuranceFen: number;
  private readonly kinds: Set<string>;
  private readonly legsFrom: Leg[][];
  private importDates: number[] | undefined;
  private readonly boxShares = new Map<Form, number>();
  private readonly territories: string[];
  private readonly zones: string[];
  private readonly operationsAt: Operation[][];
  private readonly operationFens = new Map<string, number>();
  private readonly dutiesOn = new Map<number, { rate: number; fen: number }>();

  constructor(data: NetworkData, shipment: OracleShipment) {
    this.data = data;
    this.shipment = shipment;
    this.cargo = data.cargos.find((c) => c.id === shipment.cargo)!;
    this.places = data.locations;
    this.placeOf = new Map(data.locations.map((l, i) => [l.id, i]));
    this.territories = data.locations.map(
      (l) => data.customs.find((area) => area.countries.includes(l.country ?? ""))?.id ?? l.country ?? "",
    );
    this.zones = data.locations.map((l) => l.timeZone ?? "UTC");
    this.operationsAt = data.locations.map((l) =>
      data.operations.filter((o) => o.enabled !== false && o.at.includes(l.id) && matches(o.when, this.cargo)),
    );
    this.home = this.territory(this.placeOf.get(shipment.from)!);
    this.abroad = this.territory(this.placeOf.get(shipment.to)!);
    this.crosses = this.home !== this.abroad;
    this.value = this.number(this.cargo.valueCny);
    const insured = this.number(data.finance.insuredPercent) / 100;
    this.insurance = (this.number(data.finance.cargoInsurancePercent) / 100) * (insured === 0 ? 1 : insured);
    this.fixedInsuranceFen = Math.round(Math.round(this.value * 100) * this.insurance);
    this.kinds = new Set(data.operations.map((o) => o.kind));
    this.lines = this.allLines();
    this.legsFrom = this.places.map(() => []);
    for (const line of this.lines) {
      line.stops.forEach((board, from) => {
        line.stops.forEach((leave, to) => {
          if (
            to <= from ||
            board.pass !== undefined ||
            leave.pass !== undefined ||
            board.load === false ||
            leave.unload === false ||
            board.at === leave.at
          )
            return;
          this.legsFrom[this.placeOf.get(board.at)!]!.push({ line, from, to, terms: new Map() });
        });
      });
    }
  }

  private number(figure: Figure | undefined, otherwise = 0): number {
    if (figure === undefined) return otherwise;
    if (typeof figure === "number") return figure;
    if ("use" in figure) return this.number(this.data.figures[figure.use], otherwise);
    return figure.value;
  }

  private minutes(hours: Figure | undefined): number {
    return Math.round(this.number(hours) * 60);
  }

  private zone(place: number): string {
    return this.zones[place]!;
  }

  private territory(place: number): string {
    return this.territories[place]!;
  }

  // ---- timetable ----

  private allLines(): Line[] {
    const lines: Line[] = [];
    for (const service of this.data.services) {
      if (service.enabled === false || service.stops.some((s) => !this.placeOf.has(s.at))) continue;
      const back: Stop[] = [];
      for (let k = service.stops.length - 1; k >= 0; k--) {
        const here = service.stops[k]!;
        const run = service.stops[k + 1];
        const stop: Stop = { at: here.at };
        if (here.stayHours !== undefined) stop.stayHours = here.stayHours;
        if (here.cutoffHours !== undefined) stop.cutoffHours = here.cutoffHours;
        if (here.releaseHours !== undefined) stop.releaseHours = here.releaseHours;
        if (here.pass !== undefined) stop.pass = here.pass;
        if (here.load !== undefined) stop.load = here.load;
        if (here.unload !== undefined) stop.unload = here.unload;
        if (run?.hours !== undefined) stop.hours = run.hours;
        if (run?.distanceKm !== undefined) stop.distanceKm = run.distanceKm;
        if (run?.charges !== undefined) stop.charges = run.charges;
        if (run?.co2eKgPerVehicle !== undefined) stop.co2eKgPerVehicle = run.co2eKgPerVehicle;
        back.push(stop);
      }
      const mirrored = (t: Tariff): Tariff => (t.between === undefined ? t : { ...t, between: [t.between[1], t.between[0]] });
      for (const [direction, stops] of service.bothWays === true
        ? ([
            ["", service.stops],
            ["~back", back],
          ] as const)
        : ([["", service.stops]] as const)) {
        const zone = this.places[this.placeOf.get(stops[0]!.at)!]!.timeZone ?? "UTC";
        const base = {
          service,
          stops: [...stops],
          zone,
          charges: service.charges ?? [],
          tariffs: direction === "" ? service.tariffs : service.tariffs?.map(mirrored),
        };
        const departures = service.departures ?? "on-demand";
        if (departures === "on-demand") {
          lines.push({ ...base, id: service.id + direction, departures: undefined });
          continue;
        }
        const plain: Line = { ...base, id: service.id + direction, departures: [] };
        for (const start of this.starts(service, zone)) plain.departures!.push(this.times(service, base.stops, zone, start));
        lines.push(plain);
        if (!("dates" in departures)) continue;
        for (const entry of departures.dates) {
          if (typeof entry === "string" || (entry.stops === undefined && entry.charges === undefined && entry.slots === undefined))
            continue;
          const at = minuteAt(zone, dayOf(entry.at), clockOf(entry.at.slice(11)));
          if (!this.runs(service, dayAt(zone, at))) continue;
          const own = entry.stops;
          const times =
            own === undefined
              ? this.times(service, base.stops, zone, at)
              : {
                  arrive: own.map((s) => at + Math.round(s.arriveHours * 60)),
                  depart: own.map((s) => at + Math.round(s.departHours * 60)),
                };
          lines.push({
            ...base,
            id: `${service.id}${direction}@${entry.at}`,
            departures: [times],
            ...(entry.charges === undefined ? {} : { charges: entry.charges, tariffs: undefined }),
          });
        }
      }
    }
    return lines;
  }

  private runs(service: Service, day: number): boolean {
    return holdsOn(day, service.valid) && !(service.seasons ?? []).some((s) => s.suspended === true && inSeason(s, day));
  }

  /** Starts at the first stop, from 60 days before the shipment is ready. */
  private starts(service: Service, zone: string): number[] {
    const { ready, horizon } = this.shipment;
    const departures = service.departures;
    const starts: number[] = [];
    if (departures === undefined || departures === "on-demand") return starts;
    const early = ready - 60 * 1440;
    if ("weekly" in departures) {
      const names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
      for (let day = dayAt(zone, early); day <= dayAt(zone, horizon); day++) {
        if (departures.weekly.some((name) => names.indexOf(name) + 1 === isoWeekday(day)))
          starts.push(minuteAt(zone, day, clockOf(departures.time ?? "18:00")));
      }
    } else if ("perWeek" in departures) {
      const perWeek = this.number(departures.perWeek);
      if (perWeek <= 0) return starts;
      const interval = 10_080 / Math.min(perWeek, 168);
      const anchor = minuteAt(zone, dayOf(departures.from ?? "2026-01-05"), clockOf(departures.time ?? "18:00"));
      for (let k = Math.floor((early - anchor) / interval); anchor + k * interval <= horizon + interval; k++)
        starts.push(anchor + Math.round(k * interval));
    } else {
      for (const entry of departures.dates) {
        if (typeof entry !== "string" && (entry.stops !== undefined || entry.charges !== undefined || entry.slots !== undefined)) continue;
        const stamp = typeof entry === "string" ? entry : entry.at;
        starts.push(minuteAt(zone, dayOf(stamp), clockOf(stamp.length > 10 ? stamp.slice(11) : "18:00")));
      }
    }
    return [...new Set(starts)].filter((m) => m <= horizon && this.runs(service, dayAt(zone, m))).sort((a, b) => a - b);
  }

  private passage(stop: Stop): Passage | undefined {
    return stop.pass === undefined ? undefined : this.places[this.placeOf.get(stop.at)!]!.passages?.[stop.pass];
  }

  private passed(stop: Stop, arrival: number): number {
    const passage = this.passage(stop);
    if (passage === undefined) return arrival + this.minutes(stop.stayHours);
    const zone = this.zone(this.placeOf.get(stop.at)!);
    const through = (from: number) => {
      let minute = from;
      for (let shut = true; shut;) {
        const day = dayAt(zone, minute);
        const closure = (passage.closures ?? []).find((c) => dayOf(c.from) <= day && day <= dayOf(c.until));
        if (closure === undefined) shut = false;
        else minute = minuteAt(zone, dayOf(closure.until) + 1, 0);
      }
      const season = (passage.seasons ?? []).find((s) => s.waitHours !== undefined && inSeason(s, dayAt(zone, minute)));
      return minute + this.minutes(season?.waitHours ?? passage.waitHours) + this.minutes(passage.hours);
    };
    // Never overtaken: the earliest of arriving now and of arriving at any later midnight.
    let best = through(arrival);
    for (let day = dayAt(zone, arrival) + 1; minuteAt(zone, day, 0) < best; day++) best = Math.min(best, through(minuteAt(zone, day, 0)));
    return best;
  }

  private added(service: Service, zone: string, start: number): number {
    const season = (service.seasons ?? []).find((s) => s.addHours !== undefined && inSeason(s, dayAt(zone, start)));
    return this.minutes(season?.addHours);
  }

  private times(service: Service, stops: readonly Stop[], zone: string, start: number): Departure {
    const arrive = [start];
    const depart = [start];
    for (let k = 1; k < stops.length; k++) {
      const at = depart[k - 1]! + this.minutes(stops[k]!.hours) + (k === 1 ? this.added(service, zone, start) : 0);
      arrive.push(at);
      depart.push(this.passed(stops[k]!, at));
    }
    return { arrive, depart };
  }

  /** Least minutes of a ride: every queue at its shortest, no season's extra. */
  private leastRide(line: Line, from: number, to: number): number {
    let minutes = 0;
    for (let k = from + 1; k <= to; k++) {
      const stop = line.stops[k]!;
      minutes += this.minutes(stop.hours);
      if (k === to) continue;
      const passage = this.passage(stop);
      const waits = [passage?.waitHours, ...(passage?.seasons ?? []).flatMap((s) => (s.waitHours === undefined ? [] : [s.waitHours]))];
      minutes +=
        passage === undefined ? this.minutes(stop.stayHours) : Math.min(...waits.map((w) => this.minutes(w))) + this.minutes(passage.hours);
    }
    return minutes;
  }

  private rideFrom(line: Line, from: number, to: number, start: number): number {
    let now = start;
    for (let k = from + 1; k <= to; k++) {
      now += this.minutes(line.stops[k]!.hours) + (k === 1 ? this.added(line.service, line.zone, start) : 0);
      if (k < to) now = this.passed(line.stops[k]!, now);
    }
    return now;
  }

  // ---- money ----

  /** Vehicles share whole units; NaN where the cargo does not go into them. */
  private shared(perUnit: Figure | undefined): number {
    const { quantity } = this.shipment;
    const single = this.cargo.units === undefined ? 1 : Number.NaN;
    const each = this.number(perUnit, single);
    return each > 0 ? Math.ceil(quantity / each) / quantity : Number.NaN;
  }

  private boxes(form: Form): number {
    let each = this.boxShares.get(form);
    if (each === undefined) {
      const units = this.cargo.units;
      each =
        form === "wheels"
          ? Number.NaN
          : this.shared(
              form === "container"
                ? units?.container
                : form === "container-bare"
                  ? units?.containerBare
                  : form === "frame"
                    ? units?.frame
                    : units?.kit,
            );
      this.boxShares.set(form, each);
    }
    return each;
  }

  private wagons(): number {
    return this.shared(this.cargo.units?.wagon);
  }

  private trucks(): number {
    return this.shared(this.cargo.units?.truck);
  }

  /** Each component of a charge in fen, rounded by itself, with the line it stands on. */
  private components(charges: readonly Charge[] | undefined, line: string, form: Form, km: number): { line: string; fen: number }[] {
    const boxed = boxForms.includes(form);
    const mass = this.number(this.cargo.massT);
    const amounts: { line: string; fen: number }[] = [];
    for (const charge of charges ?? []) {
      const code = charge.currency ?? "CNY";
      const rate = code === "CNY" ? 1 : this.number(this.data.finance.cnyPer?.[code], 1);
      const take = (figure: Figure | undefined, share: number, length = 1) => {
        if (figure !== undefined)
          amounts.push({ line: charge.line ?? line, fen: Math.round(this.number(figure) * share * length * rate * 100) });
      };
      const boxes = boxed ? this.boxes(form) : Number.NaN;
      take(charge.perVehicle, 1);
      take(charge.perM3, this.number(this.cargo.volumeM3));
      take(charge.perTonne, mass);
      take(charge.perCeu, this.number(this.cargo.ceuModern));
      take(charge.perContainer, boxes);
      take(charge.perWagon, form === "wheels" ? this.wagons() : boxes);
      take(charge.perFrame, form === "frame" ? this.boxes("frame") : Number.NaN);
      take(charge.perTruck, form === "wheels" ? this.trucks() : this.boxes(form));
      take(charge.perShipment, 1 / this.shipment.quantity);
      take(charge.percentOfValue, this.value / 100);
      take(charge.perVehicleKm, 1, km);
      take(charge.perTonneKm, mass, km);
      take(charge.perContainerKm, boxes, km);
      take(charge.perTruckKm, form === "wheels" ? this.trucks() : this.boxes(form), km);
    }
    return amounts;
  }

  private fits(mode: Mode, form: Form): boolean {
    if (form !== "wheels") return this.boxes(form) > 0;
    if (this.cargo.kind === "kit") return false;
    if (mode === "rail") return !Number.isNaN(this.wagons());
    return mode !== "road" || !Number.isNaN(this.trucks());
  }

  /** The load or unload that is done: the first made for this cargo or exactly this form, else the first that covers it. */
  private handling(kind: "load" | "unload", place: number, mode: Mode, form: Form): Operation | undefined {
    const covers = (o: Operation) =>
      o.enabled !== false &&
      o.kind === kind &&
      o.at.includes(this.places[place]!.id) &&
      (o.mode ?? mode) === mode &&
      (o.form === undefined || o.form === form || (o.form === "container" && boxForms.includes(form))) &&
      matches(o.when, this.cargo);
    const all = this.data.operations.filter(covers);
    return all.find((o) => o.when !== undefined || o.form === form) ?? all[0];
  }

  /** Rules that act on a leg for this cargo and form, whatever the date. */
  private rulesOf(line: Line, from: number, to: number, form: Form): Rule[] {
    const board = this.places[this.placeOf.get(line.stops[from]!.at)!]!;
    return this.data.rules.filter(
      (r) =>
        r.enabled !== false &&
        matches(r.cargo, this.cargo) &&
        (r.forms ?? [form]).includes(form) &&
        (r.modes ?? [line.service.mode]).includes(line.service.mode) &&
        (r.services ?? [line.service.id]).includes(line.service.id) &&
        (r.at ?? [board.id]).includes(board.id) &&
        (r.countries === undefined || r.countries.includes(board.country ?? "")) &&
        (r.passing === undefined || line.stops.slice(from + 1, to).some((s) => r.passing!.includes(s.at))),
    );
  }

  /** Everything about a leg that does not depend on the date. */
  private termsOf(leg: Leg, form: Form): LegTerms | undefined {
    let terms = leg.terms.get(form);
    if (terms === undefined) leg.terms.set(form, (terms = this.makeTerms(leg.line, leg.from, leg.to, form) ?? "no"));
    return terms === "no" ? undefined : terms;
  }

  private makeTerms(line: Line, from: number, to: number, form: Form): LegTerms | undefined {
    const { service, stops } = line;
    const carried = service.form === "container" ? boxForms.includes(form) : service.form === form;
    if (!carried || !this.fits(service.mode, form) || !matches(service.when, this.cargo)) return undefined;
    const tail = this.placeOf.get(stops[from]!.at)!;
    const head = this.placeOf.get(stops[to]!.at)!;
    const runs = stops.slice(from + 1, to + 1);
    const km = runs.reduce((sum, s) => sum + this.number(s.distanceKm), 0);
    const amounts = [...this.components(line.charges, carriage, form, km)];
    runs.forEach((stop, i) => {
      amounts.push(...this.components(stop.charges, carriage, form, this.number(stop.distanceKm)));
      if (i < runs.length - 1) amounts.push(...this.components(this.passage(stop)?.charges, "border", form, 0));
    });
    const load = this.handling("load", tail, service.mode, form);
    const unload = this.handling("unload", head, service.mode, form);
    const hubFen = [
      ...this.components(load?.charges, "handling", form, 0),
      ...this.components(unload?.charges, "handling", form, 0),
    ].reduce((sum, a) => sum + a.fen, 0);
    const factor = this.data.factors.find((f) => f.id === service.factor);
    let grams = 0;
    for (const run of runs) {
      const length = run.distanceKm === undefined ? undefined : this.number(run.distanceKm);
      const boxes = this.boxes(form);
      if (run.co2eKgPerVehicle !== undefined) grams += this.number(run.co2eKgPerVehicle) * 1000;
      else if (length !== undefined && factor?.gPerTeuKm !== undefined && boxes > 0)
        grams += this.number(factor.gPerTeuKm) * length * 2 * boxes;
      else if (length !== undefined && factor?.gPerTkm !== undefined)
        grams += this.number(factor.gPerTkm) * length * this.number(this.cargo.massT);
    }
    grams =
      Math.round(grams) + Math.round(this.number(load?.co2eKgPerVehicle) * 1000) + Math.round(this.number(unload?.co2eKgPerVehicle) * 1000);
    const freight = (list: readonly { line: string; fen: number }[]) =>
      list.reduce((sum, a) => (a.line === carriage || a.line === "border" ? sum + a.fen : sum), 0);
    const total = (list: readonly { fen: number }[]) => list.reduce((sum, a) => sum + a.fen, 0);
    const rules = this.rulesOf(line, from, to, form).map((rule) => ({
      rule,
      fen: total(this.components(rule.charges, "handling", form, km)),
      minutes: this.minutes(rule.addHours),
    }));
    const tariffs = line.tariffs
      ?.filter(
        (t) =>
          matches(t.when, this.cargo) && (t.between === undefined || (t.between[0] === stops[from]!.at && t.between[1] === stops[to]!.at)),
      )
      .map((tariff) => {
        const parts = this.components(tariff.charges, carriage, form, km);
        return { tariff, fen: total(parts), freight: freight(parts) };
      });
    return {
      tail,
      head,
      fen: total(amounts) + hubFen,
      freight: freight(amounts),
      grams,
      rules,
      tariffs,
      leadMinutes: Math.max(this.minutes(stops[from]!.cutoffHours), this.minutes(load?.hours) + this.minutes(load?.dwellHours)),
      afterMinutes: this.minutes(stops[to]!.releaseHours) + this.minutes(unload?.hours) + this.minutes(unload?.dwellHours),
    };
  }

  private storage(place: number, form: Form, dwell: number): number {
    const all = this.places[place]!.storage;
    const terms = all?.[form] ?? (form === "container-bare" || form === "kit" ? all?.container : undefined);
    if (terms === undefined) return 0;
    const perBox = terms.perContainerDay !== undefined;
    const boxes = this.boxes(form);
    const share = perBox ? (Number.isNaN(boxes) ? 0 : boxes) : 1;
    const money = terms.currency === undefined ? 1 : this.number(this.data.finance.cnyPer?.[terms.currency], 1);
    const daily = Math.round(this.number(perBox ? terms.perContainerDay : terms.perVehicleDay) * share * money * 100);
    const free = this.minutes(this.number(terms.freeDays) * 24);
    return dwell > free ? daily * Math.ceil((dwell - free) / 1440) : 0;
  }

  private carbon(grams: number): number {
    return Math.round(grams * ((this.number(this.data.finance.carbonCnyPerTonne) * 100) / 1_000_000));
  }

  private perMinute(): { capital: number; currency: number; rebate: number } {
    const { finance } = this.data;
    const perMinute = Math.round(this.value * 100) / 100 / 525_600;
    const capital = perMinute * this.number(finance.capitalPercentPerYear);
    if (!this.crosses) return { capital, currency: 0, rebate: 0 };
    const currency =
      perMinute *
      (this.number(finance.hedgeSharePercent) / 100) *
      (1 - this.number(finance.rmbSharePercent) / 100) *
      this.number(finance.hedgeCostPercentPerYear);
    return { capital, currency, rebate: capital * (this.number(finance.rebatePercent) / 100) };
  }

  /** Duty and fees in fen of an import at `minute` with so much freight in the CIF value. */
  private duty(minute: number, freight: number): number {
    if (!this.shipment.paysDuty) return 0;
    const day = dayAt(this.zone(this.placeOf.get(this.shipment.to)!), minute);
    let duty = this.dutiesOn.get(day);
    if (duty === undefined) this.dutiesOn.set(day, (duty = this.dutyOn(day)));
    return Math.round(duty.rate * (Math.round(this.value * 100) + this.fixedInsuranceFen + freight)) + duty.fen;
  }

  private dutyOn(day: number): { rate: number; fen: number } {
    const area = this.data.customs.find((a) => a.id === this.abroad);
    if (area === undefined) return { rate: 0, fen: 0 };
    const to = this.placeOf.get(this.shipment.to)!;
    const country = this.places[to]!.country ?? "";
    const applies = (d: Duty) =>
      holdsOn(day, d.valid) &&
      matches(d.when, this.cargo) &&
      (d.countries === undefined || d.countries.includes(country)) &&
      (d.kind !== "preference" || this.shipment.claimsPreference);
    const valueFen = Math.round(this.value * 100);
    const amounts = area.duties.filter(applies).map((d) => ({
      kind: d.kind,
      ratio: this.number(d.ratePercent) / 100,
      fen: this.components(d.charges, "duty", "wheels", 0).reduce((sum, a) => sum + a.fen, 0),
    }));
    // The lower of the general and the preferential duty, on the value of the vehicle.
    const base = amounts
      .filter((d) => d.kind === "mfn" || d.kind === "preference")
      .sort((a, b) => a.ratio * valueFen + a.fen - (b.ratio * valueFen + b.fen))[0];
    const applied = [
      ...(base === undefined ? [] : [base]),
      ...amounts.filter((d) => d.kind === "countervailing" || d.kind === "additional"),
      ...amounts.filter((d) => d.kind === "fee"),
    ];
    return { rate: applied.reduce((sum, d) => sum + d.ratio, 0), fen: applied.reduce((sum, d) => sum + d.fen, 0) };
  }

  // ---- enumeration ----

  run(limit: number, merges: boolean): OracleAnswer {
    const { ready, horizon } = this.shipment;
    const start: Form = this.cargo.kind === "kit" ? "kit" : "wheels";
    const origin = this.placeOf.get(this.shipment.from)!;
    const target = this.placeOf.get(this.shipment.to)!;
    const valueFen = Math.round(this.value * 100);
    const credit = Math.round((valueFen * this.number(this.data.finance.creditInsurancePercent)) / 100);
    const { capital, currency, rebate } = this.perMinute();
    const timeFen = (minute: number) => Math.round((capital + currency - rebate) * (minute - ready));
    const rebateMinutes = this.minutes(this.number(this.data.finance.rebateDays) * 24);
    const rebateFen = (minute: number) => Math.round(rebate * (minute + rebateMinutes - ready));

    const known = new Map<number, State[]>();
    const optionNumbers = new Map<string, number>();
    const corridorNumbers = new Map<string, number>();
    const numberOf = (numbers: Map<string, number>, name: string) => {
      let number = numbers.get(name);
      if (number === undefined) numbers.set(name, (number = numbers.size));
      return number;
    };
    const states: State[] = [];
    const queue = new FlatQueue<number>();
    const done: OracleWay[] = [];
    const put = (state: State) => {
      if (state.time > horizon) return;
      // The node, the family and the minute in one number; the storage clock is compared below.
      const node = (state.place * 5 + formNumbers[state.form]) * 3 + statusNumbers[state.status];
      const family = numberOf(optionNumbers, state.option) * 8 + numberOf(corridorNumbers, state.corridor);
      const key = (node * 64 + family) * 65_536 + (state.time - ready);
      let here = known.get(key);
      if (here === undefined) known.set(key, (here = []));
      // Same place, same minute, same clock: what costs less, has less freight and less CO2e can do all that the other can, for less.
      let kept = 0;
      const alike = (other: State) =>
        merges && other.since === state.since && other.yard === state.yard && other.yardForm === state.yardForm;
      for (const other of here)
        if (alike(other) && other.base <= state.base && other.freight <= state.freight && other.grams <= state.grams) return;
      for (const other of here) {
        if (alike(other) && state.base <= other.base && state.freight <= other.freight && state.grams <= other.grams) other.isDead = true;
        else here[kept++] = other;
      }
      here.length = kept;
      here.push(state);
      queue.push(states.push(state) - 1, state.time);
      if (states.length > limit) throw new OracleLimit(`more than ${limit} states`);
    };
    put({
      place: origin,
      form: start,
      status: "domestic",
      time: ready,
      since: ready,
      yard: origin,
      yardForm: start,
      base: this.fixedInsuranceFen + credit,
      freight: 0,
      grams: 0,
      option: "",
      corridor: "direct",
      parent: undefined,
      step: undefined,
      isDead: false,
    });

    let expanded = 0;
    for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
      const state = states[next]!;
      if (state.isDead) continue;
      if (state.place === target && state.form === start && state.status === (this.crosses ? "imported" : "domestic")) {
        const stored = this.storage(state.yard, state.yardForm, state.time - state.since);
        done.push({
          cost: state.base + stored + timeFen(state.time),
          arrival: state.time,
          grams: state.grams,
          option: state.option,
          corridor: state.corridor,
          steps: () => this.story(state),
        });
        continue;
      }
      expanded++;
      this.legs(state, put);
      this.operations(state, put, rebateFen);
    }
    const families = new Map<string, OracleWay[]>();
    for (const way of done) {
      const key = `${way.option} ${way.corridor}`;
      const list = families.get(key);
      if (list === undefined) families.set(key, [way]);
      else list.push(way);
    }
    for (const [key, list] of families) families.set(key, nonDominated(list));
    return { front: nonDominated([...families.values()].flat()), families, states: expanded };
  }

  private story(last: State): string[] {
    const steps: string[] = [];
    const { ready } = this.shipment;
    for (let s: State | undefined = last; s?.step !== undefined; s = s.parent) {
      const { what, at, to, begin, end } = s.step;
      steps.unshift(
        `${what} ${this.places[at]!.id}${at === to ? "" : `>${this.places[to]!.id}`} ${begin - ready}-${end - ready}${s.time === end ? "" : ` free ${s.time - ready}`}`,
      );
    }
    return steps;
  }

  private legs(state: State, put: (state: State) => void): void {
    for (const leg of this.legsFrom[state.place]!) {
      const { line, from, to } = leg;
      const terms = this.termsOf(leg, state.form);
      if (terms === undefined || Number.isNaN(terms.fen)) continue;
      const here = this.territory(state.place);
      const there = this.territory(terms.head);
      if (this.crosses && state.status === "domestic" && (here !== this.home || there !== this.home)) continue;
      if (this.crosses && state.status === "imported" && (here !== this.abroad || there !== this.abroad)) continue;
      const foreign = this.crosses && there !== this.home && state.status !== "imported";
      const leaves = this.crosses && here === this.home && there !== this.home;
      const scheduled = line.departures !== undefined;
      for (const { depart, arrival } of this.rides(line, from, to, terms, state)) {
        const on = this.onDay(terms, dayAt(this.zone(state.place), depart));
        if (on === undefined || Number.isNaN(on.fen)) continue;
        const freight = terms.freight + on.freight;
        const insurance = foreign ? Math.round(freight * this.insurance) : 0;
        const time = arrival + terms.afterMinutes;
        if (time > this.shipment.horizon) continue;
        const tag =
          line.service.corridor !== undefined && this.data.corridors.some((c) => c.id === line.service.corridor)
            ? line.service.corridor
            : undefined;
        const option = leaves ? optionName(line.service.mode, line.service.form) : state.option;
        put({
          place: terms.head,
          form: state.form,
          status: state.status,
          time,
          since: scheduled ? time : state.since + terms.leadMinutes + on.minutes + this.leastRide(line, from, to) + terms.afterMinutes,
          yard: scheduled ? terms.head : state.yard,
          yardForm: scheduled ? state.form : state.yardForm,
          base:
            state.base +
            terms.fen +
            on.fen +
            insurance +
            this.carbon(terms.grams) +
            (scheduled ? this.storage(state.yard, state.yardForm, depart - state.since) : 0),
          freight: state.freight + (foreign ? freight + insurance : 0),
          grams: state.grams + terms.grams,
          option: state.option === "" || option === state.option ? option : "mixed",
          corridor: tag === undefined || tag === state.corridor ? state.corridor : state.corridor === "direct" ? tag : "mixed",
          parent: state,
          step: { what: line.id, at: state.place, to: terms.head, begin: depart, end: arrival },
          isDead: false,
        });
      }
    }
  }

  /** What a departure on a local day costs beside the fixed part, and the lead of its rules; undefined when it is forbidden or has no tariff. */
  private onDay(terms: LegTerms, day: number): { fen: number; freight: number; minutes: number } | undefined {
    const known = terms.days?.get(day);
    if (known !== undefined) return known === "no" ? undefined : known;
    const found = this.workOutDay(terms, day);
    (terms.days ??= new Map()).set(day, found ?? "no");
    return found;
  }

  private workOutDay(terms: LegTerms, day: number): { fen: number; freight: number; minutes: number } | undefined {
    let fen = 0;
    let freight = 0;
    let minutes = 0;
    for (const { rule, fen: extra, minutes: lead } of terms.rules) {
      if (!holdsOn(day, rule.valid)) continue;
      if (rule.forbid === true) return undefined;
      fen += extra;
      minutes += lead;
    }
    if (terms.tariffs !== undefined) {
      let best: { fen: number; freight: number } | undefined;
      for (const t of terms.tariffs)
        if (holdsOn(day, t.tariff.valid) && !Number.isNaN(t.fen) && (best === undefined || t.fen < best.fen)) best = t;
      if (best === undefined) return undefined;
      fen += best.fen;
      freight += best.freight;
    }
    return { fen, freight, minutes };
  }

  private rides(line: Line, from: number, to: number, terms: LegTerms, state: State): { depart: number; arrival: number }[] {
    const { horizon } = this.shipment;
    const zone = this.zone(state.place);
    if (line.departures !== undefined) {
      return line.departures
        .map((d) => ({ depart: d.depart[from]!, arrival: d.arrive[to]! }))
        .filter(
          ({ depart }) =>
            depart <= horizon && depart - terms.leadMinutes - (this.onDay(terms, dayAt(zone, depart))?.minutes ?? 0) >= state.time,
        );
    }
    // On demand: in each stretch of days under the same terms, at the first minute that is possible.
    const rides: { depart: number; arrival: number }[] = [];
    const bounds = [line.service.valid, ...terms.rules.map((r) => r.rule.valid), ...(terms.tariffs ?? []).map((t) => t.tariff.valid)];
    const begins = new Set(
      bounds.flatMap((b) => [...(b?.from === undefined ? [] : [dayOf(b.from)]), ...(b?.until === undefined ? [] : [dayOf(b.until) + 1])]),
    );
    let taken = false;
    const last = dayAt(zone, horizon);
    for (let day = dayAt(zone, state.time); day <= last; day++) {
      if (begins.has(day)) taken = false;
      if (taken || !this.runs(line.service, day)) continue;
      const on = this.onDay(terms, day);
      if (on === undefined) continue;
      const depart = Math.max(state.time + terms.leadMinutes + on.minutes, minuteAt(zone, day, 0));
      if (depart >= minuteAt(zone, day + 1, 0) || depart > horizon) continue;
      taken = true;
      let arrival = this.rideFrom(line, from, to, depart);
      // Leaving on a later day under the same terms may arrive earlier, when a season ends.
      for (let later = day + 1; later <= last && !begins.has(later) && minuteAt(zone, later, 0) < arrival; later++) {
        if (this.runs(line.service, later)) arrival = Math.min(arrival, this.rideFrom(line, from, to, minuteAt(zone, later, 0)));
      }
      rides.push({ depart, arrival });
    }
    return rides;
  }

  private operations(state: State, put: (state: State) => void, rebateFen: (minute: number) => number): void {
    const zone = this.zone(state.place);
    const here = this.territory(state.place);
    const mayExport = this.crosses && state.status === "domestic" && here === this.home;
    const mayImport = this.crosses && state.status === "exported" && here === this.abroad;
    const go = (form: Form, status: Status, begin: number, end: number, fen: number, grams: number, step: string) => {
      if (end > this.shipment.horizon) return;
      let base = state.base + fen + this.carbon(grams);
      let { freight } = state;
      if (state.status === "domestic" && status === "exported") base += rebateFen(end);
      if (state.status === "exported" && status === "imported") {
        base += this.duty(begin, freight);
        freight = 0;
      }
      put({
        place: state.place,
        form,
        status,
        time: end,
        since: state.since,
        yard: state.yard,
        yardForm: state.yardForm,
        base,
        freight,
        grams: state.grams + grams,
        option: state.option,
        corridor: state.corridor,
        parent: state,
        step: { what: step, at: state.place, to: state.place, begin, end },
        isDead: false,
      });
    };
    for (const o of this.operationsAt[state.place]!) {
      let form = state.form;
      let status = state.status;
      if (o.kind === "stuff" && state.form === "wheels" && o.form !== undefined && this.canTake(o.form)) form = o.form;
      else if (o.kind === "unstuff" && state.form !== "wheels" && state.form !== "kit" && (o.form ?? state.form) === state.form)
        form = "wheels";
      else if (o.kind === "export-clearance" && mayExport && (o.form ?? state.form) === state.form) status = "exported";
      else if (o.kind === "import-clearance" && mayImport && (o.form ?? state.form) === state.form) status = "imported";
      else continue;
      const fen = this.operationFen(o, o.kind === "stuff" ? form : state.form);
      if (Number.isNaN(fen)) continue;
      for (const earliest of status === "imported" && state.status === "exported" ? this.importTimes(state.time) : [state.time]) {
        const begin = this.opens(o, zone, earliest);
        if (begin === undefined) continue;
        go(
          form,
          status,
          begin,
          begin + this.minutes(o.hours) + this.minutes(o.dwellHours),
          fen,
          Math.round(this.number(o.co2eKgPerVehicle) * 1000),
          o.id,
        );
      }
    }
    // What no operation of the network describes is free and instant.
    const free = (form: Form, status: Status, step: string, at = state.time) => go(form, status, at, at, 0, 0, step);
    if (!this.kinds.has("stuff") && state.form === "wheels")
      for (const form of ["container", "container-bare", "frame"] as const)
        if (this.canTake(form)) free(form, state.status, "free stuffing");
    if (!this.kinds.has("unstuff") && state.form !== "wheels" && state.form !== "kit") free("wheels", state.status, "free unstuffing");
    if (!this.kinds.has("export-clearance") && mayExport) free(state.form, "exported", "free export clearance");
    if (!this.kinds.has("import-clearance") && mayImport)
      for (const at of this.importTimes(state.time)) free(state.form, "imported", "free import clearance", at);
  }

  /** When import may be asked for: at once, or on a later day on which some duty begins or has ended. */
  private importTimes(time: number): number[] {
    this.importDates ??= this.allImportDates();
    return [time, ...this.importDates.filter((m) => m > time)];
  }

  private allImportDates(): number[] {
    const zone = this.zone(this.placeOf.get(this.shipment.to)!);
    const duties = this.data.customs.find((a) => a.id === this.abroad)?.duties ?? [];
    const days = duties.flatMap((d) => [
      ...(d.valid?.from === undefined ? [] : [dayOf(d.valid.from)]),
      ...(d.valid?.until === undefined ? [] : [dayOf(d.valid.until) + 1]),
    ]);
    return [...new Set(days.map((day) => minuteAt(zone, day, 0)))].filter((m) => m <= this.shipment.horizon);
  }

  private operationFen(o: Operation, form: Form): number {
    const key = `${o.id} ${form}`;
    let fen = this.operationFens.get(key);
    if (fen === undefined)
      this.operationFens.set(key, (fen = this.components(o.charges, "handling", form, 0).reduce((sum, a) => sum + a.fen, 0)));
    return fen;
  }

  private canTake(form: Form): boolean {
    return form === "wheels" ? this.cargo.kind !== "kit" : this.boxes(form) > 0;
  }

  /** First minute from `time` on at which the operation may begin; closing time is the last minute. */
  private opens(o: Operation, zone: string, time: number): number | undefined {
    const hours = o.openingHours;
    const { horizon } = this.shipment;
    const earliest = o.valid?.from === undefined ? time : Math.max(time, minuteAt(zone, dayOf(o.valid.from), 0));
    if (hours === undefined) return earliest <= horizon && holdsOn(dayAt(zone, earliest), o.valid) ? earliest : undefined;
    const overnight = clockOf(hours.until) < clockOf(hours.from);
    for (let day = dayAt(zone, earliest) - 1; day <= dayAt(zone, horizon); day++) {
      if (hours.days !== undefined && !hours.days.includes(isoWeekday(day))) continue;
      const open = minuteAt(zone, day, clockOf(hours.from));
      const close = minuteAt(zone, overnight ? day + 1 : day, clockOf(hours.until));
      const begin = Math.max(open, earliest);
      if (begin <= close) return holdsOn(dayAt(zone, begin), o.valid) ? begin : undefined;
    }
    return undefined;
  }
}

interface Leg {
  line: Line;
  from: number;
  to: number;
  terms: Map<Form, LegTerms | "no">;
}

interface DayTerms {
  fen: number;
  freight: number;
  minutes: number;
}

interface LegTerms {
  tail: number;
  head: number;
  fen: number;
  freight: number;
  grams: number;
  rules: { rule: Rule; fen: number; minutes: number }[];
  tariffs: { tariff: Tariff; fen: number; freight: number }[] | undefined;
  leadMinutes: number;
  afterMinutes: number;
  days?: Map<number, DayTerms | "no">;
}

/** Thrown when a network is too large to enumerate. */
export class OracleLimit extends Error {}

/**
 * Every non-dominated way of a shipment by enumeration. Throws `OracleLimit` beyond `limit` states.
 * `merges: false` follows every single walk by itself (only for networks without circles of no time).
 */
export function enumerateWays(data: NetworkData, shipment: OracleShipment, limit = 200_000, merges = true): OracleAnswer {
  return new Oracle(data, shipment).run(limit, merges);
}
