import "../styles/chain.css";
import "../styles/figure.css";
import type { VNode } from "preact";
import { basisWords, formWords, modeWords, statusWords, timeWords } from "../../src/report/index.ts";
import type { ChainElement, EvidenceShares, TimeItem } from "../../src/routing/index.ts";
import { evidenceBar, evidenceOrder } from "../charts/evidence-bar.tsx";
import { decimal, moment, offset, percent, whole } from "../i18n/format.ts";
import type { NamedChain } from "../state/chains.ts";
import { type Words, useStore, useWords } from "./context.ts";
import { CostLines } from "./cost-lines.tsx";
import { FigureView } from "./figure-view.tsx";
import { placeName } from "./names.ts";

/** Hours up to two days, then days: what a planner would say. */
export function duration(minutes: number, { m, language }: Words): string {
  return minutes < 48 * 60 ? m.chain.hours(decimal(minutes / 60, 1, language)) : m.chain.days(decimal(minutes / 1440, 1, language));
}

function TimeParts({ items }: { items: readonly TimeItem[] }): VNode | null {
  const words = useWords();
  if (items.length === 0) return null;
  return (
    <ul class="time-parts">
      {items.map((item, i) => (
        <li
          key={i}
          class={item.what === "wait" || item.what === "passage-wait" || item.what === "dwell" ? "waiting" : ""}
          title={item.figure}
        >
          {words.m.chain.wait(timeWords[item.what][words.language], duration(item.minutes, words))}
        </li>
      ))}
    </ul>
  );
}

function Step({ element, items }: { element: ChainElement; items: readonly TimeItem[] }): VNode {
  const { catalogue } = useStore();
  const words = useWords();
  const { m, t, language } = words;
  const name = (id: string) => placeName(catalogue.value, id, words);
  const isLeg = element.kind === "leg";
  const begin = isLeg ? element.departure : element.begin;
  const end = isLeg ? element.arrival : element.end;
  return (
    <li class={`step step-${element.kind}${isLeg ? ` mode-${element.mode}` : ""}`}>
      <p class="step-times">
        <time dateTime={begin}>{moment(begin, language)}</time> → <time dateTime={end}>{moment(end, language)}</time>{" "}
        <small>{offset(begin) === offset(end) ? offset(end) : `${offset(begin)} → ${offset(end)}`}</small>
      </p>
      <p class="step-name">
        <span class={`chip${isLeg ? ` mode-${element.mode}` : ""}`}>{isLeg ? modeWords[element.mode][language] : name(element.at)}</span>
        <strong>{isLeg ? `${name(element.from)} → ${name(element.to)}` : t(element.name)}</strong>
        {isLeg && element.main && <span class="main-leg">{m.chain.main}</span>}
      </p>
      <p class="step-facts">
        {isLeg && <span>{t(element.name)}</span>}
        {isLeg && <span>{m.chain.km(whole(element.distanceKm, language))}</span>}
        {element.co2eKg > 0 && <span>{m.chain.kg(decimal(element.co2eKg, 1, language))}</span>}
        <span>{formWords[isLeg ? element.form : element.toForm][language]}</span>
        <span>{statusWords[element.status][language]}</span>
        {isLeg && element.via.length > 0 && <span>{m.chain.passing(element.via.map(name).join(m.listComma))}</span>}
      </p>
      <TimeParts items={items} />
    </li>
  );
}

function Shares({ title, shares }: { title: string; shares: EvidenceShares }): VNode {
  const { m, language } = useWords();
  const parts = evidenceOrder
    .filter((basis) => shares[basis] > 0)
    .map((basis) => `${basisWords[basis][language]} ${percent(shares[basis])}`);
  return (
    <div class="shares">
      <span>{title}</span>
      {evidenceBar(shares, parts.join(m.comma))}
      <small>{parts.join(m.dot)}</small>
    </div>
  );
}

/** One chain opened: its steps with times and waits, its cost lines down to the sources, and how sure it all is. */
export function ChainDetail({ named }: { named: NamedChain }): VNode {
  const { answered } = useStore();
  const words = useWords();
  const { m, language } = words;
  const { chain } = named;
  const decisive = chain.evidence.decisive;
  const figure = decisive === undefined ? undefined : answered.value?.result.figures[decisive.figure];
  return (
    <div class="chain-detail" role="region" aria-label={m.chain.heading}>
      <section>
        <h3>{m.chain.steps}</h3>
        <ol class="steps">
          {chain.elements.map((element, i) => (
            <Step key={i} element={element} items={chain.timeItems.filter((item) => item.element === i)} />
          ))}
        </ol>
        {chain.nextDepartures.length > 0 && (
          <p class="next">
            {m.chain.nextDepartures}
            {m.colon}
            {chain.nextDepartures.map((stamp) => moment(stamp, language)).join(m.listComma)}
          </p>
        )}
      </section>
      <section>
        <h3>
          {m.chain.costs} <small>{m.answer.perVehicle}</small>
        </h3>
        <CostLines chain={chain} />
        <h3>{m.chain.evidence}</h3>
        <Shares title={m.chain.costEvidence} shares={chain.evidence.cost} />
        <Shares title={m.chain.timeEvidence} shares={chain.evidence.time} />
        {decisive !== undefined && (
          <div class="decisive">
            <p>{m.chain.decisive(m.units.money(whole(decisive.cny, language)))}</p>
            {figure !== undefined && (
              <details>
                <summary>{m.chain.figures(1)}</summary>
                <FigureView address={decisive.figure} />
              </details>
            )}
          </div>
        )}
      </section>
    </div>
  );
}
