export * from "./chain.ts";
export * from "./compare.ts";
export * from "./options.ts";
export * from "./result.ts";
export * from "./search.ts";
export * from "./shipment-graph.ts";
export * from "./missing.ts";
