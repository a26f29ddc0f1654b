import { describe, expect, test } from "vitest";
import { builtinNetwork } from "../../src/network/index.ts";
import type { LegElement } from "../../src/routing/index.ts";
import { coarseLand } from "../../web/map/land.ts";
import { mapPicture } from "../../web/map/picture.tsx";
import { fitProjection, middleLongitude } from "../../web/map/projection.ts";
import { sceneOf, shortName } from "../../web/map/scene.ts";
import { namedChains } from "../../web/state/chains.ts";
import { catalogue } from "../../web/worker/answer.ts";
import { type Line, lineOf } from "../../web/worker/lines.ts";
import { answered, builtin, builtinChains } from "./answer.ts";
import { attributes, markup } from "./markup.ts";

const names = catalogue();
const padding = { left: 30, right: 30, top: 30, bottom: 30 };

describe("lines", () => {
  test("every leg of an answer has one that begins and ends near its places", () => {
    const at = new Map(names.places.map((p) => [p.id, p.at]));
    for (const { chain } of builtinChains) {
      for (const leg of chain.elements) {
        if (leg.kind !== "leg") continue;
        const line = builtin.lines[[leg.service, leg.from, ...leg.via, leg.to].join(">")]!;
        expect(line.length, leg.service).toBeGreaterThan(1);
        for (const [end, id] of [
          [line[0]!, leg.from],
          [line.at(-1)!, leg.to],
        ] as const) {
          const place = at.get(id)!;
          const turn = Math.abs(((((end[0] - place[0]) % 360) + 540) % 360) - 180);
          expect(turn + Math.abs(end[1] - place[1]), `${leg.service} at ${id}`).toBeLessThan(3);
        }
      }
    }
  });

  test("run on over the date line and turn with the direction of travel", () => {
    const data = {
      ...builtinNetwork(),
      geometry: {
        "sea:BEZEE>CNNSA": [
          [3, 51],
          [60, 10],
          [114, 23],
        ] as Line,
      },
    };
    const leg = { kind: "leg", service: "none", mode: "sea", from: "CNNSA", to: "BEZEE", via: [] as string[] } as unknown as LegElement;
    expect(lineOf(data, leg)[0]).toEqual([114, 23]);
    expect(
      middleLongitude([
        [
          [121, 31],
          [200, 40],
          [255, 18],
        ],
      ]),
    ).toBeCloseTo(-172, 0);
  });

  test("fall back to the places themselves", () => {
    const data = { ...builtinNetwork(), geometry: {} };
    const leg = { kind: "leg", service: "none", mode: "sea", from: "CNNSA", to: "BEZEE", via: [] as string[] } as unknown as LegElement;
    expect(lineOf(data, leg)).toHaveLength(2);
  });
});

describe("projection", () => {
  test.each([
    ["Bangkok", { to: "TH-MARKET" }],
    ["Zeebrugge", {}],
    ["Mexico over the Pacific", { cargo: "ice-suv", to: "MX-MARKET" }],
    ["Brazil", { to: "BR-MARKET" }],
    ["Moscow", { to: "RU-MARKET" }],
  ])("%s: every line lies inside the picture and none is cut", (_, change) => {
    const given = answered(change);
    const scene = sceneOf(undefined, namedChains(given.shipment, "landed"), given.lines, names);
    const lines = scene.others.map((r) => r.line);
    const projection = fitProjection(lines, 640, 400, padding);
    for (const point of lines.flat()) {
      const [x, y] = projection(point)!;
      expect(x).toBeGreaterThan(0);
      expect(x).toBeLessThan(640);
      expect(y).toBeGreaterThan(0);
      expect(y).toBeLessThan(400);
    }
    // A line that is cut jumps from one edge of the picture to the other.
    for (const line of lines)
      for (let i = 1; i < line.length; i++) expect(Math.abs(projection(line[i]!)![0] - projection(line[i - 1]!)![0])).toBeLessThan(400);
  });

  test("without lines shows the world", () => {
    expect(fitProjection([], 640, 400, padding)([105, 30])).not.toBeNull();
  });
});

describe("picture", () => {
  const shown = builtinChains[0]!;
  const scene = sceneOf(shown, builtinChains, builtin.lines, names);
  const draw = (language: "zh" | "en", pan = { k: 1, x: 0, y: 0 }) =>
    markup(
      mapPicture({
        scene,
        land: coarseLand,
        projection: fitProjection(
          scene.routes.map((r) => r.line),
          640,
          400,
          padding,
        ),
        width: 640,
        height: 400,
        pan,
        label: "map",
        say: (t) => (typeof t === "string" ? t : t[language]),
      }),
    );

  test("draws the shown chain's legs with casing and dash by mode, and names its ends", () => {
    const drawn = draw("zh");
    expect([...drawn.matchAll(/class="route shown /g)]).toHaveLength(scene.routes.length);
    expect([...drawn.matchAll(/class="route casing /g)]).toHaveLength(scene.routes.length);
    expect(drawn).toContain("赛力斯汽车超级工厂");
    expect(draw("en")).toContain("Zeebrugge");
    expect(drawn).not.toMatch(/NaN|undefined|style=/);
  });

  test("zoom scales the lines' group and leaves the marks their size", () => {
    const far = draw("zh");
    const near = draw("zh", { k: 4, x: -300, y: -200 });
    expect(near).toContain("translate(-300,-200) scale(4)");
    expect(attributes(near, "circle", "r")).toEqual(attributes(far, "circle", "r"));
  });

  test("shows the other options' best chains behind, each leg once", () => {
    const keys = scene.others.map((r) => r.key);
    expect(new Set([...keys, ...scene.routes.map((r) => r.key)]).size).toBe(keys.length + scene.routes.length);
    expect(new Set(scene.others.map((r) => r.chain)).size).toBeGreaterThan(0);
  });

  test("a market is called by its town, a port without its brackets", () => {
    const place = (id: string) => shortName(names.places.find((p) => p.id === id)!);
    expect(place("RU-MARKET")).toEqual({ zh: "莫斯科", en: "Moscow" });
    expect(place("BEZEE")).toEqual({ zh: "泽布吕赫港", en: "Zeebrugge" });
  });
});
