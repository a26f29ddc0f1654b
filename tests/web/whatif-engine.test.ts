import { describe, expect, test } from "vitest";
import type { Scenario } from "../../src/model/index.ts";
import { builtinNetwork, compile } from "../../src/network/index.ts";
import { type ScenarioResult, runScenario } from "../../src/scenario/index.ts";
import { type ShipmentForm, builtinShipment, scenarioOf } from "../../web/state/shipment.ts";
import { type Adjustment, figureChange } from "../../web/state/adjustments.ts";
import { assumptionFigures } from "../../web/state/whatif-controls.ts";
import { type WhatIfEngine, createEngine } from "../../web/worker/whatif.ts";

/** What is worked for an answer depends on what the engine still had; the answer must not. */
const withoutCounters = (result: ScenarioResult) => ({
  ...result,
  shipments: result.shipments.map((shipment) => ({ ...shipment, counters: undefined })),
});

/** The engine's answer to a form with adjustments against a fresh run of the scenario that is exported. */
function expectSame(engine: WhatIfEngine, form: ShipmentForm, adjustments: readonly Adjustment[]): void {
  const scenario = scenarioOf(form, adjustments);
  const given = engine.answer(scenario);
  if (given.kind !== "result") throw new Error(JSON.stringify(given.problems.slice(0, 3)));
  const file = JSON.parse(JSON.stringify(scenario)) as Scenario;
  expect(withoutCounters(given.result), JSON.stringify(adjustments)).toEqual(withoutCounters(runScenario(file)));
}

const moscow: ShipmentForm = { ...builtinShipment, cargo: "ice-suv", from: "CNCKG-CHANGAN-YUZUI", to: "RU-MARKET", quantity: "200" };
const tashkent: ShipmentForm = { ...builtinShipment, to: "UZ-MARKET", quantity: "120", due: "2027-04-15" };
const network = compile(builtinNetwork(), { from: 0, until: 0 });
const { figures } = network;
/** A value inside the range that is not the figure's own. */
const within = (index: number, share: number) => figures.low[index]! + share * (figures.high[index]! - figures.low[index]!);

describe("what-if: a figure patched in a compiled network gives what a scenario with the lever gives, to the last digit", () => {
  test("every figure that the engine finds to matter, at both ends and between, one after the other in one engine", async () => {
    for (const form of [builtinShipment, moscow, tashkent]) {
      const engine = createEngine();
      const found = (await engine.influential(scenarioOf(form), () => Promise.resolve(true)))!;
      expect(found.length).toBeGreaterThan(2);
      for (const { address, low, high, value } of found)
        for (const wanted of [low, high, (low + high) / 2 + (high - low) / 64])
          if (wanted !== value) expectSame(engine, form, [figureChange(address, wanted)]);
      expectSame(engine, form, []);
    }
  }, 300_000);

  test("what the engine says a figure does is what two runs of the scenario say; the most influential comes first, assumptions stand apart", async () => {
    const found = (await createEngine().influential(scenarioOf(tashkent), () => Promise.resolve(true)))!;
    expect(found.map((f) => f.weight)).toEqual(found.map((f) => f.weight).toSorted((a, b) => b - a));
    const offered: readonly string[] = assumptionFigures;
    expect(found.filter((f) => offered.includes(f.address) || f.address.startsWith("cargos/"))).toEqual([]);
    const ends = (adjustments: readonly Adjustment[]) =>
      new Map(
        runScenario(scenarioOf(tashkent, adjustments) as Scenario).shipments[0]!.options.map(({ option, chains }) => [
          option,
          [Math.min(...chains.map((c) => c.cost.cny)), Math.min(...chains.map((c) => c.time.days))] as const,
        ]),
      );
    const now = ends([]);
    for (const { address, low, high, options } of found.slice(0, 3)) {
      const [below, above] = [ends([figureChange(address, low)]), ends([figureChange(address, high)])];
      for (const { option, ...told } of options) {
        expect(told.low.cny).toBeCloseTo(below.get(option)![0] - now.get(option)![0], 2);
        expect(told.high.cny).toBeCloseTo(above.get(option)![0] - now.get(option)![0], 2);
        expect(told.low.days).toBeCloseTo(below.get(option)![1] - now.get(option)![1], 1);
        expect(told.high.days).toBeCloseTo(above.get(option)![1] - now.get(option)![1], 1);
      }
    }
  }, 300_000);

  test("a search for figures that nobody waits for any more ends, and leaves the engine's answers as they were", async () => {
    const engine = createEngine();
    let calls = 0;
    expect(await engine.influential(scenarioOf(moscow), () => Promise.resolve(++calls < 3))).toBeUndefined();
    expectSame(engine, moscow, []);
  }, 300_000);

  test("figures of every kind behind the answer: shared and in place, of money, time, distance, emissions, cargo and duty", () => {
    const engine = createEngine();
    const plain = engine.answer(scenarioOf(builtinShipment));
    if (plain.kind !== "result") throw new Error("no answer");
    const kinds = new Map<string, number[]>();
    for (const address of Object.keys(plain.result.figures)) {
      const index = figures.find(address);
      if (index < 0 || figures.low[index] === figures.high[index]) continue;
      const kind = `${address.split("/")[0]!}/${address
        .split("/")
        .at(-1)!
        .replace(/^.*-(hours|km|wait|fee|per-week).*$/, "$1")}`;
      kinds.set(kind, [...(kinds.get(kind) ?? []), index]);
    }
    expect(kinds.size).toBeGreaterThan(20);
    for (const list of kinds.values())
      for (const index of list.slice(0, 1)) {
        const wanted = within(index, 0.8125);
        if (wanted !== figures.values[index]) expectSame(engine, builtinShipment, [figureChange(figures.address(index), wanted)]);
      }
  }, 300_000);

  test("several at once, beyond the range, with switches before and after, and back", () => {
    const engine = createEngine();
    const rate: Adjustment = { change: "finance/cnyPer", set: { USD: 7.1 } };
    const capital: Adjustment = { change: "finance", set: { capitalPercentPerYear: 3.5 } };
    const suez: Adjustment = { change: "services/sea-*-suez", set: { enabled: false } };
    const lock: Adjustment = {
      change: "locations/CNYIC-TGD/passages/priority",
      set: { waitHours: { use: "china-lock-priority-wait-overhaul" }, seasons: [] },
    };
    const value: Adjustment = { change: "cargos/bev-suv", set: { valueCny: 160000 } };
    const far: Adjustment = { change: "finance", set: { carbonCnyPerTonne: 5000 } };
    for (const list of [
      [rate],
      [rate, capital],
      [suez, rate],
      [rate, suez],
      [lock],
      [lock, capital],
      [value],
      [value, rate],
      [far, rate],
      [suez, lock, rate, value],
      [],
      [rate],
    ])
      expectSame(engine, builtinShipment, list);
  }, 300_000);

  test("what no network allows comes back as problems, and the next answer is right again", () => {
    const engine = createEngine();
    const bad = engine.answer(scenarioOf(builtinShipment, [{ change: "services/no-such-ship", set: { enabled: false } }]));
    expect(bad.kind === "problems" && bad.problems.map((p) => p.path)).toEqual(["levers/0/change"]);
    expectSame(engine, builtinShipment, [{ change: "finance", set: { capitalPercentPerYear: 4 } }]);
  });
});
