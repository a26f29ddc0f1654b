import type { VNode } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { FigureRow } from "../../state/data-rows.ts";
import { figureChange, placeOf } from "../../state/adjustments.ts";
import { readNumber } from "./read-number.ts";
import { useData } from "./use-data.ts";

/** Field to change one figure: its unit beside it, low and high at hand, told when outside the range of the data. */
export function ChangeFigure({ row }: { row: FigureRow }): VNode {
  const { store, data, w, say, number } = useData();
  const changed = data.changed.value.get(row.address);
  const value = changed ?? row.value;
  const [typed, setTyped] = useState<string>();
  useEffect(() => setTyped(undefined), [row.address, value]);

  const set = (next: number) => {
    const own = figureChange(row.address, next);
    const others = store.adjustments.value.filter((one) => placeOf(one) !== placeOf(own));
    // A change of several figures at once keeps standing for the others: what is said of this one comes after it.
    if (data.changedBy(others).has(row.address)) store.adjust.replace([...others, own]);
    else if (next === row.value) store.adjust.reset([placeOf(own)]);
    else store.adjust.set(own);
    setTyped(undefined);
  };
  const wanted = typed === undefined ? value : readNumber(typed);
  const error = wanted === undefined ? w.notNumber : wanted < 0 && row.low >= 0 && row.value >= 0 ? w.negative : undefined;
  const isOutside = error === undefined && wanted !== undefined && row.low !== row.high && (wanted < row.low || wanted > row.high);
  const hint = error ?? (isOutside ? w.outside(number(row.low), number(row.high)) : undefined);
  return (
    <form
      class="change-figure"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (error === undefined && wanted !== undefined && typed !== undefined) set(wanted);
      }}
    >
      <div class={`field${error === undefined ? "" : " has-error"}`}>
        <label for="change">{w.change}</label>
        <div class="change-input">
          <input
            id="change"
            inputMode="decimal"
            autocomplete="off"
            value={typed ?? String(value)}
            aria-invalid={error !== undefined}
            {...(hint === undefined ? {} : { "aria-describedby": "change-hint" })}
            onInput={(event) => setTyped(event.currentTarget.value)}
          />
          <span class="change-unit">{say(row.unit)}</span>
          <button type="submit" class="plain-button main-button" disabled={error !== undefined || typed === undefined || wanted === value}>
            {w.apply}
          </button>
        </div>
        {hint !== undefined && (
          <p id="change-hint" class={error === undefined ? "change-outside" : "field-error"} role="status">
            {hint}
          </p>
        )}
      </div>
      <div class="change-quick">
        {row.low !== row.value && (
          <button type="button" class="plain-button" disabled={value === row.low} onClick={() => set(row.low)}>
            {w.takeLow(number(row.low))}
          </button>
        )}
        {row.high !== row.value && (
          <button type="button" class="plain-button" disabled={value === row.high} onClick={() => set(row.high)}>
            {w.takeHigh(number(row.high))}
          </button>
        )}
        {changed !== undefined && (
          <button type="button" class="plain-button" onClick={() => set(row.value)}>
            {w.takeBack(number(row.value))}
          </button>
        )}
      </div>
    </form>
  );
}
