import { type Form, type Problem, forms, operationKinds, statuses, warning } from "../model/index.ts";
import type { NetworkData } from "./assemble.ts";
import { matchesCargo } from "./cargo-match.ts";
import { compile } from "./compile.ts";
import { type Load, canTake, fits, makeLoad } from "./load.ts";
import type { Network } from "./network.ts";

const domestic = statuses.indexOf("domestic");
const exported = statuses.indexOf("exported");
const imported = statuses.indexOf("imported");
const wheels = forms.indexOf("wheels");
const kit = forms.indexOf("kit");
const container = forms.indexOf("container");
const [stuff, unstuff, exportClearance, importClearance] = (["stuff", "unstuff", "export-clearance", "import-clearance"] as const).map(
  (kind) => operationKinds.indexOf(kind),
) as [number, number, number, number];

/** What can be reached from the plants: by location index a bit set of `form * 3 + status`. */
export type Reached = Uint32Array;

const bit = (form: number, status: number) => 1 << (form * statuses.length + status);

/**
 * Breadth-first search over the states (location, form, status) for one cargo from all plants at once. Dates, rules and prices are not looked at:
 * what this does not reach, no scenario can. A vehicle imported into a territory stays in it. O(legs + operations) for each form and status.
 */
function reachFrom(network: Network, load: Load, reached: Reached): void {
  const { territory } = network;
  const startForm = load.cargo.kind === "kit" ? kit : wheels;
  const seen = new Uint32Array(network.locationIds.length);
  const queue: { location: number; form: number; status: number; home: number }[] = [];
  const visit = (location: number, form: number, status: number, home: number) => {
    if ((seen[location]! & bit(form, status)) !== 0) return;
    seen[location]! |= bit(form, status);
    queue.push({ location, form, status, home });
  };
  network.data.locations.forEach((location, i) => {
    if (location.kind === "plant" && (location.forms?.includes(forms[startForm]!) ?? true)) visit(i, startForm, domestic, territory[i]!);
  });
  for (let next = 0; next < queue.length; next++) {
    const { location, form, status, home } = queue[next]!;
    const here = territory[location]!;
    for (let leg = network.legStart[location]!; leg < network.legStart[location + 1]!; leg++) {
      const service = network.legService[leg]!;
      const carried = network.form[service]!;
      if (carried === container ? form === wheels || form === forms.indexOf("frame") : form !== carried) continue;
      if (!fits(load, network.mode[service]!, form) || !matchesCargo(network.services[service]!.when, load.cargo)) continue;
      const head = network.legHead[leg]!;
      if (status !== exported && territory[head] !== here) continue;
      visit(head, form, status, home);
    }
    const step = (kind: number, made: number) => {
      if (kind === stuff && form === wheels) {
        for (let f = 0; f < forms.length; f++)
          if (f !== wheels && f !== kit && (made < 0 || made === f) && canTake(load, f)) visit(location, f, status, home);
      } else if (kind === unstuff && form !== wheels && form !== kit && (made < 0 || made === form)) visit(location, wheels, status, home);
      else if (kind === exportClearance && status === domestic && here === home && (made < 0 || made === form))
        visit(location, form, exported, home);
      else if (kind === importClearance && status === exported && here !== home && (made < 0 || made === form))
        visit(location, form, imported, home);
    };
    for (const o of network.operationsAt[location] ?? []) {
      const { operation, kind } = network.operations[o]!;
      if (matchesCargo(operation.when, load.cargo)) step(kind, operation.form === undefined ? -1 : forms.indexOf(operation.form));
    }
    for (const kind of network.implicit) step(operationKinds.indexOf(kind as (typeof operationKinds)[number]), -1);
  }
  for (let i = 0; i < seen.length; i++) reached[i]! |= seen[i]!;
}

/** Places and the forms in which they can be reached from some plant, with some cargo. */
export interface Reachability {
  network: Network;
  reached: Reached;
  /** Whether the place is reached in the form; `market` asks for it cleared where that needs a border crossed. */
  has(location: number, form: Form): boolean;
}

export function reachability(data: NetworkData): Reachability {
  const network = compile(data, { from: 0, until: 0 });
  const reached = new Uint32Array(network.locationIds.length);
  data.cargos.forEach((_, cargo) => reachFrom(network, makeLoad(network, cargo, 1), reached));
  return {
    network,
    reached,
    has: (location, form) => {
      const f = forms.indexOf(form);
      const here = reached[location]!;
      const anyStatus = (here & (bit(f, domestic) | bit(f, exported) | bit(f, imported))) !== 0;
      if (data.locations[location]!.kind !== "market") return anyStatus;
      return (here & (bit(f, domestic) | bit(f, imported))) !== 0;
    },
  };
}

/** A warning for every form that a location claims (`forms`) and that no plant's vehicles can come in. Networks without plants have nothing to check. */
export function checkReach(data: NetworkData): { problems: Problem[]; claims: number } {
  const problems: Problem[] = [];
  let claims = 0;
  if (!data.locations.some((l) => l.kind === "plant") || data.cargos.length === 0) return { problems, claims };
  const reach = reachability(data);
  data.locations.forEach((location, i) => {
    for (const form of location.forms ?? []) {
      claims++;
      if (reach.has(i, form)) continue;
      const others = forms.filter((f) => reach.has(i, f));
      problems.push(
        warning(
          `locations/${location.id}/forms`,
          "unreachable",
          { zh: `没有一家工厂的车能以“${form}”形式到达`, en: `no plant's vehicles can come here as '${form}'` },
          others.length === 0
            ? {
                zh: "没有班线与作业通到这里；补班线、清关或装箱作业",
                en: "nothing leads here: add a service, a clearance or a stuffing operation",
              }
            : { zh: `能到达的形式：${others.join("、")}`, en: `it can be reached as: ${others.join(", ")}` },
        ),
      );
    }
  });
  return { problems, claims };
}
