import type { VNode } from "preact";
import { optionWords } from "../../../src/report/index.ts";
import { fixed, whole } from "../../i18n/format.ts";
import { firstProblems } from "../../state/problems.ts";
import { type Measured, isStill, movesOf } from "../../state/data-moves.ts";
import { ProblemList } from "../states.tsx";
import { useData } from "./use-data.ts";

/** A change may make many: the first tell enough. */
const problemsShown = 6;

/** What the changes do to the present shipment: every option's best chain before and after. */
export function Moves(): VNode {
  const { store, w, m, language } = useData();
  const before = store.answered.value?.baseline;
  const after = store.answered.value?.result.shipments[0];
  const heading = <h3 id="moves-heading">{w.moves.heading}</h3>;
  const state = (text: string) => (
    <section class="moves" aria-labelledby="moves-heading">
      {heading}
      <p class="quiet">{text}</p>
    </section>
  );
  if (store.problems.value.length > 0)
    return (
      <section class="moves" aria-labelledby="moves-heading" role="alert">
        {heading}
        <p class="late">{w.moves.problems}</p>
        <ProblemList {...firstProblems(store.problems.value, problemsShown)} place={() => ""} />
      </section>
    );
  if (before === undefined || after === undefined) return state(store.isBusy.value ? w.moves.busy : w.moves.noShipment);
  const moves = movesOf(before, after, store.measure.value);
  const cell = (
    key: "cny" | "days",
    show: (value: number) => string,
    digits: number,
    from: Measured | undefined,
    to: Measured | undefined,
  ) => {
    if (from === undefined || to === undefined)
      return (
        <td class="number">
          {to === undefined ? w.moves.none : show(to[key])}
          <small>{from === undefined ? w.was(w.moves.none) : w.was(show(from[key]))}</small>
        </td>
      );
    const difference = to[key] - from[key];
    const sign = difference > 0 ? "+" : "";
    return (
      <td class="number">
        <data value={to[key]} data-of={key}>
          {show(to[key])}
        </data>
        {isStill(difference, digits) ? (
          <small class="quiet">{w.moves.same}</small>
        ) : (
          <small class={difference > 0 ? "worse" : "better"}>
            <data value={difference} data-of={`${key}-difference`}>
              {sign}
              {show(difference)}
            </data>
          </small>
        )}
      </td>
    );
  };
  return (
    <section class="moves" aria-labelledby="moves-heading" aria-busy={store.isBusy.value}>
      {heading}
      <table>
        <caption class="visually-hidden">{w.moves.caption}</caption>
        <thead>
          <tr>
            <th scope="col">{w.moves.option}</th>
            <th scope="col" class="number">
              {w.moves.cost}
            </th>
            <th scope="col" class="number">
              {w.moves.days}
            </th>
          </tr>
        </thead>
        <tbody>
          {moves.map(({ option, before: from, after: to }) => (
            <tr key={option} data-option={option}>
              <th scope="row">
                <span class={`option-name option-${option}`}>
                  <span class="swatch" aria-hidden="true" />
                  {optionWords[option][language]}
                </span>
              </th>
              {cell("cny", (value) => whole(value, language), 0, from, to)}
              {cell("days", (value) => fixed(value, 1, language), 1, from, to)}
            </tr>
          ))}
        </tbody>
      </table>
      <p class="note">
        {m.answer.measure}
        {w.colon}
        {m.answer.measures[store.measure.value]}
      </p>
    </section>
  );
}
