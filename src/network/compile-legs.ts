import type { Places } from "./compile-locations.ts";
import type { ServiceRows } from "./compile-services.ts";
import type { Network } from "./network.ts";

type LegRows = Pick<Network, "legService" | "legFrom" | "legTo" | "legTail" | "legHead" | "legStart">;

/** Every pair of stops of a service between which it can be used, sorted by tail location, then service. */
export function compileLegs({ services, stopStart, stopLocation }: ServiceRows, { locationIds }: Places): LegRows {
  const legs: { service: number; from: number; to: number; tail: number; head: number }[] = [];
  services.forEach(({ stops }, service) => {
    const first = stopStart[service]!;
    for (let to = 1; to < stops.length; to++) {
      const alight = stops[to]!;
      if (alight.pass !== undefined || alight.unload === false) continue;
      for (let from = 0; from < to; from++) {
        const board = stops[from]!;
        if (board.pass !== undefined || board.load === false || board.at === alight.at) continue;
        legs.push({ service, from, to, tail: stopLocation[first + from]!, head: stopLocation[first + to]! });
      }
    }
  });
  legs.sort((a, b) => a.tail - b.tail || a.service - b.service || a.from - b.from || a.to - b.to);
  const legStart = new Int32Array(locationIds.length + 1);
  for (const leg of legs) legStart[leg.tail + 1]!++;
  for (let i = 0; i < locationIds.length; i++) legStart[i + 1]! += legStart[i]!;
  return {
    legService: Int32Array.from(legs, (l) => l.service),
    legFrom: Int32Array.from(legs, (l) => l.from),
    legTo: Int32Array.from(legs, (l) => l.to),
    legTail: Int32Array.from(legs, (l) => l.tail),
    legHead: Int32Array.from(legs, (l) => l.head),
    legStart,
  };
}
