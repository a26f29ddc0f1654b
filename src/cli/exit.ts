import type { Language } from "../model/index.ts";

/** What the program ends with; its help names them. */
export const exitCodes = {
  done: 0,
  someFailed: 1,
  usage: 2,
  invalidInput: 3,
  noRoute: 4,
  environment: 5,
  bug: 70,
  hangup: 129,
  interrupted: 130,
  terminated: 143,
} as const;

export type Both = { zh: string; en: string };

/** One thing that is wrong with a command line. */
export interface Fault {
  what: Both;
  hint?: Both | undefined;
}

/** A command line that cannot be understood: exit code 2. */
export class UsageError extends Error {
  readonly faults: readonly Fault[];
  constructor(what: Both, hint?: Both, more: readonly Fault[] = []) {
    super(what.en);
    this.name = "UsageError";
    this.faults = [{ what, hint }, ...more];
  }
}

/** Throws if anything is wrong. */
export function failOn([first, ...more]: readonly Fault[]): void {
  if (first !== undefined) throw new UsageError(first.what, first.hint, more);
}

/** Reads several parts of a command line; what is wrong with any of them is told at once. */
export function together<T extends object>(reads: { [K in keyof T]: () => T[K] }): T {
  const faults: Fault[] = [];
  const found: Partial<T> = {};
  for (const part of Object.keys(reads) as (keyof T)[]) {
    try {
      found[part] = reads[part]();
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      faults.push(...error.faults);
    }
  }
  failOn(faults);
  return found as T;
}

const systemReasons: Record<string, Both> = {
  ENOENT: { zh: "文件或文件夹不存在", en: "no such file or folder" },
  EACCES: { zh: "没有权限", en: "permission denied" },
  EPERM: { zh: "不允许这样做", en: "not permitted" },
  EROFS: { zh: "文件系统只读", en: "the file system is read-only" },
  ENOSPC: { zh: "磁盘已满", en: "the disk is full" },
  EDQUOT: { zh: "超出磁盘配额", en: "the disk quota is used up" },
  EMFILE: { zh: "打开的文件太多", en: "too many open files" },
  ENFILE: { zh: "打开的文件太多", en: "too many open files" },
  EISDIR: { zh: "这是文件夹", en: "it is a folder" },
  ENOTDIR: { zh: "路径中有一段不是文件夹", en: "a part of the path is no folder" },
  EEXIST: { zh: "同名文件已存在", en: "a file of this name is in the way" },
  EIO: { zh: "磁盘读写错误", en: "the disk cannot be read or written" },
  ENAMETOOLONG: { zh: "文件名太长", en: "the name is too long" },
  EFBIG: { zh: "文件太大", en: "the file is too large" },
};

/** The words for an error of the operating system; undefined for any other error. */
export function systemReason(error: unknown): Both | undefined {
  if (!(error instanceof Error) || !("code" in error) || typeof error.code !== "string" || !("syscall" in error)) return undefined;
  const reason = systemReasons[error.code] ?? { zh: error.code, en: error.code };
  const where = "path" in error && typeof error.path === "string" ? error.path : "";
  return where === "" ? reason : { zh: `${where}：${reason.zh}`, en: `${where}: ${reason.en}` };
}

export function pick(both: Both, language: Language): string {
  return both[language];
}
