export * from "./changes.ts";
export * from "./places.ts";
export * from "./run.ts";
