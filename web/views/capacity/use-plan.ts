import { type CapacityWords, capacityWords } from "../../i18n/capacity.ts";
import { decimal, fixed, whole } from "../../i18n/format.ts";
import { type PlanState, createPlanState } from "../../state/plan.ts";
import { signal } from "@preact/signals";
import { stretchesOf } from "../../state/plan-select.ts";
import type { Store } from "../../state/store.ts";
import { startPlanner } from "../../worker/plan-client.ts";
import type { Both } from "../../worker/plan-view.ts";
import { type Words, useMessages, useStore, useWords } from "../context.ts";
import { corridorName, placeName } from "../names.ts";
import { modes } from "../words.ts";

const states = new WeakMap<Store, PlanState>();
/** Stretches of weeks that a cell lists; beyond them it says that there are more. */
const mostStretches = 8;

/** The planner is started when the page is first opened, and kept. */
function planState(store: Store): PlanState {
  let state = states.get(store);
  if (state === undefined) {
    const failure = signal<string>();
    state = createPlanState(
      store,
      startPlanner((message) => (failure.value = message)),
      failure,
    );
    states.set(store, state);
  }
  return state;
}

/** Where a lever stands in a policy document: `B 二（二）6`; a full-width bracket brings its own space. */
export const passageOf = ({ document, paragraph }: { document: string; paragraph: string }): string =>
  `${document}${paragraph.startsWith("（") ? "" : " "}${paragraph}`;

export interface PlanPage extends Words {
  store: Store;
  state: PlanState;
  w: CapacityWords;
  say: (text: Both) => string;
  place: (id: string) => string;
  corridor: (id: string) => string;
  cargo: (id: string) => string;
  count: (vehicles: number) => string;
  /** An amount of money in the unit that people say it in. */
  money: (cny: number) => string;
  /** Percent of a share with as many digits as it needs to be seen. */
  share: (share: number) => string;
  weekList: (weeks: readonly number[]) => string;
}

export function usePlan(): PlanPage {
  const store = useStore();
  const words = useWords();
  const { language } = words;
  const w = useMessages(capacityWords);
  const catalogue = store.catalogue.value;
  return {
    ...words,
    store,
    state: planState(store),
    w,
    say: (text) => text[language],
    place: (id) => placeName(catalogue, id, words),
    corridor: (id) => {
      const mode = modes.find((known) => id === `mode:${known}`);
      return mode === undefined ? corridorName(catalogue, id, words) : w.heat.modes[mode];
    },
    cargo: (id) => {
      const known = catalogue?.cargos.find((cargo) => cargo.id === id);
      return known === undefined ? id : words.t(known.name);
    },
    count: (vehicles) => whole(vehicles, language),
    money: (cny) => {
      const size = Math.abs(cny);
      // Chinese counts in 亿 and 万, English in billions and millions.
      const [large, middle] = language === "zh" ? [1e8, 1e4] : [1e9, 1e6];
      if (size >= large) return w.totals.large(fixed(cny / large, 2, language));
      if (size >= 10 * middle || size >= 1e6) return w.totals.middle(decimal(cny / middle, size >= 1000 * middle ? 0 : 1, language));
      return w.totals.money(whole(cny, language));
    },
    share: (share) => {
      const percent = share * 100;
      const digits = percent === 0 || percent >= 10 ? 0 : percent >= 0.1 ? 1 : Math.min(8, Math.ceil(-Math.log10(percent)) + 1);
      return `${decimal(percent, digits, language)}%`;
    },
    weekList: (weeks) => {
      const stretches = stretchesOf(weeks).map(([first, last]) => w.weekRange(first + 1, last + 1));
      const shown = stretches.length > mostStretches ? [...stretches.slice(0, mostStretches - 1), "…"] : stretches;
      return shown.join(w.listComma);
    },
  };
}
