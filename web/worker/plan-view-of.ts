import type { Mode, Service, Text } from "../../src/model/index.ts";
import type { NetworkData } from "../../src/network/index.ts";
import type { PlanResult } from "../../src/planning/index.ts";
import { lineOf } from "./lines.ts";
import type { Both, PlanView } from "./plan-view.ts";

const both = (text: Text): Both => (typeof text === "string" ? { zh: text, en: text } : text);

/** Services that belong to no corridor stand together by mode. */
const seaGoing = (mode: Mode): string => `mode:${mode}`;

type Runs = PlanView["runs"];

/**
 * The stretches that a chain of services travels. A result names the services in order and the ends; where vehicles change is the first place after boarding at which the
 * next service calls, the gateway before all others.
 */
function stretchesOf(data: NetworkData, services: ReadonlyMap<string, Service>, runs: Runs, gateway: string) {
  const callsOf = (service: Service) => service.stops.filter((stop) => stop.pass === undefined).map((stop) => stop.at);
  /** Calls after a place, in each direction that the service runs. */
  const after = (service: Service, place: string): string[][] => {
    const calls = callsOf(service);
    return [calls, ...(service.bothWays === true ? [calls.toReversed()] : [])].flatMap((way) => {
      const at = way.indexOf(place);
      return at < 0 || at === way.length - 1 ? [] : [way.slice(at)];
    });
  };
  return (ids: readonly string[], from: string, to: string): string[] => {
    let place = from;
    return ids.flatMap((id, i) => {
      const service = services.get(id);
      if (service === undefined) return [];
      const next = services.get(ids[i + 1] ?? "");
      const wanted = next === undefined ? new Set([to]) : new Set(callsOf(next));
      const ways = after(service, place);
      const isGate = next !== undefined && wanted.has(gateway) && ways.some((way) => way.includes(gateway, 1));
      for (const way of ways) {
        const end = isGate ? gateway : way.slice(1).find((call) => wanted.has(call));
        const at = end === undefined ? -1 : way.indexOf(end, 1);
        if (at < 0) continue;
        const [start, stop] = [place, way[at]!];
        place = stop;
        const key = `${service.mode}>${start}>${stop}`;
        runs[key] ??= {
          mode: service.mode,
          from: start,
          to: stop,
          line: lineOf(data, { service: id, mode: service.mode, from: start, to: stop, via: way.slice(1, at) }),
        };
        return [key];
      }
      return [];
    });
  };
}

/** A plan's result as the page draws it. `stage`: the quick first plan or the exact one. */
export function planViewOf(result: PlanResult, data: NetworkData, stage: PlanView["stage"], milliseconds: number): PlanView {
  const { horizon, totals, proof, work } = result;
  const { weeks } = horizon;
  const services = new Map(data.services.map((service) => [service.id, service]));
  const rows = new Map(result.rows.map((row) => [row.row, row]));
  const ends = (id: string): string[] => {
    const calls = services.get(id)?.stops.filter((stop) => stop.pass === undefined) ?? [];
    return calls.length < 2 ? [] : [calls[0]!.at, calls.at(-1)!.at];
  };

  const runs: Runs = {};
  const known = new Map<string, string[]>();
  const flows = result.flows.flatMap((flow): PlanView["flows"] => {
    const row = rows.get(flow.row);
    if (row === undefined) return [];
    const key = [row.from, row.to, flow.gateway, ...flow.services].join(">");
    let own = known.get(key);
    if (own === undefined) known.set(key, (own = stretchesOf(data, services, runs, flow.gateway)(flow.services, row.from, row.to)));
    const { vehicles, option, corridor, gateway } = flow;
    return [{ plant: row.from, market: row.to, cargo: row.cargo, week: flow.week - 1, vehicles, option, corridor, gateway, runs: own }];
  });

  // Slots count in boxes, wagons or cars; what the plan put on them says how many vehicles go on one.
  const byCorridor = new Map<string, { used: number[]; capacity: number[] }>();
  for (const service of result.services) {
    if (!(service.used > 0)) continue;
    const perSlot = service.vehicles / service.used;
    const id = service.corridor ?? seaGoing(service.mode);
    let own = byCorridor.get(id);
    if (own === undefined)
      byCorridor.set(id, (own = { used: Array.from({ length: weeks }, () => 0), capacity: Array.from({ length: weeks }, () => 0) }));
    for (const { week, slots, used } of service.weeks) {
      if (week < 1 || week > weeks) continue;
      own.used[week - 1]! += used * perSlot;
      own.capacity[week - 1]! += slots * perSlot;
    }
  }
  const order = [...data.corridors.map(({ id }) => id), "mode:sea", "mode:river", "mode:rail", "mode:road"];

  const names = new Map(result.bottlenecks.map((one) => [one.path, one]));
  const limitName = (path: string): Both => {
    const limit = names.get(path);
    const [list, id = "", place] = path.split("/");
    const name =
      limit?.name ??
      result.names[path] ??
      (list === "services" ? services.get(id)?.name : data.operations.find((operation) => operation.id === id)?.name) ??
      path;
    const at = list === "operations" ? data.locations.find((location) => location.id === place)?.name : undefined;
    const [own, where] = [both(name), at === undefined ? undefined : both(at)];
    return where === undefined ? own : { zh: `${where.zh}${own.zh}`, en: `${own.en}, ${where.en}` };
  };
  const left = result.unserved.flatMap((one): PlanView["left"] => {
    const row = rows.get(one.row);
    if (row === undefined) return [];
    const limits = one.limits.map(limitName);
    return one.weeks.map((week, i) => ({
      plant: row.from,
      market: row.to,
      cargo: row.cargo,
      week: week - 1,
      vehicles: one.perWeek[i]!,
      reason: one.reason,
      limits,
    }));
  });

  const serviceResults = new Map(result.services.map((one) => [one.service, one]));
  const bottlenecks = result.bottlenecks.map((one): PlanView["bottlenecks"][number] => {
    const [list, id = ""] = one.path.split("/");
    const isMember = list !== "plan";
    const dated = one.kind === "departure" || one.kind === "weekly" ? serviceResults.get(id) : undefined;
    return {
      id: one.path,
      member: isMember ? `${list}/${id}` : "",
      name: one.name,
      places:
        one.place !== undefined
          ? [one.place]
          : list === "services"
            ? ends(id)
            : list === "yards"
              ? (data.yards.find((yard) => yard.id === id)?.at ?? [])
              : [],
      weeks: (dated?.weeks ?? []).flatMap(({ week, priceCny }) => (priceCny > 0 && week >= 1 && week <= weeks ? [week - 1] : [])),
      unit: one.unit,
      mostCny: one.mostPriceCny,
      meanCny: one.meanPriceCny,
      worthCny: one.worthCny,
      full: one.full,
      of: one.of,
    };
  });

  const { target } = result;
  return {
    stage,
    scenario: result.scenario,
    from: horizon.from,
    weeks,
    totals: {
      demand: totals.demand,
      carried: totals.carried,
      left: totals.unserved,
      costCny: totals.totalCny,
      perVehicleCny: totals.costPerVehicleCny,
      days: totals.days,
      co2eKg: totals.carried === 0 ? 0 : (totals.co2eTonnes * 1000) / totals.carried,
      exportValueCny: totals.exportValueCny,
    },
    demand: result.weeks.map((week) => week.demand),
    carried: result.weeks.map((week) => week.carried),
    corridors: order.flatMap((id) => {
      const own = byCorridor.get(id);
      return own === undefined ? [] : [{ id, ...own }];
    }),
    flows,
    left,
    runs,
    bottlenecks,
    investments: result.investments.map(({ id, title, units, most, costCny }) => ({ id, title: title ?? id, units, most, costCny })),
    ...(target === undefined
      ? {}
      : {
          target: {
            vehicles: target.wantedVehicles,
            sharePercent: target.wantedPercent,
            nationalExports: target.nationalExports,
            ...(target.wantedValueCny === undefined ? {} : { exportValueCny: target.wantedValueCny }),
          },
        }),
    proof: {
      isOptimal: proof.status === "optimal",
      primalCny: proof.primalCny,
      boundCny: proof.boundCny,
      gap: proof.gap,
      largestViolation: proof.largestViolation,
      roundingCny: proof.wholeVehiclesCny,
      rounds: work.rounds,
      columns: work.columns,
    },
    milliseconds,
  };
}
