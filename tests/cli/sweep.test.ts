import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { expandSweep } from "../../src/scenario/index.ts";
import type { Scenario } from "../../src/model/index.ts";
import { smallNetwork, smallScenario, yuche } from "../support/cli.ts";
import { scratch } from "../support/scratch.ts";

const { folder, write } = scratch();

const sweep = {
  "shipments.0.quantity": [10, 20],
  "levers.0.set.hours": { from: 100, to: 140, step: 20 },
};
const swept = (id: string, more: Record<string, unknown> = {}) =>
  smallScenario(id, { levers: [{ change: "services/line/stops/MARKET", set: { hours: 90 } }], sweep, ...more });
const cells = (text: string) =>
  text
    .replace("\ufeff", "")
    .trimEnd()
    .split("\r\n")
    .map((line) => [...line.matchAll(/"((?:[^"]|"")*)"(?:,|$)|([^,]*)(?:,|$)/g)].slice(0, -1).map((m) => m[1] ?? m[2] ?? ""));

describe("run", () => {
  test("a result for each run, the swept values beside its name in the summary, and a table; the same bytes with two processes", async () => {
    const file = write("runs/swept.json", swept("swept"));
    write("runs/zz.json", smallScenario("zz"));
    const [one, two] = [join(folder, "one"), join(folder, "two")];
    const ran = await yuche(["run", join(folder, "runs"), "--out", one, "--lang", "en"]);
    expect(ran.code).toBe(0);
    expect(ran.err).toContain("7/7 finished: 7 run");
    const ids = [10, 20].flatMap((q) => [100, 120, 140].map((h) => `swept~quantity=${q},hours=${h}`));
    expect(readdirSync(one).sort()).toEqual(
      [...ids.map((id) => `${id}.result.json`), "summary.csv", "swept.sweep.csv", "zz.result.json"].sort(),
    );
    const [head, ...rows] = cells(readFileSync(join(one, "summary.csv"), "utf8"));
    expect(head!.slice(0, 4)).toEqual(["scenario", "sweep.shipments.0.quantity", "sweep.levers.0.set.hours", "shipment"]);
    expect(new Set(rows.map((row) => row.slice(0, 3).join(" ")))).toEqual(
      new Set([...[10, 20].flatMap((q) => [100, 120, 140].map((h) => `swept~quantity=${q},hours=${h} ${q} ${h}`)), "zz  "]),
    );
    const [columns, ...table] = cells(readFileSync(join(one, "swept.sweep.csv"), "utf8"));
    expect(columns).toEqual(
      "run,shipments.0.quantity,levers.0.set.hours,shipment,cheapestOption,cheapestCny,cheapestDays,fastestDays,leastCo2eKg,reason,reasonZh".split(
        ",",
      ),
    );
    expect(table.map((row) => row.slice(1, 3))).toEqual([10, 20].flatMap((q) => [100, 120, 140].map((h) => [`${q}`, `${h}`])));
    // Twenty hours more on the line are twenty hours more.
    const days = table.map((row) => Number(row[7]));
    expect(days[1]! - days[0]!).toBeCloseTo(20 / 24, 1);
    // What the table says is what the result says.
    const result = JSON.parse(readFileSync(join(one, `${ids[4]}.result.json`), "utf8")) as {
      scenario: { id: string };
      shipments: { quantity: number; points: { costCny: number }[] }[];
    };
    expect(result).toMatchObject({ scenario: { id: ids[4] }, shipments: [{ quantity: 20 }] });
    expect(Number(table[4]![5])).toBe(Math.min(...result.shipments[0]!.points.map((p) => p.costCny)));
    for (const words of ["quantity", "hours", "cheapest", "Rail, auto-rack", "140"]) expect(ran.out).toContain(words);

    expect((await yuche(["run", join(folder, "runs"), "--out", two, "--jobs", "2"])).code).toBe(0);
    for (const name of readdirSync(one)) expect(readFileSync(join(two, name), "utf8")).toBe(readFileSync(join(one, name), "utf8"));
    const again = await yuche(["run", file, "--out", one, "--json"]);
    expect(again.err).toContain("6 up to date");
    const lines = again.out
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as { name: string; rows: Record<string, unknown>[] });
    expect(lines.map(({ name }) => name)).toEqual(ids);
    expect(lines[5]!.rows[0]).toMatchObject({ "sweep.shipments.0.quantity": 20, "sweep.levers.0.set.hours": 140 });
  });

  test("the fastest and the greenest of the table are those of each run's result", async () => {
    const shipment = { id: "e", cargo: "bev-suv", quantity: 300, from: "CNCKG-SERES", to: "BEZEE", ready: "2027-03-02", due: "2027-05-15" };
    const file = write("best.json", { id: "best", shipments: [shipment], sweep: { "shipments.e.quantity": [37, 300] } });
    const out = join(folder, "best");
    const ran = await yuche(["run", file, "--out", out, "--lang", "en"]);
    const [head, ...rows] = cells(readFileSync(join(out, "best.sweep.csv"), "utf8"));
    expect(rows).toHaveLength(2);
    for (const row of rows) {
      const { points } = (
        JSON.parse(readFileSync(join(out, `${row[0]}.result.json`), "utf8")) as {
          shipments: { points: { costCny: number; days: number; co2eKg: number }[] }[];
        }
      ).shipments[0]!;
      const of = (column: string) => Number(row[head!.indexOf(column)]);
      expect(of("cheapestCny")).toBe(Math.min(...points.map((p) => p.costCny)));
      expect(of("fastestDays")).toBe(Math.min(...points.map((p) => p.days)));
      expect(of("leastCo2eKg")).toBe(Math.min(...points.map((p) => p.co2eKg)));
      expect(ran.out).toContain(of("fastestDays").toFixed(1));
    }
  });

  test("a dry run says what would run and writes nothing; one changed value runs alone", async () => {
    const file = write("dry.json", swept("dry"));
    const out = join(folder, "dry");
    const dry = await yuche(["run", file, "--out", out, "--dry-run"]);
    expect(dry.code).toBe(0);
    expect(dry.out.trimEnd().split("\n")).toHaveLength(6);
    expect(dry.out).toContain("dry~quantity=20,hours=140  would run");
    expect(existsSync(out)).toBe(false);
    await yuche(["run", file, "--out", out]);
    write("dry.json", swept("dry", { sweep: { ...sweep, "shipments.0.quantity": [10, 30] } }));
    const mixed = await yuche(["run", file, "--out", out, "--dry-run"]);
    expect(mixed.out.match(/up to date/g)).toHaveLength(3);
    expect(mixed.out.match(/would run/g)).toHaveLength(3);
  });

  test("runs that fail are rows with a reason, with the name of the run; the others are done", async () => {
    const file = write("fails.json", smallScenario("fails", { sweep: { "shipments.0.to": ["MARKET", "NOWHERE"] } }));
    const out = join(folder, "fails");
    const ran = await yuche(["run", file, "--out", out]);
    expect(ran.code).toBe(1);
    expect(ran.err).toContain("fails~to=NOWHERE → shipments/1/to");
    expect(ran.err).not.toMatch(/fails\.json:\d/);
    const rows = cells(readFileSync(join(out, "fails.sweep.csv"), "utf8"));
    expect(rows).toHaveLength(3);
    expect(rows[2]!.join()).toContain("no place is called 'NOWHERE'");
    expect(readdirSync(out).sort()).toEqual(["fails.sweep.csv", "fails~to=MARKET.result.json", "summary.csv"]);
  });

  test("a demand swept: the plan of every run in the table", async () => {
    const network = { ...smallNetwork, services: [{ ...smallNetwork.services[0], slots: 20 }] };
    const file = write("plan.json", {
      id: "plan",
      network,
      horizon: { from: "2027-03-01", weeks: 2 },
      demand: [{ cargo: "car", quantity: 50, from: "PLANT", to: "MARKET" }],
      sweep: { "demand.0.quantity": [50, 400] },
    });
    const out = join(folder, "plan");
    const ran = await yuche(["run", file, "--out", out, "--lang", "en"]);
    expect(ran.err).toContain("2/2 finished: 2 run");
    const [head, ...rows] = cells(readFileSync(join(out, "plan.sweep.csv"), "utf8"));
    const of = (row: string[], column: string) => Number(row[head!.indexOf(column)]);
    expect(rows).toHaveLength(2);
    expect(of(rows[0]!, "plan.carried")).toBe(50);
    expect(of(rows[1]!, "plan.carried") + of(rows[1]!, "plan.unserved")).toBe(400);
    expect(of(rows[1]!, "plan.unserved")).toBeGreaterThan(0);
    expect(ran.out).toContain("left behind");
  });
});

describe("check", () => {
  test("every run is checked; problems of the sweep have the line of their path", async () => {
    expect((await yuche(["check", write("good.json", swept("good"))])).code).toBe(0);
    const text = JSON.stringify(
      swept("bad", { sweep: { "shipments.0.quantty": [1], "levers.9.set": [{}], "shipments.0.ready": ["2027-02-30"] } }),
      null,
      2,
    );
    const path = join(folder, "bad.json");
    writeFileSync(path, text);
    const bad = await yuche(["check", path, "--json"]);
    expect(bad.code).toBe(3);
    const { problems } = JSON.parse(bad.out) as { problems: { path: string; line: number; hint?: { en: string } }[] };
    expect(problems.map((p) => p.path)).toEqual(["sweep/shipments.0.quantty", "sweep/levers.9.set", "sweep/shipments.0.ready"]);
    const lines = text.split("\n");
    for (const { path: at, line } of problems) expect(lines[line - 1]).toContain(`"${at.slice("sweep/".length)}"`);
    expect(problems[0]!.hint!.en).toContain("quantity");
    // A value that only the network can refuse.
    const far = await yuche(["check", write("far.json", smallScenario("far", { sweep: { "shipments.0.to": ["MARKET", "NOWHERE"] } }))]);
    expect(far.code).toBe(3);
    expect(far.out).toContain("NOWHERE");
    const run = await yuche(["run", path, "--out", join(folder, "bad")]);
    expect(run.code).toBe(1);
    expect(run.err).toContain("quantty");
    const many = await yuche([
      "check",
      write("many.json", smallScenario("many", { sweep: { "shipments.0.quantity": { from: 1, to: 20_000, step: 1 } } })),
    ]);
    expect(many.code).toBe(3);
    expect(many.out).toContain("10000");
  });

  test("the sweeps that come with the program expand, and are right", async () => {
    const files = readdirSync("scenarios").filter((name) => name.startsWith("sweep-"));
    expect(files.length).toBeGreaterThanOrEqual(2);
    for (const name of files) {
      const { sweep: expanded, problems } = expandSweep(JSON.parse(readFileSync(join("scenarios", name), "utf8")) as Scenario);
      expect(problems).toEqual([]);
      expect(expanded!.total).toBeGreaterThan(3);
    }
    const { code, out, err } = await yuche(["check", ...files.map((name) => join("scenarios", name))]);
    expect({ code, out }).toEqual({ code: 0, out: "" });
    expect(err).toContain("no problems");
  });

  test("a study that takes one scenario says that the sweep is left out", async () => {
    const shipments = [{ cargo: "bev-suv", quantity: 120, from: "Seres", to: "UZ-MARKET", ready: "2027-03-02" }];
    const file = write("ranked.json", {
      id: "ranked",
      levers: [{ use: "credit-terms" }],
      shipments,
      sweep: { "shipments.0.quantity": [1, 2] },
    });
    const { err } = await yuche(["rank", file, "--dates", "1", "--no-ranges"]);
    expect(err).toContain("without its sweep");
  });
});
