/** Does what may make the page above an element grow or shrink, and scrolls by as much: the element stays under the pointer, for a second click too. */
export function keepInPlace(element: Element | null, act: () => void): void {
  const top = () => element?.getBoundingClientRect().top ?? 0;
  const before = top();
  const follow = () => {
    const moved = top() - before;
    if (Math.abs(moved) >= 1) scrollBy({ top: moved, behavior: "instant" });
  };
  act();
  // Views are drawn in a task of their own, which is waiting already; what is drawn because of them follows before the next frame.
  queueMicrotask(follow);
  requestAnimationFrame(follow);
}
