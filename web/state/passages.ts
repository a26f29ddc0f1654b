/** Words of the built-in network's classes of passage through a lock or a border; a class of another network keeps its own name. */
const known: Readonly<Record<string, { zh: string; en: string }>> = {
  priority: { zh: "优先过闸", en: "priority at the lock" },
  ordinary: { zh: "普通过闸", en: "ordinary turn at the lock" },
  container: { zh: "集装箱列车", en: "container train" },
  "container-fixed": { zh: "图定集装箱列车", en: "container train with a fixed path" },
  autorack: { zh: "商品车专列", en: "auto-rack train" },
  truck: { zh: "货车", en: "truck" },
  "container-truck": { zh: "集装箱货车", en: "container truck" },
  selfdrive: { zh: "自驾过境", en: "driven across" },
};

export const passageName = (id: string): { zh: string; en: string } =>
  (Object.hasOwn(known, id) ? known[id] : undefined) ?? { zh: id, en: id };
