import { type Problem, type SweepAxis, type SweepRange, dateOf, dayNumber, problem } from "../model/index.ts";

type Both = { zh: string; en: string };

/** Most runs that one sweep may stand for. */
export const mostRuns = 10_000;

/** Twelve digits: 0.1 + 2 x 0.1 is 0.3. */
const tidy = (value: number): number => Number(value.toPrecision(12));

/** Values of a range; how many is known before any is made. */
function rangeValues(path: string, { from, to, step, count }: SweepRange): { values: unknown[]; problem?: Problem } {
  const refuse = (message: Both, hint?: Both) => ({ values: [], problem: problem(path, "bad-value", message, hint) });
  const isDated = typeof from === "string" || typeof to === "string";
  const end = (value: number | string) => (typeof value === "string" ? dayNumber(value) : isDated ? Number.NaN : value);
  const [a, b] = [end(from), end(to)];
  if (Number.isNaN(a) || Number.isNaN(b))
    return refuse(
      { zh: "from 和 to 应为两个数，或两个日期", en: "from and to should be two numbers or two dates" },
      { zh: "日期格式为 2027-03-02", en: "a date reads 2027-03-02" },
    );
  if ((step === undefined) === (count === undefined))
    return refuse({ zh: "step 与 count 应恰有一个", en: "exactly one of step and count is needed" });
  if (isDated && !Number.isInteger(step ?? 0))
    return refuse({ zh: "日期的步长应为整天", en: "the step between dates should be whole days" });
  if (step !== undefined && (step === 0 || (b - a) / step < 0))
    return refuse({ zh: `以 ${step} 为步长，从 ${from} 到不了 ${to}`, en: `steps of ${step} do not lead from ${from} to ${to}` });
  if (count !== undefined && count < (a === b ? 1 : 2)) return refuse({ zh: "count 至少为 2", en: "count should be 2 at least" });
  const total = count ?? Math.floor((b - a) / step! + 1e-9) + 1;
  if (total > mostRuns) return { values: [], problem: tooMany(path) };
  const at = (i: number) => (step === undefined ? (total === 1 ? a : a + ((b - a) * i) / (total - 1)) : a + i * step);
  const numbers = Array.from({ length: total }, (_, i) => tidy(at(i)));
  return { values: isDated ? numbers.map((day) => dateOf(Math.round(day))) : numbers };
}

export function tooMany(path: string, total?: number): Problem {
  const so = total === undefined ? { zh: "", en: "" } : { zh: ` ${total} 次`, en: `${total} runs, ` };
  return problem(
    path,
    "limit",
    { zh: `运行次数太多：${so.zh}超过上限 ${mostRuns} 次`, en: `too many runs: ${so.en}more than the limit of ${mostRuns}` },
    { zh: "加大步长、减少取值，或用 zip 并列", en: "take larger steps or fewer values, or set them side by side with zip" },
  );
}

export function valuesOf(path: string, axis: SweepAxis): { values: unknown[]; problem?: Problem } {
  if (Array.isArray(axis)) return axis.length > mostRuns ? { values: [], problem: tooMany(path) } : { values: axis };
  if (!("seeds" in axis)) return rangeValues(path, axis);
  if (axis.seeds > mostRuns) return { values: [], problem: tooMany(path) };
  return { values: Array.from({ length: axis.seeds }, (_, i) => (axis.first ?? 1) + i) };
}

const longestLabel = 32;
/** What a file name takes. */
export const safe = (word: string) => word.replaceAll(/[^A-Za-z0-9._-]+/g, "-").replaceAll(/^-+(?=[^\d.])|-+$/g, "");

/** A word for each value; different values get different words, `v1`, `v2` where their own would not do. */
export function labelsOf(values: readonly unknown[]): string[] {
  const known = new Map(values.map((value) => [JSON.stringify(value), value]));
  const own = new Map([...known].map(([key, value]) => [key, value !== null && typeof value === "object" ? "" : safe(String(value))]));
  const isPlainEnough = [...own.values()].every((label) => label !== "" && label.length <= longestLabel);
  const differ = new Set([...own.values()].map((label) => label.toLowerCase())).size === own.size;
  const numbers = new Map([...known.keys()].map((key, i) => [key, `v${i + 1}`]));
  return values.map((value) => (isPlainEnough && differ ? own : numbers).get(JSON.stringify(value))!);
}
