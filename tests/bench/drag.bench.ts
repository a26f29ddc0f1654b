import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { build } from "vite";
import { launchBrowser } from "../support/browser.ts";
import { serve } from "../support/static-server.ts";
import { type BenchRow, median, watchTheft } from "./bench.ts";

/** One step of the slider: when the pointer's event came, when the page stood with the answer to it, when that was painted. */
interface Step {
  drawn: number;
  painted: number;
}

interface Drag {
  steps: Step[];
  /** Steps whose answer was not the one to the newest value when it was painted: must stay 0. */
  stale: number;
  landed: number;
}

declare global {
  interface Window {
    drag: Drag & { next?: (() => void) | undefined };
  }
}

/**
 * Watches the page from inside. An `input` event starts the clock; the panel names the adjustments that its numbers belong to, so the clock stops only when these
 * hold the newest value, the row in the options table has the same cost as the engine's answer in the panel's data, and style and layout are done.
 */
function watch(): void {
  const drag: Window["drag"] = { steps: [], stale: 0, landed: 0 };
  window.drag = drag;
  const list = document.querySelector<HTMLElement>(".whatif-effects ul")!;
  let begun = 0;
  let wanted: string | undefined;
  const after = (then: () => void) =>
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.addEventListener("message", then);
      channel.port1.start();
      channel.port2.postMessage(0);
    });
  document.addEventListener(
    "input",
    (event) => {
      begun = event.timeStamp;
      // The page's own listener has run by then.
      queueMicrotask(() => (wanted = (event.target as HTMLInputElement).closest<HTMLElement>(".whatif-row")?.dataset["figure"]));
    },
    true,
  );
  const shownValue = (): string => document.querySelector<HTMLInputElement>(`[data-figure="${wanted}"] input[type=number]`)?.value ?? "";
  new MutationObserver(() => {
    if (begun === 0 || wanted === undefined) return;
    const value = shownValue();
    const adjusted = list.dataset["adjusted"] ?? "";
    if (!adjusted.includes(`:${value}}`)) return;
    const since = begun;
    begun = 0;
    void document.body.offsetHeight;
    const drawn = performance.now() - since;
    after(() => {
      if (shownValue() !== value || list.dataset["adjusted"] !== adjusted) drag.stale++;
      drag.steps.push({ drawn, painted: performance.now() - since });
      drag.landed++;
      drag.next?.();
    });
  }).observe(list, { attributes: true, attributeFilter: ["data-adjusted"] });
}

/** Drags a slider to and fro with the mouse, one step after the other. */
async function drag(page: Page, figure: string, steps: number): Promise<Drag> {
  const slider = page.locator(`[data-figure="${figure}"] input[type=range]`);
  await slider.scrollIntoViewIfNeeded();
  const box = (await slider.boundingBox())!;
  const y = box.y + box.height / 2;
  const at = (k: number) => box.x + 12 + (box.width - 24) * (0.5 - 0.45 * Math.cos((k / 40) * Math.PI));
  await page.mouse.move(at(0), y);
  await page.mouse.down();
  await page.evaluate(() => Object.assign(window.drag, { steps: [], stale: 0 }));
  for (let k = 1; k <= steps; k++) {
    const before = await page.evaluate(() => window.drag.landed);
    await page.mouse.move(at(k), y);
    // A step may be too small for another value; then there is nothing to wait for.
    await page.evaluate(
      (landed) =>
        new Promise<void>((done) => {
          if (window.drag.landed > landed) return done();
          const late = setTimeout(done, 400);
          window.drag.next = () => {
            clearTimeout(late);
            done();
          };
        }),
      before,
    );
  }
  await page.mouse.up();
  return page.evaluate(() => ({ steps: window.drag.steps, stale: window.drag.stale, landed: window.drag.landed }));
}

/** Frame times while a slider of the built page is dragged in Chromium: real pointer moves, the whole page open, the answer to the newest value on the screen. */
export async function run(): Promise<BenchRow[]> {
  const folder = await mkdtemp(join(tmpdir(), "yuche-drag-"));
  const rows: BenchRow[] = [];
  await build({ configFile: "vite.config.ts", mode: "production", logLevel: "error", build: { outDir: folder, emptyOutDir: true } });
  const site = await serve(folder);
  // A frame is painted when it is ready, not when a screen that is not there asks for it.
  const browser = await launchBrowser(["--disable-frame-rate-limit", "--disable-gpu-vsync"]);
  try {
    const page = await (await browser.newContext({ locale: "zh-CN", viewport: { width: 1440, height: 1300 } })).newPage();
    await page.goto(`${site.origin}/`);
    await page.waitForSelector('#answer[data-busy="false"] .options');
    await page.click(".whatif-toggle");
    await page.waitForSelector('.whatif-influential[aria-busy="false"] [data-figure]', { timeout: 60_000 });
    await page.evaluate(watch);
    const influential = await page.$$eval(".whatif-influential [data-figure]", (all) =>
      all.map((e) => (e as HTMLElement).dataset["figure"]!),
    );
    for (const figure of [...influential.slice(0, 3), "finance/capitalPercentPerYear", "finance/cnyPer/USD"]) {
      await drag(page, figure, 30);
      const stolen = watchTheft();
      const { steps, stale } = await drag(page, figure, 130);
      if (steps.length < 100) throw new Error(`${figure}: only ${steps.length} steps were answered`);
      if (stale > 0) throw new Error(`${figure}: ${stale} frames were painted with the answer to another value`);
      const worst = (of: (step: Step) => number) => Math.max(...steps.map(of));
      const drawn = median(steps.map((s) => s.drawn));
      const painted = median(steps.map((s) => s.painted));
      const row = { bench: "drag", ours: "", peer: "", peerMs: Number.NaN, unit: "ms", isLimit: true };
      rows.push(
        {
          ...row,
          workload: figure,
          ours: "event to painted, median",
          oursMs: painted,
          ratio: painted,
          target: 16,
          note: `${steps.length} steps; redrawn after ${drawn.toFixed(1)} ms; ${stolen()}`,
        },
        {
          ...row,
          workload: figure,
          ours: "event to painted, worst",
          oursMs: worst((s) => s.painted),
          ratio: worst((s) => s.painted),
          target: 50,
          note: `redrawn after ${worst((s) => s.drawn).toFixed(1)} ms`,
        },
      );
      await page.click(".whatif-tools button >> nth=2");
    }
  } finally {
    await browser.close();
    await site.close();
    await rm(folder, { recursive: true, force: true });
  }
  return rows;
}
