import type { VNode } from "preact";
import { optionWords } from "../../src/report/index.ts";
import type { FrontMark } from "../charts/front-layout.ts";
import { brushWords } from "../i18n/brush.ts";
import { fixed, whole } from "../i18n/format.ts";
import { useMessages, useStore, useWords } from "./context.ts";
import { corridorName } from "./names.ts";
import { PinButton } from "./pinned.tsx";

/** The points of the chart as a table, by cost. */
export function FrontTable({ marks }: { marks: readonly FrontMark[] }): VNode {
  const store = useStore();
  const words = useWords();
  const { m, language } = words;
  const own = useMessages(brushWords);
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={m.front.heading}>
      <table>
        <thead>
          <tr>
            <th scope="col">{m.table.option}</th>
            <th scope="col" class="number">
              {m.front.y[store.measure.value]}
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
          {marks
            .toSorted((a, b) => a.cny - b.cny)
            .map((mark) => (
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
  );
}
