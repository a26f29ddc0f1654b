import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Scenario } from "../../src/model/index.ts";
import { type ShipmentResult, runScenario } from "../../src/scenario/index.ts";
import { en } from "../../web/i18n/en.ts";
import { fen, whole } from "../../web/i18n/format.ts";
import { zh } from "../../web/i18n/zh.ts";
import { namedChains } from "../../web/state/chains.ts";
import { type ShipmentForm, builtinShipment, scenarioOf } from "../../web/state/shipment.ts";
import { type BuiltPage, accessibilityFindings, addressOf, settled, startPage, valuesIn } from "./page.ts";

let site: BuiltPage;
beforeAll(async () => {
  site = await startPage();
}, 300_000);
afterAll(() => site?.close());

const expected = (form: ShipmentForm) => runScenario(scenarioOf(form) as Scenario).shipments[0]!;
const builtin = expected(builtinShipment);
const tashkent: ShipmentForm = { ...builtinShipment, to: "UZ-MARKET", quantity: "120", due: "2027-04-15" };
const linkOf = (change: Record<string, string>) => `?${new URLSearchParams(change).toString()}`;
const rowOf = (key: string) => `tr[data-chain="${key}"]`;

/** Every option of the table against the engine run in Node. */
async function expectSameNumbers(page: Page, shipment: ShipmentResult): Promise<void> {
  const named = namedChains(shipment, "landed");
  for (const result of shipment.options) {
    const best = named.find((n) => n.option === result.option && n.isBest);
    if (best === undefined) {
      expect(await page.textContent(`tr[data-option="${result.option}"]`)).toContain(result.missing!.reason.zh);
      continue;
    }
    const { chain } = best;
    expect(await valuesIn(page, rowOf(best.key)), best.key).toEqual({
      cost: String(chain.cost.cny),
      range: `${chain.cost.range.low}/${chain.cost.range.high}`,
      days: String(chain.time.days),
      arrival: chain.time.arrivalDate,
      co2e: String(chain.co2eKg),
      ...(chain.due === undefined ? {} : { slack: String(chain.due.slackDays), chance: String(chain.due.onTimeChance) }),
    });
    expect(await page.textContent(`${rowOf(best.key)} [data-of=cost]`)).toBe(whole(chain.cost.cny, "zh"));
  }
}

describe("the built page", () => {
  test("opens with the built-in shipment answered, to the last digit of every option", async () => {
    const { page, faults, handOn } = await site.open("");
    await expectSameNumbers(page, builtin);
    expect(await page.locator(".mark").count()).toBe(builtin.points.length);
    expect(await page.locator(".map-picture .route.shown").count()).toBeGreaterThan(0);
    expect(await page.title()).toContain("渝车");
    expect(faults).toEqual([]);
    await handOn();
  });

  test("an opened chain shows every line and item to the fen, figures and sources as text and safe links", async () => {
    const { page, faults, handOn } = await site.open("");
    const best = namedChains(builtin, "landed")[0]!;
    await page.click(`${rowOf(best.key)} .row-button`);
    await page.waitForSelector(".cost-lines");
    const shown = await valuesIn(page, ".cost-lines");
    expect(shown).toEqual({
      ...Object.fromEntries(Object.entries(best.chain.cost.lines).map(([line, cny]) => [`line-${line}`, String(cny)])),
      total: String(best.chain.cost.cny),
      logistics: String(best.chain.cost.logisticsCny),
    });
    expect(await page.textContent(".cost-lines [data-of=total]")).toBe(fen(best.chain.cost.cny, "zh"));
    expect(await page.$$eval(".cost-item data", (items) => items.map((i) => i.getAttribute("value")).sort())).toEqual(
      best.chain.costItems.map((i) => String(i.cny)).sort(),
    );
    expect(await page.locator(".step").count()).toBe(best.chain.elements.length);
    await page.click(".cost-line[data-line=main-carriage] > summary");
    await page.click(".cost-line[data-line=main-carriage] .cost-item >> nth=0 >> summary");
    await page.waitForSelector(".cost-line[data-line=main-carriage] .sources li");
    const links = await page.$$eval(".sources a", (list) =>
      list.map((a) => ({ rel: a.getAttribute("rel"), href: a.getAttribute("href") })),
    );
    expect(links.length).toBeGreaterThan(0);
    for (const link of links) {
      expect(link.rel).toContain("noopener");
      expect(link.href).toMatch(/^https?:/);
    }
    expect(faults).toEqual([]);
    await handOn();
  });

  test("a change of the form asks again, goes into the address, and a reload or a sent link restores it all", async () => {
    const { page, faults, handOn } = await site.open("");
    await page.fill("#to", "tashk");
    await page.keyboard.press("Enter");
    await page.fill("#quantity", "120");
    await page.fill("#due", "2027-04-15");
    await settled(page);
    await expectSameNumbers(page, expected(tashkent));
    await page.click(".winner >> nth=1");
    await page.click('.switch button:has-text("深色")');
    await page.click(`.measure button:has-text("${zh.answer.measures.logistics}")`);
    const chain = await page.getAttribute(".detail-row", "class").then(() => page.getAttribute(".chain-row.open", "data-chain"));
    const address = await addressOf(page);
    expect(Object.fromEntries(new URL(address).searchParams)).toMatchObject({
      to: "UZ-MARKET",
      quantity: "120",
      theme: "dark",
      cost: "logistics",
      chain,
    });
    await page.reload();
    await settled(page);
    expect(await page.getAttribute(".chain-row.open", "data-chain")).toBe(chain);
    expect(await page.getAttribute("html", "data-theme")).toBe("dark");
    expect(await page.inputValue("#quantity")).toBe("120");
    expect(await addressOf(page)).toBe(address);
    expect(faults).toEqual([]);
    await handOn();
  });

  test("speaks English and Chinese, follows the system's theme and can be switched", async () => {
    const { page, faults, handOn } = await site.open("", { locale: "en-GB", colorScheme: "dark" });
    expect(await page.textContent("h1")).toBe(en.title);
    expect(await page.getAttribute("html", "lang")).toBe("en");
    const ground = () => page.$eval("body", (body) => getComputedStyle(body).backgroundColor);
    const dark = await ground();
    await page.click('.switch button:has-text("Light")');
    expect(await ground()).not.toBe(dark);
    await page.click('.switch button:has-text("中文")');
    expect(await page.textContent("h1")).toBe(zh.title);
    expect(await page.inputValue("#to")).toContain("泽布吕赫");
    expect(await page.getAttribute("html", "lang")).toBe("zh-CN");
    expect(faults).toEqual([]);
    await handOn();
  });

  test.each([
    ["to", { to: '<img src=x onerror="alert(1)">' }],
    ["from", { from: "No Such Plant" }],
    ["cargo", { cargo: "'; DROP TABLE cargos; --" }],
    ["quantity", { quantity: "javascript:alert(1)" }],
    ["ready", { ready: "2027-02-30" }],
  ])("a hostile or unknown %s in a link is told beside its field and does no harm", async (field, change) => {
    const { page, faults, handOn } = await site.open(linkOf({ ...builtinShipment, ...change, lang: "en" }));
    expect(await page.inputValue(`#${field}`)).toBe(Object.values(change)[0]);
    expect((await page.textContent(`#${field}-error`))?.length).toBeGreaterThan(5);
    expect(await page.getAttribute(`#${field}`, "aria-invalid")).toBe("true");
    expect(await page.locator("img").count()).toBe(0);
    expect(await page.textContent(".notice-problem h2")).toBe(en.states.problems);
    // Put right, the page answers.
    await page.focus("#preset");
    await page.selectOption("#preset", "europe-ro-ro-or-rail/zeebrugge");
    await settled(page);
    await page.waitForSelector(".options");
    expect(faults).toEqual([]);
    await handOn();
  });

  test("says so when nothing gets there, and when something is left out", async () => {
    const { page, faults, handOn } = await site.open(linkOf({ ...builtinShipment, cargo: "heavy-truck", to: "IN-MARKET", due: "" }));
    const shipment = expected({ ...builtinShipment, cargo: "heavy-truck", to: "IN-MARKET", due: "" });
    expect(shipment.options.every((o) => o.chains.length === 0)).toBe(true);
    expect(await page.locator(".notice-no-route").count()).toBe(1);
    for (const { option, missing } of shipment.options)
      expect(await page.textContent(`tr[data-option="${option}"]`)).toContain(missing!.reason.zh);
    await page.fill("#quantity", "");
    await page.waitForSelector(".notice-empty");
    expect(faults).toEqual([]);
    await handOn();
  });

  test("the form works by keyboard alone", async () => {
    const { page, faults, handOn } = await site.open("");
    await page.focus("#cargo");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("to");
    await page.keyboard.type("塔什干");
    expect(await page.getAttribute("#to", "aria-expanded")).toBe("true");
    await page.keyboard.press("ArrowDown");
    const active = await page.getAttribute("#to", "aria-activedescendant");
    expect(await page.getAttribute(`#${active}`, "aria-selected")).toBe("true");
    await page.keyboard.press("Escape");
    expect(await page.inputValue("#to")).toContain("泽布吕赫");
    await page.keyboard.type("塔什干");
    await page.keyboard.press("Enter");
    expect(await page.inputValue("#to")).toContain("塔什干");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Control+A");
    await page.keyboard.type("120");
    await settled(page);
    const button = page.locator(".best-row .row-button").first();
    await button.focus();
    await page.keyboard.press("Enter");
    expect(await button.getAttribute("aria-expanded")).toBe("true");
    expect(faults).toEqual([]);
    await handOn();
  });

  test("pointing at the chart or the table shows the same chain on the map and in both", async () => {
    const { page, faults, handOn } = await site.open("");
    const row = page.locator(".best-row").nth(1);
    const key = await row.getAttribute("data-chain");
    await row.hover();
    expect(await page.getAttribute(".mark.shown", "data-key")).toBe(key);
    const before = await page.getAttribute(".map-picture", "aria-label");
    await page.locator(".best-row").nth(2).hover();
    expect(await page.getAttribute(".map-picture", "aria-label")).not.toBe(before);
    await page.click('button[aria-label="放大"]');
    await page.waitForFunction(() => /scale\(1\.6\)/.test(document.querySelector(".map-picture > g")?.getAttribute("transform") ?? ""));
    expect(faults).toEqual([]);
    await handOn();
  });

  test("the watch over the page sees a policy violation and a foreign request", async () => {
    const { page, faults, handOn } = await site.open("");
    await page.evaluate(() => {
      document.body.setAttribute("style", "color: red");
      const image = document.createElement("img");
      image.src = "https://example.invalid/x.png";
      document.body.append(image);
    });
    await page.waitForTimeout(200);
    expect(faults.some((fault) => fault.includes("policy: style-src"))).toBe(true);
    expect(faults.some((fault) => fault.includes("policy: img-src"))).toBe(true);
    await handOn();
  });

  test.each([
    ["zh", "light", 1440],
    ["en", "dark", 1440],
    ["zh", "light", 390],
    ["en", "light", 2560],
  ] as const)("axe-core finds nothing and nothing is wider than the screen: %s %s %d px", async (lang, theme, width) => {
    const { page, faults, handOn } = await site.open(`?lang=${lang}&theme=${theme}`, { width });
    await page.click(".best-row .row-button >> nth=0");
    await page.click(".front-table summary");
    expect(await accessibilityFindings(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    expect(faults).toEqual([]);
    await handOn();
  });
});
