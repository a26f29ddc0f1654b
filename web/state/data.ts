import { type ReadonlySignal, batch, computed, effect, signal } from "@preact/signals";
import { formWords, lineWords } from "../../src/report/index.ts";
import type { NetworkData } from "../../src/network/index.ts";
import { builtinLimits, builtinSources } from "./sources.ts";
import type { FigureInfluence, ShipmentFigures } from "../worker/data.ts";
import { findRows, readKeep } from "./data-filter.ts";
import { type FigureRow, type MemberNames, addressesOf, figureRows, homeOf, memberNames, numbersIn } from "./data-rows.ts";
import { missingFields, scenarioOf } from "./shipment.ts";
import type { Store } from "./store.ts";
import type { Adjustment } from "./adjustments.ts";

/** What the data page knows beside the store; made when the page is first opened and kept. */
export interface DataState {
  network: ReadonlySignal<NetworkData | undefined>;
  /** All figures, the same by address, and names by `list/id`. */
  rows: ReadonlySignal<readonly FigureRow[]>;
  byAddress: ReadonlySignal<ReadonlyMap<string, FigureRow>>;
  names: ReadonlySignal<MemberNames>;
  isReady: ReadonlySignal<boolean>;
  failure: ReadonlySignal<string | undefined>;
  /** What figures move of the present shipment, without any adjustment. */
  influence: ReadonlySignal<ReadonlyMap<string, FigureInfluence>>;
  /** Addresses of the figures behind the present shipment, before or after the changes. */
  used: ReadonlySignal<ReadonlySet<string>>;
  /** The figure that is open; the address may name it as the engine does. */
  opened: ReadonlySignal<FigureRow | undefined>;
  /** Adjusted values by address of the figure; what a part of the adjustments would give. */
  changed: ReadonlySignal<ReadonlyMap<string, number>>;
  changedBy(adjustments: readonly Adjustment[]): ReadonlyMap<string, number>;
  /** What the filter lets through, in order. */
  found: ReadonlySignal<readonly FigureRow[]>;
}

/** The figures that the adjustments give another number, however they name them; of two adjustments of one figure the later counts, as for the engine. */
export function changedFigures(
  adjustments: readonly Adjustment[],
  data: NetworkData,
  byAddress: ReadonlyMap<string, FigureRow>,
): Map<string, number> {
  const found = new Map<string, number>();
  for (const { change, set } of adjustments)
    for (const [path, value] of numbersIn(set, change.split("/"), data))
      for (const address of addressesOf(data, path)) if (byAddress.has(address)) found.set(address, value);
  return new Map([...found].filter(([address, value]) => value !== byAddress.get(address)?.value));
}

const states = new WeakMap<Store, DataState>();

/** The data page's state for a store; asks the engine for the network, and for the shipment without changes whenever the shipment is another. */
export function dataState(store: Store): DataState {
  const known = states.get(store);
  if (known !== undefined) return known;
  const network = signal<NetworkData>();
  const plain = signal<ShipmentFigures>({ influence: [], used: [] });
  const isSettled = signal(false);
  const failure = signal<string>();
  const fail = (error: unknown) => (failure.value = error instanceof Error ? error.message : String(error));
  Promise.all([store.engine.network(), builtinLimits()]).then(([data, limits]) => (network.value = { ...data, ...limits }), fail);
  if (store.sources.value === undefined)
    builtinSources().then(
      (texts) => (store.sources.value = texts),
      () => undefined,
    );
  effect(() => {
    const form = store.form.value;
    const isOpen = missingFields(form).length > 0;
    isSettled.value = isOpen;
    if (isOpen) return;
    store.engine.shipmentFigures(scenarioOf(form)).then((figures) => {
      if (store.form.value !== form) return;
      batch(() => {
        plain.value = figures;
        isSettled.value = true;
      });
    }, fail);
  });

  const rows = computed(() => (network.value === undefined ? [] : figureRows(network.value, { line: lineWords, form: formWords })));
  const byAddress = computed(() => new Map(rows.value.map((row) => [row.address, row])));
  const home = computed(() => (network.value === undefined ? (address: string) => address : homeOf(network.value, byAddress.value)));
  const influence = computed(() => new Map(plain.value.influence.map((one) => [home.value(one.address), one])));
  const used = computed(() => new Set([...plain.value.used, ...Object.keys(store.answered.value?.result.figures ?? {})].map(home.value)));
  const changedBy = (adjustments: readonly Adjustment[]) =>
    network.value === undefined ? new Map<string, number>() : changedFigures(adjustments, network.value, byAddress.value);
  const changed = computed(() => changedBy(store.adjustments.value));
  const changedSet = computed(() => new Set(changed.value.keys()));
  const state: DataState = {
    network,
    rows,
    byAddress,
    names: computed(() => (network.value === undefined ? new Map() : memberNames(network.value))),
    isReady: computed(() => network.value !== undefined && isSettled.value),
    failure,
    influence,
    used,
    opened: computed(() => byAddress.value.get(home.value(store.see.value))),
    changed,
    changedBy,
    found: computed(() =>
      findRows(rows.value, store.find.value, readKeep(store.keep.value), {
        influence: influence.value,
        used: used.value,
        changed: changedSet.value,
      }),
    ),
  };
  states.set(store, state);
  return state;
}
