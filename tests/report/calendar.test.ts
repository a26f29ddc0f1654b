import * as fc from "fast-check";
import ICAL from "ical.js";
import { describe, expect, test } from "vitest";
import { chainCalendar, chainGeoJson, escapeText, foldLine, makeNames } from "../../src/report/index.ts";
import type { Scenario } from "../../src/model/index.ts";
import { builtinNetwork } from "../../src/network/index.ts";
import { runScenario } from "../../src/scenario/index.ts";

const scenario: Scenario = {
  id: "page",
  shipments: [{ cargo: "bev-suv", quantity: 300, from: "CNCKG-SERES", to: "BEZEE", ready: "2027-03-02", due: "2027-05-15" }],
};
const shipment = runScenario(scenario).shipments[0]!;
const chains = shipment.options.flatMap((o) => o.chains);
const names = { zh: makeNames(builtinNetwork(), "zh"), en: makeNames(builtinNetwork(), "en") };
const octets = (text: string) => new TextEncoder().encode(text).length;

describe("the calendar of a chain", () => {
  test.each(chains.flatMap((chain) => (["zh", "en"] as const).map((language) => [chain.id, language, chain] as const)))(
    "is read by another program with every time to the minute: %s %s",
    (_id, language, chain) => {
      const text = chainCalendar(shipment, chain, names[language], language);
      for (const line of text.split("\r\n")) expect(octets(line), line).toBeLessThanOrEqual(75);
      expect(text.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
      const calendar = new ICAL.Component(ICAL.parse(text) as unknown[]);
      expect(calendar.getFirstPropertyValue("version")).toBe("2.0");
      const events = calendar.getAllSubcomponents("vevent").map((one) => new ICAL.Event(one));
      expect(new Set(events.map((e) => e.uid)).size).toBe(events.length);
      const minute = (stamp: string) => Date.parse(stamp) / 60_000;
      const at = (time: { toJSDate(): Date }) => time.toJSDate().getTime() / 60_000;
      const eventOf = (part: string) => events.find((e) => e.uid.endsWith(`-${part}@yuche`))!;
      chain.elements.forEach((element, i) => {
        if (element.kind === "operation") {
          const event = eventOf(`${i}-operation`);
          expect([at(event.startDate), at(event.endDate)]).toEqual([minute(element.begin), minute(element.end)]);
          return;
        }
        const event = eventOf(`${i}-leg`);
        expect([at(event.startDate), at(event.endDate)]).toEqual([minute(element.departure), minute(element.arrival)]);
        expect(event.location).toBe(names[language].place(element.from));
        // Unfolded and unescaped, the name of the service is whole.
        expect(event.description).toContain(typeof element.name === "string" ? element.name : element.name[language]);
        const cutOff = chain.timeItems.find((item) => item.element === i && item.what === "cut-off")?.minutes ?? 0;
        if (cutOff > 0 && element.mode !== "road") expect(at(eventOf(`${i}-cut-off`).startDate)).toBe(minute(element.departure) - cutOff);
      });
      const due = eventOf("due");
      expect(due.startDate.isDate).toBe(true);
      expect(due.startDate.toString()).toBe("2027-05-15");
    },
  );

  test("the cut-off lies after the vehicles are ready and before the departure", () => {
    const cutOffs = chains.flatMap((c) =>
      c.timeItems.filter((item) => item.what === "cut-off" && item.minutes > 0).map((item) => ({ c, item })),
    );
    expect(cutOffs.length).toBeGreaterThan(3);
    for (const { c, item } of cutOffs) {
      const leg = c.elements[item.element]!;
      if (leg.kind !== "leg") throw new Error("a cut-off belongs to a leg");
      expect(Date.parse(leg.departure) - item.minutes * 60_000).toBeGreaterThanOrEqual(Date.parse(leg.ready));
    }
  });

  test("hostile names stay text: no line of their own, nothing left of control characters", () => {
    const bad = "a\r\nBEGIN:VALARM\nx;y,z\\\u0000\u202e";
    const evil = { ...names.en, place: () => bad, placeShort: () => bad };
    const text = chainCalendar(shipment, chains[0]!, evil, "en");
    expect(text.split("\r\n").filter((line) => line.startsWith("BEGIN:VALARM"))).toEqual([]);
    const event = new ICAL.Event(new ICAL.Component(ICAL.parse(text) as unknown[]).getFirstSubcomponent("vevent")!);
    expect(event.location).toBe("a\nBEGIN:VALARM\nx;y,z\\");
  });
});

describe("lines of a calendar", () => {
  test("unfold to what they were, in pieces of at most 75 octets", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 400 }), (line) => {
        const whole = line.replaceAll(/[\r\n]/g, "");
        const folded = foldLine(whole);
        expect(folded.replaceAll("\r\n ", "")).toBe(whole);
        for (const piece of folded.split("\r\n")) expect(octets(piece)).toBeLessThanOrEqual(75);
      }),
      { numRuns: 1000 },
    );
    expect(foldLine("汉".repeat(30)).split("\r\n")).toEqual(["汉".repeat(25), ` ${"汉".repeat(5)}`]);
  });

  test("text is escaped as RFC 5545 says", () => {
    expect(escapeText("a;b,c\\d\ne")).toBe("a\\;b\\,c\\\\d\\ne");
  });
});

describe("GeoJSON of a chain", () => {
  test("has every leg and stop in order, lines cut at 180 degrees", () => {
    const chain = chains[0]!;
    const legs = chain.elements.filter((e) => e.kind === "leg");
    const { features } = chainGeoJson(
      chain,
      names,
      () => [
        [170, 10],
        [190, 20],
      ],
      (id) => (id === chain.gateway ? [121, 31] : undefined),
    );
    const lines = features.slice(0, legs.length);
    expect(lines.map((f) => [f.properties!["service"], f.properties!["departure"]])).toEqual(legs.map((l) => [l.service, l.departure]));
    expect(lines[0]!.geometry).toEqual({
      type: "MultiLineString",
      coordinates: [
        [
          [170, 10],
          [180, 15],
        ],
        [
          [-180, 15],
          [-170, 20],
        ],
      ],
    });
    const stops = features.slice(legs.length);
    expect(stops.map((f) => f.id)).toEqual([legs[0]!.from, ...legs.map((l) => l.to)].filter((id, i, all) => all.indexOf(id) === i));
    expect(stops.find((f) => f.id === chain.gateway)!.geometry).toEqual({ type: "Point", coordinates: [121, 31] });
  });
});
