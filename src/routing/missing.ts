import { type Form, type Text, forms, modes, say } from "../model/index.ts";
import { type Network, type NetworkData, canTake, compileUndated, dataId } from "../network/index.ts";
import { costBounds, fillBounds, incomingArcs, makeBounds } from "./bounds.ts";
import { type Option, optionOf, options } from "./options.ts";
import { buildShipmentGraph } from "./shipment-graph.ts";
import { type ShipmentGraph, type ShipmentTerms, legArc } from "./state-graph.ts";

/** Why an option has no chain. */
export interface Missing {
  option: Option;
  code: "cargo" | "rule" | "not-running" | "date" | "no-link";
  /** Rule or services that stand in the way. */
  by: string[];
  reason: { zh: string; en: string };
}

/** Whether some way uses main legs of this option only; dates are not looked at. */
function reaches(graph: ShipmentGraph, option: number): boolean {
  if (graph.source < 0 || graph.target < 0) return false;
  const allow = new Uint8Array(graph.arcCount);
  let main = false;
  for (let a = 0; a < graph.arcCount; a++) {
    const own = graph.option[a]!;
    if (own >= 0 && own !== option) continue;
    allow[a] = 1;
    main ||= own === option;
  }
  return main && fillBounds(graph, incomingArcs(graph), costBounds(graph), { allow, corridor: -1 }, makeBounds(graph));
}

const needs: Record<Option, { forms: readonly Form[]; zh: string; en: string }> = {
  "ro-ro": { forms: ["wheels"], zh: "自行上下船", en: "drive on and off" },
  container: { forms: ["container", "container-bare", "kit"], zh: "装入40英尺高箱", en: "fit a 40HC container" },
  pulp: { forms: ["frame"], zh: "装入折叠框架", en: "fit a foldable frame" },
  "rail-auto-rack": { forms: ["wheels"], zh: "装上汽车运输专用车（JSQ）", en: "fit an auto-rack wagon" },
  "rail-container": { forms: ["container", "container-bare", "kit"], zh: "装入40英尺高箱", en: "fit a 40HC container" },
  road: { forms: ["wheels", "container", "container-bare", "kit"], zh: "由汽车运输", en: "travel by road" },
};

function fitsOption(terms: ShipmentTerms, option: Option): boolean {
  const { load } = terms;
  if (!needs[option].forms.some((form) => canTake(load, forms.indexOf(form)))) return false;
  if (option === "rail-auto-rack" && load.cargo.units !== undefined && load.cargo.units.wagon === undefined) return false;
  return true;
}

/**
 * Whether services, running or not and in either direction, join origin and destination when only those of the option leave the origin's territory. Forms, rules and
 * dates are not looked at: where this fails no graph needs to be built to know that a link is missing. O(services x stops).
 */
function linked(network: Network, terms: ShipmentTerms, option: number): boolean {
  const { data, locationIndex, territory } = network;
  const home = territory[terms.origin]!;
  if (territory[terms.destination] === home) return true;
  const calls = new Map<number, number[]>();
  const stops = data.services.map((service, s) =>
    service.stops.flatMap(({ at }) => {
      const place = locationIndex.get(at);
      if (place === undefined) return [];
      const known = calls.get(place);
      if (known === undefined) calls.set(place, [s]);
      else known.push(s);
      return [place];
    }),
  );
  const leaves = data.services.map(({ mode, form }) => optionOf(modes.indexOf(mode), forms.indexOf(form)) === option);
  // A service is looked at once from home and, should it leave home by another option, once from abroad.
  const followed = [new Set<number>(), new Set<number>()];
  const seen = new Set([terms.origin]);
  for (const place of seen) {
    const isHome = territory[place] === home;
    const done = followed[isHome ? 0 : 1]!;
    for (const s of calls.get(place) ?? []) {
      if (done.has(s)) continue;
      done.add(s);
      for (const stop of stops[s]!) if (!isHome || leaves[s]! || territory[stop] === home) seen.add(stop);
    }
  }
  return seen.has(terms.destination);
}

function named(text: Text): { zh: string; en: string } {
  return { zh: say(text, "zh"), en: say(text, "en") };
}

function clean(list: readonly string[]): string[] {
  return [...new Set(list)].sort();
}

/**
 * The reason for each option that has no chain, found by lifting one condition after the other: the cargo's size, the rules (all, then one by one),
 * services that do not run yet, dates; what is left is a missing link.
 */
export function explainMissing(graph: ShipmentGraph, missing: readonly Option[], maxDays: number): Missing[] {
  const { network, terms } = graph;
  if (missing.length === 0) return [];
  const cargoName = named(terms.load.cargo.name);
  let lifted: ShipmentGraph | undefined;
  let started: { graph: ShipmentGraph; off: Set<string> } | undefined;
  return missing.map((option): Missing => {
    const index = options.indexOf(option);
    if (!fitsOption(terms, option)) {
      const need = needs[option];
      return {
        option,
        code: "cargo",
        by: [terms.load.cargo.id],
        reason: { zh: `${cargoName.zh}不能${need.zh}`, en: `${cargoName.en} cannot ${need.en}` },
      };
    }
    if (!linked(network, terms, index)) return noLink(network, terms, option);
    if (reaches(graph, index)) {
      return {
        option,
        code: "date",
        by: [],
        reason: { zh: `备车日之后${maxDays}天内没有能接上的班次`, en: `no departures connect within ${maxDays} days of the ready date` },
      };
    }
    lifted ??= buildShipmentGraph(network, terms, () => true);
    if (reaches(lifted, index)) {
      const rules = [...graph.forbiddenBy.keys()].sort();
      const single = rules.filter((id) =>
        reaches(
          buildShipmentGraph(network, terms, (rule) => rule === id),
          index,
        ),
      );
      const by = single.length > 0 ? single : rules;
      const titles = by.map((id) => named(network.data.rules.find((r) => r.id === id)?.title ?? id));
      return {
        option,
        code: "rule",
        by,
        reason: { zh: `规则不允许：${titles.map((t) => t.zh).join("；")}`, en: `a rule forbids it: ${titles.map((t) => t.en).join("; ")}` },
      };
    }
    started ??= startedGraph(network, terms);
    if (started !== undefined && reaches(started.graph, index)) {
      const by = clean(startingServices(started.graph, index, started.off));
      const names = by.map((id) => named(network.data.services.find((s) => s.id === id)?.name ?? id));
      return {
        option,
        code: "not-running",
        by,
        reason: { zh: `尚未开行：${names.map((n) => n.zh).join("、")}`, en: `does not run yet: ${names.map((n) => n.en).join(", ")}` },
      };
    }
    return noLink(network, terms, option);
  });
}

/** The reason where nothing is in the way but that the network does not go there. */
function noLink(network: Network, terms: ShipmentTerms, option: Option): Missing {
  const destination = named(network.data.locations[terms.destination]!.name);
  // A dead end is easier to mend when the places it ends at are named; without any, those that the option does reach.
  const entries = mainLegHeads(network, terms, options.indexOf(option));
  const heads = entries.inside.length > 0 ? entries.inside : entries.elsewhere.length <= 12 ? entries.elsewhere : [];
  const names = heads.slice(0, 4).map((id) => named(network.data.locations.find((l) => l.id === id)!.name));
  const [zh, en] = [names.map((n) => n.zh).join("、"), names.map((n) => n.en).join(", ")];
  if (entries.inside.length > 0) {
    return {
      option,
      code: "no-link",
      by: heads,
      reason: {
        zh: `这类干线到达${zh}，但从那里没有接续到${destination.zh}`,
        en: `such services reach ${en}, but there is no link on to ${destination.en}`,
      },
    };
  }
  return {
    option,
    code: "no-link",
    by: heads,
    reason: {
      zh: heads.length === 0 ? `网络中没有通往${destination.zh}的这类干线` : `这类干线不通往${destination.zh}（通往${zh}等）`,
      en:
        heads.length === 0
          ? `the network has no main leg of this kind towards ${destination.en}`
          : `no main leg of this kind leads towards ${destination.en} (they lead to ${en})`,
    },
  };
}

/** Graph with the services that are switched off running too. */
function startedGraph(network: Network, terms: ShipmentTerms): { graph: ShipmentGraph; off: Set<string> } | undefined {
  const off = network.data.services.filter((s) => s.enabled === false);
  if (off.length === 0) return undefined;
  const data: NetworkData = {
    ...network.data,
    services: network.data.services.map((s) => (s.enabled === false ? { ...s, enabled: true } : s)),
  };
  // Dates are not looked at here, so no departures are worked out.
  const all = compileUndated(data, network.period);
  return { graph: buildShipmentGraph(all, terms, () => true), off: new Set(off.map((s) => s.id)) };
}

/** Services that are off in the data and lie on a way of the option. */
function startingServices(graph: ShipmentGraph, option: number, off: ReadonlySet<string>): string[] {
  const found: string[] = [];
  for (let a = 0; a < graph.arcCount; a++) {
    if (graph.kind[a] !== legArc || (graph.option[a]! >= 0 && graph.option[a] !== option)) continue;
    const id = dataId(graph.network.services[graph.network.legService[graph.ref[a]!]!]!.id);
    if (off.has(id)) found.push(id);
  }
  return found;
}

/** Where legs of the option that leave the origin's territory end: in the destination's territory, and elsewhere. */
function mainLegHeads(network: Network, terms: ShipmentTerms, option: number): { inside: string[]; elsewhere: string[] } {
  const home = network.territory[terms.origin]!;
  const abroad = network.territory[terms.destination]!;
  const inside: string[] = [];
  const elsewhere: string[] = [];
  for (let leg = 0; leg < network.legService.length; leg++) {
    const service = network.legService[leg]!;
    const to = network.territory[network.legHead[leg]!]!;
    if (
      network.territory[network.legTail[leg]!] !== home ||
      to === home ||
      optionOf(network.mode[service]!, network.form[service]!) !== option
    )
      continue;
    (to === abroad ? inside : elsewhere).push(network.locationIds[network.legHead[leg]!]!);
  }
  return { inside: clean(inside), elsewhere: clean(elsewhere) };
}
