import * as z from "zod/mini";
import { date } from "./date-schema.ts";
import {
  duration,
  durationFigure,
  figure,
  frequencyFigure,
  insuredFigure,
  positiveFigure,
  rateFigure,
  shareFigure,
  sharedFigure,
  source,
  text,
} from "./figure.ts";

/** How vehicles are presented to a service or stand at a place. */
export const forms = ["wheels", "container", "container-bare", "frame", "kit"] as const;
/**
 * - `wheels` drives on: ro-ro ship, auto-rack wagon, car-carrier truck
 * - `container` 40HC with a rack; `container-bare` 40HC with plain lashing
 * - `frame` foldable frame on a pulp carrier
 * - `kit` SKD or CKD parts in a 40HC (rides with every container service)
 */
export type Form = (typeof forms)[number];

/** The form a service carries; a `container` service takes `container`, `container-bare` and `kit`. */
export const serviceForms = ["wheels", "container", "frame"] as const;
export type ServiceForm = (typeof serviceForms)[number];

export const modes = ["sea", "river", "rail", "road"] as const;
export type Mode = (typeof modes)[number];

export const statuses = ["domestic", "exported", "imported"] as const;
export type CustomsStatus = (typeof statuses)[number];

export const locationKinds = ["plant", "terminal", "port", "border", "station", "lock", "warehouse", "market"] as const;

/** Cost lines, in the order in which they are shown; they add up to the total exactly. */
export const costLines = [
  "pre-carriage",
  "handling",
  "stuffing",
  "main-carriage",
  "border",
  "clearance",
  "storage",
  "insurance",
  "credit-insurance",
  "capital",
  "currency",
  "carbon",
  "import-handling",
  "duty",
  "fees",
  "on-carriage",
  "rebate",
] as const;
export type CostLine = (typeof costLines)[number];

export const powertrains = ["ice", "phev", "bev", "none"] as const;
export const cargoKinds = ["sedan", "suv", "pickup", "light-truck", "heavy-truck", "kit"] as const;

const monthDay = z.string().check(z.regex(/^\d{2}-\d{2}$/));
const clock = z.string().check(z.regex(/^([01]\d|2[0-3]):[0-5]\d$/));
const id = z.string().check(z.regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/));
const sourceIds = z.union([z.string(), z.array(z.string())]);

/** Dates, both inclusive, in the local time of the place of departure. */
export const validity = z.strictObject({ from: z.optional(date), until: z.optional(date) });

/** Which cargo something is for; every list that is given must match. */
export const cargoFilter = z.strictObject({
  cargos: z.optional(z.array(id)),
  powertrains: z.optional(z.array(z.enum(powertrains))),
  kinds: z.optional(z.array(z.enum(cargoKinds))),
});
export type CargoFilter = z.infer<typeof cargoFilter>;

/** Money per unit. All that are given are charged. Box, wagon, frame and truck are shared by the vehicles inside, whole ones only. */
export const charge = z.strictObject({
  /** Cost line; left out: carriage for services, by kind for operations. */
  line: z.optional(z.enum(costLines)),
  /** ISO 4217; left out: CNY. */
  currency: z.optional(z.string().check(z.regex(/^[A-Z]{3}$/))),
  perVehicle: z.optional(figure),
  perM3: z.optional(figure),
  perTonne: z.optional(figure),
  perCeu: z.optional(figure),
  perContainer: z.optional(figure),
  perWagon: z.optional(figure),
  perFrame: z.optional(figure),
  perTruck: z.optional(figure),
  perShipment: z.optional(figure),
  perVehicleKm: z.optional(figure),
  perTonneKm: z.optional(figure),
  perContainerKm: z.optional(figure),
  perTruckKm: z.optional(figure),
  percentOfValue: z.optional(rateFigure),
});
export type Charge = z.infer<typeof charge>;

/** A part of every year in which something differs, month-day to month-day inclusive (may wrap over New Year). */
export const season = z.strictObject({
  from: monthDay,
  until: monthDay,
  /** Only in these years; left out: every year. */
  years: z.optional(z.array(z.int())),
  /** Replaces the normal wait (passages). */
  waitHours: z.optional(durationFigure),
  /** Added once to the running time of a departure (services). */
  addHours: z.optional(durationFigure),
  /** Slots as a share of the normal number, in percent. */
  slotsPercent: z.optional(rateFigure),
  /** No departures. */
  suspended: z.optional(z.boolean()),
  note: z.optional(text),
  source: z.optional(sourceIds),
});

/** What it takes to pass a lock or a border without leaving the service. */
export const passage = z.strictObject({
  /** Waiting in the queue. */
  waitHours: z.optional(durationFigure),
  /** The passage itself: lockage, change of gauge, formalities. */
  hours: z.optional(durationFigure),
  /** Left out of a charge: line `border`. */
  charges: z.optional(z.array(charge)),
  seasons: z.optional(z.array(season)),
  /** Whole days shut; arrivals wait for the end. */
  closures: z.optional(z.array(z.strictObject({ from: date, until: date, note: z.optional(text), source: z.optional(sourceIds) }))),
  note: z.optional(text),
});

export const openingHours = z.strictObject({
  /** ISO weekdays, 1 = Monday. Left out: every day. */
  days: z.optional(z.array(z.int().check(z.minimum(1), z.maximum(7)))),
  from: clock,
  until: clock,
});

const storageTerms = z.strictObject({
  freeDays: z.optional(durationFigure),
  currency: z.optional(z.string().check(z.regex(/^[A-Z]{3}$/))),
  perVehicleDay: z.optional(figure),
  perContainerDay: z.optional(figure),
});

export const location = z.strictObject({
  /** UN/LOCODE, with `-FACILITY` for a terminal inside it; country code and name where there is no code. */
  id,
  name: text,
  aliases: z.optional(z.array(z.string())),
  kind: z.enum(locationKinds),
  /** ISO 3166 alpha-2. */
  country: z.optional(z.string().check(z.regex(/^[A-Z]{2}$/))),
  lat: z.optional(z.number().check(z.minimum(-90), z.maximum(90))),
  lon: z.optional(z.number().check(z.minimum(-180), z.maximum(180))),
  /** IANA name; left out: UTC. */
  timeZone: z.optional(z.string()),
  /** Forms in which the place claims to handle vehicles (checked: each must be reachable). */
  forms: z.optional(z.array(z.enum(forms))),
  /** Storage terms by form. The clock starts on arrival at the place or when the form changes there. */
  storage: z.optional(z.partialRecord(z.enum(forms), storageTerms)),
  /** Queues that services pass through here, by class (for a lock: `priority`, `ordinary`). */
  passages: z.optional(z.record(z.string(), passage)),
  note: z.optional(text),
  source: z.optional(sourceIds),
});

export const corridor = z.strictObject({ id, name: text, note: z.optional(text) });

/** One call of a service. Everything about the run to here stands on the stop that it ends at. */
export const stop = z.strictObject({
  at: id,
  /** Run from the previous stop's departure to the arrival here. */
  hours: z.optional(durationFigure),
  /** True distance from the previous stop. */
  distanceKm: z.optional(figure),
  /** Time at the stop before going on. */
  stayHours: z.optional(durationFigure),
  /** Vehicles must be at the terminal, ready, this long before departure. */
  cutoffHours: z.optional(durationFigure),
  /** From arrival until the vehicles can be collected. */
  releaseHours: z.optional(durationFigure),
  /** Class of a passage of this location (lock, border): its wait, hours and charges apply, nobody boards or alights. */
  pass: z.optional(z.string()),
  load: z.optional(z.boolean()),
  unload: z.optional(z.boolean()),
  /** Charged to those who travel the run to here. */
  charges: z.optional(z.array(charge)),
  /** Emissions of the run to here stated outright, instead of factor x distance. */
  co2eKgPerVehicle: z.optional(figure),
  /** Key in the geometry; left out: `mode:from>to`. */
  geometry: z.optional(z.string()),
  /** `["Suez Canal"]`: what the run goes past, for people. */
  via: z.optional(z.array(z.string())),
});

export const weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;

const datedDeparture = z.strictObject({
  /** Local date and time at the first stop. */
  at: z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d$/)),
  /** Own arrival and departure hours after `at`, one per stop, instead of the service's. */
  stops: z.optional(z.array(z.strictObject({ arriveHours: duration, departHours: duration }))),
  slots: z.optional(figure),
  charges: z.optional(z.array(charge)),
});

/** When a service leaves its first stop. */
export const departures = z.union([
  z.literal("on-demand"),
  z.strictObject({ weekly: z.array(z.enum(weekdays)).check(z.minLength(1)), time: z.optional(clock) }),
  z.strictObject({
    /** Even spacing, where only a frequency is known. `from` anchors the series. */
    perWeek: frequencyFigure,
    from: z.optional(date),
    time: z.optional(clock),
  }),
  z.strictObject({ dates: z.array(z.union([z.string(), datedDeparture])) }),
]);

export const tariffKinds = ["contract", "spot", "list"] as const;

/** One price for one stretch of a service; several tariffs of a stretch stand side by side and the cheapest that applies is taken. */
export const tariff = z.strictObject({
  id: z.optional(id),
  kind: z.optional(z.enum(tariffKinds)),
  /** Stops it is for; left out: every pair. */
  between: z.optional(z.tuple([id, id])),
  when: z.optional(cargoFilter),
  valid: z.optional(validity),
  slots: z.optional(figure),
  charges: z.array(charge),
  note: z.optional(text),
});

export const service = z.strictObject({
  id,
  name: z.optional(text),
  mode: z.enum(modes),
  form: z.enum(serviceForms),
  corridor: z.optional(id),
  operator: z.optional(text),
  stops: z.array(stop).check(z.minLength(2)),
  /** Left out: on demand. */
  departures: z.optional(departures),
  /** Basis and source of the timetable, as a figure counts for evidence. */
  schedule: z.optional(
    z.strictObject({ basis: z.enum(["published", "derived", "assumed"]), source: z.optional(sourceIds), note: z.optional(text) }),
  ),
  /** Also called in the other direction, with the same run times, distances and charges. */
  bothWays: z.optional(z.boolean()),
  /** Charged once to everyone who travels, whatever the stretch. */
  charges: z.optional(z.array(charge)),
  tariffs: z.optional(z.array(tariff)),
  /** Slots of one departure. */
  slots: z.optional(figure),
  slotUnit: z.optional(z.enum(["vehicle", "container", "wagon", "frame", "m3", "ceu", "truck"])),
  /** For on-demand services. */
  weeklySlots: z.optional(figure),
  when: z.optional(cargoFilter),
  valid: z.optional(validity),
  seasons: z.optional(z.array(season)),
  /** Standard deviation of the run time, and share on time, for the on-time chance. */
  reliability: z.optional(z.strictObject({ sdHours: z.optional(durationFigure), onTimePercent: z.optional(shareFigure) })),
  /** Emission factor. */
  factor: z.optional(id),
  /** False: a service that does not run yet (a lever can start it). */
  enabled: z.optional(z.boolean()),
  note: z.optional(text),
  source: z.optional(sourceIds),
});

export const operationKinds = ["load", "unload", "stuff", "unstuff", "export-clearance", "import-clearance"] as const;

/** A hub operation: something done to a vehicle at a place. */
export const operation = z.strictObject({
  id,
  name: z.optional(text),
  kind: z.enum(operationKinds),
  at: z.array(id).check(z.minLength(1)),
  /** load, unload: mode of the service boarded or left. */
  mode: z.optional(z.enum(modes)),
  /** load, unload: the form carried. stuff: the form made. unstuff: the form opened. Clearance: left out, every form. */
  form: z.optional(z.enum(forms)),
  hours: z.optional(durationFigure),
  /** Normal waiting for the operation or for collection afterwards, beside the operation itself. */
  dwellHours: z.optional(durationFigure),
  charges: z.optional(z.array(charge)),
  openingHours: z.optional(openingHours),
  dailyVehicles: z.optional(figure),
  co2eKgPerVehicle: z.optional(figure),
  when: z.optional(cargoFilter),
  valid: z.optional(validity),
  enabled: z.optional(z.boolean()),
  note: z.optional(text),
  source: z.optional(sourceIds),
});

export const poolKinds = ["truck", "wagon", "container", "frame"] as const;

/**
 * Trucks, wagons, boxes or frames that carry vehicles and come back: what is under way is not there for others. A ride takes its share of a unit from departure
 * until the unit is back. Counted by the week: on average no more than `units` are under way. A limit of plans; single shipments do not see it.
 */
export const pool = z.strictObject({
  id,
  name: text,
  /** What is counted. */
  kind: z.enum(poolKinds),
  /** How many there are for the vehicles of this network. */
  units: figure,
  /** Services that use them: ids, `*` for any letters. */
  services: z.array(z.string()).check(z.minLength(1)),
  when: z.optional(cargoFilter),
  /** The unit goes no further than the last stop in these countries (wagons stay on their gauge). Left out: all the way. */
  countries: z.optional(z.array(z.string())),
  /** Time of the way back, percent of the way out; default 100. Less, where other freight is found on the way. */
  returnPercent: z.optional(rateFigure),
  /** Loading, unloading and waiting for a load, once a trip. */
  turnaroundHours: z.optional(durationFigure),
  /** What it costs to bring a unit back, once a trip, where tariffs do not contain it; charged to single shipments too. Left out of a charge: line of the carriage. */
  charges: z.optional(z.array(charge)),
  note: z.optional(text),
  source: z.optional(sourceIds),
});

export const gateUnits = ["departure", "vehicle", "container", "wagon", "truck"] as const;

/** What passes a lock or a border in a day, all services together. Counted by the week. A limit of plans. */
export const gate = z.strictObject({
  id,
  name: text,
  /** Lock or border. */
  at: id,
  /** Classes of its passages that share it; left out: all. */
  classes: z.optional(z.array(z.string())),
  /** `departure`: whole ships or trains; a vehicle counts as its share of the departure's slots. */
  unit: z.enum(gateUnits),
  /** Units a day, one way, that are open to the vehicles of this network. */
  daily: figure,
  /** `slotsPercent` of a season is what is left then. */
  seasons: z.optional(z.array(season)),
  note: z.optional(text),
  source: z.optional(sourceIds),
});

/**
 * Room for vehicles on their wheels that wait at places: from arrival by a departure until they are called on, and from the cut-off until they leave. Counted by the
 * week: on average no more than `spaces` stand there. A limit of plans.
 */
export const yard = z.strictObject({
  id,
  name: z.optional(text),
  /** Places that share it. */
  at: z.array(id).check(z.minLength(1)),
  /** Vehicles of this network at a time. */
  spaces: figure,
  note: z.optional(text),
  source: z.optional(sourceIds),
});

/** Which cargo may use what, when; or what it costs extra. All conditions given must hold. */
export const rule = z.strictObject({
  id,
  title: text,
  cargo: z.optional(cargoFilter),
  modes: z.optional(z.array(z.enum(modes))),
  forms: z.optional(z.array(z.enum(forms))),
  services: z.optional(z.array(id)),
  /** Boarding places. */
  at: z.optional(z.array(id)),
  /** Countries of the boarding place. */
  countries: z.optional(z.array(z.string())),
  /** Locks or borders passed on the way. */
  passing: z.optional(z.array(id)),
  /** Date of departure. */
  valid: z.optional(validity),
  forbid: z.optional(z.boolean()),
  /** Extra lead time before boarding. */
  addHours: z.optional(durationFigure),
  charges: z.optional(z.array(charge)),
  enabled: z.optional(z.boolean()),
  note: z.optional(text),
  source: z.optional(sourceIds),
});

export const cargo = z.strictObject({
  id,
  name: text,
  aliases: z.optional(z.array(z.string())),
  kind: z.enum(cargoKinds),
  powertrain: z.enum(powertrains),
  /** FOB value of one vehicle or kit. */
  valueCny: z.optional(figure),
  massT: z.optional(figure),
  lengthM: z.optional(figure),
  widthM: z.optional(figure),
  heightM: z.optional(figure),
  volumeM3: z.optional(figure),
  /** Car equivalent units: RT43 (1966 Corona) and modern (10 m2 of deck). */
  ceuRt43: z.optional(figure),
  ceuModern: z.optional(figure),
  /** Vehicles per unit of transport; a form left out cannot carry this cargo. All left out: one in each. */
  units: z.optional(
    z.strictObject({
      container: z.optional(positiveFigure),
      containerBare: z.optional(positiveFigure),
      frame: z.optional(positiveFigure),
      wagon: z.optional(positiveFigure),
      truck: z.optional(positiveFigure),
      kit: z.optional(positiveFigure),
    }),
  ),
  example: z.optional(text),
  note: z.optional(text),
  source: z.optional(sourceIds),
});

export const dutyKinds = ["mfn", "preference", "countervailing", "additional", "fee"] as const;

/**
 * One duty or fee. Payable = the lower of `mfn` and `preference` (when claimed), plus every `countervailing`, `additional` and `fee` that applies
 * on the day of import. Rates are percent of CIF value (FOB value + main carriage + cargo insurance).
 */
export const duty = z.strictObject({
  id,
  kind: z.enum(dutyKinds),
  title: z.optional(text),
  agreement: z.optional(z.string()),
  countries: z.optional(z.array(z.string())),
  when: z.optional(cargoFilter),
  valid: z.optional(validity),
  ratePercent: z.optional(rateFigure),
  charges: z.optional(z.array(charge)),
  note: z.optional(text),
});

/** A customs territory: vehicles imported anywhere in it move freely inside. A country not listed is a territory of its own. */
export const customsArea = z.strictObject({
  id,
  name: text,
  countries: z.array(z.string()),
  duties: z.array(duty),
  note: z.optional(text),
});

export const finance = z.strictObject({
  /** CNY for one unit of each currency. */
  cnyPer: z.optional(z.record(z.string(), positiveFigure)),
  /** Cost of the money tied up in the vehicle from ready date to arrival. */
  capitalPercentPerYear: z.optional(rateFigure),
  cargoInsurancePercent: z.optional(shareFigure),
  /** Insured value as percent of CIF (110). */
  insuredPercent: z.optional(insuredFigure),
  creditInsurancePercent: z.optional(shareFigure),
  /** Share of the invoice in foreign currency that is hedged, and what hedging costs. */
  hedgeSharePercent: z.optional(shareFigure),
  hedgeCostPercentPerYear: z.optional(rateFigure),
  rmbSharePercent: z.optional(shareFigure),
  /** Export rebate of VAT, and days from export clearance to the money. */
  rebatePercent: z.optional(shareFigure),
  rebateDays: z.optional(durationFigure),
  carbonCnyPerTonne: z.optional(figure),
});

/** Well-to-wake emission factor per unit of transport work (ISO 14083). */
export const factor = z.strictObject({
  id,
  name: text,
  gPerTkm: z.optional(figure),
  gPerTeuKm: z.optional(figure),
  note: z.optional(text),
});

/** A polyline of [longitude, latitude] pairs. */
export const geometry = z.record(z.string(), z.array(z.tuple([z.number(), z.number()])));

/** A network, or a part of one: a folder's files are parts, joined list by list. */
export const networkPart = z.strictObject({
  $schema: z.optional(z.string()),
  locations: z.optional(z.array(location)),
  corridors: z.optional(z.array(corridor)),
  services: z.optional(z.array(service)),
  operations: z.optional(z.array(operation)),
  pools: z.optional(z.array(pool)),
  gates: z.optional(z.array(gate)),
  yards: z.optional(z.array(yard)),
  rules: z.optional(z.array(rule)),
  cargos: z.optional(z.array(cargo)),
  customs: z.optional(z.array(customsArea)),
  finance: z.optional(finance),
  factors: z.optional(z.array(factor)),
  /** Shared figures, used elsewhere as `{ "use": "name" }`. */
  figures: z.optional(z.record(z.string(), sharedFigure)),
  sources: z.optional(z.array(source)),
  geometry: z.optional(geometry),
});

export type Location = z.infer<typeof location>;
export type Passage = z.infer<typeof passage>;
export type Season = z.infer<typeof season>;
export type Service = z.infer<typeof service>;
export type Stop = z.infer<typeof stop>;
export type Departures = z.infer<typeof departures>;
export type Tariff = z.infer<typeof tariff>;
export type Operation = z.infer<typeof operation>;
export type OperationKind = (typeof operationKinds)[number];
export type Pool = z.infer<typeof pool>;
export type Gate = z.infer<typeof gate>;
export type Yard = z.infer<typeof yard>;
export type Rule = z.infer<typeof rule>;
export type Cargo = z.infer<typeof cargo>;
export type Duty = z.infer<typeof duty>;
export type CustomsArea = z.infer<typeof customsArea>;
export type Finance = z.infer<typeof finance>;
export type Factor = z.infer<typeof factor>;
export type Corridor = z.infer<typeof corridor>;
export type Validity = z.infer<typeof validity>;
export type OpeningHours = z.infer<typeof openingHours>;
export type NetworkPart = z.infer<typeof networkPart>;
export type Geometry = z.infer<typeof geometry>;
