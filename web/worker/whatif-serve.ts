import type { KnownFigure } from "../../src/routing/index.ts";
import type { Answer } from "./answer.ts";
import { type Delta, applyDelta, deltaOf } from "./whatif-delta.ts";
import type { InfluentialFigure, WhatIfEngine } from "./whatif.ts";

/** An answer as what differs from the one before it, where the page has that one: a slider's steps differ in a few numbers. */
export interface Reply {
  number: number;
  /** Number of the answer that the change is made to; 0: to nothing. */
  base: number;
  change: Delta | undefined;
}

/** What the worker does for the page. */
export interface Served {
  /** `has`: number of the answer that the page has; 0: none. */
  ask(input: unknown, has: number): Reply;
  influential(input: unknown): Promise<InfluentialFigure[] | undefined>;
  figures(addresses: readonly string[]): KnownFigure[];
}

/** The search for figures that matter waits until so many milliseconds have passed without a question. */
const quiet = 250;

export function serve(engine: WhatIfEngine, now: () => number = () => performance.now()): Served {
  let sent: { number: number; answer: Answer } | undefined;
  let asked = Number.NEGATIVE_INFINITY;
  let turn = 0;
  return {
    ask: (input, has) => {
      const answer = engine.answer(input);
      const before = sent?.number === has ? sent : undefined;
      const change = before === undefined ? { is: answer } : deltaOf(before.answer, answer);
      sent = { number: (sent?.number ?? 0) + 1, answer };
      asked = now();
      return { number: sent.number, base: before === undefined ? 0 : has, change };
    },
    influential: (input) => {
      const mine = ++turn;
      return engine.influential(input, async () => {
        do await new Promise((wake) => setTimeout(wake, asked + quiet > now() ? quiet : 0));
        while (asked + quiet > now() && mine === turn);
        return mine === turn;
      });
    },
    figures: (addresses) => engine.figures(addresses),
  };
}

/** The page's end: puts the replies together. Parts of an answer that did not change are the same objects as before. */
export function receive(ask: (input: unknown, has: number) => Promise<Reply>): (input: unknown) => Promise<Answer> {
  let held: { number: number; answer: unknown } = { number: 0, answer: undefined };
  return async (input) => {
    const { number, base, change } = await ask(input, held.number);
    if (base !== 0 && base !== held.number) throw new Error(`answer ${number} is a change of ${base}, the page has ${held.number}`);
    held = { number, answer: applyDelta(base === 0 ? undefined : held.answer, change) };
    return held.answer as Answer;
  };
}
