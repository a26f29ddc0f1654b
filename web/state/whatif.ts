import { type ReadonlySignal, batch, computed, signal } from "@preact/signals";
import type { Change } from "../../src/model/index.ts";

/** One what-if: a change of the network in the format of a scenario's `levers`, so that the command line can do the very same. */
export interface Adjustment {
  change: Change["change"];
  set: Change["set"];
}

/** What an adjustment is about: two with the same place replace each other. A shared figure is one place, whatever of its record is set. */
export const placeOf = ({ change, set }: Adjustment): string =>
  change.startsWith("figures/") ? change : [change, ...Object.keys(set).sort()].join(" ");

/**
 * The adjustment that gives a figure, named by its address (`figures/ocean-rack-hire`, `services/x/stops/BEZEE/hours`, `finance/cnyPer/USD`), another value.
 * Charges that stand alone have no number in their address, but one in the path of a change.
 */
export function figureChange(address: string, value: number): Adjustment {
  if (address.startsWith("figures/")) return { change: address, set: { value } };
  const cut = address.lastIndexOf("/");
  const owner = address.slice(0, cut);
  return { change: owner.endsWith("/charges") ? `${owner}/0` : owner, set: { [address.slice(cut + 1)]: value } };
}

const isNumber = ({ set }: Adjustment): boolean => Object.values(set).every((value) => typeof value === "number");

/**
 * The list with an adjustment in it, in the place of the one it replaces. Switches stand before numbers: levers apply in order, and the engine need not
 * compile the network again for the numbers at the end.
 */
export function withAdjustment(list: readonly Adjustment[], adjustment: Adjustment): Adjustment[] {
  const place = placeOf(adjustment);
  const at = list.findIndex((known) => placeOf(known) === place);
  if (at >= 0) return list.with(at, adjustment);
  const firstNumber = isNumber(adjustment) ? -1 : list.findIndex(isNumber);
  return firstNumber < 0 ? [...list, adjustment] : list.toSpliced(firstNumber, 0, adjustment);
}

export const sameAdjustments = (a: readonly Adjustment[], b: readonly Adjustment[]): boolean =>
  a === b || JSON.stringify(a) === JSON.stringify(b);

/** What the page assumes otherwise than the network does, with its history. */
export interface Adjusting {
  /** As it stands now, under a slider that is being dragged too. */
  live: ReadonlySignal<readonly Adjustment[]>;
  /** As it was last let go: what the address, the scenario file and the history hold. */
  kept: ReadonlySignal<readonly Adjustment[]>;
  canUndo: ReadonlySignal<boolean>;
  canRedo: ReadonlySignal<boolean>;
  /** Adds an adjustment or replaces the one of its place; while dragging only `live` follows, `keep()` ends the drag. */
  set(adjustment: Adjustment, isDragging?: boolean): void;
  /** Takes the adjustments of these places (`placeOf`) back. */
  reset(places: readonly string[], isDragging?: boolean): void;
  /** Replaces all of them, in one step of the history. */
  replace(list: readonly Adjustment[]): void;
  keep(): void;
  undo(): void;
  redo(): void;
  /** As a link or the Back button says; no step of the history. */
  restore(list: readonly Adjustment[]): void;
}

/** Steps of the same place closer together than this (ms) are one: arrow keys on a slider. */
const oneStep = 800;
const mostSteps = 200;

export function createAdjusting(first: readonly Adjustment[], now: () => number = () => performance.now()): Adjusting {
  const live = signal(first);
  const kept = signal(first);
  const past = signal<readonly (readonly Adjustment[])[]>([]);
  const future = signal<readonly (readonly Adjustment[])[]>([]);
  let last = { places: "", at: Number.NEGATIVE_INFINITY };

  /** Places in which two lists differ. */
  const changedPlaces = (a: readonly Adjustment[], b: readonly Adjustment[]): string => {
    const texts = (list: readonly Adjustment[]) => new Map(list.map((one) => [placeOf(one), JSON.stringify(one.set)]));
    const [x, y] = [texts(a), texts(b)];
    return [...new Set([...x.keys(), ...y.keys()])]
      .filter((place) => x.get(place) !== y.get(place))
      .sort()
      .join("\n");
  };
  const keep = () => {
    if (sameAdjustments(live.value, kept.value)) return;
    const places = changedPlaces(kept.value, live.value);
    const isSameStep = places === last.places && now() - last.at < oneStep && past.value.length > 0;
    last = { places, at: now() };
    batch(() => {
      if (!isSameStep) past.value = [...past.value, kept.value].slice(-mostSteps);
      future.value = [];
      kept.value = live.value;
    });
  };
  const change = (list: readonly Adjustment[], isDragging: boolean) =>
    batch(() => {
      live.value = list;
      if (!isDragging) keep();
    });
  const show = (list: readonly Adjustment[]) => {
    last = { places: "", at: Number.NEGATIVE_INFINITY };
    kept.value = list;
    live.value = list;
  };
  return {
    live,
    kept,
    canUndo: computed(() => past.value.length > 0),
    canRedo: computed(() => future.value.length > 0),
    set: (adjustment, isDragging = false) => change(withAdjustment(live.value, adjustment), isDragging),
    reset: (places, isDragging = false) =>
      change(
        live.value.filter((known) => !places.includes(placeOf(known))),
        isDragging,
      ),
    replace: (list) => change(list, false),
    keep,
    undo: () => {
      const before = past.value.at(-1);
      if (before === undefined) return;
      batch(() => {
        future.value = [kept.value, ...future.value];
        past.value = past.value.slice(0, -1);
        show(before);
      });
    },
    redo: () => {
      const [after, ...rest] = future.value;
      if (after === undefined) return;
      batch(() => {
        past.value = [...past.value, kept.value];
        future.value = rest;
        show(after);
      });
    },
    restore: (list) => batch(() => show(list)),
  };
}

const mostAdjustments = 60;
const longest = 4000;

/** One adjustment in the address: `finance/capitalPercentPerYear=4`; with several keys or an object `services/x={"slots":5,"enabled":true}`. */
export function writeAdjustment({ change, set }: Adjustment): string {
  const entries = Object.entries(set);
  const [key, value] = entries[0] ?? [];
  const text = JSON.stringify(value);
  const isPlain = entries.length === 1 && key !== undefined && !/[/=]/.test(key) && !change.includes("=") && !text.startsWith("{");
  return isPlain ? `${change}/${key}=${text}` : `${change.replaceAll("%", "%25").replaceAll("=", "%3D")}=${JSON.stringify(set)}`;
}

/** Adjustments of an address. What cannot be read is left out; what can, but names nothing, is for the engine to object to. */
export function readAdjustments(texts: readonly string[]): Adjustment[] {
  const found = texts.slice(0, mostAdjustments).flatMap((text): Adjustment[] => {
    const cut = text.indexOf("=");
    if (cut < 0 || text.length > longest) return [];
    let value: unknown;
    try {
      value = JSON.parse(text.slice(cut + 1));
    } catch {
      return [];
    }
    const path = text.slice(0, cut);
    if (value !== null && typeof value === "object" && !Array.isArray(value))
      return [{ change: path.replaceAll("%3D", "=").replaceAll("%25", "%"), set: value as Record<string, unknown> }];
    const slash = path.lastIndexOf("/");
    return slash < 0 ? [] : [{ change: path.slice(0, slash), set: { [path.slice(slash + 1)]: value } }];
  });
  // The order is kept as it stands; of two for the same place the later counts.
  return found.filter((one, i) => found.findLastIndex((other) => placeOf(other) === placeOf(one)) === i);
}
