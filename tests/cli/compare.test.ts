import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { builtCli } from "../support/built.ts";
import { type Scenario, checkShape } from "../../src/model/index.ts";
import { builtinNetwork } from "../../src/network/index.ts";
import { compareText, displayWidth, makeStyle } from "../../src/report/index.ts";
import { type ScenarioResult, resultSchema, runScenario } from "../../src/scenario/index.ts";
import { escape, smallNetwork, smallScenario, yuche } from "../support/cli.ts";
import { scratch } from "../support/scratch.ts";

const cli = await builtCli();

const { folder, path, write } = scratch();
let compared = "";

beforeAll(async () => {
  const { code, out } = await yuche(["compare", "--out", path("results"), "--json"]);
  expect(code).toBe(0);
  compared = out;
});

describe("compare", () => {
  test("--json is the ScenarioResult and equals the file", () => {
    expect(readFileSync(path("results/compare.result.json"), "utf8")).toBe(compared);
    const { hash, ...result } = JSON.parse(compared) as { hash: string; schemaVersion: number };
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
    const scenario: Scenario = {
      id: "compare",
      shipments: [{ cargo: "bev-suv", quantity: 300, from: "CNCKG-SERES", to: "BEZEE", ready: "2027-03-02", due: "2027-05-15" }],
    };
    expect(result).toEqual(JSON.parse(JSON.stringify(runScenario(scenario))));
    expect(checkShape(JSON.parse(compared), resultSchema).problems).toEqual([]);
  });

  test("the table has all six options, lines that add up, legs, the front and what to try next", async () => {
    const { code, out, err } = await yuche(["compare"]);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    for (const word of [
      "Ro-ro",
      "Container",
      "Pulp frame",
      "Rail, auto-rack",
      "Rail, container",
      "Road",
      "Main carriage",
      "Cheapest",
      "front",
      "What to try next",
    ])
      expect(out).toContain(word);
    expect(out).not.toContain(escape);
    const result = JSON.parse(compared) as ScenarioResult;
    for (const { chains, missing } of result.shipments[0]!.options) {
      if (chains[0] !== undefined) expect(out).toContain(Math.round(chains[0].cost.cny).toLocaleString("en-US"));
      else expect(out).toContain(missing!.reason.en.slice(0, 40));
    }
  });

  test.each([80, 100, 140])("no line is wider than %i columns, in either language", (width) => {
    const result = JSON.parse(compared) as ScenarioResult;
    for (const language of ["zh", "en"] as const) {
      const text = compareText({
        result,
        data: builtinNetwork(),
        reader: { language, width, style: makeStyle(false) },
        program: "yuche",
        again: "yuche compare",
      });
      // The table of options needs 100 columns; commands to copy are not broken.
      for (const line of text.split("\n"))
        if (!line.includes("yuche ")) expect(displayWidth(line), line).toBeLessThanOrEqual(Math.max(width, 100));
    }
  });

  test("commands to copy begin with what the program was called by", async () => {
    for (const [env, called] of [
      [{}, "yuche"],
      [{ npm_command: "exec" }, "npx yuche"],
    ] as const) {
      const { out } = await yuche(["compare", "--to", "Jakarta", "--quantity", "60"], { env });
      const next = out.split("What to try next\n")[1]!.split("\n");
      const commands = next.filter((line) => line.startsWith("  ")).map((line) => line.trim());
      expect(commands.length).toBeGreaterThan(2);
      for (const command of commands) expect(command).toMatch(new RegExp(`^${called} (explain|compare) `));
    }
  });

  test("places go by code, Chinese and English name; what is left out is said", async () => {
    const { code, err, out } = await yuche([
      "compare",
      "--from",
      "赛力斯",
      "--to",
      "塔什干",
      "--cargo",
      "重型卡车",
      "--quantity",
      "20",
      "--ready",
      "2027-03-02",
      "--terms",
      "DAP",
      "--max-days",
      "60",
      "--alternatives",
      "1",
      "--json",
    ]);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    const [shipment] = (JSON.parse(out) as ScenarioResult).shipments;
    expect(shipment).toMatchObject({ from: "CNCKG-SERES", cargo: "heavy-truck", quantity: 20, terms: "DAP" });
    expect(shipment!.options.flatMap((o) => o.chains).every((c) => c.time.days <= 60 && c.cost.lines.duty === undefined)).toBe(true);
    expect((await yuche(["compare", "--quantity", "10", "--json"])).err).toContain("--to BEZEE");
  });

  test("a typo gets the nearest names and exit code 3, with valid JSON when asked", async () => {
    const { code, out, err } = await yuche(["compare", "--from", "Seers", "--cargo", "bev-sub", "--json"]);
    expect(code).toBe(3);
    expect(err).toContain("--from");
    expect(err).toContain("Seres");
    expect((JSON.parse(out) as { problems: { path: string }[] }).problems.map((p) => p.path)).toEqual(["--from", "--cargo"]);
  });

  test("--set changes one thing; without effect or unknown it says so", async () => {
    const cost = (text: string) =>
      Math.min(...(JSON.parse(text) as ScenarioResult).shipments[0]!.options.flatMap((o) => o.chains.map((c) => c.cost.cny)));
    const dearer = await yuche([
      "compare",
      "--set",
      "finance/capitalPercentPerYear=30",
      "--set",
      "finance/cargoInsurancePercent=2",
      "--json",
    ]);
    expect(cost(dearer.out)).toBeGreaterThan(cost(compared) + 1000);
    const unknown = await yuche(["compare", "--set", "services/nope/enabled=false"]);
    expect(unknown.code).toBe(3);
    expect(unknown.err).toContain("--set services/nope/enabled=false");
  });

  test("--strict exits with 4 when nothing goes", async () => {
    const far = ["compare", "--max-days", "1"];
    expect((await yuche(far)).code).toBe(0);
    expect((await yuche([...far, "--strict"])).code).toBe(4);
  });

  test("--out leaves what belongs to this shipment, names it, and lets a batch's summary be", async () => {
    const out = path("taken");
    const summary = write("taken/summary.csv", "of a batch");
    const all = ["result.json", "summary.csv", "csv", "xlsx", "cheapest.ics", "cheapest.geojson"].map((end) => `compare.${end}`);
    const first = await yuche(["compare", "--out", out]);
    expect(first.err).toContain(`written: ${all.map((name) => join(out, name)).join(", ")}`);
    expect(readdirSync(out).sort()).toEqual([...all, "summary.csv"].sort());
    expect(readFileSync(join(out, "compare.summary.csv"), "utf8")).toContain("fastest");
    const none = await yuche(["compare", "--max-days", "1", "--out", out, "--lang", "zh"]);
    const kept = all.filter((name) => !name.includes("cheapest"));
    expect(none.err).toContain(`已写入 ${kept.map((name) => join(out, name)).join("、")}`);
    expect(readdirSync(out).sort()).toEqual([...kept, "summary.csv"].sort());
    expect(readFileSync(summary, "utf8")).toBe("of a batch");
  });

  test("a file that cannot be replaced is named, not the temporary one", async () => {
    mkdirSync(path("in-the-way/compare.summary.csv"), { recursive: true });
    const { code, err } = await yuche(["compare", "--out", path("in-the-way")]);
    expect(code).toBe(5);
    expect(err).toContain(`${path("in-the-way/compare.summary.csv")}: `);
    expect(err).not.toContain(".tmp");
  });

  test("an own network in a folder works, a missing one is said", async () => {
    const network = mkdtempSync(join(folder, "net-"));
    writeFileSync(join(network, "a.json"), JSON.stringify({ locations: smallNetwork.locations, cargos: smallNetwork.cargos }));
    writeFileSync(join(network, "b.json"), JSON.stringify({ services: smallNetwork.services }));
    const { code, out } = await yuche([
      "compare",
      "--network",
      network,
      "--from",
      "PLANT",
      "--to",
      "市场",
      "--cargo",
      "car",
      "--quantity",
      "3",
      "--ready",
      "2027-03-02",
      "--lang",
      "zh",
    ]);
    expect(code).toBe(0);
    expect(out).toContain("5,000");
    expect((await yuche(["compare", "--network", path("none"), "--from", "PLANT", "--to", "MARKET", "--cargo", "car"])).code).toBe(3);
  });

  test("an unwritable folder exits with 5", async () => {
    const blocked = write("blocked", "");
    const { code, err } = await yuche(["compare", "--out", join(blocked, "deep")]);
    expect(code).toBe(5);
    expect(err).not.toMatch(/\n\s+at /);
  });
});

describe("pipes and terminals", () => {
  test("a megabyte of JSON through a pipe equals the file", async () => {
    const out = path("big");
    const shipments = Array.from({ length: 4 }, (_, i) => ({
      id: `s${i}`,
      cargo: "bev-suv",
      quantity: 100 + i,
      from: "Seres",
      to: "BEZEE",
      ready: "2027-03-02",
    }));
    const scenario = write("big.json", { id: "big", shipments, routes: { alternatives: 8 } });
    await yuche(["run", scenario, "--out", out]);
    const file = readFileSync(join(out, "big.result.json"), "utf8");
    const geojson = path("network.geojson");
    await yuche(["network", "--geojson", "--out", geojson]);
    const piped = execFileSync("bash", ["-c", `"${process.execPath}" "${cli}" network --geojson | (sleep 0.3; cat)`], {
      maxBuffer: 1 << 28,
      encoding: "utf8",
    });
    expect(piped).toBe(readFileSync(geojson, "utf8"));
    expect(Math.max(file.length, piped.length)).toBeGreaterThan(1024 * 1024);
    expect((JSON.parse(file) as { shipments: unknown[] }).shipments).toHaveLength(4);
  });

  test("a reader that goes away is no error", () => {
    const script = `"${process.execPath}" "${cli}" network --geojson | head -c 10 >/dev/null; echo "\${PIPESTATUS[0]}"`;
    expect(execFileSync("bash", ["-c", `${script} 2>&1`], { encoding: "utf8" })).toBe("0\n");
    const closed = `"${process.execPath}" "${cli}" compare --json >&-; echo "\${PIPESTATUS[0]}"`;
    expect(execFileSync("bash", ["-c", `${closed} 2>&1`], { encoding: "utf8" })).not.toMatch(/\n\s+at /);
  });

  test("colour on a terminal only, and not with NO_COLOR", async () => {
    const typed = (env: string) =>
      execFileSync("script", ["-qec", `stty cols 140; ${env} "${process.execPath}" "${cli}" compare --help --lang en`, "/dev/null"], {
        encoding: "utf8",
      });
    expect(typed("NO_COLOR=")).toContain(`${escape}[1m`);
    expect(typed("NO_COLOR=1")).not.toContain(`${escape}[1m`);
    expect(typed("TERM=dumb")).not.toContain(`${escape}[1m`);
  });

  test("terminal escapes in a file's names, ids and paths never come out raw", async () => {
    const evil = `${escape}]0;owned\u0007${escape}[2J\u009b31m\u202eevil`;
    const network = {
      ...smallNetwork,
      locations: smallNetwork.locations.map((l) => ({ ...l, name: `${evil}${l.id}`, note: evil })),
      services: smallNetwork.services.map((s) => ({ ...s, name: evil })),
    };
    const scenario = {
      ...smallScenario("evil"),
      network,
      title: evil,
      shipments: [{ cargo: "car", quantity: 1, from: "PLANT", to: "MARKET", ready: "2027-03-02" }],
    };
    const file = write("evil.json", scenario);
    const broken = write("broken-evil.json", {
      ...scenario,
      [evil]: 1,
      shipments: [{ cargo: evil, quantity: evil, from: evil, to: "MARKET", ready: "2027-03-02" }],
    });
    const out = path("evil-out");
    const runs = [
      await yuche(["run", file, broken, "--out", out]),
      await yuche(["check", file, broken]),
      await yuche(["check", broken, "--json"]),
      await yuche(["explain", "cheapest", "--in", join(out, "evil.result.json")]),
      await yuche(["explain", evil]),
      await yuche([evil]),
      await yuche(["compare", "--from", evil]),
    ];
    // oxlint-disable-next-line no-control-regex
    for (const { out: text, err } of runs) expect(text + err).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
    expect(runs.map((r) => r.code)).toEqual([1, 3, 3, 0, 3, 2, 3]);
  });
});
