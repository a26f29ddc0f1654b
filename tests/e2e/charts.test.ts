import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Page } from "playwright-core";
import { cornersOf } from "../../web/charts/corridor-layout.ts";
import { laterDepartures, spansOf } from "../../web/charts/journey.ts";
import { builtinNetwork } from "../../src/index.ts";
import { textWidth } from "../../web/charts/labels.ts";
import { brushWords } from "../../web/i18n/brush.ts";
import { corridorWords } from "../../web/i18n/corridor.ts";
import { whole } from "../../web/i18n/format.ts";
import { pinWords } from "../../web/i18n/pin.ts";
import { timelineWords } from "../../web/i18n/timeline.ts";
import { zh } from "../../web/i18n/zh.ts";
import { builtinChains } from "../web/answer.ts";
import { type BuiltPage, accessibilityFindings, addressOf, readThrough, settled, startPage } from "./page.ts";

let site: BuiltPage;
beforeAll(async () => {
  site = await startPage();
}, 300_000);
afterAll(() => site?.close());

const best = builtinChains.filter((named) => named.isBest);
const cheapest = builtinChains.find((named) => named.wins.includes("cheapest"))!;
const fastest = builtinChains.find((named) => named.wins.includes("fastest"))!;
const rowOf = (key: string) => `tr[data-chain="${key}"]`;
const parameter = async (page: Page, name: string) => new URL(await addressOf(page)).searchParams.get(name);

/** Opens the page and waits for the charts that load after the answer. */
async function opened(address = "", options: Parameters<BuiltPage["open"]>[1] = {}) {
  const watched = await site.open(address, options);
  await readThrough(watched.page);
  await watched.page.waitForSelector(".timeline-chart");
  await watched.page.waitForSelector(".corridor-chart");
  return watched;
}

/** Middle of an element's mark, in the window. */
async function middleOf(page: Page, selector: string): Promise<[number, number]> {
  const target = page.locator(selector).first();
  await target.scrollIntoViewIfNeeded();
  const box = (await target.boundingBox())!;
  return [box.x + box.width / 2, box.y + box.height / 2];
}

describe("pinning", () => {
  test("every option shows its differences to the pinned chain, marked everywhere, until it is let go", async () => {
    const { page, faults, handOn } = await opened();
    const [reference, other] = [best[1]!, best[0]!];
    await page.click(`${rowOf(reference.key)} .pin-button`);
    expect(await parameter(page, "pin")).toBe(reference.key);
    const difference = (what: string) => page.getAttribute(`${rowOf(other.key)} [data-of="${what}-difference"]`, "value").then(Number);
    expect(await difference("cost")).toBeCloseTo(other.chain.cost.cny - reference.chain.cost.cny, 2);
    expect(await difference("days")).toBeCloseTo(other.chain.time.days - reference.chain.time.days, 2);
    expect(await difference("co2e")).toBeCloseTo(other.chain.co2eKg - reference.chain.co2eKg, 2);
    const word = other.chain.cost.cny < reference.chain.cost.cny ? pinWords.zh.cost.better : pinWords.zh.cost.worse;
    expect(await page.textContent(`${rowOf(other.key)} [data-of="cost-difference"]`)).toContain(word);
    expect(await page.locator(`${rowOf(reference.key)}.pinned`).count()).toBe(1);
    expect(await page.locator(".pin-frame").count()).toBe(1);
    expect(await page.getAttribute(".timeline-row.pinned:not([data-key='']) >> nth=-1", "data-key")).toBe(reference.key);
    expect(await page.getAttribute(".trace.pinned", "data-key")).toBe(reference.key);
    await page.reload();
    await settled(page);
    expect(await page.locator(`${rowOf(reference.key)}.pinned`).count()).toBe(1);
    await page.click(".pin-note button");
    expect(await page.locator("[data-of$=-difference]").count()).toBe(0);
    expect(await parameter(page, "pin")).toBeNull();
    expect(faults).toEqual([]);
    await handOn();
  });

  test("the key P pins the row in focus, a winner can be pinned, and a folded chain then shows itself", async () => {
    const { page, faults, handOn } = await opened();
    await page.focus(`${rowOf(best[2]!.key)} .row-button`);
    await page.keyboard.press("p");
    expect(await parameter(page, "pin")).toBe(best[2]!.key);
    await page.focus("#quantity");
    await page.keyboard.press("p");
    expect(await parameter(page, "pin")).toBe(best[2]!.key);
    await page.click(".winner-place:nth-child(2) .pin-button");
    expect(await parameter(page, "pin")).toBe(fastest.key);
    expect(fastest.isBest).toBe(false);
    expect(await page.locator(rowOf(fastest.key)).count()).toBe(1);
    expect(await page.locator(".detail-row").count()).toBe(0);
    // Another journey has no such chain.
    await page.fill("#to", "塔什干");
    await page.keyboard.press("Enter");
    await settled(page);
    expect(await parameter(page, "pin")).toBeNull();
    expect(faults).toEqual([]);
    await handOn();
  });
});

describe("the front", () => {
  test("a drag keeps what lies inside, in chart, table and map; the address restores it; clear lets all back", async () => {
    const { page, faults, handOn } = await opened("", { height: 1300 });
    await page.locator(".front-frame").scrollIntoViewIfNeeded();
    const box = (await page.locator(".front-chart").boundingBox())!;
    const [x, y] = await middleOf(page, `.mark[data-key="${fastest.key}"]`);
    await page.mouse.move(Math.max(x - 30, box.x + 64), y - 25);
    await page.mouse.down();
    await page.mouse.move(x + 20, y + 20, { steps: 4 });
    await page.mouse.move(x + 40, y + 25, { steps: 4 });
    await page.mouse.up();
    expect(await parameter(page, "brush")).toMatch(/^[\d.]+-[\d.]+_\d+-\d+$/);
    // The click that ends a drag pins nothing.
    expect(await parameter(page, "pin")).toBeNull();
    const [least, most] = (await page.$$eval(".brush-days input", (inputs) =>
      inputs.map((i) => (i as HTMLInputElement).valueAsNumber),
    )) as [number, number];
    const [low, high] = (await page.$$eval(".brush-cny input", (inputs) => inputs.map((i) => (i as HTMLInputElement).valueAsNumber))) as [
      number,
      number,
    ];
    const within = builtinChains.filter(
      ({ chain }) => chain.time.days >= least && chain.time.days <= most && chain.cost.cny >= low && chain.cost.cny <= high,
    );
    expect(within.length).toBeGreaterThan(0);
    expect(within.length).toBeLessThan(builtinChains.length);
    const expectKept = async () => {
      expect(await page.textContent(".brush-state [role=status]")).toBe(brushWords.zh.kept(within.length, builtinChains.length));
      const outside = await page.$$eval(".mark.outside", (marks) => marks.map((mark) => mark.getAttribute("data-key")).sort());
      expect(outside).toEqual(
        builtinChains
          .filter((named) => !within.includes(named))
          .map((named) => named.key)
          .sort(),
      );
      for (const named of best) expect(await page.locator(`${rowOf(named.key)}.outside`).count()).toBe(within.includes(named) ? 0 : 1);
      expect(await page.locator(".map-picture .route.other.outside").count()).toBeGreaterThan(0);
    };
    await expectKept();
    await page.reload();
    await settled(page);
    await expectKept();
    await page.click(".brush-state button");
    expect(await parameter(page, "brush")).toBeNull();
    expect(await page.locator(".outside").count()).toBe(0);
    expect(faults).toEqual([]);
    await handOn();
  });

  test("number fields do the same by keyboard; another cost measure drops the cost limit and keeps the days", async () => {
    const { page, faults, handOn } = await opened();
    await page.focus(`.brush-days input >> nth=1`);
    await page.keyboard.type("55");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    await page.keyboard.type("60000");
    await page.keyboard.press("Enter");
    expect(await parameter(page, "brush")).toBe("-55_-60000");
    const within = builtinChains.filter(({ chain }) => chain.time.days <= 55 && chain.cost.cny <= 60_000);
    expect(await page.textContent(".brush-state [role=status]")).toBe(brushWords.zh.kept(within.length, builtinChains.length));
    await page.click(`.measure button:has-text("${zh.answer.measures.logistics}")`);
    expect(await parameter(page, "brush")).toBe("-55_-");
    expect(faults).toEqual([]);
    await handOn();
  });

  test("a click pins, a double click opens", async () => {
    const { page, faults, handOn } = await opened("", { height: 1300 });
    const [x, y] = await middleOf(page, `.mark[data-key="${fastest.key}"]`);
    await page.mouse.click(x, y);
    expect(await parameter(page, "pin")).toBe(fastest.key);
    expect(await parameter(page, "chain")).toBeNull();
    await page.mouse.dblclick(x, y);
    expect(await parameter(page, "chain")).toBe(fastest.key);
    expect(faults).toEqual([]);
    await handOn();
  });
});

describe("the timeline", () => {
  test("has a row for the best of each option and is read with the arrow keys, in local times", async () => {
    const { page, faults, handOn } = await opened();
    const keys = await page.$$eval(".timeline-row", (rows) => rows.map((row) => row.getAttribute("data-key")));
    expect(keys).toEqual([cheapest.key, ...best.map((named) => named.key)]);
    const bars = await page.locator(".timeline-row >> nth=0 >> .span").count();
    expect(bars).toBe(spansOf(cheapest.chain).length);
    const reader = page.locator(".timeline-frame");
    await page.focus(".timeline-panel .panel-head button, .corridor-panel .switch button");
    await page.keyboard.press("Shift+Tab");
    await reader.focus();
    await page.keyboard.press("Home");
    for (let i = 0; i < bars; i++) await page.keyboard.press("ArrowRight");
    expect(await reader.getAttribute("aria-valuenow")).toBe(String(bars - 1));
    const text = (await reader.getAttribute("aria-valuetext"))!;
    expect(text).toBe(await page.textContent(".timeline-panel .reading-line"));
    expect(text).toContain("UTC+2");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    expect(await page.getAttribute(".timeline-row >> nth=0", "data-key")).toBe(best[1]!.key);
    expect(await page.locator(`${rowOf(best[1]!.key)}.shown`).count()).toBe(1);
    await page.keyboard.press("p");
    expect(await parameter(page, "pin")).toBe(best[1]!.key);
    await page.keyboard.press("Enter");
    expect(await parameter(page, "chain")).toBe(best[1]!.key);
    expect(faults).toEqual([]);
    await handOn();
  });

  test("says what a missed departure means, and its table holds every stretch", async () => {
    const { page, faults, handOn } = await opened();
    expect(await page.locator(".missed li").count()).toBe(laterDepartures(cheapest.chain).length);
    expect(await page.locator(".tick-later").count()).toBeGreaterThan(1);
    await page.click(".timeline-panel .front-table summary");
    const rows = await page.$$eval(`.timeline-panel tbody[data-key="${cheapest.key}"] tr td:nth-child(3) time`, (times) =>
      times.map((time) => time.getAttribute("datetime")),
    );
    expect(rows).toHaveLength(spansOf(cheapest.chain).length);
    expect(rows[0]).toBe("2027-03-02T00:00+08:00");
    expect(faults).toEqual([]);
    await handOn();
  });

  test("pointing at a bar shows its chain in table, map and chart", async () => {
    const { page, faults, handOn } = await opened();
    const [x, y] = await middleOf(page, `.timeline-row[data-key="${best[2]!.key}"] .span-move`);
    await page.mouse.move(x, y);
    expect(await page.locator(`${rowOf(best[2]!.key)}.shown`).count()).toBe(1);
    expect(await page.getAttribute(".mark.shown", "data-key")).toBe(best[2]!.key);
    expect(await page.getAttribute(".trace.shown", "data-key")).toBe(best[2]!.key);
    expect(await page.textContent(".timeline-panel .reading-line")).toContain("UTC+8");
    expect(faults).toEqual([]);
    await handOn();
  });
});

describe("the time–cost–distance chart", () => {
  test("goes along time or distance, is read place by place and ends at the total", async () => {
    const { page, faults, handOn } = await opened();
    const before = await page.getAttribute(`.trace[data-key="${cheapest.key}"] .trace-line`, "d");
    await page.click(`.corridor-panel .switch button:has-text("${corridorWords.zh.axes.distance}")`);
    expect(await parameter(page, "axis")).toBe("distance");
    expect(await page.getAttribute(`.trace[data-key="${cheapest.key}"] .trace-line`, "d")).not.toBe(before);
    await page.focus(".corridor-frame");
    await page.keyboard.press("End");
    expect(await page.textContent(".corridor-panel .reading-line")).toContain(whole(cheapest.chain.cost.cny, "zh"));
    await page.click(".corridor-panel .front-table summary");
    const values = await page.$$eval(`.corridor-panel tbody[data-key="${cheapest.key}"] data`, (cells) =>
      cells.map((cell) => Number(cell.getAttribute("value"))),
    );
    expect(values).toHaveLength(cornersOf(cheapest.chain, "landed").filter((corner) => corner.place !== undefined).length);
    expect(values.at(-1)).toBe(cheapest.chain.cost.cny);
    expect(faults).toEqual([]);
    await handOn();
  });
});

describe("the map", () => {
  test("shows the routes, Eurasia or the world, and its lines show and pin their chains", async () => {
    const { page, faults, handOn } = await opened();
    const land = () => page.getAttribute(".map-picture .land", "d");
    const automatic = await land();
    for (const view of ["eurasia", "world"] as const) {
      await page.click(`.map-panel .switch button:has-text("${zh.map.views[view]}")`);
      expect(await parameter(page, "map")).toBe(view);
      expect(await land()).not.toBe(automatic);
    }
    const rail = best.find((named) => named.option === "rail-container")!;
    const line = page.locator(`.map-picture .route.hit.mode-rail[data-chain="${rail.key}"]`);
    const spot = await line.evaluate((path) => {
      const shape = path as SVGPathElement;
      const at = shape.getPointAtLength(shape.getTotalLength() * 0.4);
      const { a, b, c, d, e, f } = shape.getScreenCTM()!;
      return [at.x * a + at.y * c + e, at.x * b + at.y * d + f] as const;
    });
    await page.mouse.move(...spot);
    expect(await page.locator(`${rowOf(rail.key)}.shown`).count()).toBe(1);
    await page.mouse.click(...spot);
    expect(await parameter(page, "pin")).toBe(rail.key);
    expect(faults).toEqual([]);
    await handOn();
  });
});

describe("the charts together", () => {
  test.each([
    ["zh", "light", 1440],
    ["en", "dark", 390],
    ["zh", "dark", 2560],
  ] as const)("axe-core finds nothing, no words run over each other and nothing is too wide: %s %s %d px", async (lang, theme, width) => {
    const address = `?lang=${lang}&theme=${theme}&pin=${encodeURIComponent(best[1]!.key)}&brush=20-60_-`;
    const { page, faults, handOn } = await opened(address, { width });
    await page.click(".timeline-panel .front-table summary");
    await page.click(".corridor-panel .front-table summary");
    expect(await accessibilityFindings(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    for (const texts of [".timeline-large .place", ".timeline-large .duration", ".trace-name", ".place-names text"]) {
      const boxes = await page.$$eval(texts, (list) => list.map((text) => text.getBoundingClientRect().toJSON() as DOMRect));
      boxes.forEach((a, i) => {
        for (const b of boxes.slice(i + 1)) {
          const overlap = Math.min(a.right, b.right) - Math.max(a.left, b.left);
          const covered = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
          expect(overlap > 1 && covered > 5, `${texts}: ${JSON.stringify([a, b])}`).toBe(false);
        }
      });
    }
    expect(faults).toEqual([]);
    await handOn();
  });

  test("nothing moves when they arrive, nor when one points at another chain", async () => {
    const { page, faults, handOn } = await opened();
    await page.evaluate(() => {
      const seen: number[] = [];
      (globalThis as unknown as { shifts: number[] }).shifts = seen;
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) seen.push((entry as unknown as { value: number }).value);
      }).observe({ type: "layout-shift", buffered: true });
    });
    const heights = () => page.$$eval(".panel", (panels) => panels.map((panel) => panel.getBoundingClientRect().height));
    const still = await heights();
    for (const named of best) {
      await page.hover(`${rowOf(named.key)} .row-button`);
      expect(await heights()).toEqual(still);
    }
    const shifts = await page.evaluate(() => (globalThis as unknown as { shifts: number[] }).shifts);
    expect(shifts.reduce((sum, value) => sum + value, 0)).toBeLessThan(0.1);
    expect(await page.textContent("#timeline-heading")).toBe(timelineWords.zh.heading);
    expect(faults).toEqual([]);
    await handOn();
  });
});

test("no name of a place is wider than the room that is reckoned for it, in regular and in bold", async () => {
  const { page, faults, handOn } = await opened();
  const names = builtinNetwork().locations.flatMap(({ name }) => (typeof name === "string" ? [name] : [name.zh, name.en]));
  const drawn = await page.evaluate((texts) => {
    const family = getComputedStyle(document.querySelector(".place-names text")!).fontFamily;
    const canvas = document.createElement("canvas").getContext("2d")!;
    return texts.map((text) =>
      [400, 650].map((weight) => {
        canvas.font = `${weight} 12px ${family}`;
        return canvas.measureText(text).width;
      }),
    );
  }, names);
  const over = names.flatMap((name, i) =>
    [false, true].flatMap((isBold, k) => (drawn[i]![k]! > textWidth(name, 12, isBold) + 0.1 ? [[name, isBold, drawn[i]![k]]] : [])),
  );
  expect(over).toEqual([]);
  expect(faults).toEqual([]);
  await handOn();
});
