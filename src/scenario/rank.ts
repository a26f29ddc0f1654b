import {
  type Change,
  InputError,
  type Lever,
  type LeverUse,
  type Problem,
  type Scenario,
  type Shipment,
  type Text,
  dateOf,
  dayNumber,
  scenario as scenarioSchema,
  shaped,
} from "../model/index.ts";
import { type Network, compile } from "../network/index.ts";
import type { RankedParameter } from "../planning/index.ts";
import { type Option, RouteComparison, RouteSearch, buildShipmentGraph } from "../routing/index.ts";
import { parametersIn, rangeEnds, usesOf, withValue } from "./lever-uses.ts";
import { applyLevers } from "./levers.ts";
import { type NetworkFolder, maxDaysOf, prepareScenario, resolveShipment, scenarioNetwork, windowOf } from "./run.ts";

export const rankVersion = 1;

/** What levers are ranked by, per vehicle: cost and CO2e of the cheapest way, days of the fastest. */
export const rankMeasures = ["costCny", "days", "co2eKg"] as const;
export type RankMeasure = (typeof rankMeasures)[number];
export type Measured = Record<RankMeasure, number>;

/** A change of a measure, with the least and the most that it becomes when one parameter at a time goes to an end of its range. */
export interface Effect {
  value: number;
  low: number;
  high: number;
}

/**
 * What a lever does to the least cost, days and CO2e of one option, each for itself, for a shipment ready on its own date. Left out: no change. An option that
 * comes or goes has no numbers.
 */
export interface OptionEffect {
  shipment: string;
  option: Option;
  change: "moved" | "new" | "gone";
  costCny?: number;
  days?: number;
  co2eKg?: number;
}

export interface RankedLever {
  lever: string;
  kind: Lever["kind"];
  title: { zh: string; en: string };
  rows: number[];
  documents: { document: "A" | "B"; paragraph: string }[];
  parameters: RankedParameter[];
  /** Against the baseline. */
  alone: Record<RankMeasure, Effect>;
  /** The bundle with it less the bundle without it. */
  marginal: Measured;
  /** Vehicles that find a way with it alone and did not before, less those that lose theirs. */
  served: number;
  /** Options that it moves most, at most four. */
  options: OptionEffect[];
}

export interface RankResult {
  schemaVersion: typeof rankVersion;
  kind: "yuche-rank";
  scenario: { id: string; title?: Text };
  /** Ready dates that every shipment was looked at for, a week apart, so that one lucky sailing does not decide. */
  readyDates: number;
  vehicles: number;
  baseline: Measured;
  bundle: Measured;
  /** Sum of what each lever does alone, what all do together, and the difference: levers that get in each other's way, or help each other. */
  interaction: Record<RankMeasure, { sumAlone: number; bundle: number; interaction: number }>;
  levers: RankedLever[];
  warnings: Problem[];
}

export interface RankOptions {
  folder?: NetworkFolder;
  shelf: readonly Lever[];
  /** Ready dates, a week apart; default 4. */
  readyDates?: number;
  /** Also try the ends of every parameter's range; default true. */
  ranges?: boolean;
  /** Called between runs. */
  onStep?: (done: number, total: number) => void | Promise<void>;
}

/** One shipment on one ready date. */
interface Probe {
  shipment: Shipment;
  id: string;
  weight: number;
}

/** The measures of every probe; undefined where there is no way. */
type Answer = (Measured | undefined)[];

function probesOf(scenario: Scenario, dates: number): Probe[] {
  const later = (date: string, weeks: number) => dateOf(dayNumber(date) + 7 * weeks);
  return scenario.shipments.flatMap((shipment, i) =>
    Array.from({ length: dates }, (_, week): Probe => ({
      shipment: {
        ...shipment,
        ready: later(shipment.ready, week),
        // The due date moves along; it also bounds how long a journey is looked for.
        ...(shipment.due === undefined ? {} : { due: later(shipment.due, week) }),
        maxDays: maxDaysOf(shipment),
      },
      id: shipment.id ?? `${i + 1}`,
      weight: shipment.quantity,
    })),
  );
}

function answer(network: Network, probes: readonly Probe[]): Answer {
  return probes.map(({ shipment, id }) => {
    const { terms } = resolveShipment(network, shipment, `shipments/${id}`);
    if (terms === undefined) return undefined;
    const front = new RouteSearch(buildShipmentGraph(network, terms)).run({});
    if (front.length === 0) return undefined;
    const cheapest = front.reduce((best, way) =>
      way.costFen < best.costFen || (way.costFen === best.costFen && way.grams < best.grams) ? way : best,
    );
    return {
      costCny: cheapest.costFen / 100,
      days: (Math.min(...front.map((way) => way.arrival)) - terms.readyMinute) / 1440,
      co2eKg: cheapest.grams / 1000,
    };
  });
}

/** Mean over the probes that have a way in both, each vehicle counting once. */
function meanChange(probes: readonly Probe[], from: Answer, to: Answer): Measured {
  const sum: Measured = { costCny: 0, days: 0, co2eKg: 0 };
  let weight = 0;
  probes.forEach((probe, i) => {
    const [a, b] = [from[i], to[i]];
    if (a === undefined || b === undefined) return;
    weight += probe.weight;
    for (const measure of rankMeasures) sum[measure] += probe.weight * (b[measure] - a[measure]);
  });
  return mapMeasures((measure) => (weight === 0 ? 0 : sum[measure] / weight));
}

const nothing = (probes: readonly Probe[]): Answer => probes.map(() => ({ costCny: 0, days: 0, co2eKg: 0 }));

function mapMeasures<T>(value: (measure: RankMeasure) => T): Record<RankMeasure, T> {
  return { costCny: value("costCny"), days: value("days"), co2eKg: value("co2eKg") };
}

function servedChange(probes: readonly Probe[], from: Answer, to: Answer, dates: number): number {
  const sum = probes.reduce((now, probe, i) => now + probe.weight * (Number(to[i] !== undefined) - Number(from[i] !== undefined)), 0);
  return Math.round(sum / dates);
}

type Best = Map<string, { shipment: string; option: Option; costCny: number; days: number; co2eKg: number }>;

/** Best of each option on the shipments' own ready dates. */
function optionBests(network: Network, scenario: Scenario): Best {
  const bests: Best = new Map();
  scenario.shipments.forEach((shipment, i) => {
    const id = shipment.id ?? `${i + 1}`;
    const { terms } = resolveShipment(network, shipment, `shipments/${id}`);
    if (terms === undefined) return;
    for (const { option, ways } of new RouteComparison(buildShipmentGraph(network, terms)).run().families) {
      const key = `${id} ${option}`;
      const old = bests.get(key);
      const least = (now: number | undefined, values: number[]) => Math.min(now ?? Number.POSITIVE_INFINITY, ...values);
      bests.set(key, {
        shipment: id,
        option,
        costCny: least(
          old?.costCny,
          ways.map((w) => w.costFen / 100),
        ),
        days: least(
          old?.days,
          ways.map((w) => (w.arrival - terms.readyMinute) / 1440),
        ),
        co2eKg: least(
          old?.co2eKg,
          ways.map((w) => w.grams / 1000),
        ),
      });
    }
  });
  return bests;
}

const mostOptions = 4;
/** Least change of an option that is listed. */
const worthSaying: Record<RankMeasure, number> = { costCny: 0.5, days: 0.005, co2eKg: 0.05 };

function optionEffects(before: Best, after: Best): OptionEffect[] {
  const found: { effect: OptionEffect; size: number }[] = [];
  for (const [key, { shipment, option, ...old }] of before) {
    const now = after.get(key);
    if (now === undefined) {
      found.push({ effect: { shipment, option, change: "gone" }, size: 2 });
      continue;
    }
    const moved = rankMeasures.filter((measure) => Math.abs(now[measure] - old[measure]) >= worthSaying[measure]);
    if (moved.length === 0) continue;
    const effect: OptionEffect = { shipment, option, change: "moved" };
    for (const measure of moved) effect[measure] = round(measure, now[measure] - old[measure]);
    found.push({ effect, size: Math.max(...moved.map((measure) => Math.abs(now[measure] - old[measure]) / old[measure])) });
  }
  for (const [key, { shipment, option }] of after)
    if (!before.has(key)) found.push({ effect: { shipment, option, change: "new" }, size: 3 });
  const rank = (e: OptionEffect) => `${e.shipment} ${e.option}`;
  return found
    .sort((a, b) => b.size - a.size || (rank(a.effect) < rank(b.effect) ? -1 : 1))
    .slice(0, mostOptions)
    .map(({ effect }) => effect);
}

const decimals: Record<RankMeasure, number> = { costCny: 2, days: 3, co2eKg: 3 };
/** Rounded for the result; never minus zero. */
function round(measure: RankMeasure, value: number): number {
  return Number(value.toFixed(decimals[measure])) + 0;
}

/**
 * What each lever of a scenario is worth: alone against the baseline (the scenario's own changes without any lever), and within the bundle, for the
 * scenario's shipments. Deterministic. Throws InputError with every problem of the scenario.
 */
export async function rankLevers(given: Scenario, options: RankOptions): Promise<RankResult> {
  const scenario = shaped(given, scenarioSchema);
  const { shelf, folder, onStep } = options;
  const dates = options.readyDates ?? 4;
  const world: (Change | LeverUse)[] = (scenario.levers ?? []).filter((entry) => !("use" in entry));
  const uses = usesOf(scenario, shelf, "routes");
  const whole: Scenario = { ...scenario, levers: [...world, ...uses] };
  // Everything that can be wrong is wrong here: later runs use subsets of the same levers.
  const { warnings } = prepareScenario(whole, folder, shelf);
  const byId = new Map(shelf.map((lever) => [lever.id, lever]));
  const ends = (use: LeverUse) => rangeEnds(byId.get(use.use)!, use);
  const { data: base } = scenarioNetwork({ ...scenario, levers: world }, folder);
  const probes = probesOf(scenario, dates);
  const window = windowOf(probes.map((probe) => probe.shipment));

  const total = 2 + uses.reduce((sum, use) => sum + 2 + (options.ranges === false ? 0 : ends(use).length), 0);
  let done = 0;
  const step = async (count = 1) => {
    done += count;
    await onStep?.(done, total);
  };
  const networkWith = (list: readonly LeverUse[]): Network => {
    const { data, problems } = applyLevers(base, list, shelf, true);
    if (problems.some((p) => p.severity === "error")) throw new InputError(problems);
    return compile(data, window);
  };
  const run = (list: readonly LeverUse[]): Answer => answer(networkWith(list), probes);

  const baseNetwork = networkWith([]);
  const baseline = answer(baseNetwork, probes);
  const bests = optionBests(baseNetwork, scenario);
  await step();
  const together = run(uses);
  await step();

  const levers: RankedLever[] = [];
  for (const use of uses) {
    const lever = byId.get(use.use)!;
    const network = networkWith([use]);
    const alone = answer(network, probes);
    const change = meanChange(probes, baseline, alone);
    const moved = optionEffects(bests, optionBests(network, scenario));
    await step();
    const seen: Measured[] = [change];
    const tries = options.ranges === false ? [] : ends(use);
    // What moves nothing at all at its value has nothing to do with these shipments.
    const isIdle = moved.length === 0 && rankMeasures.every((measure) => change[measure] === 0);
    if (isIdle) await step(tries.length);
    else
      for (const { name, value } of tries) {
        seen.push(meanChange(probes, baseline, run([withValue(use, name, value)])));
        await step();
      }
    const without = run(uses.filter((other) => other !== use));
    await step();
    const marginal = meanChange(probes, without, together);
    levers.push({
      lever: lever.id,
      kind: lever.kind,
      title: lever.title,
      rows: lever.rows,
      documents: lever.documents.map(({ document, paragraph }) => ({ document, paragraph })),
      parameters: parametersIn(lever, use),
      alone: mapMeasures((measure) => ({
        value: round(measure, change[measure]),
        low: round(measure, Math.min(...seen.map((s) => s[measure]))),
        high: round(measure, Math.max(...seen.map((s) => s[measure]))),
      })),
      marginal: mapMeasures((measure) => round(measure, marginal[measure])),
      served: servedChange(probes, baseline, alone, dates),
      options: moved,
    });
  }
  levers.sort(
    (a, b) =>
      a.alone.costCny.value - b.alone.costCny.value ||
      a.alone.days.value - b.alone.days.value ||
      a.alone.co2eKg.value - b.alone.co2eKg.value ||
      (a.lever < b.lever ? -1 : 1),
  );
  const effect = meanChange(probes, baseline, together);
  const zero = nothing(probes);
  return {
    schemaVersion: rankVersion,
    kind: "yuche-rank",
    scenario: { id: scenario.id, ...(scenario.title === undefined ? {} : { title: scenario.title }) },
    readyDates: dates,
    vehicles: scenario.shipments.reduce((sum, shipment) => sum + shipment.quantity, 0),
    baseline: mapMeasures((measure) => round(measure, meanChange(probes, zero, baseline)[measure])),
    bundle: mapMeasures((measure) => round(measure, meanChange(probes, zero, together)[measure])),
    interaction: mapMeasures((measure) => {
      const sumAlone = round(
        measure,
        levers.reduce((sum, lever) => sum + lever.alone[measure].value, 0),
      );
      const bundle = round(measure, effect[measure]);
      return { sumAlone, bundle, interaction: round(measure, bundle - sumAlone) };
    }),
    levers,
    warnings,
  };
}
