import { type Charge, type Figure, type FigureRecord, type Language, type Source, type Text, say } from "../model/index.ts";
import { type EvidenceBasis, type NetworkData, chargeUnits } from "../network/index.ts";
import { count } from "./numbers.ts";
import { clean } from "./text.ts";
import { basisWords, chargeUnitWords, lineWords } from "./words.ts";

/** A figure as people read it, whichever way it was written. */
export interface FigureView {
  value: number;
  low: number;
  high: number;
  basis: EvidenceBasis;
  sources: string[];
  note?: Text;
  /** Name of the shared figure that it is. */
  shared?: string;
}

const listOf = (source: string | string[] | undefined): string[] =>
  source === undefined ? [] : typeof source === "string" ? [source] : source;

export function viewFigure(figure: Figure, figures: Record<string, number | FigureRecord>): FigureView | undefined {
  if (typeof figure === "number") return { value: figure, low: figure, high: figure, basis: "stated", sources: [] };
  if ("use" in figure) {
    const shared = Object.hasOwn(figures, figure.use) ? figures[figure.use] : undefined;
    const view = shared === undefined ? undefined : viewFigure(shared, figures);
    return view === undefined ? undefined : { ...view, shared: figure.use };
  }
  return {
    value: figure.value,
    low: figure.low ?? figure.value,
    high: figure.high ?? figure.value,
    basis: figure.basis,
    sources: listOf(figure.source),
    ...(figure.note === undefined ? {} : { note: figure.note }),
  };
}

/** As many decimals as the number has, at most six. */
export function plainNumber(value: number): string {
  return count(value, Math.abs(value) >= 1000 ? 2 : 6);
}

/** `5,250 (4,950-6,100), published`. */
export function figureInWords(view: Pick<FigureView, "value" | "low" | "high" | "basis">, language: Language): string {
  const range = view.low === view.high ? "" : ` (${plainNumber(view.low)}-${plainNumber(view.high)})`;
  return `${plainNumber(view.value)}${range}${language === "zh" ? "，" : ", "}${basisWords[view.basis][language]}`;
}

/** Short form for tables: the value, and its basis where it is not sure. */
export function figureShort(figure: Figure | undefined, data: NetworkData): string {
  const view = figure === undefined ? undefined : viewFigure(figure, data.figures);
  return view === undefined ? "" : plainNumber(view.value);
}

export function sourceLines(ids: readonly string[], sources: ReadonlyMap<string, Source>, language: Language): string[] {
  return ids.flatMap((id) => {
    const source = sources.get(id);
    if (source === undefined) return [id];
    const parts = [
      source.title,
      source.publisher,
      source.year === null || source.year === undefined ? undefined : String(source.year),
    ].filter((part): part is string => part !== undefined && part !== "");
    const what = source.what === undefined ? [] : [`  ${clean(say(source.what, language))}`];
    const address = source.address === undefined || source.address === null ? [] : [`  ${clean(source.address)}`];
    return [`[${id}] ${clean(parts.join(", "))}`, ...what, ...address];
  });
}

/** The amounts of charges, one text for each: `Handling 80 CNY per vehicle (40-150), assumed: figures/x`. */
export function chargeTexts(charges: readonly Charge[] | undefined, data: NetworkData, language: Language): string[] {
  return (charges ?? []).flatMap((charge) =>
    chargeUnits.flatMap((unit) => {
      const figure = charge[unit];
      const view = figure === undefined ? undefined : viewFigure(figure, data.figures);
      if (view === undefined) return [];
      const line = charge.line === undefined ? "" : `${lineWords[charge.line][language]} `;
      const range = view.low === view.high ? "" : ` (${plainNumber(view.low)}-${plainNumber(view.high)})`;
      const per = chargeUnitWords[unit][language];
      const money = unit === "percentOfValue" ? per : `${charge.currency ?? "CNY"} ${per}`;
      return [
        `${line}${plainNumber(view.value)} ${money}${range}${language === "zh" ? "，" : ", "}${basisWords[view.basis][language]}${view.shared === undefined ? "" : ` [figures/${view.shared}]`}`,
      ];
    }),
  );
}
