import { batch } from "@preact/signals";
import type { VNode } from "preact";
import type { Source } from "../../src/model/index.ts";
import { basisWords } from "../../src/report/index.ts";
import { decimal } from "../i18n/format.ts";
import { useStore, useWords } from "./context.ts";
import { Original } from "./original.tsx";

/** Only web addresses become links; anything else a source holds is shown as the text it is. */
export const webAddress = (address: string | null | undefined): string | undefined =>
  typeof address === "string" && /^https?:\/\/[^\s]+$/i.test(address) ? address : undefined;

function SourceView({ source }: { source: Source }): VNode {
  const { m } = useWords();
  const href = webAddress(source.address);
  const facts = [source.publisher, source.year === null || source.year === undefined ? undefined : String(source.year)].filter(
    (fact) => fact !== undefined && fact !== "",
  );
  const title = source.title === "" ? m.chain.untitled : source.title;
  return (
    <li>
      {href === undefined ? (
        <Original text={title} />
      ) : (
        <a href={href} target="_blank" rel="noopener noreferrer">
          <Original text={title} />
        </a>
      )}
      {facts.length > 0 && <small> {facts.join(m.dot)}</small>}
      {href === undefined && typeof source.address === "string" && <small> {source.address}</small>}
      {source.what !== undefined && source.what !== title && (
        <p>
          <Original text={source.what} />
        </p>
      )}
      {source.note !== null && source.note !== undefined && (
        <p class="source-note">
          <Original text={source.note} />
        </p>
      )}
    </li>
  );
}

/** Where a figure stands, which opens it on the data page. That page knows it by every address of the engine, the way back of a service's too. */
function Address({ address }: { address: string }): VNode {
  const store = useStore();
  const { m } = useWords();
  const see = () =>
    batch(() => {
      store.page.value = "data";
      store.tab.value = "figures";
      store.see.value = address;
    });
  return (
    <p class="figure-address">
      <button type="button" class="link-button" data-figure={address} title={m.chain.seeFigure} onClick={see}>
        {address}
      </button>
    </p>
  );
}

/** One figure: where it stands, value, range, basis, note and sources. */
export function FigureView({ address }: { address: string }): VNode {
  const { answered, sources } = useStore();
  const { m, language } = useWords();
  const result = answered.value?.result;
  const figure = result?.figures[address];
  if (result === undefined || figure === undefined) return <Address address={address} />;
  const number = (value: number) => decimal(value, 6, language);
  const hasRange = figure.low !== figure.value || figure.high !== figure.value;
  return (
    <div class="figure-card">
      <Address address={address} />
      <p class="figure-value">
        <strong>{number(figure.value)}</strong>
        {hasRange && <span>{` ${m.chain.range} ${number(figure.low)}–${number(figure.high)}`}</span>}
        <span class={`basis-tag basis-tag-${figure.basis}`}>{basisWords[figure.basis][language]}</span>
      </p>
      {figure.note !== undefined && (
        <p class="figure-note">
          <Original text={figure.note} />
        </p>
      )}
      {figure.sources === undefined || figure.sources.length === 0 ? (
        <p class="quiet">{m.chain.noSource}</p>
      ) : (
        <ul class="sources">
          {figure.sources.map((id) => {
            const source = sources.value?.get(id) ?? result.sources[id];
            return source === undefined ? <li key={id}>{id}</li> : <SourceView key={id} source={source} />;
          })}
        </ul>
      )}
    </div>
  );
}
