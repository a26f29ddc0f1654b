import axe from "axe-core";
import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { launchBrowser } from "../support/browser.ts";
import { builtPage } from "../support/built.ts";
import { serve } from "../support/static-server.ts";

/** What a page did that it should not have. */
interface Watched {
  page: Page;
  context: BrowserContext;
  /** Console errors and warnings, exceptions, policy violations, requests off the origin, answers other than 200. */
  faults: string[];
  /**
   * Instead of closing the context: the next test that opens a page of this kind gets it, with a new document in a browser process that need not start again.
   * Not for a test that changes more than its document: routes, the network, the media, what each document runs first.
   */
  handOn: () => Promise<void>;
}

/** A page that may serve several tests, with the faults of the one that has it. */
type Kept = Omit<Watched, "handOn">;

interface OpenOptions {
  locale?: string;
  width?: number;
  height?: number;
  colorScheme?: "light" | "dark";
  hasTouch?: boolean;
  /** Keeps itself for use without a network; else it does not, which spares every test a second reading of all files. */
  isKept?: boolean;
  /** Before the page is loaded: what shall not come, for example. */
  before?: (page: Page) => Promise<void>;
  /** What shows that the page is there, where it does not come to an answer. */
  shows?: string;
}

export interface BuiltPage {
  open(address: string, options?: OpenOptions): Promise<Watched>;
  close(): Promise<void>;
}

/** Serves the built page as plain files and opens it in a real browser. */
export async function startPage(): Promise<BuiltPage> {
  const site = await serve(await builtPage());
  const browser: Browser = await launchBrowser();
  /** Pages handed on, by kind. */
  const free = new Map<string, Kept[]>();
  const make = async (options: BrowserContextOptions): Promise<Kept> => {
    const context = await browser.newContext(options);
    const page = await context.newPage();
    const kept: Kept = { page, context, faults: [] };
    page.on("console", (message) => {
      if (message.text() === "Service Worker registration blocked by Playwright") return;
      if (message.type() === "error" || message.type() === "warning") kept.faults.push(`${message.type()}: ${message.text()}`);
    });
    page.on("pageerror", (error) => kept.faults.push(`exception: ${error.message}`));
    page.on("request", (request) => {
      const url = new URL(request.url());
      if (url.origin !== site.origin && url.protocol !== "data:") kept.faults.push(`request: ${request.url()}`);
    });
    page.on("response", (response) => {
      if (response.status() !== 200) kept.faults.push(`response: ${response.status()} ${response.url()}`);
    });
    await page.addInitScript(() => {
      document.addEventListener("securitypolicyviolation", (event) =>
        console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`),
      );
    });
    return kept;
  };
  return {
    open: async (
      address,
      { locale = "zh-CN", width = 1440, height = 900, colorScheme = "light", hasTouch = false, isKept = false, before, shows } = {},
    ) => {
      const kind = [locale, colorScheme, hasTouch].join(" ");
      // A page for which something is set up beforehand is nobody else's.
      const isOwn = isKept || before !== undefined;
      const viewport = { width, height };
      const serviceWorkers = isKept ? "allow" : "block";
      const kept = (isOwn ? undefined : free.get(kind)?.pop()) ?? (await make({ locale, colorScheme, hasTouch, serviceWorkers, viewport }));
      const { page, context } = kept;
      const faults: string[] = [];
      kept.faults = faults;
      if (page.viewportSize()?.width !== width || page.viewportSize()?.height !== height) await page.setViewportSize(viewport);
      await before?.(page);
      await page.goto(`${site.origin}/${address}`);
      if (shows === undefined) await settled(page);
      else await page.waitForSelector(shows);
      const handOn = async () => {
        if (isOwn) return context.close();
        // What the old document and its workers may still say is told to nobody, and nothing lies under the pointer.
        kept.faults = [];
        await page.mouse.move(0, 0);
        await page.goto("about:blank");
        free.set(kind, [...(free.get(kind) ?? []), kept]);
      };
      return { page, context, faults, handOn };
    },
    close: async () => {
      await browser.close();
      await site.close();
    },
  };
}

/** Waits until the engine rests and the page shows an answer or a notice. */
export async function settled(page: Page): Promise<void> {
  await page.waitForSelector('#answer[data-busy="false"]:is([data-ready="true"], :has(.options, .notice))', { timeout: 50_000 });
}

/** The address as the page has it: the browser tells `page.url()` of a change only a little later. */
export const addressOf = (page: Page): Promise<string> => page.evaluate(() => location.href);

/** Goes down the first page and back, until everything that loads when one comes near it is there. */
export async function readThrough(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const missing = document.querySelector("#answer .loading");
    // Again at every look: what has come moves the rest farther down.
    if (missing === null) scrollTo(0, document.documentElement.scrollHeight);
    else missing.scrollIntoView();
    return missing === null;
  });
  await page.evaluate(() => scrollTo(0, 0));
}

interface AxeResults {
  passes: unknown[];
  violations: { id: string; help: string; nodes: { html: string }[] }[];
}

/** Runs axe-core in the page; one line for each finding. The page's policy forbids foreign scripts, the browser's own evaluation is not bound by it. */
export async function accessibilityFindings(page: Page): Promise<string[]> {
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(`${axe.source}; undefined`);
  const found = await page.evaluate(async () => {
    const injected = (globalThis as unknown as { axe: { run(options: object): Promise<AxeResults> } }).axe;
    // All rules; only what they find is described, not each place that is in order.
    const { passes, violations } = await injected.run({ resultTypes: ["violations"] });
    return {
      passed: passes.length,
      violations: violations.map((v) => ({ id: v.id, help: v.help, html: v.nodes.map((n) => n.html.slice(0, 160)) })),
    };
  });
  if (found.passed < 20) throw new Error(`axe-core checked only ${found.passed} rules`);
  return found.violations.map((v) => `${v.id}: ${v.help}\n  ${v.html.join("\n  ")}`);
}

/** The `value` of every `<data data-of=…>` and `dateTime` inside an element. */
export async function valuesIn(page: Page, selector: string): Promise<Record<string, string>> {
  return page.$eval(selector, (element) =>
    Object.fromEntries(
      [...element.querySelectorAll<HTMLElement>("[data-of]")].map((e) => [
        e.dataset["of"] ?? "",
        e.getAttribute("value") ?? e.getAttribute("datetime") ?? "",
      ]),
    ),
  );
}
