import { type Figure, type Problem, dayNumber, isTimeZone, nearest, problem, warning } from "../model/index.ts";
import type { NetworkData } from "./assemble.ts";
import { figureProblems } from "./figure-value.ts";
import { matcher } from "./id-matcher.ts";

type Report = Problem[];

function unknown(path: string, what: { zh: string; en: string }, word: string, known: Iterable<string>): Problem {
  const near = nearest(word, known);
  return problem(
    path,
    "unknown-reference",
    { zh: `没有${what.zh}“${word}”`, en: `no ${what.en} '${word}'` },
    near.length === 0 ? undefined : { zh: `是不是：${near.join("、")}？`, en: `did you mean: ${near.join(", ")}?` },
  );
}

/** Every id that one member names must exist. */
function checkReferences(data: NetworkData, report: Report): void {
  const ids = (list: readonly { id: string }[]) => new Set(list.map((m) => m.id));
  const locations = ids(data.locations);
  const passages = new Map(data.locations.map((l) => [l.id, new Set(Object.keys(l.passages ?? {}))]));
  const corridors = ids(data.corridors);
  const factors = ids(data.factors);
  const cargos = ids(data.cargos);
  const services = ids(data.services);
  const place = { zh: "地点", en: "location" };
  for (const service of data.services) {
    const owner = `services/${service.id}`;
    service.stops.forEach((stop, i) => {
      if (!locations.has(stop.at)) report.push(unknown(`${owner}/stops/${i}/at`, place, stop.at, locations));
      else if (stop.pass !== undefined && passages.get(stop.at)?.has(stop.pass) !== true)
        report.push(
          unknown(`${owner}/stops/${stop.at}/pass`, { zh: "通过类别", en: "passage class" }, stop.pass, passages.get(stop.at) ?? []),
        );
      if (stop.pass !== undefined && (i === 0 || i === service.stops.length - 1))
        report.push(
          problem(`${owner}/stops/${stop.at}/pass`, "bad-value", {
            zh: "首站和末站不能只是通过",
            en: "the first and the last stop cannot be passed only",
          }),
        );
    });
    if (service.corridor !== undefined && !corridors.has(service.corridor))
      report.push(unknown(`${owner}/corridor`, { zh: "通道", en: "corridor" }, service.corridor, corridors));
    if (service.factor !== undefined && !factors.has(service.factor))
      report.push(unknown(`${owner}/factor`, { zh: "排放因子", en: "emission factor" }, service.factor, factors));
    const stops = new Set(service.stops.map((s) => s.at));
    service.tariffs?.forEach((tariff, i) => {
      for (const end of tariff.between ?? [])
        if (!stops.has(end))
          report.push(unknown(`${owner}/tariffs/${tariff.id ?? i}/between`, { zh: "停靠站", en: "stop of this service" }, end, stops));
    });
    for (const cargo of service.when?.cargos ?? [])
      if (!cargos.has(cargo)) report.push(unknown(`${owner}/when/cargos`, { zh: "货物", en: "cargo" }, cargo, cargos));
    const departures = service.departures;
    if (departures !== undefined && departures !== "on-demand" && "dates" in departures) {
      departures.dates.forEach((entry, i) => {
        const stamp = typeof entry === "string" ? entry : entry.at;
        if (!/^\d{4}-\d{2}-\d{2}(T([01]\d|2[0-3]):[0-5]\d)?$/.test(stamp) || Number.isNaN(dayNumber(stamp.slice(0, 10))))
          report.push(
            problem(
              `${owner}/departures/dates/${i}`,
              "bad-value",
              { zh: `“${stamp}”不是日期`, en: `'${stamp}' is no date` },
              { zh: "写作 2027-03-02T18:00", en: "write 2027-03-02T18:00" },
            ),
          );
        if (typeof entry !== "string" && entry.stops !== undefined && entry.stops.length !== service.stops.length)
          report.push(
            problem(`${owner}/departures/dates/${i}/stops`, "bad-value", {
              zh: `应有 ${service.stops.length} 站`,
              en: `should have ${service.stops.length} stops`,
            }),
          );
      });
    }
    if (
      departures !== undefined &&
      typeof departures === "object" &&
      "perWeek" in departures &&
      departures.from !== undefined &&
      Number.isNaN(dayNumber(departures.from))
    )
      report.push(
        problem(`${owner}/departures/from`, "bad-value", { zh: `“${departures.from}”不是日期`, en: `'${departures.from}' is no date` }),
      );
  }
  for (const operation of data.operations)
    for (const at of operation.at) if (!locations.has(at)) report.push(unknown(`operations/${operation.id}/at`, place, at, locations));
  for (const operation of data.operations)
    if (operation.kind === "stuff" && (operation.form === undefined || operation.form === "wheels" || operation.form === "kit"))
      report.push(
        problem(
          `operations/${operation.id}/form`,
          "missing-key",
          { zh: "装箱作业要写明做成哪种形式", en: "stuffing must say which form it makes" },
          { zh: "container、container-bare 或 frame", en: "container, container-bare or frame" },
        ),
      );
  const serviceIds = [...services];
  for (const pool of data.pools) {
    for (const pattern of pool.services)
      if (!serviceIds.some(matcher(pattern)))
        report.push(unknown(`pools/${pool.id}/services`, { zh: "班线", en: "service" }, pattern, services));
    if (pool.when !== undefined && pool.charges !== undefined)
      report.push(
        problem(
          `pools/${pool.id}/charges`,
          "bad-value",
          { zh: "限定货物（when）的运具池不能另带费用", en: "a pool that is for some cargo only (when) cannot have charges" },
          { zh: "把费用写进这些班线的运价（tariffs）", en: "put them into the tariffs of the services" },
        ),
      );
    for (const id of pool.when?.cargos ?? [])
      if (!cargos.has(id)) report.push(unknown(`pools/${pool.id}/when/cargos`, { zh: "货物", en: "cargo" }, id, cargos));
  }
  for (const gate of data.gates) {
    const own = passages.get(gate.at);
    if (own === undefined) report.push(unknown(`gates/${gate.id}/at`, place, gate.at, locations));
    else
      for (const name of gate.classes ?? [])
        if (!own.has(name)) report.push(unknown(`gates/${gate.id}/classes`, { zh: "通过类别", en: "passage class" }, name, own));
  }
  for (const yard of data.yards)
    for (const at of yard.at) if (!locations.has(at)) report.push(unknown(`yards/${yard.id}/at`, place, at, locations));
  for (const rule of data.rules) {
    for (const at of [...(rule.at ?? []), ...(rule.passing ?? [])])
      if (!locations.has(at)) report.push(unknown(`rules/${rule.id}`, place, at, locations));
    for (const id of rule.services ?? [])
      if (!services.has(id)) report.push(unknown(`rules/${rule.id}/services`, { zh: "班线", en: "service" }, id, services));
    for (const id of rule.cargo?.cargos ?? [])
      if (!cargos.has(id)) report.push(unknown(`rules/${rule.id}/cargo`, { zh: "货物", en: "cargo" }, id, cargos));
  }
  const areaOf = new Map<string, string>();
  for (const area of data.customs) {
    for (const country of area.countries) {
      const other = areaOf.get(country);
      if (other !== undefined)
        report.push(
          problem(`customs/${area.id}/countries`, "duplicate-id", {
            zh: `${country} 已属于关税区 ${other}`,
            en: `${country} already belongs to area ${other}`,
          }),
        );
      areaOf.set(country, area.id);
    }
  }
  for (const location of data.locations)
    if (location.timeZone !== undefined && !isTimeZone(location.timeZone))
      report.push(
        problem(
          `locations/${location.id}/timeZone`,
          "bad-value",
          { zh: `不认识的时区“${location.timeZone}”`, en: `unknown time zone '${location.timeZone}'` },
          { zh: "用 IANA 名称，如 Asia/Shanghai", en: "use an IANA name such as Asia/Shanghai" },
        ),
      );
}

/** Quantities that cannot be negative; walking the data once, so that every figure is seen. */
function checkFigures(data: NetworkData, report: Report): void {
  const sources = new Set(data.sources.map((s) => s.id));
  const currencies = new Set(["CNY", ...Object.keys(data.finance.cnyPer ?? {})]);
  const checkOne = (figure: Exclude<Figure, number>, path: string) => {
    if ("use" in figure) {
      report.push(...figureProblems(data, figure, path));
      return;
    }
    const { value, low, high, basis, source, note } = figure;
    if ((low !== undefined && low > value) || (high !== undefined && high < value))
      report.push(
        problem(
          path,
          "figure",
          {
            zh: `数值 ${value} 不在 ${low ?? value}…${high ?? value} 之内`,
            en: `the value ${value} is outside its range ${low ?? value}…${high ?? value}`,
          },
          { zh: "改数值或改范围", en: "mend the value or the range" },
        ),
      );
    if (value < 0) report.push(problem(path, "figure", { zh: "不能为负数", en: "cannot be negative" }));
    for (const id of typeof source === "string" ? [source] : (source ?? []))
      if (!sources.has(id)) report.push(unknown(path, { zh: "来源", en: "source" }, id, sources));
    if (basis === "published" && source === undefined)
      report.push(problem(path, "figure", { zh: "“已发布”的数据要有来源", en: "a published figure needs a source" }));
    if (basis === "derived" && note === undefined)
      report.push(problem(path, "figure", { zh: "“推算”的数据要说明由何推算", en: "a derived figure needs a note that says from what" }));
    if (basis === "assumed" && (low === undefined || high === undefined || (note === undefined && source === undefined)))
      report.push(
        problem(
          path,
          "figure",
          { zh: "“假定”的数据要有范围和理由", en: "an assumed figure needs a range and a reason" },
          { zh: "补上 low、high 和 note", en: "add low, high and note" },
        ),
      );
  };
  const signed = new Set(["lat", "lon", "value", "low", "high"]);
  const walk = (value: unknown, path: string, key: string): void => {
    if (typeof value === "number") {
      if (value < 0 && !signed.has(key)) report.push(problem(path, "bad-value", { zh: "不能为负数", en: "cannot be negative" }));
      return;
    }
    if (value === null || typeof value !== "object") return;
    if (Array.isArray(value)) {
      value.forEach((member: unknown, i) => {
        const name =
          member !== null && typeof member === "object"
            ? ((member as Record<string, unknown>)["id"] ?? (member as Record<string, unknown>)["at"])
            : undefined;
        walk(member, `${path}/${typeof name === "string" ? name : i}`, key);
      });
      return;
    }
    const record = value as Record<string, unknown>;
    if ("basis" in record && typeof record["value"] === "number") {
      checkOne(value as Exclude<Figure, number>, path);
      return;
    }
    if (typeof record["use"] === "string" && Object.keys(record).length === 1) {
      checkOne(value as Exclude<Figure, number>, path);
      return;
    }
    if (typeof record["currency"] === "string" && !currencies.has(record["currency"]))
      report.push(unknown(`${path}/currency`, { zh: "汇率", en: "exchange rate for" }, record["currency"], currencies));
    for (const [k, v] of Object.entries(record)) walk(v, `${path}/${k}`, k);
  };
  for (const list of ["locations", "services", "operations", "pools", "gates", "yards", "rules", "cargos", "customs", "factors"] as const)
    for (const member of data[list]) walk(member, `${list}/${member.id}`, "");
  walk(data.finance, "finance", "");
  walk(data.figures, "figures", "");
}

/** Ranges of dates that end before they begin. */
function checkValidity(data: NetworkData, report: Report): void {
  const check = (valid: { from?: string | undefined; until?: string | undefined } | undefined, path: string) => {
    if (valid?.from !== undefined && valid.until !== undefined && valid.from > valid.until)
      report.push(problem(`${path}/valid`, "bad-value", { zh: "终止日早于起始日", en: "it ends before it begins" }));
  };
  for (const service of data.services) {
    check(service.valid, `services/${service.id}`);
    service.tariffs?.forEach((tariff, i) => check(tariff.valid, `services/${service.id}/tariffs/${tariff.id ?? i}`));
  }
  for (const operation of data.operations) check(operation.valid, `operations/${operation.id}`);
  for (const rule of data.rules) check(rule.valid, `rules/${rule.id}`);
  for (const area of data.customs) for (const duty of area.duties) check(duty.valid, `customs/${area.id}/duties/${duty.id}`);
}

/** Things that are allowed but most likely a mistake. */
function checkLikely(data: NetworkData, report: Report): void {
  const used = new Set(data.services.flatMap((s) => s.stops.map((stop) => stop.at)));
  for (const location of data.locations)
    if (!used.has(location.id))
      report.push(warning(`locations/${location.id}`, "unreachable", { zh: "没有任何班线停靠", en: "no service calls here" }));
  for (const service of data.services) {
    service.stops.forEach((stop, i) => {
      if (i > 0 && stop.at === service.stops[i - 1]!.at)
        report.push(warning(`services/${service.id}/stops/${i}`, "bad-value", { zh: "连续两站相同", en: "the same stop twice in a row" }));
    });
  }
}

/** Every problem of a network: references, figures, dates; warnings for what is likely wrong. */
export function checkNetwork(data: NetworkData): Problem[] {
  const report: Report = [];
  checkReferences(data, report);
  checkFigures(data, report);
  checkValidity(data, report);
  checkLikely(data, report);
  return report;
}
