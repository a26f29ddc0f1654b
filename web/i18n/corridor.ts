import { bilingual } from "./index.ts";

export const corridorWords = bilingual(
  {
    heading: "时间—费用—距离",
    label: (count: number) => `时间费用距离图：${count} 条走法的累计费用。同样的数据见下表。`,
    axis: "横轴",
    axes: { days: "时间", distance: "距离" },
    x: { days: "自备车日起的天数", distance: "运输距离，公里" },
    y: { landed: "累计到门费用，元/辆", logistics: "累计物流费用，元/辆" },
    reader: "逐站阅读累计费用",
    readerHint: "左右键逐站，上下键换走法，回车打开，P 键设为对比基准",
    reading: (chain: string, place: string, days: string, km: string, cny: string) =>
      `${chain}，${place}：第 ${days} 天，${km} 公里，累计 ${cny} 元`,
    whole: "全程费用（保险、资金、汇率）",
    pinned: (option: string) => `${option}（对比基准）`,
    note: "斜线为在途费用，竖线为枢纽与口岸的费用，平线为等待；保险、资金与汇率费用不属于任何一段，记在终点。途中口岸的位置与在途费用按运行时间内插。",
    stops: { hub: "枢纽", border: "口岸、船闸" },
    table: "以表格查看",
    columns: { chain: "走法", place: "地点", days: "天数", km: "公里", cny: "累计费用，元" },
  },
  {
    heading: "Time, cost and distance",
    label: (count) => `Time–cost–distance chart: cumulative cost of ${count} chains. The same data is in the table below.`,
    axis: "Along the foot",
    axes: { days: "Time", distance: "Distance" },
    x: { days: "days since ready", distance: "distance travelled, km" },
    y: { landed: "cumulative landed cost, CNY per vehicle", logistics: "cumulative logistics cost, CNY per vehicle" },
    reader: "Read the cumulative cost place by place",
    readerHint: "Left and right keys step, up and down change the chain, Enter opens it, P makes it the one to compare with",
    reading: (chain, place, days, km, cny) => `${chain}, ${place}: day ${days}, ${km} km, CNY ${cny} so far`,
    whole: "whole chain (insurance, finance, currency)",
    pinned: (option) => `${option} (reference)`,
    note: "Slopes are the cost of moving, vertical steps that of hubs and borders, level lines waiting; insurance, finance and currency belong to no single step and are added at the end. Borders on the way and costs under way are interpolated by running time.",
    stops: { hub: "hub", border: "border, lock" },
    table: "View as a table",
    columns: { chain: "Chain", place: "Place", days: "Days", km: "km", cny: "Cost so far, CNY" },
  },
);
