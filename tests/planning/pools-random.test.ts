import { describe, expect, test } from "vitest";
import { type NetworkPart, type Pool, InputError } from "../../src/model/index.ts";
import { runPlan } from "../../src/scenario/index.ts";
import { profiles, randomCase } from "../support/random-network.ts";

const enough = 1e6;

/** Pools of every kind that every service uses, a gate at every passage and a yard at every place, of a given size. */
function limited(part: NetworkPart, size: number): NetworkPart {
  const kinds: Pool["kind"][] = ["truck", "wagon", "container", "frame"];
  return {
    ...part,
    pools: kinds.map((kind) => ({ id: kind, name: kind, kind, units: size, services: ["*"], returnPercent: 80, turnaroundHours: 9 })),
    gates: (part.locations ?? []).flatMap(({ id, passages }) =>
      passages === undefined ? [] : [{ id: `gate-${id}`, name: id, at: id, unit: "vehicle" as const, daily: size }],
    ),
    yards: (part.locations ?? []).map(({ id }) => ({ id: `yard-${id}`, at: [id], spaces: size })),
  };
}

describe("on random networks", () => {
  test.each(profiles)(
    "limits that are large enough change nothing, and smaller ones never help: %s",
    async (profile) => {
      let plans = 0;
      let bound = 0;
      for (let seed = 1; seed <= 6; seed++) {
        const { part, shipment } = randomCase(profile, seed);
        const cost = async (network: NetworkPart) => {
          const { cargo, from, to } = shipment;
          const rows = [0, 1].map((i) => ({ id: `${i}`, cargo, from, to, quantity: 7 + i, week: i + 1 }));
          const scenario = {
            id: "t",
            shipments: [],
            network,
            horizon: { from: shipment.ready.slice(0, 10), weeks: 2 },
            demand: rows,
            plan: { unservedCny: 200_000, maxDays: 40, maxWaitDays: 5, maxTransferWaitDays: 2 },
          };
          const result = await runPlan(scenario);
          expect(result.proof.gap).toBeLessThanOrEqual(1e-6);
          expect(result.proof.largestViolation).toBeLessThanOrEqual(1e-6);
          return { cny: result.proof.primalCny, carried: result.totals.carried };
        };
        const free = await cost(part).catch((error: unknown) => {
          // A case whose places are no plant and market, or that a plan cannot read, says nothing about limits.
          if (error instanceof InputError) return undefined;
          throw error;
        });
        if (free === undefined || free.carried === 0) continue;
        plans++;
        const near = (cny: number) => 1e-6 * Math.max(1, Math.abs(cny));
        const [wide, tight, none] = [await cost(limited(part, enough)), await cost(limited(part, 0.3)), await cost(limited(part, 0))];
        expect(Math.abs(wide.cny - free.cny), `${seed}`).toBeLessThanOrEqual(2 * near(free.cny));
        expect(tight.cny, `${seed}`).toBeGreaterThanOrEqual(wide.cny - near(wide.cny));
        expect(none.cny, `${seed}`).toBeGreaterThanOrEqual(tight.cny - near(tight.cny));
        if (tight.cny > wide.cny + near(wide.cny)) bound++;
      }
      expect(plans).toBeGreaterThan(2);
      expect(bound).toBeGreaterThan(0);
    },
    180_000,
  );
});
