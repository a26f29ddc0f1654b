import type { VNode } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { DatedDeparture, DeparturesQuestion } from "../../worker/data.ts";
import { shorten } from "../../../src/report/index.ts";
import { date, moment } from "../../i18n/format.ts";
import { isDate } from "../../state/shipment.ts";
import { MemberLink, Section } from "./facts.tsx";
import { useData } from "./use-data.ts";

/** The next departures from the shipment's ready date on, with the changes that stand; asked of the engine. */
export function DepartureList({ of, limit }: { of: DeparturesQuestion["of"]; limit: number }): VNode {
  const { store, w, language, name } = useData();
  const [found, setFound] = useState<readonly DatedDeparture[]>();
  const { ready } = store.form.value;
  const levers = store.adjust.kept.value;
  useEffect(() => {
    let isGone = false;
    const take = (departures: readonly DatedDeparture[]) => isGone || setFound(departures);
    if (isDate(ready)) store.engine.departures({ of, from: ready, levers, limit }).then(take, () => take([]));
    else take([]);
    return () => {
      isGone = true;
    };
  }, [ready, levers]);
  const title = `${w.network.sections.departures}${isDate(ready) ? ` ${w.network.from(date(ready, language))}` : ""}`;
  return (
    <Section title={title}>
      {found === undefined ? (
        <p class="bone departures-bone" />
      ) : found.length === 0 ? (
        <p class="quiet">{w.network.noDepartures}</p>
      ) : (
        <ol class="plain departures">
          {found.map((departure, i) => (
            <li key={i}>
              <time dateTime={departure.departure}>{moment(departure.departure, language)}</time>
              {"place" in of ? (
                <MemberLink member={`services/${departure.service}`} />
              ) : (
                <span>{`${shorten(name(`locations/${departure.at}`))} → ${shorten(name(`locations/${departure.to}`))}`}</span>
              )}
              <small class="quiet">
                {"place" in of && `→ ${shorten(name(`locations/${departure.to}`))} `}
                <time dateTime={departure.arrival}>{w.network.arrives(date(departure.arrival, language, false))}</time>
              </small>
            </li>
          ))}
        </ol>
      )}
    </Section>
  );
}
