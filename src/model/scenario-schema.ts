import * as z from "zod/mini";
import { day } from "./date-schema.ts";
import { figure, text } from "./figure.ts";
import { leverUse } from "./lever-schema.ts";
import { networkPart } from "./network-schema.ts";
import { demand, horizon, plan } from "./plan-schema.ts";
import { sweep } from "./sweep-schema.ts";

export const incoterms = ["DAP", "DDP"] as const;

/** One lot of like vehicles that wants to go somewhere. */
export const shipment = z.strictObject({
  id: z.optional(z.string()),
  title: z.optional(text),
  /** Cargo id or name. */
  cargo: z.string(),
  quantity: z.int().check(z.minimum(1), z.maximum(1_000_000)),
  /** Location id, name or alias. */
  from: z.string(),
  to: z.string(),
  /** Local date at the origin on which the vehicles are ready (from midnight). */
  ready: day,
  /** Local date at the destination by whose end they must be there. */
  due: z.optional(day),
  /** DDP (default): duty and fees included. DAP: without. */
  terms: z.optional(z.enum(incoterms)),
  /** Claim the preferential duty of a trade agreement where there is one; default true. */
  claimsPreference: z.optional(z.boolean()),
  /** Journeys longer than this are not looked for. Default: until 30 days after the due date, at most 150. */
  maxDays: z.optional(z.int().check(z.minimum(1), z.maximum(1000))),
  /** FOB value per vehicle, instead of the cargo's. */
  valueCny: z.optional(figure),
});
export type Shipment = z.infer<typeof shipment>;

/** A change to the network: `path` names one member or, with `*` in the id, all that match. */
export const change = z.strictObject({
  /** `services/sea-roro-*-suez`, `rules/nev-lock`, `figures/ocean-rack-hire`, `locations/CNYIC-TGD/passages/priority`, `finance`. */
  change: z.string(),
  /** Keys to replace; an object is merged, a list or a figure replaced. */
  set: z.record(z.string(), z.unknown()),
  note: z.optional(text),
});
export type Change = z.infer<typeof change>;

/** A scenario asks about shipments (which chain?), about a demand (which plan?), or about both. */
export const scenario = z.strictObject({
  $schema: z.optional(z.string()),
  schemaVersion: z.optional(z.literal(1)),
  /** Names the result's file. `~`, `=` and `,` stand in the ids that the runs of a sweep get. */
  id: z.string().check(z.regex(/^[A-Za-z0-9][A-Za-z0-9._~=,-]*$/)),
  title: z.optional(text),
  description: z.optional(text),
  /** `chongqing` (built in), a folder of network files beside the scenario, or a network in place. */
  network: z.optional(z.union([z.string(), networkPart])),
  /** Levers by name, and changes of your own; changes come first, levers act on what they leave. */
  levers: z.optional(z.array(z.union([change, leverUse]))),
  shipments: z._default(z.array(shipment), []),
  demand: z.optional(demand),
  horizon: z.optional(horizon),
  plan: z.optional(plan),
  routes: z.optional(
    z.strictObject({
      /** How many chains to list for each option; default 3. */
      alternatives: z.optional(z.int().check(z.minimum(1), z.maximum(50))),
    }),
  ),
  /** Many runs of this scenario, with other values at the paths that are named: `levers.0.with.hours`, `shipments.*.quantity`. */
  sweep: z.optional(sweep),
});
export type Scenario = z.infer<typeof scenario>;
