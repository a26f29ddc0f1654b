import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { capacityWords } from "../../web/i18n/capacity.ts";
import { dataWords } from "../../web/i18n/data.ts";
import { en } from "../../web/i18n/en.ts";
import { zh } from "../../web/i18n/zh.ts";
import { type BuiltPage, accessibilityFindings, addressOf, settled, startPage } from "./page.ts";

let site: BuiltPage;
beforeAll(async () => {
  site = await startPage();
}, 300_000);
afterAll(() => site?.close());

const long = { timeout: 180_000 };
const smallPlan = "?page=capacity&plan=plan-small";
const refused = (file: RegExp) => async (page: Page) => {
  await page.route(file, (route) => route.abort());
};
const waiting = (file: RegExp) => async (page: Page) => {
  await page.route(file, () => undefined);
};
const sticksOut = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);

describe("what does not come", () => {
  test("an engine that cannot be loaded is told in words; the form and the other pages stand", long, async () => {
    const { page, context } = await site.open("?lang=en", { before: refused(/engine\.worker/), shows: ".notice-failure" });
    expect(await page.textContent(".notice-failure h2")).toBe(en.states.failure);
    expect(await page.getAttribute("#answer", "data-busy")).toBe("false");
    expect(await page.locator("#answer .loading, .progress.busy").count()).toBe(0);
    expect(await page.isVisible("#cargo")).toBe(true);
    expect(await accessibilityFindings(page)).toEqual([]);
    await context.close();
  });

  test("a planner that cannot be loaded too, and trying again asks for it once more", long, async () => {
    let isDown = true;
    const { page, context } = await site.open(`${smallPlan}&lang=zh`, {
      before: async (opened) => {
        await opened.route(/plan\.worker/, (route) => (isDown ? route.abort() : route.continue()));
      },
      shows: ".notice-failure",
    });
    expect(await page.textContent(".notice-failure h2")).toBe(zh.states.failure);
    expect(await accessibilityFindings(page)).toEqual([]);
    isDown = false;
    await page.click(`.plan-work button:text-is("${capacityWords.zh.states.again}")`);
    await page.waitForSelector(".facts", { timeout: 120_000 });
    await context.close();
  });

  test("while the engine loads, and while the planner does, a still shape of what is to come", long, async () => {
    const compare = await site.open("?lang=zh", { before: waiting(/engine\.worker/), shows: "#answer .loading", width: 390, height: 844 });
    expect(await compare.page.textContent("#answer .loading")).toBe(zh.states.loading);
    expect(await accessibilityFindings(compare.page)).toEqual([]);
    await compare.context.close();
    const capacity = await site.open(`${smallPlan}&lang=en`, {
      before: waiting(/plan\.worker/),
      shows: "#answer .loading",
      colorScheme: "dark",
    });
    expect(await capacity.page.textContent("#answer .loading")).toBe(capacityWords.en.loading);
    expect(await accessibilityFindings(capacity.page)).toEqual([]);
    await capacity.context.close();
  });
});

describe("a question that cannot be answered", () => {
  test("all that is wrong with it is told at once, each beside its field, in the page's language", long, async () => {
    const { page, faults, handOn } = await site.open("?lang=zh&from=Nowhere&ready=2027-02-30&quantity=0");
    expect(await page.$$eval(".notice-problem li a", (links) => links.map((link) => link.getAttribute("href")))).toEqual([
      "#quantity",
      "#ready",
      "#from",
    ]);
    const told = (await page.textContent(".notice-problem"))!;
    expect(told).toContain("没有这一天");
    expect(told.replaceAll("Nowhere", "")).not.toMatch(/[a-z]{3}/i);
    for (const field of ["quantity", "ready", "from"]) expect(await page.isVisible(`#${field}-error`), field).toBe(true);
    expect(await page.textContent("#from-error")).toContain(zh.form.pick);
    expect(await accessibilityFindings(page)).toEqual([]);
    // One by one they are put right.
    await page.fill("#ready", "2027-03-02");
    await settled(page);
    expect(await page.locator(".notice-problem li").count()).toBe(2);
    expect(faults).toEqual([]);
    await handOn();
  });

  test("an empty form and a place without a way are no errors", long, async () => {
    const { page, faults, handOn } = await site.open("?lang=en&quantity=&ready=");
    expect(await page.textContent(".notice-empty p")).toBe(en.states.emptyFields("Quantity, Ready"));
    expect(await accessibilityFindings(page)).toEqual([]);
    await page.goto(new URL("?lang=en&cargo=heavy-truck&to=IN-MARKET&due=", page.url()).href);
    await page.waitForSelector(".notice-no-route");
    expect(await page.locator(".missing-row").count()).toBe(6);
    expect(await accessibilityFindings(page)).toEqual([]);
    expect(faults).toEqual([]);
    await handOn();
  });
});

describe("words and dates", () => {
  test.each([
    ["zh", "en-US", "2027年3月2日"],
    ["en", "zh-CN", "2 Mar 2027"],
  ] as const)("in %s a date reads so whatever the browser's language (%s)", async (language, locale, text) => {
    const { page, faults, handOn } = await site.open(`?lang=${language}`, { locale });
    const shown = page.locator(".field-ready .date-field > span");
    expect(await shown.textContent()).toBe(text);
    expect(await page.inputValue("#ready")).toBe("2027-03-02");
    // Who edits it has the field itself.
    await page.focus("#ready");
    expect(await shown.isVisible()).toBe(false);
    await page.fill("#ready", "2027-04-06");
    await page.keyboard.press("Tab");
    await page.focus("#quantity");
    expect(await shown.textContent()).toBe(language === "zh" ? "2027年4月6日" : "6 Apr 2027");
    expect(faults).toEqual([]);
    await handOn();
  });

  test("sources and notes in another language are marked as such", async () => {
    const { page, faults, handOn } = await site.open("?page=data&see=figures/duty-eu-cvd&lang=zh", { shows: ".figure-detail .sources a" });
    const marked = await page.$$eval(".figure-detail [lang]", (list) => list.map((e) => [e.getAttribute("lang"), e.textContent] as const));
    expect(marked.length).toBeGreaterThan(3);
    for (const [lang, text] of marked) expect([lang, /[\u4e00-\u9fff]/.test(text)]).toEqual(["en", false]);
    expect(await page.textContent(".figure-detail")).toContain(dataWords.zh.original);
    await page.click('.switch button[lang="en"]');
    expect(await page.$$eval(".figure-detail [lang]", (list) => list.map((e) => e.getAttribute("lang")))).not.toContain("en");
    expect(faults).toEqual([]);
    await handOn();
  });
});

describe("a finger", () => {
  test("that goes sideways over the cost–time chart keeps days; one that goes down scrolls; a tap pins", long, async () => {
    const { page, context, faults } = await site.open("?lang=zh", { hasTouch: true, width: 390, height: 844 });
    const touch = await context.newCDPSession(page);
    const frame = page.locator(".front-frame");
    await frame.evaluate((element) => element.scrollIntoView({ block: "center" }));
    const stroke = async (by: readonly [number, number]) => {
      const box = (await frame.boundingBox())!;
      const from = { x: box.x + box.width * 0.3, y: box.y + box.height * 0.5 };
      await touch.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: [from] });
      for (let i = 1; i <= 6; i++)
        await touch.send("Input.dispatchTouchEvent", {
          type: "touchMove",
          touchPoints: [{ x: from.x + (by[0] * i) / 6, y: from.y + (by[1] * i) / 6 }],
        });
      await touch.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
    };
    const brush = async () => new URL(await addressOf(page)).searchParams.get("brush");
    await stroke([140, 6]);
    await page.waitForFunction(() => new URLSearchParams(location.search).has("brush"));
    expect(await brush()).toMatch(/^[\d.]+-[\d.]+_-$/);
    const kept = await brush();
    const before = await page.evaluate(() => scrollY);
    await stroke([4, -200]);
    await page.waitForFunction((y) => scrollY > y + 50, before);
    expect(await brush()).toBe(kept);
    await page.locator(".brush-state button").tap();
    await page.waitForFunction(() => !new URLSearchParams(location.search).has("brush"));
    const mark = (await page.locator(".mark.on-front").last().boundingBox())!;
    await page.touchscreen.tap(mark.x + mark.width / 2, mark.y + mark.height / 2);
    await page.waitForFunction(() => new URLSearchParams(location.search).has("pin"));
    expect(faults).toEqual([]);
    await context.close();
  });
});

describe("a wall screen", () => {
  test("charts are magnified, and pointing still finds what is under the pointer", long, async () => {
    const { page, faults, handOn } = await site.open("?lang=zh", { width: 2560, height: 1440 });
    const size = (selector: string) =>
      page.$eval(
        selector,
        (text) => (text as SVGTextElement).getBoundingClientRect().height / Number.parseFloat(getComputedStyle(text).lineHeight || "1"),
      );
    expect(
      await page.$eval(".front-chart", (svg) => svg.getBoundingClientRect().width / (svg as SVGSVGElement).viewBox.baseVal.width),
    ).toBeCloseTo(1.16, 2);
    for (const selector of [".mark-name", ".place-names text"]) expect(await size(selector), selector).toBeGreaterThan(0);
    const marks = page.locator(".mark.on-front");
    for (const i of [0, (await marks.count()) - 1]) {
      const mark = marks.nth(i);
      const key = await mark.getAttribute("data-key");
      const box = (await mark.boundingBox())!;
      await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
      const shown = page.locator(".mark.shown");
      await shown.waitFor();
      const found = (await shown.boundingBox())!;
      // Marks may lie over each other: what is shown lies where the pointer is.
      expect(
        Math.hypot(found.x + found.width / 2 - box.x - box.width / 2, found.y + found.height / 2 - box.y - box.height / 2),
        key ?? "",
      ).toBeLessThan(4);
    }
    expect(await sticksOut(page)).toBeLessThanOrEqual(0);
    expect(faults).toEqual([]);
    await handOn();
  });
});

describe("Capacity", () => {
  test("with its menu open, its worth worked out and vehicles left behind axe finds nothing", long, async () => {
    const { page, faults, handOn } = await site.open(`${smallPlan}&lang=en&lever=pulp-ships`, { width: 390, height: 844 });
    await page.click(".takeaway-button");
    expect(await accessibilityFindings(page)).toEqual([]);
    expect(await sticksOut(page)).toBeLessThanOrEqual(0);
    await page.keyboard.press("Escape");
    await page.click(".worth-panel .plain-button");
    await page.waitForSelector("[data-worth]", { timeout: 120_000 });
    expect(await accessibilityFindings(page)).toEqual([]);
    const heavy = { cargo: "heavy-truck", quantity: 40, from: "CNCKG-CHANGAN-YUZUI", to: "IN-MARKET" };
    const file = { id: "left", demand: [heavy], horizon: { from: "2027-03-01", weeks: 1 } };
    await page.setInputFiles(".capacity-head input[type=file]", {
      name: "left.json",
      mimeType: "application/json",
      buffer: Buffer.from(JSON.stringify(file)),
    });
    await page.waitForSelector('.facts [data-of="left"][value="40"]', { timeout: 120_000 });
    await settled(page);
    expect(await accessibilityFindings(page)).toEqual([]);
    expect(await sticksOut(page)).toBeLessThanOrEqual(0);
    expect(faults).toEqual([]);
    await handOn();
  });
});
