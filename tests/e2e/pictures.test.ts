import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser, CDPSession, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { launchBrowser } from "../support/browser.ts";
import { builtPage } from "../support/built.ts";
import { type Picture, difference, halved, readPicture, shownDifference, smallPng } from "../support/picture.ts";
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
const most = 4_500_000;

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

const fewLooks: Look[] = [
  { width: 390, language: "en", theme: "dark" },
  { width: 1440, language: "zh", theme: "light" },
];

interface State {
  query: Record<string, string>;
  looks: Look[];
  /** What a user does to get there. */
  act?: (page: Page) => Promise<void>;
  /** Before the page is opened. */
  before?: (page: Page) => Promise<void>;
  /** What shows that the page is there, where it does not come to an answer. */
  shows?: string;
  /** Done for each picture and undone by what it gives back: a menu that is open, a slider that is held. */
  hold?: (page: Page) => Promise<() => Promise<unknown>>;
  /** Parts that are pictured on their own, by name; else all that is on the screen. */
  parts?: Record<string, string>;
}

const smallPlan = { page: "capacity", plan: "plan-small" };
/** Files of the page that do not come: asked for from the given time on they are refused, or wait for ever. */
const without =
  (file: RegExp, how: "refused" | "waits", from = 1) =>
  async (page: Page) => {
    let asked = 0;
    await page.route(file, (route) => {
      if (++asked < from) return route.continue();
      return how === "refused" ? route.abort() : undefined;
    });
  };
/** A plan in which not every vehicle finds a way. */
const tooMuch = {
  id: "too-much",
  demand: [
    { cargo: "ice-suv", quantity: 900, from: "CNCKG-CHANGAN-YUZUI", to: "SA-MARKET" },
    { cargo: "heavy-truck", quantity: 40, from: "CNCKG-CHANGAN-YUZUI", to: "IN-MARKET" },
    { cargo: "pickup", quantity: 9000, from: "CNCKG-GWM", to: "CL-MARKET", dueDays: 75 },
  ],
  horizon: { from: "2027-03-01", weeks: 2 },
};
async function openPlan(page: Page, scenario: object): Promise<void> {
  const buffer = Buffer.from(JSON.stringify(scenario));
  await page.setInputFiles(".capacity-head input[type=file]", { name: "plan.json", mimeType: "application/json", buffer });
  await page.waitForSelector('#answer[data-busy="true"]');
  await settled(page);
}
const toggleWhatIf = async (page: Page) => {
  await page.click(".whatif-toggle");
  await page.waitForSelector('.whatif-influential[aria-busy="false"] input[type=range]');
};
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
    act: toggleWhatIf,
  },
  chain: { query: {}, looks: someLooks, act: (page) => page.click(".best-row .row-button >> nth=0") },
  problems: { query: { from: "Nowhere", ready: "2027-02-30" }, looks: someLooks },
  empty: { query: { quantity: "", ready: "" }, looks: fewLooks },
  loading: { query: {}, looks: fewLooks, before: without(/engine\.worker/, "waits"), shows: "#answer .loading" },
  failure: { query: {}, looks: fewLooks, before: without(/engine\.worker/, "refused"), shows: ".notice-failure" },
  drag: {
    query: {},
    looks: fewLooks,
    act: toggleWhatIf,
    hold: async (page) => {
      const slider = page.locator(".whatif-influential input[type=range]").first();
      await slider.scrollIntoViewIfNeeded();
      const { x, y, width, height } = (await slider.boundingBox())!;
      await page.mouse.move(x + width / 2, y + height / 2);
      await page.mouse.down();
      await page.mouse.move(x + width / 4, y + height / 2, { steps: 4 });
      return async () => {
        await page.mouse.up();
        await page.click(".whatif-tools button:last-child");
      };
    },
  },
  "take-away": {
    query: {},
    looks: fewLooks,
    hold: async (page) => {
      await page.click(".takeaway-button");
      return () => page.keyboard.press("Escape");
    },
    parts: { menu: ".menu" },
  },
  "no-route": { query: { cargo: "heavy-truck", to: "IN-MARKET", due: "" }, looks: someLooks },
  figures: { query: { page: "data", see: "figures/duty-eu-cvd" }, looks: allLooks },
  "figures-found": { query: { page: "data", find: "Zeebrugge", keep: "assumed,used" }, looks: fewLooks },
  "figure-changed": {
    query: { page: "data", see: "figures/rail-rate-europe", adjust: "figures/rail-rate-europe/value=99000" },
    looks: fewLooks,
    act: async (page) => {
      await page.waitForSelector(".moves table");
    },
  },
  network: { query: { page: "data", tab: "network", see: "locations/CN-ALASHANKOU" }, looks: someLooks },
  "capacity-loading": { query: smallPlan, looks: fewLooks, before: without(/plan\.worker/, "waits"), shows: "#answer .loading" },
  "capacity-failure": { query: smallPlan, looks: fewLooks, before: without(/plan\.worker/, "refused"), shows: ".notice-failure" },
  "capacity-problems": {
    query: smallPlan,
    looks: fewLooks,
    act: (page) => openPlan(page, { ...tooMuch, demand: [{ cargo: "ice-suv", quantity: 5, from: "nowhere", to: "=cmd()" }] }),
  },
  capacity: { query: { ...smallPlan, lever: "pulp-ships" }, looks: someLooks },
  "capacity-panels": {
    query: { ...smallPlan, lever: "pulp-ships" },
    looks: someLooks,
    act: async (page) => {
      await page.click(".worth-panel .plain-button");
      await page.waitForSelector('#answer[data-busy="true"]');
      await settled(page);
    },
    parts: { heat: ".heat-panel", flows: ".capacity-pair", worth: ".worth-panel" },
  },
  "capacity-left": {
    query: smallPlan,
    looks: fewLooks,
    act: (page) => openPlan(page, tooMuch),
    parts: { bottlenecks: "section[aria-labelledby=bottlenecks-heading]", left: "section[aria-labelledby=left-heading]" },
  },
};
/** Scrolled into sight where a picture is not of the top of the page. */
const inSight: Record<string, string> = { "compare-charts": ".map-panel", chain: ".chain-detail" };

const nameOf = (state: string, { width, language, theme }: Look, part?: string) =>
  `${[state, ...(part === undefined ? [] : [part]), width, language, theme].join("-")}.png`;
/** Parts of a state that have a picture each, with their selectors; the whole screen has neither. */
const partsOf = ({ parts }: State): [string | undefined, string | undefined][] =>
  parts === undefined ? [[undefined, undefined]] : Object.entries(parts);

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

/** Size of the screen while a page is loaded. */
const first = { width: 1280, height: 720 };
/** The page that the states are shown in, one after the other. */
let usual: Page | undefined;

/** One font, nothing that moves, and no word of how long something took. */
const plain = `:root { --fonts: "Noto Sans CJK SC" !important; } code { font-family: "Noto Sans CJK SC" !important; }
  * { transition: none !important; animation: none !important; scrollbar-width: none; }
  .plan-work p.quiet { visibility: hidden; }`;

/** What the pages are asked for their pictures with, beside what the library offers. */
const sessions = new WeakMap<Page, CDPSession>();

async function newPage(serviceWorkers: "allow" | "block" = "block"): Promise<Page> {
  // Without the page's policy, to give it the one font.
  const context = await browser.newContext({
    locale: "zh-CN",
    reducedMotion: "reduce",
    deviceScaleFactor: 1,
    bypassCSP: true,
    serviceWorkers,
    viewport: first,
  });
  const page = await context.newPage();
  sessions.set(page, await context.newCDPSession(page));
  return page;
}

async function open(page: Page, { query, before, shows }: State): Promise<void> {
  await before?.(page);
  await page.goto(`${site.origin}/?${new URLSearchParams({ ...query, lang: "zh", theme: "light" }).toString()}`);
  await page.addStyleTag({ content: plain });
  if (shows === undefined) await settled(page);
  else await page.waitForSelector(shows);
  await page.setViewportSize({ width: 1440, height: 900 });
  if (shows === undefined) await readThrough(page);
}

async function show(page: Page, state: string, { width, language, theme }: Look): Promise<void> {
  await page.setViewportSize({ width, height: heights[width] });
  await page.mouse.move(0, 0);
  await page.evaluate(
    async ([lang, nth, selector]) => {
      document.querySelector<HTMLElement>(`.switch button[lang="${lang}"]`)!.click();
      document.querySelectorAll(".switches .switch")[1]!.querySelectorAll("button")[nth]!.click();
      // Drawn in the next frame, and what is measured then in the one after it.
      for (let i = 0; i < 2; i++) await new Promise(requestAnimationFrame);
      (document.activeElement as HTMLElement | null)?.blur();
      if (selector === undefined) scrollTo(0, 0);
      else document.querySelector(selector)?.scrollIntoView({ block: "start" });
    },
    [language === "zh" ? "zh-CN" : "en", theme === "light" ? 1 : 2, inSight[state]] as const,
  );
}

/** What is on the screen, packed in a third of the time of the library's `screenshot`; that one is for parts, which may reach beyond the screen. */
async function screen(page: Page): Promise<Buffer> {
  const { data } = await sessions.get(page)!.send("Page.captureScreenshot", { format: "png", optimizeForSpeed: true });
  return Buffer.from(data, "base64");
}

async function take(page: Page, width: Width, part?: string): Promise<Picture> {
  const picture = readPicture(await (part === undefined ? screen(page) : page.locator(part).first().screenshot()));
  return width === 2560 ? halved(picture) : picture;
}

/** Until nothing moves any more: what loads later has come and charts have measured their room. */
async function takeAtRest(page: Page, width: Width, part?: string): Promise<Picture> {
  let before = await take(page, width, part);
  for (let i = 0; i < 20; i++) {
    const after = await take(page, width, part);
    if (difference(before, after) === 0) return after;
    before = after;
  }
  return before;
}

/** What differs from the stored picture, in words; undefined for nothing. */
async function compare(page: Page, name: string, look: Look, part?: string): Promise<string | undefined> {
  const path = join(folder, name);
  if (isWriting) {
    mkdirSync(folder, { recursive: true });
    const fresh = await takeAtRest(page, look.width, part);
    // What did not change to the eye is not written again.
    if (!existsSync(path) || difference(fresh, readPicture(readFileSync(path))) > tolerance / 4) writeFileSync(path, smallPng(fresh));
    return undefined;
  }
  if (!existsSync(path)) return `${name} is not stored`;
  const stored = readPicture(readFileSync(path));
  // The first that fits will do; only what does not fit is waited for.
  let fresh = await take(page, look.width, part);
  let share = difference(fresh, stored);
  if (share > tolerance) {
    fresh = await takeAtRest(page, look.width, part);
    share = difference(fresh, stored);
  }
  if (share <= tolerance) return undefined;
  mkdirSync(found, { recursive: true });
  writeFileSync(join(found, name), smallPng(fresh));
  const shown = shownDifference(fresh, stored);
  if (shown !== undefined) writeFileSync(join(found, name.replace(".png", "-difference.png")), smallPng(shown));
  return `${name}: ${(share * 100).toFixed(2)} % of the pixels differ; see ${join(found, name)}`;
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
    async (state, what) => {
      // A page for which something is set up beforehand is nobody else's.
      const isOwn = what.before !== undefined;
      const page = (isOwn ? undefined : usual) ?? (await newPage());
      // After a test that failed the next one has a page of its own.
      if (page === usual) usual = undefined;
      await open(page, what);
      await what.act?.(page);
      const wrong: string[] = [];
      for (const look of what.looks) {
        await show(page, state, look);
        const release = await what.hold?.(page);
        for (const [part, selector] of partsOf(what)) {
          const fault = await compare(page, nameOf(state, look, part), look, selector);
          if (fault !== undefined) wrong.push(fault);
        }
        await release?.();
      }
      expect(wrong).toEqual([]);
      if (isOwn) return page.context().close();
      // The next state is another document, in the same browser process and on a screen as at first; nothing lies under the pointer.
      await page.mouse.move(0, 0);
      await page.goto("about:blank");
      await page.setViewportSize(first);
      usual = page;
    },
    120_000,
  );

  test("without a network it looks the same", async () => {
    const page = await newPage("allow");
    await open(page, states["compare"]!);
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    await page.context().setOffline(true);
    await page.reload();
    await page.addStyleTag({ content: plain });
    await settled(page);
    await readThrough(page);
    const look: Look = { width: 1440, language: "zh", theme: "light" };
    await show(page, "compare", look);
    expect(await compare(page, nameOf("compare", look), look)).toBeUndefined();
    await page.context().close();
  });

  test("every stored picture is compared, and all together stay small", () => {
    const stored = readdirSync(folder).sort();
    expect(stored).toEqual(
      Object.entries(states)
        .flatMap(([state, what]) => what.looks.flatMap((look) => partsOf(what).map(([part]) => nameOf(state, look, part))))
        .sort(),
    );
    expect(stored.reduce((sum, name) => sum + statSync(join(folder, name)).size, 0)).toBeLessThan(most);
  });
});
