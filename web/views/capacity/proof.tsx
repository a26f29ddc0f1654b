import type { VNode } from "preact";
import { whole } from "../../i18n/format.ts";
import type { PlanView } from "../../worker/plan-view.ts";
import { usePlan } from "./use-plan.ts";

/** Violations below this share are rounding of sums over thousands of chains. */
const nothing = 1e-6;

/** The proof in plain words. */
export function Proof({ view }: { view: PlanView }): VNode {
  const { w, m, t, money, share, count } = usePlan();
  const { proof } = view;
  const between = [money(proof.primalCny), money(proof.boundCny), share(proof.gap)] as const;
  return (
    <section class="panel proof" aria-labelledby="proof-heading">
      <h2 id="proof-heading">{w.proof.heading}</h2>
      <p data-gap={proof.gap} data-optimal={proof.isOptimal}>
        {[
          ...(view.stage === "first" ? [w.proof.first] : []),
          proof.isOptimal ? w.proof.optimal(...between) : w.proof.open(...between),
          proof.largestViolation <= nothing ? w.proof.kept : w.proof.broken(share(proof.largestViolation)),
          Math.abs(proof.roundingCny) < 1 ? w.proof.free : w.proof.whole(money(proof.roundingCny)),
          ...(proof.rounds > 0 ? [w.proof.work(proof.rounds, count(proof.columns))] : []),
        ]
          .map((sentence, i) => (i === 0 ? sentence : w.next(sentence)))
          .join("")}
      </p>
      <p class="visually-hidden">{[m.title, t(view.scenario.title ?? view.scenario.id)].join(m.dot)}</p>
    </section>
  );
}

/** What the plan buys. */
export function Investments({ view }: { view: PlanView }): VNode {
  const { w, t, money, language } = usePlan();
  const bought = view.investments.filter(({ units }) => units > 0);
  return (
    <section class="panel" aria-labelledby="investments-heading">
      <h2 id="investments-heading">{w.investments.heading}</h2>
      {bought.length === 0 ? (
        <p class="quiet">{w.investments.none}</p>
      ) : (
        <ul class="bought">
          {bought.map(({ id, title, units, most, costCny }) => (
            <li key={id}>
              <strong>{t(title)}</strong> {w.investments.units(Number(whole(units, language)), most)}
              {w.colon}
              {money(costCny)}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
