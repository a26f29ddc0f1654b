import type { VNode } from "preact";
import { useMemo } from "preact/hooks";
import type { Problem } from "../../src/model/index.ts";
import { date, decimal, whole } from "../i18n/format.ts";
import { type Field, fields, isDate } from "../state/shipment.ts";
import type { CargoEntry, Place } from "../worker/catalogue.ts";
import { CargoPicture } from "./cargo-picture.tsx";
import { type Choice, Combobox } from "./combobox.tsx";
import { Presets } from "./presets.tsx";
import { OpenFile } from "./takeaway-open.tsx";
import { type Words, useStore, useWords } from "./context.ts";

/** Field that a problem of the page's one shipment belongs to: `shipments/page/to` and `shipments/0/to` are the destination. */
export function fieldOf(problem: Problem): Field | undefined {
  const parts = problem.path.split("/");
  return parts[0] === "shipments" ? fields.find((field) => field === parts[2]) : undefined;
}

/** What to do about a problem of a field. Where the command line has a command that lists all names, the page has the list itself. */
export const hintOf = ({ hint }: Problem, { m, t }: Words): string =>
  hint === undefined ? "" : hint.en.includes("yuche ") ? m.form.pick : t(hint);

function cargoChoices(cargos: readonly CargoEntry[], { language, t, m }: Words): Choice[] {
  return cargos.map((cargo) => {
    const facts = [
      cargo.volumeM3 === undefined ? "" : `${decimal(cargo.volumeM3, 1, language)} m³`,
      cargo.massT === undefined ? "" : `${decimal(cargo.massT, 2, language)} t`,
      cargo.valueCny === undefined
        ? ""
        : language === "zh"
          ? `${decimal(cargo.valueCny / 10_000, 1, language)} 万元`
          : `CNY ${whole(cargo.valueCny, language)}`,
    ];
    return {
      id: cargo.id,
      name: cargo.name,
      aliases: [...cargo.aliases, ...(cargo.example === undefined ? [] : [t(cargo.example)])],
      detail: facts.filter((f) => f !== "").join(m.dot),
    };
  });
}

const kindsAbroad: readonly Place["kind"][] = ["market", "port", "station", "terminal"];

function placeChoices(places: readonly Place[], kinds: readonly Place["kind"][], { m }: Words): Choice[] {
  return kinds.flatMap((kind) =>
    places
      .filter((place) => place.kind === kind && (place.country !== "CN" || kind === "plant"))
      .map((place) => ({ id: place.id, name: place.name, aliases: place.aliases, detail: [m.kinds[kind], place.id].join(m.dot) })),
  );
}

export function ShipmentForm(): VNode {
  const store = useStore();
  const words = useWords();
  const { m, t, language } = words;
  const form = store.form.value;
  const names = store.catalogue.value;
  // The same objects from answer to answer: a search keeps what it has folded of their names.
  const choices = useMemo(
    () => ({
      cargo: names === undefined ? [] : cargoChoices(names.cargos, words),
      from: names === undefined ? [] : placeChoices(names.places, ["plant"], words),
      to: names === undefined ? [] : placeChoices(names.places, kindsAbroad, words),
    }),
    [names, language],
  );
  const errorOf = (field: Field): VNode | undefined => {
    const own = store.problems.value.filter((p) => fieldOf(p) === field);
    const isOpen = store.open.value.includes(field);
    if (own.length === 0 && !isOpen) return undefined;
    return (
      <p class="field-error" id={`${field}-error`}>
        {isOpen
          ? m.form.required
          : own.map((p) => [t(p.message), hintOf(p, words)].filter((x) => x !== "").join(language === "zh" ? "。" : ". ")).join(" ")}
      </p>
    );
  };
  const combobox = (field: "cargo" | "from" | "to") => (
    <Combobox
      id={field}
      label={m.form.fields[field]}
      choices={choices[field]}
      value={form[field]}
      error={errorOf(field)}
      onPick={(value) => store.set({ [field]: value })}
    />
  );
  /** A date that is being typed passes through no date at all and the year 2; neither is a question. */
  const isHalfTyped = (input: HTMLInputElement) => input.type === "date" && (input.validity.badInput || input.value.startsWith("0"));
  const plain = (field: "quantity" | "ready" | "due") => {
    const error = errorOf(field);
    const shared = {
      id: field,
      value: form[field],
      "aria-invalid": error !== undefined,
      ...(error === undefined ? {} : { "aria-describedby": `${field}-error` }),
      onInput: (event: { currentTarget: HTMLInputElement }) => {
        if (!isHalfTyped(event.currentTarget)) store.set({ [field]: event.currentTarget.value });
      },
    };
    // A date or number input shows nothing for what is neither: then it is a text, to be seen and put right.
    const isOdd = field === "quantity" ? !/^\d*$/.test(form[field]) : form[field] !== "" && !isDate(form[field]);
    return (
      <div class={`field field-${field}${error === undefined ? "" : " has-error"}`}>
        <label for={field}>
          {m.form.fields[field]}
          {field === "quantity" && <small> {m.form.unit}</small>}
          {field === "due" && <small> {m.form.optional}</small>}
        </label>
        {isOdd ? (
          <input key="text" type="text" {...shared} />
        ) : field === "quantity" ? (
          <input key="number" type="number" min={1} max={1_000_000} step={1} {...shared} />
        ) : (
          // The browser writes a date in its own language: at rest the page's own words stand over it.
          <span key="date" class="date-field">
            <input type="date" {...shared} />
            <span aria-hidden="true">{form[field] === "" ? "" : date(form[field], language)}</span>
          </span>
        )}
        {error}
      </div>
    );
  };
  const termsError = errorOf("terms");
  const terms = ["DDP", "DAP"] as const;
  return (
    <form class="shipment" aria-label={m.form.heading} onSubmit={(event) => event.preventDefault()}>
      <CargoPicture cargo={names?.cargos.find((cargo) => cargo.id === form.cargo)} />
      <div class="fields">
        {combobox("cargo")}
        {combobox("from")}
        {combobox("to")}
        {plain("quantity")}
        {plain("ready")}
        {plain("due")}
        <div class={`field field-terms${termsError === undefined ? "" : " has-error"}`}>
          <label for="terms">{m.form.fields.terms}</label>
          <select
            id="terms"
            value={form.terms}
            aria-invalid={termsError !== undefined}
            onChange={(event) => store.set({ terms: event.currentTarget.value })}
          >
            {terms.map((term) => (
              <option key={term} value={term}>
                {m.form.terms[term]}
              </option>
            ))}
            {!terms.some((term) => term === form.terms) && <option value={form.terms}>{form.terms}</option>}
          </select>
          {termsError}
        </div>
      </div>
      <div class="form-foot">
        <Presets />
        <OpenFile />
      </div>
    </form>
  );
}
