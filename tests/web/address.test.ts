import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type View, preferredLanguage, readAddress, writeAddress } from "../../web/state/address.ts";
import { type Adjustment, placeOf } from "../../web/state/adjustments.ts";
import { builtinShipment, missingFields, scenarioOf } from "../../web/state/shipment.ts";

const text = fc.string({ maxLength: 40, unit: "grapheme" });
/** As JSON can write it: no negative zero. */
const json = fc.dictionary(text, fc.jsonValue({ maxDepth: 2 }), { maxKeys: 3, noNullPrototype: true });
const adjustment: fc.Arbitrary<Adjustment> = fc.record({
  change: text,
  set: json.map((set) => JSON.parse(JSON.stringify(set)) as Record<string, unknown>),
});
const id = fc.stringMatching(/^[a-z][a-zA-Z0-9-]{0,20}$/);
const view: fc.Arbitrary<View> = fc.record({
  form: fc.record({ cargo: text, from: text, to: text, quantity: text, ready: text, due: text, terms: text }),
  language: fc.constantFrom("zh", "en"),
  theme: fc.constantFrom("auto", "light", "dark"),
  measure: fc.constantFrom("landed", "logistics"),
  chain: text,
  page: fc.constantFrom("compare", "capacity", "data"),
  pinned: text,
  brush: text,
  axis: fc.constantFrom("days", "distance"),
  map: fc.constantFrom("auto", "eurasia", "world"),
  tab: fc.constantFrom("figures", "network"),
  find: text,
  keep: text,
  see: text,
  capacity: fc.record({
    plan: text,
    against: text,
    weeks: text,
    corridor: text,
    levers: fc.uniqueArray(
      fc.record({
        use: id,
        with: fc.dictionary(
          id,
          fc.double({ noNaN: true, noDefaultInfinity: true }).filter((n) => !Object.is(n, -0)),
          { maxKeys: 3, noNullPrototype: true },
        ),
      }),
      { selector: (lever) => lever.use, maxLength: 4 },
    ),
  }),
  adjustments: fc.uniqueArray(adjustment, { selector: placeOf, maxLength: 5 }),
});

describe("the address", () => {
  test("an empty one is the built-in shipment in the reader's language", () => {
    expect(readAddress("", "en")).toEqual({
      form: builtinShipment,
      language: "en",
      theme: "auto",
      measure: "landed",
      chain: "",
      page: "compare",
      pinned: "",
      brush: "",
      axis: "days",
      map: "auto",
      tab: "figures",
      find: "",
      keep: "",
      see: "",
      capacity: { plan: "", against: "", levers: [], weeks: "", corridor: "" },
      adjustments: [],
    });
  });

  test("restores the very same view, whatever stands in it", () => {
    fc.assert(
      fc.property(view, (wanted) => {
        expect(readAddress(writeAddress(wanted), "zh")).toEqual(wanted);
      }),
      { numRuns: 1000 },
    );
  });

  test("never throws and never grows beyond its limit", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 3000 }), (search) => readAddress(`?to=${search}`, "zh").form.to.length <= 400),
      { numRuns: 500 },
    );
    expect(readAddress("?theme=pink&cost=free&lang=fr&to=%E0%A4%A", "zh")).toMatchObject({
      theme: "auto",
      measure: "landed",
      language: "zh",
    });
  });

  test("a link without a due date has none", () => {
    expect(readAddress("?to=RU-MARKET", "zh").form).toEqual({ ...builtinShipment, to: "RU-MARKET", due: "" });
  });

  test("Chinese unless English is asked for first", () => {
    expect(preferredLanguage(["de-DE", "en-GB", "zh-CN"])).toBe("en");
    expect(preferredLanguage(["zh-Hans-CN", "en"])).toBe("zh");
    expect(preferredLanguage(["fr"])).toBe("zh");
  });
});

describe("the shipment form", () => {
  test("a quantity that is no whole number stays text, for the engine to object to", () => {
    const quantityOf = (quantity: string) =>
      (scenarioOf({ ...builtinShipment, quantity }) as { shipments: { quantity: unknown }[] }).shipments[0]!.quantity;
    expect([" 300 ", "3.5", "-1", "abc", ""].map(quantityOf)).toEqual([300, "3.5", "-1", "abc", ""]);
  });

  test("only the due date and the terms may stay open", () => {
    expect(missingFields({ cargo: "", from: " ", to: "x", quantity: "", ready: "", due: "", terms: "" })).toEqual([
      "cargo",
      "from",
      "quantity",
      "ready",
    ]);
  });
});
