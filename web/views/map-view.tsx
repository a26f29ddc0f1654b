import type { GeoProjection } from "d3";
import type { MultiPolygon } from "geojson";
import type { VNode } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { modes } from "./words.ts";
import { modeWords } from "../../src/report/index.ts";
import { useStore, useWords } from "./context.ts";
import { PictureButton } from "./takeaway-picture.tsx";
import { keepInPlace } from "./keep-in-place.ts";
import { usePan } from "./use-pan.ts";
import { labelSize, useSize } from "./use-size.ts";
import { useSameList, useStable } from "./use-stable.ts";
import { coarseLand, fineLand } from "../map/land.ts";
import { mapPicture } from "../map/picture.tsx";
import { fitProjection, showsAll } from "../map/projection.ts";
import { sceneOf } from "../map/scene.ts";
import { mapViews } from "../state/address.ts";
import { MapButtons } from "./map-buttons.tsx";
import { ModeMark } from "./mode-mark.tsx";

/** Room for labels, and on the right for the buttons. */
const padding = { left: 34, right: 62, top: 30, bottom: 28 };
const closest = 40;
/** Pixels of a radian of the globe from which the coarse coastline looks broken. */
const coarseUntil = 900;

/** Key of the chain whose line is under the pointer; empty for none. */
/** The chain of the line under the pointer. Asked of the place, not of the event: pointing at a line draws it anew, maybe between a button's down and up. */
const chainUnder = ({ clientX, clientY }: MouseEvent): string =>
  document.elementFromPoint(clientX, clientY)?.getAttribute("data-chain") ?? "";

/** What the lines stand for. */
function Keys(): VNode {
  const { m, language } = useWords();
  return (
    <>
      <ul class="legend" aria-label={m.map.legend}>
        {modes.map((mode) => (
          <li key={mode}>
            <ModeMark mode={mode} />
            {modeWords[mode][language]}
          </li>
        ))}
        <li class="quiet">{m.map.hint}</li>
      </ul>
      <p class="note">{m.map.note}</p>
    </>
  );
}

export function MapView(): VNode {
  const store = useStore();
  const { answered, shown, catalogue, pinned, within, map } = store;
  const { language, m, t } = useWords();
  const frame = useRef<HTMLDivElement>(null);
  const { width, height } = useSize(frame, { width: 640, height: 400 });
  const [land, setLand] = useState<MultiPolygon>(coarseLand);
  const { lines, chains } = answered.value ?? { lines: {}, chains: [] };
  const names = catalogue.value;

  // While a slider moves, most answers differ in numbers only: chains that go the same way as before need not be looked at, nor drawn again.
  const ways = useSameList(chains.flatMap(({ key, isBest, chain }) => [key, isBest, chain.elements]));
  const scene = useStable(
    useMemo(
      () => (names === undefined ? undefined : sceneOf(shown.value, chains, lines, names, { pinned: pinned.value, within: within.value })),
      [shown.value?.key, ways, lines, names, pinned.value, within.value],
    ),
  );
  // Fitted to the best chains of all options, so that pointing at another one does not move the map; what-ifs move it only when a chain would leave it.
  const best = useStable(
    useMemo(
      () =>
        names === undefined
          ? []
          : sceneOf(undefined, chains, lines, names)
              .others.map((r) => r.line)
              .filter((l) => l.length > 1),
      [ways, lines, names],
    ),
  );
  const question = answered.value?.form;
  const fitted = useRef<{ key: readonly unknown[]; projection: GeoProjection }>(undefined);
  const projection = useMemo(() => {
    const key = [question, names, width, height, map.value];
    const before = fitted.current;
    if (before !== undefined && key.every((part, i) => part === before.key[i]) && showsAll(before.projection, best, width, height))
      return before.projection;
    const fresh = fitProjection(best, width, height, padding, map.value);
    fitted.current = { key, projection: fresh };
    return fresh;
  }, [best, question, names, width, height, map.value]);

  const { pan, zoomBy, reset } = usePan(frame, width, height, closest);
  useEffect(reset, [projection]);
  useEffect(() => {
    if (land === coarseLand && projection.scale() * pan.k > coarseUntil) fineLand().then(setLand, () => undefined);
  }, [land, projection, pan.k]);

  const route = scene === undefined ? "" : scene.stops.map((s) => t(s.name)).join(" → ");
  const picture = useMemo(
    () =>
      scene !== undefined &&
      mapPicture({ scene, land, projection, width, height, pan, label: m.map.label(route), labelSize: labelSize(), say: t }),
    // `t` is new at every drawing; it hangs on the language alone.
    [scene, land, projection, width, height, pan, language],
  );
  return (
    <section class="panel map-panel" aria-labelledby="map-heading">
      <div class="panel-head">
        <h2 id="map-heading">{m.map.heading}</h2>
        <div class="panel-tools">
          <div class="switch" role="group" aria-label={m.map.view}>
            {mapViews.map((view) => (
              <button key={view} type="button" aria-pressed={map.value === view} onClick={() => (map.value = view)}>
                {m.map.views[view]}
              </button>
            ))}
          </div>
          <PictureButton part="map" title={m.map.heading} note={m.map.note} />
        </div>
      </div>
      <div
        class="map-frame"
        ref={frame}
        onPointerOver={(event) => (store.hovered.value = chainUnder(event))}
        onPointerLeave={() => (store.hovered.value = "")}
        onClick={(event) => {
          const key = chainUnder(event);
          if (key !== "") keepInPlace(frame.current, () => store.pin(key));
        }}
      >
        {picture}
        <MapButtons zoomBy={zoomBy} reset={reset} />
      </div>
      <Keys />
    </section>
  );
}
