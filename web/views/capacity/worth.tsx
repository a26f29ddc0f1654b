import type { VNode } from "preact";
import { rankingBar } from "../../charts/ranking.tsx";
import type { RankedParameter } from "../../../src/planning/index.ts";
import { decimal, fixed } from "../../i18n/format.ts";
import { passageOf, usePlan } from "./use-plan.ts";

const signed = (value: number, text: string) => (value > 0 ? `+${text}` : text);
const tone = (value: number) => (value === 0 ? "quiet" : value < 0 ? "better" : "worse");

/** What a lever was set at, with the range, and whether anybody has published that. */
function Parameters({ list }: { list: readonly RankedParameter[] }): VNode {
  const { w, say, language } = usePlan();
  return (
    <>
      {list.map(({ name, title, unit, value, low, high, basis }) => (
        <small key={name} class="quiet worth-parameter" data-basis={basis ?? "set"}>
          {w.worth.parameter(
            w.levers.parameter(say(title), w.levers.units[unit] ?? unit),
            decimal(value, 6, language),
            decimal(low, 6, language),
            decimal(high, 6, language),
          )}
          {basis !== undefined && w.worth.bases[basis]}
        </small>
      ))}
    </>
  );
}

/** What each lever of the plan on show is worth: alone, and among all of them, every one solved anew. */
export function Worth(): VNode {
  const { state, w, say, money, count, language } = usePlan();
  const ranking = state.worth.value;
  const asked = state.shown.value?.ranked;
  const isIdle = state.work.value === undefined && state.isCurrent.value;
  const most = Math.max(1, ...(ranking?.levers ?? []).map(({ alone }) => Math.abs(alone.totalCny.value)));
  return (
    <section class="panel worth-panel" aria-labelledby="worth-heading">
      <div class="panel-head">
        <h2 id="worth-heading">
          {w.worth.heading} {ranking !== undefined && <small>{w.worth.note(ranking.weeks, ranking.of)}</small>}
        </h2>
        <button type="button" class="plain-button" disabled={!isIdle || asked === undefined} onClick={() => state.rank()}>
          {w.worth.ask}
        </button>
      </div>
      {ranking === undefined ? (
        <p class="quiet">{asked === undefined ? w.worth.none : w.worth.hint(asked.levers, asked.weeks)}</p>
      ) : (
        <>
          <div class="table-frame" tabIndex={0} role="group" aria-labelledby="worth-heading">
            <table class="capacity-table">
              <thead>
                <tr>
                  <th scope="col">{w.worth.lever}</th>
                  <th scope="col">{w.worth.alone}</th>
                  <th scope="col" class="number">
                    {w.worth.marginal}
                  </th>
                  <th scope="col" class="number">
                    {w.worth.carried}
                  </th>
                  <th scope="col" class="number">
                    {w.worth.days}
                  </th>
                </tr>
              </thead>
              <tbody>
                {ranking.levers.map(({ id, title, documents, parameters, alone, marginal }) => (
                  <tr key={id} data-worth={id}>
                    <th scope="row">
                      {say(title)}
                      <small class="quiet">{documents.map(passageOf).join(w.listComma)}</small>
                      <Parameters list={parameters} />
                    </th>
                    <td class="worth" data-label={w.worth.alone}>
                      <data value={alone.totalCny.value} class={tone(alone.totalCny.value)}>
                        {signed(alone.totalCny.value, money(alone.totalCny.value))}
                      </data>
                      {rankingBar({
                        value: Math.abs(alone.totalCny.value),
                        most,
                        label: `${say(title)}${w.colon}${money(alone.totalCny.value)}`,
                      })}
                    </td>
                    <td class="number" data-label={w.worth.marginal}>
                      <span class={tone(marginal.totalCny)}>{signed(marginal.totalCny, money(marginal.totalCny))}</span>
                    </td>
                    <td class="number" data-label={w.worth.carried}>
                      {signed(alone.carried.value, count(alone.carried.value))}
                    </td>
                    <td class="number" data-label={w.worth.days}>
                      {signed(alone.days.value, fixed(alone.days.value, 2, language))}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          <p class="note">
            {w.worth.together(money(ranking.interaction.totalCny.sumAlone), money(ranking.interaction.totalCny.bundle))}
            {ranking.accuracyCny >= 0.5 && w.next(w.worth.accuracy(money(ranking.accuracyCny)))}
          </p>
        </>
      )}
    </section>
  );
}
