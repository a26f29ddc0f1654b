import type { VNode } from "preact";
import { gaugeChart } from "../../charts/gauge.tsx";
import { fixed } from "../../i18n/format.ts";
import type { PlanView } from "../../worker/plan-view.ts";
import { PlanPicture } from "./plan-picture.tsx";
import { usePlan } from "./use-plan.ts";

interface RowProps {
  id: string;
  name: string;
  value: number;
  target: number;
  within?: number;
  before: number | undefined;
  text: (value: number) => string;
}

function Row({ id, name, value, target, within, before, text }: RowProps): VNode {
  const { w } = usePlan();
  const told = w.target.of(text(value), text(target));
  const verdict = value >= target ? w.target.reached : w.target.missing(text(target - value));
  return (
    <div class="target-row">
      <h3>{name}</h3>
      <p>
        <data value={value} data-of={id}>
          {told}
        </data>{" "}
        <strong class={value >= target ? "better" : "worse"}>{verdict}</strong>
      </p>
      {gaugeChart({ label: `${name}${w.colon}${told}`, value, target, before, ...(within === undefined ? {} : { within }) })}
    </div>
  );
}

/** Carried against the share of the nation's exports, and export value against its target. */
export function Target({ view, target }: { view: PlanView; target: NonNullable<PlanView["target"]> }): VNode {
  const { state, w, count, money, language } = usePlan();
  const { totals } = view;
  const before = state.baseline.value?.totals;
  const sharePercent = (100 * totals.carried) / Math.max(1, target.nationalExports);
  return (
    <section class="panel target-panel" aria-labelledby="target-heading">
      <div class="panel-head">
        <h2 id="target-heading">
          {w.target.heading}{" "}
          <small>{w.target.share(`${fixed(sharePercent, 2, language)}%`, `${fixed(target.sharePercent, 0, language)}%`)}</small>
        </h2>
        <PlanPicture part="target" title={w.target.heading} note={w.target.note} />
      </div>
      <div class="targets">
        <Row
          id="target-vehicles"
          name={w.target.vehicles}
          value={totals.carried}
          target={target.vehicles}
          within={totals.demand}
          before={before?.carried}
          text={(n) => w.totals.vehicles(count(n))}
        />
        {target.exportValueCny !== undefined && (
          <Row
            id="target-value"
            name={w.target.value}
            value={totals.exportValueCny}
            target={target.exportValueCny}
            before={before?.exportValueCny}
            text={money}
          />
        )}
      </div>
      <ul class="legend">
        {(["value", "within", "target", ...(before === undefined ? [] : ["before" as const])] as const).map((part) => (
          <li key={part}>
            <svg class="gauge" width="18" height="14" aria-hidden="true">
              {part === "value" || part === "within" ? (
                <rect class={`gauge-${part}`} x="1" y="2" width="16" height="10" rx="2" />
              ) : (
                <line class={`gauge-${part}`} x1="9" x2="9" y1="1" y2="13" />
              )}
            </svg>
            {w.target.legend[part]}
          </li>
        ))}
      </ul>
      <p class="note">{w.target.note}</p>
    </section>
  );
}
