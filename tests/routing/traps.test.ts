import { readFileSync, readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { checkCase } from "../support/check-front.ts";
import { readCases, runCase } from "../support/case.ts";

/**
 * The traps of route search, drawn as text in tests/cases: D departures, W waiting, C calendar, M money. Every case runs through
 * every legal configuration of the search and through the enumeration.
 */
const folder = new URL("../cases/", import.meta.url);

for (const file of readdirSync(folder).filter((name) => name.endsWith(".txt"))) {
  describe(`cases/${file}`, () => {
    const cases = readCases(readFileSync(new URL(file, folder), "utf8"));
    test("has cases, each with a name of its own", () => {
      expect(cases.length).toBeGreaterThan(4);
      expect(new Set(cases.map((c) => c.title.split(" ")[0])).size).toBe(cases.length);
    });
    for (const one of cases) {
      test(one.title, () => {
        expect(one.chains.length).toBeGreaterThan(0);
        const { fronts } = runCase(one);
        for (const [configuration, lines] of Object.entries(fronts))
          expect({ configuration, lines }).toEqual({ configuration, lines: one.chains });
        expect(checkCase({ profile: "everything", seed: 0, part: one.part, shipment: one.shipment }).disagreements).toEqual([]);
      });
    }
  });
}
