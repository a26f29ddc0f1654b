import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Scenario } from "../../src/model/index.ts";
import { type ShipmentResult, runScenario } from "../../src/scenario/index.ts";
import { whatifWords } from "../../web/i18n/whatif.ts";
import { readAddress } from "../../web/state/address.ts";
import { namedChains } from "../../web/state/chains.ts";
import { scenarioOf } from "../../web/state/shipment.ts";
import type { Adjustment } from "../../web/state/adjustments.ts";
import { type BuiltPage, accessibilityFindings, addressOf, settled, startPage, valuesIn } from "./page.ts";

let site: BuiltPage;
beforeAll(async () => {
  site = await startPage();
}, 300_000);
afterAll(() => site?.close());

const slider = (figure: string) => `[data-figure="${figure}"] input[type=range]`;
const field = (figure: string) => `[data-figure="${figure}"] input[type=number]`;
const dollar = "finance/cnyPer/USD";

async function open(address: string, options: Parameters<BuiltPage["open"]>[1] = {}) {
  const opened = await site.open(address, options);
  if ((await opened.page.getAttribute(".whatif-toggle", "aria-expanded")) === "false") await opened.page.click(".whatif-toggle");
  await opened.page.waitForSelector('.whatif-influential[aria-busy="false"] [data-figure]', { timeout: 50_000 });
  await opened.page.waitForSelector(slider(dollar));
  return opened;
}

/** Adjustments that the numbers on the screen belong to, once the page rests with what the address says. */
async function rested(page: Page): Promise<readonly Adjustment[]> {
  const { adjustments } = readAddress(new URL(await addressOf(page)).search, "zh");
  await page.waitForFunction(
    (wanted) =>
      document.querySelector("#answer")?.getAttribute("data-busy") === "false" &&
      (document.querySelector(".whatif-effects ul") as HTMLElement | null)?.dataset["adjusted"] === wanted,
    JSON.stringify(adjustments),
    { timeout: 30_000 },
  );
  return adjustments;
}

const answers = new Map<string, ShipmentResult>();

/** The engine run in Node; a scenario that is asked for again, as the one without adjustments always is, is not run again. */
function engineAnswer(scenario: unknown): ShipmentResult {
  const text = JSON.stringify(scenario);
  const answer = answers.get(text) ?? runScenario(JSON.parse(text) as Scenario).shipments[0]!;
  answers.set(text, answer);
  return answer;
}

/** The table and the differences against a run in Node of the scenario that the address makes, to the last digit. */
async function expectSameNumbers(page: Page): Promise<readonly Adjustment[]> {
  const adjustments = await rested(page);
  const { form } = readAddress(new URL(await addressOf(page)).search, "zh");
  const [now, before] = [engineAnswer(scenarioOf(form, adjustments)), engineAnswer(scenarioOf(form, []))];
  for (const best of namedChains(now, "landed").filter((n) => n.isBest)) {
    const { chain } = best;
    const shown = await valuesIn(page, `tr[data-chain="${best.key}"]`);
    expect(shown, best.key).toMatchObject({
      cost: String(chain.cost.cny),
      range: `${chain.cost.range.low}/${chain.cost.range.high}`,
      days: String(chain.time.days),
      arrival: chain.time.arrivalDate,
      co2e: String(chain.co2eKg),
    });
    const was = before.options.find((o) => o.option === best.option)?.chains[0];
    if (was === undefined) continue;
    expect(await valuesIn(page, `[data-effect="${best.option}"]`)).toEqual({
      "effect-cost": String(Math.round((chain.cost.cny - was.cost.cny) * 100) / 100),
      "effect-days": String(Math.round((chain.time.days - was.time.days) * 100) / 100),
    });
  }
  return adjustments;
}

/** Counts, from now on, what nobody may see while a slider moves: no table, a notice, a skeleton, a panel of another size. */
async function watchForBlinks(page: Page): Promise<void> {
  await page.evaluate(() => {
    const seen = { blinks: [] as string[], frames: 0 };
    Object.assign(window, { seen });
    const size = () => {
      const { top, height, width } = document.querySelector(".whatif")!.getBoundingClientRect();
      return [top, height, width].map(Math.round).join(" ");
    };
    const first = size();
    const look = () => {
      seen.frames++;
      if (document.querySelectorAll(".options .best-row").length === 0) seen.blinks.push("no rows");
      if (document.querySelector("main .notice, #answer > .loading") !== null) seen.blinks.push("notice");
      if (document.querySelector(".map-picture .route") === null || document.querySelector(".mark") === null)
        seen.blinks.push("no picture");
      if (size() !== first) seen.blinks.push(`panel ${first} -> ${size()}`);
    };
    new MutationObserver(look).observe(document.querySelector("#answer")!, {
      subtree: true,
      childList: true,
      characterData: true,
      attributes: true,
    });
    const frame = () => (look(), requestAnimationFrame(frame));
    frame();
  });
}

const blinksOf = (page: Page) => page.evaluate(() => (window as unknown as { seen: { blinks: string[]; frames: number } }).seen);

describe("what if", () => {
  test("a dragged slider is followed without a blink; let go, the address keeps it, a reload restores it, one undo takes it back", async () => {
    const { page, faults, handOn } = await open("");
    expect(await page.locator(".whatif-influential [data-figure]").count()).toBeGreaterThan(3);
    const before = await page.textContent(".best-row [data-of=cost]");
    await watchForBlinks(page);
    await page.locator(slider(dollar)).scrollIntoViewIfNeeded();
    const box = (await page.locator(slider(dollar)).boundingBox())!;
    const y = box.y + box.height / 2;
    await page.mouse.move(box.x + box.width * 0.45, y);
    await page.mouse.down();
    const values = new Set<string>();
    for (let step = 0; step < 25; step++) {
      await page.mouse.move(box.x + box.width * (0.5 + step / 60), y);
      await page.waitForTimeout(30);
      values.add((await page.textContent(".best-row [data-of=cost]")) ?? "");
    }
    // The numbers moved while the button was down, and nothing was written into the address yet.
    expect(values.size).toBeGreaterThan(5);
    expect(await addressOf(page)).not.toContain("adjust=");
    await page.mouse.up();
    await page.waitForFunction(() => location.search.includes("adjust="));
    const adjustments = await expectSameNumbers(page);
    expect(adjustments).toHaveLength(1);
    expect(adjustments[0]!.change).toBe("finance/cnyPer");
    const { blinks, frames } = await blinksOf(page);
    expect(blinks).toEqual([]);
    expect(frames).toBeGreaterThan(25);
    const shown = await page.textContent(".best-row [data-of=cost]");
    expect(shown).not.toBe(before);
    await page.reload();
    await settled(page);
    await page.waitForSelector(slider(dollar));
    expect(await expectSameNumbers(page)).toEqual(adjustments);
    expect(await page.textContent(".best-row [data-of=cost]")).toBe(shown);
    await page.keyboard.press("Control+z");
    expect(await rested(page)).toEqual(adjustments);
    await page.click(`.whatif-tools button:has-text("${whatifWords.zh.resetAll}")`);
    expect(await expectSameNumbers(page)).toEqual([]);
    expect(await page.textContent(".best-row [data-of=cost]")).toBe(before);
    await page.keyboard.press("Control+z");
    expect(await rested(page)).toEqual(adjustments);
    await page.keyboard.press("Control+Shift+z");
    expect(await rested(page)).toEqual([]);
    expect(faults).toEqual([]);
    await handOn();
  });

  test("a step redraws what changed and nothing else: few marks and numbers, no map, no table that is closed", async () => {
    const { page, faults, handOn } = await open("", { height: 1300 });
    await page.locator(slider(dollar)).scrollIntoViewIfNeeded();
    const box = (await page.locator(slider(dollar)).boundingBox())!;
    const y = box.y + box.height / 2;
    const at = (step: number) => box.x + box.width * (0.5 + step / 60);
    const moved = async (step: number) => {
      const shown = await page.getAttribute(".whatif-effects ul", "data-adjusted");
      await page.mouse.move(at(step), y);
      await page.waitForFunction(
        (before) => document.querySelector<HTMLElement>(".whatif-effects ul")!.dataset["adjusted"] !== before,
        shown,
      );
    };
    await page.mouse.move(at(-1), y);
    await page.mouse.down();
    // The first steps also tell that something is being changed.
    for (const step of [0, 1]) await moved(step);
    await page.evaluate(() => {
      const changes: Record<string, number> = {};
      Object.assign(window, { changes });
      new MutationObserver((list) => {
        for (const { target, type } of list) {
          const element = target instanceof Element ? target : target.parentElement;
          const part = element?.closest(".map-panel, .front-table, .legend, .timeline-panel, .corridor-panel, .shipment, .next-departures");
          const what = part?.classList[0] === "panel" ? part.classList[1]! : (part?.classList[0] ?? "rest");
          changes[what] = (changes[what] ?? 0) + 1;
          if (type === "childList") changes["nodes"] = (changes["nodes"] ?? 0) + 1;
        }
      }).observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
    });
    const steps = 10;
    for (let step = 2; step < 2 + steps; step++) await moved(step);
    const changes = await page.evaluate(() => (window as unknown as { changes: Record<string, number> }).changes);
    await page.mouse.up();
    const { rest = 0, nodes = 0, ...others } = changes;
    expect(others).toEqual({});
    // About 180 attributes and texts a step; nodes come and go only where a difference or a mark appears.
    expect(rest / steps).toBeGreaterThan(20);
    expect(rest / steps).toBeLessThan(400);
    expect(nodes / steps).toBeLessThan(20);
    expect(faults).toEqual([]);
    await handOn();
  });

  test("arrow keys move it, the field takes a number beyond the range, the arrow back beside it restores the network's own", async () => {
    const { page, faults, handOn } = await open("?lang=en");
    const own = await page.inputValue(field(dollar));
    await page.focus(slider(dollar));
    for (let i = 0; i < 5; i++) await page.keyboard.press("ArrowRight");
    await page.waitForFunction(() => location.search.includes("adjust="));
    const [moved] = await expectSameNumbers(page);
    expect(moved!.set["USD"]).toBeGreaterThan(Number(own));
    expect(await page.getAttribute(slider(dollar), "aria-valuetext")).toContain("CNY/USD");
    await page.fill(field(dollar), "8.5");
    await page.keyboard.press("Enter");
    expect(await expectSameNumbers(page)).toEqual([{ change: "finance/cnyPer", set: { USD: 8.5 } }]);
    await page.fill(field(dollar), "");
    await page.keyboard.press("Tab");
    expect(await page.inputValue(field(dollar))).toBe("8.5");
    await page.click(`[data-figure="${dollar}"] .whatif-reset`);
    expect(await expectSameNumbers(page)).toEqual([]);
    expect(await page.inputValue(field(dollar))).toBe(own);
    expect(faults).toEqual([]);
    await handOn();
  });

  test("the figure that matters most, then switches: Suez shut, lock in overhaul; all together as the command line has it", async () => {
    const { page, faults, handOn } = await open("");
    const first = (await page.getAttribute(".whatif-influential [data-figure] >> nth=0", "data-figure"))!;
    await page.focus(slider(first));
    await page.keyboard.press("Home");
    await page.waitForFunction(() => location.search.includes("adjust="));
    await expectSameNumbers(page);
    await page.click('[data-switch="suez"] .switch button >> nth=1');
    await page.waitForFunction(() => location.search.includes("suez"));
    await expectSameNumbers(page);
    await page.click('[data-switch="lock"] .switch button >> nth=1');
    await page.waitForFunction(() => location.search.includes("TGD"));
    const adjustments = await expectSameNumbers(page);
    expect(adjustments.map((a) => a.change)).toEqual(["services/sea-*-suez", "locations/CNYIC-TGD/passages/priority", first]);
    expect(await page.getAttribute('[data-switch="suez"] .switch button >> nth=1', "aria-pressed")).toBe("true");
    await page.keyboard.press("Control+z");
    expect(await rested(page)).toHaveLength(2);
    expect(faults).toEqual([]);
    await handOn();
  });

  test("an adjustment in a link that names nothing is told as a problem, and taking all back answers again", async () => {
    const hostile = new URLSearchParams([
      ["adjust", "services/<script>alert(1)</script>/enabled=false"],
      ["adjust", "finance/cnyPer/USD=7.1"],
      ["adjust", "not json"],
    ]);
    const { page, faults, handOn } = await site.open(`?${hostile.toString()}`);
    expect(await page.locator(".notice-problem").count()).toBe(1);
    expect(await page.textContent(".notice-problem")).toContain("<script>alert(1)</script>");
    await page.click(`.whatif-tools button:has-text("${whatifWords.zh.resetAll}")`);
    await page.waitForSelector(".options");
    await settled(page);
    expect(await addressOf(page)).not.toContain("adjust=");
    expect(faults).toEqual([]);
    await handOn();
  });

  test.each([
    ["zh", "light", 1440],
    ["en", "dark", 390],
    ["en", "light", 2560],
  ] as const)("axe-core finds nothing in the open panel and nothing is wider than the screen: %s %s %d px", async (lang, theme, width) => {
    const { page, faults, handOn } = await open(
      `?lang=${lang}&theme=${theme}&adjust=finance/cnyPer/USD%3D7.1&adjust=cargos/bev-suv/massT%3D2.1`,
      { width },
    );
    expect(await accessibilityFindings(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    expect(await page.locator(".whatif-others li").count()).toBe(1);
    expect(faults).toEqual([]);
    await handOn();
  });
});
