import type { FunctionComponent, VNode } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { useWords } from "./context.ts";

interface LazyProps<P> {
  load: () => Promise<FunctionComponent<P>>;
  whenNear?: boolean;
  /** What the view is given; nothing where it is left out. */
  given?: P;
}

/** A view whose code is fetched when it is first shown; with `whenNear` when it comes within a screen's height of what is seen. */
export function LazyView<P extends object>({ load, whenNear = false, given }: LazyProps<P>): VNode {
  const { m } = useWords();
  const bones = useRef<HTMLDivElement>(null);
  const [isWanted, setWanted] = useState(!whenNear);
  const [view, setView] = useState<{ View?: FunctionComponent<P>; reason?: string }>({});
  useEffect(() => {
    if (isWanted || bones.current === null) return undefined;
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting === true && setWanted(true), { rootMargin: "50%" });
    observer.observe(bones.current);
    return () => observer.disconnect();
  }, [isWanted]);
  useEffect(() => {
    if (!isWanted) return undefined;
    let isGone = false;
    load().then(
      (View) => isGone || setView({ View }),
      (error: unknown) => isGone || setView({ reason: error instanceof Error ? error.message : String(error) }),
    );
    return () => {
      isGone = true;
    };
  }, [load, isWanted]);
  if (view.View !== undefined) return <view.View {...(given as P)} />;
  if (view.reason === undefined)
    return (
      <div class="loading" role="status" ref={bones}>
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
