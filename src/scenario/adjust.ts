import { type Basis, type Figure, type FigureRecord, type LeverAmount, type LeverParameter, type Text, say } from "../model/index.ts";
import { isPlain } from "./members.ts";

type Both = { zh: string; en: string };

/** A chosen value of a parameter: with range, basis and source as the lever has it, or a bare number of the planner's own. */
export interface Quantity {
  value: number;
  low: number;
  high: number;
  /** Left out: the planner's own, or a constant of the lever. */
  parameter?: LeverParameter;
}

/** One lever's part in moving a figure. */
export interface Move {
  by: "scale" | "add";
  amount: Quantity;
  /** Title of the lever. */
  lever: Both;
}

/** Twelve digits: 0.1 x 3 is 0.3, whatever the order of the factors. */
const tidy = (value: number): number => Number(value.toPrecision(12));

export function ownQuantity(value: number): Quantity {
  return { value, low: value, high: value };
}

export function parameterQuantity(parameter: LeverParameter): Quantity {
  return { value: parameter.value, low: parameter.low, high: parameter.high, parameter };
}

/** The quantity that an amount of a change stands for; undefined where it names no parameter. */
export function quantityOf(amount: LeverAmount, quantities: Record<string, Quantity>): Quantity | undefined {
  if (typeof amount === "number") return ownQuantity(amount);
  const quantity = Object.hasOwn(quantities, amount.param) ? quantities[amount.param] : undefined;
  if (quantity === undefined) return undefined;
  const of = (value: number) => tidy((amount.plus ?? 0) + (amount.times ?? 1) * value);
  const ends = [of(quantity.low), of(quantity.high)];
  return { ...quantity, value: of(quantity.value), low: Math.min(...ends), high: Math.max(...ends) };
}

const sourcesOf = (source: string | string[] | undefined): string[] =>
  source === undefined ? [] : typeof source === "string" ? [source] : source;

/** A quantity as it stands in the network: a figure with its evidence, or a bare number where the planner chose it. */
function figureOf(quantity: Quantity, isPlainReference: boolean): Figure {
  const { value, low, high, parameter } = quantity;
  if (parameter === undefined) return value;
  const basis: Basis = parameter.basis === "published" && !isPlainReference ? "derived" : parameter.basis;
  return { value, low, high, basis, ...(parameter.source === undefined ? {} : { source: parameter.source }), note: parameter.note };
}

/** A value with every reference in it replaced by what it stands for; `unknown` hears of parameters that there are not. */
export function substitute(value: unknown, quantities: Record<string, Quantity>, unknown: (name: string) => void): unknown {
  if (Array.isArray(value)) return value.map((member: unknown) => substitute(member, quantities, unknown));
  if (!isPlain(value)) return value;
  if (typeof value["param"] === "string") {
    const reference = value as { param: string; times?: number; plus?: number };
    const quantity = quantityOf(reference, quantities);
    if (quantity === undefined) {
      unknown(reference.param);
      return value;
    }
    return figureOf(quantity, reference.times === undefined && reference.plus === undefined);
  }
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, substitute(inner, quantities, unknown)]));
}

const weight: Record<Basis, number> = { published: 0, derived: 1, assumed: 2 };
const weakest = (list: readonly Basis[]): Basis => list.reduce((a, b) => (weight[b] > weight[a] ? b : a), "derived");

function noteOf(old: FigureRecord, moves: readonly Move[]): Text {
  const steps = moves.map(({ by, amount, lever }) => {
    const sign = by === "scale" ? "×" : amount.value < 0 ? "−" : "+";
    const step = `${sign} ${Math.abs(amount.value)}`;
    return { zh: `${step}（${lever.zh}）`, en: `${step} (${lever.en})` };
  });
  const before = old.note;
  const in1 = (language: "zh" | "en") => {
    const own = before === undefined ? "" : say(before, language);
    const rest = own === "" ? "" : language === "zh" ? `；原注：${own}` : `; before: ${own}`;
    return `${old.value} ${steps.map((step) => step[language]).join(" ")}${rest}`;
  };
  return { zh: in1("zh"), en: in1("en") };
}

/**
 * A figure after all moves: every factor, then every amount, never below zero; the order in which the levers stand does not matter. The range takes in
 * the ranges of the parameters, the basis is the weakest of all.
 */
export function adjust(figure: number | FigureRecord, moves: readonly Move[]): FigureRecord {
  const old: FigureRecord = typeof figure === "number" ? { value: figure, basis: "derived" } : figure;
  const ordered = moves.toSorted(
    (a, b) =>
      Number(a.by === "add") - Number(b.by === "add") ||
      a.amount.value - b.amount.value ||
      (a.lever.en < b.lever.en ? -1 : a.lever.en > b.lever.en ? 1 : 0),
  );
  const end = (start: number, pick: (quantity: Quantity) => number) =>
    Math.max(0, tidy(ordered.reduce((now, { by, amount }) => (by === "scale" ? now * pick(amount) : now + pick(amount)), start)));
  const value = end(old.value, (q) => q.value);
  const sources = [...new Set([...sourcesOf(old.source), ...ordered.flatMap(({ amount }) => sourcesOf(amount.parameter?.source))])];
  return {
    value,
    low: Math.min(
      value,
      end(old.low ?? old.value, (q) => q.low),
    ),
    high: Math.max(
      value,
      end(old.high ?? old.value, (q) => q.high),
    ),
    basis: weakest([old.basis, ...ordered.flatMap(({ amount }) => (amount.parameter === undefined ? [] : [amount.parameter.basis]))]),
    ...(sources.length === 0 ? {} : { source: sources }),
    note: noteOf(old, ordered),
  };
}
