import type { VNode } from "preact";
import { fixed, percent, whole } from "../../i18n/format.ts";
import type { PlanView } from "../../worker/plan-view.ts";
import { usePlan } from "./use-plan.ts";

const signed = (text: string, value: number) => (value > 0 ? `+${text}` : text);

interface FactProps {
  id: string;
  name: string;
  value: number;
  text: string;
  /** Stands small behind the number; money and the like have it in their text. */
  unit?: string;
  /** The baseline's value, how a difference is written, and whether less is better. */
  before: number | undefined;
  differ: (difference: number) => string;
  isLessBetter: boolean;
  note?: string;
}

/** One total, and how it differs from the baseline. */
function Fact({ id, name, value, text, unit, before, differ, isLessBetter, note }: FactProps): VNode {
  const { w } = usePlan();
  const difference = before === undefined ? 0 : value - before;
  const isSame = Math.abs(difference) < 1e-9 * Math.max(1, Math.abs(value));
  return (
    <div class="fact">
      <dt>{name}</dt>
      <dd>
        <data value={value} data-of={id}>
          {text}
          {unit !== undefined && <small> {unit}</small>}
        </data>
        {note !== undefined && <small class="quiet">{note}</small>}
        {before !== undefined && (
          <small class={isSame ? "quiet" : difference < 0 === isLessBetter ? "better" : "worse"}>
            {isSame ? w.totals.same : w.totals.than(signed(differ(difference), difference))}
          </small>
        )}
      </dd>
    </div>
  );
}

/** What the plan adds up to, against the baseline; an estimate stands beside while the exact answer is computed. */
export function Totals({ view }: { view: PlanView }): VNode {
  const { state, w, count, money, language } = usePlan();
  const { totals } = view;
  const before = state.baseline.value?.totals;
  const estimate = state.estimate.value;
  return (
    <section class="panel" aria-labelledby="totals-heading">
      <h2 id="totals-heading">{w.totals.heading}</h2>
      {estimate !== undefined && (
        <p class="estimate" data-estimate={estimate.savingCny}>
          <strong>{w.estimate.heading}</strong>{" "}
          {estimate.savingCny === 0
            ? w.estimate.none
            : (estimate.savingCny > 0 ? w.estimate.saving : w.estimate.costing)(money(Math.abs(estimate.savingCny)))}{" "}
          <small>{w.estimate.what}</small>
        </p>
      )}
      <dl class="facts">
        <Fact
          id="carried"
          name={w.totals.carried}
          value={totals.carried}
          text={count(totals.carried)}
          unit={w.totals.vehicleUnit}
          note={percent(totals.demand === 0 ? 1 : totals.carried / totals.demand)}
          before={before?.carried}
          differ={(d) => w.totals.vehicles(whole(d, language))}
          isLessBetter={false}
        />
        <Fact
          id="left"
          name={w.totals.left}
          value={totals.left}
          text={count(totals.left)}
          unit={w.totals.vehicleUnit}
          before={before?.left}
          differ={(d) => w.totals.vehicles(whole(d, language))}
          isLessBetter
        />
        <Fact
          id="cost"
          name={w.totals.cost}
          value={totals.costCny}
          text={money(totals.costCny)}
          note={w.totals.costNote}
          before={before?.costCny}
          differ={money}
          isLessBetter
        />
        <Fact
          id="vehicle"
          name={w.totals.perVehicle}
          value={totals.perVehicleCny}
          text={w.totals.money(whole(totals.perVehicleCny, language))}
          before={before?.perVehicleCny}
          differ={(d) => w.totals.money(whole(d, language))}
          isLessBetter
        />
        <Fact
          id="days"
          name={w.totals.days}
          value={totals.days}
          text={w.totals.daysOf(fixed(totals.days, 1, language))}
          before={before?.days}
          differ={(d) => w.totals.daysOf(fixed(d, 1, language))}
          isLessBetter
        />
        <Fact
          id="co2e"
          name={w.totals.co2e}
          value={totals.co2eKg}
          text={w.totals.kg(whole(totals.co2eKg, language))}
          before={before?.co2eKg}
          differ={(d) => w.totals.kg(whole(d, language))}
          isLessBetter
        />
      </dl>
    </section>
  );
}
