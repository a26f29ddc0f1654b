import {
  type DemandRow,
  type DemandYear,
  type Figure,
  type Horizon,
  type Lever,
  type Plan,
  type Problem,
  type Scenario,
  InputError,
  dayNumber,
  localMinute,
  problem,
  scenario as scenarioSchema,
  shaped,
  warning,
} from "../model/index.ts";
import { type Network, type NetworkData, compile, figureProblems, figureValue } from "../network/index.ts";
import {
  type DemandSeed,
  type PlanNetwork,
  type PlanOptions,
  type PlanProblem,
  type PlanResult,
  type PlanRow,
  type PlanSolution,
  type PlanStudy,
  PlanError,
  addedServiceId,
  builtinDemandRows,
  loadDemandSeed,
  matcher,
  planNetwork,
  planPeriod,
  planStudy,
  planVersion,
  roundPlan,
  solvePlan,
  withInvestments,
} from "../planning/index.ts";
import { type Table, demandFromTable } from "./demand-table.ts";
import { leverDemand, leverPlan } from "./levers.ts";
import { isPlain } from "./members.ts";
import { findNamed } from "./places.ts";
import { type NetworkFolder, scenarioNetwork } from "./run.ts";

/** Reads a demand file beside the scenario: its cells, the first row being the column names. Throws InputError. */
export type TableReader = (file: string, sheet?: string) => Promise<Table>;

export interface PlanInputs {
  folder?: NetworkFolder;
  /** Levers that can be used by name (`builtinLevers`). */
  shelf?: readonly Lever[];
  table?: TableReader;
  /** Only so many first weeks of the horizon, with their part of demand, limits and target. */
  weeks?: number;
}

/** A plan whose words were all understood. */
export interface PreparedPlan {
  scenario: Scenario;
  data: NetworkData;
  network: Network;
  /** Demand by id, as the levers leave it, and the same in indices. */
  demand: DemandRow[];
  rows: PlanRow[];
  horizon: Horizon;
  plan: Plan;
  from: PlanResult["demandFrom"];
  sources: PlanResult["sources"];
  warnings: Problem[];
}

/** Steps of the quick first plan: it only has to start the exact one. */
const quickSteps = 5;
/** Gap at which a plan counts as exact unless its caller asks for another. */
const planGap = 1e-6;

const unshared = warning("plan/sharedLimits", "no-effect", {
  zh: "商品车运输车、车皮、箱、船闸、口岸与堆场在这份计划里不设限",
  en: "car carriers, wagons, boxes, locks, borders and yards do not limit this plan",
});

const noDemand = () =>
  new InputError([
    problem(
      "demand",
      "missing-key",
      { zh: "没有需求，无法做运力计划", en: "there is no demand to plan" },
      { zh: '写 "demand": { "builtin": "2027-820" }、需求行或文件', en: 'write "demand": { "builtin": "2027-820" }, rows, or a file' },
    ),
  ]);

/** The demand of a scenario in rows, with the horizon that goes with it. */
async function demandOf(
  scenario: Scenario,
  inputs: PlanInputs,
): Promise<{ rows: DemandRow[]; horizon: Horizon; plan: Plan; from: PlanResult["demandFrom"]; seed?: DemandSeed; problems: Problem[] }> {
  const { demand, horizon, plan = {} } = scenario;
  const problems: Problem[] = [];
  if (demand === undefined) throw noDemand();
  if (!Array.isArray(demand) && "builtin" in demand) {
    const seed = await loadDemandSeed();
    const year: DemandYear = demand.builtin;
    const { from, weeks, nationalExports, targetSharePercent, targetValueCny } = seed.years[year]!;
    const own = horizon ?? { from, weeks };
    // A shorter horizon takes its part of the year.
    const scale = (demand.scale ?? 1) * (own.weeks / weeks);
    const chosen = (list: string[] | undefined, id: string) => list === undefined || list.some((pattern) => matcher(pattern)(id));
    const rows = builtinDemandRows(seed, year, scale).filter(
      (row) => chosen(demand.to, row.to) && chosen(demand.cargos, row.cargo) && chosen(demand.from, row.from),
    );
    if (rows.length === 0)
      problems.push(problem("demand", "no-effect", { zh: "筛选后没有剩下任何需求", en: "no demand is left by the filters" }));
    const target =
      targetSharePercent === undefined || plan.target !== undefined || own.weeks !== weeks
        ? {}
        : {
            target: {
              nationalExports,
              sharePercent: targetSharePercent,
              ...(targetValueCny === undefined ? {} : { exportValueCny: targetValueCny }),
            },
          };
    return { rows, horizon: own, plan: { ...plan, ...target }, from: { kind: "builtin", year }, seed, problems };
  }
  if (horizon === undefined)
    problems.push(
      problem(
        "horizon",
        "missing-key",
        { zh: "缺少计划的时段", en: "the horizon of the plan is missing" },
        { zh: '写 "horizon": { "from": "2027-01-04", "weeks": 52 }', en: 'write "horizon": { "from": "2027-01-04", "weeks": 52 }' },
      ),
    );
  const own = horizon ?? { from: "2027-01-04", weeks: 52 };
  if (Array.isArray(demand)) return { rows: demand, horizon: own, plan, from: { kind: "rows" }, problems };
  if (inputs.table === undefined)
    throw new InputError([
      problem(
        "demand/file",
        "bad-value",
        { zh: "这里不能读文件", en: "files cannot be read here" },
        { zh: "把需求行写进场景", en: "put the rows into the scenario" },
      ),
    ]);
  const read = demandFromTable(await inputs.table(demand.file, demand.sheet), demand.file, demand.columns);
  return { rows: read.rows, horizon: own, plan, from: { kind: "file" }, problems: [...problems, ...read.problems] };
}

/** A demand with its first weeks only. What is for the whole horizon is cut in proportion. */
function firstWeeks<T extends { rows: DemandRow[]; horizon: Horizon; plan: Plan }>(
  given: T,
  weeks: number | undefined,
  data: NetworkData,
): T {
  const { rows, horizon, plan } = given;
  if (weeks === undefined || weeks >= horizon.weeks) return given;
  const part = weeks / horizon.weeks;
  const cut = (figure: Figure): Figure => {
    if (typeof figure === "number" || !("value" in figure)) return figureValue(data, figure) * part;
    const { low, high } = figure;
    return {
      ...figure,
      value: figure.value * part,
      ...(low === undefined ? {} : { low: low * part }),
      ...(high === undefined ? {} : { high: high * part }),
    };
  };
  const { co2eTonnes, costBudgetCny, investmentBudgetCny, investments, target, ...rest } = plan;
  return {
    ...given,
    horizon: { ...horizon, weeks },
    // A row without a week is spread evenly, so that it gives as much as its first weeks would.
    rows: rows.flatMap((row) => {
      if (row.week !== undefined) return row.week <= weeks ? [row] : [];
      return [{ ...row, quantity: Math.floor((row.quantity * weeks) / horizon.weeks) }];
    }),
    plan: {
      ...rest,
      ...(co2eTonnes === undefined ? {} : { co2eTonnes: cut(co2eTonnes) }),
      ...(costBudgetCny === undefined ? {} : { costBudgetCny: cut(costBudgetCny) }),
      ...(investmentBudgetCny === undefined ? {} : { investmentBudgetCny: cut(investmentBudgetCny) }),
      ...(investments === undefined
        ? {}
        : {
            investments: investments.map((each) =>
              each.cost.total === undefined ? each : { ...each, cost: { ...each.cost, total: cut(each.cost.total) } },
            ),
          }),
      ...(target === undefined
        ? {}
        : {
            target: {
              ...target,
              nationalExports: cut(target.nationalExports),
              ...(target.exportValueCny === undefined ? {} : { exportValueCny: cut(target.exportValueCny) }),
            },
          }),
    },
  };
}

/** Everything of a scenario in its checked shape up to the solver: network, levers, demand, names. Throws InputError with every problem of the input. */
export async function preparePlan(scenario: Scenario, inputs: PlanInputs = {}): Promise<PreparedPlan> {
  const { data, warnings, active } = scenarioNetwork(scenario, inputs.folder, inputs.shelf);
  const given = firstWeeks(await demandOf(scenario, inputs), inputs.weeks, data);
  const problems = [...given.problems];
  const joined = leverPlan(given.plan, active);
  const plan = joined.plan ?? {};
  problems.push(...joined.problems, ...planProblems(plan, data));
  const { horizon } = given;

  const named = nameRows(given.rows, data, horizon, problems);
  const demand = leverDemand(named, data.cargos, active);
  if (problems.some((p) => p.severity === "error")) throw new InputError([...problems, ...warnings]);
  const invested = withInvestments(data, plan, horizon.from);
  const changed = plan.sharedLimits === false ? { ...invested, pools: [], gates: [], yards: [] } : invested;
  if (changed !== invested && data.pools.length + data.gates.length + data.yards.length > 0) problems.push(unshared);
  const rows = demand.filter(({ quantity }) => quantity > 0).map((row, i) => indexRow(row, i, changed));
  if (rows.length === 0) throw noDemand();
  const origin = changed.locations[rows[0]!.origin]!;
  const from = localMinute(dayNumber(horizon.from), 0, origin.timeZone ?? "UTC");
  const network = compile(changed, planPeriod({ from }, horizon.weeks, plan));
  const cited = new Set(seedSources(given.seed));
  return {
    scenario,
    data: changed,
    network,
    demand,
    rows,
    horizon,
    plan,
    from: given.from,
    sources: Object.fromEntries([...(given.seed?.sources ?? []), ...data.sources].filter(({ id }) => cited.has(id)).map((s) => [s.id, s])),
    warnings: [...warnings, ...problems],
  };
}

/** Sources that the built-in demand names. */
function seedSources(seed: DemandSeed | undefined): string[] {
  if (seed === undefined) return [];
  return [...JSON.stringify({ ...seed, sources: [] }).matchAll(/"source":(\[[^\]]*\]|"[^"]*")/g)].flatMap((match) => {
    const value: unknown = JSON.parse(match[1]!);
    return Array.isArray(value) ? (value as string[]) : [value as string];
  });
}

/** Rows with the ids of what they name; all problems at once. */
function nameRows(rows: readonly DemandRow[], data: NetworkData, horizon: Horizon, problems: Problem[]): DemandRow[] {
  const ids = new Set<string>();
  const known = new Map<string, { index: number; problem?: Problem }>();
  const find = (what: "cargo" | "from" | "to", word: string, path: string): string | undefined => {
    const key = `${what} ${word}`;
    let found = known.get(key);
    if (found === undefined) {
      const members = what === "cargo" ? data.cargos : data.locations;
      const noun = what === "cargo" ? { zh: "货物", en: "cargo" } : { zh: "地点", en: "place" };
      const kind = what === "from" ? "plant" : "market";
      found = findNamed(
        members as { id: string; name: string; kind: string }[],
        word,
        path,
        noun,
        (m) => what === "cargo" || m.kind === kind,
      );
      known.set(key, found);
    }
    if (found.problem !== undefined) problems.push({ ...found.problem, path });
    return found.index < 0 ? undefined : (what === "cargo" ? data.cargos : data.locations)[found.index]!.id;
  };
  return rows.map((row, i) => {
    const id = row.id ?? `${i + 1}`;
    const path = `demand/${id}`;
    if (ids.has(id)) problems.push(problem(path, "duplicate-id", { zh: "这个编号出现了两次", en: "this id stands twice" }));
    ids.add(id);
    const [cargo, from, to] = [
      find("cargo", row.cargo, `${path}/cargo`),
      find("from", row.from, `${path}/from`),
      find("to", row.to, `${path}/to`),
    ];
    if (from !== undefined && from === to)
      problems.push(problem(`${path}/to`, "bad-value", { zh: "起点与终点相同", en: "origin and destination are the same" }));
    for (const key of ["valueCny", "unservedCny"] as const)
      if (row[key] !== undefined) problems.push(...figureProblems(data, row[key], `${path}/${key}`));
    if (row.week !== undefined && row.week > horizon.weeks)
      problems.push(
        problem(`${path}/week`, "bad-value", {
          zh: `时段只有 ${horizon.weeks} 周`,
          en: `the horizon has only ${horizon.weeks} weeks`,
        }),
      );
    return { ...row, id, cargo: cargo ?? row.cargo, from: from ?? row.from, to: to ?? row.to };
  });
}

function indexRow(row: DemandRow, i: number, data: NetworkData): PlanRow {
  const value = (figure: Figure | undefined) => (figure === undefined ? undefined : figureValue(data, figure));
  const valueCny = value(row.valueCny);
  const unservedCny = value(row.unservedCny);
  return {
    id: row.id ?? `${i + 1}`,
    cargo: data.cargos.findIndex(({ id }) => id === row.cargo),
    origin: data.locations.findIndex(({ id }) => id === row.from),
    destination: data.locations.findIndex(({ id }) => id === row.to),
    quantity: row.quantity,
    ...(row.week === undefined ? {} : { week: row.week - 1 }),
    ...(row.dueDays === undefined ? {} : { dueDays: row.dueDays }),
    paysDuty: row.terms !== "DAP",
    claimsPreference: row.claimsPreference !== false,
    ...(valueCny === undefined ? {} : { valueCny }),
    ...(unservedCny === undefined ? {} : { unservedCny }),
  };
}

/** Shared figures that a part of a plan names and the network does not have. */
function unknownFigures(data: NetworkData, part: unknown, path: string): Problem[] {
  if (!isPlain(part) && !Array.isArray(part)) return [];
  if (isPlain(part) && typeof part["use"] === "string") return figureProblems(data, { use: part["use"] }, path);
  return Object.entries(part).flatMap(([key, inner]: [string, unknown]) =>
    unknownFigures(data, inner, `${path}/${isPlain(inner) && typeof inner["id"] === "string" ? inner["id"] : key}`),
  );
}

/** What a plan names that is not there, and investments that give nothing or several things at once. */
function planProblems({ rankLevers: _ranked, ...plan }: Plan, data: NetworkData): Problem[] {
  const problems = unknownFigures(data, plan, "plan");
  const services = data.services.map(({ id }) => id);
  const named = (patterns: readonly string[], ids: readonly string[], path: string, zh: string, en: string) => {
    for (const pattern of patterns)
      if (!ids.some(matcher(pattern)))
        problems.push(
          problem(
            path,
            "unknown-reference",
            { zh: `没有${zh}“${pattern.slice(0, 80)}”`, en: `no ${en} '${pattern.slice(0, 80)}'` },
            { zh: "用 yuche explain 查编号", en: "find ids with yuche explain" },
          ),
        );
  };
  const currencies = new Set(["CNY", ...Object.keys(data.finance.cnyPer ?? {})]);
  const ids = new Set<string>();
  for (const each of plan.investments ?? []) {
    const path = `plan/investments/${each.id}`;
    if (ids.has(each.id)) problems.push(problem(path, "duplicate-id", { zh: "这个编号出现了两次", en: "this id stands twice" }));
    ids.add(each.id);
    const ways = [each.departures, each.slots, each.weeklySlots, each.throughput, each.units, each.spaces].filter(
      (way) => way !== undefined,
    );
    if (ways.length !== 1)
      problems.push(
        problem(
          path,
          "bad-value",
          { zh: "投资要恰好写明一种能力", en: "an investment gives exactly one kind of capacity" },
          {
            zh: "departures、slots、weeklySlots、throughput、units、spaces 选一",
            en: "one of departures, slots, weeklySlots, throughput, units, spaces",
          },
        ),
      );
    if (each.cost.currency !== undefined && !currencies.has(each.cost.currency))
      problems.push(problem(`${path}/cost/currency`, "unknown-reference", { zh: "没有这种货币的汇率", en: "no rate for this currency" }));
    if (each.departures !== undefined) {
      const service = data.services.find(({ id }) => id === each.departures!.service);
      if (service === undefined) named([each.departures.service], services, `${path}/departures/service`, "班线", "service");
      else if (service.slots === undefined)
        problems.push(
          problem(`${path}/departures/service`, "bad-value", {
            zh: "这条班线没有舱位数，加班次没有意义",
            en: "this service states no slots, so more departures mean nothing",
          }),
        );
      if (services.includes(addedServiceId(each)))
        problems.push(problem(path, "duplicate-id", { zh: "同名班线已经存在", en: "a service of that name is there already" }));
    }
    named(each.slots?.services ?? [], services, `${path}/slots/services`, "班线", "service");
    named(each.weeklySlots?.services ?? [], services, `${path}/weeklySlots/services`, "班线", "service");
    named(
      each.throughput?.operations ?? [],
      data.operations.map(({ id }) => id),
      `${path}/throughput/operations`,
      "作业",
      "operation",
    );
    named(
      each.units?.pools ?? [],
      data.pools.map(({ id }) => id),
      `${path}/units/pools`,
      "运具池",
      "pool",
    );
    named(
      each.spaces?.yards ?? [],
      data.yards.map(({ id }) => id),
      `${path}/spaces/yards`,
      "堆场",
      "yard",
    );
  }
  for (const each of plan.contracts ?? []) named(each.services, services, `plan/contracts/${each.id}/services`, "班线", "service");
  for (const each of plan.shares ?? []) {
    named(each.of.services ?? [], services, `plan/shares/${each.id}/of/services`, "班线", "service");
    named(
      each.of.corridors ?? [],
      data.corridors.map(({ id }) => id),
      `plan/shares/${each.id}/of/corridors`,
      "通道",
      "corridor",
    );
  }
  return problems;
}

/** Names of the places, cargos and corridors that a study speaks of. */
function namesOf(study: PlanStudy, data: NetworkData): PlanResult["names"] {
  const ids = new Set([
    ...study.rows.flatMap(({ cargo, from, to }) => [cargo, from, to]),
    ...study.flows.map(({ gateway }) => gateway),
    ...study.corridors.map(({ corridor }) => corridor),
    ...study.bottlenecks.flatMap(({ place }) => (place === undefined ? [] : [place])),
  ]);
  const limits = new Set(study.unserved.flatMap((left) => left.limits));
  const shared = (["pools", "gates", "yards"] as const).flatMap((list) =>
    data[list].flatMap(({ id, name = id }) => (limits.has(`${list}/${id}`) ? [{ id: `${list}/${id}`, name }] : [])),
  );
  const named = [...[...data.locations, ...data.cargos, ...data.corridors].filter(({ id }) => ids.has(id)), ...shared];
  return Object.fromEntries(named.map(({ id, name }) => [id, name]).sort(([a], [b]) => (String(a) < String(b) ? -1 : 1)));
}

export interface PlanRunOptions extends PlanOptions {
  /** Given the quick first plan as a result, as soon as there is one. */
  onFirst?: (result: PlanResult) => Promise<void> | void;
  /** Given the problem with the solution that may split vehicles. */
  onSolved?: (problem: PlanProblem, solution: PlanSolution) => void;
}

/** Every problem and warning of a scenario's plan, whatever its shape, without solving it; those of its network are in `checkScenario`. */
export async function checkPlan(scenario: Scenario, inputs: PlanInputs = {}): Promise<Problem[]> {
  try {
    const checked = shaped(scenario, scenarioSchema);
    return checked.demand === undefined ? [] : (await preparePlan(checked, inputs)).warnings;
  } catch (error) {
    if (error instanceof InputError) return error.problems;
    throw error;
  }
}

/** Rethrows why there is no plan as a problem of the input. */
function inWords(planned?: PlanProblem): (error: unknown) => never {
  return (error) => {
    if (!(error instanceof PlanError)) throw error;
    const names = (error.conflict?.resources ?? []).map((r) => planned?.resources[r]?.id ?? "").slice(0, 8);
    const { zh, en } = error.text;
    const text = names.length === 0 ? { zh, en } : { zh: `${zh}（${names.join("、")}）`, en: `${en} (${names.join(", ")})` };
    throw new InputError([problem("plan", error.code === "infeasible" ? "conflict" : "limit", text, error.hint)]);
  };
}

/** Solves a prepared plan and tells what it comes to. Same input, same result. Throws InputError where nothing can satisfy the limits. */
export async function runPreparedPlan(prepared: PreparedPlan, { onFirst, onSolved, ...options }: PlanRunOptions = {}): Promise<PlanResult> {
  const { network, rows, horizon, plan, scenario, from, sources, warnings } = prepared;
  const lay = (): PlanNetwork => planNetwork(network, rows, { day: dayNumber(horizon.from), weeks: horizon.weeks }, plan);
  const made = await Promise.resolve().then(lay).catch(inWords());
  const idle = made.problem.investments
    .filter(({ adds }) => adds.length === 0)
    .map(({ id }) =>
      warning(`plan/investments/${id}`, "no-effect", {
        zh: "没有任何需求用得上这项投资",
        en: "no demand could use this investment",
      }),
    );
  const told = (found: PlanSolution): PlanResult => {
    const study = planStudy(made, found, roundPlan(made.problem, found), plan);
    return {
      schemaVersion: planVersion,
      kind: "yuche-plan",
      scenario: { id: scenario.id, ...(scenario.title === undefined ? {} : { title: scenario.title }) },
      demandFrom: from,
      ...study,
      names: namesOf(study, prepared.data),
      sources,
      warnings: [...warnings, ...idle],
    };
  };
  const first = onFirst === undefined ? {} : { onQuickPlan: (quick: PlanSolution) => onFirst(told(quick)) };
  const solution = await solvePlan(made.problem, { quickSteps, gap: planGap, ...first, ...options }).catch(inWords(made.problem));
  onSolved?.(made.problem, solution);
  return told(solution);
}

/** From a scenario with a demand to its capacity plan. Throws InputError with every problem of the input. */
export async function runPlan(scenario: Scenario, inputs: PlanInputs = {}, options: PlanRunOptions = {}): Promise<PlanResult> {
  return runPreparedPlan(await preparePlan(shaped(scenario, scenarioSchema), inputs), options);
}
