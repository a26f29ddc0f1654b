import { execFile } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runScenario } from "../src/index.ts";
import { builtCli } from "./support/built.ts";

const run = promisify(execFile);
const node = (...args: string[]) => run(process.execPath, args, { env: { ...process.env, NODE_ENV: "production" } });
const tsc = (...args: string[]) => node("node_modules/typescript/bin/tsc", ...args);

test.skipIf(process.platform === "win32")("the command is a program of its own, after every build", async () => {
  expect((await run(await builtCli(), ["--version"])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
});

describe("the library as its users import it", () => {
  // Inside the project, so that the package's own dependencies are found.
  const folder = resolve(`dist/test-package-${process.pid}`);
  const installed = join(folder, "node_modules/yuche");
  const [example] = /(?<=```ts\n)[\s\S]*?(?=```)/.exec(readFileSync("README.md", "utf8"))!;

  beforeAll(async () => {
    const lib = join(installed, "dist/lib");
    mkdirSync(installed, { recursive: true });
    cpSync("package.json", join(installed, "package.json"));
    // A package of its own: inside ours its name would lead to ours.
    writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true, type: "module" }));
    await node("node_modules/vite/bin/vite.js", "build", "--mode", "lib", "--outDir", lib, "--logLevel", "error");
    await tsc("-p", "src/types.tsconfig.json", "--outDir", join(lib, "types"));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test("the example of the README gives what the source gives", async () => {
    const file = join(folder, "example.mjs");
    writeFileSync(file, `${example}console.log(JSON.stringify(result));\n`);
    const { stdout } = await node(file);
    const shipment = { cargo: "bev-suv", quantity: 300, from: "Seres", to: "Zeebrugge", ready: "2027-03-02" };
    expect(JSON.parse(stdout)).toEqual(JSON.parse(JSON.stringify(runScenario({ id: "mine", shipments: [shipment] }))));
  });

  test("its types are there and right, by the strictest way of finding them", async () => {
    const use = `const cny: number = result.shipments[0]!.options[0]!.chains[0]!.cost.cny;
// @ts-expect-error an amount is no text
const text: string = result.shipments[0]!.options[0]!.chains[0]!.cost.cny;
export { cny, text };
`;
    writeFileSync(join(folder, "example.mts"), `${example}${use}`);
    const config = join(folder, "tsconfig.json");
    const compilerOptions = { module: "nodenext", target: "es2023", types: [], strict: true, noEmit: true };
    writeFileSync(config, JSON.stringify({ compilerOptions, files: ["example.mts"] }));
    await expect(tsc("-p", config)).resolves.toMatchObject({ stdout: "" });
  });
});
