import { type ReadonlySignal, batch, computed, signal } from "@preact/signals";
import { type Adjustment, placeOf, sameAdjustments, withAdjustment } from "./adjustments.ts";

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
