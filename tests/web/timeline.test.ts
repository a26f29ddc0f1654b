import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isHoliday } from "../../web/charts/holidays.ts";
import { laterDepartures, minuteOf, offsetOf, readyMinute, spansOf, stampAt } from "../../web/charts/journey.ts";
import { shorten, textWidth } from "../../web/charts/labels.ts";
import { barAt, lineUp, timelineHeight, timelineLayout } from "../../web/charts/timeline-layout.ts";
import { namedChains } from "../../web/state/chains.ts";
import { answered, builtinChains } from "./answer.ts";
import { fixedChains } from "./fixed-answer.ts";

const moscow = namedChains(answered({ cargo: "ice-suv", from: "CNCKG-CHANGAN-YUZUI", to: "RU-MARKET", due: "" }).shipment, "landed");
const all = [...builtinChains, ...moscow];

describe("stamps", () => {
  test("a minute written at an offset reads back as the same minute and offset", () => {
    fc.assert(
      fc.property(fc.integer({ min: 20_000_000, max: 60_000_000 }), fc.integer({ min: -48, max: 56 }), (minute, quarters) => {
        const stamp = stampAt(minute, quarters * 15);
        expect([minuteOf(stamp), offsetOf(stamp)]).toEqual([minute, quarters * 15]);
      }),
    );
  });
});

describe("spans of a chain", () => {
  test("begin at the ready date, follow each other without gap and end at the arrival", () => {
    for (const { chain } of all) {
      const spans = spansOf(chain);
      expect(spans[0]!.from).toBe(readyMinute(chain));
      spans.slice(1).forEach((span, i) => expect(span.from).toBe(spans[i]!.to));
      expect(spans.at(-1)!.to).toBe(minuteOf(chain.time.arrival));
      expect((spans.at(-1)!.to - spans[0]!.from) / 1440).toBeCloseTo(chain.time.days, 1);
    }
    expect(new Set(all.map(({ chain }) => stampAt(readyMinute(chain), 480)))).toEqual(new Set(["2027-03-02T00:00+08:00"]));
  });

  test("agree with the stamps of every element: the legs leave, arrive and are done when the chain says", () => {
    for (const { chain } of all) {
      const spans = spansOf(chain);
      chain.elements.forEach((element, index) => {
        const own = spans.filter((span) => span.element === index);
        if (element.kind === "operation") {
          const last = own.at(-1);
          if (last !== undefined) expect(stampAt(last.to, last.toOffset)).toBe(element.end);
          return;
        }
        const moves = own.filter((span) => span.kind === "move");
        expect(stampAt(moves[0]!.from, moves[0]!.fromOffset)).toBe(element.departure);
        expect(stampAt(moves.at(-1)!.to, moves.at(-1)!.toOffset)).toBe(element.arrival);
        expect(own.at(-1)!.to).toBe(minuteOf(element.done));
        expect(moves.map((span) => span.at)).toEqual([element.from, ...element.via]);
        expect(moves.at(-1)!.toPlace).toBe(element.to);
      });
    }
  });

  test("say where a train waits at the border, and that clearance is clearance", () => {
    const spans = spansOf(fixedChains.find((named) => named.option === "rail-container")!.chain);
    expect(spans.filter((span) => span.what === "passage-wait").map((span) => span.at)).toEqual(["GAUGE", "BORDER"]);
    expect(spans.filter((span) => span.kind === "clearance").map((span) => span.at)).toEqual(["TOWN"]);
  });
});

describe("later departures", () => {
  test("shift the arrival by as much, and the slack too", () => {
    const { chain } = fixedChains[0]!;
    const [first, second] = laterDepartures(chain);
    const leg = chain.elements.find((element) => element.kind === "leg" && element.main);
    const shift = minuteOf(first!.departure) - minuteOf(leg?.kind === "leg" ? leg.departure : "");
    expect(first!.days).toBe(shift / 1440);
    expect(minuteOf(first!.arrival!) - minuteOf(chain.time.arrival)).toBe(shift);
    expect(first!.slackDays).toBeCloseTo(chain.due!.slackDays - first!.days, 9);
    expect(second!.days).toBeGreaterThan(first!.days);
  });

  test("promise no arrival where another timetable follows", () => {
    const following = all.filter(({ chain }) => {
      const main = chain.elements.findIndex((e) => e.kind === "leg" && e.main);
      return (
        main >= 0 && chain.nextDepartures.length > 0 && chain.elements.slice(main + 1).some((e) => e.kind === "leg" && e.mode !== "road")
      );
    });
    expect(following.length).toBeGreaterThan(0);
    for (const { chain } of following) expect(laterDepartures(chain).every((later) => later.arrival === undefined)).toBe(true);
  });
});

describe("holidays", () => {
  test("are those that the calendars of 2025 to 2027 state", () => {
    const of = (year: number) =>
      Array.from({ length: 366 }, (_, i) => Date.UTC(year, 0, 1 + i))
        .filter((time) => new Date(time).getUTCFullYear() === year && isHoliday(time))
        .map((time) => new Date(time).toISOString().slice(5, 10));
    const solar = ["05-01", "05-02"];
    const october = ["10-01", "10-02", "10-03"];
    expect(of(2025)).toEqual(["01-01", "01-28", "01-29", "01-30", "01-31", "04-04", ...solar, "05-31", ...october, "10-06"]);
    expect(of(2026)).toEqual(["01-01", "02-16", "02-17", "02-18", "02-19", "04-05", ...solar, "06-19", "09-25", ...october]);
    expect(of(2027)).toEqual(["01-01", "02-05", "02-06", "02-07", "02-08", "04-05", ...solar, "06-09", "09-15", ...october]);
  });
});

describe("the timeline", () => {
  const shown = fixedChains[0]!;
  const best = fixedChains.filter((named) => named.isBest);
  const draw = (width: number, rows = best) =>
    timelineLayout({ shown, rows, all: fixedChains, width, place: (id) => id, duration: ({ what }) => what });

  test.each([340, 880, 1400])("keeps every bar inside the calendar and in order at %d px", (width) => {
    const layout = draw(width);
    expect(layout.height).toBe(timelineHeight(best.length, width));
    expect(layout.rows.map((row) => row.named.key)).toEqual([shown.key, ...best.map((named) => named.key)]);
    for (const row of layout.rows) {
      row.bars.slice(1).forEach((bar, i) => expect(bar.x).toBeGreaterThanOrEqual(row.bars[i]!.x));
      expect(row.bars[0]!.x).toBeGreaterThanOrEqual(layout.plot.left);
      expect(row.end).toBeLessThanOrEqual(layout.plot.right);
    }
    for (const tick of layout.ticks) expect(tick.x).toBeLessThanOrEqual(layout.plot.right);
  });

  test("stands still when another chain is shown", () => {
    const scales = fixedChains.map((named) => {
      const layout = timelineLayout({ shown: named, rows: best, all: fixedChains, width: 880, place: String, duration: () => "" });
      return [layout.height, layout.due, layout.weeks.map((tick) => tick.x).join(" ")];
    });
    expect(new Set(scales.map((scale) => JSON.stringify(scale))).size).toBe(1);
  });

  test("counts the days of the plant and marks its Mondays, weekends and holidays", () => {
    const layout = draw(880);
    expect(layout.offset).toBe(480);
    for (const tick of layout.weeks) expect(new Date(tick.date).getUTCDay()).toBe(1);
    const day = (layout.weeks[1]!.x - layout.weeks[0]!.x) / 7;
    expect(layout.rows[0]!.bars[0]!.x).toBeCloseTo(layout.weeks[0]!.x - 6 * day, 6);
    expect(layout.weekends[1]!.x - layout.weekends[0]!.x).toBeCloseTo(day, 6);
    expect(layout.holidays).toHaveLength(4);
  });

  test("marks the cut-off of the timetable, not the truck's, and the later departures", () => {
    const { ticks, rows } = draw(880);
    expect(ticks.map((tick) => tick.what)).toEqual(["cut-off", "later", "later"]);
    const cut = rows[0]!.bars.find((bar) => bar.span.what === "cut-off" && bar.span.at === "PORT")!;
    expect(ticks[0]!.x).toBe(cut.x);
  });

  test("finds the bar under the pointer, a thin one before its neighbours", () => {
    const layout = draw(880);
    layout.rows.forEach((row, i) => {
      row.bars.forEach((bar, k) => {
        const found = barAt(layout, bar.x + bar.width / 2, row.barY + 2)!;
        expect(found.row).toBe(i);
        if (bar.width > 12) expect(found.bar).toBe(k);
        else expect(Math.abs(row.bars[found.bar]!.x - bar.x)).toBeLessThan(14);
      });
    });
    expect(barAt(layout, 300, -5)).toBeUndefined();
    expect(barAt(layout, 40, layout.rows[1]!.barY)).toEqual({ row: 1, bar: -1 });
  });

  test("labels in lines never overlap and never leave the bounds", () => {
    const wanted = fc.array(fc.record({ text: fc.constantFrom("重庆果园港", "Zeebrugge", "A"), at: fc.integer({ min: 0, max: 400 }) }), {
      maxLength: 20,
    });
    fc.assert(
      fc.property(wanted, (list) => {
        const placed = lineUp(
          list.map((item, i) => ({ ...item, id: String(i) })),
          { left: 0, right: 400 },
          2,
        ).map((label) => {
          const width = textWidth(label.text, 12);
          const left = label.anchor === "start" ? label.x : label.anchor === "end" ? label.x - width : label.x - width / 2;
          return { line: label.line, left, right: left + width };
        });
        placed.forEach((a, i) => {
          expect(a.left >= -1e-9 && a.right <= 400 + 1e-9).toBe(true);
          for (const b of placed.slice(i + 1)) expect(a.line !== b.line || a.right <= b.left || b.right <= a.left).toBe(true);
        });
      }),
    );
  });

  test("a name too long is cut and says so", () => {
    expect(shorten("Zeebrugge", 500, 12)).toBe("Zeebrugge");
    const cut = shorten("滚装·公路集港·经广州港南沙区", 100, 12);
    expect(cut).toMatch(/…$/);
    expect(textWidth(cut, 12)).toBeLessThanOrEqual(100);
  });
});
