import "./jitless.ts";
import { expose } from "comlink";
import { answer, catalogue } from "./answer.ts";

const engine = { catalogue: () => catalogue(), answer: (input: unknown) => answer(input) };
export type Engine = typeof engine;

expose(engine);
