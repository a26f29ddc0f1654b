import * as z from "zod/mini";
import { networkPart, scenario } from "../model/index.ts";
import { planResultSchema } from "./plan-result-schema.ts";
import { resultSchema } from "./result-schema.ts";

export const schemaNames = ["scenario", "network", "result", "plan"] as const;
export type SchemaName = (typeof schemaNames)[number];

const described: Record<SchemaName, { schema: z.ZodMiniType; title: string; description: string }> = {
  scenario: {
    schema: scenario,
    title: "Yuche scenario",
    description: "Shipments to compare, on a network with levers. 运输方案场景：货物、网络与改动。",
  },
  network: {
    schema: networkPart,
    title: "Yuche network file",
    description:
      "A network or a part of one: places, services, operations, rules, cargo, customs, figures. 网络文件：地点、班线、作业、规则、货物、关税与数据。",
  },
  result: {
    schema: resultSchema,
    title: "Yuche result",
    description:
      "What a scenario gives: transport chains by option with cost, time, CO2e and the evidence behind them. 结果文件：各方案的运输链及其数据依据。",
  },
  plan: {
    schema: planResultSchema,
    title: "Yuche capacity plan",
    description:
      "What a demand gives: flows by week, use of slots, prices of limits, what stays behind and why, with the proof. 运力计划：各周流向、舱位使用、瓶颈价格、未运原因与证明。",
  },
};

/** The published JSON Schema (2020-12) of a kind of file, from the same source as types and checks. */
export function publishedSchema(name: SchemaName): Record<string, unknown> {
  const { schema, title, description } = described[name];
  // Repeated shapes stand once, under $defs: an editor loads a fifth of the text.
  const { $schema, ...body } = z.toJSONSchema(schema, { target: "draft-2020-12", io: "input", reused: "ref" });
  return { $schema, $id: `urn:yuche:schema:${name}:1`, title, description, ...body };
}
