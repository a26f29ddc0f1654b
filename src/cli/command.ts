import type { Both } from "./exit.ts";
import type { Terminal } from "./terminal.ts";

export interface OptionSpec {
  name: string;
  /** Placeholder of the value; left out: a switch. */
  value?: string;
  /** May be given more than once. */
  many?: boolean;
  choices?: readonly string[];
  help: Both;
}

/** What a command was called with. */
export interface Call {
  words: string[];
  /** Value of an option; undefined when it was not given. */
  value(name: string): string | undefined;
  values(name: string): string[];
  has(name: string): boolean;
  /** Whole number of an option; throws UsageError for anything else. */
  whole(name: string, least: number, most: number): number | undefined;
  /** The program as it was called: `yuche`, or `npx yuche` where it came through npm. */
  program: string;
  /** The call as it could be typed again, without the options named. */
  again(without?: readonly string[]): string;
  terminal: Terminal;
}

export interface CommandSpec {
  name: string;
  /** `FILE…`; left out: no words. */
  words?: string;
  summary: Both;
  options: readonly OptionSpec[];
  /** At least one that runs as it stands. */
  examples: readonly { command: string; what: Both }[];
  /** Loads the command's own code, so that `--help` stays quick. */
  load(): Promise<(call: Call) => Promise<void> | void>;
}
