import { createContext } from "preact";
import { useContext } from "preact/hooks";
import { type Messages, catalogues } from "../i18n/index.ts";
import type { PageLanguage } from "../state/address.ts";
import type { Store } from "../state/store.ts";
import { say } from "../i18n/format.ts";
import type { Text } from "../../src/model/index.ts";

export const StoreContext = createContext<Store | undefined>(undefined);

export function useStore(): Store {
  const store = useContext(StoreContext);
  if (store === undefined) throw new Error("no store above this view");
  return store;
}

export interface Words {
  language: PageLanguage;
  m: Messages;
  /** A text of the data in the page's language. */
  t: (text: Text) => string;
}

/** Messages in the page's language; a view that uses them follows the switch. */
export function useWords(): Words {
  const language = useStore().language.value;
  return { language, m: catalogues[language], t: (text) => say(text, language) };
}

/** The messages of one view, which lie beside it and load with it (`bilingual` in `i18n/index.ts`). */
export const useMessages = <M>(both: Record<PageLanguage, M>): M => both[useStore().language.value];
