import { type Language, say } from "../model/index.ts";
import type { LegElement, OperationElement, TransportChain } from "../routing/index.ts";
import type { ShipmentResult } from "../scenario/index.ts";
import type { Names } from "./names.ts";
import { count } from "./numbers.ts";
import { clean } from "./text.ts";
import { modeWords, optionWords } from "./words.ts";

const words = {
  cutOff: { zh: "截关", en: "Cut-off" },
  due: { zh: "交付日", en: "Due" },
  local: { zh: "当地时间", en: "local time" },
  service: { zh: "班线", en: "service" },
  next: { zh: "后续班次", en: "next departures" },
} as const;

const bytes = new TextEncoder();

/** A content line in pieces of at most 75 octets, the later ones after a space (RFC 5545, 3.1); no character is cut apart. */
export function foldLine(line: string): string {
  const pieces: string[] = [];
  let piece = "";
  let size = 0;
  for (const character of line) {
    const width = bytes.encode(character).length;
    if (size + width > 75) {
      pieces.push(piece);
      piece = "";
      // The space in front of what follows.
      size = 1;
    }
    piece += character;
    size += width;
  }
  return [...pieces, piece].join("\r\n ");
}

/** Text of a property (RFC 5545, 3.3.11); a line break stays one, other control characters go. */
export function escapeText(text: string): string {
  return text
    .split(/\r\n?|\n/)
    .map((line) => clean(line).replaceAll("\\", "\\\\").replaceAll(";", "\\;").replaceAll(",", "\\,"))
    .join("\\n");
}

/** `20270319T100000Z` of a local stamp with offset, so many minutes later. */
function utc(stamp: string, minutesLater = 0): string {
  const time = new Date(Date.parse(stamp) + minutesLater * 60_000);
  return `${time.toISOString().slice(0, 19).replaceAll(/[-:]/g, "")}Z`;
}

/** `2027-03-19 18:00 UTC+08:00`. */
const localText = (stamp: string) => `${stamp.slice(0, 10)} ${stamp.slice(11, 16)} UTC${stamp.slice(16)}`;

interface Event {
  id: string;
  begin: string;
  /** Left out: a moment. */
  end?: string;
  summary: string;
  place?: string;
  at?: readonly [number, number] | undefined;
  details: string[];
}

/** What the calendar needs to know of a place: longitude and latitude, where they are known. */
export type PlaceOf = (id: string) => readonly [number, number] | undefined;

/**
 * One chain as an iCalendar file (RFC 5545): every leg and operation with its time in UTC and the local time in words, every cut-off as a moment, the due
 * date as a day. Ids are stable, so that importing again replaces; nothing depends on the clock.
 */
export function chainCalendar(
  shipment: ShipmentResult,
  chain: TransportChain,
  names: Names,
  language: Language,
  placeOf: PlaceOf = () => undefined,
): string {
  const colon = language === "zh" ? "：" : ": ";
  const timesOf = (from: string, to: string) => `${words.local[language]}${colon}${localText(from)} – ${localText(to)}`;
  const legEvents = (leg: LegElement, i: number): Event[] => {
    const mode = modeWords[leg.mode][language];
    const way = `${names.placeShort(leg.from)} → ${names.placeShort(leg.to)}`;
    // A truck is loaded when it comes: what it needs before leaving is no cut-off that anybody could miss.
    const lead = leg.mode === "road" ? undefined : chain.timeItems.find((item) => item.element === i && item.what === "cut-off");
    const cutOff = lead?.minutes ?? 0;
    const isNamed = leg.main && chain.nextDepartures.length > 0;
    const common = { place: names.place(leg.from), at: placeOf(leg.from) };
    const service = `${words.service[language]}${colon}${say(leg.name, language)}`;
    return [
      ...(cutOff > 0
        ? [
            {
              id: `${i}-cut-off`,
              begin: utc(leg.departure, -cutOff),
              summary: `${words.cutOff[language]}${colon}${mode} ${way}`,
              ...common,
              details: [service],
            },
          ]
        : []),
      {
        id: `${i}-leg`,
        begin: utc(leg.departure),
        end: utc(leg.arrival),
        summary: `${mode}${colon}${way}`,
        ...common,
        details: [
          timesOf(leg.departure, leg.arrival),
          service,
          `${count(leg.distanceKm)} km`,
          `${count(leg.co2eKg, 1)} kg CO2e`,
          ...(isNamed
            ? [`${words.next[language]}${colon}${chain.nextDepartures.map(localText).join(language === "zh" ? "、" : ", ")}`]
            : []),
        ],
      },
    ];
  };
  const operationEvent = (operation: OperationElement, i: number): Event => ({
    id: `${i}-operation`,
    begin: utc(operation.begin),
    ...(operation.end === operation.begin ? {} : { end: utc(operation.end) }),
    summary: `${say(operation.name, language)}${colon}${names.placeShort(operation.at)}`,
    place: names.place(operation.at),
    at: placeOf(operation.at),
    details: [timesOf(operation.begin, operation.end)],
  });
  const events = chain.elements.flatMap((element, i) => (element.kind === "leg" ? legEvents(element, i) : [operationEvent(element, i)]));
  const stamp = `${shipment.ready.replaceAll("-", "")}T000000Z`;
  const domain = "yuche";
  const name = `${names.placeShort(shipment.from)} → ${names.placeShort(shipment.to)} ${optionWords[chain.option][language]}`;
  const idOf = (part: string) => `${shipment.ready}-${clean(chain.id)}-${part}@${domain}`;
  const eventLines = (event: Event): string[] => [
    "BEGIN:VEVENT",
    `UID:${idOf(event.id)}`,
    // When it was made would be the clock; revisions are told apart by nothing else here, so the ready date serves.
    `DTSTAMP:${stamp}`,
    `DTSTART:${event.begin}`,
    ...(event.end === undefined ? [] : [`DTEND:${event.end}`]),
    `SUMMARY:${escapeText(event.summary)}`,
    ...(event.place === undefined ? [] : [`LOCATION:${escapeText(event.place)}`]),
    ...(event.at === undefined ? [] : [`GEO:${event.at[1]};${event.at[0]}`]),
    `DESCRIPTION:${escapeText(event.details.join("\n"))}`,
    "TRANSP:TRANSPARENT",
    "END:VEVENT",
  ];
  const due = shipment.due;
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Yuche//Yuche//ZH",
    "CALSCALE:GREGORIAN",
    "METHOD:PUBLISH",
    `X-WR-CALNAME:${escapeText(name)}`,
    ...events.flatMap(eventLines),
    ...(due === undefined
      ? []
      : [
          "BEGIN:VEVENT",
          `UID:${idOf("due")}`,
          `DTSTAMP:${stamp}`,
          `DTSTART;VALUE=DATE:${due.replaceAll("-", "")}`,
          `SUMMARY:${escapeText(`${words.due[language]}${colon}${names.placeShort(shipment.to)}`)}`,
          "TRANSP:TRANSPARENT",
          "END:VEVENT",
        ]),
    "END:VCALENDAR",
  ];
  return `${lines.map(foldLine).join("\r\n")}\r\n`;
}
