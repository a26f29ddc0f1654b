import type { VNode } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { decimal, whole } from "../../i18n/format.ts";
import type { FigureRow } from "../../state/data-rows.ts";
import { Original } from "../original.tsx";
import { BasisMark } from "./basis-mark.tsx";
import { ChangeFigure } from "./change-figure.tsx";
import { Moves } from "./moves.tsx";
import { rangeLine } from "./range-line.tsx";
import { SourceList } from "./source-list.tsx";
import { open, placeInWords, useData } from "./use-data.ts";

const usersFirst = 8;

function Users({ row }: { row: FigureRow }): VNode {
  const { store, data, w, name } = useData();
  const [shown, setShown] = useState(usersFirst);
  useEffect(() => setShown(usersFirst), [row.address]);
  const rest = row.owners.length - shown;
  return (
    <section>
      <h3>{w.users(row.uses)}</h3>
      <ul class="plain figure-users">
        {row.owners.slice(0, shown).map((owner) => (
          <li key={owner}>
            <button type="button" class="link-button" data-member={owner} onClick={() => open(store, owner, data)}>
              {name(owner)}
            </button>
          </li>
        ))}
      </ul>
      {rest > 0 && (
        <button type="button" class="plain-button" onClick={() => setShown(shown + 100)}>
          {w.usersMore(Math.min(100, rest))}
        </button>
      )}
    </section>
  );
}

/** One figure in full: value, range, basis, note, sources, influence, users; and the field to change it. */
export function FigureDetail({ row }: { row: FigureRow }): VNode {
  const page = useData();
  const { store, data, w, say, number, language } = page;
  const changed = data.changed.value.get(row.address);
  const influence = data.influence.value.get(row.address);
  const heading = useRef<HTMLHeadingElement>(null);
  const isFirst = useRef(true);
  // On a phone the figure takes the place of the list: whoever opened it goes with it.
  useEffect(() => {
    if (!isFirst.current || matchMedia("(max-width: 999px)").matches)
      heading.current?.focus({ preventScroll: isFirst.current && scrollY === 0 });
    isFirst.current = false;
  }, [row.address]);
  const moved =
    influence === undefined
      ? []
      : [
          influence.cny >= 0.5 ? w.money(whole(influence.cny, language)) : "",
          influence.days >= 0.05 ? w.days(decimal(influence.days, 1, language)) : "",
        ].filter((text) => text !== "");
  const range = row.low === row.high ? w.noRange : `${number(row.low)}–${number(row.high)}`;
  return (
    <article class="figure-detail" aria-labelledby="figure-heading">
      <button type="button" class="link-button detail-back" onClick={() => (store.see.value = "")}>
        ← {w.back}
      </button>
      <header>
        <h2 id="figure-heading" ref={heading} tabIndex={-1}>
          {say(row.what)}
        </h2>
        <button type="button" class="detail-close" aria-label={w.close} title={w.close} onClick={() => (store.see.value = "")}>
          ×
        </button>
        <p>{placeInWords(row, page)}</p>
        <code class="figure-address">{row.address}</code>
      </header>
      <p class="detail-value">
        <data value={changed ?? row.value}>{number(changed ?? row.value)}</data> <span>{say(row.unit)}</span>
        <BasisMark basis={changed === undefined ? row.basis : "stated"} />
      </p>
      {changed !== undefined && (
        <p class="changed-note">
          {w.was(number(row.value))} <BasisMark basis={row.basis} />
        </p>
      )}
      {row.low !== row.high &&
        rangeLine({ low: row.low, high: row.high, value: row.value, changed, label: `${w.columns.range} ${range}`, show: number })}
      {row.low === row.high && <p class="quiet">{w.noRange}</p>}
      <ChangeFigure row={row} />
      {store.adjustments.value.length > 0 && <Moves />}
      <p class="note">{moved.length === 0 ? w.noInfluence : w.influenceOf(moved.join(w.listComma))}</p>
      {row.note !== undefined && (
        <section>
          <h3>{w.note}</h3>
          <p>
            <Original text={row.note} />
          </p>
        </section>
      )}
      <section>
        <h3>{w.source}</h3>
        <SourceList ids={row.sources} />
      </section>
      <Users row={row} />
    </article>
  );
}
