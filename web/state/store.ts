import { type ReadonlySignal, type Signal, batch, computed, effect, signal } from "@preact/signals";
import type { Problem } from "../../src/model/index.ts";
import type { ScenarioResult } from "../../src/scenario/index.ts";
import type { Catalogue } from "../worker/catalogue.ts";
import { type EngineClient, latestWins } from "../worker/client.ts";
import type { Answer } from "../worker/answer.ts";
import type { Line } from "../worker/lines.ts";
import { type Measure, type PageLanguage, type PageName, type Theme, type View, readAddress, writeAddress } from "./address.ts";
import { type NamedChain, namedChains } from "./chains.ts";
import type { Sources } from "./sources.ts";
import { type Field, type ShipmentForm, missingFields, sameShipment, scenarioOf } from "./shipment.ts";

/** What the last answered question gave; kept on screen while the next one is worked on. */
export interface Answered {
  result: ScenarioResult;
  lines: Record<string, Line>;
  milliseconds: number;
  chains: NamedChain[];
}

/** The browser's parts that the store uses, so that a test can do without a browser. */
export interface Surroundings {
  search(): string;
  write(address: string, isNewQuestion: boolean): void;
  onReturn(listener: () => void): void;
  language: PageLanguage;
  /** Fetches the texts of the sources; asked for when a chain is first opened. */
  sources(): Promise<Sources>;
}

export interface Store {
  page: Signal<PageName>;
  form: Signal<ShipmentForm>;
  language: Signal<PageLanguage>;
  theme: Signal<Theme>;
  measure: Signal<Measure>;
  chain: Signal<string>;
  /** Key of the chain that all others are compared with; empty for none. */
  pinned: Signal<string>;
  hovered: Signal<string>;
  catalogue: Signal<Catalogue | undefined>;
  answered: ReadonlySignal<Answered | undefined>;
  problems: Signal<Problem[]>;
  /** Undefined until a chain was opened. */
  sources: Signal<Sources | undefined>;
  /** Fields still to be filled in. */
  open: ReadonlySignal<Field[]>;
  isBusy: Signal<boolean>;
  /** The engine cannot run at all; the reason in its own words. */
  failure: Signal<string | undefined>;
  /** The chain to show: under the pointer, else the open one, else the cheapest. */
  shown: ReadonlySignal<NamedChain | undefined>;
  set(change: Partial<ShipmentForm>): void;
  toggle(chain: string): void;
}

/** The state of the page. Everything that a link restores goes to the address; the engine is asked again whenever the shipment changes. */
export function createStore(engine: EngineClient, around: Surroundings): Store {
  const first = readAddress(around.search(), around.language);
  const page = signal(first.page);
  const form = signal(first.form);
  const language = signal(first.language);
  const theme = signal(first.theme);
  const measure = signal(first.measure);
  const chain = signal(first.chain);
  const pinned = signal(first.pinned);
  const hovered = signal("");
  const catalogue = signal<Catalogue>();
  const latest = signal<Omit<Answered, "chains">>();
  const answered = computed((): Answered | undefined => {
    const shipment = latest.value?.result.shipments[0];
    return latest.value === undefined
      ? undefined
      : { ...latest.value, chains: shipment === undefined ? [] : namedChains(shipment, measure.value) };
  });
  const problems = signal<Problem[]>([]);
  const sources = signal<Sources>();
  const isBusy = signal(true);
  const failure = signal<string>();
  const open = computed(() => missingFields(form.value));

  const fail = (error: unknown) => {
    failure.value = error instanceof Error ? error.message : String(error);
    isBusy.value = false;
  };
  const take = (answer: Answer) => {
    isBusy.value = false;
    failure.value = undefined;
    if (answer.kind === "problems") {
      problems.value = answer.problems;
      latest.value = undefined;
      return;
    }
    problems.value = [];
    latest.value = { result: answer.result, lines: answer.lines, milliseconds: answer.milliseconds };
  };
  const ask = latestWins((input: unknown) => engine.answer(input), take, fail);

  engine.catalogue().then((known) => (catalogue.value = known), fail);
  effect(() => {
    const question = form.value;
    if (missingFields(question).length > 0) {
      isBusy.value = false;
      problems.value = [];
      latest.value = undefined;
      return;
    }
    isBusy.value = true;
    ask(scenarioOf(question));
  });

  let asked = false;
  effect(() => {
    if (chain.value === "" || asked) return;
    asked = true;
    around.sources().then(
      (known) => (sources.value = known),
      () => (asked = false),
    );
  });

  /** What the address restores, each part beside the signal that holds it. */
  const parts = { page, form, language, theme, measure, chain, pinned } satisfies { [K in keyof View]: Signal<View[K]> };
  const partNames = Object.keys(parts) as (keyof View)[];
  let written: View = first;
  effect(() => {
    const view = Object.fromEntries(partNames.map((name) => [name, parts[name].value])) as unknown as View;
    const isNew = !sameShipment(view.form, written.form) || view.page !== written.page;
    if (partNames.every((name) => view[name] === written[name])) return;
    written = view;
    around.write(writeAddress(view), isNew);
  });
  around.onReturn(() => {
    const back = readAddress(around.search(), around.language);
    written = back;
    batch(() => {
      for (const name of partNames) (parts[name] as Signal<unknown>).value = back[name];
    });
  });

  const shown = computed(() => {
    const chains = answered.value?.chains ?? [];
    return (
      chains.find((c) => c.key === hovered.value) ??
      chains.find((c) => c.key === chain.value) ??
      chains.find((c) => c.wins.includes("cheapest"))
    );
  });
  return {
    page,
    form,
    language,
    theme,
    measure,
    chain,
    pinned,
    hovered,
    catalogue,
    answered,
    problems,
    sources,
    open,
    isBusy,
    failure,
    shown,
    set: (change) => {
      const next = { ...form.value, ...change };
      if (sameShipment(next, form.value)) return;
      hovered.value = "";
      chain.value = "";
      form.value = next;
    },
    toggle: (key) => {
      chain.value = chain.value === key ? "" : key;
    },
  };
}
