import { wrap } from "comlink";
import type { Opened } from "./open.ts";
import type { Reader } from "./read.worker.ts";

/** Reads a scenario file in a worker of its own, which ends with the answer. */
export async function readScenarioFile(file: Blob): Promise<Opened> {
  const worker = new Worker(new URL("./read.worker.ts", import.meta.url), { type: "module", name: "yuche-reader" });
  try {
    return await new Promise<Opened>((resolve, reject) => {
      worker.addEventListener("error", (event) => reject(new Error(event.message)));
      wrap<Reader>(worker).open(file).then(resolve, reject);
    });
  } finally {
    worker.terminate();
  }
}
