import { builtinSources } from "../state/sources.ts";
import { scenarioOf } from "../state/shipment.ts";
import type { Store } from "../state/store.ts";
import { type Material, calendarFile, csvFile, geoJsonFile, scenarioFile, xlsxFile } from "./files.ts";
import { type OutFile, save } from "./save.ts";
import { takenChain } from "./taken.ts";

/** What can be saved of an answer. */
export type FileKind = "json" | "csv" | "xlsx" | "ics" | "geojson";

/** Resolves when the engine rests: a file must not mix a question with the answer to another. */
function settled(store: Store): Promise<void> {
  return new Promise((resolve) => {
    if (!store.isBusy.peek()) return resolve();
    const stop = store.isBusy.subscribe((isBusy) => {
      if (isBusy) return;
      resolve();
      queueMicrotask(() => stop());
    });
  });
}

/** What the files are made from; undefined while there is no answer. */
async function materialOf(store: Store): Promise<Material | undefined> {
  await settled(store);
  const answered = store.answered.peek();
  const shipment = answered?.result.shipments[0];
  const catalogue = store.catalogue.peek();
  if (answered === undefined || shipment === undefined || catalogue === undefined) return undefined;
  return {
    scenario: scenarioOf(store.form.peek(), store.adjust.kept.peek()) as object,
    result: answered.result,
    shipment,
    chain: takenChain(store),
    lines: answered.lines,
    catalogue,
    language: store.language.peek(),
    sources: store.sources.peek() ?? (await builtinSources()),
  };
}

function fileOf(kind: FileKind, material: Material): OutFile | undefined {
  const { chain } = material;
  if (kind === "json") return scenarioFile(material);
  if (kind === "csv") return csvFile(material);
  if (kind === "xlsx") return xlsxFile(material);
  if (chain === undefined) return undefined;
  return kind === "ics" ? calendarFile(material, chain) : geoJsonFile(material, chain);
}

/** Saves one file of the answer on the page; its name, or undefined where there is nothing to save. */
export async function takeFile(store: Store, kind: FileKind): Promise<string | undefined> {
  const material = await materialOf(store);
  const file = material === undefined ? undefined : fileOf(kind, material);
  if (file !== undefined) save(file);
  return file?.name;
}
