import { afterAll, beforeAll, expect, test } from "vitest";
import { type BuiltPage, settled, startPage } from "./page.ts";

let site: BuiltPage;
beforeAll(async () => {
  site = await startPage();
}, 300_000);
afterAll(() => site?.close());

test("opens and answers without a network once it was loaded, with every page", async () => {
  const { page, context, faults } = await site.open("", { isKept: true });
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  const before = await page.textContent(".options");
  await context.setOffline(true);
  await page.reload();
  await settled(page);
  expect(await page.textContent(".options")).toBe(before);
  await page.goto(`${page.url().split("?")[0]}?to=RU-MARKET&lang=en`);
  await settled(page);
  expect(await page.title()).toContain("Moscow");
  // Code that is loaded later is there too: the sources of an opened chain.
  await page.click(".options .row-button");
  await page.waitForSelector(".chain-detail a[href^='https://']", { state: "attached" });
  expect(faults).toEqual([]);
  await context.close();
});
