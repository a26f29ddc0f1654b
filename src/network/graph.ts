import Graph, { type MultiDirectedGraph } from "graphology";
import type { Form, Location, Mode, Service } from "../model/index.ts";
import type { NetworkData } from "./assemble.ts";

export interface PlaceNode {
  location: Location;
}

/** The run of a service from one stop to the next. */
export interface RunEdge {
  service: Service;
  /** Index of the stop that the run ends at. */
  stop: number;
  mode: Mode;
  form: Form;
  geometryKey: string;
}

export type RouteGraph = MultiDirectedGraph<PlaceNode, RunEdge>;

/** Key of a run's polyline in `data.geometry`. */
export function geometryKey(service: Service, stop: number): string {
  const here = service.stops[stop]!;
  return here.geometry ?? `${service.mode}:${service.stops[stop - 1]!.at}>${here.at}`;
}

/** The network for people and export: places as nodes, every run between two calls of a service as an edge. Services that do not run yet are in it. */
export function routeGraph(data: NetworkData): RouteGraph {
  const graph: RouteGraph = new Graph({ type: "directed", multi: true, allowSelfLoops: true });
  for (const location of data.locations) graph.addNode(location.id, { location });
  for (const service of data.services) {
    for (let stop = 1; stop < service.stops.length; stop++) {
      const from = service.stops[stop - 1]!.at;
      const to = service.stops[stop]!.at;
      if (graph.hasNode(from) && graph.hasNode(to))
        graph.addDirectedEdgeWithKey(`${service.id}#${stop}`, from, to, {
          service,
          stop,
          mode: service.mode,
          form: service.form,
          geometryKey: geometryKey(service, stop),
        });
    }
  }
  return graph;
}
