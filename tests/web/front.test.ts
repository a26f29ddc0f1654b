import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { brushBox, frontLayout, limitsOf } from "../../web/charts/front-layout.ts";
import { fitProjection } from "../../web/map/projection.ts";
import { sceneOf } from "../../web/map/scene.ts";
import { costOf } from "../../web/state/chains.ts";
import { type Limits, keysWithin, readLimits, withoutCost, writeLimits } from "../../web/state/limits.ts";
import { catalogue } from "../../web/worker/answer.ts";
import { builtin, builtinChains } from "./answer.ts";

const amount = (most: number) =>
  fc.option(
    fc.integer({ min: 0, max: most * 100 }).map((n) => n / 100),
    { nil: undefined },
  );
const limit = (most: number) =>
  fc.record({ least: amount(most), most: amount(most) }).map(({ least, most: upper }) => ({
    ...(least === undefined ? {} : { least }),
    ...(upper === undefined ? {} : { most: upper }),
  }));
const limits: fc.Arbitrary<Limits> = fc.record({ days: limit(400), cny: limit(900_000) });

describe("limits", () => {
  test("are read back as they were written", () => {
    fc.assert(
      fc.property(limits, (wanted) => {
        expect(readLimits(writeLimits(wanted))).toEqual(wanted);
      }),
      { numRuns: 500 },
    );
  });

  test("of a strange link are none", () => {
    const none: Limits = { days: {}, cny: {} };
    for (const text of ["", "x", "1-2", "1-2_3", "-1-2_3-4", "1e9-2_3-4", "<img>_", "99999999-_-"]) expect(readLimits(text)).toEqual(none);
    fc.assert(fc.property(fc.string({ maxLength: 400 }), (text) => keysWithin(readLimits(text), builtinChains, "landed") === undefined));
    expect(writeLimits(none)).toBe("");
  });

  test("keep exactly the chains between them, by the cost that is shown", () => {
    fc.assert(
      fc.property(limits, fc.constantFrom("landed" as const, "logistics" as const), (wanted, measure) => {
        const kept = keysWithin(wanted, builtinChains, measure);
        const isBetween = (value: number, { least = -Infinity, most = Infinity }) => value >= least && value <= most;
        for (const named of builtinChains) {
          const fits = isBetween(named.chain.time.days, wanted.days) && isBetween(costOf(named.chain, measure), wanted.cny);
          expect(kept === undefined || kept.has(named.key)).toBe(kept === undefined || fits);
        }
      }),
    );
    expect(withoutCost({ days: { most: 40 }, cny: { most: 5 } })).toEqual({ days: { most: 40 }, cny: {} });
  });
});

describe("the brush", () => {
  const layout = frontLayout(builtin.shipment, builtinChains, "landed", 560, 320);

  test("a rectangle drawn in either direction keeps the marks inside it", () => {
    const mark = layout.marks.find((m) => m.point.option === "rail-container")!;
    const [a, b]: [number, number][] = [
      [mark.x - 12, mark.y - 12],
      [mark.x + 12, mark.y + 12],
    ];
    const drawn = limitsOf(layout, a!, b!);
    expect(limitsOf(layout, b!, a!)).toEqual(drawn);
    const kept = keysWithin(drawn, builtinChains, "landed")!;
    expect(kept.has(mark.key)).toBe(true);
    for (const other of layout.marks)
      if (Math.abs(other.x - mark.x) > 14 || Math.abs(other.y - mark.y) > 14) expect(kept.has(other.key)).toBe(false);
  });

  test("is drawn where it was dragged, and open limits reach the edge", () => {
    const box = brushBox(layout, limitsOf(layout, [120, 60], [300, 200]))!;
    expect(box.left).toBeCloseTo(120, -0.5);
    expect(box.right).toBeCloseTo(300, -0.5);
    expect(box.top).toBeCloseTo(60, -0.5);
    expect(box.bottom).toBeCloseTo(200, -0.5);
    expect(brushBox(layout, { days: {}, cny: {} })).toBeUndefined();
    expect(brushBox(layout, { days: { most: 9_999_999 }, cny: {} })).toEqual(layout.plot);
  });
});

describe("the map's views", () => {
  const lines = Object.values(builtin.lines);
  const padding = { left: 30, right: 30, top: 30, bottom: 30 };
  const views = {
    eurasia: fitProjection(lines, 640, 400, padding, "eurasia"),
    world: fitProjection(lines, 640, 400, padding, "world"),
  };
  const at = (view: keyof typeof views, point: [number, number]) => views[view](point)!;

  test("the world holds every line and both poles", () => {
    for (const point of [...lines.flat(), [105, 90], [105, -90]] as [number, number][]) {
      const [x, y] = at("world", point);
      expect(x > 0 && x < 640 && y > 0 && y < 400, String(point)).toBe(true);
    }
  });

  test("Eurasia reaches from Lisbon to Vladivostok, whatever the lines", () => {
    for (const point of [
      [-9, 39],
      [132, 43],
      [104, 1],
      [25, 71],
    ] as [number, number][]) {
      const [x, y] = at("eurasia", point);
      expect(x >= 0 && x <= 640 && y >= 0 && y <= 400, String(point)).toBe(true);
      expect(fitProjection([], 640, 400, padding, "eurasia")(point)).toEqual([x, y]);
    }
    expect(at("eurasia", [106, 30])[0]).toBeGreaterThan(320);
  });
});

describe("the map's scene", () => {
  const names = catalogue();
  const best = builtinChains.filter((named) => named.isBest);

  test("dims what lies outside the limits, but not a leg that a chain inside them uses", () => {
    const inside = best.at(-1)!;
    const scene = sceneOf(undefined, builtinChains, builtin.lines, names, { within: new Set([inside.key]) });
    for (const route of scene.others) expect(route.isOutside).toBe(route.chain !== inside.key);
    expect(scene.others.some((route) => route.isOutside)).toBe(true);
  });

  test("draws the pinned chain, best of its option or not", () => {
    const pinned = builtinChains.find((named) => !named.isBest && named.option === "rail-container")!;
    const scene = sceneOf(best[0], builtinChains, builtin.lines, names, { pinned: pinned.key });
    expect(scene.others.filter((route) => route.isPinned).length).toBeGreaterThan(0);
    expect(scene.shown).toBe(best[0]!.key);
    expect(sceneOf(best[0], builtinChains, builtin.lines, names).others.some((route) => route.isPinned)).toBe(false);
  });
});
