import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ParetoSet } from "../../src/routing/pareto.ts";

type Triple = [cost: number, minutes: number, grams: number];
const triple: fc.Arbitrary<Triple> = fc.tuple(fc.nat(6), fc.nat(6), fc.nat(6));

const dominates = (a: Triple, b: Triple): boolean => a[0] <= b[0] && a[1] <= b[1] && a[2] <= b[2];

/** Every triple that no other dominates; one of equal ones; sorted. */
function naiveFilter(triples: Triple[]): Triple[] {
  const unique = [...new Map(triples.map((one) => [one.join(), one])).values()];
  const front = unique.filter((one) => !unique.some((other) => other !== one && dominates(other, one)));
  return front.sort((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2]);
}

function members(set: ParetoSet): Triple[] {
  return Array.from({ length: set.size }, (_, i): Triple => [set.costs[i]!, set.minutes[i]!, set.grams[i]!]);
}

describe("ParetoSet", () => {
  test("holds what a naive filter leaves, sorted, in whatever order triples come", () => {
    fc.assert(
      fc.property(fc.array(triple, { maxLength: 60 }), (triples) => {
        const set = new ParetoSet(1);
        for (const one of triples) set.add(...one);
        expect(members(set)).toEqual(naiveFilter(triples));
      }),
      { numRuns: 1000 },
    );
  });

  test("says where a triple went, or -1 if it is dominated, and keeps tags beside their triples", () => {
    fc.assert(
      fc.property(fc.array(triple, { maxLength: 60 }), (triples) => {
        const set = new ParetoSet();
        triples.forEach((one, tag) => {
          const isDominated = members(set).some((member) => dominates(member, one));
          expect(set.isDominated(...one)).toBe(isDominated);
          const place = set.add(...one, tag);
          if (isDominated) expect(place).toBe(-1);
          else expect(members(set)[place]).toEqual(one);
        });
        members(set).forEach((member, i) => expect(triples[set.tags[i]!]).toEqual(member));
      }),
    );
  });

  test("names a dominator", () => {
    const set = new ParetoSet();
    set.add(1, 9, 9);
    set.add(5, 5, 5);
    expect(set.dominatorOf(6, 5, 5)).toBe(1);
    expect(set.dominatorOf(4, 5, 5)).toBe(-1);
  });

  test("is empty after clear", () => {
    const set = new ParetoSet();
    set.add(1, 1, 1);
    set.clear();
    expect(set.size).toBe(0);
    expect(set.add(2, 2, 2)).toBe(0);
  });
});
