import type { CostLine, CustomsStatus, Form, Mode, OperationKind, Text } from "../model/index.ts";
import type { EvidenceBasis } from "../network/index.ts";
import type { Option } from "./options.ts";

/** Money in a result is CNY per vehicle with two decimals; it comes from whole fen, so sums are exact to the fen. */
export interface CostItem {
  line: CostLine;
  /** Index into `elements`; -1 for what belongs to the whole chain (insurance, finance). */
  element: number;
  cny: number;
  /** What it is per: `perContainer`, `percentOfValue`, `day` … */
  unit: string;
  /** Addresses of the figures it is made from, the rate first. */
  figures: string[];
}

export interface TimeItem {
  element: number;
  what: "wait" | "cut-off" | "run" | "stay" | "passage-wait" | "passage" | "release" | "operation" | "dwell";
  minutes: number;
  /** Address of the figure; for a wait the service whose timetable makes it. */
  figure: string;
}

export interface LegElement {
  kind: "leg";
  service: string;
  name: Text;
  mode: Mode;
  form: Form;
  status: CustomsStatus;
  from: string;
  to: string;
  /** Local stamps with offset. */
  ready: string;
  departure: string;
  arrival: string;
  /** When the vehicles are free for the next step. */
  done: string;
  distanceKm: number;
  co2eKg: number;
  /** Addresses of the figures behind the CO2e: factor, distance, mass or vehicles a box. */
  co2Figures: string[];
  main: boolean;
  corridor?: string;
  /** Stops passed on the way, with those only passed (lock, border). */
  via: string[];
  tariff?: string;
}

export interface OperationElement {
  kind: "operation";
  operation: string;
  what: OperationKind;
  name: Text;
  at: string;
  form: Form;
  toForm: Form;
  status: CustomsStatus;
  begin: string;
  end: string;
  co2eKg: number;
  co2Figures: string[];
}

export type ChainElement = LegElement | OperationElement;

export type EvidenceShares = Record<EvidenceBasis, number>;

export interface Evidence {
  /** Shares of the cost by the weakest figure behind each part; they add up to 1. */
  cost: EvidenceShares;
  time: EvidenceShares;
  /** The assumed figure whose range moves the cost most, and by how much from low to high. */
  decisive?: { figure: string; cny: number };
}

export interface Range {
  low: number;
  high: number;
}

/** One way from plant to market, with everything that stands behind its numbers. */
export interface TransportChain {
  id: string;
  option: Option;
  corridor: string;
  /** Services in order; chains with the same list are one way at different dates. */
  services: string[];
  gateway: string;
  /** `logistics…`: without duty and fees. */
  cost: { cny: number; range: Range; lines: Partial<Record<CostLine, number>>; logisticsCny: number; logisticsRange: Range };
  time: { days: number; range: Range; departure: string; arrival: string; arrivalDate: string };
  co2eKg: number;
  distanceKm: number;
  due?: { slackDays: number; onTimeChance: number };
  evidence: Evidence;
  /** Next departures of the main leg after the one taken, local stamps. */
  nextDepartures: string[];
  elements: ChainElement[];
  costItems: CostItem[];
  timeItems: TimeItem[];
}
