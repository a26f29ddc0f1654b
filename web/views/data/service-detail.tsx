import type { ComponentChildren, VNode } from "preact";
import type { Service } from "../../../src/model/index.ts";
import type { NetworkData } from "../../../src/network/index.ts";
import { basisWords, formWords, modeWords, weekdayWords } from "../../../src/report/index.ts";
import { handlingOf, rulesOf } from "../../state/data-members.ts";
import { DepartureList } from "./departure-list.tsx";
import { Charges, Facts, FigureAt, MemberLink, Section, cargoInWords, monthDays, validityInWords } from "./facts.tsx";
import { Original } from "../original.tsx";
import { RuleList } from "./rule-list.tsx";
import { SourceList } from "./source-list.tsx";
import { type DataPage, useData } from "./use-data.ts";

/** When a service leaves, in words; a frequency is a figure of its own. */
export function timetable(service: Service, { w, language }: DataPage): ComponentChildren {
  const departures = service.departures ?? "on-demand";
  if (departures === "on-demand") return w.network.onDemand;
  if ("weekly" in departures)
    return w.network.weekly(departures.weekly.map((day) => weekdayWords[day][language]).join(w.listComma), departures.time ?? "18:00");
  if ("perWeek" in departures) return <FigureAt figure={departures.perWeek} own={`services/${service.id}/departures/perWeek`} />;
  return w.network.dates(departures.dates.length);
}

function Stops({ service }: { service: Service }): VNode {
  const page = useData();
  const { w } = page;
  const at = `services/${service.id}/stops`;
  return (
    <ol class="member-stops">
      {service.stops.map((stop, i) => {
        const own = `${at}/${stop.at}`;
        return (
          <li key={`${stop.at} ${i}`} class={stop.pass === undefined ? "" : "passed"}>
            {i > 0 && (
              <div class="run">
                <FigureAt figure={stop.hours} own={`${own}/hours`} />
                <FigureAt figure={stop.distanceKm} own={`${own}/distanceKm`} />
                <FigureAt figure={stop.co2eKgPerVehicle} own={`${own}/co2eKgPerVehicle`} />
                {stop.via !== undefined && <small>{w.network.via(stop.via.join(w.listComma))}</small>}
                <Charges charges={stop.charges} owner={own} />
              </div>
            )}
            <div class="call">
              <MemberLink member={`locations/${stop.at}`} />
              {stop.pass !== undefined && <small class="quiet"> {w.network.pass(stop.pass)}</small>}
              <Facts
                items={[
                  [w.network.cutoff, stop.cutoffHours && <FigureAt figure={stop.cutoffHours} own={`${own}/cutoffHours`} />],
                  [w.network.stay, stop.stayHours && <FigureAt figure={stop.stayHours} own={`${own}/stayHours`} />],
                  [w.network.release, stop.releaseHours && <FigureAt figure={stop.releaseHours} own={`${own}/releaseHours`} />],
                ]}
              />
            </div>
          </li>
        );
      })}
    </ol>
  );
}

/** A service: timetable and next dates, stops with their times, slots, tariffs, seasons, rules, handling, sources. */
export function ServiceDetail({ service, network }: { service: Service; network: NetworkData }): VNode {
  const page = useData();
  const { w, t, m, language, name } = page;
  const own = `services/${service.id}`;
  const { facts, sections } = w.network;
  const factor = network.factors.find((f) => f.id === service.factor);
  const rules = rulesOf(network, service);
  const handling = handlingOf(network, service);
  const basis = service.schedule?.basis;
  const sources = [...new Set([service.source ?? [], service.schedule?.source ?? []].flat())];
  return (
    <>
      <Facts
        items={[
          [facts.mode, `${modeWords[service.mode][language]}${m.dot}${formWords[service.form][language]}`],
          [facts.corridor, service.corridor && name(`corridors/${service.corridor}`)],
          [facts.operator, service.operator && t(service.operator)],
          [
            facts.timetable,
            <>
              {timetable(service, page)}
              {service.bothWays === true && <small> {w.network.bothWays}</small>}
            </>,
          ],
          [facts.timetableBasis, basis && basisWords[basis][language]],
          [facts.valid, validityInWords(service.valid, page)],
          [facts.slots, service.slots && <FigureAt figure={service.slots} own={`${own}/slots`} />],
          [facts.weeklySlots, service.weeklySlots && <FigureAt figure={service.weeklySlots} own={`${own}/weeklySlots`} />],
          [facts.sd, service.reliability?.sdHours && <FigureAt figure={service.reliability.sdHours} own={`${own}/reliability/sdHours`} />],
          [
            facts.onTime,
            service.reliability?.onTimePercent && (
              <FigureAt figure={service.reliability.onTimePercent} own={`${own}/reliability/onTimePercent`} />
            ),
          ],
          [
            facts.factor,
            factor && (
              <>
                <FigureAt figure={factor.gPerTkm} own={`factors/${factor.id}/gPerTkm`} />
                <FigureAt figure={factor.gPerTeuKm} own={`factors/${factor.id}/gPerTeuKm`} /> <small>{t(factor.name)}</small>
              </>
            ),
          ],
          [facts.for, cargoInWords(service.when, page)],
        ]}
      />
      {service.note !== undefined && (
        <p class="member-note">
          <Original text={service.note} />
        </p>
      )}
      {service.departures !== undefined && service.departures !== "on-demand" && (
        <DepartureList key={service.id} of={{ service: service.id }} limit={6} />
      )}
      <Section title={sections.stops}>
        <Stops service={service} />
      </Section>
      {service.charges !== undefined && (
        <Section title={sections.charges}>
          <Charges charges={service.charges} owner={own} />
        </Section>
      )}
      {service.tariffs !== undefined && (
        <Section title={sections.tariffs}>
          <ul class="plain tariffs">
            {service.tariffs.map((tariff, i) => (
              <li key={tariff.id ?? i}>
                <p>
                  {[
                    cargoInWords(tariff.when, page) || tariff.id || String(i + 1),
                    tariff.kind === undefined ? "" : w.network.tariffKinds[tariff.kind],
                    tariff.between === undefined ? "" : tariff.between.map((id) => name(`locations/${id}`)).join(" → "),
                    validityInWords(tariff.valid, page),
                  ]
                    .filter((text) => text !== "")
                    .join(m.dot)}
                </p>
                <Charges charges={tariff.charges} owner={`${own}/tariffs/${tariff.id ?? i}`} />
              </li>
            ))}
          </ul>
        </Section>
      )}
      {service.seasons !== undefined && (
        <Section title={sections.seasons}>
          <ul class="plain">
            {service.seasons.map((season, i) => (
              <li key={i}>
                {monthDays(season, language)}
                {season.years !== undefined && <small class="quiet"> {season.years.join(w.listComma)}</small>}{" "}
                {season.suspended === true && <span>{w.network.suspended} </span>}
                <FigureAt figure={season.slotsPercent} own={`${own}/seasons/${i}/slotsPercent`} />
                <FigureAt figure={season.addHours} own={`${own}/seasons/${i}/addHours`} />
                {season.note !== undefined && (
                  <p class="quiet">
                    <Original text={season.note} />
                  </p>
                )}
              </li>
            ))}
          </ul>
        </Section>
      )}
      {rules.length > 0 && <RuleList rules={rules} />}
      {handling.length > 0 && (
        <Section title={sections.operations}>
          <ul class="plain">
            {handling.map((operation) => (
              <li key={operation.id}>
                <MemberLink member={`operations/${operation.id}`} />
              </li>
            ))}
          </ul>
        </Section>
      )}
      <Section title={sections.sources}>
        <SourceList ids={sources} />
      </Section>
    </>
  );
}
