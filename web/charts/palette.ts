import type { Mode } from "../../src/model/index.ts";
import type { Option } from "../../src/routing/index.ts";
import { symbolCircle, symbolCross, symbolDiamond, symbolSquare, symbolTriangle, symbolWye, type SymbolType } from "d3";

/**
 * One visual language. Colours are Okabe–Ito's (told apart with every colour vision) and stand in `styles/tokens.css` as `--option-*` and `--mode-*`;
 * a mark and a dash say the same without colour. An option whose main leg is of one mode has that mode's colour.
 */
export const optionMarks: Record<Option, SymbolType> = {
  "ro-ro": symbolCircle,
  container: symbolSquare,
  pulp: symbolTriangle,
  "rail-auto-rack": symbolDiamond,
  "rail-container": symbolWye,
  road: symbolCross,
};

/** Dash pattern of each mode in pixels; empty for a full line. */
export const modeDashes: Record<Mode, string> = { sea: "", river: "1 4", rail: "9 4", road: "3 3" };
