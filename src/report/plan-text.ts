import { type Text, say } from "../model/index.ts";
import type { BottleneckResult, PlanResult, UnservedResult } from "../planning/index.ts";
import { evidenceBar, evidenceLegend } from "./evidence-bar.ts";
import { planRankLines } from "./levers-rank-plan.ts";
import { shorten } from "./names.ts";
import { count, days, percent } from "./numbers.ts";
import type { Reader } from "./style.ts";
import { facts, table } from "./table.ts";
import { clean, wrap } from "./text.ts";
import { directCorridor, lineWords, optionWords } from "./words.ts";

type Both = { zh: string; en: string };

/** Units in which limits are counted. */
export const unitWords: Record<string, Both> = {
  vehicle: { zh: "辆", en: "vehicle" },
  container: { zh: "箱", en: "box" },
  wagon: { zh: "车皮", en: "wagon" },
  frame: { zh: "框架", en: "frame" },
  m3: { zh: "立方米", en: "m3" },
  ceu: { zh: "标准车位", en: "CEU" },
  truck: { zh: "车次", en: "truck" },
  departure: { zh: "班次", en: "departure" },
  "truck-week": { zh: "辆运输车·周", en: "truck and week" },
  "wagon-week": { zh: "辆车皮·周", en: "wagon and week" },
  "container-week": { zh: "箱·周", en: "box and week" },
  "frame-week": { zh: "框架·周", en: "frame and week" },
  "space-week": { zh: "车位·周", en: "space and week" },
  tonne: { zh: "吨", en: "tonne" },
  CNY: { zh: "元", en: "CNY" },
};

export const leftWords: Record<UnservedResult["reason"], Both> = {
  "no-way": { zh: "没有走法", en: "no way" },
  "too-dear": { zh: "运费高于不运的代价", en: "dearer than staying" },
  limits: { zh: "运力已满", en: "capacity is full" },
};

/** A tolerance: 6.1e-7, or 0. */
const tiny = (value: number) => (value === 0 ? "0" : value.toExponential(1));

/** Lists shorter than this are shown whole. */
const shown = 12;

/** A plan for people: what is carried and what it costs, how that is proven, by corridor, what is full and what one more is worth, what stays behind and why. */
export function planText(result: PlanResult, reader: Reader): string {
  const { style, language } = reader;
  const zh = language === "zh";
  const t = (both: Both) => both[language];
  const words = (text: Text | undefined, id: string) => clean(text === undefined ? id : say(text, language));
  const name = (id: string) => (id === "direct" ? t(directCorridor) : shorten(words(result.names[id], id)));
  const { totals, proof, horizon, target } = result;
  const title = result.scenario.title === undefined ? result.scenario.id : say(result.scenario.title, language);
  const million = (cny: number) => count(cny / 1e6, 1);
  const right = (title: string) => ({ title, align: "right" as const });
  const head = (both: Both) => ["", style.bold(t(both))];
  const more = (rest: number) => (rest <= 0 ? [] : [style.dim(zh ? `  另有 ${rest} 行，见结果文件` : `  ${rest} more in the result file`)]);

  const lines: string[] = [
    style.bold(clean(title)),
    ...facts(
      [
        [zh ? "时段" : "Horizon", zh ? `${horizon.from} 起 ${horizon.weeks} 周` : `${horizon.weeks} weeks from ${horizon.from}`],
        [
          zh ? "运量" : "Vehicles",
          zh
            ? `需求 ${count(totals.demand)} 辆，运出 ${count(totals.carried)}，未运 ${count(totals.unserved)}（${percent(totals.unserved / totals.demand)}）`
            : `${count(totals.demand)} wanted, ${count(totals.carried)} carried, ${count(totals.unserved)} left behind (${percent(totals.unserved / totals.demand)})`,
        ],
        [
          zh ? "每辆" : "A vehicle",
          zh
            ? `${count(totals.costPerVehicleCny)} 元（其中物流 ${count(totals.logisticsPerVehicleCny)} 元），${days(totals.days)} 天，碳排放 ${count((totals.co2eTonnes * 1000) / Math.max(1, totals.carried))} kg`
            : `CNY ${count(totals.costPerVehicleCny)} (logistics ${count(totals.logisticsPerVehicleCny)}), ${days(totals.days)} days, ${count((totals.co2eTonnes * 1000) / Math.max(1, totals.carried))} kg CO2e`,
        ],
        [
          zh ? "总费用" : "Total",
          [
            `${zh ? "运输" : "transport"} ${million(totals.transportCny)}`,
            ...(totals.lateCny > 0 ? [`${zh ? "晚到" : "late"} ${million(totals.lateCny)}`] : []),
            ...(totals.unservedCny > 0 ? [`${zh ? "未运" : "left behind"} ${million(totals.unservedCny)}`] : []),
            ...(totals.shortfallCny > 0 ? [`${zh ? "照付不议" : "take or pay"} ${million(totals.shortfallCny)}`] : []),
            ...(totals.investmentCny > 0 ? [`${zh ? "投资" : "investment"} ${million(totals.investmentCny)}`] : []),
          ].join(" + ") + ` = ${million(totals.totalCny)} ${zh ? "百万元" : "CNY million"}`,
        ],
        [
          zh ? "出口额" : "Export value",
          zh ? `${count(totals.exportValueCny / 1e8, 1)} 亿元` : `CNY ${count(totals.exportValueCny / 1e9, 2)} billion`,
        ],
        ...(target === undefined
          ? []
          : ([
              [
                zh ? "目标" : "Target",
                zh
                  ? `全国 ${count(target.nationalExports)} 辆的 ${target.wantedPercent}% 为 ${count(target.wantedVehicles)} 辆；运出占全国 ${count(target.carriedPercent, 2)}%，完成 ${count(target.reachedPercent, 1)}%${target.wantedValueCny === undefined ? "" : `；出口额目标 ${count(target.wantedValueCny / 1e8)} 亿元，完成 ${count((target.exportValueCny / target.wantedValueCny) * 100, 1)}%`}`
                  : `${target.wantedPercent}% of the nation's ${count(target.nationalExports)} is ${count(target.wantedVehicles)}; carried ${count(target.carriedPercent, 2)}% of the nation's, ${count(target.reachedPercent, 1)}% of the target${target.wantedValueCny === undefined ? "" : `; of the CNY ${count(target.wantedValueCny / 1e9)} billion of exports ${count((target.exportValueCny / target.wantedValueCny) * 100, 1)}%`}`,
              ],
            ] as const)),
        [
          zh ? "证明" : "Proof",
          zh
            ? `${proof.status === "optimal" ? "最优" : "提前停止"}：下界 ${million(proof.boundCny)} 百万元，间隙 ${tiny(proof.gap)}；违反约束至多 ${tiny(proof.largestViolation)}；取整车多费 ${count(proof.wholeVehiclesCny / 1e4, 1)} 万元`
            : `${proof.status === "optimal" ? "optimal" : "stopped early"}: no plan costs less than ${million(proof.boundCny)} million, gap ${tiny(proof.gap)}; limits broken by at most ${tiny(proof.largestViolation)}; whole vehicles cost CNY ${count(proof.wholeVehiclesCny)} more`,
        ],
        [zh ? "数据依据" : "Evidence", `${evidenceBar(result.evidence)}  ${evidenceLegend(language)}`],
      ],
      reader,
    ),
  ];

  lines.push(
    ...head({ zh: "按方案与通道", en: "By option and corridor" }),
    ...table(
      [
        { title: zh ? "方案" : "Option" },
        { title: zh ? "通道" : "Corridor", shrinkTo: 12 },
        right(zh ? "车辆" : "Vehicles"),
        right(zh ? "占比" : "Share"),
        right(zh ? "元/辆" : "CNY"),
        right(zh ? "天" : "Days"),
        right("CO2e kg"),
      ],
      result.corridors
        .slice(0, shown)
        .map((c) => [
          { text: t(optionWords[c.option]), paint: style.option[c.option] },
          name(c.corridor),
          count(c.vehicles),
          percent(c.vehicles / Math.max(1, totals.carried)),
          count(c.costCny),
          days(c.days),
          count(c.co2eKg),
        ]),
      reader,
    ),
    ...more(result.corridors.length - shown),
  );

  if (result.bottlenecks.length > 0)
    lines.push(
      ...head({ zh: "瓶颈（按全时段价值排序）", en: "Bottlenecks, by what they are worth over the horizon" }),
      ...table(
        [
          { title: zh ? "瓶颈" : "Bottleneck", shrinkTo: 24 },
          right(zh ? "满载" : "Full"),
          right(zh ? "多一个舱位省（均值）" : "One more saves, mean"),
          right(zh ? "最高" : "most"),
          { title: zh ? "单位" : "per" },
          right(zh ? "价值 百万元" : "Worth, million"),
        ],
        result.bottlenecks
          .slice(0, shown)
          .map((b) => [
            bottleneckName(b, name, words),
            `${b.full}/${b.of}`,
            count(b.meanPriceCny),
            count(b.mostPriceCny),
            t(unitWords[b.unit]!),
            million(b.worthCny),
          ]),
        reader,
      ),
      ...more(result.bottlenecks.length - shown),
    );

  if (result.unserved.length > 0) {
    const named = new Map(result.bottlenecks.map((b) => [b.path, words(b.name, b.path)]));
    const rowOf = new Map(result.rows.map((row) => [row.row, row]));
    lines.push(
      ...head({ zh: "未运出的车辆", en: "Left behind" }),
      ...table(
        [
          { title: zh ? "货物" : "Cargo" },
          { title: zh ? "市场" : "Market" },
          right(zh ? "车辆" : "Vehicles"),
          right(zh ? "周数" : "Weeks"),
          { title: zh ? "原因" : "Why", shrinkTo: 24 },
        ],
        result.unserved.slice(0, shown).map((u) => {
          const row = rowOf.get(u.row);
          const limits = u.limits.slice(0, 2).map((path) => named.get(path) ?? words(result.names[path], path.replace(/^services\//, "")));
          return [
            row === undefined ? u.row : zh ? `${name(row.cargo)}（${name(row.from)}）` : `${name(row.cargo)} (${name(row.from)})`,
            row === undefined ? "" : name(row.to),
            count(u.vehicles),
            String(u.weeks.length),
            limits.length === 0 ? t(leftWords[u.reason]) : `${t(leftWords[u.reason])}${zh ? "：" : ": "}${limits.join(zh ? "、" : ", ")}`,
          ];
        }),
        reader,
      ),
      ...more(result.unserved.length - shown),
    );
  }

  const bought = result.investments;
  if (bought.length > 0)
    lines.push(
      ...head({ zh: "投资", en: "Investments" }),
      ...table(
        [{ title: zh ? "投资" : "Investment", shrinkTo: 24 }, right(zh ? "数量" : "Units"), right(zh ? "费用 百万元" : "Cost, million")],
        bought.map((i) => [words(i.title, i.id), `${i.units}/${i.most}`, million(i.costCny)]),
        reader,
      ),
    );

  if (result.ranking !== undefined)
    lines.push(...head({ zh: "各项措施值多少", en: "What each lever is worth" }), ...planRankLines(result.ranking, reader));

  const largest = Object.entries(totals.lines).sort(([, a], [, b]) => b - a);
  lines.push(
    ...head({ zh: "费用构成（百万元）", en: "Cost lines, CNY million" }),
    ...wrap(
      largest.map(([line, cny]) => `${t(lineWords[line as keyof typeof lineWords])} ${million(cny)}`).join(zh ? "，" : ", "),
      reader.width - 2,
    ).map((line) => `  ${line}`),
  );
  return `${lines.join("\n")}\n`;
}

function bottleneckName(b: BottleneckResult, name: (id: string) => string, words: (text: Text | undefined, id: string) => string): string {
  return b.place === undefined ? words(b.name, b.path) : `${words(b.name, b.path)} - ${name(b.place)}`;
}
