import { batch } from "@preact/signals";
import type { VNode } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Problem } from "../../src/model/index.ts";
import type { Opened } from "../export/open.ts";
import { takeawayWords } from "../i18n/takeaway.ts";
import type { Preset, PresetShipment } from "../state/presets.ts";
import { useMessages, useStore, useWords } from "./context.ts";
import { ProblemList, placeTag } from "./states.tsx";

type State = { file: string } & (
  | { kind: "opened" }
  | { kind: "failed"; reason: string }
  | { kind: "choose"; preset: Preset }
  | Extract<Opened, { kind: "problems" }>
);

/** Longer names of files would fill the page. */
const shortName = (name: string) => (name.length > 60 ? `${name.slice(0, 57)}…` : name);

/** Opens a scenario file: chosen with the button, or dropped anywhere on the page. */
export function OpenFile(): VNode {
  const store = useStore();
  const words = useWords();
  const t = useMessages(takeawayWords);
  const [state, setState] = useState<State>();
  const [isOver, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);

  const place = ({ line, column, path }: Problem) => placeTag(line === undefined || column === undefined ? path : t.atLine(line, column));
  const takeUp = (preset: Preset, shipment: PresetShipment, file: string) => {
    batch(() => {
      store.adjust.replace(preset.adjustments);
      store.set(shipment.form);
    });
    setState({ kind: "opened", file });
  };
  const open = async (file: File) => {
    const name = shortName(file.name);
    try {
      const { readScenarioFile } = await import("../export/read.ts");
      const opened = await readScenarioFile(file);
      if (opened.kind === "problems") return setState({ ...opened, file: name });
      const [first, ...rest] = opened.preset.shipments;
      if (first !== undefined && rest.length === 0) takeUp(opened.preset, first, name);
      else setState({ kind: "choose", preset: opened.preset, file: name });
    } catch (error) {
      setState({ kind: "failed", file: name, reason: error instanceof Error ? error.message.slice(0, 200) : "" });
    }
  };

  useEffect(() => {
    const holdsFile = (event: DragEvent) => event.dataTransfer?.types.includes("Files") === true;
    const over = (event: DragEvent) => {
      if (!holdsFile(event)) return;
      event.preventDefault();
      setOver(true);
    };
    const leave = (event: DragEvent) => {
      if (event.relatedTarget === null) setOver(false);
    };
    const drop = (event: DragEvent) => {
      if (!holdsFile(event)) return;
      event.preventDefault();
      setOver(false);
      const file = event.dataTransfer?.files[0];
      if (file !== undefined) void open(file);
    };
    addEventListener("dragover", over);
    addEventListener("dragleave", leave);
    addEventListener("drop", drop);
    return () => {
      removeEventListener("dragover", over);
      removeEventListener("dragleave", leave);
      removeEventListener("drop", drop);
    };
  }, [store]);

  return (
    <div class="open-file">
      <button type="button" class="plain-button" onClick={() => input.current?.click()}>
        {t.open}
      </button>
      <input
        ref={input}
        type="file"
        accept=".json,application/json"
        hidden
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          // The same file may be chosen again after it was put right.
          event.currentTarget.value = "";
          if (file !== undefined) void open(file);
        }}
      />
      {isOver && <p class="drop-here">{t.drop}</p>}
      <div class="open-note" role="status">
        {state?.kind === "opened" && <p>{t.opened(state.file)}</p>}
        {state?.kind === "choose" && (
          <>
            <p>{t.choose(state.file)}</p>
            {state.preset.shipments.map((shipment) => (
              <button key={shipment.id} type="button" class="plain-button" onClick={() => takeUp(state.preset, shipment, state.file)}>
                {shipment.title === undefined ? [shipment.form.cargo, shipment.form.to].join(" → ") : words.t(shipment.title)}
              </button>
            ))}
          </>
        )}
        {(state?.kind === "problems" || state?.kind === "failed") && (
          <section class="notice notice-problem" role="alert">
            <h2>{t.notOpened(state.file)}</h2>
            {state.kind === "failed" ? <p>{state.reason}</p> : <ProblemList problems={state.problems} more={state.more} place={place} />}
            <button type="button" class="plain-button" onClick={() => setState(undefined)}>
              {t.close}
            </button>
          </section>
        )}
      </div>
    </div>
  );
}
