import type { Change, Text } from "../../src/model/index.ts";
import { type ShipmentForm, fields } from "./shipment.ts";
import type { Adjustment } from "./adjustments.ts";

/** A shipment of a scenario file, as the form and the adjustments hold it. */
export interface PresetShipment {
  id: string;
  title?: Text;
  form: ShipmentForm;
}

/** A scenario file that the page can take up: a question with its shipments and what it assumes otherwise. */
export interface Preset {
  id: string;
  title: Text;
  shipments: PresetShipment[];
  adjustments: Adjustment[];
}

/** The parts of a scenario that matter here; a file says more. */
interface ScenarioFile {
  id: string;
  title?: Text;
  network?: unknown;
  levers?: (Partial<Change> & { use?: string })[];
  shipments?: (Partial<Record<keyof ShipmentForm, unknown>> & { id?: string; title?: Text })[];
}

/** What a shipment may state for the form to hold all of it. */
const known = new Set<string>([...fields, "id", "title"]);

/** A scenario as a preset; undefined when the page could only hold a part of it (another network, a plan, a named lever, a maximum of days). */
export function presetOf(file: ScenarioFile): Preset | undefined {
  const levers = file.levers ?? [];
  const shipments = file.shipments ?? [];
  if (file.title === undefined || file.network !== undefined || shipments.length === 0) return undefined;
  if (shipments.some((shipment) => Object.keys(shipment).some((key) => !known.has(key)))) return undefined;
  const adjustments = levers.flatMap(({ change, set }) => (change === undefined || set === undefined ? [] : [{ change, set }]));
  if (adjustments.length < levers.length) return undefined;
  const text = (value: unknown, otherwise = "") => (typeof value === "string" || typeof value === "number" ? String(value) : otherwise);
  return {
    id: file.id,
    title: file.title,
    adjustments,
    shipments: shipments.map((s, i) => ({
      id: s.id ?? String(i),
      ...(s.title === undefined ? {} : { title: s.title }),
      form: {
        cargo: text(s.cargo),
        from: text(s.from),
        to: text(s.to),
        quantity: text(s.quantity),
        ready: text(s.ready),
        due: text(s.due),
        terms: text(s.terms, "DDP"),
      },
    })),
  };
}

/** The scenarios of the project that the page can take up, in the order of their files. */
export const builtinPresets = (): Promise<Preset[]> =>
  import("./scenario-files.ts").then(({ scenarioFiles }) => scenarioFiles.flatMap((file) => presetOf(file as ScenarioFile) ?? []));
