import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type BuiltPage, accessibilityFindings, readThrough, settled, startPage } from "./page.ts";

let site: BuiltPage;
beforeAll(async () => {
  site = await startPage();
}, 300_000);
afterAll(() => site?.close());

/**
 * What was somewhere else in the frame before, as Chromium counts it, since the page began. Not counted: the knob of a slider, a part of the browser's own, and a
 * number that keeps its right edge and grows to the left.
 */
const shifts = (page: Page, byUser: boolean): Promise<string[]> =>
  page.evaluate(
    (all) =>
      new Promise<string[]>((done) => {
        interface LayoutShift extends PerformanceEntry {
          hadRecentInput: boolean;
          sources: { node?: Node | null; previousRect: DOMRectReadOnly; currentRect: DOMRectReadOnly }[];
        }
        const observer = new PerformanceObserver((list) => {
          observer.disconnect();
          const moved = (list.getEntries() as LayoutShift[])
            .filter((entry) => all || !entry.hadRecentInput)
            .flatMap(({ sources }) => sources)
            .filter(({ node, previousRect: from, currentRect: to }) => from.y !== to.y || (node instanceof Element && from.x !== to.x));
          done(
            moved.map(({ node }) =>
              node instanceof Element ? `${node.localName}.${node.getAttribute("class") ?? ""}` : String(node?.textContent),
            ),
          );
        });
        observer.observe({ type: "layout-shift", buffered: true });
        // Without a single shift the observer is never called.
        setTimeout(() => done([]), 500);
      }),
    byUser,
  );

const wider = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

describe("the page holds still", () => {
  test.each([
    ["zh", 390],
    ["en", 1440],
    ["zh", 2560],
  ] as const)("while it loads, answers and fetches its later charts: %s %d px", async (lang, width) => {
    const { page, faults, handOn } = await site.open(`?lang=${lang}`, { width, height: width === 390 ? 844 : 900 });
    await page.waitForTimeout(300);
    expect(await shifts(page, false)).toEqual([]);
    await readThrough(page);
    await page.waitForTimeout(300);
    expect(await shifts(page, false)).toEqual([]);
    expect(await page.locator(".timeline-chart, .corridor-chart").count()).toBe(2);
    expect(faults).toEqual([]);
    await handOn();
  });

  test("while a slider is dragged from end to end", async () => {
    const { page, faults, handOn } = await site.open("");
    await page.click(".whatif-toggle");
    const slider = page.locator('.whatif-influential[aria-busy="false"] input[type=range]').first();
    await slider.waitFor();
    await page.waitForTimeout(300);
    const before = (await shifts(page, true)).length;
    const box = (await slider.boundingBox())!;
    const y = box.y + box.height / 2;
    await page.mouse.move(box.x + box.width / 2, y);
    await page.mouse.down();
    const cost = await page.textContent(".best-row [data-of=cost]");
    for (let i = 1; i <= 20; i++) await page.mouse.move(box.x + 8 + ((box.width - 16) * i) / 20, y);
    await settled(page);
    await page.mouse.up();
    await settled(page);
    await page.waitForTimeout(300);
    expect(await page.textContent(".best-row [data-of=cost]")).not.toBe(cost);
    expect((await shifts(page, true)).slice(before)).toEqual([]);
    expect(faults).toEqual([]);
    await handOn();
  });
});

const states: [string, string, ((page: Page) => Promise<void>)?][] = [
  ["problems", "from=Nowhere&ready=2027-02-30"],
  ["nothing to answer", "quantity="],
  ["no way", "cargo=heavy-truck&to=IN-MARKET&due="],
  [
    "a pinned chain, limits and the what-ifs",
    "brush=20-60_50000-60000",
    async (page) => {
      await page.click(".chain-row .pin-button >> nth=1");
      await page.click(".whatif-toggle");
      await page.waitForSelector('.whatif-influential[aria-busy="false"] input[type=range]');
    },
  ],
  [
    "the menu of what can be taken away",
    "",
    async (page) => {
      await page.click(".takeaway-button");
      await page.waitForSelector(".menu button");
    },
  ],
  ["figures", "page=data"],
  ["no figure found", "page=data&find=zzzz"],
  ["a figure", "page=data&see=figures/duty-eu-cvd"],
  ["a place on the map of the network", "page=data&tab=network&see=locations/CN-ALASHANKOU"],
];

describe("axe-core finds nothing and nothing is wider than the screen", () => {
  test.each(states)("%s", async (_, query, act) => {
    const { page, faults, handOn } = await site.open(`?lang=en&theme=dark&${query}`);
    await act?.(page);
    expect(await accessibilityFindings(page)).toEqual([]);
    expect(await wider(page)).toBe(0);
    await page.click('.switch button:has-text("Light")');
    await page.click('.switch button:has-text("中文")');
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await accessibilityFindings(page)).toEqual([]);
    expect(await wider(page)).toBe(0);
    expect(faults).toEqual([]);
    await handOn();
  });
});

/** What the keys reach one after another, each by what stands for it in the page's structure, until they come round to the first again. */
async function walk(page: Page, most: number): Promise<{ places: Set<string>; hidden: string[] }> {
  const places = new Set<string>();
  const hidden: string[] = [];
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  for (let i = 0; i < most; i++) {
    await page.keyboard.press("Tab");
    const at = await page.evaluate(() => {
      const active = document.activeElement;
      if (!(active instanceof Element) || active === document.body) return undefined;
      const { width, height } = active.getBoundingClientRect();
      const { outlineStyle, boxShadow } = getComputedStyle(active);
      const part = active.closest("header, form, .whatif, .winners, .panel, .data-bar, .page-header")?.getAttribute("class") ?? "";
      return {
        part,
        what: active.outerHTML.slice(0, 90),
        isShown: width > 0 && height > 0 && (outlineStyle !== "none" || boxShadow !== "none"),
      };
    });
    if (at === undefined) break;
    for (const name of at.part.split(" ")) places.add(name);
    if (!at.isShown) hidden.push(at.what);
  }
  return { places, hidden };
}

describe("by keyboard alone", () => {
  test("every part of the first page is reached in the order it is read, and the focus is always seen", async () => {
    const { page, faults, handOn } = await site.open("");
    await readThrough(page);
    const { places, hidden } = await walk(page, 200);
    expect(hidden).toEqual([]);
    const parts = [
      "page-header",
      "shipment",
      "whatif",
      "winners",
      "options-panel",
      "map-panel",
      "front-panel",
      "timeline-panel",
      "corridor-panel",
    ];
    expect([...places].filter((place) => parts.includes(place))).toEqual(parts);
    expect(faults).toEqual([]);
    await handOn();
  });

  test.each(["figures", "network"])("the data page shows where the focus is: %s", async (tab) => {
    const { page, faults, handOn } = await site.open(`?page=data&tab=${tab}`);
    const { places, hidden } = await walk(page, 40);
    expect(hidden).toEqual([]);
    expect(places).toContain("panel");
    expect(faults).toEqual([]);
    await handOn();
  });

  test("the watch over the page sees what moves and a focus that is not shown", async () => {
    const { page, handOn } = await site.open("");
    await page.evaluate(() => document.querySelector("main")?.prepend(document.createElement("hr")));
    await page.waitForTimeout(300);
    expect((await shifts(page, true)).length).toBeGreaterThan(0);
    await page.evaluate(() => document.querySelector<HTMLElement>(".pages button:last-child")?.style.setProperty("outline", "none"));
    const { hidden } = await walk(page, 8);
    expect(hidden.length).toBe(1);
    await handOn();
  });
});
