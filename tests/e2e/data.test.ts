import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Scenario } from "../../src/model/index.ts";
import { builtinNetwork } from "../../src/network/index.ts";
import { countFigures } from "../../src/report/index.ts";
import { type ScenarioResult, runScenario } from "../../src/scenario/index.ts";
import { dataWords } from "../../web/i18n/data.ts";
import { whole } from "../../web/i18n/format.ts";
import { zh as messages } from "../../web/i18n/zh.ts";
import { builtinShipment, scenarioOf } from "../../web/state/shipment.ts";
import { figureChange } from "../../web/state/adjustments.ts";
import { departures } from "../../web/worker/data.ts";
import { yuche } from "../support/cli.ts";
import { type BuiltPage, accessibilityFindings, addressOf, startPage } from "./page.ts";

let site: BuiltPage;
beforeAll(async () => {
  site = await startPage();
}, 300_000);
afterAll(() => site?.close());

const { zh, en } = dataWords;
const data = builtinNetwork();
const capital = "finance/capitalPercentPerYear";
const run = (change: [address: string, value: number][]): ScenarioResult =>
  runScenario(
    scenarioOf(
      builtinShipment,
      change.map(([address, value]) => figureChange(address, value)),
    ) as Scenario,
  );

let builtin: ScenarioResult | undefined;
/** The answer without any change. */
const unchanged = (): ScenarioResult => (builtin ??= run([]));

const ready = (page: Page) => page.waitForSelector('.data-page[data-ready="true"][data-busy="false"]', { timeout: 50_000 });

/** Opens the data page with a link. */
function openData(query: Record<string, string>, options: Parameters<BuiltPage["open"]>[1] = {}) {
  return site.open(`?${new URLSearchParams({ page: "data", lang: "zh", ...query }).toString()}`, options);
}

/** Costs before and after as the page shows them, by option. */
const movesOn = (page: Page) =>
  page.$$eval(".moves tr[data-option]", (rows) =>
    rows.map((row) => ({
      option: (row as HTMLElement).dataset["option"],
      cny: Number(row.querySelector('[data-of="cny"]')?.getAttribute("value")),
      difference: Number(row.querySelector('[data-of="cny-difference"]')?.getAttribute("value") ?? 0),
    })),
  );

const expectedMoves = (before: ScenarioResult, after: ScenarioResult) =>
  after.shipments[0]!.options.flatMap(({ option, chains }) => {
    const was = before.shipments[0]!.options.find((o) => o.option === option)!.chains[0];
    return chains[0] === undefined || was === undefined
      ? []
      : [
          {
            option,
            cny: chains[0].cost.cny,
            difference: Math.abs(chains[0].cost.cny - was.cost.cny) < 0.5 ? 0 : chains[0].cost.cny - was.cost.cny,
          },
        ];
  });

describe("the table of figures", () => {
  test("has all figures, the assumed and influential first, and only those in sight in the page", async () => {
    const { page, faults, handOn } = await site.open("");
    await page.click(`nav button:has-text("${messages.pages.data}")`);
    await ready(page);
    const all = countFigures(data).all;
    expect(await page.textContent(".data-count")).toBe(zh.count(whole(all, "zh"), whole(all, "zh")));
    expect(await page.getAttribute(".figure-table", "aria-rowcount")).toBe(String(all + 1));
    expect(await page.locator("tr[data-address]").count()).toBeLessThan(60);
    const first = page.locator("tr[data-address]").first();
    expect(await first.locator(".basis-mark").textContent()).toBe(zh.bases.assumed);
    expect(await first.locator(".cell-influence").textContent()).toMatch(/\d/);
    await page.$eval(".figure-frame", (frame) => frame.scrollTo({ top: frame.scrollHeight }));
    await page.waitForSelector(`tr[aria-rowindex="${all + 1}"]`);
    expect(await page.locator("tr[data-address]").count()).toBeLessThan(60);
    expect(faults).toEqual([]);
    await handOn();
  });

  test("finds by words, basis and kind; says when nothing fits; the link brings it back", async () => {
    const { page, faults, handOn } = await openData({});
    await page.fill("#find", "三峡 排队");
    await page.waitForSelector('tr[data-address="figures/china-lock-priority-wait"]');
    await page.selectOption("#kind", "cost");
    await page.waitForSelector(".notice-empty");
    expect(await page.textContent(".notice-empty h2")).toBe(zh.none);
    expect(new URL(await addressOf(page)).searchParams.get("keep")).toBe("cost");
    await page.reload();
    await ready(page);
    expect(await page.inputValue("#find")).toBe("三峡 排队");
    expect(await page.inputValue("#kind")).toBe("cost");
    await page.click(`button:has-text("${zh.clear}")`);
    await page.waitForSelector("tr[data-address]");
    expect(await page.inputValue("#find")).toBe("");
    await page.click(`.data-chip:has-text("${zh.bases.published}")`);
    const published = countFigures(data).byBasis.published;
    expect(await page.getAttribute(".figure-table", "aria-rowcount")).toBe(String(published + 1));
    expect(new Set(await page.locator("tr[data-address] .basis-mark").allTextContents())).toEqual(new Set([zh.bases.published]));
    expect(faults).toEqual([]);
    await handOn();
  });

  test("goes by keyboard from end to end, and opens what stands there", async () => {
    const { page, faults, handOn } = await openData({ keep: "by-place" });
    const focused = () => page.evaluate(() => document.activeElement?.closest("tr")?.getAttribute("aria-rowindex"));
    await page.locator(".row-open").first().focus();
    for (const key of ["ArrowDown", "ArrowDown", "ArrowUp", "PageDown"]) await page.keyboard.press(key);
    // The rows in view are drawn after the key.
    await expect.poll(async () => Number(await focused())).toBeGreaterThan(4);
    await page.keyboard.press("End");
    await expect.poll(focused).toBe(String(countFigures(data).all + 1));
    await page.keyboard.press("Home");
    await expect.poll(focused).toBe("2");
    await page.keyboard.press("Enter");
    await page.waitForSelector(".figure-detail .figure-address");
    const address = await page.getAttribute('tr[aria-rowindex="2"]', "data-address");
    expect(await page.textContent(".figure-detail .figure-address")).toBe(address);
    expect(new URL(await addressOf(page)).searchParams.get("see")).toBe(address);
    expect(faults).toEqual([]);
    await handOn();
  });

  test("shows sources as text and safe links, and leads to the users and back", async () => {
    const { page, faults, handOn } = await openData({ see: "figures/rail-rate-europe" });
    await page.waitForSelector(".figure-detail .sources a");
    for (const link of await page.$$eval(".figure-detail .sources a, .cell-source a", (links) =>
      links.map((a) => [a.getAttribute("href"), a.getAttribute("rel"), a.getAttribute("target")]),
    )) {
      expect(link[0]).toMatch(/^https?:\/\//);
      expect(link.slice(1)).toEqual(["noopener noreferrer", "_blank"]);
    }
    const user = page.locator('.figure-users button[data-member^="services/"]').first();
    const member = await user.getAttribute("data-member");
    await user.click();
    await page.waitForSelector(".member-detail");
    expect(await page.textContent(".member-detail .figure-address")).toBe(member);
    await page.click('.member-detail [data-figure="figures/rail-rate-europe"]');
    expect(await page.textContent(".figure-detail .figure-address")).toBe("figures/rail-rate-europe");
    expect(faults).toEqual([]);
    await handOn();
  });
});

describe("changing a figure", () => {
  test("shows what moves as the engine has it; undo, redo, take back; the link keeps it", async () => {
    const { page, faults, handOn } = await openData({ see: capital });
    expect(await page.locator(".moves").count()).toBe(0);
    await page.fill("#change", "4");
    await page.keyboard.press("Enter");
    await page.waitForSelector(".moves table");
    await ready(page);
    const before = unchanged();
    expect(await movesOn(page)).toEqual(expectedMoves(before, run([[capital, 4]])));
    expect((await movesOn(page)).some(({ difference }) => difference !== 0)).toBe(true);
    await page.click(`.change-quick button:has-text("${zh.takeHigh("4.2")}")`);
    await page.waitForFunction(() => document.querySelector(".detail-value data")?.getAttribute("value") === "4.2");
    await ready(page);
    await page.waitForTimeout(900);
    await page.click(`.changes-bar button:has-text("${zh.changes.undo}")`);
    await page.waitForFunction(() => document.querySelector(".detail-value data")?.getAttribute("value") !== "4.2");
    await page.click(`.changes-bar button:has-text("${zh.changes.redo}")`);
    await page.waitForFunction(() => document.querySelector(".detail-value data")?.getAttribute("value") === "4.2");
    await page.reload();
    await ready(page);
    expect(await movesOn(page)).toEqual(expectedMoves(before, run([[capital, 4.2]])));
    await page.click(`.changes-bar button:has-text("${zh.changes.reset}")`);
    await page.waitForSelector(".moves", { state: "detached" });
    expect(new URL(await addressOf(page)).searchParams.has("adjust")).toBe(false);
    expect(faults).toEqual([]);
    await handOn();
  });

  test("tells what is no number, what cannot be, and what lies outside the range", async () => {
    const { page, faults, handOn } = await openData({ see: "figures/rail-rate-europe" });
    const hint = () => page.textContent("#change-hint");
    await page.fill("#change", "<b>lots</b>");
    expect(await hint()).toBe(zh.notNumber);
    expect(await page.isDisabled(".change-input button")).toBe(true);
    await page.keyboard.press("Enter");
    await page.fill("#change", "-5");
    expect(await hint()).toBe(zh.negative);
    await page.keyboard.press("Enter");
    expect(await page.textContent(".changes-bar p")).toBe(zh.changes.none);
    await page.fill("#change", "99,000");
    expect(await hint()).toContain("–");
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.querySelector(".detail-value data")?.getAttribute("value") === "99000");
    await ready(page);
    expect(await movesOn(page)).toEqual(expectedMoves(unchanged(), run([["figures/rail-rate-europe", 99_000]])));
    expect(faults).toEqual([]);
    await handOn();
  });

  test("the saved scenario gives the same numbers on the command line", async () => {
    const folder = await mkdtemp(join(tmpdir(), "yuche-data-"));
    const address = "services/river-roro-guoyuan-waigaoqiao/stops/CNTAG/stayHours";
    const { page, faults, handOn } = await openData({ see: capital });
    for (const [where, value] of [
      [capital, "2.5"],
      [address, "12"],
    ] as const) {
      await page.fill("#find", where);
      await page.click(`tr[data-address="${where}"] .row-open`);
      await page.fill("#change", value);
      await page.click(".change-input button");
    }
    await page.waitForFunction((words) => document.querySelector(".changes-bar p")?.textContent === words, zh.changes.count(2));
    await ready(page);
    const shown = await movesOn(page);
    const [download] = await Promise.all([page.waitForEvent("download"), page.click(`.changes-bar button:has-text("${zh.changes.save}")`)]);
    const text = await readFile(await download.path(), "utf8");
    const file = join(folder, "changed.json");
    await writeFile(file, text);
    const { code, err } = await yuche(["run", file, "--out", join(folder, "results")]);
    expect(code, err).toBe(0);
    const result = JSON.parse(
      await readFile(join(folder, "results", `${(JSON.parse(text) as { id: string }).id}.result.json`), "utf8"),
    ) as ScenarioResult;
    expect(shown).toEqual(expectedMoves(unchanged(), result));
    expect(shown.some(({ difference }) => difference !== 0)).toBe(true);
    expect(faults).toEqual([]);
    await handOn();
    await rm(folder, { recursive: true, force: true });
  });
});

describe("the network on the map", () => {
  test("a service found by name shows its next departures, stops and rules, and leads to its places", async () => {
    const { page, faults, handOn } = await openData({ tab: "network" });
    await page.click("#member");
    const id = "rail-container-tuanjiecun-duisburg-fixed";
    // As typed, but for the start: every letter searches anew.
    await page.fill("#member", id.slice(0, -4));
    await page.keyboard.type(id.slice(-4));
    await page.keyboard.press("Enter");
    await page.waitForSelector(".member-detail .departures");
    const expected = departures({ of: { service: id }, from: builtinShipment.ready, levers: [], limit: 6 });
    expect(await page.$$eval(".departures li > time", (times) => times.map((time) => time.getAttribute("datetime")))).toEqual(
      expected.map((d) => d.departure),
    );
    const service = data.services.find((s) => s.id === id)!;
    expect(await page.$$eval(".member-stops .call > button", (stops) => stops.map((s) => s.getAttribute("data-member")))).toEqual(
      service.stops.map((stop) => `locations/${stop.at}`),
    );
    expect(await page.locator(".map-picture .route.shown").count()).toBe(service.stops.length - 1);
    await page.click('.member-stops [data-member="locations/CNCKG-TUANJIECUN"]');
    await page.waitForSelector(".member-detail .departures");
    expect(new URL(await addressOf(page)).searchParams.get("see")).toBe("locations/CNCKG-TUANJIECUN");
    expect(await page.locator('.member-detail [data-member^="operations/"]').count()).toBeGreaterThan(0);
    expect(faults).toEqual([]);
    await handOn();
  });

  test("a click on the map chooses a place, or tells what lies there; modes can be left out", async () => {
    const { page, faults, handOn } = await openData({ tab: "network" });
    expect(await page.locator(".map-picture circle.stop").count()).toBe(data.locations.filter((l) => l.lat !== undefined).length);
    const labels = await page.$$eval(".place-names text", (texts) => texts.map((text) => text.textContent));
    expect(labels.length).toBeGreaterThan(20);
    const boxes = await page.$$eval(".place-names text", (texts) => texts.map((text) => text.getBoundingClientRect().toJSON() as DOMRect));
    for (const [i, a] of boxes.entries())
      for (const b of boxes.slice(i + 1))
        expect(a.left < b.right - 2 && b.left < a.right - 2 && a.top < b.bottom - 5 && b.top < a.bottom - 5).toBe(false);
    const spots = await page.$$eval(".map-picture circle.stop", (circles) =>
      circles.map((c) => c.getBoundingClientRect().toJSON() as DOMRect),
    );
    // The southernmost stands alone on its coast.
    const southernmost = spots.toSorted((a, b) => b.top - a.top)[0]!;
    await page.mouse.click(southernmost.left + southernmost.width / 2, southernmost.top + southernmost.height / 2);
    await page.waitForSelector(".member-detail, .picked");
    const chosen = await page.$$eval(".member-detail .figure-address, .picked [data-member]", (found) =>
      found.map((element) => element.getAttribute("data-member") ?? element.textContent ?? ""),
    );
    const country = data.locations.toSorted((a, b) => (a.lat ?? 90) - (b.lat ?? 90))[0]!.country;
    expect(chosen.length).toBeGreaterThan(0);
    for (const member of chosen) expect(data.locations.find((l) => `locations/${l.id}` === member)?.country, member).toBe(country);
    const sea = () => page.getAttribute(".route.network.mode-sea", "d");
    expect((await sea())!.length).toBeGreaterThan(1000);
    await page.click(".mode-toggles button >> nth=0");
    await expect.poll(sea).toBe("");
    expect(await page.getAttribute(".mode-toggles button >> nth=0", "aria-pressed")).toBe("false");
    await page.click(".network-list summary");
    await expect.poll(() => page.locator(".network-list li").count()).toBe(data.services.filter((s) => s.mode !== "sea").length);
    expect(faults).toEqual([]);
    await handOn();
  });
});

describe("links to a figure", () => {
  test("from the cost lines of an opened chain, and back", async () => {
    const { page, faults, handOn } = await site.open("?lang=zh");
    await page.click(".best-row .row-button >> nth=0");
    await page.waitForSelector(".chain-detail");
    await page.locator(".cost-line > summary").first().click();
    await page.locator(".cost-line[open] .cost-item > summary").first().click();
    const link = page.locator(".cost-item[open] [data-figure]").first();
    const address = (await link.getAttribute("data-figure"))!;
    expect(await link.textContent()).toBe(address);
    await link.click();
    await page.waitForSelector(".figure-detail");
    expect(await page.textContent(".figure-detail .figure-address")).toBe(address);
    await page.goBack();
    await page.waitForSelector(".chain-detail");
    expect(faults).toEqual([]);
    await handOn();
  });

  test("by the name that the way back of a service has for it", async () => {
    const [service, here, there] = ["road-car-guoyuan-yuzui-station", "CNCKG-GUOYUAN", "CNCKG-YUZUI"];
    const back = `services/${service}/stops/${here}/hours`;
    const { page, faults, handOn } = await openData({ see: back });
    await page.waitForSelector(".figure-detail");
    const own = `services/${service}/stops/${there}/hours`;
    expect(await page.textContent(".figure-detail .figure-address")).toBe(own);
    expect(await page.getAttribute("tr.is-open", "data-address")).toBe(own);
    expect(faults).toEqual([]);
    await handOn();
  });

  test("a figure that is changed by hand in the address is marked, and taken back", async () => {
    const [address, other] = ["figures/china-lock-priority-wait", "figures/rail-rate-europe"];
    const texts = [`${address}=9`, "figures/rail-rate-*/value=99000"];
    const query = new URLSearchParams([
      ["page", "data"],
      ["lang", "zh"],
      ["see", address],
      ["keep", "changed"],
    ]);
    for (const text of texts) query.append("adjust", text);
    const { page, faults, handOn } = await site.open(`?${query.toString()}`);
    await ready(page);
    expect(await page.getAttribute(".detail-value data", "value")).toBe("9");
    const marked = () => page.$$eval("tr.is-changed", (rows) => rows.map((row) => row.getAttribute("data-address")));
    expect(await marked()).toEqual(expect.arrayContaining([address, other]));
    await page.click(".change-quick button:last-child");
    await expect.poll(marked).not.toContain(address);
    await page.click(`tr[data-address="${other}"] .row-open`);
    await page.waitForSelector(`.figure-detail .figure-address:text-is("${other}")`);
    await page.click(".change-quick button:last-child");
    await expect.poll(marked).not.toContain(other);
    expect(await page.locator(".detail-value data").getAttribute("value")).not.toBe("99000");
    expect(faults).toEqual([]);
    await handOn();
  });
});

describe("the data page", () => {
  test("a hostile link does no harm and shows the page", async () => {
    const nasty = '<img src=x onerror="alert(1)">';
    const { page, faults, handOn } = await openData({ find: nasty, keep: `${nasty},used`, see: `locations/${nasty}`, tab: nasty });
    expect(await page.inputValue("#find")).toBe(nasty);
    expect(await page.locator("img").count()).toBe(0);
    expect(await page.textContent(".notice-empty h2")).toBe(zh.none);
    await page.click(`.data-head button:has-text("${zh.tabs.network}")`);
    await page.waitForSelector(".map-picture");
    expect(await page.textContent(".data-detail")).toContain(zh.network.choose);
    expect(faults).toEqual([]);
    await handOn();
  });

  test("on a phone the figure takes the place of the list, and goes back to it", async () => {
    const { page, faults, handOn } = await openData({ lang: "en" }, { width: 390, height: 844 });
    await page.locator(".row-open").nth(2).click();
    await page.waitForSelector(".figure-detail");
    expect(await page.isVisible(".figure-frame")).toBe(false);
    await page.click(`button:has-text("${en.back}")`);
    expect(await page.isVisible(".figure-frame")).toBe(true);
    expect(await page.locator(".figure-detail").count()).toBe(0);
    expect(faults).toEqual([]);
    await handOn();
  });

  test.each([
    ["zh", "light", 1440],
    ["en", "dark", 1440],
    ["en", "light", 390],
    ["zh", "dark", 2560],
  ] as const)("axe-core finds nothing and nothing is wider than the screen: %s %s %d px", async (lang, theme, width) => {
    const { page, faults, handOn } = await openData({ lang, theme, see: capital, adjust: `${capital}=4` }, { width });
    await page.waitForSelector(".moves table");
    for (const query of ["", "figure", "map"]) {
      if (query === "figure") await page.click(width < 1000 ? ".detail-back" : ".detail-close");
      if (query === "map") {
        await page.click(`.data-head button:has-text("${dataWords[lang].tabs.network}")`);
        await page.click("#member");
        await page.fill("#member", "CNCKG-GUOYUAN");
        await page.keyboard.press("Enter");
        await page.waitForSelector(".member-detail .departures");
      }
      expect(await accessibilityFindings(page), query).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    }
    expect(faults).toEqual([]);
    await handOn();
  });
});
