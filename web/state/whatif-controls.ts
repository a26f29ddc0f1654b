import { type Adjustment, figureChange, placeOf, withAdjustment } from "./adjustments.ts";

/** Assumptions that are always offered as sliders. */
export const assumptionFigures = [
  "finance/capitalPercentPerYear",
  "finance/carbonCnyPerTonne",
  "finance/cnyPer/USD",
  "finance/cnyPer/EUR",
] as const;

const lock = "locations/CNYIC-TGD/passages/priority";
/** The wait holds in every season. */
const lockWait = (figure: string): Adjustment => ({ change: lock, set: { waitHours: { use: figure }, seasons: [] } });

/** States of the world that are switched, not slid: each but the first is a list of levers. */
export const switches = {
  suez: {
    normal: [],
    closed: [{ change: "services/sea-*-suez", set: { enabled: false } }],
    open: [{ change: "services/sea-container-*-suez", set: { enabled: true } }],
  },
  lock: {
    normal: [],
    overhaul: [lockWait("china-lock-priority-wait-overhaul")],
    flood: [lockWait("china-lock-priority-wait-flood")],
    ordinary: [lockWait("china-lock-ordinary-wait")],
    closed: [{ change: lock, set: { closures: [{ from: "2020-01-01", until: "2099-12-31" }] } }],
  },
  nev: {
    normal: [],
    free: [{ change: "rules/lock-nev-roro-ban", set: { enabled: false } }],
    barred: [{ change: "rules/lock-nev-box-ban", set: { enabled: true } }],
  },
} as const satisfies Record<string, Record<string, readonly Adjustment[]>>;

export type SwitchName = keyof typeof switches;
export const switchNames = Object.keys(switches) as SwitchName[];

const statesOf = (name: SwitchName): [string, readonly Adjustment[]][] => Object.entries(switches[name]);

/** Places of everything that a switch may set. */
export const placesOf = (name: SwitchName): Set<string> => new Set(statesOf(name).flatMap(([, levers]) => levers.map(placeOf)));

/** The state that the adjustments put a switch in: the first is the network as it is; undefined for something that no state stands for. */
export function stateOf(name: SwitchName, adjustments: readonly Adjustment[]): string | undefined {
  const places = placesOf(name);
  const own = JSON.stringify(adjustments.filter((one) => places.has(placeOf(one))));
  return statesOf(name).find(([, levers]) => JSON.stringify(levers) === own)?.[0];
}

/** The adjustments with a switch put into a state. */
export function withState(name: SwitchName, state: string, adjustments: readonly Adjustment[]): readonly Adjustment[] {
  const places = placesOf(name);
  const others = adjustments.filter((one) => !places.has(placeOf(one)));
  const levers = statesOf(name).find(([known]) => known === state)?.[1] ?? [];
  return levers.reduce<readonly Adjustment[]>((list, one) => withAdjustment(list, one), others);
}

/** A slider over the range of a figure. */
export interface Track {
  low: number;
  high: number;
  /** Round steps, about 200 over the range. */
  step: number;
  decimals: number;
}

export function trackOf({ low, high }: { low: number; high: number }): Track {
  const rough = (high - low) / 200;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((m) => m * power >= rough * 0.999) ?? 10) * power;
  return { low, high, step, decimals: Math.max(0, -Math.floor(Math.log10(step) + 1e-9)) };
}

/** A place on the track as a round number within the range; the figure's own value where that is nearest. */
export function onTrack({ low, high, step, decimals }: Track, value: number, own: number): number {
  if (Math.abs(value - own) <= step * 0.6) return own;
  return Math.min(high, Math.max(low, Number((Math.round(value / step) * step).toFixed(decimals))));
}

/** The value that adjustments give a figure; undefined where they leave it. */
export function adjustedValue(address: string, adjustments: readonly Adjustment[]): number | undefined {
  const place = placeOf(figureChange(address, 0));
  const key = address.startsWith("figures/") ? "value" : address.slice(address.lastIndexOf("/") + 1);
  const value = adjustments.find((one) => placeOf(one) === place)?.set[key];
  return typeof value === "number" ? value : undefined;
}
