import type { Departures, NetworkPart, Service, Stop } from "../../src/model/index.ts";
import { RouteComparison, RouteSearch, type ShipmentGraph, type Way, makeChain } from "../../src/routing/index.ts";
import type { CaseShipment, Prepared } from "./random-network.ts";
import { prepare } from "./random-network.ts";

/**
 * A case drawn as text: places, a timetable in columns, one expected chain per line. Columns stand two or more spaces apart.
 *
 *     # Later but cheaper
 *     // Lines that begin with // explain and are not read.
 *     place  country  zone           storage
 *     A      CN       Asia/Shanghai  -
 *     B      DE       Europe/Berlin  2 free 10/day
 *
 *     line  mode           A              B              price  co2  corridor
 *     R1    sea            mon 10:00      +4h            100    5    north
 *     R2    rail/container call           +12h
 *
 *     with services/R1 {"seasons": [{"from": "03-01", "until": "03-31", "addHours": 6}]}
 *     ready 2027-03-01 00:00, 20 days, 1 car
 *     A ~ R1 mon 03-01 10:00 14:00 ~ B = 100.00 5 kg
 *
 * The shipment goes from the first place to the last. First stop of a line: `call` (on demand), `mon,wed 10:00`, `2/week 2027-03-01 10:00` or dates
 * `2027-03-01 10:00; 2027-03-05 10:00`. Further stops: `+4h` after the one before; then `stay 2h`, `<6h` (cut-off), `>2h` (release), `@lane` (a passage).
 * A place may stand twice in the heading. `price` is CNY per vehicle, `co2` kg per vehicle on the last run. `with` merges JSON into a member:
 * `services/R1`, `places/B`, `cargo`, `network`.
 */
export interface TextCase {
  title: string;
  part: NetworkPart;
  shipment: CaseShipment;
  /** Expected chains, by cost. */
  chains: string[];
}

const columns = (line: string) => line.trim().split(/\s{2,}/);

/** All cases of a text. Throws with the line that cannot be read: a test that is not understood must not pass. */
export function readCases(text: string): TextCase[] {
  return text
    .split(/^# /m)
    .slice(1)
    .map((block) => readCase(block));
}

function readCase(block: string): TextCase {
  const [title, ...lines] = block.split("\n");
  const places: Record<string, unknown>[] = [];
  const services: Record<string, unknown>[] = [];
  const cargo: Record<string, unknown> = { id: "car", name: "car", kind: "suv", powertrain: "ice" };
  const network: Record<string, unknown> = {};
  const chains: string[] = [];
  let shipment: CaseShipment | undefined;
  let heading: string[] = [];
  for (const line of lines) {
    if (line.trim() === "" || line.trim().startsWith("//")) continue;
    const cells = columns(line);
    const start = cells[0]!;
    if (start === "place" || start === "line") heading = cells;
    else if (line.includes(" ~ ")) chains.push(line.trim().replace(/\s+/g, " "));
    else if (start.startsWith("with ")) {
      const [, path, json] = /^with (\S+)\s+(\{.*\})$/.exec(line.trim()) ?? [];
      if (path === undefined) throw new Error(`cannot read: ${line}`);
      const [list, id] = path.split("/");
      const member =
        list === "network" ? network : list === "cargo" ? cargo : (list === "places" ? places : services).find((m) => m["id"] === id);
      if (member === undefined) throw new Error(`no such member: ${line}`);
      Object.assign(member, JSON.parse(json!) as object);
    } else if (start.startsWith("ready ")) {
      const [, date, time, days, count] = /^ready (\S+) (\d\d:\d\d), (\d+) days(?:, (\d+) cars?)?$/.exec(line.trim()) ?? [];
      if (date === undefined) throw new Error(`cannot read: ${line}`);
      const ids = places.map((p) => String(p["id"]));
      shipment = {
        cargo: "car",
        quantity: Number(count ?? 1),
        from: ids[0]!,
        to: ids.at(-1)!,
        ready: `${date}T${time}`,
        days: Number(days),
        paysDuty: true,
        claimsPreference: true,
      };
    } else if (heading[0] === "place") places.push(readPlace(heading, cells));
    else if (heading[0] === "line")
      services.push(readLine(heading, cells, new Set(places.map((p) => String(p["id"])))) as unknown as Record<string, unknown>);
    else throw new Error(`cannot read: ${line}`);
  }
  if (shipment === undefined) throw new Error(`no shipment: ${title}`);
  const corridors = [...new Set(services.flatMap((s) => (s["corridor"] === undefined ? [] : [String(s["corridor"])])))].map((id) => ({
    id,
    name: id,
  }));
  return {
    title: title!.trim(),
    part: { locations: places, services, corridors, cargos: [cargo], ...network } as NetworkPart,
    shipment,
    chains,
  };
}

function readPlace(heading: readonly string[], cells: readonly string[]): Record<string, unknown> {
  const place: Record<string, unknown> = { id: cells[0], name: cells[0], kind: "port" };
  heading.forEach((key, i) => {
    const cell = cells[i];
    if (i === 0 || cell === undefined || cell === "-") return;
    if (key === "country") place["country"] = cell;
    else if (key === "zone") place["timeZone"] = cell;
    else if (key === "storage") {
      const [, free, rate] = /^(?:([\d.]+) free )?([\d.]+)\/day$/.exec(cell) ?? [];
      if (rate === undefined) throw new Error(`cannot read storage: ${cell}`);
      place["storage"] = { wheels: { perVehicleDay: Number(rate), ...(free === undefined ? {} : { freeDays: Number(free) }) } };
    } else throw new Error(`unknown column: ${key}`);
  });
  return place;
}

function readLine(heading: readonly string[], cells: readonly string[], places: ReadonlySet<string>): Service {
  const [mode, form] = cells[1]!.split("/");
  const stops: Stop[] = [];
  let departures: Departures = "on-demand";
  const more: Record<string, unknown> = {};
  heading.forEach((key, i) => {
    const cell = cells[i];
    if (i < 2 || cell === undefined || cell === "-") return;
    if (places.has(key)) {
      if (stops.length === 0) departures = readDepartures(cell);
      stops.push(readStop(key, cell, stops.length === 0));
    } else if (key === "price") more["charges"] = [{ perVehicle: Number(cell) }];
    else if (key === "co2") stops.at(-1)!.co2eKgPerVehicle = Number(cell);
    else if (key === "corridor") more["corridor"] = cell;
    else throw new Error(`unknown column: ${key}`);
  });
  return { id: cells[0]!, mode: mode as Service["mode"], form: (form ?? "wheels") as Service["form"], stops, departures, ...more };
}

function readDepartures(cell: string): Departures {
  const text = cell.replace(/\s*<[\d.]+h/, "");
  if (text === "call") return "on-demand";
  const weekly = /^((?:mon|tue|wed|thu|fri|sat|sun)(?:,\w{3})*) (\d\d:\d\d)$/.exec(text);
  if (weekly !== null) return { weekly: weekly[1]!.split(",") as ("mon" | "tue")[], time: weekly[2]! };
  const even = /^([\d.]+)\/week (\S+) (\d\d:\d\d)$/.exec(text);
  if (even !== null) return { perWeek: Number(even[1]), from: even[2]!, time: even[3]! };
  return {
    dates: text.split(/;\s*/).map((date) => {
      if (!/^\d{4}-\d\d-\d\d \d\d:\d\d$/.test(date)) throw new Error(`cannot read departure: ${cell}`);
      return date.replace(" ", "T");
    }),
  };
}

function readStop(at: string, cell: string, isFirst: boolean): Stop {
  const stop: Stop = { at };
  for (const [, sign, number] of cell.matchAll(/([+<>]|stay )([\d.]+)h/g)) {
    if (sign === "+") stop.hours = Number(number);
    else if (sign === "<") stop.cutoffHours = Number(number);
    else if (sign === ">") stop.releaseHours = Number(number);
    else stop.stayHours = Number(number);
  }
  const lane = /@(\S+)/.exec(cell)?.[1];
  if (lane !== undefined) stop.pass = lane;
  if (!isFirst && stop.hours === undefined) throw new Error(`no run time: ${cell}`);
  return stop;
}

const days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

function stampText(stamp: string): string {
  return `${days[new Date(`${stamp.slice(0, 10)}T00:00:00Z`).getUTCDay()]} ${stamp.slice(5, 10)} ${stamp.slice(11, 16)}`;
}

/** A way as a case's line: places, what moves between them, local times, price and CO2e. */
export function chainText(graph: ShipmentGraph, way: Way): string {
  const chain = makeChain(graph, way);
  const { network } = graph;
  let text = network.locationIds[graph.terms.origin]!;
  for (const element of chain.elements) {
    const [name, begin, end, to] =
      element.kind === "leg"
        ? [element.service, element.departure, element.arrival, element.to]
        : [element.operation, element.begin, element.end, element.at];
    const until = begin.slice(0, 10) === end.slice(0, 10) ? end.slice(11, 16) : stampText(end);
    text += ` ~ ${name} ${stampText(begin)} ${until} ~ ${to}`;
  }
  return `${text} = ${chain.cost.cny.toFixed(2)}${way.grams > 0 ? ` ${way.grams / 1000} kg` : ""}`;
}

/** The fronts that every legal configuration of the search gives for a case, as lines. */
export function runCase(one: TextCase): { prepared: Prepared; fronts: Record<string, string[]> } {
  const prepared = prepare(one.part, one.shipment);
  const { graph } = prepared;
  const lines = (ways: readonly Way[]) => ways.map((way) => chainText(graph, way));
  return {
    prepared,
    fronts: {
      pruned: lines(new RouteSearch(graph).run()),
      "not pruned": lines(new RouteSearch(graph).run({ prune: false })),
      comparison: lines(new RouteComparison(graph).run().front),
    },
  };
}
