// Takes the pictures of the README from the built page: npm run build:web && node docs/pictures.mjs
import { createReadStream, existsSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const root = fileURLToPath(new URL("../dist/web", import.meta.url));
const out = fileURLToPath(new URL("./pictures", import.meta.url));
const types = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".json": "application/json", ".svg": "image/svg+xml" };
const server = createServer((request, response) => {
  const path = join(root, normalize(new URL(request.url, "http://x").pathname).replace(/\/$/, "/index.html"));
  if (!path.startsWith(root) || !existsSync(path)) return response.writeHead(404).end();
  response.writeHead(200, { "content-type": types[extname(path)] ?? "application/octet-stream" });
  createReadStream(path).pipe(response);
}).listen(0, "127.0.0.1");
await new Promise((done) => server.once("listening", done));
const executablePath = process.env.CHROME_PATH ?? ["/usr/bin/chromium", "/usr/bin/google-chrome"].find(existsSync);
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"] });
for (const [name, query, colorScheme, width, height] of [
  ["compare-zh", "?lang=zh", "light", 1440, 1180],
  ["compare-en", "?lang=en", "light", 1440, 1180],
  ["compare-dark-en", "?lang=en", "dark", 1440, 1180],
  ["compare-phone-zh", "?lang=zh", "light", 390, 844],
]) {
  const page = await browser.newPage({ viewport: { width, height }, colorScheme, locale: name.endsWith("zh") ? "zh-CN" : "en-GB" });
  await page.goto(`http://127.0.0.1:${server.address().port}/${query}`);
  await page.waitForSelector("[data-option]", { timeout: 60_000 }).catch(() => undefined);
  await page.waitForTimeout(1500);
  await page.screenshot({ path: join(out, `${name}.png`) });
  await page.close();
}
await browser.close();
server.close();
