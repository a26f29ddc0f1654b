import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { costLines } from "../../src/model/index.ts";
import { costBar } from "../../web/charts/cost-bar.tsx";
import { costScale, groupOfLine, linesInOrder, positionOn, segmentsOf } from "../../web/charts/cost-groups.ts";
import { evidenceBar } from "../../web/charts/evidence-bar.tsx";
import { cheapestWithin, frontLayout, markAt } from "../../web/charts/front-layout.ts";
import { frontChart } from "../../web/charts/front.tsx";
import { type LabelRequest, placeLabels, textWidth } from "../../web/charts/labels.ts";
import { bestOf, chainOfPoint, namedChains } from "../../web/state/chains.ts";
import { builtin, builtinChains } from "./answer.ts";
import { attributes, markup } from "./markup.ts";

const words = { label: "front", x: "days", y: "cost", due: "due", option: (o: string) => o, cost: String, days: String };

describe("cost bars", () => {
  test("every cost line of the model has a group and a place", () => {
    expect([...linesInOrder].sort()).toEqual([...costLines].sort());
    expect(groupOfLine.duty).toBe("duty");
  });

  test("segments meet without gap and their sum is the total to the fen", () => {
    for (const { chain } of builtinChains) {
      const segments = segmentsOf(chain, "landed");
      const up = segments.filter((s) => s.cny > 0);
      up.forEach((s, i) => expect(s.from).toBe(i === 0 ? 0 : up[i - 1]!.to));
      expect(Math.round(segments.reduce((sum, s) => sum + s.cny, 0) * 100)).toBe(Math.round(chain.cost.cny * 100));
      expect(segments.every((s) => (s.cny < 0 ? s.to <= 0 : s.from >= 0))).toBe(true);
    }
  });

  test("without duty and fees the sum is the logistics cost", () => {
    for (const { chain } of builtinChains)
      expect(segmentsOf(chain, "logistics").reduce((sum, s) => sum + s.cny, 0)).toBeCloseTo(chain.cost.logisticsCny, 6);
  });

  test("one scale holds every bar and every range", () => {
    const chains = builtinChains.map((c) => c.chain);
    const scale = costScale(chains, "landed");
    for (const chain of chains) expect(positionOn(scale, chain.cost.range.high)).toBeLessThanOrEqual(100);
    expect(scale.low).toBeLessThan(0);
  });

  test("draws one rectangle a line, in percent of the scale, with words", () => {
    const { chain } = builtinChains[0]!;
    const drawn = markup(costBar({ chain, measure: "landed", scale: { low: 0, high: 100_000 }, label: "5 < 6", titleOf: (s) => s.line }));
    expect(attributes(drawn, "rect", "class")).toHaveLength(Object.keys(chain.cost.lines).length);
    expect(drawn).toContain('aria-label="5 &lt; 6"');
    expect(drawn).toContain(`<circle cx="${Number((chain.cost.cny / 1000).toFixed(3))}%"`);
    expect(drawn).not.toContain("style=");
  });
});

describe("evidence bars", () => {
  test("shares stand in order and fill the bar", () => {
    const drawn = markup(evidenceBar({ published: 0.25, derived: 0.25, assumed: 0.5, stated: 0 }, "e"));
    expect(attributes(drawn, "rect", "x")).toEqual(["0%", "25%", "50%"]);
    expect(attributes(drawn, "rect", "width")).toEqual(["25%", "25%", "50%"]);
  });
});

describe("the cost–time chart", () => {
  const layout = frontLayout(builtin.shipment, builtinChains, "landed", 600, 360);

  test("every point has a mark inside the plot and a chain to open", () => {
    expect(layout.marks).toHaveLength(builtin.shipment.points.length);
    for (const mark of layout.marks) {
      expect(mark.named, mark.key).toBeDefined();
      expect(mark.x).toBeGreaterThanOrEqual(layout.plot.left);
      expect(mark.x).toBeLessThanOrEqual(layout.plot.right);
      expect(mark.y).toBeGreaterThanOrEqual(layout.plot.top);
      expect(mark.y).toBeLessThanOrEqual(layout.plot.bottom);
    }
    expect(new Set(layout.marks.map((m) => m.key)).size).toBe(layout.marks.length);
  });

  test("dearer is higher, later is further right", () => {
    for (const a of layout.marks) for (const b of layout.marks) if (a.cny > b.cny) expect(a.y).toBeLessThan(b.y);
    for (const a of layout.marks) for (const b of layout.marks) if (a.point.days > b.point.days) expect(a.x).toBeGreaterThan(b.x);
  });

  test("the staircase is the least cost within the days", () => {
    const point = fc.record({ days: fc.integer({ min: 1, max: 30 }), cny: fc.integer({ min: 1, max: 30 }) });
    fc.assert(
      fc.property(fc.array(point, { maxLength: 30 }), (points) => {
        const stairs = cheapestWithin(points);
        for (const p of points) expect(stairs.some((s) => s.days <= p.days && s.cny <= p.cny)).toBe(true);
        for (const s of stairs)
          expect(points.some((p) => p.days <= s.days && p.cny <= s.cny && (p.days < s.days || p.cny < s.cny))).toBe(false);
      }),
    );
  });

  test("draws each point in its option's colour, names each option once and rings the shown chain", () => {
    const drawn = markup(frontChart(layout, layout.marks[0]!.key, words));
    expect(attributes(drawn, "path", "data-key")).toHaveLength(layout.marks.length);
    expect([...drawn.matchAll(/class="ring"/g)]).toHaveLength(1);
    const options = new Set(builtin.shipment.points.map((p) => p.option));
    for (const option of options) expect(drawn).toContain(`option-${option}`);
  });

  test("finds the mark under the pointer and none far away", () => {
    const mark = layout.marks.at(-1)!;
    expect(markAt(layout, mark.x + 1, mark.y)?.x).toBe(mark.x);
    expect(markAt(layout, -500, -500)).toBeUndefined();
  });
});

describe("labels", () => {
  test("never overlap each other, another's mark or the bounds", () => {
    const request = fc.record({
      x: fc.integer({ min: 0, max: 400 }),
      y: fc.integer({ min: 0, max: 300 }),
      text: fc.constantFrom("上海外高桥", "Zeebrugge", "A", "Port of Lázaro Cárdenas"),
      priority: fc.integer({ min: 1, max: 4 }),
    });
    fc.assert(
      fc.property(fc.array(request, { maxLength: 40 }), (list) => {
        const requests = list.map((r, i): LabelRequest => ({ ...r, id: String(i), radius: 4, fontSize: 12 }));
        const boxes = placeLabels(requests, { left: 0, top: 0, right: 400, bottom: 300 }).map((l) => {
          const width = textWidth(l.text, 12);
          const left = l.anchor === "start" ? l.x : l.anchor === "end" ? l.x - width : l.x - width / 2;
          return { left, right: left + width, top: l.y - 10, bottom: l.y + 2 };
        });
        boxes.forEach((a, i) => {
          expect(a.left >= 0 && a.right <= 400 && a.bottom <= 300).toBe(true);
          for (const b of boxes.slice(i + 1))
            expect(a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom).toBe(false);
        });
      }),
    );
  });
});

describe("chains of an answer", () => {
  test("have unique keys and each point finds its own", () => {
    expect(new Set(builtinChains.map((c) => c.key)).size).toBe(builtinChains.length);
    for (const point of builtin.shipment.points) expect(chainOfPoint(builtinChains, point)).toBeDefined();
  });

  test("winners are the best over all chains, by the cost that is shown", () => {
    const all = builtinChains.map((c) => c.chain);
    const winner = (win: "cheapest" | "fastest" | "greenest") => builtinChains.find((c) => c.wins.includes(win))!.chain;
    expect(winner("cheapest").cost.cny).toBe(Math.min(...all.map((c) => c.cost.cny)));
    expect(winner("fastest").time.days).toBe(Math.min(...all.map((c) => c.time.days)));
    expect(winner("greenest").co2eKg).toBe(Math.min(...all.map((c) => c.co2eKg)));
    const logistics = namedChains(builtin.shipment, "logistics").find((c) => c.wins.includes("cheapest"))!;
    expect(logistics.chain.cost.logisticsCny).toBe(Math.min(...all.map((c) => c.cost.logisticsCny)));
  });

  test("best values are the least of the chains given", () => {
    const best = bestOf(builtinChains, "landed");
    expect(best.days).toBe(Math.min(...builtinChains.map((c) => c.chain.time.days)));
    expect(best.chance).toBe(Math.max(...builtinChains.map((c) => c.chain.due!.onTimeChance)));
  });
});
