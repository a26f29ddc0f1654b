import type { Language } from "../model/index.ts";
import { type Reader, makeStyle } from "../report/index.ts";
import { guard } from "../report/index.ts";

/** Where a command talks to: results on stdout, everything else on stderr. Nothing reaches either without the guard against control characters. */
export interface Terminal {
  language: Language;
  json: boolean;
  /** For results on stdout. */
  reader: Reader;
  /** For talk on stderr. */
  talk: Reader;
  errorIsTerminal: boolean;
  out(text: string): void;
  /** A line of talk. */
  say(both: { zh: string; en: string }): void;
  error(text: string): void;
}

const widthWhenPiped = 120;

/** `zh` when the first of LC_ALL, LC_MESSAGES, LANG that is set asks for Chinese. */
export function languageFromLocale(environment: NodeJS.ProcessEnv): Language {
  const locale = environment["LC_ALL"] || environment["LC_MESSAGES"] || environment["LANG"] || "";
  return locale.toLowerCase().startsWith("zh") ? "zh" : "en";
}

function wantsColour(stream: { isTTY?: boolean }, environment: NodeJS.ProcessEnv): boolean {
  return stream.isTTY === true && (environment["NO_COLOR"] ?? "") === "" && environment["TERM"] !== "dumb";
}

function widthOf(stream: { isTTY?: boolean; columns?: number }, environment: NodeJS.ProcessEnv): number {
  const wanted = stream.isTTY === true && stream.columns ? stream.columns : Number(environment["COLUMNS"]);
  return Number.isInteger(wanted) && wanted > 0 ? Math.min(Math.max(wanted, 60), 400) : widthWhenPiped;
}

export function makeTerminal(language: Language, json: boolean): Terminal {
  const { env, stdout, stderr } = process;
  const colour = wantsColour(stdout, env);
  const talkColour = wantsColour(stderr, env);
  const error = (text: string) => void stderr.write(guard(text.endsWith("\n") ? text : `${text}\n`, talkColour));
  return {
    language,
    json,
    reader: { language, width: widthOf(stdout, env), style: makeStyle(colour) },
    talk: { language, width: widthOf(stderr, env), style: makeStyle(talkColour) },
    errorIsTerminal: stderr.isTTY === true,
    out: (text) => void stdout.write(guard(text, colour)),
    say: (both) => error(both[language]),
    error,
  };
}
