import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { MenuButton } from "../takeaway-menu.tsx";
import { usePlan } from "./use-plan.ts";

const exporters = () => import("../../export/plan-files.ts");
const kinds = ["json", "csv", "xlsx"] as const;

/** The plan as files: the scenario, all flows, a workbook. */
export function PlanTakeAway(): VNode | null {
  const page = usePlan();
  const { state, w, language, say, place, corridor, cargo } = page;
  const [note, setNote] = useState<{ text: string; isBad: boolean }>();
  const view = state.shown.value;
  if (view === undefined) return null;
  const onPick = (id: string) => {
    const kind = kinds.find((known) => known === id);
    if (kind === undefined) return;
    setNote(undefined);
    Promise.all([exporters(), state.scenario()])
      .then(([{ takePlanFile }, scenario]) =>
        takePlanFile(kind, { view, scenario, language, words: w, names: { say, place, corridor, cargo } }),
      )
      .then(
        (name) => setNote({ text: w.take.saved(name), isBad: false }),
        () => setNote({ text: w.take.failed, isBad: true }),
      );
  };
  return (
    <div class="takeaway">
      <MenuButton
        class="takeaway-button"
        onPick={onPick}
        onNear={() => void exporters().catch(() => undefined)}
        groups={[
          {
            title: w.take.title,
            items: [
              { id: "json", label: w.take.scenario, detail: w.take.scenarioWhat },
              { id: "csv", label: w.take.csv, detail: w.take.csvWhat },
              { id: "xlsx", label: w.take.xlsx, detail: w.take.xlsxWhat },
            ],
          },
        ]}
      >
        {w.take.button}
      </MenuButton>
      <div class="takeaway-note" role="status">
        {note !== undefined && <p class={note.isBad ? "late" : ""}>{note.text}</p>}
      </div>
    </div>
  );
}
