import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import ICAL from "ical.js";
import type { Page } from "playwright-core";
import readXlsx from "read-excel-file/node";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { TransportChain } from "../../src/routing/index.ts";
import type { ScenarioResult } from "../../src/scenario/index.ts";
import { takeawayWords } from "../../web/i18n/takeaway.ts";
import { namedChains } from "../../web/state/chains.ts";
import { yuche } from "../support/cli.ts";
import { type BuiltPage, accessibilityFindings, addressOf, settled, startPage, valuesIn } from "./page.ts";

let site: BuiltPage;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "yuche-takeaway-"));
  site = await startPage();
}, 300_000);
afterAll(async () => {
  await site?.close();
  await rm(folder, { recursive: true, force: true });
});

const { zh, en } = takeawayWords;
const stem = "yuche-CNCKG-SERES-BEZEE-2027-03-02";

/** Does what begins a download and keeps the file under the name it came with. */
async function download(page: Page, act: () => Promise<unknown>): Promise<{ name: string; file: string }> {
  const [found] = await Promise.all([page.waitForEvent("download"), act()]);
  const name = found.suggestedFilename();
  const file = join(folder, name);
  await found.saveAs(file);
  return { name, file };
}

async function take(page: Page, item: string): Promise<{ name: string; file: string }> {
  await page.click(".takeaway-button");
  return download(page, () => page.click(`.menu [data-item="${item}"]`));
}

async function picture(page: Page, panel: string, item: string): Promise<{ name: string; file: string }> {
  await page.click(`${panel} .sign-button`);
  return download(page, () => page.click(`.menu [data-item="${item}"]`));
}

/** What a row of the table says of a chain, to the last digit. */
const valuesOf = (chain: TransportChain): Record<string, string> => ({
  cost: String(chain.cost.cny),
  range: `${chain.cost.range.low}/${chain.cost.range.high}`,
  days: String(chain.time.days),
  arrival: chain.time.arrivalDate,
  co2e: String(chain.co2eKg),
  ...(chain.due === undefined ? {} : { slack: String(chain.due.slackDays), chance: String(chain.due.onTimeChance) }),
});

/** Runs a saved scenario on the command line. */
async function runSaved(file: string, name: string): Promise<ScenarioResult> {
  const out = join(folder, "out");
  const ran = await yuche(["run", file, "--out", out, "--force"]);
  expect(ran.code, ran.err).toBe(0);
  return JSON.parse(await readFile(join(out, name.replace(".json", ".result.json")), "utf8")) as ScenarioResult;
}

/** Every chain of the page's table against a result. */
async function expectPageShows(page: Page, result: ScenarioResult): Promise<void> {
  for (let more = page.locator('.more[aria-expanded="false"]'); (await more.count()) > 0;) await more.first().click();
  const named = namedChains(result.shipments[0]!, "landed");
  const rows = await page.$$eval("tr[data-chain]", (list) => list.map((row) => row.getAttribute("data-chain")));
  expect(rows).toEqual(named.map((n) => n.key));
  for (const { key, chain } of named) expect(await valuesIn(page, `tr[data-chain="${key}"]`), key).toMatchObject(valuesOf(chain));
}

describe("files", () => {
  test(
    "the scenario file runs on the command line to every number of the page; CSV and XLSX hold the same",
    { timeout: 180_000 },
    async () => {
      const { page, faults, handOn } = await site.open("?lang=zh");
      const scenario = await take(page, "json");
      expect(scenario.name).toBe(`${stem}.json`);
      const result = await runSaved(scenario.file, scenario.name);
      await expectPageShows(page, result);
      const chains = namedChains(result.shipments[0]!, "landed");

      const csv = await take(page, "csv");
      expect(csv.name).toBe(`${stem}.csv`);
      const text = await readFile(csv.file, "utf8");
      expect(text.startsWith("\ufeff方案,走法,")).toBe(true);
      for (const { key, chain } of chains) {
        const line = text.split("\r\n").find((l) => l.includes(`,${key},`))!;
        expect(line).toContain(
          `,${chain.cost.cny},${chain.cost.range.low},${chain.cost.range.high},${chain.cost.logisticsCny},${chain.time.days},`,
        );
      }

      const xlsx = await take(page, "xlsx");
      expect(xlsx.name).toBe(`${stem}.xlsx`);
      const sheets = await readXlsx(await readFile(xlsx.file));
      expect(sheets.map((s) => s.sheet)).toEqual(["方案", "费用明细", "数据与来源", "场景"]);
      const [titles, ...rows] = sheets[0]!.data;
      const column = (title: string) => rows.map((row) => row[titles!.indexOf(title)]);
      const costs = column("每辆费用（元）").filter((cell) => cell !== null);
      expect(costs).toEqual(chains.map(({ chain }) => chain.cost.cny));
      // The page fetches the texts of the sources for it.
      const figures = sheets[2]!.data;
      expect(figures.filter((row) => String(row.at(-1)).startsWith("http")).length).toBeGreaterThan(20);
      expect(await page.textContent(".takeaway-note")).toBe(zh.saved(xlsx.name));
      expect(faults).toEqual([]);
      await handOn();
    },
  );

  test("with figures changed on the page too", { timeout: 180_000 }, async () => {
    const adjust = ["finance/capitalPercentPerYear=7.25", "services/*suez*/enabled=false"];
    const address = `?lang=zh&${adjust.map((a) => `adjust=${encodeURIComponent(a)}`).join("&")}`;
    const { page, faults, handOn } = await site.open(address);
    const { file, name } = await take(page, "json");
    const saved = JSON.parse(await readFile(file, "utf8")) as { levers: unknown[] };
    expect(saved.levers).toEqual([
      { change: "finance", set: { capitalPercentPerYear: 7.25 } },
      { change: "services/*suez*", set: { enabled: false } },
    ]);
    await expectPageShows(page, await runSaved(file, name));
    expect(faults).toEqual([]);
    await handOn();
  });

  test("the open chain goes into a calendar and onto other maps", { timeout: 180_000 }, async () => {
    const { page, faults, handOn } = await site.open("?lang=en");
    const row = page.locator(".best-row").nth(1);
    const key = await row.getAttribute("data-chain");
    await row.locator(".row-button").click();
    const result = await runSaved((await take(page, "json")).file, `${stem}.json`);
    const { chain, option } = namedChains(result.shipments[0]!, "landed").find((n) => n.key === key)!;
    const calendar = await take(page, "ics");
    expect(calendar.name).toBe(`${stem}-${option}-${chain.gateway}.ics`);
    const events = new ICAL.Component(ICAL.parse(await readFile(calendar.file, "utf8")) as unknown[]).getAllSubcomponents("vevent");
    const legs = chain.elements.filter((e) => e.kind === "leg");
    const starts = events.map((e) => new ICAL.Event(e).startDate.toJSDate().getTime());
    for (const leg of legs) expect(starts).toContain(Date.parse(leg.departure));
    const map = JSON.parse(await readFile((await take(page, "geojson")).file, "utf8")) as {
      features: { geometry: { type: string } | null; properties: { service?: string } }[];
    };
    expect(map.features.flatMap((f) => f.properties.service ?? [])).toEqual(legs.map((l) => l.service));
    for (const feature of map.features) expect(feature.geometry).not.toBeNull();
    expect(faults).toEqual([]);
    await handOn();
  });
});

test("the menu is worked by keyboard, and axe-core finds nothing in it", async () => {
  const { page, faults, handOn } = await site.open("?lang=en");
  const button = page.locator(".takeaway-button");
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute("data-item") ?? document.activeElement?.className ?? "");
  await button.focus();
  await page.keyboard.press("ArrowDown");
  expect(await focused()).toBe("link");
  expect(await accessibilityFindings(page)).toEqual([]);
  await page.keyboard.press("ArrowUp");
  expect(await focused()).toBe("print");
  await page.keyboard.press("Home");
  await page.keyboard.press("ArrowDown");
  expect(await focused()).toBe("json");
  await page.keyboard.press("Escape");
  expect(await button.getAttribute("aria-expanded")).toBe("false");
  expect(await focused()).toBe("takeaway-button");
  await page.keyboard.press("Enter");
  await page.keyboard.press("ArrowDown");
  const { name } = await download(page, () => page.keyboard.press("Enter"));
  expect(name).toBe(`${stem}.json`);
  expect(await focused()).toBe("takeaway-button");
  await page.keyboard.press("Enter");
  await page.click("h1");
  expect(await page.locator(".menu").count()).toBe(0);
  expect(faults).toEqual([]);
  await handOn();
});

describe("pictures", () => {
  const panels = [
    [".map-panel", "map"],
    [".front-panel", "front"],
    [".options-panel", "costs"],
    [".timeline-panel", "timeline"],
    [".corridor-panel", "corridor"],
  ] as const;

  test("every panel is saved as a drawing that stands alone, and as a picture twice as fine", async () => {
    const { page, faults, handOn } = await site.open("?lang=zh");
    // Both are fetched when the reader comes near.
    for (const room of ["timeline", "corridor"]) {
      await page.locator(`.${room}-room`).scrollIntoViewIfNeeded();
      await page.waitForSelector(`.${room}-panel svg[role=img]`);
    }
    for (const [panel, part] of panels) {
      const { name, file } = await picture(page, panel, "svg");
      expect(name).toBe(`${stem}-${part}.svg`);
      const svg = await readFile(file, "utf8");
      expect(svg, part).not.toMatch(/\s(?:class|style|href|on\w+)=|<(?:script|foreignObject|image|style)|var\(|url\((?!["']?#)/);
      expect(svg).toContain("赛力斯");
      const drawn = await page.evaluate((source) => {
        const parsed = new DOMParser().parseFromString(source, "image/svg+xml");
        const used = [...source.matchAll(/url\(#([^)]+)\)/g)].map((match) => match[1]!);
        const root = parsed.documentElement;
        return {
          hasError: parsed.querySelector("parsererror") !== null,
          shapes: parsed.querySelectorAll("path, rect, line, circle").length,
          missing: used.filter((id) => parsed.getElementById(id) === null),
          size: [Number(root.getAttribute("width")), Number(root.getAttribute("height"))],
        };
      }, svg);
      expect(drawn.hasError).toBe(false);
      expect(drawn.missing, part).toEqual([]);
      expect(drawn.shapes, part).toBeGreaterThan(5);
      const png = await picture(page, panel, "png");
      expect(png.name).toBe(`${stem}-${part}.png`);
      const bytes = await readFile(png.file);
      expect(bytes.subarray(1, 4).toString()).toBe("PNG");
      expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual(drawn.size.map((side) => side * 2));
      // A blank picture would be far smaller.
      expect(bytes.length, part).toBeGreaterThan(8000);
    }
    expect(faults).toEqual([]);
    await handOn();
  });

  test("in the dark, the light drawing is on offer and the page stays dark", async () => {
    const { page, faults, handOn } = await site.open("?lang=en&theme=dark");
    const ground = async (item: string) =>
      /<rect width="100%" height="100%" fill="([^"]+)"/.exec(await readFile((await picture(page, ".front-panel", item)).file, "utf8"))?.[1];
    expect(await ground("light-svg")).toBe("rgb(255, 255, 255)");
    expect(await ground("svg")).not.toBe("rgb(255, 255, 255)");
    expect(await page.getAttribute("html", "data-theme")).toBe("dark");
    expect(faults).toEqual([]);
    await handOn();
  });
});

test.each([
  ["zh", "?lang=zh"],
  ["en", "?lang=en&theme=dark&cargo=ice-suv&from=CNCKG-CHANGAN-YUZUI&to=MX-MARKET&quantity=500&ready=2027-03-02&terms=DDP"],
  ["en", "?lang=en&to=UZ-MARKET&quantity=120&due=2027-04-15&cargo=bev-suv&from=CNCKG-SERES&ready=2027-03-02&terms=DDP"],
])("what is printed is one page of A4 with the table's numbers: %s %s", async (_lang, address) => {
  const { page, faults, handOn } = await site.open(address);
  // Once the sheet is there it follows every way of printing.
  await page.waitForFunction(() => performance.getEntriesByType("resource").some((entry) => entry.name.includes("takeaway-sheet")));
  await page.waitForTimeout(300);
  const pdf = (await page.pdf({ preferCSSPageSize: true, printBackground: true })).toString("latin1");
  expect(pdf.match(/\/Type\s*\/Page\b(?!s)/g)).toHaveLength(1);
  const [, width, height] = /\/MediaBox\s*\[\s*0\s+0\s+([\d.]+)\s+([\d.]+)/.exec(pdf)!.map(Number);
  // 210 by 297 mm in points.
  expect(width).toBeCloseTo(595.28, 0);
  expect(height).toBeCloseTo(841.89, 0);
  const costs = await page.$$eval(".best-row [data-of=cost]", (list) => list.map((e) => e.textContent));
  const printed = await page.evaluate(() => {
    dispatchEvent(new Event("beforeprint"));
    const sheet = document.querySelector("#print-sheet")!;
    sheet.classList.add("measured");
    const bottom = Math.max(...[...sheet.querySelectorAll(".sheet > *")].map((e) => e.getBoundingClientRect().bottom));
    const told = {
      text: sheet.textContent,
      height: bottom - sheet.getBoundingClientRect().top,
      maps: sheet.querySelectorAll(".land").length,
    };
    dispatchEvent(new Event("afterprint"));
    return { ...told, isGone: document.querySelector("#print-sheet") === null };
  });
  expect(costs.length).toBeGreaterThan(1);
  for (const cost of costs) expect(printed.text).toContain(cost);
  expect(printed.height).toBeLessThanOrEqual(1040);
  expect(printed.maps).toBe(1);
  expect(printed.isGone).toBe(true);
  expect(faults).toEqual([]);
  await handOn();
});

describe("the link", () => {
  test("is copied and opens the very same view", async () => {
    const { page, context, faults, handOn } = await site.open("?lang=zh");
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    await page.locator(".best-row .row-button").nth(1).click();
    await page.click(".takeaway-button");
    await page.click('[data-item="link"]');
    await page.waitForFunction((text) => document.querySelector(".takeaway-note")?.textContent === text, zh.copied);
    const link = await page.evaluate(() => navigator.clipboard.readText());
    expect(link).toBe(await addressOf(page));
    const open = await page.getAttribute(".chain-row.open", "data-chain");
    await page.goto("about:blank");
    await page.goto(link);
    await settled(page);
    expect(await page.getAttribute(".chain-row.open", "data-chain")).toBe(open);
    expect(faults).toEqual([]);
    await context.clearPermissions();
    await handOn();
  });

  test("without a clipboard it stands in a field to be copied by hand", async () => {
    const { page, faults, handOn } = await site.open("?lang=en");
    await page.evaluate(() => {
      navigator.clipboard.writeText = () => Promise.reject(new Error("denied"));
    });
    await page.click(".takeaway-button");
    await page.click('[data-item="link"]');
    expect(await page.inputValue(".takeaway-note input")).toBe(page.url());
    expect(await page.textContent(".takeaway-note p")).toBe(en.copyByHand);
    expect(await page.evaluate(() => (document.activeElement as HTMLInputElement).value ?? "")).toBe(page.url());
    expect(faults).toEqual([]);
    await handOn();
  });

  test("that is too long says so and offers the file", async () => {
    // Long without a meaning: the key of a chain that is not there.
    const { page, faults, handOn } = await site.open(`?lang=en&${["chain", "pin"].map((key) => `${key}=${"重".repeat(390)}`).join("&")}`);
    await page.click(".takeaway-button");
    await page.click('[data-item="link"]');
    expect(await page.textContent(".takeaway-note p")).toContain("2,000");
    const { name } = await download(page, () => page.click(".takeaway-note .plain-button"));
    expect(name).toBe(`${stem}.json`);
    expect(faults).toEqual([]);
    await handOn();
  });
});

describe("opening a scenario file", () => {
  const tashkent = { cargo: "bev-suv", quantity: 120, from: "CNCKG-SERES", to: "UZ-MARKET", ready: "2027-03-02", due: "2027-04-15" };
  const write = async (name: string, value: unknown) => {
    const file = join(folder, name);
    await writeFile(file, typeof value === "string" ? value : JSON.stringify(value));
    return file;
  };

  test("a chosen one is answered", async () => {
    const { page, faults, handOn } = await site.open("?lang=zh");
    await page.setInputFiles(".open-file input", await write("塔什干.json", { id: "t", shipments: [tashkent] }));
    await page.waitForFunction((text) => document.querySelector(".open-note")?.textContent === text, zh.opened("塔什干.json"));
    await settled(page);
    expect(await page.inputValue("#quantity")).toBe("120");
    expect(new URL(await addressOf(page)).searchParams.get("to")).toBe("UZ-MARKET");
    const { name, file } = await take(page, "json");
    await expectPageShows(page, await runSaved(file, name));
    expect(faults).toEqual([]);
    await handOn();
  });

  test("a dropped one with several shipments asks which", async () => {
    const { page, faults, handOn } = await site.open("?lang=en");
    const text = JSON.stringify({
      id: "two",
      shipments: [tashkent, { ...tashkent, id: "b", title: { zh: "二", en: "Second" }, quantity: 7 }],
    });
    await page.evaluate((content) => {
      const data = new DataTransfer();
      data.items.add(new File([content], "two.json", { type: "application/json" }));
      dispatchEvent(new DragEvent("dragover", { dataTransfer: data, cancelable: true }));
      document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
    }, text);
    await page.click('.open-note button:has-text("Second")');
    await settled(page);
    expect(await page.inputValue("#quantity")).toBe("7");
    expect(await page.locator(".drop-here").count()).toBe(0);
    expect(faults).toEqual([]);
    await handOn();
  });

  test("what is wrong is told with its place and a hint, and nothing else changes", async () => {
    const { page, faults, handOn } = await site.open("?lang=en");
    const before = await addressOf(page);
    await page.setInputFiles(
      ".open-file input",
      await write("bad.json", { id: "x", shipmnets: [], shipments: [{ ...tashkent, quantity: "many" }] }),
    );
    await page.waitForSelector(".open-note .notice-problem");
    const told = await page.$$eval(".open-note li", (items) => items.map((item) => item.textContent));
    expect(told.some((line) => line.includes("shipmnets") && line.includes("shipments"))).toBe(true);
    expect(told.some((line) => line.includes("shipments/0/quantity"))).toBe(true);
    expect(await accessibilityFindings(page)).toEqual([]);
    expect(await addressOf(page)).toBe(before);
    await page.setInputFiles(".open-file input", await write("broken.json", '{\n"id": "x",,}'));
    await page.waitForFunction(() => document.querySelector(".open-note h2")?.textContent.includes("broken.json") === true);
    expect(await page.textContent(".open-note li code")).toBe(en.atLine(2, 11));
    await page.click(`.open-note button:has-text("${en.close}")`);
    expect(await page.locator(".open-note .notice").count()).toBe(0);
    expect(faults).toEqual([]);
    await handOn();
  });
});
