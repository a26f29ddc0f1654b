import { describe, expect, test } from "vitest";
import { evidenceBases } from "../../src/network/index.ts";
import { network } from "../support/small-network.ts";

const rate = { value: 100, low: 80, high: 150, basis: "assumed" as const, note: "a guess" };
const place = (id: string) => ({ id, name: id, kind: "port" as const });

describe("the figure table", () => {
  const net = network({
    locations: [place("A"), place("B")],
    figures: { hire: rate, idle: { value: 1, basis: "published", source: "S1" } },
    services: [
      {
        id: "one",
        mode: "sea",
        form: "wheels",
        stops: [{ at: "A" }, { at: "B", hours: { value: 10, basis: "derived", note: "from the map" } }],
        charges: [{ perVehicle: { use: "hire" } }],
      },
      {
        id: "two",
        mode: "sea",
        form: "wheels",
        stops: [{ at: "A" }, { at: "B", hours: 5 }],
        charges: [{ perVehicle: { use: "hire" } }, { perTonne: 3 }],
      },
    ],
  });
  const { figures } = net;

  test("holds a shared figure once, however often it is used", () => {
    const index = figures.find("figures/hire");
    expect(index).toBeGreaterThanOrEqual(0);
    expect(Array.from({ length: figures.count }, (_, i) => figures.address(i)).filter((a) => a === "figures/hire")).toHaveLength(1);
    const used = (service: number) => net.charges.figure[net.charges.start[net.serviceGroup[service]!]!];
    expect([used(0), used(1)]).toEqual([index, index]);
  });

  test("leaves out shared figures that nothing uses", () => {
    expect(figures.find("figures/idle")).toBe(-1);
  });

  test("keeps value, range and basis; a plain number is the planner's own, without a range", () => {
    const of = (address: string) => {
      const i = figures.find(address);
      return [figures.values[i], figures.low[i], figures.high[i], evidenceBases[figures.basis[i]!]];
    };
    expect(of("figures/hire")).toEqual([100, 80, 150, "assumed"]);
    expect(of("services/one/stops/B/hours")).toEqual([10, 10, 10, "derived"]);
    expect(of("services/two/stops/B/hours")).toEqual([5, 5, 5, "stated"]);
    expect(of("services/two/charges/1/perTonne")).toEqual([3, 3, 3, "stated"]);
    expect(figures.note(figures.find("figures/hire"))).toBe("a guess");
  });

  test("knows no address that is not there, and a use of nothing is no figure", () => {
    expect(figures.find("services/one/stops/B/stayHours")).toBe(-1);
    const empty = network({
      locations: [place("A"), place("B")],
      services: [
        { id: "one", mode: "sea", form: "wheels", stops: [{ at: "A" }, { at: "B" }], charges: [{ perVehicle: { use: "nothing" } }] },
      ],
    });
    expect(empty.figures.count).toBe(0);
    expect(empty.serviceGroup[0]).toBe(0);
  });

  test("both ways of a service share the figures of their runs", () => {
    const there = network({
      locations: [place("A"), place("B")],
      figures: { run: { ...rate, value: 10 } },
      services: [{ id: "one", mode: "sea", form: "wheels", bothWays: true, stops: [{ at: "A" }, { at: "B", hours: { use: "run" } }] }],
    });
    const hours = there.terms.map((t) => t.runs[1]!.hours);
    expect(hours).toEqual([there.figures.find("figures/run"), there.figures.find("figures/run")]);
  });
});
