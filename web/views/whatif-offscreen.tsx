import { useComputed, useSignal } from "@preact/signals";
import type { ComponentChildren, VNode } from "preact";
import { useLayoutEffect, useMemo, useRef } from "preact/hooks";
import type { Answered, Store } from "../state/store.ts";
import { StoreContext, useStore } from "./context.ts";

/**
 * Views that hold still while a slider is dragged and they are off the screen: nobody sees them then, and the frame belongs to what is seen. They follow
 * as soon as they come into sight or the slider is let go.
 */
export function WhenSeen({ children }: { children: ComponentChildren }): VNode {
  const store = useStore();
  const frame = useRef<HTMLDivElement>(null);
  const isSeen = useSignal(true);
  const held = useRef<{ answered?: Answered | undefined; shown?: Store["shown"]["value"]; within?: Store["within"]["value"] }>({});
  useLayoutEffect(() => {
    if (frame.current === null) return;
    const observer = new IntersectionObserver(([entry]) => (isSeen.value = entry?.isIntersecting ?? true), { rootMargin: "100px" });
    observer.observe(frame.current);
    return () => observer.disconnect();
  }, [isSeen]);
  const isStill = useComputed(() => !isSeen.value && store.adjustments.value !== store.adjust.kept.value);
  const answered = useComputed(() => (isStill.value ? held.current.answered : (held.current.answered = store.answered.value)));
  const shown = useComputed(() => (isStill.value ? held.current.shown : (held.current.shown = store.shown.value)));
  const within = useComputed(() => (isStill.value ? held.current.within : (held.current.within = store.within.value)));
  const inner = useMemo((): Store => ({ ...store, answered, shown, within }), [store, answered, shown, within]);
  return (
    <div ref={frame} class="when-seen">
      <StoreContext.Provider value={inner}>{children}</StoreContext.Provider>
    </div>
  );
}
