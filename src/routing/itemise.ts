import { type CostLine, costLines, forms } from "../model/index.ts";
import { type FigureIndex, carriageLine, chargeUnits, componentFen, dataId, multiplierFigure } from "../network/index.ts";
import { dutyPieceAt } from "./duty.ts";
import type { Way } from "./search.ts";
import { type ShipmentGraph, domestic, exported, freeArc, imported, legArc } from "./state-graph.ts";
import { legKm, rebateFen, storageFen, timeFen } from "./weigh.ts";

const borderLine = costLines.indexOf("border");
const handlingLine = costLines.indexOf("handling");
const importHandlingLine = costLines.indexOf("import-handling");
const stuffingLine = costLines.indexOf("stuffing");

/** One amount with its figures by index. */
export interface Item {
  line: CostLine;
  element: number;
  fen: number;
  unit: string;
  figures: FigureIndex[];
  /** It counts into the CIF value, so duty follows it. */
  dutiable: boolean;
}

/** Index in `way.arcs` of the main leg: the one that leaves the country of origin, else the longest in km, then in time. */
export function mainLeg(graph: ShipmentGraph, way: Way): number {
  let longest = -1;
  let km = -1;
  let minutes = -1;
  for (let i = 0; i < way.arcs.length; i++) {
    const arc = way.arcs[i]!;
    if (graph.kind[arc] !== legArc) continue;
    if (graph.option[arc]! >= 0) return i;
    const length = legKm(graph.network, graph.ref[arc]!);
    const ride = way.done[i]! - graph.after[arc]! - way.leave[i]!;
    if (length > km || (length === km && ride > minutes)) {
      km = length;
      minutes = ride;
      longest = i;
    }
  }
  return longest;
}

/** Element number of each arc: free arcs make no element. */
export function elementNumbers(graph: ShipmentGraph, way: Way): number[] {
  let count = 0;
  return way.arcs.map((arc) => (graph.kind[arc] === freeArc ? -1 : count++));
}

/**
 * Every amount of a way, each with its line and figures. Mirrors `weigh` and the search step by step; the sum equals `way.costFen` exactly
 * (an invariant that is tested on every chain).
 */
export function itemise(graph: ShipmentGraph, way: Way): Item[] {
  const { network, terms } = graph;
  const { load } = terms;
  const { figures, finance, charges, operations } = network;
  const items: Item[] = [];
  const elements = elementNumbers(graph, way);
  const main = mainLeg(graph, way);
  const home = network.territory[terms.origin]!;
  const of = (index: FigureIndex) => (index < 0 ? 0 : figures.values[index]!);
  const known = (...list: FigureIndex[]) => list.filter((f) => f >= 0);
  const push = (line: CostLine, element: number, fen: number, unit: string, list: FigureIndex[], dutiable = false) => {
    if (fen !== 0) items.push({ line, element, fen, unit, figures: list, dutiable });
  };
  const insuredPercent = of(finance.insured) / 100;
  const insurance = (of(finance.cargoInsurance) / 100) * (insuredPercent === 0 ? 1 : insuredPercent);
  const insuranceFigures = known(finance.cargoInsurance, finance.insured);
  push("insurance", -1, graph.insuranceFen, "percentOfValue", [...insuranceFigures, ...known(load.terms.value)]);
  push("credit-insurance", -1, graph.creditFen, "percentOfValue", known(finance.creditInsurance, load.terms.value));

  let freight = 0;
  /** Adds a group's components; returns the part that counts as freight. */
  const group = (
    index: number,
    form: number,
    element: number,
    km: number,
    distances: FigureIndex[],
    abroad: boolean,
    foreign: boolean,
    i: number,
  ): number => {
    let carriage = 0;
    for (let c = charges.start[index]!; c < charges.start[index + 1]!; c++) {
      const fen = componentFen(network, load, c, form, km);
      const unit = chargeUnits[charges.unit[c]!]!;
      let line = charges.line[c]!;
      const isFreight = line === carriageLine || line === borderLine;
      if (isFreight) carriage += fen;
      if (line === handlingLine && abroad) line = importHandlingLine;
      else if (line === importHandlingLine && !abroad) line = stuffingLine;
      const name: CostLine = line === carriageLine ? carriageName(i) : costLines[line]!;
      push(
        name,
        element,
        fen,
        unit,
        known(charges.figure[c]!, charges.currency[c]!, multiplierFigure(load.terms, unit), ...(unit.endsWith("Km") ? distances : [])),
        isFreight && foreign,
      );
    }
    return carriage;
  };
  const carriageName = (i: number): CostLine => {
    if (i === main) return "main-carriage";
    if (i < main) return "pre-carriage";
    const arc = way.arcs[i]!;
    return graph.crossesCustoms && graph.nodeStatus[graph.tail[arc]!] !== imported ? "main-carriage" : "on-carriage";
  };

  let ready = terms.readyMinute;
  /** Where the vehicles stand: the last arrival by a scheduled departure, or the origin. */
  let yard = graph.source;
  let since = ready;
  const storage = (until: number, element: number) => {
    const fen = storageFen(graph, yard, until - since);
    if (fen === 0) return;
    const at = network.storage[graph.nodeLocation[yard]!];
    const rate = at?.get(graph.nodeForm[yard]!) ?? at?.get(forms.indexOf("container"));
    push("storage", element, fen, "day", known(rate?.rate ?? -1, rate?.freeDays ?? -1, rate?.currency ?? -1));
  };
  const carbonFenPerGram = (of(finance.carbon) * 100) / 1_000_000;

  for (let i = 0; i < way.arcs.length; i++) {
    const arc = way.arcs[i]!;
    const element = elements[i]!;
    const node = graph.tail[arc]!;
    const head = graph.head[arc]!;
    const form = graph.nodeForm[node]!;
    const abroadHere = graph.crossesCustoms && network.territory[graph.nodeLocation[node]!] !== home;
    const abroadThere = graph.crossesCustoms && network.territory[graph.nodeLocation[head]!] !== home;
    if (graph.kind[arc] === legArc) {
      const leg = graph.ref[arc]!;
      const service = network.legService[leg]!;
      const runs = network.terms[service]!.runs;
      const foreign = graph.foreign[arc] === 1;
      const km = legKm(network, leg);
      const from = network.legFrom[leg]!;
      const to = network.legTo[leg]!;
      const distances = known(...runs.slice(from + 1, to + 1).map((r) => r.distanceKm));
      const scheduled = !network.terms[service]!.onDemand;
      if (scheduled) storage(way.leave[i]!, element);
      let carriage = group(network.serviceGroup[service]!, form, element, km, distances, abroadHere, foreign, i);
      const stop = network.stopStart[service]!;
      for (let s = from + 1; s <= to; s++) {
        const distance = runs[s]!.distanceKm;
        carriage += group(network.runGroup[stop + s]!, form, element, of(distance), known(distance), abroadHere, foreign, i);
        if (s < to) carriage += group(network.passGroup[stop + s]!, form, element, 0, [], abroadHere, foreign, i);
      }
      const tariff = graph.tariff[arc]!;
      if (tariff >= 0) carriage += group(network.tariffs[service]![tariff]!.group, form, element, km, distances, abroadHere, foreign, i);
      for (let r = graph.ruleStart[arc]!; r < graph.ruleStart[arc + 1]!; r++)
        group(network.rules[graph.ruleList[r]!]!.group, form, element, km, distances, abroadHere, false, i);
      const loadOperation = graph.loadOperation[arc]!;
      if (loadOperation >= 0) group(operations[loadOperation]!.group, form, element, 0, [], abroadHere, false, i);
      const unloadOperation = graph.unloadOperation[arc]!;
      if (unloadOperation >= 0) group(operations[unloadOperation]!.group, form, element, 0, [], abroadThere, false, i);
      if (foreign) {
        const fen = Math.round(carriage * insurance);
        push("insurance", element, fen, "percentOfFreight", insuranceFigures, true);
        freight += carriage + fen;
      }
      if (scheduled) {
        yard = head;
        since = way.done[i]!;
      } else since += graph.minimum[arc]!;
    } else if (graph.kind[arc] !== freeArc) {
      const operation = operations[graph.ref[arc]!]!;
      group(operation.group, operation.operation.kind === "stuff" ? graph.nodeForm[head]! : form, element, 0, [], abroadHere, false, i);
    }
    if (head === graph.target) storage(way.done[i]!, element);
    push("carbon", element, Math.round(graph.co2[arc]! * carbonFenPerGram), "tonne", known(finance.carbon));
    const before = graph.nodeStatus[node]!;
    const after = graph.nodeStatus[head]!;
    if (before === domestic && after === exported)
      push(
        "rebate",
        element,
        rebateFen(graph, way.done[i]!),
        "minute",
        known(finance.rebateDays, finance.rebate, finance.capital, load.terms.value),
      );
    if (before === exported && after === imported) {
      const piece = dutyPieceAt(graph.duty, way.leave[i]!);
      const cif = load.valueFen + graph.insuranceFen + freight;
      const area = network.duties.get(graph.duty.area ?? "") ?? [];
      const total = Math.round(piece.rate * cif);
      const rates = piece.applied.filter((d) => area[d]!.rate >= 0);
      let left = total;
      rates.forEach((d, n) => {
        const part = n === rates.length - 1 ? left : Math.round((of(area[d]!.rate) / 100) * cif);
        left -= part;
        push(area[d]!.duty.kind === "fee" ? "fees" : "duty", element, part, "percentOfCif", known(area[d]!.rate, load.terms.value));
      });
      for (const d of piece.applied) {
        const { start } = charges;
        const index = area[d]!.group;
        for (let c = start[index]!; c < start[index + 1]!; c++) {
          const unit = chargeUnits[charges.unit[c]!]!;
          push(
            area[d]!.duty.kind === "fee" ? "fees" : "duty",
            element,
            componentFen(network, load, c, 0, 0),
            unit,
            known(charges.figure[c]!, charges.currency[c]!, multiplierFigure(load.terms, unit)),
          );
        }
      }
      freight = 0;
    }
    ready = way.done[i]!;
  }

  const minutes = way.arrival - terms.readyMinute;
  const all = timeFen(graph, minutes);
  const currency = Math.round(graph.currencyPerMinute * minutes);
  const rebate = -Math.round(graph.rebatePerMinute * minutes);
  push("capital", -1, all - currency - rebate, "year", known(finance.capital, load.terms.value));
  push("currency", -1, currency, "year", known(finance.hedgeCost, finance.hedgeShare, finance.rmbShare, load.terms.value));
  push("rebate", -1, rebate, "year", known(finance.rebate, finance.capital, load.terms.value));
  return items;
}

/** Services of a way in order, without the suffixes of directions and special departures. */
export function servicesOf(graph: ShipmentGraph, way: Way): string[] {
  const { network } = graph;
  return way.arcs
    .filter((arc) => graph.kind[arc] === legArc)
    .map((arc) => dataId(network.services[network.legService[graph.ref[arc]!]!]!.id));
}
