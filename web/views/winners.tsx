import type { VNode } from "preact";
import { optionWords } from "../../src/report/index.ts";
import { decimal, fixed, percent, whole } from "../i18n/format.ts";
import { measures } from "../state/address.ts";
import { type NamedChain, costOf, wins } from "../state/chains.ts";
import type { Answered } from "../state/store.ts";
import { useStore, useWords } from "./context.ts";
import { placeName } from "./names.ts";
import { PinButton } from "./pinned.tsx";

/** Cheapest, fastest, greenest, with their figures, and the switch between landed cost and logistics only. */
export function Winners({ answered }: { answered: Answered }): VNode {
  const store = useStore();
  const words = useWords();
  const { m, language } = words;
  const measure = store.measure.value;
  const tile = (win: (typeof wins)[number], named: NamedChain) => {
    const { chain } = named;
    const facts = {
      cheapest: [whole(costOf(chain, measure), language), m.answer.perVehicle],
      fastest: [fixed(chain.time.days, 1, language), m.units.days],
      greenest: [whole(chain.co2eKg, language), m.units.co2e],
    } as const;
    const [value, unit] = facts[win];
    const rest = wins
      .filter((other) => other !== win)
      .map((other) => (other === "cheapest" ? m.units.money(facts.cheapest[0]) : facts[other].join(" ")));
    return (
      <div key={win} class="winner-place">
        <button
          type="button"
          class="winner"
          aria-pressed={store.chain.value === named.key}
          onClick={() => store.toggle(named.key)}
          onPointerEnter={() => (store.hovered.value = named.key)}
          onPointerLeave={() => (store.hovered.value = "")}
        >
          <span class="winner-line">
            <span class="winner-title">{[m.answer.wins[win], optionWords[named.option][language]].join(m.dot)}</span>
            <small>{rest.join(m.dot)}</small>
          </span>
          <span class="winner-line">
            <span class="winner-value">
              <strong>{value}</strong> {unit}
            </span>
            <small class="winner-via">{m.table.via(placeName(store.catalogue.value, chain.gateway, words))}</small>
          </span>
        </button>
        <PinButton named={named} />
      </div>
    );
  };
  const cheapest = answered.chains.find((c) => c.wins.includes("cheapest"))?.chain;
  const share = cheapest === undefined ? 0 : 1 - cheapest.cost.logisticsCny / cheapest.cost.cny;
  return (
    <div class="winners">
      {wins.flatMap((win) => {
        const named = answered.chains.find((c) => c.wins.includes(win));
        return named === undefined ? [] : [tile(win, named)];
      })}
      <div class="measure" role="group" aria-labelledby="measure-label">
        <span id="measure-label">{m.answer.measure}</span>
        <div class="switch">
          {measures.map((item) => (
            <button key={item} type="button" aria-pressed={measure === item} onClick={() => store.showCost(item)}>
              {m.answer.measures[item]}
            </button>
          ))}
        </div>
        <small>
          {share > 0.005
            ? m.answer.measureNote(percent(share))
            : m.answer.done(answered.chains.length, decimal(answered.milliseconds, 0, language))}
        </small>
      </div>
    </div>
  );
}
