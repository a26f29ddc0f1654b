import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { type Scenario, runScenario } from "../../src/index.ts";

const fen = (cny: number) => Math.round(cny * 100);

describe.each(["europe-ro-ro-or-rail", "moscow-container-or-auto-rack", "bangkok-overland", "kits-or-cars"])(
  "%s: no number without a figure behind it",
  (name) => {
    const result = runScenario(JSON.parse(readFileSync(`scenarios/${name}.json`, "utf8")) as Scenario);
    const chains = result.shipments.flatMap((s) => s.options.flatMap((o) => o.chains));

    test("every cost item names its figures, and lines and items add up to the total exactly", () => {
      expect(chains.length).toBeGreaterThan(3);
      for (const chain of chains) {
        for (const item of chain.costItems) expect(`${item.line} ${item.figures.length > 0}`).toBe(`${item.line} true`);
        expect(chain.costItems.reduce((sum, item) => sum + fen(item.cny), 0)).toBe(fen(chain.cost.cny));
        expect(Object.values(chain.cost.lines).reduce((sum, cny) => sum + fen(cny), 0)).toBe(fen(chain.cost.cny));
        expect(fen(chain.cost.logisticsCny)).toBe(fen(chain.cost.cny) - fen(chain.cost.lines.duty ?? 0) - fen(chain.cost.lines.fees ?? 0));
      }
    });

    test("CO2e adds up over the elements, and each leg names factor, distance and mass or box", () => {
      for (const chain of chains) {
        const grams = chain.elements.reduce((sum, element) => sum + Math.round(element.co2eKg * 1000), 0);
        expect(grams).toBe(Math.round(chain.co2eKg * 1000));
        for (const element of chain.elements) if (element.co2eKg > 0) expect(element.co2Figures.length).toBeGreaterThanOrEqual(3);
      }
    });

    test("every figure named is in the result, with its sources", () => {
      for (const chain of chains) {
        const named = [...chain.costItems.flatMap((i) => i.figures), ...chain.elements.flatMap((e) => e.co2Figures)];
        for (const address of named) {
          const figure = result.figures[address];
          expect(`${address} ${figure !== undefined}`).toBe(`${address} true`);
          for (const source of figure!.sources ?? []) expect(result.sources[source]?.title.length).toBeGreaterThan(0);
          if (figure!.basis === "published") expect(figure!.sources?.length).toBeGreaterThan(0);
        }
        // Time: a figure, or the timetable of a service, opening hours, a season or a queue.
        for (const item of chain.timeItems)
          expect(item.figure in result.figures || /^(services|operations|locations)\//.test(item.figure)).toBe(true);
      }
    });
  },
);
