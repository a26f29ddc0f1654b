import "../styles/timeline.css";
import type { VNode } from "preact";
import { useMemo, useRef, useState } from "preact/hooks";
import { modeWords, operationWords, optionWords, timeWords } from "../../src/report/index.ts";
import type { LegElement } from "../../src/routing/index.ts";
import { type Span, laterDepartures, spanKinds, spansOf, stampAt } from "../charts/journey.ts";
import { shorten } from "../charts/labels.ts";
import { timelineChart } from "../charts/timeline.tsx";
import { type TimelineRow, barAt, timelineLayout } from "../charts/timeline-layout.ts";
import { date, decimal, moment, offset } from "../i18n/format.ts";
import { timelineWords } from "../i18n/timeline.ts";
import type { NamedChain } from "../state/chains.ts";
import type { Store } from "../state/store.ts";
import { duration } from "./chain-detail.tsx";
import { chainName, comparedChains } from "./compared.ts";
import { type Words, useMessages, useStore, useWords } from "./context.ts";
import { placeName } from "./names.ts";
import { Reader } from "./reader.tsx";
import { PictureButton } from "./takeaway-picture.tsx";
import { useSize } from "./use-size.ts";
import { modes } from "./words.ts";

type Own = (typeof timelineWords)["zh"];

/** What a stretch is: the mode of a run, the kind of a clearance, the operation's own name, else what the time is spent on. */
function nameOf(span: Span, named: NamedChain, { language, t }: Words): string {
  const element = named.chain.elements[span.element];
  if (span.mode !== undefined) return modeWords[span.mode][language];
  if (span.what !== "operation" || element?.kind !== "operation") return timeWords[span.what][language];
  return span.kind === "clearance" ? operationWords[element.what][language] : t(element.name);
}

/** What a stretch is, where, from when to when in local time, and how long. */
function describe(span: Span, named: NamedChain, store: Store, words: Words, own: Own) {
  const { language } = words;
  const place = (id: string) => placeName(store.catalogue.value, id, words);
  const local = (minute: number, at: number) => {
    const stamp = stampAt(minute, at);
    return own.local(moment(stamp, language), offset(stamp));
  };
  return {
    what: nameOf(span, named, words),
    where: span.toPlace === undefined ? place(span.at) : `${place(span.at)} → ${place(span.toPlace)}`,
    from: local(span.from, span.fromOffset),
    to: local(span.to, span.toOffset),
    time: duration(span.to - span.from, words),
  };
}

/** The main leg's later departures, and what taking one would mean. */
function Missed({ named }: { named: NamedChain }): VNode {
  const words = useWords();
  const own = useMessages(timelineWords);
  const { language } = words;
  const main = named.chain.elements.find((element): element is LegElement => element.kind === "leg" && element.main);
  const later = laterDepartures(named.chain);
  const text = (item: (typeof later)[number]) =>
    [
      own.later(date(item.departure, language, false), decimal(item.days, 1, language)),
      item.arrival === undefined ? own.laterOpen : own.laterArrival(date(item.arrival, language, false)),
      ...(item.slackDays === undefined
        ? []
        : [own.slack[item.slackDays < 0 ? "late" : "early"](decimal(Math.abs(item.slackDays), 1, language))]),
    ].join(words.m.comma);
  return (
    <div class="missed">
      {main?.mode === "road" && later.length === 0 && <p>{own.onCall}</p>}
      {main !== undefined && (main.mode !== "road" || later.length > 0) && (
        <>
          <h3>{own.missed(date(main.departure, language, false))}</h3>
          {later.length === 0 ? (
            <p>{own.noLater}</p>
          ) : (
            <ol>
              {later.map((item) => (
                <li key={item.departure} class={(item.slackDays ?? 0) < 0 ? "late" : ""}>
                  {text(item)}
                </li>
              ))}
            </ol>
          )}
        </>
      )}
    </div>
  );
}

function Legend({ chains }: { chains: readonly NamedChain[] }): VNode {
  const { language } = useWords();
  const own = useMessages(timelineWords);
  const used = new Set(chains.flatMap(({ chain }) => chain.elements.flatMap((e) => (e.kind === "leg" ? [e.mode] : []))));
  const swatch = (kind: string, attributes: Record<string, string>) => (
    <svg width="22" height="12" aria-hidden="true">
      <rect class={`span ${kind}`} x="1" y="2" width="20" height="8" {...attributes} />
    </svg>
  );
  return (
    <ul class="legend">
      {modes
        .filter((mode) => used.has(mode))
        .map((mode) => (
          <li key={mode}>
            {swatch(`span-move mode-${mode}`, {})}
            {modeWords[mode][language]}
          </li>
        ))}
      {spanKinds.map(
        (kind) =>
          kind !== "move" && (
            <li key={kind}>
              {swatch(`span-${kind}`, kind === "cut-off" ? { fill: "url(#hatch)" } : {})}
              {own.kinds[kind]}
            </li>
          ),
      )}
      {(["cut-off", "later"] as const).map((what) => (
        <li key={what}>
          <svg width="12" height="12" aria-hidden="true">
            <path class={`tick tick-${what}`} transform="translate(6,4)" d="M0,-3L4.5,5L-4.5,5Z" />
          </svg>
          {own.ticks[what]}
        </li>
      ))}
      <li>
        <svg class="weekends" width="14" height="12" aria-hidden="true">
          <rect x="1" y="1" width="12" height="10" />
        </svg>
        {own.weekend}
      </li>
      <li>
        <svg class="holidays" width="14" height="12" aria-hidden="true">
          <rect x="1" y="5" width="12" height="3" />
        </svg>
        {own.holiday}
      </li>
    </ul>
  );
}

function Table({ chains }: { chains: readonly NamedChain[] }): VNode {
  const store = useStore();
  const words = useWords();
  const own = useMessages(timelineWords);
  const { columns } = own;
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={[own.heading, own.table].join(words.m.dot)}>
      <table>
        <thead>
          <tr>
            <th scope="col">{columns.what}</th>
            <th scope="col">{columns.where}</th>
            <th scope="col">{columns.from}</th>
            <th scope="col">{columns.to}</th>
            <th scope="col" class="number">
              {columns.time}
            </th>
          </tr>
        </thead>
        {chains.map((named) => (
          <tbody key={named.key} data-key={named.key}>
            <tr>
              <th scope="rowgroup" colSpan={5} class="group-head">
                {chainName(store, named, words)}
              </th>
            </tr>
            {spansOf(named.chain).map((span, i) => {
              const cell = describe(span, named, store, words, own);
              return (
                <tr key={i}>
                  <td>{cell.what}</td>
                  <td>{cell.where}</td>
                  <td>
                    <time dateTime={stampAt(span.from, span.fromOffset)}>{cell.from}</time>
                  </td>
                  <td>
                    <time dateTime={stampAt(span.to, span.toOffset)}>{cell.to}</time>
                  </td>
                  <td class="number">{cell.time}</td>
                </tr>
              );
            })}
          </tbody>
        ))}
      </table>
    </div>
  );
}

/** Chains on a calendar: the shown one large with places, cut-offs and later departures, the best of each option below it. */
export function TimelineView(): VNode | null {
  const store = useStore();
  const words = useWords();
  const own = useMessages(timelineWords);
  const { m, language } = words;
  const frame = useRef<HTMLDivElement>(null);
  const { width } = useSize(frame, { width: 720, height: 300 });
  const [read, setRead] = useState({ row: -1, bar: -1 });
  const [isOpen, setOpen] = useState(false);
  const shown = store.shown.value;
  const all = store.answered.value?.chains;
  const catalogue = store.catalogue.value;
  const compared = comparedChains(store);
  const keys = compared.map((named) => named.key).join(" ");
  const layout = useMemo(
    () =>
      shown === undefined || all === undefined
        ? undefined
        : timelineLayout({
            shown,
            rows: compared,
            all,
            width,
            place: (id) => placeName(catalogue, id, words),
            duration: (span) =>
              span.to - span.from < 1440 ? "" : own.duration(nameOf(span, shown, words), duration(span.to - span.from, words)),
          }),
    [shown, all, keys, width, language, catalogue],
  );
  if (layout === undefined || shown === undefined) return null;
  const row = layout.rows[read.row];
  const bar = row?.bars[read.bar];
  const fullName = (named: NamedChain) =>
    [chainName(store, named, words), m.table.via(placeName(catalogue, named.chain.gateway, words))].join(m.dot);
  const cell = bar === undefined || row === undefined ? undefined : describe(bar.span, row.named, store, words, own);
  const text = cell === undefined ? fullName(row?.named ?? shown) : own.span(cell.what, cell.where, cell.from, cell.to, cell.time);
  const arrival = (r: TimelineRow) => date(r.named.chain.time.arrivalDate, language, false);
  const rowText = (r: TimelineRow) =>
    r.isLarge
      ? shorten(fullName(r.named), width - layout.plot.left - (layout.isNarrow ? 90 : 150), 14)
      : layout.isNarrow
        ? shorten(fullName(r.named), width - 100, 12)
        : optionWords[r.named.option][language];
  const turn = (to: number) => {
    const target = layout.rows[to];
    if (target === undefined) return;
    setRead({ row: to, bar: Math.min(Math.max(read.bar, 0), target.bars.length - 1) });
    store.hovered.value = target.named.key;
  };
  const leave = () => {
    setRead({ row: -1, bar: -1 });
    store.hovered.value = "";
  };
  const plantTime = stampAt(0, layout.offset);
  return (
    <section class="panel timeline-panel" aria-labelledby="timeline-heading">
      <div class="panel-head">
        <h2 id="timeline-heading">{own.heading}</h2>
        <PictureButton part="timeline" title={own.heading} note={own.note(offset(plantTime))} />
      </div>
      <div class="chart-room" ref={frame}>
        <Reader
          class="timeline-frame"
          label={own.reader}
          hint={own.readerHint}
          text={text}
          count={row?.bars.length ?? layout.rows[0]!.bars.length}
          at={read.bar}
          onStep={(at) => {
            const to = Math.max(read.row, 0);
            setRead({ row: to, bar: at });
            store.hovered.value = layout.rows[to]!.named.key;
          }}
          onTurn={(by) => turn(Math.max(read.row, 0) + by)}
          onOpen={() => store.toggle((row?.named ?? shown).key)}
          onPoint={(x, y) => {
            const found = barAt(layout, x, y);
            if (found === undefined) return leave();
            if (found.row !== read.row || found.bar !== read.bar) setRead(found);
            store.hovered.value = layout.rows[found.row]!.named.key;
          }}
          onPick={() => undefined}
          onLeave={leave}
        >
          {timelineChart(
            layout,
            { pinned: store.pinned.value, shown: shown.key, within: store.within.value, row: read.row, bar: read.bar },
            {
              label: own.label(layout.rows.length - 1, fullName(shown)),
              due: own.due,
              row: rowText,
              arrival: (r) => (r.isLarge && !layout.isNarrow ? own.arrives(arrival(r)) : arrival(r)),
              month: (time, isFirst) => monthText(time, isFirst, language),
            },
          )}
        </Reader>
      </div>
      <p class="reading-line">{text}</p>
      <Legend chains={[shown, ...compared]} />
      <Missed named={shown} />
      <p class="note">{own.note(offset(plantTime))}</p>
      <details class="front-table" open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>{own.table}</summary>
        {isOpen && <Table chains={compared} />}
      </details>
    </section>
  );
}

/** `2027年3月`, then `4月`; the year again in January. */
function monthText(time: number, isFirst: boolean, language: Words["language"]): string {
  const stamp = new Date(time).toISOString();
  const hasYear = isFirst || stamp.slice(5, 7) === "01";
  const text = date(`${stamp.slice(0, 8)}01`, language, hasYear);
  return language === "zh" ? text.replace(/1日$/, "") : text.replace(/^1 /, "");
}
