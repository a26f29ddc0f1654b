import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { builtinShipment, scenarioOf } from "../../web/state/shipment.ts";
import { type Adjustment, figureChange, placeOf, readAdjustments, withAdjustment, writeAdjustment } from "../../web/state/adjustments.ts";
import { createAdjusting } from "../../web/state/whatif.ts";
import { adjustedValue, onTrack, stateOf, switchNames, switches, trackOf, withState } from "../../web/state/whatif-controls.ts";
import { whatifWords } from "../../web/i18n/whatif.ts";
import { applyDelta, deltaOf } from "../../web/worker/whatif-delta.ts";
import { receive, serve } from "../../web/worker/whatif-serve.ts";
import { createEngine } from "../../web/worker/whatif.ts";

const usd = (value: number): Adjustment => ({ change: "finance/cnyPer", set: { USD: value } });
const capital = (value: number): Adjustment => ({ change: "finance", set: { capitalPercentPerYear: value } });
const suez: Adjustment = { change: "services/sea-*-suez", set: { enabled: false } };

describe("the history of adjustments", () => {
  const history = () => {
    const clock = { now: 0 };
    const adjust = createAdjusting([], () => clock.now);
    return { adjust, clock };
  };

  test("a drag is one step, however many values it passes", () => {
    const { adjust } = history();
    for (const value of [6.9, 7, 7.1]) adjust.set(usd(value), true);
    expect([adjust.live.value, adjust.kept.value, adjust.canUndo.value]).toEqual([[usd(7.1)], [], false]);
    adjust.keep();
    expect([adjust.kept.value, adjust.canUndo.value, adjust.canRedo.value]).toEqual([[usd(7.1)], true, false]);
    adjust.undo();
    expect([adjust.live.value, adjust.kept.value, adjust.canRedo.value]).toEqual([[], [], true]);
    adjust.redo();
    expect([adjust.live.value, adjust.kept.value, adjust.canRedo.value]).toEqual([[usd(7.1)], [usd(7.1)], false]);
  });

  test("arrow keys in quick succession are one step, slow ones and other places are several", () => {
    const { adjust, clock } = history();
    for (const value of [7, 7.01, 7.02]) {
      clock.now += 100;
      adjust.set(usd(value));
    }
    clock.now += 5000;
    adjust.set(usd(7.03));
    adjust.set(capital(4));
    adjust.undo();
    expect(adjust.kept.value).toEqual([usd(7.03)]);
    adjust.undo();
    expect(adjust.kept.value).toEqual([usd(7.02)]);
    adjust.undo();
    expect([adjust.kept.value, adjust.canUndo.value]).toEqual([[], false]);
  });

  test("undo after any edits leads back to the first state, redo to the last; an edit ends redo", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom("usd", "capital", "reset"), fc.integer({ min: 1, max: 9 })), { maxLength: 12 }),
        (edits) => {
          const { adjust, clock } = history();
          for (const [kind, value] of edits) {
            clock.now += 10_000;
            if (kind === "reset") adjust.reset([placeOf(usd(0))]);
            else adjust.set(kind === "usd" ? usd(value) : capital(value));
          }
          const last = adjust.kept.value;
          while (adjust.canUndo.value) adjust.undo();
          expect(adjust.live.value).toEqual([]);
          while (adjust.canRedo.value) adjust.redo();
          expect(adjust.live.value).toEqual(last);
          adjust.undo();
          adjust.set(suez);
          expect(adjust.canRedo.value).toBe(false);
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe("adjustments", () => {
  test("one place has one, and switches stand before numbers", () => {
    const list = [usd(7), suez, capital(4), usd(7.2)].reduce<readonly Adjustment[]>((all, one) => withAdjustment(all, one), []);
    expect(list).toEqual([suez, usd(7.2), capital(4)]);
  });

  test("in an address", () => {
    expect(writeAdjustment(usd(7.1))).toBe("finance/cnyPer/USD=7.1");
    expect(writeAdjustment(suez)).toBe("services/sea-*-suez/enabled=false");
    const odd: Adjustment = { change: "a=b/c%3D", set: { "x/y": [1, { z: null }], "": "ü" } };
    expect(readAdjustments([writeAdjustment(odd)])).toEqual([odd]);
  });

  test("whatever stands in a link, nothing throws and nothing grows", () => {
    const read = (text: string) => readAdjustments([text]);
    for (const text of ["", "=", "x", "x=1", "x/=", "a/b=undefined", "a/b=NaN", "a=[1]", `a/b="${"x".repeat(5000)}"`, '__proto__={"x":1}'])
      expect(read(text).length, text).toBeLessThanOrEqual(1);
    expect(readAdjustments(Array.from({ length: 500 }, (_, i) => `a/k${i}=1`)).length).toBeLessThanOrEqual(60);
    expect(({} as Record<string, unknown>)["x"]).toBeUndefined();
  });

  test("a figure's address becomes the path of a change", () => {
    expect(figureChange("figures/ocean-rack-hire", 5)).toEqual({ change: "figures/ocean-rack-hire", set: { value: 5 } });
    expect(figureChange("services/x/stops/BEZEE/hours", 5)).toEqual({ change: "services/x/stops/BEZEE", set: { hours: 5 } });
    expect(figureChange("operations/y/charges/perVehicle", 5)).toEqual({ change: "operations/y/charges/0", set: { perVehicle: 5 } });
    expect(figureChange("operations/y/charges/1/perM3", 5)).toEqual({ change: "operations/y/charges/1", set: { perM3: 5 } });
    expect(adjustedValue("finance/cnyPer/USD", [suez, usd(7.3)])).toBe(7.3);
    expect(adjustedValue("figures/x", [figureChange("figures/x", 9)])).toBe(9);
    expect(adjustedValue("finance/cnyPer/EUR", [usd(7.3)])).toBeUndefined();
  });

  test("every state of every switch is found again, alone and beside others, and the first takes all back", () => {
    for (const name of switchNames) {
      for (const state of Object.keys(switches[name])) {
        const others: readonly Adjustment[] = [usd(7)];
        const list = withState(name, state, others);
        expect(stateOf(name, list), `${name} ${state}`).toBe(state);
        for (const other of switchNames) if (other !== name) expect(stateOf(other, list)).toBe("normal");
        expect(withState(name, "normal", list)).toEqual(others);
      }
    }
    expect(stateOf("nev", [{ change: "rules/lock-nev-roro-ban", set: { enabled: true } }])).toBeUndefined();
  });

  test("every state of every switch changes the network and is named in both languages", () => {
    const engine = createEngine();
    for (const name of switchNames)
      for (const [state, levers] of Object.entries(switches[name])) {
        const given = engine.answer(scenarioOf(builtinShipment, levers));
        expect(given.kind === "result" ? given.result.warnings.filter((p) => p.code === "no-effect") : given.problems, state).toEqual([]);
        for (const words of [whatifWords.zh, whatifWords.en]) {
          const { states, notes } = words.switches[name] as { states: Record<string, string>; notes: Record<string, string> };
          expect(`${states[state]}${notes[state]}`).not.toMatch(/undefined/);
        }
      }
  }, 300_000);
});

describe("the track of a slider", () => {
  test("values are round, within the range, and the figure's own where the thumb is near", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.001, max: 5000, noNaN: true }),
        fc.double({ min: 0.01, max: 5000, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (low, width, share) => {
          const track = trackOf({ low, high: low + width });
          const own = low + width / 3;
          const value = onTrack(track, low + share * width, own);
          expect(value).toBeGreaterThanOrEqual(low);
          expect(value).toBeLessThanOrEqual(low + width);
          expect(Math.abs(value - (low + share * width))).toBeLessThanOrEqual(track.step * 0.61);
          expect(onTrack(track, own, own)).toBe(own);
        },
      ),
    );
    expect(onTrack(trackOf({ low: 1799, high: 5757 }), 2683.2, 2692)).toBe(2692);
    expect(onTrack(trackOf({ low: 1799, high: 5757 }), 3001.7, 2692)).toBe(3000);
    expect(onTrack(trackOf({ low: 6.8, high: 7.22 }), 7.1004, 6.9858)).toBe(7.1);
  });
});

describe("changes between answers", () => {
  const json = fc.jsonValue({ maxDepth: 4 }).map((value) => JSON.parse(JSON.stringify(value)) as unknown);

  test("applied to the one before they give the one after; what did not change is the same object", () => {
    fc.assert(
      fc.property(json, json, json, (before, after, same) => {
        const [a, b] = [
          { part: before, same, list: [before, same, after] },
          { part: after, same: structuredClone(same), list: [after, same] },
        ];
        const change = structuredClone(deltaOf(a, b));
        const made = applyDelta(a, change) as typeof b;
        expect(made).toEqual(b);
        expect(made.same).toBe(a.same);
        expect(deltaOf(made, b)).toBeUndefined();
      }),
      { numRuns: 2000, examples: [[{}, JSON.parse(`{ "__proto__": null }`), []]] },
    );
  });

  test("none between equal values, and only the changed leaf between near ones", () => {
    const value = { a: [1, { b: 2, c: "x" }], d: undefined };
    expect(deltaOf(value, structuredClone(value))).toBeUndefined();
    expect(deltaOf(value, { ...value, a: [1, { b: 3, c: "x" }] })).toEqual({ at: { a: { at: { 1: { at: { b: { is: 3 } } } } } } });
  });

  test("the page puts together what the worker sent, also when two questions cross or an answer got lost", async () => {
    const engine = createEngine();
    const served = serve(engine);
    const ask = receive((input, has) => Promise.resolve(structuredClone(served.ask(input, has))));
    const other = receive((input, has) => Promise.resolve(structuredClone(served.ask(input, has))));
    const fresh = createEngine();
    const compare = async (by: typeof ask, list: Adjustment[]) => {
      const given = await by(scenarioOf(builtinShipment, list));
      const wanted = fresh.answer(scenarioOf(builtinShipment, list));
      if (given.kind !== "result" || wanted.kind !== "result") throw new Error("no answer");
      const [x, y] = [given, wanted].map(({ result, lines, baseline }) => ({
        lines,
        baseline,
        result: { ...result, shipments: result.shipments.map((shipment) => ({ ...shipment, counters: undefined })) },
      }));
      expect(x).toEqual(y);
      return given;
    };
    const first = await compare(ask, []);
    const second = await compare(ask, [usd(7)]);
    const shared = Object.keys(second.lines).filter((key) => key in first.lines);
    expect(shared.length).toBeGreaterThan(5);
    for (const key of shared) expect(second.lines[key]).toBe(first.lines[key]);
    await compare(other, [usd(7.1)]);
    await compare(ask, [usd(7.2)]);
    await Promise.all([compare(ask, [usd(7.05)]), compare(ask, [capital(4)])]);
  }, 120_000);

  test("a step of a slider is sent in a small part of the answer's size", () => {
    const served = serve(createEngine());
    const whole = served.ask(scenarioOf(builtinShipment), 0);
    const step = served.ask(scenarioOf(builtinShipment, [usd(7)]), whole.number);
    const next = served.ask(scenarioOf(builtinShipment, [usd(7.01)]), step.number);
    expect(next.base).toBe(step.number);
    expect(JSON.stringify(next).length).toBeLessThan(JSON.stringify(whole).length / 5);
    expect(JSON.stringify(next).length).toBeLessThan(40_000);
  });

  test("an engine asked for another amount makes only the amounts anew: ways, times, dates and lists of figures are the very same objects", () => {
    const engine = createEngine();
    const chainsOf = (list: Adjustment[]) => {
      const given = engine.answer(scenarioOf(builtinShipment, list));
      if (given.kind !== "result") throw new Error("no answer");
      const all = given.result.shipments[0]!.options.flatMap(({ chains }) => chains);
      return new Map(all.map((chain) => [`${chain.id} ${chain.time.departure}`, chain]));
    };
    const [before, after] = [chainsOf([usd(7)]), chainsOf([usd(7.01)])];
    const pairs = [...after].flatMap(([id, now]) => (before.has(id) ? [[before.get(id)!, now] as const] : []));
    expect(pairs.length).toBeGreaterThan(10);
    for (const [was, now] of pairs) {
      for (const part of ["elements", "timeItems", "nextDepartures", "services"] as const) expect(now[part]).toBe(was[part]);
      now.costItems.forEach((item, i) => {
        const old = was.costItems[i]!;
        expect(item.figures).toBe(old.figures);
        // Carriage is priced in dollars; what is not, is not made again.
        if (item.cny === old.cny) expect(item).toBe(old);
      });
      expect(now.cost.cny === was.cost.cny).toBe(now.costItems === was.costItems);
    }
    expect(pairs.some(([was, now]) => was.cost.cny !== now.cost.cny)).toBe(true);
  });
});
