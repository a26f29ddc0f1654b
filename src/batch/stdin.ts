import { limits } from "../model/index.ts";
import { type TextRead, decode, tooLarge } from "./read-files.ts";

/** All of standard input, up to the limit for files. */
export async function readStdin(): Promise<TextRead> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of process.stdin) {
    const bytes = Buffer.from(chunk as Uint8Array);
    size += bytes.length;
    if (size > limits.fileBytes) return { text: undefined, problems: [tooLarge(size, "-")] };
    chunks.push(bytes);
  }
  return decode(Buffer.concat(chunks), "-");
}
