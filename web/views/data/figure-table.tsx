import type { VNode } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { FigureRow } from "../../state/data-rows.ts";
import { decimal, whole } from "../../i18n/format.ts";
import { Original } from "../original.tsx";
import { BasisMark } from "./basis-mark.tsx";
import { type DataPage, placeInWords, useData } from "./use-data.ts";
import { webAddress } from "../figure-view.tsx";

/** Rows drawn beyond each edge of the visible part. */
const beyond = 6;

/** The first source in a cell: title, publisher and year; all of them stand with the opened figure. */
function SourceCell({ row, page }: { row: FigureRow; page: DataPage }): VNode {
  const { store, w, m } = page;
  const id = row.sources[0];
  const source = id === undefined ? undefined : store.sources.value?.get(id);
  if (id === undefined) return <span class="quiet">{w.noSource}</span>;
  const href = webAddress(source?.address);
  const title = source === undefined ? id : source.title || w.untitled;
  const facts = [source?.publisher, source?.year === null ? undefined : source?.year]
    .filter((fact) => fact !== undefined && fact !== "")
    .join(m.dot);
  return (
    <>
      <span class="clip">
        {href === undefined ? (
          <Original text={title} />
        ) : (
          // Reached by keyboard in the opened figure: hundreds of stops on the way through the table help nobody.
          <a href={href} target="_blank" rel="noopener noreferrer" tabIndex={-1} title={title}>
            <Original text={title} />
          </a>
        )}
      </span>
      <small class="clip">
        {[facts, row.sources.length > 1 ? w.more(row.sources.length - 1) : ""].filter((text) => text !== "").join(m.dot)}
      </small>
    </>
  );
}

function Row({ row, index, isActive, page }: { row: FigureRow; index: number; isActive: boolean; page: DataPage }): VNode {
  const { store, data, w, say, number, language } = page;
  const changed = data.changed.value.get(row.address);
  const influence = data.influence.value.get(row.address);
  const isOpen = data.opened.value === row;
  const value = changed ?? row.value;
  return (
    <tr
      class={`${isOpen ? "is-open" : ""}${changed === undefined ? "" : " is-changed"}`}
      aria-rowindex={index + 2}
      data-address={row.address}
      onClick={(event) => {
        if (!(event.target as Element).closest("a")) store.see.value = row.address;
      }}
    >
      <th scope="row" class="cell-figure">
        <button type="button" class="row-open" tabIndex={isActive ? 0 : -1} aria-pressed={isOpen} data-index={index}>
          {say(row.what)}
        </button>
        <small class="clip" title={placeInWords(row, page)}>
          {placeInWords(row, page)}
        </small>
      </th>
      <td class="cell-value number">
        <data value={value}>{number(value)}</data>
        <small>{say(row.unit)}</small>
      </td>
      <td class="cell-range number">
        {row.low === row.high ? <span class="quiet">{w.noRange}</span> : `${number(row.low)}–${number(row.high)}`}
        {changed !== undefined && <small class="changed-note">{w.was(number(row.value))}</small>}
      </td>
      <td class="cell-basis">
        <BasisMark basis={changed === undefined ? row.basis : "stated"} />
      </td>
      <td class="cell-influence number">
        {influence !== undefined && (
          <>
            {influence.cny >= 0.5 && <span>{w.money(whole(influence.cny, language))}</span>}
            {influence.days >= 0.05 && <small>{w.days(decimal(influence.days, 1, language))}</small>}
          </>
        )}
      </td>
      <td class="cell-users number">{whole(row.uses, language)}</td>
      <td class="cell-source">
        <SourceCell row={row} page={page} />
      </td>
    </tr>
  );
}

/**
 * The table of figures. Only the rows in sight are in the page, so 2,500 are as quick as 25; all rows have one height. Arrow keys, Page Up and Down, Home
 * and End move through it, Enter opens.
 */
export function FigureTable(): VNode {
  const page = useData();
  const { data, w } = page;
  const rows = data.found.value;
  const opened = data.opened.value;
  const frame = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ top: 0, height: 600 });
  const [rowHeight, setRowHeight] = useState(54);
  const [active, setActive] = useState(0);
  const wantsFocus = useRef(false);

  const current = Math.min(active, Math.max(0, rows.length - 1));
  const first = Math.max(0, Math.min(Math.floor(view.top / rowHeight), rows.length - 1) - beyond);
  const last = Math.min(rows.length, Math.ceil((view.top + view.height) / rowHeight) + beyond);

  useLayoutEffect(() => {
    const element = frame.current;
    if (element === null) return;
    const measure = () => {
      setView({ top: element.scrollTop, height: element.clientHeight });
      const row = element.querySelector<HTMLElement>("tbody tr[data-address]");
      if (row !== null && row.offsetHeight > 0) setRowHeight(row.offsetHeight);
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  /** Brings a row into sight, below the head of the table. */
  const reveal = (index: number) => {
    const element = frame.current;
    if (element === null) return;
    const head = element.querySelector("thead")?.offsetHeight ?? 0;
    const top = index * rowHeight;
    const room = element.clientHeight - head;
    if (top < element.scrollTop) element.scrollTop = top;
    else if (top + rowHeight > element.scrollTop + room) element.scrollTop = top + rowHeight - room;
    setView({ top: element.scrollTop, height: element.clientHeight });
  };

  const wasShown = useRef(rows);
  useEffect(() => {
    if (wasShown.current === rows) return;
    const at = wasShown.current[current]?.address;
    wasShown.current = rows;
    // Whoever goes through the table stays at their row when more about the figures becomes known; a new question starts at the top.
    const kept = frame.current?.contains(document.activeElement) === true ? rows.findIndex(({ address }) => address === at) : -1;
    setActive(Math.max(0, kept));
    if (kept >= 0) reveal(kept);
    else frame.current?.scrollTo({ top: 0 });
  }, [rows]);

  // With the rows, not after them: a key that follows at once would find the effect of the one before still waiting, which would take its wish for its own.
  useLayoutEffect(() => {
    if (!wantsFocus.current) return;
    wantsFocus.current = false;
    frame.current?.querySelector<HTMLElement>(`[data-index="${current}"]`)?.focus({ preventScroll: true });
  });

  // A link opens a figure far down: the table stands where it is.
  useEffect(() => {
    const index = opened === undefined ? -1 : rows.indexOf(opened);
    if (index < 0) return;
    setActive(index);
    reveal(index);
  }, [opened, rowHeight]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (rows.length === 0 || event.ctrlKey || event.altKey || event.metaKey) return;
    const pageful = Math.max(1, Math.floor(view.height / rowHeight) - 1);
    const target = {
      ArrowDown: current + 1,
      ArrowUp: current - 1,
      PageDown: current + pageful,
      PageUp: current - pageful,
      Home: 0,
      End: rows.length - 1,
    }[event.key];
    if (target === undefined) return;
    event.preventDefault();
    const next = Math.max(0, Math.min(rows.length - 1, target));
    wantsFocus.current = true;
    setActive(next);
    reveal(next);
  };

  return (
    <div
      class="figure-frame"
      ref={frame}
      onScroll={(event) => setView({ top: event.currentTarget.scrollTop, height: event.currentTarget.clientHeight })}
      onKeyDown={onKeyDown}
    >
      <table class="figure-table" aria-label={w.tableLabel} aria-rowcount={rows.length + 1}>
        <thead>
          <tr aria-rowindex={1}>
            <th scope="col" class="cell-figure">
              {w.columns.figure}
            </th>
            <th scope="col" class="cell-value number">
              {w.columns.value}
            </th>
            <th scope="col" class="cell-range number">
              {w.columns.range}
            </th>
            <th scope="col" class="cell-basis">
              {w.columns.basis}
            </th>
            <th scope="col" class="cell-influence number" title={w.influenceNote}>
              {w.columns.influence}
            </th>
            <th scope="col" class="cell-users number">
              {w.columns.users}
            </th>
            <th scope="col" class="cell-source">
              {w.columns.source}
            </th>
          </tr>
        </thead>
        <tbody>
          {first > 0 && (
            <tr class="room" aria-hidden="true">
              <td style={{ height: `${first * rowHeight}px` }} />
            </tr>
          )}
          {rows.slice(first, last).map((row, i) => (
            <Row key={row.address} row={row} index={first + i} isActive={first + i === current} page={page} />
          ))}
          {last < rows.length && (
            <tr class="room" aria-hidden="true">
              <td style={{ height: `${(rows.length - last) * rowHeight}px` }} />
            </tr>
          )}
        </tbody>
      </table>
    </div>
  );
}
