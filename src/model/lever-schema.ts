import * as z from "zod/mini";
import { figureRecord, source, text } from "./figure.ts";
import { cargoFilter } from "./network-schema.ts";

const id = z.string().check(z.regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/));
const both = z.strictObject({ zh: z.string(), en: z.string() });

/** A parameter of the lever, as it is or as `plus + times x parameter`. */
export const leverReference = z.strictObject({ param: z.string(), times: z.optional(z.number()), plus: z.optional(z.number()) });
export type LeverReference = z.infer<typeof leverReference>;

const amount = z.union([z.number(), leverReference]);
export type LeverAmount = z.infer<typeof amount>;

/**
 * One change. `change` names members as in a scenario, `*` standing for any letters of an id, key or list place. `set` replaces keys of the member
 * (references may stand anywhere inside); for `scale` and `add` the path leads on to a figure, which is multiplied or moved with its range.
 */
export const leverChange = z
  .strictObject({
    change: z.union([z.string(), z.array(z.string()).check(z.minLength(1))]),
    set: z.optional(z.record(z.string(), z.unknown())),
    scale: z.optional(amount),
    add: z.optional(amount),
  })
  .check(
    z.refine(
      ({ set, scale, add }) => [set, scale, add].filter((way) => way !== undefined).length === 1,
      "exactly one of set, scale and add",
    ),
  );
export type LeverChange = z.infer<typeof leverChange>;

/** What a lever does to a year of demand: more or less of it, or a share of it sent as another cargo. All filters that are given must match. */
const demandEffect = z.strictObject({
  /** Market ids, `*` for any letters; left out: all. */
  markets: z.optional(z.array(z.string()).check(z.minLength(1))),
  cargo: z.optional(cargoFilter),
  /** Factor on the quantity. */
  scale: z.optional(amount),
  /** So many percent of the quantity go as that cargo, one for one. */
  shift: z.optional(z.strictObject({ to: id, percent: amount })),
});

/** - `measure` one that a document asks for; `shock` what a measure is meant against; `withdrawal` the end of a measure in force, which shows its worth. */
export const leverKinds = ["measure", "shock", "withdrawal"] as const;
export const leverStudies = ["routes", "plan"] as const;

/** A number of a lever that may be chosen, with its range and where it comes from. The range is given even where the value is published. */
export const leverParameter = z.strictObject({
  ...figureRecord.shape,
  title: both,
  unit: z.string(),
  low: z.number(),
  high: z.number(),
  note: both,
});
export type LeverParameter = z.infer<typeof leverParameter>;

/** A policy measure, or a shock that one is meant against, as data: where it stands in the documents, what may be chosen, what it changes. */
export const lever = z.strictObject({
  id,
  kind: z.enum(leverKinds),
  title: both,
  /** `A`: the opinion of nine ministries of 7 December 2023; `B`: Chongqing's action plan of 25 November 2023. */
  documents: z.array(z.strictObject({ document: z.enum(["A", "B"]), paragraph: z.string(), quote: z.string() })).check(z.minLength(1)),
  /** Rows of the list of measures in the decision record. */
  rows: z.array(z.int()).check(z.minLength(1)),
  what: both,
  parameters: z.record(z.string(), leverParameter),
  changes: z.array(leverChange),
  demand: z.optional(z.array(demandEffect)),
  /** Joined to the scenario's `plan`: lists get longer, single keys are set. References may stand anywhere inside. */
  plan: z.optional(z.record(z.string(), z.unknown())),
  /** Paths of everything in the network that may differ when it is on; `*` as in `change`. */
  touches: z.array(z.string()),
  /** Which results it can move. */
  studies: z.array(z.enum(leverStudies)).check(z.minLength(1)),
  /** Levers that contradict it. */
  conflictsWith: z.optional(z.array(id)),
  /** Readings that the network does not hold. */
  sources: z.optional(z.array(source)),
});
export type Lever = z.infer<typeof lever>;

/** A lever as a scenario uses it; `with` replaces values of its parameters. */
export const leverUse = z.strictObject({
  use: z.string(),
  with: z.optional(z.record(z.string(), z.number())),
  note: z.optional(text),
});
export type LeverUse = z.infer<typeof leverUse>;
