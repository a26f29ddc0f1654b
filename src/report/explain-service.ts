import { type Service, dateOf, dayNumber, localDay, localStamp, weekday, weekdays } from "../model/index.ts";
import { type Network, type NetworkData, dataId, matcher } from "../network/index.ts";
import { figureFact, titled, section, finish, pageOf, timetableInWords, validity, type Page } from "./explain-page.ts";
import { chargeTexts, figureShort } from "./figure-text.ts";
import type { Reader } from "./style.ts";
import { facts, table, type Row } from "./table.ts";
import { formWords, modeWords, weekdayWords } from "./words.ts";

/** Departures of a compiled service from each stop, first ones of the network's window. */
function departureLines(network: Network, service: Service, page: Page, from: number, limit: number): string[] {
  const lines: string[] = [];
  network.services.forEach((running, s) => {
    if (dataId(running.id) !== service.id || network.departureCount[s] === 0) return;
    const width = network.terms[s]!.runs.length;
    const first = network.stopLocation[network.stopStart[s]!]!;
    const last = network.stopLocation[network.stopStart[s]! + width - 1]!;
    const stamps: string[] = [];
    for (let row = 0; row < network.departureCount[s]! && stamps.length < limit; row++) {
      const at = network.timesStart[s]! + row * width;
      const depart = network.depart[at]!;
      // Compiling takes in what left earlier and can still be boarded further on.
      if (depart < from) continue;
      const arrive = network.arrive[at + width - 1]!;
      const day = weekdayWords[weekdays[weekday(localDay(depart, network.zone[first]!)) - 1]!][page.reader.language];
      stamps.push(
        `${localStamp(depart, network.zone[first]!).slice(0, 16).replace("T", " ")} ${day} -> ${dateOf(localDay(arrive, network.zone[last]!))}`,
      );
    }
    if (stamps.length > 0) lines.push(...facts([[page.names.placeShort(network.locationIds[first]!), stamps.join("; ")]], page.reader));
  });
  return lines;
}

export function explainService(data: NetworkData, service: Service, network: Network, from: string, reader: Reader): string {
  const page = pageOf(data, reader);
  const { language } = reader;
  const factor = data.factors.find((f) => f.id === service.factor);
  const stops = service.stops.map((stop, i): Row => [
    `${page.names.place(stop.at)}${stop.pass === undefined ? "" : page.say(`（通过：${stop.pass}）`, ` (passes: ${stop.pass})`)}`,
    i === 0 ? "" : figureShort(stop.hours, data),
    figureShort(stop.stayHours, data),
    figureShort(stop.cutoffHours, data),
    figureShort(stop.releaseHours, data),
    i === 0 ? "" : figureShort(stop.distanceKm, data),
    chargeTexts(stop.charges, data, language).join("; "),
  ]);
  const right = (title: string) => ({ title, align: "right" as const });
  const tariffs = (service.tariffs ?? []).map((tariff, i): Row => [
    tariff.id ?? `${i + 1}`,
    tariff.kind ?? "",
    tariff.between === undefined ? "" : tariff.between.join(" - "),
    [...(tariff.when?.cargos ?? []), ...(tariff.when?.powertrains ?? []), ...(tariff.when?.kinds ?? [])].join(" "),
    validity(tariff.valid),
    chargeTexts(tariff.charges, data, language).join("; "),
  ]);
  const departures = departureLines(network, service, page, dayNumber(from) * 1440, 6);
  return finish([
    ...titled(page, page.text(service.name ?? service.id), service.id, page.say("班线", "service")),
    ...facts(
      [
        [page.say("方式与形式", "mode and form"), `${modeWords[service.mode][language]}, ${formWords[service.form][language]}`],
        ...(service.corridor === undefined ? [] : [[page.say("通道", "corridor"), page.names.corridor(service.corridor)] as const]),
        ...(service.operator === undefined ? [] : [[page.say("经营人", "operator"), page.text(service.operator)] as const]),
        [
          page.say("班期", "timetable"),
          `${timetableInWords(service, data, language)}${service.bothWays === true ? page.say("，往返", ", both ways") : ""}`,
        ],
        ...(service.schedule === undefined
          ? []
          : [
              [
                page.say("班期依据", "timetable rests on"),
                [
                  service.schedule.basis,
                  ...(service.schedule.source === undefined ? [] : [[service.schedule.source].flat().join(" ")]),
                ].join(" "),
              ] as const,
            ]),
        ...(service.enabled === false
          ? [
              [
                page.say("状态", "state"),
                page.say(
                  `尚未开行；可用 --set services/${service.id}/enabled=true 试算`,
                  `not running yet; try it with --set services/${service.id}/enabled=true`,
                ),
              ] as const,
            ]
          : []),
        ...(service.valid === undefined ? [] : [[page.say("有效期", "valid"), validity(service.valid)] as const]),
        ...figureFact(page.say("每班舱位", "slots a departure"), service.slots, page).map(
          ([n, t]) => [n, `${t}${service.slotUnit === undefined ? "" : `, ${service.slotUnit}`}`] as const,
        ),
        ...figureFact(page.say("每周舱位", "slots a week"), service.weeklySlots, page).map(
          ([n, t]) => [n, `${t}${service.slotUnit === undefined ? "" : `, ${service.slotUnit}`}`] as const,
        ),
        ...data.pools
          .filter((pool) => pool.services.some((pattern) => matcher(pattern)(service.id)))
          .map((pool) => [page.say("占用运具", "units taken from"), `${page.text(pool.name)}, pools/${pool.id}`] as const),
        ...figureFact(page.say("运行时间标准差（小时）", "run time sd, hours"), service.reliability?.sdHours, page),
        ...(factor === undefined
          ? []
          : [
              [
                page.say("排放因子", "emission factor"),
                [
                  page.text(factor.name),
                  ...figureFact("", factor.gPerTkm, page).map(([, t]) => `${t} g/tkm`),
                  ...figureFact("", factor.gPerTeuKm, page).map(([, t]) => `${t} g/TEU-km`),
                ].join("; "),
              ] as const,
            ]),
        ...chargeTexts(service.charges, data, language).map((t) => [page.say("费用", "charge"), t] as const),
        ...(service.note === undefined ? [] : [[page.say("说明", "note"), page.text(service.note)] as const]),
      ],
      reader,
    ),
    ...section(
      page,
      page.say("停靠（小时、公里）", "Stops (hours, km)"),
      table(
        [
          { title: page.say("站", "Stop"), shrinkTo: 20 },
          right(page.say("运行", "Run")),
          right(page.say("停留", "Stay")),
          right(page.say("截关", "Cut-off")),
          right(page.say("放货", "Release")),
          right("km"),
          { title: page.say("费用", "Charges"), shrinkTo: 20 },
        ],
        stops,
        reader,
      ),
    ),
    ...section(page, page.say(`自 ${from} 起的班次`, `Departures from ${from}`), departures),
    ...section(
      page,
      page.say("运价", "Tariffs"),
      tariffs.length === 0
        ? []
        : table(
            [
              { title: page.say("编号", "Id"), shrinkTo: 12 },
              { title: page.say("种类", "Kind") },
              { title: page.say("区间", "Between"), shrinkTo: 12 },
              { title: page.say("适用", "For"), shrinkTo: 12 },
              { title: page.say("有效期", "Valid"), shrinkTo: 10 },
              { title: page.say("运价", "Charges"), shrinkTo: 24 },
            ],
            tariffs,
            reader,
          ),
    ),
    "",
    reader.style.dim(
      page.say(
        `数据：yuche explain services/${service.id}/stops/${service.stops[1]!.at}/hours`,
        `a figure: yuche explain services/${service.id}/stops/${service.stops[1]!.at}/hours`,
      ),
    ),
  ]);
}
