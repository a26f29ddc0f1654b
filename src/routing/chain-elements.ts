import { type CustomsStatus, type Form, type OperationKind, forms, localStamp, statuses } from "../model/index.ts";
import { dataId } from "../network/index.ts";
import type { ElementFacts } from "./kept.ts";
import type { ChainElement } from "./result.ts";
import type { Way } from "./search.ts";
import { type ShipmentGraph, freeArc, legArc } from "./state-graph.ts";
import { gramFigures, legKm } from "./weigh.ts";

export function elementFacts(graph: ShipmentGraph, way: Way, main: number): ElementFacts[] {
  const { network } = graph;
  const facts: ElementFacts[] = [];
  let ready = graph.terms.readyMinute;
  for (let i = 0; i < way.arcs.length; i++) {
    const arc = way.arcs[i]!;
    const done = way.done[i]!;
    const isLeg = graph.kind[arc] === legArc;
    if (graph.kind[arc] !== freeArc)
      facts.push({
        arc,
        ready,
        leave: way.leave[i]!,
        done,
        arrive: isLeg ? done - graph.after[arc]! : done,
        tariff: isLeg ? graph.tariff[arc]! : -1,
        grams: graph.co2[arc]!,
        km: isLeg ? legKm(network, graph.ref[arc]!) : 0,
        isMain: i === main,
      });
    ready = done;
  }
  return facts;
}

export const isSameElement = (a: ElementFacts, b: ElementFacts): boolean =>
  a.arc === b.arc &&
  a.ready === b.ready &&
  a.leave === b.leave &&
  a.done === b.done &&
  a.arrive === b.arrive &&
  a.tariff === b.tariff &&
  a.grams === b.grams &&
  a.km === b.km &&
  a.isMain === b.isMain;

export function makeElement(
  graph: ShipmentGraph,
  { arc, ready, leave, done, arrive, tariff, grams, km, isMain }: ElementFacts,
): ChainElement {
  const { network } = graph;
  const node = graph.tail[arc]!;
  const head = graph.head[arc]!;
  const from = graph.nodeLocation[node]!;
  const to = graph.nodeLocation[head]!;
  const form = forms[graph.nodeForm[node]!] as Form;
  const zone = network.zone[from]!;
  const co2 = { co2eKg: grams / 1000, co2Figures: gramFigures(graph, arc).map((figure) => network.figures.address(figure)) };
  if (graph.kind[arc] !== legArc) {
    const operation = network.operations[graph.ref[arc]!]!.operation;
    return {
      kind: "operation",
      operation: operation.id,
      what: operation.kind as OperationKind,
      name: operation.name ?? operation.id,
      at: network.locationIds[from]!,
      form,
      toForm: forms[graph.nodeForm[head]!] as Form,
      status: statuses[graph.nodeStatus[head]!] as CustomsStatus,
      begin: localStamp(leave, zone),
      end: localStamp(done, zone),
      ...co2,
    };
  }
  const leg = graph.ref[arc]!;
  const definition = network.services[network.legService[leg]!]!;
  const corridor = graph.corridor[arc]!;
  const named = tariff < 0 ? undefined : definition.tariffs?.[tariff];
  return {
    kind: "leg",
    service: dataId(definition.id),
    name: definition.name ?? dataId(definition.id),
    mode: definition.mode,
    form,
    status: statuses[graph.nodeStatus[node]!] as CustomsStatus,
    from: network.locationIds[from]!,
    to: network.locationIds[to]!,
    ready: localStamp(ready, zone),
    departure: localStamp(leave, zone),
    arrival: localStamp(arrive, network.zone[to]!),
    done: localStamp(done, network.zone[to]!),
    distanceKm: Number(km.toFixed(1)),
    ...co2,
    main: isMain,
    ...(corridor >= 0 ? { corridor: network.data.corridors[corridor]!.id } : {}),
    via: definition.stops.slice(network.legFrom[leg]! + 1, network.legTo[leg]!).map((s) => s.at),
    ...(named?.id === undefined && named?.kind === undefined ? {} : { tariff: named.id ?? named.kind ?? "" }),
  };
}
