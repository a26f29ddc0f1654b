import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { baseline } from "../support/levers.ts";
import { builtCli } from "../support/built.ts";
import { yuche } from "../support/cli.ts";
import { scratch } from "../support/scratch.ts";

const { folder, write } = scratch();

const file = (name: string, levers: unknown[]): string =>
  write(name, { ...baseline, id: "some", levers, shipments: baseline.shipments.filter((s) => s.id === "thailand") });

describe("levers", () => {
  test("the list in both languages, with paragraphs, parameters and ranges", async () => {
    for (const [lang, words] of [
      ["en", ["guoyuan-fast-clearance", "Fast clearance at Guoyuan", "hours 8 [3 … 18] h", "measure:"]],
      ["zh", ["果园港快速通关", "B 三（二）", "渝车出海"]],
    ] as const) {
      const { code, out, err } = await yuche(["levers", "--lang", lang], { env: { COLUMNS: "200" } });
      expect({ code, err }).toEqual({ code: 0, err: "" });
      for (const word of words) expect(out).toContain(word);
    }
  });

  test("as JSON: everything that the files hold", async () => {
    const { out } = await yuche(["levers", "--json"]);
    const { kind, levers } = JSON.parse(out) as { kind: string; levers: { id: string }[] };
    expect(kind).toBe("yuche-levers");
    const one = levers.find((l) => l.id === "smart-logistics");
    expect(one).toEqual(JSON.parse(readFileSync("seeds/levers/smart-logistics.json", "utf8")));
  });

  test("one in full, with quotation and sources; a typo gets the nearest", async () => {
    const { out } = await yuche(["levers", "smart-logistics"]);
    for (const word of ["大力引导汽车物流企业智能化转型", "costCutPercent", "published", "backhaul-cost", "figures/china-road-car-km"])
      expect(out).toContain(word);
    const typo = await yuche(["levers", "smart-logistic"]);
    expect(typo.code).toBe(3);
    expect(typo.err).toContain("did you mean: smart-logistics?");
  });
});

describe("rank", () => {
  test("table, CSV, JSON and picture", async () => {
    const out = join(folder, "out");
    const csv = join(folder, "table.csv");
    const scenario = file("some.json", [{ use: "overseas-warehouses" }, { use: "kd-assembly" }]);
    const ran = await yuche(["rank", scenario, "--dates", "1", "--no-ranges", "--csv", csv, "--out", out]);
    expect(ran.code).toBe(0);
    expect(ran.out).toContain("overseas-warehouses");
    expect(ran.out).toContain("interaction");
    expect(ran.err).toContain("acts on a capacity plan only");
    const text = readFileSync(csv, "utf8");
    expect(text).toBe(readFileSync(join(out, "some.rank.csv"), "utf8"));
    expect(text.startsWith("\ufefflever,kind,")).toBe(true);
    const json = JSON.parse(readFileSync(join(out, "some.rank.json"), "utf8")) as {
      kind: string;
      levers: { lever: string; alone: { days: { value: number } } }[];
    };
    expect(json.kind).toBe("yuche-rank");
    expect(json.levers.find((l) => l.lever === "overseas-warehouses")!.alone.days.value).toBeLessThan(0);
    expect(readFileSync(join(out, "some.rank.svg"), "utf8")).toMatch(/^<svg [^>]*>[\s\S]*<\/svg>\n$/);
    const piped = await yuche(["rank", "-", "--dates", "1", "--no-ranges", "--json"], { input: readFileSync(scenario) });
    expect(JSON.parse(piped.out)).toEqual(json);
  });

  test("a scenario with a demand is ranked by its plan", async () => {
    const out = join(folder, "out-plan");
    const path = join(folder, "plan.json");
    writeFileSync(
      path,
      JSON.stringify({
        id: "small-plan",
        horizon: { from: "2027-03-01", weeks: 2 },
        demand: [{ cargo: "ice-suv", quantity: 3000, from: "CNCKG-CHANGAN-FORD", to: "SA-MARKET" }],
        plan: { slotSharePercent: 1, maxDays: 80 },
        levers: [{ use: "larger-roro-fleet" }],
      }),
    );
    const ran = await yuche(["rank", path, "--weeks", "1", "--no-ranges", "--jobs", "2", "--out", out, "--lang", "en"], {
      env: { COLUMNS: "160" },
    });
    expect(ran.code).toBe(0);
    expect(ran.out).toContain("the first 1 of 2 weeks");
    const json = JSON.parse(readFileSync(join(out, "small-plan.rank.json"), "utf8")) as {
      kind: string;
      levers: { id: string; alone: { carried: { value: number } } }[];
    };
    expect(json.kind).toBe("yuche-plan-rank");
    expect(json.levers).toHaveLength(1);
    expect(json.levers[0]!.alone.carried.value).toBeGreaterThan(0);
    expect(readFileSync(join(out, "small-plan.rank.csv"), "utf8")).toContain("carried.alone");
    expect(readFileSync(join(out, "small-plan.rank.svg"), "utf8")).toMatch(/^<svg [^>]*>[\s\S]*<\/svg>\n$/);
    // Threads change nothing. On a terminal it tells what it is at.
    const alone = join(folder, "out-plan-alone");
    const line = `"${process.execPath}" "${await builtCli()}" rank "${path}" --weeks 1 --no-ranges --jobs 1 --lang en --out "${alone}"`;
    const typed = execFileSync("script", ["-qec", line, "/dev/null"], { encoding: "utf8" });
    expect(typed).toMatch(/\d\/6 · .*without any lever/);
    expect(readFileSync(join(alone, "small-plan.rank.json"), "utf8")).toBe(readFileSync(join(out, "small-plan.rank.json"), "utf8"));
  }, 120_000);

  test("wrong words and wrong files end in a message", async () => {
    expect((await yuche(["rank"])).code).toBe(2);
    expect((await yuche(["rank", file("a.json", []), file("b.json", [])])).code).toBe(2);
    expect((await yuche(["rank", join(folder, "none.json")])).code).toBe(3);
    const bad = await yuche(["rank", file("bad.json", [{ use: "guoyuan" }])]);
    expect(bad.code).toBe(3);
    expect(bad.err).toContain("guoyuan-fast-clearance");
    expect(existsSync(join(folder, "results"))).toBe(false);
  });

  test("run and check understand levers, and a changed lever value is another run", async () => {
    const scenario = file("run.json", [{ use: "credit-terms", with: { ratePercent: 2.5 } }]);
    const out = join(folder, "results-run");
    expect((await yuche(["check", scenario])).code).toBe(0);
    expect((await yuche(["run", scenario, "--out", out])).err).toContain("1 run");
    expect((await yuche(["run", scenario, "--out", out])).err).toContain("1 up to date");
    file("run.json", [{ use: "credit-terms", with: { ratePercent: 2.6 } }]);
    expect((await yuche(["run", scenario, "--out", out])).err).toContain("1 run");
  });
});
