import { type Figure, InputError, type Problem, nearest, problem } from "../model/index.ts";
import type { NetworkData } from "./assemble.ts";

/** The problem of a `use` that names no shared figure of the network, at a path; none for other figures. */
export function figureProblems(data: Pick<NetworkData, "figures">, figure: Figure, path: string): Problem[] {
  if (typeof figure === "number" || !("use" in figure) || Object.hasOwn(data.figures, figure.use)) return [];
  const word = figure.use.slice(0, 80);
  const near = nearest(word, Object.keys(data.figures));
  return [
    problem(
      path,
      "unknown-reference",
      { zh: `没有公用数据“${word}”`, en: `no shared figure '${word}'` },
      near.length === 0
        ? { zh: "用 yuche explain 查编号，或直接写数值", en: "find ids with yuche explain, or write the number itself" }
        : { zh: `是不是：${near.join("、")}？`, en: `did you mean: ${near.join(", ")}?` },
    ),
  ];
}

/** A figure's value; shared figures are looked up. Throws InputError for a name that the network does not have. */
export function figureValue(data: Pick<NetworkData, "figures">, figure: Figure): number {
  if (typeof figure === "number") return figure;
  if ("value" in figure) return figure.value;
  const shared = Object.hasOwn(data.figures, figure.use) ? data.figures[figure.use] : undefined;
  if (shared === undefined) throw new InputError(figureProblems(data, figure, "figures"));
  return typeof shared === "number" ? shared : shared.value;
}
