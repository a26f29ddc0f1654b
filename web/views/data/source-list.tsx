import type { VNode } from "preact";
import type { Source } from "../../../src/model/index.ts";
import { webAddress } from "../figure-view.tsx";
import { Original } from "../original.tsx";
import { useData } from "./use-data.ts";

function SourceItem({ source }: { source: Source }): VNode {
  const { w, m } = useData();
  const href = webAddress(source.address);
  const title = source.title === "" ? w.untitled : source.title;
  const facts = [source.publisher, source.year === null || source.year === undefined ? undefined : String(source.year)]
    .filter((fact) => fact !== undefined && fact !== "")
    .join(m.dot);
  return (
    <li>
      {href === undefined ? (
        <Original text={title} />
      ) : (
        <a href={href} target="_blank" rel="noopener noreferrer">
          <Original text={title} />
        </a>
      )}
      {facts !== "" && <small> {facts}</small>}
      {source.what !== undefined && source.what !== title && (
        <p class="quiet">
          <Original text={source.what} />
        </p>
      )}
      {typeof source.address === "string" && source.address !== "" && <p class="source-address">{source.address}</p>}
    </li>
  );
}

/** Sources by id, each with title, publisher, year and address; only web addresses become links. */
export function SourceList({ ids }: { ids: readonly string[] }): VNode {
  const { store, w } = useData();
  if (ids.length === 0) return <p class="quiet">{w.noSource}</p>;
  return (
    <>
      <ul class="sources">
        {ids.map((id) => {
          const source = store.sources.value?.get(id);
          return source === undefined ? <li key={id}>{id}</li> : <SourceItem key={id} source={source} />;
        })}
      </ul>
      <p class="note">{w.original}</p>
    </>
  );
}
