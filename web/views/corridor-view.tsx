import "../styles/corridor.css";
import type { VNode } from "preact";
import { useMemo, useRef, useState } from "preact/hooks";
import { optionWords } from "../../src/report/index.ts";
import { corridorChart } from "../charts/corridor.tsx";
import { type Corner, cornerAt, cornersOf, corridorLayout } from "../charts/corridor-layout.ts";
import { corridorWords } from "../i18n/corridor.ts";
import { decimal, fixed, whole } from "../i18n/format.ts";
import { axes } from "../state/address.ts";
import type { NamedChain } from "../state/chains.ts";
import { chainName, comparedChains } from "./compared.ts";
import { useMessages, useStore, useWords } from "./context.ts";
import { placeName } from "./names.ts";
import { Reader } from "./reader.tsx";
import { PictureButton } from "./takeaway-picture.tsx";
import { useSize } from "./use-size.ts";

/** Corners at a place, with their numbers: what is read one by one. */
const stopsOf = (corners: readonly Corner[]): number[] => corners.flatMap((corner, i) => (corner.place === undefined ? [] : [i]));

function Table({ chains }: { chains: readonly NamedChain[] }): VNode {
  const store = useStore();
  const words = useWords();
  const own = useMessages(corridorWords);
  const { columns } = own;
  const { language } = words;
  const measure = store.measure.value;
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={[own.heading, own.table].join(words.m.dot)}>
      <table>
        <thead>
          <tr>
            <th scope="col">{columns.place}</th>
            {(["days", "km", "cny"] as const).map((key) => (
              <th key={key} scope="col" class="number">
                {columns[key]}
              </th>
            ))}
          </tr>
        </thead>
        {chains.map((named) => {
          const corners = cornersOf(named.chain, measure);
          return (
            <tbody key={named.key} data-key={named.key}>
              <tr>
                <th scope="rowgroup" colSpan={4} class="group-head">
                  {chainName(store, named, words)}
                </th>
              </tr>
              {stopsOf(corners).map((i) => {
                const corner = corners[i]!;
                return (
                  <tr key={i}>
                    <td>{corner.role === "whole" ? own.whole : placeName(store.catalogue.value, corner.place ?? "", words)}</td>
                    <td class="number">{fixed(corner.minutes / 1440, 1, language)}</td>
                    <td class="number">{whole(corner.km, language)}</td>
                    <td class="number">
                      <data value={corner.cny.toFixed(2)}>{whole(corner.cny, language)}</data>
                    </td>
                  </tr>
                );
              })}
            </tbody>
          );
        })}
      </table>
    </div>
  );
}

/** The time–cost–distance chart with its reader and table. */
export function CorridorView(): VNode | null {
  const store = useStore();
  const words = useWords();
  const own = useMessages(corridorWords);
  const { language } = words;
  const frame = useRef<HTMLDivElement>(null);
  const { width, height } = useSize(frame, { width: 720, height: 340 });
  const [read, setRead] = useState<{ key: string; corner: number }>();
  const [isOpen, setOpen] = useState(false);
  const shown = store.shown.value;
  const all = store.answered.value?.chains;
  const measure = store.measure.value;
  const axis = store.axis.value;
  const pinned = store.pinned.value;
  const catalogue = store.catalogue.value;
  const compared = comparedChains(store);
  const keys = compared.map((named) => named.key).join(" ");
  const layout = useMemo(
    () =>
      shown === undefined || all === undefined
        ? undefined
        : corridorLayout({
            shown,
            chains: compared,
            all,
            axis,
            measure,
            width,
            height,
            place: (id) => placeName(catalogue, id, words),
            option: ({ option, key }) => (key === pinned ? own.pinned(optionWords[option][language]) : optionWords[option][language]),
          }),
    [shown, all, keys, pinned, axis, measure, width, height, language, catalogue],
  );
  if (layout === undefined || shown === undefined) return null;
  const current = layout.traces.at(-1)!;
  const stops = stopsOf(current.corners);
  const corner = read?.key === shown.key ? current.corners[read.corner] : undefined;
  const text =
    corner === undefined
      ? chainName(store, shown, words)
      : own.reading(
          chainName(store, shown, words),
          corner.role === "whole" ? own.whole : placeName(catalogue, corner.place ?? "", words),
          fixed(corner.minutes / 1440, 1, language),
          whole(corner.km, language),
          whole(corner.cny, language),
        );
  const leave = () => {
    setRead(undefined);
    store.hovered.value = "";
  };
  const go = (named: NamedChain, stop: number) => {
    setRead({ key: named.key, corner: stop });
    store.hovered.value = named.key;
  };
  return (
    <section class="panel corridor-panel" aria-labelledby="corridor-heading">
      <div class="panel-head">
        <h2 id="corridor-heading">
          {own.heading} <small>{own.y[measure]}</small>
        </h2>
        <div class="panel-tools">
          <div class="switch" role="group" aria-label={own.axis}>
            {axes.map((item) => (
              <button key={item} type="button" aria-pressed={axis === item} onClick={() => (store.axis.value = item)}>
                {own.axes[item]}
              </button>
            ))}
          </div>
          <PictureButton part="corridor" title={own.heading} note={own.note} />
        </div>
      </div>
      <div ref={frame} class="corridor-place">
        <Reader
          class="corridor-frame"
          label={own.reader}
          hint={own.readerHint}
          text={text}
          count={stops.length}
          at={corner === undefined ? -1 : stops.indexOf(read?.corner ?? -1)}
          onStep={(at) => go(shown, stops[at] ?? 0)}
          onTurn={(by) => {
            const next = compared[compared.findIndex((named) => named.key === shown.key) + by];
            if (next !== undefined) go(next, 0);
          }}
          onOpen={() => store.toggle(shown.key)}
          onPoint={(x, y) => {
            const found = cornerAt(layout, x, y);
            if (found === undefined) leave();
            else go(found.trace.named, found.corner);
          }}
          onPick={() => read !== undefined && store.pin(read.key)}
          onLeave={leave}
        >
          {corridorChart(
            layout,
            { pinned, within: store.within.value, read },
            {
              label: own.label(layout.traces.length),
              x: own.x[axis],
              cost: (cny) => whole(cny, language),
              along: (value) => (axis === "days" ? decimal(value, 1, language) : whole(value, language)),
            },
          )}
        </Reader>
      </div>
      <p class="reading-line">{text}</p>
      <ul class="legend">
        <li>
          <svg width="12" height="12" aria-hidden="true">
            <circle class="trace-stop" cx="6" cy="6" r="3" />
          </svg>
          {own.stops.hub}
        </li>
        <li>
          <svg width="12" height="12" aria-hidden="true">
            <path class="trace-stop border" transform="translate(6,6)" d="M0,-4.5L4.5,0L0,4.5L-4.5,0Z" />
          </svg>
          {own.stops.border}
        </li>
      </ul>
      <p class="note">{own.note}</p>
      <details class="front-table" open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>{own.table}</summary>
        {isOpen && <Table chains={compared} />}
      </details>
    </section>
  );
}
