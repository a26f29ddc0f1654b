import type { VNode } from "preact";
import type { Form, Location, Operation, Service } from "../../../src/model/index.ts";
import type { NetworkData } from "../../../src/network/index.ts";
import { dutyWords, formWords, modeWords, operationWords, weekdayWords } from "../../../src/report/index.ts";
import { date } from "../../i18n/format.ts";
import { dutiesIn, leavesFrom, operationsAt, rulesAt, servicesAt } from "../../state/data-members.ts";
import { passageName } from "../../state/passages.ts";
import { Original } from "../original.tsx";
import { modes } from "../words.ts";
import { DepartureList } from "./departure-list.tsx";
import { Charges, Facts, FigureAt, MemberLink, Section, cargoInWords, monthDays, validityInWords } from "./facts.tsx";
import { RuleList } from "./rule-list.tsx";
import { SourceList } from "./source-list.tsx";
import { useData } from "./use-data.ts";

/** Monday first, as ISO counts them. */
const dayNames = Object.values(weekdayWords);

function ServiceList({ title, services }: { title: string; services: readonly Service[] }): VNode {
  const { w, language } = useData();
  return (
    <Section title={title}>
      {modes.map((mode) => {
        const own = services.filter((service) => service.mode === mode);
        return own.length === 0 ? null : (
          <details key={mode} class="service-group" open={services.length <= 12}>
            <summary>
              <span class={`swatch mode-${mode}`} aria-hidden="true" /> {modeWords[mode][language]} <small>{own.length}</small>
            </summary>
            <ul class="plain">
              {own.map((service) => (
                <li key={service.id}>
                  <MemberLink member={`services/${service.id}`} />
                  {service.enabled === false && <small class="quiet"> {w.network.notRunning}</small>}
                </li>
              ))}
            </ul>
          </details>
        );
      })}
    </Section>
  );
}

/** Hours, daily capacity, opening hours, charges of a hub operation. */
export function OperationFacts({ operation }: { operation: Operation }): VNode | null {
  const page = useData();
  const { w, m, language } = page;
  const { facts } = w.network;
  const own = `operations/${operation.id}`;
  const open = operation.openingHours;
  return (
    <Facts
      items={[
        [
          facts.kind,
          [
            operationWords[operation.kind][language],
            operation.mode && modeWords[operation.mode][language],
            operation.form && formWords[operation.form][language],
          ]
            .filter((text) => text !== undefined)
            .join(m.dot),
        ],
        [facts.hours, operation.hours && <FigureAt figure={operation.hours} own={`${own}/hours`} />],
        [facts.dwell, operation.dwellHours && <FigureAt figure={operation.dwellHours} own={`${own}/dwellHours`} />],
        [facts.daily, operation.dailyVehicles && <FigureAt figure={operation.dailyVehicles} own={`${own}/dailyVehicles`} />],
        [
          facts.opening,
          open &&
            `${open.days === undefined ? w.network.everyDay : open.days.map((day) => dayNames[day - 1]?.[language]).join(w.listComma)} ${open.from}–${open.until}`,
        ],
        [facts.co2e, operation.co2eKgPerVehicle && <FigureAt figure={operation.co2eKgPerVehicle} own={`${own}/co2eKgPerVehicle`} />],
        [facts.charge, operation.charges && <Charges charges={operation.charges} owner={own} />],
        [facts.for, cargoInWords(operation.when, page)],
        [facts.valid, validityInWords(operation.valid, page)],
      ]}
    />
  );
}

function Storage({ location }: { location: Location }): VNode {
  const { w, language } = useData();
  return (
    <Section title={w.network.sections.storage}>
      <Facts
        items={Object.entries(location.storage ?? {}).map(([form, terms]) => {
          const own = `locations/${location.id}/storage/${form}`;
          return [
            formWords[form as Form][language],
            terms && (
              <>
                {w.network.facts.freeDays} <FigureAt figure={terms.freeDays} own={`${own}/freeDays`} />{" "}
                <FigureAt figure={terms.perVehicleDay} own={`${own}/perVehicleDay`} />
                <FigureAt figure={terms.perContainerDay} own={`${own}/perContainerDay`} />
              </>
            ),
          ] as const;
        })}
      />
    </Section>
  );
}

function Passages({ location }: { location: Location }): VNode {
  const { w, t, language } = useData();
  const { facts, sections } = w.network;
  return (
    <Section title={sections.passages}>
      {Object.entries(location.passages ?? {}).map(([name, passage]) => {
        const own = `locations/${location.id}/passages/${name}`;
        return (
          <div key={name} class="passage">
            <h4>{t(passageName(name))}</h4>
            <Facts
              items={[
                [facts.wait, passage.waitHours && <FigureAt figure={passage.waitHours} own={`${own}/waitHours`} />],
                [facts.passage, passage.hours && <FigureAt figure={passage.hours} own={`${own}/hours`} />],
                [facts.charge, passage.charges && <Charges charges={passage.charges} owner={own} />],
                ...(passage.seasons ?? []).map(
                  (season, i) =>
                    [
                      monthDays(season, language),
                      <>
                        <FigureAt figure={season.waitHours} own={`${own}/seasons/${i}/waitHours`} />
                        {season.note !== undefined && (
                          <small class="quiet">
                            {" "}
                            <Original text={season.note} />
                          </small>
                        )}
                      </>,
                    ] as const,
                ),
                ...(passage.closures ?? []).map(
                  (closure) =>
                    [
                      `${facts.closed} ${date(closure.from, language)}–${date(closure.until, language)}`,
                      closure.note === undefined ? "—" : <Original text={closure.note} />,
                    ] as const,
                ),
              ]}
            />
            {passage.note !== undefined && (
              <p class="quiet">
                <Original text={passage.note} />
              </p>
            )}
          </div>
        );
      })}
    </Section>
  );
}

/** A place: its next departures, services, operations, storage, passages, rules, duties on import, sources. */
export function PlaceDetail({ location, network }: { location: Location; network: NetworkData }): VNode {
  const page = useData();
  const { w, t, m, language } = page;
  const { facts, sections } = w.network;
  const { calling, passing } = servicesAt(network, location.id);
  const operations = operationsAt(network, location.id);
  const rules = rulesAt(network, location.id);
  const duties = location.kind === "market" ? dutiesIn(network, location.country) : undefined;
  const isScheduled = calling.some((s) => s.departures !== undefined && s.departures !== "on-demand" && leavesFrom(s, location.id));
  return (
    <>
      <Facts
        items={[
          [facts.kind, m.kinds[location.kind]],
          [facts.country, location.country],
          [facts.zone, location.timeZone],
          [facts.forms, (location.forms ?? []).map((form) => formWords[form][language]).join(w.listComma)],
        ]}
      />
      {location.note !== undefined && (
        <p class="member-note">
          <Original text={location.note} />
        </p>
      )}
      {isScheduled && <DepartureList key={location.id} of={{ place: location.id }} limit={12} />}
      {calling.length > 0 && <ServiceList title={sections.calling(calling.length)} services={calling} />}
      {passing.length > 0 && <ServiceList title={sections.passing(passing.length)} services={passing} />}
      {operations.length > 0 && (
        <Section title={sections.operations}>
          <ul class="plain rule-list">
            {operations.map((operation) => (
              <li key={operation.id}>
                <MemberLink member={`operations/${operation.id}`} />
                <OperationFacts operation={operation} />
              </li>
            ))}
          </ul>
        </Section>
      )}
      {location.passages !== undefined && <Passages location={location} />}
      {location.storage !== undefined && <Storage location={location} />}
      {rules.length > 0 && <RuleList rules={rules} />}
      {duties !== undefined && duties.duties.length > 0 && (
        <Section title={sections.duties}>
          <ul class="plain tariffs">
            {duties.duties.map((duty) => {
              const own = `customs/${duties.area}/duties/${duty.id}`;
              return (
                <li key={duty.id}>
                  <p>
                    {[
                      dutyWords[duty.kind][language],
                      duty.title === undefined ? "" : t(duty.title),
                      cargoInWords(duty.when, page),
                      validityInWords(duty.valid, page),
                    ]
                      .filter((text, i, all) => text !== "" && all.indexOf(text) === i)
                      .join(m.dot)}
                  </p>
                  <FigureAt figure={duty.ratePercent} own={`${own}/ratePercent`} />
                  <Charges charges={duty.charges} owner={own} />
                </li>
              );
            })}
          </ul>
        </Section>
      )}
      <Section title={sections.sources}>
        <SourceList ids={[location.source ?? []].flat()} />
      </Section>
    </>
  );
}
