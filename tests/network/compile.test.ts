import { describe, expect, test } from "vitest";
import type { NetworkPart } from "../../src/model/index.ts";
import { assemble } from "../../src/network/index.ts";
import { network, withService } from "../support/small-network.ts";

const place = (id: string, more: object = {}) => ({ id, name: id, kind: "port" as const, ...more });

describe("assemble", () => {
  test("joins parts in order of ids, whatever file they stand in", () => {
    const { data, problems } = assemble([
      { part: { locations: [place("C"), place("A")], finance: { carbonCnyPerTonne: 1 } } },
      { part: { locations: [place("B")], finance: { rebateDays: 2 } } },
    ]);
    expect(problems).toEqual([]);
    expect(data.locations.map((l) => l.id)).toEqual(["A", "B", "C"]);
    expect(data.finance).toEqual({ carbonCnyPerTonne: 1, rebateDays: 2 });
  });

  test("an id, a shared figure or a finance key that stands twice is a problem with its file", () => {
    const part: NetworkPart = { locations: [place("A")], figures: { f: 1 }, finance: { rebateDays: 1 } };
    const { problems } = assemble([
      { name: "one.json", part },
      { name: "two.json", part },
    ]);
    expect(problems.map((p) => `${p.code} ${p.path} ${p.file}`)).toEqual([
      "duplicate-id locations/A two.json",
      "duplicate-id figures/f two.json",
      "duplicate-id finance/rebateDays two.json",
    ]);
  });

  test("currencies of two parts are joined", () => {
    const { data } = assemble([{ part: { finance: { cnyPer: { USD: 7 } } } }, { part: { finance: { cnyPer: { EUR: 8 } } } }]);
    expect(data.finance.cnyPer).toEqual({ USD: 7, EUR: 8 });
  });
});

describe("legs", () => {
  const legs = (net: ReturnType<typeof network>) =>
    Array.from(net.legService, (_, leg) => `${net.locationIds[net.legTail[leg]!]}>${net.locationIds[net.legHead[leg]!]}`);

  test("are all pairs of stops in the order of travel", () => {
    expect(legs(withService({ stops: [{ at: "A" }, { at: "B", hours: 1 }, { at: "C", hours: 1 }] }))).toEqual(["A>B", "A>C", "B>C"]);
  });

  test("leave out stops that only unload or only load", () => {
    expect(
      legs(
        withService({
          stops: [{ at: "A" }, { at: "B", hours: 1, load: false }, { at: "C", hours: 1, unload: false }, { at: "D", hours: 1 }],
        }),
      ),
    ).toEqual(["A>B", "A>D", "C>D"]);
  });

  test("of a line that calls twice at a place are told apart by the call", () => {
    const net = withService({ stops: [{ at: "A" }, { at: "B", hours: 1 }, { at: "A", hours: 1 }, { at: "C", hours: 1 }] });
    expect(legs(net)).toEqual(["A>B", "A>C", "A>C", "B>A", "B>C"]);
    expect([Array.from(net.legFrom), Array.from(net.legTo)]).toEqual([
      [0, 0, 2, 1, 1],
      [1, 3, 3, 2, 3],
    ]);
  });

  test("a service to a place that is not there is left out", () => {
    const net = network({
      locations: [place("A")],
      services: [{ id: "line", mode: "sea", form: "wheels", stops: [{ at: "A" }, { at: "nowhere", hours: 1 }] }],
    });
    expect(net.services).toEqual([]);
  });
});

describe("territories", () => {
  test("are customs areas, else countries", () => {
    const net = network({
      locations: [
        place("A", { country: "CN" }),
        place("B", { country: "DE" }),
        place("C", { country: "PL" }),
        place("D", { country: "GB" }),
      ],
      customs: [{ id: "eu", name: "eu", countries: ["DE", "PL"], duties: [] }],
    });
    expect(Array.from(net.territory, (t) => net.territoryNames[t])).toEqual(["CN", "eu", "eu", "GB"]);
  });
});

describe("rules find their legs", () => {
  const base: NetworkPart = {
    locations: [
      place("A", { country: "CN" }),
      place("B", { country: "CN" }),
      place("L", { country: "KZ", passages: { lane: {} } }),
      place("C", { country: "KZ" }),
    ],
    services: [
      {
        id: "rail",
        mode: "rail",
        form: "wheels",
        stops: [{ at: "A" }, { at: "B", hours: 1 }, { at: "L", hours: 1, pass: "lane" }, { at: "C", hours: 1 }],
        bothWays: true,
      },
      { id: "road", mode: "road", form: "wheels", stops: [{ at: "A" }, { at: "C", hours: 9 }] },
    ],
  };
  const found = (rule: object) => {
    const net = network({ ...base, rules: [{ id: "r", title: "r", ...rule }] });
    return net.legRules.flatMap((rules, leg) =>
      rules === undefined
        ? []
        : [`${net.services[net.legService[leg]!]!.id} ${net.locationIds[net.legTail[leg]!]}>${net.locationIds[net.legHead[leg]!]}`],
    );
  };

  test("by mode, service (both ways), boarding place and its country, and what is passed", () => {
    expect(found({ modes: ["road"] })).toEqual(["road A>C"]);
    expect(found({ services: ["rail"] })).toEqual(["rail A>B", "rail A>C", "rail B>C", "rail~back B>A", "rail~back C>B", "rail~back C>A"]);
    expect(found({ at: ["B"] })).toEqual(["rail B>C", "rail~back B>A"]);
    expect(found({ countries: ["KZ"] })).toEqual(["rail~back C>B", "rail~back C>A"]);
    // The lorry does not pass the border station, A to B does not either.
    expect(found({ passing: ["L"] })).toEqual(["rail A>C", "rail B>C", "rail~back C>B", "rail~back C>A"]);
    expect(found({ passing: ["B"] })).toEqual(["rail A>C", "rail~back C>A"]);
  });

  test("all conditions together, and none when switched off", () => {
    expect(found({ modes: ["rail"], passing: ["L"], at: ["A"] })).toEqual(["rail A>C"]);
    expect(found({ enabled: false })).toEqual([]);
  });
});

describe("hub operations", () => {
  test("kinds that no operation of the network has are free; one that is switched off still counts as modelled", () => {
    const net = network({
      locations: [place("A")],
      operations: [{ id: "o", kind: "stuff", at: ["A"], form: "container", enabled: false }],
    });
    expect([...net.implicit].sort()).toEqual(["export-clearance", "import-clearance", "load", "unload", "unstuff"]);
    expect(net.operations).toEqual([]);
  });
});
