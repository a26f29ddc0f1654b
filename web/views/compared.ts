import { optionWords } from "../../src/report/index.ts";
import type { NamedChain } from "../state/chains.ts";
import type { Store } from "../state/store.ts";
import type { Words } from "./context.ts";
import { corridorName } from "./names.ts";

/** The chains that charts lay side by side: the best of each option, and those pinned or open that are not among them. */
export function comparedChains(store: Store): NamedChain[] {
  const chains = store.answered.value?.chains ?? [];
  return chains.filter((named) => named.isBest || named.key === store.pinned.value || named.key === store.chain.value);
}

/** `滚装·长江`: an option with its corridor. */
export const chainName = (store: Store, named: NamedChain, words: Words): string =>
  [optionWords[named.option][words.language], corridorName(store.catalogue.value, named.chain.corridor, words)].join(words.m.dot);
