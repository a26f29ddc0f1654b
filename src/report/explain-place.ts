import type { Location, Service } from "../model/index.ts";
import type { NetworkData } from "../network/index.ts";
import { figureFact, titled, section, dutiesOf, finish, pageOf, timetableInWords, type Page } from "./explain-page.ts";
import { chargeTexts, figureShort } from "./figure-text.ts";
import type { Reader } from "./style.ts";
import { type Row, facts, table } from "./table.ts";
import { formWords, locationWords, modeWords, operationWords } from "./words.ts";

function serviceRows(services: readonly Service[], page: Page): string[] {
  if (services.length === 0) return [];
  const { reader, data } = page;
  const columns = [
    { title: page.say("班线", "Service"), shrinkTo: 30 },
    { title: page.say("方式", "Mode") },
    { title: page.say("形式", "Form") },
    { title: page.say("班期", "Timetable"), shrinkTo: 20 },
    { title: page.say("编号", "Id") },
  ];
  return table(
    columns,
    services.map((s): Row => [
      `${page.text(s.name ?? s.id)}${s.enabled === false ? page.say("（未开行）", " (not running)") : ""}`,
      modeWords[s.mode][reader.language],
      formWords[s.form][reader.language],
      timetableInWords(s, data, reader.language),
      s.id,
    ]),
    reader,
  );
}

export function explainPlace(data: NetworkData, location: Location, reader: Reader): string {
  const page = pageOf(data, reader);
  const { language } = reader;
  const calling = data.services.filter((s) => s.stops.some((stop) => stop.at === location.id && stop.pass === undefined));
  const passing = data.services.filter((s) => s.stops.some((stop) => stop.at === location.id && stop.pass !== undefined));
  const operations = data.operations.filter((o) => o.at.includes(location.id));
  const storage = Object.entries(location.storage ?? {}).flatMap(([form, terms]): Row[] =>
    terms === undefined
      ? []
      : [
          [
            formWords[form as keyof typeof formWords][language],
            figureShort(terms.freeDays, data),
            figureShort(terms.perVehicleDay, data),
            figureShort(terms.perContainerDay, data),
            terms.currency ?? "CNY",
          ],
        ],
  );
  const passages = Object.entries(location.passages ?? {}).flatMap(([name, passage]) =>
    facts(
      [
        ...figureFact(`${name}: ${page.say("排队小时", "queue, hours")}`, passage.waitHours, page),
        ...figureFact(`${name}: ${page.say("通过小时", "passage, hours")}`, passage.hours, page),
        ...chargeTexts(passage.charges, data, language).map((t) => [`${name}: ${page.say("费用", "charge")}`, t] as const),
        ...(passage.seasons ?? []).map(
          (s) =>
            [
              `${name}: ${s.from} - ${s.until}`,
              [...figureFact("", s.waitHours, page).map(([, t]) => t), ...(s.note === undefined ? [] : [page.text(s.note)])].join("; "),
            ] as const,
        ),
        ...(passage.closures ?? []).map(
          (c) =>
            [
              `${name}: ${page.say("关闭", "closed")}`,
              `${c.from} - ${c.until}${c.note === undefined ? "" : `, ${page.text(c.note)}`}`,
            ] as const,
        ),
      ],
      reader,
    ),
  );
  return finish([
    ...titled(page, page.text(location.name), location.id, locationWords[location.kind][language]),
    ...facts(
      [
        ...(location.aliases === undefined ? [] : [[page.say("别名", "also"), location.aliases.join(page.say("、", ", "))] as const]),
        ...(location.country === undefined ? [] : [[page.say("国家", "country"), location.country] as const]),
        ...(location.lat === undefined ? [] : [[page.say("坐标", "position"), `${location.lat}, ${location.lon ?? ""}`] as const]),
        [page.say("时区", "time zone"), location.timeZone ?? "UTC"],
        ...(location.forms === undefined
          ? []
          : [[page.say("形式", "forms"), location.forms.map((f) => formWords[f][language]).join(page.say("、", ", "))] as const]),
        ...data.gates
          .filter((gate) => gate.at === location.id)
          .flatMap((gate) =>
            figureFact(page.say("每日通过上限", "passes a day"), gate.daily, page).map(
              ([n, t]) => [n, `${t}, ${gate.unit}; ${page.text(gate.name)}, gates/${gate.id}`] as const,
            ),
          ),
        ...data.yards
          .filter((yard) => yard.at.includes(location.id))
          .flatMap((yard) =>
            figureFact(page.say("堆场车位", "room for vehicles"), yard.spaces, page).map(
              ([n, t]) => [n, `${t}; yards/${yard.id}`] as const,
            ),
          ),
        ...(location.note === undefined ? [] : [[page.say("说明", "note"), page.text(location.note)] as const]),
      ],
      reader,
    ),
    ...section(page, page.say(`停靠班线 ${calling.length}`, `${calling.length} services call`), serviceRows(calling, page)),
    ...section(page, page.say(`通过班线 ${passing.length}`, `${passing.length} services pass`), serviceRows(passing, page)),
    ...section(page, page.say("通过条件", "Passages"), passages),
    ...section(
      page,
      page.say("枢纽作业", "Hub operations"),
      operations.length === 0
        ? []
        : table(
            [
              { title: page.say("作业", "Operation"), shrinkTo: 24 },
              { title: page.say("种类", "Kind") },
              { title: page.say("形式", "Form") },
              { title: page.say("小时", "Hours"), align: "right" },
              { title: page.say("停留", "Dwell"), align: "right" },
              { title: page.say("费用", "Charges"), shrinkTo: 24 },
            ],
            operations.map((o): Row => [
              page.text(o.name ?? o.id),
              operationWords[o.kind][language],
              o.form === undefined ? "" : formWords[o.form][language],
              figureShort(o.hours, data),
              figureShort(o.dwellHours, data),
              chargeTexts(o.charges, data, language).join("; "),
            ]),
            reader,
          ),
    ),
    ...section(
      page,
      page.say("堆存", "Storage"),
      storage.length === 0
        ? []
        : table(
            [
              { title: page.say("形式", "Form") },
              { title: page.say("免费天", "Free days"), align: "right" },
              { title: page.say("每辆每天", "Per vehicle and day"), align: "right" },
              { title: page.say("每箱每天", "Per container and day"), align: "right" },
              { title: page.say("货币", "Currency") },
            ],
            storage,
            reader,
          ),
    ),
    ...section(
      page,
      page.say("进口税费", "Import duties and fees"),
      location.kind === "market" || location.kind === "port" || location.kind === "station" ? dutiesOf(location.country, page) : [],
    ),
  ]);
}
