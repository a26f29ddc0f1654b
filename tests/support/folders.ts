import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  interface ProvidedContext {
    /** Folder of what this run builds, and of the marks that say so. */
    builds: string;
    /** Folder of the command line that this run builds. */
    cliFolder: string;
  }
}

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Folders for what the tests build (`built.ts`), gone when they are done. */
export default function setup(project: TestProject): () => void {
  const builds = mkdtempSync(join(tmpdir(), "yuche-tests-"));
  const cliFolder = join(root, `dist/test-cli-${process.pid}`);
  project.provide("builds", builds);
  project.provide("cliFolder", cliFolder);
  return () => {
    for (const made of [builds, cliFolder]) rmSync(made, { recursive: true, force: true });
  };
}
