import type { VNode } from "preact";
import type { ShipmentResult } from "../../src/scenario/index.ts";
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

export function Problems(): VNode {
  const { problems } = useStore();
  const words = useWords();
  const { m, t } = words;
  return (
    <Notice kind="problem" title={m.states.problems}>
      <p>{m.states.problemsHint}</p>
      <ul>
        {problems.value.map((problem, i) => {
          const field = fieldOf(problem);
          return (
            <li key={i}>
              {field === undefined ? (
                <code>{problem.path}</code>
              ) : (
                <a href={`#${field}`} onClick={(event) => (event.preventDefault(), document.getElementById(field)?.focus())}>
                  {m.form.fields[field]}
                </a>
              )}
              {m.colon}
              {t(problem.message)}
              <small> {field === undefined ? problem.hint && t(problem.hint) : hintOf(problem, words)}</small>
            </li>
          );
        })}
      </ul>
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
