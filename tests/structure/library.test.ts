import { rm } from "node:fs/promises";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterAll, expect, test } from "vitest";
import { build } from "vite";
import type * as Library from "../../src/index.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
// Beside node_modules, where whoever uses the library has its dependencies.
const folder = `${root}dist/test-lib-${process.pid}`;
afterAll(() => rm(folder, { recursive: true, force: true }));

test("the built library compares and plans where it is used as a package", async () => {
  await build({
    configFile: `${root}vite.config.ts`,
    mode: "lib",
    logLevel: "error",
    build: { outDir: folder, emptyOutDir: true },
  });
  const library = (await import(/* @vite-ignore */ pathToFileURL(`${folder}/index.js`).href)) as typeof Library;
  const location = { country: "CN", timeZone: "Asia/Shanghai" };
  const network = {
    locations: [
      { ...location, id: "PLANT", name: { zh: "厂", en: "Plant" }, kind: "plant" as const },
      { ...location, id: "MARKET", name: { zh: "市场", en: "Market" }, kind: "market" as const },
    ],
    cargos: [{ id: "car", name: { zh: "车", en: "Car" }, kind: "sedan" as const, powertrain: "ice" as const, massT: 1.5 }],
    services: [
      {
        id: "train",
        mode: "rail" as const,
        form: "wheels" as const,
        departures: { weekly: ["mon" as const, "wed" as const] },
        slots: 5,
        stops: [{ at: "PLANT" }, { at: "MARKET", hours: 24 }],
        charges: [{ perVehicle: 100 }],
      },
    ],
  };
  const shipments = [{ cargo: "car", quantity: 1, from: "PLANT", to: "MARKET", ready: "2027-03-01" }];
  const compared = library.runScenario({ id: "one", network, shipments });
  expect(compared.shipments[0]!.options.flatMap(({ chains }) => chains).map(({ cost }) => cost.cny)).toContain(100);
  const demand = [{ id: "row", cargo: "car", quantity: 60, from: "PLANT", to: "MARKET", week: 1 }];
  const planned = await library.runPlan({ id: "two", network, shipments: [], demand, horizon: { from: "2027-03-01", weeks: 1 } });
  expect(planned.proof.status).toBe("optimal");
  expect(planned.totals.demand).toBe(60);
});
