import type { FigureRecord } from "../model/index.ts";

/** Prices that a plan takes where its scenario gives none. They are assumptions, and shown as such. */
export const planDefaults = {
  lostMarginPercent: {
    value: 10,
    low: 4,
    high: 25,
    basis: "assumed",
    note: {
      zh: "车未运出则失去这笔销售的边际利润。公开的整车厂毛利率约为 12%–23%，净利率约为 3%–6%；渝车出口车型价位低，取其间。",
      en: "A vehicle that is not carried loses the margin of its sale. Carmakers publish gross margins of about 12–23 % and net margins of about 3–6 %; Chongqing's exports are low-priced, so between the two.",
    },
  },
  latenessCnyPerDay: {
    value: 128,
    low: 57,
    high: 250,
    basis: "assumed",
    note: {
      zh: "晚交一日的占压与折价：每辆每日约 18 美元（8–35），按 1 美元约合 7.1 元折算；未找到公开数据。",
      en: "Holding cost and discount of a late day at the dealers: about USD 18 (8–35) a vehicle and day at CNY 7.1; no published figure was found.",
    },
  },
} as const satisfies Record<string, FigureRecord>;

/** Days that vehicles wait for any one departure at the plant and on the way, and the longest journey, where the plan says nothing. */
export const defaultMaxWaitDays = 21;
export const defaultMaxTransferWaitDays = 7;
export const defaultMaxDays = 120;
