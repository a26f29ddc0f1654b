import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import readXlsx from "read-excel-file/node";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { PlanResult } from "../../src/planning/index.ts";
import { capacityWords } from "../../web/i18n/capacity.ts";
import { zh as messages } from "../../web/i18n/zh.ts";
import { yuche } from "../support/cli.ts";
import { type BuiltPage, accessibilityFindings, addressOf, settled, startPage, valuesIn } from "./page.ts";

let site: BuiltPage;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "yuche-capacity-"));
  site = await startPage();
}, 300_000);
afterAll(async () => {
  await site?.close();
  await rm(folder, { recursive: true, force: true });
});

const { zh } = capacityWords;
const small = "?page=capacity&plan=plan-small";
const long = { timeout: 240_000 };

async function take(page: Page, item: string): Promise<{ name: string; file: string }> {
  await page.click(".takeaway-button");
  const [found] = await Promise.all([page.waitForEvent("download"), page.click(`.menu [data-item="${item}"]`)]);
  const file = join(folder, found.suggestedFilename());
  await found.saveAs(file);
  return { name: found.suggestedFilename(), file };
}

async function choose(page: Page, name: string, content: string): Promise<void> {
  const file = join(folder, name);
  await writeFile(file, content);
  await page.setInputFiles(".capacity-head input[type=file]", file);
}

/** The plan that the command line gives for a saved scenario. */
async function runSaved({ file }: { file: string }): Promise<PlanResult> {
  const { id } = JSON.parse(await readFile(file, "utf8")) as { id: string };
  const out = join(folder, "out");
  const ran = await yuche(["run", file, "--out", out, "--force"]);
  expect(ran.code, ran.err).toBe(0);
  return JSON.parse(await readFile(join(out, `${id}.plan.json`), "utf8")) as PlanResult;
}

const totalsOf = ({ totals }: PlanResult): Record<string, string> => ({
  carried: String(totals.carried),
  left: String(totals.unserved),
  cost: String(totals.totalCny),
  vehicle: String(totals.costPerVehicleCny),
  days: String(totals.days),
});

describe("a plan on the page", () => {
  test(
    "a scenario's plan, a lever with its estimate and then the exact answer; the saved scenario gives the same numbers",
    long,
    async () => {
      const { page, faults, handOn } = await site.open(`${small}&lang=zh`);
      const before = await valuesIn(page, ".facts");
      const plain = await take(page, "json");
      expect(plain.name).toBe("yuche-plan-small.json");
      const first = await runSaved(plain);
      expect(before).toMatchObject(totalsOf(first));
      expect(await page.getAttribute(".proof p", "data-optimal")).toBe("true");
      expect(Number(await page.getAttribute(".proof p", "data-gap"))).toBeLessThanOrEqual(1e-6);

      // The estimate stands until the exact plan replaces it.
      await page.check('[data-lever="pulp-ships"] input[type=checkbox]');
      const estimate = Number(await (await page.waitForSelector("[data-estimate]")).getAttribute("data-estimate"));
      expect(estimate).toBeGreaterThan(0);
      expect(await page.getAttribute("#answer", "data-busy")).toBe("true");
      await settled(page);
      expect(await page.$("[data-estimate]")).toBeNull();
      const after = await valuesIn(page, ".facts");
      expect(Number(after["cost"])).toBeLessThan(Number(before["cost"]));
      expect(await page.textContent(".facts")).toContain("比对照");
      expect(await addressOf(page)).toContain("lever=pulp-ships");

      const changed = await take(page, "json");
      const saved = JSON.parse(await readFile(changed.file, "utf8")) as { levers: unknown[] };
      expect(saved.levers).toEqual([{ use: "pulp-ships" }]);
      const second = await runSaved(changed);
      expect(after).toMatchObject(totalsOf(second));

      // Its worth, solved anew: what the two plans differ by, before vehicles are made whole.
      await page.click(`.worth-panel button:text-is("${zh.worth.ask}")`);
      await settled(page);
      const worth = Number(await page.getAttribute('[data-worth="pulp-ships"] data', "value"));
      const difference = second.proof.primalCny - first.proof.primalCny;
      expect(Math.abs(worth - difference)).toBeLessThanOrEqual(Math.abs(difference) * 1e-3);
      expect(-worth).toBeLessThanOrEqual(estimate);

      // The tables hold the plan too.
      const csv = await readFile((await take(page, "csv")).file, "utf8");
      expect(csv.trim().split("\r\n")).toHaveLength(second.flows.length + 1);
      const sheets = await readXlsx(await readFile((await take(page, "xlsx")).file));
      expect(sheets).toHaveLength(6);
      expect(sheets[1]!.data.slice(1).reduce((sum, row) => sum + Number(row[7]), 0)).toBe(second.totals.carried);

      // Without the lever the plan is known: no solving.
      await page.uncheck('[data-lever="pulp-ships"] input[type=checkbox]');
      await settled(page);
      expect(await valuesIn(page, ".facts")).toEqual(before);
      expect(faults).toEqual([]);
      await handOn();
    },
  );

  test(
    "opens on a plan of seconds; its ranking is the command line's; the year of 2027 is one click away, and told to take minutes",
    long,
    async () => {
      const { page, faults, handOn } = await site.open("?page=capacity&lang=zh");
      expect(await page.inputValue(".choose select")).toBe("2027-march");
      expect(await page.getAttribute(".proof p", "data-optimal")).toBe("true");
      expect(await page.textContent(".worth-panel")).toContain(zh.worth.hint(6, 4));

      const few = {
        id: "few",
        horizon: { from: "2027-03-01", weeks: 2 },
        demand: { builtin: "2027-820", to: ["SA-MARKET"] },
        plan: { rankLevers: { weeks: 1, levers: [{ use: "larger-roro-fleet" }, { use: "volume-price-capacity-contract" }] } },
      };
      await choose(page, "few.json", JSON.stringify(few));
      await page.waitForSelector(`option:checked:text-is("${zh.file("few.json")}")`, { state: "attached" });
      await settled(page);
      const { ranking } = await runSaved(await take(page, "json"));
      expect(await page.textContent(".worth-panel")).toContain(zh.worth.hint(2, 1));

      // Stopped on its way, then done to its end.
      const ask = page.locator(`.worth-panel button:text-is("${zh.worth.ask}")`);
      await ask.click();
      await page.waitForSelector(`.plan-step:text-matches("0 / ${2 * 2 + 4}")`);
      expect([zh.worth.now.baseline(), zh.worth.now.bundle()]).toContain((await page.textContent(".plan-step"))!.split("：")[1]);
      await page.click(`.plan-work button:text-is("${zh.work.stop}")`);
      await settled(page);
      expect(await page.locator("[data-worth]").count()).toBe(0);
      await ask.click();
      await settled(page);
      const shown = await page.$$eval("[data-worth]", (rows) =>
        rows.map((row) => [row.getAttribute("data-worth"), Number(row.querySelector("data")!.getAttribute("value"))]),
      );
      expect(shown).toEqual(ranking!.levers.map(({ id, alone }) => [id, alone.totalCny.value]));
      // What is assumed is said to be.
      const contract = page.locator('[data-worth="volume-price-capacity-contract"] .worth-parameter');
      expect(await contract.getAttribute("data-basis")).toBe("assumed");
      expect(await contract.textContent()).toContain("长协价比现货（%）：8（");
      expect(await contract.textContent()).toContain(zh.worth.bases.assumed);

      await page.click("[data-target]");
      await page.waitForSelector(`text=${zh.work.long}`);
      expect(await addressOf(page)).toContain("plan=2027-target");
      expect(await page.locator("[data-target]").count()).toBe(0);
      await page.click(`.plan-work button:text-is("${zh.work.stop}")`);
      await page.waitForSelector(`text=${zh.work.stoppedEarly}`);
      expect(faults).toEqual([]);
      await handOn();
    },
  );

  test("stopping: before there is a plan, and with the best plan so far; Compare answers meanwhile", long, async () => {
    const { page, faults, handOn } = await site.open("?lang=zh");
    await page.click(`.pages button:nth-child(2)`);
    await page.click("[data-target]");
    await page.click(`.plan-work button:text-is("${zh.work.stop}")`);
    await page.waitForSelector(`text=${zh.work.stoppedEarly}`);
    await page.click(`.plan-work button:text-is("${zh.work.again}")`);
    // While a year is laid out, the other page is as quick as ever.
    await page.click(".pages button:nth-child(1)");
    await settled(page);
    expect(await page.locator("tr[data-chain]").count()).toBeGreaterThan(3);
    await page.click(".pages button:nth-child(2)");
    const weeks = { id: "weeks", demand: { builtin: "2027-820" }, horizon: { from: "2027-01-04", weeks: 4 } };
    await choose(page, "weeks.json", JSON.stringify(weeks));
    await page.waitForSelector('#answer[data-stage="first"]', { timeout: 60_000 });
    await page.click(`.plan-work button:text-is("${zh.work.stop}")`);
    await page.waitForSelector('#answer[data-busy="false"]', { timeout: 60_000 });
    expect(await page.getAttribute(".proof p", "data-optimal")).toBe("false");
    const gap = Number(await page.getAttribute(".proof p", "data-gap"));
    expect(gap).toBeGreaterThan(0);
    expect(await page.textContent(".plan-work")).toContain("已停止");
    expect(faults).toEqual([]);
    await handOn();
  });

  test("files that are none, or no plan, are told by reason and do no harm", long, async () => {
    const { page, faults, handOn } = await site.open(`${small}&lang=zh`);
    await choose(page, "broken.json", "{");
    await page.waitForSelector(`text=${zh.notOpened("broken.json")}`);
    await choose(page, "shipments.json", JSON.stringify({ id: "x", title: "<img src=x onerror=alert(1)>", shipments: [] }));
    await page.waitForSelector(".notice-problem");
    expect(await page.textContent(".notice-problem")).toContain("demand");
    const rows = [{ cargo: "ice-suv", quantity: 5, from: "nowhere", to: "=cmd()" }];
    await choose(page, "rows.json", JSON.stringify({ id: "x", demand: rows, horizon: { from: "2027-01-04", weeks: 1 } }));
    await page.waitForSelector(".notice-problem code:text-matches('demand/1/from')");
    expect(await page.$$eval(".notice-problem code", (list) => list.map((code) => code.textContent))).toContain("demand/1/to");
    const many = Array.from({ length: 60 }, (_, i) => ({ cargo: "ice-suv", quantity: 5, from: `nowhere-${i}`, to: "DE-MARKET" }));
    await choose(page, "many.json", JSON.stringify({ id: "x", demand: many, horizon: { from: "2027-01-04", weeks: 1 } }));
    await page.waitForSelector(".notice-problem code:text-matches('demand/2/from')");
    const lines = await page.locator(".notice-problem li").allTextContents();
    expect(lines.length).toBe(21);
    expect(lines[9]).toContain("demand/10/from");
    expect(lines[20]).toBe(messages.states.moreProblems("40"));
    expect(faults).toEqual([]);
    await handOn();
  });
});

describe("reading it", () => {
  test("weeks and corridors by keyboard and fields; the address keeps them; a bottleneck leads to its figures", long, async () => {
    const { page, faults, handOn } = await site.open(`${small}&lang=en`);
    const reader = page.locator(".heat-reader");
    await reader.focus();
    for (const key of ["ArrowRight", "ArrowDown", "ArrowDown"]) await page.keyboard.press(key);
    const text = await reader.getAttribute("aria-valuetext");
    expect(text).toMatch(/week 2 .* of .* vehicle slots used/);
    await page.keyboard.press("Enter");
    expect(await addressOf(page)).toContain("corridor=");
    await page.fill(".week-fields input >> nth=1", "2");
    await page.keyboard.press("Tab");
    expect(await addressOf(page)).toContain("weeks=1-2");
    await page.reload();
    await settled(page);
    expect(await page.inputValue(".week-fields input >> nth=1")).toBe("2");
    expect(await page.locator(".heat-brush").count()).toBe(1);
    await page.click(".week-fields button");
    expect(await addressOf(page)).not.toContain("weeks=");

    // A drag over the heat map keeps weeks.
    const box = (await page.locator(".heat-frame svg.heat").boundingBox())!;
    await page.mouse.move(box.x + box.width - 40, box.y + 50);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.6, box.y + 50, { steps: 4 });
    await page.mouse.up();
    expect(await addressOf(page)).toMatch(/weeks=[23]-4/);

    await page.click(".week-fields button");
    const limit = page.locator(".bottlenecks .link-button").first();
    const name = (await limit.textContent())!;
    await limit.click();
    await settled(page);
    expect(await addressOf(page)).toContain("page=data");
    expect(await page.textContent(".data-detail, .network-view, #answer")).toContain(name);
    expect(faults).toEqual([]);
    await handOn();
  });

  test.each([
    ["zh", "light", 1440],
    ["en", "dark", 390],
    ["zh", "dark", 2560],
  ] as const)("%s, %s, %i pixels: nothing sticks out, axe finds nothing", long, async (language, colorScheme, width) => {
    const { page, faults, handOn } = await site.open(`${small}&lang=${language}&lever=pulp-ships`, { width, colorScheme });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    expect(await page.locator(".table-frame").count()).toBeGreaterThan(0);
    expect(await page.$$eval(".table-frame", (frames) => frames.filter((frame) => frame.scrollWidth > frame.clientWidth).length)).toBe(0);
    for (const summary of await page.locator(".capacity-main summary").all()) await summary.click();
    expect(await page.locator(".capacity-main details table tbody tr").count()).toBeGreaterThan(10);
    expect(await accessibilityFindings(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    expect(faults).toEqual([]);
    await handOn();
  });

  test("a panel saves its picture", long, async () => {
    const { page, handOn } = await site.open(`${small}&lang=zh`);
    for (const panel of [".heat-panel", ".sankey-panel", ".map-panel", ".target-panel"]) {
      if ((await page.$(panel)) === null) continue;
      await page.click(`${panel} .sign-button`);
      const [found] = await Promise.all([page.waitForEvent("download"), page.click('.menu [data-item="svg"]')]);
      const svg = await readFile(await found.path(), "utf8");
      expect(svg, panel).toMatch(/^<\?xml[^]*<svg[^]*<path|rect/);
      expect(svg, panel).not.toMatch(/class=|<script|NaN/);
    }
    await handOn();
  });
});
