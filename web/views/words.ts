import { lineWords, modeWords } from "../../src/report/index.ts";
import type { CostLine, Mode } from "../../src/model/index.ts";

// The orders of the words are those of the lists they are typed by. The lists themselves live beside the schemas, which only the worker loads.
export const modes = Object.keys(modeWords) as Mode[];
export const costLines = Object.keys(lineWords) as CostLine[];
