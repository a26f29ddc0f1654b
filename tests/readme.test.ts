import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { yuche } from "./support/cli.ts";

/** Every command that a README shows in a shell block. */
function commandsOf(file: string): string[] {
  const blocks = [...readFileSync(file, "utf8").matchAll(/```sh\n([\s\S]*?)```/g)].map((match) => match[1]!);
  return blocks.flatMap((block) => block.trim().split("\n"));
}

/** Words of a command line as a shell would split them; only double quotes are used in the READMEs. */
function words(command: string): string[] {
  return [...command.matchAll(/"([^"]*)"|(\S+)/g)].map((match) => match[1] ?? match[2]!);
}

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "yuche-readme-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const files = ["README.md", "README.zh-CN.md"];

// Many stand in both.
describe("every command", () => {
  const commands = new Set(files.flatMap(commandsOf));

  test.each([...commands].filter((command) => command.startsWith("npx yuche")))("%s", async (command) => {
    const args = words(command)
      .slice(2)
      .map((word) => (word.startsWith("results") ? join(folder, word) : word));
    const ran = await yuche(args);
    expect(ran.err).not.toMatch(/\bat .*:\d+:\d+/);
    expect(ran.code).toBe(0);
    expect(ran.out.trim().length + ran.err.trim().length).toBeGreaterThan(10);
  });

  test("stands in both languages, in the same order", () => {
    const [english, chinese] = files.map((file) => commandsOf(file).map((command) => words(command).slice(0, 3).join(" ")));
    const isPlace = (command: string) => command.startsWith("npx yuche explain");
    expect(chinese!.map((command, i) => (isPlace(command) ? english![i] : command))).toEqual(english);
  });

  test("npm start's prints the table, writes results and names the next step", async () => {
    const ran = await yuche(["compare", "--out", join(folder, "start"), "--lang", "en"]);
    expect(ran.code).toBe(0);
    expect(ran.out).toContain("Ro-ro");
    expect(`${ran.out}${ran.err}`).toMatch(/yuche (explain|run|compare)/);
  });
});

describe.each(files)("%s", (file) => {
  const commands = commandsOf(file);

  test("starts with the two commands, which are scripts of the package", () => {
    expect(commands.slice(0, 2)).toEqual(["npm ci && npm start", "npm ci && npm test"]);
    const { scripts } = JSON.parse(readFileSync("package.json", "utf8")) as { scripts: Record<string, string> };
    // What `npm start` runs after building is run here; `npm test` is what runs this.
    expect(scripts["start"]).toMatch(/yuche\.js compare --out results$/);
    expect(scripts["test"]).toMatch(/^vitest run/);
    for (const script of readFileSync(file, "utf8").matchAll(/`npm run ([\w:]+)`/g)) expect(Object.keys(scripts)).toContain(script[1]);
  });

  test("every link to a file leads somewhere", () => {
    const links = [...readFileSync(file, "utf8").matchAll(/\]\(([^)#]+)\)/g)]
      .map((match) => match[1]!)
      .filter((link) => !link.startsWith("http"));
    expect(links.filter((link) => !existsSync(resolve(link)))).toEqual([]);
  });
});
