import { grown } from "../model/index.ts";

/** No label, no arc: what led to the label at the source. */
export const none = -1;

/** Labels that a new store has room for. */
const room = 1024;

/** Arcs of a way in order, the minute each is left (departure or start of work) and the minute it is done. */
export interface Steps {
  arcs: number[];
  leave: number[];
  done: number[];
}

/**
 * One label, out of the store: vehicles at a node, when and at what cost they came there. A search has two of these and writes them over and over: the label that it
 * follows, read from the store once for all steps, and the draft of where a step leads, which mostly turns out to be of no use.
 */
export class Label {
  /** Its number, if it was read from the store. */
  number = none;
  node = 0;
  /** When the vehicles are free at the node. */
  time = 0;
  /** Since when storage counts, and the node under whose terms: the last arrival by a scheduled departure, or the origin. */
  since = 0;
  yard = 0;
  /** Departures before this minute are not for this label: another one takes them without paying more storage. */
  useFrom = 0;
  /** 1 once a leg of the corridor that is asked for was used; always, where none is. */
  bit = 0;
  /** Fen so far. Storage is in it up to the last scheduled departure, capital and currency are not: they follow from the time. */
  base = 0;
  /** Freight that will count into duty, fen; none after import. */
  freight = 0;
  grams = 0;
  /** The step that led here: from which label, along which arc, and when that was left. */
  parent = none;
  arc = none;
  leave = 0;
}

/** The labels of a search in parallel arrays, so that no object is made for each: a label is its number. What the arrays hold says `Label`. */
export class Labels {
  count = 0;
  node: Int32Array = new Int32Array(room);
  time: Int32Array = new Int32Array(room);
  since: Int32Array = new Int32Array(room);
  yard: Int32Array = new Int32Array(room);
  useFrom: Int32Array = new Int32Array(room);
  bit: Uint8Array = new Uint8Array(room);
  base: Float64Array = new Float64Array(room);
  freight: Float64Array = new Float64Array(room);
  grams: Float64Array = new Float64Array(room);
  parent: Int32Array = new Int32Array(room);
  arc: Int32Array = new Int32Array(room);
  leave: Int32Array = new Int32Array(room);
  /** Earliest arrival at the target that is possible from the label. */
  reach: Int32Array = new Int32Array(room);
  /** 1 when another label has taken its place. */
  dead: Uint8Array = new Uint8Array(room);

  /** Empties the store and keeps its memory. */
  clear(): void {
    this.count = 0;
  }

  /** Takes a copy of a label in and returns its number. */
  add(label: Label): number {
    if (this.count === this.node.length) this.grow();
    const at = this.count++;
    this.node[at] = label.node;
    this.time[at] = label.time;
    this.since[at] = label.since;
    this.yard[at] = label.yard;
    this.useFrom[at] = label.useFrom;
    this.bit[at] = label.bit;
    this.base[at] = label.base;
    this.freight[at] = label.freight;
    this.grams[at] = label.grams;
    this.parent[at] = label.parent;
    this.arc[at] = label.arc;
    this.leave[at] = label.leave;
    this.dead[at] = 0;
    return at;
  }

  /** Copies a label to `out`. */
  read(at: number, out: Label): void {
    out.number = at;
    out.node = this.node[at]!;
    out.time = this.time[at]!;
    out.since = this.since[at]!;
    out.yard = this.yard[at]!;
    out.useFrom = this.useFrom[at]!;
    out.bit = this.bit[at]!;
    out.base = this.base[at]!;
    out.freight = this.freight[at]!;
    out.grams = this.grams[at]!;
    out.parent = this.parent[at]!;
    out.arc = this.arc[at]!;
    out.leave = this.leave[at]!;
  }

  /** The way from the source to a label. */
  stepsTo(label: number): Steps {
    const arcs: number[] = [];
    const leave: number[] = [];
    const done: number[] = [];
    for (let at = label; this.parent[at] !== none; at = this.parent[at]!) {
      arcs.push(this.arc[at]!);
      leave.push(this.leave[at]!);
      done.push(this.time[at]!);
    }
    return { arcs: arcs.reverse(), leave: leave.reverse(), done: done.reverse() };
  }

  private grow(): void {
    this.node = grown(this.node);
    this.time = grown(this.time);
    this.since = grown(this.since);
    this.yard = grown(this.yard);
    this.useFrom = grown(this.useFrom);
    this.bit = grown(this.bit);
    this.base = grown(this.base);
    this.freight = grown(this.freight);
    this.grams = grown(this.grams);
    this.parent = grown(this.parent);
    this.arc = grown(this.arc);
    this.leave = grown(this.leave);
    this.reach = grown(this.reach);
    this.dead = grown(this.dead);
  }
}
