import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { programName } from "../../src/cli/parse.ts";
import { builtCli } from "../support/built.ts";
import { smallNetwork, smallScenario, yuche } from "../support/cli.ts";

const cli = await builtCli();
/** As what these tests call is told to call itself: they leave it their own environment. */
const program = programName(process.env);

let folder = "";
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), "yuche-run-"))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Writes scenarios to a folder of their own. */
function scenarios(name: string, list: Record<string, unknown>): string {
  const path = join(folder, name);
  mkdirSync(path, { recursive: true });
  for (const [file, content] of Object.entries(list))
    writeFileSync(join(path, `${file}.json`), typeof content === "string" ? content : JSON.stringify(content));
  return path;
}

const files = (path: string) =>
  Object.fromEntries(
    readdirSync(path)
      .sort()
      .map((name) => [name, readFileSync(join(path, name), "utf8")]),
  );
const day = (i: number) => new Date(Date.UTC(2027, 2, 1 + i)).toISOString().slice(0, 10);

describe("a batch of sixty", () => {
  const list = Object.fromEntries(
    Array.from({ length: 60 }, (_, i) => {
      const id = `s${String(i).padStart(2, "0")}`;
      if (i === 20)
        return [id, { id, shipments: [{ cargo: "bev-suv", quantity: 120, from: "Seres", to: "UZ-MARKET", ready: "2027-03-02" }] }];
      if (i === 30)
        return [
          id,
          { id, shipments: [{ cargo: "car", quantity: 1, from: "PLANT", to: "NOWHERE", ready: "2027-03-02" }], network: smallNetwork },
        ];
      if (i === 31) return [id, "{ broken"];
      if (i === 32) return [id, smallScenario("s01", { title: "a second s01" })];
      return [
        id,
        smallScenario(id, { shipments: [{ cargo: "car", quantity: 1 + i, from: "Plant", to: "MARKET", ready: day(i), due: day(i + 9) }] }),
      ];
    }),
  );

  test("gives the same bytes with one process and with two; failures are said, the rest is done", async () => {
    const input = scenarios("sixty", list);
    const [one, two] = [join(folder, "one"), join(folder, "two")];
    const first = await yuche(["run", input, "--out", one]);
    const second = await yuche(["run", input, "--out", two, "--jobs", "2"]);
    expect([first.code, second.code]).toEqual([1, 1]);
    expect(first.err).toContain("60/60 finished: 58 run, 0 up to date, 2 failed");
    expect(first.err).toContain("NOWHERE");
    expect(first.err).toContain("s31.json");
    const results = files(one);
    expect(files(two)).toEqual(results);
    // 58 results and the summary; the second `s01` has a name of its own.
    expect(Object.keys(results)).toHaveLength(59);
    expect(results["s01-2.result.json"]).toContain("a second s01");
    const rows = results["summary.csv"]!.trimEnd().split("\r\n");
    // A head, six options for each of 58 shipments, the fastest of one beside its option's best, and a row for each failure.
    expect(rows).toHaveLength(1 + 58 * 6 + 1 + 2);
    expect(rows.filter((row) => row.startsWith("s30,") || row.startsWith("s31,")).map((row) => row.split(",")[10])).toEqual([
      "failed",
      "failed",
    ]);
  });

  test("run again it has nothing to do, with --force everything, and a changed or damaged one alone is done anew", async () => {
    const input = scenarios("again", { a: smallScenario("a"), b: smallScenario("b"), c: smallScenario("c") });
    const out = join(folder, "again-out");
    const run = async (...more: string[]) => (await yuche(["run", input, "--out", out, ...more])).err;
    expect(await run()).toContain("3 run, 0 up to date");
    const before = files(out);
    expect(await run()).toContain("0 run, 3 up to date");
    expect(await run("--force")).toContain("3 run, 0 up to date");
    expect(files(out)).toEqual(before);
    const dry = await yuche(["run", input, "--out", out, "--dry-run"]);
    expect(dry.out.match(/up to date/g)).toHaveLength(3);
    scenarios("again", { b: smallScenario("b", { levers: [{ change: "services/line/stops/MARKET", set: { hours: 120 } }] }) });
    writeFileSync(join(out, "c.result.json"), before["c.result.json"]!.slice(0, 2000));
    expect(await run()).toContain("2 run, 1 up to date");
    expect(files(out)["b.result.json"]).not.toBe(before["b.result.json"]);
    expect(files(out)["c.result.json"]).toBe(before["c.result.json"]);
  });
});

describe("inputs", () => {
  test("standard input, a pattern, the same file twice, and --json as one line each", async () => {
    const input = scenarios("some", { x: smallScenario("x"), y: smallScenario("y") });
    const out = join(folder, "some-out");
    const { code, out: lines } = await yuche(["run", "-", join(input, "*.json"), join(input, "x.json"), "--out", out, "--json"], {
      input: JSON.stringify(smallScenario("piped")),
    });
    expect(code).toBe(0);
    expect(
      lines
        .trimEnd()
        .split("\n")
        .map((line) => (JSON.parse(line) as { name: string; status: string }).name),
    ).toEqual(["piped", "x", "y"]);
    expect(readdirSync(out).sort()).toEqual(["piped.result.json", "summary.csv", "x.result.json", "y.result.json"]);
  });

  test("without --out results stand in a folder of that name", async () => {
    const cwd = scenarios("no-out", { one: smallScenario("one") });
    expect((await yuche(["run", "one.json"], { cwd })).code).toBe(0);
    expect(readdirSync(join(cwd, "results")).sort()).toEqual(["one.result.json", "summary.csv"]);
  });

  test("an id too long for a file name is a failed row; what comes after it is run", async () => {
    const id = "x".repeat(300);
    const input = scenarios("long", {
      a: smallScenario(id),
      b: smallScenario("y".repeat(201), { sweep: { "shipments.0.quantity": [1, 2] } }),
      c: smallScenario("z".repeat(200)),
      d: smallScenario("d"),
    });
    for (const jobs of ["1", "2"]) {
      const out = join(folder, `long-${jobs}`);
      const { code, err } = await yuche(["run", input, "--out", out, "--jobs", jobs]);
      expect(code).toBe(1);
      expect(err).toContain("4/4 finished: 2 run, 0 up to date, 2 failed");
      expect(err).toMatch(/a\.json:1:2 {2}id\n {2}the id has 300 bytes: too long for the name of a file\n +use at most 200 bytes/);
      expect(readdirSync(out).sort()).toEqual(["d.result.json", "summary.csv", `${"z".repeat(200)}.result.json`]);
      expect(readFileSync(join(out, "summary.csv"), "utf8")).toContain(`${id},`);
    }
  });

  test("warnings are told on every run, also of what is up to date", async () => {
    const input = scenarios("warned", { w: smallScenario("w", { levers: [{ change: "services/line", set: { form: "wheels" } }] }) });
    const run = () => yuche(["run", input, "--out", join(folder, "warned-out")]);
    const [first, second] = [await run(), await run()];
    expect(first.err).toContain("1 run, 0 up to date");
    expect(second.err).toContain("0 run, 1 up to date");
    for (const { err } of [first, second]) expect(err).toMatch(/warning .*w\.json/);
  });

  test("a dry run looks for results and plans, and says what is wrong with the rest", async () => {
    const shipments = [{ cargo: "car", quantity: 2, from: "PLANT", to: "MARKET", ready: "2027-03-02" }];
    const demand = [{ cargo: "car", quantity: 5, from: "PLANT", to: "MARKET" }];
    const planned = { network: smallNetwork, horizon: { from: "2027-03-01", weeks: 2 }, demand };
    const input = scenarios("foreseen", {
      both: { id: "both", ...planned, shipments },
      plan: { id: "plan", ...planned },
      wrong: { id: "wrong", ...planned, demand: [{ ...demand[0], to: "NOWHERE" }] },
      zz: "{ broken",
    });
    const out = join(folder, "foreseen-out");
    const dry = async () => {
      const ran = await yuche(["run", input, "--out", out, "--dry-run"]);
      for (const word of ["NOWHERE", "wrong.json:1:", "zz.json:1:"]) expect(ran.err).toContain(word);
      return ran.out.split("\n").map((line) => line.split("  ").slice(0, 2).join(": "));
    };
    const failed = ["wrong: cannot run: it has problems", "zz: cannot run: it has problems", ""];
    expect(await dry()).toEqual(["both: would run", "plan: would run", ...failed]);
    expect((await yuche(["run", input, "--out", out])).code).toBe(1);
    expect(await dry()).toEqual(["both: up to date", "plan: up to date", ...failed]);
    for (const name of ["both", "plan"]) rmSync(join(out, `${name}.plan.json`));
    expect(await dry()).toEqual(["both: would run", "plan: would run", ...failed]);
  });

  test("a network folder is found beside the scenario, and its content counts for up to date", async () => {
    const input = scenarios("own", { s: { ...smallScenario("s"), network: "net" } });
    const net = scenarios("own/net", { all: smallNetwork });
    const out = join(folder, "own-out");
    expect((await yuche(["run", join(input, "s.json"), "--out", out])).err).toContain("1 run");
    expect((await yuche(["run", join(input, "s.json"), "--out", out])).err).toContain("1 up to date");
    writeFileSync(
      join(net, "all.json"),
      JSON.stringify({ ...smallNetwork, services: [{ ...smallNetwork.services[0], charges: [{ perVehicle: 6000 }] }] }),
    );
    expect((await yuche(["run", join(input, "s.json"), "--out", out])).err).toContain("1 run");
  });

  test("--strict exits with 4 when a shipment has no way, an empty folder with 2", async () => {
    const input = scenarios("strict", {
      s: smallScenario("s", { shipments: [{ cargo: "car", quantity: 1, from: "PLANT", to: "MARKET", ready: "2027-03-02", maxDays: 1 }] }),
    });
    expect((await yuche(["run", input, "--out", join(folder, "strict-out")])).code).toBe(0);
    expect((await yuche(["run", input, "--out", join(folder, "strict-out"), "--strict"])).code).toBe(4);
    expect((await yuche(["run", scenarios("empty", {}), "--out", join(folder, "e")])).code).toBe(2);
  });

  test("a results folder that cannot be made exits with 5", async () => {
    const input = scenarios("disk", { s: smallScenario("s") });
    const blocked = join(folder, "file");
    writeFileSync(blocked, "");
    for (const jobs of ["1", "2"]) {
      const { code, err } = await yuche(["run", input, input, "--out", join(blocked, "out"), "--jobs", jobs]);
      expect(code).toBe(5);
      expect(err).not.toMatch(/\n\s+at /);
    }
  });
});

describe("stopping", () => {
  test.each([
    ["1", "SIGINT", 130],
    ["2", "SIGINT", 130],
    ["2", "SIGTERM", 143],
  ] as const)(
    "with --jobs %s, %s stops within 2 s, exits with %i, says how to go on; nothing is half written",
    async (jobs, signal, code) => {
      const input = scenarios("many", Object.fromEntries(Array.from({ length: 400 }, (_, i) => [`m${i}`, smallScenario(`m${i}`)])));
      const out = join(folder, `stopped-${jobs}-${signal}`);
      const child = spawn(process.execPath, [cli, "run", input, "--out", out, "--jobs", jobs, "--json", "--lang", "en"], {
        stdio: ["ignore", "pipe", "pipe"],
      });
      let err = "";
      child.stderr.on("data", (chunk: Buffer) => (err += chunk.toString()));
      // The first line means that a scenario is done and others are at work.
      await new Promise<void>((resolve) => child.stdout.once("data", () => resolve()));
      child.stdout.resume();
      const asked = performance.now();
      child.kill(signal);
      const exit = await new Promise<number | null>((resolve) => child.on("close", resolve));
      expect(performance.now() - asked).toBeLessThan(2000);
      expect(exit).toBe(code);
      expect(err).toMatch(new RegExp(`Stopped; to go on: ${program} run .* --out `));
      const names = readdirSync(out);
      expect(names.every((name) => name.endsWith(".result.json"))).toBe(true);
      for (const name of names) expect(() => JSON.parse(readFileSync(join(out, name), "utf8"))).not.toThrow();
    },
  );

  test("a plan is told of on its way, and a signal is heard in the midst of it", async () => {
    const out = join(folder, "stopped-plan");
    const child = spawn(process.execPath, [cli, "run", "scenarios/2027-target.json", "--out", out, "--lang", "en"], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    let err = "";
    const told = /0\/1 · 2027-target: (laying out departures|first plan|solving|levers one by one)/;
    await new Promise<void>((resolve) =>
      child.stderr.on("data", (chunk: Buffer) => {
        err += chunk.toString();
        if (told.test(err)) resolve();
      }),
    );
    child.stdout.resume();
    child.kill("SIGINT");
    expect(await new Promise<number | null>((resolve) => child.on("close", resolve))).toBe(130);
    expect(err).toMatch(new RegExp(`Stopped; to go on: ${program} run scenarios/2027-target\\.json --out `));
    expect(existsSync(out) ? readdirSync(out) : []).toEqual([]);
  }, 120_000);

  test("a worker that is killed loses nothing: another does its scenario", async () => {
    const input = scenarios("killed", Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`k${i}`, smallScenario(`k${i}`)])));
    const out = join(folder, "killed-out");
    const child = spawn(process.execPath, [cli, "run", input, "--out", out, "--jobs", "2", "--json"], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    await new Promise<void>((resolve) => child.stdout.once("data", () => resolve()));
    child.stdout.resume();
    child.stderr.resume();
    const workers = readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, "utf8").trim().split(" ").map(Number);
    expect(workers.length).toBeGreaterThan(0);
    process.kill(workers[0]!, "SIGKILL");
    expect(await new Promise<number | null>((resolve) => child.on("close", resolve))).toBe(0);
    expect(readdirSync(out)).toHaveLength(61);
    expect(statSync(join(out, "summary.csv")).size).toBeGreaterThan(1000);
  });
});
