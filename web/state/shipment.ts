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

/** The scenario that the engine is given; what is not a whole number stays text and comes back as a problem. */
export function scenarioOf(form: ShipmentForm): unknown {
  const quantity = form.quantity.trim();
  return {
    id: "page",
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

export interface Preset {
  id: string;
  title: { zh: string; en: string };
  form: ShipmentForm;
}

const preset = (id: string, zh: string, en: string, change: Partial<ShipmentForm>): Preset => ({
  id,
  title: { zh, en },
  form: { ...builtinShipment, ...change },
});

/** Questions that planners ask. */
export const presets: readonly Preset[] = [
  preset("zeebrugge", "纯电 SUV 到泽布吕赫", "BEV SUVs to Zeebrugge", {}),
  preset("moscow", "燃油 SUV 到莫斯科", "Petrol SUVs to Moscow", {
    cargo: "ice-suv",
    from: "CNCKG-CHANGAN-YUZUI",
    to: "RU-MARKET",
    quantity: "200",
  }),
  preset("tashkent", "纯电 SUV 到塔什干", "BEV SUVs to Tashkent", { to: "UZ-MARKET", quantity: "120", due: "2027-04-15" }),
  preset("bangkok", "纯电轿车到曼谷", "BEV sedans to Bangkok", {
    cargo: "bev-sedan",
    from: "CNCKG-CHANGAN-YUBEI",
    to: "TH-MARKET",
    quantity: "160",
    due: "2027-04-10",
  }),
  preset("jakarta", "燃油 SUV 到雅加达", "Petrol SUVs to Jakarta", {
    cargo: "ice-suv",
    from: "CNCKG-SGMW",
    to: "ID-MARKET",
    quantity: "240",
    due: "2027-04-30",
  }),
  preset("gulf", "燃油轿车到利雅得", "Petrol sedans to Riyadh", {
    cargo: "ice-sedan",
    from: "CNCKG-CHANGAN-YUZUI",
    to: "SA-MARKET",
    quantity: "400",
  }),
  preset("mexico", "燃油 SUV 到墨西哥", "Petrol SUVs to Mexico", {
    cargo: "ice-suv",
    from: "CNCKG-CHANGAN-YUZUI",
    to: "MX-MARKET",
    quantity: "500",
  }),
  preset("brazil", "插混 SUV 到巴西", "Hybrid SUVs to Brazil", {
    cargo: "phev-suv",
    from: "CNCKG-GWM",
    to: "BR-MARKET",
    quantity: "400",
    due: "2027-06-15",
  }),
];

export const sameShipment = (a: ShipmentForm, b: ShipmentForm): boolean => fields.every((field) => a[field] === b[field]);

/** Whether a text is a day of the calendar, `YYYY-MM-DD`. */
export function isDate(text: string): boolean {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}
