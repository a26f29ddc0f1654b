import { costLines, forms, localDay, localMinute, modes, operationKinds } from "../model/index.ts";
import {
  type Load,
  type Network,
  type Sums,
  type TariffTerms,
  addGroup,
  always,
  canTake,
  carriageMinutes,
  fits,
  handlingKey,
  kit,
  matchesCargo,
  minutesOf,
  never,
  wheels,
} from "../network/index.ts";
import { type DutySchedule, makeDutySchedule } from "./duty.ts";
import { optionOf } from "./options.ts";

export const statusCount = 3;
export const domestic = 0;
export const exported = 1;
export const imported = 2;
const container = forms.indexOf("container");
const containerBare = forms.indexOf("container-bare");
const formCount = forms.length;
const borderLine = costLines.indexOf("border");
const exportClearance = operationKinds.indexOf("export-clearance");
const importClearance = operationKinds.indexOf("import-clearance");
const stuff = operationKinds.indexOf("stuff");
const unstuff = operationKinds.indexOf("unstuff");

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

interface Draft {
  tail: number[];
  head: number[];
  kind: number[];
  ref: number[];
  from: number[];
  until: number[];
  rules: (readonly number[])[];
  load: number[];
  unload: number[];
  option: number[];
  corridor: number[];
  foreign: number[];
}

/** First matching handling operation: one made for the cargo before a general one. */
function handlingOperation(network: Network, load: Load, location: number, kind: "load" | "unload", mode: number, form: number): number {
  const known = network.handling.get(handlingKey(location, kind, mode, form));
  if (known === undefined) return -1;
  let general = -1;
  for (const o of known) {
    const { operation } = network.operations[o]!;
    if (!matchesCargo(operation.when, load.cargo)) continue;
    if (operation.when !== undefined || operation.form === forms[form]) return o;
    if (general < 0) general = o;
  }
  return general;
}

/** Boarding rules that concern a leg in this form; each with the minutes in which it holds. */
function rulesOf(network: Network, load: Load, leg: number, form: number): { index: number; from: number; until: number }[] {
  const found: { index: number; from: number; until: number }[] = [];
  const candidates = network.legRules[leg];
  if (candidates === undefined) return found;
  const zone = network.zone[network.legTail[leg]!]!;
  for (const index of candidates) {
    const { rule, from, until } = network.rules[index]!;
    if (!matchesCargo(rule.cargo, load.cargo)) continue;
    if (rule.forms !== undefined && !rule.forms.includes(forms[form]!)) continue;
    found.push({ index, from: dayStart(from, zone), until: dayEnd(until, zone) });
  }
  return found;
}

function dayStart(day: number, zone: string): number {
  return day <= -1_000_000 ? always : localMinute(day, 0, zone);
}

function dayEnd(day: number, zone: string): number {
  return day >= 10_000_000 ? never : localMinute(day + 1, 0, zone) - 1;
}

/** Whether a tariff is for this leg and cargo, whatever the date. */
function isTariffFor(network: Network, load: Load, tariff: TariffTerms, leg: number): boolean {
  return (
    (tariff.tail === -1 || (tariff.tail === network.legTail[leg] && tariff.head === network.legHead[leg])) &&
    matchesCargo(tariff.when, load.cargo)
  );
}

/** Cuts time where a rule, a tariff or a validity begins or ends: within each piece the same terms hold. */
function pieces(bounds: readonly { from: number; until: number }[]): { from: number; until: number }[] {
  const cuts = new Set<number>([always]);
  for (const { from, until } of bounds) {
    if (from !== always) cuts.add(from);
    if (until !== never) cuts.add(until + 1);
  }
  const sorted = [...cuts].sort((a, b) => a - b);
  return sorted.map((from, i) => ({ from, until: i + 1 < sorted.length ? sorted[i + 1]! - 1 : never }));
}

/**
 * Builds the graph of a shipment. Forward from the origin, then only what can still reach the destination is kept.
 * O(reached legs + operations). `lifted` names prohibitions that are not to count, for explanations.
 */
export function buildShipmentGraph(network: Network, terms: ShipmentTerms, lifted?: (rule: string) => boolean): ShipmentGraph {
  const { load, origin, destination } = terms;
  const { territory } = network;
  const home = territory[origin]!;
  const abroad = territory[destination]!;
  const crossesCustoms = home !== abroad;
  const startForm = load.cargo.kind === "kit" ? kit : wheels;
  const sourceKey = nodeKey(origin, startForm, domestic);
  const targetKey = nodeKey(destination, startForm, crossesCustoms ? imported : domestic);
  const forbiddenBy = new Map<string, number>();

  const indexOf = new Map<number, number>([[sourceKey, 0]]);
  const keys: number[] = [sourceKey];
  const draft: Draft = {
    tail: [],
    head: [],
    kind: [],
    ref: [],
    from: [],
    until: [],
    rules: [],
    load: [],
    unload: [],
    option: [],
    corridor: [],
    foreign: [],
  };
  const nodeOf = (key: number) => {
    let node = indexOf.get(key);
    if (node === undefined) {
      indexOf.set(key, (node = keys.length));
      keys.push(key);
    }
    return node;
  };
  const push = (
    tail: number,
    head: number,
    kind: number,
    ref: number,
    from: number,
    until: number,
    rules: readonly number[],
    loadOp: number,
    unloadOp: number,
    option: number,
    corridor: number,
    foreign: boolean,
  ) => {
    draft.tail.push(tail);
    draft.head.push(head);
    draft.kind.push(kind);
    draft.ref.push(ref);
    draft.from.push(from);
    draft.until.push(until);
    draft.rules.push(rules);
    draft.load.push(loadOp);
    draft.unload.push(unloadOp);
    draft.option.push(option);
    draft.corridor.push(corridor);
    draft.foreign.push(foreign ? 1 : 0);
  };

  for (let node = 0; node < keys.length; node++) {
    const key = keys[node]!;
    if (key === targetKey) continue;
    const status = key % statusCount;
    const form = Math.floor(key / statusCount) % formCount;
    const location = Math.floor(key / statusCount / formCount);
    const here = territory[location]!;

    for (let leg = network.legStart[location]!; leg < network.legStart[location + 1]!; leg++) {
      const service = network.legService[leg]!;
      const carried = network.form[service]!;
      if (carried === container ? form !== container && form !== containerBare && form !== kit : form !== carried) continue;
      const mode = network.mode[service]!;
      if (!fits(load, mode, form)) continue;
      const definition = network.services[service]!;
      if (!matchesCargo(definition.when, load.cargo)) continue;
      const to = network.legHead[leg]!;
      const there = territory[to]!;
      if (crossesCustoms) {
        if (status === domestic && (here !== home || there !== home)) continue;
        if (status === imported && (here !== abroad || there !== abroad)) continue;
      }
      const zone = network.zone[location]!;
      const rules = rulesOf(network, load, leg, form);
      const bounds: { from: number; until: number }[] = [...rules];
      for (const tariff of network.tariffs[service] ?? [])
        if (isTariffFor(network, load, tariff, leg)) bounds.push({ from: dayStart(tariff.from, zone), until: dayEnd(tariff.until, zone) });
      const own = network.terms[service]!;
      const valid = own.onDemand
        ? { from: dayStart(own.validFrom, zone), until: dayEnd(own.validUntil, zone) }
        : { from: always, until: never };
      bounds.push(valid);
      const leaves = crossesCustoms && here === home && there !== home;
      const head = nodeKey(to, form, status);
      for (const piece of pieces(bounds)) {
        if (piece.from > terms.horizonMinute || piece.until < terms.readyMinute) continue;
        if (piece.from < valid.from || piece.until > valid.until) continue;
        const acting = rules.filter((r) => r.from <= piece.from && r.until >= piece.until);
        const forbids = acting.find(
          (r) => network.rules[r.index]!.rule.forbid === true && lifted?.(network.rules[r.index]!.rule.id) !== true,
        );
        if (forbids !== undefined) {
          const id = network.rules[forbids.index]!.rule.id;
          forbiddenBy.set(id, (forbiddenBy.get(id) ?? 0) + 1);
          continue;
        }
        push(
          node,
          nodeOf(head),
          legArc,
          leg,
          piece.from,
          piece.until,
          acting.map((r) => r.index),
          handlingOperation(network, load, location, "load", mode, form),
          handlingOperation(network, load, to, "unload", mode, form),
          leaves ? optionOf(mode, carried) : -1,
          network.corridor[service]!,
          crossesCustoms && there !== home && status !== imported,
        );
      }
    }

    for (const o of network.operationsAt[location] ?? []) {
      const { operation, kind, from, until } = network.operations[o]!;
      if (!matchesCargo(operation.when, load.cargo)) continue;
      const made = operation.form === undefined ? -1 : forms.indexOf(operation.form);
      let toForm = form;
      let toStatus = status;
      if (kind === stuff) {
        if (form !== wheels || made < 0 || !canTake(load, made)) continue;
        toForm = made;
      } else if (kind === unstuff) {
        if (form === wheels || form === kit || (made >= 0 && made !== form)) continue;
        toForm = wheels;
      } else if (kind === exportClearance) {
        if (!crossesCustoms || status !== domestic || here !== home || (made >= 0 && made !== form)) continue;
        toStatus = exported;
      } else if (kind === importClearance) {
        if (!crossesCustoms || status !== exported || here !== abroad || (made >= 0 && made !== form)) continue;
        toStatus = imported;
      }
      const zone = network.zone[location]!;
      push(
        node,
        nodeOf(nodeKey(location, toForm, toStatus)),
        operationArc,
        o,
        dayStart(from, zone),
        dayEnd(until, zone),
        [],
        -1,
        -1,
        -1,
        -1,
        false,
      );
    }
    const free = (kind: number, toForm: number, toStatus: number) =>
      push(node, nodeOf(nodeKey(location, toForm, toStatus)), freeArc, kind, always, never, [], -1, -1, -1, -1, false);
    if (network.implicit.has("stuff") && form === wheels)
      for (let f = 1; f < formCount; f++) if (f !== kit && canTake(load, f)) free(stuff, f, status);
    if (network.implicit.has("unstuff") && form !== wheels && form !== kit) free(unstuff, wheels, status);
    if (crossesCustoms && network.implicit.has("export-clearance") && status === domestic && here === home)
      free(exportClearance, form, exported);
    if (crossesCustoms && network.implicit.has("import-clearance") && status === exported && here === abroad)
      free(importClearance, form, imported);
  }

  return finishGraph(network, terms, crossesCustoms, keys, indexOf.get(targetKey) ?? -1, draft, forbiddenBy);
}

/** Keeps the nodes from which the target can be reached and lays the arcs out in rows. */
function finishGraph(
  network: Network,
  terms: ShipmentTerms,
  crossesCustoms: boolean,
  keys: number[],
  target: number,
  draft: Draft,
  forbiddenBy: Map<string, number>,
): ShipmentGraph {
  const all = draft.tail.length;
  const keep = new Uint8Array(keys.length);
  if (target >= 0) {
    const incoming = new Int32Array(keys.length + 1);
    for (let a = 0; a < all; a++) incoming[draft.head[a]! + 1]!++;
    for (let n = 0; n < keys.length; n++) incoming[n + 1]! += incoming[n]!;
    const place = incoming.slice();
    const byHead = new Int32Array(all);
    for (let a = 0; a < all; a++) byHead[place[draft.head[a]!]!++] = a;
    const queue = [target];
    keep[target] = 1;
    for (let i = 0; i < queue.length; i++) {
      const node = queue[i]!;
      for (let p = incoming[node]!; p < incoming[node + 1]!; p++) {
        const before = draft.tail[byHead[p]!]!;
        if (keep[before] === 0) {
          keep[before] = 1;
          queue.push(before);
        }
      }
    }
  }
  const renumber = new Int32Array(keys.length).fill(-1);
  const kept: number[] = [];
  keys.forEach((_, n) => {
    if (keep[n] === 1) renumber[n] = kept.push(n) - 1;
  });
  const arcs: number[] = [];
  for (let a = 0; a < all; a++) if (keep[draft.tail[a]!] === 1 && keep[draft.head[a]!] === 1) arcs.push(a);
  arcs.sort((x, y) => renumber[draft.tail[x]!]! - renumber[draft.tail[y]!]! || x - y);
  const start = new Int32Array(kept.length + 1);
  for (const a of arcs) start[renumber[draft.tail[a]!]! + 1]!++;
  for (let n = 0; n < kept.length; n++) start[n + 1]! += start[n]!;
  const ruleStart = new Int32Array(arcs.length + 1);
  const ruleList: number[] = [];
  arcs.forEach((a, i) => {
    ruleList.push(...draft.rules[a]!);
    ruleStart[i + 1] = ruleList.length;
  });
  const pick = (column: number[]) => Int32Array.from(arcs, (a) => column[a]!);
  const graph: ShipmentGraph = {
    network,
    terms,
    crossesCustoms,
    nodeCount: kept.length,
    nodeLocation: Int32Array.from(kept, (n) => Math.floor(keys[n]! / statusCount / formCount)),
    nodeForm: Uint8Array.from(kept, (n) => Math.floor(keys[n]! / statusCount) % formCount),
    nodeStatus: Uint8Array.from(kept, (n) => keys[n]! % statusCount),
    source: keep[0] === 1 ? renumber[0]! : -1,
    target: target >= 0 ? renumber[target]! : -1,
    arcCount: arcs.length,
    start,
    tail: Int32Array.from(arcs, (a) => renumber[draft.tail[a]!]!),
    head: Int32Array.from(arcs, (a) => renumber[draft.head[a]!]!),
    kind: Uint8Array.from(arcs, (a) => draft.kind[a]!),
    ref: pick(draft.ref),
    windowFrom: pick(draft.from),
    windowUntil: pick(draft.until),
    ruleStart,
    ruleList: Int32Array.from(ruleList),
    loadOperation: pick(draft.load),
    unloadOperation: pick(draft.unload),
    tariff: new Int32Array(arcs.length).fill(-1),
    option: Int8Array.from(arcs, (a) => draft.option[a]!),
    corridor: Int16Array.from(arcs, (a) => draft.corridor[a]!),
    foreign: Uint8Array.from(arcs, (a) => draft.foreign[a]!),
    cost: new Float64Array(arcs.length),
    dutiable: new Float64Array(arcs.length),
    co2: new Float64Array(arcs.length),
    lead: new Int32Array(arcs.length),
    after: new Int32Array(arcs.length),
    minimum: new Int32Array(arcs.length),
    storageFen: new Float64Array(kept.length),
    storageFree: new Int32Array(kept.length),
    duty: makeDutySchedule(network, terms, crossesCustoms),
    insuranceFen: 0,
    creditFen: 0,
    capitalPerMinute: 0,
    currencyPerMinute: 0,
    rebatePerMinute: 0,
    rebateMinutes: 0,
    forbiddenBy,
  };
  weigh(graph);
  return graph;
}

/** Tariffs of a service that hold for an arc; -1 stands for "no tariff needed". */
export function cheapestTariff(
  graph: ShipmentGraph,
  arc: number,
  km: number,
): { tariff: number; fen: number; freight: number } | undefined {
  const { network, terms } = graph;
  const leg = graph.ref[arc]!;
  const service = network.legService[leg]!;
  const tariffs = network.tariffs[service];
  if (tariffs === undefined) return { tariff: -1, fen: 0, freight: 0 };
  const form = graph.nodeForm[graph.tail[arc]!]!;
  const zone = network.zone[network.legTail[leg]!]!;
  const day = graph.windowFrom[arc] === always ? undefined : localDay(graph.windowFrom[arc]!, zone);
  let best: { tariff: number; fen: number; freight: number } | undefined;
  tariffs.forEach((tariff, index) => {
    if (!isTariffFor(network, terms.load, tariff, leg)) return;
    // The arc's window was cut where tariffs begin and end: its first day speaks for all of it.
    if (day === undefined ? tariff.from > -1_000_000 : day < tariff.from || day > tariff.until) return;
    const sums: Sums = { fen: 0, freight: 0 };
    addGroup(network, terms.load, tariff.group, form, km, borderLine, sums);
    if (!Number.isNaN(sums.fen) && (best === undefined || sums.fen < best.fen))
      best = { tariff: index, fen: sums.fen, freight: sums.freight };
  });
  return best;
}

/** Distance of a leg, in km. */
export function legKm(network: Network, leg: number): number {
  const { runs } = network.terms[network.legService[leg]!]!;
  let km = 0;
  for (let i = network.legFrom[leg]! + 1; i <= network.legTo[leg]!; i++) {
    const distance = runs[i]!.distanceKm;
    if (distance >= 0) km += network.figures.values[distance]!;
  }
  return km;
}

/** Grams of CO2e per vehicle on a leg: stated outright per run, or factor x mass x distance (boxes: TEU-km, a 40HC is 2 TEU). */
export function legGrams(network: Network, load: Load, leg: number, form: number): number {
  const service = network.legService[leg]!;
  const { runs } = network.terms[service]!;
  const { values } = network.figures;
  const perTeuKm = network.gPerTeuKm[service]!;
  const perTkm = network.gPerTkm[service]!;
  let grams = 0;
  for (let i = network.legFrom[leg]! + 1; i <= network.legTo[leg]!; i++) {
    const run = runs[i]!;
    if (run.co2eKg >= 0) grams += values[run.co2eKg]! * 1000;
    else if (run.distanceKm >= 0) {
      const km = values[run.distanceKm]!;
      const boxes = load.boxes[form]!;
      if (perTeuKm >= 0 && boxes > 0) grams += values[perTeuKm]! * km * 2 * boxes;
      else if (perTkm >= 0) grams += values[perTkm]! * km * load.massT;
    }
  }
  return Math.round(grams);
}

function hoursOf(graph: ShipmentGraph, index: number): number {
  return index < 0 ? 0 : minutesOf(graph.network.figures.values[index]!);
}

/** Sets all weights from the figures as they stand now. Cheap: run it after every patch of a figure of cost, distance or CO2e. */
export function weigh(graph: ShipmentGraph): void {
  const { network, terms } = graph;
  const { load } = terms;
  const { finance, figures, operations } = network;
  const of = (index: number) => (index < 0 ? 0 : figures.values[index]!);
  const insured = of(finance.insured) / 100;
  const insurance = (of(finance.cargoInsurance) / 100) * (insured === 0 ? 1 : insured);
  const carbonFenPerGram = (of(finance.carbon) * 100) / 1_000_000;
  graph.insuranceFen = Math.round(load.valueFen * insurance);
  graph.creditFen = Math.round((load.valueFen * of(finance.creditInsurance)) / 100);
  const perMinute = load.valueFen / 100 / 525_600;
  graph.capitalPerMinute = perMinute * of(finance.capital);
  graph.currencyPerMinute = graph.crossesCustoms
    ? perMinute * (of(finance.hedgeShare) / 100) * (1 - of(finance.rmbShare) / 100) * of(finance.hedgeCost)
    : 0;
  graph.rebatePerMinute = graph.crossesCustoms ? graph.capitalPerMinute * (of(finance.rebate) / 100) : 0;
  graph.rebateMinutes = minutesOf(of(finance.rebateDays) * 24);
  graph.duty = makeDutySchedule(network, terms, graph.crossesCustoms);
  const sums: Sums = { fen: 0, freight: 0 };
  for (let arc = 0; arc < graph.arcCount; arc++) {
    const form = graph.nodeForm[graph.tail[arc]!]!;
    sums.fen = 0;
    sums.freight = 0;
    let grams = 0;
    if (graph.kind[arc] === legArc) {
      const leg = graph.ref[arc]!;
      const service = network.legService[leg]!;
      const km = legKm(network, leg);
      addGroup(network, load, network.serviceGroup[service]!, form, km, borderLine, sums);
      const stop = network.stopStart[service]!;
      for (let i = network.legFrom[leg]! + 1; i <= network.legTo[leg]!; i++) {
        const distance = network.terms[service]!.runs[i]!.distanceKm;
        addGroup(network, load, network.runGroup[stop + i]!, form, of(distance), borderLine, sums);
        if (i < network.legTo[leg]!) addGroup(network, load, network.passGroup[stop + i]!, form, 0, borderLine, sums);
      }
      const tariff = cheapestTariff(graph, arc, km);
      graph.tariff[arc] = tariff?.tariff ?? -1;
      sums.fen += tariff === undefined ? Number.NaN : tariff.fen;
      sums.freight += tariff?.freight ?? 0;
      const freight = sums.freight;
      let rulesMinutes = 0;
      for (let r = graph.ruleStart[arc]!; r < graph.ruleStart[arc + 1]!; r++) {
        const rule = network.rules[graph.ruleList[r]!]!;
        addGroup(network, load, rule.group, form, km, borderLine, sums);
        rulesMinutes += hoursOf(graph, rule.addHours);
      }
      let loading = 0;
      let unloading = 0;
      const loadOperation = graph.loadOperation[arc]!;
      if (loadOperation >= 0) {
        const operation = operations[loadOperation]!;
        addGroup(network, load, operation.group, form, 0, borderLine, sums);
        loading = hoursOf(graph, operation.hours) + hoursOf(graph, operation.dwellHours);
        grams += Math.round(of(operation.co2eKg) * 1000);
      }
      const unloadOperation = graph.unloadOperation[arc]!;
      if (unloadOperation >= 0) {
        const operation = operations[unloadOperation]!;
        addGroup(network, load, operation.group, form, 0, borderLine, sums);
        unloading = hoursOf(graph, operation.hours) + hoursOf(graph, operation.dwellHours);
        grams += Math.round(of(operation.co2eKg) * 1000);
      }
      const runs = network.terms[service]!.runs;
      graph.lead[arc] = Math.max(hoursOf(graph, runs[network.legFrom[leg]!]!.cutoffHours), loading) + rulesMinutes;
      graph.after[arc] = hoursOf(graph, runs[network.legTo[leg]!]!.releaseHours) + unloading;
      graph.minimum[arc] = graph.lead[arc]! + carriageMinutes(network, leg) + graph.after[arc]!;
      grams += legGrams(network, load, leg, form);
      if (graph.foreign[arc] === 1) {
        const insuranceFen = Math.round(freight * insurance);
        sums.fen += insuranceFen;
        graph.dutiable[arc] = freight + insuranceFen;
      } else graph.dutiable[arc] = 0;
    } else if (graph.kind[arc] === operationArc) {
      const operation = operations[graph.ref[arc]!]!;
      const made = graph.nodeForm[graph.head[arc]!]!;
      addGroup(network, load, operation.group, operation.kind === stuff ? made : form, 0, borderLine, sums);
      grams = Math.round(of(operation.co2eKg) * 1000);
      graph.minimum[arc] = hoursOf(graph, operation.hours) + hoursOf(graph, operation.dwellHours);
      graph.dutiable[arc] = 0;
    }
    graph.co2[arc] = grams;
    graph.cost[arc] = sums.fen + Math.round(grams * carbonFenPerGram);
  }
  for (let node = 0; node < graph.nodeCount; node++) {
    const form = graph.nodeForm[node]!;
    const storage =
      network.storage[graph.nodeLocation[node]!]?.get(form) ??
      (form === containerBare || form === kit ? network.storage[graph.nodeLocation[node]!]?.get(container) : undefined);
    if (storage === undefined || storage.rate < 0) {
      graph.storageFen[node] = 0;
      continue;
    }
    const share = storage.perContainer ? load.boxes[form]! : 1;
    const currency = storage.currency < 0 ? 1 : of(storage.currency);
    graph.storageFen[node] = Math.round(of(storage.rate) * share * currency * 100);
    graph.storageFree[node] = minutesOf(of(storage.freeDays) * 24);
  }
}

/** Storage in fen per vehicle for a dwell of so many minutes: free time, then per started day. */
export function storageFen(graph: ShipmentGraph, node: number, dwell: number): number {
  const rate = graph.storageFen[node]!;
  if (rate === 0) return 0;
  const charged = dwell - graph.storageFree[node]!;
  return charged <= 0 ? 0 : rate * Math.ceil(charged / 1440);
}

/** Finance cost in fen of the time from ready to arrival: capital and currency less the rebate's credit. One rounding, monotone in time. */
export function timeFen(graph: ShipmentGraph, minutes: number): number {
  return Math.round((graph.capitalPerMinute + graph.currencyPerMinute - graph.rebatePerMinute) * minutes);
}

/** What waiting for the rebate costs when export clearance ends at `minute`. */
export function rebateFen(graph: ShipmentGraph, minute: number): number {
  return Math.round(graph.rebatePerMinute * (minute + graph.rebateMinutes - graph.terms.readyMinute));
}

export function modeName(network: Network, service: number): (typeof modes)[number] {
  return modes[network.mode[service]!]!;
}
