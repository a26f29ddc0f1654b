import "./jitless.ts";
import { catalogue } from "./answer.ts";
import { type DeparturesQuestion, departures, networkData, shipmentFigures } from "./data.ts";
import { serve } from "./whatif-serve.ts";
import { createEngine } from "./whatif.ts";
import { serveCalls } from "./wire.ts";

const engine = {
  catalogue: () => catalogue(),
  ...serve(createEngine()),
  network: () => networkData(),
  shipmentFigures: (input: unknown) => shipmentFigures(input),
  departures: (question: DeparturesQuestion) => departures(question),
};
export type Engine = typeof engine;

serveCalls(engine);
