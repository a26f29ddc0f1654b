import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { launchBrowser } from "../support/browser.ts";
import { builtPage } from "../support/built.ts";
import { type Picture, difference, halved, readPicture, smallPng } from "../support/picture.ts";
import { serve } from "../support/static-server.ts";
import { readThrough, settled } from "./page.ts";

/*
 * The page's main states as a reader sees them, compared with the pictures stored in `pictures/`. A change that is meant: `YUCHE_PICTURES=write npx vitest run
 * tests/e2e/pictures.test.ts`, then look at every picture that changed. They are drawn with one font, Noto Sans CJK SC (Debian: fonts-noto-cjk).
 */
const folder = fileURLToPath(new URL("pictures/", import.meta.url));
const isWriting = process.env["YUCHE_PICTURES"] === "write";
/** Where a picture that differs goes, beside its differences. */
const found = join(tmpdir(), "yuche-pictures");
/** Share of pixels that may differ: a smoothed edge here and there, never a word. */
const tolerance = 0.002;
/** Bytes of all stored pictures. */
const most = 4_000_000;

const heights = { 390: 844, 1440: 900, 2560: 1440 } as const;
type Width = keyof typeof heights;
interface Look {
  width: Width;
  language: "zh" | "en";
  theme: "light" | "dark";
}
const languages = ["zh", "en"] as const;
const themes = ["light", "dark"] as const;
const allLooks: Look[] = themes.flatMap((theme) =>
  languages.flatMap((language) => ([390, 1440, 2560] as const).map((width) => ({ width, language, theme }))),
);
/** Each width, language and theme once or twice. */
const someLooks: Look[] = [
  { width: 390, language: "zh", theme: "light" },
  { width: 1440, language: "zh", theme: "dark" },
  { width: 390, language: "en", theme: "dark" },
  { width: 1440, language: "en", theme: "light" },
  { width: 2560, language: "zh", theme: "light" },
];

interface State {
  query: Record<string, string>;
  looks: Look[];
  /** What a user does to get there. */
  act?: (page: Page) => Promise<void>;
}
const states: Record<string, State> = {
  compare: { query: {}, looks: allLooks },
  "compare-charts": {
    query: { brush: "20-60_50000-60000" },
    looks: someLooks,
    act: (page) => page.click(".chain-row .pin-button >> nth=1"),
  },
  "what-if": {
    query: {},
    looks: allLooks,
    act: async (page) => {
      await page.click(".whatif-toggle");
      await page.waitForSelector('.whatif-influential[aria-busy="false"] input[type=range]');
    },
  },
  chain: { query: {}, looks: someLooks, act: (page) => page.click(".best-row .row-button >> nth=0") },
  problems: { query: { from: "Nowhere" }, looks: someLooks },
  "no-route": { query: { cargo: "heavy-truck", to: "IN-MARKET", due: "" }, looks: someLooks },
  figures: { query: { page: "data", see: "figures/duty-eu-cvd" }, looks: allLooks },
  network: { query: { page: "data", tab: "network", see: "locations/CN-ALASHANKOU" }, looks: someLooks },
};
/** Scrolled into sight where a picture is not of the top of the page. */
const inSight: Record<string, string> = { "compare-charts": ".map-panel", chain: ".chain-detail" };

const nameOf = (state: string, { width, language, theme }: Look) => `${state}-${width}-${language}-${theme}.png`;

let site: Awaited<ReturnType<typeof serve>>;
let browser: Browser;
beforeAll(async () => {
  site = await serve(await builtPage());
  browser = await launchBrowser();
}, 300_000);
afterAll(async () => {
  await browser?.close();
  await site?.close();
});

async function open(query: Record<string, string>): Promise<Page> {
  // Without the page's policy, to give it the one font.
  const context = await browser.newContext({ locale: "zh-CN", reducedMotion: "reduce", deviceScaleFactor: 1, bypassCSP: true });
  const page = await context.newPage();
  await page.goto(`${site.origin}/?${new URLSearchParams({ ...query, lang: "zh", theme: "light" }).toString()}`);
  await page.addStyleTag({
    content: `:root { --fonts: "Noto Sans CJK SC" !important; } code { font-family: "Noto Sans CJK SC" !important; }
      * { transition: none !important; animation: none !important; scrollbar-width: none; }`,
  });
  await settled(page);
  await page.setViewportSize({ width: 1440, height: 900 });
  await readThrough(page);
  return page;
}

async function show(page: Page, state: string, { width, language, theme }: Look): Promise<void> {
  await page.setViewportSize({ width, height: heights[width] });
  await page.click(`.switch button[lang="${language === "zh" ? "zh-CN" : "en"}"]`);
  await page.click(`.switches .switch >> nth=1 >> button >> nth=${theme === "light" ? 1 : 2}`);
  await page.mouse.move(0, 0);
  await page.evaluate((selector) => {
    (document.activeElement as HTMLElement | null)?.blur();
    if (selector === undefined) scrollTo(0, 0);
    else document.querySelector(selector)?.scrollIntoView({ block: "start" });
  }, inSight[state]);
}

/** The browser writes dates in the language of the system, so they are covered. */
async function take(page: Page, width: Width): Promise<Picture> {
  const png = await page.screenshot({ mask: [page.locator("input[type=date]")], maskColor: "#8794a0" });
  const picture = readPicture(png);
  return width === 2560 ? halved(picture) : picture;
}

/** Until nothing moves any more: what loads later has come and charts have measured their room. */
async function takeAtRest(page: Page, width: Width): Promise<Picture> {
  let before = await take(page, width);
  for (let i = 0; i < 20; i++) {
    const after = await take(page, width);
    if (difference(before, after).share === 0) return after;
    before = after;
  }
  return before;
}

/** What differs from the stored picture, in words; undefined for nothing. */
async function compare(page: Page, state: string, look: Look): Promise<string | undefined> {
  const name = nameOf(state, look);
  const path = join(folder, name);
  await show(page, state, look);
  if (isWriting) {
    mkdirSync(folder, { recursive: true });
    const fresh = await takeAtRest(page, look.width);
    // What did not change to the eye is not written again.
    if (!existsSync(path) || difference(fresh, readPicture(readFileSync(path))).share > tolerance / 4) writeFileSync(path, smallPng(fresh));
    return undefined;
  }
  if (!existsSync(path)) return `${name} is not stored`;
  const stored = readPicture(readFileSync(path));
  // The first that fits will do; only what does not fit is waited for.
  const fresh = await take(page, look.width);
  let seen = { fresh, ...difference(fresh, stored) };
  if (seen.share > tolerance) {
    const rested = await takeAtRest(page, look.width);
    seen = { fresh: rested, ...difference(rested, stored) };
  }
  if (seen.share <= tolerance) return undefined;
  mkdirSync(found, { recursive: true });
  writeFileSync(join(found, name), smallPng(seen.fresh));
  if (seen.shown !== undefined) writeFileSync(join(found, name.replace(".png", "-difference.png")), smallPng(seen.shown));
  return `${name}: ${(seen.share * 100).toFixed(2)} % of the pixels differ; see ${join(found, name)}`;
}

/** Widths at 100 px in the font of the stored pictures; Chinese signs are one em wide in every font and tell nothing. */
const measured = { Hamburgefonstiv: 807, "0123456789": 555 };

describe("the page's main states look as stored", () => {
  test("this machine has the font of the stored pictures", async () => {
    const page = await browser.newPage();
    const widths = await page.evaluate((texts) => {
      const pen = document.createElement("canvas").getContext("2d")!;
      pen.font = '100px "Noto Sans CJK SC", monospace';
      return Object.fromEntries(texts.map((text) => [text, Math.round(pen.measureText(text).width)]));
    }, Object.keys(measured));
    expect(
      widths,
      "The stored pictures are drawn with Noto Sans CJK SC; this machine draws something else in its place, so they cannot be compared. Debian: apt-get install fonts-noto-cjk",
    ).toEqual(measured);
    await page.close();
  });

  test.each(Object.entries(states))(
    "%s",
    async (state, { query, looks, act }) => {
      const page = await open(query);
      await act?.(page);
      const wrong: string[] = [];
      for (const look of looks) {
        const fault = await compare(page, state, look);
        if (fault !== undefined) wrong.push(fault);
      }
      expect(wrong).toEqual([]);
      await page.context().close();
    },
    120_000,
  );

  test("every stored picture is compared, and all together stay small", () => {
    const stored = readdirSync(folder).sort();
    expect(stored).toEqual(
      Object.entries(states)
        .flatMap(([state, { looks }]) => looks.map((look) => nameOf(state, look)))
        .sort(),
    );
    expect(stored.reduce((sum, name) => sum + statSync(join(folder, name)).size, 0)).toBeLessThan(most);
  });
});
