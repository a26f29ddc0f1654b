// Takes the pictures of the README from the built page: npm run build:web && node docs/pictures.mjs
// Another folder with a built page, and single pictures, may be named: node docs/pictures.mjs path/to/web compare-zh capacity-en
// The capacity plan is solved to its proof first: some minutes for each language.
import { createReadStream, existsSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const root = resolve(process.argv[2] ?? fileURLToPath(new URL("../dist/web", import.meta.url)));
const chosen = process.argv.slice(3);
const out = fileURLToPath(new URL("./pictures", import.meta.url));
const types = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".json": "application/json", ".svg": "image/svg+xml" };

const openWhatIf = async (page) => {
  await page.click(".whatif-toggle");
  const slider = page.locator('.whatif-influential[aria-busy="false"] input[type=range]').nth(1);
  await slider.waitFor({ timeout: 60_000 });
  await slider.focus();
  await page.keyboard.press("End");
};
const pin = (page) => page.click(".chain-row .pin-button >> nth=0");

/** Name, query, theme, size, what a user does first; `scale`: pixels of the picture for one of the page. */
const pictures = [
  { name: "compare", query: {}, width: 1440, height: 900 },
  { name: "compare-whole", query: {}, width: 1440, height: 2050 },
  { name: "compare-dark", query: { theme: "dark" }, width: 1440, height: 900, act: pin },
  { name: "compare-wide", query: {}, width: 2560, height: 1440, scale: 0.6 },
  { name: "compare-phone", query: {}, width: 390, height: 844 },
  { name: "what-if", query: {}, width: 1440, height: 900, act: openWhatIf },
  { name: "data", query: { page: "data", see: "figures/duty-eu-cvd" }, width: 1440, height: 900 },
  { name: "network", query: { page: "data", tab: "network", see: "locations/CN-ALASHANKOU" }, width: 1440, height: 900 },
  { name: "capacity", query: { page: "capacity" }, width: 1440, height: 900 },
];

const server = createServer((request, response) => {
  const path = join(root, normalize(new URL(request.url, "http://x").pathname).replace(/\/$/, "/index.html"));
  if (!path.startsWith(root) || !existsSync(path)) return response.writeHead(404).end();
  response.writeHead(200, { "content-type": types[extname(path)] ?? "application/octet-stream" });
  createReadStream(path).pipe(response);
}).listen(0, "127.0.0.1");
await new Promise((done) => server.once("listening", done));
const executablePath = process.env.CHROME_PATH ?? ["/usr/bin/chromium", "/usr/bin/google-chrome"].find(existsSync);
const args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"];
const browser = await chromium.launch({ executablePath, args });
for (const [lang, locale] of [
  ["zh", "zh-CN"],
  ["en", "en-GB"],
]) {
  for (const { name, query, width, height, scale = 1, act } of pictures) {
    if (chosen.length > 0 && !chosen.includes(`${name}-${lang}`)) continue;
    const page = await browser.newPage({ viewport: { width, height }, deviceScaleFactor: scale, locale, reducedMotion: "reduce" });
    await page.goto(`http://127.0.0.1:${server.address().port}/?${new URLSearchParams({ lang, theme: "light", ...query })}`);
    await page.waitForSelector('#answer[data-busy="false"]:is([data-ready="true"], :has(.options))', { timeout: 300_000 });
    await act?.(page);
    await page.waitForTimeout(1500);
    await page.screenshot({ path: join(out, `${name}-${lang}.png`) });
    await page.close();
  }
}
await browser.close();
server.close();
