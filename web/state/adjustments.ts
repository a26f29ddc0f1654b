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
    // The number of one shared figure, by hand: as the page itself would say it.
    if (typeof value === "number" && /^figures\/[^/*]+$/.test(path)) return [figureChange(path, value)];
    return slash < 0 ? [] : [{ change: path.slice(0, slash), set: { [path.slice(slash + 1)]: value } }];
  });
  // The order is kept as it stands; of two for the same place the later counts.
  return found.filter((one, i) => found.findLastIndex((other) => placeOf(other) === placeOf(one)) === i);
}
