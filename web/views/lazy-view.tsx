import type { FunctionComponent, VNode } from "preact";
import { useEffect, useState } from "preact/hooks";
import { useWords } from "./context.ts";

/** A view whose code is fetched when it is first shown. */
export function LazyView({ load }: { load: () => Promise<FunctionComponent> }): VNode {
  const { m } = useWords();
  const [view, setView] = useState<{ View?: FunctionComponent; reason?: string }>({});
  useEffect(() => {
    let isGone = false;
    load().then(
      (View) => isGone || setView({ View }),
      (error: unknown) => isGone || setView({ reason: error instanceof Error ? error.message : String(error) }),
    );
    return () => {
      isGone = true;
    };
  }, [load]);
  if (view.View !== undefined) return <view.View />;
  if (view.reason === undefined)
    return (
      <div class="loading" role="status">
        <p>{m.states.loading}</p>
        <div class="bone" />
        <div class="bone" />
      </div>
    );
  return (
    <section class="notice notice-failure" role="alert">
      <h2>{m.states.failure}</h2>
      <p>{m.states.failureHint}</p>
      <p class="note">{view.reason}</p>
    </section>
  );
}
