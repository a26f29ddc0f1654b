import { type ShipmentGraph, type Way, itemise } from "../routing/index.ts";
import type { CapacityBook } from "./capacity.ts";
import { amountOf } from "./capacity.ts";
import { type BuiltGraph, boarding, sink } from "./built-graph.ts";
import { atTariffs } from "./tariffs.ts";
import { type Transfer, TransferSearch, standingFen } from "./transfers.ts";
import { usesOfCalls } from "./uses.ts";

/** A chain of the plan: a way through the shipment graph of its lot, which starts when the lot is ready. */
export interface PlanWay {
  shipment: ShipmentGraph;
  way: Way;
  /** Tariffs ridden at, where they are not those that the shipment graph holds. */
  prices: { arc: number; tariff: number }[];
}

/** Turns paths of event graphs back into ways, with the exact cost to the fen. Keeps a transfer search for each graph. */
export class WayFinder {
  private readonly book: CapacityBook;
  private readonly searches = new Map<BuiltGraph, TransferSearch>();

  constructor(book: CapacityBook) {
    this.book = book;
  }

  /** The way of a path: arcs of the event graph from the source of lot `lot` to its sink. */
  find(built: BuiltGraph, lot: number, path: ArrayLike<number>): PlanWay {
    const { graph, shipment: base } = built;
    const source = built.spec.at?.[lot] ?? base.source;
    const origin = base.nodeLocation[source] ?? base.terms.origin;
    const shipment: ShipmentGraph = { ...base, source, terms: { ...base.terms, origin, readyMinute: built.spec.ready[lot]! } };
    if (built.spec.due !== undefined) shipment.terms.dueMinute = shipment.terms.readyMinute + built.spec.due.minutes;
    const arcs: number[] = [];
    const leave: number[] = [];
    const done: number[] = [];
    const prices: { arc: number; tariff: number }[] = [];
    let node = built.sources[lot]!;
    for (let i = 0; i < path.length; i++) {
      const arc = path[i]!;
      const head = graph.head[arc]!;
      const ride = built.ride[arc]!;
      if (ride >= 0) {
        arcs.push(ride);
        leave.push(built.time[node]!);
        done.push(built.time[head]!);
        prices.push({ arc: ride, tariff: built.tariff[arc]! });
      } else if (built.kind[head] !== sink) {
        const { transfer, begin } = this.transfer(built, node, arc);
        const steps: Transfer[] = [];
        for (let step = transfer; step.parent !== undefined; step = step.parent) steps.push(step);
        for (const step of steps.reverse()) {
          arcs.push(step.arc);
          leave.push(begin + step.leave);
          done.push(begin + step.time);
        }
      }
      node = head;
    }
    const { network } = shipment;
    const way: Way = { arcs, leave, done, costFen: 0, arrival: done.at(-1) ?? shipment.terms.readyMinute, grams: 0 };
    for (const arc of arcs) way.grams += network === undefined ? 0 : shipment.co2[arc]!;
    const items = atTariffs(shipment, prices, () => itemise(shipment, way));
    way.costFen = items.reduce((sum, item) => sum + item.fen, 0);
    return { shipment, way, prices };
  }

  /** Lead of the departure that a boarding node stands for. */
  private leadOf(built: BuiltGraph, head: number): number | undefined {
    const ride = built.ride[built.graph.firstArc[head]!];
    return ride === undefined || ride < 0 ? undefined : built.shipment.lead[ride];
  }

  /** The transfer behind an arc: found again, because keeping all would take more memory than the graph. */
  private transfer(built: BuiltGraph, node: number, arc: number): { transfer: Transfer; begin: number } {
    const { graph, shipment } = built;
    let search = this.searches.get(built);
    if (search === undefined) {
      const amount = (a: number) => {
        const service = shipment.network.legService[shipment.ref[a]!]!;
        return amountOf(shipment.terms.load, shipment.nodeForm[shipment.tail[a]!]!, this.book.unit(service));
      };
      this.searches.set(built, (search = new TransferSearch(shipment, this.book, built.layers, amount, built.scope)));
    }
    const head = graph.head[arc]!;
    const since = built.time[node]!;
    const until = built.time[head]!;
    const at = built.at[head]!;
    const isBoarding = built.kind[head] === boarding;
    const isSource = built.sources.includes(node);
    const uses = new Map<number, number>();
    for (let u = graph.firstUse[arc]!; u < graph.firstUse[arc + 1]!; u++) uses.set(graph.useOf[u]!, graph.useAmount[u]!);
    let best: { transfer: Transfer; begin: number } | undefined;
    let least = Number.POSITIVE_INFINITY;
    for (let later = 0; later <= Math.max(0, built.spec.mostWait); later += 10_080) {
      const begin = since + later;
      for (const transfer of search.run(built.at[node]!, begin, built.layer[node]!)) {
        const ready = begin + transfer.time;
        if (transfer.node !== at || (isBoarding ? ready > until || transfer.layer !== built.layer[head] : ready !== until)) continue;
        const from = isBoarding ? until - (this.leadOf(built, head) ?? 0) - transfer.time : begin;
        if (usesOfCalls(this.book, transfer.uses, from).some((use) => !uses.has(use.resource))) continue;
        const fen =
          transfer.fen +
          (transfer.isCleared ? shipment.rebatePerMinute * later : 0) +
          standingFen(shipment, built.at[node]!, since, transfer.shift, until, shipment.nodeStatus[transfer.node]!) +
          (isSource ? shipment.insuranceFen + shipment.creditFen : 0);
        const off = Math.abs(fen / 100 - graph.costCny[arc]!);
        if (off < least) [best, least] = [{ transfer, begin }, off];
      }
      if (least < 1e-6 || isBoarding) break;
    }
    if (best === undefined) throw new Error("the transfer of an arc was not found again");
    return best;
  }
}
