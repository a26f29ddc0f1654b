import type { Network } from "./network.ts";
import { departureMinutes, stopTimes } from "./timetable.ts";

/** Works out the departures and stop times afresh from the figures, of those services that have them: needed after a figure of time or frequency was patched. */
export function retime(network: Network): void {
  const wanted = [...network.services.keys()].filter((service) => network.timed[service] === 1);
  network.timed.fill(0);
  network.depart = new Int32Array(0);
  network.arrive = new Int32Array(0);
  timeServices(network, wanted);
}

/** Works out the departures and stop times of those of the services that have none yet. */
export function timeServices(network: Network, wanted: Iterable<number>): void {
  const { services, terms, figures, period, timed } = network;
  const made: { service: number; starts: number[] }[] = [];
  let size = network.depart.length;
  for (const service of wanted) {
    if (timed[service] === 1) continue;
    timed[service] = 1;
    const { departures, stops, ownTimes } = services[service]!;
    // Departures that left before the window can still be boarded further on.
    const early = stops.length > 2 || ownTimes === true ? 60 * 1440 : 0;
    const starts = departureMinutes(departures ?? "on-demand", terms[service]!, figures, period.from - early, period.until);
    network.timesStart[service] = size;
    network.departureCount[service] = starts.length;
    size += starts.length * stops.length;
    made.push({ service, starts });
  }
  if (made.length === 0) return;
  const depart = new Int32Array(size);
  const arrive = new Int32Array(size);
  depart.set(network.depart);
  arrive.set(network.arrive);
  network.depart = depart;
  network.arrive = arrive;
  for (const { service, starts } of made) {
    const width = services[service]!.stops.length;
    const first = network.timesStart[service]!;
    starts.forEach((start, k) => stopTimes(terms[service]!, start, figures, arrive, depart, first + k * width));
    network.inOrder[service] = 1;
    for (let i = first + width; i < first + starts.length * width; i++)
      if (depart[i]! < depart[i - width]! || arrive[i]! < arrive[i - width]!) network.inOrder[service] = 0;
  }
}
