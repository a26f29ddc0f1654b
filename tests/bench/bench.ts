import { readFileSync } from "node:fs";

/**
 * What every benchmark shares. Rules: contenders do the same work in one process and take turns, the order is reversed
 * every other round, the median of at least seven rounds counts, answers are compared before anything is timed.
 * Read the ratios; milliseconds drift with the machine.
 */

/** One line of the table. */
export interface BenchRow {
  /** The benchmark, e.g. "static-path". */
  bench: string;
  workload: string;
  ours: string;
  oursMs: number;
  peer: string;
  /** NaN if the row compares with nothing. */
  peerMs: number;
  /** How many times faster ours is, or whatever `unit` says. */
  ratio: number;
  /** Unit of ratio and target; "x" (times faster) if left out. */
  unit?: string;
  /** What the ratio has to reach; none for a row that only informs. */
  target?: number;
  /** True if the target is an upper limit, as for growth exponents. */
  isLimit?: boolean;
  /** Most memory that our process, and that of the peer, ever held, MB; only where each had one of its own. */
  oursPeakMb?: number;
  peerPeakMb?: number;
  /** Work counters, answers that peers got wrong, memory, whatever explains the figure. */
  note?: string;
}

export interface Contender {
  name: string;
  /** Does the whole workload once. */
  run(): unknown;
}

/** Ticks that this machine's processors worked since its start, and those that its host kept from them while they wanted to; undefined where no one tells. */
function ticks(): { worked: number; stolen: number } | undefined {
  try {
    const [user, nice, system, , , irq, softirq, stolen] = readFileSync("/proc/stat", "utf8")
      .split("\n")[0]!
      .split(/\s+/)
      .slice(1)
      .map(Number);
    return { worked: user! + nice! + system! + irq! + softirq!, stolen: stolen! };
  } catch {
    return undefined;
  }
}

/**
 * Begins to watch how much of the processor time that this machine wants its host gives to others; what it returns says so, in words. A virtual machine that is kept waiting
 * shows times that are too long.
 */
export function watchTheft(): () => string {
  const before = ticks();
  return () => {
    const now = ticks();
    if (before === undefined || now === undefined) return "what the host took is not known";
    const stolen = now.stolen - before.stolen;
    const share = stolen / Math.max(1, now.worked - before.worked + stolen);
    return `${(100 * share).toFixed(0)} % of processor time taken by the host`;
  };
}

/** Whether a row reaches its target; null if it has none. */
export function passes(row: BenchRow): boolean | null {
  if (row.target === undefined) return null;
  return row.isLimit ? row.ratio <= row.target : row.ratio >= row.target;
}

/**
 * Median milliseconds of one `run` of each contender. A sample repeats a quick contender until it has lasted
 * `sampleMs`, because a timer cannot be trusted with microseconds.
 */
export function race(contenders: Contender[], { rounds = 7, sampleMs = 20, warmUps = 2 } = {}): Map<string, number> {
  const repeats = new Map<string, number>();
  for (const { name, run } of contenders) {
    let elapsed = 0;
    for (let i = 0; i < warmUps; i++) elapsed = timeOf(run, 1);
    // Quick ones are called more often before they are believed: they are still being compiled.
    for (let i = 0; i < 4 && elapsed < sampleMs; i++) {
      const count = Math.ceil(sampleMs / Math.max(elapsed, 0.001));
      elapsed = timeOf(run, count) / count;
    }
    repeats.set(name, Math.max(1, Math.round(sampleMs / elapsed)));
  }
  const samples = new Map<string, number[]>(contenders.map(({ name }) => [name, []]));
  for (let round = 0; round < Math.max(7, rounds); round++) {
    const order = round % 2 === 0 ? contenders : [...contenders].reverse();
    for (const { name, run } of order) {
      const count = repeats.get(name)!;
      samples.get(name)!.push(timeOf(run, count) / count);
    }
  }
  return new Map([...samples].map(([name, times]) => [name, median(times)]));
}

function timeOf(run: () => unknown, count: number): number {
  const start = performance.now();
  for (let i = 0; i < count; i++) sink = run();
  return performance.now() - start;
}

/**
 * Keeps answers alive, so that the compiler cannot drop the work.
 * @public
 */
export let sink: unknown;

export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** Slope of log(time) over log(size) by least squares: 1 is linear, 2 quadratic. */
export function growthExponent(sizes: number[], times: number[]): number {
  const x = sizes.map(Math.log);
  const y = times.map(Math.log);
  const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [meanX, meanY] = [mean(x), mean(y)];
  let above = 0;
  let below = 0;
  for (let i = 0; i < x.length; i++) {
    above += (x[i]! - meanX) * (y[i]! - meanY);
    below += (x[i]! - meanX) ** 2;
  }
  return above / below;
}

/** Stops the benchmark if two contenders disagree: a fast wrong answer is worth nothing. */
export function expectEqual(what: string, ours: unknown, theirs: unknown): void {
  const [a, b] = [JSON.stringify(ours), JSON.stringify(theirs)];
  if (a !== b) throw new Error(`${what}: answers differ, ${a?.slice(0, 200)} against ${b?.slice(0, 200)}`);
}

/** Megabytes held by what `make` returns (typed arrays included); needs node --expose-gc to be exact. */
export function measureMemory<T>(make: () => T): { made: T; megabytes: number } {
  const collect = (globalThis as { gc?: () => void }).gc;
  const held = (): number => {
    // What the contenders of the size before left behind takes more than one collection to go.
    sink = undefined;
    for (let i = 0; i < 3; i++) collect?.();
    const { heapUsed, external } = process.memoryUsage();
    return (heapUsed + external) / 1e6;
  };
  const before = held();
  const made = make();
  return { made, megabytes: held() - before };
}

/** Same numbers on every machine and run (mulberry32): a workload is named by its seed. */
export function createRandom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
