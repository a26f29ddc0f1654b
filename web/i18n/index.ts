import type { PageLanguage } from "../state/address.ts";
import { en } from "./en.ts";
import { type Messages, zh } from "./zh.ts";

export const catalogues: Record<PageLanguage, Messages> = { zh, en };
export type { Messages };

/** The messages of one view in both languages; English must have every key of the Chinese. */
export const bilingual = <M>(zh: M, en: NoInfer<M>): Record<PageLanguage, M> => ({ zh, en });
