export { type LegLine as Line, legKey, legLine as lineOf } from "../../src/report/index.ts";
