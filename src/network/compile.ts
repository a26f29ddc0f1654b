import type { NetworkData } from "./assemble.ts";
import { openBooks } from "./books.ts";
import { compileLegs } from "./compile-legs.ts";
import { compileLocations, indexLocations } from "./compile-locations.ts";
import { compileOperations } from "./compile-operations.ts";
import { compileRules, matchRules } from "./compile-rules.ts";
import { compileServices } from "./compile-services.ts";
import { cargoTerms, dutyTerms, financeTerms } from "./compile-trade.ts";
import { timeServices } from "./departures.ts";
import type { Network } from "./network.ts";

/**
 * Freezes network data for departures within `period` (UTC minutes). The data must have passed the check; references that lead nowhere are left out.
 * O(services x stops^2 + departures x stops).
 */
export function compile(data: NetworkData, period: { from: number; until: number }): Network {
  const network = compileUndated(data, period);
  timeServices(network, network.services.keys());
  return network;
}

/**
 * As `compile`, but no departure is worked out yet: `timeServices` does that for the services that are needed. Most shipments can use few of a network's services.
 */
export function compileUndated(data: NetworkData, period: { from: number; until: number }): Network {
  // Figures are numbered in the order of these steps.
  const books = openBooks(data);
  const places = indexLocations(data);
  const { passages, storage } = compileLocations(data, books);
  const services = compileServices(data, places, passages, books);
  const legs = compileLegs(services, places);
  const operations = compileOperations(data, places, books);
  const rules = compileRules(data, books);
  const finance = financeTerms(data.finance, books.figures);
  const cargos = data.cargos.map((cargo) => cargoTerms(cargo, books.figures));
  const duties = new Map(data.customs.map((area) => [area.id, dutyTerms(area, books)]));
  const count = services.services.length;
  return {
    data,
    figures: books.figures.finish(),
    charges: books.charges.finish(),
    ...places,
    ...services,
    ...legs,
    departureCount: new Int32Array(count),
    timesStart: new Int32Array(count),
    timed: new Uint8Array(count),
    depart: new Int32Array(0),
    arrive: new Int32Array(0),
    inOrder: new Uint8Array(count),
    ...operations,
    rules,
    legRules: matchRules(rules, { ...places, ...services, ...legs }),
    storage,
    finance,
    currencies: books.currencies,
    period,
    cargos,
    duties,
  };
}
