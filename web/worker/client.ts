import { wrap } from "comlink";
import type { Answer } from "./answer.ts";
import type { Catalogue } from "./catalogue.ts";
import type { Engine } from "./engine.worker.ts";

/** What the page asks of the engine; a test can put another in its place. */
export interface EngineClient {
  catalogue(): Promise<Catalogue>;
  answer(input: unknown): Promise<Answer>;
}

/** Starts the worker. `failed` is called when it cannot be loaded or dies: comlink's promises would stay pending for ever. */
export function startEngine(failed: (message: string) => void): EngineClient {
  const worker = new Worker(new URL("./engine.worker.ts", import.meta.url), { type: "module", name: "yuche-engine" });
  worker.addEventListener("error", (event) => failed(event.message));
  worker.addEventListener("messageerror", () => failed("messageerror"));
  const remote = wrap<Engine>(worker);
  return { catalogue: () => remote.catalogue(), answer: (input) => remote.answer(input) };
}

/**
 * Runs one task at a time and keeps only the newest that waits: while someone types, the engine never works on a question nobody asks any more.
 * `done` is called for the newest task only.
 */
export function latestWins<I, O>(
  run: (input: I) => Promise<O>,
  done: (output: O, input: I) => void,
  failed: (error: unknown) => void,
): (input: I) => void {
  let waiting: { input: I } | undefined;
  let busy = false;
  const next = async (input: I): Promise<void> => {
    busy = true;
    try {
      const output = await run(input);
      if (waiting === undefined) done(output, input);
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
