import type { VNode } from "preact";
import { type Keep, readKeep, rowBases, sorts, writeKeep } from "../../state/data-filter.ts";
import { figureKinds } from "../../state/data-rows.ts";
import { whole } from "../../i18n/format.ts";
import { BasisMark } from "./basis-mark.tsx";
import { useData } from "./use-data.ts";

/** What the table of figures shows: words, bases, kind, order; how many are left. */
export function Filters(): VNode {
  const { store, data, w, language } = useData();
  const keep = readKeep(store.keep.value);
  const set = (change: Partial<Keep>) => (store.keep.value = writeKeep({ ...keep, ...change }));
  const rows = data.rows.value;
  const hasFilter = store.find.value !== "" || writeKeep({ ...keep, sort: "influence" }) !== "";
  return (
    <div class="data-filters" role="search" aria-label={w.find}>
      <div class="field data-find">
        <label for="find">{w.find}</label>
        <input
          id="find"
          type="search"
          autocomplete="off"
          spellcheck={false}
          placeholder={w.findHint}
          value={store.find.value}
          onInput={(event) => (store.find.value = event.currentTarget.value.slice(0, 400))}
        />
      </div>
      <div class="field data-kind">
        <label for="kind">{w.kind}</label>
        <select
          id="kind"
          value={keep.kind ?? ""}
          onChange={(event) => set({ kind: figureKinds.find((kind) => kind === event.currentTarget.value) })}
        >
          <option value="">{w.allKinds}</option>
          {figureKinds
            .filter((kind) => rows.some((row) => row.kind === kind))
            .map((kind) => (
              <option key={kind} value={kind}>
                {w.kinds[kind]}
              </option>
            ))}
        </select>
      </div>
      <div class="field data-sort">
        <label for="sort">{w.sort}</label>
        <select
          id="sort"
          value={keep.sort}
          onChange={(event) => set({ sort: sorts.find((sort) => sort === event.currentTarget.value) ?? "influence" })}
        >
          {sorts.map((sort) => (
            <option key={sort} value={sort}>
              {w.sorts[sort]}
            </option>
          ))}
        </select>
      </div>
      <div class="data-chips" role="group" aria-label={w.basis}>
        {rowBases.map((basis) => {
          const isOn = keep.bases.includes(basis);
          return (
            <button
              key={basis}
              type="button"
              class="data-chip"
              aria-pressed={isOn}
              onClick={() => set({ bases: isOn ? keep.bases.filter((b) => b !== basis) : [...keep.bases, basis] })}
            >
              <BasisMark basis={basis} />
              <small>{whole(rows.filter((row) => row.basis === basis).length, language)}</small>
            </button>
          );
        })}
        <button type="button" class="data-chip" aria-pressed={keep.isUsed} onClick={() => set({ isUsed: !keep.isUsed })}>
          {w.isUsed}
        </button>
        <button type="button" class="data-chip" aria-pressed={keep.isChanged} onClick={() => set({ isChanged: !keep.isChanged })}>
          {w.isChanged}
        </button>
        <p class="data-count" role="status">
          {w.count(whole(data.found.value.length, language), whole(rows.length, language))}
        </p>
        {hasFilter && (
          <button
            type="button"
            class="link-button"
            onClick={() => ((store.find.value = ""), set({ bases: [], kind: undefined, isUsed: false, isChanged: false }))}
          >
            {w.clear}
          </button>
        )}
      </div>
    </div>
  );
}
