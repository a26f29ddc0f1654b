import { useComputed } from "@preact/signals";
import type { VNode } from "preact";
import { useMemo } from "preact/hooks";
import { basisWords, lineWords, optionWords } from "../../src/report/index.ts";
import type { TransportChain } from "../../src/routing/index.ts";
import { costBar } from "../charts/cost-bar.tsx";
import { type CostScale, type Segment, rangeOf, segmentsOf } from "../charts/cost-groups.ts";
import { evidenceBar, evidenceOrder } from "../charts/evidence-bar.tsx";
import { markPath } from "../charts/front.tsx";
import { date, decimal, fen, fixed, percent, whole } from "../i18n/format.ts";
import { pinWords } from "../i18n/pin.ts";
import { type NamedChain, costOf } from "../state/chains.ts";
import { useMessages, useStore, useWords } from "./context.ts";
import { corridorName, placeName } from "./names.ts";
import { Difference, PinButton } from "./pinned.tsx";

function BestMark({ when }: { when: boolean }): VNode | null {
  const { m } = useWords();
  return when ? <span class="best">{m.table.best}</span> : null;
}

/** Shows and hides the other chains of an option. */
interface More {
  text: string;
  isUnfolded: boolean;
  isLocked: boolean;
  onUnfold: (isUnfolded: boolean) => void;
}

/** Each prop that is the same as before spares a drawing. */
interface RowProps {
  named: NamedChain;
  scale: CostScale;
  /** What it is the best in of all options. */
  isCheapest: boolean;
  isFastest: boolean;
  isGreenest: boolean;
  /** Days of the option's fastest chain, where that is another one. */
  faster?: number | undefined;
  /** The option's own control for its other chains, in its first row. */
  more?: More | undefined;
}

function DueCell({ due }: { due: TransportChain["due"] }): VNode {
  const { m, language } = useWords();
  if (due === undefined) return <span class="quiet">—</span>;
  const days = decimal(Math.abs(due.slackDays), 1, language);
  return (
    <>
      <span class={due.slackDays < 0 ? "late" : ""}>
        <data value={due.slackDays} data-of="slack">
          {due.slackDays < 0 ? m.table.late(days) : m.table.early(days)}
        </data>
      </span>
      <small>
        <data value={due.onTimeChance} data-of="chance">
          {m.table.chance(percent(due.onTimeChance))}
        </data>
      </small>
    </>
  );
}

/** Name, ways and next departures of a chain, and what can be done with it. */
function NameCell({ named, more }: { named: NamedChain; more: More | undefined }): VNode {
  const store = useStore();
  const words = useWords();
  const { m, language } = words;
  const own = useMessages(pinWords);
  const { chain, key } = named;
  const isOpen = store.chain.value === key;
  const corridor = corridorName(store.catalogue.value, chain.corridor, words);
  const gateway = placeName(store.catalogue.value, chain.gateway, words);
  return (
    <th scope="row">
      <button
        type="button"
        class="row-button"
        aria-expanded={isOpen}
        onClick={(event) => (event.stopPropagation(), store.toggle(key))}
        onFocus={() => (store.hovered.value = key)}
        onBlur={() => (store.hovered.value = "")}
      >
        {named.isBest && (
          <svg class={`option-mark option-${named.option}`} width="16" height="16" viewBox="-8 -8 16 16" aria-hidden="true">
            <path d={markPath(named.option, 90)} />
          </svg>
        )}
        <span class="option-name">{named.isBest ? optionWords[named.option][language] : corridor}</span>
        {named.wins.map((win) => (
          <span key={win} class={`win win-${win}`}>
            {m.answer.wins[win]}
          </span>
        ))}
      </button>
      <PinButton named={named} />
      <small>{named.isBest ? [m.table.via(gateway), corridor].join(m.dot) : m.table.via(gateway)}</small>
      {named.isBest && chain.nextDepartures.length > 0 && (
        <small class="next-departures">
          {own.next(
            chain.nextDepartures
              .slice(0, 2)
              .map((stamp) => date(stamp, language, false))
              .join(m.listComma),
          )}
        </small>
      )}
      {more !== undefined && (
        <button
          type="button"
          class="more"
          aria-expanded={more.isUnfolded}
          disabled={more.isLocked}
          onClick={(event) => (event.stopPropagation(), more.onUnfold(!more.isUnfolded))}
        >
          {more.text}
        </button>
      )}
    </th>
  );
}

/** One chain as a row of the options table; the whole row opens it, its button for keyboards. */
export function ChainRow({ named, scale, isCheapest, isFastest, isGreenest, faster, more }: RowProps): VNode {
  const store = useStore();
  const { m, language } = useWords();
  const { chain, key } = named;
  const { evidence } = chain;
  const measure = store.measure.value;
  const cost = costOf(chain, measure);
  const range = rangeOf(chain, measure);
  const isShown = useComputed(() => store.shown.value?.key === key).value;
  const shares = evidenceOrder
    .filter((basis) => evidence.cost[basis] > 0)
    .map((basis) => `${basisWords[basis][language]} ${percent(evidence.cost[basis])}`);
  const segmentText = (segment: Segment) => `${lineWords[segment.line][language]} ${fen(segment.cny, language)}`;
  const segments = segmentsOf(chain, measure);
  const classes = [
    "chain-row",
    named.isBest ? "best-row" : "variant-row",
    store.chain.value === key ? "open" : "",
    isShown ? "shown" : "",
    store.pinned.value === key ? "pinned" : "",
    store.within.value?.has(key) === false ? "outside" : "",
  ];
  // While numbers are slid, these cells mostly stay: they are not even looked at again.
  const name = useMemo(
    () => <NameCell named={named} more={more} />,
    [key, named.option, named.isBest, named.wins.join(), chain.corridor, chain.gateway, chain.nextDepartures, more],
  );
  const due = useMemo(() => <DueCell due={chain.due} />, [chain.due]);
  const basis = useMemo(
    () => (
      <td class="evidence-cell" data-label={m.table.evidence}>
        {evidenceBar(evidence.cost, m.table.evidenceOf(shares.join(m.comma)))}
        <small>{`${basisWords.assumed[language]} ${percent(evidence.cost.assumed)}`}</small>
      </td>
    ),
    [evidence.cost, language],
  );
  return (
    <tr
      class={classes.join(" ")}
      data-chain={key}
      onPointerEnter={() => (store.hovered.value = key)}
      onPointerLeave={() => (store.hovered.value = "")}
      onClick={() => store.toggle(key)}
    >
      {name}
      <td class="number" data-label={m.table.cost}>
        <span class="figure">
          <BestMark when={isCheapest} />
          <data value={cost} data-of="cost">
            {whole(cost, language)}
          </data>
        </span>
        <small title={m.table.rangeLabel}>
          <data value={`${range.low}/${range.high}`} data-of="range">
            {m.table.range(whole(range.low, language), whole(range.high, language))}
          </data>
        </small>
        <Difference named={named} what="cost" />
      </td>
      <td class="number" data-label={m.table.time}>
        <span class="figure">
          <BestMark when={isFastest} />
          <data value={chain.time.days} data-of="days">
            {m.table.days(fixed(chain.time.days, 1, language))}
          </data>
        </span>
        <small>
          <time dateTime={chain.time.arrivalDate} data-of="arrival">
            {date(chain.time.arrivalDate, language)}
          </time>
        </small>
        {/* Its line is the difference's while a chain is pinned: the rows keep their height, and a double click its place. */}
        {faster !== undefined && store.pinned.value === "" && <small>{m.table.fastest(fixed(faster, 1, language))}</small>}
        <Difference named={named} what="days" />
      </td>
      <td class="number" data-label={m.table.due}>
        {due}
      </td>
      <td class="number" data-label={m.table.co2e}>
        <span class="figure">
          <BestMark when={isGreenest} />
          <data value={chain.co2eKg} data-of="co2e">
            {whole(chain.co2eKg, language)}
          </data>
        </span>
        <small>{m.units.co2e}</small>
        <Difference named={named} what="co2e" />
      </td>
      {basis}
      <td class="bar-cell" data-label={m.table.bar}>
        {costBar({
          chain,
          measure,
          scale,
          label: m.table.barOf(fen(cost, language), segments.map(segmentText).join(m.comma)),
          // Nobody can hover over a segment in a row that is not under the pointer, where the row is the one shown.
          ...(isShown ? { titleOf: segmentText } : {}),
        })}
      </td>
    </tr>
  );
}
