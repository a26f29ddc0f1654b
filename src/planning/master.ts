import type { Highs, Model, Solution } from "highs";
import type { PathPool } from "./paths.ts";
import { PlanError } from "./plan-error.ts";
import type { PlanProblem } from "./problem.ts";
import { DUAL_FEASIBILITY, PRIMAL_FEASIBILITY, ROW_VIOLATION, sizeOf } from "./tolerances.ts";

/**
 * Multipliers of the limits, each with the sign that makes every set of them a proof: all are at least 0, and `minimum` is at most the shortfall's
 * price. A path is priced at its cost plus (capacity - minimum) a unit of each resource.
 */
export interface Duals {
  /** CNY a unit of each resource's capacity. */
  capacity: Float64Array;
  /** CNY a unit of each resource's take-or-pay minimum. */
  minimum: Float64Array;
  /** CNY a CNY of budget. */
  budget: number;
}

export interface MasterAnswer {
  /** CNY, or vehicles that cannot be placed while looking for feasibility. Only a plan's cost if no limit outside the master is broken. */
  objective: number;
  /** False if the simplex was stopped on its way: prices that are as good as its last basis, and no plan. */
  isOptimal: boolean;
  /** Worth of one more vehicle of each commodity to the master, CNY. */
  commodity: Float64Array;
  duals: Duals;
}

/**
 * The restricted master problem, kept alive in HiGHS:
 *
 *     min  sum cost x  +  sum unserved u  +  sum shortfall s  +  sum investment y
 *     sum of a commodity's x + u  = quantity
 *     sum amount x - sum adds y  <= capacity    of a resource; such rows join when they are broken
 *     sum amount x + s           >= minimum     take or pay
 *     sum cost y                 <= budget
 *
 * What must hold and has no price (commodities without a price for being left behind, capacities below nothing) has an artificial column that may be
 * used only while looking for feasibility, when it alone costs.
 */
export interface Master {
  readonly paths: readonly number[];
  readonly rowCount: number;
  /** CNY a vehicle: the size of the dearest cost. */
  readonly typicalCost: number;
  addPaths(paths: readonly number[]): void;
  has(path: number): boolean;
  /** Adds the rows of these limits, those that are not there yet. */
  addLimits(resources: readonly number[]): void;
  /** Adds the rows of the limits that the last answer breaks; how many there were. */
  addBrokenRows(): number;
  /** By the simplex, from the basis of the last time: an exact corner, quick after few changes. Far from the end `mostSteps` may stop it on its way. */
  solve(mostSteps?: number): MasterAnswer;
  /**
   * By interior point, from nothing, to a relative tolerance: no corner and not quite exact, but where a round takes the simplex many thousands of steps far
   * quicker. Undefined where it does not get there.
   */
  approach(tolerance: number): MasterAnswer | undefined;
  /** By interior point and on to a corner, from which the simplex can go on. */
  solveAnew(): MasterAnswer;
  /** Vehicles on each path of the pool in the last answer, where there are any, and units bought of each investment. */
  flows(): Map<number, number>;
  units(): Float64Array;
  /** Looks for feasibility (artificial columns cost, nothing else does) or for the least cost. */
  seekFeasibility(isWanted: boolean): void;
  boundUnits(lower: Float64Array, upper: Float64Array): void;
  /** Steps of the simplex, and of the interior point method. */
  readonly iterations: number;
  readonly insideIterations: number;
  /** Programs that were stopped on their way. */
  readonly stopped: number;
  dispose(): void;
}

/** True if some demand or limit cannot simply be paid for, so that there may be no plan at all. */
export function hasHardLimits({ commodities, resources }: PlanProblem): boolean {
  return commodities.some(({ unservedCny }) => unservedCny === Infinity) || resources.some(({ capacity }) => capacity < 0);
}

export function createMaster(highs: Highs, problem: PlanProblem, pool: PathPool, capacities: Float64Array): Master {
  const { commodities, resources, investments, budgetCny } = problem;
  const scale = costScale(problem);
  const rowScale = rowScales(problem);
  const minima = resources.flatMap(({ minimum }, resource) => (minimum === undefined ? [] : [resource]));
  const hardRows = resources.flatMap(({ capacity }, resource) => (capacity < 0 ? [resource] : []));
  const addsOf = new Map<number, { investment: number; amount: number }[]>();
  for (const [investment, { adds }] of investments.entries()) {
    for (const { resource, amount } of adds) {
      const list = addsOf.get(resource) ?? [];
      const same = list.find((each) => each.investment === investment);
      if (same === undefined) addsOf.set(resource, [...list, { investment, amount }]);
      else same.amount += amount;
    }
  }

  // Rows: commodities, minima, budget, hard capacities, then capacities as they are broken.
  const minimumRow = commodities.length;
  const budgetRow = minimumRow + minima.length;
  const rowOf = new Int32Array(resources.length).fill(-1);
  const rowResource: number[] = [];
  // Columns: left behind, shortfall, units, overflow of hard capacities, then paths.
  const shortfallColumn = commodities.length;
  const unitColumn = shortfallColumn + minima.length;
  const overflowColumn = unitColumn + investments.length;
  const pathColumn = overflowColumn + hardRows.length;
  const firstRow = budgetRow + (budgetCny === undefined ? 0 : 1);

  const paths: number[] = [];
  const known = new Set<number>();
  let answer: Pick<Solution, "colValue" | "rowDual"> = {
    colValue: new Float64Array(pathColumn),
    rowDual: new Float64Array(firstRow),
  };
  let iterations = 0;
  let insideIterations = 0;
  let stopped = 0;
  let isSeeking = false;
  const model: Model = highs.createModel();

  try {
    model.options.set({
      output_flag: false,
      primal_feasibility_tolerance: PRIMAL_FEASIBILITY,
      dual_feasibility_tolerance: DUAL_FEASIBILITY,
      // Perturbed costs take thousands of iterations to be undone in every round, however few the chains that joined.
      dual_simplex_cost_perturbation_multiplier: 0,
    });
    start();
  } catch (error) {
    model.dispose();
    throw error;
  }

  function minimumOf(resource: number): number {
    return resources[resource]!.minimum!.amount * rowScale[resource]!;
  }

  function start(): void {
    const width = pathColumn;
    const cost = new Float64Array(width);
    const upper = new Float64Array(width).fill(Infinity);
    const columns: { row: number; value: number }[][] = [];
    for (const [row, { unservedCny, quantity }] of commodities.entries()) {
      cost[row] = unservedCny === Infinity ? 0 : unservedCny * scale;
      upper[row] = unservedCny === Infinity ? 0 : quantity;
      columns.push([{ row, value: 1 }]);
    }
    for (const [i, resource] of minima.entries()) {
      cost[shortfallColumn + i] = resources[resource]!.minimum!.shortfallCny * scale;
      columns.push([{ row: minimumRow + i, value: rowScale[resource]! }]);
    }
    for (const [i, { costCny, most }] of investments.entries()) {
      cost[unitColumn + i] = costCny * scale;
      upper[unitColumn + i] = most;
      columns.push(budgetCny === undefined ? [] : [{ row: budgetRow, value: costCny * scale }]);
    }
    for (let i = 0; i < hardRows.length; i++) {
      upper[overflowColumn + i] = 0;
      columns.push([]);
    }
    const starts = new Int32Array(width + 1);
    for (let i = 0; i < width; i++) starts[i + 1] = starts[i]! + columns[i]!.length;
    const entries = columns.flat();
    model.passModel({
      numCols: width,
      numRows: firstRow,
      colCost: cost,
      colLower: new Float64Array(width),
      colUpper: upper,
      rowLower: Float64Array.from({ length: firstRow }, (_, row) =>
        row < minimumRow ? commodities[row]!.quantity : row < budgetRow ? minimumOf(minima[row - minimumRow]!) : -Infinity,
      ),
      rowUpper: Float64Array.from({ length: firstRow }, (_, row) =>
        row < minimumRow ? commodities[row]!.quantity : row < budgetRow ? Infinity : budgetCny! * scale,
      ),
      matrix: {
        format: "csc",
        numRows: firstRow,
        numCols: width,
        starts,
        indices: Int32Array.from(entries, ({ row }) => row),
        values: Float64Array.from(entries, ({ value }) => value),
      },
    });
    addRows(hardRows);
  }

  function addRows(list: readonly number[]): void {
    if (list.length === 0) return;
    const place = new Map(list.map((resource, i) => [resource, i]));
    const entries: { column: number; value: number }[][] = list.map((resource) => {
      const units = (addsOf.get(resource) ?? []).map(({ investment, amount }) => ({
        column: unitColumn + investment,
        value: -amount * rowScale[resource]!,
      }));
      const hard = hardRows.indexOf(resource);
      return hard < 0 ? units : [...units, { column: overflowColumn + hard, value: -1 }];
    });
    for (const [i, path] of paths.entries()) {
      const uses = pool.usesOf(path);
      for (let use = 0; use < uses.length; use++) {
        const row = place.get(uses[use]!);
        if (row !== undefined) entries[row]!.push({ column: pathColumn + i, value: pool.amountsOf(path)[use]! * rowScale[uses[use]!]! });
      }
    }
    const starts = new Int32Array(list.length + 1);
    for (let i = 0; i < list.length; i++) starts[i + 1] = starts[i]! + entries[i]!.length;
    const flat = entries.flat();
    model.addRows({
      lower: new Float64Array(list.length).fill(-Infinity),
      upper: Float64Array.from(list, (resource) => capacities[resource]! * rowScale[resource]!),
      matrix: {
        format: "csr",
        numRows: list.length,
        numCols: pathColumn + paths.length,
        starts,
        indices: Int32Array.from(flat, ({ column }) => column),
        values: Float64Array.from(flat, ({ value }) => value),
      },
    });
    for (const resource of list) {
      rowOf[resource] = firstRow + rowResource.length;
      rowResource.push(resource);
    }
  }

  const minimumRowOf = new Map(minima.map((resource, i) => [resource, minimumRow + i]));

  const run = (): void => {
    model.run();
    iterations += model.info.get("simplex_iteration_count") as number;
    insideIterations += model.info.get("ipm_iteration_count") as number;
  };

  const solve = (mostSteps = NO_LIMIT): MasterAnswer => {
    const { optimal, iterationLimit } = highs.constants.modelStatus;
    // Presolve would throw away the basis of the last time.
    model.options.set({ presolve: "off", solver: "simplex", simplex_strategy: DUAL_SIMPLEX, simplex_iteration_limit: mostSteps });
    run();
    model.options.set("simplex_iteration_limit", NO_LIMIT);
    if (model.getModelStatus() === iterationLimit) {
      stopped++;
      return take(false);
    }
    if (model.getModelStatus() !== optimal) {
      // A warm start can go astray numerically: once more from nothing, the other way.
      model.clearSolver();
      model.options.set("simplex_strategy", PRIMAL_SIMPLEX);
      run();
    }
    if (model.getModelStatus() !== optimal) {
      throw new PlanError(
        "solver",
        {
          zh: `线性规划求解器没有得到最优解（状态 ${model.getModelStatus()}）`,
          en: `The linear solver ended without an optimum (status ${model.getModelStatus()})`,
        },
        {
          zh: "请检查是否有极大或极小的费用、数量，并换用相近的数量级。",
          en: "Look for extremely large or small costs or amounts and bring them nearer to each other.",
        },
      );
    }
    return take();
  };

  /** What the solver ended with. */
  const take = (isOptimal = true): MasterAnswer => {
    answer = model.getSolution();
    const { rowDual } = answer;
    const duals: Duals = { capacity: new Float64Array(resources.length), minimum: new Float64Array(resources.length), budget: 0 };
    for (const [i, resource] of rowResource.entries())
      duals.capacity[resource] = Math.max(0, (-rowDual[firstRow + i]! / scale) * rowScale[resource]!);
    for (const [i, resource] of minima.entries()) {
      const most = isSeeking ? 0 : resources[resource]!.minimum!.shortfallCny;
      duals.minimum[resource] = Math.min(most, Math.max(0, (rowDual[minimumRow + i]! / scale) * rowScale[resource]!));
    }
    if (budgetCny !== undefined) duals.budget = Math.max(0, -rowDual[budgetRow]!);
    return {
      objective: model.getObjectiveValue() / scale,
      isOptimal,
      commodity: rowDual.slice(0, commodities.length).map((dual) => dual / scale),
      duals,
    };
  };

  return {
    paths,
    typicalCost: 1000 / scale,
    get rowCount() {
      return firstRow + rowResource.length;
    },
    get iterations() {
      return iterations;
    },
    get insideIterations() {
      return insideIterations;
    },
    get stopped() {
      return stopped;
    },
    addPaths(list) {
      if (list.length === 0) return;
      const starts = new Int32Array(list.length + 1);
      const indices: number[] = [];
      const values: number[] = [];
      for (const [i, path] of list.entries()) {
        indices.push(pool.commodityOf(path));
        values.push(1);
        const uses = pool.usesOf(path);
        const amounts = pool.amountsOf(path);
        for (let use = 0; use < uses.length; use++) {
          for (const row of [minimumRowOf.get(uses[use]!) ?? -1, rowOf[uses[use]!]!]) {
            if (row < 0) continue;
            indices.push(row);
            values.push(amounts[use]! * rowScale[uses[use]!]!);
          }
        }
        starts[i + 1] = indices.length;
      }
      model.addCols({
        cost: Float64Array.from(list, (path) => (isSeeking ? 0 : pool.costOf(path) * scale)),
        lower: new Float64Array(list.length),
        // Never reached, because the quantity is; but with it the dual simplex can start from any basis, and it is the faster one on these programs.
        upper: Float64Array.from(list, (path) => 2 * commodities[pool.commodityOf(path)]!.quantity + 1),
        matrix: {
          format: "csc",
          numRows: firstRow + rowResource.length,
          numCols: list.length,
          starts,
          indices: Int32Array.from(indices),
          values: Float64Array.from(values),
        },
      });
      for (const path of list) known.add(path);
      paths.push(...list);
    },
    has: (path) => known.has(path),
    addLimits: (list) => addRows(list.filter((resource) => rowOf[resource]! < 0)),
    addBrokenRows() {
      const used = new Float64Array(resources.length);
      for (const [i, path] of paths.entries()) {
        const flow = answer.colValue[pathColumn + i]!;
        if (flow === 0) continue;
        const uses = pool.usesOf(path);
        const amounts = pool.amountsOf(path);
        for (let use = 0; use < uses.length; use++) used[uses[use]!]! += flow * amounts[use]!;
      }
      for (const [resource, list] of addsOf) {
        for (const { investment, amount } of list) used[resource]! -= amount * answer.colValue[unitColumn + investment]!;
      }
      const broken: number[] = [];
      for (let resource = 0; resource < used.length; resource++) {
        const capacity = capacities[resource]!;
        if (rowOf[resource]! < 0 && used[resource]! > capacity + ROW_VIOLATION * sizeOf(capacity)) broken.push(resource);
      }
      addRows(broken);
      return broken.length;
    },
    solve,
    approach(tolerance) {
      model.options.set({ presolve: "on", solver: "ipm", run_crossover: "off", ipm_optimality_tolerance: tolerance });
      run();
      const { optimal, unknown } = highs.constants.modelStatus;
      const status = model.getModelStatus();
      // Unknown: near the optimum, but not as near as asked. Nothing rests on it: plans are made of corners, and the bound is our own.
      return status === optimal || status === unknown ? take() : undefined;
    },
    solveAnew() {
      model.options.set({ presolve: "on", solver: "ipm", run_crossover: "on", ipm_optimality_tolerance: PRIMAL_FEASIBILITY });
      run();
      return model.getModelStatus() === highs.constants.modelStatus.optimal ? take() : solve();
    },
    flows() {
      const flows = new Map<number, number>();
      for (const [i, path] of paths.entries()) if (answer.colValue[pathColumn + i]! > 0) flows.set(path, answer.colValue[pathColumn + i]!);
      return flows;
    },
    units: () => answer.colValue.subarray(unitColumn, overflowColumn),
    seekFeasibility(isWanted) {
      isSeeking = isWanted;
      const width = pathColumn + paths.length;
      const cost = new Float64Array(width);
      for (const [column, { unservedCny, quantity }] of commodities.entries()) {
        const isHard = unservedCny === Infinity;
        cost[column] = isHard ? (isWanted ? scale : 0) : isWanted ? 0 : unservedCny * scale;
        if (isHard) model.changeColBounds(column, 0, isWanted ? quantity : 0);
      }
      for (let i = 0; i < hardRows.length; i++) {
        cost[overflowColumn + i] = isWanted ? scale : 0;
        model.changeColBounds(overflowColumn + i, 0, isWanted ? Infinity : 0);
      }
      if (!isWanted) {
        for (const [i, resource] of minima.entries()) cost[shortfallColumn + i] = resources[resource]!.minimum!.shortfallCny * scale;
        for (const [i, { costCny }] of investments.entries()) cost[unitColumn + i] = costCny * scale;
        for (const [i, path] of paths.entries()) cost[pathColumn + i] = pool.costOf(path) * scale;
      }
      model.changeColsCost({ kind: "range", from: 0, to: width - 1 }, cost);
    },
    boundUnits(lower, upper) {
      for (let i = 0; i < investments.length; i++) model.changeColBounds(unitColumn + i, lower[i]!, upper[i]!);
    },
    dispose: () => model.dispose(),
  };
}

/** HiGHS's numbers for them. */
const DUAL_SIMPLEX = 1;
const PRIMAL_SIMPLEX = 4;
const NO_LIMIT = 2 ** 31 - 1;

/** A power of two, so that scaling is exact, which brings the dearest cost to about a thousand: HiGHS's tolerances are absolute. */
function costScale({ commodities, graphs }: PlanProblem): number {
  let most = 1;
  for (const { unservedCny } of commodities) if (unservedCny < Infinity) most = Math.max(most, unservedCny);
  if (most === 1)
    for (const { costCny } of graphs) for (let arc = 0; arc < costCny.length; arc++) most = Math.max(most, Math.abs(costCny[arc]!));
  return 2 ** Math.round(Math.log2(1000 / most));
}

/** Powers of two that bring the most a vehicle takes of each resource to about one: grams and slots stand in the same program. */
function rowScales({ graphs, resources }: PlanProblem): Float64Array {
  const most = new Float64Array(resources.length);
  for (const { useOf, useAmount } of graphs) {
    for (let use = 0; use < useOf.length; use++) most[useOf[use]!] = Math.max(most[useOf[use]!]!, Math.abs(useAmount[use]!));
  }
  return most.map((amount) => (amount > 0 ? 2 ** -Math.round(Math.log2(amount)) : 1));
}
