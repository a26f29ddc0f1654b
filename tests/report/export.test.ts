import { describe, expect, test } from "vitest";
import { builtinNetwork, assemble } from "../../src/network/index.ts";
import { summaryCsv } from "../../src/batch/index.ts";
import { countFigures, cutAtAntimeridian, networkDot, networkGeoJson, networkStats, summaryRows } from "../../src/report/index.ts";
import { checkReach } from "../../src/network/index.ts";
import { type Scenario, checkShape, networkPart } from "../../src/model/index.ts";
import { resultSchema, runScenario } from "../../src/scenario/index.ts";
import { smallNetwork, smallScenario } from "../support/cli.ts";

const small = (more: Record<string, unknown> = {}) =>
  assemble([{ part: checkShape({ ...smallNetwork, ...more }, networkPart).value! }]).data;

describe("GeoJSON", () => {
  test("a line over 180 degrees is cut there, half-way between equal distances", () => {
    // From 170 E to 170 W the meridian lies in the middle: latitude 10 of 0 and 20.
    expect(
      cutAtAntimeridian([
        [170, 0],
        [-170, 20],
      ]),
    ).toEqual([
      [
        [170, 0],
        [180, 10],
      ],
      [
        [-180, 10],
        [-170, 20],
      ],
    ]);
    expect(
      cutAtAntimeridian([
        [170, 0],
        [190, 20],
      ]),
    ).toEqual([
      [
        [170, 0],
        [180, 10],
      ],
      [
        [-180, 10],
        [-170, 20],
      ],
    ]);
    expect(
      cutAtAntimeridian([
        [-170, 20],
        [170, 0],
      ]),
    ).toEqual([
      [
        [-170, 20],
        [-180, 10],
      ],
      [
        [180, 10],
        [170, 0],
      ],
    ]);
    expect(
      cutAtAntimeridian([
        [10, 1],
        [20, 2],
      ]),
    ).toEqual([
      [
        [10, 1],
        [20, 2],
      ],
    ]);
  });

  test("every place and service of the built-in network is in it, within the world, never crossing 180 degrees", () => {
    const data = builtinNetwork();
    const { features } = networkGeoJson(data);
    expect(features).toHaveLength(data.locations.length + data.services.length);
    for (const feature of features) {
      const { geometry } = feature;
      const lines =
        geometry?.type === "LineString" ? [geometry.coordinates] : geometry?.type === "MultiLineString" ? geometry.coordinates : [];
      for (const line of lines) {
        expect(line.length).toBeGreaterThan(1);
        line.forEach(([lon, lat], i) => {
          expect(Math.abs(lon!)).toBeLessThanOrEqual(180);
          expect(Math.abs(lat!)).toBeLessThanOrEqual(90);
          if (i > 0) expect(Math.abs(lon! - line[i - 1]![0]!)).toBeLessThanOrEqual(180);
        });
      }
    }
  });

  test("without a drawn line it is straight, without coordinates there is none", () => {
    const placed = small({ locations: smallNetwork.locations.map((l, i) => ({ ...l, lat: 30 + i, lon: 100 + i })) });
    expect(networkGeoJson(placed).features.at(-1)!.geometry).toEqual({
      type: "LineString",
      coordinates: [
        [100, 30],
        [101, 31],
      ],
    });
    expect(networkGeoJson(small()).features.at(-1)!.geometry).toBeNull();
  });
});

test("DOT escapes names and joins parallel services", () => {
  const data = small({ locations: [{ ...smallNetwork.locations[0], name: 'a "quoted" \\ name' }, smallNetwork.locations[1]] });
  const dot = networkDot(data, "en");
  expect(dot).toContain('label="a \\"quoted\\" \\\\ name"');
  expect(dot.match(/->/g)).toHaveLength(1);
});

describe("reachability", () => {
  test("a claim that nothing fulfils is a warning with what can be reached", () => {
    // Stuffing is modelled, into containers only, so nothing ever stands on a frame.
    const data = small({
      locations: [smallNetwork.locations[0], { ...smallNetwork.locations[1], forms: ["wheels", "frame"] }],
      operations: [{ id: "stuff", kind: "stuff", form: "container", at: ["PLANT"] }],
    });
    const { problems, claims } = checkReach(data);
    expect(claims).toBe(2);
    expect(problems.map((p) => p.path)).toEqual(["locations/MARKET/forms"]);
  });

  test("a market is reached only when the vehicles are cleared there", () => {
    const market = { ...smallNetwork.locations[1], forms: ["wheels"] };
    // Import clearance is modelled, but elsewhere: at the plant.
    const data = small({
      locations: [smallNetwork.locations[0], market],
      operations: [{ id: "clear", kind: "import-clearance", at: ["PLANT"] }],
    });
    expect(checkReach(data).problems).toHaveLength(1);
    const cleared = small({
      locations: [smallNetwork.locations[0], market],
      operations: [{ id: "clear", kind: "import-clearance", at: ["MARKET"] }],
    });
    expect(checkReach(cleared).problems).toHaveLength(0);
  });
});

test("figures of the built-in network are counted once each", () => {
  const { all, byBasis } = countFigures(builtinNetwork());
  expect(byBasis.published + byBasis.derived + byBasis.assumed).toBe(all);
  expect(all).toBeGreaterThan(1000);
  expect(networkStats(builtinNetwork()).figures.all).toBe(all);
});

describe("summary", () => {
  const result = runScenario(smallScenario("small") as Scenario & { id: string });
  test("one row per shipment and option, amounts adding up to the cost", () => {
    const rows = summaryRows(result);
    expect(rows.map((r) => r.option)).toEqual(["ro-ro", "container", "pulp", "rail-auto-rack", "rail-container", "road"]);
    const row = rows.find((r) => r.status === "ok")!;
    const fen = Object.entries(row)
      .filter(([key]) => key.endsWith("Cny") && !/^(cost|logistics)/.test(key))
      .reduce((sum, [, value]) => sum + Math.round(Number(value) * 100), 0);
    expect(fen).toBe(Math.round(Number(row.costCny) * 100));
  });

  test("CSV begins with a byte-order mark and no text cell with a formula; numbers stay numbers", () => {
    const csv = summaryCsv([
      { scenario: "=1+1", reason: "@x", services: "\uff1dx", slackDays: -5.9, chain: 'say "hi", you' },
      { scenario: "007" },
    ]);
    expect(csv.startsWith("\ufeffscenario,")).toBe(true);
    const [, first, second] = csv.split("\r\n");
    expect(first).toContain("'=1+1");
    expect(first).toContain("'@x");
    expect(first).toContain("'\uff1dx");
    expect(first).toContain(",-5.9,");
    expect(first).toContain('"say ""hi"", you"');
    expect(second!.startsWith("007,")).toBe(true);
  });
});

describe("result schema", () => {
  test("real results satisfy it", () => {
    const scenario: Scenario = {
      id: "real",
      shipments: [
        { cargo: "bev-suv", quantity: 300, from: "Seres", to: "BEZEE", ready: "2027-03-02", due: "2027-05-15" },
        { id: "truck", cargo: "heavy-truck", quantity: 3, from: "Seres", to: "KZ-MARKET", ready: "2027-01-31", terms: "DAP" },
      ],
    };
    for (const result of [runScenario(scenario), runScenario(smallScenario("small") as Scenario & { id: string })])
      expect(checkShape(JSON.parse(JSON.stringify(result)), resultSchema).problems).toEqual([]);
  });

  test("a strange key or a missing part is a problem", () => {
    const result = JSON.parse(JSON.stringify(runScenario(smallScenario("small") as Scenario & { id: string })));
    expect(checkShape({ ...result, extra: 1 }, resultSchema).problems).toHaveLength(1);
    delete result.shipments[0].winners;
    expect(checkShape(result, resultSchema).problems.map((p) => p.path)).toEqual(["shipments/1/winners"]);
  });
});
