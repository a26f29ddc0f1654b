import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { leftRows } from "../../state/plan-select.ts";
import type { PlanView } from "../../worker/plan-view.ts";
import { usePlan } from "./use-plan.ts";

const few = 12;
/** Limits named in a row. */
const mostLimits = 4;

/** The vehicles that stay behind, each with the reason by name. */
export function LeftView({ view }: { view: PlanView }): VNode {
  const { state, w, say, place, cargo, count, weekList } = usePlan();
  const [isAll, setAll] = useState(false);
  const all = leftRows(view, state.weeks.value);
  const rows = isAll ? all : all.slice(0, few);
  return (
    <section class="panel" aria-labelledby="left-heading">
      <h2 id="left-heading">
        {w.left.heading} <small>{w.totals.vehicles(count(all.reduce((sum, row) => sum + row.vehicles, 0)))}</small>
      </h2>
      {all.length === 0 ? (
        <p class="quiet">{w.left.none}</p>
      ) : (
        <div class="table-frame" tabIndex={0} role="group" aria-labelledby="left-heading">
          <table class="capacity-table left-table">
            <thead>
              <tr>
                <th scope="col">{w.left.market}</th>
                <th scope="col">{w.left.cargo}</th>
                <th scope="col" class="number">
                  {w.left.vehicles}
                </th>
                <th scope="col">{w.left.weeks}</th>
                <th scope="col">{w.left.why}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={`${row.market} ${row.cargo} ${row.reason}`}>
                  <th scope="row">
                    {place(row.market)}
                    <small class="quiet">{row.plants.map(place).join(w.listComma)}</small>
                  </th>
                  <td data-label={w.left.cargo}>{cargo(row.cargo)}</td>
                  <td class="number" data-label={w.left.vehicles}>
                    {count(row.vehicles)}
                  </td>
                  <td data-label={w.left.weeks}>{weekList(row.weeks)}</td>
                  <td data-label={w.left.why}>
                    {w.left.reasons[row.reason]}
                    {row.limits.length > 0 && (
                      <small class="quiet">{w.left.full(row.limits.slice(0, mostLimits).map(say).join(w.listComma))}</small>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {all.length > rows.length && (
        <button type="button" class="plain-button" onClick={() => setAll(true)}>
          {w.left.more(all.length - rows.length)}
        </button>
      )}
    </section>
  );
}
