import { type Remote, wrap } from "comlink";
import type { Read } from "../../src/model/index.ts";
import type { Opened } from "./open.ts";
import type { Reader } from "./read.worker.ts";

/** Reads in a worker of its own, which ends with the answer. */
async function inWorker<T>(read: (reader: Remote<Reader>) => PromiseLike<T>): Promise<T> {
  const worker = new Worker(new URL("./read.worker.ts", import.meta.url), { type: "module", name: "yuche-reader" });
  try {
    return await new Promise<T>((resolve, reject) => {
      worker.addEventListener("error", (event) => reject(new Error(event.message)));
      read(wrap<Reader>(worker)).then(resolve, reject);
    });
  } finally {
    worker.terminate();
  }
}

/** A scenario file as a question for the Compare page. */
export const readScenarioFile = (file: Blob): Promise<Opened> => inWorker<Opened>((reader) => reader.open(file));

/** A file as the JSON that it holds. */
export const readJsonFile = (file: Blob): Promise<Read<unknown>> => inWorker<Read<unknown>>((reader) => reader.read(file));
