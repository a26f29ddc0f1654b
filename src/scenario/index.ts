export * from "./changes.ts";
export * from "./levers.ts";
export * from "./places.ts";
export * from "./rank.ts";
export * from "./run.ts";
export * from "./result-schema.ts";
export * from "./schemas.ts";
