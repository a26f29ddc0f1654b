import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type BuiltPage, settled, startPage } from "./page.ts";

/** What a page may weigh before it answers, compressed (bytes). */
const budget = 350_000;

let site: BuiltPage;
beforeAll(async () => {
  site = await startPage();
}, 300_000);
afterAll(() => site?.close());

test("the first answer needs less than 350 kB, compressed as a file host does it", async () => {
  const { page, context } = await site.open("?lang=zh");
  const files = await page.evaluate(async () => {
    const names = performance.getEntriesByType("resource").map((entry) => entry.name);
    return [location.href, ...new Set(names)];
  });
  // The worker's own files are not among the page's resources.
  const workers = page.workers().map((worker) => worker.url());
  const all = [...new Set([...files, ...workers])];
  const sizes = await Promise.all(
    all.map(async (url) => [url, gzipSync(Buffer.from(await (await fetch(url)).arrayBuffer())).length] as const),
  );
  const total = sizes.reduce((sum, [, size]) => sum + size, 0);
  expect(workers).toHaveLength(1);
  expect(total, sizes.map(([url, size]) => `${size} ${url.split("/").at(-1)}`).join("\n")).toBeLessThan(budget);
  // What later pages need is not in it.
  expect(all.filter((url) => /data-view|capacity-view|sources-|readings-|highs|wasm/.test(url))).toEqual([]);
  await settled(page);
  await context.close();
});
