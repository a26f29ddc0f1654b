import { bilingual } from "./index.ts";

export const brushWords = bilingual(
  {
    legend: "筛选",
    days: "天数",
    cny: "每辆费用",
    least: (what: string) => `${what}下限`,
    most: (what: string) => `${what}上限`,
    to: "至",
    units: { days: "天", cny: "元" },
    clear: "清除筛选",
    kept: (within: number, all: number) => `${all} 条中有 ${within} 条符合`,
    keptOf: (within: number, all: number) => `符合 ${within}/${all}`,
    hint: "拖动框选；点按图标设为对比基准，双击打开详情",
    pinColumn: "对比",
  },
  {
    legend: "Keep only",
    days: "Days",
    cny: "Cost per vehicle",
    least: (what) => `${what}, at least`,
    most: (what) => `${what}, at most`,
    to: "to",
    units: { days: "days", cny: "CNY" },
    clear: "Clear",
    kept: (within, all) => `${within} of ${all} chains fit`,
    keptOf: (within, all) => `${within} of ${all} fit`,
    hint: "Drag to select; click a mark to compare with it, double-click to open it",
    pinColumn: "Compare",
  },
);
