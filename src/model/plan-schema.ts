import * as z from "zod/mini";
import { day } from "./date-schema.ts";
import { type Figure, figure, frequencyFigure, shareFigure, text, totalFigure } from "./figure.ts";
import { leverUse } from "./lever-schema.ts";

const id = z.string().check(z.regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/));

/** The stretch of time that a plan is for: whole weeks from a date on. */
export const horizon = z.strictObject({
  /** First day of week 1, local date at the origins. */
  from: day,
  weeks: z.int().check(z.minimum(1), z.maximum(104)),
});
export type Horizon = z.infer<typeof horizon>;

/** Like vehicles from one plant to one market. Ready in one week, or spread evenly over all weeks of the horizon when no week is given. */
export const demandRow = z.strictObject({
  id: z.optional(z.string()),
  /** Cargo id or name. */
  cargo: z.string(),
  /** Vehicles, all weeks of the row together. */
  quantity: z.int().check(z.minimum(0), z.maximum(10_000_000)),
  /** Plant and market: location id, name or alias. */
  from: z.string(),
  to: z.string(),
  /** Week of the horizon in which they are ready, from 1 on (the first day of the week). */
  week: z.optional(z.int().check(z.minimum(1), z.maximum(104))),
  /** Days from ready until they should be there; what comes later pays the lateness price. Left out: no date to keep. */
  dueDays: z.optional(z.int().check(z.minimum(1), z.maximum(1000))),
  terms: z.optional(z.enum(["DAP", "DDP"])),
  claimsPreference: z.optional(z.boolean()),
  /** FOB value per vehicle, instead of the cargo's. */
  valueCny: z.optional(figure),
  /** What it costs to leave one behind, CNY, instead of the plan's price. */
  unservedCny: z.optional(figure),
});
export type DemandRow = z.infer<typeof demandRow>;

/** The years of demand that come with the network. */
export const demandYears = ["2023", "2024", "2025", "2027-760", "2027-820", "2027-900"] as const;
export type DemandYear = (typeof demandYears)[number];

const builtinDemand = z.strictObject({
  builtin: z.enum(demandYears),
  /** All quantities times this; default 1. */
  scale: z.optional(z.number().check(z.positive(), z.maximum(100))),
  /** Only these markets, cargos or plants (ids). */
  to: z.optional(z.array(z.string())),
  cargos: z.optional(z.array(z.string())),
  from: z.optional(z.array(z.string())),
});

/** Which column of a table holds what; left out: a column of the same name. */
export const demandColumns = z.strictObject({
  cargo: z.optional(z.string()),
  quantity: z.optional(z.string()),
  from: z.optional(z.string()),
  to: z.optional(z.string()),
  week: z.optional(z.string()),
  dueDays: z.optional(z.string()),
  terms: z.optional(z.string()),
  valueCny: z.optional(z.string()),
  unservedCny: z.optional(z.string()),
});
export type DemandColumns = z.infer<typeof demandColumns>;

const demandFile = z.strictObject({
  /** CSV or XLSX beside the scenario. */
  file: z.string(),
  columns: z.optional(demandColumns),
  /** Sheet of an XLSX file; left out: the first. */
  sheet: z.optional(z.string()),
});

export const demand = z.union([z.array(demandRow).check(z.minLength(1), z.maxLength(20_000)), builtinDemand, demandFile]);
export type Demand = z.infer<typeof demand>;
export type BuiltinDemand = z.infer<typeof builtinDemand>;

/** What an investment costs for one unit over the horizon: `total`, or a day rate for every day of it; both are added. */
const investmentCost = z.strictObject({
  currency: z.optional(z.string().check(z.regex(/^[A-Z]{3}$/))),
  total: z.optional(totalFigure),
  perDay: z.optional(totalFigure),
});

/** Capacity that can be bought in whole units. Exactly one of `departures`, `slots`, `weeklySlots`, `throughput`, `units`, `spaces` says what one gives. */
export const investment = z.strictObject({
  id,
  title: z.optional(text),
  /** More departures of a service, as evenly spaced as `perWeek` says, each with the service's own slots. */
  departures: z.optional(z.strictObject({ service: id, perWeek: frequencyFigure })),
  /** More slots on every departure of these services (ids, `*` for any letters), in the service's unit: a larger ship, a longer train. */
  slots: z.optional(z.strictObject({ services: z.array(z.string()).check(z.minLength(1)), add: figure })),
  /** More slots a week of these services on demand: trucks. */
  weeklySlots: z.optional(z.strictObject({ services: z.array(z.string()).check(z.minLength(1)), add: figure })),
  /** More vehicles a day through these operations at each of their places: a berth, a stuffing line, a warehouse. */
  throughput: z.optional(z.strictObject({ operations: z.array(z.string()).check(z.minLength(1)), dailyVehicles: figure })),
  /** More trucks, wagons, boxes or frames in these pools (ids, `*` for any letters). */
  units: z.optional(z.strictObject({ pools: z.array(z.string()).check(z.minLength(1)), add: figure })),
  /** More room for vehicles in these yards (ids, `*` for any letters). */
  spaces: z.optional(z.strictObject({ yards: z.array(z.string()).check(z.minLength(1)), add: figure })),
  cost: investmentCost,
  /** Most units; default 1. */
  most: z.optional(z.int().check(z.minimum(1), z.maximum(1000))),
  note: z.optional(text),
});
export type PlanInvestment = z.infer<typeof investment>;

/** Which flows a share limit is about; every key that is given must match the main leg of the chain (`services`: any leg). */
const flowFilter = z.strictObject({
  modes: z.optional(z.array(z.enum(["sea", "river", "rail", "road"]))),
  corridors: z.optional(z.array(z.string())),
  services: z.optional(z.array(z.string())),
});
export type FlowFilter = z.infer<typeof flowFilter>;

/** Take or pay: of these services at least so many slots a week of the horizon, or the shortfall is paid for. */
const contract = z.strictObject({
  id,
  title: z.optional(text),
  services: z.array(z.string()).check(z.minLength(1)),
  /** In the services' slot unit. */
  weeklySlots: figure,
  /** CNY for each slot not used. */
  shortfallCny: figure,
});
export type PlanContract = z.infer<typeof contract>;

/** The number of a figure that stands here; undefined for a shared one. */
function ownValue(figure: Figure | undefined): number | undefined {
  return figure === undefined || typeof figure === "number" ? figure : "value" in figure ? figure.value : undefined;
}

const moreThan0 = z.check<Figure>(({ value, issues }) => {
  if (ownValue(value) === 0) issues.push({ code: "too_small", origin: "number", minimum: 0, inclusive: false, input: value });
});

/** At least one of the two percentages, and not more at least than at most. */
const share = z
  .strictObject({
    id,
    title: z.optional(text),
    of: flowFilter,
    mostPercent: z.optional(shareFigure),
    leastPercent: z.optional(shareFigure),
  })
  .check(({ value, issues }) => {
    const { mostPercent, leastPercent } = value;
    const [most, least] = [ownValue(mostPercent), ownValue(leastPercent)];
    if (mostPercent === undefined && leastPercent === undefined)
      issues.push({ code: "invalid_type", expected: "number", path: ["mostPercent"], input: undefined });
    if (most !== undefined && least !== undefined && least > most)
      issues.push({ code: "too_big", origin: "number", maximum: most, inclusive: true, path: ["leastPercent"], input: least });
  });

export const plan = z.strictObject({
  /** Margin lost on a vehicle that is left behind, percent of its FOB value; what a normal door-to-door chain would cost comes on top. */
  lostMarginPercent: z.optional(shareFigure),
  /** Cost of leaving a vehicle behind, CNY, instead of margin and normal cost. */
  unservedCny: z.optional(figure),
  /** CNY a vehicle and day after the due date. */
  latenessCnyPerDay: z.optional(figure),
  /** Vehicles wait at the plant at most so many days for any one departure, the first there is apart; default 21. */
  maxWaitDays: z.optional(z.int().check(z.minimum(1), z.maximum(365))),
  /** Same between two departures on the way, the first two there are apart; default 7. */
  maxTransferWaitDays: z.optional(z.int().check(z.minimum(1), z.maximum(365))),
  /** Longest journey, days from ready to arrival; default 120. */
  maxDays: z.optional(z.int().check(z.minimum(1), z.maximum(365))),
  /** Share of the slots of every departure that this demand may use, percent; default 100. */
  slotSharePercent: z.optional(shareFigure),
  /** False leaves out the limits that services share (pools, gates and yards of the network); default true. They couple every week with every other: a year with them takes ten times as long to solve. */
  sharedLimits: z.optional(z.boolean()),
  investments: z.optional(z.array(investment)),
  /** Most that all investments together may cost, CNY. */
  investmentBudgetCny: z.optional(totalFigure),
  /** Tonnes of CO2e, all vehicles together, at most. */
  co2eTonnes: z.optional(totalFigure),
  /** CNY for transport, all vehicles together, at most. */
  costBudgetCny: z.optional(totalFigure),
  /** Legs that match may carry at most, or must carry at least, this share of all vehicles carried. */
  shares: z.optional(z.array(share)),
  contracts: z.optional(z.array(contract)),
  /**
   * Also work out what each lever is worth to the plan, by planning anew without and with each. `levers`: those of the scenario and these besides, which the
   * plan itself does without; `weeks`: only for so many first weeks of the horizon (default: all); `ranges`: also with every parameter at either end of its
   * range (default: false).
   */
  rankLevers: z.optional(
    z.strictObject({
      levers: z.optional(z.array(leverUse)),
      weeks: z.optional(z.int().check(z.minimum(1), z.maximum(104))),
      ranges: z.optional(z.boolean()),
    }),
  ),
  /** What the year is measured against: the nation's exports and the share to reach. */
  target: z.optional(
    z.strictObject({
      nationalExports: figure.check(moreThan0),
      sharePercent: shareFigure.check(moreThan0),
      exportValueCny: z.optional(totalFigure),
      note: z.optional(text),
    }),
  ),
});
export type Plan = z.infer<typeof plan>;
