import type { NamedChain } from "../state/chains.ts";
import type { Store } from "../state/store.ts";

/** The chain that is taken away: the open one, else the pinned one, else the cheapest; never the one that the pointer happens to be on. */
export function takenChain(store: Store): NamedChain | undefined {
  const chains = store.answered.value?.chains ?? [];
  return (
    chains.find((c) => c.key === store.chain.value) ??
    chains.find((c) => c.key === store.pinned.value) ??
    chains.find((c) => c.wins.includes("cheapest"))
  );
}
