import { describe, expect, test } from "vitest";
import { checkShape, scenario as scenarioSchema } from "../../src/model/index.ts";

const row = { id: "gulf", cargo: "ice-suv", quantity: 10, from: "CNCKG-CHANGAN-YUZUI", to: "SA-MARKET" };
const told = (plan: object, more: object = {}) =>
  checkShape({ id: "t", horizon: { from: "2027-03-01", weeks: 4 }, demand: [{ ...row, ...more }], plan }, scenarioSchema).problems.map(
    ({ path, code, message }) => `${path} ${code}: ${message.en} | ${message.zh}`,
  );
const share = (limits: object) => ({ shares: [{ id: "r", of: { modes: ["rail"] }, ...limits }] });
const contract = (limits: object) => ({ contracts: [{ id: "c", services: ["rail-*"], weeklySlots: 1, shortfallCny: 1, ...limits }] });
const target = (limits: object) => ({ target: { nationalExports: 7_000_000, sharePercent: 10, ...limits } });
const assumed = (value: number) => ({ value, basis: "assumed" });

describe("limits of a plan that no plan could keep are told before it is solved", () => {
  test("a share of at least more than at most, of more than everything, or of nothing said", () => {
    const above = ["plan/shares/r/leastPercent bad-value: too large, at most 10 | 太大，至多为 10"];
    expect(told(share({ mostPercent: 10, leastPercent: 20 }))).toEqual(above);
    expect(told(share({ mostPercent: assumed(10), leastPercent: assumed(20) }))).toEqual(above);
    expect(told(share({ mostPercent: 20, leastPercent: 20 }))).toEqual([]);
    expect(told(share({ leastPercent: 0 }))).toEqual([]);
    expect(told(share({}))).toEqual(["plan/shares/r/mostPercent missing-key: a required key is missing | 缺少必填的键"]);
    expect(told(share({ mostPercent: 150 }))).toEqual([expect.stringContaining("plan/shares/r/mostPercent ")]);
    expect(told(share({ leastPercent: -1 }))).toEqual([expect.stringContaining("plan/shares/r/leastPercent ")]);
  });

  test("amounts and prices below nothing", () => {
    expect(told(contract({ weeklySlots: -100 }))).toEqual([expect.stringContaining("plan/contracts/c/weeklySlots ")]);
    expect(told(contract({ shortfallCny: -1 }))).toEqual([expect.stringContaining("plan/contracts/c/shortfallCny ")]);
    expect(told({}, { unservedCny: -5 })).toEqual([expect.stringContaining("demand/gulf/unservedCny ")]);
    expect(told({}, { valueCny: -5000 })).toEqual([expect.stringContaining("demand/gulf/valueCny ")]);
    expect(told({}, { valueCny: 0, unservedCny: 0 })).toEqual([]);
  });

  test("a target of nothing", () => {
    const none = ["bad-value: too small, more than 0 | 太小，应大于 0"];
    for (const zero of [0, assumed(0)]) {
      expect(told(target({ nationalExports: zero }))).toEqual([`plan/target/nationalExports ${none[0]}`]);
      expect(told(target({ sharePercent: zero }))).toEqual([`plan/target/sharePercent ${none[0]}`]);
    }
    expect(told(target({}))).toEqual([]);
  });
});
