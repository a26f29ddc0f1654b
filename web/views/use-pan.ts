import { type D3ZoomEvent, select, zoom, zoomIdentity } from "d3";
import type { RefObject } from "preact";
import { useEffect, useMemo, useState } from "preact/hooks";
import type { Pan } from "../map/picture.tsx";

/** The wheel alone scrolls the page, one finger too: only with Ctrl, or with two fingers, it is the map that moves. */
function isForMap(event: Event): boolean {
  if (event instanceof WheelEvent) return event.ctrlKey || event.metaKey;
  if ("touches" in event) return (event as TouchEvent).touches.length > 1;
  return !(event instanceof MouseEvent) || event.button === 0;
}

export interface Panning {
  pan: Pan;
  zoomBy(factor: number): void;
  reset(): void;
  /** Moves so that a box of the unmoved picture fills the frame; never closer than `most`. */
  showBox(box: { left: number; top: number; right: number; bottom: number }, most: number): void;
}

/** Zoom and pan of a map's frame, in pixels; `closest`: the greatest magnification. */
export function usePan(frame: RefObject<HTMLDivElement | null>, width: number, height: number, closest: number): Panning {
  const [pan, setPan] = useState<Pan>({ k: 1, x: 0, y: 0 });
  const mover = useMemo(() => zoom<HTMLDivElement, unknown>().scaleExtent([1, closest]).filter(isForMap), [closest]);
  useEffect(() => {
    const element = frame.current;
    if (element === null) return;
    mover
      .extent([
        [0, 0],
        [width, height],
      ])
      .translateExtent([
        [-width / 3, -height / 3],
        [width * 1.33, height * 1.33],
      ]);
    mover.on("zoom", ({ transform }: D3ZoomEvent<HTMLDivElement, unknown>) => setPan({ k: transform.k, x: transform.x, y: transform.y }));
    select(element).call(mover).on("dblclick.zoom", null);
  }, [mover, width, height]);
  return useMemo(() => {
    const on = (action: (element: HTMLDivElement) => void) => {
      if (frame.current !== null) action(frame.current);
    };
    return {
      pan,
      zoomBy: (factor) => on((element) => select(element).call(mover.scaleBy, factor)),
      reset: () => on((element) => select(element).call(mover.transform, zoomIdentity)),
      showBox: ({ left, top, right, bottom }, most) =>
        on((element) => {
          const k = Math.max(1, Math.min(most, 0.7 / Math.max((right - left) / width, (bottom - top) / height, 0.001)));
          const x = width / 2 - (k * (left + right)) / 2;
          const y = height / 2 - (k * (top + bottom)) / 2;
          select(element).call(mover.transform, zoomIdentity.translate(x, y).scale(k));
        }),
    };
  }, [frame, mover, pan, width, height]);
}
