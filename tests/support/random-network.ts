import type {
  Cargo,
  Charge,
  CustomsArea,
  Departures,
  Duty,
  Finance,
  Form,
  Location,
  Mode,
  NetworkPart,
  Operation,
  Passage,
  Rule,
  Season,
  Service,
  Stop,
  Tariff,
  Validity,
} from "../../src/model/index.ts";
import { type Network, type NetworkData, assemble, compile, makeLoad } from "../../src/network/index.ts";
import { type ShipmentGraph, buildShipmentGraph } from "../../src/routing/index.ts";
import { dateOfDay, dayOf, minuteAt } from "./clock.ts";
import type { OracleShipment } from "./oracle.ts";

/** What a random network has much of; everything else appears in it rarely or not at all. */
export const profiles = ["static", "timetable", "storage", "customs", "everything"] as const;
export type Profile = (typeof profiles)[number];

/** A small network and one shipment in it. `seed` and `profile` make the same case again. */
export interface Case {
  profile: Profile;
  seed: number;
  part: NetworkPart;
  shipment: CaseShipment;
}

export interface CaseShipment {
  cargo: string;
  quantity: number;
  from: string;
  to: string;
  /** Local date and time at the origin. */
  ready: string;
  days: number;
  paysDuty: boolean;
  claimsPreference: boolean;
}

/** Mulberry32: 32 bits of state, good enough to shuffle networks and the same on every machine. */
export class Random {
  private state: number;
  constructor(seed: number) {
    this.state = Math.imul(seed, 0x9e3779b1) >>> 0;
  }
  next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let t = this.state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  }
  /** Whole number from `low` to `high`, both inclusive. */
  int(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1));
  }
  chance(share: number): boolean {
    return this.next() < share;
  }
  pick<T>(list: readonly T[]): T {
    return list[this.int(0, list.length - 1)]!;
  }
  some<T>(list: readonly T[], share: number): T[] {
    return list.filter(() => this.chance(share));
  }
  shuffle<T>(list: readonly T[]): T[] {
    const out = [...list];
    for (let i = out.length - 1; i > 0; i--) {
      const j = this.int(0, i);
      [out[i], out[j]] = [out[j]!, out[i]!];
    }
    return out;
  }
}

/** How likely each trait is, by profile. */
interface Traits {
  locations: [number, number];
  services: [number, number];
  territories: number;
  days: [number, number];
  onDemand: number;
  moreStops: number;
  bothWays: number;
  tariffs: number;
  seasons: number;
  passages: number;
  storage: number;
  opening: number;
  rules: number;
  duties: number;
  handling: number;
  boxes: number;
  finance: number;
  valid: number;
  cutoff: number;
  own: number;
}

const traits: Record<Profile, Traits> = {
  static: {
    locations: [3, 6],
    services: [4, 12],
    territories: 1,
    days: [4, 9],
    onDemand: 1,
    moreStops: 0.2,
    bothWays: 0.3,
    tariffs: 0.1,
    seasons: 0,
    passages: 0,
    storage: 0,
    opening: 0,
    rules: 0,
    duties: 0,
    handling: 0.2,
    boxes: 0.2,
    finance: 0.5,
    valid: 0,
    cutoff: 0.2,
    own: 0,
  },
  timetable: {
    locations: [3, 6],
    services: [4, 10],
    territories: 1,
    days: [6, 18],
    onDemand: 0.25,
    moreStops: 0.5,
    bothWays: 0.3,
    tariffs: 0.25,
    seasons: 0.3,
    passages: 0.35,
    storage: 0.15,
    opening: 0.2,
    rules: 0.2,
    duties: 0,
    handling: 0.3,
    boxes: 0.15,
    finance: 0.5,
    valid: 0.25,
    cutoff: 0.5,
    own: 0.4,
  },
  storage: {
    locations: [3, 6],
    services: [4, 9],
    territories: 1,
    days: [6, 18],
    onDemand: 0.35,
    moreStops: 0.25,
    bothWays: 0.2,
    tariffs: 0.15,
    seasons: 0.1,
    passages: 0.1,
    storage: 0.8,
    opening: 0.3,
    rules: 0.1,
    duties: 0,
    handling: 0.3,
    boxes: 0.5,
    finance: 0.4,
    valid: 0.1,
    cutoff: 0.3,
    own: 0.1,
  },
  customs: {
    locations: [3, 6],
    services: [4, 9],
    territories: 3,
    days: [5, 15],
    onDemand: 0.4,
    moreStops: 0.3,
    bothWays: 0.2,
    tariffs: 0.2,
    seasons: 0.1,
    passages: 0.2,
    storage: 0.3,
    opening: 0.4,
    rules: 0.2,
    duties: 0.9,
    handling: 0.3,
    boxes: 0.3,
    finance: 0.8,
    valid: 0.1,
    cutoff: 0.2,
    own: 0.1,
  },
  everything: {
    locations: [3, 7],
    services: [3, 12],
    territories: 3,
    days: [5, 20],
    onDemand: 0.4,
    moreStops: 0.4,
    bothWays: 0.3,
    tariffs: 0.3,
    seasons: 0.3,
    passages: 0.4,
    storage: 0.4,
    opening: 0.4,
    rules: 0.4,
    duties: 0.7,
    handling: 0.5,
    boxes: 0.4,
    finance: 0.8,
    valid: 0.3,
    cutoff: 0.4,
    own: 0.3,
  },
};

const names = ["A", "B", "C", "D", "E", "F", "G"];
/** Days around which something happens: both changes of the clock in Berlin, New Year, the end of a month. */
const anchors = ["2027-03-24", "2027-10-27", "2027-12-27", "2027-06-27", "2028-02-26"];
/** Amounts that collide on purpose. */
const rates = [0, 1, 2, 2, 5, 10, 10, 20, 50];
const hours = [0, 1, 6, 6, 12, 24, 24, 36, 48, 72];
const kilometres = [0, 100, 100, 250, 500];

class Maker {
  readonly random: Random;
  private readonly traits: Traits;
  private readonly anchor: number;
  private readonly countries: string[];
  private places: Location[] = [];
  private readonly forms: Form[] = ["wheels"];
  private isKit = false;

  constructor(profile: Profile, seed: number) {
    this.random = new Random(seed + 100_003 * profiles.indexOf(profile));
    this.traits = traits[profile];
    const anchor = this.random.pick(anchors);
    this.anchor = dayOf(anchor);
    this.countries = ["CN", "DE", "KZ"].slice(0, this.random.int(Math.min(2, this.traits.territories), this.traits.territories));
  }

  private date(low = -4, high = 20): string {
    return dateOfDay(this.anchor + this.random.int(low, high));
  }

  private maybe<T extends object>(share: number, make: () => T): T | object {
    return this.random.chance(share) ? make() : {};
  }

  private valid(share: number): { valid?: Validity } {
    if (!this.random.chance(share)) return {};
    const from = this.random.int(-4, 12);
    const until = from + this.random.int(0, 12);
    return {
      valid: {
        ...this.maybe(0.7, () => ({ from: dateOfDay(this.anchor + from) })),
        ...this.maybe(0.7, () => ({ until: dateOfDay(this.anchor + until) })),
      },
    };
  }

  private amount(units: readonly (keyof Charge)[]): Charge {
    const { random } = this;
    const charge: Charge = { [random.pick(units)]: random.pick(rates) };
    if (random.chance(0.15)) Object.assign(charge, { [random.pick(units)]: random.pick(rates) });
    if (random.chance(0.1)) charge.currency = random.pick(["USD", "EUR"]);
    // What is not carriage does not count into the CIF value: ways of one price with another duty.
    if (random.chance(this.traits.duties / 5)) charge.line = "handling";
    return charge;
  }

  private unitsOf(form: Form): (keyof Charge)[] {
    const common: (keyof Charge)[] = [
      "perVehicle",
      "perVehicle",
      "perVehicle",
      "perVehicleKm",
      "perShipment",
      "perTonne",
      "perM3",
      "percentOfValue",
    ];
    if (form === "container") return [...common, "perContainer", "perContainer", "perContainerKm"];
    return form === "frame" ? [...common, "perFrame"] : common;
  }

  private season(from: number, addHours: boolean): Season {
    const { random } = this;
    const length = random.int(0, 6);
    const season: Season = { from: dateOfDay(this.anchor + from).slice(5), until: dateOfDay(this.anchor + from + length).slice(5) };
    if (random.chance(0.2)) season.years = [random.pick([2027, 2028])];
    if (!addHours) season.waitHours = random.pick([0, 6, 24, 60]);
    else if (random.chance(0.4)) season.suspended = true;
    else season.addHours = random.pick([1, 6, 24, 48]);
    return season;
  }

  private passage(): Passage {
    const { random } = this;
    return {
      waitHours: random.pick([0, 1, 12, 24, 48]),
      hours: random.pick([0, 1, 6]),
      ...this.maybe(0.4, () => ({ charges: [this.amount(["perVehicle"])] })),
      ...this.maybe(0.5, () => ({ seasons: [this.season(random.int(-3, 8), false)] })),
      ...this.maybe(0.4, () => {
        const from = random.int(-2, 10);
        return { closures: [{ from: dateOfDay(this.anchor + from), until: dateOfDay(this.anchor + from + random.int(0, 3)) }] };
      }),
    };
  }

  private storageTerms(): { freeDays?: number; perVehicleDay?: number; perContainerDay?: number } {
    const { random } = this;
    return {
      ...this.maybe(0.7, () => ({ freeDays: random.pick([0, 1, 1, 2, 3.5, 5]) })),
      ...(random.chance(0.25) ? { perContainerDay: random.pick([3, 10]) } : { perVehicleDay: random.pick([1, 1, 5, 10, 30]) }),
    };
  }

  private location(id: string, index: number, count: number): Location {
    const { random } = this;
    const country = index === 0 ? "CN" : index === count - 1 ? this.countries.at(-1)! : random.pick(this.countries);
    const zones: Record<string, string[]> = {
      CN: ["Asia/Shanghai", "Asia/Shanghai", "UTC"],
      DE: ["Europe/Berlin"],
      KZ: ["Asia/Almaty", "Europe/Berlin"],
    };
    const location: Location = {
      id,
      name: id,
      kind: "port",
      country,
      timeZone: random.chance(0.5) ? random.pick(["UTC", "Europe/Berlin", "America/New_York"]) : random.pick(zones[country]!),
    };
    if (random.chance(this.traits.storage)) {
      const storage: NonNullable<Location["storage"]> = {};
      for (const form of random.some(["wheels", "container", "frame"] as const, 0.6)) storage[form] = this.storageTerms();
      location.storage = storage;
    }
    if (random.chance(this.traits.passages)) location.passages = { lane: this.passage() };
    return location;
  }

  private stops(form: Form): Stop[] {
    const { random } = this;
    const count = random.chance(this.traits.moreStops) ? random.int(3, 4) : 2;
    const stops: Stop[] = [];
    while (stops.length < count) {
      const at = random.pick(this.places).id;
      if (stops.at(-1)?.at === at) continue;
      stops.push({ at });
    }
    const last = stops.length - 1;
    stops.forEach((stop, k) => {
      const place = this.places.find((p) => p.id === stop.at)!;
      if (k > 0) {
        stop.hours = random.pick(hours.slice(1));
        if (random.chance(0.6)) stop.distanceKm = random.pick(kilometres);
        if (random.chance(0.3)) stop.charges = [this.amount(this.unitsOf(form))];
        if (random.chance(0.15)) stop.co2eKgPerVehicle = random.pick([0, 1, 5]);
      }
      if (k > 0 && k < last) {
        if (place.passages !== undefined && random.chance(0.7)) stop.pass = "lane";
        else {
          if (random.chance(0.5)) stop.stayHours = random.pick([1, 12, 24]);
          if (random.chance(0.15)) stop.load = false;
          if (random.chance(0.15)) stop.unload = false;
        }
      }
      if (random.chance(this.traits.cutoff)) stop.cutoffHours = random.pick([1, 6, 24, 48]);
      if (random.chance(this.traits.cutoff / 2)) stop.releaseHours = random.pick([1, 12, 24]);
    });
    return stops;
  }

  private departures(stopCount: number): Departures {
    const { random } = this;
    if (random.chance(this.traits.onDemand)) return "on-demand";
    const time = random.pick(["00:00", "06:00", "12:00", "18:00", "02:30", "23:59"]);
    const kind = random.int(0, 2);
    if (kind === 0)
      return {
        weekly: random
          .some(["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const, 0.3)
          .concat("wed")
          .slice(0, 3),
        ...(random.chance(0.7) ? { time } : {}),
      };
    if (kind === 1)
      return {
        perWeek: random.pick([0.5, 1, 1, 2, 3]),
        ...this.maybe(0.5, () => ({ from: this.date(-10, 5) })),
        ...this.maybe(0.5, () => ({ time })),
      };
    const dates = Array.from({ length: random.int(1, 5) }, () => {
      const day = this.date(0, 16);
      if (random.chance(0.3)) return day;
      const at = `${day}T${time}`;
      if (!random.chance(this.traits.own)) return random.chance(0.5) ? at : { at };
      let now = random.pick([0, 0, 6]);
      const own = Array.from({ length: stopCount }, (_, k) => {
        const arriveHours = k === 0 ? 0 : (now += random.pick([6, 12, 30]));
        now = k === 0 ? now : now + random.pick([0, 2, 12]);
        return { arriveHours, departHours: now };
      });
      return {
        at,
        ...this.maybe(0.6, () => ({ stops: own })),
        ...this.maybe(0.6, () => ({ charges: [this.amount(["perVehicle"])] })),
        ...this.maybe(0.2, () => ({ slots: 5 })),
      };
    });
    // Own departures are services of their own, named by their date: one for each.
    const stamps = new Set<string>();
    return { dates: dates.filter((d) => !stamps.has(typeof d === "string" ? d : d.at) && stamps.add(typeof d === "string" ? d : d.at)) };
  }

  private tariffs(stops: readonly Stop[], form: Form): Tariff[] {
    const { random } = this;
    return Array.from({ length: random.int(1, 3) }, (_, i): Tariff => {
      const [from, to] = [random.int(0, stops.length - 2), stops.length - 1];
      return {
        id: `t${i}`,
        kind: random.pick(["contract", "spot", "list"] as const),
        ...this.maybe(0.25, () => ({ between: [stops[from]!.at, stops[to]!.at] })),
        ...this.maybe(0.1, () => ({ when: { powertrains: [random.pick(["bev", "ice"] as const)] } })),
        ...this.valid(0.6),
        charges: [this.amount(this.unitsOf(form))],
      };
    });
  }

  private service(id: string): Service {
    const { random } = this;
    const form = random.pick(this.forms) as Service["form"];
    const mode: Mode = random.pick(form === "frame" ? (["sea"] as const) : (["sea", "rail", "road", "river"] as const));
    const stops = this.stops(form);
    const departures = this.departures(stops.length);
    return {
      id,
      mode,
      form,
      stops,
      departures,
      ...this.maybe(0.6, () => ({ corridor: random.pick(["north", "south"]) })),
      ...this.maybe(this.traits.bothWays, () => ({ bothWays: true })),
      ...this.maybe(0.8, () => ({ charges: [this.amount(this.unitsOf(form))] })),
      ...this.maybe(this.traits.tariffs, () => ({ tariffs: this.tariffs(stops, form) })),
      ...this.maybe(0.05, () => ({ when: { kinds: ["suv"] } })),
      ...this.valid(this.traits.valid),
      ...this.maybe(this.traits.seasons, () => ({
        seasons: [this.season(random.int(-3, 6), true), ...(random.chance(0.3) ? [this.season(random.int(4, 12), true)] : [])],
      })),
      ...this.maybe(0.6, () => ({ factor: random.pick(["ship", "box"]) })),
      ...this.maybe(0.04, () => ({ enabled: false })),
    };
  }

  private opening(): { openingHours?: Operation["openingHours"] } {
    const { random } = this;
    if (!random.chance(this.traits.opening)) return {};
    const [from, until] = random.pick([
      ["08:00", "17:00"],
      ["06:00", "12:00"],
      ["00:00", "23:59"],
      ["20:00", "04:00"],
      ["02:30", "03:45"],
    ] as const);
    return { openingHours: { from, until, ...this.maybe(0.4, () => ({ days: random.pick([[1, 2, 3, 4, 5], [1], [2, 4], [6, 7]]) })) } };
  }

  private operation(id: string, kind: Operation["kind"], at: string[], form?: Form): Operation {
    const { random } = this;
    return {
      id,
      kind,
      at,
      ...(form === undefined ? {} : { form }),
      ...this.maybe(0.7, () => ({ hours: random.pick([0, 1, 6, 24]) })),
      ...this.maybe(0.2, () => ({ dwellHours: random.pick([1, 12, 24]) })),
      ...this.maybe(0.7, () => ({
        charges: [this.amount(form === undefined || form === "wheels" ? ["perVehicle", "perTonne"] : this.unitsOf(form))],
      })),
      ...this.maybe(0.15, () => ({ co2eKgPerVehicle: random.pick([1, 2]) })),
      ...(kind === "load" || kind === "unload" ? {} : { ...this.opening(), ...this.valid(this.traits.valid / 3) }),
      ...this.maybe(0.1, () => ({ when: { powertrains: ["bev"] } })),
    };
  }

  private operations(): Operation[] {
    const { random } = this;
    const all = this.places.map((p) => p.id);
    const made: Operation[] = [];
    for (const form of new Set(this.forms)) {
      if (form === "wheels") continue;
      // Sometimes no operation of a kind at all: then it is free and instant.
      if (random.chance(0.85)) made.push(this.operation(`stuff-${form}`, "stuff", random.some(all, 0.7).concat(all[0]!), form));
      if (random.chance(0.85))
        made.push(
          this.operation(`unstuff-${form}`, "unstuff", random.some(all, 0.7).concat(all.at(-1)!), random.chance(0.5) ? form : undefined),
        );
    }
    if (this.countries.length > 1) {
      for (const kind of ["export-clearance", "import-clearance"] as const) {
        if (!random.chance(0.85)) continue;
        for (let n = 0, count = random.int(1, 2); n < count; n++)
          made.push(
            this.operation(`${kind}-${n}`, kind, random.some(all, 0.7).concat(kind === "export-clearance" ? all[0]! : all.at(-1)!)),
          );
      }
    }
    for (const kind of ["load", "unload"] as const) {
      for (let n = 0; n < 2; n++) {
        if (!random.chance(this.traits.handling)) continue;
        made.push({
          ...this.operation(
            `${kind}-${n}`,
            kind,
            random.some(all, 0.6).concat(random.pick(all)),
            random.chance(0.3) ? random.pick(this.forms) : undefined,
          ),
          ...this.maybe(0.5, () => ({ mode: random.pick(["sea", "road", "rail"] as const) })),
        });
      }
    }
    return made.map((o) => ({ ...o, at: [...new Set(o.at)] }));
  }

  private rules(services: readonly Service[]): Rule[] {
    const { random } = this;
    const made: Rule[] = [];
    for (let n = 0; n < 3; n++) {
      if (!random.chance(this.traits.rules)) continue;
      const scope = random.int(0, 4);
      const kind = random.int(0, 2);
      made.push({
        id: `rule-${n}`,
        title: `rule ${n}`,
        ...(scope === 0
          ? { modes: [random.pick(["sea", "road", "rail"] as const)] }
          : scope === 1
            ? { services: [random.pick(services).id] }
            : scope === 2
              ? { at: [random.pick(this.places).id] }
              : scope === 3
                ? { passing: random.some(this.places, 0.5).map((p) => p.id) }
                : { countries: [random.pick(this.countries)] }),
        ...this.maybe(0.2, () => ({ forms: [random.pick(this.forms)] })),
        ...this.maybe(0.2, () => ({ cargo: { powertrains: [random.pick(["bev", "ice"] as const)] } })),
        ...this.valid(0.75),
        ...(kind === 0
          ? { forbid: true }
          : kind === 1
            ? { addHours: random.pick([1, 12, 24]) }
            : { charges: [{ perVehicle: random.pick([1, 5, 20]) }] }),
      });
    }
    return made;
  }

  private customs(): CustomsArea[] {
    const { random } = this;
    return this.countries.slice(1).flatMap((country): CustomsArea[] => {
      if (!random.chance(this.traits.duties)) return [];
      const step = random.int(0, 14);
      const before = dateOfDay(this.anchor + step);
      const after = dateOfDay(this.anchor + step + 1);
      const duties: Duty[] = [];
      const rate = () => random.pick([0, 1, 2.5, 10, 10, 25]);
      if (random.chance(0.5)) duties.push({ id: "mfn", kind: "mfn", ratePercent: rate() });
      else
        duties.push(
          { id: "mfn-old", kind: "mfn", ratePercent: rate(), valid: { until: before } },
          { id: "mfn-new", kind: "mfn", ratePercent: rate(), valid: { from: after } },
        );
      if (random.chance(0.4)) duties.push({ id: "pref", kind: "preference", ratePercent: rate(), ...this.valid(0.5) });
      if (random.chance(0.25)) duties.push({ id: "cvd", kind: "countervailing", ratePercent: rate(), when: { powertrains: ["bev"] } });
      if (random.chance(0.4)) duties.push({ id: "fee", kind: "fee", charges: [{ perVehicle: random.pick([5, 20]) }], ...this.valid(0.5) });
      if (random.chance(0.2)) duties.push({ id: "fee-rate", kind: "fee", ratePercent: 1 });
      return [{ id: `area-${country}`, name: country, countries: [country], duties }];
    });
  }

  private finance(): Finance {
    const { random } = this;
    const finance: Finance = { cnyPer: { USD: 7, EUR: 7.75 } };
    if (!random.chance(this.traits.finance)) return finance;
    return {
      ...finance,
      ...this.maybe(0.6, () => ({ capitalPercentPerYear: random.pick([4, 36.5]) })),
      ...this.maybe(0.5, () => ({ cargoInsurancePercent: random.pick([0.2, 1]) })),
      ...this.maybe(0.3, () => ({ insuredPercent: 110 })),
      ...this.maybe(0.3, () => ({ creditInsurancePercent: 0.5 })),
      ...this.maybe(0.3, () => ({ hedgeSharePercent: 80, hedgeCostPercentPerYear: 2, rmbSharePercent: random.pick([0, 25]) })),
      ...this.maybe(0.4, () => ({ rebatePercent: 13, rebateDays: random.pick([0, 10]) })),
      ...this.maybe(0.3, () => ({ carbonCnyPerTonne: random.pick([50, 400]) })),
    };
  }

  private cargo(): Cargo {
    const { random } = this;
    return {
      id: "car",
      name: "car",
      kind: this.isKit ? "kit" : random.pick(["suv", "sedan"] as const),
      powertrain: random.pick(["bev", "ice"] as const),
      valueCny: random.pick([0, 1000, 1000, 36_500, 100_000]),
      massT: random.pick([1, 2]),
      volumeM3: 12,
      ceuModern: 1.5,
      ...this.maybe(0.7, () => ({ units: { container: 3, containerBare: 2, frame: 4, wagon: 8, truck: 8, kit: 4 } })),
    };
  }

  make(profile: Profile, seed: number): Case {
    const { random } = this;
    this.isKit = random.chance(this.traits.boxes / 8);
    if (this.isKit) this.forms.splice(0, 1, "container", "container");
    else if (random.chance(this.traits.boxes)) this.forms.push("container");
    if (random.chance(this.traits.boxes / 4)) this.forms.push("frame");
    const count = random.int(...this.traits.locations);
    for (const [i, id] of names.slice(0, count).entries()) this.places.push(this.location(id, i, count));
    const services = Array.from({ length: random.int(...this.traits.services) }, (_, i) => this.service(`s${i}`));
    // Most networks should have an answer: at least one line out of the origin and one into the destination.
    services[0]!.stops[0]!.at = names[0]!;
    services[1]!.stops.at(-1)!.at = names[count - 1]!;
    for (const s of services.slice(0, 2)) s.stops = s.stops.filter((stop, k) => k === 0 || stop.at !== s.stops[k - 1]!.at);
    services.forEach((s) => {
      if (s.stops.length < 2 || s.stops.at(-1)!.pass !== undefined)
        s.stops = [{ at: names[0]! }, { at: names[count - 1]!, hours: random.pick(hours) }];
      if (typeof s.departures === "object" && "dates" in s.departures)
        for (const d of s.departures.dates)
          if (typeof d !== "string" && d.stops !== undefined && d.stops.length !== s.stops.length) delete d.stops;
    });
    const part: NetworkPart = {
      locations: this.places,
      corridors: [
        { id: "north", name: "north" },
        { id: "south", name: "south" },
      ],
      services,
      operations: this.operations(),
      rules: this.rules(services),
      cargos: [this.cargo()],
      customs: this.customs(),
      finance: this.finance(),
      factors: [
        { id: "ship", name: "ship", gPerTkm: 10 },
        { id: "box", name: "box", gPerTkm: 20, gPerTeuKm: 40 },
      ],
    };
    const shipment: CaseShipment = {
      cargo: "car",
      quantity: random.pick([1, 1, 3, 7, 8]),
      from: names[0]!,
      to: names[count - 1]!,
      ready: `${dateOfDay(this.anchor)}T${random.pick(["00:00", "08:00", "18:00"])}`,
      days: random.chance(0.05) ? 30 : random.int(...this.traits.days),
      paysDuty: random.chance(0.9),
      claimsPreference: random.chance(0.8),
    };
    return { profile, seed, part, shipment };
  }
}

export function randomCase(profile: Profile, seed: number): Case {
  return new Maker(profile, seed).make(profile, seed);
}

/** A case made ready: the frozen network, the shipment's graph, and the same shipment for the oracle. */
export interface Prepared {
  data: NetworkData;
  network: Network;
  graph: ShipmentGraph;
  shipment: OracleShipment;
}

export function prepare(part: NetworkPart, shipment: CaseShipment): Prepared {
  const { data, problems } = assemble([{ part }]);
  if (problems.length > 0) throw new Error(problems.map((p) => p.path).join(", "));
  const origin = data.locations.findIndex((l) => l.id === shipment.from);
  const ready = minuteAt(
    data.locations[origin]!.timeZone ?? "UTC",
    dayOf(shipment.ready),
    Number(shipment.ready.slice(11, 13)) * 60 + Number(shipment.ready.slice(14, 16)),
  );
  const horizon = ready + shipment.days * 1440;
  const network = compile(data, { from: ready, until: horizon });
  const graph = buildShipmentGraph(network, {
    load: makeLoad(
      network,
      data.cargos.findIndex((c) => c.id === shipment.cargo),
      shipment.quantity,
    ),
    origin,
    destination: data.locations.findIndex((l) => l.id === shipment.to),
    readyMinute: ready,
    dueMinute: undefined,
    horizonMinute: horizon,
    paysDuty: shipment.paysDuty,
    claimsPreference: shipment.claimsPreference,
  });
  const { cargo, quantity, from, to, paysDuty, claimsPreference } = shipment;
  return { data, network, graph, shipment: { cargo, quantity, from, to, ready, horizon, paysDuty, claimsPreference } };
}
