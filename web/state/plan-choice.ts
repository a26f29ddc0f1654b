/** A lever that is switched on, with the parameters that are set otherwise than its own; as in a scenario's `levers`. */
export interface LeverChoice {
  use: string;
  with: Readonly<Record<string, number>>;
}

/** What the capacity page shows, as the address holds it. */
export interface PlanChoice {
  /** Id of the scenario; empty for the first one. `file`: one that was opened, which no link can hold. */
  plan: string;
  /** Id of the scenario it is held against; empty for the same one without the levers. */
  against: string;
  levers: readonly LeverChoice[];
  /** First and last week kept, from 1, as `5-12`; empty for all. */
  weeks: string;
  /** Id of the corridor that is singled out; empty for none. */
  corridor: string;
}

export const noChoice: PlanChoice = { plan: "", against: "", levers: [], weeks: "", corridor: "" };
export const fromFile = "file";

const mostLevers = 100;
const longest = 400;
const idPattern = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;

/** `own-roro-ships`, or `own-roro-ships:shipsGulf=3,dayRateUsd=50000`. */
export function writeLever({ use, with: values }: LeverChoice): string {
  const set = Object.entries(values).map(([name, value]) => `${name}=${value}`);
  return set.length === 0 ? use : `${use}:${set.join(",")}`;
}

/** Levers of an address; what cannot be read is left out, and of two of one name the later counts. */
function readLevers(texts: readonly string[]): LeverChoice[] {
  const found = new Map<string, LeverChoice>();
  for (const text of texts.slice(0, mostLevers)) {
    if (text.length > longest) continue;
    const cut = text.indexOf(":");
    const use = cut < 0 ? text : text.slice(0, cut);
    if (!idPattern.test(use)) continue;
    const values = (cut < 0 ? [] : text.slice(cut + 1).split(",")).flatMap((pair): [string, number][] => {
      const [name = "", value = ""] = pair.split("=");
      return idPattern.test(name) && value !== "" && Number.isFinite(Number(value)) ? [[name, Number(value)]] : [];
    });
    found.set(use, { use, with: Object.fromEntries(values) });
  }
  return [...found.values()];
}

export function readChoice(query: URLSearchParams): PlanChoice {
  const text = (key: string) => (query.get(key) ?? "").slice(0, longest);
  return {
    plan: text("plan"),
    against: text("against"),
    levers: readLevers(query.getAll("lever")),
    weeks: text("weeks"),
    corridor: text("corridor"),
  };
}

export function writeChoice(query: URLSearchParams, choice: PlanChoice): void {
  for (const key of ["plan", "against"] as const) if (choice[key] !== "") query.set(key, choice[key]);
  for (const lever of choice.levers) query.append("lever", writeLever(lever));
  for (const key of ["weeks", "corridor"] as const) if (choice[key] !== "") query.set(key, choice[key]);
}

/** The weeks kept, from 0, within a horizon; undefined where the text keeps all of them or says nothing. */
export function readWeeks(text: string, count: number): readonly [number, number] | undefined {
  const match = /^(\d{1,3})-(\d{1,3})$/.exec(text);
  if (match === null) return undefined;
  const first = Math.max(0, Number(match[1]) - 1);
  const last = Math.min(count - 1, Number(match[2]) - 1);
  return first > last || (first === 0 && last === count - 1) ? undefined : [first, last];
}

export const writeWeeks = (first: number, last: number): string => `${Math.min(first, last) + 1}-${Math.max(first, last) + 1}`;

/** Whether two choices ask for different plans, not only for another look at one. */
export const asksAnew = (a: PlanChoice, b: PlanChoice): boolean =>
  a.plan !== b.plan || a.against !== b.against || a.levers.map(writeLever).join("\n") !== b.levers.map(writeLever).join("\n");
