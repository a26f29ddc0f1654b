import * as z from "zod/mini";

/** How a number came to be known. */
export const bases = ["published", "derived", "assumed"] as const;
export type Basis = (typeof bases)[number];

/** Text in Chinese and English; a plain string serves both. */
export const text = z.union([z.string(), z.strictObject({ zh: z.string(), en: z.string() })]);
export type Text = z.infer<typeof text>;
export type Language = "zh" | "en";

/** The text in the given language. */
export function say(value: Text, language: Language): string {
  return typeof value === "string" ? value : value[language];
}

const sourceIds = z.union([z.string(), z.array(z.string())]);

/**
 * One number of the data with its range and where it comes from.
 * `published` and `derived` name a source or say in the note what they derive from; `assumed` needs a range and a reason.
 */
export const figureRecord = z.strictObject({
  value: z.number(),
  low: z.optional(z.number()),
  high: z.optional(z.number()),
  basis: z.enum(bases),
  source: z.optional(sourceIds),
  note: z.optional(text),
});
export type FigureRecord = z.infer<typeof figureRecord>;

const recordOf = (number: z.ZodMiniNumber) => z.extend(figureRecord, { value: number, low: z.optional(number), high: z.optional(number) });
const figureOf = (number: z.ZodMiniNumber) => z.union([number, recordOf(number), z.strictObject({ use: z.string() })]);
const from0 = (most: number) => z.number().check(z.minimum(0), z.maximum(most));

/** A plain number (a planner's own), a full record, or the name of a shared figure in `figures`. Up to 10⁹, so that costs stay exact to the fen. */
export const figure = figureOf(from0(1e9));
export type Figure = z.infer<typeof figure>;
/** A figure that divides or is divided by: units in a box, the worth of a currency. */
export const positiveFigure = figureOf(z.number().check(z.positive(), z.maximum(1e6)));
/** A sum over a whole plan. */
export const totalFigure = figureOf(from0(1e13));
/** A part of a whole, percent. */
export const shareFigure = figureOf(from0(100));
/** A percentage that may be more than the whole. */
export const rateFigure = figureOf(from0(1000));
/** Insured value, percent of CIF. */
export const insuredFigure = figureOf(from0(200));
/** Hours or days. */
export const duration = from0(100_000);
export const durationFigure = figureOf(duration);
/** Departures in a week. */
export const frequencyFigure = figureOf(from0(1000));
/** A figure that others use by its name. */
export const sharedFigure = z.union([from0(1e9), recordOf(from0(1e9))]);

/** A published reading: what `source` of a Figure points to. */
export const source = z.strictObject({
  id: z.string(),
  /** What was read, in the words of the collection. */
  what: z.optional(text),
  value: z.optional(z.nullable(z.union([z.number(), z.string()]))),
  low: z.optional(z.nullable(z.union([z.number(), z.string()]))),
  high: z.optional(z.nullable(z.union([z.number(), z.string()]))),
  unit: z.optional(z.nullable(z.string())),
  year: z.optional(z.nullable(z.union([z.number(), z.string()]))),
  title: z.string(),
  publisher: z.optional(z.string()),
  address: z.optional(z.nullable(z.string())),
  confidence: z.optional(z.string()),
  note: z.optional(z.nullable(z.string())),
});
export type Source = z.infer<typeof source>;
