import type { PageLanguage } from "../state/address.ts";
import { en } from "./en.ts";
import { type Messages, zh } from "./zh.ts";

export const catalogues: Record<PageLanguage, Messages> = { zh, en };
export type { Messages };
