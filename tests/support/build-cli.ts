import { execFileSync } from "node:child_process";
import { rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  interface ProvidedContext {
    /** Path of the built command line. */
    cli: string;
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
  return () => rmSync(folder, { recursive: true, force: true });
}
