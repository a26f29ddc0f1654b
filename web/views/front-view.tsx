import type { VNode } from "preact";
import { useMemo, useRef } from "preact/hooks";
import { optionWords } from "../../src/report/index.ts";
import type { ShipmentResult } from "../../src/scenario/index.ts";
import { frontChart, markPath } from "../charts/front.tsx";
import { frontLayout, markAt } from "../charts/front-layout.ts";
import { decimal, fixed, whole } from "../i18n/format.ts";
import type { Answered } from "../state/store.ts";
import { useStore, useWords } from "./context.ts";
import { corridorName } from "./names.ts";
import { useSize } from "./use-size.ts";

/** The cost–time chart with its table. Pointing shows a chain everywhere, a click opens it. */
export function FrontView({ shipment, answered }: { shipment: ShipmentResult; answered: Answered }): VNode {
  const store = useStore();
  const words = useWords();
  const { m, language } = words;
  const frame = useRef<HTMLDivElement>(null);
  const { width, height } = useSize(frame, { width: 560, height: 320 });
  const measure = store.measure.value;
  const layout = useMemo(
    () => frontLayout(shipment, answered.chains, measure, width, height),
    [shipment, answered, measure, width, height],
  );
  const shown = store.shown.value?.key ?? "";
  const found = (event: MouseEvent) => {
    const box = frame.current?.getBoundingClientRect();
    return box === undefined ? undefined : markAt(layout, event.clientX - box.left, event.clientY - box.top);
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
      <h2 id="front-heading">
        {m.front.heading} <small>{m.front.y[measure]}</small>
      </h2>
      <div
        class="front-frame"
        ref={frame}
        onPointerMove={(event) => (store.hovered.value = found(event)?.key ?? "")}
        onPointerLeave={() => (store.hovered.value = "")}
        onClick={(event) => {
          const mark = found(event);
          if (mark?.named !== undefined) store.chain.value = mark.key;
        }}
      >
        {frontChart(layout, shown, chartWords)}
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
      <p class="note">{[m.front.size, m.front.line, m.front.hollow].join(m.clause)}</p>
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
              </tr>
            </thead>
            <tbody>
              {rows.map((mark) => (
                <tr key={mark.key}>
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
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </section>
  );
}
