import { useComputed } from "@preact/signals";
import type { VNode } from "preact";
import { useEffect, useState } from "preact/hooks";
import { whatifWords } from "../i18n/whatif.ts";
import type { Store } from "../state/store.ts";
import { useMessages, useStore } from "./context.ts";
import { LazyView } from "./lazy-view.tsx";

const load = () => import("./whatif-panel.tsx").then((m) => m.WhatIfPanel);

/** Ctrl+Z and Ctrl+Shift+Z (or Ctrl+Y) step through the adjustments; in a field of text they are the field's own. */
function historyByKey(event: KeyboardEvent, { adjust }: Store): void {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
  const { target } = event;
  if (target instanceof HTMLTextAreaElement || (target instanceof HTMLInputElement && target.type !== "range")) return;
  const key = event.key.toLowerCase();
  if (key !== "z" && key !== "y") return;
  event.preventDefault();
  if (key === "y" || event.shiftKey) adjust.redo();
  else adjust.undo();
}

/** The bar of the what-ifs with its history; the sliders and switches load when it is first opened. */
export function WhatIf(): VNode {
  const store = useStore();
  const { adjust } = store;
  const w = useMessages(whatifWords);
  const count = useComputed(() => store.adjustments.value.length).value;
  const [isOpen, setOpen] = useState(count > 0);
  useEffect(() => {
    const listen = (event: KeyboardEvent) => historyByKey(event, store);
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, [store]);
  return (
    <section class="panel whatif" aria-labelledby="whatif-heading">
      <div class="whatif-bar">
        <h2 id="whatif-heading">
          <button
            type="button"
            class="whatif-toggle"
            aria-expanded={isOpen}
            aria-controls="whatif-body"
            title={isOpen ? w.close : w.open}
            onClick={() => setOpen(!isOpen)}
          >
            <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
              <path d="M4 2l4 4-4 4" />
            </svg>
            {w.heading}
          </button>
        </h2>
        <span class="whatif-state">{count === 0 ? w.hint : w.changed(count)}</span>
        <div class="whatif-tools">
          <button type="button" class="tool" disabled={!adjust.canUndo.value} onClick={() => adjust.undo()} aria-keyshortcuts="Control+Z">
            {w.undo}
          </button>
          <button
            type="button"
            class="tool"
            disabled={!adjust.canRedo.value}
            onClick={() => adjust.redo()}
            aria-keyshortcuts="Control+Shift+Z"
          >
            {w.redo}
          </button>
          <button type="button" class="tool" disabled={count === 0} onClick={() => adjust.replace([])}>
            {w.resetAll}
          </button>
        </div>
      </div>
      <div id="whatif-body" class="whatif-body" hidden={!isOpen}>
        {isOpen && <LazyView load={load} />}
      </div>
    </section>
  );
}
