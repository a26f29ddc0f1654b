import { costLines, localDay } from "../model/index.ts";
import { type Sums, addGroup, always } from "../network/index.ts";
import { type ShipmentGraph, isTariffFor, legKm } from "../routing/index.ts";

/** One price at which a leg can be ridden. */
export interface Tariffed {
  /** In the service's list; -1: the service has no tariffs. */
  tariff: number;
  /** Fen of the whole arc at this price, and what of it counts into the CIF value. */
  fen: number;
  dutiable: number;
}

const borderLine = costLines.indexOf("border");

/**
 * The prices of an arc that may matter, cheapest first: `weigh` takes the cheapest, but when that one has slots of its own, dearer ones are open to whoever comes
 * too late, down to the first whose slots are the departure's.
 */
export function tariffsOf(shipment: ShipmentGraph, arc: number): Tariffed[] {
  const { network, terms } = shipment;
  const leg = shipment.ref[arc]!;
  const service = network.legService[leg]!;
  const [fen, dutiable] = [shipment.cost[arc]!, shipment.dutiable[arc]!];
  const known = network.tariffs[service];
  const chosen = shipment.tariff[arc]!;
  const definitions = network.services[service]!.tariffs;
  if (known === undefined || chosen < 0 || definitions?.[chosen]?.slots === undefined) return [{ tariff: chosen, fen, dutiable }];

  const form = shipment.nodeForm[shipment.tail[arc]!]!;
  const km = legKm(network, leg);
  const zone = network.zone[network.legTail[leg]!]!;
  const day = shipment.windowFrom[arc] === always ? undefined : localDay(shipment.windowFrom[arc]!, zone);
  const priced = known.flatMap((tariff, index) => {
    if (!isTariffFor(network, terms.load, tariff, leg)) return [];
    if (day === undefined ? tariff.from > -1_000_000 : day < tariff.from || day > tariff.until) return [];
    const sums: Sums = { fen: 0, freight: 0 };
    addGroup(network, terms.load, tariff.group, form, km, borderLine, sums);
    return Number.isNaN(sums.fen) ? [] : [{ index, ...sums }];
  });
  priced.sort((a, b) => a.fen - b.fen || a.index - b.index);
  const base = priced.find(({ index }) => index === chosen)!;
  const freight = freightOf(shipment, arc);
  const out: Tariffed[] = [];
  for (const { index, ...sums } of priced) {
    const carriage = freight + sums.freight - base.freight;
    const insured = shipment.foreign[arc] === 1 ? insuranceOn(shipment, carriage) - insuranceOn(shipment, freight) : 0;
    const more = shipment.foreign[arc] === 1 ? sums.freight - base.freight + insured : 0;
    out.push({ tariff: index, fen: fen + sums.fen - base.fen + insured, dutiable: dutiable + more });
    if (definitions[index]?.slots === undefined) break;
  }
  return out;
}

/** Sets the price of an arc as if `price` were the cheapest, runs `use`, and puts it back. */
export function atTariffs<T>(shipment: ShipmentGraph, prices: readonly { arc: number; tariff: number }[], use: () => T): T {
  const before = prices.map(({ arc }) => ({ arc, tariff: shipment.tariff[arc]! }));
  for (const { arc, tariff } of prices) if (tariff >= 0) shipment.tariff[arc] = tariff;
  try {
    return use();
  } finally {
    for (const { arc, tariff } of before) shipment.tariff[arc] = tariff;
  }
}

function insuranceRate(shipment: ShipmentGraph): number {
  const { finance, figures } = shipment.network;
  const of = (index: number) => (index < 0 ? 0 : figures.values[index]!);
  const insured = of(finance.insured) / 100;
  return (of(finance.cargoInsurance) / 100) * (insured === 0 ? 1 : insured);
}

const insuranceOn = (shipment: ShipmentGraph, freight: number) => Math.round(freight * insuranceRate(shipment));

/** Freight on an arc abroad without its insurance: `dutiable` is freight plus its rounded insurance. */
function freightOf(shipment: ShipmentGraph, arc: number): number {
  if (shipment.foreign[arc] !== 1) return 0;
  const dutiable = shipment.dutiable[arc]!;
  const guess = Math.round(dutiable / (1 + insuranceRate(shipment)));
  return [guess, guess - 1, guess + 1].find((freight) => freight + insuranceOn(shipment, freight) === dutiable) ?? guess;
}
