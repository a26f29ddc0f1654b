import { grown } from "../model/index.ts";

/**
 * All labels of a three-criteria search in one growing pool of parallel arrays (36 bytes a label), and the open ones in
 * a binary heap ordered lexicographically by (f1, f2, f3), then by age. The first criterion is kept in the heap itself,
 * the others are only looked up on ties. Labels live until clear.
 */
export class LabelQueue {
  /** Labels made since the last clear; a label's name is its number. */
  count = 0;
  /** Open labels. */
  size = 0;
  /** Estimates of the complete path through the label: what was spent plus the lower bound on the rest. */
  f1 = new Float64Array(1024);
  f2 = new Float64Array(1024);
  f3 = new Float64Array(1024);
  /** Label this one extends; -1 at the origin. */
  parent = new Int32Array(1024);
  /** Arc it was extended by; -1 at the origin. */
  arc = new Int32Array(1024);
  /** Node it ends at. */
  node = new Int32Array(1024);
  private keys = new Float64Array(256);
  private labels = new Int32Array(256);

  clear(): void {
    this.count = 0;
    this.size = 0;
  }

  push(f1: number, f2: number, f3: number, node: number, parent: number, arc: number): void {
    const label = this.count++;
    if (label === this.f1.length) this.growLabels();
    this.f1[label] = f1;
    this.f2[label] = f2;
    this.f3[label] = f3;
    this.node[label] = node;
    this.parent[label] = parent;
    this.arc[label] = arc;
    let hole = this.size++;
    if (hole === this.keys.length) this.growHeap();
    const { keys, labels } = this;
    while (hole > 0) {
      const above = (hole - 1) >> 1;
      const aboveKey = keys[above]!;
      if (aboveKey < f1 || (aboveKey === f1 && this.isBefore(labels[above]!, label))) break;
      keys[hole] = aboveKey;
      labels[hole] = labels[above]!;
      hole = above;
    }
    keys[hole] = f1;
    labels[hole] = label;
  }

  /** Takes the first open label; the queue must not be empty. */
  pop(): number {
    const { keys, labels } = this;
    const top = labels[0]!;
    const size = --this.size;
    const key = keys[size]!;
    const label = labels[size]!;
    const firstLeaf = size >> 1;
    // A last left child without a sibling is compared with this.
    keys[size] = Infinity;
    let hole = 0;
    while (hole < firstLeaf) {
      const left = 2 * hole + 1;
      const right = left + 1;
      const leftKey = keys[left]!;
      const rightKey = keys[right]!;
      // The smaller child without a branch: see MinHeap.
      let child = left + Number(rightKey < leftKey);
      if (rightKey === leftKey && this.isBefore(labels[right]!, labels[left]!)) child = right;
      const childKey = keys[child]!;
      if (childKey > key || (childKey === key && this.isBefore(label, labels[child]!))) break;
      keys[hole] = childKey;
      labels[hole] = labels[child]!;
      hole = child;
    }
    keys[hole] = key;
    labels[hole] = label;
    return top;
  }

  /** Order of two labels of equal f1. */
  private isBefore(a: number, b: number): boolean {
    const d2 = this.f2[a]! - this.f2[b]!;
    if (d2 !== 0) return d2 < 0;
    const d3 = this.f3[a]! - this.f3[b]!;
    return d3 < 0 || (d3 === 0 && a < b);
  }

  private growLabels(): void {
    this.f1 = grown(this.f1);
    this.f2 = grown(this.f2);
    this.f3 = grown(this.f3);
    this.parent = grown(this.parent);
    this.arc = grown(this.arc);
    this.node = grown(this.node);
  }

  private growHeap(): void {
    this.keys = grown(this.keys);
    this.labels = grown(this.labels);
  }
}
