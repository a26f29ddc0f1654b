import type { VNode } from "preact";
import { useMemo, useRef, useState } from "preact/hooks";
import { heatChart } from "../../charts/heat.tsx";
import { heatAt, heatLayout, shareOf, weekStart } from "../../charts/heat-layout.ts";
import { date } from "../../i18n/format.ts";
import { sumIn } from "../../state/plan-select.ts";
import { writeWeeks } from "../../state/plan-choice.ts";
import type { PlanView } from "../../worker/plan-view.ts";
import { Reader } from "../reader.tsx";
import { pointIn, useSize } from "../use-size.ts";
import { PlanPicture } from "./plan-picture.tsx";
import { usePlan } from "./use-plan.ts";

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** Demand by week, and how full each corridor is; a drag keeps weeks for everything else on the page. */
export function HeatView({ view }: { view: PlanView }): VNode {
  const { store, state, w, m, corridor, count, share, weekList, language } = usePlan();
  const frame = useRef<HTMLDivElement>(null);
  const { width } = useSize(frame, { width: 800, height: 300 });
  const [read, setRead] = useState({ row: -1, week: -1 });
  const pressed = useRef<number | undefined>(undefined);
  const isDrag = useRef(false);
  const [dragged, setDragged] = useState<readonly [number, number]>();
  const chosen = store.capacity.value.corridor;
  const kept = state.weeks.value;
  const layout = useMemo(
    () =>
      heatLayout({
        rows: view.corridors.map(({ id, used, capacity }) => ({
          id,
          name: corridor(id),
          cells: used.map((amount, week) => ({ used: amount, capacity: capacity[week]! })),
        })),
        demand: view.demand,
        carried: view.carried,
        from: view.from,
        width,
      }),
    [view, width, language],
  );
  const weekName = (week: number) => w.heat.week(week + 1, date(weekStart(view.from, week), language, false));
  const at = view.corridors[read.row];
  const text =
    read.week < 0
      ? ""
      : at === undefined
        ? w.heat.readDemand(weekName(read.week), count(view.demand[read.week]!), count(view.carried[read.week]!))
        : w.heat.read(corridor(at.id), weekName(read.week), count(at.used[read.week]!), count(at.capacity[read.week]!));
  const keep = (first: number, last: number) => state.choose({ weeks: writeWeeks(first, last) });
  const choose = (row: number) => {
    const id = view.corridors[row]?.id ?? "";
    if (id !== "") state.choose({ corridor: id === chosen ? "" : id });
  };
  const [first, last] = kept ?? [0, view.weeks - 1];
  const weekField = (label: string, value: number, put: (week: number) => void) => (
    <label>
      {label}{" "}
      <input
        type="number"
        min="1"
        max={view.weeks}
        value={value + 1}
        onChange={({ currentTarget }) => {
          const typed = currentTarget.valueAsNumber;
          if (Number.isInteger(typed) && typed >= 1 && typed <= view.weeks) put(typed - 1);
          else currentTarget.value = String(value + 1);
        }}
      />{" "}
      {w.heat.weekUnit}
    </label>
  );
  return (
    <section class="panel heat-panel" aria-labelledby="heat-heading">
      <div class="panel-head">
        <h2 id="heat-heading">{w.heat.heading}</h2>
        <PlanPicture part="corridors" title={w.heat.heading} note={w.heat.note} />
      </div>
      <div
        class="heat-frame"
        ref={frame}
        onPointerDown={(event) => {
          if (event.button !== 0) return;
          const { week } = heatAt(layout, ...pointIn(frame.current, event));
          isDrag.current = false;
          pressed.current = week < 0 ? undefined : week;
        }}
        onPointerUp={() => {
          pressed.current = undefined;
          if (dragged === undefined) return;
          keep(dragged[0], dragged[1]);
          setDragged(undefined);
          isDrag.current = true;
        }}
      >
        <Reader
          class="heat-reader"
          label={w.heat.label(view.corridors.length, view.weeks)}
          hint={w.heat.hint}
          text={text}
          count={view.weeks}
          at={read.week}
          onStep={(week) => setRead({ row: read.row, week })}
          onTurn={(by) => setRead({ week: Math.max(0, read.week), row: Math.min(view.corridors.length - 1, Math.max(-1, read.row + by)) })}
          onOpen={() => choose(read.row)}
          onPoint={(x, y) => {
            const found = heatAt(layout, x, y);
            setRead(found);
            if (pressed.current !== undefined && found.week >= 0 && (dragged !== undefined || found.week !== pressed.current))
              setDragged([Math.min(pressed.current, found.week), Math.max(pressed.current, found.week)]);
          }}
          onPick={() => {
            // The click that ends a drag is none.
            if (isDrag.current) isDrag.current = false;
            else choose(read.row);
          }}
          onLeave={() => {
            pressed.current = undefined;
            setDragged(undefined);
            setRead({ row: -1, week: -1 });
          }}
        >
          {heatChart(
            layout,
            { brush: dragged ?? kept, read, chosen },
            {
              label: w.heat.label(view.corridors.length, view.weeks),
              demand: w.heat.demand,
              month: (day) => (language === "zh" ? `${Number(day.slice(5, 7))}月` : months[Number(day.slice(5, 7)) - 1]!),
              vehicles: (n) => w.totals.vehicles(count(n)),
            },
          )}
        </Reader>
      </div>
      <p class="front-current" aria-live="off">
        {text === "" ? "\u00a0" : text}
      </p>
      <div class="week-fields">
        {weekField(w.heat.from, first, (week) => keep(week, Math.max(week, last)))}
        {weekField(w.heat.until, last, (week) => keep(Math.min(first, week), week))}
        <button
          type="button"
          class="plain-button"
          disabled={kept === undefined && chosen === ""}
          onClick={() => state.choose({ weeks: "", corridor: "" })}
        >
          {w.heat.all}
        </button>
        {(kept !== undefined || chosen !== "") && (
          <span class="quiet" role="status">
            {[kept === undefined ? "" : w.heat.weeks(first + 1, last + 1), chosen === "" ? "" : corridor(chosen)]
              .filter((part) => part !== "")
              .join(m.dot)}
          </span>
        )}
      </div>
      <ul class="legend">
        {w.heat.levels.map((name, level) => (
          <li key={name}>
            <svg class="heat" width="16" height="14" aria-hidden="true">
              <path class={`heat-cells heat-${level}`} d="M0,0h16v14h-16z" />
              {level === 5 && <path class="heat-full" d="M3,10h10" />}
            </svg>
            {name}
          </li>
        ))}
      </ul>
      <p class="note">{w.heat.note}</p>
      <details class="front-table">
        <summary>{w.heat.table}</summary>
        <div class="scroll" tabIndex={0} role="group" aria-label={w.heat.heading}>
          <table>
            <thead>
              <tr>
                <th scope="col">{w.heat.corridor}</th>
                <th scope="col" class="number">
                  {w.heat.used}
                </th>
                <th scope="col" class="number">
                  {w.heat.capacity}
                </th>
                <th scope="col" class="number">
                  {w.heat.share}
                </th>
                <th scope="col">{w.heat.fullWeeks}</th>
              </tr>
            </thead>
            <tbody>
              {view.corridors.map(({ id, used, capacity }) => {
                const cell = { used: sumIn(used, kept), capacity: sumIn(capacity, kept) };
                const full = used.flatMap((amount, week) =>
                  week >= first && week <= last && shareOf({ used: amount, capacity: capacity[week]! }) >= 0.995 ? [week] : [],
                );
                return (
                  <tr key={id}>
                    <th scope="row">
                      <button
                        type="button"
                        class="row-button"
                        aria-pressed={id === chosen}
                        onClick={() => state.choose({ corridor: id === chosen ? "" : id })}
                      >
                        {corridor(id)}
                      </button>
                    </th>
                    <td class="number">{count(cell.used)}</td>
                    <td class="number">{count(cell.capacity)}</td>
                    <td class="number">{cell.capacity > 0 ? share(shareOf(cell)) : "—"}</td>
                    <td>{full.length === 0 ? "—" : weekList(full)}</td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
      </details>
    </section>
  );
}
