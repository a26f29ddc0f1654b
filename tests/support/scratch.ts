import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll } from "vitest";

export interface Scratch {
  folder: string;
  /** Path of a file in the folder. */
  path(name: string): string;
  /** Writes text as it is and anything else as JSON; gives the path. */
  write(name: string, content: unknown): string;
}

/** A folder of the test file's own, gone after its tests. */
export function scratch(): Scratch {
  const folder = mkdtempSync(join(tmpdir(), "yuche-test-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const path = (name: string) => join(folder, name);
  return {
    folder,
    path,
    write: (name, content) => {
      mkdirSync(dirname(path(name)), { recursive: true });
      writeFileSync(path(name), typeof content === "string" ? content : JSON.stringify(content));
      return path(name);
    },
  };
}
