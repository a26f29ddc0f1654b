/**
 * Questions to the engine and their answers. Slimmer than comlink, which the other workers use: it is part of the first load, and asks many times a second while a
 * slider is dragged.
 */
type Calls = Record<string, (...given: never[]) => unknown>;

interface Question {
  number: number;
  name: string;
  given: never[];
}
type Answer = { number: number } & ({ value: unknown } | { reason: string });

/** The worker's end: answers with what the function of that name gives, or with what it threw. */
export function serveCalls(calls: Calls): void {
  addEventListener("message", async ({ data }: MessageEvent<Question>) => {
    const { number, name, given } = data;
    try {
      postMessage({ number, value: await calls[name]!(...given) } satisfies Answer);
    } catch (error) {
      postMessage({ number, reason: error instanceof Error ? error.message : String(error) } satisfies Answer);
    }
  });
}

/** The page's end: a function that asks the worker. Its promises stay pending where the worker cannot be loaded or dies. */
export function callsTo<C>(worker: Worker) {
  const waiting = new Map<number, { give: (value: never) => void; fail: (error: Error) => void }>();
  let last = 0;
  worker.addEventListener("message", ({ data }: MessageEvent<Answer>) => {
    const asker = waiting.get(data.number);
    waiting.delete(data.number);
    if ("reason" in data) asker?.fail(new Error(data.reason));
    else asker?.give(data.value as never);
  });
  return <N extends keyof C & string>(name: N, ...given: C[N] extends (...given: infer G) => unknown ? G : never) =>
    new Promise<C[N] extends (...given: never[]) => infer R ? Awaited<R> : never>((give, fail) => {
      waiting.set(++last, { give, fail });
      worker.postMessage({ number: last, name, given });
    });
}
