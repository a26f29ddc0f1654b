import * as z from "zod/mini";

/** Numbers from one to another, or dates a number of days apart; both ends belong to it. */
const range = z.strictObject({
  /** A number or a date `2027-03-02`. */
  from: z.union([z.number(), z.string()]),
  to: z.union([z.number(), z.string()]),
  /** Distance, in days between dates. The end is left out where no step hits it. */
  step: z.optional(z.number()),
  /** How many values, evenly spaced, instead of `step`. */
  count: z.optional(z.int()),
});
export type SweepRange = z.infer<typeof range>;

/** Whole numbers one after another, for a key that holds a seed. */
const seeds = z.strictObject({ seeds: z.int().check(z.minimum(1)), first: z.optional(z.int()) });

/** Values of one path: a list of anything that may stand there, a range, or seeds. */
const axis = z.union([z.array(z.unknown()).check(z.minLength(1)), range, seeds]);
export type SweepAxis = z.infer<typeof axis>;

/** Paths with their values: every combination (default), or side by side with `zip`. */
const group = z.catchall(
  z.object({
    /** First value of each path together, then the second of each, and so on; all must have as many. */
    zip: z.optional(z.boolean()),
  }),
  axis,
);
export type SweepGroup = z.infer<typeof group>;

/** What a scenario is to be run for. Several groups are combined with each other: each combination within the first with each within the second. */
export const sweep = z.union([group, z.array(group).check(z.minLength(1))]);
