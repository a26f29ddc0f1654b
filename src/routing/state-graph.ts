import { forms } from "../model/index.ts";
import type { Load, Network } from "../network/index.ts";
import type { DutySchedule } from "./duty.ts";

export const statusCount = 3;
export const domestic = 0;
export const exported = 1;
export const imported = 2;
export const formCount = forms.length;

/** A shipment whose words have become indices and minutes. */
export interface ShipmentTerms {
  load: Load;
  origin: number;
  destination: number;
  readyMinute: number;
  dueMinute: number | undefined;
  /** Last minute of arrival that is looked at. */
  horizonMinute: number;
  /** False under DAP: duty and fees are the buyer's. */
  paysDuty: boolean;
  claimsPreference: boolean;
}

/** Arc kinds: how time and cost come about. */
export const legArc = 0;
export const operationArc = 1;
/** A step the network does not model: free and instant. */
export const freeArc = 2;

/**
 * The part of the state graph that this shipment can use: every node (location, form, customs status) on some way from origin to destination.
 * Structure in typed arrays; `cost`, `dutiable`, `co2` and `minimum` are weights, set by `weigh` and set again after figures were patched.
 */
export interface ShipmentGraph {
  network: Network;
  terms: ShipmentTerms;
  /** Customs matter: origin and destination lie in different territories. */
  crossesCustoms: boolean;
  nodeCount: number;
  /** Location, form, status of each node. */
  nodeLocation: Int32Array;
  nodeForm: Uint8Array;
  nodeStatus: Uint8Array;
  source: number;
  target: number;
  arcCount: number;
  /** Arcs in rows by tail. */
  start: Int32Array;
  tail: Int32Array;
  head: Int32Array;
  kind: Uint8Array;
  /** Leg or operation index in the network; for a free arc the kind of operation. */
  ref: Int32Array;
  /** Departures (legs) or starts (operations) outside these minutes are not possible. */
  windowFrom: Int32Array;
  windowUntil: Int32Array;
  /** Rules that act on the arc: `ruleList[ruleStart[a]]` … */
  ruleStart: Int32Array;
  ruleList: Int32Array;
  loadOperation: Int32Array;
  unloadOperation: Int32Array;
  /** Tariff in the service's list that was cheapest when last weighed; -1 none. */
  tariff: Int32Array;
  /** Index into `options` of a leg that leaves the country of origin; -1 otherwise. */
  option: Int8Array;
  corridor: Int16Array;
  /** Freight on this arc counts into the CIF value. */
  foreign: Uint8Array;
  // Weights.
  cost: Float64Array;
  dutiable: Float64Array;
  co2: Float64Array;
  /** Minutes before departure at which the vehicles must be ready, and after arrival until they are free. */
  lead: Int32Array;
  after: Int32Array;
  /** Least minutes the arc can take. */
  minimum: Int32Array;
  /** Storage beyond the free time: fen per vehicle and started day, by node. */
  storageFen: Float64Array;
  storageFree: Int32Array;
  duty: DutySchedule;
  /** Fixed costs at the start: cargo insurance on the value, credit insurance. */
  insuranceFen: number;
  creditFen: number;
  /** Fen per minute from ready to arrival: capital, currency; and the rebate's credit. */
  capitalPerMinute: number;
  currencyPerMinute: number;
  rebatePerMinute: number;
  rebateMinutes: number;
  /** Every rule that kept an arc out of the graph, for explanations. */
  forbiddenBy: Map<string, number>;
}

export function nodeKey(location: number, form: number, status: number): number {
  return (location * formCount + form) * statusCount + status;
}
