import type { VNode } from "preact";
import { useMemo, useState } from "preact/hooks";
import { basisWords, missingWords, optionWords } from "../../src/report/index.ts";
import type { OptionResult, ShipmentResult } from "../../src/scenario/index.ts";
import { costAxis } from "../charts/cost-bar.tsx";
import { type CostScale, costGroups, costScale, segmentsOf } from "../charts/cost-groups.ts";
import { evidenceOrder } from "../charts/evidence-bar.tsx";
import { markPath } from "../charts/front.tsx";
import { brushWords } from "../i18n/brush.ts";
import { decimal } from "../i18n/format.ts";
import { type Best, type NamedChain, bestOf, costOf } from "../state/chains.ts";
import type { Answered } from "../state/store.ts";
import { ChainRow } from "./chain-row.tsx";
import { type Words, useMessages, useStore, useWords } from "./context.ts";
import { LazyView } from "./lazy-view.tsx";
import { useStable } from "./use-stable.ts";

const columns = 7;
/** Loaded when a chain is first opened. */
const detail = () => import("./chain-detail.tsx").then((m) => m.ChainDetail);

/** Ticks in 万元 for Chinese readers, in thousands for English ones. */
const tickText = (language: Words["language"]) => (cny: number) =>
  language === "zh" ? decimal(cny / 10_000, 1, language) : decimal(cny / 1000, 0, language);

function MissingRow({ result }: { result: OptionResult }): VNode {
  const { catalogue } = useStore();
  const { m, t, language } = useWords();
  const { missing } = result;
  const rules = missing?.by.flatMap((id) => catalogue.value?.rules.find((r) => r.id === id)?.title ?? []) ?? [];
  return (
    <tr class="missing-row" data-option={result.option}>
      <th scope="row">
        <svg class={`option-mark option-${result.option}`} width="16" height="16" viewBox="-8 -8 16 16" aria-hidden="true">
          <path d={markPath(result.option, 90)} />
        </svg>
        <span class="option-name">{optionWords[result.option][language]}</span>
      </th>
      <td colSpan={columns - 1}>
        <span class="missing-code">{missing === undefined ? m.table.missing : missingWords[missing.code][language]}</span>
        {missing !== undefined && t(missing.reason)}
        {rules.length > 0 && missing?.code === "rule" && <small> {rules.map(t).join(m.comma)}</small>}
      </td>
    </tr>
  );
}

interface OptionRowsProps {
  chains: readonly NamedChain[];
  scale: CostScale;
  best: Best;
}

function OptionRows({ chains, scale, best }: OptionRowsProps): VNode {
  const store = useStore();
  const { m } = useWords();
  const own = useMessages(brushWords);
  const [isUnfolded, setUnfolded] = useState(false);
  const measure = store.measure.value;
  const open = chains.find((c) => c.key === store.chain.value);
  const isLocked = open !== undefined && !open.isBest;
  const [first, ...rest] = chains;
  const showsAll = isUnfolded || isLocked;
  const within = store.within.value;
  const fits = within === undefined ? undefined : chains.filter((c) => within.has(c.key)).length;
  const text = showsAll ? m.table.hideVariants : fits === undefined ? m.table.variants(rest.length) : own.keptOf(fits, chains.length);
  const more = useMemo(
    () => (rest.length === 0 ? undefined : { text, isUnfolded: showsAll, isLocked, onUnfold: setUnfolded }),
    [rest.length === 0, text, showsAll, isLocked],
  );
  if (first === undefined) return <tbody />;
  const fastest = Math.min(...chains.map((c) => c.chain.time.days));
  return (
    <tbody>
      {[first, ...rest.filter((c) => showsAll || c.key === store.pinned.value)].flatMap((named) => [
        <ChainRow
          key={named.key}
          named={named}
          scale={scale}
          isCheapest={named.isBest && costOf(named.chain, measure) === best.cost}
          isFastest={named.isBest && named.chain.time.days === best.days}
          isGreenest={named.isBest && named.chain.co2eKg === best.co2e}
          faster={named === first && fastest < first.chain.time.days ? fastest : undefined}
          more={named === first ? more : undefined}
        />,
        ...(named === open
          ? [
              <tr key={`${named.key} detail`} class="detail-row">
                <td colSpan={columns}>
                  <LazyView load={detail} given={{ named }} />
                </td>
              </tr>,
            ]
          : []),
      ])}
    </tbody>
  );
}

/** What the colours of the bars stand for; `used`: the groups that are in any bar. */
function Keys({ used, isHidden }: { used: string; isHidden: boolean }): VNode {
  const { m, language } = useWords();
  const groups = used.split(" ");
  return (
    <div class="keys" hidden={isHidden}>
      <ul class="legend">
        {costGroups
          .filter((group) => groups.includes(group))
          .map((group) => (
            <li key={group}>
              <span class={`swatch group-${group}`} />
              {m.groups[group]}
            </li>
          ))}
      </ul>
      <ul class="legend">
        {evidenceOrder.map((basis) => (
          <li key={basis}>
            <svg class="evidence-bar" width="22" height="10" aria-hidden="true">
              <rect class={`basis-${basis}`} x="0" y="1" width="22" height="8" {...(basis === "assumed" ? { fill: "url(#hatch)" } : {})} />
            </svg>
            {basisWords[basis][language]}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Options side by side: the best chain by cost of each, the others on demand, and for each missing one the reason. */
export function OptionsTable({ shipment, answered }: { shipment: ShipmentResult; answered: Answered }): VNode {
  const store = useStore();
  const { m, language } = useWords();
  const measure = store.measure.value;
  const chains = answered.chains;
  const scale = useStable(
    costScale(
      chains.map((c) => c.chain),
      measure,
    ),
  );
  const best = bestOf(
    chains.filter((c) => c.isBest),
    measure,
  );
  const used = [...new Set(chains.flatMap(({ chain }) => segmentsOf(chain, measure).map((s) => s.group)))].sort();
  return (
    <div class="table-frame">
      <table class="options" aria-busy={store.isBusy.value}>
        <caption class="visually-hidden">{m.table.caption}</caption>
        <thead>
          <tr>
            <th scope="col">{m.table.option}</th>
            <th scope="col" class="number">
              {m.table.cost}
            </th>
            <th scope="col" class="number">
              {m.table.time}
            </th>
            <th scope="col" class="number">
              {m.table.due}
            </th>
            <th scope="col" class="number">
              {m.table.co2e}
            </th>
            <th scope="col">{m.table.evidence}</th>
            <th scope="col" class="bar-head">
              <span>
                {m.table.bar} {chains.length > 0 && <small>{m.table.scale}</small>}
              </span>
              {chains.length > 0 && costAxis(scale, tickText(language))}
            </th>
          </tr>
        </thead>
        {shipment.options.map((result) =>
          result.chains.length === 0 ? (
            <tbody key={result.option}>
              <MissingRow result={result} />
            </tbody>
          ) : (
            <OptionRows key={result.option} chains={chains.filter((c) => c.option === result.option)} scale={scale} best={best} />
          ),
        )}
      </table>
      <Keys used={used.join(" ")} isHidden={chains.length === 0} />
    </div>
  );
}
