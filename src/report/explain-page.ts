import { type Duty, type Figure, type Language, type Service, type Text, say } from "../model/index.ts";
import type { NetworkData } from "../network/index.ts";
import { chargeTexts, figureInWords, viewFigure } from "./figure-text.ts";
import { type Names, makeNames } from "./names.ts";
import type { Reader } from "./style.ts";
import { type Row, table } from "./table.ts";
import { clean } from "./text.ts";
import { dutyWords, weekdayWords } from "./words.ts";

export interface Page {
  data: NetworkData;
  reader: Reader;
  names: Names;
  say: (zh: string, en: string) => string;
  text: (text: Text) => string;
}

export function pageOf(data: NetworkData, reader: Reader): Page {
  const { language } = reader;
  return {
    data,
    reader,
    names: makeNames(data, language),
    say: (zh, en) => (language === "zh" ? zh : en),
    text: (text) => clean(say(text, language)),
  };
}

export const titled = (page: Page, name: string, id: string, kind: string) => [
  `${page.reader.style.bold(name)}  ${page.reader.style.dim(`${kind} ${id}`)}`,
];
export const section = (page: Page, title: string, lines: readonly string[]) =>
  lines.length === 0 ? [] : ["", page.reader.style.bold(title), ...lines];
export const finish = (lines: readonly string[]) => `${lines.join("\n")}\n`;

export function validity(valid: { from?: string | undefined; until?: string | undefined } | undefined): string {
  return valid === undefined ? "" : `${valid.from ?? "…"} - ${valid.until ?? "…"}`;
}

/** When a service leaves, in words. */
export function timetableInWords(service: Service, data: NetworkData, language: Language): string {
  const zh = language === "zh";
  const departures = service.departures ?? "on-demand";
  if (departures === "on-demand") return zh ? "随时可走" : "on demand";
  if ("weekly" in departures)
    return `${departures.weekly.map((d) => weekdayWords[d][language]).join(zh ? "、" : ", ")} ${departures.time ?? "18:00"}`;
  if ("perWeek" in departures) {
    const view = viewFigure(departures.perWeek, data.figures);
    return view === undefined ? "" : `${zh ? "每周班次" : "departures a week"}: ${figureInWords(view, language)}`;
  }
  return departures.dates.map((d) => (typeof d === "string" ? d : d.at)).join(", ");
}

function dutyRow(duty: Duty, page: Page): Row {
  const { data, reader } = page;
  const rate = duty.ratePercent === undefined ? undefined : viewFigure(duty.ratePercent, data.figures);
  const amount = [
    ...(rate === undefined ? [] : [`${figureInWords(rate, reader.language)} %`]),
    ...chargeTexts(duty.charges, data, reader.language),
  ].join("; ");
  const when = [...(duty.when?.cargos ?? []), ...(duty.when?.powertrains ?? []), ...(duty.when?.kinds ?? [])].join(" ");
  return [
    dutyWords[duty.kind][reader.language],
    duty.title === undefined ? duty.id : page.text(duty.title),
    when,
    validity(duty.valid),
    amount,
  ];
}

export function dutiesOf(country: string | undefined, page: Page): string[] {
  const area = page.data.customs.find((a) => country !== undefined && a.countries.includes(country));
  return area === undefined
    ? []
    : dutyTable(
        area.duties.filter((d) => d.countries === undefined || d.countries.includes(country!)),
        page,
      );
}

export function dutyTable(duties: readonly Duty[], page: Page): string[] {
  const columns = [
    { title: page.say("种类", "Kind"), shrinkTo: 10 },
    { title: page.say("税费", "Duty or fee"), shrinkTo: 18 },
    { title: page.say("适用", "For"), shrinkTo: 12 },
    { title: page.say("日期", "Dates"), shrinkTo: 10 },
    { title: page.say("税率或金额", "Rate or amount"), shrinkTo: 24 },
  ];
  return table(
    columns,
    duties.map((d) => dutyRow(d, page)),
    page.reader,
  );
}

export function figureFact(name: string, figure: Figure | undefined, page: Page): (readonly [string, string])[] {
  const view = figure === undefined ? undefined : viewFigure(figure, page.data.figures);
  return view === undefined ? [] : [[name, figureInWords(view, page.reader.language)]];
}
