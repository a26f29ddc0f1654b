import { describe, expect, test } from "vitest";
import { cornerAt, cornersOf, corridorLayout } from "../../web/charts/corridor-layout.ts";
import { measures } from "../../web/state/address.ts";
import { costOf, namedChains } from "../../web/state/chains.ts";
import { answered, builtinChains } from "./answer.ts";
import { fixedChains } from "./fixed-answer.ts";

const tashkent = namedChains(answered({ to: "UZ-MARKET", due: "" }).shipment, "landed");

describe("the line of a chain", () => {
  test.each(measures)("ends at its whole cost, time and distance: %s", (measure) => {
    for (const { chain } of [...builtinChains, ...tashkent]) {
      const corners = cornersOf(chain, measure);
      const end = corners.at(-1)!;
      expect(corners[0]).toMatchObject({ minutes: 0, km: 0, cny: 0 });
      expect(end.cny).toBeCloseTo(costOf(chain, measure), 6);
      expect(end.minutes / 1440).toBeCloseTo(chain.time.days, 1);
      expect(end.km).toBeCloseTo(chain.distanceKm, 6);
      corners.slice(1).forEach((corner, i) => {
        expect(corner.minutes).toBeGreaterThanOrEqual(corners[i]!.minutes);
        expect(corner.km).toBeGreaterThanOrEqual(corners[i]!.km - 1e-9);
      });
    }
  });

  test("has cost at every place equal to what the elements until there cost", () => {
    for (const { chain } of builtinChains) {
      const corners = cornersOf(chain, "landed");
      chain.elements.forEach((element, index) => {
        const until = chain.costItems.reduce((sum, item) => (item.element >= 0 && item.element <= index ? sum + item.cny : sum), 0);
        const place = element.kind === "leg" ? element.to : element.at;
        expect(
          corners.some((corner) => corner.place === place && Math.abs(corner.cny - until) < 0.005),
          `${element.kind} ${place}`,
        ).toBe(true);
      });
    }
  });

  const rail = fixedChains.find((named) => named.option === "rail-container")!.chain;

  test("steps up by the border's cost where the train stands longest, and lies level while it waits", () => {
    const corners = cornersOf(rail, "landed");
    const borders = corners.filter((corner) => corner.role === "border");
    expect(new Set(borders.map((corner) => corner.place))).toEqual(new Set(["GAUGE", "BORDER"]));
    const at = corners.indexOf(borders[0]!);
    // Arrived, paid, waited, passed.
    expect(corners[at - 1]!.cny - corners[at - 2]!.cny).toBeCloseTo(600, 9);
    expect(corners[at]!.minutes - corners[at - 1]!.minutes).toBe(35 * 60);
    expect(corners[at]!.cny).toBe(corners[at - 1]!.cny);
    expect(corners[at]!.km).toBe(corners[at - 1]!.km);
    // A share of the way as of the running time.
    expect(corners[at]!.km).toBeCloseTo(70 + (10_000 * 88) / (88 + 175 + 52), 6);
  });

  test("leaves duty and fees out of logistics", () => {
    const cost = (measure: "landed" | "logistics") => cornersOf(rail, measure).at(-1)!.cny;
    expect(cost("landed") - cost("logistics")).toBe(43_000);
  });
});

describe("the time–cost–distance chart", () => {
  const input = {
    shown: fixedChains[0]!,
    chains: fixedChains.filter((named) => named.isBest),
    all: fixedChains.filter((named) => named.isBest),
    measure: "landed" as const,
    width: 640,
    height: 320,
    place: (id: string) => id,
    option: ({ option }: { option: string }) => option,
  };

  test.each(["days", "distance"] as const)("keeps every line inside the plot, the shown one on top: %s", (axis) => {
    const layout = corridorLayout({ ...input, axis });
    expect(layout.traces.at(-1)!.named.key).toBe(input.shown.key);
    for (const { x, y } of layout.traces.flatMap((trace) => trace.corners)) {
      expect(x).toBeGreaterThanOrEqual(layout.plot.left);
      expect(x).toBeLessThanOrEqual(layout.plot.right);
      expect(y).toBeGreaterThanOrEqual(layout.plot.top);
      expect(y).toBeLessThanOrEqual(layout.plot.bottom + 1e-9);
    }
    const options = layout.labels.filter((label) => label.role === "option").map((label) => label.text);
    expect(options.sort()).toEqual(["rail-container", "ro-ro"]);
  });

  test("the scales stand still when another chain is shown", () => {
    const scales = input.all.map((shown) => {
      const { xTicks, yTicks } = corridorLayout({ ...input, shown, axis: "days" });
      return JSON.stringify([xTicks, yTicks]);
    });
    expect(new Set(scales).size).toBe(1);
  });

  test("finds the place under the pointer, the line between places, and nothing far from both", () => {
    const layout = corridorLayout({ ...input, axis: "distance" });
    for (const trace of layout.traces) {
      const corner = trace.corners.at(-1)!;
      const found = cornerAt(layout, corner.x + 1, corner.y)!;
      expect(found.trace.named.key).toBe(trace.named.key);
    }
    const sea = layout.traces.find((trace) => trace.named.option === "ro-ro")!;
    const [from, to] = [
      sea.corners.findIndex((corner) => corner.place === "PORT"),
      sea.corners.findIndex((corner) => corner.place === "QUAY"),
    ];
    const middle = { x: (sea.corners[from]!.x + sea.corners[to]!.x) / 2, y: 0 };
    const a = sea.corners.findLast((corner) => corner.x < middle.x)!;
    const b = sea.corners.find((corner) => corner.x > middle.x)!;
    middle.y = a.y + ((b.y - a.y) * (middle.x - a.x)) / (b.x - a.x);
    expect(cornerAt(layout, middle.x, middle.y)).toEqual({ trace: sea, corner: from });
    expect(cornerAt(layout, layout.plot.left + 150, layout.plot.top)).toBeUndefined();
  });
});
