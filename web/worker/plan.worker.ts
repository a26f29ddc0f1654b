import "./jitless.ts";
import { expose } from "comlink";
import { builtinLevers } from "../../src/network/index.ts";
import { type PlanDesk as Desk, createDesk } from "./plan-desk.ts";

// The solver is fetched by the worker that is asked for a plan; the one beside it does without.
const desk: Desk = createDesk(
  async () => (await import("./plan-files.ts")).planFiles,
  builtinLevers,
  async (...asked) => (await import("./plan-run.ts")).runPlanView(...asked),
  async (...asked) => (await import("./plan-run.ts")).rankPlanLevers(...asked),
  async (...asked) => (await import("./plan-run.ts")).solvePlanTask(...asked),
);
export type PlanDesk = Desk;

expose(desk);
