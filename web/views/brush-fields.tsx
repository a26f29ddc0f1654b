import type { VNode } from "preact";
import { brushWords } from "../i18n/brush.ts";
import { type Limits, readLimits, writeLimits } from "../state/limits.ts";
import { useMessages, useStore } from "./context.ts";

const greatest = 9_999_999;
const ends = ["least", "most"] as const;

/** The brush for the keyboard: the limits as numbers, how many chains fit, and the way out. */
export function BrushFields({ count }: { count: number }): VNode {
  const store = useStore();
  const own = useMessages(brushWords);
  const limits = readLimits(store.brush.value);
  const within = store.within.value;
  const set = (what: keyof Limits, end: (typeof ends)[number], typed: string) => {
    const value = Number(typed);
    const { [end]: _, ...rest } = limits[what];
    const next =
      typed === "" || !Number.isFinite(value) ? rest : { ...rest, [end]: Number(Math.min(Math.max(value, 0), greatest).toFixed(2)) };
    store.brush.value = writeLimits({ ...limits, [what]: next });
  };
  return (
    <fieldset class="brush-fields">
      <legend class="visually-hidden">{own.legend}</legend>
      {(["days", "cny"] as const).map((what) => (
        <span key={what} class={`brush-pair brush-${what}`}>
          <span>{own[what]}</span>
          {ends.map((end) => (
            <>
              {end === "most" && <span>{own.to}</span>}
              <input
                key={end}
                type="number"
                min="0"
                step={what === "days" ? "0.1" : "10"}
                aria-label={own[end](own[what])}
                value={limits[what][end] ?? ""}
                onChange={(event) => set(what, end, event.currentTarget.value)}
              />
            </>
          ))}
          <span>{own.units[what]}</span>
        </span>
      ))}
      <span class="brush-state">
        <span role="status">{within === undefined ? "" : own.kept(within.size, count)}</span>
        <button type="button" disabled={within === undefined} onClick={() => (store.brush.value = "")}>
          {own.clear}
        </button>
      </span>
    </fieldset>
  );
}
