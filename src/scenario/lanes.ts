/** Runs work as soon as a lane is free, in the order in which it was asked for. Once one has failed nothing new is begun. */
export type Lanes = <T>(work: () => Promise<T>) => Promise<T>;

/** @param width most at a time. */
export function makeLanes(width: number): Lanes {
  const waiting: (() => void)[] = [];
  let free = width;
  let failure: { error: unknown } | undefined;
  return async (work) => {
    if (free > 0) free--;
    else await new Promise<void>((resolve) => void waiting.push(resolve));
    try {
      if (failure !== undefined) throw failure.error;
      return await work();
    } catch (error) {
      failure ??= { error };
      throw error;
    } finally {
      const next = waiting.shift();
      if (next === undefined) free++;
      else next();
    }
  };
}
