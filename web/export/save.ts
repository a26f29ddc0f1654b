/** A file that leaves the page: bytes or text, its type, and a name that says what it holds. */
export interface OutFile {
  name: string;
  type: string;
  content: string | Uint8Array;
}

/** Parts of a name, joined so that every file system takes them. */
export function fileName(parts: readonly string[], extension: string): string {
  const safe = parts
    .map((part) => part.replaceAll(/[^A-Za-z0-9._-]+/g, "-").replaceAll(/^[-.]+|[-.]+$/g, ""))
    .filter((part) => part !== "")
    .map((part) => part.slice(0, 60));
  return `${safe.join("-")}.${extension}`;
}

/** Hands a file to the browser as a download. */
export function save({ name, type, content }: OutFile): void {
  const address = URL.createObjectURL(new Blob([content as BlobPart], { type }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  // The download has begun by then; without this the bytes would stay in memory.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
