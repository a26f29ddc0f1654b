import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { inject } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** A product of this run of the tests: the first test file that asks builds it, the others wait for that. */
async function builtOnce(folder: string, mode: "cli" | "production"): Promise<string> {
  const marks = join(inject("builds"), mode);
  const [done, failed] = [join(marks, "done"), join(marks, "failed")];
  const isFirst = await mkdir(marks).then(
    () => true,
    () => false,
  );
  if (isFirst) {
    try {
      // A process of its own: the test runner's would build for development.
      const vite = join(root, "node_modules/vite/bin/vite.js");
      await promisify(execFile)(
        process.execPath,
        [vite, "build", "--mode", mode, "--outDir", folder, "--emptyOutDir", "--logLevel", "error"],
        {
          cwd: root,
          env: { ...process.env, NODE_ENV: "production" },
        },
      );
      await writeFile(done, "");
    } catch (error) {
      await writeFile(failed, String(error));
      throw error;
    }
  }
  while (!existsSync(done)) {
    if (existsSync(failed)) throw new Error(`the ${mode} build failed; see the first test file that needed it`);
    await pause(50);
  }
  return folder;
}

/** Path of the built command line. It lies inside the project, to find node_modules from there. */
export const builtCli = async (): Promise<string> => join(await builtOnce(inject("cliFolder"), "cli"), "yuche.js");

/** Folder of the built page. */
export const builtPage = (): Promise<string> => builtOnce(join(inject("builds"), "page"), "production");
