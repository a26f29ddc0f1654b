import { forms, localMinute, operationKinds } from "../model/index.ts";
import { type Load, type Network, always, canTake, fits, handlingKey, kit, matchesCargo, never, wheels } from "../network/index.ts";
import { makeDutySchedule } from "./duty.ts";
import { optionOf } from "./options.ts";
import {
  type ShipmentGraph,
  type ShipmentTerms,
  domestic,
  exported,
  formCount,
  freeArc,
  imported,
  legArc,
  nodeKey,
  operationArc,
  statusCount,
} from "./state-graph.ts";
import { isTariffFor, weigh } from "./weigh.ts";

const container = forms.indexOf("container");
const containerBare = forms.indexOf("container-bare");
const exportClearance = operationKinds.indexOf("export-clearance");
const importClearance = operationKinds.indexOf("import-clearance");
const stuff = operationKinds.indexOf("stuff");
const unstuff = operationKinds.indexOf("unstuff");

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

const allTime: readonly { from: number; until: number }[] = [{ from: always, until: never }];

/** Cuts time where a rule, a tariff or a validity begins or ends: within each piece the same terms hold. */
function pieces(bounds: readonly { from: number; until: number }[]): readonly { from: number; until: number }[] {
  let cuts: Set<number> | undefined;
  for (const { from, until } of bounds) {
    if (from !== always) (cuts ??= new Set([always])).add(from);
    if (until !== never) (cuts ??= new Set([always])).add(until + 1);
  }
  if (cuts === undefined) return allTime;
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
      const loading = handlingOperation(network, load, location, "load", mode, form);
      const unloading = handlingOperation(network, load, to, "unload", mode, form);
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
          loading,
          unloading,
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
  for (let n = 0; n < keys.length; n++) if (keep[n] === 1) renumber[n] = kept.push(n) - 1;
  // Drafts were made node by node, so they stand in rows by tail already.
  const arcs: number[] = [];
  const start = new Int32Array(kept.length + 1);
  const ruleStart: number[] = [0];
  const ruleList: number[] = [];
  for (let a = 0; a < all; a++) {
    const tail = draft.tail[a]!;
    if (keep[tail] === 0 || keep[draft.head[a]!] === 0) continue;
    arcs.push(a);
    start[renumber[tail]! + 1]!++;
    for (const rule of draft.rules[a]!) ruleList.push(rule);
    ruleStart.push(ruleList.length);
  }
  for (let n = 0; n < kept.length; n++) start[n + 1]! += start[n]!;
  /** Fills an array with a member of each kept arc or node. */
  const fill = <T extends Int32Array | Int16Array | Int8Array | Uint8Array>(out: T, of: (i: number) => number): T => {
    for (let i = 0; i < out.length; i++) out[i] = of(i);
    return out;
  };
  const column = <T extends Int32Array | Int16Array | Int8Array | Uint8Array>(out: T, members: readonly number[]): T => {
    for (let i = 0; i < out.length; i++) out[i] = members[arcs[i]!]!;
    return out;
  };
  const ints = (members: readonly number[]) => column(new Int32Array(arcs.length), members);
  const graph: ShipmentGraph = {
    network,
    terms,
    crossesCustoms,
    nodeCount: kept.length,
    nodeLocation: fill(new Int32Array(kept.length), (n) => Math.floor(keys[kept[n]!]! / statusCount / formCount)),
    nodeForm: fill(new Uint8Array(kept.length), (n) => Math.floor(keys[kept[n]!]! / statusCount) % formCount),
    nodeStatus: fill(new Uint8Array(kept.length), (n) => keys[kept[n]!]! % statusCount),
    source: keep[0] === 1 ? renumber[0]! : -1,
    target: target >= 0 ? renumber[target]! : -1,
    arcCount: arcs.length,
    start,
    tail: fill(new Int32Array(arcs.length), (a) => renumber[draft.tail[arcs[a]!]!]!),
    head: fill(new Int32Array(arcs.length), (a) => renumber[draft.head[arcs[a]!]!]!),
    kind: column(new Uint8Array(arcs.length), draft.kind),
    ref: ints(draft.ref),
    windowFrom: ints(draft.from),
    windowUntil: ints(draft.until),
    ruleStart: Int32Array.from(ruleStart),
    ruleList: Int32Array.from(ruleList),
    loadOperation: ints(draft.load),
    unloadOperation: ints(draft.unload),
    tariff: new Int32Array(arcs.length).fill(-1),
    option: column(new Int8Array(arcs.length), draft.option),
    corridor: column(new Int16Array(arcs.length), draft.corridor),
    foreign: column(new Uint8Array(arcs.length), draft.foreign),
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
