import { describe, expect, test } from "vitest";
import { RouteComparison, RouteSearch, corridorOfWay, optionOfWay, type Way } from "../../src/routing/index.ts";
import { OracleLimit, type OracleAnswer, type Triple, enumerateWays, nonDominated } from "./oracle.ts";
import { type Case, type Profile, prepare, randomCase } from "./random-network.ts";
import { shrink } from "./shrink.ts";

/** Networks with more states than this are passed over: enumerating one of them takes as long as a hundred others. */
export const stateLimit = 2500;

const triple = (way: Way): Triple => ({ cost: way.costFen, arrival: way.arrival, grams: way.grams });

/** The front as text: cost, minutes since ready, grams. */
export function frontText(ways: readonly Triple[], ready: number): string {
  return [...ways]
    .sort((a, b) => a.cost - b.cost || a.arrival - b.arrival || a.grams - b.grams)
    .map((w) => `${w.cost} fen ${w.arrival - ready} min ${w.grams} g`)
    .join("; ");
}

export interface Disagreement {
  what: string;
  expected: string;
  found: string;
}

export interface Verdict {
  disagreements: Disagreement[];
  oracle: OracleAnswer;
  /** Families compared. */
  families: number;
}

/** Everything that one case can say: the search with and without pruning, and the comparison's front and families, against the oracle. */
export function checkCase(one: Case, limit = stateLimit): Verdict {
  const { data, graph, shipment } = prepare(one.part, one.shipment);
  const oracle = enumerateWays(data, shipment, limit);
  const disagreements: Disagreement[] = [];
  const compare = (what: string, expected: readonly Triple[], found: readonly Triple[]) => {
    const [a, b] = [frontText(expected, shipment.ready), frontText(found, shipment.ready)];
    if (a !== b) disagreements.push({ what, expected: a, found: b });
  };
  compare("front, pruned", oracle.front, new RouteSearch(graph).run().map(triple));
  compare("front, prune: false", oracle.front, new RouteSearch(graph).run({ prune: false }).map(triple));
  const comparison = new RouteComparison(graph).run();
  compare("front of the comparison", oracle.front, comparison.front.map(triple));

  // A family: every chain of its option whose tagged legs all have its corridor; and members of the overall front that are told apart by their main leg.
  const expected = new Map<string, Triple[]>();
  if (graph.crossesCustoms) for (const [key, ways] of oracle.families) if (!key.includes("mixed")) expected.set(key, [...ways]);
  for (const way of comparison.front) {
    const key = `${optionOfWay(graph, way)} ${corridorOfWay(graph, way)}`;
    expected.set(key, [...(expected.get(key) ?? []), triple(way)]);
  }
  const found = new Map(comparison.families.map((f) => [`${f.option} ${f.corridor}`, f.ways.map(triple)]));
  for (const key of new Set([...expected.keys(), ...found.keys()]))
    compare(`family ${key}`, nonDominated(expected.get(key) ?? []), found.get(key) ?? []);
  return { disagreements, oracle, families: expected.size };
}

/** Throws with the seed and the smallest network that still disagrees. */
export function expectAgreement(one: Case): Verdict {
  const verdict = checkCase(one);
  if (verdict.disagreements.length === 0) return verdict;
  const least = shrink(one, (less) => checkCase(less).disagreements.length > 0);
  const again = checkCase(least);
  const { shipment } = prepare(least.part, least.shipment);
  const lines = again.disagreements.map((d) => `  ${d.what}\n    oracle: ${d.expected}\n    search: ${d.found}`);
  const stories = again.oracle.front.map((way) => `  ${frontText([way], shipment.ready)}: ${way.steps().join(" | ")}`);
  throw new Error(
    `profile ${one.profile}, seed ${one.seed}: search and oracle disagree. Smallest network:\n${JSON.stringify(least.part)}\nshipment ${JSON.stringify(least.shipment)}\n${lines.join("\n")}\nways of the oracle:\n${stories.join("\n")}`,
  );
}

/** Compares search and oracle on `count` random networks of a profile, in tests of 250 so that a failure is narrow. */
export function describeOracle(profile: Profile, count: number): void {
  const block = 250;
  describe(`${count} random networks, profile ${profile}`, () => {
    for (let n = 0; n < count / block; n++) {
      test(`networks ${n * block + 1} to ${(n + 1) * block}`, { timeout: 120_000 }, () => {
        let checked = 0;
        let answered = 0;
        let chosen = 0;
        let families = 0;
        for (let seed = n * 1_000_000 + 1; checked < block; seed++) {
          let verdict: Verdict;
          try {
            verdict = expectAgreement(randomCase(profile, seed));
          } catch (error) {
            if (error instanceof OracleLimit) continue;
            throw error;
          }
          checked++;
          if (verdict.oracle.front.length > 0) answered++;
          if (verdict.oracle.front.length > 1) chosen++;
          families += verdict.families;
        }
        // The networks must ask something: most have an answer, many have several non-dominated ones.
        expect(answered).toBeGreaterThan(block * 0.6);
        expect(chosen).toBeGreaterThan(block * 0.1);
        expect(families).toBeGreaterThan(block * 0.6);
      });
    }
  });
}
