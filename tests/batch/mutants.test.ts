import { describe, expect, test } from "vitest";
import { readScenario } from "../../src/batch/index.ts";
import { InputError, type Problem } from "../../src/model/index.ts";
import { checkScenario, runScenario } from "../../src/scenario/index.ts";
import { smallScenario } from "../support/cli.ts";

/** Small deterministic generator (mulberry32): the same mutants every time. */
function random(seed: number): () => number {
  let a = seed;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const junk: unknown[] = [
  null,
  true,
  -1,
  0,
  1e308,
  1.5,
  "",
  "x".repeat(50),
  "\u0000\u001b[2J",
  "__proto__",
  "2027-02-30",
  [],
  {},
  [[]],
  { value: 1 },
  { use: "nothing" },
  "=1+1",
  "重庆",
  { zh: "a" },
  Number.MAX_SAFE_INTEGER,
];

/** Replaces, removes, renames or doubles one thing somewhere in a value. */
function mutate(value: unknown, next: () => number): unknown {
  const copy = structuredClone(value);
  const spots: { holder: Record<string, unknown>; key: string }[] = [];
  const walk = (here: unknown) => {
    if (here === null || typeof here !== "object") return;
    for (const key of Object.keys(here)) {
      spots.push({ holder: here as Record<string, unknown>, key });
      walk((here as Record<string, unknown>)[key]);
    }
  };
  walk(copy);
  const { holder, key } = spots[Math.floor(next() * spots.length)]!;
  const kind = Math.floor(next() * 4);
  if (kind === 0) holder[key] = structuredClone(junk[Math.floor(next() * junk.length)]);
  else if (kind === 1 && !Array.isArray(holder)) delete holder[key];
  else if (kind === 2 && !Array.isArray(holder)) {
    holder[`${key}x`] = holder[key];
    delete holder[key];
  } else holder[key] = Array.isArray(holder[key]) ? [...(holder[key] as unknown[]), ...(holder[key] as unknown[])] : [holder[key]];
  return copy;
}

/** What comes of a text: its problems, or none when it ran. Anything but problems and results is a fault of the program. */
function outcome(text: string): Problem[] {
  const { scenario, problems } = readScenario(text, "mutant.json");
  if (scenario === undefined) return problems;
  const network = scenario.network;
  const folder = () => {
    throw new InputError([]);
  };
  if (typeof network === "string") return [];
  const found = checkScenario(scenario, folder);
  if (found.some((p) => p.severity === "error")) return found;
  try {
    runScenario(scenario, folder);
    return [];
  } catch (error) {
    if (error instanceof InputError) return error.problems;
    throw error;
  }
}

describe("mutated scenarios end in problems or results, never in an exception", () => {
  test("200 with one to three changes in their structure", () => {
    const next = random(7);
    let refused = 0;
    for (let i = 0; i < 200; i++) {
      let value: unknown = smallScenario("mutant", {
        levers: [{ change: "services/line", set: { slots: 5 } }],
        routes: { alternatives: 2 },
      });
      for (let n = 1 + Math.floor(next() * 3); n > 0; n--) value = mutate(value, next);
      const problems = outcome(JSON.stringify(value));
      if (problems.length > 0) refused++;
      for (const p of problems)
        expect({ zh: p.message.zh !== "", en: p.message.en !== "", code: p.code !== undefined }).toEqual({
          zh: true,
          en: true,
          code: true,
        });
    }
    // Most changes make nonsense; some (a longer name, a doubled alias) are harmless.
    expect(refused).toBeGreaterThan(100);
  });

  test("200 with changed, cut and doubled characters", () => {
    const next = random(11);
    const text = JSON.stringify(smallScenario("mutant"));
    for (let i = 0; i < 200; i++) {
      const at = Math.floor(next() * text.length);
      const kind = Math.floor(next() * 3);
      const changed =
        kind === 0
          ? text.slice(0, at)
          : kind === 1
            ? text.slice(0, at) + String.fromCharCode(Math.floor(next() * 256)) + text.slice(at + 1)
            : text.slice(0, at) + text.slice(Math.max(0, at - 20));
      expect(() => outcome(changed)).not.toThrow();
    }
  });
});
