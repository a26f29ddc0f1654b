import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  interface ProvidedContext {
    /** Path of the built command line. */
    cli: string;
    /** Folder in which the first test that needs the page builds it. */
    page: string;
  }
}

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Builds the command line once for all tests, in a folder of its own inside the project (it finds node_modules from there). */
export default function setup(project: TestProject): () => void {
  const folder = `${root}dist/test-cli-${process.pid}`;
  execFileSync(
    process.execPath,
    [`${root}node_modules/vite/bin/vite.js`, "build", "--mode", "cli", "--outDir", folder, "--logLevel", "warn"],
    { cwd: root, stdio: "inherit", env: { ...process.env, NODE_ENV: "production" } },
  );
  project.provide("cli", `${folder}/yuche.js`);
  const page = mkdtempSync(join(tmpdir(), "yuche-page-"));
  project.provide("page", page);
  return () => {
    for (const made of [folder, page]) rmSync(made, { recursive: true, force: true });
  };
}
