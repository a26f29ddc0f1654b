import type { VNode } from "preact";
import { useRef, useState } from "preact/hooks";
import type { Problem } from "../../../src/model/index.ts";
import { decimal, fixed } from "../../i18n/format.ts";
import { fromFile } from "../../state/plan-choice.ts";
import { PlanTakeAway } from "./plan-takeaway.tsx";
import { usePlan } from "./use-plan.ts";

/** The scenario that most come for: a year, so the page does not open on it. */
const target = "2027-target";
/** What the solver is doing, in words, with its progress and a button to stop it. */
function Work({ isLong }: { isLong: boolean }): VNode {
  const { state, w, say, share, language } = usePlan();
  const work = state.work.value;
  const step = state.step.value;
  const view = state.shown.value;
  const isBest = view !== undefined && state.isCurrent.value;
  const isFailed = state.failure.value !== undefined || state.problems.value.length > 0;
  const isStopped = work === undefined && !isFailed && state.shelf.value !== undefined && !(isBest && view.proof.isOptimal);
  const worth = state.worthStep.value;
  const told =
    work === "worth"
      ? worth === undefined
        ? w.work.preparing
        : `${w.worth.busy(worth.done, worth.total)}${w.colon}${w.worth.now[worth.now](worth.lever === undefined ? "" : say(worth.lever))}`
      : step === undefined
        ? w.work.preparing
        : step.round === 0
          ? `${w.work.first} ${w.work.gap(share(step.gap))}`
          : `${w.work.round(step.round)} ${w.work.gap(share(step.gap))}`;
  // From a tenth to a millionth of the cost, in powers of ten: the gap closes by factors, not by steps.
  const closed = step === undefined || step.gap >= 1 ? 0.02 : Math.min(1, Math.max(0.04, (-Math.log10(Math.max(step.gap, 1e-6)) - 0) / 6));
  const done = work === "worth" ? (worth === undefined ? 0.02 : Math.max(0.02, worth.done / worth.total)) : closed;
  return (
    <div class="plan-work">
      <div role="status">
        {work !== undefined && <p>{state.isStopping.value ? w.work.stopping : w.work[work]}</p>}
        {work === "scenario" && isLong && step === undefined && !state.isStopping.value && <p class="quiet">{w.work.long}</p>}
        {isStopped && <p>{isBest ? w.work.stoppedAt(share(view.proof.gap)) : w.work.stoppedEarly}</p>}
        {work === undefined && !isStopped && isBest && <p class="quiet">{w.work.done(fixed(view.milliseconds / 1000, 1, language))}</p>}
      </div>
      {work !== undefined && (
        <>
          <svg class="plan-progress" width="160" height="6" role="progressbar" aria-label={w.work[work]} aria-valuetext={told}>
            <rect class="gauge-track" width="160" height="6" rx="3" />
            <rect class="gauge-value" width={decimal(160 * done, 1, "en")} height="6" rx="3" />
          </svg>
          <small class="quiet plan-step">{told}</small>
          <button type="button" class="plain-button" disabled={state.isStopping.value} onClick={() => state.stop()}>
            {w.work.stop}
          </button>
        </>
      )}
      {(isStopped || state.failure.value !== undefined) && (
        <button type="button" class="plain-button" onClick={() => state.again()}>
          {isStopped ? w.work.again : w.states.again}
        </button>
      )}
    </div>
  );
}

/** Which scenario, held against which; a file instead; the work on it; what can be taken away. */
export function ChooseBar(): VNode {
  const { store, state, w, t, say } = usePlan();
  const input = useRef<HTMLInputElement>(null);
  const [refused, setRefused] = useState<{ name: string; problem: Problem | undefined }>();
  const scenarios = state.shelf.value?.scenarios ?? [];
  const plan = state.plan.value;
  const entry = scenarios.find(({ id }) => id === plan);
  const open = async (file: File) => {
    const name = file.name.slice(0, 60);
    setRefused(undefined);
    try {
      const { readJsonFile } = await import("../../export/read.ts");
      const { value, problems } = await readJsonFile(file);
      if (value === undefined) setRefused({ name, problem: problems[0] });
      else state.openFile(name, value);
    } catch {
      setRefused({ name, problem: undefined });
    }
  };
  return (
    <header class="panel capacity-head">
      <label class="choose">
        <span>{w.plan}</span>
        <select value={plan} onChange={(event) => state.choose({ plan: event.currentTarget.value, against: "", weeks: "", corridor: "" })}>
          {scenarios.map(({ id, title, isLong }) => (
            <option key={id} value={id}>
              {isLong ? w.takesMinutes(say(title)) : say(title)}
            </option>
          ))}
          {state.fileName.value !== "" && <option value={fromFile}>{w.file(state.fileName.value)}</option>}
        </select>
      </label>
      <label class="choose">
        <span>{w.against}</span>
        <select value={store.capacity.value.against} onChange={(event) => state.choose({ against: event.currentTarget.value })}>
          <option value="">{w.againstSelf}</option>
          {scenarios
            .filter(({ id }) => id !== plan)
            .map(({ id, title }) => (
              <option key={id} value={id}>
                {say(title)}
              </option>
            ))}
        </select>
      </label>
      <button type="button" class="plain-button" onClick={() => input.current?.click()}>
        {w.openFile}
      </button>
      {plan !== target && scenarios.some(({ id }) => id === target) && (
        <button
          type="button"
          class="plain-button"
          data-target
          onClick={() => state.choose({ plan: target, against: "", weeks: "", corridor: "" })}
        >
          {w.target2027}
        </button>
      )}
      <input
        ref={input}
        type="file"
        accept=".json,application/json"
        hidden
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          event.currentTarget.value = "";
          if (file !== undefined) void open(file);
        }}
      />
      <PlanTakeAway />
      <p class="note capacity-intro">{entry?.description === undefined ? w.intro : say(entry.description)}</p>
      <Work isLong={entry?.isLong === true} />
      {refused !== undefined && (
        <p class="late refused" role="alert">
          {w.notOpened(refused.name)}
          {w.colon}
          {refused.problem === undefined ? w.notJson : t(refused.problem.message)}
          {refused.problem?.line !== undefined && ` (${refused.problem.line}:${refused.problem.column})`}
        </p>
      )}
    </header>
  );
}
