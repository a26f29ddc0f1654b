import { type FigureRecord, say } from "../model/index.ts";
import type { NetworkData } from "../network/index.ts";
import { figureInWords, sourceLines, viewFigure } from "./figure-text.ts";
import { walkFigures } from "./figure-walk.ts";
import type { Reader } from "./style.ts";
import { facts } from "./table.ts";
import { clean, wrap } from "./text.ts";

export interface FigureFound {
  figure: number | FigureRecord;
  /** Places that use it; a figure that is not shared is used where it stands. */
  users: string[];
}

/** A figure by its address in the data: `figures/x`, `services/y/stops/z/hours`. List members by id, `at` or number. */
export function findFigure(data: NetworkData, address: string): FigureFound | undefined {
  const users: string[] = [];
  const steps = address.split("/");
  if (steps[0] === "figures" && steps.length === 2) {
    const figure = Object.hasOwn(data.figures, steps[1]!) ? data.figures[steps[1]!] : undefined;
    if (figure === undefined) return undefined;
    walkFigures(data, (path, used) => {
      if ("use" in used && used.use === steps[1]) users.push(path);
    });
    return { figure, users };
  }
  let here: unknown = data;
  for (const step of steps) {
    if (Array.isArray(here)) {
      const members: unknown[] = here;
      here =
        members.find((m) => m !== null && typeof m === "object" && (("id" in m && m.id === step) || ("at" in m && m.at === step))) ??
        (/^\d+$/.test(step) ? members[Number(step)] : undefined);
    } else if (here !== null && typeof here === "object") {
      const record = here as Record<string, unknown>;
      // Addresses of a member's only charge leave its number out.
      here = Object.hasOwn(record, step) ? record[step] : undefined;
      if (step === "charges" && Array.isArray(here) && here.length === 1) here = here[0];
    } else return undefined;
  }
  if (typeof here === "number") return { figure: here, users: [address] };
  if (here === null || typeof here !== "object") return undefined;
  if ("use" in here && typeof here.use === "string") return findFigure(data, `figures/${here.use}`);
  return "basis" in here && "value" in here ? { figure: here as FigureRecord, users: [address] } : undefined;
}

const usersShown = 40;

export function explainFigure(data: NetworkData, address: string, { figure, users }: FigureFound, reader: Reader): string {
  const { language, style, width } = reader;
  const zh = language === "zh";
  const view = viewFigure(figure, data.figures)!;
  const sources = new Map(data.sources.map((s) => [s.id, s]));
  const lines = [
    `${style.bold(clean(address))}  ${style.dim(zh ? "数据" : "figure")}`,
    ...facts(
      [
        [zh ? "数值" : "value", figureInWords(view, language)],
        ...(view.note === undefined ? [] : [[zh ? "说明" : "note", clean(say(view.note, language))] as const]),
      ],
      reader,
    ),
    ...(view.sources.length === 0
      ? []
      : [
          "",
          style.bold(zh ? "来源" : "Sources"),
          ...sourceLines(view.sources, sources, language).flatMap((line) => wrap(line, width - 2).map((part) => `  ${part}`)),
        ]),
    ...(users.length === 1 && users[0] === address
      ? []
      : [
          "",
          style.bold(zh ? `用在 ${users.length} 处` : `Used in ${users.length} place${users.length === 1 ? "" : "s"}`),
          ...users.slice(0, usersShown).map((user) => `  ${clean(user)}`),
        ]),
    ...(users.length > usersShown
      ? [style.dim(zh ? `  另有 ${users.length - usersShown} 处` : `  ${users.length - usersShown} more`)]
      : []),
  ];
  return `${lines.join("\n")}\n`;
}
