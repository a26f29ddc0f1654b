import "../styles/whatif.css";
import { useComputed } from "@preact/signals";
import type { VNode } from "preact";
import { useEffect, useMemo, useState } from "preact/hooks";
import type { KnownFigure, Option } from "../../src/routing/index.ts";
import { basisWords, optionWords } from "../../src/report/index.ts";
import { markPath } from "../charts/front.tsx";
import { decimal, fixed, whole } from "../i18n/format.ts";
import { whatifWords } from "../i18n/whatif.ts";
import { costOf } from "../state/chains.ts";
import { scenarioOf } from "../state/shipment.ts";
import { type Adjustment, figureChange, placeOf } from "../state/adjustments.ts";
import {
  type SwitchName,
  adjustedValue,
  assumptionFigures,
  onTrack,
  placesOf,
  stateOf,
  switchNames,
  switches,
  trackOf,
  withState,
} from "../state/whatif-controls.ts";
import type { InfluentialFigure } from "../worker/whatif.ts";
import { useMessages, useStore, useWords } from "./context.ts";
import { type FigureText, assumptionText, figureText } from "./whatif-names.ts";

const lockWaits = {
  overhaul: "figures/china-lock-priority-wait-overhaul",
  flood: "figures/china-lock-priority-wait-flood",
  ordinary: "figures/china-lock-ordinary-wait",
} as const;

/** True signs: a cost that falls is not a hyphen. */
const signed = (value: number, text: string): string => (value > 0 ? `+${text}` : text);

/** A difference to the network as it is: shorter, cheaper is better. */
function Difference({ value, text }: { value: number; text: string }): VNode {
  const w = useMessages(whatifWords);
  if (value === 0) return <span class="quiet">{w.same}</span>;
  return (
    <span class={value < 0 ? "better" : "worse"}>
      {text}
      <span class="visually-hidden">{`${w.bracket[0]}${value < 0 ? w.better : w.worse}${w.bracket[1]}`}</span>
    </span>
  );
}

/** What the adjustments did to the best chain of each option. */
function Effects(): VNode {
  const store = useStore();
  const { language } = useWords();
  const w = useMessages(whatifWords);
  const answered = store.answered.value;
  const measure = store.measure.value;
  const rows = (answered?.result.shipments[0]?.options ?? []).flatMap(({ option, chains }) => {
    const before = answered?.baseline.find((b) => b.option === option);
    const now = chains[0];
    if (before === undefined && now === undefined) return [];
    const cny =
      before === undefined || now === undefined ? 0 : costOf(now, measure) - (measure === "landed" ? before.cny : before.logisticsCny);
    const days = before === undefined || now === undefined ? 0 : now.time.days - before.days;
    return [
      {
        option,
        cny: Math.round(cny * 100) / 100,
        days: Math.round(days * 100) / 100,
        has: [before !== undefined, now !== undefined] as const,
      },
    ];
  });
  const isIdle = rows.every(({ cny, days, has }) => cny === 0 && days === 0 && has[0] && has[1]);
  const kept = store.adjust.kept.value;
  const isSettled = kept === store.adjustments.value && !store.isBusy.value && answered?.adjustments === kept;
  const told = rows.map(
    ({ option, cny, days }) =>
      `${optionWords[option][language]} ${w.cost(signed(cny, whole(cny, language)))} ${w.days(signed(days, fixed(days, 1, language)))}`,
  );
  return (
    <div class="whatif-effects">
      <h3>
        {w.effects} <small>{kept.length > 0 && isIdle ? w.noEffect : w.effectsNote}</small>
      </h3>
      <ul data-adjusted={JSON.stringify(answered?.adjustments ?? [])}>
        {rows.map(({ option, cny, days, has }) => (
          <li key={option} data-effect={option}>
            <svg class={`option-mark option-${option}`} width="14" height="14" viewBox="-8 -8 16 16" aria-hidden="true">
              <path d={markPath(option, 90)} />
            </svg>
            <span class="effect-name">{optionWords[option][language]}</span>
            {has[0] && has[1] ? (
              <>
                <data value={cny} data-of="effect-cost">
                  <Difference value={cny} text={w.cost(signed(cny, whole(cny, language)))} />
                </data>
                <data value={days} data-of="effect-days">
                  <Difference value={days} text={w.days(signed(days, fixed(days, 1, language)))} />
                </data>
              </>
            ) : (
              <span class={has[1] ? "better" : "worse"}>{has[1] ? w.appeared : w.gone}</span>
            )}
          </li>
        ))}
      </ul>
      <p class="visually-hidden" role="status">
        {isSettled && kept.length > 0 ? (isIdle ? w.noEffect : told.join(w.listBreak)) : null}
      </p>
    </div>
  );
}

interface SliderProps {
  figure: KnownFigure;
  text: FigureText;
  /** What the range does, in words. */
  effect?: string | undefined;
}

/** One figure: its range as a slider, its value as a field. While it is dragged the answer follows; letting go is one step of the history. */
function Slider({ figure, text, effect }: SliderProps): VNode {
  const store = useStore();
  const { adjust } = store;
  const { language } = useWords();
  const w = useMessages(whatifWords);
  const { address, value: own, low, high, basis } = figure;
  const track = useMemo(() => trackOf({ low, high }), [low, high]);
  // Computed, so that of all sliders only the one that moves is drawn again.
  const value = useComputed(() => adjustedValue(address, store.adjustments.value)).value ?? own;
  const isChanged = value !== own;
  const place = placeOf(figureChange(address, 0));
  const label = [text.name, text.where].filter((part) => part !== "").join(w.dot);
  const number = (n: number) => decimal(n, Math.max(2, track.decimals), language);
  const put = (next: number, isDragging: boolean) =>
    next === own ? adjust.reset([place], isDragging) : adjust.set(figureChange(address, next), isDragging);
  const share = (n: number) => Math.min(1, Math.max(0, (n - low) / (high - low)));
  return (
    <li class={`whatif-row${isChanged ? " changed" : ""}`} data-figure={address}>
      <div class="whatif-label">
        <span class="whatif-name" title={address}>
          {text.name}
        </span>
        <span class="whatif-value">
          <input
            type="number"
            step="any"
            min={Math.min(0, low)}
            value={value}
            aria-label={w.value(label)}
            onChange={({ currentTarget }) => {
              const typed = currentTarget.valueAsNumber;
              if (Number.isFinite(typed) && typed >= Math.min(0, low)) put(typed, false);
              currentTarget.value = String(adjustedValue(address, adjust.live.value) ?? own);
            }}
          />
          <small>{text.unit}</small>
          <button
            type="button"
            class="whatif-reset"
            aria-label={w.reset(label)}
            title={w.reset(label)}
            disabled={!isChanged}
            onClick={() => put(own, false)}
          >
            ↺
          </button>
        </span>
      </div>
      {text.where !== "" && (
        <small class="whatif-where" title={text.where}>
          {text.where}
        </small>
      )}
      <div class="whatif-track">
        <span class="whatif-own" aria-hidden="true" style={{ "--at": share(own) }} />
        <input
          type="range"
          min={low}
          max={high}
          step="any"
          value={value}
          aria-label={label}
          aria-valuetext={`${number(value)} ${text.unit}`}
          onInput={({ currentTarget }) => put(onTrack(track, currentTarget.valueAsNumber, own), true)}
          onChange={() => adjust.keep()}
          onBlur={() => adjust.keep()}
        />
      </div>
      <div class="whatif-ends">
        <span>{number(low)}</span>
        <span class="whatif-about">
          <span class={`basis-tag basis-tag-${basis}`}>{basisWords[basis][language]}</span>
          {effect}
        </span>
        <span>{number(high)}</span>
      </div>
    </li>
  );
}

/** A state of the world: the network as it is, or one of a few others. */
function Switch({ name, waits }: { name: SwitchName; waits: ReadonlyMap<string, KnownFigure> }): VNode {
  const store = useStore();
  const { language } = useWords();
  const w = useMessages(whatifWords);
  const words = w.switches[name] as { name: string; states: Record<string, string>; notes: Record<string, string> };
  const state = useComputed(() => stateOf(name, store.adjustments.value)).value;
  const wait =
    state !== undefined && name === "lock" && Object.hasOwn(lockWaits, state)
      ? waits.get(lockWaits[state as keyof typeof lockWaits])
      : undefined;
  return (
    <li class={`whatif-switch${state === "normal" ? "" : " changed"}`} data-switch={name}>
      <span class="whatif-name" id={`whatif-${name}`}>
        {words.name}
      </span>
      <div class="switch" role="group" aria-labelledby={`whatif-${name}`}>
        {Object.keys(switches[name]).map((one) => (
          <button
            key={one}
            type="button"
            aria-pressed={state === one}
            title={words.notes[one]}
            onClick={() => store.adjust.replace(withState(name, one, store.adjustments.peek()))}
          >
            {words.states[one]}
          </button>
        ))}
      </div>
      <small class="quiet">
        {[
          state === undefined ? w.otherwise : words.notes[state],
          ...(wait === undefined ? [] : [w.waitHours(decimal(wait.value, 1, language))]),
        ].join(w.comma)}
      </small>
    </li>
  );
}

/** What the range of a figure does to the option that it moves most. */
function useEffectText(): (figure: InfluentialFigure) => string {
  const { language } = useWords();
  const w = useMessages(whatifWords);
  return ({ options }) => {
    const most = (size: (o: InfluentialFigure["options"][number]) => number) => options.toSorted((a, b) => size(b) - size(a))[0];
    const money = most((o) => Math.abs(o.high.cny - o.low.cny));
    const time = most((o) => Math.abs(o.high.days - o.low.days));
    const ends = (a: number, b: number, text: (n: number) => string) =>
      [Math.min(a, b), Math.max(a, b)].map((n) => signed(n, text(n))) as [string, string];
    const name = (option: Option) => optionWords[option][language];
    const days = time === undefined ? 0 : Math.abs(time.high.days - time.low.days);
    if (time !== undefined && days >= 1)
      return w.movesDays(name(time.option), ...ends(time.low.days, time.high.days, (n) => decimal(n, 1, language)));
    return money === undefined ? "" : w.moves(name(money.option), ...ends(money.low.cny, money.high.cny, (n) => whole(n, language)));
  };
}

/** The figures that matter for the shipment under the switches that are set; those found before stand until the new ones are known. */
function useInfluential(): { list: InfluentialFigure[] | undefined; isSearching: boolean } {
  const store = useStore();
  const form = store.form.value;
  const switched = store.adjust.kept.value.filter(({ set }) => Object.values(set).some((value) => typeof value !== "number"));
  const question = store.open.value.length > 0 ? "" : JSON.stringify(scenarioOf(form, switched));
  const [found, setFound] = useState<{ question: string; list: InfluentialFigure[] }>();
  useEffect(() => {
    if (question === "") return;
    let isGone = false;
    store.engine.influential(JSON.parse(question)).then(
      (list) => isGone || list === undefined || setFound({ question, list }),
      () => isGone || setFound({ question, list: [] }),
    );
    return () => {
      isGone = true;
    };
  }, [store, question]);
  return { list: found?.list, isSearching: found?.question !== question };
}

/** Figures of the network as they stand, by address. */
function useKnown(): ReadonlyMap<string, KnownFigure> {
  const { engine } = useStore();
  const [known, setKnown] = useState<ReadonlyMap<string, KnownFigure>>(new Map());
  useEffect(() => {
    let isGone = false;
    engine.figures([...assumptionFigures, ...Object.values(lockWaits)]).then(
      (list) => isGone || setKnown(new Map(list.map((figure) => [figure.address, figure]))),
      () => undefined,
    );
    return () => {
      isGone = true;
    };
  }, [engine]);
  return known;
}

/** Adjustments that no slider or switch here shows: made on the data page, by a scenario, by a link. */
function Others({ shown }: { shown: ReadonlySet<string> }): VNode | null {
  const { adjustments, adjust } = useStore();
  const w = useMessages(whatifWords);
  const others = adjustments.value.filter((one) => !shown.has(placeOf(one)));
  if (others.length === 0) return null;
  const text = ({ change, set }: Adjustment) =>
    `${change} ${Object.entries(set)
      .map(([key, value]) => `${key} = ${JSON.stringify(value)}`)
      .join(", ")}`;
  return (
    <div class="whatif-others">
      <h3>{w.others}</h3>
      <ul>
        {others.map((one) => (
          <li key={placeOf(one)}>
            <code>{text(one).slice(0, 200)}</code>
            <button
              type="button"
              class="whatif-reset"
              aria-label={w.remove(one.change)}
              title={w.remove(one.change)}
              onClick={() => adjust.reset([placeOf(one)])}
            >
              ×
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Sliders and switches, and what they do to each option. */
export function WhatIfPanel(): VNode {
  const { catalogue } = useStore();
  const words = useWords();
  const w = useMessages(whatifWords);
  const { list, isSearching } = useInfluential();
  const known = useKnown();
  const effectOf = useEffectText();
  const assumptions = assumptionFigures.flatMap((address) => known.get(address) ?? []);
  const shown = new Set([
    ...[...(list ?? []), ...assumptions].map(({ address }) => placeOf(figureChange(address, 0))),
    ...switchNames.flatMap((name) => [...placesOf(name)]),
  ]);
  return (
    <>
      <Effects />
      <div class="whatif-groups">
        <div class="whatif-group whatif-influential" aria-busy={isSearching}>
          <h3>
            {w.influential} <small>{isSearching ? w.searching : w.influentialNote}</small>
          </h3>
          <ul>
            {list === undefined
              ? Array.from({ length: 6 }, (_, i) => <li key={i} class="whatif-row whatif-bone" />)
              : list.map((figure) => (
                  <Slider
                    key={figure.address}
                    figure={figure}
                    text={figureText(figure, catalogue.value, words, w)}
                    effect={effectOf(figure)}
                  />
                ))}
          </ul>
          {list?.length === 0 && <p class="quiet">{w.noInfluential}</p>}
        </div>
        <div class="whatif-group">
          <h3>{w.assumptions}</h3>
          <ul>
            {assumptions.map((figure) => (
              <Slider key={figure.address} figure={figure} text={assumptionText(figure.address, w)} />
            ))}
          </ul>
        </div>
        <div class="whatif-group">
          <h3>{w.states}</h3>
          <ul class="whatif-switches">
            {switchNames.map((name) => (
              <Switch key={name} name={name} waits={known} />
            ))}
          </ul>
          <Others shown={shown} />
        </div>
      </div>
    </>
  );
}
