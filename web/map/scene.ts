import type { Mode, Text } from "../../src/model/index.ts";
import type { LegElement, TransportChain } from "../../src/routing/index.ts";
import type { Catalogue, Place } from "../worker/catalogue.ts";
import { type Line, legKey } from "../worker/lines.ts";
import type { NamedChain } from "../state/chains.ts";

export interface Route {
  key: string;
  mode: Mode;
  line: Line;
}

export interface Stop {
  id: string;
  at: [number, number];
  name: Text;
  /** Ends of the chain first, then the gateway, then where something is done, then what is only passed. */
  role: "end" | "gateway" | "hub" | "passed";
}

/** What the map shows: one chain in full colour, the best chains of the other options behind it. */
export interface Scene {
  routes: Route[];
  others: (Route & { chain: string; isOutside: boolean; isPinned: boolean })[];
  stops: Stop[];
  /** Key of the shown chain; empty for none. */
  shown: string;
}

/** What the page knows of chains beyond the answer: the one pinned, and the keys within the limits. */
export interface Chosen {
  pinned?: string;
  within?: ReadonlySet<string> | undefined;
}

const legsOf = (chain: TransportChain) => chain.elements.filter((e): e is LegElement => e.kind === "leg");

/** Town instead of country where a market's name gives both: `俄罗斯（莫斯科）` is `莫斯科` on the map; of other places the part before the brackets. */
export function shortName(place: Place): Text {
  const cut = (name: string) => {
    const match = /^(.*?)\s*[（(](.*?)[）)]\s*$/.exec(name);
    if (match === null) return name;
    return (place.kind === "market" ? match[2] : match[1]) ?? name;
  };
  return typeof place.name === "string" ? cut(place.name) : { zh: cut(place.name.zh), en: cut(place.name.en) };
}

export function sceneOf(
  shown: NamedChain | undefined,
  chains: readonly NamedChain[],
  lines: Record<string, Line>,
  catalogue: Catalogue,
  { pinned = "", within }: Chosen = {},
): Scene {
  const places = new Map(catalogue.places.map((p) => [p.id, p]));
  const routesOf = (chain: TransportChain) =>
    legsOf(chain).map((leg): Route => ({ key: legKey(leg), mode: leg.mode, line: lines[legKey(leg)] ?? [] }));
  const routes = shown === undefined ? [] : routesOf(shown.chain);
  const drawn = new Set(routes.map((r) => r.key));
  // A leg that several chains share is drawn once: for the pinned one, else for one within the limits.
  const isOutside = (key: string) => within?.has(key) === false;
  const rank = ({ key }: NamedChain) => (key === pinned ? 0 : isOutside(key) ? 2 : 1);
  const others = chains
    .filter((named) => (named.isBest || named.key === pinned) && named.key !== shown?.key)
    .sort((a, b) => rank(a) - rank(b))
    .flatMap((named) =>
      routesOf(named.chain).flatMap((route) => {
        if (drawn.has(route.key)) return [];
        drawn.add(route.key);
        return [{ ...route, chain: named.key, isOutside: isOutside(named.key), isPinned: named.key === pinned }];
      }),
    );
  const stops = new Map<string, Stop>();
  const add = (id: string, role: Stop["role"]) => {
    const place = places.get(id);
    if (place?.at === undefined || stops.has(id)) return;
    stops.set(id, { id, at: place.at, name: shortName(place), role });
  };
  if (shown !== undefined) {
    const legs = legsOf(shown.chain);
    const first = legs[0];
    const last = legs.at(-1);
    if (first !== undefined) add(first.from, "end");
    if (last !== undefined) add(last.to, "end");
    add(shown.chain.gateway, "gateway");
    for (const leg of legs) {
      add(leg.from, "hub");
      add(leg.to, "hub");
    }
    for (const leg of legs) for (const id of leg.via) add(id, "passed");
  }
  return { routes, others, stops: [...stops.values()], shown: shown?.key ?? "" };
}
