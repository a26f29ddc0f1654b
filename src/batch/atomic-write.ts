import { randomBytes } from "node:crypto";
import { mkdir, open, readdir, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

const temporary = /^\..+\.([0-9a-f]{8})[0-9a-f]{8}\.tmp$/;

/** Marks the temporary files of one batch, so that it can clear up after a worker that was killed. */
export function makeMark(): string {
  return randomBytes(4).toString("hex");
}

/**
 * Writes a file so that its name only ever shows the whole old or the whole new content: unique temporary file beside it, fsync, rename, fsync of
 * the folder. The temporary file goes when anything fails; the error names the file. (write-file-atomic does not repeat a short write, so a full disk could leave half a file.)
 */
export async function writeAtomic(path: string, content: string | Uint8Array, mark = makeMark()): Promise<void> {
  const folder = dirname(path);
  await mkdir(folder, { recursive: true });
  const temp = join(folder, `.${basename(path)}.${mark}${randomBytes(4).toString("hex")}.tmp`);
  try {
    const file = await open(temp, "wx", 0o644);
    try {
      await file.writeFile(content, "utf8");
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temp, path);
  } catch (error) {
    await rm(temp, { force: true }).catch(() => undefined);
    // The reader knows the file, not the temporary one.
    throw error instanceof Error && "path" in error ? Object.assign(error, { path }) : error;
  }
  await syncFolder(folder);
}

async function syncFolder(folder: string): Promise<void> {
  // Some file systems do not let a folder be synced; the content is safe by then.
  try {
    const handle = await open(folder, "r");
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch {}
}

const staleMinutes = 10;

/** Removes what killed runs left: temporary files of this helper that bear the mark, or that are older than ten minutes. */
export async function sweepTemporaries(folder: string, now: number, mark?: string): Promise<void> {
  let names: string[];
  try {
    names = await readdir(folder);
  } catch {
    return;
  }
  for (const name of names) {
    const match = temporary.exec(name);
    if (match === null) continue;
    const path = join(folder, name);
    const info = match[1] === mark ? undefined : await stat(path).catch(() => undefined);
    if (match[1] === mark || (info !== undefined && now - info.mtimeMs > staleMinutes * 60_000))
      await rm(path, { force: true }).catch(() => undefined);
  }
}
