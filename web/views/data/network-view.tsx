import type { VNode } from "preact";
import { useEffect, useMemo, useState } from "preact/hooks";
import type { Mode } from "../../../src/model/index.ts";
import type { NetworkData } from "../../../src/network/index.ts";
import { modeWords } from "../../../src/report/index.ts";
import { networkScene } from "../../state/data-scene.ts";
import { type Choice, Combobox } from "../combobox.tsx";
import { modes } from "../words.ts";
import { MemberLink } from "./facts.tsx";
import { MemberDetail } from "./member-detail.tsx";
import { NetworkMap } from "./network-map.tsx";
import { isOnMap, useData } from "./use-data.ts";

/** All places, then all services of the modes that are shown. */
function choicesOf(network: NetworkData, page: ReturnType<typeof useData>): Choice[] {
  const { m, language } = page;
  return [
    ...network.locations.map((l): Choice => ({
      id: `locations/${l.id}`,
      name: l.name,
      aliases: [l.id, ...(l.aliases ?? [])],
      detail: m.kinds[l.kind],
    })),
    ...network.services.map((s): Choice => ({
      id: `services/${s.id}`,
      name: s.name ?? s.id,
      aliases: [s.id],
      detail: modeWords[s.mode][language],
    })),
  ];
}

function ServiceTable({ network, shown }: { network: NetworkData; shown: ReadonlySet<Mode> }): VNode {
  const { w, language } = useData();
  const [isOpen, setOpen] = useState(false);
  return (
    <details class="network-list" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{w.network.list}</summary>
      {isOpen && (
        <ul class="plain">
          {network.services
            .filter((service) => shown.has(service.mode))
            .map((service) => (
              <li key={service.id}>
                <span class={`swatch mode-${service.mode}`} aria-hidden="true" /> <MemberLink member={`services/${service.id}`} />{" "}
                <small class="quiet">{modeWords[service.mode][language]}</small>
              </li>
            ))}
        </ul>
      )}
    </details>
  );
}

/** The network on the map, and what is chosen there. */
export function NetworkView({ network }: { network: NetworkData }): VNode {
  const page = useData();
  const { store, w, language } = page;
  const see = store.see.value;
  const scene = useMemo(() => networkScene(network), [network]);
  const [shown, setShown] = useState<ReadonlySet<Mode>>(new Set(modes));
  const [picked, setPicked] = useState<readonly string[]>([]);
  const choices = useMemo(() => choicesOf(network, page), [network, language]);
  useEffect(() => setPicked([]), [see]);

  const toggle = (mode: Mode) => setShown(new Set(modes.filter((m) => (m === mode ? !shown.has(m) : shown.has(m)))));
  const pick = (members: readonly string[]) => {
    if (members.length === 1) store.see.value = members[0]!;
    else setPicked(members);
  };
  const isMember = isOnMap(see) && choicesHas(network, see);
  return (
    <div class="data-split">
      <section class="panel network-panel" aria-label={w.network.map}>
        <Combobox
          id="member"
          label={w.network.find}
          choices={choices}
          value={choices.some((choice) => choice.id === see) ? see : ""}
          error={undefined}
          onPick={(value) => {
            if (choices.some((choice) => choice.id === value)) store.see.value = value;
          }}
        />
        <NetworkMap network={network} scene={scene} shown={shown} onToggle={toggle} onPick={pick} />
        <ServiceTable network={network} shown={shown} />
      </section>
      <aside class="panel data-detail" aria-live="polite">
        {picked.length > 0 && (
          <section class="picked">
            <h3>{w.network.here(picked.length)}</h3>
            <ul class="plain">
              {picked.map((member) => (
                <li key={member}>
                  <MemberLink member={member} />
                </li>
              ))}
            </ul>
          </section>
        )}
        {isMember ? (
          <MemberDetail member={see} network={network} />
        ) : (
          picked.length === 0 && (
            <div class="choose">
              <h2>{w.network.choose}</h2>
              <p class="quiet">{w.network.chooseHint}</p>
            </div>
          )
        )}
      </aside>
    </div>
  );
}

const choicesHas = (network: NetworkData, member: string): boolean => {
  const [list, id] = [member.slice(0, member.indexOf("/")), member.slice(member.indexOf("/") + 1)];
  const members: readonly { id: string }[] =
    list === "services"
      ? network.services
      : list === "locations"
        ? network.locations
        : list === "operations"
          ? network.operations
          : network.rules;
  return members.some((m) => m.id === id);
};
