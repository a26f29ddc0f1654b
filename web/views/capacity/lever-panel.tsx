import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { decimal } from "../../i18n/format.ts";
import type { PlanShelf } from "../../worker/plan-client.ts";
import { passageOf, usePlan } from "./use-plan.ts";

type Entry = PlanShelf["levers"][number];
const documents = ["A", "B"] as const;
const kinds = ["measure", "shock", "withdrawal"] as const;

/** One number of a lever that is on: typed, within its range or at least told that it is not. */
function Parameter({ lever, name }: { lever: Entry; name: string }): VNode {
  const { store, state, w, say, language } = usePlan();
  const { title, unit, value: own, low, high } = lever.parameters[name]!;
  const values = store.capacity.value.levers.find(({ use }) => use === lever.id)?.with ?? {};
  const value = values[name] ?? own;
  const label = w.levers.parameter(say(title), w.levers.units[unit] ?? unit);
  return (
    <label class="lever-parameter">
      <span>{label}</span>
      <input
        type="number"
        step="any"
        value={value}
        onChange={({ currentTarget }) => {
          const typed = currentTarget.valueAsNumber;
          const { [name]: _old, ...rest } = values;
          if (Number.isFinite(typed)) state.setLever(lever.id, typed === own ? rest : { ...rest, [name]: typed });
          else currentTarget.value = String(value);
        }}
      />
      <small class={value < low || value > high ? "late" : "quiet"}>
        {w.levers.range(decimal(low, 6, language), decimal(high, 6, language))}
      </small>
    </label>
  );
}

/** One lever: a switch with where it stands in the document; its parameters once it is on. */
function Lever({ lever, names }: { lever: Entry; names: ReadonlyMap<string, string> }): VNode {
  const { store, state, w, say } = usePlan();
  const levers = store.capacity.value.levers;
  const isOn = levers.some(({ use }) => use === lever.id);
  const paragraphs = [...new Set(lever.documents.map(passageOf))];
  const conflict = isOn ? lever.conflictsWith?.find((id) => levers.some(({ use }) => use === id)) : undefined;
  return (
    <li class={`lever${isOn ? " on" : ""}`} data-lever={lever.id}>
      <label title={say(lever.what)}>
        <input
          type="checkbox"
          checked={isOn}
          onChange={({ currentTarget }) => state.setLever(lever.id, currentTarget.checked ? {} : undefined)}
        />
        <span>
          {say(lever.title)}{" "}
          <small class="quiet" lang="zh-CN">
            {paragraphs.map((paragraph, i) => (
              <span key={paragraph} class="paragraph">
                {paragraph}
                {i < paragraphs.length - 1 ? w.listComma.trim() : ""}
              </span>
            ))}
          </small>
        </span>
      </label>
      {isOn && (
        <>
          <p class="note">{say(lever.what)}</p>
          {Object.keys(lever.parameters).map((name) => (
            <Parameter key={name} lever={lever} name={name} />
          ))}
          {conflict !== undefined && (
            <p class="late" role="alert">
              {w.levers.conflict(names.get(conflict) ?? conflict)}
            </p>
          )}
        </>
      )}
    </li>
  );
}

/** All levers by document, measures first; those that are on stay in sight however the list is searched. */
export function LeverPanel({ shelf }: { shelf: PlanShelf }): VNode {
  const { store, state, w, say } = usePlan();
  const [find, setFind] = useState("");
  const on = store.capacity.value.levers.map(({ use }) => use);
  const names = new Map(shelf.levers.map((lever) => [lever.id, say(lever.title)]));
  const wanted = find.trim().toLowerCase();
  const isFound = ({ id, title, documents: list, what }: Entry) =>
    wanted === "" ||
    on.includes(id) ||
    [id, title.zh, title.en, what.zh, what.en, ...list.map(({ paragraph }) => paragraph)].some((text) =>
      text.toLowerCase().includes(wanted),
    );
  const levers = shelf.levers.filter(isFound);
  return (
    <section class="panel lever-panel" aria-labelledby="levers-heading">
      <div class="panel-head">
        <h2 id="levers-heading">
          {w.levers.heading} <small>{w.levers.on(on.length)}</small>
        </h2>
        <button type="button" class="plain-button" disabled={on.length === 0} onClick={() => state.choose({ levers: [] })}>
          {w.levers.reset}
        </button>
      </div>
      {on.length > 0 && (
        <ul class="levers-on">
          {on.map((id) => (
            <li key={id}>
              <button
                type="button"
                class="plain-button"
                aria-label={w.levers.off(names.get(id) ?? id)}
                onClick={() => state.setLever(id, undefined)}
              >
                {names.get(id) ?? id} <span aria-hidden="true">×</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      <input
        type="search"
        class="lever-find"
        aria-label={w.levers.find}
        placeholder={w.levers.find}
        value={find}
        onInput={({ currentTarget }) => setFind(currentTarget.value)}
      />
      {levers.length === 0 && <p class="quiet">{w.levers.none}</p>}
      <div class="lever-list" tabIndex={0} role="group" aria-labelledby="levers-heading">
        {documents.map((document) => {
          // A lever of both documents stands once, where it is named first.
          const own = levers.filter((lever) => lever.documents[0]?.document === document);
          if (own.length === 0) return null;
          return (
            <fieldset key={document}>
              <legend>{w.levers.documents[document]}</legend>
              {kinds.map((kind) => {
                const list = own.filter((lever) => lever.kind === kind);
                return list.length === 0 ? null : (
                  <div key={kind}>
                    <h3>{w.levers.kinds[kind]}</h3>
                    <ul>
                      {list.map((lever) => (
                        <Lever key={lever.id} lever={lever} names={names} />
                      ))}
                    </ul>
                  </div>
                );
              })}
            </fieldset>
          );
        })}
      </div>
    </section>
  );
}
