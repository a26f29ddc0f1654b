import type { VNode } from "preact";
import { scenarioOf } from "../../state/shipment.ts";
import { useData } from "./use-data.ts";

/** Offers a text as a file to the reader; it never leaves the machine. */
function download(name: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** How much is changed; undo, redo, take all back, save as a scenario that the command line runs. */
export function ChangesBar(): VNode {
  const { store, w } = useData();
  const { adjust, adjustments, form } = store;
  const count = adjustments.value.length;
  const save = () => download("yuche-scenario.json", `${JSON.stringify(scenarioOf(form.value, adjust.kept.value), null, 2)}\n`);
  return (
    <div class="changes-bar" role="group" aria-label={w.moves.heading}>
      <p role="status" class={count === 0 ? "quiet" : "changed-note"}>
        {count === 0 ? w.changes.none : w.changes.count(count)}
      </p>
      <button type="button" class="plain-button" disabled={!adjust.canUndo.value} onClick={() => adjust.undo()}>
        {w.changes.undo}
      </button>
      <button type="button" class="plain-button" disabled={!adjust.canRedo.value} onClick={() => adjust.redo()}>
        {w.changes.redo}
      </button>
      <button type="button" class="plain-button" disabled={count === 0} onClick={() => adjust.replace([])}>
        {w.changes.reset}
      </button>
      <button type="button" class="plain-button" onClick={save}>
        {w.changes.save}
      </button>
    </div>
  );
}
