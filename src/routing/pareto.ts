import { grown } from "../model/index.ts";

/**
 * The non-dominated (cost, minutes, grams) triples seen so far, all three to be small. A triple dominates another when
 * it is nowhere larger; of equal triples the first stays. Kept sorted by cost, then minutes, then grams on parallel
 * arrays, so that only cheaper members can dominate a new one and only dearer ones can fall to it.
 * add and isDominated: O(size), two comparisons a member; meant for target fronts of up to some thousands.
 */
export class ParetoSet {
  size = 0;
  /** Members 0 .. size - 1 in order of cost; replaced when they grow, so read them anew after each add. */
  costs: Float64Array;
  minutes: Float64Array;
  grams: Float64Array;
  /** What the caller hung on each member (a label, a route); -1 if nothing. */
  tags: Int32Array;

  constructor(capacity = 16) {
    const slots = Math.max(1, capacity);
    this.costs = new Float64Array(slots);
    this.minutes = new Float64Array(slots);
    this.grams = new Float64Array(slots);
    this.tags = new Int32Array(slots);
  }

  /** Whether some member is at most as large in all three (an equal one counts). */
  isDominated(cost: number, minutes: number, grams: number): boolean {
    return this.dominatorOf(cost, minutes, grams) !== -1;
  }

  /** Place of the first member that dominates the triple, or -1. */
  dominatorOf(cost: number, minutes: number, grams: number): number {
    for (let i = 0; i < this.size && this.costs[i]! <= cost; i++) {
      if (this.minutes[i]! <= minutes && this.grams[i]! <= grams) return i;
    }
    return -1;
  }

  /** Takes the triple in, drops the members it dominates, and returns its place; -1 if it is dominated itself. */
  add(cost: number, minutes: number, grams: number, tag = -1): number {
    if (this.isDominated(cost, minutes, grams)) return -1;
    const place = this.placeOf(cost, minutes, grams);
    let kept = place;
    for (let i = place; i < this.size; i++) {
      if (this.minutes[i]! >= minutes && this.grams[i]! >= grams) continue;
      if (kept !== i) this.move(i, kept, i + 1);
      kept++;
    }
    this.size = kept;
    if (this.size === this.costs.length) this.grow();
    this.move(place, place + 1, this.size);
    this.costs[place] = cost;
    this.minutes[place] = minutes;
    this.grams[place] = grams;
    this.tags[place] = tag;
    this.size++;
    return place;
  }

  /** Empties the set and keeps its memory. */
  clear(): void {
    this.size = 0;
  }

  /** Number of members before the triple in (cost, minutes, grams) order, by binary search. */
  private placeOf(cost: number, minutes: number, grams: number): number {
    let low = 0;
    let high = this.size;
    while (low < high) {
      const middle = (low + high) >> 1;
      const order = this.costs[middle]! - cost || this.minutes[middle]! - minutes || this.grams[middle]! - grams;
      if (order < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Copies members from .. end - 1 so that they start at `to`. */
  private move(from: number, to: number, end: number): void {
    this.costs.copyWithin(to, from, end);
    this.minutes.copyWithin(to, from, end);
    this.grams.copyWithin(to, from, end);
    this.tags.copyWithin(to, from, end);
  }

  private grow(): void {
    this.costs = grown(this.costs);
    this.minutes = grown(this.minutes);
    this.grams = grown(this.grams);
    this.tags = grown(this.tags);
  }
}
