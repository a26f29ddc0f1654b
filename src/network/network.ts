import { type CargoFilter, type Duty, type Operation, type Rule, forms, modes } from "../model/index.ts";
import type { NetworkData } from "./assemble.ts";
import type { ChargeTable } from "./charges.ts";
import type { FigureIndex, FigureTable } from "./figures.ts";
import type { RunningService } from "./normalise.ts";
import type { ServiceTerms } from "./timetable.ts";

export const never = 2_147_483_647;
export const always = -2_147_483_648;

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

export function handlingKey(location: number, kind: "load" | "unload", mode: number, form: number): number {
  return ((location * 2 + (kind === "load" ? 0 : 1)) * modes.length + mode) * forms.length + form;
}
