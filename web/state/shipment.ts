import type { Adjustment } from "./adjustments.ts";

/** The shipment form as it stands in the fields and in the address: raw text, so that whatever a link holds can be shown and put right. */
export interface ShipmentForm {
  cargo: string;
  from: string;
  to: string;
  quantity: string;
  ready: string;
  due: string;
  terms: string;
}
export type Field = keyof ShipmentForm;

/** The built-in shipment: the page opens with it answered. */
export const builtinShipment: ShipmentForm = {
  cargo: "bev-suv",
  from: "CNCKG-SERES",
  to: "BEZEE",
  quantity: "300",
  ready: "2027-03-02",
  due: "2027-05-15",
  terms: "DDP",
};

export const fields = Object.keys(builtinShipment) as Field[];

/** Every chain of an option, so that each point of the cost–time chart can be opened. */
const alternatives = 50;

/** The scenario that the engine is given; what is not a whole number stays text and comes back as a problem. Adjustments become its levers. */
export function scenarioOf(form: ShipmentForm, adjustments: readonly Adjustment[] = []): unknown {
  const quantity = form.quantity.trim();
  return {
    id: "page",
    ...(adjustments.length === 0 ? {} : { levers: adjustments }),
    shipments: [
      {
        id: "page",
        cargo: form.cargo,
        from: form.from,
        to: form.to,
        quantity: /^\d{1,9}$/.test(quantity) ? Number(quantity) : quantity,
        ready: form.ready,
        ...(form.due === "" ? {} : { due: form.due }),
        ...(form.terms === "" ? {} : { terms: form.terms }),
      },
    ],
    routes: { alternatives },
  };
}

/** Fields that must be filled in before there is a question to answer; the due date may stay open. */
export function missingFields(form: ShipmentForm): Field[] {
  return fields.filter((field) => field !== "due" && field !== "terms" && form[field].trim() === "");
}

export const sameShipment = (a: ShipmentForm, b: ShipmentForm): boolean => fields.every((field) => a[field] === b[field]);

/** Whether a text is a day of the calendar, `YYYY-MM-DD`. */
export function isDate(text: string): boolean {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}
