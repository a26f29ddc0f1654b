import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { builtCli } from "../support/built.ts";
import { problem } from "../../src/model/index.ts";
import { chainKeys } from "../../src/report/index.ts";
import { type Material, calendarFile, csvFile, geoJsonFile, namesOf, scenarioFile, xlsxFile } from "../../web/export/files.ts";
import { openFile, openText } from "../../web/export/open.ts";
import { fileName } from "../../web/export/save.ts";
import { takeawayWords } from "../../web/i18n/takeaway.ts";
import { firstProblems } from "../../web/state/problems.ts";
import { builtinShipment, scenarioOf } from "../../web/state/shipment.ts";
import type { Adjustment } from "../../web/state/adjustments.ts";
import { answer, catalogue } from "../../web/worker/answer.ts";
import { builtin, builtinChains } from "./answer.ts";

const cli = await builtCli();

const material: Material = {
  scenario: scenarioOf(builtinShipment) as object,
  result: builtin.result,
  shipment: builtin.shipment,
  chain: builtinChains[0],
  lines: builtin.lines,
  catalogue: catalogue(),
  language: "zh",
  sources: new Map(),
};
const chain = builtinChains[0]!;

describe("files", () => {
  test("have names that say what they hold", () => {
    expect(scenarioFile(material).name).toBe("yuche-CNCKG-SERES-BEZEE-2027-03-02.json");
    expect(csvFile(material).name).toBe("yuche-CNCKG-SERES-BEZEE-2027-03-02.csv");
    expect(xlsxFile(material).name).toBe("yuche-CNCKG-SERES-BEZEE-2027-03-02.xlsx");
    expect(calendarFile(material, chain).name).toBe(`yuche-CNCKG-SERES-BEZEE-2027-03-02-ro-ro-${chain.chain.gateway}.ics`);
    expect(geoJsonFile(material, chain).name).toMatch(/\.geojson$/);
  });

  test("no name leaves its folder or hides", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "grapheme" }), { maxLength: 4 }), (parts) => {
        expect(fileName(["yuche", ...parts], "csv")).toMatch(/^yuche[A-Za-z0-9._-]*\.csv$/);
        expect(fileName(["yuche", ...parts], "csv")).not.toMatch(/[/\\]/);
      }),
    );
    expect(fileName(["yuche", "../../etc/passwd", "CON"], "csv")).toBe("yuche-etc-passwd-CON.csv");
  });

  test("chains bear the same names in the table and on the page", () => {
    expect([...chainKeys(builtin.shipment).values()]).toEqual(builtinChains.map((c) => c.key));
  });

  test("the calendar and the map data name places as the page does", () => {
    const names = namesOf(material.catalogue, "zh");
    expect(names.place("BEZEE")).toContain("泽布吕赫");
    expect(calendarFile(material, chain).content).toContain("BEGIN:VCALENDAR");
    const collection = JSON.parse(String(geoJsonFile(material, chain).content)) as {
      features: { id: string; geometry: { type: string; coordinates: unknown[] }; properties: { nameZh: string } }[];
    };
    const legs = chain.chain.elements.filter((e) => e.kind === "leg");
    expect(collection.features.filter((f) => f.geometry.type !== "Point")).toHaveLength(legs.length);
    for (const feature of collection.features.slice(0, legs.length)) expect(feature.geometry.coordinates.length).toBeGreaterThan(1);
    expect(collection.features.at(-1)!.properties.nameZh).toContain("泽布吕赫");
  });

  test("the scenario file runs on the command line to the page's numbers, adjustments and all", () => {
    const adjustments: Adjustment[] = [
      { change: "finance", set: { capitalPercentPerYear: 7.25 } },
      { change: "services/*suez*", set: { enabled: false } },
    ];
    const scenario = scenarioOf(builtinShipment, adjustments) as object;
    const given = answer(scenario);
    if (given.kind !== "result") throw new Error("no answer");
    expect(given.result.shipments[0]!.options).not.toEqual(builtin.shipment.options);
    const folder = mkdtempSync(join(tmpdir(), "yuche-takeaway-"));
    try {
      const { name, content } = scenarioFile({ scenario, shipment: given.result.shipments[0]! });
      writeFileSync(join(folder, name), content);
      execFileSync(process.execPath, [cli, "run", join(folder, name), "--out", join(folder, "out")], { stdio: "pipe" });
      const file = join(folder, "out", name.replace(".json", ".result.json"));
      const found = JSON.parse(readFileSync(file, "utf8")) as typeof given.result;
      expect(found.shipments).toEqual(JSON.parse(JSON.stringify(given.result.shipments)));
      expect(found.figures).toEqual(JSON.parse(JSON.stringify(given.result.figures)));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

describe("opening a scenario file", () => {
  const valid = { id: "mine", shipments: [{ cargo: "bev-suv", quantity: 12, from: "Seres", to: "BEZEE", ready: "2027-03-02" }] };
  const problemsOf = (value: unknown) => {
    const opened = openText(typeof value === "string" ? value : JSON.stringify(value));
    return opened.kind === "problems" ? opened.problems : [];
  };

  test("what the page saved comes back as it was", () => {
    const adjustments: Adjustment[] = [{ change: "finance", set: { capitalPercentPerYear: 7.25 } }];
    const scenario = scenarioOf({ ...builtinShipment, terms: "DAP" }, adjustments) as object;
    const opened = openText(String(scenarioFile({ scenario, shipment: builtin.shipment }).content));
    if (opened.kind !== "preset") throw new Error(JSON.stringify(opened));
    expect(opened.preset.shipments.map((s) => s.form)).toEqual([{ ...builtinShipment, terms: "DAP" }]);
    expect(opened.preset.adjustments).toEqual(adjustments);
  });

  test("several shipments are all offered, names and open dates kept", () => {
    const opened = openText(
      JSON.stringify({ ...valid, network: "chongqing", shipments: [valid.shipments[0], { ...valid.shipments[0], id: "b", title: "B" }] }),
    );
    if (opened.kind !== "preset") throw new Error(JSON.stringify(opened));
    expect(opened.preset.shipments.map((s) => [s.form.from, s.form.due, s.form.terms, s.title])).toEqual([
      ["Seres", "", "DDP", undefined],
      ["Seres", "", "DDP", "B"],
    ]);
  });

  test.each([
    ["broken JSON", '{"id": "x",', "", /JSON/],
    ["an empty file", "", "", /JSON/],
    ["a duplicate key", '{"id":"a","id":"b"}', "", /twice/],
    ["a prototype's word", '{"__proto__": {"x": 1}, "id": "a"}', "", /not allowed/],
    ["a result", { kind: "yuche-result" }, "kind", /result file/],
    ["an unknown key", { ...valid, shipmnets: [] }, "shipmnets", /./],
    ["another network", { ...valid, network: "mine" }, "network", /built-in network/],
    ["no shipment", { id: "x", shipments: [] }, "shipments", /./],
    ["a key the form has not", { ...valid, shipments: [{ ...valid.shipments[0], maxDays: 40 }] }, "shipments/0/maxDays", /maxDays/],
    ["a wrong quantity", { ...valid, shipments: [{ ...valid.shipments[0], quantity: "=1+1" }] }, "shipments/0/quantity", /number/],
    ["depth", "[".repeat(5000), "", /nested/],
  ])("%s is told with its place and a reason", (_name, value, path, reason) => {
    const problems = problemsOf(value);
    expect(problems.length).toBeGreaterThan(0);
    const told = problems.find((p) => p.path === path);
    expect(told?.message.en, JSON.stringify(problems)).toMatch(reason);
    expect(told?.message.zh).not.toBe("");
  });

  test("a file of any text is answered, never thrown", async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string({ unit: "binary" }), fc.json()), async (text) => {
        const opened = await openFile(new Blob([text]));
        expect(opened.kind === "preset" || opened.problems.length > 0).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  test("the first problems are those of the first places, errors before warnings, the rest is counted", () => {
    const at = (path: string) => problem(path, "type", { zh: "", en: "" });
    const late = { ...at("demand/3/to"), severity: "warning" as const };
    const many = [late, at("horizon/weeks"), at("demand/10/from"), at("demand/2/to"), at("demand/2"), at("demand/2/from")];
    const paths = (list: ReturnType<typeof firstProblems>) => list.problems.map(({ path }) => path);
    expect(paths(firstProblems(many))).toEqual([
      "demand/2",
      "demand/2/to",
      "demand/2/from",
      "demand/10/from",
      "horizon/weeks",
      "demand/3/to",
    ]);
    expect(firstProblems(many, 2)).toMatchObject({ more: 4, problems: [{ path: "demand/2" }, { path: "demand/2/to" }] });
    expect(firstProblems(many).more).toBe(0);
    const lines = [7, 30, 4].map((line) => ({ ...at("x"), line, column: 1 }));
    expect(firstProblems(lines).problems.map(({ line }) => line)).toEqual([4, 7, 30]);
  });

  test("ten megabytes are read or refused, and few problems are listed", async () => {
    const noise = await openFile(new Blob([`[${"1,".repeat(5_000_000)}1]`]));
    expect(noise.kind).toBe("problems");
    const many = await openFile(
      new Blob([
        JSON.stringify({ ...valid, shipments: Array.from({ length: 20_000 }, (_, i) => ({ ...valid.shipments[0], [`k${i}`]: 1 })) }),
      ]),
    );
    if (many.kind !== "problems") throw new Error("read what it should not");
    expect(many.problems.length).toBeLessThanOrEqual(20);
    expect(many.more).toBeGreaterThan(50);
  });
});

test("both languages say everything", () => {
  const keys = (value: object): string[] =>
    Object.entries(value).flatMap(([k, v]) => (typeof v === "object" && v !== null ? keys(v as object).map((x) => `${k}.${x}`) : [k]));
  expect(keys(takeawayWords.en)).toEqual(keys(takeawayWords.zh));
  for (const text of Object.values(takeawayWords.en)) if (typeof text === "string") expect(text).not.toMatch(/[\u4e00-\u9fff]/);
});
