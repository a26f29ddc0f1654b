import { bilingual } from "./index.ts";

export const pinWords = bilingual(
  {
    pin: (name: string) => `以${name}为对比基准`,
    unpin: (name: string) => `不再以${name}为对比基准`,
    pinned: "对比基准",
    comparedWith: (name: string) => `各方案与${name}对比`,
    letGo: "取消对比",
    hint: "图钉或 P 键：设为对比基准",
    same: "持平",
    cost: { better: "更省", worse: "更贵" },
    days: { better: "更快", worse: "更慢" },
    co2e: { better: "更少", worse: "更多" },
    difference: { cost: (n: string) => `${n} 元`, days: (n: string) => `${n} 天`, co2e: (n: string) => n },
    next: (dates: string) => `后续班次 ${dates}`,
  },
  {
    pin: (name) => `Compare all with ${name}`,
    unpin: (name) => `Stop comparing with ${name}`,
    pinned: "reference",
    comparedWith: (name) => `Differences to ${name}`,
    letGo: "Stop comparing",
    hint: "Pin or key P: compare all with this one",
    same: "same",
    cost: { better: "cheaper", worse: "dearer" },
    days: { better: "faster", worse: "slower" },
    co2e: { better: "less", worse: "more" },
    difference: { cost: (n) => n, days: (n) => `${n} d`, co2e: (n) => n },
    next: (dates) => `next ${dates}`,
  },
);
