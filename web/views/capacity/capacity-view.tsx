import "../../styles/capacity.css";
import "../../styles/print.css";
import type { VNode } from "preact";
import type { Problem } from "../../../src/model/index.ts";
import { firstProblems } from "../../state/problems.ts";
import { Failure, ProblemList } from "../states.tsx";
import { Bottlenecks } from "./bottlenecks.tsx";
import { ChooseBar } from "./choose-bar.tsx";
import { FlowsView } from "./flows-view.tsx";
import { HeatView } from "./heat-view.tsx";
import { LeftView } from "./left-view.tsx";
import { LeverPanel } from "./lever-panel.tsx";
import { Investments, Proof } from "./proof.tsx";
import { SankeyView } from "./sankey-view.tsx";
import { Target } from "./target.tsx";
import { Totals } from "./totals.tsx";
import { usePlan } from "./use-plan.ts";
import { Worth } from "./worth.tsx";

function PlanProblems({ problems }: { problems: readonly Problem[] }): VNode {
  const { w, t } = usePlan();
  return (
    <section class="notice notice-problem" role="alert">
      <h2>{w.states.problems}</h2>
      <p>{w.states.problemsHint}</p>
      <ProblemList {...firstProblems(problems)} hint={({ hint }) => hint && (hint.en.includes("yuche ") ? w.states.names : t(hint))} />
    </section>
  );
}

function Waiting(): VNode {
  const { w } = usePlan();
  return (
    <div class="loading">
      <p role="status">{w.states.waiting}</p>
      <div class="bone" />
      <div class="bone" />
      <div class="bone" />
    </div>
  );
}

/** The capacity page: a scenario's plan against its baseline, where it is tight, what the levers change. */
export function CapacityView(): VNode {
  const { state, w } = usePlan();
  const view = state.shown.value;
  const problems = state.problems.value;
  const reason = state.failure.value;
  const isBusy = state.work.value !== undefined;
  const shelf = state.shelf.value;
  return (
    <div
      id="answer"
      class="capacity"
      tabIndex={-1}
      data-busy={isBusy}
      data-ready={!isBusy && (reason !== undefined || problems.length > 0 || (view !== undefined && state.isCurrent.value))}
      data-stage={view?.stage ?? ""}
    >
      <ChooseBar />
      {reason !== undefined && <Failure reason={reason} />}
      {shelf === undefined ? (
        reason === undefined && (
          <div class="loading">
            <p role="status">{w.loading}</p>
            <div class="bone" />
          </div>
        )
      ) : (
        <div class="capacity-split">
          <div class={`capacity-main${view !== undefined && !state.isCurrent.value ? " stale" : ""}`}>
            {problems.length > 0 ? (
              <PlanProblems problems={problems} />
            ) : view === undefined ? (
              reason === undefined && isBusy && <Waiting />
            ) : (
              <>
                <Totals view={view} />
                {view.target !== undefined && <Target view={view} target={view.target} />}
                <HeatView view={view} />
                <div class="capacity-pair">
                  <FlowsView view={view} />
                  <SankeyView view={view} />
                </div>
                <Bottlenecks view={view} />
                <Worth />
                <LeftView view={view} />
                {view.investments.length > 0 && <Investments view={view} />}
                <Proof view={view} />
              </>
            )}
          </div>
          <aside class="capacity-side">
            <LeverPanel shelf={shelf} />
          </aside>
        </div>
      )}
    </div>
  );
}
