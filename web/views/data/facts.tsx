import type { ComponentChildren, VNode } from "preact";
import type { CargoFilter, Charge, Figure, Validity } from "../../../src/model/index.ts";
import { lineWords } from "../../../src/report/index.ts";
import { date } from "../../i18n/format.ts";
import { figureAddressOf } from "../../state/data-address.ts";
import { chargeParts } from "../../state/data-members.ts";
import { BasisMark } from "./basis-mark.tsx";
import { type DataPage, open, useData } from "./use-data.ts";

/** A figure inside a member's page: value, unit and basis; opens the figure. */
export function FigureLink({ address }: { address: string }): VNode {
  const { store, data, say, number } = useData();
  const row = data.byAddress.value.get(address);
  if (row === undefined) return <code>{address}</code>;
  const changed = data.changed.value.get(address);
  return (
    <button
      type="button"
      class={`figure-link${changed === undefined ? "" : " is-changed"}`}
      data-figure={address}
      onClick={() => open(store, address, data)}
    >
      <data value={changed ?? row.value}>{number(changed ?? row.value)}</data> <span>{say(row.unit)}</span>{" "}
      <BasisMark basis={changed === undefined ? row.basis : "stated"} isBare />
    </button>
  );
}

/** A figure of the data where it stands; nothing for none. A bare number, a planner's own, is only text. */
export function FigureAt({ figure, own }: { figure: Figure | undefined; own: string }): VNode | null {
  const { number } = useData();
  if (figure === undefined) return null;
  if (typeof figure === "number") return <span>{number(figure)}</span>;
  return <FigureLink address={figureAddressOf(figure, own)} />;
}

export function MemberLink({ member, text }: { member: string; text?: string }): VNode {
  const { store, data, name } = useData();
  return (
    <button type="button" class="link-button" data-member={member} onClick={() => open(store, member, data)}>
      {text ?? name(member)}
    </button>
  );
}

/** Names and values side by side; a value that is nothing is left out with its name. */
export function Facts({ items }: { items: readonly (readonly [name: string, value: ComponentChildren])[] }): VNode | null {
  const given = items.filter(([, value]) => value !== undefined && value !== null && value !== "" && value !== false);
  if (given.length === 0) return null;
  return (
    <dl class="facts">
      {given.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

export function Section({ title, children }: { title: string; children: ComponentChildren }): VNode {
  return (
    <section class="member-section">
      <h3>{title}</h3>
      {children}
    </section>
  );
}

/** The figures of charges, each after the cost line it goes to. */
export function Charges({ charges, owner }: { charges: readonly Charge[] | undefined; owner: string }): VNode | null {
  const { language } = useData();
  const parts = chargeParts(charges, owner);
  if (parts.length === 0) return null;
  return (
    <ul class="plain charge-parts">
      {parts.map(({ figure, line }, i) => (
        <li key={i}>
          {line !== undefined && <small>{lineWords[line][language]} </small>}
          <FigureLink address={figure} />
        </li>
      ))}
    </ul>
  );
}

/** Which cargo something is for, in words; empty for all. */
export function cargoInWords(when: CargoFilter | undefined, { w, name }: DataPage): string {
  return [
    ...(when?.cargos ?? []).map((id) => name(`cargos/${id}`)),
    ...(when?.powertrains ?? []).map((p) => w.powertrains[p]),
    ...(when?.kinds ?? []).map((k) => w.cargoKinds[k]),
  ].join(w.listComma);
}

export function validityInWords(valid: Validity | undefined, { w, language }: DataPage): string {
  return [
    valid?.from === undefined ? "" : w.network.from(date(valid.from, language)),
    valid?.until === undefined ? "" : w.network.until(date(valid.until, language)),
  ]
    .filter((text) => text !== "")
    .join(language === "zh" ? "" : " ");
}

/** `02-20` to `04-15` of every year, for people. */
export function monthDays({ from, until }: { from: string; until: string }, language: DataPage["language"]): string {
  return `${date(`2000-${from}`, language, false)}–${date(`2000-${until}`, language, false)}`;
}
