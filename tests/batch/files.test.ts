import { mkdtempSync, mkdirSync, readFileSync, readdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  canonicalText,
  findInputs,
  locate,
  plan,
  readNetworkFolder,
  readScenario,
  readText,
  sweepTemporaries,
  writeAtomic,
} from "../../src/batch/index.ts";
import { InputError, problem } from "../../src/model/index.ts";
import { smallNetwork, smallScenario } from "../support/cli.ts";

let folder = "";
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), "yuche-files-"))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const write = (name: string, content: unknown) => {
  const path = join(folder, name);
  writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
  return path;
};

describe("inputs", () => {
  test("folders and patterns give each JSON file once, schemas and results left out", () => {
    for (const name of ["b.json", "a.json", "x.schema.json", "x.result.json", "notes.txt", ".hidden.json"]) write(name, "{}");
    mkdirSync(join(folder, "deep"));
    write("deep/c.json", "{}");
    const names = (words: string[]) => findInputs(words).map((i) => (i.kind === "stdin" ? "-" : i.path.slice(folder.length + 1)));
    expect(names([folder, join(folder, "a.json")])).toEqual(["a.json", "b.json"]);
    expect(names([join(folder, "*.json")])).toEqual(["a.json", "b.json"]);
    expect(names([join(folder, "**/*.json")])).toEqual(["a.json", "b.json", "deep/c.json"]);
    expect(names(["-", "-", join(folder, "none.json")])).toEqual(["-", "none.json"]);
  });

  test("results of like-named scenarios get names of their own, in the order of the inputs", async () => {
    write("1.json", smallScenario("same"));
    write("2.json", smallScenario("Same"));
    write("3.json", "{ broken");
    write("4.json", smallNetwork);
    const skipped: string[] = [];
    const names: string[] = [];
    for await (const p of plan(findInputs([folder]), (file) => skipped.push(file))) names.push(p.name);
    expect(names).toEqual(["same", "Same-2", "3"]);
    expect(skipped).toEqual([join(folder, "4.json")]);
  });

  test("a missing, a foreign-encoded and an oversized file are problems, not exceptions", () => {
    expect(readText(join(folder, "none.json")).problems[0]?.message.en).toContain("no such file");
    const latin = join(folder, "latin.json");
    writeFileSync(latin, Buffer.from([0x22, 0xe9, 0x22]));
    expect(readText(latin).problems[0]?.code).toBe("syntax");
    const big = join(folder, "big.json");
    writeFileSync(big, Buffer.alloc(64 * 1024 * 1024 + 1, 32));
    expect(readText(big).problems[0]?.code).toBe("too-large");
  });
});

describe("places in files", () => {
  const text = '{\n  "id": "x",\n  "shipments": [\n    { "id": "one", "cargo": "car" },\n    { "id": "two", "quantity": 5 }\n  ]\n}';
  test.each([
    ["shipments/two/quantity", 5, 20],
    ["shipments/0/cargo", 4, 20],
    ["shipments/two/ready", 5, 5],
    ["nothing/here", undefined, undefined],
  ])("%s is at %s:%s", (path, line, column) => {
    const [found] = locate(text, [problem(path, "type", { zh: "", en: "" })]);
    expect([found?.line, found?.column]).toEqual([line, column]);
  });

  test("an unknown key is found with file, line and the nearest key", () => {
    const { problems } = readScenario(JSON.stringify({ ...smallScenario("x"), shipmets: [] }, null, 2), "x.json");
    expect(problems).toMatchObject([{ file: "x.json", path: "shipmets", code: "unknown-key", hint: { en: "did you mean 'shipments'?" } }]);
    expect(problems[0]?.line).toBeGreaterThan(1);
  });
});

describe("networks in folders", () => {
  test("all problems of all files come at once", () => {
    write("places.json", { locations: [{ id: "A", name: "A", kind: "harbour" }] });
    write("lines.json", { servces: [] });
    expect(() => readNetworkFolder(folder)).toThrow(InputError);
    try {
      readNetworkFolder(folder);
    } catch (error) {
      expect((error as InputError).problems.map((p) => `${p.file?.slice(folder.length + 1)} ${p.code}`)).toEqual([
        "lines.json unknown-key",
        "places.json bad-value",
      ]);
    }
  });
});

describe("atomic writing", () => {
  test("leaves the whole file and nothing else", async () => {
    const path = join(folder, "out", "r.json");
    await Promise.all(Array.from({ length: 20 }, (_, i) => writeAtomic(path, String(i).repeat(100_000))));
    expect(readdirSync(join(folder, "out"))).toEqual(["r.json"]);
    expect(readFileSync(path, "utf8")).toMatch(/^(\d+?)\1+$/);
  });

  test("a write that cannot be done leaves no temporary file", async () => {
    mkdirSync(join(folder, "taken"));
    await expect(writeAtomic(join(folder, "taken"), "x")).rejects.toThrow();
    expect(readdirSync(folder)).toEqual(["taken"]);
  });

  test("only old temporaries of this helper are swept", async () => {
    const old = write(".a.json.0123456789abcdef.tmp", "");
    write(".b.json.0123456789abcdef.tmp", "");
    write("keep.tmp", "");
    const hourAgo = Date.now() / 1000 - 3600;
    utimesSync(old, hourAgo, hourAgo);
    await sweepTemporaries(folder, Date.now());
    expect(readdirSync(folder).sort()).toEqual([".b.json.0123456789abcdef.tmp", "keep.tmp"]);
  });
});

test("canonical text does not depend on the order of keys", () => {
  expect(canonicalText({ b: [1, { d: 1, c: undefined }], a: "é" })).toBe('{"a":"é","b":[1,{"d":1}]}');
});
