import type { VNode } from "preact";
import { fixed, whole } from "../i18n/format.ts";
import { pinWords } from "../i18n/pin.ts";
import { type NamedChain, costOf } from "../state/chains.ts";
import type { Store } from "../state/store.ts";
import { chainName } from "./compared.ts";
import { useMessages, useStore, useWords } from "./context.ts";

/** Asks for the answer only where a chain is pinned: what shows no difference need not follow it. */
function pinOf(store: Store): NamedChain | undefined {
  const key = store.pinned.value;
  return key === "" ? undefined : store.answered.value?.chains.find((named) => named.key === key);
}

/** Makes a chain the one that all others are compared with, and lets it go again. */
export function PinButton({ named }: { named: NamedChain }): VNode {
  const store = useStore();
  const words = useWords();
  const own = useMessages(pinWords);
  const isPinned = store.pinned.value === named.key;
  const label = (isPinned ? own.unpin : own.pin)(chainName(store, named, words));
  return (
    <button
      type="button"
      class="pin-button"
      aria-pressed={isPinned}
      aria-label={label}
      title={label}
      onClick={(event) => (event.stopPropagation(), store.pin(named.key))}
    >
      <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true">
        <path d="M4.5 1.5h5l-.8 3.6 2 2.4v1H3.3v-1l2-2.4zM7 8.5v4.5" />
      </svg>
    </button>
  );
}

/** What is compared with whom, and the way out; takes the same room when there is nothing to say. */
export function PinNote(): VNode {
  const store = useStore();
  const words = useWords();
  const own = useMessages(pinWords);
  const pinned = pinOf(store);
  return (
    <p class="pin-note">
      {pinned === undefined ? (
        own.hint
      ) : (
        <>
          {own.comparedWith(chainName(store, pinned, words))}{" "}
          <button type="button" onClick={() => (store.pinned.value = "")}>
            {own.letGo}
          </button>
        </>
      )}
    </p>
  );
}

/** The key `p` pins the chain that is shown. Only with the focus in the answer, and never while something is typed. */
export function pinByKey(event: KeyboardEvent, store: Store): void {
  const shown = store.shown.value;
  const isTyping = event.target instanceof HTMLElement && event.target.closest("input, select, textarea") !== null;
  if (event.key.toLowerCase() !== "p" || event.ctrlKey || event.metaKey || event.altKey || isTyping || shown === undefined) return;
  event.preventDefault();
  store.pin(shown.key);
}

type Quantity = "cost" | "days" | "co2e";

/** Difference of one figure of a chain to the pinned one: sign, colour and word. Less is better for all three. */
export function Difference({ named, what }: { named: NamedChain; what: Quantity }): VNode | null {
  const store = useStore();
  const { language } = useWords();
  const own = useMessages(pinWords);
  const pinned = pinOf(store);
  if (pinned === undefined) return null;
  if (pinned.key === named.key)
    return what === "cost" ? <small class="difference">{own.pinned}</small> : <small class="difference">{"\u00a0"}</small>;
  const values: Record<Quantity, (of: NamedChain) => number> = {
    cost: ({ chain }) => costOf(chain, store.measure.value),
    days: ({ chain }) => chain.time.days,
    co2e: ({ chain }) => chain.co2eKg,
  };
  const value = Number((values[what](named) - values[what](pinned)).toFixed(3));
  const shown = what === "days" ? fixed(value, 1, language) : whole(value, language);
  const side = value < 0 ? "better" : "worse";
  return (
    <small class={`difference ${value === 0 ? "" : side}`}>
      <data value={value} data-of={`${what}-difference`}>
        {value === 0 ? own.same : `${own.difference[what](value > 0 ? `+${shown}` : shown)} ${own[what][side]}`}
      </data>
    </small>
  );
}
