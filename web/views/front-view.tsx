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
import { corridorName } from "./names.ts";
import { PinButton } from "./pinned.tsx";
import { PictureButton } from "./takeaway-picture.tsx";
import { useSize } from "./use-size.ts";

/** A press that moves less than this is a click. */
const leastDrag = 5;

/** The cost–time chart with its table. Pointing shows a chain everywhere, a click pins it, a double click opens it, a drag keeps what lies inside. */
export function FrontView({ shipment, answered }: { shipment: ShipmentResult; answered: Answered }): VNode {
  const store = useStore();
  const words = useWords();
  const { m, language } = words;
  const own = useMessages(brushWords);
  const frame = useRef<HTMLDivElement>(null);
  const pressed = useRef<[number, number] | undefined>(undefined);
  const [dragged, setDragged] = useState<Limits>();
  const { width, height } = useSize(frame, { width: 560, height: 320 });
  const measure = store.measure.value;
  const layout = useMemo(
    () => frontLayout(shipment, answered.chains, measure, width, height),
    [shipment, answered, measure, width, height],
  );
  const shown = store.shown.value?.key ?? "";
  const at = (event: MouseEvent): [number, number] => {
    const box = frame.current?.getBoundingClientRect();
    return [event.clientX - (box?.left ?? 0), event.clientY - (box?.top ?? 0)];
  };
  const press = (event: PointerEvent) => {
    // A finger scrolls the page; it has the number fields.
    if (event.pointerType === "touch" || event.button !== 0) return;
    pressed.current = at(event);
    frame.current?.setPointerCapture(event.pointerId);
  };
  const move = (event: PointerEvent) => {
    const from = pressed.current;
    const to = at(event);
    if (from !== undefined && (dragged !== undefined || Math.hypot(to[0] - from[0], to[1] - from[1]) >= leastDrag))
      setDragged(limitsOf(layout, from, to));
    else store.hovered.value = markAt(layout, ...to)?.key ?? "";
  };
  const release = () => {
    pressed.current = undefined;
    if (dragged === undefined) return;
    store.brush.value = writeLimits(dragged);
    setDragged(undefined);
    isDragEnd.current = true;
  };
  // The click that ends a drag is none.
  const isDragEnd = useRef(false);
  const click = (event: MouseEvent) => {
    if (isDragEnd.current) {
      isDragEnd.current = false;
      return;
    }
    const mark = markAt(layout, ...at(event));
    if (mark?.named !== undefined) keepInPlace(frame.current, () => store.pin(mark.key));
  };
  const present = shipment.options.filter((o) => o.chains.length > 0).map((o) => o.option);
  const rows = layout.marks.toSorted((a, b) => a.cny - b.cny);
  const chartWords = {
    label: m.front.label(layout.marks.length),
    x: m.front.x,
    y: m.front.y[measure],
    due: m.front.due,
    option: (option: (typeof present)[number]) => optionWords[option][language],
    cost: (cny: number) => whole(cny, language),
    days: (days: number) => decimal(days, 1, language),
  };
  const current = rows.find((mark) => mark.key === shown);
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
      <details class="front-table">
        <summary>{m.front.table}</summary>
        <div class="scroll" tabIndex={0} role="region" aria-label={m.front.heading}>
          <table>
            <thead>
              <tr>
                <th scope="col">{m.table.option}</th>
                <th scope="col" class="number">
                  {m.front.y[measure]}
                </th>
                <th scope="col" class="number">
                  {m.front.x}
                </th>
                <th scope="col" class="number">{`${m.table.co2e} kg`}</th>
                <th scope="col">{m.front.onFront}</th>
                <th scope="col">{own.pinColumn}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((mark) => (
                <tr key={mark.key} class={store.within.value?.has(mark.key) === false ? "outside" : ""}>
                  <th scope="row">
                    <button
                      type="button"
                      class="row-button"
                      onClick={() => (store.chain.value = mark.key)}
                      onFocus={() => (store.hovered.value = mark.key)}
                      onBlur={() => (store.hovered.value = "")}
                    >
                      {[optionWords[mark.point.option][language], corridorName(store.catalogue.value, mark.point.corridor, words)].join(
                        m.dot,
                      )}
                    </button>
                  </th>
                  <td class="number">{whole(mark.cny, language)}</td>
                  <td class="number">{fixed(mark.point.days, 2, language)}</td>
                  <td class="number">{whole(mark.point.co2eKg, language)}</td>
                  <td>{mark.point.onFront ? "✓" : ""}</td>
                  <td>{mark.named !== undefined && <PinButton named={mark.named} />}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </section>
  );
}
