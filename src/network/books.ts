import type { NetworkData } from "./assemble.ts";
import { ChargeBook } from "./charges.ts";
import { FigureBook, type FigureIndex } from "./figures.ts";

/** Where the numbers of a network are written while it is compiled. */
export interface Books {
  figures: FigureBook;
  charges: ChargeBook;
  /** Figure of CNY per unit, by currency. */
  currencies: ReadonlyMap<string, FigureIndex>;
}

export function openBooks({ figures: shared, finance }: NetworkData): Books {
  const figures = new FigureBook(shared);
  const currencies = new Map<string, FigureIndex>();
  for (const [code, figure] of Object.entries(finance.cnyPer ?? {}).sort(([a], [b]) => (a < b ? -1 : 1)))
    currencies.set(code, figures.add(figure, "finance/cnyPer", code));
  return { figures, charges: new ChargeBook(figures, currencies), currencies };
}
