import { type Answer, answer } from "../../web/worker/answer.ts";
import { namedChains } from "../../web/state/chains.ts";
import { type ShipmentForm, builtinShipment, scenarioOf } from "../../web/state/shipment.ts";

/** The engine's answer to a form, as the worker gives it. */
export function answered(
  change: Partial<ShipmentForm> = {},
): Extract<Answer, { kind: "result" }> & { shipment: Extract<Answer, { kind: "result" }>["result"]["shipments"][number] } {
  const given = answer(scenarioOf({ ...builtinShipment, ...change }));
  if (given.kind !== "result") throw new Error(given.problems.map((p) => `${p.path}: ${p.message.en}`).join("; "));
  return { ...given, shipment: given.result.shipments[0]! };
}

export const builtin = answered();
export const builtinChains = namedChains(builtin.shipment, "landed");
