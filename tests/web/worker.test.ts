import { describe, expect, test } from "vitest";
import { runScenario } from "../../src/scenario/index.ts";
import type { Scenario } from "../../src/model/index.ts";
import { builtinShipment, scenarioOf } from "../../web/state/shipment.ts";
import { builtinPresets } from "../../web/state/presets.ts";
import { scenarioFiles } from "../../web/state/scenario-files.ts";
import { answer } from "../../web/worker/answer.ts";
import { latestWins } from "../../web/worker/client.ts";
import { fieldOf } from "../../web/views/shipment-form.tsx";
import { builtin } from "./answer.ts";

const problemsOf = (change: Partial<typeof builtinShipment>) => {
  const given = answer(scenarioOf({ ...builtinShipment, ...change }));
  return given.kind === "problems" ? given.problems : [];
};

describe("the engine behind the page", () => {
  test("gives the very result of runScenario", () => {
    expect(builtin.result).toEqual(runScenario(scenarioOf(builtinShipment) as Scenario));
  });

  test("answers every shipment of every preset as its scenario does", async () => {
    const presets = await builtinPresets();
    expect(presets.length).toBeGreaterThanOrEqual(12);
    for (const preset of presets) {
      for (const { id, form } of preset.shipments) {
        const name = `${preset.id}/${id}`;
        const given = answer(scenarioOf(form, preset.adjustments));
        expect(given.kind, name).toBe("result");
        const file = scenarioFiles.find((s) => (s as Scenario).id === preset.id) as Scenario;
        const own = file.shipments.find((s) => s.id === id)!;
        const wanted = runScenario({ ...file, shipments: [own], routes: { alternatives: 50 } }).shipments[0]!;
        if (given.kind === "result") expect(given.result.shipments[0]!.options, name).toEqual(wanted.options);
      }
    }
  });

  test.each([
    ["to", { to: "<script>alert(1)</script>" }],
    ["from", { from: "Sress" }],
    ["cargo", { cargo: "ghost" }],
    ["quantity", { quantity: "0" }],
    ["quantity", { quantity: "many" }],
    ["ready", { ready: "2027-02-30" }],
    ["due", { due: "2026-01-01" }],
    ["terms", { terms: "FOB" }],
  ] as const)("what is wrong comes back as a problem of its field: %s", (field, change) => {
    const problems = problemsOf(change);
    expect(problems.map(fieldOf)).toContain(field);
    for (const problem of problems) expect(problem.message.zh.length * problem.message.en.length).toBeGreaterThan(0);
  });

  test("no input makes it throw", () => {
    for (const input of [undefined, null, 1, "x", [], {}, { shipments: [] }, { id: "__proto__", shipments: [null] }])
      expect(answer(input).kind).toBe("problems");
  });
});

describe("latest wins", () => {
  test("one task at a time, stale answers dropped, the newest always answered", async () => {
    const started: number[] = [];
    const done: number[] = [];
    const finish: (() => void)[] = [];
    const ask = latestWins(
      (n: number) =>
        new Promise<number>((resolve) => {
          started.push(n);
          finish.push(() => resolve(n));
        }),
      (n) => done.push(n),
      () => undefined,
    );
    for (const n of [1, 2, 3, 4]) ask(n);
    expect(started).toEqual([1]);
    finish[0]!();
    await new Promise((r) => setTimeout(r));
    expect([started, done]).toEqual([[1, 4], []]);
    finish[1]!();
    await new Promise((r) => setTimeout(r));
    expect(done).toEqual([4]);
  });

  test("of questions of the same kind every answer is told: a slider that never rests is followed all the same", async () => {
    const done: number[] = [];
    const finish: (() => void)[] = [];
    const ask = latestWins(
      (n: number) => new Promise<number>((resolve) => finish.push(() => resolve(n))),
      (n) => done.push(n),
      () => undefined,
      (a, b) => a > 0 === b > 0,
    );
    for (const n of [1, 2, 3]) ask(n);
    finish[0]!();
    await new Promise((r) => setTimeout(r));
    expect(done).toEqual([1]);
    ask(-4);
    finish[1]!();
    await new Promise((r) => setTimeout(r));
    expect(done).toEqual([1]);
    finish[2]!();
    await new Promise((r) => setTimeout(r));
    expect(done).toEqual([1, -4]);
  });

  test("a failure is told and the next question asked", async () => {
    const told: unknown[] = [];
    const done: number[] = [];
    const ask = latestWins(
      (n: number) => (n < 0 ? Promise.reject(new Error("bad")) : Promise.resolve(n)),
      (n) => done.push(n),
      (e) => told.push(e),
    );
    ask(-1);
    await new Promise((r) => setTimeout(r));
    ask(5);
    await new Promise((r) => setTimeout(r));
    expect([told.length, done]).toEqual([1, [5]]);
  });
});
