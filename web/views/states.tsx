import type { ComponentChildren, VNode } from "preact";
import type { Problem } from "../../src/model/index.ts";
import type { ShipmentResult } from "../../src/scenario/index.ts";
import { whole } from "../i18n/format.ts";
import { firstProblems } from "../state/problems.ts";
import { useStore, useWords } from "./context.ts";
import { placeName } from "./names.ts";
import { fieldOf, hintOf } from "./shipment-form.tsx";

interface NoticeProps {
  kind: "empty" | "problem" | "no-route" | "failure";
  title: string;
  children?: VNode | (VNode | null | string)[] | string | null;
}

function Notice({ kind, title, children }: NoticeProps): VNode {
  return (
    <section class={`notice notice-${kind}`} role={kind === "empty" ? "status" : "alert"}>
      <h2>{title}</h2>
      {children}
    </section>
  );
}

/** Before the first answer: the shape of what is to come, still. */
export function Loading(): VNode {
  const { m } = useWords();
  return (
    <div class="loading" role="status">
      <p>{m.states.loading}</p>
      {[1, 2, 3, 4, 5, 6].map((row) => (
        <span key={row} class="bone" />
      ))}
    </div>
  );
}

export function Empty(): VNode {
  const { open } = useStore();
  const { m } = useWords();
  return (
    <Notice kind="empty" title={m.states.empty}>
      <p>{m.states.emptyFields(open.value.map((field) => m.form.fields[field]).join(m.listComma))}</p>
    </Notice>
  );
}

/** Where a problem is, before its message. */
export const placeTag = (place: string): ComponentChildren =>
  place !== "" && (
    <>
      <code>{place}</code>{" "}
    </>
  );

interface ProblemListProps extends ReturnType<typeof firstProblems> {
  /** What stands before a problem: its path, unless the page knows better. */
  place?: (problem: Problem) => ComponentChildren;
  /** What follows it: its hint, unless the page knows better. */
  hint?: (problem: Problem) => string | undefined;
}

/** The first problems of a list, one a line, and how many more there are. */
export function ProblemList({ problems, more, place = ({ path }) => placeTag(path), hint }: ProblemListProps): VNode {
  const { m, t, language } = useWords();
  return (
    <ul>
      {problems.map((problem, i) => {
        const advice = hint === undefined ? problem.hint && t(problem.hint) : hint(problem);
        return (
          <li key={i}>
            {place(problem)}
            {t(problem.message)}
            {advice !== undefined && <small> {advice}</small>}
          </li>
        );
      })}
      {more > 0 && <li>{m.states.moreProblems(whole(more, language))}</li>}
    </ul>
  );
}

export function Problems(): VNode {
  const { problems } = useStore();
  const words = useWords();
  const { m, t } = words;
  const place = (problem: Problem) => {
    const field = fieldOf(problem);
    return (
      <>
        {field === undefined ? (
          <code>{problem.path}</code>
        ) : (
          <a href={`#${field}`} onClick={(event) => (event.preventDefault(), document.getElementById(field)?.focus())}>
            {m.form.fields[field]}
          </a>
        )}
        {m.colon}
      </>
    );
  };
  const hint = (problem: Problem) => (fieldOf(problem) === undefined ? problem.hint && t(problem.hint) : hintOf(problem, words));
  return (
    <Notice kind="problem" title={m.states.problems}>
      <p>{m.states.problemsHint}</p>
      <ProblemList {...firstProblems(problems.value)} place={place} hint={hint} />
    </Notice>
  );
}

export function NoRoute({ shipment }: { shipment: ShipmentResult }): VNode {
  const { catalogue } = useStore();
  const words = useWords();
  const { m } = words;
  return (
    <Notice kind="no-route" title={m.states.noRoute(placeName(catalogue.value, shipment.to, words, false))}>
      <p>{m.states.noRouteHint}</p>
    </Notice>
  );
}

export function Failure({ reason }: { reason: string }): VNode {
  const { m } = useWords();
  return (
    <Notice kind="failure" title={m.states.failure}>
      <p>{m.states.failureHint}</p>
      {reason === "" ? null : <p class="quiet">{reason.slice(0, 300)}</p>}
    </Notice>
  );
}
