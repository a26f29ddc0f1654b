import { type ReadonlySignal, type Signal, batch, computed, effect, signal } from "@preact/signals";
import type { Problem } from "../../src/model/index.ts";
import type { ScenarioResult } from "../../src/scenario/index.ts";
import type { Catalogue } from "../worker/catalogue.ts";
import { type EngineClient, latestWins } from "../worker/client.ts";
import type { Answer } from "../worker/answer.ts";
import type { Baseline } from "../worker/whatif.ts";
import type { Line } from "../worker/lines.ts";
import {
  type Axis,
  type DataTab,
  type MapView,
  type Measure,
  type PageLanguage,
  type PageName,
  type Theme,
  type View,
  readAddress,
  writeAddress,
} from "./address.ts";
import { type NamedChain, namedChains } from "./chains.ts";
import { keysWithin, readLimits, withoutCost, writeLimits } from "./limits.ts";
import { type PlanChoice, asksAnew } from "./plan-choice.ts";
import type { Sources } from "./sources.ts";
import { type Adjustment } from "./adjustments.ts";
import { type Adjusting, createAdjusting } from "./whatif.ts";
import { type Field, type ShipmentForm, missingFields, sameShipment, scenarioOf } from "./shipment.ts";

/** What the last answered question gave; kept on screen while the next one is worked on. */
export interface Answered {
  result: ScenarioResult;
  lines: Record<string, Line>;
  /** Time of the last question; steps of a slider do not count. */
  milliseconds: number;
  /** The best chain of each option without adjustments. */
  baseline: Baseline[];
  /** The shipment that was asked about, and the adjustments. */
  form: ShipmentForm;
  adjustments: readonly Adjustment[];
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
  /** Limits drawn in the cost–time chart, as text (`state/limits.ts`). */
  brush: Signal<string>;
  axis: Signal<Axis>;
  map: Signal<MapView>;
  /** Keys of the chains within the limits; undefined while there are none. */
  within: ReadonlySignal<ReadonlySet<string> | undefined>;
  hovered: Signal<string>;
  /** What is assumed otherwise than in the network, in the format of a scenario's levers; `adjust` changes it. Goes into the address and the scenario. */
  adjustments: ReadonlySignal<readonly Adjustment[]>;
  adjust: Adjusting;
  /** The data page, as in the address. */
  tab: Signal<DataTab>;
  find: Signal<string>;
  keep: Signal<string>;
  see: Signal<string>;
  /** The capacity page, as in the address. */
  capacity: Signal<PlanChoice>;
  engine: EngineClient;
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
  /** Makes a chain the one to compare with, or lets it go. */
  pin(chain: string): void;
  /** Shows another cost; limits of the one shown before mean nothing for it. */
  showCost(measure: Measure): void;
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
  const brush = signal(first.brush);
  const axis = signal(first.axis);
  const map = signal(first.map);
  const hovered = signal("");
  const tab = signal(first.tab);
  const find = signal(first.find);
  const keep = signal(first.keep);
  const see = signal(first.see);
  const capacity = signal(first.capacity);
  const adjust = createAdjusting(first.adjustments);
  const catalogue = signal<Catalogue>();
  const latest = signal<Omit<Answered, "chains">>();
  let chains: NamedChain[] = [];
  const answered = computed((): Answered | undefined => {
    const shipment = latest.value?.result.shipments[0];
    chains = shipment === undefined ? [] : namedChains(shipment, measure.value, chains);
    return latest.value === undefined ? undefined : { ...latest.value, chains };
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
  interface Question {
    form: ShipmentForm;
    adjustments: readonly Adjustment[];
    isDragging: boolean;
  }
  const take = (answer: Answer, { form: asked, adjustments, isDragging }: Question) =>
    batch(() => {
      if (!isDragging) isBusy.value = false;
      failure.value = undefined;
      if (answer.kind === "problems") {
        problems.value = answer.problems;
        latest.value = undefined;
        return;
      }
      if (problems.value.length > 0) problems.value = [];
      const { result, lines, baseline } = answer;
      const milliseconds = isDragging && latest.value !== undefined ? latest.value.milliseconds : answer.milliseconds;
      latest.value = { result, lines, baseline, form: asked, adjustments, milliseconds };
    });
  const ask = latestWins(
    ({ form, adjustments }: Question) => engine.answer(scenarioOf(form, adjustments)),
    take,
    fail,
    (before, newest) => before.form === newest.form,
  );

  engine.catalogue().then((known) => (catalogue.value = known), fail);
  effect(() => {
    const question = form.value;
    if (missingFields(question).length > 0) {
      isBusy.value = false;
      problems.value = [];
      latest.value = undefined;
      return;
    }
    const adjustments = adjust.live.value;
    const isDragging = adjustments !== adjust.kept.value;
    if (!isDragging) isBusy.value = true;
    ask({ form: question, adjustments, isDragging });
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
  const parts = {
    page,
    form,
    language,
    theme,
    measure,
    chain,
    pinned,
    brush,
    axis,
    map,
    tab,
    find,
    keep,
    see,
    capacity,
    adjustments: adjust.kept,
  } satisfies {
    [K in keyof View]: ReadonlySignal<View[K]>;
  };
  const partNames = Object.keys(parts) as (keyof View)[];
  let written: View = first;
  effect(() => {
    const view = Object.fromEntries(partNames.map((name) => [name, parts[name].value])) as unknown as View;
    const isNew =
      !sameShipment(view.form, written.form) ||
      view.page !== written.page ||
      view.tab !== written.tab ||
      view.see !== written.see ||
      asksAnew(view.capacity, written.capacity);
    if (partNames.every((name) => view[name] === written[name])) return;
    written = view;
    around.write(writeAddress(view), isNew);
  });
  around.onReturn(() => {
    const back = readAddress(around.search(), around.language);
    written = back;
    batch(() => {
      adjust.restore(back.adjustments);
      for (const name of partNames) if (name !== "adjustments") (parts[name] as Signal<unknown>).value = back[name];
    });
  });

  const within = computed(() => keysWithin(readLimits(brush.value), answered.value?.chains ?? [], measure.value));
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
    brush,
    axis,
    map,
    within,
    hovered,
    tab,
    find,
    keep,
    see,
    capacity,
    engine,
    adjustments: adjust.live,
    adjust,
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
      brush.value = "";
      // Another cargo or date may still know the pinned chain; another journey cannot.
      if (next.from !== form.value.from || next.to !== form.value.to) pinned.value = "";
      form.value = next;
    },
    toggle: (key) => {
      chain.value = chain.value === key ? "" : key;
    },
    pin: (key) => {
      pinned.value = pinned.value === key ? "" : key;
    },
    showCost: (next) =>
      batch(() => {
        if (next !== measure.value) brush.value = writeLimits(withoutCost(readLimits(brush.value)));
        measure.value = next;
      }),
  };
}
