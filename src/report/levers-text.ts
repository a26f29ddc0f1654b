import type { Language, Lever, LeverParameter } from "../model/index.ts";
import { basisWords } from "./words.ts";
import { count } from "./numbers.ts";
import type { Reader } from "./style.ts";
import { facts, table } from "./table.ts";
import { clean, wrap } from "./text.ts";

type Both = { zh: string; en: string };

export const leverKindWords: Record<Lever["kind"], Both> = {
  measure: { zh: "措施", en: "measure" },
  shock: { zh: "冲击", en: "shock" },
  withdrawal: { zh: "对照", en: "withdrawal" },
};

const studyWords: Record<Lever["studies"][number], Both> = {
  routes: { zh: "线路比选", en: "routes" },
  plan: { zh: "运力计划", en: "plan" },
};

export const documentWords: Record<"A" | "B", Both> = {
  A: { zh: "九部门意见（2023 年 12 月 7 日）", en: "opinion of nine ministries (7 December 2023)" },
  B: { zh: "重庆市“渝车出海”行动计划（2023 年 11 月 25 日）", en: "Chongqing’s action plan (25 November 2023)" },
};

const range = ({ value, low, high, unit }: Pick<LeverParameter, "value" | "low" | "high" | "unit">) =>
  `${count(value, 3)} [${count(low, 3)} … ${count(high, 3)}] ${unit}`;

/** `A（七）` or `B 三（二）`: full-width brackets bring their own space. */
function paragraphName({ document, paragraph }: { document: string; paragraph: string }): string {
  return paragraph.startsWith("（") ? `${document}${paragraph}` : `${document} ${paragraph}`;
}

export function leverParagraphs(documents: readonly { document: string; paragraph: string }[]): string {
  return [...new Set(documents.map(paragraphName))].join(", ");
}

const sourcesOf = ({ source }: LeverParameter): string[] => (source === undefined ? [] : typeof source === "string" ? [source] : source);

/** The list of levers: what each is, where it stands, what can be chosen. */
export function leversText(levers: readonly Lever[], reader: Reader): string {
  const { language, style } = reader;
  const zh = language === "zh";
  const columns = [
    { title: zh ? "编号" : "id" },
    { title: zh ? "类别" : "kind" },
    { title: zh ? "名称" : "name", shrinkTo: 20 },
    { title: zh ? "文件段落" : "paragraph", shrinkTo: 14 },
    { title: zh ? "参数" : "parameters", shrinkTo: 24 },
  ];
  const rows = levers.map((lever) => [
    { text: lever.id, paint: style.bold },
    leverKindWords[lever.kind][language],
    lever.title[language],
    leverParagraphs(lever.documents),
    Object.entries(lever.parameters)
      .map(([name, parameter]) => `${name} ${range(parameter)}`)
      .join("; "),
  ]);
  const legend = (["A", "B"] as const).map((document) => `${document}: ${documentWords[document][language]}`).join(zh ? "；" : "; ");
  const kinds = zh
    ? "措施：文件要求的；冲击：措施要应对的；对照：撤掉已有的措施，看它值多少"
    : "measure: what a document asks for; shock: what a measure is meant against; withdrawal: the end of one in force, to see its worth";
  return `${[...table(columns, rows, reader), "", ...wrap(legend, reader.width).map(style.dim), ...wrap(kinds, reader.width).map(style.dim)].join("\n")}\n`;
}

function parameterLines(name: string, parameter: LeverParameter, lever: Lever, language: Language): [string, string][] {
  const titles = new Map((lever.sources ?? []).map((s) => [s.id, s]));
  const sources = sourcesOf(parameter).map((id) => {
    const source = titles.get(id);
    return source === undefined ? id : `${id} (${source.title}${source.address == null ? "" : `, ${source.address}`})`;
  });
  return [
    [name, `${parameter.title[language]}: ${range(parameter)}, ${basisWords[parameter.basis][language]}`],
    ["", parameter.note[language]],
    ...sources.map((source): [string, string] => ["", source]),
  ];
}

/** One lever in full: paragraphs with their wording, parameters with sources, everything that it touches. */
export function leverText(lever: Lever, reader: Reader): string {
  const { language, style } = reader;
  const zh = language === "zh";
  const head = (text: string) => ["", style.bold(text)];
  const lines = [
    `${style.bold(lever.title[language])}  ${style.dim(lever.id)}`,
    ...wrap(clean(lever.what[language]), reader.width),
    ...head(zh ? "出处" : "Where it stands"),
    ...facts(
      lever.documents.map((place) => [paragraphName(place), `“${place.quote}” ${documentWords[place.document][language]}`]),
      reader,
    ),
    ...(Object.keys(lever.parameters).length === 0
      ? []
      : [
          ...head(zh ? "参数" : "Parameters"),
          ...facts(
            Object.entries(lever.parameters).flatMap(([name, parameter]) => parameterLines(name, parameter, lever, language)),
            reader,
          ),
        ]),
    ...head(zh ? "作用于" : "Acts on"),
    ...(lever.touches.length === 0 ? [zh ? "需求（网络不变）" : "demand (the network stays as it is)"] : lever.touches),
    "",
    ...facts(
      [
        [zh ? "类别" : "kind", leverKindWords[lever.kind][language]],
        [zh ? "可影响" : "can move", lever.studies.map((study) => studyWords[study][language]).join(zh ? "、" : ", ")],
        ...(lever.conflictsWith === undefined ? [] : [[zh ? "不能同用" : "contradicts", lever.conflictsWith.join(", ")] as const]),
        [zh ? "用法" : "use", `"levers": [{ "use": "${lever.id}" }]`],
      ],
      reader,
    ),
  ];
  return `${lines.join("\n")}\n`;
}
