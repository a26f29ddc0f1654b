import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { commands } from "../../src/cli/commands.ts";
import type { ScenarioDiff } from "../../src/scenario/index.ts";
import { escape, smallNetwork, smallScenario, yuche } from "../support/cli.ts";
import { scratch } from "../support/scratch.ts";

const { folder, write } = scratch();

const network = (rate: number, hours: number) => ({
  ...smallNetwork,
  services: [
    { ...smallNetwork.services[0], stops: [{ at: "PLANT" }, { at: "MARKET", hours, distanceKm: 3000 }], charges: [{ perVehicle: rate }] },
  ],
});
const a = write("a.json", smallScenario("a", { title: { zh: "甲案", en: "Plan A" } }));
const b = write("b.json", smallScenario("b", { network: network(5555.55, 120), routes: { alternatives: 4 } }));

describe("diff", () => {
  test("differences and their parts as tables in both languages, as JSON the same; turned round the other sign", async () => {
    const english = await yuche(["diff", a, b, "--lang", "en"]);
    expect({ code: english.code, err: english.err }).toEqual({ code: 0, err: "" });
    for (const words of ["Plan A (a)", "network/services/line/stops/MARKET/hours", "no effect on any result", "Shapley", "+555.55"])
      expect(english.out).toContain(words);
    const chinese = await yuche(["diff", a, b, "--lang", "zh"]);
    for (const words of ["甲案", "对结果无影响", "份额之和恰等于总变化", "+555.55"]) expect(chinese.out).toContain(words);

    const found = JSON.parse((await yuche(["diff", a, b, "--json"])).out) as ScenarioDiff;
    expect(found).toMatchObject({ schemaVersion: 1, kind: "yuche-diff", a: { id: "a" }, b: { id: "b" } });
    expect(found.differences.map(({ path, hasEffect }) => [path, hasEffect])).toEqual([
      ["network/services/line/charges", true],
      ["network/services/line/stops/MARKET/hours", true],
      ["routes/alternatives", false],
    ]);
    const cost = found.results.find((r) => r.measure === "costCny" && r.option === "any")!;
    expect(cost.parts!.find(({ difference }) => difference === 0)!.value).toBe(555.55);
    const back = JSON.parse((await yuche(["diff", b, a, "--json"])).out) as ScenarioDiff;
    expect(back.results.map(({ change }) => change)).toEqual(found.results.map(({ change }) => -change!));
    const piped = await yuche(["diff", "-", b, "--json"], {
      input: JSON.stringify(smallScenario("a", { title: { zh: "甲案", en: "Plan A" } })),
    });
    expect(JSON.parse(piped.out)).toEqual(found);
  });

  test("networks in folders of the same name are compared by what is in them", async () => {
    for (const [side, rate] of [
      ["x", 5000],
      ["y", 6000],
    ] as const) {
      write(`${side}/net/all.json`, network(rate, 100));
      write(`${side}/s.json`, { ...smallScenario("s"), network: "net" });
    }
    const { out } = await yuche(["diff", join(folder, "x/s.json"), join(folder, "y/s.json"), "--json"]);
    const found = JSON.parse(out) as ScenarioDiff;
    expect(found.differences).toMatchObject([
      { path: "network/services/line/charges", before: [{ perVehicle: 5000 }], after: [{ perVehicle: 6000 }] },
    ]);
    expect(found.results.find((r) => r.measure === "costCny")!.change).toBe(1000);
  });

  test("two result files: figures and outcomes, and why there are no parts", async () => {
    const out = join(folder, "out");
    expect((await yuche(["run", a, b, "--out", out])).code).toBe(0);
    const [one, two] = [join(out, "a.result.json"), join(out, "b.result.json")];
    const text = await yuche(["diff", one, two, "--lang", "en"]);
    expect(text.code).toBe(0);
    expect(text.out).toContain("Result files do not hold their scenarios");
    const found = JSON.parse((await yuche(["diff", one, two, "--json"])).out) as ScenarioDiff;
    expect(found.differences.map(({ before, after }) => [before, after])).toContainEqual([5000, 5555.55]);
    expect(found.results.find((r) => r.measure === "costCny" && r.option === "any")!.change).toBeGreaterThan(555);
    const mixed = await yuche(["diff", a, two]);
    expect(mixed.code).toBe(2);
    expect(mixed.err).toContain("files of different kinds");
  });

  test("wrong words and wrong files end in a message with file and line", async () => {
    for (const words of [["diff"], ["diff", a], ["diff", a, a], ["diff", a, b, a]]) expect((await yuche(words)).code).toBe(2);
    expect((await yuche(["diff", a, a])).err).toContain(`both are the same file: ${a}`);
    expect((await yuche(["diff", a, join(folder, "none.json")])).code).toBe(3);
    const bad = write("bad.json", JSON.stringify(smallScenario("bad", { levers: [{ use: "no-such-lever" }] }), null, 2));
    const wrong = await yuche(["diff", a, bad]);
    expect(wrong.code).toBe(3);
    expect(wrong.err).toMatch(/bad\.json:\d+:\d+/);
    expect(wrong.err).toContain("no-such-lever");
    const swept = write("swept.json", smallScenario("swept", { sweep: { "shipments.0.quantity": [1, 2] } }));
    expect((await yuche(["diff", swept, b])).err).toContain("stands for many runs");
    const broken = await yuche(["diff", write("broken.json", "{ not json"), b]);
    expect(broken.code).toBe(3);
    expect(broken.err).not.toMatch(/\bat .*:\d+:\d+\)/);
  });

  test("the examples of the help run as they stand", async () => {
    for (const { command } of commands.find(({ name }) => name === "diff")!.examples) {
      const { code, out } = await yuche(command.split(" ").slice(1));
      expect(code, command).toBe(0);
      expect(out.length).toBeGreaterThan(500);
    }
  });

  test("names from files never reach the terminal raw", async () => {
    const hostile = `${escape}[31mred\u202e`;
    const file = write(
      "hostile.json",
      smallScenario("hostile", {
        title: hostile,
        levers: [{ change: "figures/x", set: {}, note: hostile }],
        shipments: [{ id: hostile, cargo: "car", quantity: 3, from: "Plant", to: "MARKET", ready: "2027-03-02" }],
      }),
    );
    const { out, err } = await yuche(["diff", a, file]);
    expect(`${out}${err}`).not.toContain(escape);
    expect(`${out}${err}`).not.toContain("\u202e");
  });
});
