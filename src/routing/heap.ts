import { grown } from "../model/index.ts";

/**
 * Binary min-heap of (Float64 key, Int32 value) pairs on parallel typed arrays.
 *
 * The one heap of the routing folder: a single element kind keeps V8's inline caches monomorphic (mixing plain and
 * typed variants of one class cost 1.8-2.5x in the performance study, section A). Equal keys leave in order of value,
 * smallest first, so that no result depends on insertion order. Keys must not be NaN.
 *
 * push, pop and replaceTop are O(log n); topKey, topValue and clear are O(1). Memory: 12 bytes a slot, never shrinks.
 */
export class MinHeap {
  /** Number of pairs held. */
  size = 0;
  private keys: Float64Array;
  private values: Int32Array;

  constructor(capacity = 64) {
    const slots = Math.max(4, capacity);
    this.keys = new Float64Array(slots);
    this.values = new Int32Array(slots);
  }

  /** Smallest key; Infinity when empty, so that "is the rest worth looking at" needs no second test. */
  get topKey(): number {
    return this.size === 0 ? Infinity : this.keys[0]!;
  }

  /** Value of the smallest pair. The heap must not be empty. */
  get topValue(): number {
    if (this.size === 0) throw new RangeError("topValue of an empty heap");
    return this.values[0]!;
  }

  push(key: number, value: number): void {
    let hole = this.size++;
    // One slot stays free for the sentinel of sink.
    if (this.size === this.keys.length) this.grow();
    const { keys, values } = this;
    while (hole > 0) {
      const parent = (hole - 1) >> 1;
      const parentKey = keys[parent]!;
      if (parentKey < key || (parentKey === key && values[parent]! <= value)) break;
      keys[hole] = parentKey;
      values[hole] = values[parent]!;
      hole = parent;
    }
    keys[hole] = key;
    values[hole] = value;
  }

  /** Removes the smallest pair and returns its value; read topKey first if the key is needed. */
  pop(): number {
    if (this.size === 0) throw new RangeError("pop of an empty heap");
    const top = this.values[0]!;
    const last = --this.size;
    if (last > 0) this.sink(this.keys[last]!, this.values[last]!);
    return top;
  }

  /** pop followed by push in one descent: half the work where each taken event schedules the next one. */
  replaceTop(key: number, value: number): number {
    if (this.size === 0) throw new RangeError("replaceTop of an empty heap");
    const top = this.values[0]!;
    this.sink(key, value);
    return top;
  }

  /** Empties the heap and keeps its memory for the next search. */
  clear(): void {
    this.size = 0;
  }

  /** Lets the pair fall from the root to its place among `size` pairs. */
  private sink(key: number, value: number): void {
    const { keys, values, size } = this;
    const firstLeaf = size >> 1;
    // A last left child without a sibling is compared with this.
    keys[size] = Infinity;
    let hole = 0;
    while (hole < firstLeaf) {
      const left = 2 * hole + 1;
      const right = left + 1;
      const leftKey = keys[left]!;
      const rightKey = keys[right]!;
      // Which child is smaller is a coin toss that no processor predicts: computed without a branch it takes half the
      // time. Ties are rare and well predicted.
      let child = left + Number(rightKey < leftKey);
      if (rightKey === leftKey && right < size && values[right]! < values[left]!) child = right;
      const childKey = keys[child]!;
      if (childKey > key || (childKey === key && values[child]! >= value)) break;
      keys[hole] = childKey;
      values[hole] = values[child]!;
      hole = child;
    }
    keys[hole] = key;
    values[hole] = value;
  }

  private grow(): void {
    this.keys = grown(this.keys);
    this.values = grown(this.values);
  }
}
