import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import { commands } from "../../src/cli/commands.ts";
import { publishedSchema, type ScenarioResult } from "../../src/scenario/index.ts";
import { smallNetwork, smallScenario, yuche } from "../support/cli.ts";
import { scratch } from "../support/scratch.ts";

const { folder, path, write } = scratch();
let compared = "";

beforeAll(async () => {
  const { code, out } = await yuche(["compare", "--out", path("results"), "--json"]);
  expect(code).toBe(0);
  compared = out;
});

describe("help", () => {
  test("every command has help with its options and an example, in both languages", async () => {
    for (const command of commands) {
      for (const lang of ["en", "zh"] as const) {
        const { code, out, err } = await yuche([command.name, "--help", "--lang", lang]);
        expect(code).toBe(0);
        expect(err).toBe("");
        expect(out).toContain(command.summary[lang].slice(0, 12));
        for (const option of command.options) expect(out).toContain(`--${option.name}`);
        for (const example of command.examples) expect(out).toContain(example.command);
      }
    }
  });

  test("the program's own help lists the commands; the language follows the locale", async () => {
    const english = await yuche([]);
    expect(english.code).toBe(0);
    for (const command of commands) expect(english.out).toContain(command.name);
    for (const env of [{ LANG: "zh_CN.UTF-8" }, { LC_MESSAGES: "zh_TW", LANG: "en_US" }, { LC_ALL: "zh", LANG: "en_US" }])
      expect((await yuche(["--help"], { env })).out).toContain("用法");
    expect((await yuche(["help", "run"], { env: { LC_ALL: "C", LANG: "zh_CN" } })).out).toContain("Usage");
    expect((await yuche(["--version"])).out).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  test("completion scripts name every command and are valid for bash", async () => {
    for (const shell of ["bash", "zsh", "fish"]) {
      const { out, code } = await yuche(["completion", shell]);
      expect(code).toBe(0);
      for (const command of commands) expect(out).toContain(command.name);
      if (shell === "bash") execFileSync("bash", ["-n"], { input: out });
    }
    expect((await yuche(["completion", "tcsh"])).code).toBe(2);
  });
});

describe("usage", () => {
  test.each([
    [["comapre"], "did you mean compare"],
    [["compare", "--form", "x"], "did you mean --from"],
    [["compare", "-f", "x"], "no option -f"],
    [["compare", "--from"], "needs a value"],
    [["compare", "--from", "a", "--from", "b"], "stands twice"],
    [["compare", "--json=yes"], "takes no value"],
    [["compare", "--quantity", "many"], "whole number"],
    [["compare", "--quantity", "0"], "whole number"],
    [["compare", "--ready", "2027-02-30"], "should be a date"],
    [["compare", "--terms", "FOB"], "possible: DDP, DAP"],
    [["compare", "--lang", "fr"], "possible: zh, en"],
    [["compare", "stray"], "was not expected"],
    [["compare", "--set", "nonsense"], "PATH=VALUE"],
    [["run"], "name scenario files"],
    [["run", "x.json", "--out", "y", "--jobs", "0"], "from 1 to"],
    [["schema", "scenaro"], "did you mean scenario"],
    [["network", "--dot", "--stats"], "only one of"],
    [["explain", "Guoyuan", "--date", "soon", "--in"], "needs a value"],
  ])("%j exits with 2 and says what to do", async (args, words) => {
    const { code, out, err } = await yuche(args);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain(words);
    expect(err).not.toMatch(/\n\s+at /);
  });

  test.each([
    [
      ["compare", "--quantity", "-3", "--ready", "2027-13-01", "--max-days", "0", "--set", "x"],
      ["--quantity", "--ready", "--max-days", "--set"],
    ],
    [
      ["compare", "--quantty", "5", "--frm", "x", "--terms", "XX", "--json=3"],
      ["--quantty", "--frm", "--terms", "--json"],
    ],
    [
      ["rank", "x.json", "--dates", "0", "--weeks", "none", "--jobs", "999"],
      ["--dates", "--weeks", "--jobs"],
    ],
  ])("%j: all that is wrong at once", async (args, wrong) => {
    const { code, err } = await yuche(args);
    expect(code).toBe(2);
    expect(err.match(/^yuche: .*/gm)!.map((line) => /--[a-z-]+/.exec(line)![0])).toEqual(wrong);
  });
});

describe("check", () => {
  test("without arguments: the built-in network, its figures by basis, and every claim reached", async () => {
    const { code, out, err } = await yuche(["check"]);
    expect(code).toBe(0);
    expect(out).toMatch(/published [\d,]+ \(\d+%\)/);
    const [, claims, reached] = /(\d+) claims of a place in a form, (\d+) reached/.exec(out)!;
    expect(reached).toBe(claims);
    expect(err).toContain("built-in network");
  });

  test("all problems of a file at once, each with file, line, path, reason and hint", async () => {
    const file = write(
      "bad.json",
      `{\n "id": "x",\n "shipmets": [],\n "shipments": [\n  { "cargo": "car", "quantity": "ten",\n    "from": "PLANT", "to": "MARKET", "ready": "2027-13-01" }\n ]\n}`,
    );
    const { code, out } = await yuche(["check", file]);
    expect(code).toBe(3);
    for (const words of [`${file}:3:2`, "did you mean 'shipments'", `${file}:5:21`, "should be a number", `${file}:6:`, "no such date"])
      expect(out).toContain(words);
  });

  test.each([
    ["broken JSON", "{ oops", "syntax"],
    ["an empty file", "", "syntax"],
    ["duplicate keys", '{"id":"a","id":"b","shipments":[]}', "duplicate-key"],
    ["a prototype word", '{"id":"a","__proto__":{},"shipments":[]}', "unknown-key"],
    ["nesting", `${"[".repeat(100)}${"]".repeat(100)}`, "limit"],
    ["a huge number", '{"id":"a","shipments":[{"quantity":1e400}]}', "bad-value"],
    ["a list", "[]", "type"],
  ])("%s is a problem with a place", async (_, text, code) => {
    const ran = await yuche(["check", write("one.json", text), "--json"]);
    expect(ran.code).toBe(3);
    expect((JSON.parse(ran.out) as { problems: { code: string }[] }).problems.map((p) => p.code)).toContain(code);
  });

  test("networks, results and folders are known by their keys; a byte-order mark is fine", async () => {
    const good = write("good.json", `\ufeff${JSON.stringify(smallScenario("good"))}`);
    const network = write("network.json", {
      ...smallNetwork,
      services: [{ ...smallNetwork.services[0], stops: [{ at: "PLANT" }, { at: "MARKT" }] }],
    });
    expect((await yuche(["check", good, path("results/compare.result.json")])).code).toBe(0);
    const { code, out } = await yuche(["check", network, "--lang", "zh"]);
    expect(code).toBe(3);
    expect(out).toContain("没有地点“MARKT”");
    expect(out).toContain("是不是：MARKET");
    expect(out).toContain(`${network}:1:`);
    expect((await yuche(["check", "-"], { input: JSON.stringify(smallScenario("piped")) })).code).toBe(0);
    expect((await yuche(["check", path("missing.json")])).code).toBe(3);
  });
});

describe("explain", () => {
  test.each([
    ["果园港", ["CNCKG-GUOYUAN", "services call"]],
    ["Zeebrugge", ["BEZEE", "Hub operations", "Countervailing"]],
    ["sea-roro-nansha-zeebrugge-suez", ["Stops", "Departures from 2027-03-01", "2027-03-19", "Tariffs"]],
    ["figures/duty-eu-cvd", ["value", "assumed", "Sources", "Used in"]],
    ["services/sea-roro-nansha-zeebrugge-suez/stops/BEZEE/hours", ["648", "derived", "https://"]],
    ["bev-suv", ["cargo", "massT"]],
    ["dg-box-standard", ["rule"]],
    ["RL01-007", ["source", "1520 International"]],
  ])("%s", async (word, words) => {
    const { code, out, err } = await yuche(["explain", word, "--date", "2027-03-01"]);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    for (const expected of words) expect(out).toContain(expected);
  });

  test("as JSON", async () => {
    for (const word of ["BEZEE", "figures/duty-eu-cvd"])
      expect(JSON.parse((await yuche(["explain", word, "--json"])).out)).toMatchObject({ schemaVersion: 1 });
  });

  test("without a word: what there is; with a typo: the nearest", async () => {
    expect((await yuche(["explain"])).out).toContain("CNCKG-SERES");
    const { code, err } = await yuche(["explain", "Guoyaun"]);
    expect(code).toBe(3);
    expect(err).toContain("Guoyuan");
  });

  test("a chain of a result down to figures and sources, by id, winner or option", async () => {
    const file = path("results/compare.result.json");
    const result = JSON.parse(compared) as ScenarioResult;
    const id = result.shipments[0]!.winners.cheapest!;
    const byId = await yuche(["explain", id, "--in", file]);
    expect(byId.code).toBe(0);
    expect((await yuche(["explain", "cheapest", "--in", file])).out).toBe(byId.out);
    const chain = result.shipments[0]!.options.flatMap((o) => o.chains).find((c) => c.id === id)!;
    for (const item of chain.costItems) for (const figure of item.figures) expect(byId.out).toContain(figure);
    expect(byId.out).toContain("https://");
    expect((await yuche(["explain", "rail-container", "--in", file])).code).toBe(0);
    const none = await yuche(["explain", "teleport", "--in", file]);
    expect(none.code).toBe(3);
    expect((await yuche(["explain", "cheapest", "--in", path("none.json")])).code).toBe(3);
  });
});

describe("network and schema", () => {
  test("GeoJSON, DOT and statistics", async () => {
    const geojson = JSON.parse((await yuche(["network", "--geojson"])).out) as { type: string; features: unknown[] };
    expect(geojson.type).toBe("FeatureCollection");
    const dot = (await yuche(["network", "--dot"])).out;
    expect(dot).toMatch(/^digraph yuche \{/);
    expect((await yuche(["network", "--stats", "--lang", "zh"])).out).toContain("班线");
    const file = path("stats.json");
    const { code, out } = await yuche(["network", "--stats", "--json", "--out", file]);
    expect({ code, out }).toEqual({ code: 0, out: "" });
    expect(JSON.parse(readFileSync(file, "utf8"))).toMatchObject({ kind: "yuche-network-stats" });
  });

  test.each(["scenario", "network", "result", "plan"] as const)("schema %s is JSON Schema 2020-12 with an $id", async (name) => {
    const { code, out } = await yuche(["schema", name]);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual(JSON.parse(JSON.stringify(publishedSchema(name))));
    expect(JSON.parse(out)).toMatchObject({ $schema: "https://json-schema.org/draft/2020-12/schema", $id: `urn:yuche:schema:${name}:1` });
    if (name === "scenario" || name === "network") expect(readFileSync(`scenarios/${name}.schema.json`, "utf8")).toBe(out);
  });
});

test("help reads a sixth of the program at most, and nothing but it", async () => {
  const read = async (args: readonly string[]): Promise<number> => {
    const covered = path(`covered-${args.length}`);
    expect((await yuche(args, { env: { NODE_V8_COVERAGE: covered } })).code).toBe(0);
    const scripts = readdirSync(covered).flatMap(
      (file) => (JSON.parse(readFileSync(`${covered}/${file}`, "utf8")) as { result: { url: string }[] }).result,
    );
    const files = scripts.filter(({ url }) => url.startsWith("file:")).map(({ url }) => fileURLToPath(url));
    for (const file of files) expect(file).not.toContain("node_modules");
    return files.reduce((sum, file) => sum + statSync(file).size, 0);
  };
  const help = await read(["compare", "--help"]);
  expect(help).toBeGreaterThan(1000);
  expect(help).toBeLessThan((await read(["compare"])) / 6);
});

test("examples of the help run as they stand", async () => {
  expect(existsSync(path("results/compare.result.json"))).toBe(true);
  for (const command of commands) {
    for (const { command: line } of command.examples) {
      const words = line.split(" ").slice(1);
      // Those that name files of the project are run where the files are, by the tests of these commands.
      if (["run", "check", "rank", "diff"].includes(words[0]!) || /[<>"|]/.test(line) || words.includes("--out") || words.length === 1)
        continue;
      expect((await yuche(words, { cwd: folder })).code, line).toBe(0);
    }
  }
});
