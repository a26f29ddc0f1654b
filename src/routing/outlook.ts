import { ArrivalBounds, OnCall } from "./arrival-bounds.ts";
import { type Boardings, boardingsOf } from "./boardings.ts";
import {
  type Bounds,
  type Incoming,
  type Scope,
  costBounds,
  fillBounds,
  incomingArcs,
  largeNetwork,
  makeBounds,
  statusBounds,
} from "./bounds.ts";
import type { ShipmentGraph } from "./state-graph.ts";

/** What lies ahead in a scope. */
interface Ahead {
  scope: Scope;
  bounds: Bounds;
  arrivals: ArrivalBounds;
  /** The times in it are those of the graph. */
  isTimed: boolean;
}

/**
 * What searches on a graph know of the way ahead before they go it: what can be boarded and when, and bounds of what may follow each state. Most of it hangs on
 * times alone and is kept for as long as no time changes.
 */
export class Outlook {
  /** The least that each arc adds to the cost; Infinity where it has no price. */
  costs: Float64Array;
  /** What customs at least add, beyond the weights of arcs, for vehicles of each status: they stand in the bounds of cost, not in the order of labels. */
  statusFen: Float64Array;
  boardings: Boardings;
  /** The last patch has moved times or departures: ways found before it may have other dates. */
  hasMoved = false;
  /** For the scope that was looked at last. */
  bounds: Bounds;
  arrivals: ArrivalBounds;
  private readonly graph: ShipmentGraph;
  private readonly incoming: Incoming;
  /** Times of the graph's arcs, to tell whether a patch has moved them. */
  private times: Int32Array;
  private readonly onCall: OnCall;
  private readonly passing: Ahead;
  private readonly kept = new Map<Uint8Array, Ahead>();

  constructor(graph: ShipmentGraph) {
    this.graph = graph;
    this.incoming = incomingArcs(graph);
    this.costs = costBounds(graph);
    this.statusFen = statusBounds(graph);
    this.boardings = boardingsOf(graph);
    this.times = timesOf(graph);
    const scope = { allow: undefined, corridor: -1 };
    this.bounds = makeBounds(graph);
    if (graph.source >= 0) fillBounds(graph, this.incoming, this.costs, scope, this.bounds);
    this.onCall = new OnCall(graph, this.boardings, this.bounds.minutes.slice());
    this.passing = this.ahead(scope, this.bounds);
    this.arrivals = this.passing.arrivals;
  }

  /** To be called after `weigh`. */
  reweighed(): void {
    const { graph } = this;
    this.costs = costBounds(graph);
    this.statusFen = statusBounds(graph);
    const boardings = boardingsOf(graph);
    const times = timesOf(graph);
    const isRunTimeNew = !isSame(times, this.times);
    if (isRunTimeNew) this.onCall.forget();
    this.hasMoved = isRunTimeNew || !isSame(boardings.depart, this.boardings.depart) || !isSame(boardings.arrive, this.boardings.arrive);
    if (this.hasMoved) {
      this.boardings = boardings;
      this.times = times;
      for (const ahead of this.kept.values()) ahead.isTimed = false;
    }
  }

  /** Looks ahead within a scope; what hangs on times is kept for the next time if `keep` says so. False when the source cannot reach the target. */
  look(scope: Scope, keep: boolean): boolean {
    const ahead = this.aheadOf(scope, keep);
    const { bounds, arrivals } = ahead;
    if (!fillBounds(this.graph, this.incoming, this.costs, scope, bounds, ahead.isTimed)) return false;
    if (!ahead.isTimed) arrivals.reset(scope, bounds, this.boardings);
    ahead.isTimed = ahead !== this.passing;
    this.bounds = bounds;
    this.arrivals = arrivals;
    return true;
  }

  private ahead(scope: Scope, bounds: Bounds): Ahead {
    return { scope, bounds, arrivals: new ArrivalBounds(this.graph, this.boardings, this.onCall), isTimed: false };
  }

  /** Where to keep what lies ahead in a scope: a large graph has one place for all of them. */
  private aheadOf(scope: Scope, keep: boolean): Ahead {
    const { graph, kept } = this;
    if (!keep || scope.allow === undefined || graph.nodeCount > largeNetwork) return this.passing;
    let known = kept.get(scope.allow);
    if (known?.scope.corridor !== scope.corridor) kept.set(scope.allow, (known = this.ahead(scope, makeBounds(graph))));
    return known;
  }
}

/** Everything that times on arcs come from, departures apart. */
function timesOf({ arcCount, minimum, lead, after }: ShipmentGraph): Int32Array {
  const times = new Int32Array(3 * arcCount);
  times.set(minimum.subarray(0, arcCount));
  times.set(lead.subarray(0, arcCount), arcCount);
  times.set(after.subarray(0, arcCount), 2 * arcCount);
  return times;
}

function isSame(one: Int32Array, other: Int32Array): boolean {
  if (one.length !== other.length) return false;
  for (let i = 0; i < one.length; i++) if (one[i] !== other[i]) return false;
  return true;
}
