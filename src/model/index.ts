export * from "./figure.ts";
export * from "./lever-schema.ts";
export * from "./network-schema.ts";
export * from "./plan-schema.ts";
export * from "./problems.ts";
export * from "./read.ts";
export * from "./scenario-schema.ts";
export * from "./time.ts";
