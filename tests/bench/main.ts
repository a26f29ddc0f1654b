import { type BenchRow, passes, watchTheft } from "./bench.ts";

interface Bench {
  run(): Promise<BenchRow[]>;
  /** Does one part of it in a process of its own, for its peak memory; what it returns goes out as JSON. */
  part?(name: string): Promise<unknown>;
}

/**
 * Runs the benchmarks named on the command line, or all, and prints a table of each. Start it with `node --expose-gc` for
 * exact memory figures. A missed target ends with exit code 1.
 */
const benches: Record<string, () => Promise<Bench>> = {
  "static-path": () => import("./static-path.bench.ts"),
  "earliest-arrival": () => import("./earliest-arrival.bench.ts"),
  "three-criteria": () => import("./three-criteria.bench.ts"),
  comparison: () => import("./comparison.bench.ts"),
  plan: () => import("./plan.bench.ts"),
  drag: () => import("./drag.bench.ts"),
};

const names = process.argv.slice(2);
const [whole = "", part] = names[0]?.split("/") ?? [];
const unknown = names.filter((name) => !(name in benches));
if (part !== undefined && whole in benches) {
  console.log(JSON.stringify(await (await benches[whole]!()).part?.(part)));
} else if (unknown.length > 0) {
  console.error(`Unknown benchmark: ${unknown.join(", ")}. There are: ${Object.keys(benches).join(", ")}.`);
  process.exitCode = 2;
} else {
  for (const name of names.length > 0 ? names : Object.keys(benches)) {
    console.error(`${name} ...`);
    const stolen = watchTheft();
    try {
      const rows = await (await benches[name]!()).run();
      console.log(`${tableOf(rows)}\n${stolen()}\n`);
      if (rows.some((row) => passes(row) === false)) process.exitCode = 1;
    } catch (error) {
      // Answers that differ, or a broken benchmark: the others' minutes of work must not be lost with it.
      console.error(`${name} failed:`, error);
      process.exitCode = 1;
    }
  }
  const { rss } = process.memoryUsage();
  const peakMb = process.resourceUsage().maxRSS / 1024;
  console.log(`memory of the whole process: ${(rss / 2 ** 20).toFixed(0)} MB now, ${peakMb.toFixed(0)} MB at its peak`);
}

function tableOf(rows: BenchRow[]): string {
  const lines = [["", "benchmark", "workload", "ours", "ms", "peak MB", "against", "ms", "peak MB", "ratio", "target", "note"]];
  for (const row of rows) {
    const result = passes(row);
    const unit = row.unit ?? "x";
    lines.push([
      result === null ? " " : result ? "✓" : "✗",
      row.bench,
      row.workload,
      row.ours,
      milliseconds(row.oursMs),
      row.oursPeakMb?.toFixed(0) ?? "",
      row.peer,
      milliseconds(row.peerMs),
      row.peerPeakMb?.toFixed(0) ?? "",
      `${figure(row.ratio)} ${unit}`,
      row.target === undefined ? "" : `${row.isLimit ? "<=" : ">="} ${row.target}`,
      row.note ?? "",
    ]);
  }
  const widths = lines[0]!.map((_, column) => Math.max(...lines.map((line) => line[column]!.length)));
  const isNumber = new Set([4, 5, 7, 8, 9]);
  return lines
    .map((line) =>
      line
        .map((cell, i) => (isNumber.has(i) ? cell.padStart(widths[i]!) : cell.padEnd(widths[i]!)))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

function milliseconds(value: number): string {
  return Number.isNaN(value) ? "" : value < 10 ? value.toFixed(4) : value.toFixed(1);
}

function figure(value: number): string {
  if (value > 0 && value < 0.005) return value.toExponential(1);
  return value < 10 ? value.toFixed(2) : value.toFixed(0);
}
