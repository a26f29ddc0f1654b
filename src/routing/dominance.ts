import type { Label, Labels } from "./labels.ts";
import { type ShipmentGraph, imported } from "./state-graph.ts";

/**
 * A label is compared with at most so many neighbours in time on either side. Comparing with fewer never makes the front wrong, it only leaves labels that another
 * dominates; where storage is charged a node can hold thousands, and those far off in time rarely decide.
 */
const mostCompared = 128;

/**
 * The labels that stand at each node, and the rules by which one makes another superfluous (decision 003).
 *
 * At a node, A dominates B when it is no later, no dirtier, has touched the corridor if B has, may take every departure that B may take, and is cheaper by at least
 * what it may still have to pay more: duty, as dearer freight counts into it (`dutyHandicap`), and storage, as waiting costs money (`storageHandicap`). Where only
 * storage stands in the way, A does whatever B can up to the day on which A begins to pay more (`paidFrom`): B stays for the departures from then on (`useFrom`).
 */
export class Dominance {
  private readonly graph: ShipmentGraph;
  private readonly labels: Labels;
  /** In order of time: only labels before another can dominate it, only those after it can be dominated. */
  private readonly atNode: number[][];
  /** Nodes with labels. */
  private readonly touched: number[] = [];

  constructor(graph: ShipmentGraph, labels: Labels) {
    this.graph = graph;
    this.labels = labels;
    this.atNode = Array.from({ length: graph.nodeCount }, () => []);
  }

  clear(): void {
    for (const node of this.touched) this.atNode[node]!.length = 0;
    this.touched.length = 0;
  }

  /** Where a label belongs among those at its node: after all that are no later. */
  placeOf({ node, time }: Label): number {
    const { labels } = this;
    const here = this.atNode[node]!;
    let low = 0;
    let high = here.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (labels.time[here[middle]!]! <= time) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** False when one that stands there dominates the label. Otherwise the label is left with the departures that none of them takes without paying more storage. */
  admits(label: Label, place: number): boolean {
    const { labels } = this;
    const { node, since, yard, bit, base, freight, grams } = label;
    const here = this.atNode[node]!;
    const isDutiable = this.isDutiable(node);
    let { useFrom } = label;
    for (let i = place - 1, last = Math.max(0, place - mostCompared); i >= last; i--) {
      const other = here[i]!;
      if (labels.grams[other]! > grams || labels.bit[other]! < bit || labels.useFrom[other]! > useFrom) continue;
      const slack = base - labels.base[other]! - (isDutiable ? this.dutyHandicap(labels.freight[other]!, freight) : 0);
      if (slack < 0) continue;
      if (this.storageHandicap(labels.yard[other]!, labels.since[other]!, yard, since) <= slack) return false;
      useFrom = Math.max(useFrom, this.paidFrom(labels.yard[other]!, labels.since[other]!, slack));
    }
    label.useFrom = useFrom;
    return true;
  }

  /**
   * Takes a label into the store and puts it in its place. Drops those it dominates, and leaves others with the departures that it does not take from them.
   * Returns its number.
   */
  insert(label: Label, place: number): number {
    const { labels } = this;
    const { node, time, since, yard, bit, base, freight, grams } = label;
    const here = this.atNode[node]!;
    const isDutiable = this.isDutiable(node);
    let { useFrom } = label;
    let first = place;
    while (first > 0 && labels.time[here[first - 1]!] === time) first--;
    for (let i = first; i < Math.min(here.length, place + mostCompared); i++) {
      const other = here[i]!;
      if (labels.grams[other]! < grams || labels.bit[other]! > bit) continue;
      const slack = labels.base[other]! - base - (isDutiable ? this.dutyHandicap(freight, labels.freight[other]!) : 0);
      if (slack < 0) continue;
      if (this.storageHandicap(yard, since, labels.yard[other]!, labels.since[other]!) <= slack) {
        // It takes over the departures that were the other's to take.
        useFrom = Math.min(useFrom, labels.useFrom[other]!);
        labels.dead[other] = 1;
        here.splice(i, 1);
        if (i < place) place--;
        i--;
      } else if (useFrom <= labels.useFrom[other]!)
        labels.useFrom[other] = Math.max(labels.useFrom[other]!, this.paidFrom(yard, since, slack));
    }
    label.useFrom = useFrom;
    if (here.length === 0) this.touched.push(node);
    const number = labels.add(label);
    // By hand: most go last or nearly so, where `splice`, which makes an array of what it took out, is slow.
    here.push(number);
    for (let i = here.length - 1; i > place; i--) here[i] = here[i - 1]!;
    here[place] = number;
    return number;
  }

  /** Freight still counts into a duty at this node. */
  private isDutiable(node: number): boolean {
    const { crossesCustoms, nodeStatus, duty } = this.graph;
    return crossesCustoms && nodeStatus[node] !== imported && duty.greatestRate > 0;
  }

  /**
   * What label A must be cheaper by (or may be dearer by, if negative) to dominate B whatever ad-valorem rate between least and greatest applies at import.
   * One fen more on either side covers the rounding of the duty.
   */
  private dutyHandicap(freightA: number, freightB: number): number {
    const { leastRate, greatestRate } = this.graph.duty;
    if (freightA === freightB) return 0;
    if (freightA > freightB) return Math.ceil(greatestRate * (freightA - freightB)) + 1;
    return Math.min(0, 1 - Math.floor(leastRate * (freightB - freightA)));
  }

  /**
   * The most by which label A's storage can exceed B's, whenever both leave together: A's day rate for the started days from when A begins to pay until B does.
   * Where A's rate is the higher one, all of A's storage up to the horizon.
   */
  private storageHandicap(yardA: number, sinceA: number, yardB: number, sinceB: number): number {
    const { storageFen: rates, storageFree, terms } = this.graph;
    const rate = rates[yardA]!;
    if (rate === 0) return 0;
    const paysFrom = sinceA + storageFree[yardA]!;
    const until = rate <= rates[yardB]! ? sinceB + storageFree[yardB]! : terms.horizonMinute;
    return until <= paysFrom ? 0 : rate * Math.ceil((until - paysFrom) / 1440);
  }

  /** First departure for which label A pays more storage than `slack`: up to then it does whatever a label dearer by `slack` can do. */
  private paidFrom(yard: number, since: number, slack: number): number {
    return since + this.graph.storageFree[yard]! + Math.floor(slack / this.graph.storageFen[yard]!) * 1440 + 1;
  }
}
