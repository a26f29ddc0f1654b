import { batch } from "@preact/signals";
import { dataWords, type DataWords } from "../../i18n/data.ts";
import { decimal } from "../../i18n/format.ts";
import { type DataState, dataState } from "../../state/data.ts";
import type { Both, FigureRow } from "../../state/data-rows.ts";
import type { Store } from "../../state/store.ts";
import { type Words, useMessages, useStore, useWords } from "../context.ts";

export interface DataPage extends Words {
  store: Store;
  data: DataState;
  /** Messages of this page. */
  w: DataWords;
  say: (text: Both) => string;
  /** As many decimals as the data have. */
  number: (value: number) => string;
  /** Name of a member by `list/id`. */
  name: (member: string) => string;
}

export function useData(): DataPage {
  const store = useStore();
  const words = useWords();
  const w = useMessages(dataWords);
  const data = dataState(store);
  const { language } = words;
  return {
    ...words,
    store,
    data,
    w,
    say: (text) => text[language],
    number: (value) => decimal(value, Math.abs(value) >= 1000 ? 2 : 6, language),
    name: (member) => data.names.value.get(member)?.[language] ?? member.slice(member.indexOf("/") + 1),
  };
}

/** Line under a row's name: which part of whom. */
export const placeInWords = (row: FigureRow, { say, m }: Pick<DataPage, "say" | "m">): string =>
  [say(row.where), say(row.part)].filter((text) => text !== "").join(m.dot);

/** Members that the network tab can show; the figures of others are found by the filter. */
export const isOnMap = (member: string): boolean => /^(services|locations|operations|rules)\//.test(member);

/** Opens a figure or a member of the network where it is shown. */
export function open(store: Store, what: string, data: DataState): void {
  const isFigure = data.byAddress.value.has(what);
  if (!isFigure && !isOnMap(what)) return figuresOf(store, what);
  batch(() => {
    store.tab.value = isFigure ? "figures" : "network";
    store.see.value = what;
  });
}

/** Shows all figures of a member in the table. */
export function figuresOf(store: Store, member: string): void {
  batch(() => {
    store.tab.value = "figures";
    store.see.value = "";
    store.keep.value = "";
    store.find.value = member;
  });
}
