import { batch } from "@preact/signals";
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { unitWords } from "../../../src/report/index.ts";
import { rankingBar } from "../../charts/ranking.tsx";
import { whole } from "../../i18n/format.ts";
import { bottlenecksIn } from "../../state/plan-select.ts";
import type { PlanView } from "../../worker/plan-view.ts";
import { usePlan } from "./use-plan.ts";

const few = 12;

/** Limits that cost money, those worth most first; each leads to its figures on the data page. */
export function Bottlenecks({ view }: { view: PlanView }): VNode {
  const { store, state, w, t, place, money, weekList, language } = usePlan();
  const [isAll, setAll] = useState(false);
  const all = bottlenecksIn(view, state.weeks.value);
  const rows = isAll ? all : all.slice(0, few);
  const most = Math.max(1, ...all.map((one) => one.worthCny));
  const see = (member: string) =>
    batch(() => {
      store.page.value = "data";
      // Trucks, locks and yards are not on the network's map: their figures are shown.
      const isOnMap = /^(services|operations)\//.test(member);
      store.tab.value = isOnMap ? "network" : "figures";
      store.see.value = isOnMap ? member : "";
      if (isOnMap) return;
      store.keep.value = "";
      store.find.value = member;
    });
  return (
    <section class="panel" aria-labelledby="bottlenecks-heading">
      <div class="panel-head">
        <h2 id="bottlenecks-heading">
          {w.bottlenecks.heading} <small>{w.bottlenecks.note}</small>
        </h2>
      </div>
      {all.length === 0 ? (
        <p class="quiet">{w.bottlenecks.none}</p>
      ) : (
        <div class="table-frame" tabIndex={0} role="group" aria-labelledby="bottlenecks-heading">
          <table class="capacity-table bottlenecks">
            <thead>
              <tr>
                <th scope="col">{w.bottlenecks.limit}</th>
                <th scope="col" class="number">
                  {w.bottlenecks.price}
                </th>
                <th scope="col">{w.bottlenecks.worth}</th>
                <th scope="col" class="number">
                  {w.bottlenecks.use}
                </th>
                <th scope="col">{w.bottlenecks.weeks}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((one) => (
                <tr key={one.id}>
                  <th scope="row">
                    {one.member === "" ? (
                      t(one.name)
                    ) : (
                      <button type="button" class="link-button" onClick={() => see(one.member)}>
                        {t(one.name)}
                      </button>
                    )}
                    <small class="quiet">
                      {one.places.length > 0 ? one.places.map(place).join(" → ") : one.member === "" && w.bottlenecks.ofPlan}
                    </small>
                  </th>
                  <td class="number" data-label={w.bottlenecks.price}>
                    <data value={one.meanCny} data-of="price">
                      {w.bottlenecks.priceOf(whole(one.meanCny, language), unitWords[one.unit]?.[language] ?? one.unit)}
                    </data>
                    {one.mostCny > one.meanCny * 1.005 && <small class="quiet">{w.bottlenecks.most(whole(one.mostCny, language))}</small>}
                  </td>
                  <td class="worth" data-label={w.bottlenecks.worth}>
                    {money(one.worthCny)}
                    {rankingBar({ value: one.worthCny, most, label: w.bottlenecks.barLabel(t(one.name), money(one.worthCny)) })}
                  </td>
                  <td class="number" data-label={w.bottlenecks.use}>
                    {w.bottlenecks.useOf(whole(one.full, language), whole(one.of, language))}
                  </td>
                  <td data-label={w.bottlenecks.weeks}>
                    {one.weeks.length === 0 ? (
                      "—"
                    ) : (
                      <>
                        {w.bottlenecks.weekList(weekList(one.weeks))}
                        <small class="quiet">{w.bottlenecks.weekCount(one.weeks.length)}</small>
                      </>
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
          {w.bottlenecks.more(all.length - rows.length)}
        </button>
      )}
    </section>
  );
}
