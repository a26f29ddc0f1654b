import { availableParallelism } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { JobStep } from "../batch/index.ts";
import type { Language } from "../model/index.ts";
import { clean } from "../report/index.ts";
import type { RankStep } from "../scenario/index.ts";
import type { Both } from "./exit.ts";

/** Each plan of a ranking takes up to half a gigabyte. */
const mostThreads = 4;

/** Threads where nobody says how many. */
export const usualThreads = (): number => Math.min(mostThreads, availableParallelism());

/** The bundled entry of processes and threads, which lies beside that of the command line. */
export const workerFile = (): string =>
  join(dirname(fileURLToPath(import.meta.url)), import.meta.url.includes("/assets/") ? "../worker.js" : "worker.js");

/** Which plan of a ranking is being solved. */
export function rankStepText({ now, lever }: RankStep, language: Language): string {
  const name = lever === undefined ? "" : clean(lever[language]);
  const words: Record<RankStep["now"], Both> = {
    baseline: { zh: "不用措施", en: "without any lever" },
    bundle: { zh: "全部措施", en: "all levers" },
    alone: { zh: `单用：${name}`, en: `alone: ${name}` },
    range: { zh: `范围一端：${name}`, en: `end of range: ${name}` },
    without: { zh: `唯独不用：${name}`, en: `all but: ${name}` },
  };
  return words[now][language];
}

/** What a plan's job is at. */
export function jobStepText(step: JobStep, language: Language): string {
  const zh = language === "zh";
  if (step.what === "layout") return zh ? "排列班次" : "laying out departures";
  if (step.what === "rank")
    return `${zh ? "逐项计算措施" : "levers one by one"} ${step.done}/${step.total} · ${rankStepText(step, language)}`;
  const gap = `${(step.gap * 100).toFixed(step.gap < 1e-4 ? 4 : 2)}${zh ? "%" : " %"}`;
  if (step.round === 0) return zh ? `初步方案，差距 ${gap}` : `first plan, gap ${gap}`;
  return zh ? `求解第 ${step.round} 轮，差距 ${gap}` : `solving, round ${step.round}, gap ${gap}`;
}
