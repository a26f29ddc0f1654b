import { describe, expect, test } from "vitest";
import { scenario as scenarioSchema, checkShape } from "../../src/model/index.ts";
import { type NetworkData, builtinNetwork, compile, evidenceBases } from "../../src/network/index.ts";
import { countFigures, findFigure, formWords, lineWords } from "../../src/report/index.ts";
import { applyChanges, runScenario } from "../../src/scenario/index.ts";
import { changedFigures } from "../../web/state/data.ts";
import { type Keep, findRows, readKeep, rowBases, sorts, writeKeep } from "../../web/state/data-filter.ts";
import { chargeParts, dutiesIn, handlingOf, rulesOf, servicesAt } from "../../web/state/data-members.ts";
import { isStill, movesOf } from "../../web/state/data-moves.ts";
import { figureKinds, figureRows, homeOf } from "../../web/state/data-rows.ts";
import { distanceTo, networkScene } from "../../web/state/data-scene.ts";
import { builtinShipment, scenarioOf } from "../../web/state/shipment.ts";
import { figureChange, readAdjustments } from "../../web/state/adjustments.ts";
import { readNumber } from "../../web/views/data/read-number.ts";
import { departures, shipmentFigures } from "../../web/worker/data.ts";
import { createEngine } from "../../web/worker/whatif.ts";

const data = builtinNetwork();
const rows = figureRows(data, { line: lineWords, form: formWords });
const byAddress = new Map(rows.map((row) => [row.address, row]));
const network = compile(data, { from: 0, until: 0 });
const everything: Keep = { bases: [], kind: undefined, isUsed: false, isChanged: false, sort: "influence" };
const nobody = { influence: new Map(), used: new Set<string>(), changed: new Set<string>() };

describe("the table of figures", () => {
  test("has every figure of the network once", () => {
    expect(rows.length).toBe(countFigures(data).all);
    expect(byAddress.size).toBe(rows.length);
    for (const basis of rowBases) expect(rows.filter((row) => row.basis === basis).length).toBe(countFigures(data).byBasis[basis]);
  });

  test("names each as the engine does, with the same value, range, basis and sources", () => {
    const home = homeOf(data, byAddress);
    let compared = 0;
    for (let i = 0; i < network.figures.count; i++) {
      const row = byAddress.get(home(network.figures.address(i)));
      expect(row, network.figures.address(i)).toBeDefined();
      expect([row!.value, row!.low, row!.high, row!.basis]).toEqual([
        network.figures.values[i],
        network.figures.low[i],
        network.figures.high[i],
        evidenceBases[network.figures.basis[i]!],
      ]);
      expect(row!.sources).toEqual(network.figures.sources(i));
      compared++;
    }
    expect(compared).toBeGreaterThan(2000);
  });

  test("says in both languages what, where and in which unit", () => {
    for (const row of rows) {
      expect(row.what.zh, row.address).not.toBe("");
      expect(row.what.en, row.address).not.toMatch(/[\u4e00-\u9fff]/);
      expect(row.unit.zh, row.address).not.toBe("");
      expect(row.where.zh, row.address).not.toBe("");
      expect(row.kind, row.address).not.toBe("other");
    }
    const run = byAddress.get("services/river-roro-guoyuan-waigaoqiao/stops/CNTAG/stayHours")!;
    expect([run.what.zh, run.unit.zh, run.part.zh]).toEqual(["停靠时间", "小时", "太仓港（海通太仓汽车码头）"]);
    expect(byAddress.get("finance/cnyPer/USD")!.unit).toEqual({ zh: "元/USD", en: "CNY/USD" });
  });

  test("names the users of a shared figure as the command line does", () => {
    for (const address of ["figures/china-river-fee-car", "figures/china-rail-sd", "figures/rail-rate-europe"]) {
      const users = findFigure(data, address)!.users;
      expect(byAddress.get(address)!.uses).toBe(users.length);
      expect(new Set(byAddress.get(address)!.owners)).toEqual(new Set(users.map((user) => user.split("/").slice(0, 2).join("/"))));
    }
  });
});

describe("finding figures", () => {
  test("by words of both languages, all of which must occur", () => {
    const find = (words: string) => findRows(rows, words, everything, nobody).map((row) => row.address);
    expect(find("三峡 排队")).toContain("figures/china-lock-priority-wait");
    expect(find("THREE gorges queue")).toEqual(find("three gorges queue"));
    expect(find("three gorges queue").length).toBeGreaterThan(0);
    expect(find("nothing of this name")).toEqual([]);
    expect(find("").length).toBe(rows.length);
  });

  test("by basis, kind, use and change; the kinds divide the whole", () => {
    const count = (change: Partial<Keep>, known = nobody) => findRows(rows, "", { ...everything, ...change }, known).length;
    expect(figureKinds.map((kind) => count({ kind })).reduce((a, b) => a + b)).toBe(rows.length);
    expect(count({ bases: ["published", "derived"] })).toBe(rows.filter((row) => row.basis !== "assumed").length);
    const known = { ...nobody, used: new Set(["finance/cnyPer/USD"]), changed: new Set(["finance/rebateDays"]) };
    expect(count({ isUsed: true }, known)).toBe(1);
    expect(count({ isChanged: true }, known)).toBe(1);
    expect(count({ isUsed: true, isChanged: true }, known)).toBe(0);
  });

  test("assumed and influential first, then the sure that move something, then the rest by width", () => {
    const { influence } = shipmentFigures(scenarioOf(builtinShipment));
    const known = { ...nobody, influence: new Map(influence.map((one) => [one.address, one])) };
    const found = findRows(rows, "", everything, known);
    const share = (i: number) => known.influence.get(found[i]!.address)?.share ?? 0;
    const moving = found.filter((row) => known.influence.has(row.address)).length;
    expect(moving).toBeGreaterThan(20);
    const assumed = found.findIndex((row) => row.basis !== "assumed");
    expect(found.slice(0, assumed).every((row) => known.influence.has(row.address))).toBe(true);
    for (let i = 1; i < assumed; i++) expect(share(i)).toBeLessThanOrEqual(share(i - 1));
    expect(found.slice(moving).some((row) => known.influence.has(row.address))).toBe(false);
    expect(found.length).toBe(rows.length);
  });

  test("the address keeps the filter, and ignores what is none", () => {
    for (const sort of sorts) {
      const keep: Keep = { bases: ["assumed", "published"], kind: "time", isUsed: true, isChanged: false, sort };
      expect(readKeep(writeKeep(keep))).toEqual(keep);
    }
    expect(readKeep("<b>,used,,cheap")).toEqual({ ...everything, isUsed: true });
    expect(writeKeep(everything)).toBe("");
  });
});

describe("changing figures", () => {
  test("every figure can be set by a lever at its address, and is found again as changed", () => {
    const sample = rows.filter((_, i) => i % 97 === 0);
    expect(sample.length).toBeGreaterThan(20);
    for (const row of sample) {
      const change = figureChange(row.address, row.high);
      expect([...changedFigures([change], data, byAddress)], row.address).toEqual(row.high === row.value ? [] : [[row.address, row.high]]);
      const { value, problems } = checkShape({ ...(scenarioOf(builtinShipment, [change]) as object) }, scenarioSchema);
      expect(problems, row.address).toEqual([]);
      expect(value?.levers?.length).toBe(1);
    }
    expect([...changedFigures([figureChange("finance/rebateDays", 3)], data, byAddress)]).toEqual([["finance/rebateDays", 3]]);
  });

  const river = "services/river-roro-guoyuan-waigaoqiao";
  const lock = "figures/china-lock-priority-wait";
  const record = (value: number) => JSON.stringify({ value, basis: "assumed", low: 1, high: 90, note: "a test" });
  test.each([
    ["a shared figure by its address alone", [`${lock}=9`], 1],
    ["a shared figure as a record", [`figures={"china-lock-priority-wait":${record(9)}}`], 1],
    ["several shared figures at once", ["figures/china-lock-*/value=9"], 4],
    ["a part of the finance", ['finance={"cnyPer":{"USD":7.7},"rebateDays":77}'], 2],
    ["a stop by its number", [`${river}/stops/2/stayHours=77`], 1],
    ["services of like names", ["services/road-c*-guoyuan-yuzui-station/stops/CNCKG-YUZUI/hours=7"], 2],
    ["a figure as a record", [`${river}/stops/CNTAG={"stayHours":${record(77)}}`], 1],
    ["the value of a record", [`${river}/stops/CNTAG/stayHours/value=77`], 1],
    ["the run of a service both ways", ["services/road-car-guoyuan-yuzui-station/stops/CNCKG-YUZUI/hours=7"], 1],
    ["the later of two", [`${lock}=9`, "figures/china-lock-*/value=8"], 4],
    ["a range alone, which is no number", [`${lock}={"low":1}`], 0],
    ["the number that stands there", [`${lock}=${byAddress.get(lock)!.value}`], 0],
  ])("marks what the engine counts with another number: %s", (_, texts, fewest) => {
    const adjustments = readAdjustments(texts);
    expect(adjustments.length).toBe(texts.length);
    const { data: after, problems } = applyChanges(data, adjustments);
    expect(problems.filter((p) => p.severity === "error")).toEqual([]);
    const { figures } = compile(after, { from: 0, until: 0 });
    const home = homeOf(data, byAddress);
    const expected = new Map<string, number>();
    for (let i = 0; i < figures.count; i++) {
      const address = home(figures.address(i));
      const value = figures.values[i]!;
      if (byAddress.get(address)?.value !== value) expected.set(address, value);
    }
    const found = changedFigures(adjustments, data, byAddress);
    // The engine does not read figures that nobody uses.
    for (const address of found.keys()) if (byAddress.get(address)!.uses === 0) found.delete(address);
    expect(found).toEqual(expected);
    expect(found.size).toBeGreaterThanOrEqual(fewest);
  });

  test("what moves is the engine's own difference, and the saved scenario gives the same numbers", () => {
    const { influence } = shipmentFigures(scenarioOf(builtinShipment));
    const row = byAddress.get(influence.find(({ address, cny }) => cny > 100 && byAddress.get(address)!.basis === "assumed")!.address)!;
    const scenario = scenarioOf(builtinShipment, [figureChange(row.address, row.high)]);
    const answer = createEngine().answer(scenario);
    if (answer.kind !== "result") throw new Error("no result");
    const saved = JSON.parse(JSON.stringify(scenario)) as Parameters<typeof runScenario>[0];
    const after = runScenario(saved).shipments[0]!;
    const before = runScenario(scenarioOf(builtinShipment) as Parameters<typeof runScenario>[0]).shipments[0]!;
    for (const measure of ["landed", "logistics"] as const) {
      const moves = movesOf(answer.baseline, answer.result.shipments[0]!, measure);
      expect(moves.length).toBeGreaterThan(1);
      expect(moves.some((move) => !isStill(move.after!.cny - move.before!.cny, 0))).toBe(true);
      for (const move of moves) {
        const of = (shipment: typeof after) => shipment.options.find((o) => o.option === move.option)!.chains[0]!;
        const cost = (shipment: typeof after) => (measure === "landed" ? of(shipment).cost.cny : of(shipment).cost.logisticsCny);
        expect(move.before).toEqual({ cny: cost(before), days: of(before).time.days });
        expect(move.after).toEqual({ cny: cost(after), days: of(after).time.days });
      }
    }
  });

  test("numbers are read as people type them, and nothing else is a number", () => {
    expect(["1,200.5", "１２", "−3", "1 000", ".5", "2e-3"].map(readNumber)).toEqual([1200.5, 12, -3, 1000, 0.5, 0.002]);
    for (const text of ["", "abc", "1;2", "--1", "NaN", "Infinity", "1e999", "0x10", "=1+1"])
      expect(readNumber(text), text).toBeUndefined();
  });
});

describe("figures of a shipment", () => {
  test("are those of its chains; a question without an answer has none", () => {
    const { influence, used } = shipmentFigures(scenarioOf(builtinShipment));
    expect(used.length).toBeGreaterThan(influence.length);
    for (const { address, share } of influence) {
      expect(byAddress.has(address)).toBe(true);
      expect(share).toBeGreaterThanOrEqual(0);
    }
    expect(shipmentFigures(scenarioOf({ ...builtinShipment, to: "<b>nowhere</b>" }))).toEqual({ influence: [], used: [] });
    expect(shipmentFigures("no scenario")).toEqual({ influence: [], used: [] });
  });
});

describe("departures", () => {
  const service = data.services.find((s) => s.id === "rail-container-tuanjiecun-duisburg-fixed")!;

  test("of a weekly service stand on its weekday, from the day asked for, in order", () => {
    const found = departures({ of: { service: service.id }, from: "2027-03-02", levers: [], limit: 4 });
    expect(found.map((d) => d.departure.slice(0, 16))).toEqual([
      "2027-03-06T10:00",
      "2027-03-13T10:00",
      "2027-03-20T10:00",
      "2027-03-27T10:00",
    ]);
    expect(found.every((d) => d.at === "CNCKG-TUANJIECUN" && d.to === "DEDUI" && d.arrival > d.departure)).toBe(true);
  });

  test("follow the levers, and stop with a service that is stopped", () => {
    const of = { service: service.id };
    const monday = { change: `services/${service.id}`, set: { departures: { weekly: ["mon"], time: "08:30" } } };
    expect(departures({ of, from: "2027-03-02", levers: [monday], limit: 1 })[0]!.departure.slice(0, 16)).toBe("2027-03-08T08:30");
    const stopped = { change: `services/${service.id}`, set: { enabled: false } };
    expect(departures({ of, from: "2027-03-02", levers: [stopped], limit: 3 })).toEqual([]);
  });

  test("of a place are those of all services that call there, by time", () => {
    const found = departures({ of: { place: "CNCKG-GUOYUAN" }, from: "2027-03-02", levers: [], limit: 12 });
    expect(found.length).toBe(12);
    expect(new Set(found.map((d) => d.service)).size).toBeGreaterThan(1);
    expect(found.every((d) => d.at === "CNCKG-GUOYUAN" && d.departure >= "2027-03-02")).toBe(true);
    expect(found.map((d) => Date.parse(d.departure))).toEqual(found.map((d) => Date.parse(d.departure)).toSorted((a, b) => a - b));
  });

  test("a question about nothing, or no day, has none", () => {
    expect(departures({ of: { service: "no-such" }, from: "2027-03-02", levers: [], limit: 3 })).toEqual([]);
    expect(departures({ of: { service: service.id }, from: "soon", levers: [], limit: 3 })).toEqual([]);
  });
});

describe("members of the network", () => {
  const small: NetworkData = {
    ...data,
    locations: [
      { id: "A", name: "A", kind: "port", country: "CN" },
      { id: "B", name: "B", kind: "lock", country: "CN" },
      { id: "C", name: "C", kind: "port", country: "DE" },
    ],
    services: [
      { id: "s", mode: "sea", form: "container", stops: [{ at: "A" }, { at: "B", pass: "x" }, { at: "C" }] },
      { id: "r", mode: "rail", form: "wheels", stops: [{ at: "C" }, { at: "A" }] },
    ],
    rules: [
      { id: "kits", title: "k", forms: ["kit"] },
      { id: "wheels", title: "w", forms: ["wheels"] },
      { id: "from-c", title: "c", at: ["C"] },
      { id: "lock", title: "l", passing: ["B"] },
      { id: "de", title: "d", countries: ["DE"] },
      { id: "one", title: "o", services: ["r"] },
    ],
    operations: [
      { id: "load-a", kind: "load", at: ["A"], mode: "sea", form: "container" },
      { id: "load-b", kind: "load", at: ["B"], mode: "sea" },
      { id: "rail", kind: "unload", at: ["A"], mode: "rail" },
      { id: "clear", kind: "export-clearance", at: ["A"] },
    ],
  };
  const [sea, rail] = [small.services[0]!, small.services[1]!];

  test("rules that can meet a service: its forms, where one boards, what it passes", () => {
    expect(rulesOf(small, sea).map((r) => r.id)).toEqual(["kits", "lock"]);
    expect(rulesOf(small, rail).map((r) => r.id)).toEqual(["wheels", "from-c", "de", "one"]);
    expect(rulesOf(small, { ...sea, bothWays: true }).map((r) => r.id)).toEqual(["kits", "from-c", "lock", "de"]);
  });

  test("services that call and that pass; loading and unloading that serve them", () => {
    expect(servicesAt(small, "B")).toEqual({ calling: [], passing: [sea] });
    expect(servicesAt(small, "A").calling).toEqual([sea, rail]);
    expect(handlingOf(small, sea).map((o) => o.id)).toEqual(["load-a"]);
    expect(handlingOf(small, rail).map((o) => o.id)).toEqual(["rail"]);
  });

  test("duties of a country are its area's; charges lead to figures that exist", () => {
    expect(dutiesIn(data, "BE")?.area).toBe("EU");
    expect(dutiesIn(data, undefined)).toBeUndefined();
    let parts = 0;
    for (const service of data.services)
      for (const { figure } of chargeParts(service.charges, `services/${service.id}`)) {
        expect(byAddress.has(figure), figure).toBe(true);
        parts++;
      }
    for (const operation of data.operations)
      for (const { figure } of chargeParts(operation.charges, `operations/${operation.id}`))
        expect(byAddress.has(figure), figure).toBe(true);
    expect(parts).toBeGreaterThan(100);
  });
});

describe("the network as lines", () => {
  const scene = networkScene(data);

  test("draws every run of every service, one that several share once, in whichever direction", () => {
    for (const service of data.services) expect(scene.runsOf.get(service.id)!.length).toBe(service.stops.length - 1);
    expect(scene.runs.length).toBeLessThan([...scene.runsOf.values()].flat().length);
    expect(new Set(scene.runs.map((run) => run.key)).size).toBe(scene.runs.length);
    expect(scene.runs.every((run) => run.line.length > 1 && run.services.length > 0)).toBe(true);
    expect(scene.places.length).toBe(data.locations.filter((l) => l.lat !== undefined).length);
  });

  test("the distance from a line is that from its nearest stretch", () => {
    const line: [number, number][] = [
      [0, 0],
      [10, 0],
      [10, 10],
    ];
    expect(distanceTo([line], 5, 3)).toBe(3);
    expect(distanceTo([line], 14, 13)).toBe(5);
    expect(distanceTo([], 0, 0)).toBe(Number.POSITIVE_INFINITY);
  });
});
