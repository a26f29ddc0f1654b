import { describe, expect, test } from "vitest";
import { problem } from "../../src/model/index.ts";
import { failedRow, findChains, summaryRows, winnerKinds, winnersOf } from "../../src/report/index.ts";
import { runScenario } from "../../src/scenario/index.ts";

const result = runScenario({
  id: "summary",
  shipments: [{ cargo: "bev-suv", quantity: 300, from: "CNCKG-SERES", to: "BEZEE", ready: "2027-03-02" }],
});
const shipment = result.shipments[0]!;
const { points, options } = shipment;

describe("the summary", () => {
  test("has the best chain of every option, and every winner with what it wins", () => {
    const rows = summaryRows(result);
    for (const { option, chains, missing } of options)
      expect(rows.find((row) => row.option === option)).toMatchObject(
        chains[0] === undefined ? { status: "none", reason: missing!.reason.en } : { chain: chains[0].id, costCny: chains[0].cost.cny },
      );
    const row = (kind: string) => rows.find(({ wins }) => String(wins).split(" ").includes(kind))!;
    expect(row("cheapest").costCny).toBe(Math.min(...points.map((p) => p.costCny)));
    expect(row("fastest").days).toBe(Math.min(...points.map((p) => p.days)));
    expect(row("greenest").co2eKg).toBe(Math.min(...points.map((p) => p.co2eKg)));
    // The fastest is not the cheapest of its option here.
    expect(options.some(({ chains }) => chains[0]?.id === row("fastest").chain)).toBe(false);
    expect(rows.map(({ chain }) => chain).filter((id) => id !== undefined)).toHaveLength(
      new Set([...options.flatMap(({ chains }) => chains.slice(0, 1)), ...winnersOf(shipment).map(({ chain }) => chain)]).size,
    );
  });

  test("the reason of a failed row begins with the path where there is one", () => {
    const both = { zh: "文件损坏", en: "broken" };
    expect(failedRow("x", [problem("", "syntax", both)])).toMatchObject({ reason: "broken", reasonZh: "文件损坏" });
    expect(failedRow("x", [problem("id", "syntax", both)])).toMatchObject({ reason: "id: broken", reasonZh: "id：文件损坏" });
  });
});

test("of chains that share an id the best wins", () => {
  const alike = {
    ...shipment,
    winners: { cheapest: "x", fastest: "x", greenest: "x" },
    options: options.map((option) => ({ ...option, chains: option.chains.map((chain) => ({ ...chain, id: "x" })) })),
  };
  const chains = alike.options.flatMap((option) => option.chains);
  const least = {
    cheapest: Math.min(...chains.map((c) => c.cost.cny)),
    fastest: Math.min(...chains.map((c) => c.time.days)),
    greenest: Math.min(...chains.map((c) => c.co2eKg)),
  };
  for (const kind of winnerKinds) {
    const [found, ...more] = findChains({ shipments: [alike] }, kind);
    expect(more).toEqual([]);
    expect(winnersOf(alike).find(({ wins }) => wins.includes(kind))!.chain).toBe(found!.chain);
    expect({ cheapest: found!.chain.cost.cny, fastest: found!.chain.time.days, greenest: found!.chain.co2eKg }[kind]).toBe(least[kind]);
  }
});
