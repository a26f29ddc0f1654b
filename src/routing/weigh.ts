import { costLines, forms, localDay, operationKinds } from "../model/index.ts";
import {
  type Load,
  type Network,
  type Sums,
  type TariffTerms,
  addGroup,
  always,
  carriageMinutes,
  matchesCargo,
  minutesOf,
} from "../network/index.ts";
import { makeDutySchedule } from "./duty.ts";
import { type ShipmentGraph, legArc, operationArc } from "./state-graph.ts";

const container = forms.indexOf("container");
const containerBare = forms.indexOf("container-bare");
const kit = forms.indexOf("kit");
const borderLine = costLines.indexOf("border");
const stuff = operationKinds.indexOf("stuff");

/** Whether a tariff is for this leg and cargo, whatever the date. */
export function isTariffFor(network: Network, load: Load, tariff: TariffTerms, leg: number): boolean {
  return (
    (tariff.tail === -1 || (tariff.tail === network.legTail[leg] && tariff.head === network.legHead[leg])) &&
    matchesCargo(tariff.when, load.cargo)
  );
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

/** Figures behind the CO2e of an arc: stated amounts, or factor, distance, mass or vehicles a box, as `legGrams` and `weigh` use them. */
export function gramFigures(graph: ShipmentGraph, arc: number): number[] {
  const { network, terms } = graph;
  const { operations } = network;
  const found = new Set<number>();
  if (graph.kind[arc] === operationArc) found.add(operations[graph.ref[arc]!]!.co2eKg);
  if (graph.kind[arc] === legArc) {
    const leg = graph.ref[arc]!;
    const service = network.legService[leg]!;
    const form = graph.nodeForm[graph.tail[arc]!]!;
    for (const run of network.terms[service]!.runs.slice(network.legFrom[leg]! + 1, network.legTo[leg]! + 1)) {
      if (run.co2eKg >= 0) found.add(run.co2eKg);
      else if (run.distanceKm >= 0) {
        const boxed = network.gPerTeuKm[service]! >= 0 && terms.load.boxes[form]! > 0;
        const units = {
          container: terms.load.terms.container,
          "container-bare": terms.load.terms.containerBare,
          kit: terms.load.terms.kit,
          frame: terms.load.terms.frame,
          wheels: -1,
        };
        const factor = boxed ? network.gPerTeuKm[service]! : network.gPerTkm[service]!;
        if (factor >= 0)
          for (const figure of [factor, run.distanceKm, boxed ? units[forms[form]!] : terms.load.terms.massT]) found.add(figure);
      }
    }
    for (const operation of [graph.loadOperation[arc]!, graph.unloadOperation[arc]!])
      if (operation >= 0) found.add(operations[operation]!.co2eKg);
  }
  return [...found].filter((figure) => figure >= 0);
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
