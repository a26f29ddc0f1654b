/**
 * The capacity plan as the solver sees it: commodities flow from source to sink through dated event graphs and share resources. How the graphs are
 * made from a transport network is `event-graph.ts`; how they are solved, `solve.ts`.
 */

/**
 * The dated moves that are open to one kind of cargo: a directed acyclic graph whose every arc leads to a node of a higher number. A node is a
 * state at a moment (vehicles ready at the plant, put down by a departure, arrived at the market); an arc is all that happens up to the next one.
 */
export interface EventGraph {
  nodeCount: number;
  /** nodeCount + 1; the arcs of node n are firstArc[n] up to firstArc[n + 1]. */
  firstArc: Int32Array;
  head: Int32Array;
  /** CNY a vehicle. */
  costCny: Float64Array;
  /** arcs + 1; the uses of arc a are firstUse[a] up to firstUse[a + 1]. */
  firstUse: Int32Array;
  /** Number of the resource. */
  useOf: Int32Array;
  /** Units of that resource a vehicle takes; may be negative (a share limit). */
  useAmount: Float64Array;
}

/** One demand row: so many like vehicles from one place and moment to one market. */
export interface Commodity {
  id: string;
  /** Number of its event graph. */
  graph: number;
  source: number;
  sink: number;
  /** Vehicles. */
  quantity: number;
  /** What it costs to leave one behind, CNY. */
  unservedCny: number;
}

/** Anything of which there is only so much: slots of a departure on one stretch, a terminal's day, a budget of CO2e. */
export interface Resource {
  id: string;
  /** Most that can be used, in the resource's unit; Infinity for a resource that has only a minimum. */
  capacity: number;
  /** Take or pay: what is used less than `amount` is paid for all the same. */
  minimum?: { amount: number; shortfallCny: number };
}

/** Capacity that can be bought in whole units: a sailing a week, a chartered ship, a berth. */
export interface Investment {
  id: string;
  /** CNY a unit over the horizon. */
  costCny: number;
  /** Most units. */
  most: number;
  adds: { resource: number; amount: number }[];
}

export interface PlanProblem {
  graphs: EventGraph[];
  commodities: Commodity[];
  resources: Resource[];
  investments: Investment[];
  /** Most that all investments together may cost, CNY; left out: no limit. */
  budgetCny?: number;
}
