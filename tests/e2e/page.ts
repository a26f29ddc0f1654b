import axe from "axe-core";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { launchBrowser } from "../support/browser.ts";
import { builtPage } from "../support/built.ts";
import { serve } from "../support/static-server.ts";

/** What a page did that it should not have. */
interface Watched {
  page: Page;
  context: BrowserContext;
  /** Console errors and warnings, exceptions, policy violations, requests off the origin, answers other than 200. */
  faults: string[];
}

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
  return {
    open: async (
      address,
      { locale = "zh-CN", width = 1440, height = 900, colorScheme = "light", hasTouch = false, isKept = false, before, shows } = {},
    ) => {
      const serviceWorkers = isKept ? "allow" : "block";
      const context = await browser.newContext({ locale, colorScheme, hasTouch, serviceWorkers, viewport: { width, height } });
      const page = await context.newPage();
      const faults: string[] = [];
      page.on("console", (message) => {
        if (message.text() === "Service Worker registration blocked by Playwright") return;
        if (message.type() === "error" || message.type() === "warning") faults.push(`${message.type()}: ${message.text()}`);
      });
      page.on("pageerror", (error) => faults.push(`exception: ${error.message}`));
      page.on("request", (request) => {
        const url = new URL(request.url());
        if (url.origin !== site.origin && url.protocol !== "data:") faults.push(`request: ${request.url()}`);
      });
      page.on("response", (response) => {
        if (response.status() !== 200) faults.push(`response: ${response.status()} ${response.url()}`);
      });
      await page.addInitScript(() => {
        document.addEventListener("securitypolicyviolation", (event) =>
          console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`),
        );
      });
      await before?.(page);
      await page.goto(`${site.origin}/${address}`);
      if (shows === undefined) await settled(page);
      else await page.waitForSelector(shows);
      return { page, context, faults };
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
  await page.evaluate(axe.source);
  const found = await page.evaluate(async () => {
    const injected = (globalThis as unknown as { axe: { run(): Promise<AxeResults> } }).axe;
    const { passes, violations } = await injected.run();
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
