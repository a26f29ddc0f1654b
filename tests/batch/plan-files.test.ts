import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { zipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { tableReader } from "../../src/batch/index.ts";
import { guardZip } from "../../src/batch/zip-guard.ts";
import { InputError } from "../../src/model/index.ts";
import { runJob } from "../../src/batch/job.ts";
import { type Sheet, sheetsXlsx } from "../../src/report/index.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "yuche-plan-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const network = {
  locations: [
    { id: "PLANT", name: "plant", kind: "plant" },
    { id: "MARKET", name: "market", kind: "market" },
  ],
  services: [
    {
      id: "ship",
      mode: "sea",
      form: "wheels",
      stops: [{ at: "PLANT" }, { at: "MARKET", hours: 24 }],
      departures: { weekly: ["wed"] },
      slots: 5,
      charges: [{ perVehicle: 100 }],
    },
  ],
  cargos: [{ id: "car", name: "car", kind: "suv", powertrain: "ice", valueCny: 1000 }],
};
const horizon = { from: "2027-03-01", weeks: 2 };
const job = (body: object, force = false) =>
  runJob({
    name: "p",
    file: join(folder, "p.json"),
    text: JSON.stringify({ id: "p", network, horizon, ...body }),
    out: folder,
    force,
    mark: "t",
    threads: 1,
    workerFile: "",
  });

const sheet = (name: string, titles: string[], rows: (string | number)[][]): Sheet => ({
  name,
  columns: titles.map((title) => ({ title, width: 10, format: "text" })),
  rows,
});

describe("a demand in a file", () => {
  test("CSV: usual names, a byte-order mark, semicolons; run once, then up to date, and again when the file changes", async () => {
    writeFileSync(join(folder, "d.csv"), "﻿cargo;quantity;from;to;week\r\ncar;4;PLANT;MARKET;1\r\ncar;3;PLANT;MARKET;2\r\n");
    const first = await job({ demand: { file: "d.csv" } });
    expect(first).toMatchObject({ status: "done", noWay: false, plan: { totals: { demand: 7, carried: 7 } } });
    expect((await job({ demand: { file: "d.csv" } })).status).toBe("current");
    writeFileSync(join(folder, "d.csv"), "cargo,quantity,from,to,week\ncar,5,PLANT,MARKET,1\n");
    expect(await job({ demand: { file: "d.csv" } })).toMatchObject({ status: "done", plan: { totals: { demand: 5 } } });
    const table = readFileSync(join(folder, "p.plan.csv"), "utf8");
    expect(table.split("\r\n")[1]).toContain("car,plant,market,1,5,");
  });

  test("CSV: where semicolons part the cells, a point groups digits; where commas do, it is the decimal point", async () => {
    writeFileSync(join(folder, "d.csv"), "cargo;quantity;from;to\ncar;1.000;PLANT;MARKET\n");
    expect(await job({ demand: { file: "d.csv" } })).toMatchObject({ status: "done", plan: { totals: { demand: 1000 } } });
    writeFileSync(join(folder, "d.csv"), "cargo,quantity,from,to\ncar,1.000,PLANT,MARKET\n");
    expect(await job({ demand: { file: "d.csv" } })).toMatchObject({ status: "done", plan: { totals: { demand: 1 } } });
  });

  test("XLSX: the sheet that is named, problems with row and column", async () => {
    writeFileSync(
      join(folder, "d.xlsx"),
      sheetsXlsx([
        sheet("notes", ["nothing here"], []),
        sheet("demand", ["车型", "数量", "工厂", "市场"], [["car", 6, "PLANT", "MARKET"]]),
      ]),
    );
    expect(await job({ demand: { file: "d.xlsx", sheet: "demand" } })).toMatchObject({ status: "done", plan: { totals: { demand: 6 } } });
    const wrong = await job({ demand: { file: "d.xlsx" } });
    expect(wrong.status).toBe("failed");
    expect(wrong.problems.map((p) => p.code)).toContain("missing-key");
    expect((await job({ demand: { file: "d.xlsx", sheet: "none" } })).problems[0]).toMatchObject({ path: "demand/sheet" });
  });

  test("what cannot be read is said, never thrown as a bug", async () => {
    const read = tableReader(join(folder, "p.json"));
    const code = async (name: string, content?: string | Uint8Array) => {
      if (content !== undefined) writeFileSync(join(folder, name), content);
      const error: unknown = await read(name).catch((e: unknown) => e);
      return error instanceof InputError ? error.problems[0]!.code : "read";
    };
    expect(await code("none.csv")).toBe("unknown-reference");
    expect(await code("d.txt", "x")).toBe("type");
    expect(await code("bad.csv", 'a,"b\nc')).toBe("syntax");
    expect(await code("latin.csv", Uint8Array.from([0x63, 0xe9, 0x0a]))).toBe("syntax");
    expect(await code("fake.xlsx", "no archive")).toBe("syntax");
  });

  test("an archive that unpacks to too much is refused before it is unpacked", () => {
    const bomb = zipSync({ a: new Uint8Array(20 * 1024 * 1024) });
    expect(guardZip(bomb)).toMatchObject({ code: "too-large" });
    expect(guardZip(sheetsXlsx([sheet("a", ["x"], [])]))).toBeUndefined();
    expect(guardZip(new Uint8Array(100))).toMatchObject({ code: "syntax" });
  });
});

test("a scenario with shipments and a demand gives both results", async () => {
  const shipments = [{ cargo: "car", quantity: 2, from: "PLANT", to: "MARKET", ready: "2027-03-01" }];
  const report = await job({ shipments, demand: [{ cargo: "car", quantity: 2, from: "PLANT", to: "MARKET" }] });
  expect(report.rows.map((row) => row.shipment)).toEqual(expect.arrayContaining(["1", "plan"]));
  expect(JSON.parse(readFileSync(join(folder, "p.result.json"), "utf8"))).toMatchObject({ kind: "yuche-result" });
  expect(JSON.parse(readFileSync(join(folder, "p.plan.json"), "utf8"))).toMatchObject({ kind: "yuche-plan" });
});
