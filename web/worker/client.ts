import type { Answer } from "./answer.ts";
import type { NetworkData } from "../../src/network/index.ts";
import type { Catalogue } from "./catalogue.ts";
import type { DatedDeparture, DeparturesQuestion, ShipmentFigures } from "./data.ts";
import type { KnownFigure } from "../../src/routing/index.ts";
import type { Engine } from "./engine.worker.ts";
import type { InfluentialFigure } from "./whatif.ts";
import { receive } from "./whatif-serve.ts";
import { callsTo } from "./wire.ts";

/** What the page asks of the engine; a test can put another in its place. */
export interface EngineClient {
  catalogue(): Promise<Catalogue>;
  answer(input: unknown): Promise<Answer>;
  /** The figures that matter most for the shipment of a scenario; undefined where that was not found out because another was asked for. */
  influential(input: unknown): Promise<InfluentialFigure[] | undefined>;
  /** Figures of the built-in network, as they stand. */
  figures(addresses: readonly string[]): Promise<KnownFigure[]>;
  /** The whole network as data, without the texts of its sources. */
  network(): Promise<NetworkData>;
  /** The figures behind a scenario's shipment, and what each moves. */
  shipmentFigures(input: unknown): Promise<ShipmentFigures>;
  departures(question: DeparturesQuestion): Promise<DatedDeparture[]>;
}

/** Starts the worker. `failed` is called when it cannot be loaded or dies: its answers would be waited for in vain. */
export function startEngine(failed: (message: string) => void): EngineClient {
  const worker = new Worker(new URL("./engine.worker.ts", import.meta.url), { type: "module", name: "yuche-engine" });
  // A file that cannot be loaded gives an event without a message.
  worker.addEventListener("error", (event) => failed(event.message ?? ""));
  worker.addEventListener("messageerror", () => failed("messageerror"));
  const call = callsTo<Engine>(worker);
  return {
    catalogue: () => call("catalogue"),
    answer: receive((input, has) => call("ask", input, has)),
    influential: (input) => call("influential", input),
    figures: (addresses) => call("figures", addresses),
    network: () => call("network"),
    shipmentFigures: (input) => call("shipmentFigures", input),
    departures: (question) => call("departures", question),
  };
}

/**
 * Runs one task at a time and keeps only the newest that waits: while someone types, the engine never works on a question nobody asks any more.
 * `done` is called for the newest task only, and for one that a newer of the same kind waits behind (`isSame`): while a slider moves, every step that is worked out is shown.
 */
export function latestWins<I, O>(
  run: (input: I) => Promise<O>,
  done: (output: O, input: I) => void,
  failed: (error: unknown) => void,
  isSame: (input: I, newest: I) => boolean = () => false,
): (input: I) => void {
  let waiting: { input: I } | undefined;
  let busy = false;
  const next = async (input: I): Promise<void> => {
    busy = true;
    try {
      const output = await run(input);
      if (waiting === undefined || isSame(input, waiting.input)) done(output, input);
    } catch (error) {
      if (waiting === undefined) failed(error);
    }
    busy = false;
    const newest = waiting;
    waiting = undefined;
    if (newest !== undefined) void next(newest.input);
  };
  return (input) => {
    if (busy) waiting = { input };
    else void next(input);
  };
}
