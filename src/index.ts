/** Yuche (渝车): the public library. Runs in browsers, workers and Node. */
export * from "./model/index.ts";
export * from "./network/index.ts";
export * from "./routing/index.ts";
export * from "./planning/index.ts";
export * from "./scenario/index.ts";
export * from "./report/index.ts";
