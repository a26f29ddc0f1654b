import { spawnSync } from "node:child_process";
import { accessSync, constants, existsSync, readdirSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { createRequire } from "node:module";
import { type Browser, chromium } from "playwright-core";

/** No sandbox: containers run as root; nothing in the background: a test must not see the browser's own requests. */
const flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"];

const isRunnable = (path: string | undefined): path is string => {
  if (path === undefined || path === "") return false;
  try {
    accessSync(path, process.platform === "win32" ? constants.F_OK : constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/** Usual places of Chromium, Chrome and Edge. */
function usualPlaces(): string[] {
  if (process.platform === "darwin") {
    const apps = [
      "Google Chrome.app/Contents/MacOS/Google Chrome",
      "Chromium.app/Contents/MacOS/Chromium",
      "Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    ];
    return ["/Applications", join(homedir(), "Applications")].flatMap((folder) => apps.map((app) => join(folder, app)));
  }
  if (process.platform === "win32") {
    const roots = [process.env["PROGRAMFILES"], process.env["PROGRAMFILES(X86)"], process.env["LOCALAPPDATA"]].filter(
      (root) => root !== undefined,
    );
    return roots.flatMap((root) => [
      join(root, "Google/Chrome/Application/chrome.exe"),
      join(root, "Chromium/Application/chrome.exe"),
      join(root, "Microsoft/Edge/Application/msedge.exe"),
    ]);
  }
  const names = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "microsoft-edge-stable", "microsoft-edge"];
  const folders = [...(process.env["PATH"] ?? "").split(":"), "/usr/bin", "/usr/local/bin", "/snap/bin", "/opt/google/chrome"];
  return [...names.flatMap((name) => folders.map((folder) => join(folder, name))), "/opt/google/chrome/chrome"];
}

/** Browsers that Playwright's installer has put into its registry. */
function registryPlaces(): string[] {
  const registry =
    process.env["PLAYWRIGHT_BROWSERS_PATH"] ??
    (process.platform === "win32"
      ? join(process.env["LOCALAPPDATA"] ?? "", "ms-playwright")
      : process.platform === "darwin"
        ? join(homedir(), "Library/Caches/ms-playwright")
        : join(homedir(), ".cache/ms-playwright"));
  if (!existsSync(registry)) return [];
  const inside = [
    "chrome-linux/chrome",
    "chrome-linux64/chrome",
    "chrome-linux/headless_shell",
    "chrome-headless-shell-linux64/chrome-headless-shell",
    "chrome-mac/Chromium.app/Contents/MacOS/Chromium",
    "chrome-win/chrome.exe",
    "chrome-win64/chrome.exe",
  ];
  return readdirSync(registry)
    .filter((name) => name.startsWith("chromium"))
    .sort()
    .reverse()
    .flatMap((name) => inside.map((path) => join(registry, name, path)));
}

function findBrowser(): string | undefined {
  return [process.env["CHROME_PATH"], ...usualPlaces(), ...registryPlaces()].find(isRunnable);
}

/** Tries to get a browser: the system's packages where we may install them, else Playwright's installer. */
function installBrowser(): void {
  const run = (command: string, args: string[]) =>
    spawnSync(command, args, { stdio: "ignore", timeout: 240_000, env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } }).status ===
    0;
  const isRoot = process.getuid?.() === 0;
  if (
    process.platform === "linux" &&
    isRoot &&
    run("apt-get", ["update", "-qq"]) &&
    run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "chromium", "fonts-noto-cjk"])
  )
    return;
  const installer = createRequire(import.meta.url).resolve("playwright-core/cli.js");
  run(process.execPath, [installer, "install", "--only-shell", "chromium"]);
}

/** A browser for the page's tests; found, else fetched, else one line that says what to install. `more`: further flags. */
export async function launchBrowser(more: readonly string[] = []): Promise<Browser> {
  let executablePath = findBrowser();
  if (executablePath === undefined) {
    installBrowser();
    executablePath = findBrowser();
  }
  if (executablePath === undefined)
    throw new Error(
      "No browser for the page's tests: install Chromium, Chrome or Edge (Debian: apt-get install chromium), or set CHROME_PATH to one.",
    );
  return chromium.launch({ executablePath, args: [...flags, ...more], headless: true });
}
