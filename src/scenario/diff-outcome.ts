import { InputError, type Lever, type Scenario } from "../model/index.ts";
import type { Network } from "../network/index.ts";
import type { PlanResult } from "../planning/index.ts";
import { type Option, RouteComparison, buildShipmentGraph, options } from "../routing/index.ts";
import { runPlan } from "./plan.ts";
import { type ScenarioResult, resolveShipment } from "./run.ts";

/** Least cost, days and CO2e of an option, each for itself, per vehicle. */
const routeMeasures = ["costCny", "days", "co2eKg"] as const;
/** Totals of a plan; days are the mean of a vehicle carried. */
const planMeasures = ["carried", "unserved", "totalCny", "transportCny", "planDays", "co2eTonnes"] as const;
export type DiffMeasure = (typeof routeMeasures)[number] | (typeof planMeasures)[number];
/** Everything is counted in whole steps, those in which results state it: fen, hundredths of a day, grams, vehicles, kilograms of a plan's tonnes. */
const stepsPerUnit: Record<DiffMeasure, number> = {
  costCny: 100,
  days: 100,
  co2eKg: 1000,
  carried: 1,
  unserved: 1,
  totalCny: 100,
  transportCny: 100,
  planDays: 100,
  co2eTonnes: 1000,
};

/** One number of an outcome. */
export interface Measured {
  option?: Option | "any";
  measure: DiffMeasure;
}
export const keyOf = ({ option, measure }: Measured) => `${option ?? ""} ${measure}`;
export const ofShipment: readonly Measured[] = ([...options, "any"] as const).flatMap((option) =>
  routeMeasures.map((measure) => ({ option, measure })),
);
export const ofPlan: readonly Measured[] = planMeasures.map((measure) => ({ measure }));
/** Results of one shipment, or of the plan, in one state: whole steps by key. */
export type Outcome = Map<string, number>;

function note(outcome: Outcome, option: Option, measure: DiffMeasure, value: number): void {
  for (const key of [keyOf({ option, measure }), keyOf({ option: "any", measure })])
    outcome.set(key, Math.min(outcome.get(key) ?? Number.POSITIVE_INFINITY, value));
}

/** Best of every option for one shipment of a scenario on a network; nothing where its words are not understood there. */
export function outcomeOf(network: Network, scenario: Scenario, id: string): Outcome | undefined {
  const shipment = scenario.shipments.find((s) => s.id === id);
  if (shipment === undefined) return undefined;
  const { terms } = resolveShipment(network, shipment, `shipments/${id}`);
  if (terms === undefined) return undefined;
  const outcome: Outcome = new Map();
  for (const { option, ways } of new RouteComparison(buildShipmentGraph(network, terms)).run().families)
    for (const way of ways) {
      note(outcome, option, "costCny", way.costFen);
      // Rounded as results are.
      note(outcome, option, "days", Math.round(Number(((way.arrival - terms.readyMinute) / 1440).toFixed(2)) * stepsPerUnit.days));
      note(outcome, option, "co2eKg", way.grams);
    }
  return outcome;
}

export function totalsOf({ totals }: PlanResult): Outcome {
  return new Map(
    planMeasures.map((measure) => [
      keyOf({ measure }),
      Math.round((measure === "planDays" ? totals.days : totals[measure]) * stepsPerUnit[measure]),
    ]),
  );
}

/** The totals of a scenario's plan; nothing where there is none. */
export async function planOutcome(scenario: Scenario, shelf: readonly Lever[]): Promise<Outcome | undefined> {
  if (scenario.demand === undefined) return undefined;
  try {
    return totalsOf(await runPlan(scenario, { shelf }));
  } catch (error) {
    // No plan can keep these limits, or half of the differences make no sense without the others.
    if (error instanceof InputError) return undefined;
    throw error;
  }
}

export const unit = (measure: DiffMeasure, steps: number) => steps / stepsPerUnit[measure];

/** Best of every option in a result, by shipment. */
export function outcomesOfResult(result: ScenarioResult): Map<string, Outcome> {
  return new Map(
    result.shipments.map(({ id, points }) => {
      const outcome: Outcome = new Map();
      for (const point of points)
        for (const measure of routeMeasures) note(outcome, point.option, measure, Math.round(point[measure] * stepsPerUnit[measure]));
      return [id, outcome];
    }),
  );
}
