import type { VNode } from "preact";
import { useWords } from "./context.ts";

/** Zoom buttons of a map. */
export function MapButtons({ zoomBy, reset }: { zoomBy: (factor: number) => void; reset: () => void }): VNode {
  const { map } = useWords().m;
  const buttons = [
    { name: map.zoomIn, sign: "+", act: () => zoomBy(1.6) },
    { name: map.zoomOut, sign: "−", act: () => zoomBy(1 / 1.6) },
    { name: map.reset, sign: "⟲", act: reset },
  ];
  return (
    <div class="map-buttons">
      {buttons.map(({ name, sign, act }) => (
        <button key={sign} type="button" aria-label={name} title={name} onClick={act}>
          {sign}
        </button>
      ))}
    </div>
  );
}
