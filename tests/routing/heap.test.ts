import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { MinHeap } from "../../src/routing/heap.ts";

type Pair = [key: number, value: number];
const pair: fc.Arbitrary<Pair> = fc.tuple(
  fc.oneof(
    fc.integer({ min: -5, max: 5 }),
    fc.double({ noNaN: true }).map((key) => key + 0),
  ),
  fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
);
const byKeyThenValue = (a: Pair, b: Pair): number => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : a[1] - b[1]);

function drain(heap: MinHeap): Pair[] {
  const pairs: Pair[] = [];
  while (heap.size > 0) pairs.push([heap.topKey, heap.pop()]);
  return pairs;
}

describe("MinHeap", () => {
  test("gives pairs back sorted by key, equal keys by value", () => {
    fc.assert(
      fc.property(fc.array(pair, { maxLength: 300 }), (pairs) => {
        const heap = new MinHeap(1);
        for (const [key, value] of pairs) heap.push(key, value);
        expect(heap.size).toBe(pairs.length);
        expect(drain(heap)).toEqual([...pairs].sort(byKeyThenValue));
      }),
    );
  });

  test("agrees with a sorted list under any mixture of operations", () => {
    const operation = fc.tuple(fc.constantFrom("push", "push", "pop", "replaceTop", "clear"), pair);
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 200 }), (operations) => {
        const heap = new MinHeap();
        let model: Pair[] = [];
        for (const [name, [key, value]] of operations) {
          if (name === "clear") {
            heap.clear();
            model = [];
          } else if (name === "push") {
            heap.push(key, value);
            model.push([key, value]);
          } else if (model.length > 0) {
            model.sort(byKeyThenValue);
            const top = name === "pop" ? heap.pop() : heap.replaceTop(key, value);
            expect(top).toBe(model.shift()![1]);
            if (name === "replaceTop") model.push([key, value]);
          }
          expect(heap.size).toBe(model.length);
        }
        expect(drain(heap)).toEqual(model.sort(byKeyThenValue));
      }),
    );
  });

  test("an empty heap has an infinite top key and nothing to pop", () => {
    const heap = new MinHeap();
    expect(heap.topKey).toBe(Infinity);
    expect(() => heap.pop()).toThrow(RangeError);
    expect(() => heap.topValue).toThrow(RangeError);
    expect(() => heap.replaceTop(1, 1)).toThrow(RangeError);
  });
});
