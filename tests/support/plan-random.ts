import fc from "fast-check";
import type { Commodity, PlanProblem, Resource } from "../../src/planning/index.ts";
import { graphOf } from "./plan-networks.ts";

interface Shape {
  /** Take-or-pay minima and share limits (amounts below zero). */
  special?: boolean;
  /** Up to three investments, sometimes with a budget. */
  investments?: boolean;
}

/** Small plans of every kind: parallel arcs, ways that share a limit, a limit met twice, limits of nothing, demand without a way. */
export function anyPlan({ special = true, investments = false }: Shape = {}): fc.Arbitrary<PlanProblem> {
  const whole = (min: number, max: number): fc.Arbitrary<number> => fc.integer({ min, max });
  return fc
    .record({ nodes: whole(3, 8), limits: whole(1, 5), graphs: whole(1, 2) })
    .chain(({ nodes, limits, graphs }) => {
      const arc = fc.record({
        from: whole(0, nodes - 2),
        ahead: whole(1, 3),
        costCny: whole(0, 60),
        uses: fc.array(fc.tuple(whole(0, limits - 1), fc.constantFrom(...(special ? [1, 1, 1, 2, 0.5, -0.5] : [1, 1, 2]))), {
          maxLength: 2,
        }),
      });
      const commodity = fc.record({
        graph: whole(0, graphs - 1),
        source: whole(0, nodes - 2),
        ahead: whole(1, nodes - 1),
        quantity: whole(0, 12),
        unservedCny: whole(20, 200),
      });
      const resource = fc.record({
        capacity: fc.oneof({ weight: 6, arbitrary: whole(0, 15) }, { weight: 1, arbitrary: fc.constant(Infinity) }),
        minimum: special
          ? fc.option(fc.record({ amount: whole(0, 10), shortfallCny: whole(0, 50) }), { freq: 4, nil: undefined })
          : fc.constant(undefined),
      });
      const investment = fc.record({
        costCny: whole(0, 300),
        most: whole(0, 3),
        adds: fc.array(fc.record({ resource: whole(0, limits - 1), amount: whole(1, 6) }), { minLength: 1, maxLength: 2 }),
      });
      return fc.record({
        graphs: fc.array(fc.array(arc, { minLength: 2, maxLength: 18 }), { minLength: graphs, maxLength: graphs }),
        commodities: fc.array(commodity, { minLength: 1, maxLength: 6 }),
        resources: fc.array(resource, { minLength: limits, maxLength: limits }),
        investments: fc.array(investment, { maxLength: investments ? 3 : 0 }),
        budget: investments ? fc.option(whole(0, 600), { nil: undefined }) : fc.constant(undefined),
        nodes: fc.constant(nodes),
      });
    })
    .map(({ graphs, commodities, resources, investments, budget, nodes }) => ({
      graphs: graphs.map((arcs) =>
        graphOf(
          nodes,
          arcs.map(({ from, ahead, costCny, uses }) => ({ from, to: Math.min(nodes - 1, from + ahead), costCny, uses })),
        ),
      ),
      commodities: commodities.map(({ graph, source, ahead, quantity, unservedCny }, i): Commodity => ({
        id: `c${i}`,
        graph,
        source,
        sink: Math.min(nodes - 1, source + ahead),
        quantity,
        unservedCny,
      })),
      resources: resources.map(({ capacity, minimum }, i): Resource => ({
        id: `r${i}`,
        capacity,
        ...(minimum === undefined ? {} : { minimum }),
      })),
      investments: investments.map((each, i) => ({ id: `i${i}`, ...each })),
      ...(budget === undefined ? {} : { budgetCny: budget }),
    }));
}
