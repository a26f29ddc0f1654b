import type { VNode } from "preact";
import { useMemo, useRef, useState } from "preact/hooks";
import { optionWords } from "../../src/report/index.ts";
import type { ShipmentResult } from "../../src/scenario/index.ts";
import { frontChart, markPath } from "../charts/front.tsx";
import { brushBox, frontLayout, limitsOf, markAt } from "../charts/front-layout.ts";
import { brushWords } from "../i18n/brush.ts";
import { decimal, fixed, whole } from "../i18n/format.ts";
import { type Limits, readLimits, writeLimits } from "../state/limits.ts";
import type { Answered } from "../state/store.ts";
import { BrushFields } from "./brush-fields.tsx";
import { useMessages, useStore, useWords } from "./context.ts";
import { keepInPlace } from "./keep-in-place.ts";
import { LazyView } from "./lazy-view.tsx";
import { corridorName } from "./names.ts";
import { PictureButton } from "./takeaway-picture.tsx";
import { pointIn, useSize } from "./use-size.ts";

/** Loaded when it is first opened. */
const table = () => import("./front-table.tsx").then((m) => m.FrontTable);
/** A press that moves less than this is a click. */
const leastDrag = 5;
/** A finger's drag that rises less than this limits days alone. */
const leastRise = 30;

/** The cost–time chart with its table. Pointing shows a chain everywhere, a click pins it, a double click opens it, a drag keeps what lies inside. */
export function FrontView({ shipment, answered }: { shipment: ShipmentResult; answered: Answered }): VNode {
  const store = useStore();
  const words = useWords();
  const { m, language } = words;
  const own = useMessages(brushWords);
  const frame = useRef<HTMLDivElement>(null);
  const pressed = useRef<[number, number] | undefined>(undefined);
  const [dragged, setDragged] = useState<Limits>();
  // The click that ends a drag is none.
  const isDragEnd = useRef(false);
  const [isOpen, setOpen] = useState(false);
  const { width, height } = useSize(frame, { width: 560, height: 320 });
  const measure = store.measure.value;
  const layout = useMemo(
    () => frontLayout(shipment, answered.chains, measure, width, height),
    [shipment, answered, measure, width, height],
  );
  const shown = store.shown.value?.key ?? "";
  const at = (event: MouseEvent) => pointIn(frame.current, event);
  const press = (event: PointerEvent) => {
    if (event.button !== 0) return;
    // No click follows a finger's drag.
    isDragEnd.current = false;
    pressed.current = at(event);
    frame.current?.setPointerCapture(event.pointerId);
  };
  const move = (event: PointerEvent) => {
    const from = pressed.current;
    const to = at(event);
    if (from !== undefined && (dragged !== undefined || Math.hypot(to[0] - from[0], to[1] - from[1]) >= leastDrag))
      // A finger that goes sideways is about days; up and down it scrolls the page (`touch-action`).
      setDragged({
        ...limitsOf(layout, from, to),
        ...(event.pointerType === "touch" && Math.abs(to[1] - from[1]) < leastRise && { cny: {} }),
      });
    else store.hovered.value = markAt(layout, ...to)?.key ?? "";
  };
  const release = () => {
    pressed.current = undefined;
    if (dragged === undefined) return;
    store.brush.value = writeLimits(dragged);
    setDragged(undefined);
    isDragEnd.current = true;
  };
  const click = (event: MouseEvent) => {
    if (isDragEnd.current) {
      isDragEnd.current = false;
      return;
    }
    const mark = markAt(layout, ...at(event));
    if (mark?.named !== undefined) keepInPlace(frame.current, () => store.pin(mark.key));
  };
  const present = shipment.options.filter((o) => o.chains.length > 0).map((o) => o.option);
  const chartWords = {
    label: m.front.label(layout.marks.length),
    x: m.front.x,
    y: m.front.y[measure],
    due: m.front.due,
    option: (option: (typeof present)[number]) => optionWords[option][language],
    cost: (cny: number) => whole(cny, language),
    days: (days: number) => decimal(days, 1, language),
  };
  // Stays while numbers are slid.
  const keys = useMemo(
    () => (
      <>
        <ul class="legend">
          {present.map((option) => (
            <li key={option}>
              <svg class={`option-mark option-${option}`} width="14" height="14" viewBox="-8 -8 16 16" aria-hidden="true">
                <path d={markPath(option, 90)} />
              </svg>
              {optionWords[option][language]}
            </li>
          ))}
        </ul>
        <p class="note">{[own.hint, m.front.size, m.front.line, m.front.hollow].join(m.clause)}</p>
      </>
    ),
    [present.join(), language],
  );
  const current = layout.marks.find((mark) => mark.key === shown);
  return (
    <section class="panel front-panel" aria-labelledby="front-heading">
      <div class="panel-head">
        <h2 id="front-heading">
          {m.front.heading} <small>{m.front.y[measure]}</small>
        </h2>
        <PictureButton part="front" title={m.front.heading} note={[m.front.size, m.front.line, m.front.hollow].join(m.clause)} />
      </div>
      <div
        class="front-frame"
        ref={frame}
        onPointerDown={press}
        onPointerMove={move}
        onPointerUp={release}
        onPointerCancel={() => {
          pressed.current = undefined;
          setDragged(undefined);
        }}
        onPointerLeave={() => (store.hovered.value = "")}
        onClick={click}
        onDblClick={(event) => {
          const mark = markAt(layout, ...at(event));
          if (mark?.named !== undefined) store.chain.value = mark.key;
        }}
      >
        {frontChart(layout, shown, chartWords, {
          pinned: store.pinned.value,
          within: store.within.value,
          brush: brushBox(layout, dragged ?? readLimits(store.brush.value)),
        })}
      </div>
      <p class="front-current" aria-live="off">
        {current === undefined
          ? "\u00a0"
          : m.front.point(
              optionWords[current.point.option][language],
              corridorName(store.catalogue.value, current.point.corridor, words),
              whole(current.cny, language),
              fixed(current.point.days, 1, language),
              whole(current.point.co2eKg, language),
            )}
      </p>
      <BrushFields count={answered.chains.length} />
      {keys}
      <details class="front-table" open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>{m.front.table}</summary>
        {isOpen && <LazyView load={table} given={{ marks: layout.marks }} />}
      </details>
    </section>
  );
}
