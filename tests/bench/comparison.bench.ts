import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import {
  type Network,
  RouteComparison,
  type Shipment,
  assemble,
  buildShipmentGraph,
  builtinNetwork,
  compile,
  pickChains,
  resolveShipment,
  runScenario,
  windowOf,
} from "../../src/index.ts";
import { largeNetwork, largeScenario } from "../support/large-network.ts";
import { type BenchRow, growthExponent, median, race } from "./bench.ts";

const shipments: Shipment[] = [
  { id: "built-in", cargo: "bev-suv", quantity: 300, from: "CNCKG-SERES", to: "BEZEE", ready: "2027-03-02", due: "2027-05-15" },
  { id: "moscow", cargo: "ice-suv", quantity: 260, from: "CNCKG-CHANGAN-YUZUI", to: "RU-MARKET", ready: "2027-04-05" },
  { id: "bangkok", cargo: "bev-suv", quantity: 45, from: "CNCKG-CHANGAN-YUBEI", to: "TH-MARKET", ready: "2027-05-10" },
];

/** All options on all criteria, each with its best chain in full. */
function compareAll(network: Network, shipment: Shipment): { chains: number; labels: number } {
  const { terms } = resolveShipment(network, shipment, "");
  const graph = buildShipmentGraph(network, terms!);
  const comparison = new RouteComparison(graph).run();
  const chains = comparison.families.flatMap((family) => pickChains(graph, family, 1));
  return { chains: chains.length, labels: comparison.counters.labels };
}

/** As in the middle of a batch: the engine's own compiler is done with everything after some hundred comparisons. */
const warm = { warmUps: 200, rounds: 15 };

/** One row that states a figure against a limit instead of a peer. */
function limit(workload: string, ours: string, ms: number, target: number, note: string): BenchRow {
  return {
    bench: "comparison",
    workload,
    ours,
    oursMs: ms,
    peer: "",
    peerMs: Number.NaN,
    ratio: ms,
    unit: "ms",
    target,
    isLimit: true,
    note,
  };
}

export async function run(): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  const data = builtinNetwork();
  for (const shipment of shipments) {
    const network = compile(data, windowOf([shipment]));
    const work = compareAll(network, shipment);
    const ms = race([{ name: "compare", run: () => compareAll(network, shipment) }], warm).get("compare")!;
    rows.push(limit(`${shipment.id!}, warm`, "graph, all options, chains", ms, 16, `${work.chains} chains, ${work.labels} labels`));

    const { terms } = resolveShipment(network, shipment, "");
    const comparison = new RouteComparison(buildShipmentGraph(network, terms!));
    const again = race([{ name: "reweigh", run: () => comparison.reweigh() }], warm).get("reweigh")!;
    rows.push(limit(`${shipment.id!}, what-if`, "weigh again and search", again, 16, "no new compile"));
  }
  const compileMs = race([{ name: "compile", run: () => compile(data, windowOf(shipments)) }]).get("compile")!;
  rows.push({
    bench: "comparison",
    workload: "built-in network",
    ours: "compile",
    oursMs: compileMs,
    peer: "",
    peerMs: Number.NaN,
    ratio: Number.NaN,
    note: `${data.services.length} services`,
  });

  const sizes = [2_000, 10_000, 50_000];
  const times: number[] = [];
  for (const size of sizes) {
    const { data: large } = assemble([{ part: largeNetwork(size, size * 4) }]);
    const scenario = largeScenario(size, size * 4);
    const before = process.memoryUsage().rss;
    const ms = median(Array.from({ length: 3 }, () => timed(() => compile(large, windowOf(scenario.shipments)))));
    times.push(ms);
    const answer = timed(() => runScenario(scenario));
    rows.push({
      bench: "comparison",
      workload: `${size} places, ${size * 4} services`,
      ours: "compile",
      oursMs: ms,
      peer: "",
      peerMs: Number.NaN,
      ratio: Number.NaN,
      note: `check, compile and answer ${answer.toFixed(0)} ms; ${((process.memoryUsage().rss - before) / 2 ** 20).toFixed(0)} MB more`,
    });
  }
  const exponent = growthExponent(sizes, times);
  rows.push({
    bench: "comparison",
    workload: "compile, growth exponent",
    ours: "",
    oursMs: Number.NaN,
    peer: "",
    peerMs: Number.NaN,
    ratio: exponent,
    unit: "",
    target: 1.15,
    isLimit: true,
  });

  if (existsSync("dist/cli/yuche.js")) {
    const spawn = () => timed(() => execFileSync(process.execPath, ["dist/cli/yuche.js", "compare"], { stdio: "pipe" }));
    const bare = median(Array.from({ length: 7 }, () => timed(() => execFileSync(process.execPath, ["-e", "0"], { stdio: "pipe" }))));
    const cold = median(Array.from({ length: 7 }, spawn));
    rows.push(limit("yuche compare, cold", "command line", cold, 500, `bare node ${bare.toFixed(0)} ms`));
  }
  return rows;
}

function timed(work: () => unknown): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}
