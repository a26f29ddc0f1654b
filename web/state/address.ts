import { type Adjustment, readAdjustments, writeAdjustment } from "./adjustments.ts";
import { type PlanChoice, readChoice, writeChoice } from "./plan-choice.ts";
import { type ShipmentForm, builtinShipment, fields, sameShipment } from "./shipment.ts";

export const languages = ["zh", "en"] as const;
export const themes = ["auto", "light", "dark"] as const;
/** What the bars, the table's cost and the chart show: landed cost, or without duty and fees. */
export const measures = ["landed", "logistics"] as const;
/** What the page shows; each but the first loads its code when it is first opened. */
export const pages = ["compare", "capacity", "data"] as const;
export const dataTabs = ["figures", "network"] as const;
export type DataTab = (typeof dataTabs)[number];
/** What the time–cost–distance chart has along its foot. */
export const axes = ["days", "distance"] as const;
/** The part of the world that the map shows; `auto`: where the chains run. */
export const mapViews = ["auto", "eurasia", "world"] as const;
export type PageName = (typeof pages)[number];
export type Axis = (typeof axes)[number];
export type MapView = (typeof mapViews)[number];
export type PageLanguage = (typeof languages)[number];
export type Theme = (typeof themes)[number];
export type Measure = (typeof measures)[number];

/** Everything that a link restores. */
export interface View {
  page: PageName;
  form: ShipmentForm;
  language: PageLanguage;
  theme: Theme;
  measure: Measure;
  /** Key of the chain that is open; empty for none. */
  chain: string;
  /** Key of the chain that all others are compared with; empty for none. */
  pinned: string;
  /** The limits of the cost–time chart (`state/limits.ts`); empty for none. */
  brush: string;
  axis: Axis;
  map: MapView;
  /** The data page: figures or map, words looked for, kinds kept, and what is open (`figures/x`, `services/y`, `locations/z`); empty for none. */
  tab: DataTab;
  find: string;
  keep: string;
  see: string;
  /** The capacity page: scenario, baseline, levers, weeks and corridor. */
  capacity: PlanChoice;
  /** What is assumed otherwise than in the network. */
  adjustments: readonly Adjustment[];
}

/** Longer texts cannot be a name of anything; a link must not fill the page. */
const longest = 400;

function oneOf<T extends string>(list: readonly T[], value: string | null, otherwise: T): T {
  return list.find((item) => item === value) ?? otherwise;
}

/** Reads an address. Never throws; an unknown key is ignored, an odd value of the shipment is kept to be shown beside its field. */
export function readAddress(search: string, preferred: PageLanguage): View {
  const query = new URLSearchParams(search);
  const form = { ...builtinShipment };
  const stated = fields.some((field) => query.has(field));
  for (const field of fields) {
    const value = query.get(field);
    if (value !== null) form[field] = value.slice(0, longest);
    else if (stated && field === "due") form.due = "";
  }
  return {
    page: oneOf(pages, query.get("page"), "compare"),
    form,
    language: oneOf(languages, query.get("lang"), preferred),
    theme: oneOf(themes, query.get("theme"), "auto"),
    measure: oneOf(measures, query.get("cost"), "landed"),
    chain: (query.get("chain") ?? "").slice(0, longest),
    pinned: (query.get("pin") ?? "").slice(0, longest),
    brush: (query.get("brush") ?? "").slice(0, longest),
    axis: oneOf(axes, query.get("axis"), "days"),
    map: oneOf(mapViews, query.get("map"), "auto"),
    tab: oneOf(dataTabs, query.get("tab"), "figures"),
    find: (query.get("find") ?? "").slice(0, longest),
    keep: (query.get("keep") ?? "").slice(0, longest),
    see: (query.get("see") ?? "").slice(0, longest),
    capacity: readChoice(query),
    adjustments: readAdjustments(query.getAll("adjust")),
  };
}

/** The address that restores the view; the shipment is left out while it is the built-in one. */
export function writeAddress(view: View): string {
  const query = new URLSearchParams();
  if (view.page !== "compare") query.set("page", view.page);
  if (!sameShipment(view.form, builtinShipment))
    for (const field of fields) if (view.form[field] !== "" || field !== "due") query.set(field, view.form[field]);
  query.set("lang", view.language);
  if (view.theme !== "auto") query.set("theme", view.theme);
  if (view.measure !== "landed") query.set("cost", view.measure);
  if (view.chain !== "") query.set("chain", view.chain);
  if (view.pinned !== "") query.set("pin", view.pinned);
  if (view.brush !== "") query.set("brush", view.brush);
  if (view.axis !== "days") query.set("axis", view.axis);
  if (view.map !== "auto") query.set("map", view.map);
  if (view.tab !== "figures") query.set("tab", view.tab);
  for (const key of ["find", "keep", "see"] as const) if (view[key] !== "") query.set(key, view[key]);
  writeChoice(query, view.capacity);
  for (const adjustment of view.adjustments) query.append("adjust", writeAdjustment(adjustment));
  return `?${query.toString()}`;
}

/** Chinese first: only a browser that asks for English before Chinese gets English. */
export function preferredLanguage(wanted: readonly string[]): PageLanguage {
  for (const tag of wanted) {
    const base = tag.toLowerCase().split("-")[0];
    if (base === "zh" || base === "en") return base;
  }
  return "zh";
}
