import { forms, modes } from "../model/index.ts";
import { mainLeg } from "./itemise.ts";
import { type Option, options } from "./options.ts";
import type { Way } from "./search.ts";
import { type ShipmentGraph, legArc } from "./state-graph.ts";
import { legKm } from "./weigh.ts";

/** Option of a way: by its main leg; without a border by the mode of the longest leg. */
export function optionOfWay(graph: ShipmentGraph, way: Way): Option {
  const main = mainLeg(graph, way);
  if (main < 0) return "road";
  const arc = way.arcs[main]!;
  if (graph.option[arc]! >= 0) return options[graph.option[arc]!]!;
  const mode = modes[graph.network.mode[graph.network.legService[graph.ref[arc]!]!]!]!;
  const form = forms[graph.nodeForm[graph.tail[arc]!]!]!;
  if (mode === "road") return "road";
  if (mode === "rail") return form === "wheels" ? "rail-auto-rack" : "rail-container";
  return form === "wheels" ? "ro-ro" : form === "frame" ? "pulp" : "container";
}

/** Corridor of a way: the tag of its main leg, else of its longest tagged leg, else `direct`. */
export function corridorOfWay(graph: ShipmentGraph, way: Way): string {
  const main = mainLeg(graph, way);
  let best = main >= 0 ? graph.corridor[way.arcs[main]!]! : -1;
  let km = -1;
  if (best < 0) {
    for (const arc of way.arcs) {
      if (graph.kind[arc] !== legArc || graph.corridor[arc]! < 0) continue;
      const length = legKm(graph.network, graph.ref[arc]!);
      if (length > km) {
        km = length;
        best = graph.corridor[arc]!;
      }
    }
  }
  return best < 0 ? "direct" : graph.network.data.corridors[best]!.id;
}
