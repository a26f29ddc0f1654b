import { type Lever, type Scenario, type Text, say } from "../model/index.ts";
import type { Path } from "./weave.ts";

type Both = { zh: string; en: string };

const sections: Record<string, Both> = {
  network: { zh: "网络", en: "network" },
  levers: { zh: "措施与改动", en: "levers and changes" },
  shipments: { zh: "货物", en: "shipments" },
  demand: { zh: "需求", en: "demand" },
  horizon: { zh: "计划期", en: "horizon" },
  plan: { zh: "计划", en: "plan" },
  routes: { zh: "方案比较", en: "routes" },
};

const shipmentKeys: Record<string, Both> = {
  cargo: { zh: "货物", en: "cargo" },
  quantity: { zh: "数量", en: "quantity" },
  from: { zh: "起点", en: "origin" },
  to: { zh: "终点", en: "destination" },
  ready: { zh: "备车日", en: "ready date" },
  due: { zh: "交付期限", en: "due date" },
  terms: { zh: "贸易术语", en: "terms" },
  claimsPreference: { zh: "申请协定税率", en: "claims the preference" },
  maxDays: { zh: "最长天数", en: "longest journey" },
  valueCny: { zh: "货值（元/辆）", en: "value (CNY a vehicle)" },
  week: { zh: "周", en: "week" },
  dueDays: { zh: "交付天数", en: "days until due" },
  unservedCny: { zh: "留下一辆的代价（元）", en: "cost of leaving one behind (CNY)" },
};

const both = (value: Text): Both => ({ zh: say(value, "zh"), en: say(value, "en") });
const beside = (a: Both, b: Both): Both => ({ zh: `${a.zh}：${b.zh}`, en: `${a.en}: ${b.en}` });
const plain = (word: string): Both => ({ zh: word, en: word });

/** What a difference is about, in words: a lever by its title, a shipment by its own, the rest by section and path. `standard`: the value that holds where none is given. */
export function nameDifference(path: Path, a: Scenario, b: Scenario, shelf: readonly Lever[]): { title: Both; standard?: number } {
  const [section = "", member, ...rest] = path;
  const name = sections[section] ?? plain(section);
  if (member === undefined) return { title: name };
  if (section === "levers") {
    const lever = shelf.find(({ id }) => id === member);
    if (lever === undefined) return { title: plain([member, ...rest.filter((step) => step !== "set")].join("/")) };
    const parameter = rest[0] === "with" && Object.hasOwn(lever.parameters, rest[1] ?? "") ? lever.parameters[rest[1]!] : undefined;
    if (parameter === undefined) return { title: lever.title };
    const word = { zh: `${parameter.title.zh}（${parameter.unit}）`, en: `${parameter.title.en} (${parameter.unit})` };
    return { title: beside(lever.title, word), standard: parameter.value };
  }
  if (section === "shipments" || (section === "demand" && (Array.isArray(a.demand) || Array.isArray(b.demand)))) {
    const known = section === "shipments" ? [...a.shipments, ...b.shipments].find(({ id }) => id === member)?.title : undefined;
    const own =
      known === undefined
        ? { zh: `${name.zh} ${member}`, en: `${section === "shipments" ? "shipment" : "demand"} ${member}` }
        : both(known);
    const key = rest[0];
    return { title: key === undefined ? own : beside(own, Object.hasOwn(shipmentKeys, key) ? shipmentKeys[key]! : plain(rest.join("/"))) };
  }
  const word = rest.length === 0 && Object.hasOwn(shipmentKeys, member) ? shipmentKeys[member]! : plain([member, ...rest].join("/"));
  return { title: beside(name, word) };
}
