import type { NetworkData } from "../network/index.ts";
import { builtinNetwork, assemble, checkNetwork } from "../network/index.ts";
import { InputError } from "../model/index.ts";
import type { Call } from "./command.ts";

/** The network that `--network` names, or the built-in one. Throws InputError with every problem of the folder. */
export async function networkOf(call: Call): Promise<NetworkData> {
  const folder = call.value("network");
  if (folder === undefined || folder === "chongqing") return builtinNetwork();
  const { readNetworkFolder } = await import("../batch/index.ts");
  const { data, problems } = assemble(readNetworkFolder(folder));
  const all = [...problems, ...checkNetwork(data)];
  if (all.some((p) => p.severity === "error")) throw new InputError(all);
  return data;
}
