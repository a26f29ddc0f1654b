import * as z from "zod/mini";
import { costLines, forms, incoterms, modes, operationKinds, source, statuses, text } from "../model/index.ts";
import { evidenceBases } from "../network/index.ts";
import { options } from "../routing/index.ts";

/** The published shape of a result file. A test holds it equal to what the engine returns. */
const option = z.enum(options);
const share = z.number().check(z.minimum(0), z.maximum(1));
const amount = z.number();
/** `YYYY-MM-DDTHH:MM` in local time with its offset. */
const stamp = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}[+-]\d{2}:\d{2}$/));
const day = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/));
const range = z.strictObject({ low: z.number(), high: z.number() });
export const shares = z.strictObject({ published: share, derived: share, assumed: share, stated: share });
const both = z.strictObject({ zh: z.string(), en: z.string() });

export const problemShape = z.strictObject({
  path: z.string(),
  code: z.string(),
  message: both,
  hint: z.optional(both),
  file: z.optional(z.string()),
  line: z.optional(z.int()),
  column: z.optional(z.int()),
  severity: z.enum(["error", "warning"]),
});

const legElement = z.strictObject({
  kind: z.literal("leg"),
  service: z.string(),
  name: text,
  mode: z.enum(modes),
  form: z.enum(forms),
  status: z.enum(statuses),
  from: z.string(),
  to: z.string(),
  ready: stamp,
  departure: stamp,
  arrival: stamp,
  done: stamp,
  distanceKm: z.number(),
  co2eKg: z.number(),
  co2Figures: z.array(z.string()),
  main: z.boolean(),
  corridor: z.optional(z.string()),
  via: z.array(z.string()),
  tariff: z.optional(z.string()),
});

const operationElement = z.strictObject({
  kind: z.literal("operation"),
  operation: z.string(),
  what: z.enum(operationKinds),
  name: text,
  at: z.string(),
  form: z.enum(forms),
  toForm: z.enum(forms),
  status: z.enum(statuses),
  begin: stamp,
  end: stamp,
  co2eKg: z.number(),
  co2Figures: z.array(z.string()),
});

const chain = z.strictObject({
  id: z.string(),
  option,
  corridor: z.string(),
  services: z.array(z.string()),
  gateway: z.string(),
  /** CNY per vehicle; `lines` add up to `cny` exactly. */
  cost: z.strictObject({
    cny: amount,
    range,
    lines: z.partialRecord(z.enum(costLines), amount),
    logisticsCny: amount,
    logisticsRange: range,
  }),
  time: z.strictObject({ days: z.number(), range, departure: stamp, arrival: stamp, arrivalDate: day }),
  co2eKg: z.number(),
  distanceKm: z.number(),
  due: z.optional(z.strictObject({ slackDays: z.number(), onTimeChance: share })),
  evidence: z.strictObject({ cost: shares, time: shares, decisive: z.optional(z.strictObject({ figure: z.string(), cny: amount })) }),
  nextDepartures: z.array(stamp),
  elements: z.array(z.union([legElement, operationElement])),
  costItems: z.array(
    z.strictObject({ line: z.enum(costLines), element: z.int(), cny: amount, unit: z.string(), figures: z.array(z.string()) }),
  ),
  timeItems: z.array(
    z.strictObject({
      element: z.int(),
      what: z.enum(["wait", "cut-off", "run", "stay", "passage-wait", "passage", "release", "operation", "dwell"]),
      minutes: z.int(),
      figure: z.string(),
    }),
  ),
});

const shipmentResult = z.strictObject({
  id: z.string(),
  title: z.optional(text),
  cargo: z.string(),
  quantity: z.int(),
  from: z.string(),
  to: z.string(),
  ready: day,
  due: z.optional(day),
  terms: z.enum(incoterms),
  options: z.array(
    z.strictObject({
      option,
      chains: z.array(chain),
      missing: z.optional(
        z.strictObject({ code: z.enum(["cargo", "rule", "not-running", "date", "no-link"]), by: z.array(z.string()), reason: both }),
      ),
    }),
  ),
  points: z.array(
    z.strictObject({ option, corridor: z.string(), costCny: amount, days: z.number(), co2eKg: z.number(), onFront: z.boolean() }),
  ),
  winners: z.strictObject({ cheapest: z.optional(z.string()), fastest: z.optional(z.string()), greenest: z.optional(z.string()) }),
  counters: z.record(z.string(), z.number()),
});

const figureUsed = z.strictObject({
  value: z.number(),
  low: z.number(),
  high: z.number(),
  basis: z.enum(evidenceBases),
  sources: z.optional(z.array(z.string())),
  note: z.optional(text),
});

export const resultSchema = z.strictObject({
  schemaVersion: z.literal(1),
  kind: z.literal("yuche-result"),
  /** SHA-256 of the canonical scenario, its network and the program's version; in result files. */
  hash: z.optional(z.string().check(z.regex(/^[0-9a-f]{64}$/))),
  scenario: z.strictObject({ id: z.string(), title: z.optional(text) }),
  shipments: z.array(shipmentResult),
  figures: z.record(z.string(), figureUsed),
  sources: z.record(z.string(), source),
  warnings: z.array(problemShape),
});

/** A result as it stands in a file. */
export type ResultFile = z.infer<typeof resultSchema>;
