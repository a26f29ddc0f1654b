import type { ComponentChildren, VNode } from "preact";
import { useEffect, useMemo, useRef } from "preact/hooks";
import type { NetworkData } from "../../../src/network/index.ts";
import { Original } from "../original.tsx";
import { Facts, MemberLink, Section } from "./facts.tsx";
import { OperationFacts, PlaceDetail } from "./place-detail.tsx";
import { RuleFacts } from "./rule-list.tsx";
import { ServiceDetail } from "./service-detail.tsx";
import { SourceList } from "./source-list.tsx";
import { figuresOf, useData } from "./use-data.ts";

interface Shown {
  title: string;
  isRunning: boolean;
  body: ComponentChildren;
}

function PlaceLinks({ ids }: { ids: readonly string[] }): VNode {
  return (
    <ul class="plain">
      {ids.map((id) => (
        <li key={id}>
          <MemberLink member={`locations/${id}`} />
        </li>
      ))}
    </ul>
  );
}

/** A service, place, operation or rule by `list/id`; nothing where the network has none. */
export function MemberDetail({ member, network }: { member: string; network: NetworkData }): VNode | null {
  const page = useData();
  const { store, data, w, name } = page;
  const heading = useRef<HTMLHeadingElement>(null);
  const isFirst = useRef(true);
  useEffect(() => {
    // Opened by a link of the page: on a narrow screen what it opens lies below the map.
    if (!isFirst.current && matchMedia("(max-width: 999px)").matches) heading.current?.scrollIntoView({ block: "start" });
    isFirst.current = false;
  }, [member]);
  const figures = useMemo(() => data.rows.value.filter((row) => row.owners.includes(member)).length, [data.rows.value, member]);
  const [list, id] = [member.slice(0, member.indexOf("/")), member.slice(member.indexOf("/") + 1)];
  const { facts, sections } = w.network;
  const shown = ((): Shown | undefined => {
    if (list === "services") {
      const service = network.services.find((s) => s.id === id);
      return (
        service && {
          title: name(member),
          isRunning: service.enabled !== false,
          body: <ServiceDetail service={service} network={network} />,
        }
      );
    }
    if (list === "locations") {
      const location = network.locations.find((l) => l.id === id);
      return location && { title: name(member), isRunning: true, body: <PlaceDetail location={location} network={network} /> };
    }
    if (list === "operations") {
      const operation = network.operations.find((o) => o.id === id);
      return (
        operation && {
          title: name(member),
          isRunning: operation.enabled !== false,
          body: (
            <>
              <OperationFacts operation={operation} />
              {operation.note !== undefined && (
                <p class="member-note">
                  <Original text={operation.note} />
                </p>
              )}
              <Section title={facts.at}>
                <PlaceLinks ids={operation.at} />
              </Section>
              <Section title={sections.sources}>
                <SourceList ids={[operation.source ?? []].flat()} />
              </Section>
            </>
          ),
        }
      );
    }
    const rule = list === "rules" ? network.rules.find((r) => r.id === id) : undefined;
    return (
      rule && {
        title: name(member),
        isRunning: rule.enabled !== false,
        body: (
          <>
            {rule.forbid === true && <Facts items={[[facts.forbid, name(member)]]} />}
            <RuleFacts rule={rule} />
            {rule.note !== undefined && (
              <p class="member-note">
                <Original text={rule.note} />
              </p>
            )}
            {rule.at !== undefined && (
              <Section title={facts.at}>
                <PlaceLinks ids={rule.at} />
              </Section>
            )}
            <Section title={sections.sources}>
              <SourceList ids={[rule.source ?? []].flat()} />
            </Section>
          </>
        ),
      }
    );
  })();
  if (shown === undefined) return null;
  return (
    <article class="member-detail" aria-labelledby="member-heading">
      <header>
        <h2 id="member-heading" ref={heading} tabIndex={-1}>
          {shown.title}
        </h2>
        <button type="button" class="detail-close" aria-label={w.close} title={w.close} onClick={() => (store.see.value = "")}>
          ×
        </button>
        <code class="figure-address">{member}</code>
        {!shown.isRunning && <span class="state-tag">{w.network.notRunning}</span>}
        {figures > 0 && (
          <button type="button" class="link-button member-figures" onClick={() => figuresOf(store, member)}>
            {w.network.allFigures(figures)}
          </button>
        )}
      </header>
      {shown.body}
    </article>
  );
}
