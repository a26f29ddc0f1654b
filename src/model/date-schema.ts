import * as z from "zod/mini";
import { dayNumber, isInYears, years } from "./time.ts";

/** A calendar date `YYYY-MM-DD`. */
export const date = z.string().check(
  z.regex(/^\d{4}-\d{2}-\d{2}$/),
  z.refine((text) => !Number.isNaN(dayNumber(text)), "no such date"),
);

/** A date on which a journey or a plan begins or ends. */
export const day = date.check(
  z.refine((text) => Number.isNaN(dayNumber(text)) || isInYears(text), `the year should be from ${years.first} to ${years.last}`),
);
