import * as z from "zod/mini";
import { costLines, figureRecord, leverKinds, modes, source, text } from "../model/index.ts";
import { limitUnits } from "../planning/index.ts";
import { options } from "../routing/index.ts";
import { problemShape, shares } from "./result-schema.ts";

/** The published shape of a plan's result file. A test holds it equal to what the engine returns. */
const option = z.enum(options);
const amount = z.number();
const count = z.number().check(z.minimum(0));
const day = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/));
const stamp = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}[+-]\d{2}:\d{2}$/));
const unit = z.enum(limitUnits);

const totals = z.strictObject({
  demand: count,
  carried: count,
  unserved: count,
  /** CNY; with late, unserved, shortfall and investment they add up to `totalCny`. */
  lines: z.partialRecord(z.enum(costLines), amount),
  transportCny: amount,
  lateCny: amount,
  unservedCny: amount,
  shortfallCny: amount,
  investmentCny: amount,
  totalCny: amount,
  costPerVehicleCny: amount,
  logisticsPerVehicleCny: amount,
  days: count,
  co2eTonnes: amount,
  exportValueCny: amount,
});

const measures = <T extends z.ZodMiniType>(value: T) =>
  z.strictObject({
    totalCny: value,
    carried: value,
    sharePercent: z.optional(value),
    exportValueCny: value,
    costCny: value,
    days: value,
    co2eKg: value,
  });
const both = z.strictObject({ zh: z.string(), en: z.string() });

/** What each lever of the scenario is worth to the plan. */
const ranking = z.strictObject({
  weeks: z.int(),
  of: z.int(),
  demand: count,
  accuracyCny: count,
  baseline: measures(amount),
  bundle: measures(amount),
  interaction: measures(z.strictObject({ sumAlone: amount, bundle: amount, interaction: amount })),
  levers: z.array(
    z.strictObject({
      id: z.string(),
      kind: z.enum(leverKinds),
      title: both,
      documents: z.array(z.strictObject({ document: z.enum(["A", "B"]), paragraph: z.string() })),
      parameters: z.array(
        z.strictObject({
          name: z.string(),
          title: both,
          unit: z.string(),
          value: amount,
          low: amount,
          high: amount,
          basis: z.optional(z.enum(["published", "derived", "assumed"])),
        }),
      ),
      alone: measures(z.strictObject({ value: amount, low: amount, high: amount })),
      marginal: measures(amount),
    }),
  ),
});

export const planResultSchema = z.strictObject({
  schemaVersion: z.literal(1),
  kind: z.literal("yuche-plan"),
  hash: z.optional(z.string()),
  scenario: z.strictObject({ id: z.string(), title: z.optional(text) }),
  demandFrom: z.strictObject({ kind: z.enum(["rows", "builtin", "file"]), year: z.optional(z.string()) }),
  horizon: z.strictObject({ from: day, weeks: z.int() }),
  totals,
  proof: z.strictObject({
    status: z.enum(["optimal", "stopped"]),
    primalCny: amount,
    boundCny: amount,
    gap: count,
    largestViolation: amount,
    wholeVehiclesCny: amount,
    fenRoundingCny: amount,
  }),
  work: z.strictObject({
    rounds: z.int(),
    columns: z.int(),
    passes: z.int(),
    nodes: z.int(),
    lots: z.int(),
    events: z.int(),
    moves: z.int(),
    limits: z.int(),
  }),
  rows: z.array(
    z.strictObject({
      row: z.string(),
      cargo: z.string(),
      from: z.string(),
      to: z.string(),
      quantity: count,
      carried: count,
      unserved: count,
      costCny: amount,
      days: count,
      co2eKg: amount,
    }),
  ),
  weeks: z.array(z.strictObject({ week: z.int(), from: day, demand: count, carried: count, unserved: count })),
  corridors: z.array(
    z.strictObject({
      option,
      corridor: z.string(),
      vehicles: count,
      costCny: amount,
      days: count,
      co2eKg: amount,
      weeks: z.array(count),
    }),
  ),
  services: z.array(
    z.strictObject({
      service: z.string(),
      name: text,
      mode: z.enum(modes),
      corridor: z.optional(z.string()),
      unit,
      departures: z.int(),
      full: z.int(),
      slots: count,
      used: count,
      vehicles: count,
      meanPriceCny: count,
      weeks: z.array(z.strictObject({ week: z.int(), slots: count, used: count, priceCny: count })),
    }),
  ),
  bottlenecks: z.array(
    z.strictObject({
      path: z.string(),
      kind: z.enum(["departure", "tariff", "weekly", "operation", "pool", "gate", "yard", "contract", "share", "co2e", "cost"]),
      name: text,
      place: z.optional(z.string()),
      unit,
      full: z.int(),
      of: z.int(),
      mostPriceCny: count,
      meanPriceCny: count,
      worthCny: amount,
    }),
  ),
  investments: z.array(z.strictObject({ id: z.string(), title: z.optional(text), units: count, most: z.int(), costCny: amount })),
  contracts: z.array(z.strictObject({ id: z.string(), title: z.optional(text), slots: count, used: count, shortfallCny: amount })),
  unserved: z.array(
    z.strictObject({
      row: z.string(),
      vehicles: count,
      reason: z.enum(["no-way", "too-dear", "limits"]),
      limits: z.array(z.string()),
      weeks: z.array(z.int()),
      perWeek: z.array(count),
      cheapestCny: z.optional(amount),
    }),
  ),
  evidence: shares,
  flows: z.array(
    z.strictObject({
      row: z.string(),
      week: z.int(),
      vehicles: count,
      option,
      corridor: z.string(),
      gateway: z.string(),
      services: z.array(z.string()),
      departures: z.array(stamp),
      costCny: amount,
      logisticsCny: amount,
      lateCny: amount,
      days: count,
      co2eKg: amount,
      arrivalDate: day,
    }),
  ),
  assumptions: z.record(z.string(), z.union([z.number(), figureRecord])),
  target: z.optional(
    z.strictObject({
      nationalExports: count,
      wantedPercent: count,
      wantedVehicles: count,
      carriedPercent: count,
      reachedPercent: count,
      exportValueCny: amount,
      wantedValueCny: z.optional(amount),
    }),
  ),
  ranking: z.optional(ranking),
  names: z.record(z.string(), text),
  sources: z.record(z.string(), source),
  warnings: z.array(problemShape),
});
